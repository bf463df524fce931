"""Every import rule holds, and every one is seen to catch a fault planted for it."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import PACKAGES, ROOT, files, pyproject

FAULTS = [
    ("downwards", "planning/planted.py", "import handlers.messages"),
    ("downwards", "storage/__init__.py", "import handlers.messages"),
    ("downwards", "handlers/planted.py", "import bot.config"),
    ("nlp-alone", "nlp/planted.py", "import planning.areas"),
    ("storage-known-to", "bot/config.py", "from storage import keys"),
    ("nlp-known-to", "storage/__init__.py", "from nlp import values"),
    ("nlp-known-to", "bot/web/__init__.py", "from nlp.values import Place"),
    ("wires-far-from-storage", "bot/channels/__init__.py", "import bot.app"),
    ("wires-far-from-storage", "bot/web/__init__.py", "import bot.app"),
    ("documents-alone", "bot/documents/__init__.py", "import bot.channels"),
    ("documents-alone", "bot/documents/__init__.py", "import bot.web"),
    ("line-apart", "bot/channels/line_objects.py", "import bot.channels.telegram_calls"),
    ("telegram-apart", "bot/channels/telegram.py", "import bot.channels.webchat"),
    ("webchat-apart", "bot/channels/webchat.py", "import bot.channels.line_events"),
    ("planning-pure", "planning/planted.py", "import sqlalchemy"),
    ("planning-pure", "planning/planted.py", "import time"),
    ("nlp-pure", "nlp/planted.py", "import httpx"),
    ("nlp-pure", "nlp/planted.py", "from urllib import request"),
    ("dialogue-pure", "handlers/dialogue/__init__.py", "from storage import values"),
    ("dialogue-pure", "handlers/dialogue/__init__.py", "import asyncio"),
    ("dialogue-pure", "handlers/dialogue/__init__.py", "import telegram"),
]


def broken(folder: Path) -> set[str]:
    """Names of the contracts that do not hold for the packages in `folder`."""
    run = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()",
         "--no-logo", "--no-cache"],
        cwd=folder, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(folder), "NO_COLOR": "1", "COLUMNS": "200"},
    )  # fmt: skip
    verdicts = re.findall(r"^(.+?) (KEPT|BROKEN)", run.stdout, re.MULTILINE)
    assert len(verdicts) == len(contracts()), run.stdout + run.stderr
    found = {name for name, verdict in verdicts if verdict == "BROKEN"}
    assert run.returncode == (1 if found else 0), run.stdout + run.stderr
    return {key for key, name in contracts().items() if name in found}


def contracts() -> dict[str, str]:
    """Name of each contract by its id."""
    return {c["id"]: c["name"] for c in pyproject()["tool"]["importlinter"]["contracts"]}


def plant(folder: Path) -> None:
    """Copy the packages and their rules."""
    for name in files():
        if name == "pyproject.toml" or (name.endswith(".py") and name.startswith(PACKAGES)):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)


def test_every_channel_module_is_shared_or_held_apart() -> None:
    shared = {"__init__", "base", "fit", "reading", "setup"}
    rules = pyproject()["tool"]["importlinter"]["contracts"]
    apart = [c for c in rules if c["id"].endswith("-apart")]
    held = [m.removeprefix("bot.channels.") for c in apart for m in c["source_modules"]]
    here = {Path(n).stem for n in files() if n.startswith("bot/channels/") and n.endswith(".py")}
    assert sorted([*held, *shared]) == sorted(here)
    for rule in apart:
        assert {*rule["source_modules"], *rule["forbidden_modules"]} == {
            f"bot.channels.{name}" for name in held
        }


def test_every_rule_holds() -> None:
    assert broken(ROOT) == set()


def test_every_rule_has_a_planted_fault() -> None:
    assert {rule for rule, _, _ in FAULTS} == set(contracts())


@pytest.mark.parametrize(("rule", "name", "line"), FAULTS)
def test_a_planted_fault_breaks_its_rule_and_no_other(
    tmp_path: Path, rule: str, name: str, line: str
) -> None:
    plant(tmp_path)
    with (tmp_path / name).open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")
    assert broken(tmp_path) == {rule}
