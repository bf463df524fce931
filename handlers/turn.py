"""One turn: read, think, decide, write. The only way from the inbox to facts and answers."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from handlers import changes, changing, groups, heads, reports, slowing, summary
from handlers.agendas import Draft
from handlers.album import say_heard, say_unopened
from handlers.belonging import ask_whether_still, offer_way_out
from handlers.checking import as_pressed, checked, quoted_code
from handlers.checking_in import check_in_picture
from handlers.context import Reading, Scene, Turn, enqueue
from handlers.desk_prepared import desk_readings
from handlers.dialogue import intents as i
from handlers.dialogue import texts
from handlers.dialogue.forms import only_command
from handlers.dialogue.hearing import about_another
from handlers.dialogue.in_group import decide_in_group, worth_reading
from handlers.dialogue.machine import (
    ROLE_COMMANDS,
    TELLING_KINDS,
    Facts,
    Utterance,
    command_of,
    current,
    decide,
)
from handlers.dialogue.state import Conversation, Step
from handlers.dialogue.texts import spoken
from handlers.dialogue.topics.helping import PlaceThem, TakeSurvey
from handlers.dialogue.topics.media import Hear
from handlers.dialogue.topics.telling import MoveReport
from handlers.digest_desk import DigestDesk
from handlers.drafting import made_minutes
from handlers.executing import EXECUTE
from handlers.helped_lists import helped_files
from handlers.linking import settle
from handlers.messages import FileRef, IncomingMessage, MessageKind, Reply, replies_to_json
from handlers.own_data import own_files
from handlers.papers import prepare_agenda
from handlers.places import AreaBook, says_home
from handlers.ports import DocumentMaker, FileKeeper, Reader, SheetReader
from handlers.preparing import (
    Thinking,
    readings_for,
    report_reading,
    understand,
)
from handlers.settings import TurnSettings
from handlers.survey_desk import SurveyDesk
from handlers.survey_talk import is_sheet, sent_survey
from nlp.values import Act, Understanding
from planning.reports import Report
from storage.database import Database
from storage.values import InboxItem, NewOutboxItem

_ASKS_VILLAGE = (Step.ASK_VILLAGE, Step.ASK_SECOND, Step.ASK_WHOSE)
_CLEAR = 0.3
"""Probability from which a category is clear enough to doubt that words are a command."""
_TRIES = 6
"""Failures after which messages are set aside (some minutes, with the job's backoff)."""


class TurnService:
    """Handles claimed inbox rows of one sender."""

    def __init__(
        self,
        database: Database,
        reader: Reader,
        documents: DocumentMaker,
        files: FileKeeper,
        settings: TurnSettings,
        noted_media: Callable[[], None] = lambda: None,
    ) -> None:
        """`noted_media` is called after a turn that noted media to be fetched."""
        self._database = database
        self._settings, self._noted_media = settings, noted_media
        self._areas = AreaBook(database)
        self._think = Thinking(
            database=database,
            reader=reader,
            documents=documents,
            files=files,
            areas=self._areas,
            settings=settings,
        )

    def survey_desk(self, read_sheet: SheetReader) -> SurveyDesk:
        """The desk that checks surveys and brings them in, thinking as the turns do."""
        return SurveyDesk(self._think, read_sheet)

    def digest_desk(self) -> DigestDesk:
        """The desk that sends the regular digests."""
        return DigestDesk(self._think)

    async def handle(self, items: tuple[InboxItem, ...], now: datetime) -> None:
        """Handle the rows, one transaction an utterance.

        Each marks its rows handled together with all it writes. Raises `Conflict` when somebody
        wrote in between (claim again), whatever else the parts raise.
        """
        await self._areas.refresh(now)
        items = await changes.without_unsent(self._database, items, now)
        for number, group in enumerate(utterances(items, self._settings)):
            if number == 0 and max(item.attempts for item in group) >= _TRIES:
                await self._set_aside(group, now)
            else:
                await self._turn(group, now)

    async def _turn(self, group: Sequence[InboxItem], now: datetime) -> None:
        group = await changes.as_now(self._database, group, now)
        if not group:
            return
        utterance = Utterance(
            messages=tuple(IncomingMessage.from_json(item.payload) for item in group)
        )
        sender = utterance.messages[0].user_id or utterance.messages[0].chat_id
        if not sender:
            await self._nobody(group, now)
            return
        scene = await self._read(utterance, sender)
        utterance = await as_pressed(self._database, scene, utterance, now)
        await self._settle_awaiting(scene, utterance, now)
        quoted = await quoted_code(self._database, scene, utterance)
        intent, seen = await self._decide(scene, utterance, quoted)
        if scene.room and isinstance(intent, i.KeepSilent):
            await groups.overheard(self._database, group, now)
            return
        if isinstance(intent, Hear):
            intent = await changes.heard_for(self._database, intent, utterance.messages[0])
        intent = await checked(self._database, scene, intent, quoted)
        intent = await slowing.weighed(self._think, scene, intent, utterance, seen, now)
        readings = await readings_for(self._think, scene, intent, utterance, seen)
        readings |= await changes.readings_for_change(self._think, intent, utterance)
        readings |= await desk_readings(self._think, intent, seen)
        draft, files = await self._agenda(scene, intent, now)
        files += await own_files(self._think, scene, intent, utterance, now)
        files += await helped_files(self._think, scene, intent, now)
        files += await summary.summary_picture(self._think, scene, intent, now)
        files += await check_in_picture(self._think, scene, intent)
        minutes = await made_minutes(self._think, scene, intent, utterance, now)
        async with self._database.write() as uow:
            first = utterance.messages[0]
            person = await groups.speaker(uow, first, scene.person, now)
            turn = Turn(
                uow=uow,
                areas=self._areas,
                person=person,
                village=scene.village,
                conversation=scene.conversation,
                grants=scene.grants,
                utterance=utterance,
                inbox_ids=tuple(item.id for item in group),
                readings=readings,
                now=now,
                files=files,
                minutes=minutes,
                settings=self._settings,
                danger=slowing.in_danger(self._think.reader, intent, utterance, seen),
                open_step=self._open_step(scene, utterance),
            )
            with texts.speaking(spoken(person.language, self._settings.tone)):
                await self._carry_out(turn, intent, draft)
                await self._finish(turn, scene, group, intent)
        if utterance.media:
            self._noted_media()
        if isinstance(intent, i.ChooseVillage | i.FindVillage | i.Redeem | MoveReport | PlaceThem):
            await self._settle_awaiting(await self._read(utterance, sender), utterance, now)

    async def _carry_out(self, turn: Turn, intent: i.Intent, draft: Draft | None) -> None:
        if turn.first.kind is MessageKind.JOIN and not turn.first.group:
            await turn.uow.people.set_reachable(turn.first.channel, turn.first.user_id, True)
        if isinstance(intent, i.SendAgenda):
            await heads.send_agenda(turn, intent, draft)
        else:
            await EXECUTE[type(intent)](turn, intent)
        await changing.note_edit(turn)
        say_heard(turn)
        say_unopened(turn)
        await changing.pay_remarks(turn)

    async def _finish(
        self, turn: Turn, scene: Scene, group: Sequence[InboxItem], intent: i.Intent
    ) -> None:
        if not turn.forgotten:
            if not turn.first.group:
                await ask_whether_still(turn)
                offer_way_out(turn)
            slowing.hush(turn, intent)
            await groups.part_answers(turn, intent)
        if not turn.forgotten and (turn.first.user_id or not turn.first.group):
            await turn.uow.conversations.save(
                turn.first.channel,
                scene.sender,
                turn.closing().to_json(),
                scene.stored.version,
                turn.now,
            )
        received = max(item.received_at for item in group)
        await enqueue(turn, received, f"turn:{turn.inbox_ids[0]}")
        await turn.uow.inbox.mark_handled(turn.inbox_ids, turn.now, turn.outcome)

    async def _set_aside(self, group: Sequence[InboxItem], now: datetime) -> None:
        """Give up on messages that failed again and again, so that they silence nobody's next words.

        The rows keep the words (sealed), `doctor` counts them, and the sender is told.
        """
        last = IncomingMessage.from_json(group[-1].payload)
        async with self._database.write() as uow:
            await uow.inbox.mark_handled([item.id for item in group], now, "set_aside")
            if last.chat_id and not last.group:
                await uow.outbox.add(
                    NewOutboxItem(
                        channel=last.channel,
                        lane_id=last.chat_id,
                        chat_id=last.chat_id,
                        payload=replies_to_json((Reply(text=texts.SET_ASIDE),)),
                        dedupe_key=f"aside:{group[0].id}",
                    ),
                    now,
                )

    async def _nobody(self, group: Sequence[InboxItem], now: datetime) -> None:
        """An event without a sender or chat: kept, and nobody to answer."""
        async with self._database.write() as uow:
            await uow.inbox.mark_handled([item.id for item in group], now, "nobody")

    async def _read(self, utterance: Utterance, sender: str) -> Scene:
        channel = utterance.messages[0].channel
        room = await groups.room_of(self._database, utterance)
        async with self._database.read() as uow:
            person = await uow.people.find(channel, sender)
            stored = await uow.conversations.load(channel, sender)
            grants = await uow.people.grants(person.id) if person else ()
            village = self._areas.get(person.village_code) if person else None
            waiting = await uow.reports.awaiting_village(person.id) if person else ()
            waiting = tuple(r for r in waiting if village or r.village_code)
            if room and village is None:
                village = self._areas.get(room.village_code)
        return Scene(
            sender=sender,
            person=person,
            stored=stored,
            conversation=Conversation.from_json(stored.state),
            grants=grants,
            village=village,
            waiting=waiting,
            room=room,
        )

    def _open_step(self, scene: Scene, utterance: Utterance) -> Step:
        """What is still waited for when the saying begins."""
        facts = Facts(village_known=True, settings=self._settings)
        return current(scene.conversation, utterance, facts).step

    async def _decide(
        self, scene: Scene, utterance: Utterance, quoted: str
    ) -> tuple[i.Intent, Understanding | None]:
        if sent_survey(utterance, scene.grants):
            return TakeSurvey(), None
        known = scene.village is not None
        facts = Facts(village_known=known, quoted=quoted, settings=self._settings)
        if scene.room and not worth_reading(utterance, scene.room):
            return decide_in_group(utterance, facts, scene.room), None
        seen, text = None, utterance.text
        command = command_of(utterance, facts)
        doubtful = isinstance(command, ROLE_COMMANDS) and bool(text.strip())
        if text.strip() and (command is None or doubtful):
            seen = await self._understood(scene, utterance)
            facts = replace(
                facts,
                understanding=seen,
                names_village=self._names_village(scene, text, seen),
                plain=doubtful
                and not only_command(text, seen.place)
                and self._only_looks_like(command, scene, seen, text),
            )
        if scene.room:
            return decide_in_group(utterance, facts, scene.room), seen
        return decide(scene.conversation, utterance, facts), seen

    async def _understood(self, scene: Scene, utterance: Utterance) -> Understanding:
        """The reading of a saying: all its messages together, with the position shared."""
        texts = [m.text for m in utterance.messages if m.text.strip()]
        return await understand(self._think, texts, scene.village, utterance.location)

    def _names_village(self, scene: Scene, text: str, seen: Understanding) -> bool:
        if scene.village is not None and scene.conversation.step not in _ASKS_VILLAGE:
            return False
        touchy = seen.emergency.on or seen.confidential.on
        plain = not touchy and seen.categories[0].code == "other"
        return says_home(text, self._areas.all(), 0 if touchy else 3, plain=plain)

    def _only_looks_like(
        self, command: i.Intent | None, scene: Scene, seen: Understanding, text: str
    ) -> bool:
        """Whether words that begin like a command are somebody's own telling after all.

        Danger always is (by more than the model's odds, where it surely is an order). Else what reads as
        a matter is, unless a person with a role gave a command that can be carried out.
        """
        order = heads.gives_order(text, scene.village, scene.grants, self._areas)
        if seen.emergency.on and (seen.emergency.words or not order):
            return True
        first = seen.categories[0]
        matter = seen.act is Act.MATTER and first.code != "other" and first.score >= _CLEAR
        if isinstance(command, i.Summarise):
            return summary.no_area(self._areas, scene, command.area, seen, matter=matter)
        if not matter or order:
            return False
        return isinstance(command, i.BadCommand) or not scene.grants

    async def _agenda(
        self, scene: Scene, intent: i.Intent, now: datetime
    ) -> tuple[Draft | None, tuple[FileRef, ...]]:
        if not isinstance(intent, i.SendAgenda):
            return None, ()
        village = heads.runs_forum_of(scene.village, scene.grants, self._areas)
        if village is None:
            return None, ()
        think = self._think
        back = think.settings.rejected_return
        return await prepare_agenda(
            think.database, think.documents, think.files, village, now, rejected_return=back
        )

    async def _settle_awaiting(self, scene: Scene, utterance: Utterance, now: datetime) -> None:
        """Bring reports that waited for their teller's village to their issues, one by one."""
        for report in scene.waiting:
            await self._settle_one(scene, utterance, report, now)

    async def _settle_one(
        self, scene: Scene, utterance: Utterance, report: Report, now: datetime
    ) -> None:
        village = self._areas.get(report.village_code) or scene.village
        assert village is not None and scene.person is not None
        report = replace(report, village_code=village.code)
        reading: Reading | None = None
        if report.text.strip():
            reading = await report_reading(self._think, report, search=True)
        async with self._database.write() as uow:
            turn = Turn(
                uow=uow,
                areas=self._areas,
                person=scene.person,
                village=village,
                conversation=scene.conversation,
                grants=scene.grants,
                utterance=utterance,
                inbox_ids=(),
                readings={},
                now=now,
                settings=self._settings,
            )
            kept = reports.measured(turn, reports.as_read(report, reading))
            await uow.reports.update(kept)
            if reading:
                await settle(turn, kept, reading)
                await reports.alarm(turn, kept)


def utterances(items: Sequence[InboxItem], settings: TurnSettings) -> list[tuple[InboxItem, ...]]:
    """Rows grouped into sayings: tellings that follow each other within the burst time are one.

    Commands, buttons and everything else stand alone. `items` come in order of time.
    """
    groups: list[list[InboxItem]] = []
    open_group = False
    previous: IncomingMessage | None = None
    for item in items:
        message = IncomingMessage.from_json(item.payload)
        single = Utterance(messages=(message,))
        other = message.kind not in TELLING_KINDS or about_another(single)
        unnamed = message.group and not message.user_id  # it may be somebody else each time
        alone = other or unnamed or is_sheet(message) or _is_command(single, settings)
        close = (
            previous is not None
            and message.sent_at - previous.sent_at <= settings.burst
            and message.chat_id == previous.chat_id
        )
        if open_group and close and not alone:
            groups[-1].append(item)
        else:
            groups.append([item])
        told_for_other = isinstance(_command(single, settings), i.Tell)
        open_group = not alone or told_for_other
        previous = message
    return [tuple(group) for group in groups]


def _command(utterance: Utterance, settings: TurnSettings) -> i.Intent | None:
    facts = Facts(village_known=True, settings=settings)
    return command_of(utterance, facts)


def _is_command(utterance: Utterance, settings: TurnSettings) -> bool:
    return _command(utterance, settings) is not None
