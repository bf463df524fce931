"""LINE's account put in order, against a strict imitation: once is enough, and faults are named."""

from collections.abc import AsyncIterator

import pytest

from bot.account_setup import line_menus
from bot.channels.base import Delivery, DeliveryFailed, Method
from bot.channels.line import LineChannel
from bot.channels.line_setup import check, set_up, show_menu
from bot.menus import MENUS
from bot.platforms.serving import serving
from handlers.dialogue.words import read_command
from handlers.messages import Reply
from tests.fakes.desk import Desk
from tests.fakes.line_account import AccountLine

ENDPOINT = "https://village.example.org/line/webhook"
ROLES = {menu.role for menu in MENUS}


@pytest.fixture
def account() -> AccountLine:
    return AccountLine()


@pytest.fixture
async def line(account: AccountLine) -> AsyncIterator[LineChannel]:
    with serving(account.faults) as url:
        channel = LineChannel(secrets=("s",), access_token="token", desk=Desk(), api_base=url)
        yield channel
        await channel.close()
    assert account.errors == []


async def test_menus_and_webhook_are_put_in_place_once(
    line: LineChannel, account: AccountLine
) -> None:
    menus = line_menus({"head": ["U1", "U2"]})
    assert await set_up(line, ENDPOINT, menus, dry_run=True) and account.changes == 0
    done = await set_up(line, ENDPOINT, menus)
    assert account.endpoint == ENDPOINT and len(account.menus) == len(account.pictures) == len(
        ROLES
    )
    assert account.menus[account.default]["name"].startswith("prachakhom:villager:")
    assert account.menus[account.links["U1"]]["name"].startswith("prachakhom:head:")
    assert len(done) == len(ROLES) + 3
    before = account.changes
    again = await set_up(line, ENDPOINT, line_menus({}))
    assert again == [] and account.changes == before


async def test_an_old_menu_gives_way_and_others_stay(
    line: LineChannel, account: AccountLine
) -> None:
    account.menus |= {"old": {"name": "prachakhom:head:0000"}, "theirs": {"name": "festival"}}
    await set_up(line, "", line_menus({}))
    assert "old" not in account.menus and "theirs" in account.menus and account.endpoint == ""


async def test_a_menu_without_its_picture_is_not_left_behind(
    line: LineChannel, account: AccountLine
) -> None:
    account.refuses_pictures = True
    with pytest.raises(DeliveryFailed):
        await set_up(line, "", line_menus({}))
    assert account.menus == {}


async def test_one_person_is_shown_a_roles_menu(line: LineChannel, account: AccountLine) -> None:
    await show_menu(line, "U9", "head")
    assert account.links == {}  # nothing was set up yet
    await set_up(line, "", line_menus({}))
    await show_menu(line, "U9", "head")
    assert account.menus[account.links["U9"]]["name"].startswith("prachakhom:head:")


async def test_what_is_wrong_is_named(line: LineChannel, account: AccountLine) -> None:
    found = {f.topic: f for f in await check(line, "@other", ENDPOINT, ROLES)}
    assert found["token"].good and not found["id"].good
    assert "missing" in found["menus"].what and "elsewhere" in found["webhook"].what
    await set_up(line, ENDPOINT, line_menus({}))
    assert all(f.good for f in await check(line, "@village", ENDPOINT, ROLES))
    account.answering = 401
    (hook,) = [f for f in await check(line, "@village", ENDPOINT, ROLES) if not f.good]
    assert "CHANNEL_SECRET" in hook.what
    account.active = False
    (hook,) = [f for f in await check(line, "@village", ENDPOINT, ROLES) if not f.good]
    assert "is off" in hook.what


@pytest.mark.parametrize("tile", [t for menu in MENUS for t in menu.tiles], ids=lambda t: t.says)
def test_a_tile_says_a_command_and_fits(tile: object) -> None:
    from bot.menus import Tile

    assert isinstance(tile, Tile)
    assert read_command(tile.says) is not None
    assert len(tile.label) <= 20


async def test_a_new_role_brings_its_menu_with_the_answer(
    line: LineChannel, account: AccountLine
) -> None:
    await set_up(line, "", line_menus({}))
    said = (Reply(text="ยินดีต้อนรับค่ะ", menu="officer"),)
    handle = account.issue_token("U5")
    key = "123e4567-e89b-12d3-a456-426614174000"
    answer = Delivery(chat_id="U5", retry_key=key, replies=said, reply_handle=handle)
    await line.deliver(answer, Method.REPLY)
    assert account.menus[account.links["U5"]]["name"].startswith("prachakhom:officer:")
