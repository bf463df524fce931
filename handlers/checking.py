"""What an intent names, looked up before anything is written: the report quoted, typed or spoken of."""

import re
from dataclasses import replace
from datetime import datetime, timedelta

from handlers.context import Scene, written_down
from handlers.dialogue import intents as i
from handlers.dialogue.machine import Utterance
from handlers.dialogue.topics import telling as d
from handlers.dialogue.typed import data_of
from handlers.messages import MessageKind
from planning.codes import tidy_code
from planning.reports import Report, ReportState
from storage.database import Database
from storage.unit import UnitOfWork

_SHOWN_FOR = timedelta(hours=1)
"""How long typing a label presses the button shown."""
_ASKED_FOR = timedelta(days=7)
"""How long a question sent as news can be answered by typing its label."""
_DONE = re.compile(r"(เสร็จแล้ว|it is done)|ยังไม่เสร็จ(?:เลย)?|not yet", re.IGNORECASE)
_POLITE = re.compile(r"(?:ครับ|คับ|ค่ะ|คะ|จ้า|จ้ะ|นะ|[ๆ!. ])+$")


async def as_pressed(
    database: Database, scene: Scene, utterance: Utterance, now: datetime
) -> Utterance:
    """What was typed as the button it names: LINE on a computer shows no buttons.

    That is a label lately shown to the person, the code of a report of their own alone, or the answer to
    the one open question whether something is done.
    """
    message = utterance.messages[0]
    alone = len(utterance.messages) == 1 and message.kind is MessageKind.TEXT
    if not alone or message.group or message.edited or message.quoted or scene.person is None:
        return utterance
    talk = scene.conversation
    fresh = talk.shown_at is not None and now - talk.shown_at <= _SHOWN_FOR
    data = data_of(talk.shown, message.text) if fresh else ""
    if not data:
        async with database.read() as uow:
            data = await _own_code(uow, scene, message.text)
            data = data or await _done_answer(uow, scene.person.id, message.text, now)
    if not data:
        return utterance
    pressed = replace(message, kind=MessageKind.BUTTON, button=data, text="")
    return Utterance(messages=(pressed,))


async def _own_code(uow: UnitOfWork, scene: Scene, text: str) -> str:
    words = _POLITE.sub("", text.strip())
    code = tidy_code(words) if len(words) <= 8 else None
    report = await uow.reports.by_code(code) if code and "-" not in code else None
    return f"one:{code}" if report and _open_for(scene, report) else ""


async def _done_answer(uow: UnitOfWork, person_id: int, text: str, now: datetime) -> str:
    said = _DONE.fullmatch(_POLITE.sub("", text.strip()))
    if said is None:
        return ""
    asked = await uow.checks.open_of(person_id, now - _ASKED_FOR)
    if len(asked) != 1:
        return ""
    issue = await uow.issues.by_id(asked[0].issue_id)
    return f"{'fixed' if said[1] else 'notyet'}:{issue.code}:{asked[0].status_id}"


async def quoted_code(database: Database, scene: Scene, utterance: Utterance) -> str:
    """Code of the person's own report that the saying quotes; "" when it quotes none."""
    quoted = next((m for m in utterance.messages if m.quoted), None)
    if quoted is None or scene.person is None:
        return ""
    async with database.read() as uow:
        code = await uow.telling.quoted(quoted.channel, quoted.chat_id, quoted.quoted)
        report = await uow.reports.by_code(code) if code else None
    return code if report and _open_for(scene, report) else ""


def _open_for(scene: Scene, report: Report) -> bool:
    """Whether the person may add to a report: it is their own, or they just wrote it down, and stands."""
    own = scene.person is not None and report.person_id == scene.person.id
    spoken_of = report.tracking_code == scene.conversation.report_code
    written = spoken_of and written_down(report, scene.grants)
    return (own or written) and report.state is not ReportState.WITHDRAWN


async def checked(database: Database, scene: Scene, intent: i.Intent, quoted: str) -> i.Intent:
    """The intent with the report it names made sure of.

    Words for a report that is not there (any more), or is somebody else's, are a report of their own:
    nobody's words are lost, and nobody adds to another's.
    """
    if isinstance(intent, d.AskWithdraw) and not intent.report_code:
        return replace(intent, report_code=quoted)
    if not isinstance(intent, i.Add | d.AddTo):
        return intent
    async with database.read() as uow:
        if isinstance(intent, i.Add):
            return await _add(uow, scene, intent)
        return await _add_to(uow, scene, intent, quoted)


async def _add(uow: UnitOfWork, scene: Scene, intent: i.Add) -> i.Intent:
    report = await uow.reports.by_code(intent.report_code)
    return intent if report and _open_for(scene, report) else i.Tell(text=intent.text)


async def _add_to(uow: UnitOfWork, scene: Scene, intent: d.AddTo, quoted: str) -> i.Intent:
    code = intent.code or quoted or scene.conversation.report_code
    report = await uow.reports.by_code(code) if code else None
    if report is None or not _open_for(scene, report):
        return i.Tell(text=intent.text) if intent.text else replace(intent, code="")
    if not intent.text:
        return d.AskMore(report_code=code)
    return i.Add(report_code=code, text=intent.text)
