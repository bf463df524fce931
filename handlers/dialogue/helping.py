"""The rules while somebody is written down for: who, which village, what. Pure."""

from handlers.dialogue import intents as i
from handlers.dialogue.hearing import Heard, Saying
from handlers.dialogue.rules import Rule, always, rule
from handlers.dialogue.state import Step
from handlers.dialogue.topics import helping as h
from nlp.values import PersonalData

STEPS = frozenset({Step.ASK_WHOM, Step.ASK_THEIRS, Step.ASK_THEIR_WORDS})
"""Questions about somebody else's matter, which are asked also while the helper has no village."""
_NAME_LENGTH = 80
_FEW = 6
"""Letters beside a name that still say nothing: «คือ», «โทร»."""
_FAULT = 0.6
"""Probability from which a category makes words the matter rather than a name."""


@rule(i.Tell)
def their_words(said: Saying) -> i.Intent:
    """The matter itself, with all that was said about whose it is."""
    talk = said.conversation
    name, contact = talk.helped
    return i.Tell(
        text=said.utterance.text,
        for_other=True,
        village_code=talk.village_code,
        name=name,
        contact=contact,
    )


@rule(h.NameThem, their_words)
def whom(said: Saying) -> i.Intent:
    """Who it is for; words that tell danger or a fault, or are too long for a name, are the matter."""
    return h.NameThem(text=said.utterance.text.strip()) if _a_name(said) else their_words(said)


def _a_name(said: Saying) -> bool:
    seen, text = said.facts.understanding, said.utterance.text.strip()
    if len(text) > _NAME_LENGTH or "\n" in text:
        return False
    if seen is None or _letters_beside(text, seen.personal_data) <= _FEW:
        return True
    first = seen.categories[0]
    return not seen.emergency.on and (first.code == "other" or first.score < _FAULT)


def _letters_beside(text: str, spans: tuple[PersonalData, ...]) -> int:
    """Letters of a text that are no part of a name, number or address found in it."""
    hidden = {n for span in spans for n in range(span.start, span.end)}
    return sum(c.isalpha() for n, c in enumerate(text) if n not in hidden)


@rule(h.PlaceThem, their_words)
def theirs(said: Saying) -> i.Intent:
    """Which village; danger is told at once, wherever it is."""
    seen = said.facts.understanding
    if seen is not None and seen.emergency.on:
        return their_words(said)
    return h.PlaceThem(text=said.utterance.text.strip())


def _words(answer: Rule) -> dict[Heard, Rule]:
    kinds = (Heard.MATTER, Heard.QUESTION, Heard.CHATTER, Heard.YES_NO)
    return dict.fromkeys(kinds, answer)


RULES: dict[Step, dict[Heard, Rule]] = {
    Step.ASK_WHOM: _words(whom)
    | {Heard.UNSURE: always(h.NameThem()), Heard.MEDIA: their_words, Heard.CRY: their_words},
    Step.ASK_THEIRS: _words(theirs) | {Heard.MEDIA: their_words, Heard.CRY: their_words},
    Step.ASK_THEIR_WORDS: _words(their_words)
    | dict.fromkeys((Heard.UNSURE, Heard.MEDIA, Heard.LOCATION, Heard.CRY), their_words),
}
