"""A door-to-door survey as a table: its headings, and every row checked before any is taken in."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from planning.areas import Village
from planning.calendar import BE
from planning.thai import MONTHS, MONTHS_SHORT, arabic_digits

_MOO = re.compile(r"(?:บ้าน)?\s*(?:หมู่ที่|หมู่|ม\.?)?\s*(\d{1,2})")
_WORDS = 2_000
_HEAD_WITHIN = 15
_OLDEST_YEARS = 5


class SurveyColumn(StrEnum):
    """What a column tells."""

    HOUSE = "house"
    TAMBON = "tambon"
    VILLAGE = "village"
    WHAT = "what"
    CATEGORY = "category"
    HOUSEHOLDS = "households"
    SINCE = "since"
    NAME = "name"
    CONTACT = "contact"
    DATE = "date"


HEADINGS: Mapping[SurveyColumn, tuple[str, ...]] = {
    SurveyColumn.HOUSE: tuple(
        "บ้านเลขที่ เลขที่บ้าน บ้านเลขที เลขบ้าน ครัวเรือนที่ ลำดับครัวเรือน ครัวเรือน house houseno household".split()
    ),
    SurveyColumn.TAMBON: ("ตำบล", "tambon"),
    SurveyColumn.VILLAGE: tuple("หมู่ หมู่ที่ ม หมู่บ้าน ชุมชน รหัสหมู่บ้าน บ้าน moo village villagecode".split()),
    SurveyColumn.WHAT: tuple(
        "ปัญหาหรือความต้องการ ปัญหา/ความต้องการ ปัญหาความต้องการ ปัญหาและความต้องการ ปัญหา ความต้องการ เรื่อง "
        "เรื่องที่แจ้ง ความเดือดร้อน รายละเอียด ข้อเสนอ what problem need".split()
    ),
    SurveyColumn.CATEGORY: tuple("หมวด หมวดหมู่ ประเภท ด้าน category".split()),
    SurveyColumn.HOUSEHOLDS: tuple(
        "จำนวนครัวเรือน จำนวนหลังคาเรือน กี่ครัวเรือน กี่หลังคาเรือน หลังคาเรือน households".split()
    ),
    SurveyColumn.SINCE: tuple("ตั้งแต่เมื่อไร ตั้งแต่เมื่อไหร่ ตั้งแต่ เป็นมาตั้งแต่ since".split()),
    SurveyColumn.NAME: tuple("ชื่อ ชื่อ-สกุล ชื่อสกุล ชื่อ-นามสกุล ชื่อผู้ให้ข้อมูล ผู้ให้ข้อมูล name".split()),
    SurveyColumn.CONTACT: tuple("เบอร์โทร เบอร์ โทร โทรศัพท์ เบอร์โทรศัพท์ ติดต่อ contact phone".split()),
    SurveyColumn.DATE: tuple("วันที่ วันที่สำรวจ วันสำรวจ date".split()),
}
"""What a column may be called; the first is what the form calls it."""
EXAMPLE_HOUSE = "ตัวอย่าง"
"""The house of the form's own row that shows how it is done; rows with it are left out."""
NEEDED = (SurveyColumn.HOUSE, SurveyColumn.WHAT)


@dataclass(frozen=True, kw_only=True)
class SheetRow:
    """A row as it was read: its number in the file, and its cells.

    `formulas`, `dates`: positions of cells that hold a formula, or that a program took for a date.
    """

    number: int
    cells: tuple[str, ...] = field(repr=False)
    formulas: frozenset[int] = frozenset()
    dates: frozenset[int] = frozenset()


@dataclass(frozen=True, kw_only=True)
class SurveyRow:
    """A row that can be taken in. `number` is the row's in the file."""

    number: int
    village_code: str
    house: str = field(repr=False)
    text: str = field(repr=False)
    category: str = ""
    households: int | None = None
    since: date | None = None
    name: str = field(default="", repr=False)
    contact: str = field(default="", repr=False)
    told_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class SurveyMistake:
    """What is wrong in a row, by number and heading (row 0: the table as a whole)."""

    row: int
    column: str
    why: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class CheckedSurvey:
    """Rows to take in, what is wrong, and headings nobody knows (which are left out)."""

    rows: tuple[SurveyRow, ...]
    mistakes: tuple[SurveyMistake, ...]
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SurveyRules:
    """With what rows are compared: the villages of the helper's area and all others, the categories.

    `categories`: code by every name it goes by, made with `heading_key`.
    """

    own: tuple[Village, ...]
    everywhere: tuple[Village, ...]
    categories: Mapping[str, str]
    today: date
    most_rows: int = 2_000


def heading_key(text: str) -> str:
    """A heading or name without what people write differently: spaces, dots, brackets, case."""
    bare = re.sub(r"[(\[（].*?[)\]）]", "", arabic_digits(text))
    return re.sub(r"[\s._:*\u200b\ufeff]+", "", bare).lower()


_BY_HEADING = {heading_key(name): column for column, names in HEADINGS.items() for name in names}


def check_survey(rows: Sequence[SheetRow], rules: SurveyRules) -> CheckedSurvey:
    """Every row checked; with a mistake anywhere nothing may be taken in."""
    head = next((n for n, row in enumerate(rows[:_HEAD_WITHIN]) if _known(row) >= 2), None)
    if head is None:
        why = "ไม่พบหัวตาราง ต้องมีอย่างน้อยช่อง «บ้านเลขที่» และ «ปัญหาหรือความต้องการ»"
        return _refused("ทั้งตาราง", why)
    columns, faults, unknown = _columns(rows[head], one_village=len(rules.own) == 1)
    body = [row for row in rows[head + 1 :] if any(cell.strip() for cell in row.cells)]
    place = columns.get(SurveyColumn.HOUSE, 0)
    body = [row for row in body if row.cells[place : place + 1] != (EXAMPLE_HOUSE,)]
    if not body and not faults:
        return _refused("ทั้งตาราง", "ไม่มีแถวข้อมูลใต้หัวตาราง")
    if len(body) > rules.most_rows:
        return _refused("ทั้งตาราง", f"มีเกิน {rules.most_rows} แถว แบ่งเป็นหลายไฟล์นะคะ")
    if faults:
        return CheckedSurvey(rows=(), mistakes=faults, unknown=unknown)
    taken: list[SurveyRow] = []
    mistakes: list[SurveyMistake] = []
    for row in body:
        reader = _Row(row, columns, rules)
        made = reader.read()
        mistakes.extend(reader.mistakes)
        if not reader.mistakes:
            taken.append(made)
    return CheckedSurvey(rows=tuple(taken), mistakes=tuple(mistakes), unknown=unknown)


def _refused(column: str, why: str) -> CheckedSurvey:
    return CheckedSurvey(rows=(), mistakes=(SurveyMistake(row=0, column=column, why=why),))


def _known(row: SheetRow) -> int:
    return len({_BY_HEADING[k] for cell in row.cells if (k := heading_key(cell)) in _BY_HEADING})


def _columns(
    head: SheetRow, *, one_village: bool
) -> tuple[dict[SurveyColumn, int], tuple[SurveyMistake, ...], tuple[str, ...]]:
    found: dict[SurveyColumn, int] = {}
    faults: list[SurveyMistake] = []
    unknown: list[str] = []
    for place, cell in enumerate(head.cells):
        column = _BY_HEADING.get(heading_key(cell))
        if column is None:
            unknown += [" ".join(cell.split())[:30]] if cell.strip() else []
        elif column in found:
            faults.append(
                SurveyMistake(row=head.number, column=title(column), why="มีหัวตารางนี้สองช่อง")
            )
        else:
            found[column] = place
    needed = NEEDED if one_village else (*NEEDED, SurveyColumn.VILLAGE)
    faults += [
        SurveyMistake(row=head.number, column=title(column), why="ไม่มีช่องนี้ในหัวตาราง")
        for column in needed
        if column not in found
    ]
    return found, tuple(faults), tuple(unknown)


def title(column: SurveyColumn) -> str:
    """What the form calls a column."""
    return HEADINGS[column][0]


class _Row:
    """One row being read; `mistakes` gathers what is wrong with it."""

    def __init__(
        self, row: SheetRow, columns: Mapping[SurveyColumn, int], rules: SurveyRules
    ) -> None:
        self._row, self._columns, self._rules = row, columns, rules
        self.mistakes: list[SurveyMistake] = []

    def read(self) -> SurveyRow:
        """The row; of no use when there are mistakes."""
        village = self._village()
        return SurveyRow(
            number=self._row.number,
            village_code=village.code if village else "",
            house=self._house(),
            text=self._what(),
            category=self._category(),
            households=self._households(),
            since=self._day(SurveyColumn.SINCE, oldest_years=100),
            name=self._cell(SurveyColumn.NAME)[:80],
            contact=self._cell(SurveyColumn.CONTACT)[:60],
            told_on=self._day(SurveyColumn.DATE, oldest_years=_OLDEST_YEARS),
        )

    def _fault(self, column: SurveyColumn, why: str) -> None:
        if all(one.column != title(column) for one in self.mistakes):
            self.mistakes.append(SurveyMistake(row=self._row.number, column=title(column), why=why))

    def _cell(self, column: SurveyColumn) -> str:
        place = self._columns.get(column)
        if place is None or place >= len(self._row.cells):
            return ""
        text = self._row.cells[place].strip()
        if place in self._row.formulas or re.match(r"[=+@](?![\d ])", text):
            self._fault(column, "เป็นสูตร ให้ใส่เป็นตัวหนังสือหรือตัวเลขแทน")
            return ""
        if len(text) > _WORDS:
            self._fault(column, f"ยาวเกิน {_WORDS} ตัวอักษร")
        return text

    def _house(self) -> str:
        text = " ".join(self._cell(SurveyColumn.HOUSE).split())
        if self._columns[SurveyColumn.HOUSE] in self._row.dates:
            self._fault(
                SurveyColumn.HOUSE, "โปรแกรมตารางเปลี่ยนเป็นวันที่ ให้ตั้งช่องนี้เป็น «ข้อความ» แล้วพิมพ์ใหม่"
            )
        elif not text:
            self._fault(SurveyColumn.HOUSE, "ว่างอยู่ ถ้าไม่มีเลขที่ ใส่ลำดับครัวเรือนแทนได้")
        return text[:40]

    def _what(self) -> str:
        text = self._cell(SurveyColumn.WHAT)
        if len(re.sub(r"[^ก-๙A-Za-z]", "", text)) < 3:
            self._fault(SurveyColumn.WHAT, "ว่างอยู่ หรือสั้นเกินไป")
        return text

    def _village(self) -> Village | None:
        rules, text = self._rules, self._cell(SurveyColumn.VILLAGE)
        tambon = re.sub(r"^(ตำบล|ต\.)\s*", "", self._cell(SurveyColumn.TAMBON))
        if not text and len(rules.own) == 1:
            return rules.own[0]
        if not text:
            self._fault(SurveyColumn.VILLAGE, "ว่างอยู่")
            return None
        within = [v for v in rules.own if not tambon or v.tambon == tambon]
        found = named_villages(text, within)
        if len(found) == 1:
            return found[0]
        if found:
            self._fault(SurveyColumn.VILLAGE, "มีหลายหมู่บ้านที่ตรงกัน ใส่รหัสหมู่บ้าน 8 หลัก หรือเพิ่มช่องตำบล")
        elif named_villages(text, rules.everywhere):
            self._fault(SurveyColumn.VILLAGE, "อยู่นอกพื้นที่ที่ท่านดูแล")
        else:
            self._fault(SurveyColumn.VILLAGE, "ไม่พบหมู่บ้านนี้")
        return None

    def _category(self) -> str:
        text = self._cell(SurveyColumn.CATEGORY)
        if not text:
            return ""
        code = self._rules.categories.get(heading_key(text), "")
        if not code:
            self._fault(SurveyColumn.CATEGORY, "ไม่รู้จักหมวดนี้ เว้นว่างไว้ได้ ระบบจะจัดให้")
        return code

    def _households(self) -> int | None:
        text = arabic_digits(self._cell(SurveyColumn.HOUSEHOLDS)).replace(",", "")
        if not text:
            return None
        number = re.fullmatch(r"(\d{1,5})(?:\.0+)?\s*(?:ครัวเรือน|หลังคาเรือน|หลังคา|หลัง)?", text)
        if not number or not 1 <= int(number[1]) <= 5_000:
            self._fault(SurveyColumn.HOUSEHOLDS, "ต้องเป็นจำนวน 1 ถึง 5000")
            return None
        return int(number[1])

    def _day(self, column: SurveyColumn, *, oldest_years: int) -> date | None:
        text = self._cell(column)
        if not text:
            return None
        day = day_of(text)
        if day is None:
            self._fault(column, "อ่านวันที่ไม่ออก พิมพ์แบบนี้นะคะ 5/11/2569")
            return None
        if day > self._rules.today:
            self._fault(column, "เป็นวันที่ยังมาไม่ถึง")
        elif day.year < self._rules.today.year - oldest_years:
            self._fault(column, f"เก่าเกิน {oldest_years} ปี")
        return day


def named_villages(text: str, villages: Iterable[Village]) -> tuple[Village, ...]:
    """Villages that a short text names: by code, moo, name, or name and moo; none where it does not."""
    line = " ".join(arabic_digits(text).split())
    known = tuple(villages)
    if re.fullmatch(r"\d{8,9}(?:\.0+)?", line):
        return tuple(v for v in known if v.code == line.partition(".")[0])
    moo = _MOO.fullmatch(re.sub(r"\.0+$", "", line))
    if moo:
        return tuple(v for v in known if v.moo == int(moo[1]))
    named = re.sub(r"\s*(?:หมู่ที่|หมู่|ม\.)\s*(\d{1,2})\s*$", r"|\1", line)
    name, _, number = named.partition("|")
    core = _core(name)
    return tuple(
        v
        for v in known
        if core and _core(v.name) == core and (not number or v.moo in (None, int(number)))
    )


def _core(name: str) -> str:
    return re.sub(r"^(บ้าน|ชุมชน)", "", name.replace(" ", ""))


_DAY_FORMS: tuple[tuple[str, Callable[[re.Match[str]], tuple[int, int, int]]], ...] = (
    (r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?", lambda m: (int(m[1]), int(m[2]), int(m[3]))),
    (r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})", lambda m: (_year(m[3]), int(m[2]), int(m[1]))),
    (
        rf"(\d{{1,2}})\s*({'|'.join(re.escape(n) for n in (*MONTHS, *MONTHS_SHORT))})\s*"
        r"(?:พ\.?ศ\.?\s*)?(\d{4}|\d{2})",
        lambda m: (_year(m[3]), _month(m[2]), int(m[1])),
    ),
    (r"(?:พ\.?ศ\.?|ปี)?\s*(2[45]\d\d)", lambda m: (int(m[1]), 1, 1)),
)


def _year(text: str) -> int:
    """Two digits are the Buddhist year's last."""
    return int(text) if len(text) == 4 else 2500 + int(text)


def _month(name: str) -> int:
    return (MONTHS.index(name) if name in MONTHS else MONTHS_SHORT.index(name)) + 1


def day_of(text: str) -> date | None:
    """«5/11/2569», «5 พ.ย. 69», «2026-11-05», «ปี 2568» as a day; None for anything else."""
    line = " ".join(arabic_digits(text).split()).removeprefix("วันที่").strip()
    for form, parts in _DAY_FORMS:
        if match := re.fullmatch(form, line):
            year, month, day = parts(match)
            try:
                return date(year - BE if year > 2400 else year, month, day)
            except ValueError:
                return None
    return None


def row_tellings(rows: Sequence[SurveyRow]) -> tuple[str, ...]:
    """What makes each row the row it is; the same told twice in one file is told apart by its count.

    So a file that comes again, whole or in part, brings nothing in twice.
    """
    seen: Counter[str] = Counter()
    tellings = []
    for row in rows:
        parts = (row.village_code, row.house, row.name, " ".join(row.text.split()), row.told_on)
        told = "\x1f".join(map(str, parts))
        seen[told] += 1
        tellings.append(f"{told}\x1f{seen[told]}")
    return tuple(tellings)


def survey_row_from(raw: Mapping[str, object]) -> SurveyRow:
    """The row that `vars` made a mapping of, dates as ISO text."""
    values = dict(raw)
    for name in ("since", "told_on"):
        text = values[name]
        values[name] = datetime.fromisoformat(str(text)).date() if text else None
    return SurveyRow(**values)  # type: ignore[arg-type]
