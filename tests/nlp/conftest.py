"""One reader for all tests of the language part."""

import pytest

from nlp.reader import ThaiReader
from nlp.values import KnownPlace


@pytest.fixture(scope="session")
def reader() -> ThaiReader:
    """The real reader; it holds no state."""
    return ThaiReader()


@pytest.fixture(scope="session")
def places() -> tuple[KnownPlace, ...]:
    """Landmarks of an invented village."""
    names = (
        "วัดทุ่งกระเจียว",
        "โรงเรียนบ้านทุ่งกระเจียว",
        "ร้านป้าเล็ก",
        "สามแยกต้นมะขาม",
        "ซอย 3",
        "ซอย 31",
        "หอถังประปา",
        "สะพานห้วยแล้ง",
        "ตลาดนัดวันศุกร์",
    )
    return tuple(KnownPlace(name=n) for n in names)
