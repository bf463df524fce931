"""Personal data in a text: numbers by their form, names after titles and kin words."""

import re
from collections.abc import Iterable, Iterator, Sequence

from nlp.names import names
from nlp.normalise import Normalised, normalise
from nlp.values import PersonalData
from nlp.values import PersonalDataType as Type

LABELS = {
    Type.NAME: "[ชื่อ]",
    Type.PHONE: "[เบอร์โทร]",
    Type.NATIONAL_ID: "[เลขบัตร]",
    Type.EMAIL: "[อีเมล]",
    Type.LINE_ID: "[ไอดีไลน์]",
    Type.BANK_ACCOUNT: "[เลขบัญชี]",
    Type.HOUSE_NUMBER: "[บ้านเลขที่]",
    Type.PLATE: "[ทะเบียนรถ]",
}
HOTLINES = frozenset(
    "191 199 1669 1567 1300 1784 1111 1129 1130 1155 1192 1193 1196 1323 1330 1362 1386 1422 1555".split()
)

Found = tuple[Type, int, int, float]
_GAP = r"[ \-./–—]{0,3}"
_ID = re.compile(rf"(?<!\d)\d(?:{_GAP}\d){{12}}(?!\d)")
_PHONE = re.compile(
    rf"(?<!\d)(?:\+\s?66{_GAP}\(?0?\)?|00?66{_GAP}"
    rf"|66(?=[ -]?[689]))[ -]?[2-9](?:{_GAP}\d){{7,8}}(?!\d)"
    rf"|(?<!\d)\(?0[689]\)?(?:{_GAP}\d){{8}}(?!\d)|(?<!\d)\(?0[2-7]\)?(?:{_GAP}\d){{7}}(?!\d)"
)
_EMAIL = re.compile(
    r"(?<![a-z0-9._%+\-])[a-z0-9._%+\-]{1,64}\s?@\s?(?:[a-z0-9\-]{1,63}\.){1,5}[a-z]{2,24}"
)
_LINE = re.compile(
    r"(?:ไลน์\s?ไอดี|ไอดี\s?ไลน์|ไอดีไลน์|line\s?id|id\s?line|แอดไลน์|ทักไลน์|ไลน์|ไอดี|line"
    r"|แอดมาที่)"
    r"(?:\s?(?:ผม|หนู|ฉัน|นี้|คือ|ชื่อ|id|ไอดี))*\s?[:=]?\s?(@?[a-z0-9][a-z0-9._\-]{3,})"
)
_AT = re.compile(r"(?<![a-z0-9._%+\-@])@[a-z][a-z0-9._\-]{3,}(?!\s?\.[a-z])")
_BANK = re.compile(
    r"(?:บัญชี|บช\.?|เลขที่บัญชี|พร้อมเพย์|ธ\.?ก\.?ส\.?|กสิกร(?:ไทย)?|กรุงไทย|ออมสิน|ไทยพาณิชย์"
    r"|กรุงเทพ|scb|kbank|ktb|ธนาคาร)"
    rf"[^\d\n]{{0,24}}?(\d(?:{_GAP}\d){{8,13}})(?!\d)"
)
_BANK_FORM = re.compile(r"(?<![\d-])\d{3}-\d-\d{5}-\d(?![\d-])")
_HOUSE = re.compile(
    r"(?:บ้านเลขที่|เฮือนเลขที่|บ้านเลข|บเลขที่|ที่อยู่(?:เลขที่)?|เลขที่(?!บัญชี|บัตร|เอกสาร"
    r"|คำร้อง|โฉนด|หนังสือ|สัญญา|รับ))\s?"
    r"(\d{1,4}(?:\s?/\s?\d{1,4})*(?:\s?(?:หมู่ที่|หมู่|ม\.)\s?\d{1,2})?)(?!\d)"
    r"|(?:บ้าน|เฮือน|อยู่|หลัง)\s?(\d{1,4}/\d{1,4}(?:\s?(?:หมู่ที่|หมู่|ม\.)\s?\d{1,2})?)(?![\d/])"
)
_ADDRESS = re.compile(
    r"(?<![\d/])(\d{1,4}/\d{1,4}(?:\s?(?:หมู่ที่|หมู่|ม\.)\s?\d{1,2})?)(?![\d/])(?=\s?(?:ซอย|ซ\."
    r"|ถนน|ถ\.|หมู่|ม\.|ต\.|ตำบล|บ้าน))"
)
_PLATE = re.compile(
    r"(?:ทะเบียน(?:รถ)?|ป้ายทะเบียน"
    r"|เลขทะเบียน)\s?:?\s?((?:\d{1,2}\s?)?[ก-ฮ]{1,3}[ \-]{0,2}\d{1,4}|\d{2}-\d{4})(?!\d)"
    r"|(?<![\dก-๙a-z])(\d[ \-]?[ก-ฮ]{2}[ \-]{0,2}\d{1,4})(?![\d/])"
    r"|(?:รถ|กระบะ|เก๋ง|ไซค์|คัน)\s?([ก-ฮ]{2}[ \-]?\d{3,4})(?!\d|\s?(?:คัน|บาท|เมตร))"
)


def personal_data(text: Normalised, landmarks: Iterable[str] = ()) -> tuple[PersonalData, ...]:
    """Spans of the original text, in order and without overlap; `landmarks` are never names."""
    found = _numbers(text.text) + [
        (Type.NAME, start, end, sure) for start, end, sure in names(text.text, tuple(landmarks))
    ]
    out = []
    for kind, start, end, sure in _without_overlap(found):
        first, last = text.original(start, end)
        out.append(PersonalData(type=kind, start=first, end=last, certainty=sure))
    return tuple(out)


def mask(text: str, spans: Sequence[PersonalData], landmarks: Iterable[str] = ()) -> str:
    """`text` with each span replaced by its label, and again until nothing personal is found."""
    marks = tuple(landmarks)
    for _ in range(4):
        if not spans:
            break
        for span in sorted(spans, key=lambda s: -s.start):
            text = text[: span.start] + LABELS[span.type] + text[span.end :]
        spans = personal_data(normalise(text), marks)
    return text


def numbers_hidden(text: str) -> str:
    """`text` normalised, without telephone and other personal numbers; names stay (landmarks)."""
    plain = normalise(text).text
    for _, start, end, _ in sorted(_numbers(plain), key=lambda f: -f[1]):
        plain = plain[:start] + plain[end:]
    return plain


def checksum_holds(digits: str) -> bool:
    """Whether 13 digits satisfy the national number's check digit."""
    total = sum(int(d) * (13 - i) for i, d in enumerate(digits[:12]))
    return (11 - total % 11) % 10 == int(digits[12])


def _numbers(text: str) -> list[Found]:
    """All finds but names."""
    if not any(c.isdigit() or c in "@:" or "a" <= c <= "z" for c in text):
        return []
    return [
        *_ids(text),
        *((Type.PHONE, m.start(), m.end(), 0.95) for m in _PHONE.finditer(text)),
        *((Type.EMAIL, m.start(), m.end(), 0.98) for m in _EMAIL.finditer(text)),
        *_groups(_LINE, text, Type.LINE_ID, 0.85),
        *((Type.LINE_ID, m.start(), m.end(), 0.8) for m in _AT.finditer(text)),
        *_groups(_BANK, text, Type.BANK_ACCOUNT, 0.85),
        *((Type.BANK_ACCOUNT, m.start(), m.end(), 0.85) for m in _BANK_FORM.finditer(text)),
        *_groups(_HOUSE, text, Type.HOUSE_NUMBER, 0.9),
        *_groups(_ADDRESS, text, Type.HOUSE_NUMBER, 0.7),
        *_groups(_PLATE, text, Type.PLATE, 0.8),
    ]


def _ids(text: str) -> Iterator[Found]:
    for m in _ID.finditer(text):
        digits = "".join(c for c in m.group() if c.isdigit())
        yield Type.NATIONAL_ID, m.start(), m.end(), 0.99 if checksum_holds(digits) else 0.85


def _groups(pattern: re.Pattern[str], text: str, kind: Type, sure: float) -> Iterator[Found]:
    """The first group that matched of each hit; never a hotline or a plain year."""
    for m in pattern.finditer(text):
        n = m.lastindex or 0
        if m.group(n) not in HOTLINES:
            yield kind, m.start(n), m.end(n), sure


_RANK = {t: n for n, t in enumerate((Type.EMAIL, Type.NATIONAL_ID, Type.BANK_ACCOUNT, Type.PHONE))}


def _without_overlap(found: Sequence[Found]) -> list[Found]:
    """Surer kinds first; whatever overlaps one already taken is joined to it."""
    taken: list[Found] = []
    for f in sorted(found, key=lambda f: (_RANK.get(f[0], 9), f[1] - f[2], f[1])):
        clash = next((n for n, t in enumerate(taken) if f[1] < t[2] and t[1] < f[2]), None)
        if clash is None:
            taken.append(f)
        else:
            t = taken[clash]
            taken[clash] = (t[0], min(t[1], f[1]), max(t[2], f[2]), t[3])
    return _joined(sorted(taken, key=lambda f: f[1]))


def _joined(found: Sequence[Found]) -> list[Found]:
    """Spans that came to overlap by joining, made one."""
    out: list[Found] = []
    for f in found:
        if out and f[1] < out[-1][2]:
            out[-1] = (out[-1][0], out[-1][1], max(out[-1][2], f[2]), out[-1][3])
        else:
            out.append(f)
    return out
