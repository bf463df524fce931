"""Delivery: real channels over real HTTP against strict imitations, an outbox in memory."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from bot.channels.webchat import WebChannel
from bot.delivery_ports import Rules
from handlers.messages import Reply
from planning.reports import Channel
from tests.channels.house import House, house
from tests.fakes.faults import Fault
from tests.fakes.line import StrictLine
from tests.fakes.outbox import MemoryOutbox, Row
from tests.fakes.telegram import StrictTelegram

MONTHLY = {"message": "You have reached your monthly limit."}
FLOOD = {"ok": False, "description": "Too Many Requests", "parameters": {"retry_after": 9}}


__all__ = ["house"]


async def test_a_live_handle_is_used_and_costs_nothing(house: House, fake_line: StrictLine) -> None:
    row = house.line("รับเรื่องแล้ว", fake_line)
    assert await house.sender.run_once() == 1
    assert (row.state, row.method, row.units) == ("sent", "reply", 0)
    assert [a.method for a in fake_line.answers.of("U1")] == ["reply"]
    assert await house.sender.run_once() == 0


async def test_a_dead_handle_means_a_push(house: House, fake_line: StrictLine) -> None:
    row = house.line("รับเรื่องแล้ว", fake_line)
    house.clock.forward(seconds=51)
    await house.until_quiet()
    assert (row.state, row.method, row.units) == ("sent", "push", 1)
    assert fake_line.retry_keys == [row.retry_key]


async def test_a_handle_refused_by_line_falls_back_to_a_push(
    house: House, fake_line: StrictLine
) -> None:
    row = house.outbox.add(
        Channel.LINE, "U1", "ก", handle="unknown", until=house.clock() + timedelta(seconds=50)
    )
    await house.until_quiet()
    assert row.history == ["sending:reply", "waiting", "sending:push", "sent"]
    assert row.units == 1
    assert len(fake_line.answers) == 1


async def test_a_lost_answer_to_a_reply_is_settled_by_its_single_use(
    house: House, fake_line: StrictLine
) -> None:
    fake_line.faults.plan("/reply", Fault(hang=True, taken=True), Fault.passing(), Fault(hang=True))
    taken, lost = house.line("หนึ่ง", fake_line), house.line("สอง", fake_line)
    await house.until_quiet()
    assert [taken.state, lost.state] == ["sent", "sent"]
    assert [a.text for a in fake_line.answers.all()] == ["หนึ่ง", "สอง"]
    assert fake_line.pushed == 0


async def test_a_reply_that_stays_unanswered_is_uncertain_and_never_pushed(
    house: House, fake_line: StrictLine
) -> None:
    fake_line.faults.plan("/reply", Fault(hang=True), Fault(status=500))
    row = house.line("หนึ่ง", fake_line)
    await house.until_quiet()
    house.clock.forward(hours=1)
    await house.until_quiet()
    assert row.state == "uncertain"
    assert len(fake_line.answers) == 0


async def test_a_push_is_repeated_under_its_key_until_it_is_clear(
    house: House, fake_line: StrictLine
) -> None:
    row = house.outbox.add(Channel.LINE, "U1", "แจ้งผล")
    fake_line.faults.plan("/push", Fault(hang=True, taken=True), Fault(status=503))
    for _ in range(3):
        await house.until_quiet()
        house.clock.forward(minutes=1)
    assert (row.state, row.attempts, row.units) == ("sent", 2, 1)
    assert len(fake_line.answers) == 1
    assert fake_line.pushed == 1


async def test_the_month_stops_hard_and_the_reserve_is_for_what_is_urgent(
    house: House, fake_line: StrictLine
) -> None:
    plain = [house.outbox.add(Channel.LINE, f"U{i}", "แจ้งผล") for i in range(4)]
    await house.until_quiet()
    urgent = [house.outbox.add(Channel.LINE, f"V{i}", "ด่วน", urgent=True) for i in range(3)]
    await house.until_quiet()
    assert [r.state for r in plain] == ["sent", "sent", "sent", "waiting"]
    assert [r.state for r in urgent] == ["sent", "sent", "waiting"]
    assert {(r.error, r.held_since) for r in (plain[3], urgent[2])} == {("quota", house.clock())}
    assert fake_line.pushed == 5
    free = house.line("ตอบ", fake_line)
    await house.until_quiet()
    assert free.state == "sent"


async def test_a_new_month_pushes_again(house: House, fake_line: StrictLine) -> None:
    for i in range(4):
        house.outbox.add(Channel.LINE, f"U{i}", "แจ้งผล")
    await house.until_quiet()
    house.clock.now = datetime(2021, 3, 31, 15, 0, tzinfo=UTC)
    fake_line.pushed = 0
    row = house.outbox.add(Channel.LINE, "U9", "เดือนใหม่")
    await house.until_quiet()
    assert row.state == "sent"


async def test_pushes_made_elsewhere_and_the_platforms_own_limit_count(
    house: House, fake_line: StrictLine
) -> None:
    fake_line.month_limit, fake_line.pushed = 4, 1
    rows = [house.outbox.add(Channel.LINE, f"U{i}", "แจ้งผล") for i in range(3)]
    await house.until_quiet()
    assert [r.state for r in rows] == ["sent", "waiting", "waiting"]
    assert fake_line.pushed == 2


async def test_a_quota_that_cannot_be_asked_leaves_our_own_count(
    house: House, fake_line: StrictLine
) -> None:
    fake_line.faults.plan("/quota", Fault(status=500))
    rows = [house.outbox.add(Channel.LINE, f"U{i}", "แจ้งผล") for i in range(4)]
    await house.until_quiet()
    assert [r.state for r in rows] == ["sent", "sent", "sent", "waiting"]


async def test_a_group_counts_every_member(house: House, fake_line: StrictLine) -> None:
    fake_line.set_members("Csmall", 3)
    fake_line.set_members("Clarge", 6)
    small = house.outbox.add(Channel.LINE, "Csmall", "ก")
    large = house.outbox.add(Channel.LINE, "Clarge", "ก", urgent=True)
    await house.until_quiet()
    assert (small.state, small.units, large.state) == ("sent", 3, "waiting")


async def test_members_that_cannot_be_counted_wait(house: House, fake_line: StrictLine) -> None:
    fake_line.faults.plan("/group/", Fault(status=500))
    row = house.outbox.add(Channel.LINE, "Cgroup", "ก")
    await house.until_quiet()
    assert (row.state, row.history) == ("waiting", ["waiting"])


async def test_line_itself_may_say_that_the_month_is_used_up(
    house: House, fake_line: StrictLine
) -> None:
    fake_line.faults.plan("/push", Fault(status=429, body=MONTHLY))
    first = house.outbox.add(Channel.LINE, "U1", "ก")
    await house.until_quiet()
    second = house.outbox.add(Channel.LINE, "U2", "ก")
    await house.until_quiet()
    assert [(r.state, r.error) for r in (first, second)] == [("waiting", "quota")] * 2
    assert second.history == ["waiting"]
    house.clock.forward(hours=1)
    third = house.outbox.add(Channel.LINE, "U3", "ก")
    await house.until_quiet()
    assert third.state == "sent"
    house.clock.forward(hours=24)
    await house.until_quiet()
    assert [r.state for r in (first, second)] == ["sent", "sent"]


async def test_a_flood_is_waited_out_and_the_order_of_a_chat_kept(
    house: House, fake_telegram: StrictTelegram
) -> None:
    rows = [house.outbox.add(Channel.TELEGRAM, "42", t) for t in ("หนึ่ง", "สอง", "สาม")]
    fake_telegram.faults.plan("/sendMessage", Fault(status=429, body=FLOOD))
    await house.until_quiet()
    assert [r.state for r in rows] == ["waiting"] * 3
    assert rows[0].next_try_at == house.clock() + timedelta(seconds=9)
    house.clock.forward(seconds=8)
    await house.until_quiet()
    assert len(fake_telegram.answers) == 0
    house.clock.forward(seconds=1)
    await house.until_quiet()
    assert [a.text for a in fake_telegram.answers.of("42")] == ["หนึ่ง", "สอง", "สาม"]


async def test_a_send_without_answer_is_never_repeated(
    house: House, fake_telegram: StrictTelegram
) -> None:
    fake_telegram.faults.plan("/sendMessage", Fault(hang=True, taken=True))
    row = house.outbox.add(Channel.TELEGRAM, "42", "ก")
    after = house.outbox.add(Channel.TELEGRAM, "42", "ข")
    for _ in range(3):
        await house.until_quiet()
        house.clock.forward(minutes=10)
    assert (row.state, after.state) == ("uncertain", "sent")
    assert [a.text for a in fake_telegram.answers.all()] == ["ก", "ข"]


async def test_who_blocked_us_is_noted(house: House, fake_telegram: StrictTelegram) -> None:
    fake_telegram.blocked.add("42")
    row = house.outbox.add(Channel.TELEGRAM, "42", "ก")
    await house.until_quiet()
    assert (row.state, row.error) == ("dead", "blocked")
    assert house.gone == [(Channel.TELEGRAM, "42")]


async def test_a_moved_group_is_followed(house: House, fake_telegram: StrictTelegram) -> None:
    fake_telegram.moved["-5"] = -1005
    row = house.outbox.add(Channel.TELEGRAM, "-5", "ก")
    await house.until_quiet()
    assert row.state == "sent"
    assert [a.text for a in fake_telegram.answers.of("-1005")] == ["ก"]


async def test_a_moved_group_that_is_lost_again_is_given_up(
    house: House, fake_telegram: StrictTelegram
) -> None:
    fake_telegram.moved.update({"-5": -6, "-6": -7})
    row = house.outbox.add(Channel.TELEGRAM, "-5", "ก")
    await house.until_quiet()
    assert (row.state, row.error) == ("dead", "Moved")


async def test_what_is_refused_or_unreadable_or_old_is_dead(
    house: House, fake_telegram: StrictTelegram
) -> None:
    refusal = {"ok": False, "description": "Bad Request: chat not found"}
    fake_telegram.faults.plan("/sendMessage", Fault(status=400, body=refusal))
    refused = house.outbox.add(Channel.TELEGRAM, "42", "ก")
    unreadable = house.outbox.add(Channel.TELEGRAM, "43", "ก")
    unreadable.payload = "[{}]"
    old = house.outbox.add(Channel.TELEGRAM, "44", "ก")
    old.created_at -= timedelta(hours=21)
    await house.until_quiet()
    found = {r.error for r in (refused, unreadable, old) if r.state == "dead"}
    assert found == {"refused: BadRequest", "unreadable payload", "too old"}


async def test_a_channel_not_set_up_waits(house: House) -> None:
    row = house.outbox.add(Channel.WALK_IN, "x", "ก")
    await house.until_quiet()
    assert (row.state, row.next_try_at) == ("waiting", house.clock() + timedelta(minutes=5))


async def test_web_chat_gets_its_answers(house: House) -> None:
    row = house.outbox.add(Channel.WEBCHAT, "villager", "ค่ะ")
    await house.until_quiet()
    web = house.channels[Channel.WEBCHAT]
    assert isinstance(web, WebChannel)
    assert (row.state, row.method) == ("sent", "send")
    assert [s.text for s in web.history("villager")] == ["ค่ะ"]


async def test_many_chats_share_commits_and_slow_ones_do_not_hold_up_the_rest(
    house: House, fake_telegram: StrictTelegram
) -> None:
    fake_telegram.faults.plan("/sendMessage", Fault(hang=True))
    rows = [house.outbox.add(Channel.TELEGRAM, str(i), "ก") for i in range(4)]
    await house.sender.run_once()
    assert sorted(r.state for r in rows) == ["sent"] * 3 + ["uncertain"]
    assert house.outbox.commits <= 6


class Taken(MemoryOutbox):
    """An outbox whose first claimed row another process settles at once."""

    async def claim(self, now: datetime, lease: timedelta, limit: int, /) -> Sequence[Row]:
        found = await super().claim(now, lease, limit)
        if found:
            found[0].state = "sent"
        return found


async def test_a_row_that_another_process_took_is_left_to_it(
    house: House, fake_telegram: StrictTelegram
) -> None:
    house.outbox = Taken(house.clock)
    house.sender = house.new_sender(house.channels, Rules())
    for chat_id in ("42", "43"):
        house.outbox.add(Channel.TELEGRAM, chat_id, "ก")
    await house.sender.run_once()
    assert [a.chat_id for a in fake_telegram.answers.all()] == ["43"]


async def test_telegram_is_paced(house: House, fake_telegram: StrictTelegram) -> None:
    replies = tuple(Reply(text=str(i)) for i in range(30))
    house.outbox.add(Channel.TELEGRAM, "42", *replies)
    house.outbox.add(Channel.TELEGRAM, "43", *replies)
    await house.until_quiet()
    assert len(fake_telegram.answers) == 60
    assert house.slept == [pytest.approx(1.0)]
