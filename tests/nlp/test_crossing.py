"""Issues of different villages that are one thing, and those that only look alike."""

from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.crossing import LINKED, shared_matters
from nlp.reader import ThaiReader
from nlp.values import Candidate, KnownPlace, Telling

NOON = datetime(2025, 5, 1, 5, tzinfo=UTC)
NAMES = {"55010101": "บ้านโนนกระจาย", "55010104": "บ้านนาเตย"}
ONE = [
    (("น้ำในคลองบางเตยเน่าเหม็น ปลาตายลอย", "คลองบางเตยน้ำดำ เน่าทั้งคลอง"),
     ("ปลาตายในคลองบางเตย น้ำเน่าเหม็นมาก",)),
    (("ผักตบชวาเต็มคลองพระแสง เรือผ่านไม่ได้",), ("คลองพระแสงผักตบชวาแน่น เรือออกไม่ได้เลย",)),
    (("ฝายห้วยแคแสดพัง น้ำไม่เข้านา",), ("ประตูฝายห้วยแคแสดพัง ไม่มีน้ำทำนา",)),
    (("ถนนไปหมู่ 4 เป็นหลุมลึก รถบรรทุกวิ่งทั้งวัน",), ("ถนนไปหมู่ 1 เป็นหลุม รถบรรทุกวิ่งจนพัง",)),
    (("ถนนไปนาเตยเป็นหลุมเป็นบ่อ",), ("ทางไปโนนกระจายเป็นหลุมเป็นบ่อ ถนนพัง",)),
    (("ควันไฟป่าหนามาก แสบตาทั้งหมู่บ้าน",), ("หมอกควันไฟป่าเข้าบ้าน แสบตาหายใจไม่ออก",)),
]  # fmt: skip
OTHER = [
    (("น้ำประปาไม่ไหลสองวันแล้ว",), ("น้ำประปาไม่ไหลสองวันแล้ว",)),
    (("ถนนหน้าวัดเป็นหลุมลึก",), ("ถนนหน้าวัดเป็นหลุมลึก",)),
    (("น้ำในคลองบางเตยเน่าเหม็น ปลาตาย",), ("น้ำในคลองหลวงแพ่งเน่าเหม็น ปลาตาย",)),
    (("ขยะเกลื่อนริมคลองบางเตย",), ("น้ำในคลองบางเตยเน่าเหม็น ปลาตาย",)),
    (("คลองตื้นเขิน ขอให้ขุดลอก",), ("คลองตื้นเขิน ขอให้ขุดลอกด้วย",)),
    (("ไฟทางซอย 4 ดับ",), ("ไฟทางซอย 4 ดับ",)),
    (("เพื่อนบ้านเผาขยะควันเข้าบ้าน",), ("เพื่อนบ้านเผาขยะควันเข้าบ้านทุกเย็น",)),
    (("ถนนไปหมู่ 4 เป็นหลุมลึก",), ("ถนนหน้าโรงเรียนเป็นหลุมลึก",)),
    (("ถนนไปหมู่ 4 เป็นหลุมลึก",), ("ไฟทางไปหมู่ 1 ดับ",)),
    (("ตลาดนัดวันศุกร์ขยะล้น",), ("ตลาดนัดวันศุกร์ขยะล้น",)),
]
TEXTS = tuple(sorted({t for pair in (*ONE, *OTHER) for side in pair for t in side}))


def issue(
    reader: ThaiReader,
    key: str,
    texts: tuple[str, ...],
    village: str,
    days: float = 0,
    places: tuple[KnownPlace, ...] = (),
) -> Candidate:
    hours = count()
    told = []
    for text in texts:
        read = reader.read(text, places)
        told.append(
            Telling(
                text=text, category=read.categories[0].code, village=village, sender=f"{key}s",
                at=NOON + timedelta(days=days, hours=next(hours)), place=read.place,
            )
        )  # fmt: skip
    return Candidate(key=key, tellings=tuple(told))


@pytest.mark.parametrize(("here", "there"), ONE)
def test_one_thing_in_two_villages(
    reader: ThaiReader, here: tuple[str, ...], there: tuple[str, ...]
) -> None:
    both = [issue(reader, "a", here, "55010101"), issue(reader, "b", there, "55010104")]
    (link,) = reader.shared_matters(both, NAMES)
    assert (link.first, link.second) == ("a", "b")
    assert LINKED <= link.score <= 0.99
    assert link.reasons


@pytest.mark.parametrize(("here", "there"), OTHER)
def test_things_that_only_look_alike(
    reader: ThaiReader, here: tuple[str, ...], there: tuple[str, ...]
) -> None:
    both = [issue(reader, "a", here, "55010101"), issue(reader, "b", there, "55010104")]
    assert shared_matters(both, NAMES) == ()


def test_the_reason_names_what_is_shared(reader: ThaiReader) -> None:
    here, there = ONE[0]
    both = [issue(reader, "a", here, "55010101"), issue(reader, "b", there, "55010104")]
    (link,) = shared_matters(both)
    assert link.reasons[0] == "เอ่ยถึงสายน้ำเดียวกัน: คลองบางเตย"
    assert link.reasons[-1] == "แจ้งในช่วงเดียวกัน"


@pytest.mark.parametrize(
    ("village", "days"), [("55010101", 0.0), ("55020101", 0.0), ("55010104", 60.0)]
)
def test_not_in_one_village_nor_another_tambon_nor_months_later(
    reader: ThaiReader, village: str, days: float
) -> None:
    here, there = ONE[0]
    both = [issue(reader, "a", here, "55010101"), issue(reader, "b", there, village, days)]
    assert shared_matters(both) == ()


def test_a_landmark_of_each_village_is_not_one_thing_but_a_canal_is(reader: ThaiReader) -> None:
    places = (KnownPlace(name="ศาลาประชาคม"), KnownPlace(name="คลองใหญ่ดง"))
    for text, links in (("ขยะล้นหน้าศาลาประชาคม", 0), ("ผักตบชวาเต็มคลองใหญ่ดง เรือผ่านไม่ได้", 1)):
        both = [
            issue(reader, "a", (text,), "55010101", places=places),
            issue(reader, "b", (text,), "55010104", places=places),
        ]
        assert len(shared_matters(both)) == links


@given(
    st.lists(st.tuples(st.sampled_from(TEXTS), st.integers(1, 4)), max_size=12),
    st.randoms(use_true_random=False),
)
@settings(max_examples=30, deadline=None)
def test_the_order_of_issues_makes_no_difference(
    told: list[tuple[str, int]], chance: Random
) -> None:
    issues = [
        issue(READER, f"k{n}", (text,), f"550101{moo:02d}") for n, (text, moo) in enumerate(told)
    ]
    shuffled = list(issues)
    chance.shuffle(shuffled)
    assert shared_matters(issues, NAMES) == shared_matters(shuffled, NAMES)
    assert shared_matters([], NAMES) == ()


READER = ThaiReader()
