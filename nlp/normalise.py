"""Thai text as typed -> one spelling, with a map back to the original offsets."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from nlp.layout import retyped

_VOWELS = frozenset("ัิีึืฺุู็ํ")
_TONES = frozenset("่้๊๋")
_SILENT = frozenset("์๎")
MARKS = _VOWELS | _TONES | _SILENT
_LEADING = frozenset("เแโใไ")
_DROPPED = frozenset("\u00ad\u034f\u061c\ufeff") | {
    chr(c) for a, b in ((0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0xFE00, 0xFE0F))
    for c in range(a, b + 1)
}  # fmt: skip
_THAI = range(0x0E00, 0x0E80)
_RETYPED = 4

_PLAIN = re.compile("[\u0e00-\u0e4c\u0e4e\u0e4f\u0e5a-\u0e7f -@\\[-~\n]*")
"""Nothing but characters that stay as they are."""
_ODD = re.compile(
    r"เเ|แแ|ำ[ัิีึืฺุู็่้๊๋์๎]|[ัิีึืฺุู็][ัิีึืฺุู็]|[่้๊๋][ัิีึืฺุู็่้๊๋]|[์๎][ัิีึืฺุู็่้๊๋์๎]"
    r"|[ \n][ \n]|\A[ \n]|[ \n]\Z|([^\d\n ])\1\1"
    r"|[เแโใไ][ัิีึืฺุู็่้๊๋์๎]|ั[่้๊๋]?[าำ]|[เแโใไ][ก-ฮ]ั|ํ| [ัิีึืฺุู็่้๊๋์๎าำๆ]"
)
"""What of such characters is written anew: their order, doubles, spaces."""

Piece: TypeAlias = tuple[str, int]
"""A kept character and the offset it stood at."""


@dataclass(frozen=True)
class Normalised:
    """`text`, and for each of its characters (and its end) where that stood in the original."""

    text: str
    offsets: tuple[int, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original that `text[start:end]` came from."""
        if start >= end:
            return self.offsets[start], self.offsets[start]
        return self.offsets[start], max(self.offsets[end], self.offsets[end - 1] + 1)


def normalise(text: str) -> Normalised:
    """One spelling of `text`: ASCII digits, ordered marks, no zero-width or control characters,
    no letters drawn out, Latin in lower case, single spaces, impossible marks as they were meant,
    words of the wrong keyboard layout retyped. Never raises; idempotent.
    """
    if _PLAIN.fullmatch(text) and not _ODD.search(text) and retyped(text) == text:
        return Normalised(text, tuple(range(len(text) + 1)))
    return rewritten(text)


def rewritten(text: str) -> Normalised:
    """The same, letter by letter, for any text."""
    pieces = _tidied(_characters(retyped(text)))
    for _ in range(_RETYPED):
        plain = "".join(c for c, _ in pieces)
        again = retyped(plain)
        if again == plain:
            break
        pieces = _tidied([(c, i) for c, (_, i) in zip(again, pieces, strict=True)])
    return Normalised("".join(c for c, _ in pieces), (*(i for _, i in pieces), len(text)))


def _tidied(pieces: list[Piece]) -> list[Piece]:
    """Order, doubles and spaces put right until nothing changes."""
    while True:
        done = _spaces(_drawn_out(_marks(_digraphs(_closed(pieces)))))
        if [c for c, _ in done] == [c for c, _ in pieces]:
            return done
        pieces = done


def _closed(pieces: Sequence[Piece]) -> list[Piece]:
    """Without a space before what cannot begin a word: a mark, า, ำ or ๆ."""
    out: list[Piece] = []
    for c, i in pieces:
        if (c in MARKS or c in "าำๆ") and len(out) > 1 and out[-1][0] == " ":
            before = out[-2][0]
            if "ก" <= before <= "ฮ" or before in MARKS or (c == "ๆ" and ord(before) in _THAI):
                out.pop()
        out.append((c, i))
    return out


def _characters(text: str) -> list[Piece]:
    """Each character by itself: digits to ASCII, capitals to small, invisible ones dropped."""
    out: list[Piece] = []
    for i, c in enumerate(text):
        if ord(c) in _THAI and not "๐" <= c <= "๙":
            out.append((c, i))
        elif c not in _DROPPED:
            out.append((_plain(c), i))
    return out


def _plain(c: str) -> str:
    """A non-Thai-letter character in its plain form."""
    if c == "\n":
        return c
    if c.isspace() or unicodedata.category(c) in ("Cc", "Cs", "Co", "Cn"):
        return " "
    if c.isdecimal():
        return str(unicodedata.decimal(c))
    small = c.lower()
    return small if len(small) == 1 else c


def _digraphs(pieces: Sequence[Piece]) -> list[Piece]:
    """«เเ» and «แแ» to «แ»."""
    out: list[Piece] = []
    for c, i in pieces:
        if out and c == "เ" and out[-1][0] == "เ":
            out[-1] = ("แ", out[-1][1])
        elif not (out and c == "แ" and out[-1][0] == "แ"):
            out.append((c, i))
    return out


def _marks(pieces: Sequence[Piece]) -> list[Piece]:
    """Marks of one letter ordered vowel, tone, silencer; each at most once; ํ+า and ำ+tone joined."""
    out: list[Piece] = []
    k = 0
    while k < len(pieces):
        if pieces[k][0] not in MARKS:
            out.append(pieces[k])
            k += 1
            continue
        end = k
        while end < len(pieces) and pieces[end][0] in MARKS:
            end += 1
        k = _cluster(pieces, k, end, out)
    return out


def _cluster(pieces: Sequence[Piece], start: int, end: int, out: list[Piece]) -> int:
    """Append the run of marks `pieces[start:end]` in order; where to go on."""
    marks = [c for c, _ in pieces[start:end]]
    origin = pieces[start][1]
    if len(out) > 1 and out[-1][0] in _LEADING and "ก" <= out[-2][0] <= "ฮ":
        out[-2:] = [(out[-1][0], out[-2][1]), (out[-2][0], out[-1][1])]
    vowel = next((c for c in marks if c in _VOWELS), "")
    tone = next((c for c in marks if c in _TONES), "")
    silent = next((c for c in marks if c in _SILENT), "")
    if out and out[-1][0] == "ำ" and tone and not vowel and not silent:
        sara = out.pop()
        out += [(tone, sara[1]), sara]
        return end
    follows = pieces[end][0] if end < len(pieces) else ""
    vowel, tone = _meant(vowel, tone, follows, out[-2][0] if len(out) > 1 else "")
    if vowel == "ํ" and follows == "า":
        out += [(c, origin) for c in (tone, silent) if c]
        out.append(("ำ", pieces[end][1]))
        return end + 1
    out += [(c, pieces[start + n][1]) for n, c in enumerate(filter(None, (vowel, tone, silent)))]
    return end


def _meant(vowel: str, tone: str, follows: str, before: str) -> tuple[str, str]:
    """Vowel and tone of a letter, where ั cannot be: typed for its neighbour on the keyboard, ้.

    `follows` is what comes after; `before` stands before the letter that carries them.
    """
    if vowel == "ั" and (follows in ("า", "ำ") or before in _LEADING):
        return "", tone or "้"
    if vowel == "ํ" and "ก" <= follows <= "ฮ" and before not in _LEADING:
        return "ั", tone
    return vowel, tone


def _drawn_out(pieces: Sequence[Piece]) -> list[Piece]:
    """«มากกกก» to «มาก», «!!!!» to «!»; digits stay, and so do doubles (ถนน, กรรม)."""
    out: list[Piece] = []
    k = 0
    while k < len(pieces):
        c = pieces[k][0]
        end = k + 1
        while end < len(pieces) and pieces[end][0] == c:
            end += 1
        if end < len(pieces) and pieces[end][0] in MARKS and end - k > 1:
            end -= 1  # the letter that carries a mark begins the next syllable
        before = out[-1][0] if out else ""
        out += pieces[k : k + _kept(c, end - k, before)]
        k = end
    return out


def _kept(c: str, run: int, before: str) -> int:
    """How many of a run of one character stay."""
    if run < 3 or c.isdigit() or c in "\n ":
        return run
    if c == "ร":
        return 2
    if c == "อ" or (c == "น" and before == "ถ"):  # ขอออก, ถนนนอก
        return run if run == 3 else 2 if c == "น" else 1
    return 2 if c.isalpha() and ord(c) not in _THAI else 1


def _spaces(pieces: Sequence[Piece]) -> list[Piece]:
    """Single spaces and line ends, none at either end of the text."""
    out: list[Piece] = []
    for c, i in pieces:
        if c in " \n":
            if not out:
                continue
            if out[-1][0] in " \n":
                if c == "\n":
                    out[-1] = (c, out[-1][1])
                continue
        out.append((c, i))
    while out and out[-1][0] in " \n":
        out.pop()
    return out
