"""The regular digest: what moved in an area since the last one, for those who answer for it.

Its window opens where the last one that arrived closed, so that nothing is told twice or never; where
nothing moved, nothing is sent.
"""

import asyncio
from collections.abc import Awaitable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from handlers.context import notify
from handlers.dialogue import texts as t
from handlers.messages import Button, Reply
from handlers.outlooks import outlook, scope_over
from handlers.ports import FileRemover
from handlers.preparing import Thinking
from handlers.summary import NEW, drawn
from handlers.summary_text import issue_button, line_of, waiting_lines
from planning.areas import covers
from planning.digests import Digest, Rhythm, may_go, next_at
from planning.issues import Issue, IssueState
from planning.outlook import Outlook, OutlookItem
from planning.pushes import Rank
from planning.roles import ALLOWED, Action, Role, RoleGrant
from planning.thai import chat_date
from storage.database import Database
from storage.unit import UnitOfWork

_SETTLES = timedelta(minutes=3)
"""A window closes this long before now: what was begun then is written by then."""
_AT_ONCE = 200
_EACH = 4
_OWN_DOING = {IssueState.BEFORE_FORUM, IssueState.MERGED}
SUBSCRIBED = frozenset({Role.HEAD, Role.KAMNAN})
"""Roles to which it is sent unless they stop it; others ask for it."""


@dataclass(frozen=True, kw_only=True)
class News:
    """What a digest tells. `states`: matters that somebody else moved, with what they are now."""

    seen: Outlook
    states: tuple[Issue, ...] = ()
    questions: int = 0
    disputed: int = 0

    def __bool__(self) -> bool:
        """Whether there is anything to tell."""
        moved = self.seen.fresh + self.seen.grown + len(self.states)
        return bool(moved + self.questions + self.disputed)


def own_areas(grants: Iterable[RoleGrant], roles: Iterable[Role]) -> tuple[str, ...]:
    """The areas of these roles, without those that lie within another of them."""
    wanted = set(roles)
    held = {g.area for g in grants if g.role in wanted}
    return tuple(
        sorted(a for a in held if not any(covers(o, a) and o != a for o in held if len(o) < len(a)))
    )


class DigestDesk:
    """Sends what is due. Several processes may do so at the same time: each digest leaves once."""

    def __init__(self, think: Thinking) -> None:
        """`think` brings the database, the areas, and who draws and keeps pictures."""
        self._think = think

    async def send(self, now: datetime) -> int:
        """Send every digest whose hour has come; how many. What fails holds up no other."""
        await self._think.areas.refresh(now)
        await self._enrol(now)
        async with self._think.database.read() as uow:
            due = await uow.digests.due(now, _AT_ONCE)
        ready = [digest for digest in due if may_go(digest.next_at, now)]
        done = [await _tried(self._one(digest, now)) for digest in ready]
        for result in done:
            if isinstance(result, BaseException):
                raise result
        return sum(isinstance(result, int) and result for result in done)

    async def drop_pictures(self, files: FileRemover, made_before: datetime) -> int:
        """Remove pictures that are too old to be opened any more; how many."""
        return await drop_pictures(self._think.database, files, made_before)

    async def _enrol(self, now: datetime) -> None:
        """Heads and kamnans get a digest; it ends with the role."""
        async with self._think.database.read() as uow:
            grants = await uow.people.all_grants()
            known = await uow.digests.all()
        over = [d.id for d in known if not _sees(grants, d)]
        have = {(d.person_id, d.area) for d in known}
        new = []
        if self._think.settings.digest:
            people = sorted({g.person_id for g in grants if g.role in SUBSCRIBED})
            for person in people:
                mine = own_areas([g for g in grants if g.person_id == person], SUBSCRIBED)
                wanted = [area for area in mine if (person, area) not in have]
                new += [
                    new_digest(person, area, self._think.settings.digest, now) for area in wanted
                ]
        if not over and not new:
            return
        async with self._think.database.write() as uow:
            await uow.digests.remove(over)
            for digest in new:
                await uow.digests.add(digest)

    async def _one(self, digest: Digest, now: datetime) -> int:
        """Work out and send one digest; 1 when there was something to tell."""
        closes, due = now - _SETTLES, next_at(digest.rhythm, now)
        async with self._think.database.read() as uow:
            opens = await _opens(uow, digest)
            news = await _news(uow, self._think, digest, opens, now, closes)
            reached = bool(await uow.people.addresses(digest.person_id))
        if not reached:
            closes = digest.told_until
        if news is None or not news or not reached:
            async with self._think.database.write() as uow:
                await uow.digests.take(digest, closes, due)
            return 0
        files = await drawn(self._think, news.seen)
        async with self._think.database.write() as uow:
            if not await uow.digests.take(digest, closes, due):
                return 0
            key = f"digest:{digest.id}:{digest.next_at.isoformat()}"
            await uow.digests.note_window(digest.id, opens, closes, key)
            for file in files:
                await uow.digests.note_picture(file.file_id, now)
            person = await uow.people.by_id(digest.person_id)
            with t.speaking(t.spoken(person.language, self._think.settings.tone)):
                reply = replace(digest_reply(news), files=files)
            return await notify(
                uow, digest.person_id, set(), reply, key, now, rank=Rank.DIGEST, useful_until=due
            )


async def _tried(part: Awaitable[int]) -> int | BaseException:
    """What a part gave, or failed with, to be raised when the others had their turn."""
    (result,) = await asyncio.gather(part, return_exceptions=True)
    return result


async def drop_pictures(database: Database, files: FileRemover, made_before: datetime) -> int:
    """Remove pictures of summaries made before a moment; how many."""
    async with database.write() as uow:
        gone = await uow.digests.drop_pictures(made_before)
    for file_id in gone:
        await asyncio.to_thread(files.remove, file_id)
    return len(gone)


def new_digest(person_id: int, area: str, rhythm: Rhythm, now: datetime) -> Digest:
    """A digest not kept yet; its first window is a week long."""
    return Digest(
        id=0,
        person_id=person_id,
        area=area,
        rhythm=rhythm,
        stopped=False,
        told_until=now - NEW,
        next_at=next_at(rhythm, now),
    )


def _sees(grants: Iterable[RoleGrant], digest: Digest) -> bool:
    """Whether the person's roles still cover the digest's area."""
    seeing = ALLOWED[Action.SEE_SUMMARY]
    return any(
        g.person_id == digest.person_id
        and g.role in seeing
        and (g.area == digest.area or covers(g.area, digest.area))
        for g in grants
    )


async def _opens(uow: UnitOfWork, digest: Digest) -> datetime:
    """From when on there may be something to tell: after what arrived, and after the last own look."""
    since = await uow.digests.untold_since(digest)
    look = await uow.digests.looked(digest.person_id, digest.area)
    return max(since, look[0]) if look else since


async def _news(
    uow: UnitOfWork,
    think: Thinking,
    digest: Digest,
    opens: datetime,
    now: datetime,
    closes: datetime,
) -> News | None:
    scope = scope_over(think.areas, digest.area)
    if scope is None:
        return None
    person = digest.person_id
    seen = await outlook(uow, scope, opens, now, until=closes, besides=person)
    changed: dict[int, IssueState] = {}
    questions = disputed = 0
    for code in scope.codes:
        changed |= await uow.movements.changed(code, opens, closes, besides=person)
        questions += (await uow.movements.questions(code, opens))[1]
        found = await uow.movements.disputed(code)
        disputed += sum(opens < at <= closes for at in found.values())
    moved = [issue_id for issue_id, state in changed.items() if state not in _OWN_DOING]
    states = [await uow.issues.by_id(issue_id) for issue_id in sorted(moved)]
    return News(seen=seen, states=tuple(states), questions=questions, disputed=disputed)


def digest_reply(news: News) -> Reply:
    """A digest in words, with buttons to what it speaks of."""
    seen = news.seen
    counts = (
        (seen.fresh, t.SUMMARY_FRESH), (seen.grown, t.SUMMARY_GROWN),
        (len(news.states), t.DIGEST_CHANGED), (news.questions, t.DIGEST_QUESTIONS),
        (news.disputed, t.DIGEST_DISPUTED),
    )  # fmt: skip
    moved = " ".join(phrase.format(count=n) for n, phrase in counts if n)
    parts = [t.DIGEST_HEAD.format(area=seen.area, date=chat_date(seen.since), moved=moved)]
    fresh = [item for item in seen.items if item.moved.fresh]
    grown = [item for item in seen.items if item.moved.voices and not item.moved.fresh]
    told = fresh[:_EACH] + grown[:_EACH]
    parts += _listed(t.DIGEST_FRESH, fresh, 1, seen)
    parts += _listed(t.DIGEST_GROWN, grown, len(fresh[:_EACH]) + 1, seen)
    if news.states:
        lines = [
            t.DIGEST_STATE_LINE.format(line=i.neutral_line, state=t.of_state(i.state))
            for i in news.states[:_EACH]
        ]
        parts.append("\n".join([t.DIGEST_STATES, *lines]))
    waits = list(waiting_lines(seen.waiting, len(seen.villages) > 1, seen.now))
    if waits:
        parts.append("\n".join([t.SUMMARY_WAITING, *waits]))
    parts.append(t.DIGEST_OPEN.format(issues=len(seen.items), people=seen.people))
    buttons = [issue_button(n, item.standing.issue) for n, item in enumerate(told, start=1)]
    buttons += [
        Button(label=t.BUTTON_SUMMARY, data="summary"),
        Button(label=t.BUTTON_DIGEST_SET, data="digest:set"),
        Button(label=t.BUTTON_DIGEST_STOP, data="digest:stop"),
    ]
    return Reply(text="\n\n".join(parts), buttons=tuple(buttons))


def _listed(heading: str, items: list[OutlookItem], first: int, seen: Outlook) -> list[str]:
    if not items:
        return []
    lines = [line_of(n, item, seen.now) for n, item in enumerate(items[:_EACH], start=first)]
    more = [t.SUMMARY_MORE.format(count=len(items) - _EACH)] if len(items) > _EACH else []
    return ["\n".join([heading, *lines, *more])]
