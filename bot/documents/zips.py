"""Office files are zip files; packed here so that the same content is always the same bytes."""

import io
import zipfile
from collections.abc import Callable

_EPOCH = (1980, 1, 1, 0, 0, 0)


def repacked(data: bytes, change: Callable[[str, bytes], bytes] | None = None) -> bytes:
    """The zip with fixed times and attributes; `change(name, content)` may alter an entry."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            info = zipfile.ZipInfo(entry.filename, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            info.external_attr = 0
            new.writestr(info, change(entry.filename, content) if change else content)
    return out.getvalue()
