"""One person's data: all of it shown to them, or all that tells of them erased."""

import json
from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, delete, func, select, update

from planning.reports import Channel
from storage.album import Album
from storage.base import Repository, batches
from storage.held import HELD, Held, Sealed, Whose
from storage.tables_groups import helper_files
from storage.tables_matters import attachments, issues, link_events, reports, supporters
from storage.tables_messages import inbox, outbox
from storage.tables_own_data import account_joins, own_files
from storage.tables_people import identities

_UNSHOWN = frozenset({"retry_key", "dedupe_key", "actor_id", "helper_id"})
_OPEN = 500
"""Messages whose words are looked through at once."""


class OwnData(Repository):
    """Queries over everything that is kept about a person (`storage.held` says what that is)."""

    async def whose(self, person_id: int) -> Whose:
        """The person with the accounts joined to theirs."""
        j = account_joins.c
        mine = (j.kept_id == person_id) & j.left_at.is_(None)
        others = await self._rows(select(j.other_id).where(mine))
        known = await self._rows(select(identities).where(identities.c.person_id == person_id))
        accounts = [
            (row.channel, self._keys.open(row.user_sealed), self._keys.open(row.chat_sealed))
            for row in known
        ]
        return Whose(
            people=(person_id, *(row.other_id for row in others)),
            senders=self._hashes("sender", [(c, user) for c, user, _ in accounts]),
            lanes=self._hashes("lane", [(c, chat) for c, _, chat in accounts]),
            talks=self._hashes("conversation", [(c, user) for c, user, _ in accounts]),
        )

    def _hashes(self, kind: str, ids: Collection[tuple[str, str]]) -> tuple[str, ...]:
        return tuple(self._keys.hash(f"{kind}:{channel}:{name}") for channel, name in ids)

    async def show(self, who: Whose) -> dict[str, list[dict[str, Any]]]:
        """Every row about the person by table, sealed words opened, keyed hashes left out."""
        found: dict[str, list[dict[str, Any]]] = {}
        for held in HELD:
            if held.shown:
                rows = await self._rows(select(held.table).where(held.whose(who)))
                found.setdefault(held.table.name, []).extend(map(self._readable, rows))
        return {name: rows for name, rows in found.items() if rows}

    def _readable(self, row: Row[Any]) -> dict[str, Any]:
        shown: dict[str, Any] = {}
        for name, value in row._mapping.items():
            if name.endswith("_sealed"):
                shown[name.removesuffix("_sealed")] = _parsed(self._keys.open(value))
            elif not name.endswith("_key") and name not in _UNSHOWN:
                shown[name] = value.isoformat() if isinstance(value, date | datetime) else value
        return shown

    async def erase(self, who: Whose, inbox_ids: Collection[int] = ()) -> dict[str, int]:
        """Erase all that tells of the person; numbers of rows by table.

        `inbox_ids`: events in hand, which are emptied although they are not handled yet. Other events
        that still wait are not touched: they are the first of a new acquaintance. Again is no harm.
        """
        await self._free_files(who)
        await self._empty_places(who)
        done: dict[str, int] = {}
        for held in HELD:
            done[held.table.name] = done.get(held.table.name, 0) + await self._erase_one(held, who)
        emptied = self._left(next(h for h in HELD if h.table is inbox))
        for some in batches(sorted(inbox_ids)):
            await self._run(update(inbox).where(inbox.c.id.in_(some)).values(**emptied))
        return {name: number for name, number in done.items() if number}

    async def _erase_one(self, held: Held, who: Whose) -> int:
        if held.left is None:
            return (await self._run(delete(held.table).where(held.whose(who)))).rowcount
        if not held.left:
            return 0
        change = update(held.table).where(held.whose(who)).values(**self._left(held))
        return (await self._run(change)).rowcount

    def _left(self, held: Held) -> dict[str, Any]:
        return {
            name: self._keys.seal(value.text) if isinstance(value, Sealed) else value
            for name, value in (held.left or {}).items()
        }

    async def _free_files(self, who: Whose) -> None:
        """Note the files of the person's photos, voice and own data as needed no more."""
        mine = select(reports.c.id).where(reports.c.person_id.in_(who.people))
        a = attachments.c
        media = await self._rows(
            select(a.file_id, a.preview_id).where(a.report_id.in_(mine), a.state == "kept")
        )
        found = {name for row in media for name in row if name}
        for table, owner in ((own_files, "person_id"), (helper_files, "helper_id")):
            made = select(table.c.file_id).where(table.c[owner].in_(who.people))
            found |= {row.file_id for row in await self._rows(made)}
        await Album(self._connection, self._keys).discard(found)

    async def _empty_places(self, who: Whose) -> None:
        """A place that the person typed may be a name: matters that took it over lose it, too."""
        r = reports.c
        typed = select(r.issue_id, r.place).where(
            r.person_id.in_(who.people), r.place_by_person, r.place != "", r.issue_id.is_not(None)
        )
        for row in await self._rows(typed):
            same = (issues.c.id == row.issue_id) & (issues.c.place == row.place)
            await self._run(update(issues).where(same).values(place=""))

    # what others were told

    async def codes(self, people: Collection[int]) -> tuple[str, ...]:
        """Codes of everything these people told, and of the matters it stands or stood behind."""
        mine = reports.c.person_id.in_(people)
        told = await self._rows(select(reports.c.tracking_code).where(mine))
        stood = select(link_events.c.issue_id).join(reports).where(mine)
        matters = await self._rows(select(issues.c.code).where(issues.c.id.in_(stood)))
        return tuple(row[0] for row in (*told, *matters))

    async def empty_letters(self, codes: Collection[str], after: int) -> int | None:
        """Empty what was said to anybody about one of these codes, of the next letters after an id.

        The last id looked at; None when there were no more.
        """
        o = outbox.c
        query = select(o.id, o.payload_sealed).where(o.id > after, o.finished.is_not(None))
        rows = await self._rows(query.order_by(o.id).limit(_OPEN))
        told = [r.id for r in rows if _names(self._keys.open(r.payload_sealed), codes)]
        if told:
            gone = update(outbox).where(o.id.in_(told))
            await self._run(gone.values(payload_sealed=self._keys.seal("[]")))
        return rows[-1].id if rows else None

    async def empty_lines(self, codes: Collection[str], after: int) -> int | None:
        """Take the words out of what anybody wrote about one of these codes, of the next events.

        The last id looked at; None when there were no more.
        """
        i = inbox.c
        query = select(i.id, i.payload_sealed).where(i.id > after, i.handled_at.is_not(None))
        rows = await self._rows(query.order_by(i.id).limit(_OPEN))
        for row in rows:
            event = json.loads(self._keys.open(row.payload_sealed))
            if event.get("text") and _names(event["text"].upper(), codes):
                payload = self._keys.seal(json.dumps(event | {"text": ""}, ensure_ascii=False))
                await self._run(update(inbox).where(i.id == row.id).values(payload_sealed=payload))
        return rows[-1].id if rows else None

    async def unsent(self, people: Collection[int]) -> bool:
        """Whether a last message to these people is still to be sent."""
        o = outbox.c
        waits = select(o.id).where(o.person_id.in_(people), o.finished.is_(None)).limit(1)
        return await self._row(waits) is not None

    # files made of one's own data

    async def note_file(self, file_id: str, person_id: int, now: datetime) -> None:
        """Note a file that was made for a person, so that it can be removed in time."""
        row = {"file_id": file_id, "person_id": person_id, "made_at": now}
        await self._add_new(own_files, row)

    async def drop_files(self, made_before: datetime) -> int:
        """Take back files that are too old; how many."""
        old = delete(own_files).where(own_files.c.made_at < made_before)
        rows = (await self._connection.execute(old.returning(own_files.c.file_id))).all()
        await Album(self._connection, self._keys).discard({row.file_id for row in rows})
        return len(rows)

    async def counts(self, person_id: int) -> tuple[int, int, int]:
        """How many reports, matters supported, and photos and voice messages are a person's."""
        mine = select(reports.c.id).where(reports.c.person_id == person_id)
        media = attachments.c.report_id.in_(mine) & (attachments.c.state == "kept")
        queries = (
            select(func.count()).where(reports.c.person_id == person_id),
            select(func.count(supporters.c.issue_id.distinct())).where(
                supporters.c.person_id == person_id
            ),
            select(func.count()).where(media),
        )
        told, backed, sent = [int(await self._connection.scalar(q) or 0) for q in queries]
        return told, backed, sent

    async def accounts(self, person_id: int) -> tuple[tuple[Channel, datetime], ...]:
        """The channels that know the person, and since when."""
        i = identities.c
        query = select(i.channel, i.created_at).where(i.person_id == person_id).order_by(i.id)
        return tuple((Channel(row.channel), row.created_at) for row in await self._rows(query))


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _names(payload: str, codes: Collection[str]) -> bool:
    return any(code in payload for code in codes)
