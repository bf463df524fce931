"""However people join, by poster, by name or by where they stand, the same reports come of their words."""

import json
import os
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from handlers.messages import MessageKind
from planning.areas import Village, read_villages
from planning.reports import Channel, Report
from tests.handlers.stage import Stage, button, open_stage, texts
from tests.shared import shared_file

EVERY = os.environ.get("PRACHAKHOM_EVERY_VILLAGE") == "1"
"""Replay all ten villages of the chat (some minutes); else one."""
ONE = "99010103"
Joining = Callable[[Stage, str, Village], Awaitable[None]]
Matter = tuple[str, str, str, str, bool]
"""Words, village, category, kind, confidential."""


async def by_poster(stage: Stage, who: str, village: Village) -> None:
    await stage.say(who, f"ลงทะเบียน {village.code}")


async def by_name(stage: Stage, who: str, village: Village) -> None:
    said = await stage.say(who, f"อยู่ {village.name} หมู่ {village.moo} ต.{village.tambon} ค่ะ")
    await _press_if_asked(stage, who, village, said)


async def by_place(stage: Stage, who: str, village: Village) -> None:
    assert village.lat is not None and village.lon is not None
    said = await stage.say(who, kind=MessageKind.LOCATION, spot=(village.lat, village.lon))
    await _press_if_asked(stage, who, village, said)


async def _press_if_asked(stage: Stage, who: str, village: Village, said: Sequence[Any]) -> None:
    if village.title in texts(list(said)) and "ลงชื่อไว้" not in texts(list(said)):
        await stage.say(who, kind=MessageKind.BUTTON, button=button(list(said), village.title))


def homes() -> dict[str, Village]:
    """The chat's villages by code."""
    rows = shared_file("data/village_chat/villages.csv").read_text(encoding="utf-8").splitlines()
    return {village.code: village for village in read_villages(rows)}


def told() -> list[dict[str, Any]]:
    """The messages that have words, in order of time."""
    path = shared_file("data/village_chat/messages.jsonl")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    mine = [r for r in rows if EVERY or r["village_code"] == ONE]
    heard = [r for r in mine if r["channel"] != "walk_in" and not r["text"].startswith("[")]
    return sorted(heard, key=lambda r: datetime.fromisoformat(r["sent_at"]))


async def play(folder: Path, join: Joining) -> tuple[list[Matter], list[frozenset[str]]]:
    """What is kept of the village's words, and which words stand together behind one issue."""
    async with open_stage(fresh(folder), Channel.LINE) as stage:
        async with stage.database.write() as uow:
            await uow.areas.put_villages(tuple(homes().values()))
        stage.now = datetime.fromisoformat(told()[0]["sent_at"]) - timedelta(days=2)
        for who, home in {r["sender"]: r["village_code"] for r in told()}.items():
            await join(stage, who, homes()[home])
        for row in told():
            stage.now = datetime.fromisoformat(row["sent_at"])
            await stage.receive(stage.message(row["sender"], row["text"]))
        async with stage.database.read() as uow:
            reports = await uow.reports.in_area("", with_confidential=True)
    return sorted(map(_matter, reports)), _together(reports)


def fresh(folder: Path) -> Path:
    """The folder, made."""
    folder.mkdir()
    return folder


def _matter(report: Report) -> Matter:
    return (
        report.text, report.village_code or "", report.category, report.kind.value, report.confidential,
    )  # fmt: skip


def _together(reports: Sequence[Report]) -> list[frozenset[str]]:
    behind: dict[int, set[str]] = {}
    for report in reports:
        if report.issue_id:
            behind.setdefault(report.issue_id, set()).add(report.text)
    return sorted((frozenset(texts) for texts in behind.values()), key=sorted)


@pytest.mark.usefixtures("untraced")
async def test_every_way_of_joining_gives_the_same_reports(tmp_path: Path) -> None:
    matters, together = await play(tmp_path / "poster", by_poster)
    assert len(matters) > 50
    assert EVERY or {village for _, village, *_ in matters} == {ONE}
    for join in (by_name, by_place):
        assert await play(tmp_path / join.__name__, join) == (matters, together)
