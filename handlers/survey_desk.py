"""Surveys beside the turns: what was fetched is read and checked, what was confirmed brought in.

Rows go in one by one, each in a transaction with its key, so that a crash in the middle loses and doubles
nothing: what is in is known, and the rest follows.
"""

import asyncio
import hashlib
from collections.abc import Sequence
from datetime import datetime, time, timedelta

from handlers.context import Reading, Turn, notify
from handlers.dialogue import texts as t
from handlers.dialogue.hearing import Utterance
from handlers.dialogue.state import Conversation
from handlers.linking import settle
from handlers.messages import Button, Reply
from handlers.ports import SheetReader
from handlers.preparing import Thinking, Told, reading_of
from handlers.reports import alarm, as_read, measured
from handlers.survey_talk import mistakes_text, rows_from_json, rows_to_json, summary_reply
from handlers.walk_ins import helped_area
from planning.codes import new_tracking_code
from planning.errors import Conflict
from planning.pushes import Rank
from planning.reports import Channel, Kind, Report, ReportState
from planning.surveys import (
    CheckedSurvey,
    SurveyRow,
    SurveyRules,
    check_survey,
    heading_key,
    row_tellings,
)
from planning.taxonomy import categories
from planning.thai import BANGKOK
from storage.group_values import Survey, SurveyState, WalkIn
from storage.unit import UnitOfWork
from storage.values import Person

MOST_BYTES = 5_000_000
ANSWER_WITHIN = timedelta(days=7)
"""How long a checked survey waits for its button; then its rows are let go."""


class SurveyDesk:
    """Reads, checks and brings in surveys."""

    def __init__(self, think: Thinking, read_sheet: SheetReader) -> None:
        self._think, self._read_sheet = think, read_sheet
        self._database, self._areas = think.database, think.areas

    async def waiting(self) -> Sequence[Survey]:
        """Surveys whose files are yet to be fetched."""
        async with self._database.read() as uow:
            return await uow.surveys.in_state("waiting", 10)

    async def later(self, survey: Survey) -> None:
        """The file was not to be had yet."""
        async with self._database.write() as uow:
            await uow.surveys.tried(survey)

    async def lost(self, survey: Survey, now: datetime) -> None:
        """The file cannot be had any more."""
        async with self._database.write() as uow:
            await self._end(uow, survey, "gone", "SURVEY_LOST", now)

    async def fetched(self, survey: Survey, data: bytes, now: datetime) -> None:
        """Check a file row by row and tell the helper what was read; nothing is taken in yet."""
        await self._areas.refresh(now)
        if len(data) > MOST_BYTES:
            async with self._database.write() as uow:
                await self._end(uow, survey, "refused", "SURVEY_TOO_LARGE", now)
            return
        most = self._think.settings.survey_rows
        sheet = await asyncio.to_thread(self._read_sheet, data, most)
        checked = None
        if sheet.refused is None:
            rules = await self._rules(survey, now)
            checked = await asyncio.to_thread(check_survey, sheet.rows, rules)
        async with self._database.write() as uow:
            if checked is None:
                why = t.of_refusal(sheet.refused or "broken")
                await self._end(uow, survey, "refused", "SURVEY_REFUSED", now, why=why)
            else:
                await self._checked(uow, survey, checked, hashlib.sha256(data).hexdigest(), now)

    async def _rules(self, survey: Survey, now: datetime) -> SurveyRules:
        async with self._database.read() as uow:
            grants = await uow.people.grants(survey.helper_id)
        names = {heading_key(c.name_th): c.code for c in categories().values()}
        names |= {heading_key(t.of_category(code)): code for code in categories()}
        return SurveyRules(
            own=helped_area(self._areas, grants),
            everywhere=self._areas.all(),
            categories=names | {code: code for code in categories()},
            today=now.astimezone(BANGKOK).date(),
            most_rows=self._think.settings.survey_rows,
        )

    async def _checked(
        self, uow: UnitOfWork, survey: Survey, checked: CheckedSurvey, digest: str, now: datetime
    ) -> None:
        file_key = uow.surveys.file_key(digest)
        if await uow.surveys.same_file(survey, file_key):
            await self._end(uow, survey, "dropped", "SURVEY_SAME_FILE", now)
            return
        person = await uow.people.by_id(survey.helper_id)
        with t.speaking(self._spoken(person)):
            if checked.mistakes:
                text = mistakes_text(checked)
                await uow.surveys.move(survey, "refused", now, content=text)
                await self._tell(uow, survey, Reply(text=text), "refused", now)
                return
            keys = [uow.surveys.row_key(told) for told in row_tellings(checked.rows)]
            known = len(await uow.surveys.known_rows(keys))
            if known == len(keys):
                await self._end(uow, survey, "dropped", "SURVEY_ALL_KNOWN", now)
                return
            content = rows_to_json(checked.rows)
            total = len(keys) - known
            await uow.surveys.move(
                survey, "checked", now, content=content, file_key=file_key, total=total
            )
            reply = summary_reply(survey.id, checked.rows, self._areas, known, checked.unknown)
            await self._tell(uow, survey, reply, "checked", now)

    def _spoken(self, person: Person) -> str:
        return t.spoken(person.language, self._think.settings.tone)

    async def _end(
        self,
        uow: UnitOfWork,
        survey: Survey,
        state: SurveyState,
        phrase: str,
        now: datetime,
        **blanks: object,
    ) -> None:
        person = await uow.people.by_id(survey.helper_id)
        with t.speaking(self._spoken(person)):
            text = str(getattr(t, phrase)).format(**blanks)
            reply = Reply(text=text, buttons=(Button(label=t.BUTTON_FORM, data="form"),))
        content = text if state == "refused" else ""
        await uow.surveys.move(survey, state, now, content=content)
        await self._tell(uow, survey, reply, state, now)

    async def _tell(
        self, uow: UnitOfWork, survey: Survey, reply: Reply, step: str, now: datetime
    ) -> None:
        key = f"survey:{survey.id}:{step}"
        helper, channels = survey.helper_id, {survey.channel}
        await notify(uow, helper, channels, reply, key, now, rank=Rank.ANSWER)

    async def bring_in(self, now: datetime) -> int:
        """Bring in one confirmed survey, whole; how many rows that were new. 0 where none waits."""
        async with self._database.read() as uow:
            confirmed = await uow.surveys.in_state("confirmed", 1)
        if not confirmed:
            return 0
        await self._areas.refresh(now)
        survey = confirmed[0]
        try:
            rows = rows_from_json(survey.content)
        except (ValueError, LookupError, TypeError):  # emptied meanwhile: it may not hold up others
            async with self._database.write() as uow:
                await uow.surveys.move(survey, "dropped", now)
            return 1
        new = 0
        for row, told in zip(rows, row_tellings(rows), strict=True):
            new += await self._row(survey, row, told, now)
        async with self._database.write() as uow:
            in_all = await uow.surveys.rows_in(survey.id)
            await uow.surveys.move(survey, "done", now, total=in_all)
            await uow.audit.add(
                now, survey.helper_id, "survey in", f"survey:{survey.id}", str(in_all)
            )
            person = await uow.people.by_id(survey.helper_id)
            with t.speaking(self._spoken(person)):
                button = Button(label=t.BUTTON_PRINT_HELPED, data="helped:print")
                reply = Reply(text=t.SURVEY_DONE.format(count=in_all), buttons=(button,))
            await self._tell(uow, survey, reply, "done", now)
        return max(new, 1)

    async def _row(self, survey: Survey, row: SurveyRow, told: str, now: datetime) -> bool:
        async with self._database.read() as uow:
            key = uow.surveys.row_key(told)
            if key in await uow.surveys.known_rows([key]):
                return False
            person = await uow.people.by_id(survey.helper_id)
        at = now
        if row.told_on:
            noon = datetime.combine(row.told_on, time(12), BANGKOK)
            at = min(noon.astimezone(now.tzinfo), now)
        reading = await reading_of(
            self._think,
            Told(
                text=row.text,
                village=self._areas.get(row.village_code),
                person=f"household {row.village_code} {row.house}",
                at=at,
                position=None,
                photo=False,
                category=row.category,
            ),
        )
        try:
            async with self._database.write() as uow:
                await self._keep(uow, survey, person, row, reading, key, at, now)
        except Conflict:  # another process was faster with this row
            return False
        return True

    async def _keep(
        self, uow: UnitOfWork, survey: Survey, helper: Person, row: SurveyRow, reading: Reading,
        key: str, at: datetime, now: datetime,
    ) -> None:  # fmt: skip
        turn = Turn(
            uow=uow,
            areas=self._areas,
            person=helper,
            village=self._areas.get(row.village_code),
            conversation=Conversation(),
            grants=(),
            utterance=Utterance(messages=()),
            inbox_ids=(),
            readings={},
            now=now,
            settings=self._think.settings,
        )
        walk_in = WalkIn(
            person_id=0, helper_id=helper.id, name=row.name, contact=row.contact, house=row.house
        )
        person_id = await uow.walk_ins.of_household(walk_in, row.village_code, now)
        blank = _blank(row, person_id, at)
        kept = await uow.reports.add(measured(turn, as_read(blank, reading)))
        await uow.surveys.add_row(survey.id, key, row.number, kept.id)
        await settle(turn, kept, reading)
        if kept.emergency and now - at < timedelta(days=1):
            await self._alarm_once(turn, survey, kept)

    async def _alarm_once(self, turn: Turn, survey: Survey, report: Report) -> None:
        """One alarm for a whole survey; the other rows stand in the reports."""
        subject = f"survey:{survey.id}"
        if any(x.action == "alarm" for x in await turn.uow.audit.of_subject(subject)):
            return
        await alarm(turn, report)
        await turn.audit("alarm", subject)

    async def let_go(self, now: datetime) -> int:
        """Drop checked surveys that nobody confirmed in time; how many."""
        async with self._database.read() as uow:
            stale = await uow.surveys.stale(now - ANSWER_WITHIN)
        for survey in stale:
            async with self._database.write() as uow:
                await uow.surveys.move(survey, "dropped", now)
        return len(stale)


def _blank(row: SurveyRow, person_id: int, at: datetime) -> Report:
    return Report(
        id=0,
        tracking_code=new_tracking_code(),
        person_id=person_id,
        channel=Channel.WALK_IN,
        village_code=row.village_code,
        state=ReportState.LINKED,
        first_told_at=at,
        last_told_at=at,
        text=row.text,
        masked_text="",
        category=row.category or "other",
        category_score=0.0,
        category_by_person=bool(row.category),
        kind=Kind.OTHER,
        confidential=False,
        emergency=False,
        households=row.households,
        since=row.since,
    )
