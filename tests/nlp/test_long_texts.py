"""A reading's work grows with the letters and no faster: calls are counted, time depends on the machine."""

import sys
from types import FrameType

import pytest

from nlp.reader import ThaiReader
from nlp.values import KnownPlace

PLACES = (
    KnownPlace(name="วัดทุ่งกระเจียว"),
    KnownPlace(name="ซอย 4"),
)
READER = ThaiReader()


def calls_while_reading(text: str) -> int:
    """How many functions are called, those written in C too, while a text is read."""
    count = 0

    def called(frame: FrameType, event: str, arg: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(called)
    try:
        READER.read(text, PLACES)
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize(
    "piece",
    [
        "จาก", "ป้า", "ป้าแดง ", "นายสมชาย", "นายสมชาย ใจดี ", "ของ", "ที่", "ถนนพัง ", "0812345678 ", "วัดทุ่งกระเจียว",
        "กขคงจฉชซ", "12/3 ", "ชื่อ", "(", "ระหว่าง", "my wife ", "บ้านเลขที่ 12/3 ม.4 ลุงสมัยแจ้งว่าไฟดับจากวัดถึงซอย 4 ",
    ],
)  # fmt: skip
def test_four_times_the_letters_are_about_four_times_the_work(piece: str) -> None:
    READER.read(piece * 20, PLACES)
    work = [calls_while_reading((piece * 4000)[:size]) for size in (2000, 8000)]
    assert work[1] < 4.6 * work[0]
