"""Where the data that is not part of the project lies: `PRACHAKHOM_SHARED`, or `../shared`."""

import os
from pathlib import Path

import pytest


def _find() -> Path | None:
    named = os.environ.get("PRACHAKHOM_SHARED")
    folder = Path(named) if named else Path(__file__).resolve().parents[2] / "shared"
    return folder if folder.is_dir() else None


SHARED: Path | None = _find()


def shared_file(relative: str) -> Path:
    """The path of a file under the shared folder.

    Without it the calling test skips, or fails where `CI=true` says that it must be there.
    """
    path = SHARED / relative if SHARED else None
    if path is not None and path.exists():
        return path
    reason = f"needs the shared file {relative} (PRACHAKHOM_SHARED names its folder)"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)
