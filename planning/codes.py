"""Codes that survive being read out by phone: no 0/O, 1/I/L, B/8, S/5, Z/2; last one checks."""

import re
import secrets

ALPHABET = "ACDEFGHJKMNPQRTUVWXY34679"
"""25 signs that nobody mixes up by ear or eye."""

_WEIGHTS = (2, 3, 4, 6, 7)
"""None a multiple of 5, nor any difference of neighbours (or of neighbours but one), the check's
own -1 included: so the weighted sum modulo 25 finds every single slip and every such swap."""

_PREFIX = {
    "issue": "IS",
    "project": "PJ",
    "forum": "FM",
    "agenda": "AG",
    "resolution": "RS",
    "minutes": "MN",
}
_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")


def _check(body: str) -> str:
    total = sum(w * ALPHABET.index(c) for w, c in zip(_WEIGHTS, body, strict=True))
    return ALPHABET[total % len(ALPHABET)]


def new_tracking_code() -> str:
    """Six signs for a report's receipt (9.7 million bodies); uniqueness is the table's to hold."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(5))
    return body + _check(body)


def code_of(number: int) -> str:
    """Six signs that stand for a number, with their check; of numbers far apart some share theirs."""
    body = "".join(ALPHABET[number // len(ALPHABET) ** n % len(ALPHABET)] for n in range(5))
    return body + _check(body)


def new_code(kind: str) -> str:
    """A code with its kind's prefix, e.g. `IS-K7M4P9`; `kind` is a key of the prefixes."""
    return f"{_PREFIX[kind]}-{new_tracking_code()}"


def tidy_code(text: str) -> str | None:
    """The code in `text` as it is stored, or None. Forgives case, spaces, dashes and Thai digits.

    Agenda items are written `AG-K7M4P9/2`; the item number is kept.
    """
    squeezed = re.sub(r"[\s\-–_.]", "", text.translate(_THAI_DIGITS)).upper()
    match = re.fullmatch(r"(IS|PJ|FM|AG|RS|MN)?([A-Z0-9]{6})(/\d{1,3})?", squeezed)
    if not match or any(c not in ALPHABET for c in match[2]) or _check(match[2][:5]) != match[2][5]:
        return None
    prefix = f"{match[1]}-" if match[1] else ""
    if match[3] and match[1] != "AG":
        return None
    return prefix + match[2] + (match[3] or "")
