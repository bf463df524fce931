"""Anything in any order: nothing raises, no telling is lost, nobody is told twice or hears another's words."""

import asyncio
import re
import tempfile
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from handlers.messages import IncomingMessage, MessageKind, Reply
from planning.reports import Channel, ReportState
from planning.roles import Role
from tests.handlers.stage import Stage, open_stage, texts

pytestmark = pytest.mark.usefixtures("untraced")

PEOPLE = ("ก้อน", "แววดาว", "สมพิศ", "ผู้ใหญ่ดำ")
HEAD = PEOPLE[3]
MATTERS = (
    "ถนนหน้าวัดเป็นหลุม {mark}",
    "ไฟทางดับหมดเลยซอย 2 {mark}",
    "น้ำประปาไม่ไหลมาสองวันแล้ว {mark}",
    "ขยะล้นถังหน้าโรงเรียน {mark}",
    "อยากได้ศาลาประชาคมใหม่ {mark}",
    "ผู้ใหญ่บ้านโกงเงินกองทุน {mark}",
    "ช่วยด้วย ไฟไหม้บ้าน {mark}",
)
SMALL_TALK = (
    "สวัสดีค่ะ",
    "ขอบคุณ",
    "เมนู",
    "เรื่องของฉัน",
    "ใช่",
    "ไม่ใช่",
    "ยกเลิก",
    "ไม่รู้",
    "หน้าวัด",
    "ความเป็นส่วนตัว",
)
ODD = (
    MessageKind.PHOTO, MessageKind.VOICE, MessageKind.STICKER, MessageKind.UNKNOWN,
    MessageKind.LOCATION, MessageKind.JOIN, MessageKind.LEAVE, MessageKind.FILE, MessageKind.CONTACT,
)  # fmt: skip

Event = tuple[str, int, int, int]
"""What happens, who does it, which of several, seconds later."""

events: st.SearchStrategy[Event] = st.tuples(
    st.sampled_from(
        ["matter"] * 5
        + ["talk"] * 3
        + ["press"] * 4
        + ["odd"] * 2
        + ["edit", "unsend", "again", "group"]
    ),
    st.integers(0, len(PEOPLE) - 1),
    st.integers(0, 50),
    st.sampled_from((1, 5, 40, 400, 4000)),
)


@dataclass
class Storm:
    """What was said and heard so far. `marks`: each telling's own word, and whose it is."""

    stage: Stage
    sent: dict[str, list[IncomingMessage]] = field(default_factory=dict)
    heard: dict[str, list[Reply]] = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)
    regretted: set[str] = field(default_factory=set)
    receipts: Counter[str] = field(default_factory=Counter)

    async def happen(self, event: Event) -> None:
        """Let one thing happen and look at who heard what."""
        what, who_at, which, seconds = event
        who = PEOPLE[who_at]
        self.stage.now += timedelta(seconds=seconds)
        message = self._message(what, who, which)
        if message is None:
            return
        await self.stage.receive(message)
        if what not in ("again", "group"):
            self.sent.setdefault(who, []).append(message)
        if what == "again":
            assert self.stage.heard == {}, "an event that came again was answered again"
        for name, replies in self.stage.heard.items():
            self.heard[name] = replies
            self._nobody_elses_words(name, replies)
            if name in PEOPLE:
                self.receipts.update(re.findall(r"เลขรับเรื่อง (\w{6})", texts(replies)))

    def _message(self, what: str, who: str, which: int) -> IncomingMessage | None:
        stage, earlier = self.stage, self.sent.get(who, [])
        if what in ("matter", "group"):
            mark = f"ครั้งที่{len(self.marks) + 1}พอดี"
            self.marks[mark] = who
            words = MATTERS[which % len(MATTERS)].format(mark=mark)
            return stage.message(
                who, f"แจ้ง {words}" if what == "group" else words, group=what == "group"
            )
        if what == "talk":
            return stage.message(who, SMALL_TALK[which % len(SMALL_TALK)])
        if what == "odd":
            kind = ODD[which % len(ODD)]
            spot = (17.4, 102.8) if kind is MessageKind.LOCATION else None
            return stage.message(who, kind=kind, spot=spot)
        if what == "press":
            data = [
                b.data
                for name in PEOPLE
                for r in self.heard.get(name, [])
                for b in r.buttons
                if b.data
            ]
            pressed = data[which % len(data)] if data else "same:AAAAAA:IS-AAAAAA"
            return stage.message(who, kind=MessageKind.BUTTON, button=pressed)
        told = [m for m in earlier if m.kind is MessageKind.TEXT]
        if not told:
            return None
        old = told[which % len(told)]
        if what == "again":
            return old
        self.regretted |= {m for m in self.marks if m in old.text}
        new = stage.message(who, "ขอแก้ค่ะ ไฟทางดับทั้งซอย" if what == "edit" else "")
        kind = MessageKind.EDIT if what == "edit" else MessageKind.UNSEND
        return replace(new, kind=kind, message_id=old.message_id, sent_at=self.stage.now)

    def _nobody_elses_words(self, name: str, replies: list[Reply]) -> None:
        said = texts(replies)
        for mark, owner in self.marks.items():
            assert mark not in said or name == owner, f"{name} heard {owner}'s words"

    async def nothing_is_lost(self) -> None:
        """Every telling that was not taken back stands in a report, once."""
        async with self.stage.database.read() as uow:
            reports = await uow.reports.in_area("", with_confidential=True)
        assert [code for code, times in self.receipts.items() if times > 1] == []
        words = "\n".join(r.text + r.masked_text for r in reports)
        assert [mark for mark in self.regretted if mark in words] == []
        for mark in set(self.marks) - self.regretted:
            kept = [r for r in reports if mark in r.text]
            assert len(kept) == 1, f"{mark} stands in {len(kept)} reports"
            assert kept[0].state is not ReportState.LINKED or kept[0].issue_id is not None


@settings(
    max_examples=12, deadline=None, derandomize=True, phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip
@given(st.lists(events, min_size=5, max_size=30), st.sampled_from([Channel.LINE, Channel.TELEGRAM]))
def test_anything_in_any_order(happenings: list[Event], channel: Channel) -> None:
    asyncio.run(_play(happenings, channel))


async def _play(happenings: list[Event], channel: Channel) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with open_stage(Path(folder), channel) as stage:
            storm = Storm(stage)
            await stage.join(PEOPLE[0])
            await stage.join(PEOPLE[1])
            await stage.invite(HEAD, Role.HEAD, "97010101")
            for event in happenings:
                await storm.happen(event)
            await storm.nothing_is_lost()
