"""What is said of a survey's file, and the commands about it."""

import json
from collections import Counter
from typing import Any

from handlers.context import Turn
from handlers.dialogue import texts as t
from handlers.dialogue.hearing import Utterance
from handlers.dialogue.topics import helping as h
from handlers.messages import Button, IncomingMessage, MessageKind, Reply
from handlers.places import AreaBook
from handlers.walk_ins import helped_area
from planning.roles import ALLOWED, Action, RoleGrant
from planning.surveys import CheckedSurvey, SurveyRow, survey_row_from
from storage.group_values import Survey

_ENDINGS = (".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods")
_SHOWN = 12


def is_sheet(message: IncomingMessage) -> bool:
    """Whether a file is a table by its name."""
    named = message.file_name.lower().endswith(_ENDINGS)
    return message.kind is MessageKind.FILE and named and bool(message.media_id)


def sent_survey(utterance: Utterance, grants: tuple[RoleGrant, ...]) -> bool:
    """Whether a helper sent a table in private."""
    first = utterance.messages[0]
    helper = any(grant.role in ALLOWED[Action.REPORT_FOR_OTHERS] for grant in grants)
    return helper and not first.group and all(map(is_sheet, utterance.messages))


def rows_to_json(rows: tuple[SurveyRow, ...]) -> str:
    """Text that `rows_from_json` reads back to equal rows."""
    return json.dumps([vars(r) for r in rows], ensure_ascii=False, default=str)


def rows_from_json(text: str) -> tuple[SurveyRow, ...]:
    """The rows that `rows_to_json` wrote."""
    return tuple(map(survey_row_from, json.loads(text)))


def mistakes_text(checked: CheckedSurvey) -> str:
    """What is wrong, row by row, in plain words."""
    lines = [t.SURVEY_WRONG.format(rows=len(checked.rows), count=len(checked.mistakes))]
    for one in checked.mistakes[:_SHOWN]:
        phrase = t.SURVEY_WRONG_LINE if one.row else t.SURVEY_WRONG_ALL
        lines.append(phrase.format(row=one.row, column=one.column, why=one.why))
    if len(checked.mistakes) > _SHOWN:
        lines.append(t.SURVEY_WRONG_MORE.format(count=len(checked.mistakes) - _SHOWN))
    return "\n".join([*lines, t.SURVEY_WRONG_END])


def summary_reply(
    survey_id: int,
    rows: tuple[SurveyRow, ...],
    areas: AreaBook,
    known: int,
    unknown: tuple[str, ...],
) -> Reply:
    """What was read, with the two buttons."""
    count = Counter(row.village_code for row in rows)
    houses = Counter(code for code, _ in {(r.village_code, r.house) for r in rows})
    lines = []
    for code, number in sorted(count.items()):
        village = areas.get(code)
        title = village.title if village else code
        lines.append(t.SURVEY_VILLAGE.format(village=title, rows=number, houses=houses[code]))
    text = [t.SURVEY_READ.format(rows=len(rows), villages="\n".join(lines))]
    text += [t.SURVEY_KNOWN.format(count=known)] if known else []
    text += [t.SURVEY_UNKNOWN.format(columns=", ".join(unknown[:8]))] if unknown else []
    buttons = (
        Button(label=t.BUTTON_SURVEY_OK, data=f"survey:ok:{survey_id}"),
        Button(label=t.BUTTON_SURVEY_NO, data=f"survey:no:{survey_id}"),
    )
    return Reply(text="\n".join([*text, t.SURVEY_ASK]), buttons=buttons)


async def offer_survey(turn: Turn, intent: h.OfferSurvey) -> None:
    """Hand over the form."""
    turn.outcome = "survey_form"
    if turn.files:
        turn.replies.append(Reply(text=t.SURVEY_FORM, files=turn.files))
    else:
        turn.say(t.SURVEY_NO_AREA)


async def take_survey(turn: Turn, intent: h.TakeSurvey) -> None:
    """Note that a file came; it is fetched and checked beside the turn."""
    turn.outcome = "survey"
    for message in turn.utterance.media:
        await turn.uow.surveys.add(turn.person.id, message.channel, message.media_id, turn.now)
    turn.say(t.SURVEY_CAME, Button(label=t.BUTTON_SURVEY, data="survey"))


async def show_survey(turn: Turn, intent: h.ShowSurvey) -> None:
    """What came of the file sent last."""
    turn.outcome = "survey"
    survey = await turn.uow.surveys.latest_of(turn.person.id)
    if survey is None:
        turn.say(t.SURVEY_NONE, Button(label=t.BUTTON_FORM, data="form"))
        return
    if survey.state == "refused":
        turn.say(survey.content or t.SURVEY_CLOSED)
    elif survey.state == "checked":
        rows = rows_from_json(survey.content)
        known = len(rows) - survey.total
        turn.replies.append(summary_reply(survey.id, rows, turn.areas, known, ()))
    else:
        turn.say(_state_words(survey))


def _state_words(survey: Survey) -> str:
    words = {
        "waiting": t.SURVEY_WAITS,
        "gone": t.SURVEY_LOST,
        "confirmed": t.SURVEY_GOING_IN.format(count=survey.total),
        "done": t.SURVEY_DONE.format(count=survey.total),
    }
    return words.get(survey.state, t.SURVEY_CLOSED)


async def _own(turn: Turn, survey_id: int) -> Survey | None:
    """The asker's own checked survey of that number; says why not."""
    survey = await turn.uow.surveys.of_helper(survey_id, turn.person.id)
    turn.outcome = "stale"
    if survey is None or survey.state != "checked":
        turn.say(_state_words(survey) if survey else t.SURVEY_CLOSED)
        return None
    return survey


async def confirm_survey(turn: Turn, intent: h.ConfirmSurvey) -> None:
    """Let the rows be brought in."""
    survey = await _own(turn, intent.survey_id)
    if survey is None:
        return
    own = {v.code for v in helped_area(turn.areas, turn.grants)}
    rows = rows_from_json(survey.content)
    same = await turn.uow.surveys.same_file(survey, survey.file_key)
    if same or not {row.village_code for row in rows} <= own:
        await turn.uow.surveys.move(survey, "dropped", turn.now)
        turn.say(t.SURVEY_SAME_FILE if same else t.SURVEY_NO_AREA)
        return
    await turn.uow.surveys.move(survey, "confirmed", turn.now)
    await turn.audit("survey confirmed", f"survey:{survey.id}", str(len(rows)))
    turn.outcome = "survey_confirmed"
    turn.say(t.SURVEY_GOING_IN.format(count=survey.total))


async def drop_survey(turn: Turn, intent: h.DropSurvey) -> None:
    """Keep nothing of the file."""
    survey = await _own(turn, intent.survey_id)
    if survey is None:
        return
    await turn.uow.surveys.move(survey, "dropped", turn.now)
    turn.outcome = "survey_dropped"
    turn.say(t.SURVEY_DROPPED, Button(label=t.BUTTON_FORM, data="form"))


EXECUTE: dict[type, Any] = {
    h.OfferSurvey: offer_survey,
    h.TakeSurvey: take_survey,
    h.ShowSurvey: show_survey,
    h.ConfirmSurvey: confirm_survey,
    h.DropSurvey: drop_survey,
}
