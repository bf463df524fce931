"""Personal data in a text: numbers by their form, names after titles and kin words."""

from collections.abc import Iterable, Sequence

from nlp.digits import Found, long_numbers
from nlp.identifiers import identifiers
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
        pieces, at = [], 0
        for span in sorted(spans, key=lambda s: s.start):
            pieces += [text[at : span.start], LABELS[span.type]]
            at = span.end
        text = "".join((*pieces, text[at:]))
        spans = personal_data(normalise(text), marks)
    return text


def numbers_hidden(text: str) -> str:
    """`text` normalised, without telephone and other personal numbers; names stay (landmarks)."""
    plain = normalise(text).text
    for _, start, end, _ in sorted(_numbers(plain), key=lambda f: -f[1]):
        plain = plain[:start] + plain[end:]
    return plain


def _numbers(text: str) -> list[Found]:
    """All finds but names."""
    return [*long_numbers(text), *identifiers(text)]


_RANK = {t: n for n, t in enumerate((Type.EMAIL, Type.NATIONAL_ID, Type.BANK_ACCOUNT, Type.PHONE))}


def _without_overlap(found: Sequence[Found]) -> list[Found]:
    """Whatever overlaps made one, of the surest kind among it, the longest of that, the first of these."""
    out: list[Found] = []
    surest = (0, 0, 0)
    for f in sorted(found, key=lambda f: (f[1], f[2])):
        rank = (_RANK.get(f[0], 9), f[1] - f[2], f[1])
        if not out or f[1] >= out[-1][2]:
            out.append(f)
            surest = rank
            continue
        start, end = out[-1][1], max(out[-1][2], f[2])
        kind, sure = (f[0], f[3]) if rank < surest else (out[-1][0], out[-1][3])
        out[-1] = (kind, start, end, sure)
        surest = min(surest, rank)
    return out
