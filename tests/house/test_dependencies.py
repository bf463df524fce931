"""What is imported is declared, and what is declared is used."""

import ast
import sys
from collections.abc import Iterator
from functools import cache
from importlib.metadata import packages_distributions

from tests.benchmarks.classifiers import PACKAGES as PEERS
from tests.house.test_files import name_of
from tests.house.tree import PACKAGES, pyproject, python

OURS = {*PACKAGES, "tests"}
TRAINERS = tuple(f"nlp/train{name}.py" for name in ("", "_closed", "_joining", "_kind", "_vectors"))
"""Run by those who teach the models anew, never by the program."""
BY_NAME_ONLY = {
    "aiosqlite": "SQLAlchemy loads it by the database's URL",
    "asyncpg": "SQLAlchemy loads it by the database's URL",
    "fontpkg-sarabun": "its folder is asked for by name",
    "httptools": "uvicorn loads it where it is installed",
    "import-linter": "a command",
    "mypy": "a command",
    "pytest-asyncio": "pytest loads it",
    "pytest-cov": "pytest loads it",
    "pytest-xdist": "pytest loads it",
    "ruff": "a command",
    "types-openpyxl": "mypy reads it",
}


_installed = cache(packages_distributions)


def imported(trees: dict[str, ast.Module]) -> Iterator[str]:
    """Names of the installed packages that the files import, anywhere."""
    known = _installed()
    for tree in trees.values():
        for node in ast.walk(tree):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names = [node.module]
            for top in {name.split(".")[0] for name in names}:
                if top not in sys.stdlib_module_names and top not in OURS:
                    yield name_of(known.get(top, [top])[0])


def declared(*groups: str) -> set[str]:
    """Names the project declares: at run time, and in `groups`."""
    wanted = list(pyproject()["project"]["dependencies"])
    for group in groups:
        wanted += pyproject()["dependency-groups"][group]
    return {name_of(w) for w in wanted}


def program(*, trainers: bool = False) -> dict[str, ast.Module]:
    """The program's files without the trainers, or the trainers."""
    found = python(*PACKAGES)
    return {name: tree for name, tree in found.items() if (name in TRAINERS) == trainers}


def test_the_program_imports_what_it_declares() -> None:
    assert set(imported(program())) <= declared()


def test_trainers_need_no_more_than_the_tests_and_the_program_needs_none() -> None:
    assert set(imported(program(trainers=True))) <= declared("test")
    named = {
        node.module
        for tree in program().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
    }
    assert not named & {name.removesuffix(".py").replace("/", ".") for name in TRAINERS}


def test_the_tests_import_what_is_declared() -> None:
    assert set(imported(python("tests"))) <= declared("test")


def test_everything_declared_is_used() -> None:
    used = set(imported(python(*PACKAGES, "tests"))) | set(BY_NAME_ONLY)
    assert declared("test") <= used
    assert not set(BY_NAME_ONLY) - declared("test")


def test_nothing_that_is_only_for_tests_is_needed_at_run_time() -> None:
    only_tests = declared("test") - declared()
    assert "pytest" in only_tests
    assert not only_tests & set(imported(program()))


def peers_loaded() -> set[str]:
    """The packages that benchmarks load by name, if they are there."""
    calls = (
        node
        for name, tree in python("tests/benchmarks").items()
        for node in ast.walk(tree)
        if "/test_" not in name
        and isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "peer_module"
    )
    tops = {ast.literal_eval(call.args[0]).split(".")[0] for call in calls}
    return {PEERS.get(top, top) for top in tops}


def test_peers_are_declared_and_loaded_by_name_only() -> None:
    group = {name_of(w) for w in pyproject()["dependency-groups"]["benchmark"]}
    taught = set(imported(program(trainers=True)))
    assert peers_loaded() - taught == group
    assert not group & {*declared("test"), *imported({**program(), **python("tests")})}


def test_a_stray_import_is_seen() -> None:
    assert list(imported({"planted.py": ast.parse("import pip.linalg")})) == ["pip"]
