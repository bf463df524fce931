"""The glossary and the code say the same words."""

import importlib
import re
from dataclasses import is_dataclass
from enum import StrEnum
from types import ModuleType

from planning.forums import OUTCOME_TH, WAY_TH, Outcome, Way
from planning.projects import DOCUMENT_TH, DocumentKind
from planning.roles import ROLE_TH, Role
from planning.taxonomy import PILLAR_TH, Pillar, categories
from tests.house.tree import files, text_of

ROW = re.compile(r"^\| `([^`]+)` \| (.+?) \| (.+?) \|$", re.MULTILINE)
THAI, LATIN = re.compile(r"[\u0e00-\u0e7f]"), re.compile(r"[A-Za-z]")


def sections() -> dict[str, dict[str, tuple[str, str]]]:
    """(Thai, English) by code, by heading."""
    parts = re.split(r"^##+ (.+)$", text_of("docs/glossary.md"), flags=re.MULTILINE)
    pairs = zip(parts[1::2], parts[2::2], strict=True)
    return {
        title.strip("`"): {code: (th, en) for code, th, en in ROW.findall(body)}
        for title, body in pairs
    }


def modules() -> list[ModuleType]:
    """Every module of planning."""
    names = [n for n in files() if n.startswith("planning/") and n.endswith(".py")]
    return [importlib.import_module(n[:-3].replace("/", ".")) for n in names if "__" not in n]


def own_classes() -> dict[str, type]:
    """Every class that planning defines."""
    return {
        name: value
        for module in modules()
        for name, value in vars(module).items()
        if isinstance(value, type) and value.__module__ == module.__name__
    }


def test_every_enum_and_only_they_stand_in_the_glossary() -> None:
    enums = {
        name: {member.value for member in cls}
        for name, cls in own_classes().items()
        if issubclass(cls, StrEnum)
    }
    said = {t: set(rows) for t, rows in sections().items() if re.fullmatch(r"[A-Z]\w+", t)}
    nouns = {"Categories"}
    assert {t: rows for t, rows in said.items() if t not in nouns} == enums


def test_every_noun_and_only_they_stand_in_the_glossary() -> None:
    nouns = {name for name, cls in own_classes().items() if is_dataclass(cls)}
    assert set(sections()["The nouns"]) == nouns


def test_every_category_stands_in_the_glossary() -> None:
    rows = {c.code: (c.name_th, c.name_en) for c in categories().values()}
    assert sections()["Categories"] == rows


def test_every_word_is_given_in_both_languages() -> None:
    rows = [row for section in sections().values() for row in section.values()]
    assert len(rows) > 100
    assert [th for th, _ in rows if not THAI.search(th)] == []
    assert [en for _, en in rows if not LATIN.search(en)] == []


def test_the_thai_words_are_those_that_people_see() -> None:
    shown: dict[type[StrEnum], dict[str, str]] = {
        Outcome: {k.value: v for k, v in OUTCOME_TH.items()},
        Way: {k.value: v for k, v in WAY_TH.items()},
        DocumentKind: {k.value: v for k, v in DOCUMENT_TH.items()},
        Role: {k.value: v for k, v in ROLE_TH.items()},
        Pillar: {k.value: v for k, v in PILLAR_TH.items()},
    }
    for enum, words in shown.items():
        rows = sections()[enum.__name__]
        assert {code: th for code, (th, _) in rows.items()} == words
        assert set(words) == {member.value for member in enum}
