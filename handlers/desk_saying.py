"""What becomes of the words that the desk asked for."""

from collections.abc import Awaitable, Callable
from typing import Any

from handlers.context import Turn
from handlers.desk import at_desk
from handlers.desk_asking import answered, wait_for
from handlers.desk_changes import fit, say_line, say_place
from handlers.desk_ending import say_close, say_village
from handlers.desk_links import ask_merge, split_off
from handlers.desk_prepared import numbers_in
from handlers.dialogue.topics import desk as d
from planning.codes import tidy_code
from planning.issues import Issue

_SAY: dict[d.Typed, Callable[[Turn, Issue, str], Awaitable[None]]] = {
    d.Typed.LINE: say_line,
    d.Typed.PLACE: say_place,
    d.Typed.CLOSE: say_close,
    d.Typed.VILLAGE: say_village,
}


async def say(turn: Turn, intent: d.SayAtDesk) -> None:
    """Do with the words what they were asked for; ask again where they do not fit."""
    answered(turn)
    if intent.what is d.Typed.MERGE:
        await ask_merge(turn, d.AskMerge(code=intent.code, other=tidy_code(intent.text) or ""))
        return
    issue = await at_desk(turn, intent.code)
    if issue is None:
        return
    if intent.what is d.Typed.SPLIT:
        await split_off(turn, issue, numbers_in(intent.text), intent.of)
        return
    words = fit(turn, intent.what, intent.text)
    if words is None:
        turn.outcome = "desk_again"
        wait_for(turn, issue, intent.what)
        return
    await _SAY[intent.what](turn, issue, words)


EXECUTE: dict[type, Any] = {d.SayAtDesk: say}
