"""The picture of the dialogue is made from the table, and the table keeps what it promises there."""

import hypothesis.strategies as st
import pytest
from hypothesis import given

from handlers.dialogue.hearing import Facts, Heard, Saying, Utterance, heard
from handlers.dialogue.machine import TABLE, current
from handlers.dialogue.picture import SAID, WAITS_FOR, leads, page
from handlers.dialogue.state import Conversation, Step
from handlers.dialogue.words import BUTTONS
from handlers.messages import IncomingMessage, MessageKind
from handlers.settings import TurnSettings
from planning.reports import Channel
from tests.handlers.dialogue_page import PAGE
from tests.handlers.stage import READER, START

WORDS = (
    "ถนนหน้าวัดพังเป็นหลุม", "น้ำไม่ไหล", "สวัสดีค่ะ", "ไม่รู้", "ช่วยด้วย", "ใช่ค่ะ", "ไม่ใช่", "แถวสระหลวง", "สามหลัง",
    "สองวันแล้ว", "ประชุมวันไหนคะ", "เรื่องที่แจ้งถึงไหนแล้ว", "บ้านนาสวรรค์", "ขอบคุณ", "", "🙏",
)  # fmt: skip


def test_the_page_shows_the_table_as_it_is() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()


def test_every_state_and_saying_is_explained() -> None:
    assert set(WAITS_FOR) == set(Step)
    assert set(SAID) == set(Heard)
    assert all(f"`{step}`" in page() for step in Step)


def test_every_state_can_be_reached_and_left() -> None:
    arrows = [line.split(": ")[0].split(" --> ") for line in page().splitlines() if " --> " in line]
    ends = {(a.strip(), b.strip()) for a, b in arrows}
    pressed = set()  # states that only a command or a button leads to
    for step in Step:
        if step is not Step.IDLE:
            assert any(a == step and b in ("idle", "receipt") for a, b in ends), step
        if not any(b == step for _, b in ends):
            pressed.add(step)
    assert pressed <= {
        Step.ASK_MOVE, Step.ASK_STILL, Step.ASK_NEW_PLACE, Step.ASK_MORE, Step.ASK_WITHDRAW,
        Step.ASK_SECOND, Step.ASK_WHOM, Step.ASK_ITEM, Step.ASK_OUT, Step.ASK_OPENING, Step.ASK_DESK,
        Step.ASK_FORUM_PLACE, Step.ASK_CONVENER,
        Step.ASK_MINUTES, Step.ASK_PEOPLE, Step.ASK_HANDS, Step.ASK_WHY_NOT, Step.ASK_NOTE,
        Step.ASK_WORDING, Step.ASK_HOUSE, Step.ASK_WORK_PHOTO,
    }  # fmt: skip


@given(
    st.sampled_from(list(Step)),
    st.sampled_from(
        [MessageKind.TEXT] * 4 + [k for k in MessageKind if k is not MessageKind.BUTTON]
    ),
    st.sampled_from(WORDS),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.sampled_from([0, 5, 60, 500, 4000]),
)
def test_a_rule_gives_only_what_the_picture_says(
    step: Step, kind: MessageKind, text: str, known: bool, named: bool, quotes: bool, later_s: int
) -> None:
    message = IncomingMessage(
        channel=Channel.LINE, event_id="e", kind=kind, sent_at=START, user_id="u", chat_id="u",
        text=text, media_id="m", lat=16.0, lon=103.0,
    )  # fmt: skip
    told = START.replace(microsecond=0)
    talk = Conversation(
        step=step, report_code="AAAAAA", told_from=told, told_to=told, issue_code="I"
    )
    said = Utterance(messages=(message,))
    facts = Facts(
        village_known=known,
        names_village=named,
        quoted="AAAAAA" if quotes else "",
        understanding=READER.read(text) if text.strip() else None,
        settings=TurnSettings(),
    )
    saying = Saying(conversation=current(talk, said, facts), utterance=said, facts=facts)
    what = heard(said, facts)
    rule = TABLE[saying.conversation.step, what]
    if what is not Heard.COMMAND:
        assert type(rule(saying)) in rule.gives


@pytest.mark.parametrize("step", list(Step))
def test_nothing_said_is_a_dead_end(step: Step) -> None:
    for kind in Heard:
        rule = TABLE[step, kind]
        assert rule.gives or kind is Heard.COMMAND
        assert all(isinstance(to, Step) for given in rule.gives for to in leads(given))


def test_no_two_subjects_use_the_same_verb_of_a_button() -> None:
    from handlers.dialogue.words import _BUTTONS, TOPIC_MODULES

    verbs = [v for module in TOPIC_MODULES for v in module.TOPIC.buttons] + list(_BUTTONS)
    assert sorted(verbs) == sorted(BUTTONS)
