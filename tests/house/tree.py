"""What lies in this project: its files, read once."""

import ast
import subprocess
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("bot", "handlers", "storage", "nlp", "planning")
_NOT_OURS = frozenset({".venv", ".git", "build", "__pycache__", ".hypothesis"})
_TEXT = frozenset(
    {".py", ".md", ".toml", ".lock", ".csv", ".json", ".jsonl", ".html", ".txt", ".typ"}
)


@cache
def files() -> tuple[str, ...]:
    """Every file of the project, relative to `ROOT`: those git knows, or all where there is no git."""
    if (ROOT / ".git").exists():
        listed = subprocess.run(
            ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
        )
        names = [n for n in listed.stdout.split("\0") if n and (ROOT / n).exists()]
    else:
        names = [
            path.relative_to(ROOT).as_posix()
            for path in ROOT.rglob("*")
            if path.is_file() and not _is_made(path.relative_to(ROOT).parts)
        ]
    assert len(names) > 50, "the project's files were not found"
    return tuple(sorted(names))


def _is_made(parts: tuple[str, ...]) -> bool:
    return bool(_NOT_OURS & set(parts)) or any(
        p.endswith((".egg-info", "_cache")) or p.startswith(".coverage") for p in parts
    )


@cache
def text_of(name: str) -> str:
    """The text of one file."""
    return (ROOT / name).read_text(encoding="utf-8")


def texts() -> dict[str, str]:
    """Name and text of every file that people read or write."""
    found = {n: text_of(n) for n in files() if Path(n).suffix in _TEXT or n == ".ci/run"}
    assert found
    return found


@cache
def _tree(name: str) -> ast.Module:
    return ast.parse(text_of(name), name)


def python(*rooms: str) -> dict[str, ast.Module]:
    """Name and syntax tree of every Python file in the rooms named."""
    found = {
        name: _tree(name)
        for name in files()
        if name.endswith(".py") and name.startswith(tuple(f"{room}/" for room in rooms))
    }
    assert found, f"no Python file in {rooms}"
    return found


@cache
def pyproject() -> dict[str, Any]:
    """The project's own description."""
    return tomllib.loads(text_of("pyproject.toml"))
