"""What is said: every phrase that is used exists, once a language, with the same blanks."""

import ast
import re
from pathlib import Path
from string import Formatter
from types import ModuleType

import pytest

import handlers
from bot.channels.fit import graphemes
from bot.channels.line import LineChannel
from handlers.dialogue import texts
from handlers.dialogue.english import core as english_core
from handlers.dialogue.thai import core
from planning.taxonomy import categories

FOLDER = Path(handlers.__file__).parent


def used(tree: ast.Module) -> set[str]:
    """Phrases that a module takes from `texts`, under whatever name it imported it."""
    aliases = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "handlers.dialogue"
        for alias in node.names
        if alias.name == "texts"
    }
    return {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id in aliases
        and node.attr.isupper()
    }


def blanks(phrase: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(phrase) if name}


def test_every_phrase_used_exists() -> None:
    known = set(texts.names(texts.THAI_BOOK)) | {"THAI", "PLAIN_THAI", "ENGLISH"}
    modules = FOLDER.rglob("*.py")
    missing = {
        (path.name, name)
        for path in modules
        for name in used(ast.parse(path.read_text(encoding="utf-8"))) - known
    }
    assert not missing
    assert used(ast.parse("from handlers.dialogue import texts as t\nt.NO_SUCH")) == {"NO_SUCH"}


def test_a_name_stands_once_a_language() -> None:
    for book in (texts.THAI_BOOK, texts.ENGLISH_BOOK):
        names = [n for part in book for n in vars(part) if n.isupper()]
        assert len(names) == len(set(names))


def test_english_has_the_same_blanks() -> None:
    thai, english = texts.names(texts.THAI_BOOK), texts.names(texts.ENGLISH_BOOK)
    assert set(english) <= set(thai)
    for name, phrase in english.items():
        there = thai[name]
        if isinstance(phrase, str) and isinstance(there, str):
            assert blanks(phrase) == blanks(there), name


def test_the_language_is_that_of_the_block() -> None:
    with texts.speaking("en"):
        assert texts.LANGUAGE_SET.startswith("From now on")
    assert texts.LANGUAGE_SET.endswith("นะคะ")
    with texts.speaking("th-plain"):
        assert not re.search("ค่ะ|นะคะ", texts.LANGUAGE_SET + texts.RECEIVED)
        assert "คะแนน" in texts._toned("คะแนนค่ะ")


@pytest.mark.parametrize("book", [texts.THAI_BOOK, texts.ENGLISH_BOOK], ids=["thai", "english"])
def test_phrases_fit_both_platforms(book: tuple[ModuleType, ...]) -> None:
    for name, phrase in texts.names(book).items():
        parts = phrase.values() if isinstance(phrase, dict) else [phrase]
        label = name.startswith("BUTTON_") or name == "SHORT_CATEGORY"
        most = LineChannel.capabilities.label_graphemes if label else 900
        for words in parts:
            assert sum(1 for _ in graphemes(str(words))) <= most, name


def test_what_everybody_hears_is_there_in_english() -> None:
    thai, english = vars(core), vars(english_core)
    assert {n for n in thai if n.isupper()} == {n for n in english if n.isupper()}
    assert set(english["STATES"]) == set(thai["STATES"])
    assert set(english["SHORT_CATEGORY"]) == set(thai["SHORT_CATEGORY"])


def test_a_category_is_named_in_the_language_spoken() -> None:
    thai = [texts.category_name(code) for code in categories()]
    assert thai == [c.name_th for c in categories().values()]
    with texts.speaking(texts.ENGLISH):
        assert not [code for code in categories() if re.search(r"[ก-๙]", texts.category_name(code))]
