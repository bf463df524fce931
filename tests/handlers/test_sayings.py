"""Sayings: messages grouped into bursts in whatever order, and random talk that loses nothing."""

import random
from datetime import timedelta
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from handlers import listing
from handlers.messages import IncomingMessage, MessageKind
from handlers.settings import TurnSettings
from handlers.turn import utterances
from planning.reports import Channel
from planning.roles import Role
from storage.values import InboxItem
from tests.handlers.stage import START, Stage, open_stage

pytestmark = pytest.mark.usefixtures("untraced")


async def all_reports(stage: Stage) -> list[listing.Json]:
    return await listing.reports(stage.database)


def rows(*messages: IncomingMessage) -> list[InboxItem]:
    return [
        InboxItem(
            id=n, channel=m.channel, event_id=m.event_id, sender_key="k", sent_at=m.sent_at,
            received_at=m.sent_at, payload=m.to_json(), attempts=0,
        )
        for n, m in enumerate(messages)
    ]  # fmt: skip


@given(st.lists(st.integers(0, 40), max_size=8))
def test_utterances_keep_every_message_once_and_in_order(gaps: list[int]) -> None:
    at, messages = START, []
    for n, gap in enumerate(gaps):
        at += timedelta(seconds=gap)
        messages.append(
            IncomingMessage(
                channel=Channel.LINE, event_id=str(n), kind=MessageKind.TEXT, sent_at=at,
                user_id="u", chat_id="u", text="ถนนพัง" if n % 3 else "เมนู",
            )
        )  # fmt: skip
    groups = utterances(rows(*messages), TurnSettings())
    assert [item.id for group in groups for item in group] == list(range(len(messages)))
    for group in groups:
        if len(group) > 1:
            assert all(messages[i.id].text == "ถนนพัง" for i in group)


SAYINGS = (
    "ถนนพังหน้าวัดสว่างอารมณ์", "น้ำไม่ไหล", "สวัสดี", "ขอบคุณ", "ใช่", "คนละเรื่อง", "เรื่องของฉัน",
    "บ้านนาสวรรค์", "ลงทะเบียน 97010101", "ลงทะเบียน 00000000", "เมื่อไหร่จะซ่อม", "มีคนขายยา", "สรุป",
    "ระเบียบวาระ", "มติ 1 เห็นชอบ", "แจ้งแทน ไฟดับ", "สถานะ AAAAAA", "ไฟไหม้ ช่วยด้วย", "", "🙏🙏", "?",
    "อัปเดต x y", "เปลี่ยนหมู่บ้าน", "\u200b\u0e48", "a" * 5000,
    "ยกเลิก", "ไม่รู้", "ช่วยด้วย", "เพิ่มเติม น้ำขุ่นด้วย", "ถอนเรื่อง", "มีนาอีกหมู่บ้าน", "ไม่ได้อยู่แถวนี้", "3 หลัง",
    "สองวันแล้ว", "ประชุมวันไหน", "เรื่องที่แจ้งถึงไหนแล้ว", "ตอบ AAAAAA จ้า", "บ้านโนนทอง", "หมู่ 1",
    "ถนนพังมาก แล้วก็อีกเรื่อง ขยะล้นถังไม่มีคนเก็บ",
)  # fmt: skip


@pytest.mark.parametrize("seed", range(6))
async def test_random_events_lose_nothing_and_break_nothing(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    async with open_stage(tmp_path) as stage:
        await stage.invite("ผู้ใหญ่", Role.HEAD, "97010101")
        told = 0
        for _ in range(60):
            who = dice.choice(["แดง", "คำ", "ผู้ใหญ่", "ใหม่"])
            kind = dice.choice([MessageKind.TEXT] * 6 + list(MessageKind))
            pressed = dice.choice(
                [b.data for r in stage.heard.get(who, []) for b in r.buttons] or ["x"]
            )
            spot = (16.1, 103.1) if kind is MessageKind.LOCATION else None
            words = dice.choice(SAYINGS) if kind in (MessageKind.TEXT, MessageKind.EDIT) else ""
            after = timedelta(seconds=dice.choice([1, 5, 30, 4000]))
            said = await stage.say(
                who, words, kind=kind, spot=spot, after=after,
                button=pressed if kind is MessageKind.BUTTON else "",
            )  # fmt: skip
            told += 1
            silent = kind in (MessageKind.LEAVE, MessageKind.UNSEND, MessageKind.MOVED)
            if kind is not MessageKind.EDIT:  # an edited greeting needs no answer
                assert bool(said) is not silent, (kind, words)
        async with stage.database.read() as uow:
            counts = await uow.inbox.counts()
            outcomes = await uow.inbox.outcomes()
        assert (counts.waiting, counts.failed) == (0, 0)
        assert len(outcomes) == told + 1
        kept = {e["event_id"] for r in await all_reports(stage) for e in r["events"]}
        said_to_be = {
            row.event_id for row in outcomes if row.outcome.partition(":")[0] in {"report", "added"}
        }
        assert kept >= said_to_be


@settings(max_examples=15)
@given(order=st.permutations(range(4)))
def test_order_of_arrival_within_a_burst_does_not_matter(order: list[int]) -> None:
    parts = [
        IncomingMessage(
            channel=Channel.LINE, event_id=str(n), kind=MessageKind.TEXT,
            sent_at=START + timedelta(seconds=3 * n), user_id="u", chat_id="u", text=f"ส่วน {n}",
        )
        for n in range(4)
    ]  # fmt: skip
    arrived = sorted(rows(*[parts[n] for n in order]), key=lambda r: (r.sent_at, r.id))
    assert len(utterances(arrived, TurnSettings())) == 1
