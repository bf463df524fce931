"""The rules while a forum is prepared: its place, a line of its agenda, a reason. Pure."""

from handlers.dialogue import intents as i
from handlers.dialogue.asking import says_thanks, takes_leave
from handlers.dialogue.hearing import Heard, Saying
from handlers.dialogue.rules import Rule, always, names_fault, plain, rule, touchy
from handlers.dialogue.state import Step
from handlers.dialogue.topics import preparing as p

STEPS = frozenset(
    {Step.ASK_FORUM_PLACE, Step.ASK_ITEM, Step.ASK_OUT, Step.ASK_OPENING, Step.ASK_CONVENER}
)
"""Questions to those who run a forum, which are asked also while they have no village of their own."""
_NAME_LENGTH = 80
_SAYING = 300


def _small_talk(said: Saying) -> bool:
    text = said.utterance.text
    return not text.strip() or (len(text) <= 30 and (says_thanks(text) or takes_leave(text)))


def _a_name(said: Saying) -> bool:
    """Whether words may name a place or an office: few, and telling of no fault or danger."""
    text = said.utterance.text.strip()
    short = 0 < len(text) <= _NAME_LENGTH and "\n" not in text
    return short and not touchy(said) and not names_fault(said) and not _small_talk(said)


@rule(i.Convene, plain)
def place_or_plain(said: Saying) -> i.Intent:
    """Where the forum is, or words as they read."""
    words = " ".join(said.utterance.text.split())
    return i.Convene(held_on=None, place=words) if _a_name(said) else plain(said)


@rule(p.AddConvener, plain)
def convener_or_plain(said: Saying) -> i.Intent:
    """Who holds the forum with the village, or words as they read."""
    words = " ".join(said.utterance.text.split())
    return p.AddConvener(text=words) if _a_name(said) else plain(said)


@rule(p.AddItem, plain)
def item_or_plain(said: Saying) -> i.Intent:
    """The words of an item; danger and what is confidential is told as any other report is."""
    if touchy(said) or _small_talk(said):
        return plain(said)
    return p.AddItem(text=said.utterance.text.strip())


def _brief(said: Saying) -> bool:
    return len(said.utterance.text) <= _SAYING and not touchy(said) and not _small_talk(said)


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
