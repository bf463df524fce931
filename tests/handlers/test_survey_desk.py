"""Surveys beside the turns: a crash in the middle doubles nothing, nobody's name lies open."""

from datetime import timedelta
from pathlib import Path

import pytest

from handlers.messages import MessageKind
from handlers.survey_talk import rows_from_json
from planning.errors import Conflict
from planning.reports import Channel
from planning.roles import Role
from tests.handlers.stage import Stage, open_stage, texts

NAME = "ยายสมปองปลูกถั่ว"
TABLE = f"""บ้านเลขที่,เรื่อง,ชื่อ,เบอร์โทร
12/3,ไฟข้างทางหน้าวัดสว่างอารมณ์ดับ,{NAME},0891234567
14,น้ำประปาไม่ไหลมาสามวัน,,
15,มีคนขายยาบ้าแถวสระหลวง,,
"""


def on_disk(folder: Path) -> bytes:
    """Everything in the files under a folder."""
    return b"".join(p.read_bytes() for p in folder.rglob("*") if p.is_file())


class Crash(Exception):
    """The machine went down here."""


async def sent(stage: Stage) -> str:
    await stage.invite("ผู้ใหญ่", Role.HEAD, "97010101")
    return texts(await stage.send_sheet("ผู้ใหญ่", TABLE.encode()))


async def test_what_a_crash_left_is_brought_in_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_stage(tmp_path) as stage:
        assert "อ่านได้ 3 แถว" in await sent(stage)
        keep, kept = stage.desk._keep, 0

        async def once(*given: object) -> None:
            nonlocal kept
            await keep(*given)  # type: ignore[arg-type]
            kept += 1
            if kept == 2:
                raise Crash

        monkeypatch.setattr(stage.desk, "_keep", once)
        with pytest.raises(Crash):
            await stage.say("ผู้ใหญ่", button="survey:ok:1", kind=MessageKind.BUTTON)
        monkeypatch.undo()
        async with stage.database.read() as uow:
            assert await uow.surveys.rows_in(1) == 1
        await stage.work()
        assert "ครบแล้วค่ะ 3 เรื่อง" in texts(stage.heard["ผู้ใหญ่"])
        async with stage.database.read() as uow:
            found = await uow.reports.in_area("97010101", with_confidential=True)
        assert len(found) == 3
        assert {r.channel for r in found} == {Channel.WALK_IN}
        assert len({r.person_id for r in found}) == 3


async def test_names_lie_sealed_and_rows_go_once_they_are_in(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        await sent(stage)
        async with stage.database.read() as uow:
            survey = await uow.surveys.by_id(1)
            assert [row.name for row in rows_from_json(survey.content)] == [NAME, "", ""]
            assert NAME not in repr(survey)
        await stage.say("ผู้ใหญ่", button="survey:ok:1", kind=MessageKind.BUTTON)
        async with stage.database.read() as uow:
            assert (await uow.surveys.by_id(1)).content == ""
            person = await uow.people.find(stage.channel, "ผู้ใหญ่")
            assert person is not None
            (first, *_) = await uow.walk_ins.of_helper(person.id, 10)
        assert (first[0].name, first[0].contact, first[0].house) == (NAME, "0891234567", "12/3")
    held = on_disk(tmp_path)
    assert NAME.encode() not in held
    assert b"0891234567" not in held


async def test_a_survey_moves_once(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        await sent(stage)
        async with stage.database.write() as uow:
            survey = await uow.surveys.by_id(1)
            await uow.surveys.move(survey, "confirmed", stage.now)
            with pytest.raises(Conflict):
                await uow.surveys.move(survey, "confirmed", stage.now)


async def test_a_survey_nobody_confirms_is_let_go(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        await sent(stage)
        assert await stage.desk.let_go(stage.now + timedelta(days=6)) == 0
        assert await stage.desk.let_go(stage.now + timedelta(days=8)) == 1
        said = texts(await stage.say("ผู้ใหญ่", button="survey:ok:1", kind=MessageKind.BUTTON))
        assert "จบไปแล้ว" in said


async def test_a_file_that_is_gone_or_too_large_is_said(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        await stage.invite("ผู้ใหญ่", Role.HEAD, "97010101")
        said = texts(await stage.send_sheet("ผู้ใหญ่", b"a,b\n" * 2_000_000))
        assert "ใหญ่เกินไป" in said
        said = texts(await stage.send_sheet("ผู้ใหญ่", b"PK\x03\x04", "สำรวจ.xlsx"))
        assert "เสียหาย" in said


async def test_an_emptied_survey_holds_up_no_other(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        await sent(stage)
        async with stage.database.write() as uow:
            survey = await uow.surveys.by_id(1)
            await uow.surveys.move(survey, "confirmed", stage.now, content="")
        assert await stage.desk.bring_in(stage.now) == 1
        async with stage.database.read() as uow:
            assert (await uow.surveys.by_id(1)).state == "dropped"
