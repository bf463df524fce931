"""The issue desk where a conversation script cannot look: what is kept, counted, moved and forgotten."""

from pathlib import Path

import pytest

from handlers.dialogue.at_desk import RULES
from handlers.dialogue.hearing import Facts, Heard, Saying, Utterance
from handlers.dialogue.state import Conversation, Step
from handlers.dialogue.topics import desk as d
from handlers.dialogue.words import read_button, read_command
from handlers.messages import IncomingMessage, MessageKind
from handlers.settings import TurnSettings
from planning.desk import DeskAction
from planning.issues import Issue, IssueStanding, IssueState, LinkedBy, present_links
from planning.reports import Channel
from planning.roles import Role
from planning.taxonomy import ALWAYS_CONFIDENTIAL
from storage.tables_matters import issues as issue_rows
from tests.handlers.media_moves import change
from tests.handlers.stage import READER, START, Stage, open_stage, texts

VILLAGE = "97010101"
ROAD, LIGHT = "ถนนหน้าวัดสว่างอารมณ์เป็นหลุมใหญ่มาก", "ไฟทางซอย 2 ดับมืดมาก"
CODE, OTHER = "IS-7G7VJ7", "IS-EKCGJR"


async def press(stage: Stage, data: str, who: str = "ผู้ใหญ่") -> str:
    return texts(await stage.say(who, kind=MessageKind.BUTTON, button=data))


async def told(stage: Stage, *said: tuple[str, str]) -> list[Issue]:
    """Matters in the order told, and a head."""
    await stage.invite("ผู้ใหญ่", Role.HEAD, VILLAGE)
    for who, text in said:
        await stage.join(who)
        await stage.say(who, text)
    return [s.issue for s in await all_issues(stage)]


async def all_issues(stage: Stage) -> tuple[IssueStanding, ...]:
    async with stage.database.read() as uow:
        return await uow.issues.standings(VILLAGE)


async def one(stage: Stage, issue: Issue) -> IssueStanding:
    async with stage.database.read() as uow:
        return await uow.issues.standing(issue.id)


async def two(stage: Stage) -> tuple[Issue, Issue]:
    road, light = await told(stage, ("ยายแดง", ROAD), ("น้าศรี", LIGHT))
    return road, light


async def test_what_merging_changed_of_the_one_that_stays_comes_back(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        road, light = await two(stage)
        before = await one(stage, road), await one(stage, light)
        await press(stage, f"dk:merge:{light.code}:{road.code}")
        merged = await one(stage, road)
        assert (merged.people, merged.reports) == (2, 2)
        assert (await one(stage, light)).issue.state is IssueState.MERGED
        assert merged.issue.opened_at == road.opened_at
        assert merged.issue.last_told_at == light.last_told_at
        assert "เลิกทำแล้ว" in await press(stage, f"dk:undo:{road.code}:1")
        assert (await one(stage, road), await one(stage, light)) == before


async def test_a_telling_that_came_after_a_merge_stays_where_it_joined(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        road, light = await two(stage)
        await press(stage, f"dk:merge:{light.code}:{road.code}")
        await stage.join("ลุงคำ")
        assert "รวมเป็น 3 คน" in texts(await stage.say("ลุงคำ", ROAD + " หน้าวัดเลย"))
        await press(stage, f"dk:undo:{road.code}:1")
        assert [(s.people, s.reports) for s in await all_issues(stage)] == [(2, 2), (1, 1)]
        async with stage.database.read() as uow:
            log = [e for i in (road, light) for e in await uow.issues.link_events(issue_id=i.id)]
            assert {e.by for e in log if e.desk_id} == {LinkedBy.HEAD}
            behind = await uow.reports.in_area(VILLAGE)
            whole = [e for r in behind for e in await uow.issues.link_events(report_id=r.id)]
            assert present_links(whole) == {r.id: r.issue_id for r in behind}


async def test_a_contributor_hears_of_a_merge_once_even_when_the_event_comes_twice(
    tmp_path: Path,
) -> None:
    async with open_stage(tmp_path) as stage:
        road, light = await two(stage)
        stage.ever.clear()
        data = f"dk:merge:{light.code}:{road.code}"
        for _ in range(2):
            await stage.say("ผู้ใหญ่", kind=MessageKind.BUTTON, button=data, event_id="again")
        assert len(stage.ever["น้าศรี"]) == 1
        assert "ยายแดง" not in stage.ever
        assert len(stage.ever["ผู้ใหญ่"]) == 1


async def test_the_matter_of_which_a_forum_decided_stays(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        road, light = await two(stage)
        async with stage.database.write() as uow:
            changed = issue_rows.update().where(issue_rows.c.id == light.id)
            await uow.desk._run(changed.values(state=IssueState.IN_BANK.value))
        await press(stage, f"dk:merge:{light.code}:{road.code}")
        assert (await one(stage, road)).issue.state is IssueState.MERGED
        assert (await one(stage, light)).issue.state is IssueState.IN_BANK
        await press(stage, f"dk:undo:{light.code}:1")
        assert (await one(stage, road)).issue.state is IssueState.NOTED


async def test_the_heads_line_stays_and_the_machines_comes_back(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        (light,) = await told(stage, ("น้าศรี", LIGHT))
        await press(stage, f"dk:ask:{light.code}:line")
        await stage.say("ผู้ใหญ่", "ติดตั้งโคมไฟภายในซอย 2")
        await change(stage, "น้าศรี", MessageKind.EDIT, "ไฟทางซอย 2 ดับสามดวง มืดมาก น่ากลัว")
        now = (await one(stage, light)).issue
        assert now.neutral_line == "ติดตั้งโคมไฟภายในซอย 2"
        await press(stage, f"dk:undo:{light.code}:1")
        after = (await one(stage, light)).issue.neutral_line
        assert after.startswith("ไฟส่องสว่าง")


async def test_a_line_of_words_taken_back_leaves_the_log_too(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        (light,) = await told(stage, ("น้าศรี", LIGHT))
        await press(stage, f"dk:ask:{light.code}:line")
        await stage.say("ผู้ใหญ่", "ติดตั้งโคมไฟ")
        await press(stage, f"me:{light.code}", "ผู้ใหญ่")
        await change(stage, "น้าศรี", MessageKind.UNSEND)
        async with stage.database.read() as uow:
            events = await uow.desk.of_issue(light.id)
        assert [e.action for e in events[:1]] == [DeskAction.REWORD]
        assert all("ซอย 2" not in str(e.content) for e in events)
        assert events[0].content["after"] == "ติดตั้งโคมไฟ"


async def test_names_typed_into_a_line_are_masked(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        (light,) = await told(stage, ("น้าศรี", LIGHT))
        await press(stage, f"dk:ask:{light.code}:line")
        said = texts(await stage.say("ผู้ใหญ่", "ซ่อมไฟหน้าบ้านนายสมชาย ใจดี โทร 0812345678"))
        assert "ปิดชื่อหรือเบอร์" in said
        line = (await one(stage, light)).issue.neutral_line
        assert "สมชาย" not in line
        assert "0812345678" not in line


async def test_a_confidential_matter_is_at_nobodys_desk(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        await told(stage, ("ยายแดง", "มีคนขายยาบ้าแถวสระหลวง"))
        await stage.invite("ปลัด", Role.DISTRICT_OFFICER, "9701")
        async with stage.database.read() as uow:
            (secret,) = await uow.issues.standings(VILLAGE, confidential=True)
        for who in ("ผู้ใหญ่", "ปลัด"):
            for data in ("desk:{}", "dk:told:{}", "dk:end:{}", "dk:undo:{}:1", "dk:ask:{}:line"):
                said = await press(stage, data.format(secret.issue.code), who)
                assert "ไม่พบเลข" in said
                assert "ยาบ้า" not in said


async def test_categories_that_are_never_public_are_not_given_at_the_desk(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        (light,) = await told(stage, ("น้าศรี", LIGHT))
        shown: set[str] = set()
        data = f"dk:kinds:{light.code}"
        while data:
            replies = await stage.say("ผู้ใหญ่", kind=MessageKind.BUTTON, button=data)
            found = [b.data for b in replies[-1].buttons]
            shown |= {b.split(":")[3] for b in found if b.startswith("dk:kind:")}
            data = next((b for b in found if b.startswith("dk:kinds:")), "")
        assert not shown & ALWAYS_CONFIDENTIAL
        assert len(shown) == 27 - len(ALWAYS_CONFIDENTIAL) - 1


async def test_an_undone_split_waits_where_the_new_matter_has_moved_on(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        road, light = await two(stage)
        await press(stage, f"dk:merge:{light.code}:{road.code}")
        assert "แยกแล้ว" in await press(stage, f"dk:split:{road.code}:2:2")
        new = (await all_issues(stage))[-1].issue
        assert new.category == "lighting"
        assert new.neutral_line != road.neutral_line
        await press(stage, f"dk:ours:{new.code}")
        assert "หลังจากนั้น" in await press(stage, f"dk:undo:{new.code}:2")
        assert "ตามเดิม" in await press(stage, f"dk:undo:{road.code}:2")
        await press(stage, f"dk:undo:{new.code}:3")
        assert "เลิกทำแล้ว" in await press(stage, f"dk:undo:{road.code}:2")
        assert (await one(stage, new)).issue.state is IssueState.MERGED
        assert (await one(stage, road)).reports == 2


async def test_a_state_that_somebody_changed_since_is_left(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        (light,) = await told(stage, ("น้าศรี", LIGHT))
        await stage.invite("ปลัด", Role.DISTRICT_OFFICER, "9701")
        await press(stage, f"dk:ours:{light.code}")
        await stage.say("ปลัด", f"อัปเดต {light.code} ได้งบ")
        assert "คงไว้ตามเดิม" in await press(stage, f"dk:undo:{light.code}:1")
        assert (await one(stage, light)).issue.state is IssueState.FUNDED


async def test_whoever_a_matter_is_passed_up_to_hears_of_it(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        (light,) = await told(stage, ("น้าศรี", LIGHT))
        assert "ยังไม่มีเจ้าหน้าที่" in await press(stage, f"dk:up:{light.code}:tambon")
        await press(stage, f"dk:undo:{light.code}:1")
        await stage.invite("กำนัน", Role.KAMNAN, "970101")
        assert "ยังไม่มี" not in await press(stage, f"dk:up:{light.code}:tambon")
        assert "มีเรื่องส่งต่อมา" in texts(stage.heard["กำนัน"])
        assert "น้าศรี" not in texts(stage.heard["กำนัน"])


async def test_contributors_hear_of_a_merge_in_their_language(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        road, light = await two(stage)
        await press(stage, "lang:en", "น้าศรี")
        await press(stage, f"dk:merge:{light.code}:{road.code}")
        heard = texts(stage.heard["น้าศรี"])
        assert "It was joined with this one" in heard
        assert "[Another matter]" in heard
        assert "stands by itself again" in await press(stage, "notsame:1", "น้าศรี")


async def test_joining_under_a_heads_line_notes_the_machines_once(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        (road,) = await told(stage, ("ยายแดง", ROAD))
        await press(stage, f"dk:ask:{road.code}:line")
        await stage.say("ผู้ใหญ่", "ซ่อมแซมถนนหน้าวัด")
        for number in range(4):
            await stage.join(f"คน{number}")
            await stage.say(f"คน{number}", ROAD)
        found = await one(stage, road)
        assert found.people == 5
        assert found.issue.neutral_line == "ซ่อมแซมถนนหน้าวัด"
        async with stage.database.read() as uow:
            events = await uow.desk.of_issue(road.id)
        assert sum(e.action is DeskAction.REFRESH for e in events) <= 1


async def test_numbers_of_another_list_split_nothing(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        road, light = await two(stage)
        await press(stage, f"dk:merge:{light.code}:{road.code}")
        await press(stage, f"dk:apart:{road.code}")
        await stage.join("ลุงคำ")
        await stage.say("ลุงคำ", ROAD + " หน้าวัดเลย")
        said = texts(await stage.say("ผู้ใหญ่", "2"))
        assert "ลำดับเปลี่ยน" in said
        assert "3. " in said
        assert (await one(stage, road)).reports == 3
        assert "แยกแล้ว" in texts(await stage.say("ผู้ใหญ่", "2"))


async def test_the_same_line_again_is_no_act(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        (light,) = await told(stage, ("น้าศรี", LIGHT))
        await press(stage, f"dk:ask:{light.code}:line")
        said = texts(await stage.say("ผู้ใหญ่", light.neutral_line))
        assert "อยู่แล้ว" in said
        async with stage.database.read() as uow:
            assert await uow.desk.of_issue(light.id) == ()


def saying(text: str, desk: str, kind: MessageKind = MessageKind.TEXT) -> Saying:
    talk = Conversation(step=Step.ASK_DESK, desk=desk, issue_code=CODE, asked_at=START)
    message = IncomingMessage(
        channel=Channel.LINE, event_id="e", kind=kind, sent_at=START, user_id="u", chat_id="u",
        text=text,
    )  # fmt: skip
    seen = READER.read(text) if text else None
    facts = Facts(village_known=True, settings=TurnSettings(), understanding=seen)
    return Saying(conversation=talk, utterance=Utterance(messages=(message,)), facts=facts)


@pytest.mark.parametrize(
    ("text", "desk", "answers"),
    [
        ("ซ่อมแซมถนนลูกรังสายหลังวัด", "line", True),
        ("ไฟไหม้บ้านอยู่ ช่วยด้วย คนติดข้างใน", "line", False),
        ("ขอบคุณค่ะ", "line", False),
        ("ขอบคุณค่ะ", "", False),
        ("ข้างศาลากลางบ้าน", "place", True),
        ("ก" * 90, "place", False),
        ("บ้านโนนทอง หมู่ 2", "village", True),
        ("ถนนหน้าบ้านพังหมดแล้วครับ", "village", False),
        (CODE, "merge", True),
        ("ไฟดับ", "merge", False),
        ("1 3", "split", True),
        ("แยกข้อ ๒ ครับ", "split", True),
        ("ไฟดับซอย 2", "split", False),
        ("ครับ", "split", False),
        ("อบต.มาซ่อมให้แล้วเมื่อวาน", "close", True),
    ],
)
def test_only_what_answers_is_taken_for_an_answer(text: str, desk: str, answers: bool) -> None:
    intent = RULES[Step.ASK_DESK][Heard.MATTER](saying(text, desk))
    assert isinstance(intent, d.SayAtDesk) is answers


def test_a_code_alone_answers_which_matter_to_merge_with() -> None:
    rule = RULES[Step.ASK_DESK][Heard.COMMAND]
    assert isinstance(rule(saying(CODE, "merge")), d.SayAtDesk)
    assert rule(saying(CODE, "line")) == d.OpenDesk(code=CODE)
    spot = RULES[Step.ASK_DESK][Heard.LOCATION]
    assert isinstance(spot(saying("", "place", MessageKind.LOCATION)), d.SayAtDesk)
    assert not isinstance(spot(saying("", "line", MessageKind.LOCATION)), d.SayAtDesk)


@pytest.mark.parametrize("typed", ["เรื่อง {}", "{}", "ดูเรื่อง {}", "ประเด็น {}", "เรื่อง{}"])
def test_a_matter_is_opened_by_its_code(typed: str) -> None:
    assert read_command(typed.format(CODE.lower())) == d.OpenDesk(code=CODE)
    assert read_command(typed.format("IS-AAAAAC")) is None


@pytest.mark.parametrize(
    ("typed", "intent"),
    [
        ("แก้ข้อความ {}", d.AskDesk(code=CODE, what=d.Typed.LINE)),
        ("แก้ที่ {}", d.AskDesk(code=CODE, what=d.Typed.PLACE)),
        ("แก้หมวด {} ค่ะ", d.OfferKinds(code=CODE)),
        ("ปิดเรื่อง {}", d.AskDesk(code=CODE, what=d.Typed.CLOSE)),
        ("ประวัติ{}", d.ShowHistory(code=CODE)),
        ("รวมเรื่อง {}", d.OfferMerging(code=CODE)),
        ("รวมเรื่อง {0} กับ {1}", d.AskMerge(code=CODE, other=OTHER)),
        ("รวม {0} {1} ครับ", d.AskMerge(code=CODE, other=OTHER)),
    ],
)
def test_what_a_button_does_can_be_typed(typed: str, intent: object) -> None:
    assert read_command(typed.format(CODE, OTHER)) == intent


@pytest.mark.parametrize(
    "data", ["dk", "dk:none:IS-A", "dk:up:IS-A:moon", "dk:undo:IS-A:x", "desk"]
)
def test_buttons_of_another_version_are_refused(data: str) -> None:
    assert read_button(data) is None
