"""The speech seam: off by default, refused at the start where it cannot work, kind to broken sounds."""

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any, BinaryIO

import pytest

from bot.config import SettingsMistake, load_settings, setting_names
from bot.speech import WhisperListener, listener_of


class SmallModel:
    """Speaks like the library's model: hears «น้ำไม่ไหล» in what begins with OggS, refuses the rest."""

    made: list[tuple[str, dict[str, Any]]] = []  # noqa: RUF012

    def __init__(self, folder: str, **how: Any) -> None:
        SmallModel.made.append((folder, how))

    def transcribe(self, sound: BinaryIO, **how: Any) -> tuple[Iterator[SimpleNamespace], None]:
        assert how["language"] == "th"
        if sound.read(4) != b"OggS":
            raise ValueError("invalid data")
        return iter([SimpleNamespace(text=" น้ำ"), SimpleNamespace(text=" ไม่ไหล ")]), None


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in setting_names():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("faster_whisper")
    module.WhisperModel = SmallModel  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "faster_whisper", module)
    SmallModel.made.clear()


@pytest.mark.usefixtures("library")
def test_words_are_heard_with_a_model_loaded_once(tmp_path: Path) -> None:
    ears = WhisperListener(tmp_path)
    assert SmallModel.made == []
    assert [ears.hear(b"OggS.."), ears.hear(b"OggS..")] == ["น้ำ ไม่ไหล"] * 2
    ((folder, how),) = SmallModel.made
    assert folder == str(tmp_path)
    assert how["local_files_only"] is True


@pytest.mark.usefixtures("library")
def test_a_broken_sound_is_no_words(tmp_path: Path) -> None:
    assert WhisperListener(tmp_path).hear(b"broken") == ""


def test_nobody_listens_unless_a_model_is_set(tmp_path: Path) -> None:
    assert listener_of(load_settings(data_dir=tmp_path)) is None


def test_a_folder_without_a_model_or_the_library_stops_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = load_settings(data_dir=tmp_path, speech_model=tmp_path)
    with pytest.raises(SettingsMistake, match=r"PRACHAKHOM_SPEECH_MODEL: .*model\.bin"):
        listener_of(settings)
    (tmp_path / "model.bin").write_bytes(b"")
    monkeypatch.setitem(sys.modules, "faster_whisper", None)
    with pytest.raises(SettingsMistake, match="faster-whisper, which is not installed"):
        listener_of(settings)
