"""What is done beside the turns: surveys of those who write down for others, and rounds every few minutes."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.channels.base import ChannelPort, FetchFailed, Gone
from bot.jobs import Bell
from handlers.survey_desk import SurveyDesk
from planning.reports import Channel

_MOST_TRIES = 20
_LONGEST_WAIT_S = 300.0
_LOOK_S = 3.0
_ROUND = timedelta(minutes=5)


class Waiting(Protocol):
    """A survey as far as fetching its file goes."""

    @property
    def id(self) -> int: ...  # noqa: D102
    @property
    def channel(self) -> Channel: ...  # noqa: D102
    @property
    def media_id(self) -> str: ...  # noqa: D102
    @property
    def attempts(self) -> int: ...  # noqa: D102


@dataclass(frozen=True, kw_only=True)
class HelpingParts:
    """What the work needs. `rounds`: what is done every few minutes, given the time."""

    desk: SurveyDesk
    channels: Mapping[Channel, ChannelPort]
    rounds: tuple[Callable[[datetime], Awaitable[object]], ...]
    now: Callable[[], datetime]


async def _tried(part: Awaitable[object]) -> BaseException | None:
    """What a part of the work failed with, to be raised when the others had their turn."""
    (result,) = await asyncio.gather(part, return_exceptions=True)
    return result if isinstance(result, BaseException) else None


class HelpingWork:
    """Fetches surveys, brings in what was confirmed, and makes the rounds."""

    def __init__(self, parts: HelpingParts, bell: Bell, stopping: asyncio.Event) -> None:
        self._parts, self._bell, self._stopping = parts, bell, stopping
        self._not_before: dict[int, datetime] = {}
        self._next_round: datetime | None = None

    async def run(self) -> None:
        """Work until stopping."""
        while not self._stopping.is_set():
            seen = self._bell.count
            if not await self.once():
                await self._bell.wait(seen, _LOOK_S)

    async def once(self) -> bool:
        """One look at all of it; whether anything was done.

        What fails holds up nothing else: it is raised when all the rest is done.
        """
        parts, now = self._parts, self._parts.now()
        due = [s for s in await parts.desk.waiting() if self._not_before.get(s.id, now) <= now]
        failed = [await _tried(self._fetch(survey)) for survey in due]
        new = 0

        async def bring_in() -> None:
            nonlocal new
            new = await parts.desk.bring_in(now)

        failed.append(await _tried(bring_in()))
        if self._next_round is None or now >= self._next_round:
            self._next_round = now + _ROUND
            failed += [await _tried(tend(now)) for tend in parts.rounds]
        for failure in filter(None, failed):
            raise failure
        return bool(due) or bool(new)

    async def _fetch(self, survey: Waiting) -> None:
        desk, now = self._parts.desk, self._parts.now()
        port = self._parts.channels.get(survey.channel)
        wait = timedelta(seconds=min(2.0**survey.attempts, _LONGEST_WAIT_S))
        self._not_before[survey.id] = now + wait
        try:
            if port is None or survey.attempts >= _MOST_TRIES:
                raise Gone
            found = await port.fetch(survey.media_id)
        except Gone:
            await desk.lost(survey, now)  # type: ignore[arg-type]
        except FetchFailed:
            await desk.later(survey)  # type: ignore[arg-type]
            return
        else:
            await desk.fetched(survey, found.data, now)  # type: ignore[arg-type]
        with suppress(KeyError):
            del self._not_before[survey.id]
