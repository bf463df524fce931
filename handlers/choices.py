"""What a person chooses for themselves: the language they are spoken to in."""

from dataclasses import replace
from typing import Any

from handlers.context import Turn
from handlers.dialogue import texts as t
from handlers.dialogue.topics.settings import ChooseLanguage
from handlers.messages import Button


async def choose_language(turn: Turn, intent: ChooseLanguage) -> None:
    """Speak the language chosen from now on, or ask which."""
    turn.outcome = "language"
    if not intent.language:
        turn.say(
            t.LANGUAGE_ASK,
            Button(label=t.BUTTON_THAI, data="lang:th"),
            Button(label=t.BUTTON_ENGLISH, data="lang:en"),
        )
        return
    await turn.uow.people.set_language(turn.person.id, intent.language)
    turn.person = replace(turn.person, language=intent.language)
    with t.speaking(intent.language):
        turn.say(t.LANGUAGE_SET)


EXECUTE: dict[type, Any] = {ChooseLanguage: choose_language}
