"""The dialogue as a page with a picture, made from the table itself. Pure."""

from collections.abc import Iterable

from handlers.dialogue import intents as i
from handlers.dialogue.hearing import Heard
from handlers.dialogue.machine import TABLE
from handlers.dialogue.state import Step
from handlers.dialogue.topics import after as a
from handlers.dialogue.topics import desk
from handlers.dialogue.topics import helping as h
from handlers.dialogue.topics import minutes as m
from handlers.dialogue.topics import preparing as p
from handlers.dialogue.topics import running as f
from handlers.dialogue.topics import telling as d

RECEIPT_STEPS = (
    Step.IDLE, Step.ASK_VILLAGE, Step.ASK_WORDS, Step.ASK_WHOSE, Step.ASK_SAME, Step.ASK_PLACE,
    Step.ASK_SIZE,
)  # fmt: skip
"""What a receipt may ask, and nothing."""
_RECEIPT = frozenset({i.Tell, i.Add, d.MoveReport})
_LEADS: dict[type[i.Intent], tuple[Step, ...]] = {
    i.Welcome: (Step.ASK_VILLAGE, Step.IDLE),
    i.FindVillage: (Step.IDLE, Step.ASK_VILLAGE),
    i.NearVillages: (Step.ASK_VILLAGE, Step.ASK_SECOND),
    i.ChooseVillage: (Step.IDLE, Step.ASK_MOVE, Step.ASK_VILLAGE),
    i.SameIssue: (Step.IDLE,),
    i.OtherIssue: (Step.IDLE, Step.ASK_PLACE),
    i.Chat: (Step.ASK_VILLAGE,),
    i.Ask: (Step.ASK_VILLAGE,),
    d.LetGo: (Step.IDLE,),
    d.AddTo: (Step.ASK_MORE,),
    d.AskMore: (Step.ASK_MORE,),
    d.AskNewPlace: (Step.ASK_NEW_PLACE,),
    d.CorrectPlace: (Step.IDLE,),
    d.SayHouseholds: (Step.IDLE, Step.ASK_SINCE),
    d.SaySince: (Step.IDLE,),
    d.AskWithdraw: (Step.ASK_WITHDRAW,),
    d.Withdraw: (Step.IDLE, Step.ASK_WITHDRAW),
    d.MoveReport: (*RECEIPT_STEPS, Step.ASK_WHOSE),
    d.ChooseSecond: (Step.IDLE, Step.ASK_SECOND, Step.ASK_VILLAGE),
    d.Outside: (Step.ASK_VILLAGE, Step.IDLE),
    d.StillHere: (Step.IDLE,),
    h.BeginHelping: (Step.ASK_WHOM,),
    h.NameThem: (Step.ASK_THEIRS, Step.ASK_THEIR_WORDS),
    h.PlaceThem: (Step.ASK_THEIR_WORDS, Step.ASK_THEIRS),
    i.Convene: (Step.IDLE, Step.ASK_FORUM_PLACE),
    p.PickPlace: (Step.ASK_FORUM_PLACE, Step.IDLE),
    p.AskItem: (Step.ASK_ITEM,),
    p.AddItem: (Step.IDLE,),
    p.AskReason: (Step.ASK_OUT,),
    p.TakeOut: (Step.IDLE,),
    p.AskOpening: (Step.ASK_OPENING,),
    p.AddOpening: (Step.IDLE,),
    p.AddConvener: (Step.IDLE, Step.ASK_CONVENER),
    desk.SayAtDesk: (Step.IDLE, Step.ASK_DESK),
    f.BeginMeeting: (Step.ASK_PEOPLE,),
    f.AskAttendance: (Step.ASK_PEOPLE,),
    f.SayAttendance: (Step.IDLE, Step.ASK_PEOPLE),
    f.AskHands: (Step.ASK_HANDS,),
    f.CountHands: (Step.IDLE, Step.ASK_HANDS),
    i.Resolve: (Step.ASK_WHY_NOT,),
    f.GiveReason: (Step.IDLE,),
    f.AskNote: (Step.ASK_NOTE,),
    f.TakeNote: (Step.IDLE,),
    f.AskWording: (Step.ASK_WORDING,),
    f.AmendItem: (Step.IDLE,),
    f.CheckIn: (Step.ASK_HOUSE,),
    f.SayHouse: (Step.IDLE,),
    m.CorrectMinutes: (Step.ASK_MINUTES,),
    m.SetPart: (Step.IDLE, Step.ASK_MINUTES),
    i.Tell: RECEIPT_STEPS,
    i.Add: RECEIPT_STEPS,
    a.MarkWork: (Step.ASK_WORK_PHOTO, Step.IDLE),
    a.AddWorkPhoto: (Step.ASK_WORK_PHOTO,),
}
"""Where carrying out an intent may leave the dialogue, beside where it was."""

WAITS_FOR = {
    Step.IDLE: "nothing",
    Step.ASK_VILLAGE: "where the person lives, or which village an outsider's matter is about",
    Step.ASK_MOVE: "whether they really move to the village of the poster",
    Step.ASK_SECOND: "a second village",
    Step.ASK_STILL: "whether the village is still right, once a year",
    Step.ASK_WHOSE: "which village a report is about, where its words name another",
    Step.ASK_SAME: "whether a report is the known issue",
    Step.ASK_PLACE: "where it is",
    Step.ASK_NEW_PLACE: "where it really is",
    Step.ASK_WORDS: "what a photo, voice or position is about",
    Step.ASK_MORE: "more for a report",
    Step.ASK_SIZE: "how many households it troubles",
    Step.ASK_SINCE: "since when",
    Step.ASK_WITHDRAW: "whether to withdraw a report",
    Step.ASK_WHOM: "whom a helper writes down for",
    Step.ASK_THEIRS: "which village they are from",
    Step.ASK_THEIR_WORDS: "what their matter is",
    Step.ASK_FORUM_PLACE: "where the forum is",
    Step.ASK_ITEM: "an agenda item of the head's own",
    Step.ASK_OUT: "why an item is taken out of the agenda",
    Step.ASK_OPENING: "what the chair tells the forum",
    Step.ASK_CONVENER: "who holds the forum with the village",
    Step.ASK_PEOPLE: "how many came to the forum, and from how many households",
    Step.ASK_HANDS: "how many raised a hand for an item, and how many against",
    Step.ASK_WHY_NOT: "why an item was rejected or put off",
    Step.ASK_NOTE: "what the minutes are to note",
    Step.ASK_WORDING: "how an item reads as the forum amended it",
    Step.ASK_HOUSE: "the house number of who checked in at a forum",
    Step.ASK_MINUTES: "a part of the minutes: a name, a time, the day",
    Step.ASK_DESK: "words for the issue desk: a line, a place, an answer, a village, a code, numbers",
    Step.ASK_WORK_PHOTO: "photos of village work that is done",
}
SAID = {
    Heard.COMMAND: "a command or button",
    Heard.YES_NO: "yes or no",
    Heard.MATTER: "words that tell something",
    Heard.QUESTION: "a question",
    Heard.CHATTER: "a greeting, thanks, sticker",
    Heard.CRY: "«ช่วยด้วย» and no more",
    Heard.UNSURE: "«ไม่รู้»",
    Heard.QUOTE: "words quoting a report",
    Heard.MEDIA: "a photo or voice alone",
    Heard.LOCATION: "a position",
    Heard.JOIN: "follows the bot",
    Heard.LEAVE: "leaves it",
    Heard.EDIT: "an edit",
    Heard.UNSEND: "an unsend",
    Heard.SPOKEN: "what a voice message said",
    Heard.UNREADABLE: "what cannot be read",
    Heard.SILENT: "what nobody said",
}


def leads(kind: type[i.Intent]) -> tuple[Step, ...]:
    """The steps in which carrying out an intent of that kind may leave the dialogue."""
    return _LEADS.get(kind, ())


def page() -> str:
    """The page `docs/dialogue.md`."""
    return "\n".join([*_HEAD, "```mermaid", *_diagram(), "```", "", *_steps(), "", *_table(), ""])


_HEAD = (
    "# The dialogue",
    "",
    "Made from the table in `handlers/dialogue/machine.py` by `python -m tests.handlers.dialogue_page`; a test",
    "holds that this page is what the table gives.",
    "",
    "The bot waits for one thing at a time, and hears everything at any time: whatever is said instead of",
    "an answer is kept as what it is. Every question ends by words («ยกเลิก», «กลับ», «ไม่เอาแล้ว», «ไม่รู้»), by the",
    "button under it, and by an hour of silence; what was told before stays. `receipt` stands for a report",
    "kept or added to, whose answer asks at most one question. What every state hears as `idle` does is drawn",
    "at `idle` only; commands and buttons, which can be given at any time, are left out.",
    "",
)


def _diagram() -> list[str]:
    """The arrows of `idle`, and of each other state those that differ and the ways out."""
    lines = ["stateDiagram-v2", "    state receipt <<choice>>", "    [*] --> idle"]
    lines += [f"    receipt --> {step}" for step in RECEIPT_STEPS]
    usual = _arrows(Step.IDLE)
    for step in Step:
        drawn: dict[str, list[str]] = {} if step is Step.IDLE else {"idle": ["silence"]}
        for target, heard in _arrows(step):
            if step is Step.IDLE or (target, heard) not in usual:
                drawn.setdefault(target, []).append(heard)
        lines += [f"    {step} --> {to}: {', '.join(by)}" for to, by in drawn.items()]
    return lines


def _arrows(step: Step) -> list[tuple[str, str]]:
    """(where to, what was heard) of a state, commands left out."""
    return [
        (target, heard.value)
        for heard in Heard
        if heard is not Heard.COMMAND
        for target in _targets(TABLE[step, heard].gives)
        if target != step
    ]


def _targets(kinds: Iterable[type[i.Intent]]) -> list[str]:
    found: list[str] = []
    for kind in sorted(kinds, key=lambda k: k.__name__):
        found += ["receipt"] if kind in _RECEIPT else [step.value for step in leads(kind)]
    return list(dict.fromkeys(found))


def _steps() -> list[str]:
    return [
        "| state | the bot waits for |",
        "|---|---|",
        *(f"| `{step}` | {WAITS_FOR[step]} |" for step in Step),
    ]


def _table() -> list[str]:
    """What each state does with each kind of saying, the usual first and then what differs."""
    usual = {heard: _names(TABLE[Step.IDLE, heard].gives) for heard in Heard}
    lines = ["| heard | intents when nothing is waited for |", "|---|---|"]
    lines += [f"| {SAID[heard]} (`{heard}`) | {words} |" for heard, words in usual.items()]
    lines += ["", "| state | heard | intents where they differ |", "|---|---|---|"]
    for step in Step:
        for heard in Heard:
            words = _names(TABLE[step, heard].gives)
            if words != usual[heard]:
                lines.append(f"| `{step}` | `{heard}` | {words} |")
    return lines


def _names(kinds: Iterable[type[i.Intent]]) -> str:
    return ", ".join(sorted(kind.__name__ for kind in kinds)) or "as the command says"
