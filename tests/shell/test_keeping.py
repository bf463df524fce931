"""What is done from time to time: erasures soon, old things once a day; and the same by command."""

import asyncio
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.config import load_settings, setting_names
from bot.jobs import Bell
from bot.keeping import Keeper
from planning.retention import KINDS, Retention
from tests.shell.parts import NOW

RUN = CliRunner()


class Work:
    """Counts what it was asked to do."""

    def __init__(self) -> None:
        self.now = NOW
        self.finished = 0
        self.let_go: list[tuple[Retention, datetime]] = []

    async def finish(self, now: datetime) -> int:
        self.finished += 1
        return 1

    async def go(self, rules: Retention, now: datetime) -> Mapping[str, int]:
        self.let_go.append((rules, now))
        return {"inbox": 7}

    def keeper(self, rules: Retention) -> Keeper:
        return Keeper(self.finish, self.go, rules, lambda: self.now)


async def test_old_things_are_let_go_once_a_day(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    work, rules = Work(), Retention(inbox=3)
    keeper = work.keeper(rules)
    for hours in (0, 1, 1, 20, 3, 5):
        work.now += timedelta(hours=hours)
        await keeper.once()
    assert work.finished == 6
    assert work.let_go == [
        (rules, NOW + timedelta(hours=1)),
        (rules, NOW + timedelta(hours=25)),
    ]
    assert "7 inbox" in caplog.text


async def test_the_keeper_ends_when_told() -> None:
    work, bell, stopping = Work(), Bell(), asyncio.Event()
    async with asyncio.timeout(5), asyncio.TaskGroup() as group:
        group.create_task(work.keeper(Retention()).run(bell, stopping))
        await asyncio.sleep(0)
        bell.ring()
        while not work.finished:  # noqa: ASYNC110  a test looks from outside
            await asyncio.sleep(0.005)
        stopping.set()
        bell.ring()
    assert work.finished == 1 and work.let_go == []


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in setting_names():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PRACHAKHOM_DATA_DIR", str(tmp_path / "data"))


@pytest.mark.usefixtures("bare")
def test_the_command_counts_or_lets_go() -> None:
    counted = RUN.invoke(app, ["retention", "--dry-run", "--json"])
    assert counted.exit_code == 0
    assert json.loads(counted.stdout) == dict.fromkeys(KINDS, 0)
    done = RUN.invoke(app, ["retention", "--json"])
    assert (done.exit_code, json.loads(done.stdout)) == (0, {})
    said = RUN.invoke(app, ["retention", "--dry-run"])
    assert "0  inbox" in said.stdout and "nothing was changed" in said.stderr


@pytest.mark.usefixtures("bare")
def test_the_days_come_from_the_settings() -> None:
    rules = load_settings(keep_inbox_days=5, keep_person_days=0).retention
    assert (rules.inbox, rules.people, rules.walk_ins, rules.words) == (5, 0, 0, 1095)
    assert load_settings().retention == Retention()
