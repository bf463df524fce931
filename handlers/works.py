"""The village's own work: the list of it, marks that it is done or goes on, and photos that show it."""

from typing import Any

from handlers.context import Turn
from handlers.dialogue import texts as t
from handlers.dialogue.state import Step
from handlers.dialogue.topics import after as a
from handlers.heads import runs_forum_of
from handlers.messages import Button, FileRef, MessageKind, Reply
from handlers.news import Teller
from handlers.outcomes import become
from handlers.parts import key_of
from planning.areas import Village
from planning.issues import Issue, IssueState
from planning.roles import Action
from planning.thai import chat_date
from planning.village_work import Mark, VillageWork, WorkMark
from storage.values import WorkPhoto

_PAGE, _PHOTOS, _LABEL = 5, 4, 20


async def begin_work(
    teller: Teller, issue: Issue, *, resolution_code: str | None = None, actor_id: int | None = None
) -> None:
    """The matter comes onto the village's list; its state is changed by whoever calls."""
    await teller.uow.works.mark(
        WorkMark(
            id=0,
            issue_id=issue.id,
            mark=Mark.BEGUN,
            at=teller.now,
            resolution_code=resolution_code,
            actor_id=actor_id,
        )
    )


async def show_works(turn: Turn, intent: a.ShowWorks) -> None:
    """The list of a head's village, or of one's own to look at."""
    village = runs_forum_of(turn.village, turn.grants, turn.areas) or turn.village
    if village is None:
        turn.outcome = "no_village"
        turn.say(t.ASK_VILLAGE, ask_location=True)
        turn.remember(step=Step.ASK_VILLAGE, asked_at=turn.utterance.last_at)
        return
    turn.outcome = "works"
    if intent.done:
        found = await turn.uow.works.done_in(village.code, _PAGE * 4)
    else:
        found = await turn.uow.works.in_village(village.code)
    page = found[intent.skip : intent.skip + _PAGE]
    other = _other_list(intent)
    if not page:
        none = t.WORKS_DONE_NONE if intent.done else t.WORKS_NONE
        turn.say(none.format(village=village.title), *(() if intent.done else (other,)))
        return
    _say_list(turn, intent, village, found, page)


def _other_list(intent: a.ShowWorks) -> Button:
    if intent.done:
        return Button(label=t.BUTTON_WORKS, data="works:0")
    return Button(label=t.BUTTON_WORKS_DONE, data="worked:0")


def _say_list(
    turn: Turn,
    intent: a.ShowWorks,
    village: Village,
    found: tuple[VillageWork, ...],
    page: tuple[VillageWork, ...],
) -> None:
    head = t.WORKS_DONE_HEAD if intent.done else t.WORKS_HEAD
    lines = [head.format(village=village.title, count=len(found))]
    buttons = []
    for number, work in enumerate(page, start=intent.skip + 1):
        lines.append(_list_line(number, work))
        label = _short(t.BUTTON_WORK.format(number=number, line=_line(work)))
        buttons.append(Button(label=label, data=f"work:{work.issue.code}"))
    last = intent.skip + len(page)
    verb = "worked" if intent.done else "works"
    more = (Button(label=t.BUTTON_WORKS_MORE, data=f"{verb}:{last}"),) if last < len(found) else ()
    turn.say("\n".join(lines), *buttons, *more, _other_list(intent))


def _list_line(number: int, work: VillageWork) -> str:
    line, code = _line(work), work.issue.code
    return t.WORKS_LINE.format(number=number, line=line, code=code, when=_when(work))


def _short(label: str) -> str:
    return label if len(label) <= _LABEL else f"{label[: _LABEL - 1]}…"


def _line(work: VillageWork) -> str:
    return work.issue.neutral_line


def _when(work: VillageWork) -> str:
    """What was said of it last."""
    if work.done_at:
        photos = t.WORK_PHOTOS.format(count=work.photos) if work.photos else ""
        return t.WORK_DONE_ON.format(date=chat_date(work.done_at)) + photos
    if work.going_at:
        return t.WORK_GOING_ON.format(date=chat_date(work.going_at))
    return t.WORK_SINCE.format(date=chat_date(work.since))


async def show_work(turn: Turn, intent: a.ShowWork) -> None:
    """One piece of work; those with the office get buttons to say how it stands."""
    issue = await _found(turn, intent.code)
    if issue is None:
        return
    work = await turn.uow.works.work(issue)
    standing = await turn.uow.issues.standing(issue.id)
    turn.outcome = f"work:{issue.code}"
    place = t.WORK_PLACE.format(place=issue.place) if issue.place else ""
    text = t.WORK.format(
        line=_line(work), place=place, when=_when(work), people=standing.people, code=issue.code
    )
    pictures = (Button(label=t.BUTTON_WORK_PHOTOS, data=f"workpics:{issue.code}"),)
    turn.say(
        text,
        *(_marks(issue) if _may_mark(turn, issue) else ()),
        *(pictures if work.photos else ()),
        Button(label=t.BUTTON_WORKS, data="works:0"),
    )


def _marks(issue: Issue) -> tuple[Button, ...]:
    going = Button(label=t.BUTTON_WORK_GOING, data=f"workgo:{issue.code}")
    if issue.state is IssueState.DONE:
        return (Button(label=t.BUTTON_WORK_NOT_DONE, data=f"workgo:{issue.code}"),)
    return (Button(label=t.BUTTON_WORK_DONE, data=f"workok:{issue.code}"), going)


def _may_mark(turn: Turn, issue: Issue) -> bool:
    return turn.may(Action.RUN_DESK, issue.village_code)


async def _found(turn: Turn, code: str, *, to_mark: bool = False) -> Issue | None:
    """A public matter on the list, or done from it; says why there is none."""
    issue = await turn.uow.issues.by_code(code)
    seen = issue is not None and not issue.confidential and await _on_list(turn, issue)
    if issue is not None and to_mark and not _may_mark(turn, issue):
        turn.outcome = "not_allowed"
        turn.say(t.NOT_ALLOWED)
        return None
    if not seen:
        turn.outcome = "no_work"
        turn.say(t.WORK_GONE, Button(label=t.BUTTON_WORKS, data="works:0"))
        return None
    return issue


async def _on_list(turn: Turn, issue: Issue) -> bool:
    if issue.state is IssueState.VILLAGE_WORK:
        return True
    marked = await turn.uow.works.marks(issue.id)
    return issue.state is IssueState.DONE and any(m.mark is Mark.DONE for m in marked)


async def mark_work(turn: Turn, intent: a.MarkWork) -> None:
    """Note that a piece of work is done (those who told it are asked whether it is), or goes on."""
    issue = await _found(turn, intent.code, to_mark=True)
    if issue is None:
        return
    was_done = issue.state is IssueState.DONE
    if intent.done and was_done:
        turn.outcome = "done_before"
        _ask_photo(turn, issue, t.WORK_DONE_BEFORE)
        return
    mark = await turn.uow.works.mark(
        WorkMark(
            id=0,
            issue_id=issue.id,
            mark=Mark.DONE if intent.done else Mark.GOING,
            at=turn.now,
            actor_id=turn.person.id,
        )
    )
    await turn.audit(f"village work {mark.mark}", issue.code)
    turn.outcome = f"work_{mark.mark}:{issue.code}"
    if intent.done:
        await _done(turn, issue, mark)
    elif was_done:
        await _not_done(turn, issue, mark)
    else:
        turn.say(t.WORK_GOING_NOTED, Button(label=t.BUTTON_WORKS, data="works:0"))


async def _done(turn: Turn, issue: Issue, mark: WorkMark) -> None:
    key, me = f"work:{issue.code}:{mark.id}", turn.person.id
    _, people = await become(turn, issue, IssueState.DONE, key, actor_id=me, besides=(me,))
    _ask_photo(turn, issue, t.WORK_DONE_NOTED.format(line=issue.neutral_line, people=people))


async def _not_done(turn: Turn, issue: Issue, mark: WorkMark) -> None:
    key, me = f"work:{issue.code}:{mark.id}", turn.person.id
    state = IssueState.VILLAGE_WORK
    with t.speaking(t.THAI):
        reason = t.WORK_NOT_DONE_REASON
    _, people = await become(turn, issue, state, key, words=reason, actor_id=me, besides=(me,))
    done = Button(label=t.BUTTON_WORK_DONE, data=f"workok:{issue.code}")
    others = Button(label=t.BUTTON_WORKS, data="works:0")
    turn.say(t.WORK_NOT_DONE_NOTED.format(line=issue.neutral_line, people=people), done, others)
    turn.remember(step=Step.IDLE, asked_at=None)


def _ask_photo(turn: Turn, issue: Issue, said: str) -> None:
    turn.say(
        f"{said}\n{t.WORK_ASK_PHOTO}",
        Button(label=t.BUTTON_WORK_NOT_DONE, data=f"workgo:{issue.code}"),
    )
    turn.remember(step=Step.ASK_WORK_PHOTO, issue_code=issue.code, asked_at=turn.utterance.last_at)


async def add_photo(turn: Turn, intent: a.AddWorkPhoto) -> None:
    """Keep photos of a piece of work; more may follow."""
    issue = await _found(turn, intent.code, to_mark=True)
    if issue is None:
        return
    photos = [m for m in turn.utterance.media if m.kind is MessageKind.PHOTO]
    for message in photos:
        await turn.uow.works.add_photo(
            WorkPhoto(
                id=0,
                issue_id=issue.id,
                person_id=turn.person.id,
                channel=message.channel,
                media_id=message.media_id,
                message_key=key_of(turn.uow.told, message),
                sent_at=message.sent_at,
            )
        )
    turn.outcome = f"work_photo:{issue.code}"
    work = await turn.uow.works.work(issue)
    turn.say(
        t.WORK_PHOTO_KEPT.format(count=work.photos), Button(label=t.BUTTON_WORKS, data="works:0")
    )
    turn.remember(asked_at=turn.utterance.last_at)


async def show_photos(turn: Turn, intent: a.ShowWorkPhotos) -> None:
    """The last photos of a piece of work as small pictures."""
    issue = await _found(turn, intent.code)
    if issue is None:
        return
    kept = (await turn.uow.works.photos(issue.id))[-_PHOTOS:]
    turn.outcome = f"work_photos:{issue.code}"
    back = Button(label=t.BUTTON_WORKS, data="works:0")
    if not kept:
        turn.say(t.WORK_PHOTOS_NONE, back)
        return
    files = tuple(
        FileRef(file_id=p.preview_id, name=f"{issue.code}-{n}.jpg", media_type="image/jpeg")
        for n, p in enumerate(kept, start=1)
    )
    words = t.WORK_PHOTOS_SHOWN.format(line=issue.neutral_line, count=len(files))
    turn.replies.append(Reply(text=words, buttons=(back,), files=files))


EXECUTE: dict[type, Any] = {
    a.ShowWorks: show_works,
    a.ShowWork: show_work,
    a.MarkWork: mark_work,
    a.AddWorkPhoto: add_photo,
    a.ShowWorkPhotos: show_photos,
}
