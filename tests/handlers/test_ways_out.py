"""No question is a trap: each ends by words, by its button and by silence; old buttons do no harm."""

from datetime import timedelta
from pathlib import Path

import pytest

from handlers import listing
from handlers.dialogue.answers import way_out
from handlers.dialogue.machine import Facts, Utterance, current
from handlers.dialogue.state import Step
from handlers.dialogue.words import BUTTONS
from handlers.messages import MessageKind
from handlers.settings import TurnSettings
from tests.handlers.stage import open_stage
from tests.handlers.test_scripts import Player

pytestmark = pytest.mark.usefixtures("untraced")

JOIN = "ยาย> ลงทะเบียน 97010101"
TOLD = (JOIN, "ยาย> น้ำประปาไม่ไหลแถวหน้าวัดสว่างอารมณ์")
WORKER = "ยาย> (เชิญ field_worker 970101)"
HEAD = "ยาย> (เชิญ head 97010101)"
MEETING = (*TOLD, HEAD, "ยาย> ระเบียบวาระ", "ยาย> เริ่มประชุม")
TO: dict[Step, tuple[str, ...]] = {
    Step.ASK_VILLAGE: ("ยาย> ถนนเป็นหลุมเป็นบ่อหมดแล้ว",),
    Step.ASK_MOVE: (*TOLD, "ยาย> ลงทะเบียน 97010102"),
    Step.ASK_SECOND: (*TOLD, "ยาย> มีนาอีกหมู่บ้าน"),
    Step.ASK_STILL: (JOIN, "… 400 วัน", "ยาย> ขอบคุณค่ะ"),
    Step.ASK_WHOSE: (JOIN, "ยาย> ถนนในบ้านโนนทองเป็นหลุมลึกมาก"),
    Step.ASK_SAME: (
        "ลุง> ลงทะเบียน 97010101",
        "ลุง> ขยะล้นถังหน้าวัดสว่างอารมณ์เหม็นมาก",
        JOIN,
        "ยาย> ถังขยะเต็มไม่มีคนมาเก็บเลย เหม็น",
    ),
    Step.ASK_PLACE: (JOIN, "ยาย> ถนนเป็นหลุมเป็นบ่อหมดแล้ว"),
    Step.ASK_NEW_PLACE: (*TOLD, "ยาย> (ปุ่ม place:{code})"),
    Step.ASK_WORDS: (JOIN, "ยาย> (รูป)"),
    Step.ASK_MORE: (*TOLD, "ยาย> เพิ่มเติม {code}"),
    Step.ASK_SIZE: TOLD,
    Step.ASK_SINCE: (*TOLD, "ยาย> [บ้านเดียว]"),
    Step.ASK_WITHDRAW: (*TOLD, "ยาย> ถอนเรื่อง {code}"),
    Step.ASK_WHOM: (JOIN, WORKER, "ยาย> แจ้งแทน"),
    Step.ASK_THEIRS: (JOIN, WORKER, "ยาย> แจ้งแทน", "ยาย> ยายบุญมี"),
    Step.ASK_THEIR_WORDS: (JOIN, WORKER, "ยาย> แจ้งแทน", "ยาย> ยายบุญมี", "ยาย> บ้านนาสวรรค์"),
    Step.ASK_FORUM_PLACE: (JOIN, HEAD, "ยาย> นัดประชุม 20 พฤศจิกายน 2569 9 โมง"),
    Step.ASK_DESK: (*TOLD, HEAD, "ยาย> สรุป", "ยาย> แก้ข้อความ {issue}"),
    Step.ASK_ITEM: (JOIN, HEAD, "ยาย> เพิ่มวาระ"),
    Step.ASK_OUT: (*TOLD, HEAD, "ยาย> จัดวาระ", "ยาย> [1]", "ยาย> [เอาออก]"),
    Step.ASK_OPENING: (JOIN, HEAD, "ยาย> เรื่องประธานแจ้ง", "ยาย> [เพิ่มเรื่องแจ้ง]"),
    Step.ASK_CONVENER: (JOIN, HEAD, "ยาย> ผู้จัดร่วม", "ยาย> [พิมพ์ชื่อหน่วยงาน]"),
    Step.ASK_PEOPLE: (*MEETING, "ยาย> นับคน"),
    Step.ASK_HANDS: (*MEETING, "ยาย> [เริ่มข้อ 1]", "ยาย> [นับมือ]"),
    Step.ASK_WHY_NOT: (*MEETING, "ยาย> มติ 1 เลื่อน"),
    Step.ASK_NOTE: (*MEETING, "ยาย> บันทึก"),
    Step.ASK_WORDING: (*MEETING, "ยาย> [เริ่มข้อ 1]", "ยาย> [แก้ข้อความ]"),
    Step.ASK_WORK_PHOTO: (
        *MEETING,
        "ยาย> มติ 1 เห็นชอบ 9/0 ทำเอง",
        "ยาย> ปิดประชุม",
        "ยาย> รับรองและปิดรายงาน",
        "ยาย> งานหมู่บ้าน",
        "ยาย> ทำแล้ว {issue}",
    ),
    Step.ASK_MINUTES: (*MEETING, "ยาย> แก้ผู้จด"),
    Step.ASK_HOUSE: (*MEETING, "ยาย> เช็กชื่อ", "ยาย> เข้าประชุม {meeting}"),
}
ASKED = [step for step in Step if step is not Step.IDLE]


async def brought_to(player: Player, step: Step) -> None:
    """Talk until the bot waits for that."""
    for line in TO[step]:
        await player.line(line)
    assert (await player.stage.conversation("ยาย")).step is step


async def told(player: Player) -> list[listing.Json]:
    return await listing.reports(player.stage.database)


def test_every_question_is_reached() -> None:
    assert set(TO) == set(ASKED)


@pytest.mark.parametrize("step", ASKED)
async def test_words_end_a_question_and_lose_nothing(tmp_path: Path, step: Step) -> None:
    async with open_stage(tmp_path) as stage:
        player = Player(stage)
        await brought_to(player, step)
        before = await told(player)
        await player.line("ยาย> ไม่เอาแล้วค่ะ")
        assert player.latest["ยาย"]
        assert (await stage.conversation("ยาย")).step is Step.IDLE
        assert await told(player) == before


@pytest.mark.parametrize("step", ASKED)
async def test_the_button_under_a_question_ends_it(tmp_path: Path, step: Step) -> None:
    async with open_stage(tmp_path) as stage:
        player = Player(stage)
        await brought_to(player, step)
        before, button = await told(player), way_out(step)
        shown = [b for reply in player.latest["ยาย"] for b in reply.buttons]
        assert button in shown
        await player.line(f"ยาย> (ปุ่ม {button.data})")
        assert player.latest["ยาย"]
        assert (await stage.conversation("ยาย")).step is Step.IDLE
        assert await told(player) == before


@pytest.mark.parametrize("step", ASKED)
async def test_an_hour_of_silence_ends_a_question(tmp_path: Path, step: Step) -> None:
    async with open_stage(tmp_path) as stage:
        player = Player(stage)
        await brought_to(player, step)
        before, talk = await told(player), await stage.conversation("ยาย")
        stage.now += timedelta(minutes=61)
        said = Utterance(messages=(stage.message("ยาย", "ไฟดับทั้งซอย 2"),))
        facts = Facts(village_known=True, settings=TurnSettings())
        assert current(talk, said, facts).step is Step.IDLE
        await player.line("ยาย> ไฟถนนดับหน้าโรงเรียนบ้านนาสวรรค์")
        after = await told(player)
        assert [r for r in after if r in before] == before
        assert len(after) == len(before) + 1


CODED = {
    "add": "{code}", "place": "{code}", "size": "{code}:3", "since": "{code}:7", "drop": "{code}",
    "dropyes": "{code}", "one": "{code}", "at": "{code}:97010102", "cat": "{code}:traffic",
    "cats": "{code}", "same": "{code}:{issue}", "diff": "{code}:{issue}", "more": "{code}",
    "misheard": "{code}", "status": "{code}", "set": "{issue}:done",
}  # fmt: skip
"""What the buttons of a report that is withdrawn by now carry."""


async def test_old_buttons_answer_and_change_nothing(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        player = Player(stage)
        for line in (*TOLD, "ยาย> [บ้านเดียว]", "ยาย> [เป็นเดือน]", "ยาย> ถอนเรื่อง {code}"):
            await player.line(line)
        await player.line("ยาย> [ถอนเรื่อง]")
        stage.now += timedelta(days=3)
        before = await told(player)
        assert before[0]["state"] == "withdrawn"
        names = player.codes | {"issue": before[0]["issue_code"]}
        for verb in sorted(BUTTONS):
            data = ":".join(filter(None, (verb, CODED.get(verb, "").format(**names))))
            said = await stage.say("ยาย", kind=MessageKind.BUTTON, button=data)
            assert said, data
            await stage.say("ยาย", "ยกเลิก")
            assert await told(player) == before, data
