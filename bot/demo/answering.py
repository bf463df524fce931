"""The demo's people answer «เรื่องเดียวกันไหมคะ» truthfully, as the message file knows it."""

import asyncio
import json
from dataclasses import dataclass

from bot.demo.stage import Stage, data_lines
from bot.message_file import Line, happenings
from handlers import listing

_AT_ONCE = 4


@dataclass(frozen=True, kw_only=True)
class Question:
    """One open question: who was asked, on which platform, about which report and issue."""

    channel: str
    user_id: str
    report_code: str
    issue_code: str


def questions(scene: Stage) -> list[Question]:
    """Every question «same as this one?» that was asked, in order."""
    platforms = scene.platforms
    found = []
    for channel, answers in (
        ("line", platforms.line.answers.all()),
        ("telegram", platforms.telegram.answers.all()),
    ):
        for answer in answers:
            for _, data in answer.buttons:
                verb, *codes = data.split(":")
                if verb == "same":
                    report, issue = codes
                    found.append(
                        Question(
                            channel=channel,
                            user_id=answer.chat_id,
                            report_code=report,
                            issue_code=issue,
                        )
                    )
    return found


async def answer_truthfully(scene: Stage, lines: tuple[Line, ...]) -> tuple[int, int]:
    """Press a button for every open question; numbers of «same» and «different»."""
    truth = await _truth(scene, lines)
    asked = questions(scene)
    gate = asyncio.Semaphore(_AT_ONCE)
    same = 0

    async def press(question: Question) -> None:
        nonlocal same
        async with gate:
            opener = await _opener(scene, question.issue_code)
            agree = bool(truth.get(question.report_code, set()) & truth.get(opener, set()))
            same += agree
            data = f"{'same' if agree else 'diff'}:{question.report_code}:{question.issue_code}"
            await scene.press(question.channel, question.user_id, data)

    await asyncio.gather(*(press(q) for q in asked))
    await scene.idle()
    return same, len(asked) - same


async def _truth(scene: Stage, lines: tuple[Line, ...]) -> dict[str, set[str]]:
    """What each report is about, by tracking code."""
    matters = {
        r["message_id"]: r["issue_ids"] for r in map(json.loads, data_lines("messages.jsonl"))
    }
    of_event = {}
    for line in lines:
        for event in happenings(line):
            name = event.id if event.channel == "line" else str(event.number)
            of_event[event.channel, name] = matters[line.id]
    truth: dict[str, set[str]] = {}
    for report in await listing.reports(scene.app.ground.database):
        events = [(e["channel"], e["event_id"]) for e in report["events"]]
        truth[report["tracking_code"]] = {m for e in events for m in of_event.get(e, ())}
    return truth


async def _opener(scene: Stage, issue_code: str) -> str:
    """Tracking code of the report that opened an issue."""
    async with scene.app.ground.database.read() as uow:
        issue = await uow.issues.by_code(issue_code)
        events = await uow.issues.link_events(issue_id=issue.id) if issue else ()
        return (await uow.reports.by_id(events[0].report_id)).tracking_code if events else ""
