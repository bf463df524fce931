"""The person's own choices: language."""

from dataclasses import dataclass

from handlers.dialogue.intents import Intent
from handlers.dialogue.topic import Topic


@dataclass(frozen=True, kw_only=True)
class ChooseLanguage(Intent):
    """«English», «ภาษาไทย»: what to speak with the person; "" asks which."""

    language: str = ""


_ENGLISH = (
    "english", "english please", "in english", "in english please", "speak english", "use english",
    "can you speak english", "can you speak english?", "do you speak english", "do you speak english?",
)  # fmt: skip
TOPIC = Topic(
    exact={
        **dict.fromkeys(_ENGLISH, ChooseLanguage(language="en")),
        "ภาษาอังกฤษ": ChooseLanguage(language="en"),
        "ภาษาไทย": ChooseLanguage(language="th"),
        "thai": ChooseLanguage(language="th"),
        "ภาษา": ChooseLanguage(),
        "language": ChooseLanguage(),
        "/language": ChooseLanguage(),
    },
    buttons={
        "lang": lambda r: ChooseLanguage(language={"en": "en", "th": "th"}[r[0]] if r else "")
    },
)
