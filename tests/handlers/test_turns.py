"""Whole turns: bursts, redelivery, order, walk-ins, roles, and that nothing said is lost."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from handlers import listing
from handlers.intake import new_items
from handlers.messages import MessageKind
from planning.errors import Conflict, NotFound
from planning.issues import LinkAction
from planning.reports import Channel, ReportState
from planning.roles import Role
from tests.handlers.stage import READER, Stage, button, open_stage, texts


async def all_reports(stage: Stage) -> list[listing.Json]:
    return await listing.reports(stage.database)


async def test_a_burst_is_one_report_with_one_receipt(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        await stage.join("แดง")
        stage.now += timedelta(minutes=5)
        parts = [
            stage.message("แดง", "ท่อแตก!!"),
            replace(stage.message("แดง", "น้ำพุ่งท่วมถนน"), sent_at=stage.now + timedelta(seconds=5)),
            replace(
                stage.message("แดง", "หน้าวัดสว่างอารมณ์"), sent_at=stage.now + timedelta(seconds=12)
            ),
            replace(
                stage.message("แดง", kind=MessageKind.PHOTO),
                sent_at=stage.now + timedelta(seconds=14),
            ),
        ]
        await stage.receive(*reversed(parts))
        said = texts(stage.heard["แดง"])
        assert said.count("เลขรับเรื่อง") == 1
        [report] = await all_reports(stage)
        assert len(report["events"]) == 4
        assert report["photos"] == 1
        assert report["text"] == "ท่อแตก!!\nน้ำพุ่งท่วมถนน\nหน้าวัดสว่างอารมณ์"


async def test_a_late_part_joins_its_report_without_a_second_receipt(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        await stage.join("แดง")
        first = await stage.say("แดง", "ไฟทางดับหน้าวัดสว่างอารมณ์", after=timedelta(minutes=5))
        late = await stage.say("แดง", "ดับมาเป็นเดือนแล้ว", after=timedelta(seconds=7))
        early = stage.message("แดง", "เรียนผู้ใหญ่")
        await stage.receive(replace(early, sent_at=stage.now - timedelta(seconds=12)))
        assert "เลขรับเรื่อง" in texts(first)
        assert "เลขรับเรื่อง" not in texts(late)
        assert len(await all_reports(stage)) == 1


async def test_messages_further_apart_are_reports_of_their_own(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        await stage.join("แดง")
        await stage.say("แดง", "ไฟทางดับหน้าวัดสว่างอารมณ์")
        await stage.say("แดง", "ขยะล้นหน้าโรงเรียนบ้านนาสวรรค์", after=timedelta(seconds=30))
        assert len(await all_reports(stage)) == 2


async def test_the_same_event_again_changes_nothing(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        await stage.join("แดง")
        told = stage.message("แดง", "ขยะล้นข้างสระหลวง", event_id="same")
        await stage.receive(told)
        assert "แดง" in stage.heard
        await stage.receive(replace(told, redelivered=True))
        assert stage.heard == {}
        assert len(await all_reports(stage)) == 1


async def test_the_second_turn_over_the_same_rows_is_refused(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        await stage.join("แดง")
        told = stage.message("แดง", "ขยะล้นข้างสระหลวง")
        async with stage.database.write() as uow:
            await uow.inbox.add(new_items([told], stage.now, READER))
        wait = timedelta(0)
        async with stage.database.write() as uow:
            rows = await uow.inbox.claim(stage.now, timedelta(seconds=30), wait, wait)
        await stage.turns.handle(rows, stage.now)
        with pytest.raises(Conflict):
            await stage.turns.handle(rows, stage.now)
        assert len(await all_reports(stage)) == 1


async def test_told_before_the_village_is_known_reaches_the_summary(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        await stage.say("คำ", "ถนนหน้าวัดสว่างอารมณ์เป็นหลุม")
        [waiting] = await all_reports(stage)
        assert waiting["state"] == ReportState.AWAITING_VILLAGE.value
        offered = await stage.say("คำ", kind=MessageKind.LOCATION, spot=(16.101, 103.101))
        await stage.say("คำ", kind=MessageKind.BUTTON, button=button(offered, "บ้านนาสวรรค์"))
        [report] = await all_reports(stage)
        assert report["village_code"] == "97010101"
        assert report["issue_code"].startswith("IS-")
        found = await listing.summary(stage.database, "97010101", stage.now)
        assert [issue["people"] for issue in found.data["issues"]] == [1]


async def test_two_villages_of_one_name_are_told_apart_by_moo(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        found = await stage.say("คำ", "บ้านท่าลาด หมู่ 1")
        assert "ท่าลาด" in texts(found)
        lost = await stage.say("ดำ", "สวัสดีครับ")
        assert "อยู่หมู่บ้านไหน" in texts(lost)


async def test_confidential_matters_stand_alone_and_unseen(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        for who in ("แดง", "คำ"):
            await stage.join(who)
            said = await stage.say(who, "มีคนขายยาบ้าข้างสระหลวงทุกคืน")
            assert "เรื่องเดียวกัน" not in texts(said)
        await stage.invite("ผู้ใหญ่", Role.HEAD, "97010101")
        await stage.invite("ปลัด", Role.DISTRICT_OFFICER, "9701")
        codes = {r["issue_code"] for r in await all_reports(stage)}
        assert len(codes) == 2
        for said in (await stage.say("ผู้ใหญ่", "สรุป"), await stage.say("ผู้ใหญ่", "ระเบียบวาระ")):
            assert "ยา" not in texts(said).replace("พิมพ์", "")
        code = codes.pop()
        assert "ไม่พบ" in texts(await stage.say("ผู้ใหญ่", f"สถานะ {code}"))
        assert code in texts(await stage.say("ปลัด", f"สถานะ {code}"))
        shown = await listing.reports(stage.database)
        assert all(r["text"] == "" and r["place"] == "" for r in shown)


async def test_what_becomes_confidential_leaves_the_shared_issue(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        await stage.join("แดง")
        await stage.say("แดง", "ถนนหน้าวัดสว่างอารมณ์เป็นหลุมใหญ่มาก")
        await stage.join("คำ")
        await stage.say("คำ", "ถนนหน้าวัดสว่างอารมณ์เป็นหลุมใหญ่มาก")
        shared = {r["issue_code"] for r in await all_reports(stage)}
        assert len(shared) == 1
        await stage.say("คำ", "ผู้ใหญ่บ้านโกงเงินค่าซ่อม ขอไม่ออกชื่อ", after=timedelta(seconds=5))
        mine = next(r for r in await all_reports(stage) if r["confidential"])
        assert mine["issue_code"] not in shared
        way = await listing.trace(stage.database, shared.pop())
        assert way["issue"]["people"] == 1
        assert way["links"][-1]["action"] == LinkAction.UNLINK.value


async def test_a_helper_with_a_role_brings_people_a_neighbour_only_words(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        await stage.invite("น้อง", Role.FIELD_WORKER, "970101")
        for _ in range(3):
            await stage.say("น้อง", "แจ้งแทน 97010101 ถนนหน้าวัดสว่างอารมณ์เป็นหลุมใหญ่มาก")
        await stage.join("แดง")
        for _ in range(3):
            await stage.say("แดง", "แจ้งแทน ขยะล้นข้างสระหลวง เหม็นมาก")
        found = await listing.summary(stage.database, "97010101", stage.now)
        people = {issue["category"]: issue["people"] for issue in found.data["issues"]}
        assert people == {"road": 3, "waste": 1}
        assert {r["channel"] for r in await all_reports(stage)} == {"walk_in"}


async def test_what_follows_told_for_other_belongs_to_it(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        await stage.invite("น้อง", Role.FIELD_WORKER, "970101")
        stage.now += timedelta(minutes=5)
        await stage.receive(
            stage.message("น้อง", "แจ้งแทน 97010102 ไฟทางดับหน้าวัดโนนทอง"),
            stage.message("น้อง", "ดับมาเป็นเดือน"),
            stage.message("น้อง", kind=MessageKind.PHOTO),
        )
        [report] = await all_reports(stage)
        assert (report["channel"], report["village_code"]) == ("walk_in", "97010102")
        assert report["text"] == "ไฟทางดับหน้าวัดโนนทอง\nดับมาเป็นเดือน"
        assert report["photos"] == 1


async def test_a_group_hears_one_line_and_nothing_private(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        await stage.join("แดง")
        await stage.say("แดง", "ผู้ใหญ่บ้านโกงเงินกองทุนหมู่บ้าน")
        await stage.say("แดง", "แจ้ง ไฟทางดับหน้าวัดสว่างอารมณ์", group=True)
        [reply] = stage.heard["group"]
        assert reply.buttons == ()
        assert "ไฟทาง" not in reply.text
        for words in ("เรื่องของฉัน", "เมนู"):
            await stage.say("แดง", words, group=True)
            assert stage.heard == {}
        await stage.say("แดง", kind=MessageKind.BUTTON, button="mine", group=True)
        assert stage.heard == {}


async def test_danger_in_one_line_of_a_burst_is_danger(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        await stage.join("แดง")
        stage.now += timedelta(minutes=5)
        await stage.receive(
            stage.message("แดง", "ถนนหน้าวัดพังตั้งแต่เมื่อปีก่อน"),
            stage.message("แดง", "ไฟไหม้บ้านป้าสมหมาย คนติดอยู่ในบ้าน"),
        )
        assert "1669" in texts(stage.heard["แดง"])


async def test_messages_that_always_fail_silence_nobody(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        await stage.join("แดง")
        told = stage.message("แดง", "ขยะล้นข้างสระหลวง")
        async with stage.database.write() as uow:
            await uow.inbox.add(new_items([told], stage.now, READER))
        for _ in range(6):
            async with stage.database.write() as uow:
                wait = timedelta(0)
                rows_ = await uow.inbox.claim(stage.now, timedelta(seconds=30), wait, wait)
                await uow.inbox.mark_failed([r.id for r in rows_], "Broken", stage.now)
        said = await stage.say("แดง", "ไฟไหม้บ้านยายมี คนติดข้างใน ช่วยด้วย")
        assert "เก็บไว้ให้เจ้าหน้าที่" in texts(said)
        assert "1669" in texts(said)
        async with stage.database.read() as uow:
            outcomes = [row.outcome for row in await uow.inbox.outcomes()]
        assert "set_aside" in outcomes


async def test_a_resolution_follows_an_issue_joined_to_another(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        await stage.join("แดง")
        await stage.say("แดง", "ถนนหน้าวัดสว่างอารมณ์เป็นหลุมใหญ่มาก")
        await stage.join("คำ")
        await stage.say("คำ", "ถนนหน้าโรงเรียนบ้านนาสวรรค์ชำรุดมาก")
        first, second = await all_reports(stage)
        assert first["issue_code"] != second["issue_code"]
        await stage.invite("ผู้ใหญ่", Role.HEAD, "97010101")
        await stage.say("ผู้ใหญ่", "ระเบียบวาระ")
        joined = f"same:{second['tracking_code']}:{first['issue_code']}"
        await stage.say("คำ", kind=MessageKind.BUTTON, button=joined)
        for item in (1, 2):
            await stage.say("ผู้ใหญ่", f"มติ {item} เห็นชอบ 20/1 ทำร่วม")
        await stage.say("ผู้ใหญ่", "ปิดประชุม")
        await stage.say("ผู้ใหญ่", "รับรองและปิดรายงาน")
        [project] = await listing.project_lines(stage.database, "97010101")
        assert (project.issue_code, project.people) == (first["issue_code"], 2)


async def test_nobody_changes_or_reads_anothers_report(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        await stage.join("แดง")
        await stage.say("แดง", "ถนนหน้าวัดสว่างอารมณ์เป็นหลุม")
        [report] = await all_reports(stage)
        code = report["tracking_code"]
        await stage.join("โจร")
        for data in (f"cat:{code}:drugs", f"cats:{code}", f"diff:{code}:IS-AAAAAA"):
            said = await stage.say("โจร", kind=MessageKind.BUTTON, button=data)
            assert "ปิดไปแล้ว" in texts(said)
        assert "ไม่พบ" in texts(await stage.say("โจร", f"สถานะ {code}"))
        assert await all_reports(stage) == [report]


@pytest.mark.parametrize(
    "words", ["ระเบียบวาระ", "มติ 1 เห็นชอบ 9/0 ทำเอง", "นัดประชุม 1 ธันวาคม 2569", "สรุป"]
)
async def test_a_villager_gives_no_orders(tmp_path: Path, words: str) -> None:
    async with open_stage(tmp_path) as stage:
        await stage.join("แดง")
        assert "เฉพาะผู้มีหน้าที่" in texts(await stage.say("แดง", words))


async def test_a_head_stays_within_the_village(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        await stage.join("แดง")
        await stage.say("แดง", "ถนนหน้าวัดสว่างอารมณ์เป็นหลุม")
        code = (await all_reports(stage))[0]["issue_code"]
        await stage.invite("ผู้ใหญ่สอง", Role.HEAD, "97010102")
        assert "ไม่พบ" in texts(await stage.say("ผู้ใหญ่สอง", f"สถานะ {code}"))
        assert "มี 0 เรื่อง" in texts(await stage.say("ผู้ใหญ่สอง", "ระเบียบวาระ"))
        assert "ไม่พบ" in texts(await stage.say("ผู้ใหญ่สอง", f"อัปเดต {code} เสร็จแล้ว"))


async def test_the_agenda_is_frozen_and_numbered(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        await stage.join("แดง")
        await stage.say("แดง", "ถนนหน้าวัดสว่างอารมณ์เป็นหลุม")
        await stage.invite("ผู้ใหญ่", Role.HEAD, "97010101")
        first = await stage.say("ผู้ใหญ่", "ระเบียบวาระ")
        again = await stage.say("ผู้ใหญ่", "ระเบียบวาระ")
        assert again == first
        await stage.say("แดง", "ขยะล้นข้างสระหลวง")
        second = await stage.say("ผู้ใหญ่", "ระเบียบวาระ")
        assert "ฉบับที่ 2" in texts(second)
        await stage.say("ผู้ใหญ่", "มติ 1 เห็นชอบ 20/1 ทำร่วม")
        await stage.say("แดง", "ไฟทางดับหน้าโรงเรียนบ้านนาสวรรค์")
        assert await stage.say("ผู้ใหญ่", "ระเบียบวาระ") == second


async def test_trace_leads_both_ways_from_every_code(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        await stage.join("แดง")
        await stage.say("แดง", "ถนนหน้าวัดสว่างอารมณ์เป็นหลุม")
        await stage.invite("ผู้ใหญ่", Role.HEAD, "97010101")
        await stage.say("ผู้ใหญ่", "ระเบียบวาระ")
        await stage.say("ผู้ใหญ่", "มติ 1 เห็นชอบ 20/1 ทำร่วม")
        await stage.say("ผู้ใหญ่", "ปิดประชุม")
        await stage.say("ผู้ใหญ่", "รับรองและปิดรายงาน")
        [report] = await all_reports(stage)
        way = await listing.trace(stage.database, report["tracking_code"])
        codes = [
            report["issue_code"],
            way["agenda_items"][0]["agenda_item"],
            way["resolutions"][0]["resolution_code"],
            way["project"]["project_code"],
        ]
        for code in codes:
            there = await listing.trace(stage.database, code.lower())
            assert {**there, "code": ""} == {**way, "code": ""}
        whole = await listing.trace(stage.database, codes[1].partition("/")[0])
        assert [item["issue"] for item in whole["items"]] == [way["issue"]]
        assert way["reports"][0]["events"] == report["events"]
        [line] = await listing.project_lines(stage.database, "97010101")
        assert listing.project(line)["issue_code"] == report["issue_code"]
        for wrong in ("ABCDEF", "not a code", "IS-AAAAAA"):
            with pytest.raises(NotFound):
                await listing.trace(stage.database, wrong)


async def test_status_news_goes_out_in_the_channel_each_used(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        for who, channel in (("แดง", Channel.LINE), ("คำ", Channel.TELEGRAM)):
            await stage.say(who, "ลงทะเบียน 97010101", channel=channel)
            await stage.say(who, "ถนนหน้าวัดสว่างอารมณ์เป็นหลุมใหญ่มาก", channel=channel)
        [code] = {r["issue_code"] for r in await all_reports(stage)}
        await stage.invite("ปลัด", Role.DISTRICT_OFFICER, "9701")
        await stage.say("ปลัด", f"อัปเดต {code} กำลังทำ เริ่มวันจันทร์")
        assert "เริ่มวันจันทร์" in texts(stage.heard["แดง"])
        assert "เริ่มวันจันทร์" in texts(stage.heard["คำ"])
