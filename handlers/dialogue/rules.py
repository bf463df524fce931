"""What follows from what was said, rule by rule; `machine` says which rule holds where. Pure.

Each rule tells by `gives` which intents it may give: the picture of the dialogue is made from that.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial

from handlers.dialogue import intents as i
from handlers.dialogue.asking import (
    Asked,
    asked,
    asked_plainly,
    asks_for_news,
    code_in,
    says_thanks,
    takes_leave,
)
from handlers.dialogue.forms import only_place
from handlers.dialogue.hearing import Saying, command_of
from handlers.dialogue.measures import households, lasting_days, only_measure
from handlers.dialogue.state import Step
from handlers.dialogue.topics import media
from handlers.dialogue.topics import telling as d
from handlers.dialogue.words import says_yes
from handlers.messages import MessageKind
from nlp.values import Act


@dataclass(frozen=True)
class Rule:
    """A way to answer. `gives`: every kind of intent that may come of it (none named: any command)."""

    name: str
    apply: Callable[[Saying], i.Intent]
    gives: frozenset[type[i.Intent]]

    def __call__(self, said: Saying) -> i.Intent:
        """The intent."""
        return self.apply(said)


def rule(*gives: type[i.Intent] | Rule) -> Callable[[Callable[[Saying], i.Intent]], Rule]:
    """Make a function a rule; of a rule named in `gives` all it may give is given."""
    kinds: set[type[i.Intent]] = set()
    for given in gives:
        kinds |= given.gives if isinstance(given, Rule) else {given}
    return lambda function: Rule(function.__name__, function, frozenset(kinds))


def always(intent: i.Intent) -> Rule:
    """The rule that gives one intent whatever is said."""
    return Rule(type(intent).__name__, lambda said: intent, frozenset({type(intent)}))


def _command(said: Saying) -> i.Intent:
    """What was commanded, of the report quoted or last spoken of where it names none.

    Wishing to withdraw once more is the yes to «withdraw it?».
    """
    intent = command_of(said.utterance, said.facts) or i.CannotRead()
    talk, quoted = said.conversation, said.facts.quoted
    if isinstance(intent, i.OfferCategories | d.AskNewPlace) and not intent.report_code:
        return replace(intent, report_code=quoted or talk.report_code)
    if intent == d.AskWithdraw() and not quoted and talk.step is Step.ASK_WITHDRAW:
        return d.Withdraw(report_code=talk.report_code)
    return intent


ANY = Rule("command", _command, frozenset())
"""Whatever the command or button says."""


def _belongs(said: Saying) -> bool:
    return said.conversation.near(said.utterance.first_at, said.facts.settings.burst)


def _follows(said: Saying) -> bool:
    return said.conversation.near(said.utterance.first_at, said.facts.settings.follow)


def _add(said: Saying) -> i.Intent:
    return i.Add(report_code=said.conversation.report_code, text=said.utterance.text)


def touchy(said: Saying) -> bool:
    """Whether words tell of danger, or of what must stay confidential."""
    reading = said.facts.understanding
    if reading is None:
        return False
    return reading.emergency.on or reading.confidential.on or reading.kind == "complaint_person"


def names_fault(said: Saying) -> bool:
    """Whether words say by themselves what is wrong."""
    reading = said.facts.understanding
    if reading is None:
        return True
    first = reading.categories[0]
    return first.code != "other" and first.score >= 0.35


def _fragment(said: Saying) -> bool:
    """Whether words, soon after a report, say too little to be a report of their own."""
    few = len(said.utterance.text) <= 60
    return few and not names_fault(said) and not touchy(said) and _follows(said)


@rule(i.Add, i.Tell, d.AnswerQuestion)
def matter(said: Saying) -> i.Intent:
    """A report, or more for the one just told."""
    text = said.utterance.text
    if _belongs(said) or _fragment(said) or (said.conversation.wordless and _follows(said)):
        return _add(said)
    kind = asked_plainly(text, said.facts.understanding)
    if kind and not said.utterance.media:
        return d.AnswerQuestion(kind=kind, text=text, code=code_in(text))
    return i.Tell(text=text)


@rule(i.Add, i.Ask, d.AnswerQuestion)
def question(said: Saying) -> i.Intent:
    """A question, answered from what is known or kept for the head."""
    text = said.utterance.text
    if _belongs(said):
        return _add(said)
    kind = None if touchy(said) else asked(text)
    return d.AnswerQuestion(kind=kind, text=text, code=code_in(text)) if kind else i.Ask(text=text)


@rule(i.Add, i.Chat, i.KeepSilent)
def chatter(said: Saying) -> i.Intent:
    """A greeting or thanks; within a burst, part of what is told. A sticker after it is thanks."""
    first = said.utterance.messages[0]
    if first.edited:
        return i.KeepSilent()
    if first.kind is MessageKind.STICKER:
        return i.Chat(thanks=_follows(said))
    if _belongs(said) and said.utterance.text:
        return _add(said)
    text = said.utterance.text
    return i.Chat(thanks=says_thanks(text), leaving=takes_leave(text))


@rule(i.Add, i.Help)
def cry(said: Saying) -> i.Intent:
    """«ช่วยด้วย» and no more: help and the numbers to call, or part of what is just being told."""
    return _add(said) if _belongs(said) else i.Help(danger=True)


@rule(i.Add, i.Tell)
def thing(said: Saying) -> i.Intent:
    """A photo or position: of the report told before, or a report that waits for words."""
    return _add(said) if _follows(said) else i.Tell()


@rule(matter, question, chatter)
def plain(said: Saying) -> i.Intent:
    """Words as they read; a sticker is mere chatter."""
    if not said.utterance.text.strip():
        return chatter(said)
    act = said.facts.understanding.act if said.facts.understanding else Act.MATTER
    if act is Act.MATTER:
        return matter(said)
    return question(said) if act is Act.QUESTION else chatter(said)


@rule(i.Add, d.LetGo)
def unsure(said: Saying) -> i.Intent:
    """«ไม่รู้» to a question: it ends."""
    return _add(said) if _belongs(said) else d.LetGo(unsure=True)


@rule(i.Add, d.AnswerQuestion)
def quote(said: Saying) -> i.Intent:
    """Words or things that quote a report of one's own: more for it, or asking what became of it."""
    code, text = said.facts.quoted, said.utterance.text
    reading = said.facts.understanding
    short = len(text) <= 60 and not said.utterance.media and not touchy(said)
    asks = reading is not None and (reading.act is Act.QUESTION or asks_for_news(text))
    served = reading is not None and reading.categories[0].code == "service"
    if short and asks and (served or not names_fault(said)):
        return d.AnswerQuestion(kind=Asked.BECAME, text=text, code=code)
    return i.Add(report_code=code, text=text)


def _village(said: Saying, make: Callable[[str], i.Intent]) -> i.Intent | None:
    if said.facts.names_village:
        return make(said.utterance.text)
    return None


Naming = Callable[[Saying, str], i.Intent]
"""What to do with words that name a village."""


def village_or(other: Rule, kind: type[i.Intent], make: Naming) -> Rule:
    """A village's name where one was asked for, else another rule."""

    @rule(kind, other)
    def answered(said: Saying) -> i.Intent:
        return _village(said, partial(make, said)) or other(said)

    return Rule(f"village_or_{other.name}", answered.apply, answered.gives)


def home(said: Saying, text: str) -> i.Intent:
    """Where the person lives."""
    return i.FindVillage(text=text)


def second(said: Saying, text: str) -> i.Intent:
    """The person's second village."""
    return d.ChooseSecond(text=text)


def whose(said: Saying, text: str) -> i.Intent:
    """The village that the report is about."""
    return d.MoveReport(report_code=said.conversation.report_code, text=text)


def _is_place_answer(said: Saying) -> bool:
    """Whether words heard after «where?» answer it: a place, or a few words that name no fault.

    Danger and what must stay confidential are never taken for a place.
    """
    reading = said.facts.understanding
    text = said.utterance.text
    if reading is None or len(text) > 60:
        return False
    faulty = names_fault(said) and not only_place(text, reading.place)
    return (reading.place is not None or len(text) <= 25) and not faulty and not touchy(said)


@rule(i.Add, plain)
def words_or_plain(said: Saying) -> i.Intent:
    """What a photo or position just sent is about, or words as they read."""
    return _add(said) if _follows(said) and said.utterance.text.strip() else plain(said)


@rule(plain)
def place_or_plain(said: Saying) -> i.Intent:
    """The place of the report just told, or words as they read."""
    return _add(said) if not _belongs(said) and _is_place_answer(said) else plain(said)


@rule(i.Add)
def add(said: Saying) -> i.Intent:
    """More for the report spoken of."""
    return _add(said)


@rule(i.Add, chatter)
def more(said: Saying) -> i.Intent:
    """Words or things for a report, as announced; a sticker is none."""
    words = said.utterance.text.strip()
    return _add(said) if words or said.utterance.media else chatter(said)


@rule(d.CorrectPlace)
def new_spot(said: Saying) -> i.Intent:
    """A shared position that is where it really is."""
    return d.CorrectPlace(report_code=said.conversation.report_code, text=said.utterance.text)


@rule(d.CorrectPlace, plain)
def new_place_or_plain(said: Saying) -> i.Intent:
    """Words that say where it really is, or words as they read."""
    return new_spot(said) if _is_place_answer(said) else plain(said)


@rule(d.SayHouseholds, plain)
def size_or_plain(said: Saying) -> i.Intent:
    """How many households, or words as they read."""
    number = households(said.utterance.text, answering=True) if _brief(said) else None
    if number is None:
        return plain(said)
    code = said.conversation.report_code
    return d.SayHouseholds(report_code=code, number=number, text=said.utterance.text)


@rule(d.SaySince, plain)
def since_or_plain(said: Saying) -> i.Intent:
    """Since when, or words as they read."""
    days = lasting_days(said.utterance.text, answering=True) if _brief(said) else None
    if days is None:
        return plain(said)
    code = said.conversation.report_code
    return d.SaySince(report_code=code, days=days, text=said.utterance.text)


def _brief(said: Saying) -> bool:
    """A number with its unit and no more answers, whatever else «หลัง» may stand for."""
    text = said.utterance.text
    return only_measure(text) or (len(text) <= 40 and not touchy(said))


def _yes_or_no(
    kinds: Iterable[type[i.Intent]],
    yes: Callable[[Saying], i.Intent],
    no: Callable[[Saying], i.Intent],
) -> Rule:
    @rule(*kinds)
    def answered(said: Saying) -> i.Intent:
        return (yes if says_yes(said.utterance.text) else no)(said)

    return answered


def _let_go(said: Saying) -> i.Intent:
    return d.LetGo()


SAME = _yes_or_no(
    (i.SameIssue, i.OtherIssue),
    lambda said: i.SameIssue(
        report_code=said.conversation.report_code, issue_code=said.conversation.issue_code
    ),
    lambda said: i.OtherIssue(
        report_code=said.conversation.report_code, issue_code=said.conversation.issue_code
    ),
)
MOVE = _yes_or_no(
    (i.ChooseVillage, d.LetGo),
    lambda said: i.ChooseVillage(village_code=said.conversation.village_code, sure=True),
    _let_go,
)
STILL = _yes_or_no((d.StillHere, i.Welcome), lambda said: d.StillHere(), lambda said: i.Welcome())
WHOSE = _yes_or_no(
    (d.MoveReport, d.LetGo),
    lambda said: d.MoveReport(
        report_code=said.conversation.report_code, village_code=said.conversation.village_code
    ),
    _let_go,
)
WITHDRAW = _yes_or_no(
    (d.Withdraw, d.LetGo),
    lambda said: d.Withdraw(report_code=said.conversation.report_code),
    _let_go,
)


@rule(media.Hear)
def spoken(said: Saying) -> i.Intent:
    """What a machine heard in a voice message."""
    return media.Hear(text=said.utterance.text)


@rule(media.Reword)
def edit(said: Saying) -> i.Intent:
    """Only edits of what a report is made of come here; others are heard as new words."""
    return media.Reword(text=said.utterance.text)
