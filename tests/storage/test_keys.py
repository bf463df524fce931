"""Keys and kept files: owner-only, whole or not there, altered never accepted."""

import hashlib
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.files import FileStore, write_new
from storage.keys import KeyRefused, Keys

KEYS = Keys(bytes(range(32)))


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_key_file_is_made_once_and_for_its_owner(tmp_path: Path) -> None:
    path = tmp_path / "key"
    sealed = Keys.load_or_create(path).seal("คำ")
    assert mode(path) == 0o600
    assert Keys.load_or_create(path).open(sealed) == "คำ"
    assert [p.name for p in tmp_path.iterdir()] == ["key"]


def test_two_at_once_get_the_same_key(tmp_path: Path) -> None:
    path = tmp_path / "key"
    with ThreadPoolExecutor(16) as pool:
        made = list(pool.map(lambda _: Keys.load_or_create(path).hash("x"), range(64)))
    assert len(set(made)) == 1


@pytest.mark.parametrize("open_to", [0o640, 0o604, 0o660, 0o644])
def test_a_key_that_others_may_read_is_refused(tmp_path: Path, open_to: int) -> None:
    path = tmp_path / "key"
    Keys.load_or_create(path)
    path.chmod(open_to)
    with pytest.raises(KeyRefused, match="0600"):
        Keys.load_or_create(path)


@pytest.mark.parametrize("held", [b"", b"short", b"!!!!", b"QUJD\n"])
def test_what_is_no_key_is_refused(tmp_path: Path, held: bytes) -> None:
    path = tmp_path / "key"
    path.write_bytes(held)
    path.chmod(0o600)
    with pytest.raises(KeyRefused):
        Keys.load_or_create(path)
    assert path.read_bytes() == held


@given(st.text())
def test_sealed_text_opens_and_never_looks_alike(text: str) -> None:
    if any(0xD800 <= ord(c) <= 0xDFFF for c in text):
        return
    one, two = KEYS.seal(text), KEYS.seal(text)
    assert one != two
    assert KEYS.open(one) == KEYS.open(two) == text


def test_every_altered_byte_is_noticed() -> None:
    sealed = KEYS.seal("ถนนพัง")
    for at in range(len(sealed)):
        altered = sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :]
        with pytest.raises(KeyRefused):
            KEYS.open(altered)
    for short in (b"", sealed[:1], sealed[:10], sealed[:-1]):
        with pytest.raises(KeyRefused):
            KEYS.open(short)
    with pytest.raises(KeyRefused):
        Keys(bytes(32)).open(sealed)


def test_hashes_and_signatures_depend_on_the_key_and_differ() -> None:
    other = Keys(bytes(32))
    values = {KEYS.hash("x"), KEYS.sign("x"), other.hash("x"), other.sign("x"), KEYS.hash("y")}
    assert len(values) == 5
    assert {len(v) for v in values} == {64}
    assert hashlib.sha256(b"x").hexdigest() not in values


def test_only_the_right_signature_holds() -> None:
    signature = KEYS.sign("files/a?until=1")
    assert KEYS.verify("files/a?until=1", signature)
    assert not KEYS.verify("files/a?until=2", signature)
    assert not KEYS.verify("files/a?until=1", signature[:-1])
    assert not KEYS.verify("files/a?until=1", "")
    assert not KEYS.verify("files/a?until=1", "ก" * 64)
    assert not KEYS.verify("files/a?until=1", KEYS.hash("files/a?until=1"))


def test_files_are_kept_under_what_they_hold(tmp_path: Path) -> None:
    store = FileStore(tmp_path / "files")
    name = store.put(b"abc")
    assert name == hashlib.sha256(b"abc").hexdigest()
    assert store.put(b"abc") == name
    assert store.get(name) == b"abc"
    kept = [p for p in (tmp_path / "files").rglob("*") if p.is_file()]
    assert [mode(p) for p in kept] == [0o600]
    assert {mode(p) for p in (tmp_path / "files", kept[0].parent)} == {0o700}
    store.remove(name)
    store.remove(name)
    with pytest.raises(FileNotFoundError):
        store.get(name)


@pytest.mark.parametrize(
    "name", ["", "a", "A" * 64, "g" * 64, "../" * 22, "a" * 63 + "/", "a" * 65, "a" * 64 + "\n"]
)
def test_no_other_name_leads_anywhere(tmp_path: Path, name: str) -> None:
    store = FileStore(tmp_path)
    for use in (store.get, store.remove):
        with pytest.raises(FileNotFoundError):
            use(name)
            use("0" * 64) if use == store.get else store.get("0" * 64)


def test_a_file_is_whole_or_not_there(tmp_path: Path) -> None:
    path = tmp_path / "x"
    assert write_new(path, b"first")
    assert not write_new(path, b"second")
    assert path.read_bytes() == b"first"
    assert [p.name for p in tmp_path.iterdir()] == ["x"]
