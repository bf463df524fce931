"""Personal data: found by its form, masked wholly, and hotlines, money and landmarks left alone."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.digits import checksum_holds
from nlp.normalise import normalise
from nlp.personal import mask, numbers_hidden, personal_data
from nlp.place import find_place
from nlp.values import KnownPlace
from nlp.values import PersonalDataType as Type
from nlp.wording import neutral_line


def found(text: str, *landmarks: str) -> list[tuple[Type, str]]:
    return [
        (p.type, text[p.start : p.end]) for p in personal_data(normalise(text), tuple(landmarks))
    ]


@pytest.mark.parametrize(
    ("text", "kind", "span"),
    [
        ("โทร 081-234-5678 นะคะ", Type.PHONE, "081-234-5678"),
        ("โทร 081 234 5678", Type.PHONE, "081 234 5678"),
        ("เบอร์ ๐๘๙๑๒๓๔๕๖๗", Type.PHONE, "๐๘๙๑๒๓๔๕๖๗"),
        ("เบอร์ +66 81 234 5678", Type.PHONE, "+66 81 234 5678"),
        ("บ้าน 02-123-4567", Type.PHONE, "02-123-4567"),
        ("บัตร 1 2345 67890 12 3", Type.NATIONAL_ID, "1 2345 67890 12 3"),
        ("บัตร ๑-๒๓๔๕-๖๗๘๙๐-๑๒-๓", Type.NATIONAL_ID, "๑-๒๓๔๕-๖๗๘๙๐-๑๒-๓"),
        ("เขียนมาที่ malee.k@example.org ได้", Type.EMAIL, "malee.k@example.org"),
        ("ไอดีไลน์ malee_55", Type.LINE_ID, "malee_55"),
        ("โอนเข้ากสิกร 123-4-56789-0", Type.BANK_ACCOUNT, "123-4-56789-0"),
        ("อยู่บ้านเลขที่ 12/3 ค่ะ", Type.HOUSE_NUMBER, "12/3"),
        ("ทะเบียน กข 4321 ชนแล้วหนี", Type.PLATE, "กข 4321"),
        ("รถกระบะ ขค 1234 จอดขวาง", Type.PLATE, "ขค 1234"),
        ("นายสมชาย ใจดี มาแจ้ง", Type.NAME, "นายสมชาย ใจดี"),
        ("น.ส.มะลิ โทรมา", Type.NAME, "น.ส.มะลิ"),
        ("ยายบุญมาอยู่คนเดียว", Type.NAME, "ยายบุญมา"),
        ("แม่อุ๊ยบัวคำป่วย", Type.NAME, "แม่อุ๊ยบัวคำ"),
        ("พ่อใหญ่ทองดีแจ้งว่าน้ำขุ่น", Type.NAME, "พ่อใหญ่ทองดี"),
        ("บังหมานบอกว่าน้ำท่วม", Type.NAME, "บังหมาน"),
        ("ครูสมศรีแจ้งมา", Type.NAME, "ครูสมศรี"),
        ("ลุงโหน่ง แจ้งว่าท่อแตก", Type.NAME, "ลุงโหน่ง"),
        ("ผู้ช่วยเบิ้ม เอาปูนไป", Type.NAME, "ผู้ช่วยเบิ้ม"),
        ("กำนันแหบ เปิดน้ำ", Type.NAME, "กำนันแหบ"),
        ("ครูเจี๊ยบ บอกว่าหลังคารั่ว", Type.NAME, "ครูเจี๊ยบ"),
        ("บังโซบ มาบอกน้ำท่วม", Type.NAME, "บังโซบ"),
        ("พ่อใหญ่คำใส อายุ 80", Type.NAME, "พ่อใหญ่คำใส"),
        ("น้าเข่ง (น้าตุ่ม) ไม่มีไฟ", Type.NAME, "น้าตุ่ม"),
        ("ป้ากลอย บ้านเลขที่ 8", Type.NAME, "ป้ากลอย"),
        ("แม่ชื่อ สายบัว ป่วย", Type.NAME, "สายบัว"),
        ("นางจันทร์หอม ทองสมมุติ", Type.NAME, "นางจันทร์หอม ทองสมมุติ"),
        ("อยู่บ้าน 45/2 หมู่ 3", Type.HOUSE_NUMBER, "45/2 หมู่ 3"),
        ("my name is Malee, no water", Type.NAME, "Malee"),
    ],
)
def test_found(text: str, kind: Type, span: str) -> None:
    assert (kind, span) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "โทร 1669 กับ 191 แล้ว",
        "สายด่วน 1567 และ 1784 และ 199 และ 1300",
        "ขอป้ายเตือนโค้ง งบ 1,200,000 บาท ปี พ.ศ. 2568",
        "ยายเดินไม่ได้ ลุงล้มเมื่อวาน",
        "ผู้ใหญ่บ้านกับนายกไม่มาดู นายจ้างก็เงียบ",
        "แม่น้ำเน่า ราคาตก เวลาเช้า",
        "หน้าร้านป้าเล็กน้ำท่วม",
        "ซอยลุงแดงไฟดับ",
        "ถนนกว้าง 4 เมตร ยาว 1,500 เมตร",
        "รถบด 10 คัน",
        "รายชื่อ ขอให้ติดประกาศ",
        "ลุงหกล้มหน้าบ้าน ยายตาบอด ตาฝ้าฟาง",
        "พ่อเริ่มป่วย ไปหาหมอ ผ่านสะพาน",
        "ให้ผู้ใหญ่ประกาศ ผู้ช่วยไม่มา ครูใหญ่ไม่อยู่",
        "หน้าฝนน้ำท่วม ขยายถนนหน้าวัด น้องหมากัด",
        "ยายเจ็บขา โต๊ะหัก กะว่าจะซ่อม",
    ],
)
def test_left_alone(text: str) -> None:
    assert found(text) == []


def test_a_landmark_holding_a_name_is_no_name() -> None:
    text = "น้ำท่วมหน้าครัวป้าเล็ก"
    assert found(text) == [(Type.NAME, "ป้าเล็ก")]
    assert found(text, "ครัวป้าเล็ก") == []


def test_the_check_digit_only_raises_certainty() -> None:
    good, bad = "1101700230708", "1101700230709"
    assert (checksum_holds(good), checksum_holds(bad)) == (True, False)
    sure = [personal_data(normalise(f"เลข {n} ครับ"))[0].certainty for n in (good, bad)]
    assert sure[0] > sure[1] > 0.5


def test_masking_says_what_was_hidden() -> None:
    text = "ยายบุญมา บ้านเลขที่ 9 โทร 0812345678 น้ำไม่ไหล"
    assert mask(text, personal_data(normalise(text))) == (
        "[ชื่อ] บ้านเลขที่ [บ้านเลขที่] โทร [เบอร์โทร] น้ำไม่ไหล"
    )


words = st.lists(
    st.sampled_from("น้ำไม่ไหล ครับ ถนน 12 หน้าวัด ๆ 😀 เด้อ ซอย 3 \n แจ้ง ด่วน!! a x@ 0".split(" ")),
    max_size=8,
).map(" ".join)
gaps = st.sampled_from(["", "-", " ", " - "])
thai_digits = st.booleans()


def written(digits: str, sizes: tuple[int, ...], gap: str, thai: bool) -> str:
    """The digits in groups, with the gap between, maybe in Thai digits."""
    groups, at = [], 0
    for size in sizes:
        groups.append(digits[at : at + size])
        at += size
    text = gap.join(groups)
    return "".join("๐๑๒๓๔๕๖๗๘๙"[int(c)] if thai and c.isdigit() else c for c in text)


@settings(derandomize=True, deadline=None)
@given(words, st.from_regex(r"0[689][0-9]{8}", fullmatch=True), gaps, thai_digits, words)
def test_no_planted_phone_remains(a: str, number: str, gap: str, thai: bool, b: str) -> None:
    planted = written(number, (3, 3, 4), gap, thai)
    text = f"{a} โทร {planted} ครับ {b}"
    assert planted not in mask(text, personal_data(normalise(text)))


@settings(derandomize=True, deadline=None)
@given(words, st.from_regex(r"[1-8][0-9]{12}", fullmatch=True), gaps, thai_digits, words)
def test_no_planted_number_of_a_person_remains(
    a: str, number: str, gap: str, thai: bool, b: str
) -> None:
    planted = written(number, (1, 4, 5, 2, 1), gap, thai)
    text = f"{a} บัตร {planted} ครับ {b}"
    assert planted not in mask(text, personal_data(normalise(text)))


@settings(derandomize=True, deadline=None)
@given(
    words,
    st.sampled_from(["นาย", "นาง", "น.ส.", "ยาย", "ลุง", "ป้า", "พ่อใหญ่", "แม่อุ๊ย", "บัง"]),
    st.sampled_from(["สมหมาย", "บุญเรือง", "คำปัน", "วิไล", "ทองดี"]),
    words,
)
def test_no_planted_name_remains(a: str, title: str, name: str, b: str) -> None:
    text = f"{a} {title}{name} {b}"
    assert name not in mask(text, personal_data(normalise(text)))


@settings(derandomize=True, deadline=None)
@given(st.one_of(words, st.text(max_size=60)), st.sampled_from(["โทร 0812345678", "ยายบุญมา", ""]))
def test_masked_text_holds_nothing_personal(text: str, planted: str) -> None:
    whole = f"{planted} {text} {planted}"
    hidden = mask(whole, personal_data(normalise(whole)))
    assert personal_data(normalise(hidden)) == ()


@settings(derandomize=True, deadline=None)
@given(
    words,
    st.sampled_from(["ลุงโหน่ง", "ผู้ช่วยเบิ้ม", "นายสมหมาย ใจกล้า", "ยายบุญเรือง", "ด.ญ.วิไล"]),
    st.sampled_from([" หน้าบ้าน ", " ซอย 4 ", " หมู่ 2 ", " ข้าง", " หน้าวัด ", " ซอยบ้าน"]),
    st.sampled_from(["road", "drainage", "dispute"]),
)
def test_no_planted_name_reaches_place_or_line(
    around: str, name: str, where: str, code: str
) -> None:
    for text in (f"{name}{where}{around}", f"{around}{where}{name}", f"{around}{where}{name} 3"):
        place = find_place(normalise(text).text, (KnownPlace(name="วัดทุ่งกระเจียว"),))
        label = place.label if place else ""
        shown = label + neutral_line(text, code, "problem", label)
        assert not any(part in shown for part in re.findall(r"[^ .]{4,}", name.lstrip("ดญ.")))


def test_numbers_are_hidden_but_landmarks_stay() -> None:
    assert numbers_hidden("หน้าร้านป้าเล็ก 0812345678").strip() == "หน้าร้านป้าเล็ก"
