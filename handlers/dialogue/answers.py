"""What the bot answers, once a report is kept and its facts are known. Pure."""

from dataclasses import dataclass
from datetime import datetime

from handlers.dialogue import texts as t
from handlers.dialogue.state import Step
from handlers.messages import Button, Reply
from planning.areas import Village
from planning.issues import GOING_STATES, Issue, IssueStanding, IssueState
from planning.reports import Report, ReportState

PLACELESS = frozenset(
    "livelihood farming debt welfare health education drugs official_conduct dispute "
    "service other land telecom".split()
)
"""Categories where «where exactly?» is no help to anyone."""


HARMS = frozenset(("safety", "dispute"))
HARM_WORDS = (
    "ตี ตบ ทุบ ซ้อม เตะ ต่อย ทำร้าย บีบคอ จับก้น จับนม ลวนลาม ข่มขืน อนาจาร คุกคาม ฆ่าตัว อยากตาย".split()
)
"""Of a secret matter of these categories or with these words the teller hears whom to call when hurt."""
OWN = "คุณเคยแจ้งเรื่องนี้ไว้"
"""The reason `nlp.duplicates` gives where the teller told of the matter before."""


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """What a reporter is told about a report just kept or added to.

    `ask`: the known issue to ask about; `reasons`: why it may be the same. `joined`: the issue it
    was joined to without asking. `others`: other likely category codes. `elsewhere`: villages that the
    words name beside the teller's own; `second`: the teller's second village; `outside`: they live in
    none. `measured`: how many it troubles is known or of no use. `several`: one of the receipts of a
    message with several matters; `quiet`: it asks nothing. Not `calm`: no
    time for questions that can wait.
    """

    report: Report
    village: Village | None
    added: bool = False
    danger: bool = False
    guesses: tuple[Village, ...] = ()
    for_other: bool = False
    voice: bool = False
    hears: bool = False
    ask: IssueStanding | None = None
    reasons: tuple[str, ...] = ()
    joined: IssueStanding | None = None
    others: tuple[str, ...] = ()
    elsewhere: tuple[Village, ...] = ()
    second: Village | None = None
    outside: bool = False
    measured: bool = True
    several: bool = False
    quiet: bool = False
    calm: bool = True


@dataclass(frozen=True, kw_only=True)
class Answer:
    """Replies, and what the bot now waits for."""

    replies: tuple[Reply, ...]
    step: Step = Step.IDLE
    issue_code: str = ""
    village_code: str = ""


MEASURED = frozenset(
    "road lighting electricity water_supply drainage water_source telecom public_building waste "
    "pollution disaster farming nature".split()
)
"""Categories where the number of households troubled tells one matter from another."""


def receipt(facts: Receipt, now: datetime) -> Answer:
    """The receipt with at most one question.

    That is the village, else words, else whose village, else the same issue, else the place, else how many.
    """
    danger = (Reply(text=t.DANGER),) if facts.danger else ()
    step, question, buttons, ask_location = _question(facts, now)
    lines = [*_opening(facts), *_facts(facts), *question]
    buttons = buttons + _category_button(facts, step)
    main = Reply(
        text="\n".join(lines),
        buttons=buttons,
        ask_location=ask_location,
        about=facts.report.tracking_code,
        card=not facts.added,
    )
    issue_code = facts.ask.issue.code if step is Step.ASK_SAME and facts.ask else ""
    named = facts.elsewhere[0].code if step is Step.ASK_WHOSE else ""
    return Answer(replies=(*danger, main), step=step, issue_code=issue_code, village_code=named)


def _opening(facts: Receipt) -> list[str]:
    if facts.added:
        return [t.ADDED.format(code=facts.report.tracking_code)]
    if facts.report.state is ReportState.AWAITING_WORDS or facts.several:
        return []
    return [t.RECEIVED_FOR_OTHER if facts.for_other else t.RECEIVED]


def _facts(facts: Receipt) -> list[str]:
    report = facts.report
    lines = [] if facts.added else [t.CODE.format(code=report.tracking_code)]
    if report.confidential:
        return [*lines, t.CONFIDENTIAL, *([t.CONFIDENTIAL_HARM] if _harmed(report) else [])]
    if report.text:
        lines.append(t.CATEGORY.format(category=t.category_name(report.category)))
    if report.place:
        lines.append(t.PLACE.format(place=report.place))
    elif report.position:
        lines.append(t.PLACE_BY_PHOTO if report.position_by_photo else t.PLACE_SHARED)
    if facts.joined and facts.joined.people > 1:
        line = facts.joined.issue.neutral_line
        lines.append(t.LINKED.format(people=facts.joined.people, line=line))
        lines += going(facts.joined.issue)
    return lines


def _harmed(report: Report) -> bool:
    """Whether a secret matter may be of somebody being hurt."""
    return report.category in HARMS or any(word in report.text for word in HARM_WORDS)


def going(issue: Issue) -> list[str]:
    """Where a matter stands, as a line for who tells it again, when something is being done about it."""
    state = issue.state
    return [t.ALREADY_GOING.format(state=t.of_state(state))] if state in GOING_STATES else []


def _ask_words(facts: Receipt) -> str:
    """«What is it about?», by what came without words."""
    if facts.voice:
        return t.ASK_WORDS_LISTENING if facts.hears else t.ASK_WORDS_VOICE
    only_spot = facts.report.position is not None and not facts.report.photos
    return t.ASK_WORDS_PLACE if only_spot else t.ASK_WORDS


_Question = tuple[Step, list[str], tuple[Button, ...], bool]


def _question(facts: Receipt, now: datetime) -> _Question:
    report = facts.report
    if facts.quiet:
        return Step.IDLE, [], (), False
    if facts.village is None:
        return _village_question(facts)
    if report.state is ReportState.AWAITING_WORDS:
        return Step.ASK_WORDS, [_ask_words(facts)], (), False
    if report.confidential:
        return Step.IDLE, [], _second_button(facts), False
    if facts.elsewhere:
        return Step.ASK_WHOSE, [t.ASK_WHOSE], _whose_buttons(facts), False
    if facts.ask:
        codes = f"{report.tracking_code}:{facts.ask.issue.code}"
        same = (
            Button(label=t.BUTTON_SAME, data=f"same:{codes}"),
            Button(label=t.BUTTON_DIFFERENT, data=f"diff:{codes}"),
        )
        return Step.ASK_SAME, [_known(facts.ask, facts.reasons, now)], same, False
    if facts.joined:
        data = f"diff:{report.tracking_code}:{facts.joined.issue.code}"
        different = Button(label=t.BUTTON_DIFFERENT, data=data)
        own = [] if facts.joined.people > 1 else [t.PUT_WITH.format(line=_line(facts.joined))]
        return Step.IDLE, own, (different, *_second_button(facts)), False
    if not report.place and not report.position and report.category not in PLACELESS:
        return Step.ASK_PLACE, [t.ASK_PLACE], _second_button(facts), True
    if not facts.measured and facts.calm and report.category in MEASURED:
        buttons = (*size_buttons(report.tracking_code), *_second_button(facts))
        return Step.ASK_SIZE, [t.ASK_SIZE], buttons, False
    return Step.IDLE, [], _second_button(facts), False


def _village_question(facts: Receipt) -> _Question:
    verb = f"at:{facts.report.tracking_code}:" if facts.outside else "v:"
    villages = tuple(Button(label=v.title, data=f"{verb}{v.code}") for v in facts.guesses)
    if facts.outside:
        return Step.ASK_VILLAGE, [t.ASK_WHOSE_OUTSIDE], villages, True
    outside = Button(label=t.BUTTON_OUTSIDE, data="out")
    return Step.ASK_VILLAGE, [t.ASK_VILLAGE], (*villages, outside), True


def _whose_buttons(facts: Receipt) -> tuple[Button, ...]:
    assert facts.village is not None
    code = facts.report.tracking_code
    return tuple(
        Button(label=v.title, data=f"at:{code}:{v.code}") for v in (facts.village, *facts.elsewhere)
    )


def _second_button(facts: Receipt) -> tuple[Button, ...]:
    """The report may be about the teller's second village: a press tells so."""
    if facts.second is None or facts.added or facts.second == facts.village:
        return ()
    data = f"at:{facts.report.tracking_code}:{facts.second.code}"
    return (Button(label=t.BUTTON_ABOUT.format(village=facts.second.name), data=data),)


def size_buttons(code: str) -> tuple[Button, ...]:
    """How many households, as choices; 0 is the whole village."""
    choices = ((1, t.SIZE_ONE), (3, t.SIZE_FEW), (12, t.SIZE_MANY), (0, t.SIZE_ALL))
    return tuple(Button(label=label, data=f"size:{code}:{n}") for n, label in choices)


def since_buttons(code: str) -> tuple[Button, ...]:
    """For how many days, as choices."""
    choices = ((0, t.SINCE_TODAY), (7, t.SINCE_WEEK), (30, t.SINCE_MONTH), (365, t.SINCE_YEAR))
    return tuple(Button(label=label, data=f"since:{code}:{days}") for days, label in choices)


def size_words(households: int) -> str:
    """A number of households as it is shown."""
    return t.SIZE_ONE if households == 1 else t.SIZE_COUNT.format(number=households)


def numbers(category: str, contacts: str) -> str:
    """Whom to call about a category's matters, danger and anything else; `contacts`: the district's own."""
    lines = (t.of_hotline(category), t.CALL_DANGER, t.CALL_ALWAYS, contacts)
    return "\n".join(line for line in lines if line)


_WAY_OUT = {
    Step.ASK_PLACE: ("BUTTON_UNSURE", "skip"),
    Step.ASK_NEW_PLACE: ("BUTTON_BACK", "back"),
    Step.ASK_SIZE: ("BUTTON_UNSURE", "skip"),
    Step.ASK_SINCE: ("BUTTON_UNSURE", "skip"),
    Step.ASK_WITHDRAW: ("BUTTON_KEEP", "back"),
    Step.ASK_MOVE: ("BUTTON_STAY", "back"),
    Step.ASK_HOUSE: ("BUTTON_NO_HOUSE", "skip"),
    Step.ASK_WORK_PHOTO: ("BUTTON_WORK_NO_PHOTO", "skip"),
}


def way_out(step: Step) -> Button:
    """The button that ends a question unanswered."""
    name, data = _WAY_OUT.get(step, ("BUTTON_BACK", "back"))
    return Button(label=getattr(t, name), data=data)


def _line(standing: IssueStanding) -> str:
    return standing.issue.neutral_line


def _known(standing: IssueStanding, reasons: tuple[str, ...], now: datetime) -> str:
    own = OWN in reasons and standing.people == 1
    reasons = tuple(r for r in reasons if r != OWN) if own else reasons
    said = t.KNOWN_OWN if own else t.KNOWN
    known = said.format(people=standing.people, line=_line(standing), age=age(standing, now))
    known = "\n".join((known, *going(standing.issue)))
    why = f"\n({' · '.join(reasons)})" if reasons else ""
    return t.ASK_SAME.format(known=known + why)


def age(standing: IssueStanding, now: datetime) -> str:
    """How long ago an issue was first told, in words."""
    days = (now - standing.issue.opened_at).days
    return "วันนี้" if days < 1 else "เมื่อวาน" if days == 1 else f"เมื่อ {days} วันก่อน"


def _category_button(facts: Receipt, step: Step) -> tuple[Button, ...]:
    report = facts.report
    if report.confidential or not report.text or step in (Step.ASK_VILLAGE, Step.ASK_WHOSE):
        return ()
    if facts.several:
        label = t.CODED.format(label=t.BUTTON_CATEGORY, code=report.tracking_code)
        return (Button(label=label, data=f"cats:{report.tracking_code}"),)
    likely = tuple(
        Button(label=t.of_category(code), data=f"cat:{report.tracking_code}:{code}")
        for code in facts.others[:2]
    )
    more = Button(label=t.BUTTON_CATEGORY, data=f"cats:{report.tracking_code}")
    return (*likely, more) if step is not Step.ASK_SAME else (more,)


def state_words(report: Report, standing: IssueStanding | None) -> str:
    """Where a report stands, for its reporter."""
    if report.state is ReportState.AWAITING_VILLAGE:
        return t.AWAITING_VILLAGE_TH
    if report.state is ReportState.AWAITING_WORDS:
        return t.AWAITING_WORDS_TH
    if report.state is ReportState.QUESTION:
        return t.QUESTION_TH
    if report.state is ReportState.ANSWERED:
        return t.ANSWERED_TH
    if report.state is ReportState.WITHDRAWN:
        return t.WITHDRAWN_TH
    if report.confidential or standing is None:
        return t.CONFIDENTIAL_TH if report.confidential else t.of_state(IssueState.NOTED)
    return t.of_state(standing.issue.state)


def taken_back(report: Report) -> str:
    """What stands in place of the words of a report whose messages were all unsent."""
    return t.WORDS_GONE if report.state is ReportState.WITHDRAWN else ""
