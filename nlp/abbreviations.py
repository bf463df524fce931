"""Abbreviations spelled out, emoji and laughter taken out: a view for comparing, never for showing."""

import re
from functools import cache

from nlp.tokens import lines

_PIECE = r"[เแ]?[ก-ฮ][ิี]?"
_DOTTED = re.compile(rf"(?:{_PIECE}(?:\. ?)?){{0,5}}{_PIECE}\. ?")
_PIECES = re.compile(_PIECE)
_NUMBERED = re.compile(r"(?<![ก-๙.])([มซ]) ?(?=\d{1,3}(?![\d.]))|หมู่ ?ที่ ?(?=\d)")
_CLIPPED = re.compile(r"ฯลฯ|(?<=[ก-๙])ฯ ?")
_LAUGHS = re.compile(
    r"(?<![\d.,/:\-])(?<!ซอย )(?<!เลขที่ )(?<!สาย )(?<!ซอย)(?<!สาย)(?<!เลขที่)5{3,}\+*(?![\d.,/:\-]"
    r"|\s?(?:บาท|คน|ไร่|เมตร|หลัง|ตัว|ราย|ครัวเรือน|กิโล|กม))"
    r"|(?<![ก-๙])(?:(?:ฮ่า|ห้า|ฮา){3,}|(?:ฮ่า|ฮา)ๆ|(?:อิ|ฮิ|คิ){2,})(?![ก-๙])"
)
_LAUGH_SEEDS = ("555", "ฮ่า", "ฮา", "ห้าห้า", "อิอิ", "ฮิฮิ", "คิคิ")
_EMOJI = re.compile(
    "[\u2190-\u21ff\u2300-\u23ff\u25a0-\u27bf\u2900-\u297f\u2b00-\u2bff\u3030\u303d\u3297\u3299"
    "\u200d\ufe0f\u20e3\U0001f000-\U0001faff\U000e0000-\U000e007f]+"
)
_WAYS = {
    "!": "{}(?![ะ-ฺ็-๎.])",
    "=": "(?<![ก-ฮเแโใไ]){}(?![ะ-ฺ็-๎.])(?!การ|มาตร)",
    "~": "(?<![ก-๙]){}(?![ก-๙.])",
}
_UNITS = {"ม": " เมตร ", "น": " นาฬิกา ", "บ": " บาท "}
_PLACES = {"ถ": "ถนน", "ต": "ตำบล", "อ": "อำเภอ", "จ": "จังหวัด", "บ": "บ้าน", "ซ": "ซอย "}


@cache
def _table() -> dict[str, str]:
    """Letters without dots -> what they stand for."""
    return {short: full for _, short, full in _rules()}


@cache
def _joined() -> frozenset[str]:
    """Abbreviations that are read even right after another consonant."""
    return frozenset(short for way, short, _ in _rules() if way == "!") | {"รร", "รพ"}


@cache
def _rules() -> tuple[tuple[str, str, str], ...]:
    """(way, letters, what they stand for) of each line, the longest first."""
    out = []
    for line in lines("abbreviations.txt"):
        way, rule = line.split(" ", 1)
        short, full = rule.split(" = ")
        out.append((way, short, full))
    return tuple(sorted(out, key=lambda r: (-len(r[1]), r[1])))


@cache
def _undotted() -> tuple[tuple[str, re.Pattern[str], str], ...]:
    """Each abbreviation as it stands without a dot, and what it stands for."""
    return tuple(
        (
            short,
            re.compile(_WAYS[way].format(short)),
            full,
        )
        for way, short, full in _rules()
    )


def spelled_out(text: str) -> str:
    """A normalised text with abbreviations in full, without emoji, laughter and ฯ."""
    done = _EMOJI.sub(" ", text)
    if any(seed in done for seed in _LAUGH_SEEDS):
        done = _LAUGHS.sub(" ", done)
    if "ฯ" in done:
        done = _CLIPPED.sub(" ", done)
    if "." in done:
        done = _DOTTED.sub(_in_full, done.replace("รพ.สต", "รพสต"))
    for short, pattern, full in _undotted():
        if short in done:
            done = pattern.sub(full, done)
    done = _NUMBERED.sub(lambda m: "ซอย " if m.group(1) == "ซ" else "หมู่ ", done)
    return text if done == text else re.sub(r"  +", " ", done).strip(" ")


def _in_full(found: re.Match[str]) -> str:
    """A run of letters and dots with each abbreviation in it in full."""
    text, base = found.string, found.start()
    ends = [base + m.end() for m in _PIECES.finditer(found.group())]
    starts = [base + m.start() for m in _PIECES.finditer(found.group())]
    out, at, n = [], base, 0
    while n < len(starts):
        last, full = _longest(text, starts, ends, n)
        if full:
            out += [text[at : starts[n]], full]
            at = ends[last] + 1
            at += text[at : at + 1] == " " and full.endswith(" ")
            n = last
        n += 1
    return "".join((*out, text[at : found.end()]))


def _longest(text: str, starts: list[int], ends: list[int], n: int) -> tuple[int, str]:
    """The last letter of the longest abbreviation that begins at the `n`-th, and it in full."""
    letters = [text[a:b] for a, b in zip(starts, ends, strict=True)]
    alone = not (n and ends[n - 1] == starts[n])
    for last in range(len(letters) - 1, n, -1):
        short = "".join(letters[n : last + 1])
        if short in _table() and text.startswith(".", ends[last]) and (alone or short in _joined()):
            return last, _table()[short]
    if not text.startswith(".", ends[n]):
        return n, ""
    after = text[ends[n] + 1 :].lstrip(" ")[:3]
    if after[1:2] == ".":
        return n, ""
    return n, _one_letter(letters[n], alone, text[: starts[n]][-8:], after)


def _one_letter(letter: str, alone: bool, before: str, after: str) -> str:
    """A single letter and its dot in full; empty where it is none. `alone`: no other is before it."""
    to_word = "ก" <= after[:1] <= "๛"
    if alone and letter == "ม" and re.match(r"\d{1,2}(?!\d)", after) and "ชั้น" not in before:
        return "หมู่ "
    if alone and before.rstrip(" ")[-1:].isdigit() and letter in _UNITS:
        return _UNITS[letter]
    if letter == "ซ" and alone and after[:1].isdigit():
        return _PLACES[letter]
    if before.rstrip(" ")[-1:] == ".":
        return ""
    if letter in _PLACES and to_word and (alone or (letter == "ถ" and before[-1:] != "ร")):
        return _PLACES[letter]
    return ""
