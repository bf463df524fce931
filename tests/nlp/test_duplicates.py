"""The same matter or another: place, fault, time and sender together."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from nlp.comparing import APART_M, SAME_PHOTO_BITS, features, likeness
from nlp.duplicates import ASK, BESIDE, LINK, LINK_SAME_FAULT, MOST, duplicates
from nlp.positions import METRES_PER_DEGREE
from nlp.reader import ThaiReader
from nlp.values import Candidate, KnownPlace, Telling

NOON = datetime(2025, 5, 1, 5, tzinfo=UTC)


def told(
    reader: ThaiReader,
    text: str,
    places: tuple[KnownPlace, ...] = (),
    *,
    sender: str = "a",
    hours: float = 0,
    lat: float | None = None,
) -> Telling:
    read = reader.read(text, places)
    return Telling(
        text=text,
        category=read.categories[0].code,
        village="12345601",
        sender=sender,
        at=NOON + timedelta(hours=hours),
        place=read.place,
        lat=lat,
        lon=None if lat is None else 100.0,
    )


def test_same_place_same_fault_is_joined(
    reader: ThaiReader, places: tuple[KnownPlace, ...]
) -> None:
    old = told(reader, "ถนนหน้าวัดทุ่งกระเจียวเป็นหลุมใหญ่", places)
    new = told(reader, "หลุมหน้าวัดลึกมาก รถล้มเมื่อเช้า", places, sender="b", hours=20)
    (match,) = duplicates(new, [Candidate(key="k", tellings=(old,))])
    assert match.link
    assert match.score >= LINK_SAME_FAULT
    assert "ที่เดียวกัน: วัดทุ่งกระเจียว" in match.reasons
    assert "เรื่องทำนองเดียวกัน" in match.reasons
    assert match.reasons[-1] == "แจ้งห่างกัน 20 ชั่วโมง"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("ไฟซอย 3 ดับ", "ไฟซอย 31 ดับ"),
        ("ถนนหน้าวัดทุ่งกระเจียวเป็นหลุม", "ถนนตรงสามแยกต้นมะขามเป็นหลุม"),
        ("หน้าวัดเป็นหลุม", "หน้าวัดมีหมาจรจัดไล่กัด"),
        ("หน้าวัดไฟดับ", "ขยะหน้าวัดไม่มีใครเก็บ"),
    ],
)
def test_other_place_or_other_fault_is_not_joined(
    reader: ThaiReader, places: tuple[KnownPlace, ...], old: str, new: str
) -> None:
    first = told(reader, old, places)
    found = duplicates(
        told(reader, new, places, sender="b", hours=1), [Candidate(key="k", tellings=(first,))]
    )
    assert not any(m.link for m in found)


def test_same_words_without_place_are_asked_about(reader: ThaiReader) -> None:
    old = told(reader, "ถนนเป็นหลุมลึกมากค่ะ")
    new = told(reader, "ถนนเป็นหลุมใหญ่เลย", sender="b", hours=3)
    (match,) = duplicates(new, [Candidate(key="k", tellings=(old,))])
    assert not match.link


def test_what_fails_a_whole_village_needs_no_place(reader: ThaiReader) -> None:
    old = told(reader, "น้ำประปาไม่ไหลเลยค่ะ")
    new = told(reader, "น้ำไม่ไหลค่ะ", sender="b", hours=3)
    (match,) = duplicates(new, [Candidate(key="k", tellings=(old,))])
    assert match.score >= LINK
    assert match.link


def test_where_nobody_can_be_asked_the_likeliest_is_taken(reader: ThaiReader) -> None:
    old = told(reader, "ถนนเป็นหลุมลึกมากค่ะ")
    new = told(reader, "ถนนเป็นหลุมใหญ่เลย", sender="b", hours=3)
    other = told(reader, "หมาจรจัดไล่กัดเด็กหน้าโรงเรียน", sender="c")
    found = duplicates(
        new, [Candidate(key="hole", tellings=(old,)), Candidate(key="dog", tellings=(other,))]
    )
    assert [(m.key, m.together) for m in found] == [("hole", True)]


def test_the_same_sender_shortly_after_is_joined(reader: ThaiReader) -> None:
    old = told(reader, "น้ำประปาไม่ไหลเลย")
    new = told(reader, "น้ำไม่ไหลทั้งซอยเลยครับ", hours=0.03)
    (match,) = duplicates(new, [Candidate(key="k", tellings=(old,))])
    assert match.link
    assert "คุณเคยแจ้งเรื่องนี้ไว้" in match.reasons


def test_a_further_part_of_a_telling_is_asked_about(reader: ThaiReader) -> None:
    old = told(reader, "ไฟทางหน้าสหกรณ์ดับหมดทุกต้น")
    new = told(reader, "ยายเดินล้มไปแล้วคนหนึ่ง", hours=0.02)
    (match,) = duplicates(new, [Candidate(key="k", tellings=(old,))])
    assert match.together
    assert not match.link  # nothing but the teller says so
    late = told(reader, "ยายเดินล้มไปแล้วคนหนึ่ง", hours=30)
    assert not any(m.link for m in duplicates(late, [Candidate(key="k", tellings=(old,))]))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("ฝนตกหนักน้ำเข้าบ้าน", "ลูกไม่มีงานทำ"),
        ("ไฟทางหน้าโรงเรียนดับ", "ไฟไหม้วัด คนติดอยู่ข้างใน"),
        ("สะพานไม้ผุ", "เมื่อกี้ส่งผิด"),
        ("สะพานไม้ผุ", "hello"),
    ],
)
def test_the_same_teller_alone_makes_no_two_matters_one(
    reader: ThaiReader, old: str, new: str
) -> None:
    first, second = told(reader, old), told(reader, new, hours=0.04)
    assert not any(m.link for m in duplicates(second, [Candidate(key="k", tellings=(first,))]))


def test_a_fault_back_after_a_repair_is_asked_about(
    reader: ThaiReader, places: tuple[KnownPlace, ...]
) -> None:
    old = told(reader, "ไฟทางซอย 3 ดับ", places)
    new = told(reader, "ไฟทางซอย 3 ดับอีก เพิ่งซ่อมไปเอง", places, sender="b", hours=30)
    found = duplicates(new, [Candidate(key="k", tellings=(old,))])
    assert [m.link for m in found] == [False]


def test_positions_near_speak_for_and_far_against(reader: ThaiReader) -> None:
    old = told(reader, "ถนนเป็นหลุมใหญ่", lat=16.0)
    near = told(reader, "หลุมบนถนนลึกมาก", sender="b", hours=5, lat=16.0003)
    far = told(reader, "หลุมบนถนนลึกมาก", sender="b", hours=5, lat=16.03)
    score = {
        name: max(
            (m.score for m in duplicates(t, [Candidate(key="k", tellings=(old,))])), default=0
        )
        for name, t in (("near", near), ("far", far))
    }
    assert score["near"] > score["far"]


def test_at_most_three_and_likeliest_first(reader: ThaiReader) -> None:
    old = told(reader, "น้ำประปาไม่ไหล")
    many = [Candidate(key=f"k{n}", tellings=(old,)) for n in range(6)]
    found = duplicates(told(reader, "น้ำประปาไม่ไหล", sender="b", hours=1), many)
    assert len(found) == MOST
    assert [m.score for m in found] == sorted((m.score for m in found), reverse=True)
    assert not any(m.link for m in found)


def test_nothing_to_compare(reader: ThaiReader) -> None:
    new = told(reader, "น้ำไม่ไหล")
    assert duplicates(new, []) == ()
    assert duplicates(new, [Candidate(key="k", tellings=())]) == ()
    assert (
        reader.duplicates(
            told(reader, "", sender="b", hours=9), [Candidate(key="k", tellings=(new,))]
        )
        == ()
    )


def test_likeness() -> None:
    assert likeness("น้ำไม่ไหล", "น้ำไม่ไหล") == pytest.approx(1.0)
    assert likeness("น้ำไม่ไหล", "หมาจรจัดกัดเด็ก") < 0.1
    assert likeness("", "น้ำ") == 0.0
    assert likeness("น้ำท่วมซอย", "น้ำถ้วมซอย") == pytest.approx(1.0)


LANES = tuple(KnownPlace(name=n) for n in ("ซอย 2", "วัดหนองฮี", "โรงเรียนหนองฮี"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("ถนนในซอย 2 เป็นหลุม", "ถนนในซอย 5 เป็นหลุม"),
        ("ถนนในซอย 4 เป็นหลุม", "ถนนในซอย 5 เป็นหลุม"),
        ("ถนนซอย 4 เป็นหลุม", "ถนนซอย 4/1 เป็นหลุม"),
        ("ถนนหมู่ 4 เป็นหลุม", "ถนนหมู่ 5 เป็นหลุม"),
        ("ถนนหน้าวัดหนองฮีเป็นหลุม", "ถนนหน้าโรงเรียนหนองฮีเป็นหลุม"),
    ],
)
@pytest.mark.parametrize("sender", ["a", "b"])
@pytest.mark.parametrize("known", [(), LANES])
def test_other_numbers_and_landmarks_are_not_even_asked_about(
    reader: ThaiReader, known: tuple[KnownPlace, ...], sender: str, old: str, new: str
) -> None:
    if not known and "หนองฮี" in old:
        known = LANES
    first = told(reader, old, known)
    second = told(reader, new, known, sender=sender, hours=0.02)
    assert duplicates(second, [Candidate(key="k", tellings=(first,))]) == ()
    near = Candidate(key="k", tellings=(first, told(reader, new, known, sender="c")))
    (match,) = duplicates(second, [near])
    assert match.link or (sender == "b" and "หมู่" in new)


@pytest.mark.parametrize(
    ("old", "new", "days"),
    [
        ("งูเข้าบ้านผม", "งูเข้าบ้านหนู", 5),
        ("ขโมยขึ้นบ้านเมื่อคืน", "ขโมยขึ้นบ้านเมื่อคืน", 5),
        ("แม่ผมต้องฟอกไต ไม่มีรถไป", "พ่อหนูต้องฟอกไต ไม่มีรถไป", 1),
        ("ไฟไหม้ข้างวัดทุ่งกระเจียว", "ไฟไหม้ข้างวัดทุ่งกระเจียว", 60),
        ("รถชนหน้าวัดทุ่งกระเจียว มีคนเจ็บ", "รถชนหน้าวัดทุ่งกระเจียว มีคนเจ็บ", 5),
        ("ไฟหน้าวัดทุ่งกระเจียวดับ", "ไฟหน้าวัดทุ่งกระเจียวซ่อมแล้ว ดับอีก", 20),
        ("ไฟหน้าวัดทุ่งกระเจียวดับ", "ไฟหน้าวัดทุ่งกระเจียวที่ซ่อมไปดับอีก", 20),
        ("ไฟหน้าวัดทุ่งกระเจียวดับ", "ไฟหน้าวัดทุ่งกระเจียวติดแล้ว ขอบคุณ", 20),
    ],
)
def test_other_events_other_people_and_repairs_are_never_joined_unasked(
    reader: ThaiReader, places: tuple[KnownPlace, ...], old: str, new: str, days: int
) -> None:
    first = told(reader, old, places)
    second = told(reader, new, places, sender="b", hours=24 * days)
    assert not any(m.link for m in duplicates(second, [Candidate(key="k", tellings=(first,))]))


@pytest.mark.parametrize("new", ["ขยะไม่มาเก็บสามวันแล้ว", "ฝากเรื่องหมาจรจัดด้วย"])
def test_another_matter_of_the_same_sender_is_not_lost_in_the_first(
    reader: ThaiReader, new: str
) -> None:
    first = told(reader, "ไฟทางดับทั้งซอย")
    second = told(reader, new, hours=0.05)
    assert not any(m.link for m in duplicates(second, [Candidate(key="k", tellings=(first,))]))


LOOK = 0xF0F0_1234_ABCD_5678


def differing(bits: int) -> int:
    return LOOK ^ sum(1 << (7 * n) for n in range(bits))


@pytest.mark.parametrize(("bits", "same"), [(0, True), (6, True), (7, False), (64, False)])
def test_the_same_photo_is_asked_about_and_named(reader: ThaiReader, bits: int, same: bool) -> None:
    assert SAME_PHOTO_BITS == 6
    other = differing(bits) if bits < 9 else ~LOOK & (1 << 64) - 1
    old = replace(told(reader, "ถนนเป็นหลุม"), photo_hashes=(1, LOOK))
    new = replace(told(reader, "ตรงนี้อันตราย", sender="b", hours=40), photo_hashes=(other,))
    found = duplicates(new, [Candidate(key="k", tellings=(old,))])
    plain = duplicates(replace(new, photo_hashes=()), [Candidate(key="k", tellings=(old,))])
    assert ("รูปเดียวกัน" in [r for m in found for r in m.reasons]) is same
    assert (found != plain) is same
    assert all(m.score >= ASK for m in found) and (bool(found) or not same)


def test_no_photo_is_like_no_other(reader: ThaiReader) -> None:
    old = told(reader, "ถนนเป็นหลุม")
    new = told(reader, "ถนนเป็นหลุม", sender="b", hours=40)
    (match,) = duplicates(new, [Candidate(key="k", tellings=(old,))])
    assert "รูปเดียวกัน" not in match.reasons


@pytest.mark.parametrize("photo", [False, True])
@pytest.mark.parametrize("sender", ["a", "b"])
def test_one_name_at_far_positions_is_not_one_spot(
    reader: ThaiReader, places: tuple[KnownPlace, ...], sender: str, photo: bool
) -> None:
    def found(metres: float) -> list[bool]:
        text, lat = "ถนนหน้าวัดทุ่งกระเจียวเป็นหลุม", 16 + metres / METRES_PER_DEGREE
        old = told(reader, text, places, lat=16.0)
        later = replace(old, lat=None, lon=None, at=old.at + timedelta(minutes=1), sender="c")
        new = told(reader, text, places, sender=sender, hours=0.2, lat=lat)
        if photo:
            old, new = replace(old, photo_hashes=(LOOK,)), replace(new, photo_hashes=(LOOK,))
        return [m.link for m in duplicates(new, [Candidate(key="k", tellings=(old, later))])]

    assert found(APART_M - 20) == [True]
    assert found(APART_M + 20) == []


def test_where_a_question_is_asked_others_are_shown_beside(
    reader: ThaiReader, places: tuple[KnownPlace, ...]
) -> None:
    issues = [
        Candidate(key=key, tellings=(told(reader, text, places),))
        for key, text in (
            ("temple", "ถนนหน้าวัดทุ่งกระเจียวเป็นหลุม"),
            ("hole", "ถนนเป็นหลุม"),
            ("broken", "ถนนพังเป็นหลุมเป็นบ่อ"),
            ("dog", "หมาจรจัดไล่กัดเด็ก"),
        )
    ]
    found = duplicates(told(reader, "หลุมบนถนนลึกมาก", sender="b", hours=30), issues)
    assert found[0].score >= ASK
    assert len(found) > 1
    assert all(m.score >= BESIDE for m in found)
    assert "dog" not in [m.key for m in found]


def test_what_was_told_to_be_mended_is_not_joined_unasked(
    reader: ThaiReader, places: tuple[KnownPlace, ...]
) -> None:
    old = told(reader, "ไฟทางซอย 3 ดับ", places)
    mended = told(reader, "ไฟซอย 3 ช่างมาซ่อมเสร็จแล้ว ขอบคุณครับ", places, sender="c", hours=24)
    new = told(reader, "ไฟทางซอย 3 ดับ", places, sender="b", hours=60)
    assert [m.link for m in duplicates(new, [Candidate(key="k", tellings=(old,))])] == [True]
    after = duplicates(new, [Candidate(key="k", tellings=(old, mended))])
    assert [m.link for m in after] == [False]


def test_long_messages_of_other_matters_do_not_mean_the_same() -> None:
    one = features(
        "เรียนผู้ใหญ่บ้านครับ อยากให้ช่วยประสานเรื่องถนนเข้าหมู่บ้านที่เป็นหลุมลึก รถเด็กนักเรียนผ่านทุกวัน กลัวจะเกิดอุบัติเหตุ"
    )
    other = features(
        "เรียนผู้ใหญ่บ้านค่ะ คุณยายข้างบ้านอยู่คนเดียวไม่มีใครดูแล เบี้ยผู้สูงอายุก็ไม่ได้สองเดือนแล้ว อยากให้ช่วยดูให้หน่อย"
    )
    same = features("ถนนทางเข้าหมู่บ้านมีหลุมใหญ่มาก รถมอเตอร์ไซค์ล้มไปหลายคันแล้ว ช่วยซ่อมก่อนจะเกิดอุบัติเหตุ")
    assert float(one.meaning @ other.meaning) < 0.45 < float(one.meaning @ same.meaning)
