"""Pictures for tests, drawn here: photos that differ, and files that only look like photos."""

import random
import struct
import zlib
from io import BytesIO

from PIL import Image, ImageDraw
from PIL.TiffImagePlugin import IFDRational

SIZE = (640, 480)


def drawing(seed: int, size: tuple[int, int] = SIZE) -> Image.Image:
    """A picture of coloured boxes; each seed has its own look."""
    dice = random.Random(seed)
    made = Image.new("RGB", size, "white")
    pen = ImageDraw.Draw(made)
    for _ in range(40):
        x, y = dice.randrange(size[0]), dice.randrange(size[1])
        w, h = dice.randrange(20, size[0] // 2), dice.randrange(20, size[1] // 2)
        pen.rectangle((x, y, x + w, y + h), fill=tuple(dice.randrange(256) for _ in range(3)))
    return made


def photo(
    seed: int = 1,
    kind: str = "JPEG",
    *,
    size: tuple[int, int] = SIZE,
    spot: tuple[float, float] | None = None,
    turned: int = 0,
    **more: object,
) -> bytes:
    """Bytes of such a picture, with the place it was taken and its turning in EXIF where asked."""
    exif = Image.Exif()
    if spot:
        gps = {
            1: "N" if spot[0] >= 0 else "S", 2: _parts(spot[0]),
            3: "E" if spot[1] >= 0 else "W", 4: _parts(spot[1]),
        }  # fmt: skip
        exif[0x8825] = gps
    if turned:
        exif[0x0112] = turned
    exif[0x010F] = "Phone of Somchai 0812345678"
    out = BytesIO()
    drawing(seed, size).save(out, kind, exif=exif, **more)
    return out.getvalue()


def _parts(degrees: float) -> tuple[IFDRational, ...]:
    left = abs(degrees)
    whole, minutes = int(left), int(left * 60) % 60
    seconds = round((left - whole - minutes / 60) * 3600 * 1000)
    return (IFDRational(whole, 1), IFDRational(minutes, 1), IFDRational(seconds, 1000))


def png_of(width: int, height: int, data: bytes = b"") -> bytes:
    """A PNG that says it has this size, whatever it holds."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = data or zlib.compress(b"\x00" * 1000)
    return (
        b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")
    )


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
