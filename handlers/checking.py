"""What an intent names, looked up before anything is written: the report quoted, typed or spoken of."""

from dataclasses import replace

from handlers.context import Scene
from handlers.dialogue import intents as i
from handlers.dialogue.machine import Utterance
from handlers.dialogue.topics import telling as d
from planning.reports import Report, ReportState
from storage.database import Database
from storage.unit import UnitOfWork


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
    written = report.tracking_code == scene.conversation.report_code
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
