"""When the digest comes: asked, changed and stopped by word or button."""

from dataclasses import replace
from typing import Any

from handlers.context import Turn
from handlers.dialogue import texts as t
from handlers.dialogue.topics.digests import SetDigest, ShowDigest, StopDigest
from handlers.digest_desk import SUBSCRIBED, new_digest, own_areas
from handlers.messages import Button
from handlers.outlooks import scope_over
from handlers.places import AreaBook
from planning.digests import DAYS_TH, USUAL, Digest, Rhythm, next_at
from planning.roles import ALLOWED, Action

_HOURS = (6, 7, 8, 9, 12, 17, 18, 19, 20)


async def show_digest(turn: Turn, intent: ShowDigest) -> None:
    """When the digest comes, with buttons for another day or hour."""
    turn.outcome = "digest"
    own = await _own(turn)
    if own is None:
        return
    if intent.hours:
        buttons = (
            Button(label=t.BUTTON_DIGEST_CLOCK.format(clock=f"{h:02d}.00"), data=f"digest:hour:{h}")
            for h in _HOURS
        )
        turn.say(t.DIGEST_ASK_HOUR, *buttons)
        return
    stopped = all(digest.stopped for digest in own)
    phrase = t.DIGEST_ASK_STOPPED if stopped else t.DIGEST_ASK
    days = [Button(label=name, data=f"digest:day:{n}") for n, name in enumerate(DAYS_TH)]
    turn.say(
        phrase.format(area=_names(turn.areas, own), when=_when(own[0].rhythm)),
        Button(label=t.BUTTON_DIGEST_DAILY, data="digest:day:daily"),
        *days,
        Button(label=t.BUTTON_DIGEST_HOUR, data="digest:hours"),
        *(() if stopped else (Button(label=t.BUTTON_DIGEST_STOP, data="digest:stop"),)),
    )


async def set_digest(turn: Turn, intent: SetDigest) -> None:
    """Let the digest come on another day or at another hour, also where it was stopped."""
    turn.outcome = "digest"
    own = await _own(turn)
    if own is None:
        return
    now = own[0].rhythm
    weekday = now.weekday
    if intent.day:
        weekday = None if intent.day == "daily" else int(intent.day)
    elif weekday is None and intent.clock is None:
        weekday = 0  # «ทุกสัปดาห์» of who got it every day
    hour, minute = intent.clock or (now.hour, now.minute)
    rhythm = Rhythm(weekday=weekday, hour=hour, minute=minute)
    for digest in own:
        if digest.id:
            await turn.uow.digests.set_rhythm(digest.id, rhythm, next_at(rhythm, turn.now))
        else:
            await turn.uow.digests.add(new_digest(turn.person.id, digest.area, rhythm, turn.now))
    await turn.audit("digest set", f"person:{turn.person.id}")
    later = Button(label=t.BUTTON_DIGEST_HOUR, data="digest:hours")
    turn.say(
        t.DIGEST_SET.format(area=_names(turn.areas, own), when=_when(rhythm)),
        later,
        Button(label=t.BUTTON_DIGEST_STOP, data="digest:stop"),
    )


async def stop_digest(turn: Turn, intent: StopDigest) -> None:
    """Send no digest any more, until it is wished again."""
    turn.outcome = "digest_stopped"
    own = await _own(turn)
    if own is None:
        return
    for digest in own:
        if not digest.id:
            await turn.uow.digests.add(replace(digest, stopped=True))
    await turn.uow.digests.stop(turn.person.id)
    await turn.audit("digest stopped", f"person:{turn.person.id}")
    turn.say(t.DIGEST_STOPPED, Button(label=t.BUTTON_DIGEST_SET, data="digest:set"))


async def _own(turn: Turn) -> list[Digest] | None:
    """The person's digests, those not kept yet with number 0; None (said) for who may see no summary."""
    subscribed = own_areas(turn.grants, SUBSCRIBED)
    areas = subscribed or own_areas(turn.grants, ALLOWED[Action.SEE_SUMMARY])
    if not areas:
        turn.outcome = "not_allowed"
        turn.say(t.NOT_ALLOWED)
        return None
    known = {d.area: d for d in await turn.uow.digests.of_person(turn.person.id)}
    usual = turn.settings.digest or USUAL
    stopped = not subscribed or turn.settings.digest is None
    return [
        known.get(area)
        or replace(new_digest(turn.person.id, area, usual, turn.now), stopped=stopped)
        for area in areas
    ]


def _names(areas: AreaBook, own: list[Digest]) -> str:
    scopes = [scope_over(areas, digest.area) for digest in own]
    return " ".join(scope.name for scope in scopes if scope)


def _when(rhythm: Rhythm) -> str:
    clock = f"{rhythm.hour:02d}.{rhythm.minute:02d}"
    if rhythm.weekday is None:
        return t.DIGEST_DAILY.format(clock=clock)
    return t.DIGEST_WEEKLY.format(day=DAYS_TH[rhythm.weekday], clock=clock)


EXECUTE: dict[type, Any] = {
    ShowDigest: show_digest,
    SetDigest: set_digest,
    StopDigest: stop_digest,
}
