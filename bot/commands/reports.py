"""`prachakhom reports`: every telling, with what became of it."""

from typing import Any

import typer

from bot.commands.common import Area, Json, VillageCode, area_of, complain, opened, print_json, run


def reports(village: VillageCode = "", area: Area = "", json: Json = False) -> None:
    """List every report: codes, channel, platform events, state, category, flags and masked text."""
    where = area_of(village, area)
    found = run(lambda: _reports(where))
    if json:
        print_json(found)
        return
    for report in found:
        issue = report["issue_code"] or report["state"]
        flags = "".join(f" [{f}]" for f in ("emergency", "confidential") if report[f])
        words = " ".join(report["text"].split())
        head = f"{report['tracking_code']}  {issue}  {report['village_code'] or '-'}"
        typer.echo(f"{head}  {report['channel']}  {report['category']}{flags}  {words}")
    complain(f"{len(found)} reports")


async def _reports(area: str) -> list[dict[str, Any]]:
    from handlers.listing import reports as listed

    async with opened() as base:
        return await listed(base.database, area)
