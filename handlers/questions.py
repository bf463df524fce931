"""Questions: answered from what is known, else kept for the head, whose answer reaches the asker."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from handlers import reports
from handlers.context import Turn
from handlers.dialogue import intents as i
from handlers.dialogue import texts as t
from handlers.dialogue.answers import numbers
from handlers.dialogue.asking import Asked, subject_of
from handlers.dialogue.topics import telling as d
from handlers.dialogue.topics.joining_in import ShowIssues
from handlers.joining_in import show_issues
from handlers.messages import Button, Reply
from handlers.news import tell_person
from handlers.refining import mine_line, one
from planning.areas import Village
from planning.forums import Forum
from planning.reports import Report, ReportState
from planning.roles import ROLE_TH, Action, Role
from planning.thai import BANGKOK, chat_date

_FEW = 3


async def answer_question(turn: Turn, intent: d.AnswerQuestion) -> None:
    """Answer from what is known; a press sends the question to the head all the same."""
    turn.outcome = f"answered:{intent.kind}"
    before = len(turn.replies)
    await _ANSWERS[intent.kind](turn, intent)
    last = turn.replies[-1]
    if len(turn.replies) > before and not turn.first.group:
        button = Button(label=t.BUTTON_ASK_HEAD, data="askhead")
        turn.replies[-1] = replace(last, buttons=(*last.buttons, button))
    turn.remember(question=intent.text)


async def _what(turn: Turn, intent: d.AnswerQuestion) -> None:
    turn.say(t.WHAT_THIS, Button(label=t.BUTTON_HELP, data="help"))


async def _who_reads(turn: Turn, intent: d.AnswerQuestion) -> None:
    readers = t.READERS_DISTRICT
    if turn.village and await turn.uow.people.holders(Role.HEAD, turn.village.code):
        readers = t.READERS_HEAD.format(village=turn.village.title)
    turn.say(t.WHO_READS.format(readers=readers))


async def _privacy(turn: Turn, intent: d.AnswerQuestion) -> None:
    turn.say(t.PRIVACY)


async def _how(turn: Turn, intent: d.AnswerQuestion) -> None:
    turn.say(t.HOW_TO, Button(label=t.BUTTON_MINE, data="mine"))


async def _forum(turn: Turn, intent: d.AnswerQuestion) -> None:
    if turn.village is None:
        turn.say(t.FORUM_WHICH, Button(label=t.BUTTON_CHANGE_VILLAGE, data="join"))
        return
    turn.say(await forum_line(turn, turn.village))


async def forum_line(turn: Turn, village: Village) -> str:
    """When and where the village meets next, or that nobody has said."""
    forum = await turn.uow.forums.current(village.code)
    today = turn.now.astimezone(BANGKOK).date()
    if forum is None or forum.held_on is None or forum.held_on < today:
        return t.FORUM_NOT_SET.format(village=village.title)
    return _when(village, forum)


def _when(village: Village, forum: Forum) -> str:
    assert forum.held_on is not None
    when = " ".join(filter(None, (chat_date(forum.held_on), forum.held_at, forum.place)))
    return t.FORUM_WHEN.format(
        village=village.title, number=forum.number, year=forum.year_be, when=when
    )


async def _call(turn: Turn, intent: d.AnswerQuestion) -> None:
    reading = turn.readings.get(reports.NEW)
    category = reading.understanding.categories[0].code if reading else "other"
    turn.say(numbers(category, turn.settings.contacts))


async def _became(turn: Turn, intent: d.AnswerQuestion) -> None:
    """What became of the report named by code, else of those of the same matter, else of the last ones."""
    named = await turn.uow.reports.by_code(intent.code) if intent.code else None
    if named and turn.owns(named):
        turn.replies.append(await one(turn, named))
        return
    own = await turn.uow.reports.of_person(turn.person.id, limit=20)
    reading = turn.readings.get(reports.NEW)
    subject = subject_of(intent.text)
    if named_so := tuple(r for r in own if subject and subject in r.text):
        own = named_so
    elif reading and intent.text:
        best = reading.understanding.categories[0].code
        own = tuple(r for r in own if r.category == best and best != "other") or own
    if not own:
        turn.say(t.BECAME_NONE, Button(label=t.BUTTON_ISSUES, data="open"))
    elif len(own) == 1:
        turn.replies.append(await one(turn, own[0]))
    else:
        lines = [t.BECAME_HEAD, *[await mine_line(turn, r) for r in own[:_FEW]]]
        turn.say("\n".join(lines), Button(label=t.BUTTON_MINE, data="mine"))


async def _village(turn: Turn, intent: d.AnswerQuestion) -> None:
    """What others of the village told: the open list."""
    await show_issues(turn, ShowIssues())


_ANSWERS: dict[Asked, Callable[[Turn, d.AnswerQuestion], Awaitable[None]]] = {
    Asked.WHAT: _what,
    Asked.WHO_READS: _who_reads,
    Asked.PRIVACY: _privacy,
    Asked.HOW: _how,
    Asked.FORUM: _forum,
    Asked.CALL: _call,
    Asked.BECAME: _became,
    Asked.VILLAGE: _village,
}


async def ask_head(turn: Turn, intent: d.AskHead) -> None:
    """Keep the question just answered for the head."""
    text = turn.conversation.question
    if not text:
        turn.outcome = "stale"
        turn.say(t.ASK_HEAD_NONE)
        return
    turn.remember(question="")
    await reports.ask(turn, i.Ask(text=text))


async def answer_villager(turn: Turn, intent: d.AnswerVillager) -> None:
    """Somebody whose role covers the village answers a kept question; the asker hears it."""
    question = await turn.uow.reports.by_code(intent.code)
    if question is None or not _may_answer(turn, question):
        turn.outcome = "not_allowed"
        turn.say(t.NOT_FOUND if turn.grants else t.NOT_ALLOWED)
        return
    if not intent.text:
        turn.outcome = "bad_command"
        turn.say(t.ANSWER_EMPTY.format(code=question.tracking_code))
        return
    turn.outcome = f"reply:{question.tracking_code}"
    await turn.uow.telling.add_answer(question.id, intent.text, turn.person.id, turn.now)
    await turn.uow.reports.update(replace(question, state=ReportState.ANSWERED))
    await turn.audit("answer", question.tracking_code)
    sent = await _send_answer(turn, question, intent.text)
    turn.say((t.ANSWER_SENT if sent else t.ANSWER_KEPT).format(code=question.tracking_code))


def _may_answer(turn: Turn, question: Report) -> bool:
    if question.state not in (ReportState.QUESTION, ReportState.ANSWERED):
        return False
    action = Action.SEE_CONFIDENTIAL if question.confidential else Action.SEE_SUMMARY
    return question.village_code is not None and turn.may(action, question.village_code)


async def _send_answer(turn: Turn, question: Report, words: str) -> bool:
    role = next((ROLE_TH[g.role] for g in turn.grants), "")
    code = question.tracking_code

    def news() -> Reply:
        asked = "" if question.confidential else " ".join(question.text.split())[:120]
        text = t.ANSWER_NEWS.format(code=code, question=asked, who=role, words=words)
        return Reply(text=text, about=code)

    return await tell_person(turn, question.person_id, f"answer:{code}:{turn.inbox_ids[0]}", news)


EXECUTE: dict[type, Any] = {
    d.AnswerQuestion: answer_question,
    d.AskHead: ask_head,
    d.AnswerVillager: answer_villager,
}
