"""Photos made safe: bytes from anybody in, a plain JPEG with a preview and a look-alike hash out.

What arrives is known by its first bytes and its own header, never by the name or type it came with. The
picture is refused before it is unpacked when it is too large, and drawn anew, so that nothing hidden in the
file (places, names, other files) goes on. Slow (up to a second): call on a thread.
"""

import math
import re
import struct
import warnings
import zlib
from dataclasses import dataclass, field, replace
from enum import StrEnum
from io import BytesIO

from PIL import Image, ImageOps

LONGEST_SIDE = 2048
PREVIEW_SIDE = 480
MOST_PIXELS = 51_000_000
"""More than any phone's photo; a JPEG of that size is unpacked at a fraction of it."""
MOST_PIXELS_WHOLE = 26_000_000
"""For the kinds that are unpacked whole: 100 MB for a moment."""
MOST_PIXELS_IN_SCANS = 16_800_000
"""For a JPEG in several scans: it is unpacked whole, and drawn over once a scan."""
MOST_SCANS = 64
"""Cameras and programs make at most 14."""
SHORTEST_SIDE, MOST_STRETCHED = 16, 30
_QUALITY = 85
_GPS_IFD = 0x8825
_MARKER = re.compile(rb"\xff+[^\x00\x01\xd0-\xd7\xff]", re.DOTALL)
"""The next part of a JPEG: neither a byte of the picture itself nor a mark without a length."""
_FLAT = 3.0
"""Difference of brightness (of 255) below which a picture has nothing to be known again by."""
_BROKEN = (
    OSError, SyntaxError, ValueError, ArithmeticError, LookupError, TypeError, AttributeError,
    RuntimeError, EOFError, MemoryError, struct.error, zlib.error,
    Image.DecompressionBombError, Image.DecompressionBombWarning,
)  # fmt: skip
"""What the library raises over files that are not what they say."""

Image.MAX_IMAGE_PIXELS = MOST_PIXELS
warnings.filterwarnings("ignore", module=r"PIL\.")  # odd notes in people's photos are nobody's news


class Refusal(StrEnum):
    """Why a picture is not kept."""

    UNKNOWN = "unknown"
    HEIC = "heic"
    TOO_LARGE = "too_large"
    BROKEN = "broken"


class PictureRefused(ValueError):
    """The bytes are no picture that can be kept; `why` says which kind of trouble."""

    def __init__(self, why: Refusal) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A photo drawn anew: JPEG bytes, at most 2048 pixels a side, and a preview of at most 480.

    `look`: 64 bits in hex that stay nearly the same when the photo is shrunk or packed again, "" for a
    picture of one colour. `spot`: where the original said it was taken (latitude, longitude).
    """

    data: bytes = field(repr=False)
    preview: bytes = field(repr=False)
    look: str
    spot: tuple[float, float] | None = field(default=None, repr=False)


@dataclass(frozen=True, kw_only=True)
class Header:
    """What a file's first bytes say of it. `scans`: how often a JPEG draws over the whole picture."""

    format: str
    width: int
    height: int
    scans: int = 1


def safe_picture(data: bytes) -> Picture:
    """The picture in `data`. Raises `PictureRefused`."""
    told = header(data)
    _check_size(told)
    try:
        with Image.open(BytesIO(data), formats=[told.format]) as found:
            _check_size(replace(told, width=found.width, height=found.height))
            spot = _spot(found)
            found.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            drawn = _upright(found)
        return Picture(
            data=_jpeg(drawn, LONGEST_SIDE),
            preview=_jpeg(drawn, PREVIEW_SIDE),
            look=look(drawn),
            spot=spot,
        )
    except PictureRefused:
        raise
    except _BROKEN:
        raise PictureRefused(Refusal.BROKEN) from None


def header(data: bytes) -> Header:
    """Kind and size by our own reading of the first bytes. Raises `PictureRefused`."""
    try:
        found = _header(data)
    except (struct.error, IndexError):
        raise PictureRefused(Refusal.BROKEN) from None
    if found is None:
        raise PictureRefused(Refusal.HEIC if _is_heic(data) else Refusal.UNKNOWN)
    return found


def _header(data: bytes) -> Header | None:
    if data[:3] == b"\xff\xd8\xff":
        return _jpeg_header(data)
    if data[:8] == b"\x89PNG\r\n\x1a\n" and data[12:16] == b"IHDR":
        width, height = struct.unpack_from(">II", data, 16)
        return Header(format="PNG", width=width, height=height)
    if data[:6] in (b"GIF87a", b"GIF89a"):
        width, height = struct.unpack_from("<HH", data, 6)
        return Header(format="GIF", width=width, height=height)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return _webp_header(data)
    return None


def _jpeg_header(data: bytes) -> Header:
    """Walks the segments to the frame's; a JPEG without one is broken."""
    at = 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            break
        marker = data[at + 1]
        if marker == 0xFF:  # padding
            at += 1
            continue
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack_from(">HH", data, at + 5)
            scans = _scans(data, at)
            return Header(format="JPEG", width=width, height=height, scans=scans)
        if marker in (0xD9, 0xDA):  # the end, or the picture's own bytes, before any frame
            break
        at += 2 + struct.unpack_from(">H", data, at + 2)[0]
    raise PictureRefused(Refusal.BROKEN)


def _scans(data: bytes, at: int) -> int:
    """How many scans follow the frame at `at`, to the picture's end; no more than are refused."""
    scans = 0
    while found := _MARKER.search(data, at):
        marker, at = data[found.end() - 1], found.end()
        if marker in (0xD8, 0xD9) or scans > MOST_SCANS:
            break
        scans += marker == 0xDA
        at += int.from_bytes(data[at : at + 2], "big")
    return scans


def _webp_header(data: bytes) -> Header:
    kind = data[12:16]
    if kind == b"VP8X":
        width = 1 + int.from_bytes(data[24:27], "little")
        height = 1 + int.from_bytes(data[27:30], "little")
    elif kind == b"VP8L":
        bits = struct.unpack_from("<I", data, 21)[0]
        width, height = 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    else:
        width, height = (side & 0x3FFF for side in struct.unpack_from("<HH", data, 26))
    return Header(format="WEBP", width=width, height=height)


def _is_heic(data: bytes) -> bool:
    brands = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif")
    return data[4:8] == b"ftyp" and data[8:12] in brands


def _check_size(told: Header) -> None:
    most = MOST_PIXELS if told.format == "JPEG" else MOST_PIXELS_WHOLE
    if told.scans > 1:
        most = MOST_PIXELS_IN_SCANS
    short, long = sorted((told.width, told.height))
    if told.width * told.height > most or told.scans > MOST_SCANS:
        raise PictureRefused(Refusal.TOO_LARGE)
    if short < SHORTEST_SIDE or long > MOST_STRETCHED * short:
        raise PictureRefused(Refusal.BROKEN)


def _upright(found: Image.Image) -> Image.Image:
    """The first frame in plain colours, turned as it is to be looked at, on white."""
    found.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    turned = ImageOps.exif_transpose(found)
    if "A" in turned.mode or "transparency" in turned.info:
        clear = turned.convert("RGBA")
        paper = Image.new("RGBA", clear.size, "white")
        return Image.alpha_composite(paper, clear).convert("RGB")
    return turned.convert("RGB")


def _jpeg(drawn: Image.Image, side: int) -> bytes:
    small = drawn.copy()
    small.thumbnail((side, side), Image.Resampling.LANCZOS)
    bare = Image.new("RGB", small.size)
    bare.paste(small)  # nothing but the dots comes along
    out = BytesIO()
    bare.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue()


def look(drawn: Image.Image) -> str:
    """A difference hash: whether each of 8 x 8 fields is brighter than the one to its right.

    "" for a picture with hardly anything to be known again by.
    """
    grey = drawn.convert("L").resize((9, 8), Image.Resampling.LANCZOS).tobytes()
    if max(grey) - min(grey) < _FLAT:
        return ""
    bits = 0
    for row in range(8):
        for column in range(8):
            at = row * 9 + column
            bits = bits << 1 | (grey[at] > grey[at + 1])
    return f"{bits:016x}" if 4 < bits.bit_count() < 60 else ""


def _spot(found: Image.Image) -> tuple[float, float] | None:
    """Where the photo says it was taken; None without, or where it says nonsense."""
    try:
        gps = found.getexif().get_ifd(_GPS_IFD)
        lat = _degrees(gps[2], str(gps.get(1, "")).upper().startswith("S"))
        lon = _degrees(gps[4], str(gps.get(3, "")).upper().startswith("W"))
    except _BROKEN:
        return None
    fits = abs(lat) <= 90 and abs(lon) <= 180 and (lat, lon) != (0.0, 0.0)
    return (round(lat, 6), round(lon, 6)) if fits else None


def _degrees(parts: object, negative: bool) -> float:
    """Degrees of (degrees, minutes, seconds); raises `ValueError` for what is no number."""
    if not isinstance(parts, tuple | list) or len(parts) != 3:
        raise ValueError("not a place")
    whole, minutes, seconds = (float(part) for part in parts)
    found = whole + minutes / 60 + seconds / 3600
    if not math.isfinite(found):
        raise ValueError("not a place")
    return -found if negative else found
