"""Telegram's bot put in order, against a strict imitation that remembers webhook and commands."""

import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from typing import Any

import pytest

from bot.account_setup import telegram_wanted
from bot.channels.base import DeliveryFailed
from bot.channels.telegram import TelegramChannel
from bot.channels.telegram_setup import check, set_up, show_commands
from bot.config import Settings
from bot.menus import COMMANDS, GROUP_COMMANDS
from bot.platforms.serving import serving
from handlers.dialogue.words import read_command
from tests.fakes.desk import Desk
from tests.fakes.telegram import StrictTelegram

WANTED = telegram_wanted(Settings(), {"head": ["7"], "villager": ["8"]})
HOOKED = replace(WANTED, endpoint="https://village.example.org/telegram/webhook", secret="hook")


class AccountTelegram(StrictTelegram):
    """A bot that remembers its webhook and its commands by scope and language."""

    def __init__(self) -> None:
        super().__init__(token="1:t")
        self.webhook: dict[str, Any] = {}
        self.commands: dict[tuple[str, str], list[dict[str, str]]] = {}
        self.groups, self.changes = True, 0

    def _simple(self, method: str, fields: Mapping[str, Any]) -> Any:
        where = (str(fields.get("scope")), str(fields.get("language_code", "")))
        self.changes += method.startswith(("set", "delete"))
        if method == "getMe":
            return {**super()._simple(method, fields), "can_join_groups": self.groups}
        if method == "getMyCommands":
            return self.commands.get(where, [])
        if method == "setMyCommands":
            self.commands[where] = json.loads(fields["commands"])
        if method == "setWebhook":
            self.webhook = {"url": fields["url"], "secret": fields["secret_token"]}
        if method == "deleteWebhook":
            self.webhook = {}
        if method == "getWebhookInfo":
            return {"url": self.webhook.get("url", ""), "has_custom_certificate": False,
                    "pending_update_count": 0}  # fmt: skip
        return super()._simple(method, fields)


@pytest.fixture
def account() -> AccountTelegram:
    return AccountTelegram()


@pytest.fixture
async def bot(account: AccountTelegram) -> AsyncIterator[TelegramChannel]:
    with serving(account.faults) as url:
        channel = TelegramChannel(token="1:t", desk=Desk(), api_base=url)
        yield channel
        await channel.close()
    assert account.errors == []


async def test_commands_and_webhook_are_put_in_place_once(
    bot: TelegramChannel, account: AccountTelegram
) -> None:
    assert await set_up(bot, HOOKED, dry_run=True) and account.changes == 0
    assert len(await set_up(bot, HOOKED)) == 5
    assert account.webhook == {"url": HOOKED.endpoint, "secret": "hook"}
    private = json.dumps({"type": "all_private_chats"})
    assert account.commands[private, ""][0]["description"] == "เรื่องของฉัน"
    assert account.commands[private, "en"][0]["description"] == "My reports"
    assert any('"7"' in scope for scope, _ in account.commands)
    assert await set_up(bot, HOOKED) == []


async def test_polling_takes_the_webhook_away(
    bot: TelegramChannel, account: AccountTelegram
) -> None:
    await set_up(bot, HOOKED)
    assert [s.what for s in await set_up(bot, WANTED)] == ["take the webhook away"]
    assert account.webhook == {} and await set_up(bot, WANTED) == []


async def test_one_chat_is_listed_a_roles_commands(
    bot: TelegramChannel, account: AccountTelegram
) -> None:
    await show_commands(bot, "9", [("summary", "สรุป")])
    assert list(account.commands.values()) == [[{"command": "summary", "description": "สรุป"}]]


async def test_what_is_wrong_is_named(bot: TelegramChannel, account: AccountTelegram) -> None:
    account.groups = False
    found = {f.topic: f for f in await check(bot, "other", HOOKED)}
    assert found["token"].good
    assert not any(found[t].good for t in ("name", "groups", "webhook", "commands"))
    account.groups = True
    await set_up(bot, HOOKED)
    assert all(f.good for f in await check(bot, "@prachakhom_bot", HOOKED))


async def test_a_refused_token_is_one_finding(account: AccountTelegram) -> None:
    with serving(account.faults) as url:
        bot = TelegramChannel(token="2:wrong", desk=Desk(), api_base=url)
        (finding,) = await check(bot, "prachakhom_bot", WANTED)
        assert not finding.good and "2:wrong" not in finding.what
        with pytest.raises(DeliveryFailed):
            await set_up(bot, WANTED)
        await bot.close()


def test_every_command_is_understood_and_fits() -> None:
    listed = {c for commands in COMMANDS.values() for c in commands} | set(GROUP_COMMANDS)
    assert [c.name for c in listed if read_command(f"/{c.name}") is None] == []
    assert all(3 <= len(c.thai) <= 256 and 3 <= len(c.english) <= 256 for c in listed)


async def test_an_odd_answer_about_commands_harms_no_delivery() -> None:
    class Odd:
        async def manage(self, method: str, **fields: Any) -> Any:
            return True

    await show_commands(Odd(), "9", [("summary", "สรุป")])
    assert await set_up(Odd(), WANTED)
