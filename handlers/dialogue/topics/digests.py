"""The summary, its picture and the regular digest."""

from dataclasses import dataclass

from handlers.dialogue.intents import Intent, ShowQuestions, Summarise
from handlers.dialogue.topic import Topic
from planning.codes import tidy_code

_DATA_BYTES = 64


@dataclass(frozen=True, kw_only=True)
class ShowDisputed(Intent):
    """Matters said to be done of which somebody says that they are not; `area` a code, "" one's own."""

    area: str = ""


@dataclass(frozen=True, kw_only=True)
class ShowUnsure(Intent):
    """Matters that may be one, of which nobody said whether they are."""

    area: str = ""


@dataclass(frozen=True, kw_only=True)
class KeepApart(Intent):
    """Two matters are not one, whatever the machine thinks."""

    one: str
    other: str


def look_data(area: str, words: str, skip: int = 0) -> str:
    """A button's data for looking at an area's matters; "" where the words are too long for one.

    The words go as Thai's own bytes in hex, since a button's data is plain ASCII.
    """
    try:
        data = f"sum:{area}:{words.encode('tis-620').hex()}:{skip}"
    except UnicodeEncodeError:
        return ""
    return data if len(data) <= _DATA_BYTES else ""


def _look(rest: list[str]) -> Intent:
    words = bytes.fromhex(rest[1]).decode("tis-620")
    return Summarise(area=f"{rest[0]} {words}".strip(), skip=int(rest[2]))


def _pair(rest: list[str]) -> Intent:
    return KeepApart(one=tidy_code(rest[0]) or "", other=tidy_code(rest[1]) or "")


TOPIC = Topic(
    buttons={
        "sum": _look,
        "questions": lambda r: ShowQuestions(),
        "disputed": lambda r: ShowDisputed(area=r[0] if r else ""),
        "unsure": lambda r: ShowUnsure(area=r[0] if r else ""),
        "apart": _pair,
    },
)
