"""The rules while a forum is prepared: its place, a line of its agenda, a reason. Pure."""

import re

from handlers.dialogue import intents as i
from handlers.dialogue.asking import says_thanks, takes_leave
from handlers.dialogue.clocks import CLOCK, hour_of
from handlers.dialogue.forms import only_place
from handlers.dialogue.hearing import Heard, Saying
from handlers.dialogue.rules import Rule, always, names_fault, plain, rule, touchy
from handlers.dialogue.state import Step
from handlers.dialogue.topics import preparing as p
from planning.thai import arabic_digits

STEPS = frozenset(
    {Step.ASK_FORUM_PLACE, Step.ASK_ITEM, Step.ASK_OUT, Step.ASK_OPENING, Step.ASK_CONVENER}
)
"""Questions to those who run a forum, which are asked also while they have no village of their own."""
_NAME_LENGTH = 80
_SAYING = 300
_SURE = 0.8
"""Probability from which a category makes words that begin like a place a matter."""
_PLACE = re.compile(
    r"(?:ที่|ณ|หน้า|ใต้)?\s*(?:ศาลา|วัด|โรงเรียน|หอประชุม|ห้องประชุม|ที่ทำการ|อบต|เทศบาล|อาคาร|ลาน|สนาม|ตลาด|ศูนย์"
    r"|บ้าน(?:ผู้ใหญ่|กำนัน|ประธาน))"
)
_OFFICE = re.compile(
    r"อบต|อบจ|อปท|เทศบาล|อำเภอ|สำนัก|กรม|กอง|ศูนย์|โรงพยาบาล|รพ|สาธารณสุข|โรงเรียน|วิทยาลัย|วัด|กลุ่ม|ชมรม|เครือข่าย|มูลนิธิ|สมาคม"
    r"|บริษัท|สภ\.|สถานี|ตำรวจ|กำนัน|ปลัด|นายก|พัฒนาชุมชน|เกษตร|ปกครอง|คณะกรรมการ|สภา"
)


def _small_talk(said: Saying) -> bool:
    text = said.utterance.text
    return not text.strip() or (len(text) <= 30 and (says_thanks(text) or takes_leave(text)))


def _calm_and_short(said: Saying) -> bool:
    seen, text = said.facts.understanding, said.utterance.text.strip()
    danger = seen is not None and seen.emergency.on
    return (
        0 < len(text) <= _NAME_LENGTH and "\n" not in text and not danger and not _small_talk(said)
    )


def _tells_nothing(said: Saying) -> bool:
    return not touchy(said) and not names_fault(said)


def _a_place(said: Saying) -> bool:
    """Whether words may name a place to meet at."""
    seen, text = said.facts.understanding, said.utterance.text.strip()
    if not _calm_and_short(said):
        return False
    sure = seen is None or seen.categories[0].score >= _SURE
    begins = _PLACE.match(text) is not None and not sure
    return begins or _tells_nothing(said) or only_place(text, seen.place if seen else None)


def _an_office(said: Saying) -> bool:
    """Whether words may name an office or a group."""
    names = _OFFICE.search(said.utterance.text) is not None
    return _calm_and_short(said) and (names or _tells_nothing(said))


@rule(i.Convene, plain)
def place_or_plain(said: Saying) -> i.Intent:
    """Where the forum is, or when, or words as they read."""
    words = " ".join(arabic_digits(said.utterance.text).split())
    clock = CLOCK.fullmatch(words)
    if clock:
        hour, minute = hour_of(clock)
        if hour <= 23 and minute <= 59:
            return i.Convene(held_on=None, held_at=f"{hour:02d}.{minute:02d} น.")
    place = " ".join(said.utterance.text.split())
    return i.Convene(held_on=None, place=place) if _a_place(said) else plain(said)


@rule(p.AddConvener, plain)
def convener_or_plain(said: Saying) -> i.Intent:
    """Who holds the forum with the village, or words as they read."""
    words = " ".join(said.utterance.text.split())
    return p.AddConvener(text=words) if _an_office(said) else plain(said)


@rule(p.AddItem, plain)
def item_or_plain(said: Saying) -> i.Intent:
    """The words of an item; danger and what is confidential is told as any other report is."""
    if touchy(said) or _small_talk(said):
        return plain(said)
    return p.AddItem(text=said.utterance.text.strip())


def _brief(said: Saying) -> bool:
    """Whether words may be a line of the agenda; what should not stand there is told so, danger is danger."""
    seen = said.facts.understanding
    danger = seen is not None and seen.emergency.on
    return len(said.utterance.text) <= _SAYING and not danger and not _small_talk(said)


@rule(p.TakeOut, plain)
def reason_or_plain(said: Saying) -> i.Intent:
    """Why an item is taken out, or words as they read."""
    if not _brief(said):
        return plain(said)
    words = " ".join(said.utterance.text.split())
    return p.TakeOut(issue_code=said.conversation.issue_code, words=words)


@rule(p.AddOpening, plain)
def opening_or_plain(said: Saying) -> i.Intent:
    """What the chair tells, or words as they read."""
    words = " ".join(said.utterance.text.split())
    return p.AddOpening(text=words) if _brief(said) else plain(said)


def _words(answer: Rule) -> dict[Heard, Rule]:
    return dict.fromkeys((Heard.MATTER, Heard.QUESTION, Heard.CHATTER), answer)


RULES: dict[Step, dict[Heard, Rule]] = {
    Step.ASK_FORUM_PLACE: _words(place_or_plain) | {Heard.LOCATION: always(p.PickPlace())},
    Step.ASK_ITEM: _words(item_or_plain),
    Step.ASK_OUT: _words(reason_or_plain),
    Step.ASK_OPENING: _words(opening_or_plain),
    Step.ASK_CONVENER: _words(convener_or_plain),
}
