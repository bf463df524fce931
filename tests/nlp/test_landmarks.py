"""Landmarks as villagers call them: dialect, descriptions, misspellings, other places of one kind."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.landmarks import landmarks, skeleton, sounding, sounds
from nlp.mentions import mentions
from nlp.normalise import normalise
from nlp.place import find_place, without_places
from nlp.values import KnownPlace


def village(names: str) -> tuple[KnownPlace, ...]:
    return tuple(KnownPlace(name=name) for name in names.split("|"))


ISAN = village(
    "วัดสว่างโนนงาม|โรงเรียนบ้านโนนงามวิทยา|รพ.สต.โนนงาม|ศาลากลางบ้าน|หอถังประปา|เมรุวัดสว่าง|ร้านยายสี|สะพานห้วยทราย|"
    "หนองแวง|สี่แยกต้นมะขาม|คุ้มโนนสูง|ฝายห้วยทราย|ป่าช้าโนนงาม|ซอยสุขใจ 2|สนามกีฬาหมู่บ้าน"
)
SOUTH = village(
    "มัสยิดบ้านเหนือ|วัดควนนา|โรงเรียนบ้านควนนา|ร้านน้ำชาบังหมาด|ท่าเรือปากบาง|ซอยมัสยิด|ซอย 2|ซอย 12|ตลาดนัดวันเสาร์|"
    "โค้งต้นไทร|ลานเทปาล์ม|กุโบร์"
)
NORTH = village(
    "วัดป่าตึง|วัดดอยแก้ว|กาดหลวง|สามแยกต้นโพธิ์|ดอยหัวช้าง|ถังประปาหมู่ 3|ศูนย์พัฒนาเด็กเล็ก|ฮ้านแม่คำ|สะพานไม้|"
    "อ่างเก็บน้ำแม่สาย|บ่อขยะ|หมู่ 4|โรงเรียนเทศบาล 1"
)
ALL = (ISAN, SOUTH, NORTH)
PIECES = (*"กดนบมรวสหอาิี่้์ะเแไ 24", "วัด", "ซอย", "หน้า", "สะพาน", "โค้ง", "ถึง", "ร้าน", "หมู่", "ต้น")


def read(text: str, known: tuple[KnownPlace, ...]) -> str:
    place = find_place(normalise(text).text, known)
    return place.landmark if place else ""


@pytest.mark.parametrize(
    ("known", "text", "landmark"),
    [
        (ISAN, "หน้าโฮงเฮียนมืดหลาย", "โรงเรียนบ้านโนนงามวิทยา"),
        (ISAN, "ขี่รถผ่านขัวแล้วล้ม", "สะพานห้วยทราย"),
        (ISAN, "ขัวห้วยทรายพัง", "สะพานห้วยทราย"),
        (ISAN, "สี่แยกบักขามรถชนกัน", "สี่แยกต้นมะขาม"),
        (ISAN, "หมาแถวเดิ่นกีฬากัดเด็ก", "สนามกีฬาหมู่บ้าน"),
        (SOUTH, "หน้ายิดน้ำขัง", "มัสยิดบ้านเหนือ"),
        (SOUTH, "ข้างสุเหร่าขยะล้น", "มัสยิดบ้านเหนือ"),
        (SOUTH, "บาลายไฟดับ", "มัสยิดบ้านเหนือ"),
        (SOUTH, "หลาดนัดวันเสาร์ขยะเต็ม", "ตลาดนัดวันเสาร์"),
        (SOUTH, "กุโบหญ้ารก", "กุโบร์"),
        (NORTH, "กาดขยะเต๋มไปหมด", "กาดหลวง"),
        (NORTH, "สามแยกสลีรถชน", "สามแยกต้นโพธิ์"),
        (NORTH, "ตี้ถังประปาน้ำฮั่ว", "ถังประปาหมู่ 3"),
        (NORTH, "โฮงเฮียนละอ่อนหลังคาฮั่ว", "ศูนย์พัฒนาเด็กเล็ก"),
        (NORTH, "ร้านแม่คำปิด", "ฮ้านแม่คำ"),
        (NORTH, "ขัวไม้หัก", "สะพานไม้"),
    ],
)
def test_dialect_words_for_kinds(known: tuple[KnownPlace, ...], text: str, landmark: str) -> None:
    assert read(text, known) == landmark


@pytest.mark.parametrize(
    ("known", "text", "landmark"),
    [
        (ISAN, "ถนนแถวโบสถ์เป็นหลุม", "วัดสว่างโนนงาม"),
        (ISAN, "ข้างโรงหมอขยะเต็ม", "รพ.สต.โนนงาม"),
        (ISAN, "อนามัยไม่มียา", "รพ.สต.โนนงาม"),
        (ISAN, "ตรงที่เก็บน้ำท่อรั่ว", "หอถังประปา"),
        (ISAN, "ใต้แท็งก์น้ำงูเยอะ", "หอถังประปา"),
        (ISAN, "แท็งก์น้ำที่บ้านแตก", ""),
        (ISAN, "ไฟหน้าที่ประชุมหมู่บ้านเสีย", "ศาลากลางบ้าน"),
        (ISAN, "คุยกันในที่ประชุมหมู่บ้านแล้ว", ""),
        (ISAN, "ตรงที่เผาศพหลังคารั่ว", "เมรุวัดสว่าง"),
        (ISAN, "ที่ลูกเรียนฝ้าพัง", ""),
        (SOUTH, "ซอยสุเหร่าน้ำขัง", "ซอยมัสยิด"),
        (SOUTH, "ซอยข้างมัสยิดน้ำขัง", "ซอยมัสยิด"),
        (SOUTH, "โค้งไทรรถล้ม", "โค้งต้นไทร"),
        (NORTH, "ไฟไหม้ดอยหัวช้าง", "ดอยหัวช้าง"),
        (NORTH, "ไฟไหม้บนดอย", ""),
        (NORTH, "หน้าโรงเรียนเทศบาลมืด", "โรงเรียนเทศบาล 1"),
        (NORTH, "หน้าโรงเรียนเทศบาล 3 มืด", ""),
    ],
)
def test_descriptions_and_parts(known: tuple[KnownPlace, ...], text: str, landmark: str) -> None:
    assert read(text, known) == landmark


@pytest.mark.parametrize(
    ("known", "text", "landmark"),
    [
        (ISAN, "หน้าร้านยายสีน้ำขัง", "ร้านยายสี"),
        (ISAN, "ร้านป้าสีหน้าร้านน้ำขัง", "ร้านยายสี"),
        (ISAN, "บ้านยายสี ขายของ น้ำท่วม", "ร้านยายสี"),
        (ISAN, "บ้านยายสีหลังคารั่ว", ""),
        (ISAN, "หน้าร้านลุงดำน้ำขัง", ""),
        (ISAN, "ร้านยายแดงขายเหล้าเสียงดัง", ""),
        (ISAN, "ร้านลุงสีขายเหล้าเสียงดัง", ""),
        (ISAN, "หน้าร้านน้ำท่วม", ""),
        (SOUTH, "หน้าร้านบังหมาดน้ำขัง", "ร้านน้ำชาบังหมาด"),
        (SOUTH, "แถวบังหมาดไฟดับ", "ร้านน้ำชาบังหมาด"),
        (SOUTH, "บังหมาดไม่สบาย", ""),
        (SOUTH, "ร้านน้ำชาบังดุลไฟไหม้", ""),
        ((KnownPlace(name="ร้านลุงดำ"),), "หน้าร้านลุงแดงมืด", ""),
        ((KnownPlace(name="ร้านค้าชุมชน"),), "หน้าร้านลุงดำมืด", ""),
    ],
)
def test_shops_by_their_keepers(known: tuple[KnownPlace, ...], text: str, landmark: str) -> None:
    assert read(text, known) == landmark


@pytest.mark.parametrize(
    ("known", "text"),
    [
        (ISAN, "สะพานห้วยแล้งพัง"),
        (ISAN, "สะพานลอยหน้าอำเภอไฟดับ"),
        (ISAN, "หน้าวัดป่ามืด"),
        (ISAN, "วัดบ้านดอนจัดงานเสียงดัง"),
        (ISAN, "หน้าวัดโพธิ์ชัยมืด"),
        (ISAN, "สี่แยกไฟแดงรถชน"),
        (ISAN, "โรงเรียนเทศบาลรับสมัคร"),
        (ISAN, "ศาลากลางจังหวัดอยู่ไหน"),
        (ISAN, "ศาลาริมทางพัง"),
        (ISAN, "ศาลารอรถพัง"),
        (ISAN, "ซอยสุขใจ 5 มืด"),
        (SOUTH, "ตลาดนัดวันศุกร์ขยะเต็ม"),
        (SOUTH, "ราคาในตลาดโลกตก"),
        (NORTH, "หน้าวัดมืด"),
        (NORTH, "สะพานปูนหัก"),
        (NORTH, "ถังประปาหมู่ 5 รั่ว"),
    ],
)
def test_another_place_of_the_kind_is_not_the_landmark(
    known: tuple[KnownPlace, ...], text: str
) -> None:
    assert read(text, known) == ""


@pytest.mark.parametrize(
    ("known", "text"),
    [
        (ISAN, "ผู้ว่าราชการจังหวัดมา"),
        (ISAN, "ลูกเป็นหวัดทั้งบ้าน"),
        (ISAN, "ช่างมาวัดที่ดินแล้ว"),
        (ISAN, "วัดไฟได้ 180 โวลต์"),
        (ISAN, "รังวัดที่ดินหน้าบ้าน"),
        (ISAN, "แยกขยะก่อนทิ้ง"),
        (ISAN, "คุ้มค่ามากๆ"),
        (ISAN, "น้ำประปาไม่ไหล"),
        (ISAN, "ประปาภูมิภาคปิดน้ำ"),
        (SOUTH, "นายท่านั้น"),
        (SOUTH, "ท่าทางไม่ดี"),
        (NORTH, "อ่างน้ำที่บ้านแตก"),
    ],
)
def test_words_that_only_look_like_a_place(known: tuple[KnownPlace, ...], text: str) -> None:
    assert read(text, known) == ""


@pytest.mark.parametrize(
    ("text", "landmark"),
    [
        ("ยายไปวัดทุกวันพระ", ""),
        ("กลับจากวัดแล้วรถล้ม", ""),
        ("ทางไปวัดเป็นหลุม", "วัดสว่างโนนงาม"),
        ("ถนนไปวัดเป็นหลุม", "วัดสว่างโนนงาม"),
        ("หมาวัดไล่กัดคน", "วัดสว่างโนนงาม"),
        ("น้ำป่าไหลเข้าวัดแล้ว", "วัดสว่างโนนงาม"),
        ("ไม่ใช่หน้าวัด แต่เป็นหน้าโรงเรียน น้ำท่วม", "โรงเรียนบ้านโนนงามวิทยา"),
        ("ครูโรงเรียนบอกว่าสะพานห้วยทรายขาด", "สะพานห้วยทราย"),
        ("โรงเรียนวัดสว่างโนนงามอยู่ไกล", "วัดสว่างโนนงาม"),
    ],
)
def test_places_gone_to_denied_or_of_people(text: str, landmark: str) -> None:
    assert read(text, ISAN) == landmark


@pytest.mark.parametrize(
    ("known", "text", "landmark"),
    [
        (ISAN, "วดสวางโนนงาม ไฟดับ", "วัดสว่างโนนงาม"),
        (ISAN, "สาลากลางบ้านหลังคารั่ว", "ศาลากลางบ้าน"),
        (ISAN, "สะพาณห้วยทายพัง", "สะพานห้วยทราย"),
        (SOUTH, "โค้งต้นไซหลุมลึก", "โค้งต้นไทร"),
        (SOUTH, "ตลาดนัดวันเสาขยะเต็ม", "ตลาดนัดวันเสาร์"),
        (NORTH, "สพานไม้หัก", "สะพานไม้"),
        (NORTH, "อ่างเก็บนำแม่สายแห้ง", "อ่างเก็บน้ำแม่สาย"),
    ],
)
def test_misspelt_names(known: tuple[KnownPlace, ...], text: str, landmark: str) -> None:
    assert read(text, known) == landmark


@pytest.mark.parametrize("known", ALL)
def test_every_landmark_is_known_by_its_own_name(known: tuple[KnownPlace, ...]) -> None:
    for place in known:
        for form in ("{}", "ไฟดับ {}", "ที่{} ไฟดับ", "น้ำท่วมหน้า{}"):
            assert read(form.format(place.name), known) == place.name


def test_an_alias_is_a_name() -> None:
    known = (KnownPlace(name="วัดทุ่งกระเจียว", aliases=("วัดหลวงตา",)), KnownPlace(name="วัดใหม่"))
    assert read("หน้าวัดหลวงตามืด", known) == "วัดทุ่งกระเจียว"


@pytest.mark.parametrize("known", ALL)
@given(text=st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_what_is_found_stands_where_it_is_said_to(known: tuple[KnownPlace, ...], text: str) -> None:
    plain = normalise(text).text
    names = {p.name for p in known}
    place = find_place(plain, known)
    if place:
        assert 0 < place.score <= 1
        assert all(plain[a:b] == w for (a, b), w in zip(place.spans, place.words, strict=True))
        assert place.landmark in {*names, ""}
    for mention in mentions(plain, landmarks(known)):
        assert 0 <= mention.start < mention.end <= len(plain)


@given(st.lists(st.sampled_from((*"กทรศสพธโัิี่้์ุะ ", "โพธิ์", "ไทร", "เสาร์"))).map("".join))
def test_letters_as_they_sound_know_where_they_stood(text: str) -> None:
    letters, at = sounds(text)
    assert letters == sounding(text)
    assert len(letters) == len(at) and at == sorted(set(at))
    bare, stood = skeleton(text)
    assert len(bare) == len(stood)


@pytest.mark.parametrize("known", ALL)
@given(text=st.sampled_from(["หลุมหน้าวัดลึก", "สะพานห้วยทรายพัง", "โฮงเฮียนปิด", "ซอย 2 มืด", "ไฟดับ"]))
def test_taking_places_out_only_takes_out(known: tuple[KnownPlace, ...], text: str) -> None:
    rest = without_places(text, known)
    assert rest
    letters = iter(text)
    assert all(c in letters for c in rest.replace(" ", ""))


def test_no_landmark_gives_no_mention() -> None:
    assert mentions("หน้าวัดมืด", landmarks(())) == []
