"""What follows a forum: the village's own work, and what comes back."""

import re
from dataclasses import dataclass

from handlers.dialogue.intents import Intent
from handlers.dialogue.topic import Topic
from planning.codes import tidy_code


@dataclass(frozen=True, kw_only=True)
class ShowWorks(Intent):
    """«งานหมู่บ้าน»: what the village does by itself, after the first `skip`; `done`: what it has done."""

    skip: int = 0
    done: bool = False


@dataclass(frozen=True, kw_only=True)
class ShowWork(Intent):
    """One piece of work with what can be said of it."""

    code: str


@dataclass(frozen=True, kw_only=True)
class MarkWork(Intent):
    """It is done, or it goes on (also after it was marked done by mistake)."""

    code: str
    done: bool


@dataclass(frozen=True, kw_only=True)
class AddWorkPhoto(Intent):
    """Photos that show it done."""

    code: str


@dataclass(frozen=True, kw_only=True)
class ShowWorkPhotos(Intent):
    """Show its photos."""

    code: str


def _marked(m: re.Match[str]) -> Intent | None:
    code = tidy_code(m[2])
    return MarkWork(code=code, done=not m[1].startswith("ยัง")) if code else None


def _code(parts: list[str]) -> str:
    return tidy_code(parts[0]) or ""


TOPIC = Topic(
    exact={
        **dict.fromkeys(
            ("งานหมู่บ้าน", "งานของหมู่บ้าน", "งานที่ต้องทำ", "รายการงาน", "งานทำเอง", "/works"), ShowWorks()
        ),
        **dict.fromkeys(("งานที่ทำแล้ว", "งานที่เสร็จแล้ว"), ShowWorks(done=True)),
        "village work": ShowWorks(),
    },
    patterns=(
        (r"(ทำแล้ว|ทำเสร็จแล้ว|เสร็จแล้ว|ยังทำอยู่)\s+(is-?\s?\S{6})", _marked),
        (r"งาน\s*(is-?\s?\S{6})", lambda m: ShowWork(code=tidy_code(m[1]) or "")),
    ),
    buttons={
        "works": lambda r: ShowWorks(skip=int(r[0])),
        "worked": lambda r: ShowWorks(skip=int(r[0]), done=True),
        "work": lambda r: ShowWork(code=_code(r)),
        "workok": lambda r: MarkWork(code=_code(r), done=True),
        "workgo": lambda r: MarkWork(code=_code(r), done=False),
        "workpics": lambda r: ShowWorkPhotos(code=_code(r)),
    },
)
