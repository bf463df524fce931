"""How the code is shaped: short files and functions, bare doors, one nursery, few broad excepts."""

import ast
from collections.abc import Callable, Iterator

import pytest

from tests.house.tree import PACKAGES, python, text_of

LONGEST_FILE = 400
LONGEST_FUNCTION = 60
NURSERY = "bot/jobs.py"
BROAD_EXCEPTS = 3
PURE = ("planning", "nlp", "handlers/dialogue")


def long_functions(tree: ast.Module) -> Iterator[int]:
    """Lines where functions longer than the bar begin."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            size = (node.end_lineno or node.lineno) - node.lineno + 1
            if size > LONGEST_FUNCTION:
                yield node.lineno


def furniture(tree: ast.Module) -> Iterator[int]:
    """Lines of anything beside the docstring (or of the missing docstring)."""
    if ast.get_docstring(tree) is None:
        yield 1
    yield from (node.lineno for node in tree.body[1:])


def loose_tasks(tree: ast.Module) -> Iterator[int]:
    """Lines that start a task outside a task group (which waits for what it started)."""
    groups = {
        _name(item.optional_vars)
        for node in ast.walk(tree)
        if isinstance(node, ast.AsyncWith)
        for item in node.items
        if isinstance(item.context_expr, ast.Call) and _name(item.context_expr.func) == "TaskGroup"
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and _name(node.value) in groups - {None}:
            continue
        if _name(node) in {"create_task", "ensure_future", "run_coroutine_threadsafe"}:
            yield node.lineno  # type: ignore[attr-defined]


def mocks(tree: ast.Module) -> Iterator[int]:
    """Lines that name a mock."""
    for node in ast.walk(tree):
        imported = isinstance(node, ast.ImportFrom) and "mock" in (node.module or "").split(".")
        if imported or _name(node) in {"Mock", "MagicMock", "AsyncMock", "mocker"}:
            yield node.lineno  # type: ignore[attr-defined]


def clocks(tree: ast.Module) -> Iterator[int]:
    """Lines that ask what time it is."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node.func) in {"now", "utcnow", "today", "time"}:
            base = node.func.value if isinstance(node.func, ast.Attribute) else None
            if _name(base) in {"datetime", "date", "time", "dt"}:
                yield node.lineno


def broad_excepts(tree: ast.Module) -> Iterator[int]:
    """Lines of handlers that catch everything."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ExceptHandler):
            caught = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
            if any(c is None or _name(c) in {"Exception", "BaseException"} for c in caught):
                yield node.lineno


def asserts_nothing(tree: ast.Module) -> Iterator[int]:
    """Lines of tests that assert nothing, neither themselves nor by what they call in their file."""
    functions = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    named = frozenset({"raises", "fail", "until"})  # until: waits, and fails when it does not come
    checking = {f.name for f in functions if _asserts(f, named)}
    grown = True
    while grown:
        more = {f.name for f in functions if _asserts(f, frozenset(checking))} - checking
        grown = bool(more)
        checking |= more
    yield from (f.lineno for f in functions if f.name[:5] == "test_" and f.name not in checking)


def _asserts(function: ast.AST, checking: frozenset[str]) -> bool:
    return any(
        isinstance(node, ast.Assert)
        or (isinstance(node, ast.Call) and _name(node.func) in checking)
        for node in ast.walk(function)
    )


def _name(node: ast.AST | None) -> str | None:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else None


def faults(
    find: Callable[[ast.Module], Iterator[int]], trees: dict[str, ast.Module]
) -> dict[str, list[int]]:
    """Lines found, by file; files without any are left out."""
    found = {name: sorted(set(find(tree))) for name, tree in trees.items()}
    return {name: lines for name, lines in found.items() if lines}


def test_no_file_is_long() -> None:
    sizes = {name: text_of(name).count("\n") for name in python(*PACKAGES, "tests")}
    assert {n: s for n, s in sizes.items() if s > LONGEST_FILE} == {}


def test_no_function_is_long() -> None:
    assert faults(long_functions, python(*PACKAGES, "tests")) == {}


def test_half_of_the_functions_are_at_most_eight_lines() -> None:
    sizes = sorted(
        (node.end_lineno or node.lineno) - node.lineno + 1
        for tree in python(*PACKAGES).values()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    assert sizes[len(sizes) // 2] <= 8
    assert sizes[len(sizes) * 95 // 100] <= 35


def test_doors_hold_a_docstring_and_nothing_else() -> None:
    trees = python(*PACKAGES, "tests")
    doors = {name: tree for name, tree in trees.items() if name.endswith("/__init__.py")}
    assert len(doors) > len(PACKAGES)
    assert faults(furniture, doors) == {}


def test_tasks_are_started_in_the_supervised_nursery_only() -> None:
    found = faults(loose_tasks, python(*PACKAGES))
    assert set(found) <= {NURSERY}


def test_no_test_uses_a_mock() -> None:
    assert faults(mocks, python("tests")) == {}


def test_every_test_asserts_something() -> None:
    assert faults(asserts_nothing, python("tests")) == {}


def test_pure_rooms_read_no_clock() -> None:
    assert faults(clocks, python(*PURE)) == {}


def test_broad_excepts_are_few_and_each_says_why() -> None:
    found = faults(broad_excepts, python(*PACKAGES))
    places = [(name, line) for name, lines in found.items() for line in lines]
    assert len(places) <= BROAD_EXCEPTS, places
    for name, line in places:
        around = text_of(name).splitlines()[line - 2 : line + 2]
        assert any("# " in text for text in around), f"{name}:{line} gives no reason"


PLANTED = [
    (long_functions, "def f():\n" + "    x = 1\n" * 60),
    (furniture, '"""A room."""\nimport os\n'),
    (furniture, ""),
    (loose_tasks, "import asyncio\nasyncio.create_task(f())\n"),
    (mocks, "from unittest.mock import Mock\n"),
    (mocks, "def test_a(mocker):\n    mocker.patch('x')\n"),
    (asserts_nothing, "def test_a():\n    run()\n"),
    (asserts_nothing, "def run():\n    pass\ndef test_a():\n    run()\n"),
    (clocks, "from datetime import datetime\nx = datetime.now()\n"),
    (clocks, "import time\nx = time.time()\n"),
    (broad_excepts, "try:\n    f()\nexcept Exception:\n    pass\n"),
    (broad_excepts, "try:\n    f()\nexcept:\n    pass\n"),
    (broad_excepts, "try:\n    f()\nexcept (OSError, BaseException):\n    pass\n"),
]


@pytest.mark.parametrize(("find", "source"), PLANTED)
def test_each_look_finds_a_planted_fault(
    find: Callable[[ast.Module], Iterator[int]], source: str
) -> None:
    assert faults(find, {"planted.py": ast.parse(source)}) != {}
