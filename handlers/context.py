"""What one turn reads first and carries while it writes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from handlers.dialogue import texts
from handlers.dialogue.in_group import Room
from handlers.dialogue.machine import Utterance
from handlers.dialogue.state import Conversation, Step
from handlers.messages import Button, FileRef, IncomingMessage, Reply, replies_to_json
from handlers.places import AreaBook
from handlers.settings import TurnSettings
from nlp.values import DuplicateMatch, Understanding
from planning.areas import Village
from planning.consents import ConsentKind
from planning.pushes import Rank
from planning.reports import Channel, Report
from planning.roles import Action, RoleGrant, may
from storage.unit import UnitOfWork
from storage.values import Address, NewOutboxItem, Person, StoredConversation

if TYPE_CHECKING:
    from handlers.drafting import MadeMinutes

_NEWS = (Rank.OUTCOME, Rank.FORUM)
"""What a person can refuse to be sent."""
_THAI, _LATIN = re.compile("[ก-๙]"), re.compile("[A-Za-z]")
REPLY_LIFE = timedelta(seconds=50)
"""How long after receipt a reply handle is trusted (LINE: one minute)."""


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What the language part made of one report, and the formal line it suggests.

    `shared`: the line of a known matter (by its code) if this report were told of it, too.
    """

    understanding: Understanding = field(repr=False)
    matches: tuple[DuplicateMatch, ...] = ()
    line: str = field(default="", repr=False)
    shared: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, kw_only=True)
class Scene:
    """What was read before deciding. `waiting`: the person's reports that still need a village.

    `room`: the group the words were said in, None in private.
    """

    sender: str = field(repr=False)
    person: Person | None
    stored: StoredConversation
    conversation: Conversation
    grants: tuple[RoleGrant, ...]
    village: Village | None
    waiting: tuple[Report, ...] = ()
    room: Room | None = None


@dataclass(kw_only=True)
class Turn:
    """One turn in its write transaction: the facts, and what gathers to be said.

    `danger`: what was just said speaks of danger to life. `open_step`: the question that was still open.
    """

    uow: UnitOfWork
    areas: AreaBook
    person: Person
    village: Village | None
    conversation: Conversation
    grants: tuple[RoleGrant, ...]
    utterance: Utterance
    inbox_ids: tuple[int, ...]
    readings: dict[str, Reading]
    now: datetime
    files: tuple[FileRef, ...] = ()
    minutes: "MadeMinutes | None" = None
    settings: TurnSettings = field(default_factory=TurnSettings)
    danger: bool = False
    open_step: Step = Step.IDLE
    forgotten: bool = False
    replies: list[Reply] = field(default_factory=list)
    outcome: str = ""

    @property
    def first(self) -> IncomingMessage:
        """The first message of the utterance."""
        return self.utterance.messages[0]

    def say(self, text: str, *buttons: Button, ask_location: bool = False) -> None:
        """Add one reply."""
        self.replies.append(Reply(text=text, buttons=buttons, ask_location=ask_location))

    def remember(self, **changes: object) -> None:
        """Change what the conversation remembers."""
        self.conversation = replace(self.conversation, **changes)  # type: ignore[arg-type]

    def may(self, action: Action, village_code: str) -> bool:
        """Whether the person's roles allow `action` in that village."""
        return may(self.grants, action, village_code)

    def owns(self, report: Report) -> bool:
        """Whether the person told the report, or has just written it down for somebody."""
        spoken_of = report.tracking_code == self.conversation.report_code
        return report.person_id == self.person.id or (
            spoken_of and written_down(report, self.grants)
        )

    def closing(self) -> Conversation:
        """The conversation to keep, with the buttons now shown to the person: they may type the labels."""
        shown = tuple((b.label, b.data) for r in self.replies for b in r.buttons if b.data)
        if self.first.group or not self.replies:
            return self.conversation
        if not shown:  # earlier ones count on, but a category answers one question only
            shown = tuple(b for b in self.conversation.shown if not b[1].startswith("cat:"))
            return replace(self.conversation, shown=shown)
        return replace(self.conversation, shown=shown, shown_at=self.now)

    async def audit(self, action: str, subject: str, detail: str = "") -> None:
        """Note who did what to which code."""
        await self.uow.audit.add(self.now, self.person.id, action, subject, detail)


def written_down(report: Report, grants: tuple[RoleGrant, ...]) -> bool:
    """Whether somebody who may help in its village wrote the report down for its teller."""
    village = report.village_code or ""
    return report.channel is Channel.WALK_IN and may(grants, Action.REPORT_FOR_OTHERS, village)


async def enqueue(turn: Turn, received_at: datetime, key: str) -> None:
    """Put the turn's replies into the outbox, with the privacy notice when it is the first answer."""
    if not turn.replies:
        return
    if turn.person.noticed_at is None and not turn.first.group:
        last = turn.replies[-1]
        with texts.speaking(texts.spoken(turn.person.language, turn.settings.tone)):
            text = f"{last.text}\n\n{texts.PRIVACY_SHORT}"
        turn.replies[-1] = replace(last, text=text, buttons=(*last.buttons, *_other_language(turn)))
        await turn.uow.people.set_noticed(turn.person.id, turn.now)
    message = max(turn.utterance.messages, key=lambda m: m.sent_at)
    await turn.uow.outbox.add(
        NewOutboxItem(
            channel=message.channel,
            lane_id=message.chat_id,
            chat_id=message.chat_id,
            reply_handle=message.reply_handle,
            reply_until=received_at + REPLY_LIFE if message.reply_handle else None,
            payload=replies_to_json(tuple(turn.replies)),
            dedupe_key=key,
            urgent=any(r.text == texts.DANGER for r in turn.replies),
            person_id=turn.person.id,
            rank=Rank.ANSWER,
        ),
        turn.now,
    )


def _other_language(turn: Turn) -> tuple[Button, ...]:
    """A way to English for somebody whose first words have no Thai letter."""
    words = turn.utterance.text.strip()
    foreign = (
        not words.startswith("/") and not _THAI.search(words) and len(_LATIN.findall(words)) > 2
    )
    if not foreign or turn.person.language != texts.THAI:
        return ()
    return (Button(label=texts.BUTTON_ENGLISH, data="lang:en"),)


async def notify(
    uow: UnitOfWork,
    person_id: int,
    channels: set[Channel],
    reply: Reply,
    key: str,
    now: datetime,
    *,
    urgent: bool = False,
    rank: Rank = Rank.OTHER,
    useful_until: datetime | None = None,
) -> int:
    """Write to a person, once for a `key`, by the channel they used last (of `channels`, if any).

    What is urgent goes by every one of them. `rank` counts where it must be pushed. Gives how many
    messages were queued: 0 where nobody can be reached, or it had been said.
    """
    if rank in _NEWS and not urgent and not await uow.consents.allows(person_id, ConsentKind.NEWS):
        return 0
    known = [
        a for a in await uow.people.addresses(person_id) if a.channel in channels or not channels
    ]
    chosen = known if urgent else await _last_used(uow, known)
    sent = 0
    for address in chosen:
        item = NewOutboxItem(
            channel=address.channel,
            lane_id=address.chat_id,
            chat_id=address.chat_id,
            payload=replies_to_json((reply,)),
            dedupe_key=f"{key}:{address.channel}" if urgent else key,
            urgent=urgent,
            person_id=person_id,
            rank=rank,
            useful_until=useful_until,
        )
        sent += await uow.outbox.add(item, now)
    return sent


async def _last_used(uow: UnitOfWork, known: list[Address]) -> list[Address]:
    """The address somebody wrote from last, alone; the first known where they never wrote."""
    if len(known) < 2:
        return known
    used = await uow.conversations.last_used([(a.channel, a.user_id) for a in known])
    return [a for a in known if (a.channel, a.user_id) == used] or known[:1]
