"""«สรุป»: an area at one look, for those whose role covers it; what waits there for a decision."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from handlers.context import Scene, Turn
from handlers.dialogue import intents as i
from handlers.dialogue import texts as t
from handlers.dialogue.forms import like_an_area
from handlers.dialogue.topics.digests import KeepApart, ShowDisputed, ShowUnsure, look_data
from handlers.looking import one_word, read_look, with_words
from handlers.messages import Button, FileRef, Reply
from handlers.outlooks import Scope, area_exists, area_known, outlook, scope_of
from handlers.places import AreaBook
from handlers.ports import file_ref
from handlers.preparing import Thinking
from handlers.summary_text import (
    FOREMOST,
    PAGE,
    issue_button,
    numbered,
    page_text,
    summary_text,
)
from nlp.values import Act, Understanding
from planning.areas import Village
from planning.outlook import Only, Outlook
from planning.roles import Action, RoleGrant
from planning.thai import chat_date
from storage.digests import SITTING
from storage.unit import UnitOfWork

NEW = timedelta(days=7)
"""What a first look counts as new."""
_PAIRS = 3
_SHORT_NAME = 20
"""Letters up to which words may be the name of a place nobody knows here."""
_DRAWN_FROM = FOREMOST
"""Matters beyond which a picture says more than the words."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What somebody wants to look at. `scope` None: nothing they may see."""

    scope: Scope | None
    only: Only


def asked_for(
    areas: AreaBook, grants: tuple[RoleGrant, ...], home: Village | None, words: str
) -> Asked:
    """The area and the matters that the words after «สรุป» ask for.

    Words that name neither are looked for in the matters of the asker's own area.
    """
    only, rest = read_look(words.strip())
    if rest and grants and not area_known(areas, rest):
        return Asked(scope=scope_of(areas, grants, home, ""), only=with_words(only, rest))
    return Asked(scope=scope_of(areas, grants, home, rest), only=only)


def no_area(
    areas: AreaBook, scene: Scene, words: str, seen: Understanding, *, matter: bool
) -> bool:
    """Whether what follows «สรุป» is neither an area nor what to look at, but somebody's own words.

    `matter`: they read clearly as one.
    """
    only, rest = read_look(words)
    looks = area_exists(areas, rest) or (not only.narrows and one_word(rest))
    if not rest or area_exists(areas, words) or (scene.grants and looks):
        return False
    if scene.grants and like_an_area(words) and _names_an_office(seen):
        return False
    told = seen.act is Act.MATTER and len(words) > _SHORT_NAME and not scene.grants
    return matter or (told and not like_an_area(words))


def _names_an_office(seen: Understanding) -> bool:
    """Whether the only matter read is that of the office a district is called by («อำเภอ…»)."""
    complains = seen.kind.startswith("complaint") or seen.confidential.on
    return seen.categories[0].code == "service" and not complains


async def summarise(turn: Turn, intent: i.Summarise) -> None:
    """The summary of the area asked for (or of the asker's own), within the asker's area."""
    turn.outcome = "summary"
    asked = asked_for(turn.areas, turn.grants, turn.village, intent.area)
    if asked.scope is None:
        turn.say(t.NOT_FOUND if turn.grants else t.NOT_ALLOWED)
        return
    person, scope, only = turn.person.id, asked.scope, asked.only
    since, begun = await _since(turn.uow, person, scope.key, turn.now)
    seen = await outlook(turn.uow, scope, since, turn.now, unsure_for=turn.settings.question_life)
    if only.narrows:
        _say_page(turn, scope, only, seen, intent.skip)
        return
    await turn.uow.digests.note_look(person, scope.key, begun, since)
    for file in turn.files:
        await turn.uow.digests.note_picture(file.file_id, turn.now)
    buttons = _first_buttons(turn, scope, seen)
    turn.replies.append(Reply(text=summary_text(seen), buttons=buttons, files=turn.files))


async def _since(
    uow: UnitOfWork, person_id: int, area: str, now: datetime
) -> tuple[datetime, datetime]:
    """From when on things are new to somebody, and when their present sitting began."""
    known = await uow.digests.looked(person_id, area)
    if known is None:
        return now - NEW, now
    looked_at, since = known
    return (since, looked_at) if now - looked_at <= SITTING else (looked_at, now)


def _first_buttons(turn: Turn, scope: Scope, seen: Outlook) -> tuple[Button, ...]:
    shown = numbered(seen)
    buttons = [issue_button(number, item.standing.issue) for number, item in shown.values()]
    waits = (
        (seen.waiting.questions, t.BUTTON_QUESTIONS, "questions"),
        (seen.waiting.disputed, t.BUTTON_DISPUTED, f"disputed:{scope.key}"),
        (seen.waiting.unsure, t.BUTTON_PAIRS, f"unsure:{scope.key}"),
    )
    buttons += [Button(label=p.format(count=n), data=data) for n, p, data in waits if n]
    if seen.fresh + seen.grown > 0 and len(seen.items) > len(shown):
        buttons.append(Button(label=t.BUTTON_ONLY_NEW, data=look_data(scope.key, "ใหม่")))
    if len(seen.items) > len(shown):
        label = t.BUTTON_ALL_ISSUES.format(count=len(seen.items))
        buttons.append(Button(label=label, data=look_data(scope.key, "ทั้งหมด")))
    if any(turn.may(Action.RUN_FORUM, v.code) for v in scope.villages[:1]):
        buttons.append(Button(label=t.BUTTON_AGENDA, data="agenda"))
    return tuple(buttons)


def _say_page(turn: Turn, scope: Scope, only: Only, seen: Outlook, skip: int) -> None:
    """The matters that a filter holds, a page at a time."""
    found = [item for item in seen.items if only.holds(item, seen.now)]
    if not found and only.words and not all(only.topics):
        turn.say(t.NOT_FOUND)
        return
    skip = skip if 0 <= skip < len(found) else 0
    buttons = [
        issue_button(number, item.standing.issue)
        for number, item in enumerate(found[skip : skip + PAGE], start=skip + 1)
    ]
    turning = []
    if skip + PAGE < len(found):
        turning.append((t.BUTTON_NEXT_ISSUES, look_data(scope.key, only.said, skip + PAGE)))
    if skip:
        turning.append((t.BUTTON_BACK_ISSUES, look_data(scope.key, only.said, skip - PAGE)))
    turning.append((t.BUTTON_WHOLE, look_data(scope.key, "")))
    buttons += [Button(label=label, data=data) for label, data in turning if data]
    turn.say(page_text(seen, only, found, skip), *buttons)


async def summary_picture(
    think: Thinking, scene: Scene, intent: i.Intent, now: datetime
) -> tuple[FileRef, ...]:
    """The first screen as a picture, where there is more than fits a few lines; made beforehand."""
    if not isinstance(intent, i.Summarise) or scene.person is None or scene.room:
        return ()
    asked = asked_for(think.areas, scene.grants, scene.village, intent.area)
    if asked.scope is None or asked.only.narrows:
        return ()
    async with think.database.read() as uow:
        since, _ = await _since(uow, scene.person.id, asked.scope.key, now)
        seen = await outlook(uow, asked.scope, since, now)
    return await drawn(think, seen)


async def drawn(think: Thinking, seen: Outlook) -> tuple[FileRef, ...]:
    """The picture of an outlook, kept; none where the words say it as well."""
    if len(seen.items) <= _DRAWN_FROM:
        return ()
    made = await asyncio.to_thread(think.documents.summary, seen)
    return (await asyncio.to_thread(file_ref, think.files, made),)


def _scope(turn: Turn, area: str) -> Scope | None:
    scope = scope_of(turn.areas, turn.grants, turn.village, area)
    if scope is None:
        turn.outcome = "not_allowed"
        turn.say(t.NOT_ALLOWED)
    return scope


async def show_disputed(turn: Turn, intent: ShowDisputed) -> None:
    """Matters said to be done of which somebody says that they are not, the last said first."""
    turn.outcome = "disputed"
    scope = _scope(turn, intent.area)
    if scope is None:
        return
    found: dict[int, datetime] = {}
    for code in scope.codes:
        found |= await turn.uow.movements.disputed(code)
    if not found:
        turn.say(t.DISPUTED_NONE)
        return
    lines, buttons = [t.DISPUTED_HEAD.format(count=len(found))], []
    latest = sorted(found.items(), key=lambda row: (row[1], row[0]), reverse=True)
    for number, (issue_id, at) in enumerate(latest[:PAGE], start=1):
        issue = await turn.uow.issues.by_id(issue_id)
        buttons.append(issue_button(number, issue))
        lines.append(
            t.DISPUTED_LINE.format(
                number=number,
                line=issue.neutral_line,
                state=t.of_state(issue.state),
                date=chat_date(at),
                code=issue.code,
            )
        )
    turn.say("\n".join(lines), *buttons)


async def show_unsure(turn: Turn, intent: ShowUnsure) -> None:
    """Pairs of matters that may be one and that no teller judged, a few at a time."""
    turn.outcome = "unsure"
    scope = _scope(turn, intent.area)
    if scope is None:
        return
    before = turn.now - turn.settings.question_life
    pairs = [p for code in scope.codes for p in await turn.uow.movements.unsure(code, before)]
    if not pairs:
        turn.say(t.UNSURE_NONE)
        return
    lines, buttons = [t.UNSURE_HEAD.format(count=len(pairs))], []
    for number, pair in enumerate(pairs[:_PAIRS], start=1):
        one = await turn.uow.issues.standing(pair.one)
        other = await turn.uow.issues.standing(pair.other)
        lines.append(
            t.UNSURE_PAIR.format(
                number=number,
                one=one.issue.neutral_line,
                people=one.people,
                one_code=one.issue.code,
                other=other.issue.neutral_line,
                others=other.people,
                other_code=other.issue.code,
            )
        )
        both = f"{one.issue.code}:{other.issue.code}"
        buttons += [
            Button(label=t.BUTTON_PAIR_OPEN.format(number=number), data=f"dk:join:{both}"),
            Button(label=t.BUTTON_PAIR_APART.format(number=number), data=f"apart:{both}"),
        ]
    turn.say("\n\n".join(lines), *buttons)


async def keep_apart(turn: Turn, intent: KeepApart) -> None:
    """A head or officer says that two matters are not one: they are not asked about again."""
    one = await turn.uow.issues.by_code(intent.one)
    other = await turn.uow.issues.by_code(intent.other)
    both = [issue for issue in (one, other) if issue]
    allowed = all(turn.may(Action.RUN_DESK, issue.village_code) for issue in both)
    if len(both) < 2 or not allowed or any(issue.confidential for issue in both):
        turn.outcome = "not_allowed" if both and not allowed else "stale"
        turn.say(t.NOT_ALLOWED if both and not allowed else t.STALE)
        return
    turn.outcome = f"apart:{both[0].code}"
    await turn.uow.movements.settle_pair(both[0].id, both[1].id, turn.now)
    await turn.audit("kept apart", both[0].code, both[1].code)
    turn.say(t.UNSURE_APART)


EXECUTE: dict[type, Any] = {
    i.Summarise: summarise,
    ShowDisputed: show_disputed,
    ShowUnsure: show_unsure,
    KeepApart: keep_apart,
}
