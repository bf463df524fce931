"""What the command line and programs read: finished values, plain enough for JSON."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from handlers.dialogue import texts as t
from handlers.leading import lead
from handlers.looking import read_look, with_words
from handlers.outlooks import outlook, scope_over
from handlers.places import AreaBook
from handlers.summary import NEW
from handlers.summary_text import page_text, summary_text
from planning.areas import Village
from planning.codes import tidy_code
from planning.errors import NotFound
from planning.forums import OUTCOME_TH, WAY_TH, AgendaVersion, Resolution
from planning.outlook import Outlook, OutlookItem, Waiting
from planning.projects import Project, ProjectLine, readiness
from planning.ranking import score
from planning.reports import Report
from planning.taxonomy import categories
from storage.database import Database
from storage.unit import UnitOfWork

Json = dict[str, Any]


async def reports(
    database: Database, area: str = "", *, with_confidential: bool = True
) -> list[Json]:
    """Each report of an area: codes, platform event ids, state, category, flags, masked text.

    Oldest first. The words of confidential reports are left out (ids and flags stay).
    """
    async with database.read() as uow:
        found = await uow.reports.in_area(area, with_confidential=with_confidential)
        events = await uow.reports.events([r.id for r in found])
        codes = await _issue_codes(uow, found)
    return [_report(r, codes.get(r.issue_id or 0, ""), events.get(r.id, ())) for r in found]


async def _issue_codes(uow: UnitOfWork, found: tuple[Report, ...]) -> dict[int, str]:
    ids = {r.issue_id for r in found if r.issue_id}
    return {i: (await uow.issues.by_id(i)).code for i in sorted(ids)}


def _report(report: Report, issue_code: str, events: tuple[tuple[Any, str], ...]) -> Json:
    return {
        "tracking_code": report.tracking_code,
        "channel": report.channel.value,
        "events": [{"channel": c.value, "event_id": e} for c, e in events],
        "village_code": report.village_code,
        "told_at": report.first_told_at.isoformat(),
        "state": report.state.value,
        "category": report.category,
        "category_score": round(report.category_score, 3),
        "kind": report.kind.value,
        "confidential": report.confidential,
        "emergency": report.emergency,
        "place": "" if report.confidential else report.place,
        "photos": report.photos,
        "issue_code": issue_code,
        "text": "" if report.confidential else report.masked_text,
    }


@dataclass(frozen=True, kw_only=True)
class AreaSummary:
    """Open public issues of an area: `text` as chat shows it, `data` for programs, and the value itself."""

    text: str
    data: Json
    seen: Outlook


async def summary(database: Database, area: str, now: datetime, words: str = "") -> AreaSummary:
    """The open issues of a village, tambon or district by code, as a first look shows them.

    `words`: only those that they name, as after «สรุป».
    """
    areas = AreaBook(database)
    await areas.refresh(now)
    scope = scope_over(areas, area)
    if scope is None:
        raise NotFound(f"ไม่มีหมู่บ้านรหัส {area} ในระบบ")
    async with database.read() as uow:
        seen = await outlook(uow, scope, now - NEW, now)
    only, rest = read_look(words)
    only = with_words(only, rest) if rest else only
    found = tuple(item for item in seen.items if only.holds(item, now))
    by_code = {v.code: v for v in seen.villages}
    data = {
        "area": area,
        "villages": [{"code": v.code, "name": v.title} for v in seen.villages],
        "issues": [_issue(i, by_code[i.standing.issue.village_code], now) for i in found],
        "waiting": _waiting(seen.waiting),
    }
    whole = page_text(seen, only, found, 0, len(found)) if only.narrows else summary_text(seen)
    return AreaSummary(text=whole, data=data, seen=seen)


def _waiting(waiting: Waiting) -> Json:
    return {
        "questions": waiting.questions,
        "disputed": waiting.disputed,
        "unsure": waiting.unsure,
        "forums": [
            {
                "village_code": due.village_code,
                "need": due.need.value,
                "on": due.on.isoformat() if due.on else None,
            }
            for due in waiting.forums
        ],
    }


def _issue(item: OutlookItem, village: Village, now: datetime) -> Json:
    standing, issue = item.standing, item.standing.issue
    parts = score(standing, village, now)
    return {
        "issue_code": issue.code,
        "village_code": issue.village_code,
        "category": issue.category,
        "pillar": categories()[issue.category].pillar.value,
        "kind": issue.kind.value,
        "line": issue.neutral_line,
        "place": issue.place,
        "state": issue.state.value,
        "people": standing.people,
        "reports": standing.reports,
        "supporters": standing.supporters,
        "households": standing.households,
        "days": item.days(now),
        "fresh": item.moved.fresh,
        "new_voices": item.moved.voices,
        "opened_at": issue.opened_at.isoformat(),
        "last_told_at": issue.last_told_at.isoformat(),
        "emergency": issue.emergency,
        "score": {**asdict(parts), "total": parts.total},
    }


def agenda(version: AgendaVersion) -> Json:
    """A frozen agenda for programs."""
    content = asdict(version.content)
    for item, raw in zip(version.content.items, content["items"], strict=True):
        raw["score"]["total"] = item.score.total
    content["held_on"] = version.content.held_on.isoformat() if version.content.held_on else None
    return {
        "agenda_code": version.code,
        "version": version.version,
        "frozen_at": version.frozen_at.isoformat(),
        "sha256": version.sha256,
        **content,
    }


async def project_lines(database: Database, area: str = "") -> tuple[ProjectLine, ...]:
    """The bank's lines of an area, by village and age, with what the workbook prints beside each."""
    async with database.read() as uow:
        villages = {v.code: v for v in await uow.areas.villages(area)}
        return tuple(
            [
                await _project_line(uow, p, villages[p.village_code])
                for p in await uow.projects.in_area(area)
            ]
        )


async def _project_line(uow: UnitOfWork, project: Project, village: Village) -> ProjectLine:
    standing = await uow.issues.standing(project.issue_id)
    resolution = await uow.forums.resolution_by_code(project.resolution_code)
    return ProjectLine(
        project=project,
        issue_code=standing.issue.code,
        village_name=village.title,
        tambon=village.tambon,
        place=standing.issue.place,
        people=standing.people,
        reports=standing.reports,
        resolution=await _resolution_words(uow, resolution) if resolution else "",
        documents=await uow.projects.documents(project.id),
    )


async def _resolution_words(uow: UnitOfWork, resolution: Resolution) -> str:
    forum = await uow.forums.by_id(resolution.forum_id)
    votes = ""
    if resolution.votes_for is not None:
        votes = f" {resolution.votes_for}/{resolution.votes_against or 0}"
    return (
        f"ครั้งที่ {forum.number}/{forum.year_be} ข้อ {resolution.item_number} "
        f"{OUTCOME_TH[resolution.outcome]}{votes}"
    )


def project(line: ProjectLine) -> Json:
    """A line of the bank for programs."""
    p = line.project
    return {
        "project_code": p.code,
        "issue_code": line.issue_code,
        "resolution_code": p.resolution_code,
        "village_code": p.village_code,
        "village": line.village_name,
        "name": p.name,
        "category": p.category,
        "program": categories()[p.category].program,
        "state": p.state.value,
        "way": p.way.value,
        "target_year": p.target_year,
        "budget": str(p.budget) if p.budget is not None else None,
        "people": line.people,
        "reports": line.reports,
        "resolution": line.resolution,
        "readiness": readiness(line.documents),
        "documents": {d.kind.value: d.state.value for d in line.documents},
    }


async def trace(database: Database, code: str) -> Json:
    """The whole way of one matter, both ways, from any code that stands on it.

    Reports (without their words where confidential) with their platform events, the link log, the
    agenda items it stood in, resolutions, project, and every state it was in. An agenda's own code
    gives one trace an item.
    """
    tidy = tidy_code(code)
    if tidy is None:
        raise NotFound(f"«{code}» ไม่ใช่รหัสที่ถูกต้อง ลองดูตัวสะกดอีกที")
    async with database.read() as uow:
        if tidy.startswith("AG-") and "/" not in tidy:
            version = await uow.forums.version_by_code(tidy)
            if version is None:
                raise NotFound(f"ไม่พบรหัส {tidy}")
            codes = [item.issue_code for item in version.content.items]
            found = [await uow.issues.by_code(c) for c in codes]
            traces = [await _trace_issue(uow, i.id) for i in found if i]
            return {"code": tidy, "items": traces}
        issue_id, report = await lead(uow, tidy)
        if issue_id is None:
            if report is None:
                raise NotFound(f"ไม่พบรหัส {tidy}")
            events = await uow.reports.events([report.id])
            return {"code": tidy, "reports": [_report(report, "", events.get(report.id, ()))]}
        return {"code": tidy, **await _trace_issue(uow, issue_id)}


async def _trace_issue(uow: UnitOfWork, issue_id: int) -> Json:
    standing = await uow.issues.standing(issue_id)
    issue = standing.issue
    village = await uow.areas.village(issue.village_code)
    behind = await uow.reports.of_issue(issue_id)
    events = await uow.reports.events([r.id for r in behind])
    project_ = await uow.projects.by_issue(issue_id)
    return {
        "village": village.title if village else issue.village_code,
        "issue": {
            "issue_code": issue.code,
            "line": t.CONFIDENTIAL_TH if issue.confidential else issue.neutral_line,
            "category": issue.category,
            "state": issue.state.value,
            "people": standing.people,
            "reports": standing.reports,
            "confidential": issue.confidential,
        },
        "reports": [_report(r, issue.code, events.get(r.id, ())) for r in behind],
        "links": [
            {
                "at": e.at.isoformat(),
                "report_id": e.report_id,
                "action": e.action.value,
                "by": e.by.value,
                "score": e.score,
                "reason": e.reason,
            }
            for e in await uow.issues.link_events(issue_id=issue_id)
        ],
        "agenda_items": await _agenda_items(uow, issue.village_code, issue.code),
        "resolutions": [_resolution(r) for r in await uow.forums.resolutions_of_issue(issue_id)],
        "project": {
            "project_code": project_.code,
            "name": project_.name,
            "state": project_.state.value,
            "target_year": project_.target_year,
        }
        if project_
        else None,
        "states": [
            {"at": s.at.isoformat(), "state": s.state.value, "words": s.words}
            for s in await uow.issues.statuses(issue_id)
        ],
    }


async def _agenda_items(uow: UnitOfWork, village_code: str, issue_code: str) -> list[Json]:
    items = []
    for forum in await uow.forums.of_village(village_code):
        for version in await uow.forums.versions(forum.id):
            items += [
                {
                    "agenda_item": f"{version.code}/{item.number}",
                    "forum": f"{forum.number}/{forum.year_be}",
                    "version": version.version,
                    "people": item.people,
                    "score": item.score.total,
                }
                for item in version.content.items
                if item.issue_code == issue_code
            ]
    return items


def _resolution(resolution: Resolution) -> Json:
    return {
        "resolution_code": resolution.code,
        "agenda_item": f"{resolution.agenda_code}/{resolution.item_number}",
        "outcome": resolution.outcome.value,
        "votes_for": resolution.votes_for,
        "votes_against": resolution.votes_against,
        "way": WAY_TH[resolution.way] if resolution.way else None,
        "decided_at": resolution.decided_at.isoformat(),
    }
