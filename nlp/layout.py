"""Text typed on the wrong keyboard layout (Thai Kedmanee and English), letter for letter put right."""

import re
from functools import cache

from nlp.tokens import dialect_words, lines, trade_terms

_ENGLISH_KEYS = (
    "`1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./"
    '~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:"ZXCVBNM<>?'
)
_THAI_KEYS = '_ๅ/-ภถุึคตจขชๆไำพะัีรนยบลฃฟหกดเ้่าสวงผปแอิืทมใฝ%+๑๒๓๔ู฿๕๖๗๘๙๐"ฎฑธํ๊ณฯญฐ,ฅฤฆฏโฌ็๋ษศซ.()ฉฮฺ์?ฒฬฦ'
TO_THAI = dict(zip(_ENGLISH_KEYS, _THAI_KEYS, strict=True))
"""What a key of the English layout gives on the Thai one."""
TO_ENGLISH = {thai: key for key, thai in TO_THAI.items()}

_RUN = re.compile(r"\S+")
_LATIN = re.compile(r"[!-~]{3,}")
_LETTERS = re.compile(r"[A-Za-z]")
_ADDRESS = re.compile(
    r"://|www\.|@[A-Za-z]|\.(?:com|net|org|th|me|gl|io|ly)\b|^@|^#[A-Za-z]", re.IGNORECASE
)
_UNWRITABLE = re.compile(
    r"[^ก-ฮะ-ูเ-ๆ็-์]|[ฃฅฦ]|\A[ะ-ฺๅๆ็-๎]|[เแโใไ](?![ก-ฮ])|[ะาำ][ัิีึืฺุู็่้๊๋์]"
    r"|[ัิีึืุู็][ัิีึืุู็ะาำ]|[่้๊๋์][ัิีึืุู็่้๊๋์]|ั[่้๊๋]?(?![ก-ฮ])"
)
"""What no Thai word holds."""
_LAUGH = re.compile(r"(?<!\S)ถ{3,}(?!\S)")
_LEAST, _LONGEST = 4, 300
"""Letters of a stretch that is sure by itself, and of one that is too long to be looked at."""
_SHARE, _MEAN = 0.75, 2.5
"""How many of its letters must be of known words, and how long those are on average."""


@cache
def _thai() -> tuple[frozenset[str], int]:
    """Words that Thai of our trade is made of, and how long a word is looked for."""
    found = {w for line in lines("common.txt") for w in line.split() if not w.isascii()}
    found |= {t for t in trade_terms() | dialect_words()[0] if len(t) > 1 and not t.isascii()}
    return frozenset(found), 20


@cache
def english() -> frozenset[str]:
    """Everyday English words."""
    return frozenset(w for line in lines("common.txt") for w in line.split() if w.isascii())


@cache
def _as_thai_keys() -> dict[str, str]:
    """English words of four letters and more, as the Thai layout writes their keys -> the word."""
    return {"".join(TO_THAI[c] for c in w): w for w in english() if len(w) >= _LEAST}


def suspicious(text: str) -> bool:
    """Whether a text may hold a stretch typed on the wrong layout; quick."""
    if _LATIN.search(text) and _LETTERS.search(text):
        return True
    return "ถถถ" in text or not _as_thai_keys().keys().isdisjoint(text.split())


def retyped(text: str) -> str:
    """`text` with stretches of the wrong layout as they were meant; always as many letters."""
    if not suspicious(text):
        return text
    runs = list(_RUN.finditer(text))
    meant = [_meant(m.group()) for m in runs]
    found = [(m, thai) for m, thai in zip(runs, meant, strict=True) if thai]
    sure = any(len(thai) >= _LEAST for _, thai in found)
    out, at = [], 0
    for run, thai in found if sure else ():
        out += [text[at : run.start()], thai]
        at = run.end()
    return _LAUGH.sub(lambda m: "5" * len(m.group()), "".join((*out, text[at:])))


def _meant(run: str) -> str:
    """What a stretch without spaces was meant to be; empty where it is right as it stands."""
    if run in _as_thai_keys():
        return _as_thai_keys()[run]
    if (
        not run.isascii()
        or not 1 < len(run) < _LONGEST
        or not _LETTERS.search(run)
        or _ADDRESS.search(run)
    ):
        return ""
    core = run.rstrip("!?")
    if core.lower().strip(".,:;'\"()-") in english():
        return ""
    thai = "".join(TO_THAI.get(c, c) for c in core)
    return thai + run[len(core) :] if _reads(thai) else ""


def _reads(thai: str) -> bool:
    """Whether letters are Thai: writable, and made of known words for the most part."""
    if _UNWRITABLE.search(thai):
        return False
    known, count = _covered(thai)
    return known >= _SHARE * len(thai) and known >= _MEAN * count


def _covered(thai: str) -> tuple[int, int]:
    """Most letters that known words can cover side by side, and the fewest words that do."""
    table, longest = _thai()
    best = [(0, 0)] * (len(thai) + 1)
    for end in range(1, len(thai) + 1):
        ways = [best[end - 1]]
        for start in range(max(0, end - longest), end - 1):
            if thai[start:end] in table:
                letters, words = best[start]
                ways.append((letters + end - start, words - 1))
        best[end] = max(ways)
    return best[-1][0], -best[-1][1]
