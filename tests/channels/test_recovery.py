"""Crashes, pace and the month: real channels over real HTTP against strict imitations, an outbox in memory."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.line import LineChannel
from bot.delivery import backoff, month_start
from bot.delivery_ports import Pace
from bot.platforms.line import TOKEN_LIFE
from planning.reports import Channel
from tests.channels.conftest import TIMEOUT_S
from tests.channels.house import House, house
from tests.fakes.faults import Fault
from tests.fakes.line import StrictLine
from tests.fakes.outbox import Row
from tests.fakes.telegram import StrictTelegram

__all__ = ["house"]


async def test_after_a_crash_nothing_is_lost_that_can_be_told(
    house: House, fake_line: StrictLine, fake_telegram: StrictTelegram
) -> None:
    delivered, not_yet = house.line("ส่งแล้ว", fake_line), house.line("ยังไม่ส่ง", fake_line)
    not_yet.chat_id = "U2"
    late = house.outbox.add(Channel.LINE, "U3", "ช้า", handle="T", until=house.clock())
    push = house.outbox.add(Channel.LINE, "U4", "ดัน")
    plain = house.outbox.add(Channel.TELEGRAM, "42", "ก")
    now = house.clock()
    for row, method in ((delivered, "reply"), (not_yet, "reply"), (late, "reply")):
        await house.outbox.mark_sending(row.id, method, now)  # type: ignore[arg-type]
    await house.outbox.mark_sending(push.id, "push", now)
    await house.outbox.mark_sending(plain.id, "send", now)
    waiting = house.outbox.add(Channel.TELEGRAM, "43", "ข")
    waiting.leased_until = now + timedelta(hours=1)
    await take_by_hand(house, delivered)
    assert await house.sender.recover() == 5
    assert delivered.state == not_yet.state == "sent"
    assert late.state == plain.state == "uncertain"
    await house.until_quiet()
    assert (push.state, push.units, waiting.state) == ("sent", 1, "sent")
    assert [a.text for a in fake_line.answers.all()] == ["ส่งแล้ว", "ยังไม่ส่ง", "ดัน"]
    assert [a.text for a in fake_telegram.answers.all()] == ["ข"]


async def take_by_hand(house: House, row: Row) -> None:
    """The call that the crashed process had made."""
    from bot.channels.base import Delivery, Method
    from handlers.messages import replies_from_json

    await house.channels[row.channel].deliver(
        Delivery(
            chat_id=row.chat_id,
            reply_handle=row.reply_handle,
            retry_key=row.retry_key,
            replies=replies_from_json(row.payload),
        ),
        Method.REPLY,
    )


async def test_a_crash_with_a_channel_no_longer_set_up_is_uncertain(house: House) -> None:
    row = house.outbox.add(Channel.WALK_IN, "x", "ก")
    await house.outbox.mark_sending(row.id, "send", house.clock())
    await house.sender.recover()
    assert row.state == "uncertain"


async def test_being_stopped_leaves_the_row_for_recovery(
    house: House, fake_telegram: StrictTelegram
) -> None:
    fake_telegram.faults.plan("/sendMessage", Fault(hang=True))
    row = house.outbox.add(Channel.TELEGRAM, "42", "ก")
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(house.sender.run_once(), TIMEOUT_S / 4)
    assert row.state == "sending"
    await house.sender.recover()
    assert row.state == "uncertain"


@given(st.integers(0, 500), st.floats(0, 1, exclude_max=True))
def test_backoff_grows_to_five_minutes(attempts: int, jitter: float) -> None:
    wait = backoff(attempts, jitter)
    assert timedelta(seconds=0.5) <= wait <= timedelta(minutes=5)
    assert backoff(attempts + 1, jitter) >= wait


@given(st.lists(st.tuples(st.integers(1, 8), st.floats(0, 2)), min_size=1, max_size=60))
def test_no_second_sees_more_than_the_pace_and_its_burst(steps: list[tuple[int, float]]) -> None:
    pace, now = Pace(25), datetime(2021, 3, 9, tzinfo=UTC)
    left: list[tuple[datetime, int]] = []
    for messages, pause in steps:
        now += timedelta(seconds=pause)
        left.append((now + timedelta(seconds=pace.wait_s(now, messages)), messages))
    for start, _ in left:
        within = sum(n for at, n in left if start <= at < start + timedelta(seconds=1))
        assert within <= 25 + 5 + 8


def test_the_month_begins_in_japan() -> None:
    evening = datetime(2021, 3, 31, 15, 0, tzinfo=UTC)
    assert month_start(evening) == evening
    assert month_start(evening - timedelta(seconds=1)) == datetime(2021, 2, 28, 15, tzinfo=UTC)


def test_a_reply_handle_is_let_go_before_line_lets_it_go() -> None:
    life = LineChannel.capabilities.reply_life
    assert life is not None
    assert life < TOKEN_LIFE
