"""Everything the bot says, by meaning, in the language of whoever hears it.

`texts.RECEIVED` is looked up when it is used: within `speaking("en")` it is English where that was
written, else Thai. The phrases stand in `thai/` and `english/`, a file a subject; a name stands in one
file of a language only. Never keep a phrase in a constant: it would stay in one language.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from types import ModuleType

from handlers.dialogue.english import after as english_after
from handlers.dialogue.english import core as english_core
from handlers.dialogue.english import desk as english_desk
from handlers.dialogue.english import digests as english_digests
from handlers.dialogue.english import groups as english_groups
from handlers.dialogue.english import helping as english_helping
from handlers.dialogue.english import joining_in as english_joining_in
from handlers.dialogue.english import media as english_media
from handlers.dialogue.english import menus as english_menus
from handlers.dialogue.english import minutes as english_minutes
from handlers.dialogue.english import own_data as english_own_data
from handlers.dialogue.english import preparing as english_preparing
from handlers.dialogue.english import running as english_running
from handlers.dialogue.english import settings as english_settings
from handlers.dialogue.english import surveys as english_surveys
from handlers.dialogue.english import telling as english_telling
from handlers.dialogue.thai import (
    after,
    core,
    desk,
    digests,
    groups,
    helping,
    joining_in,
    media,
    menus,
    minutes,
    own_data,
    preparing,
    running,
    settings,
    surveys,
    telling,
)
from planning.calendar import BE
from planning.forums import Outcome, Way
from planning.issues import IssueState
from planning.reports import Channel
from planning.taxonomy import categories
from planning.thai import MONTHS_SHORT, chat_date

THAI, PLAIN_THAI, ENGLISH = "th", "th-plain", "en"
"""Thai with ค่ะ, Thai without it (a setting of the district), English."""

THAI_BOOK = (
    core, telling, joining_in, groups, helping, surveys, media, own_data, settings, menus,
    desk, after, digests, preparing, running, minutes,
)  # fmt: skip
ENGLISH_BOOK = (
    english_core, english_telling, english_joining_in, english_groups, english_helping,
    english_surveys, english_media, english_own_data, english_settings, english_menus,
    english_desk, english_after, english_digests, english_preparing, english_running, english_minutes,
)  # fmt: skip
_LANGUAGE: ContextVar[str] = ContextVar("language", default=THAI)
_PARTICLES = re.compile(r"\s?(?:นะคะ|นะค่ะ|ค่ะ|คะ(?![ก-๙]))")


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Say everything in this language within the block."""
    before = _LANGUAGE.set(language)
    try:
        yield
    finally:
        _LANGUAGE.reset(before)


def spoken(language: str, tone: str) -> str:
    """What to speak with somebody who chose `language`, where the district's tone is `tone`."""
    return PLAIN_THAI if language == THAI and tone == "plain" else language


def __getattr__(name: str) -> str:
    """The phrase of that name in the language spoken now; `AttributeError` when nobody wrote it."""
    phrase = _find(name)
    if not isinstance(phrase, str):
        raise AttributeError(name)
    return _toned(phrase)


def of_state(state: IssueState) -> str:
    """What a state is called in chat."""
    return _toned(_find("STATES")[state])  # type: ignore[index]


def of_outcome(outcome: Outcome) -> str:
    """What a forum's decision is called in chat."""
    return str(_find("OUTCOMES")[outcome])  # type: ignore[index]


def of_way(way: Way) -> str:
    """How an approved matter is to be done, in chat."""
    return str(_find("WAYS")[way])  # type: ignore[index]


def of_part(part: str) -> str:
    """What a part of the minutes is called."""
    return str(_find("MINUTES_PARTS")[part])  # type: ignore[index]


def ask_part(part: str) -> str:
    """How a part of the minutes is asked for."""
    return _toned(_find("MINUTES_ASKS")[part])  # type: ignore[index]


def of_category(code: str) -> str:
    """A category's name that fits a button, in words people use."""
    return _toned(_find("SHORT_CATEGORY")[code])  # type: ignore[index]


def category_name(code: str) -> str:
    """A category as the plan's form names it; in the button's words for who reads no Thai."""
    return of_category(code) if _LANGUAGE.get() == ENGLISH else categories()[code].name_th


def of_channel(channel: Channel) -> str:
    """What a platform is called."""
    return _toned(_find("GROUP_CHANNELS")[channel])  # type: ignore[index]


def month_of(year: int, month: int) -> str:
    """A month of a common year as readers write it: «พ.ย. 2569», "11/2026"."""
    if _LANGUAGE.get() == ENGLISH:
        return f"{month}/{year}"
    return f"{MONTHS_SHORT[month - 1]} {year + BE}"


def day_of(day: date) -> str:
    """A day with its weekday: «เสาร์ 20 พ.ย. 69», "Sat 20/11/2026"."""
    name = _find("WEEKDAYS")[day.weekday()]  # type: ignore[index]
    if _LANGUAGE.get() == ENGLISH:
        return f"{name} {day.day}/{day.month}/{day.year}"
    return f"{name} {chat_date(day)}"


def one_of(name: str, key: object) -> str:
    """One phrase of those that stand under a name, by its key or number."""
    return _toned(_find(name)[key])  # type: ignore[index]


def many(name: str) -> int:
    """How many phrases stand under a name."""
    return len(_find(name))  # type: ignore[arg-type]


def of_refusal(refusal: str) -> str:
    """Why a file is not read."""
    return _toned(_find("SURVEY_REFUSALS")[refusal])  # type: ignore[index]


def of_hotline(code: str) -> str:
    """Whom to call about a category's matters; "" where it has no number of its own."""
    return str(_find("CALL_FOR").get(code, ""))  # type: ignore[attr-defined]


def _find(name: str) -> object:
    if name.isupper():
        books = (*ENGLISH_BOOK, *THAI_BOOK) if _LANGUAGE.get() == ENGLISH else THAI_BOOK
        for book in books:
            if name in vars(book):
                return vars(book)[name]
    return None


def names(book: tuple[ModuleType, ...]) -> dict[str, object]:
    """Every phrase of a book by name."""
    return {n: v for part in book for n, v in vars(part).items() if n.isupper()}


def _toned(phrase: str) -> str:
    return _PARTICLES.sub("", phrase) if _LANGUAGE.get() == PLAIN_THAI else phrase
