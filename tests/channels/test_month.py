"""A month of a village of 120 households on LINE's 300 free messages: real turns, outbox and sender.

Everybody of every household is on LINE, everything that happens is news to many, and two dangers come
when the month is nearly used up.
"""

import random
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.channels.base import Quota
from bot.channels.line import LineChannel
from bot.delivery import Sender
from bot.delivery_ports import OutboxPort, Rules
from handlers.context import notify
from handlers.dialogue import texts as t
from handlers.messages import IncomingMessage, MessageKind, Reply, replies_from_json
from handlers.quota import after_pushes, note_told, spending
from handlers.settings import TurnSettings
from planning.issues import JOINABLE_STATES
from planning.pushes import Rank, month_end, month_start
from planning.reports import Channel
from planning.roles import Role
from planning.thai import BANGKOK
from storage.database import Database
from storage.tables_messages import outbox as outbox_table
from storage.values import OutboxItem
from tests.channels.conftest import HandClock
from tests.fakes.line import StrictLine
from tests.handlers.stage import Stage, open_stage

pytestmark = pytest.mark.usefixtures("untraced")

VILLAGE, HOUSEHOLDS, LIMIT, RESERVE = "97010101", 120, 300, 30
BEGINS = datetime(2026, 11, 1, 0, 0, tzinfo=BANGKOK)
HEAD, OFFICER, ADMIN = "Uhead", "Uofficer", "Uadmin"
TELLINGS = (
    "ถนนหน้า{place}เป็นหลุม รถล้มบ่อย", "ไฟทางแถว{place}ดับ มืดมาก", "น้ำประปาแถว{place}ไม่ไหลสามวันแล้ว",
    "ขยะล้นถังหน้า{place} เหม็น", "ท่อระบายน้ำหน้า{place}ตัน น้ำท่วมขัง", "อยากได้ลานกีฬาใกล้{place}",
    "หมาจรจัดไล่กัดเด็กแถว{place}", "เผาขยะควันเต็มแถว{place}",
)  # fmt: skip
PLACES = ("วัดสว่างอารมณ์", "โรงเรียนบ้านนาสวรรค์", "ศาลากลางบ้าน", "ร้านป้าสมหมาย", "สระหลวง", "ซอย 2")
DANGERS = ("ไฟไหม้บ้านตรงข้ามวัดสว่างอารมณ์ ช่วยด้วย มีคนติดอยู่ข้างใน", "เด็กจมน้ำที่สระหลวง ช่วยด้วยด่วน")
STATES = ("in_plan", "funded", "under_way", "done")


class Month(Stage):
    """The stage with the real sender and LINE's imitation in place of ears; one clock for all."""

    clock: HandClock
    line: LineChannel
    fake: StrictLine
    sender: Sender

    @property
    def now(self) -> datetime:
        """The one clock's time."""
        return self.clock.now

    @now.setter
    def now(self, value: datetime) -> None:
        if hasattr(self, "clock"):
            self.clock.now = value

    def message(self, who: str, text: str = "", **more: object) -> IncomingMessage:
        """A message with a reply token that LINE has just issued."""
        made = super().message(who, text, **more)  # type: ignore[arg-type]
        token = self.fake.issue_token(who)
        return IncomingMessage(**{**vars(made), "reply_handle": token})

    async def _deliver(self) -> None:
        while await self.sender.run_once():
            pass

    async def until(self, at: datetime) -> None:
        """Let time pass, and send what comes due meanwhile."""
        while True:
            async with self.database.read() as uow:
                due = await uow.outbox.next_try_at()
            if due is None or due > at:
                break
            self.now = max(self.now, due)
            await self._deliver()
        self.now = max(self.now, at)

    def begin(self, clock: HandClock, line: LineChannel, fake: StrictLine) -> None:
        """Everything on the one clock, at the month's first moment."""
        self.clock, self.line, self.fake = clock, line, fake
        self.now = BEGINS
        self.sender = _sender(self.database, self)


def _sender(database: Database, month: Month) -> Sender:
    @asynccontextmanager
    async def opened() -> AsyncIterator[OutboxPort]:
        async with database.write() as uow:
            yield uow.outbox

    async def unreachable(channel: Channel, chat_id: str) -> None:
        raise AssertionError("nobody has blocked us")

    async def spent(used: int, limit: int) -> None:
        await after_pushes(database, TurnSettings(), used, limit, month.now)

    async def told(quota: Quota) -> None:
        await note_told(database, quota.limit, quota.used, month.now)

    return Sender(
        outbox=opened, channels={Channel.LINE: month.line}, clock=lambda: month.now,
        unreachable=unreachable, told=told, spent=spent,
        rules=Rules(line_month_limit=LIMIT, line_reserve=RESERVE), jitter=lambda: 0.5,
    )  # fmt: skip


@dataclass(frozen=True)
class Happening:
    """Something that happens at a time."""

    at: datetime
    what: str
    who: str = ""
    words: str = ""


def happenings(seed: int) -> list[Happening]:
    """What happens in the month, in order."""
    dice = random.Random(seed)
    people = [f"U{n:03d}" for n in range(HOUSEHOLDS)]

    def when(day: int) -> datetime:
        hour, second = dice.randint(6, 20), dice.randint(0, 3599)
        return BEGINS + timedelta(days=day - 1, hours=hour, seconds=second)

    def somebody() -> str:
        return dice.choice(people)

    found = [Happening(when(1), "say", p, f"ลงทะเบียน {VILLAGE}") for p in people]
    for _ in range(60):
        words = dice.choice(TELLINGS).format(place=dice.choice(PLACES))
        found.append(Happening(when(dice.randint(2, 28)), "say", somebody(), words))
    found += [Happening(when(dice.randint(3, 28)), "support", somebody()) for _ in range(120)]
    found += [Happening(when(dice.randint(5, 29)), "state") for _ in range(40)]
    talk = ("เรื่องของฉัน", "สวัสดีค่ะ", "เรื่องในหมู่บ้าน", "ขอบคุณค่ะ")
    for day in range(2, 31):
        found += [Happening(when(day), "say", somebody(), dice.choice(talk)) for _ in range(4)]
    forum = BEGINS + timedelta(days=18, hours=17)
    found += [Happening(forum, "forum", p) for p in people]
    for week in range(4):
        sunday = BEGINS + timedelta(days=6 + 7 * week, hours=18)
        words = f"สรุปสัปดาห์ที่ {week + 1}"
        found += [Happening(sunday, "digest", p, words) for p in people[::2]]
    found += [Happening(when(27 + 2 * n), "say", f"U00{n}", w) for n, w in enumerate(DANGERS)]
    return sorted(found, key=lambda h: h.at)


async def play(month: Month, seed: int) -> None:
    """The whole month."""
    dice = random.Random(seed)
    await month.invite(HEAD, Role.HEAD, VILLAGE)
    await month.invite(OFFICER, Role.DISTRICT_OFFICER, "9701")
    await month.invite(ADMIN, Role.ADMIN, "9701")
    for one in happenings(seed):
        await month.until(one.at)
        if one.what == "say":
            await month.say(one.who, one.words, after=timedelta(0))
        elif one.what in ("support", "state"):
            await _press(month, one, dice)
        else:
            await _announce(month, one)


async def _press(month: Month, one: Happening, dice: random.Random) -> None:
    """Somebody is troubled too, or the officer changes where a matter stands."""
    async with month.database.read() as uow:
        open_now = await uow.issues.standings(VILLAGE, JOINABLE_STATES)
    if not open_now:
        return
    some = dice.sample(open_now, min(4, len(open_now)))
    issue = max(some, key=lambda s: (s.supporters, s.issue.id)).issue
    if one.what == "support":
        data, who = f"me:{issue.code}", one.who
    else:
        data, who = f"set:{issue.code}:{dice.choice(STATES)}", OFFICER
    await month.say(who, kind=MessageKind.BUTTON, button=data, after=timedelta(0))


async def _announce(month: Month, one: Happening) -> None:
    """A notice of the forum tomorrow, or the week's digest, as a job would lay it in."""
    rank = Rank.FORUM if one.what == "forum" else Rank.DIGEST
    text = one.words or "พรุ่งนี้บ่ายโมงประชุมประชาคมที่ศาลากลางบ้าน"
    async with month.database.write() as uow:
        person = await uow.people.find(Channel.LINE, one.who)
        assert person
        key = f"{one.what}:{one.at.isoformat()}:{one.who}"
        until = one.at + timedelta(days=1 if rank is Rank.FORUM else 7)
        await notify(
            uow, person.id, set(), Reply(text=text), key, month.now, rank=rank, useful_until=until
        )


@dataclass(frozen=True)
class Line:
    """One row of the outbox at the end."""

    item: OutboxItem
    finished: str
    error: str
    units: int

    @property
    def texts(self) -> list[str]:
        """What it says."""
        return [reply.text for reply in replies_from_json(self.item.payload)]


async def rows(month: Month) -> list[Line]:
    """Everything that was ever laid in."""
    async with month.database.read() as uow:
        found = await uow.outbox._rows(select(outbox_table).order_by(outbox_table.c.id))
        return [Line(uow.outbox._item(r), r.finished or "waiting", r.error, r.units) for r in found]


@pytest.fixture
async def month(
    tmp_path: Path, clock: HandClock, line: LineChannel, fake_line: StrictLine
) -> AsyncIterator[Month]:
    async with open_stage(tmp_path, Channel.LINE) as stage:
        stage.__class__ = Month
        assert isinstance(stage, Month)
        fake_line.month_limit = LIMIT
        stage.begin(clock, line, fake_line)
        yield stage


async def test_a_month_on_the_free_plan(month: Month, fake_line: StrictLine) -> None:
    await play(month, seed=11)
    await month.until(month_end(BEGINS) - timedelta(hours=6))
    found = await rows(month)
    the_budget_held(fake_line, found)
    dangers_were_told_at_once(fake_line, found)
    await nothing_was_said_twice_or_lost(month, fake_line, found)
    await what_waits_is_told_with_the_next_answer(month, fake_line)
    await those_who_run_it_were_warned(month, fake_line)


def the_budget_held(fake: StrictLine, found: list[Line]) -> None:
    wished = sum(line.item.rank > Rank.ANSWER for line in found)
    assert wished > 1.5 * LIMIT, "a month without want proves nothing"
    units = sum(line.units for line in found)
    assert fake.pushed == units <= LIMIT
    dangers = sum(line.units for line in found if line.item.rank is Rank.DANGER)
    assert units - dangers <= LIMIT - RESERVE
    assert units - dangers >= (LIMIT - RESERVE) * 0.8, "the month's free messages are to be used"
    assert LIMIT - fake.pushed >= RESERVE - dangers > 0


def dangers_were_told_at_once(fake: StrictLine, found: list[Line]) -> None:
    alarms = [line for line in found if line.item.rank is Rank.DANGER and "⚠️" in line.texts[0]]
    pushed = [line for line in alarms if not line.item.reply_handle]
    assert len(pushed) >= len(DANGERS)
    told = {a.text: a for a in fake.answers.of(HEAD) if a.method == "push"}
    for line in pushed:
        assert line.finished == "sent"
        assert told[line.texts[0]].at == line.item.created_at


async def nothing_was_said_twice_or_lost(month: Month, fake: StrictLine, found: list[Line]) -> None:
    """What LINE was given is what the outbox says was sent, each piece once; the rest has its reason."""
    given = Counter(
        (a.chat_id, a.text or str(a.payload.get("altText", ""))) for a in fake.answers.all()
    )
    notices = [line for line in found if line.item.rank > Rank.ANSWER]
    sent: Counter[tuple[str, str]] = Counter()
    for line in notices:
        if line.finished == "sent":
            sent.update((line.item.chat_id, text) for text in line.texts)
    assert {key: given[key] for key in sent} == dict(sent)
    keys = Counter(line.item.dedupe_key for line in found)
    assert set(keys.values()) == {1}
    assert {line.finished for line in found} <= {"sent", "waiting", "dead"}
    why = {line.error for line in found if line.finished == "dead"}
    assert why <= {"too late", "not carried in time"}
    carried = [line for line in notices if line.finished == "sent" and line.item.held_since]
    assert len(carried) > 50, "many went with a reply, or on a better day"
    alone = sum(line.units for line in notices)
    assert alone < sum(line.finished == "sent" for line in notices), "some left together"


async def what_waits_is_told_with_the_next_answer(month: Month, fake: StrictLine) -> None:
    """Who asks for their matters hears all that was held for them, or reads there where each stands."""
    outcomes = [line for line in await rows(month) if line.item.rank is Rank.OUTCOME]
    unsaid = [line for line in outcomes if line.finished != "sent"]
    theirs = {line.item.chat_id for line in unsaid} - {OFFICER, HEAD, ADMIN}
    assert theirs, "somebody is still waiting for news"
    for _ in range(8):
        left = {line.item.chat_id for line in await rows(month) if line.finished == "waiting"}
        for chat in sorted(left & theirs):
            await month.say(chat, "เรื่องของฉัน")
    assert not left & theirs
    for line in unsaid:
        if line.finished == "dead":
            await month.say(line.item.chat_id, "เรื่องของฉัน")
            await where_it_stands_is_shown(month, fake, line)


async def where_it_stands_is_shown(month: Month, fake: StrictLine, line: Line) -> None:
    """The present state of each matter of that person is in what «เรื่องของฉัน» said."""
    said = fake.answers.of(line.item.chat_id)[-1].text
    async with month.database.read() as uow:
        person = await uow.people.find(Channel.LINE, line.item.chat_id)
        assert person
        ids = [r.issue_id for r in await uow.reports.of_person(person.id) if r.issue_id]
        matters = [await uow.issues.by_id(i) for i in ids]
        matters += await uow.issues.supported(person.id)
    assert matters
    assert [m.code for m in matters if t.of_state(m.state) not in said] == []


async def those_who_run_it_were_warned(month: Month, fake: StrictLine) -> None:
    async with month.database.read() as uow:
        report = await spending(uow, TurnSettings(), month.now)
    assert (report.used, report.limit) == (fake.pushed, LIMIT)
    assert report.forecast >= report.used
    assert report.month == "2026-11"
    warned = [line for line in await rows(month) if line.item.dedupe_key.startswith("quota:")]
    assert [line.item.dedupe_key.split(":")[2] for line in warned] == ["80"]
    assert {line.item.chat_id for line in warned} == {ADMIN}


def test_the_month_is_that_of_line() -> None:
    assert month_start(BEGINS + timedelta(hours=1)).astimezone(BANGKOK).day == 31
