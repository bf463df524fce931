"""Joining in and what became of it, where a conversation script cannot look: counts, once-ness, order."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from handlers.messages import MessageKind, Reply
from handlers.news import Voice
from handlers.outcomes import project_became
from handlers.settings import TurnSettings
from planning.consents import ConsentKind
from planning.issues import Issue, IssueStanding, IssueState
from planning.projects import ProjectState
from planning.pushes import Rank
from planning.reports import Channel
from planning.roles import Role
from storage.tables_people import identities
from tests.handlers.stage import Stage, button, open_stage, texts

ROAD = "ถนนหน้าวัดสว่างอารมณ์เป็นหลุมใหญ่มาก"
SOON = timedelta(seconds=2)


async def one_issue(stage: Stage) -> Issue:
    async with stage.database.read() as uow:
        (standing,) = await uow.issues.standings("97010101")
    return standing.issue


async def standing(stage: Stage, issue: Issue) -> IssueStanding:
    async with stage.database.read() as uow:
        return await uow.issues.standing(issue.id)


async def press(stage: Stage, who: str, data: str, **more: object) -> str:
    return texts(await stage.say(who, kind=MessageKind.BUTTON, button=data, **more))  # type: ignore[arg-type]


async def told_road(stage: Stage, *supporters: str) -> Issue:
    """One matter of ยายแดง with supporters in that order, and an officer."""
    await stage.join("ยายแดง")
    await stage.say("ยายแดง", ROAD)
    issue = await one_issue(stage)
    for who in supporters:
        await stage.join(who)
        await press(stage, who, f"me:{issue.code}")
    await stage.invite("ปลัด", Role.DISTRICT_OFFICER, "9701")
    return issue


async def test_two_taps_of_an_impatient_finger_are_one(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        issue = await told_road(stage, "ลุงคำ")
        again = await press(stage, "ลุงคำ", f"me:{issue.code}")
        assert "เอาออกให้แล้ว" in again
        assert "นับท่านด้วยแล้ว" in await press(stage, "ลุงคำ", f"me:{issue.code}", after=SOON)
        assert "นับท่านด้วยแล้ว" in await press(stage, "ลุงคำ", f"me:{issue.code}", after=SOON)
        found = await standing(stage, issue)
        assert (found.people, found.supporters) == (1, 1)


async def test_a_tap_that_comes_twice_counts_once(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        issue = await told_road(stage)
        await stage.join("ลุงคำ")
        for _ in range(2):
            await press(stage, "ลุงคำ", f"me:{issue.code}", event_id="same", after=timedelta(0))
        assert (await standing(stage, issue)).supporters == 1


async def test_who_lives_elsewhere_is_not_counted(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        issue = await told_road(stage)
        await stage.join("ไกล", "97010201")
        assert "หมู่บ้านอื่น" in await press(stage, "ไกล", f"me:{issue.code}")
        assert (await standing(stage, issue)).supporters == 0


async def test_supporters_go_along_when_the_matter_joins_another(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        await stage.join("ยายแดง")
        await stage.say("ยายแดง", ROAD)
        first = await one_issue(stage)
        await stage.join("ลุงคำ")
        await stage.say("ลุงคำ", "ถนนหน้าวัดสว่างอารมณ์เป็นหลุมใหญ่")
        split = await press(stage, "ลุงคำ", button(stage.heard["ลุงคำ"], "คนละเรื่อง"))
        assert "แยกเป็นอีกเรื่อง" in split
        async with stage.database.read() as uow:
            second = max(s.issue.id for s in await uow.issues.standings("97010101"))
            other = await uow.issues.by_id(second)
            (report,) = await uow.reports.of_issue(other.id)
        await stage.join("น้าศรี")
        await press(stage, "น้าศรี", f"me:{other.code}")
        await press(stage, "ลุงคำ", f"same:{report.tracking_code}:{first.code}")
        found = await standing(stage, first)
        assert (found.people, found.supporters) == (2, 1)
        assert (await standing(stage, other)).issue.state is IssueState.MERGED
        assert "เอาออกให้แล้ว" in await press(stage, "น้าศรี", f"me:{other.code}")


async def test_the_last_three_who_spoke_are_asked(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        people = ("ก", "ข", "ค", "ง")
        issue = await told_road(stage, *people)
        await press(stage, "ปลัด", f"set:{issue.code}:done")
        asked = {w for w, r in stage.heard.items() if "เสร็จแล้วจริงไหม" in texts(r)}
        assert asked == {"ข", "ค", "ง"}
        assert set(stage.heard) == {"ยายแดง", *people, "ปลัด"}
        again = button(stage.heard["ง"], "ยังไม่เสร็จ")
        assert "เปิดเรื่องนี้ใหม่" in await press(stage, "ง", again)
        assert "ตอบไว้แล้ว" in await press(stage, "ง", again)
        late = button(stage.ever["ค"], "ยังไม่เสร็จ")
        assert "เปิดอยู่แล้ว" in await press(stage, "ค", late)
        async with stage.database.read() as uow:
            states = [s.state for s in await uow.issues.statuses(issue.id)]
        assert states == [IssueState.DONE, IssueState.NOTED]


async def test_nobody_is_asked_where_that_is_set_so(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        issue = await told_road(stage)
        stage.turns._settings = TurnSettings(done_asks=0)
        await press(stage, "ปลัด", f"set:{issue.code}:done")
        assert "ทำเสร็จแล้ว" in texts(stage.heard["ยายแดง"])
        assert "เสร็จแล้วจริงไหม" not in texts(stage.heard["ยายแดง"])


async def test_news_go_by_the_channel_used_last(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        issue = await told_road(stage)
        async with stage.database.write() as uow:
            person = await uow.people.find(Channel.LINE, "ยายแดง")
            other = await uow.people.find_or_create(
                Channel.TELEGRAM, "tg-ยายแดง", "tg-ยายแดง", stage.now
            )
            assert person
            mine = update(identities).where(identities.c.person_id == other.id)
            await uow.people._run(mine.values(person_id=person.id))
        await press(stage, "ปลัด", f"set:{issue.code}:funded")
        assert "ยายแดง" in stage.heard
        assert "tg-ยายแดง" not in stage.heard
        await stage.say("tg-ยายแดง", "สวัสดีค่ะ", channel=Channel.TELEGRAM)
        await press(stage, "ปลัด", f"set:{issue.code}:under_way")
        assert "tg-ยายแดง" in stage.heard
        assert "ยายแดง" not in stage.heard


async def test_the_same_command_twice_is_news_once(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        issue = await told_road(stage, "ลุงคำ")
        data = f"set:{issue.code}:funded"
        await press(stage, "ปลัด", data, event_id="e")
        assert set(stage.heard) == {"ยายแดง", "ลุงคำ", "ปลัด"}
        await press(stage, "ปลัด", data, event_id="e")
        assert stage.heard == {}
        assert "ปิดไปแล้ว" in await press(stage, "ปลัด", data)
        assert set(stage.heard) == {"ปลัด"}


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (ProjectState.IN_PLAN, "อยู่ในแผนแล้ว"),
        (ProjectState.FUNDED, "ได้งบแล้ว"),
        (ProjectState.READY, ""),
    ],
)
async def test_a_projects_new_state_is_told_as_what_it_means(
    tmp_path: Path, state: ProjectState, words: str
) -> None:
    async with open_stage(tmp_path) as stage:
        issue = await told_road(stage, "ลุงคำ")
        await stage.invite("ผู้ใหญ่", Role.HEAD, "97010101")
        await stage.say("ผู้ใหญ่", "ระเบียบวาระ")
        await stage.say("ผู้ใหญ่", "มติ 1 เห็นชอบ 42/3 ขอรับการสนับสนุน")
        await stage.say("ผู้ใหญ่", "ปิดประชุม")
        await stage.say("ผู้ใหญ่", "รับรองและปิดรายงาน")
        stage.heard = {}
        async with stage.database.write() as uow:
            project = await uow.projects.by_issue(issue.id)
            assert project
            voice = Voice(uow=uow, now=stage.now, settings=TurnSettings())
            told = await project_became(voice, project, state, "key")
            assert told == (2 if words else 0)
            assert await project_became(voice, project, state, "key") == 0
        await stage.work()
        assert all(words in texts(r) for r in stage.heard.values())
        assert set(stage.heard) == ({"ยายแดง", "ลุงคำ"} if words else set())


async def test_what_is_sent_unasked_has_its_rank(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        issue = await told_road(stage)
        ranks: dict[str, Rank] = {}
        deliver = stage._deliver

        async def look() -> None:
            async with stage.database.write() as uow:
                for row in await uow.outbox.claim(stage.now + timedelta(days=1), SOON, 50):
                    ranks[f"{row.chat_id}:{row.dedupe_key.split(':')[0]}"] = row.rank
                await uow.outbox.release_leases()
            await deliver()

        stage._deliver = look  # type: ignore[method-assign]
        await stage.invite("ผู้ใหญ่", Role.HEAD, "97010101")
        await stage.say("ผู้ใหญ่", "ระเบียบวาระ")
        await press(stage, "ปลัด", f"set:{issue.code}:funded")
        await stage.say("ยายแดง", "ไฟไหม้บ้านหน้าวัดสว่างอารมณ์ ช่วยด้วย")
        assert ranks["ยายแดง:agenda"] is Rank.FORUM
        assert ranks["ยายแดง:status"] is Rank.OUTCOME
        assert ranks["ผู้ใหญ่:alarm"] is Rank.DANGER
        assert ranks["ปลัด:turn"] is Rank.ANSWER
        assert ranks["ยายแดง:turn"] is Rank.DANGER


async def test_a_matter_that_became_confidential_is_news_to_its_teller_alone(
    tmp_path: Path,
) -> None:
    async with open_stage(tmp_path) as stage:
        issue = await told_road(stage, "ลุงคำ")
        async with stage.database.write() as uow:
            await uow.issues.update(replace(issue, confidential=True))
        await press(stage, "ปลัด", f"set:{issue.code}:done")
        assert set(stage.heard) == {"ปลัด", "ยายแดง"}
        assert issue.neutral_line not in texts(stage.heard["ยายแดง"])
        stage.heard = {}
        mine = await stage.say("ลุงคำ", "เรื่องของฉัน")
        assert issue.neutral_line not in texts(mine)
        assert "ปิดไปแล้ว" in await press(stage, "ลุงคำ", f"me:{issue.code}")


async def test_who_was_troubled_keeps_the_matter_when_its_teller_leaves_it(
    tmp_path: Path,
) -> None:
    async with open_stage(tmp_path) as stage:
        await stage.join("ยายแดง")
        await stage.say("ยายแดง", ROAD)
        await stage.join("ลุงคำ")
        await stage.say("ลุงคำ", "ถนนหน้าวัดสว่างอารมณ์เป็นหลุมใหญ่")
        issue = await one_issue(stage)
        await stage.join("น้าศรี")
        await press(stage, "น้าศรี", f"me:{issue.code}")
        assert issue.state is IssueState.NOTED
        listed: list[Reply] = await stage.say("น้าศรี", "เรื่องในหมู่บ้าน")
        assert "3 คน" in texts(listed)


async def test_who_wishes_no_news_takes_nobodys_turn_to_be_asked(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        issue = await told_road(stage, "ก", "ข", "ค")
        async with stage.database.write() as uow:
            person = await uow.people.find(Channel.LINE, "ค")
            assert person
            await uow.consents.decide(person.id, ConsentKind.NEWS, False, stage.now)
        await press(stage, "ปลัด", f"set:{issue.code}:done")
        asked = {w for w, r in stage.heard.items() if "เสร็จแล้วจริงไหม" in texts(r)}
        assert asked == {"ยายแดง", "ก", "ข"}
        assert "ค" not in stage.heard


async def test_fields_in_another_village_count_there(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        issue = await told_road(stage)
        await stage.join("ไกล", "97010201")
        async with stage.database.write() as uow:
            person = await uow.people.find(Channel.LINE, "ไกล")
            assert person
            await uow.people.set_second_village(person.id, "97010101")
        assert "นับท่านด้วยแล้ว" in await press(stage, "ไกล", f"me:{issue.code}")
        assert (await standing(stage, issue)).supporters == 1
