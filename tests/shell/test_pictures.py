"""Photos from anybody: kept as plain pictures without a trace, or refused before they do harm."""

import zlib
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.pictures import (
    LONGEST_SIDE,
    PREVIEW_SIDE,
    PictureRefused,
    Refusal,
    look,
    safe_picture,
)
from storage.album import alike
from tests.pictures import drawing, photo, png_of

PLANTED = b"PLANTED-SECRET"


def why(data: bytes) -> Refusal:
    with pytest.raises(PictureRefused) as refused:
        safe_picture(data)
    return refused.value.why


def opened(data: bytes) -> Image.Image:
    found = Image.open(BytesIO(data), formats=["JPEG"])
    found.load()
    return found


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_photos_of_every_kind_become_plain_jpegs(kind: str) -> None:
    made = safe_picture(photo(3, kind))
    assert opened(made.data).size == (640, 480)
    assert max(opened(made.preview).size) == PREVIEW_SIDE
    assert alike(made.look, look(drawing(3)))


def test_nothing_of_the_file_goes_on_but_the_picture_and_its_place() -> None:
    sent = photo(spot=(15.5, 104.75), comment=PLANTED) + PLANTED
    made = safe_picture(sent)
    assert made.spot == pytest.approx((15.5, 104.75), abs=1e-5)
    for kept in (made.data, made.preview):
        assert PLANTED not in kept
        assert b"Somchai" not in kept
        assert dict(opened(kept).getexif()) == {}
    assert PLANTED in sent and b"Somchai" in sent
    assert "104.75" not in repr(made)


@pytest.mark.parametrize(
    ("spot", "read"),
    [((-33.25, -70.5), (-33.25, -70.5)), ((0.0, 0.0), None), (None, None), ((91.0, 10.0), None)],
)
def test_places_are_read_on_every_side_and_nonsense_is_none(
    spot: tuple[float, float] | None, read: tuple[float, float] | None
) -> None:
    found = safe_picture(photo(spot=spot)).spot
    assert found == (pytest.approx(read, abs=1e-5) if read else None)


def test_a_turned_photo_is_turned_right_and_a_large_one_made_smaller() -> None:
    turned = safe_picture(photo(size=(3000, 1000), turned=6))
    assert opened(turned.data).size == (683, LONGEST_SIDE)
    assert len(turned.preview) < 1_000_000


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16", "CMYK"])
def test_every_way_of_keeping_colours_is_drawn(mode: str) -> None:
    out = BytesIO()
    source = Image.new("L", (64, 48), 90) if mode == "I;16" else drawing(5, (64, 48))
    source.convert(mode).save(out, "TIFF" if mode == "CMYK" else "PNG")
    data = out.getvalue()
    if mode == "CMYK":
        jpeg = BytesIO()
        source.convert(mode).save(jpeg, "JPEG")
        data = jpeg.getvalue()
    assert opened(safe_picture(data).data).mode == "RGB"


def test_what_is_clear_becomes_white() -> None:
    out = BytesIO()
    Image.new("RGBA", (64, 64), (0, 0, 0, 0)).save(out, "PNG")
    assert opened(safe_picture(out.getvalue()).data).getpixel((5, 5)) == (255, 255, 255)


def test_of_a_moving_picture_the_first_frame_is_kept() -> None:
    out = BytesIO()
    first, second = drawing(1), drawing(2)
    first.save(out, "GIF", save_all=True, append_images=[second] * 20)
    assert alike(safe_picture(out.getvalue()).look, look(first))


def test_the_same_photo_is_known_again_and_others_are_not() -> None:
    sent = [safe_picture(photo(seed)).look for seed in range(1, 40)]
    assert alike(sent[0], safe_picture(photo(1, quality=35)).look)
    assert alike(sent[0], safe_picture(photo(1, "WEBP")).look)
    assert not any(alike(one, other) for n, one in enumerate(sent) for other in sent[:n])


def test_a_picture_of_one_colour_is_like_no_other() -> None:
    out = BytesIO()
    Image.new("RGB", (200, 200), "black").save(out, "JPEG")
    made = safe_picture(out.getvalue())
    assert made.look == ""
    assert not alike(made.look, made.look)


def test_bombs_are_refused_by_their_header() -> None:
    assert why(png_of(30_000, 30_000)) is Refusal.TOO_LARGE
    assert why(b"GIF89a\xff\xff\xff\xff" + b"\x00" * 50) is Refusal.TOO_LARGE
    lying = bytearray(photo(2))
    at = lying.index(b"\xff\xc0")
    lying[at + 5 : at + 9] = b"\xff\xff\xff\xff"
    assert why(bytes(lying)) is Refusal.TOO_LARGE
    bomb = png_of(5_000, 5_000, zlib.compress(b"\x00" * 75_005_000, 9))
    assert len(bomb) < 100_000
    assert opened(safe_picture(bomb).data).size == (2048, 2048)


def test_hidden_bombs_in_notes_are_not_unpacked() -> None:
    import struct

    packed = b"note\x00\x00" + zlib.compress(b"A" * 100_000_000, 9)
    chunk = struct.pack(">I", len(packed)) + b"zTXt" + packed
    chunk += struct.pack(">I", zlib.crc32(b"zTXt" + packed))
    sent = photo(1, "PNG")
    assert why(sent[:33] + chunk + sent[33:]) is Refusal.BROKEN


@pytest.mark.parametrize("size", [(1, 30_000), (30_000, 1), (10, 10), (20, 2_000)])
def test_stripes_and_dots_are_no_photos(size: tuple[int, int]) -> None:
    assert why(png_of(*size)) is Refusal.BROKEN


def test_what_is_no_picture_is_refused_whatever_it_is_called() -> None:
    assert why(b"") is Refusal.UNKNOWN
    assert why(b"<svg onload=alert(1)>") is Refusal.UNKNOWN
    assert why(b"%PDF-1.7 ...") is Refusal.UNKNOWN
    assert why(b"PK\x03\x04 a zip") is Refusal.UNKNOWN
    assert why(b"II*\x00 a tiff") is Refusal.UNKNOWN
    assert why(b"\x00\x00\x00\x18ftypheic" + b"\x00" * 40) is Refusal.HEIC
    assert why(b"\xff\xd8\xff\xd9") is Refusal.BROKEN


def test_a_file_that_is_two_things_is_only_the_picture() -> None:
    both = photo(4) + b"PK\x03\x04<?php system($_GET[0]); ?>"
    made = safe_picture(both)
    assert b"<?php" not in made.data + made.preview


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
@pytest.mark.parametrize("part", [0.02, 0.3, 0.6, 0.9])
def test_half_a_file_is_refused(kind: str, part: float) -> None:
    sent = photo(6, kind)
    assert why(sent[: int(len(sent) * part)]) is Refusal.BROKEN


def test_huge_notes_in_the_file_do_no_harm() -> None:
    exif = Image.Exif()
    exif[0x9286] = b"\x00" * 60_000
    out = BytesIO()
    drawing(7).save(out, "JPEG", exif=exif)
    assert safe_picture(out.getvalue()).spot is None


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
@settings(max_examples=150, deadline=None)
@given(st.sampled_from(["JPEG", "PNG", "WEBP", "GIF"]), st.data())
def test_any_damage_is_a_picture_or_a_refusal(kind: str, data: st.DataObject) -> None:
    sent = bytearray(photo(8, kind, size=(64, 48), spot=(15.0, 104.0)))
    for _ in range(data.draw(st.integers(1, 6))):
        sent[data.draw(st.integers(0, len(sent) - 1))] = data.draw(st.integers(0, 255))
    try:
        made = safe_picture(bytes(sent))
    except PictureRefused:
        return
    assert max(opened(made.data).size) <= LONGEST_SIDE


@settings(max_examples=100, deadline=None)
@given(st.sampled_from([b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"RIFF????WEBP", b""]),
       st.binary(max_size=200))  # fmt: skip
def test_any_bytes_are_refused_and_never_an_error(start: bytes, rest: bytes) -> None:
    with pytest.raises(PictureRefused):
        safe_picture(start + rest)


def test_a_jpeg_that_draws_over_itself_without_end_is_refused() -> None:
    out = BytesIO()
    drawing(5).save(out, "JPEG", progressive=True)
    sent = out.getvalue()
    assert opened(safe_picture(sent).data).size == (640, 480)
    last = sent[sent.rfind(b"\xff\xda") : -2]
    assert why(sent[:-2] + last * 100 + sent[-2:]) is Refusal.TOO_LARGE
