"""Voice messages heard by a machine: faster-whisper with a model folder of the district's own. Off by default.

No model comes with the program. The library is imported when the first message is heard, and is no
dependency: who sets `PRACHAKHOM_SPEECH_MODEL` installs it (docs/media.md).
"""

import importlib
import importlib.util
import threading
from io import BytesIO
from pathlib import Path
from typing import Any

from bot.config import PREFIX, Settings, SettingsMistake

_LIBRARY = "faster_whisper"


class WhisperListener:
    """Hears Thai in a voice message, on the processor, one message at a time."""

    def __init__(self, folder: Path) -> None:
        """`folder` holds a CTranslate2 model, as faster-whisper reads it."""
        self._folder, self._lock = folder, threading.Lock()
        self._model: Any = None

    def hear(self, sound: bytes) -> str:
        """The words; "" where there are none, or where the sound cannot be decoded."""
        with self._lock:
            model = self._loaded()
            try:
                parts, _ = model.transcribe(BytesIO(sound), language="th", vad_filter=True)
                return " ".join(part.text.strip() for part in parts)
            except (ValueError, OSError, RuntimeError):
                return ""

    def _loaded(self) -> Any:
        if self._model is None:
            library: Any = importlib.import_module(_LIBRARY)
            self._model = library.WhisperModel(
                str(self._folder), device="cpu", compute_type="int8", local_files_only=True
            )
        return self._model


def _installed() -> bool:
    try:
        return importlib.util.find_spec(_LIBRARY) is not None
    except ValueError:  # somebody put a module in its place
        return False


def listener_of(settings: Settings) -> WhisperListener | None:
    """The listener that is set, None without. Raises `SettingsMistake` where it cannot work."""
    if settings.speech_model is None:
        return None
    name = PREFIX + "SPEECH_MODEL"
    folder = settings.speech_model.expanduser()
    if not (folder / "model.bin").is_file():
        raise SettingsMistake(f"{name}: the folder holds no model.bin")
    if not _installed():
        raise SettingsMistake(f"{name}: needs the package faster-whisper, which is not installed")
    return WhisperListener(folder)
