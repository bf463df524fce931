"""Answering and closing a matter at the desk, doing it ourselves, passing it on or up."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from handlers.context import Turn
from handlers.desk import at_desk, back
from handlers.desk_asking import may_end, villages_near, wait_for
from handlers.desk_changes import note, undo_button
from handlers.dialogue import texts as t
from handlers.dialogue.topics import desk as d
from handlers.messages import Button, Reply
from handlers.news import Contribution, tell_contributors, tell_person
from handlers.outcomes import become
from handlers.places import find_villages
from handlers.works import begin_work
from planning.areas import Village
from planning.desk import STATE_AFTER, DeskAction, DeskEvent
from planning.issues import Issue
from planning.roles import Role

_LEVEL = {
    d.Level.TAMBON: (Role.LOCAL_OFFICER, Role.KAMNAN),
    d.Level.DISTRICT: (Role.DISTRICT_OFFICER,),
}


async def offer_ending(turn: Turn, intent: d.OfferEnding) -> None:
    """Ways to be done with a matter."""
    issue = await at_desk(turn, intent.code)
    if issue is None or not may_end(turn, issue):
        return
    turn.outcome = f"desk_end:{issue.code}"
    code = issue.code
    turn.say(
        t.DESK_ENDING.format(line=issue.neutral_line),
        Button(label=t.BUTTON_DESK_CLOSE, data=f"dk:ask:{code}:close"),
        Button(label=t.BUTTON_DESK_OURS, data=f"dk:ours:{code}"),
        Button(label=t.BUTTON_DESK_ON, data=f"dk:ask:{code}:village"),
        Button(label=t.BUTTON_DESK_TAMBON, data=f"dk:up:{code}:{d.Level.TAMBON}"),
        Button(label=t.BUTTON_DESK_DISTRICT, data=f"dk:up:{code}:{d.Level.DISTRICT}"),
        back(issue),
    )


async def _ended(
    turn: Turn, issue: Issue, action: DeskAction, words: str
) -> tuple[DeskEvent, int] | None:
    """The matter in the state that `action` brings; everybody behind it hears it. None: it was so."""
    if not may_end(turn, issue):
        return None
    state = STATE_AFTER[action]
    if issue.state is state:
        turn.outcome = "desk_same"
        turn.say(t.DESK_SAME, back(issue))
        return None
    event = await note(turn, issue, action, before=issue.state, after=state, words=words)
    me = turn.person.id
    _, people = await become(
        turn, issue, state, f"desk:{event.id}", words=words, actor_id=me, besides=(me,)
    )
    turn.outcome = f"{action}:{issue.code}"
    return event, people


async def say_close(turn: Turn, issue: Issue, words: str) -> None:
    """Answered and closed: the words go to everybody behind it."""
    if done := await _ended(turn, issue, DeskAction.CLOSE, words):
        said = t.DESK_CLOSED.format(people=done[1])
        turn.say(said, back(issue), undo_button(issue, done[0]))


async def mark_ours(turn: Turn, intent: d.MarkOurs) -> None:
    """The village does it itself, without waiting for a forum."""
    issue = await at_desk(turn, intent.code)
    if issue and (done := await _ended(turn, issue, DeskAction.OURS, "")):
        await begin_work(turn, issue, actor_id=turn.person.id)
        work = Button(label=t.BUTTON_DESK_WORK, data=f"work:{issue.code}")
        said = t.DESK_OURS.format(people=done[1])
        turn.say(said, work, back(issue), undo_button(issue, done[0]))


async def hand_up(turn: Turn, intent: d.HandUp) -> None:
    """Passed up to the tambon or the district, whose officers hear it."""
    issue = await at_desk(turn, intent.code)
    if issue is None:
        return
    level = t.one_of("DESK_LEVELS", intent.level)
    done = await _ended(turn, issue, DeskAction.HAND_UP, t.DESK_UP_WORDS.format(level=level))
    if done is None:
        return
    event, people = done
    standing = await turn.uow.issues.standing(issue.id)
    village = turn.areas.get(issue.village_code)
    words = t.DESK_UP_NEWS.format(
        line=issue.neutral_line,
        village=village.title if village else issue.village_code,
        code=issue.code,
        people=standing.people + standing.supporters,
    )
    found = await _tell_holders(turn, _LEVEL[intent.level], issue, words, event)
    nobody = "" if found else t.DESK_UP_NOBODY
    said = t.DESK_UP.format(level=level, people=people, nobody=nobody)
    turn.say(said, back(issue), undo_button(issue, event))


async def _tell_holders(
    turn: Turn, roles: Sequence[Role], issue: Issue, words: str, event: DeskEvent
) -> bool:
    """Tell whoever holds one of the roles over the matter's village; whether there is anybody."""
    button = Button(label=t.BUTTON_DESK_OPEN.format(code=issue.code), data=f"desk:{issue.code}")
    reply = Reply(text=words, buttons=(button,))
    found = [await turn.uow.people.holders(role, issue.village_code) for role in roles]
    holders = sorted({person_id for some in found for person_id in some})
    for person_id in holders:
        if person_id != turn.person.id:
            key = f"desk:{event.id}:to:{person_id}"
            await tell_person(turn, person_id, key, lambda: reply)
    return bool(holders)


async def hand_on(turn: Turn, intent: d.HandOn) -> None:
    """It is another village's: its head takes it over."""
    issue = await at_desk(turn, intent.code)
    village = turn.areas.get(intent.village_code)
    if issue and may_end(turn, issue):
        await _hand_on(turn, issue, village)


async def say_village(turn: Turn, issue: Issue, words: str) -> None:
    """The same by a village's name."""
    inside = [v for v in turn.areas.all() if v.code[:4] == issue.village_code[:4]]
    found = find_villages(words, inside)
    await _hand_on(turn, issue, found[0] if len(found) == 1 else None)


async def _hand_on(turn: Turn, issue: Issue, village: Village | None) -> None:
    same_district = village is not None and village.code[:4] == issue.village_code[:4]
    if village is None or not same_district or village.code == issue.village_code:
        turn.outcome = "desk_no_village"
        turn.say(t.DESK_ON_NOT, *villages_near(turn, issue))
        wait_for(turn, issue, d.Typed.VILLAGE)
        return
    home = turn.areas.get(issue.village_code)
    event = await note(
        turn, issue, DeskAction.HAND_ON, before=issue.village_code, after=village.code
    )
    moved = replace(issue, village_code=village.code)
    await turn.uow.issues.update(moved)
    people = await tell_contributors(
        turn, moved, f"desk:{event.id}", moved_news(moved, village), besides=(turn.person.id,)
    )
    standing = await turn.uow.issues.standing(issue.id)
    words = t.DESK_ON_NEWS.format(
        village=home.title if home else issue.village_code,
        line=issue.neutral_line,
        people=standing.people + standing.supporters,
    )
    found = await _tell_holders(turn, (Role.HEAD,), moved, words, event)
    nobody = "" if found else t.DESK_ON_NOBODY
    turn.outcome = f"handed_on:{issue.code}"
    said = t.DESK_ON_DONE.format(village=village.title, people=people, nobody=nobody)
    turn.say(said, undo_button(issue, event))


def moved_news(issue: Issue, village: Village) -> Callable[[Contribution], Reply]:
    """What contributors hear of a matter that another village looks after now."""

    def news(one: Contribution) -> Reply:
        if not one.line:
            private = t.NEWS_PRIVATE.format(code=one.code, state=t.of_state(issue.state))
            return Reply(text=private, about=one.code)
        phrase = t.MOVED_NEWS if one.code else t.MOVED_NEWS_SUPPORTED
        text = phrase.format(code=one.code, line=one.line, village=village.title)
        return Reply(text=text, about=one.code)

    return news


EXECUTE: dict[type, Any] = {
    d.OfferEnding: offer_ending,
    d.MarkOurs: mark_ours,
    d.HandUp: hand_up,
    d.HandOn: hand_on,
}
