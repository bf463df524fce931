"""Which village somebody means, and the district's villages kept at hand."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from planning.areas import Village, distance_m
from planning.thai import arabic_digits
from storage.database import Database

_MOO = re.compile(r"(?:หมู่ที่|หมู่|ม\.)\s*(\d{1,2})")
_FRESH = timedelta(minutes=1)


def find_villages(text: str, villages: Sequence[Village]) -> tuple[Village, ...]:
    """Villages that `text` may name, likeliest first.

    By code, by name (with or without «บ้าน»), narrowed by moo and tambon where they are said.
    """
    line = " ".join(arabic_digits(text).split())
    code = re.search(r"(?<!\d)\d{8,9}(?!\d)", line)
    if code:
        return tuple(v for v in villages if v.code == code[0])
    moo = _MOO.search(line)
    bare = _MOO.sub(" ", line)
    scored = []
    for village in villages:
        score = _name_score(bare, village)
        if not score:
            continue
        if village.tambon and village.tambon in bare.replace(_core(village), "", 1):
            score += 2
        if moo:
            score += 3 if village.moo == int(moo[1]) else -3
        scored.append((score, village))
    if not scored and moo:
        scored = [(1.0, v) for v in _of_moo(bare, int(moo[1]), villages)]
    best = max((score for score, _ in scored), default=0)
    return tuple(
        v for score, v in sorted(scored, key=lambda r: (-r[0], r[1].code)) if score >= best - 1
    )


def named_elsewhere(text: str, home: Village, villages: Iterable[Village]) -> tuple[Village, ...]:
    """Other villages than `home` that a report names with «บ้าน» or «ชุมชน», as where the matter is.

    () where it names home, too, or names them only as where a road, a school or a bus goes.
    """
    line = " ".join(arabic_digits(text).split())
    if _core(home) and re.search(rf"(?:บ้าน|ชุมชน)\s?{re.escape(_core(home))}", line):
        return ()
    found = [v for v in villages if v.code != home.code and _named_whole(line, v)]
    longest = max((len(_core(v)) for v in found), default=0)
    return tuple(v for v in found if len(_core(v)) == longest)


def named_whole(text: str, villages: Iterable[Village]) -> tuple[Village, ...]:
    """Villages that a text names with «บ้าน» or «ชุมชน», of the moo it says where it says one."""
    line = " ".join(arabic_digits(text).split())
    found = [v for v in villages if _named_whole(line, v)]
    longest = max((len(_core(v)) for v in found), default=0)
    found = [v for v in found if len(_core(v)) == longest]
    moo = _MOO.search(line)
    return tuple([v for v in found if moo and v.moo == int(moo[1])] or found)


_LEADS_THERE = (
    r"(?<!ไป)(?<!ถึง)(?<!โรงเรียน)(?<!รร)(?<!รร\.)(?<!วัด)(?<!สาย)(?<!ทาง)(?<!คน)(?<!ระหว่าง)(?<!กับ)"
)


def _named_whole(line: str, village: Village) -> bool:
    core = _core(village)
    kind = "ชุมชน" if village.name.startswith("ชุมชน") else "บ้าน"
    if len(core) < 3 or not re.search(rf"{_LEADS_THERE}{kind}\s?{re.escape(core)}", line):
        return False
    return not any(core in mark.name and mark.name in line for mark in village.landmarks)


def names_only_villages(text: str, found: Iterable[Village]) -> bool:
    """Whether a text says little more than where somebody lives: «อยู่บ้านนาสวรรค์ หมู่ 1 ครับ»."""
    return letters_besides(text, found) <= 3


def letters_besides(text: str, found: Iterable[Village]) -> int:
    """How many letters of a text are neither a village's address nor usual beside one."""
    rest = _MOO.sub("", " ".join(arabic_digits(text).split()))
    for village in found:
        for name in (_core(village), village.tambon, village.district, village.province):
            rest = rest.replace(name, "") if name else rest
    rest = re.sub(_ADDRESS_WORDS, "", rest)
    return len(re.sub(r"[^ก-๙A-Za-z]", "", rest))


def says_home(text: str, villages: Sequence[Village], beside: int, *, plain: bool) -> bool:
    """Whether words, asked for a village, are one: with at most `beside` letters of something else.

    `plain`: they tell of no fault and no danger; then «อยู่…» in few words, or a name hardly
    misspelt, is a village too.
    """
    found = find_villages(text, villages)
    if found and letters_besides(text, found) <= beside:
        return True
    if not plain or len(text) > _FEW_WORDS:
        return False
    line = text.strip()
    if like_villages(line, villages) or (found and re.match(_LIVES, line)):
        return True
    return (
        len(line) <= _FEW_WORDS // 2
        and re.match(_LIVES + _IN, line) is not None
        and "ไม่" not in line
    )


def like_villages(text: str, villages: Sequence[Village]) -> tuple[Village, ...]:
    """Villages whose name sounds much like the one a text gives, likeliest first; never sure."""
    line = " ".join(arabic_digits(text).split())
    moo = _MOO.search(line)
    named = re.split(r"\s(?:ต\.|ตำบล|อ\.|อำเภอ)", _MOO.sub(" ", line))[0]
    heard = _sounds(re.sub(_ADDRESS_WORDS, "", named))
    most = 2 if re.match(rf"(?:{_LIVES})?{_IN}|{_LIVES}", named.strip()) else 0
    if len(heard) < 3 or len(heard) > 20:
        return ()
    near = []
    for village in villages:
        name = _sounds(re.sub(_ADDRESS_WORDS, "", village.name))
        apart = _apart(heard, name)
        if len(name) >= 3 and apart <= min(most, 1 if len(name) <= 4 else 2):
            near.append((apart, bool(moo and village.moo != int(moo[1])), village.code, village))
    return tuple(village for *_, village in sorted(near, key=lambda row: row[:3]))


def _sounds(name: str) -> str:
    """The consonants that are heard: without vowels, marks, silent letters and spaces."""
    heard = re.sub(r"[ก-ฮ][ิุ]?์", "", name.replace("รร", "น"))
    return re.sub(r"[^ก-ฮ]", "", heard).translate(_ALIKE)


_ALIKE = str.maketrans("ศษซณญฬรฆฑฒธภฏฎ", "สสสนยลลคทททพตด")
_FEW_WORDS = 60
_LIVES = r"(?:(?:ผม|หนู|ฉัน|ดิฉัน|เรา|ยาย|ตา|แม่|พ่อ|ป้า|ลุง)\s*)?อยู่\s*(?:ที่\s*)?"
_IN = r"(?:หมู่บ้าน|บ้าน|ชุมชน|หมู่|ม\.)"


def _apart(one: str, other: str) -> int:
    """By how many letters two words differ (put in, left out, or another)."""
    row = list(range(len(other) + 1))
    for n, letter in enumerate(one, 1):
        last, row[0] = row[0], n
        for m, against in enumerate(other, 1):
            last, row[m] = row[m], min(row[m] + 1, row[m - 1] + 1, last + (letter != against))
    return row[-1]


def _of_moo(bare: str, moo: int, villages: Iterable[Village]) -> list[Village]:
    """The villages of that moo, of the tambon named where one is; none where other words are left."""
    found = [v for v in villages if v.moo == moo]
    named = [v for v in found if v.tambon and v.tambon in bare]
    return (named or found) if names_only_villages(bare, named or found) else []


_ADDRESS_WORDS = (
    r"บ้าน|ชุมชน|ตำบล|อำเภอ|จังหวัด|หมู่บ้าน|อยู่ที่|อยู่|ครับ|คับ|ค่ะ|คะ|จ้า|ผม|หนู|ฉัน|ดิฉัน|เรา|สวัสดี|[ตอจ]\."
)


def _core(village: Village) -> str:
    return re.sub(r"^(บ้าน|ชุมชน)", "", village.name).strip()


def _name_score(line: str, village: Village) -> float:
    core = _core(village)
    if len(core) < 2:
        return 0.0
    squeezed = line.replace(" ", "")
    if core.replace(" ", "") in squeezed:
        return 4.0 + len(core) / 10
    typed = re.sub(r"(บ้าน|ชุมชน|ตำบล\S*|ต\.\S*)|(ครับ|ค่ะ|คะ|อยู่)", "", squeezed)
    return 2.0 if len(typed) >= 4 and typed in core else 0.0


class AreaBook:
    """The villages of the installation, read again when older than a minute."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._villages: dict[str, Village] = {}
        self._read_at: datetime | None = None

    async def refresh(self, now: datetime) -> None:
        """Read the villages unless they were read within the last minute (and there are some)."""
        if self._villages and self._read_at and abs(now - self._read_at) < _FRESH:
            return
        async with self._database.read() as uow:
            self._villages = {v.code: v for v in await uow.areas.villages()}
        self._read_at = now

    def get(self, code: str | None) -> Village | None:
        """The village of that code, or None."""
        return self._villages.get(code or "")

    def all(self) -> tuple[Village, ...]:
        """Every village, by code."""
        return tuple(self._villages.values())

    def around(self, village: Village, metres: float) -> tuple[str, ...]:
        """Codes of the village and of those whose centre is within `metres` of its own."""
        if village.lat is None or village.lon is None:
            return (village.code,)
        near = [
            v.code
            for v in self._villages.values()
            if v.lat is not None
            and v.lon is not None
            and v.district_code == village.district_code
            and distance_m(village.lat, village.lon, v.lat, v.lon) <= metres
        ]
        return tuple(dict.fromkeys((village.code, *near)))
