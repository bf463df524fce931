"""The minutes of a forum as they would be closed now, with their documents: made before anything is written."""

import asyncio
import hashlib
import json
from dataclasses import asdict, dataclass, field
from datetime import datetime

from handlers.context import Scene
from handlers.dialogue import intents as i
from handlers.dialogue.hearing import Utterance
from handlers.dialogue.topics import minutes as m
from handlers.heads import runs_forum_of
from handlers.messages import FileRef
from handlers.ports import Reader, file_ref
from handlers.preparing import Thinking
from planning.codes import new_code
from planning.forum_record import ForumLine, ForumRecord, Said, record
from planning.forums import AgendaVersion, Forum, ForumState
from planning.issues import Issue
from planning.minutes import Minutes, minutes_hash, write_minutes
from planning.reports import keeps_confidential
from storage.unit import UnitOfWork

_HIDDEN = "(ไม่ระบุ)"
_MASKS = {"[ชื่อ]": "ผู้เข้าประชุม"} | dict.fromkeys(
    ("[เบอร์โทร]", "[เลขบัตร]", "[อีเมล]", "[ไอดีไลน์]", "[เลขบัญชี]", "[บ้านเลขที่]", "[ทะเบียนรถ]"), _HIDDEN
)
"""Masks of the language part in formal words."""


@dataclass(frozen=True, kw_only=True)
class MadeMinutes:
    """Minutes and the documents made of them. `seen` names the record that they were made from.

    `left_out`: words of the head's that may not stand in them, for the head alone.
    """

    minutes: Minutes
    files: tuple[FileRef, ...]
    seen: str
    left_out: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, kw_only=True)
class Held:
    """A forum that has begun, with all that its minutes are made from. `secret`: codes of issues."""

    forum: Forum
    version: AgendaVersion
    record: ForumRecord
    secret: frozenset[str]

    @property
    def seen(self) -> str:
        """Names the state of all this: the same for the same, 12 signs."""
        told = asdict(self.record), self.version.sha256, sorted(self.secret)
        day = self.forum.held_on, self.forum.held_at, self.forum.place
        text = json.dumps([told, day], ensure_ascii=False, sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()[:12]


async def held_forum(uow: UnitOfWork, village_code: str, *more: ForumLine) -> Held | None:
    """The forum of the village that has begun and is not closed; None without one.

    `more` are lines that are about to be said.
    """
    forum = await uow.forums.current(village_code)
    version = await uow.forums.latest_version(forum.id) if forum else None
    if forum is None or version is None or forum.state is ForumState.PREPARING:
        return None
    lines = (*await uow.running.lines(forum.id), *more)
    content = version.content
    codes = [item.issue_code for item in content.items]
    codes += [item.issue_code for item in content.carried_over]
    found = await uow.issues.by_codes(codes)
    return Held(
        forum=forum,
        version=version,
        record=record(forum.id, lines, content.items),
        secret=frozenset(issue.code for issue in found if _is_secret(issue)),
    )


def _is_secret(issue: Issue) -> bool:
    return keeps_confidential(issue.category, issue.kind, issue.confidential)


async def made_minutes(
    think: Thinking, scene: Scene, intent: i.Intent, utterance: Utterance, now: datetime
) -> MadeMinutes | None:
    """The minutes that an intent will need: a draft, or what is closed where the draft read still stands."""
    if not isinstance(intent, i.CloseForum | m.ShowMinutes | m.CloseMinutes):
        return None
    village = runs_forum_of(scene.village, scene.grants, think.areas)
    if village is None:
        return None
    ending = (_end(utterance, now),) if isinstance(intent, i.CloseForum) else ()
    async with think.database.read() as uow:
        held = await held_forum(uow, village.code, *ending)
    if held is None or held.record.ended_at is None:
        return None
    closes = isinstance(intent, m.CloseMinutes) and intent.seen == held.seen
    return await _made(think, held, now, new_code("minutes") if closes else "")


def _end(utterance: Utterance, now: datetime) -> ForumLine:
    at = utterance.last_at
    return ForumLine(id=0, forum_id=0, key="~", said=Said.END, said_at=at, heard_at=now)


async def _made(think: Thinking, held: Held, now: datetime, code: str) -> MadeMinutes:
    def work() -> tuple[Minutes, tuple[str, ...], tuple[FileRef, ...]]:
        words = Printable(think.reader)
        content = write_minutes(held.forum, held.version, held.record, held.secret, words.shown)
        minutes = Minutes(
            id=0, code=code, forum_id=held.forum.id, closed_at=now,
            sha256=minutes_hash(content), content=content,
        )  # fmt: skip
        files = [file_ref(think.files, made) for made in think.documents.minutes(minutes)]
        return minutes, tuple(words.left_out), tuple(files)

    minutes, left_out, files = await asyncio.to_thread(work)
    return MadeMinutes(minutes=minutes, files=files, seen=held.seen, left_out=left_out)


class Printable:
    """What was typed at a forum, without anybody's data; what tells of secrets is left out and noted."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.left_out: list[str] = []

    def shown(self, text: str) -> str | None:
        """The text as minutes may print it."""
        seen = self._reader.read(text)
        if seen.confidential.on:
            self.left_out.append(text)
            return None
        return _unmarked(seen.masked)


def _unmarked(masked: str) -> str:
    """Masks in formal words."""
    for mask, words in _MASKS.items():
        masked = masked.replace(mask, words)
    return masked
