"""Places: landmarks by their ways of being called, relation words, moo and soi."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.normalise import normalise
from nlp.place import find_place, without_places
from nlp.values import KnownPlace


@pytest.mark.parametrize(
    ("text", "label", "landmark"),
    [
        ("หน้าวัดทุ่งกระเจียวเป็นหลุม", "หน้าวัดทุ่งกระเจียว", "วัดทุ่งกระเจียว"),
        ("หลุมหน้าวัดค่ะ", "หน้าวัดทุ่งกระเจียว", "วัดทุ่งกระเจียว"),
        ("วดทุงกระเจียว มืดมาก", "วัดทุ่งกระเจียว", "วัดทุ่งกระเจียว"),
        ("ตรงข้าม รร.ทุ่งกระเจียว", "ตรงข้ามโรงเรียนบ้านทุ่งกระเจียว", "โรงเรียนบ้านทุ่งกระเจียว"),
        ("ใกล้ๆร้านป้าเล็ก", "ใกล้ร้านป้าเล็ก", "ร้านป้าเล็ก"),
        ("แยกต้นมะขามรถชนบ่อย", "สามแยกต้นมะขาม", "สามแยกต้นมะขาม"),
        ("ซอย 31 ไฟดับ", "ซอย 31", "ซอย 31"),
        ("ซ.3 น้ำท่วม", "ซอย 3", "ซอย 3"),
        ("ซอย ๓ น้ำท่วม", "ซอย 3", "ซอย 3"),
        ("ถังประปารั่ว", "หอถังประปา", "หอถังประปา"),
    ],
)
def test_landmarks(places: tuple[KnownPlace, ...], text: str, label: str, landmark: str) -> None:
    place = find_place(normalise(text).text, places)
    assert place is not None
    assert (place.label, place.landmark) == (label, landmark)
    assert place.words


@pytest.mark.parametrize(
    ("text", "label", "moo", "soi"),
    [
        ("หมู่ที่ 5 น้ำไม่ไหล", "หมู่ 5", 5, ""),
        ("ม.๔ ไฟดับ", "หมู่ 4", 4, ""),
        ("ท้ายซอย 7 หมู่ 2", "ซอย 7 หมู่ 2", 2, "7"),
        ("ซอยที่ 5 ท่อตัน", "ซอย 5", None, "5"),
        ("หน้าวัดมืด", "หน้าวัด", None, ""),
    ],
)
def test_without_a_list(text: str, label: str, moo: int | None, soi: str) -> None:
    place = find_place(normalise(text).text)
    assert place is not None
    assert (place.label, place.moo, place.soi) == (label, moo, soi)


@pytest.mark.parametrize("text", ["น้ำไม่ไหล", "", "หมู 3 ตัวตาย", "ไฟดับ 5 ดวง", "5 หมู่บ้าน"])
def test_no_place(text: str) -> None:
    assert find_place(normalise(text).text) is None


POND = tuple(
    KnownPlace(name=n)
    for n in ("หนองแวงใหญ่", "วัดแวงธรรมาราม", "โรงเรียนแวงวิทยา", "รพ.สต.หนองแวงใหญ่",
              "ท่าน้ำหน้าวัด", "สะพานข้ามคลองตาล")
)  # fmt: skip
TEMPLES = tuple(KnownPlace(name=n) for n in ("วัดบน", "วัดล่าง", "ท่าน้ำหน้าวัด"))


@pytest.mark.parametrize(
    ("known", "text", "label"),
    [
        (POND, "ถนนหน้าวัดเป็นหลุม", "หน้าวัดแวงธรรมาราม"),
        (POND, "ท่าน้ำหน้าวัดไม้ผุ", "ท่าน้ำหน้าวัด"),
        (TEMPLES, "ถนนหน้าวัดเป็นหลุม", "หน้าวัด"),
        (TEMPLES, "ถนนหน้าวัดล่างเป็นหลุม", "หน้าวัดล่าง"),
        (POND, "ชาวบ้านหนองแวงใหญ่เดือดร้อน", ""),
        (POND, "บ้านหนองแวงใหญ่ไฟดับ", ""),
        (POND, "ริมหนองแวงใหญ่มืด", "ริมหนองแวงใหญ่"),
        (POND, "คลองตาลมีผักตบ", ""),
        (POND, "สะพานข้ามคลองตาลมืด", "สะพานข้ามคลองตาล"),
    ],
)
def test_a_name_within_a_name(known: tuple[KnownPlace, ...], text: str, label: str) -> None:
    place = find_place(normalise(text).text, known)
    assert (place.label if place else "") == label


def test_words_for_where_are_taken_out(places: tuple[KnownPlace, ...]) -> None:
    assert without_places("หลุมหน้าวัดทุ่งกระเจียวลึก", places).split() == ["หลุม", "ลึก"]
    assert without_places("สะพานห้วยแล้งพัง", places) == "สะพานห้วยแล้งพัง"
    assert without_places("ซอย 31 มืด", places) == "มืด"
    assert without_places("ซอย 3", places) == "ซอย 3"


NUMBERED = tuple(KnownPlace(name=n) for n in ("ซอย 2", "หมู่ 7", "ศาลาหมู่ 7", "วัดหนองฮี"))


@pytest.mark.parametrize(
    ("text", "label", "landmark"),
    [
        ("ถนนในซอย 5 เป็นหลุม", "ซอย 5", ""),
        ("ถนนในซอยเป็นหลุม", "", ""),
        ("ซอย 2/1 มืด", "ซอย 2/1", ""),
        ("ซอย2มืด", "ซอย 2", "ซอย 2"),
        ("หน้าซอย ๒ ไฟดับ", "หน้าซอย 2", "ซอย 2"),
        ("ซอย 21 กับซอย 2 มืด", "ซอย 2", "ซอย 2"),
        ("ศาลาหมู่ 5 พัง", "หมู่ 5", ""),
        ("ศาลาพัง", "ศาลาหมู่ 7", "ศาลาหมู่ 7"),
        ("หมู่ 3 น้ำท่วม", "หมู่ 3", ""),
        ("ทั้งหมู่บ้านไฟดับ", "", ""),
    ],
)
def test_a_landmark_told_by_a_number_needs_its_number(text: str, label: str, landmark: str) -> None:
    place = find_place(normalise(text).text, NUMBERED)
    assert (place.label if place else "", place.landmark if place else "") == (label, landmark)


PLANTED = ("ลุงสมชาย", "ยายมี", "ผู้ใหญ่ขี้โกง", "ไอ้ขี้เมา", "บักหำ", "อีปากหมา", "ข้างบ้านป้าแดง", "คนขายยา")


@given(
    st.sampled_from(PLANTED),
    st.sampled_from(("ซอย {} {}", "ซ.{} {}", "ในซอย{}{} มืด", "หน้าวัด {} ซอย {}", "หมู่ {} {}",
                     "หน้าบ้าน{} ซอย {}", "ตรงข้าม{} หมู่ {}", "ปากซอย{} ที่ {}", "ข้าง {} ม.{}")),
    st.integers(1, 30),
)  # fmt: skip
def test_labels_hold_no_words_of_the_sender(planted: str, form: str, number: int) -> None:
    for known in ((), NUMBERED):
        place = find_place(normalise(form.format(planted, number)).text, known)
        label = place.label if place else ""
        assert not any(
            part in label for part in (*PLANTED, "สมชาย", "โกง", "เมา", "แดง", "ยายมี", "ขาย", "หมา")
        )
        assert not place or not place.soi or place.soi.replace("/", "").isdigit()


def test_a_landmarks_own_name_stays() -> None:
    known = (KnownPlace(name="ซอยลุงสมชาย"), KnownPlace(name="ซอยยายมี 3"))
    for text, label in (
        ("ในซอยลุงสมชายมืด", "ซอยลุงสมชาย"),
        ("ซอยยายมี 3 มืด", "ซอยยายมี 3"),
        ("ซอยมืด", ""),
    ):
        place = find_place(normalise(text).text, known)
        assert (place.label if place else "") == label
