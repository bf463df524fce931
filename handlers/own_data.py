"""«ข้อมูลของฉัน», consents, and the accounts of one person on several channels."""

import asyncio
import json
import secrets
from datetime import datetime, timedelta
from typing import Any

from handlers.context import Scene, Turn, notify
from handlers.dialogue import intents as i
from handlers.dialogue import texts as t
from handlers.dialogue.machine import Utterance
from handlers.dialogue.topics import own_data as own
from handlers.messages import Button, FileRef, Reply
from handlers.ports import MadeFile, file_ref
from handlers.preparing import Thinking
from planning.consents import NOTICE_VERSION, Consent, ConsentKind
from planning.errors import Conflict
from planning.reports import Channel
from planning.roles import ROLE_TH
from planning.thai import chat_date

OWN_FILE_HOURS = 24
"""How long a file of one's own data is there."""
_CODE_LIFE = timedelta(minutes=10)
_MOST_TRIES, _TRIES_WITHIN = 5, timedelta(hours=1)


def private(turn: Turn) -> bool:
    """Whether nobody else reads along; in a group says where to ask instead."""
    if turn.first.group:
        turn.outcome = "group"
        turn.say(t.ONLY_IN_PRIVATE)
    return not turn.first.group


# what is kept


async def own_files(
    think: Thinking, scene: Scene, intent: i.Intent, utterance: Utterance, now: datetime
) -> tuple[FileRef, ...]:
    """The file of all that is kept about the asker, made before anything is written."""
    if (
        not isinstance(intent, own.ShowOwnData)
        or scene.person is None
        or utterance.messages[0].group
    ):
        return ()
    async with think.database.read() as uow:
        who = await uow.own_data.whose(scene.person.id)
        found = await uow.own_data.show(who)
    told = {"made_at": now.isoformat(), "notice": NOTICE_VERSION, "kept": found}
    data = json.dumps(told, ensure_ascii=False, indent=1).encode()
    made = MadeFile(name=f"{t.OWN_FILE_NAME}.json", media_type="application/json", data=data)
    return (await asyncio.to_thread(file_ref, think.files, made),)


async def show(turn: Turn, intent: own.ShowOwnData) -> None:
    """What is kept about the asker: in short here, in full as a file that only they get."""
    if not private(turn):
        return
    turn.outcome = "own_data"
    for file in turn.files:
        await turn.uow.own_data.note_file(file.file_id, turn.person.id, turn.now)
    lines = [t.OWN_HEAD, *await _accounts(turn), *await _where(turn), *await _counts(turn)]
    lines += [_consent_line(c) for c in (await turn.uow.consents.current(turn.person.id)).values()]
    mute = await turn.uow.mutes.now(turn.person.id, turn.now)
    if mute:
        lines.append(t.OWN_MUTED.format(date=chat_date(mute.until)))
    lines.append(t.OWN_FILE.format(hours=OWN_FILE_HOURS) if turn.files else t.OWN_NO_FILE)
    await turn.audit("own data shown", f"person:{turn.person.id}")
    buttons = (
        Button(label=t.BUTTON_CONSENTS, data="consent"),
        Button(label=t.BUTTON_ERASE, data="erase:ask"),
    )
    turn.replies.append(Reply(text="\n".join(lines), buttons=buttons, files=turn.files))


def _channel(channel: Channel) -> str:
    return str(getattr(t, f"CHANNEL_{channel.upper()}"))


async def _accounts(turn: Turn) -> list[str]:
    known = await turn.uow.own_data.accounts(turn.person.id)
    return [t.OWN_ACCOUNT.format(channel=_channel(c), date=chat_date(at)) for c, at in known]


async def _where(turn: Turn) -> list[str]:
    lines = [t.OWN_VILLAGE.format(village=turn.village.title)] if turn.village else []
    for grant in turn.grants:
        village = turn.areas.get(grant.area)
        area = village.title if village else grant.area
        lines.append(t.OWN_ROLE.format(role=ROLE_TH[grant.role], area=area))
    return lines


async def _counts(turn: Turn) -> list[str]:
    reports, supports, media = await turn.uow.own_data.counts(turn.person.id)
    lines = [t.OWN_REPORTS.format(count=reports)]
    if supports:
        lines.append(t.OWN_SUPPORTS.format(count=supports))
    if media:
        lines.append(t.OWN_MEDIA.format(count=media))
    return lines


# consents


def _name(kind: ConsentKind) -> str:
    return str(getattr(t, f"CONSENT_{kind.upper()}"))


def _answer(allowed: bool) -> str:
    return t.CONSENT_YES if allowed else t.CONSENT_NO


def _consent_line(consent: Consent) -> str:
    return t.OWN_CONSENT.format(name=_name(consent.kind), answer=_answer(consent.allowed))


async def show_consents(turn: Turn, intent: own.ShowConsents) -> None:
    """What is allowed now, with a button each to change it."""
    if not private(turn):
        return
    turn.outcome = "consents"
    current = (await turn.uow.consents.current(turn.person.id)).values()
    lines = [t.CONSENTS, *map(_consent_line, current)]
    turn.say("\n".join(lines), *(_other_way(c) for c in current))


def _other_way(consent: Consent) -> Button:
    answer = "no" if consent.allowed else "yes"
    label = str(getattr(t, f"BUTTON_{consent.kind.upper()}_{answer.upper()}"))
    return Button(label=label, data=f"consent:{consent.kind}:{answer}")


async def decide(turn: Turn, intent: own.Decide) -> None:
    """Note what the person allows or refuses."""
    if not private(turn):
        return
    turn.outcome = f"consent:{intent.kind}"
    await turn.uow.consents.decide(turn.person.id, intent.kind, intent.allowed, turn.now)
    if intent.kind is ConsentKind.NEWS and not intent.allowed:
        turn.say(t.CONSENT_NEWS_OFF)
        return
    turn.say(t.CONSENT_DONE.format(name=_name(intent.kind), answer=_answer(intent.allowed)))


# accounts


async def link(turn: Turn, intent: own.LinkAccount) -> None:
    """Give a code for the other app, or ask whether the one typed is the person's own."""
    if not private(turn):
        return
    turn.outcome = "link"
    if not intent.code:
        await _give_code(turn)
        return
    owner = await _owner(turn, intent.code)
    if owner:
        turn.say(
            t.LINK_ASK.format(channel=_channel(owner[1])),
            Button(label=t.BUTTON_LINK_YES, data=f"account:yes:{intent.code}"),
            Button(label=t.BUTTON_LINK_NO, data="account:no"),
        )


async def _give_code(turn: Turn) -> None:
    while True:
        code = f"{secrets.randbelow(10**8):08d}"
        try:
            await turn.uow.accounts.make_code(
                code, turn.person.id, turn.first.channel, turn.now, _CODE_LIFE
            )
        except Conflict:
            continue
        turn.say(t.LINK_CODE.format(code=f"{code[:4]} {code[4:]}"))
        return


async def _owner(turn: Turn, code: str) -> tuple[int, Channel] | None:
    """Whose code it is, where joining is possible; says why when it is not."""
    accounts, me = turn.uow.accounts, turn.person.id
    if await accounts.tries(me, turn.now - _TRIES_WITHIN) >= _MOST_TRIES:
        turn.say(t.LINK_WAIT)
        return None
    owner = await accounts.owner(code, turn.now)
    if owner is None:
        await accounts.tried(me, turn.now)
        turn.say(t.LINK_BAD)
        return None
    mine, theirs = await accounts.channels(me), await accounts.channels(owner[0])
    refusal = ""
    if owner[0] == me or set(mine) & set(theirs):
        refusal = t.LINK_SAME
    elif len(mine) != 1 or await accounts.joined(me):
        refusal = t.LINK_FIRST_PART
    elif await _anyone_muted(turn, me, owner[0]):
        refusal = t.LINK_MUTED
    if refusal:
        turn.say(refusal)
        return None
    return owner


async def _anyone_muted(turn: Turn, *people: int) -> bool:
    return any([await turn.uow.mutes.now(person, turn.now) for person in people])


async def join(turn: Turn, intent: own.JoinAccounts) -> None:
    """Make the two accounts one person; the first account hears of it."""
    if not private(turn):
        return
    turn.outcome = "link"
    owner = await _owner(turn, intent.code)
    if owner is None:
        return
    kept, channel = owner[0], turn.first.channel
    await _told_first(turn, kept, channel)
    await turn.uow.accounts.spend(intent.code)
    await _join_consents(turn, kept)
    await turn.uow.accounts.join(kept, turn.person.id, channel, turn.now)
    if turn.village and (await turn.uow.people.by_id(kept)).village_code is None:
        await turn.uow.people.set_village(kept, turn.village.code)
    await turn.uow.audit.add(turn.now, kept, "accounts joined", f"person:{kept}", str(channel))
    turn.outcome = "joined"
    turn.say(t.LINK_DONE)


async def _told_first(turn: Turn, kept: int, channel: Channel) -> None:
    reply = Reply(text=t.LINK_TOLD.format(channel=_channel(channel)))
    await notify(turn.uow, kept, set(), reply, f"joined:{turn.inbox_ids[0]}", turn.now, urgent=True)


async def _join_consents(turn: Turn, kept: int) -> None:
    """What one of the two refused stays refused."""
    theirs = await turn.uow.consents.current(kept)
    for kind, mine in (await turn.uow.consents.current(turn.person.id)).items():
        if theirs[kind].allowed and not mine.allowed and (mine.at or theirs[kind].at):
            await turn.uow.consents.decide(kept, kind, False, turn.now)


async def refuse_join(turn: Turn, intent: own.RefuseJoin) -> None:
    """Somebody else's code: nothing is joined."""
    turn.outcome = "link"
    turn.say(t.LINK_REFUSED)


async def part(turn: Turn, intent: own.PartAccounts) -> None:
    """Undo joining: what was told by which channel goes back with it."""
    if not private(turn):
        return
    turn.outcome = "part"
    if await _anyone_muted(turn, turn.person.id):
        turn.say(t.LINK_MUTED)
        return
    parted = await turn.uow.accounts.part(turn.person.id, turn.first.channel, turn.now)
    if parted:
        await turn.audit("accounts parted", f"person:{turn.person.id}")
        turn.forgotten = True
        first = turn.first
        turn.person = await turn.uow.people.find(first.channel, first.user_id) or turn.person
    turn.say(t.PARTED if parted else t.PART_NONE)


EXECUTE: dict[type, Any] = {
    own.ShowOwnData: show,
    own.ShowConsents: show_consents,
    own.Decide: decide,
    own.LinkAccount: link,
    own.JoinAccounts: join,
    own.RefuseJoin: refuse_join,
    own.PartAccounts: part,
}
