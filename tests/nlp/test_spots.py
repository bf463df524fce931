"""Lanes, moos, posts, zones, stretches and positions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.evaluation.places import evaluate_places
from nlp.normalise import normalise
from nlp.place import beside, find_place
from nlp.positions import METRES_PER_DEGREE, metres_between, nearest
from nlp.spots import numbers, relation
from nlp.values import KnownPlace, Place

LAT, LON = 16.0, 100.0


def north(metres: float) -> tuple[float, float]:
    """A position so many metres north of the village's middle."""
    return LAT + metres / METRES_PER_DEGREE, LON


def placed(name: str, metres: float) -> KnownPlace:
    lat, lon = north(metres)
    return KnownPlace(name=name, lat=lat, lon=lon)


KNOWN = (
    placed("วัดบน", 0),
    placed("วัดล่าง", 1000),
    placed("โรงเรียนบ้านแก่ง", 400),
    placed("ร้านแม่ทองสุข", 500),
    placed("สี่แยกธงชัย", 2500),
    KnownPlace(name="สะพานแดง"),
)


def found(
    text: str, known: tuple[KnownPlace, ...] = (), at: tuple[float, float] | None = None
) -> Place:
    place = find_place(normalise(text).text, known, at=at)
    assert place is not None
    return place


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("หมู่สามน้ำไม่ไหล", "หมู่ 3"),
        ("ม.๓ ไฟดับ", "หมู่ 3"),
        ("หมู่สิบสองไฟดับ", "หมู่ 12"),
        ("ซอยสอง มืด", "ซอย 2"),
        ("หมู่ 3 ถึงหมู่ 5 น้ำไม่ไหล", "หมู่ 3 ถึงหมู่ 5"),
        ("ม.5-ม.8 ถนนพัง", "หมู่ 5 ถึงหมู่ 8"),
        ("หมู่ 3 กับหมู่ 7 น้ำไม่ไหล", "หมู่ 3 และหมู่ 7"),
        ("ซอย 2 และซอย 4 มืด", "ซอย 2 และซอย 4"),
        ("ถนนเส้นไปหมู่ 8 เป็นหลุม", "ทางไปหมู่ 8"),
        ("ตรง กม.12 ถนนทรุด", "กม. 12"),
        ("หลักกิโลที่ 4 ต้นไม้ล้ม", "กม. 4"),
        ("กม. 12+500 ดินสไลด์", "กม. 12+500"),
        ("บล็อค b ไฟดับ", "บล็อก B"),
        ("โซน 3 น้ำท่วม", "โซน 3"),
        ("ขัวทางเข้าบ้านพัง ก่อนถึงโฮงเฮียน", "ก่อนถึงโรงเรียน"),
    ],
)
def test_places_without_a_list(text: str, label: str) -> None:
    place = found(text)
    assert place.label == label
    assert place.words
    assert [normalise(text).text[a:b] for a, b in place.spans] == list(place.words)


@pytest.mark.parametrize(
    "text",
    [
        "หลุม 3 หลุม", "ซอยสามัคคีมืด", "ซอยสองแถวจอด", "ซอยสองข้างทางรก", "ลูกเรียนอยู่ ม.3 ค่ะ", "ไปไกล 3 กม. แล้ว",
        "ข้าวกิโลละ 12 บาท", "ไม่ใช่ซอย 3", "หมู่สองคน", "เด็ก ม.2 ตีกัน", "ขอให้ร่วมกับหมู่ 1 ตั้งทีม",
        "ผู้ใหญ่บ้านหมู่ 5 ไม่รับสาย",
    ],
)  # fmt: skip
def test_numbers_that_tell_no_place(text: str) -> None:
    assert find_place(normalise(text).text) is None


@pytest.mark.parametrize(
    ("text", "lanes", "moos"),
    [
        ("หมู่ 3 ถึงหมู่ 5", set(), {"3", "4", "5"}),
        ("หมู่ 3 กับ 5", set(), {"3", "5"}),
        ("ซอย 2-4", {"2", "3", "4"}, set()),
        ("ซอยสอง ม.๓", {"2"}, {"3"}),
        ("ซอย 3/1", {"3/1"}, set()),
        ("ลูกเรียน ม.3", set(), set()),
    ],
)
def test_numbers(text: str, lanes: set[str], moos: set[str]) -> None:
    assert tuple(map(set, numbers(normalise(text).text))) == (lanes, moos)


@pytest.mark.parametrize(
    ("text", "label", "landmark", "until"),
    [
        ("ไฟดับจากวัดบนถึงร้านแม่ทองสุข", "วัดบนถึงร้านแม่ทองสุข", "วัดบน", "ร้านแม่ทองสุข"),
        ("ช่วงหน้าโรงเรียนถึงร้านแม่ทองสุขเป็นหลุม", "หน้าโรงเรียนบ้านแก่งถึงร้านแม่ทองสุข", "โรงเรียนบ้านแก่ง", "ร้านแม่ทองสุข"),
        ("ตั้งแต่สี่แยกธงชัย ยันสะพานแดง มืด", "สี่แยกธงชัยถึงสะพานแดง", "สี่แยกธงชัย", "สะพานแดง"),
        ("ระหว่างวัดล่างกับโรงเรียนไม่มีไฟ", "ระหว่างวัดล่างกับโรงเรียนบ้านแก่ง", "วัดล่าง", "โรงเรียนบ้านแก่ง"),
        ("เลยวัดบนไปหน่อย ต้นไม้ล้ม", "เลยวัดบน", "วัดบน", ""),
        ("ก่อนจะถึงสะพานแดงมีหลุม", "ก่อนถึงสะพานแดง", "สะพานแดง", ""),
        ("ฝั่งตรงข้ามร้านแม่ทองสุข", "ตรงข้ามร้านแม่ทองสุข", "ร้านแม่ทองสุข", ""),
    ],
)  # fmt: skip
def test_stretches_and_relations(text: str, label: str, landmark: str, until: str) -> None:
    place = found(text, KNOWN)
    assert (place.label, place.landmark, place.until) == (label, landmark, until)
    assert len(place.words) == (2 if until else 1)


def test_further_landmarks_are_told_too() -> None:
    place = found("ไฟดับที่วัดบน แล้วก็ที่ร้านแม่ทองสุข หมู่ 4", KNOWN)
    assert (place.landmark, place.others, place.moo) == ("วัดบน", ("ร้านแม่ทองสุข",), 4)


@pytest.mark.parametrize(
    ("metres", "landmark"), [(30, "วัดบน"), (960, "วัดล่าง"), (500, ""), (-3000, "")]
)
def test_a_position_tells_which_of_two_is_meant(metres: float, landmark: str) -> None:
    assert found("หน้าวัดมืด", KNOWN, north(metres)).landmark == landmark


def test_a_position_raises_and_lowers_the_score() -> None:
    near, far = found("หน้าโรงเรียนมืด", KNOWN, north(420)), found("หน้าโรงเรียนมืด", KNOWN, north(9000))
    assert near.score > found("หน้าโรงเรียนมืด", KNOWN).score > far.score
    assert near.metres == pytest.approx(20, abs=1)
    assert found("สะพานแดงพัง", KNOWN, north(0)).metres is None


def test_beside_a_landmark() -> None:
    told = beside(None, KNOWN, north(2530))
    assert told and (told.label, told.words) == ("ใกล้สี่แยกธงชัย", ())
    assert told.metres == pytest.approx(30, abs=1)
    assert beside(None, KNOWN, north(9000)) is None
    moo = found("หมู่ 4 ไฟดับ")
    assert (beside(moo, KNOWN, north(0)) or moo).moo == 4
    named = found("ซอย 9 ไฟดับ")
    assert beside(named, KNOWN, north(0)) is named


@pytest.mark.parametrize(
    ("metres", "within", "name"),
    [(10, 150, "วัดบน"), (700, 150, ""), (700, 400, "ร้านแม่ทองสุข"), (440, 150, "โรงเรียนบ้านแก่ง")],
)
def test_nearest(metres: float, within: float, name: str) -> None:
    near = nearest(*north(metres), KNOWN, within)
    assert (near.place.name if near else "") == name


def test_nearest_without_positions() -> None:
    assert nearest(LAT, LON, (KnownPlace(name="วัด"),)) is None


@given(st.floats(5, 20), st.floats(98, 105), st.floats(-0.05, 0.05), st.floats(-0.05, 0.05))
def test_distance_is_the_same_both_ways(lat: float, lon: float, a: float, b: float) -> None:
    one, two = (lat, lon), (lat + a, lon + b)
    assert metres_between(one, two) == pytest.approx(metres_between(two, one))
    assert metres_between(one, one) == 0
    assert metres_between(one, two) >= abs(a) * METRES_PER_DEGREE * 0.999 - 0.001


VILLAGES = [
    {"village_code": "1", "lat": "16.0", "lon": "100.0", "landmarks": "วัดบน:0:0|โรงเรียนแก่ง:0:900"}
]
ISSUES: list[dict[str, object]] = [
    {"issue_id": "A", "place_landmark": "วัดบน"},
    {"issue_id": "B", "place_landmark": None},
    {"issue_id": "C", "place_landmark": "ที่อื่น"},
]


def test_evaluation_of_places() -> None:
    messages: list[dict[str, object]] = [
        {
            "message_id": n,
            "village_code": "1",
            "text": text,
            "issue_ids": issue,
            "lat": lat,
            "lon": lon,
        }
        for n, text, issue, lat, lon in (
            ("m1", "หน้าวัดบนมืด", ["A"], None, None),
            ("m2", "หน้าโรงเรียนมืด", ["A"], None, None),
            ("m3", "มืดมาก", ["A"], 16.0, 100.0),
            ("m4", "มืดมาก", ["A"], None, None),
            ("m5", "หน้าวัดบนมืด", ["B"], None, None),
            ("m6", "มืด", [], None, None),
            ("m7", "มืด", ["C"], None, None),
        )
    ]
    scores, predictions = evaluate_places(messages, ISSUES, VILLAGES)
    assert (scores["n"], scores["right"], scores["wrong"], scores["none"]) == (4, 0.25, 0.25, 0.5)
    assert (scores["precision"], scores["n_without"], scores["needless"]) == (0.5, 2, 0.5)
    assert scores["with_position"]["none"] == 1.0
    assert scores["or_beside_it"]["right"] == 1.0
    assert [p["id"] for p in predictions] == ["m1", "m2", "m3", "m4", "m5", "m6"]


def test_a_word_that_only_stresses_is_no_relation() -> None:
    assert relation("ไฟดับหมดเลยซอย 2", len("ไฟดับหมดเลย"))[0] == ""
    assert relation("อยู่เลยวัดไป", len("อยู่เลย"))[0] == "เลย"
    assert relation("เลยวัดไป", len("เลย"))[0] == "เลย"
