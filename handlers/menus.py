"""What a menu's tiles are answered with."""

from typing import Any

from handlers.context import Turn
from handlers.dialogue import texts as t
from handlers.dialogue.topics.menus import AskMatter, ShowHotlines
from handlers.villagers import ask_village


async def ask_matter(turn: Turn, intent: AskMatter) -> None:
    """Ask what the matter is, or first where the person lives."""
    turn.outcome = "help"
    if turn.village is None:
        ask_village(turn, t.WELCOME)
    else:
        turn.say(t.ASK_MATTER)


async def hotlines(turn: Turn, intent: ShowHotlines) -> None:
    """Whom to call in danger."""
    turn.outcome = "help"
    turn.say(t.HOTLINES)


EXECUTE: dict[type, Any] = {AskMatter: ask_matter, ShowHotlines: hotlines}
