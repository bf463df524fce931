"""The log of what is said at a forum, who checked in there, and ballots until they are counted."""

import json
import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, select

from planning.codes import code_of
from planning.forum_lines import ForumLine, Said
from planning.forums import ForumState
from storage.base import Repository
from storage.tables_plans import forums
from storage.tables_running import forum_ballots, forum_comers, forum_lines


class Running(Repository):
    """Queries on forums' logs. Lines are added, never changed; what was said lies sealed.

    Check-ins and ballots stand in tables of their own, so that whose they are can be wiped.
    """

    async def add(self, line: ForumLine) -> bool:
        """Keep a line (id 0); False when its key was kept before."""
        row = {
            **_common(line),
            "said": line.said,
            "item_number": line.item_number,
            "actor_id": line.actor_id,
            "content_sealed": self._keys.seal(json.dumps(dict(line.content), ensure_ascii=False)),
        }
        return await self._add_new(forum_lines, row)

    async def check_in(self, line: ForumLine, house: str | None = None) -> bool:
        """Keep that the actor of a CHECK_IN line came, and from which house of their village.

        `house` is only kept hashed; None leaves what was said before. False when the line was kept.
        """
        assert line.actor_id is not None
        earlier = await self._came(line.forum_id, line.actor_id)
        kept = earlier.household_key if earlier else ""
        row = {
            **_common(line),
            "comer": earlier.comer if earlier else secrets.token_hex(8),
            "person_id": line.actor_id,
            "household_key": kept if house is None else self._house_key(line.forum_id, house),
        }
        return await self._add_new(forum_comers, row)

    def _house_key(self, forum_id: int, house: str) -> str:
        return self._keys.hash(f"house at forum {forum_id}:{house}") if house else ""

    async def comer(self, forum_id: int, person_id: int) -> tuple[str, bool] | None:
        """By what made-up name somebody checked in, and whether they said their house; None: not yet."""
        row = await self._came(forum_id, person_id)
        return (row.comer, bool(row.household_key)) if row else None

    async def _came(self, forum_id: int, person_id: int) -> Row[Any] | None:
        c = forum_comers.c
        mine = select(forum_comers).where(c.forum_id == forum_id, c.person_id == person_id)
        return await self._row(mine.order_by(c.said_at.desc(), c.key.desc()).limit(1))

    async def comers(self, forum_id: int) -> tuple[int, ...]:
        """Everybody who checked in."""
        c = forum_comers.c
        query = select(c.person_id).where(c.forum_id == forum_id, c.person_id.is_not(None))
        return tuple(
            row.person_id for row in await self._rows(query.distinct().order_by(c.person_id))
        )

    async def vote(self, line: ForumLine, comer: str, choice: str) -> bool:
        """Keep a ballot of somebody who checked in; False when the line was kept."""
        row = {
            **_common(line),
            "item_number": line.item_number,
            "comer": comer,
            "choice": choice,
        }
        return await self._add_new(forum_ballots, row)

    async def lines(self, forum_id: int) -> tuple[ForumLine, ...]:
        """All lines of a forum with its check-ins and ballots, whose persons they do not name."""
        said = [self._line(row) for row in await self._of(forum_lines.c.forum_id == forum_id)]
        comers = await self._rows(select(forum_comers).where(forum_comers.c.forum_id == forum_id))
        ballots = await self._rows(
            select(forum_ballots).where(forum_ballots.c.forum_id == forum_id)
        )
        houses = {
            row.comer: row.household_key
            for row in sorted(comers, key=lambda r: (r.said_at, r.key))
            if row.household_key
        }
        came = [
            _told(row, Said.CHECK_IN, {"comer": row.comer, "household": row.household_key})
            for row in comers
        ]
        voted = [
            _told(
                row,
                Said.BALLOT,
                {
                    "comer": row.comer,
                    "household": houses.get(row.comer, ""),
                    "choice": row.choice,
                },
                row.item_number,
            )
            for row in ballots
        ]
        return (*said, *came, *voted)

    async def _of(self, wanted: ColumnElement[bool]) -> Iterable[Row[Any]]:
        return await self._rows(select(forum_lines).where(wanted).order_by(forum_lines.c.id))

    def _line(self, row: Row[Any]) -> ForumLine:
        return ForumLine(
            id=row.id,
            forum_id=row.forum_id,
            key=row.key,
            said=Said(row.said),
            said_at=row.said_at,
            heard_at=row.heard_at,
            item_number=row.item_number,
            actor_id=row.actor_id,
            content=json.loads(self._keys.open(row.content_sealed)),
        )

    def code(self, forum_code: str) -> str:
        """The six signs by which people check in at a forum; nobody can make them from its own code."""
        return code_of(int(self._keys.hash(f"check in:{forum_code}"), 16))

    async def held_under(self, code: str) -> int | None:
        """The forum that is being held, or is just over, under a check-in code."""
        f = forums.c
        held = f.state.in_((ForumState.DECIDING, ForumState.ENDED))
        rows = await self._rows(select(f.id, f.code).where(held).order_by(f.id.desc()))
        return next((row.id for row in rows if self.code(row.code) == code), None)

    async def attended(self, person_id: int) -> int | None:
        """The forum that somebody checked in at last, of those whose minutes are not closed."""
        c = forum_comers.c
        mine = select(c.forum_id).where(c.person_id == person_id)
        row = await self._row(mine.order_by(c.said_at.desc(), c.key.desc()).limit(1))
        return int(row.forum_id) if row else None

    async def wipe(self, forum_id: int) -> None:
        """Forget who checked in and how they voted; the caller keeps the counts."""
        for table in (forum_ballots, forum_comers):
            await self._run(delete(table).where(table.c.forum_id == forum_id))


def _common(line: ForumLine) -> dict[str, int | str | datetime]:
    return {
        "forum_id": line.forum_id,
        "key": line.key,
        "said_at": line.said_at,
        "heard_at": line.heard_at,
    }


def _told(
    row: Row[Any], said: Said, content: dict[str, str], item_number: int | None = None
) -> ForumLine:
    return ForumLine(
        id=row.id,
        forum_id=row.forum_id,
        key=f"{said}:{row.key}",
        said=said,
        said_at=row.said_at,
        heard_at=row.heard_at,
        item_number=item_number,
        content=content,
    )
