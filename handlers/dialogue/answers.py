"""What the bot answers, once a report is kept and its facts are known. Pure."""

from dataclasses import dataclass
from datetime import datetime

from handlers.dialogue import texts as t
from handlers.dialogue.state import Step
from handlers.messages import Button, Reply
from planning.areas import Village
from planning.issues import IssueStanding, IssueState
from planning.reports import Report, ReportState
from planning.taxonomy import categories

PLACELESS = frozenset(
    "livelihood farming debt welfare health education drugs official_conduct dispute "
    "service other land telecom".split()
)
"""Categories where «where exactly?» is no help to anyone."""


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """What a reporter is told about a report just kept or added to.

    `ask`: the known issue to ask about; `reasons`: why it may be the same. `joined`: the issue it
    was joined to without asking. `others`: other likely category codes.
    """

    report: Report
    village: Village | None
    added: bool = False
    danger: bool = False
    guesses: tuple[Village, ...] = ()
    for_other: bool = False
    voice: bool = False
    ask: IssueStanding | None = None
    reasons: tuple[str, ...] = ()
    joined: IssueStanding | None = None
    others: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Answer:
    """Replies, and what the bot now waits for."""

    replies: tuple[Reply, ...]
    step: Step = Step.IDLE
    issue_code: str = ""


def receipt(facts: Receipt, now: datetime) -> Answer:
    """The receipt with at most one question: village, then words, then same issue, then place."""
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
    return Answer(replies=(*danger, main), step=step, issue_code=issue_code)


def _opening(facts: Receipt) -> list[str]:
    if facts.added:
        return [t.ADDED.format(code=facts.report.tracking_code)]
    if facts.report.state is ReportState.AWAITING_WORDS:
        return []
    return [t.RECEIVED_FOR_OTHER if facts.for_other else t.RECEIVED]


def _facts(facts: Receipt) -> list[str]:
    report = facts.report
    lines = [] if facts.added else [t.CODE.format(code=report.tracking_code)]
    if report.confidential:
        return [*lines, t.CONFIDENTIAL]
    if report.text:
        lines.append(t.CATEGORY.format(category=categories()[report.category].name_th))
    if report.place:
        lines.append(t.PLACE.format(place=report.place))
    elif report.position:
        lines.append(t.PLACE_SHARED)
    if facts.joined and facts.joined.people > 1:
        line = facts.joined.issue.neutral_line
        lines.append(t.LINKED.format(people=facts.joined.people, line=line))
    return lines


_Question = tuple[Step, list[str], tuple[Button, ...], bool]


def _question(facts: Receipt, now: datetime) -> _Question:
    report = facts.report
    if facts.village is None:
        villages = tuple(Button(label=v.title, data=f"v:{v.code}") for v in facts.guesses)
        return Step.ASK_VILLAGE, [t.ASK_VILLAGE], villages, True
    if report.state is ReportState.AWAITING_WORDS:
        return Step.ASK_WORDS, [t.ASK_WORDS_VOICE if facts.voice else t.ASK_WORDS], (), False
    if report.confidential:
        return Step.IDLE, [], (), False
    if facts.ask:
        codes = f"{report.tracking_code}:{facts.ask.issue.code}"
        buttons = (
            Button(label=t.BUTTON_SAME, data=f"same:{codes}"),
            Button(label=t.BUTTON_DIFFERENT, data=f"diff:{codes}"),
        )
        return Step.ASK_SAME, [_known(facts.ask, facts.reasons, now)], buttons, False
    if facts.joined:
        data = f"diff:{report.tracking_code}:{facts.joined.issue.code}"
        return Step.IDLE, [], (Button(label=t.BUTTON_DIFFERENT, data=data),), False
    if not report.place and not report.position and report.category not in PLACELESS:
        return Step.ASK_PLACE, [t.ASK_PLACE], (), True
    return Step.IDLE, [], (), False


def _known(standing: IssueStanding, reasons: tuple[str, ...], now: datetime) -> str:
    known = t.KNOWN.format(
        people=standing.people, line=standing.issue.neutral_line, age=age(standing, now)
    )
    why = f"\n({' · '.join(reasons)})" if reasons else ""
    return t.ASK_SAME.format(known=known + why)


def age(standing: IssueStanding, now: datetime) -> str:
    """How long ago an issue was first told, in words."""
    days = (now - standing.issue.opened_at).days
    return "วันนี้" if days < 1 else "เมื่อวาน" if days == 1 else f"เมื่อ {days} วันก่อน"


def _category_button(facts: Receipt, step: Step) -> tuple[Button, ...]:
    report = facts.report
    if report.confidential or not report.text or step is Step.ASK_VILLAGE:
        return ()
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
    if report.state is ReportState.WITHDRAWN:
        return t.WITHDRAWN_TH
    if report.confidential or standing is None:
        return t.CONFIDENTIAL_TH if report.confidential else t.of_state(IssueState.NOTED)
    return t.of_state(standing.issue.state)
