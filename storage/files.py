"""Bytes on disk under their SHA-256, and the writing of a file that is whole or not there."""

import contextlib
import hashlib
import os
import re
import secrets
from pathlib import Path

_NAME = re.compile(r"[0-9a-f]{64}")


def owner_only_folder(folder: Path) -> None:
    """Make `folder` (and its parents) when absent; its own mode becomes 0700."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)


def write_new(path: Path, data: bytes) -> bool:
    """Write `data` durably as a new owner-only file, whole or not at all.

    False, and nothing changed, when `path` existed by then (somebody else's file stays).
    """
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            return False
    finally:
        with contextlib.suppress(FileNotFoundError):
            draft.unlink()
    _sync_folder(path.parent)
    return True


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class FileStore:
    """A folder of files named by what they hold; the same bytes are kept once."""

    def __init__(self, folder: Path) -> None:
        """Keep files in `folder`, made owner-only when absent."""
        owner_only_folder(folder)
        self._folder = folder

    def put(self, data: bytes) -> str:
        """Keep `data` durably; its SHA-256 in hex, by which `get` finds it."""
        name = hashlib.sha256(data).hexdigest()
        path = self._path(name)
        if not path.exists():
            owner_only_folder(path.parent)
            write_new(path, data)
            _sync_folder(self._folder)
        return name

    def get(self, file_id: str) -> bytes:
        """The bytes kept under `file_id`; `FileNotFoundError` when there are none or it is no id."""
        return self._path(file_id).read_bytes()

    def remove(self, file_id: str) -> None:
        """Remove the bytes kept under `file_id`; nothing happens when there are none."""
        with contextlib.suppress(FileNotFoundError):
            self._path(file_id).unlink()

    def _path(self, file_id: str) -> Path:
        if not _NAME.fullmatch(file_id):
            raise FileNotFoundError("not the name of a kept file")
        return self._folder / file_id[:2] / file_id
