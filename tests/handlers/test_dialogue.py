"""The pure dialogue: every state hears everything, texts fit, commands are read as people type."""

import inspect
from datetime import UTC, date, datetime, timedelta

import hypothesis.strategies as st
import pytest
from hypothesis import given

from handlers.dialogue import intents as i
from handlers.dialogue.forms import only_command, only_place
from handlers.dialogue.hearing import Heard
from handlers.dialogue.machine import TABLE, Facts, Utterance, decide, heard
from handlers.dialogue.state import Conversation, Step
from handlers.dialogue.thai import core
from handlers.dialogue.topics.media import Hear
from handlers.dialogue.words import TOPIC_MODULES, read_button, read_command, says_yes
from handlers.executing import EXECUTE
from handlers.messages import (
    Button,
    FileRef,
    IncomingMessage,
    MessageKind,
    Reply,
    replies_from_json,
    replies_to_json,
)
from handlers.settings import TurnSettings
from planning.forums import Outcome, Way
from planning.issues import IssueState
from planning.reports import Channel
from planning.taxonomy import categories
from tests.handlers.stage import READER

AT = datetime(2026, 11, 2, 2, 0, tzinfo=UTC)


def message(text: str = "", **more: object) -> IncomingMessage:
    values = {"kind": MessageKind.TEXT, **more}
    return IncomingMessage(
        channel=Channel.LINE, event_id="e", sent_at=AT, user_id="u", chat_id="u", text=text,
        **values,  # type: ignore[arg-type]
    )  # fmt: skip


def facts(**more: object) -> Facts:
    values = {"village_known": True, "settings": TurnSettings(), **more}
    return Facts(**values)  # type: ignore[arg-type]


def test_every_state_hears_everything() -> None:
    assert set(TABLE) == {(step, kind) for step in Step for kind in Heard}


def test_every_intent_is_carried_out_by_somebody() -> None:
    kinds = {c for _, c in inspect.getmembers(i, inspect.isclass) if issubclass(c, i.Intent)}
    for topic in TOPIC_MODULES:
        kinds |= {
            c for _, c in inspect.getmembers(topic, inspect.isclass) if issubclass(c, i.Intent)
        }
    assert set(EXECUTE) | {i.SendAgenda, i.Intent, Hear} == kinds


def test_every_state_of_a_matter_has_its_words() -> None:
    assert set(core.STATES) == set(IssueState)
    assert set(core.SHORT_CATEGORY) == set(categories())
    assert all(len(label) <= 20 for label in core.SHORT_CATEGORY.values())


@pytest.mark.parametrize(
    ("typed", "intent"),
    [
        ("เรื่องของฉันครับ", i.MyReports()),
        ("เมนู", i.Help()),
        ("ลงทะเบียน 97010101", i.ChooseVillage(village_code="97010101")),
        ("/start v97010101", i.ChooseVillage(village_code="97010101")),
        ("/start r-abcdefgh1234", i.Redeem(token="abcdefgh1234")),
        ("สรุป", i.Summarise()),
        ("สรุป ตำบลดอนแก้ว", i.Summarise(area="ตำบลดอนแก้ว")),
        ("ระเบียบวาระ", i.SendAgenda()),
        (
            "มติ ๒ เห็นชอบ ๔๒/๓ ขอรับการสนับสนุน",
            i.Resolve(
                item=2,
                outcome=Outcome.APPROVED,
                votes_for=42,
                votes_against=3,
                way=Way.ASK_SUPPORT,
            ),
        ),
        (
            "มติที่ 1 ไม่เห็นชอบ 3 ต่อ 40",
            i.Resolve(item=1, outcome=Outcome.REJECTED, votes_for=3, votes_against=40),
        ),
        ("มติ 3 เลื่อน", i.Resolve(item=3, outcome=Outcome.POSTPONED)),
        ("มติ 3", i.OfferResolution(item=3)),
        ("สถานะ zzzzzz", i.ShowStatus(code="")),
        (
            "นัดประชุม ๒๐ พฤศจิกายน ๒๕๖๙ ๑๓.๐๐ น. ศาลากลางบ้าน",
            i.Convene(held_on=date(2026, 11, 20), held_at="13.00 น.", place="ศาลากลางบ้าน"),
        ),
        (
            "นัดประชุม 1 ธันวาคม 2569 บ่าย 2 โมง ที่ทำการผู้ใหญ่",
            i.Convene(held_on=date(2026, 12, 1), held_at="14.00 น.", place="ที่ทำการผู้ใหญ่"),
        ),
        ("/help@prachakhom_bot", i.Help()),
        ("/start@prachakhom_bot v97010101", i.ChooseVillage(village_code="97010101")),
        ("/start something", i.Welcome()),
        ("แจ้งแทน ไฟดับ ๓ ดวง", i.Tell(text="ไฟดับ ๓ ดวง", for_other=True)),
        (
            "แจ้งแทน ๙๗๐๑๐๑๐๒ ไฟดับ\nสองวันแล้ว",
            i.Tell(text="ไฟดับ\nสองวันแล้ว", for_other=True, village_code="97010102"),
        ),
        ("ถนนพังหมดแล้ว", None),
        ("สถานะการเงินที่บ้านแย่มาก ช่วยด้วย", None),
        ("สรุปว่าน้ำไม่ไหลอีกแล้ว", None),
    ],
)
def test_commands_are_read_as_people_type(typed: str, intent: i.Intent | None) -> None:
    assert read_command(typed) == intent


@pytest.mark.parametrize(
    "typed",
    ["นัดประชุม พรุ่งนี้", "นัดประชุม 1 มกราคม 0001", "นัดประชุม 31 กุมภาพันธ์ 2569 25.00", "อัปเดต XXX กำลังทำ"],
)
def test_half_commands_say_how_to_write_them(typed: str) -> None:
    intent = read_command(typed)
    assert isinstance(intent, i.BadCommand)
    assert "พิมพ์" in intent.sentence


@pytest.mark.parametrize(
    ("typed", "only"),
    [
        ("มติ 1 เห็นชอบ 9/0 ทำเอง", True),
        ("มติที่ ๑ ไม่เห็นชอบ ๓ ต่อ ๔๐ ครับ", True),
        ("นัดประชุม 1 ธันวาคม 2569 บ่าย 2 โมง ที่ทำการผู้ใหญ่", True),
        ("มติ 1 เห็นชอบ 9/0 ทำเอง ถนนพัง", False),
        ("นัดประชุม 1 ธันวาคม 2569 ไม่มีใครมา", False),
        ("นัดประชุม พรุ่งนี้ ไฟไหม้บ้านแล้ว ช่วยด้วย", False),
        ("นัดประชุม " + "หมู่บ้าน" * 600 + "พัง", False),
    ],
)
def test_a_command_has_nothing_but_its_arguments(typed: str, only: bool) -> None:
    assert only_command(typed, None) is only


@pytest.mark.parametrize(
    ("typed", "only"),
    [
        ("ตรงสระน้ำค่ะ", True),
        ("ข้างคลองส่งน้ำ", True),
        ("ถนนขาด", False),
        ("หน้าวัดน้ำท่วม", False),
        ("คลองตัน", False),
        ("หมู่บ้าน" * 600 + "พัง", False),
    ],
)
def test_a_place_says_nothing_is_wrong(typed: str, only: bool) -> None:
    assert only_place(typed, None) is only


@given(st.text(max_size=70))
def test_any_button_data_is_read_or_refused(data: str) -> None:
    assert read_button(data) is None or isinstance(read_button(data), i.Intent)


@given(st.text(max_size=200))
def test_any_text_is_a_command_or_not(text: str) -> None:
    assert read_command(text) is None or isinstance(read_command(text), i.Intent)


@given(
    st.sampled_from(list(Step)),
    st.sampled_from(list(MessageKind)),
    st.text(max_size=80),
    st.booleans(),
    st.booleans(),
)
def test_every_saying_leads_to_an_intent(
    step: Step, kind: MessageKind, text: str, known: bool, group: bool
) -> None:
    talk = Conversation(
        step=step, report_code="AAAAAA", told_from=AT, told_to=AT, issue_code="IS-X", asked_at=AT
    )
    said = Utterance(
        messages=(message(text, kind=kind, media_id="m", lat=16.0, lon=103.0, group=group),)
    )
    seen = READER.read(text) if text.strip() else None
    assert isinstance(decide(talk, said, facts(village_known=known, understanding=seen)), i.Intent)


def test_a_question_left_for_an_hour_ends() -> None:
    old = AT - timedelta(hours=2)
    talk = Conversation(
        step=Step.ASK_SAME,
        report_code="R",
        told_from=old,
        told_to=old,
        issue_code="I",
        asked_at=old,
    )
    said = Utterance(messages=(message("ใช่ครับ"),))
    assert isinstance(decide(talk, said, facts()), i.Chat | i.Tell)
    fresh = Conversation(
        step=Step.ASK_SAME, report_code="R", told_from=AT, told_to=AT, issue_code="I", asked_at=AT
    )
    assert decide(fresh, said, facts()) == i.SameIssue(report_code="R", issue_code="I")


def test_group_talk_is_left_alone_unless_addressed() -> None:
    chatter = Utterance(messages=(message("ถนนพังอีกแล้ว", group=True),))
    assert decide(Conversation(), chatter, facts()) == i.KeepSilent()
    told = Utterance(messages=(message("แจ้ง ถนนหน้าวัดพัง", group=True),))
    assert isinstance(decide(Conversation(), told, facts()), i.Tell)


def test_yes_and_no_are_told_apart() -> None:
    assert says_yes("ใช่ครับ") is True
    assert says_yes("คนละเรื่อง") is False
    assert says_yes("ใช่ที่หน้าวัดไหม") is None
    said = Utterance(messages=(message("ไม่ใช่ค่ะ"),))
    assert heard(said, facts()) is Heard.YES_NO


@given(st.text(), st.text(), st.booleans())
def test_messages_survive_being_kept(text: str, data: str, group: bool) -> None:
    kept = message(text, button=data, group=group, lat=1.5, lon=2.5)
    assert IncomingMessage.from_json(kept.to_json()) == kept
    replies = (
        Reply(text=text, buttons=(Button(label="ก", data=data),), ask_location=group),
        Reply(text="", files=(FileRef(file_id="f", name="n", media_type="m"),)),
    )
    assert replies_from_json(replies_to_json(replies)) == replies


def test_conversations_survive_being_kept() -> None:
    talk = Conversation(
        step=Step.ASK_PLACE, report_code="R", told_from=AT, told_to=AT, asked_at=AT,
        votes=(2, 40, 3),
    )  # fmt: skip
    assert Conversation.from_json(talk.to_json()) == talk
    assert Conversation.from_json("") == Conversation()


def test_words_stay_out_of_reprs() -> None:
    secret = "ถนนหน้าบ้านนายสมชาย"
    shown = repr(message(secret)) + repr(i.Tell(text=secret)) + repr(Reply(text=secret))
    assert secret not in shown
    assert "'u'" not in shown
