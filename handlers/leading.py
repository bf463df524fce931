"""From any code to the issue that it stands on."""

from planning.reports import Report
from storage.unit import UnitOfWork


async def lead(uow: UnitOfWork, code: str) -> tuple[int | None, Report | None]:
    """The issue that a code stands on, and the report when it is a report's."""
    base, _, item = code.partition("/")
    if base.startswith("IS-"):
        issue = await uow.issues.by_code(base)
        return (issue.id if issue else None), None
    if base.startswith("PJ-"):
        found = await uow.projects.by_code(base)
        return (found.issue_id if found else None), None
    if base.startswith("RS-"):
        resolution = await uow.forums.resolution_by_code(base)
        return (resolution.issue_id if resolution else None), None
    if base.startswith("AG-"):
        version = await uow.forums.version_by_code(base)
        items = version.content.items if version else ()
        if not item or not 1 <= int(item) <= len(items):
            return None, None
        issue = await uow.issues.by_code(items[int(item) - 1].issue_code)
        return (issue.id if issue else None), None
    report = await uow.reports.by_code(base)
    return (report.issue_id if report else None), report
