"""What is said: every phrase that is used exists, once a language, with the same blanks."""

import ast
import re
from pathlib import Path
from string import Formatter

import handlers
from handlers.dialogue import texts

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
