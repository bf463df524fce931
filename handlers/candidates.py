"""Open issues of a village and its neighbours as the duplicate search takes them."""

import re

from handlers.places import AreaBook
from nlp.values import Candidate, Place, Telling
from planning.areas import Village
from planning.issues import Issue
from planning.reports import Report
from storage.database import Database

Looks = dict[int, tuple[int, ...]]
"""What the photos of reports look like (64 bits each), by the report's id."""


async def open_candidates(
    database: Database, areas: AreaBook, village: Village, near_m: float, own: Report | None
) -> tuple[list[Candidate], Looks]:
    """Open, public issues within `near_m` metres with some of their tellings; looks of all photos.

    The issue that the report `own` stands behind is left out; its photos' looks are among them.
    """
    async with database.read() as uow:
        rows = await uow.issues.tellings(areas.around(village, near_m))
        shown = [r.id for _, reports in rows for r in reports if r.photos]
        found = await uow.album.hashes([*shown, *([own.id] if own else [])])
    looks = {i: tuple(int(look, 16) for look in hashes) for i, hashes in found.items()}
    return [
        Candidate(key=issue.code, tellings=[telling_of(areas, issue, r, looks) for r in reports])
        for issue, reports in rows
        if not issue.confidential and reports and not (own and issue.id == own.issue_id)
    ], looks


def telling_of(areas: AreaBook, issue: Issue, report: Report, looks: Looks) -> Telling:
    """A report behind an issue as the duplicate search takes it."""
    return Telling(
        text=report.text,
        category=report.category,
        village=issue.village_code,
        sender=str(report.person_id),
        at=report.first_told_at,
        place=_place(areas.get(issue.village_code), report.place),
        lat=report.position.lat if report.position else None,
        lon=report.position.lon if report.position else None,
        photo=report.photos > 0,
        photo_hashes=looks.get(report.id, ()),
    )


def _place(village: Village | None, label: str) -> Place | None:
    """The place a report keeps only as a label, with the landmark or soi it names."""
    if not label:
        return None
    marks = [m.name for m in (village.landmarks if village else ()) if m.name in label]
    soi = re.search(r"ซอย\s*(\S+)", label)
    return Place(label=label, landmark=max(marks, key=len, default=""), soi=soi[1] if soi else "")
