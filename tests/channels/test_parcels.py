"""What waits for one person leaves together: free with a reply, else as one push within the budget."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.channels.base import Quota
from bot.delivery import Sender
from bot.delivery_ports import Rules
from handlers.messages import Button, Reply
from planning.pushes import Rank
from planning.reports import Channel
from tests.channels.house import House, house
from tests.fakes.faults import Fault
from tests.fakes.line import StrictLine
from tests.fakes.outbox import MemoryOutbox, Row

__all__ = ["house"]
MONTHLY = {"message": "You have reached your monthly limit."}


def news(house: House, *texts: str, chat: str = "U1", rank: Rank = Rank.OUTCOME) -> list[Row]:
    """Messages that nobody asked for."""
    return [house.outbox.add(Channel.LINE, chat, text, rank=rank) for text in texts]


def texts(fake_line: StrictLine, chat: str = "U1") -> list[str]:
    return [a.text for a in fake_line.answers.of(chat)]


@pytest.fixture
def roomy(house: House) -> House:
    """A month with room, and two minutes of gathering."""
    house.sender = house.new_sender(house.channels, Rules(line_month_limit=300))
    return house


@pytest.fixture
def spent(house: House) -> House:
    """A month without room for anything but danger."""
    rules = Rules(line_month_limit=3, line_reserve=3, gather=timedelta(0))
    house.sender = house.new_sender(house.channels, rules)
    return house


async def test_what_comes_within_two_minutes_is_one_push(
    roomy: House, fake_line: StrictLine
) -> None:
    first = news(roomy, "หนึ่ง")[0]
    await roomy.until_quiet()
    assert (first.state, first.next_try_at) == ("waiting", roomy.clock() + timedelta(minutes=2))
    roomy.clock.forward(seconds=90)
    rest = news(roomy, "สอง", "สาม")
    roomy.clock.forward(seconds=30)
    await roomy.until_quiet()
    assert texts(fake_line) == ["หนึ่ง", "สอง", "สาม"]
    assert [r.state for r in (first, *rest)] == ["sent"] * 3
    assert (fake_line.pushed, first.units, [r.units for r in rest]) == (1, 1, [0, 0])


async def test_five_objects_leave_and_the_rest_follows(roomy: House, fake_line: StrictLine) -> None:
    news(roomy, *(str(n) for n in range(7)), rank=Rank.DIGEST)
    pressing = news(roomy, "ประชุมพรุ่งนี้", rank=Rank.FORUM)[0]
    roomy.clock.forward(minutes=2)
    await roomy.sender.run_once()
    assert texts(fake_line) == ["0", "1", "2", "3", "ประชุมพรุ่งนี้"]
    assert pressing.carried_by == 1
    await roomy.until_quiet()
    assert texts(fake_line)[5:] == ["4", "5", "6"]
    assert fake_line.pushed == 2


async def test_danger_waits_for_nothing_and_stands_alone(
    roomy: House, fake_line: StrictLine
) -> None:
    before = news(roomy, "ข่าว")[0]
    danger = roomy.outbox.add(Channel.LINE, "U1", "อันตราย", urgent=True)
    await roomy.until_quiet()
    assert (danger.state, before.state) == ("sent", "waiting")
    assert texts(fake_line) == ["อันตราย"]


async def test_without_room_it_waits_and_goes_free_with_the_next_reply(
    spent: House, fake_line: StrictLine
) -> None:
    held = news(spent, "ได้งบแล้ว", "ประชุมเสาร์นี้")
    await spent.until_quiet()
    assert [(r.state, r.error) for r in held] == [("waiting", "quota")] * 2
    assert held[0].held_since == spent.clock()
    spent.clock.forward(hours=3)
    answer = spent.line("สวัสดีค่ะ", fake_line)
    await spent.until_quiet()
    assert texts(fake_line) == ["ได้งบแล้ว", "ประชุมเสาร์นี้", "สวัสดีค่ะ"]
    assert {a.method for a in fake_line.answers.of("U1")} == {"reply"}
    assert [r.state for r in (*held, answer)] == ["sent"] * 3
    assert fake_line.pushed == 0


async def test_a_warning_of_danger_carries_nothing(spent: House, fake_line: StrictLine) -> None:
    held = news(spent, "ได้งบแล้ว")[0]
    await spent.until_quiet()
    spent.line("โทร 1669", fake_line, urgent=True)
    await spent.until_quiet()
    assert (texts(fake_line), held.state) == (["โทร 1669"], "waiting")


async def test_two_questions_that_look_alike_never_stand_together(
    spent: House, fake_line: StrictLine
) -> None:
    for code in ("a", "b"):
        asked = Reply(text=code, buttons=(Button(label="เสร็จแล้ว", data=f"fixed:{code}"),))
        spent.outbox.add(Channel.LINE, "U1", asked, rank=Rank.OUTCOME)
    await spent.until_quiet()
    spent.line("หนึ่ง", fake_line)
    await spent.until_quiet()
    assert texts(fake_line) == ["a", "หนึ่ง"]
    spent.line("สอง", fake_line)
    await spent.until_quiet()
    assert texts(fake_line)[2:] == ["b", "สอง"]


async def test_a_long_answer_leaves_alone(spent: House, fake_line: StrictLine) -> None:
    held = news(spent, "ได้งบแล้ว")[0]
    await spent.until_quiet()
    long = spent.outbox.add(
        Channel.LINE, "U1", *(Reply(text=str(n)) for n in range(5)),
        handle=fake_line.issue_token("U1"), until=spent.clock() + timedelta(seconds=50),
    )  # fmt: skip
    await spent.until_quiet()
    assert (long.state, held.state, len(fake_line.answers)) == ("sent", "waiting", 5)


async def test_another_day_has_room_again(house: House, fake_line: StrictLine) -> None:
    rules = Rules(line_month_limit=32, line_reserve=2, gather=timedelta(0))
    house.sender = house.new_sender(house.channels, rules)
    house.clock.now = datetime(2021, 3, 1, 3, 0, tzinfo=UTC)
    rows = [house.outbox.add(Channel.LINE, f"U{n}", "สรุป", rank=Rank.OTHER) for n in range(4)]
    await house.until_quiet()
    assert [r.state for r in rows] == ["sent", "waiting", "waiting", "waiting"]
    for _ in range(3):
        house.clock.forward(days=1)
        await house.until_quiet()
    assert [r.state for r in rows] == ["sent"] * 4
    days = [r.sent_at.day for r in rows if r.sent_at]
    assert days == sorted(set(days))


async def test_what_nobody_came_for_is_given_up(spent: House, fake_line: StrictLine) -> None:
    held = news(spent, "ได้งบแล้ว")[0]
    forum = news(spent, "ประชุมพรุ่งนี้", chat="U2", rank=Rank.FORUM)[0]
    forum.useful_until = spent.clock() + timedelta(days=2)
    for day in range(16):
        await spent.until_quiet()
        assert held.state == ("waiting" if day <= 14 else "dead")
        spent.clock.forward(days=1)
    assert (held.error, forum.state, forum.error) == ("not carried in time", "dead", "too late")
    assert fake_line.pushed == 0


async def test_what_is_of_no_use_any_more_is_not_carried(
    spent: House, fake_line: StrictLine
) -> None:
    forum = news(spent, "ประชุมพรุ่งนี้", rank=Rank.FORUM)[0]
    forum.useful_until = spent.clock() + timedelta(hours=1)
    await spent.until_quiet()
    spent.clock.forward(hours=2)
    spent.line("ตอบ", fake_line)
    await spent.until_quiet()
    assert texts(fake_line) == ["ตอบ"]


async def test_a_repeated_push_takes_along_what_it_took_before(
    roomy: House, fake_line: StrictLine
) -> None:
    first = news(roomy, "หนึ่ง", "สอง")
    roomy.clock.forward(minutes=2)
    fake_line.faults.plan("/push", Fault(hang=True, taken=True))
    await roomy.until_quiet()
    later = news(roomy, "สาม")[0]
    roomy.clock.forward(minutes=5)
    await roomy.until_quiet()
    assert texts(fake_line) == ["หนึ่ง", "สอง", "สาม"]
    assert [r.state for r in (*first, later)] == ["sent"] * 3
    assert fake_line.pushed == 2


async def test_what_is_refused_for_something_along_goes_without_it(
    spent: House, fake_line: StrictLine
) -> None:
    odd = news(spent, "แปลก")[0]
    await spent.until_quiet()
    fake_line.faults.plan("/reply", Fault(status=400, body={"message": "bad"}))
    answer = spent.line("ตอบ", fake_line)
    await spent.until_quiet()
    assert (answer.state, odd.state, odd.carried_by) == ("sent", "waiting", None)
    assert texts(fake_line) == ["ตอบ"]
    spent.line("ตอบอีก", fake_line)
    await spent.until_quiet()
    assert (texts(fake_line)[1:], odd.state) == (["ตอบอีก"], "waiting")


async def test_a_reply_of_which_nothing_is_known_takes_its_company_along(
    spent: House, fake_line: StrictLine
) -> None:
    held = news(spent, "ได้งบแล้ว")[0]
    await spent.until_quiet()
    fake_line.faults.plan("/reply", Fault(hang=True), Fault(status=500))
    answer = spent.line("ตอบ", fake_line)
    await spent.until_quiet()
    assert (answer.state, held.state) == ("uncertain", "uncertain")


async def test_a_crash_with_company_on_the_wire(roomy: House, fake_line: StrictLine) -> None:
    rows = news(roomy, "หนึ่ง", "สอง")
    now = roomy.clock()
    assert await roomy.outbox.mark_sending(1, "push", now, [2]) == {2}
    assert await roomy.sender.recover() == 1
    assert [r.state for r in rows] == ["waiting", "waiting"]
    await roomy.until_quiet()
    assert [r.state for r in rows] == ["sent", "sent"]
    assert (texts(fake_line), fake_line.pushed) == (["หนึ่ง", "สอง"], 1)


async def test_somebody_who_is_gone_frees_what_was_along(
    roomy: House, fake_line: StrictLine
) -> None:
    rows = news(roomy, "หนึ่ง", "สอง")
    roomy.clock.forward(minutes=2)
    fake_line.faults.plan("/push", Fault(status=400, body={"message": "no"}), Fault(status=400))
    await roomy.until_quiet()
    assert [(r.state, r.carried_by) for r in rows] == [("dead", None), ("sent", None)]


async def test_when_line_says_the_month_is_over_it_waits_with_its_company(
    roomy: House, fake_line: StrictLine
) -> None:
    rows = news(roomy, "หนึ่ง", "สอง")
    roomy.clock.forward(minutes=2)
    fake_line.faults.plan("/push", Fault(status=429, body=MONTHLY))
    await roomy.until_quiet()
    assert [(r.state, r.carried_by, r.tried_at) for r in rows] == [("waiting", None, None)] * 2
    roomy.line("ตอบ", fake_line)
    await roomy.until_quiet()
    assert texts(fake_line) == ["หนึ่ง", "สอง", "ตอบ"]


async def test_what_line_says_is_kept_and_spending_is_told(
    house: House, fake_line: StrictLine
) -> None:
    told: list[Quota] = []
    spent: list[tuple[int, int]] = []

    async def note(quota: Quota) -> None:
        told.append(quota)

    async def after(used: int, limit: int) -> None:
        spent.append((used, limit))

    async def unreachable(channel: Channel, chat_id: str) -> None:
        raise AssertionError

    house.sender = Sender(
        outbox=house.outbox.open, channels=house.channels, clock=house.clock,
        unreachable=unreachable, told=note, spent=after,
        rules=Rules(line_month_limit=300, gather=timedelta(0)),
    )  # fmt: skip
    fake_line.month_limit, fake_line.pushed = 200, 7
    news(house, "หนึ่ง")
    await house.until_quiet()
    assert told == [Quota(limit=200, used=7)]
    assert spent == [(8, 200)]


async def test_rows_that_another_process_took_are_left_out(
    house: House, fake_line: StrictLine
) -> None:
    class Snatched(MemoryOutbox):
        """Somebody else settles the second row between the plan and the wire."""

        async def beside(self, row_ids, /):  # type: ignore[no-untyped-def]
            found = await super().beside(row_ids)
            house.outbox.rows[1].carried_by = 99
            return found

    house.outbox = Snatched(house.clock)
    house.sender = house.new_sender(house.channels, Rules(gather=timedelta(0)))
    rows = news(house, "หนึ่ง", "สอง")
    await house.sender.run_once()
    assert (texts(fake_line), rows[1].state) == (["หนึ่ง"], "waiting")
