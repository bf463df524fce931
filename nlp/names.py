"""Names of people: after a title, a kin word, an office or «ชื่อ»; not those inside a landmark."""

import re
from collections.abc import Iterator, Sequence

from nlp.tokens import commonness, dictionary, given_names, known_word, nicknames, words

Span = tuple[int, int, float]

_TITLE = re.compile(
    r"(?:(?<![ก-ฮa-z])(?:ว่าที่ ?ร\.ต\.|ร\.ต\.อ\.|ร\.ต\.ท\.|ร\.ต\.ต\.|พ\.ต\.อ\.|พ\.ต\.ท\.|พ\.ต\.ต\."
    r"|ด\.ต\.|จ\.ส\.ต\.|ส\.ต\.อ\.|ส\.ต\.ท\.|mr\.?|mrs\.?|ms\.?|(?<!near )miss(?! (?:again|you|the"
    r"|it|my|a)\b))"
    r"|(?<![ก-ฮ]\.)(?:นางสาว|น\. ?ส\.(?! ?[34ล])|ด\. ?ช\.|ด\. ?ญ\.|เด็กชาย|เด็กหญิง)"
    r"|(?<!เจ๊)(?<!เจ้)(?<!แม่)(?:"
    r"นาย(?!ก|อำเภอ|ทุน|จ้าง|หน้า|ช่าง|ท่า|ทะเบียน|ร้อย|พล|แพทย์|ตรวจ|หัว|ประกัน|หนัง|ด่าน|สิบ"
    r"|พราน|ท้าย|แบบ|เรือ|ทหาร|ตำรวจ)"
    r"|นาง(?!ฟ้า|เอก|นอง|รอง|พญา|แบบ|พยาบาล|งาม|แอ่น|เลิ้ง|รำ|ไม้|สาว)))\s?"
)
_KIN = (
    "พ่อใหญ่ แม่ใหญ่ พ่อตู้ แม่ตู้ พ่ออุ๊ย แม่อุ๊ย ป้ออุ๊ย อุ๊ย พ่อเฒ่า แม่เฒ่า พ่อลุง พ่อกำนัน "
    "ผู้ใหญ่ กำนัน สารวัตรกำนัน ผู้ช่วย พ่อหลวง ป้อหลวง แม่หลวง "
    "คุณตา คุณยาย คุณปู่ คุณย่า คุณลุง คุณป้า คุณน้า คุณอา คุณครู คุณหมอ คุณพี่ คุณ ยาย ตา ลุง "
    "ป้า น้า ปู่ ย่า พี่ น้อง เจ๊ เฮีย อาจารย์ ครู หมอ "
    "พ่อ แม่ ป้อ บัง ป๊ะ เจ๊ะ จ๊ะ โต๊ะ ก๊ะ เด๊ะ วะ แชร์ บัก อี ไอ้ อ้าย เอื้อย สาว บ่าว ทิด เสี่ย ช่าง "
    "ปลัด นายก ท่าน สจ. ส.จ. ส.อบต. จ่า ดาบ หมวด ผู้กอง สารวัตร ผอ. กะ หลวงพ่อ หลวงพี่ หลวงตา "
    "พระ มะ ปะ"
).split()
_BARE = frozenset(
    "คุณ ยาย ลุง ป้า น้า พ่อใหญ่ แม่ใหญ่ พ่ออุ๊ย แม่อุ๊ย ป้ออุ๊ย พ่อตู้ แม่ตู้ พ่อเฒ่า แม่เฒ่า "
    "เจ๊ เฮีย บัง ป๊ะ เจ๊ะ ก๊ะ เสี่ย ทิด คุณลุง คุณป้า คุณยาย คุณตา อุ๊ย พ่อลุง".split()
)
_FORMAL = frozenset("คุณ ครู อาจารย์ หมอ ผู้ใหญ่ กำนัน นายก ปลัด ผอ.".split())
_OFFICES = frozenset("ผู้ช่วย ผู้ใหญ่ กำนัน ครู นายก ปลัด".split())
_EVERYDAY = frozenset(
    "มี ดี สุข สาย รัก ใหญ่ น้อย นิด ต้น น้ำ ฝน ลม ดิน ไก่ ปลา หมู กบ ช้าง หนู หมี เงิน ชาย ชม "
    "ช่วย ชอบ มาก วัน ใส สด ลี หวาน".split()
)
_OFFICE_NAMES = frozenset("สุข ต้น ไก่ ปลา หมู หนู กบ ช้าง หมี ฝน".split())
_ENDINGS = frozenset("มี ดี มา คำ ใส จีน ใจ หวัง สี ทอง แก้ว จันทร์ ศรี บุญ พร ถา ตา มูล เพชร เงิน".split())
"""Words that often end a first name of two words."""
_OFTEN_TORN = frozenset(("ยาย", "ลุง"))
"""Kin words the segmentation at times joins to the end of the word before."""
_COMMON, _VERY_COMMON = 1000, 10000
_ALONE_BEFORE = re.compile(r"(?:^|[\s(\[\"“:,/]|ของ|กับ|และ|ให้|บ้าน|ญาติ|ชื่อ|หา|เคส)$")
_ALONE_AFTER = re.compile(
    r"\s?(?:[)\]]|(?:บ้าน)?เลขที่|(?:เดิน)?มา(?:แจ้ง|บอก|ตาม|ร้อง)|แจ้ง|บอก|อายุ|แม่ค้า|พ่อค้า|ฝาก|โทร|เล่า"
    r"|อยู่บ้าน|เอา|เปิด|ให้ติดต่อ|ประธาน|อสม|ลูกบ้าน|ชาวบ้าน|ถาม|ขอ|ว่า)"
)
"""What stands around a kin word and an everyday word that together are a name."""
_TOLD_OF = re.compile(
    r"(มี|ดี|สุข|สาย|ใหญ่|น้อย|นิด|ต้น|น้ำ|ฝน|เงิน|แก้ว|ทอง|แดง|ดำ)"
    r"(?=เป็น(?!หมื่น|แสน|ร้อย|พัน)|ติด(?:เอดส์|เชื้อ|ยา|เหล้า|เตียง)|ป่วย|เสียสติ|สติไม่|ทำแท้ง|ท้อง|เมา)"
)
"""An everyday word after a kin word and before what is told of a person."""
_KIN_AT = re.compile("|".join(re.escape(k) for k in sorted(_KIN, key=lambda k: (-len(k), k))))
_CALLED = re.compile(r"(?:(?<!เ)(?<!ราย)ชื่อ(?:เล่น)?(?:ว่า)?|นามสกุล|ผู้แจ้ง|ข้าพเจ้า|กระผม|ดิฉัน)\s?:?\s?")
_CALLED_PERSON = re.compile(
    r"(?:แม่|พ่อ|ยาย|ตา|ลูก|หลาน|ผม|หนู|ฉัน|เด็ก|คน|สามี|ภรรยา|เมีย|ผัว|คนไข้|ผู้ป่วย)(?:เขา|แก"
    r"|มัน)? ?ชื่อ(?:เล่น)?(?:ว่า)? ?"
)
_CALLED_LATIN = re.compile(
    r"(?:my name is|i am|i'm|name is|husband of|wife of|son of|daughter of|mother of|father of"
    r"|call me|named)\s+(?!husband|wife|son|daughter|mother"
    r"|father)([a-z]{2,15}(?: [a-z]{3,20}(?= from\b|[.,]|$))?)"
)
_NOT_LATIN = frozenset(
    "a an the in at from very not so here living sick old afraid sorry happy worried tired it he "
    "she they one my our village".split()
)
_PLACE_BEFORE = re.compile(
    r"(?:ร้าน|ซอย|ซ\.|วัด|โค้ง|สะพาน|คลอง|ถนน|ตลาด|ศาลเจ้า|ศาล|โรงเรียน|รร\.|ฟาร์ม|สวน|ท่า|หนอง"
    r"|ห้วย|ดอน|ดอย|โคก|อู่|โรงสี|ปั๊ม|คุ้ม|มัสยิด|หาด|เกาะ|อ่าง|สระ|ฝาย|คาเฟ่|รีสอร์ท|ก๋วยเตี๋ยว"
    r"|ส้มตำ|น้ำชา|กาแฟ|ขายของ|ขายของชำ|ของชำ|ไร่|นา|ทุ่ง|ป่า|ต้น|ลาน|สี่แยก|สามแยก|แยก|บ้านโคก"
    r"|ชุมชน|หมู่บ้าน)\Z"
)
_STOP = frozenset(
    "มา ไป อยู่ ที่ ว่า แจ้ง บอก ครับ ค่ะ คะ ค่า จ้า จ้ะ เจ้า เด้อ เน้อ นะ แล้ว และ กับ ก็ กะ จะ "
    "ได้ ให้ หื้อ มี เป็น ไม่ บ่ ถูก โดน เดิน นั่ง นอน ตาย ป่วย เสีย หาย ขอ ช่วย ร้อง เรียน "
    "ร้องเรียน อายุ บ้าน เลขที่ บ้านเลขที่ หมู่ หมู่ที่ ม. "
    "โทร เบอร์ ของ แก เขา เค้า เพิ่น เปิ้น คน เขต ข้าง หน้า หลัง ใน จาก ถึง ซึ่ง โดย เพื่อ เพราะ "
    "แต่ หรือ ตอน เมื่อ วัน นี้ นั้น นั่น โน้น ไหน ใคร อะไร ทำ เอา พา ส่ง รับ กิน ขับ ขี่ ล้ม "
    "ด้วย หน่อย ที เลย อีก กำลัง ยัง ต้อง อยาก ต้องการ เข้า ออก ขึ้น ลง "
    "พูด เล่า ถาม ตอบ เห็น ดู ฟัง รู้ ฮู้ คิด ชอบ ยื่น ลงทะเบียน ติดต่อ ราษฎร ผู้ ประธาน เจ้าของ "
    "ลูกบ้าน ผู้ใหญ่บ้าน กรรมการ สมาชิก อสม ทั้ง ทุก หลาย สอง สาม สี่ ห้า คนเดียว เลขบัตร บัตร "
    "เลขประจำตัว เลข ประชาชน บัญชี ธกส ขอให้ รัก ทุกคน ทุกที่ มาดู มาแจ้ง แจ้งว่า เรื่อง งาน "
    "โพสต์ เมา ตบ ครอบครอง แม่ พ่อ ลูก หลาน น้ำ ไฟ ถนน เหอ เห้อ เอ๋ย นิ เปลี่ยน ซอย บน ใต้ เหนือ "
    "ท้าย ริม ติด ฝาก มอบ ถือ ขาย ซื้อ ปลูก "
    "เลี้ยง ปล่อย เผา ทิ้ง ตัด ตี ด่า ขู่ ชน ขโมย ลัก กู้ ยืม ค้ำ ค้ำประกัน ดูแล คะแนน จ๋า เอ้ย "
    "เอ๊ย ขา สิ น่ะ ละ ล่ะ ไหม มั้ย บ้าง บ่อย ตลอด เอง กัน แหละ ใช้ ร่วม พร้อม ปรึกษา เพิ่ม ชื่อ "
    "บอกว่า เปิด ปิด เปิดน้ำ ตก ตกน้ำ นามสกุล ใจหาย โตย บ่มี คุยส่วนตัว มาก ใหม่ เก่า แรก ใจ".split()
)
_NOT_NAMES = frozenset(
    "บ้าน ใหญ่ ช่วย ครู หมอ หลวง เฒ่า แก่ ตู้ ลูก หลาน เมีย ผัว ค้า ครัว น้ำ ทัพ งาน พิมพ์ ยาย "
    "ตา ปู่ ย่า ป้า ลุง น้า อา พ่อ แม่ พี่ น้อง สาว ชาย หญิง สูงอายุ ป่วย พิการ ปกครอง เด็ก "
    "ฝ้า ฝ้าฟาง เวร ประจำ ประจำชั้น พี่เลี้ยง บ่าว "
    "คนแก่ นักเรียน เพื่อน ข้างบ้าน เจ้าของ ตำรวจ ทหาร เจ้าหน้าที่ เลี้ยง แท้ แม่น้ำ อนามัย ฟัน "
    "โรงเรียน ใจ สาย ข่าย ชลประทาน อำเภอ เทศบาล สภา".split()
)
_ALWAYS_NAMES = frozenset("เล็ก ใหญ่ สี มี ดี แก้ว สาย สุข แดง ดำ".split())
_EDGE = re.compile(r"[^ก-๙a-z.]")


def names(text: str, landmarks: Sequence[str] = ()) -> list[Span]:
    """(start, end, certainty) of names with their title in a normalised text."""
    found = [*_titled(text), *_after_called(text), *_kin(text), *_latin(text)]
    held = _landmark_spans(text, landmarks)
    return [
        s
        for s in found
        if not any(a <= s[0] and s[1] <= b for a, b in held) and not _inside_place(text, s[0])
    ]


def _landmark_spans(text: str, landmarks: Sequence[str]) -> list[tuple[int, int]]:
    """Where known landmarks' names stand."""
    return [
        (m.start(), m.end())
        for name in landmarks
        if len(name) > 2
        for m in re.finditer(re.escape(name.lower()), text)
    ]


def _inside_place(text: str, start: int) -> bool:
    """Whether what stands at `start` goes on the name of a shop, lane, temple and the like."""
    return bool(_PLACE_BEFORE.search(text[max(0, start - 14) : start]))


def _titled(text: str) -> Iterator[Span]:
    for m in _TITLE.finditer(text):
        end = _full_name(text, m.end())
        if end > m.end():
            yield m.start(), end, 0.95


def _after_called(text: str) -> Iterator[Span]:
    for m in _CALLED.finditer(text):
        word = _first_name(_segment(text, m.end()))
        titled = m.group().strip() in ("ข้าพเจ้า", "กระผม", "ดิฉัน", "ผู้แจ้ง")
        if word and word not in _EVERYDAY and (word in given_names() or not titled):
            yield m.end(), _full_name(text, m.end()), 0.85

    for m in _CALLED_PERSON.finditer(text):
        segment = _segment(text, m.end())
        if 1 < len(segment) <= 10 and not _STOP & set(words(segment)):
            yield m.end(), m.end() + len(segment), 0.7


def _kin(text: str) -> Iterator[Span]:
    for m in _KIN_AT.finditer(text):
        if _part_of_word(text, m.start(), m.end()):
            continue
        spaced = text[m.end() : m.end() + 1] == " "
        at = m.end() + spaced
        word = _kin_name(text, at, m.group(), spaced) or _named_by_place(
            text, m.start(), at, spaced
        )
        if word:
            end = at + len(word)
            yield m.start(), _with_surname(text, end) if m.group() in _FORMAL else end, 0.8


def _part_of_word(text: str, start: int, end: int) -> bool:
    """Whether the kin word is only a piece of a longer word (เวลา, ป้าย, แม่น้ำ)."""
    left = max(0, start - 12) if start and "ก" <= text[start - 1] <= "๙" else start
    place = left
    for word in words(text[left : end + 12]):
        after = place + len(word)
        torn = place < start < after and (text[start:end] not in _OFTEN_TORN or known_word(word))
        if torn or (place == start and after > end and word not in given_names()):
            return True
        place = after
    return False


def _kin_name(text: str, at: int, kin: str, spaced: bool) -> str:
    """The name that follows a kin word or an office; empty when another word follows."""
    segment = _segment(text, at)
    initial = re.match(r"[ก-ฮ]\.(?!\S)", segment)
    if initial and kin in _OFFICES:
        return initial.group()
    if kin in _BARE and not spaced and (told := _TOLD_OF.match(segment)):
        return told.group(1)
    head = _first_name(segment)
    if kin in _OFFICES and not spaced and head in _OFFICE_NAMES:
        return head
    if not head or (head in _EVERYDAY and (kin not in _BARE or spaced)) or _verb(head, spaced):
        return ""
    if head in given_names():
        return _grown(segment, head) if _fits(head, kin) else ""
    return _grown(segment, head) if kin in _BARE and not spaced else ""


def _verb(head: str, spaced: bool) -> bool:
    """Whether a listed first name is in truth an everyday word, the more so after a space."""
    if head in nicknames() and not spaced:
        return False
    return head in dictionary() and commonness(head) >= (_COMMON if spaced else _VERY_COMMON)


def _grown(segment: str, head: str) -> str:
    """The first name with a further word of it: «อิน» and «ถา», «ทอง» and «มี» before a space."""
    rest = words(segment[len(head) :][:12])
    if not rest or len(head) + len(rest[0]) > 10:
        return head
    ends = len(head) + len(rest[0]) == len(segment)
    if rest[0] in _ENDINGS:
        return head + rest[0] if ends else head
    known = rest[0] in _STOP or rest[0] in _NOT_NAMES or commonness(rest[0]) >= _COMMON
    return head if known or not ends or len(rest[0]) < 2 else head + rest[0]


def _named_by_place(text: str, start: int, at: int, spaced: bool) -> str:
    """A nickname that is an everyday or rare word, where what stands around says it is a name."""
    if spaced or text[start:at] == "โต๊ะ":
        return ""
    segment = _segment(text, at)
    cut = words(segment[:14])
    unknown = segment not in dictionary() and any(len(w) == 1 for w in cut)
    whole = len(segment) <= 6 and unknown and _one_syllable(segment)
    word = segment if whole else cut[0] if cut else ""
    if not 1 < len(word) <= 6 or word in _STOP or word in _NOT_NAMES or word in _EVERYDAY:
        return ""
    if commonness(word) >= _VERY_COMMON or not _one_syllable(word):
        return ""
    alone = _ALONE_BEFORE.search(text[max(0, start - 4) : start])
    follows = _ALONE_AFTER.match(text, at + len(word))
    end = at + len(word)
    polite = segment[len(word) :][:3] in _POLITE
    if alone and (follows or (polite and commonness(word) < 4 * _COMMON)):
        return word
    rare = commonness(word) < _COMMON // 2 and (follows or polite)
    return word if rare or (text[end : end + 1] == ")") else ""


_POLITE = frozenset(("", "ครั", "ค่ะ", "คะ", "นะ", "ด้ว", "จ้า", "เด้", "เน้"))


def _one_syllable(word: str) -> bool:
    """Whether a word has the form of a nickname: few consonants, a leading ห not counted."""
    letters = "".join(c for c in word if "ก" <= c <= "ฮ")
    silent = letters[:1] == "ห" and letters[1:2] in set("งญนมยรลว")
    joined = not silent and letters[1:2] in set("รลว")
    return 0 < len(letters) - silent - joined - word.endswith("์") <= 3


def _fits(head: str, kin: str) -> bool:
    """Short everyday words count as names only after a word that is hardly ever followed by them."""
    return kin in _BARE or len(head) >= 4 or head not in dictionary()


def _segment(text: str, at: int) -> str:
    """Thai or Latin letters from `at` up to a space or sign."""
    m = _EDGE.search(text, at)
    return text[at : m.start() if m else len(text)]


def _first_name(segment: str) -> str:
    """A first name at the front of a segment: a known one, or words no dictionary has."""
    cut = words(segment[:26])
    if not cut or cut[0] in _STOP or cut[0] in _NOT_NAMES:
        return ""
    ends = {sum(map(len, cut[: n + 1])) for n in range(len(cut))}
    for size in range(min(len(segment), 14), 1, -1):
        if segment[:size] in given_names() and (
            size in ends or (size > 3 and _clean(segment, size))
        ):
            return segment[:size]
    head = ""
    for word in cut:
        if word in dictionary() or len(head + word) > 14:
            break
        head += word
    return head if len(head) > 1 and head[0] not in "ะาิีึืุูๆฯ" else ""


def _clean(segment: str, size: int) -> bool:
    """Whether a cut at `size` does not tear a letter from its marks."""
    return size == len(segment) or segment[size] not in "ะาำิีึืุู่้๊๋์ัๆ็"


def _full_name(text: str, at: int) -> int:
    """Where the first name at `at`, and the family name after it, end; `at` if none."""
    segment = _segment(text, at)
    first = _first_name(segment)
    if not first:
        cut = words(segment[:26])
        plain = cut[0] if cut and len(cut[0]) > 1 else ""
        first = "" if plain in _STOP or plain in _NOT_NAMES else plain
    first = _grown(segment, first) if first else first
    return _with_surname(text, at + len(first)) if first else at


def _with_surname(text: str, end: int) -> int:
    """Where a family name after the first name ends; `end` if none follows."""
    if text[end : end + 1] != " ":
        return end
    segment = _segment(text, end + 1)
    cut = words(segment[:40])
    if not cut or cut[0] in _STOP or cut[0] in _NOT_NAMES or len(segment) < 3:
        return end
    if _TELLS.match(segment):
        return end
    if cut[0] == "แซ่" and len(segment) == 3:
        return _with_surname(text, end + 4)
    if len(segment) <= 18 and len(cut) <= 5 and not _STOP & set(cut) and segment not in _PLAIN:
        return end + 1 + len(segment)
    family = _first_name(segment)
    return end + 1 + len(family) if len(family) > 4 else end


_TELLS = re.compile(r"บอก|แจ้ง|เล่า|ฝาก|ขอให้|ร้องเรียน|เปิด|ปิด")
_PLAIN = frozenset("ผู้ใหญ่บ้าน กำนัน ราษฎร แจ้งว่า ร้องเรียน".split())


def _latin(text: str) -> Iterator[Span]:
    for m in _CALLED_LATIN.finditer(text):
        if m.group(1).split()[0] not in _NOT_LATIN and not m.group(1).endswith("ing"):
            first = m.group(1).split()[0]
            yield m.start(1), m.start(1) + len(first), 0.8
