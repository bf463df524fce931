"""The official typeface: where its files lie, and how a DOCX carries them along."""

import uuid
from functools import cache
from importlib.resources import files
from pathlib import Path

SARABUN = "Sarabun"
FOLDER = Path(str(files("fontpkg_sarabun"))) / "files"
OFFICE_SARABUN = "TH SarabunPSK"
"""The same face as Thai government offices have it installed, for files that cannot carry a font."""

BODY_PT = 16
NOTE_PT = 14
FOOTER_PT = 12


@cache
def font_bytes(face: str) -> bytes:
    """The TrueType file of a face (`Regular` or `Bold`)."""
    return (FOLDER / f"{SARABUN}-{face}.ttf").read_bytes()


def font_key(face: str) -> str:
    """A key in braces, always the same for a face, under which a DOCX hides it."""
    return "{" + str(uuid.uuid5(uuid.NAMESPACE_URL, f"{SARABUN}-{face}")).upper() + "}"


def hidden_font(face: str) -> bytes:
    """The font as Office embeds it: the first 32 bytes XORed with the key read backwards.

    Source of the rule: ECMA-376 part 4, font embedding.
    """
    data = font_bytes(face)
    key = bytes.fromhex(font_key(face).strip("{}").replace("-", ""))[::-1]
    return bytes(b ^ key[i % 16] for i, b in enumerate(data[:32])) + data[32:]
