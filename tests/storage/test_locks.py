"""Locks between processes, and the revision that start-up trusts."""

from pathlib import Path

import pytest
from alembic.script import ScriptDirectory

from storage.locks import Taken, alone
from storage.migrating import MIGRATIONS, NEWEST


def test_one_holds_what_another_may_not(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with alone(path), pytest.raises(Taken), alone(path, wait=False):
        pytest.fail("both held it")
    with alone(path, wait=False):
        assert path.stat().st_mode & 0o777 == 0o600


def test_the_newest_revision_is_named_rightly() -> None:
    assert ScriptDirectory(str(MIGRATIONS)).get_current_head() == NEWEST
