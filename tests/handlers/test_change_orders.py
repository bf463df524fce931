"""Whatever order messages, edits and unsends come in: the last word by the platform's time stands."""

import random
import re
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from handlers.messages import IncomingMessage, MessageKind
from planning.reports import Channel, ReportState
from tests.handlers.media_moves import changed
from tests.handlers.stage import START, Stage, open_stage, texts
from tests.handlers.test_changes import everything, mine

pytestmark = pytest.mark.usefixtures("untraced")

TOLD = (
    ("ถนนหน้าวัดสว่างอารมณ์เป็นหลุมตรงรั้วบ้านมะกอก", "ถนนหน้าวัดสว่างอารมณ์เป็นหลุมลึกตรงรั้วบ้านมะกรูด"),
    ("ไฟทางดับหน้าโรงเรียนบ้านนาสวรรค์ข้างร้านชมพู่", "ไฟทางดับสามดวงหน้าโรงเรียนบ้านนาสวรรค์ข้างร้านทับทิม"),
    ("น้ำประปาไม่ไหลมาสองวันแล้วแถวบ้านละมุด", "น้ำประปาไม่ไหลมาสี่วันแล้วแถวบ้านลำไย"),
)
MARKS = (("มะกอก", "มะกรูด"), ("ชมพู่", "ทับทิม"), ("ละมุด", "ลำไย"))


def plan(stage: Stage, dice: random.Random) -> tuple[list[IncomingMessage], list[str]]:
    """Events in the order they arrive, some twice, and what becomes of each message."""
    events, ends = [], []
    for number, (words, edited) in enumerate(TOLD):
        stage.now = START + timedelta(hours=1, minutes=20 * number)
        group = dice.random() < 0.3
        told = stage.message("ยาย", f"แจ้ง {words}" if group else words, group=group)
        end = dice.choice(["stands", "edited", "unsent", "edited and unsent"])
        own = [told]
        if "edited" in end:
            stage.now += timedelta(minutes=1)
            text = f"แจ้ง {edited}" if group else edited
            own.append(changed(stage, told, MessageKind.EDIT, text))
        if "unsent" in end:
            stage.now += timedelta(minutes=1)
            own.append(changed(stage, told, MessageKind.UNSEND, ""))
        events += own
        ends.append(end)
    dice.shuffle(events)
    events += dice.sample(events, 2)
    return events, ends


@pytest.mark.parametrize("seed", range(12))
async def test_the_last_word_stands(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    async with open_stage(tmp_path, dice.choice([Channel.LINE, Channel.TELEGRAM])) as stage:
        await stage.join("ยาย")
        events, ends = plan(stage, dice)
        stage.now = START + timedelta(hours=3)
        while events:
            handful = [events.pop(0) for _ in range(min(len(events), dice.choice([1, 1, 2, 3])))]
            stage.now += timedelta(minutes=1)
            await stage.receive(*handful)
        reports = [r for r in await mine(stage) if r.state is not ReportState.WITHDRAWN]
        told = Counter(m for r in reports for marks in MARKS for m in marks if m in r.text)
        held = await everything(stage)
        for end, (first, second) in zip(ends, MARKS, strict=True):
            if "unsent" in end:
                assert first not in held and second not in held, end
            else:
                stands, gone = (second, first) if end == "edited" else (first, second)
                assert (told[stands], told[gone]) == (1, 0), end
        heard = [r for who in ("ยาย", "group") for r in stage.ever.get(who, [])]
        receipts = Counter(re.findall(r"^เลขรับเรื่อง (\w{6})", texts(heard), re.MULTILINE))
        assert set(receipts.values()) <= {1}


async def test_redelivered_events_change_nothing(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        await stage.join("ยาย")
        told = stage.message("ยาย", TOLD[0][0])
        await stage.receive(told)
        edit = changed(stage, told, MessageKind.EDIT, TOLD[0][1])
        await stage.receive(edit)
        for event in (told, edit, replace(told, redelivered=True)):
            await stage.receive(event)
            assert stage.heard == {}
        (report,) = await mine(stage)
        assert report.text == TOLD[0][1]
