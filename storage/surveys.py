"""Uploaded surveys, from the file's coming to the last row's being in."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, func, select, update

from planning.errors import Conflict
from planning.reports import Channel
from storage.base import Repository, batches, missing
from storage.group_values import Survey, SurveyState
from storage.tables_groups import survey_rows, surveys

OPEN_STATES: tuple[SurveyState, ...] = ("waiting", "checked", "confirmed")


class Surveys(Repository):
    """Queries on surveys. What was read lies sealed until it is in, and no longer."""

    async def add(self, helper_id: int, channel: Channel, media_id: str, now: datetime) -> Survey:
        """Keep that a file came and is yet to be fetched."""
        row = {
            "helper_id": helper_id,
            "channel": channel,
            "media_sealed": self._keys.seal(media_id),
            "state": "waiting",
            "attempts": 0,
            "file_key": "",
            "content_sealed": self._keys.seal(""),
            "total": 0,
            "sent_at": now,
            "changed_at": now,
        }
        return await self.by_id(await self._add(surveys, row))

    async def by_id(self, survey_id: int) -> Survey:
        """The survey of a number; `NotFound` when there is none."""
        row = await self._row(select(surveys).where(surveys.c.id == survey_id))
        if not row:
            raise missing()
        return self._survey(row)

    async def of_helper(self, survey_id: int, helper_id: int) -> Survey | None:
        """A helper's own survey of a number."""
        s = surveys.c
        query = select(surveys).where(s.id == survey_id, s.helper_id == helper_id)
        row = await self._row(query)
        return self._survey(row) if row else None

    async def latest_of(self, helper_id: int) -> Survey | None:
        """The survey that a helper sent last."""
        mine = select(surveys).where(surveys.c.helper_id == helper_id)
        row = await self._row(mine.order_by(surveys.c.id.desc()).limit(1))
        return self._survey(row) if row else None

    async def in_state(self, state: SurveyState, limit: int) -> tuple[Survey, ...]:
        """Surveys of a state, those with the fewest attempts first."""
        query = select(surveys).where(surveys.c.state == state)
        rows = await self._rows(query.order_by(surveys.c.attempts, surveys.c.id).limit(limit))
        return tuple(map(self._survey, rows))

    async def same_file(self, survey: Survey, file_key: str) -> Survey | None:
        """An earlier survey of the same bytes that is in, or being brought in."""
        s = surveys.c
        query = select(surveys).where(s.file_key == file_key, s.id != survey.id)
        row = await self._row(query.where(s.state.in_(("confirmed", "done"))).order_by(s.id))
        return self._survey(row) if row else None

    def file_key(self, digest: str) -> str:
        """The keyed hash by which a file's SHA-256 is known again."""
        return self._keys.hash(f"survey file:{digest}")

    def row_key(self, told: str) -> str:
        """The keyed hash by which a row is known again."""
        return self._keys.hash(f"survey row:{told}")

    async def move(
        self,
        survey: Survey,
        state: SurveyState,
        now: datetime,
        *,
        content: str | None = None,
        **columns: Any,
    ) -> None:
        """Bring a survey from its state to another; `Conflict` when somebody moved it before."""
        same: ColumnElement[bool] = (surveys.c.id == survey.id) & (surveys.c.state == survey.state)
        if content is not None:
            columns["content_sealed"] = self._keys.seal(content)
        if state not in OPEN_STATES:
            columns["media_sealed"] = self._keys.seal("")
            if state != "refused":
                columns["content_sealed"] = self._keys.seal("")
        change = update(surveys).where(same).values(state=state, changed_at=now, **columns)
        if (await self._run(change)).rowcount != 1:
            raise Conflict("the survey is not in the state it was thought to be in")

    async def tried(self, survey: Survey) -> None:
        """Fetching failed once more."""
        same = update(surveys).where(surveys.c.id == survey.id)
        await self._run(same.values(attempts=surveys.c.attempts + 1))

    async def known_rows(self, row_keys: Collection[str]) -> frozenset[str]:
        """Which of these rows are in."""
        found: set[str] = set()
        for some in batches(sorted(row_keys)):
            query = select(survey_rows.c.row_key).where(survey_rows.c.row_key.in_(some))
            found |= {row.row_key for row in await self._rows(query)}
        return frozenset(found)

    async def add_row(self, survey_id: int, row_key: str, number: int, report_id: int) -> None:
        """Note that a row is in; `Conflict` when it was."""
        row = {"row_key": row_key, "survey_id": survey_id, "report_id": report_id}
        if not await self._add_new(survey_rows, row | {"number": number}):
            raise Conflict("the row was brought in by somebody else")

    async def rows_in(self, survey_id: int) -> int:
        """How many rows of a survey are in."""
        mine = survey_rows.c.survey_id == survey_id
        return int(await self._connection.scalar(select(func.count()).where(mine)) or 0)

    async def stale(self, before: datetime) -> tuple[Survey, ...]:
        """Surveys that were read before that and never confirmed."""
        s = surveys.c
        query = select(surveys).where(s.state == "checked", s.changed_at < before)
        return tuple(map(self._survey, await self._rows(query.order_by(s.id))))

    async def forget_helper(self, helper_id: int, now: datetime) -> None:
        """Drop what a helper sent and had not confirmed; rows that are in stay counted."""
        s = surveys.c
        mine = select(surveys).where(s.helper_id == helper_id, s.state.in_(OPEN_STATES))
        for row in await self._rows(mine):
            await self.move(self._survey(row), "dropped", now)

    async def forget_file(self, helper_id: int, media_id: str, now: datetime) -> None:
        """Drop what was read of a file that its helper took back before it was confirmed."""
        s = surveys.c
        mine = select(surveys).where(s.helper_id == helper_id, s.state.in_(("waiting", "checked")))
        for survey in [self._survey(row) for row in await self._rows(mine)]:
            if survey.media_id == media_id:
                await self.move(survey, "dropped", now)

    def _survey(self, row: Row[Any]) -> Survey:
        return Survey(
            id=row.id,
            helper_id=row.helper_id,
            channel=Channel(row.channel),
            media_id=self._keys.open(row.media_sealed),
            state=row.state,
            attempts=row.attempts,
            file_key=row.file_key,
            content=self._keys.open(row.content_sealed),
            total=row.total,
            sent_at=row.sent_at,
        )
