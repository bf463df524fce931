"""Texts with personal data marked: lines of `data/personal_texts.txt` with names and numbers filled in."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from zlib import crc32

from pythainlp.corpus import thai_family_names, thai_female_names, thai_male_names

from nlp.normalise import normalise
from nlp.personal import personal_data

LINES = Path(__file__).parent / "data" / "personal_texts.txt"
THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
WORD_NICKNAMES = (
    "แดง ดำ เขียว ขาว แก้ว ทอง น้อย เล็ก สาย บัว นก ปู ไก่ หนู กุ้ง จันทร์ คำ บุญ ศรี สี แสง เพชร มะลิ ต้น ฝน"
).split()
NICKNAMES = (
    "แต๋ว ตุ๊ก จุ๋ม โก๊ะ แอ๊ด อ๊อด เปี๊ยก หน่อย ต้อย ติ๋ม เบิ้ม โหน่ง ปุ้ย เหมียว กบ อู๊ด ตี๋ จ๋า เจี๊ยบ แป๊ะ ต๋อง บุ๋ม เหน่ง จ้อย แหม่ม"
    " นุ้ย กิ๊ก ปื๊ด โจ้ เอ๋ เป้ ตู่ ป๊อก แจ๊ค น้ำหวาน ข้าวฟ่าง"
).split()
MUSLIM_NAMES = (
    "หมาน ดลเลาะ ยูโซ๊ะ อาแว มะแอ รอมือลี สะมะแอ ฟาตีมะ ซาปีนะ ลาเตะ ดือราแม เหร็น หมัด ก้อเซ็ม รอหีม"
).split()
LATIN = ("Somsak", "Noi", "Malee", "Prasert", "Wichai", "John", "Anong", "Boonmee")
_DIGIT_WORDS = "ศูนย์ หนึ่ง สอง สาม สี่ ห้า หก เจ็ด แปด เก้า".split()


@dataclass(frozen=True)
class Marked:
    """A text and the stretches of it that are personal."""

    text: str
    spans: tuple[tuple[int, int], ...]
    held_out: bool


def digits(chance: Random, size: int) -> str:
    """That many random digits."""
    return "".join(str(chance.randrange(10)) for _ in range(size))


def spelt(chance: Random, number: str, sizes: tuple[int, ...]) -> str:
    """A number in groups of the sizes given, or in one, with some sign between, maybe in Thai digits."""
    gap = chance.choice(["", "-", " ", ".", " - ", "–"])
    ends = [sum(sizes[: n + 1]) for n in range(len(sizes))]
    shown = gap.join(number[end - size : end] for end, size in zip(ends, sizes, strict=True))
    return shown.translate(THAI_DIGITS) if chance.random() < 0.25 else shown


def in_words(number: str) -> str:
    """A number digit by digit in Thai words."""
    return "".join(_DIGIT_WORDS[int(c)] for c in number)


def phone(chance: Random) -> str:
    """A mobile number in some spelling."""
    number = "0" + chance.choice("689") + digits(chance, 8)
    way = chance.random()
    if way < 0.1:
        return f"+66{chance.choice(['', ' ', '-'])}{number[1:3]} {number[3:6]} {number[6:]}"
    if way < 0.2:
        return f"({number[:3]}) {number[3:6]}-{number[6:]}"
    if way < 0.3:
        return in_words(number)
    return spelt(chance, number, chance.choice([(3, 3, 4), (3, 7), (2, 4, 4), (3, 4, 3)]))


def land_line(chance: Random) -> str:
    """A land line's number in some spelling."""
    number = "0" + chance.choice("23457") + digits(chance, 7)
    return spelt(chance, number, (2, 3, 4) if number[1] == "2" else (3, 3, 3))


def national_id(chance: Random) -> str:
    """Thirteen digits in some spelling."""
    number = str(chance.randrange(1, 9)) + digits(chance, 12)
    if chance.random() < 0.1:
        return in_words(number)
    return spelt(chance, number, chance.choice([(1, 4, 5, 2, 1), (13,), (5, 5, 3), (4, 4, 5)]))


def house(chance: Random) -> str:
    """A house number."""
    shown = f"{chance.randrange(1, 400)}/{chance.randrange(1, 99)}"
    return shown.translate(THAI_DIGITS) if chance.random() < 0.25 else shown


def bank_account(chance: Random) -> str:
    """A bank account's number."""
    return spelt(chance, chance.choice("1234578") + digits(chance, 9), (3, 1, 5, 1))


def plate(chance: Random) -> str:
    """A car's plate."""
    letters = "".join(chance.choice("กขคฆงจฉชฌญฎฐฒณตธบผพภมรลวศษสฬอฮ") for _ in range(2))
    front = chance.choice(["", str(chance.randrange(1, 10))])
    return f"{front}{letters}{chance.choice(['', ' ', '-'])}{chance.randrange(1000, 9999)}"


def line_id(chance: Random) -> str:
    """A name of an account."""
    return chance.choice(LATIN).lower() + chance.choice(["", "_", "."]) + digits(chance, 3)


@cache
def _listed() -> dict[str, list[str]]:
    """First and family names of three letters or more, in order."""
    lists = {"m": thai_male_names(), "f": thai_female_names(), "s": thai_family_names()}
    return {slot: sorted(w for w in found if len(w) > 3) for slot, found in lists.items()}


def filled(slot: str, chance: Random) -> str:
    """Something for the slot, as the head of the file of lines tells."""
    makers = {
        "phone": phone, "land": land_line, "id": national_id, "house": house,
        "bank": bank_account, "plate": plate, "line": line_id,
    }  # fmt: skip
    if slot in makers:
        return makers[slot](chance)
    pools = {"n": NICKNAMES, "w": WORD_NICKNAMES, "i": MUSLIM_NAMES, "latin": LATIN}
    pool = pools.get(slot) or _listed()[slot]
    return chance.choice(pool)


def marked(line: str, seed: int, held_out: bool) -> Marked:
    """A line with its slots filled and the signs < and > taken out."""
    chance = Random(seed)
    whole = re.sub(r"\{(\w+)\}", lambda m: filled(m.group(1), chance), line)
    text, spans, start = "", [], 0
    for sign in re.split(r"([<>])", whole):
        if sign == "<":
            start = len(text)
        elif sign == ">":
            spans.append((start, len(text)))
        else:
            text += sign
    return Marked(text, tuple(spans), held_out)


def bench(rounds: int = 1) -> list[Marked]:
    """All lines, each filled `rounds` times; those held out were not looked at while rules were made."""
    written = LINES.read_text(encoding="utf-8").splitlines()
    lines = [x.replace("\\n", "\n") for x in written if x and not x.startswith("#")]
    return [
        marked(line, crc32(line.encode()) + n, crc32(line.encode()) % 2 == 1)
        for n in range(rounds)
        for line in lines
    ]


@dataclass
class Score:
    """Gold spans, those wholly covered, found spans, those that touch gold, and what went wrong."""

    gold: int = 0
    covered: int = 0
    found: int = 0
    touching: int = 0
    missed: list[tuple[str, str]] | None = None
    false: list[tuple[str, str]] | None = None

    @property
    def recall(self) -> float:
        """Share of gold spans wholly covered."""
        return self.covered / self.gold

    @property
    def precision(self) -> float:
        """Share of found spans that touch gold."""
        return self.touching / self.found


def measure(texts: list[Marked]) -> Score:
    """The score of what is found in the texts."""
    score = Score(missed=[], false=[])
    assert score.missed is not None
    assert score.false is not None
    for t in texts:
        found = [(p.start, p.end) for p in personal_data(normalise(t.text))]
        for a, b in t.spans:
            hit = any(x <= a and b <= y for x, y in found)
            score.gold += 1
            score.covered += hit
            if not hit:
                score.missed.append((t.text, t.text[a:b]))
        for x, y in found:
            hit = any(x < b and a < y for a, b in t.spans)
            score.found += 1
            score.touching += hit
            if not hit:
                score.false.append((t.text, t.text[x:y]))
    return score
