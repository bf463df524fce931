"""A message read with what the same person wrote around it."""

import pytest

from nlp.context import read_together
from nlp.reader import ThaiReader
from nlp.values import Act, KnownPlace

SNAKE = ("งูเห่าเข้าบ้าน", "ตัวเท่าขา", "ซอย 3 จ้ะ")
WATER = ("สวัสดีค่ะ", "น้ำประปาไม่ไหลมาสามวันแล้ว", "[รูปภาพ]", "แถวท้ายหมู่บ้านค่ะ")


@pytest.mark.parametrize("index", range(len(SNAKE)))
def test_danger_in_one_message_is_danger_of_all(reader: ThaiReader, index: int) -> None:
    assert read_together(reader, SNAKE, index).emergency.on
    assert read_together(reader, SNAKE, index).categories[0].code == "animals"


def test_fragments_take_the_matter_and_greetings_stay_greetings(reader: ThaiReader) -> None:
    read = [read_together(reader, WATER, n) for n in range(len(WATER))]
    assert [r.categories[0].code for r in read[1:]] == ["water_supply"] * 3
    assert [r.kind for r in read[1:]] == ["problem"] * 3
    assert read[0].act is Act.CHATTER
    assert read[0] == reader.read(WATER[0])
    assert read[2].act is Act.MATTER
    assert reader.read(WATER[2]).act is Act.CHATTER


def test_each_keeps_its_own_words_and_takes_the_others_place(
    reader: ThaiReader, places: tuple[KnownPlace, ...]
) -> None:
    texts = ("หน้าวัดทุ่งกระเจียวค่ะ", "ไฟทางดับสองดวง มืดมาก")
    read = read_together(reader, texts, 1, places)
    assert read.normalised == texts[1]
    assert read.place is not None and read.place.landmark == "วัดทุ่งกระเจียว"
    assert reader.read(texts[1], places).place is None


def test_a_clear_message_keeps_its_own_category(reader: ThaiReader) -> None:
    texts = ("รถขยะไม่มาเก็บสองอาทิตย์แล้ว", "เบี้ยยังชีพผู้สูงอายุเดือนนี้ยังไม่เข้าบัญชี")
    assert read_together(reader, texts, 0).categories[0].code == "waste"
    assert read_together(reader, texts, 1).categories[0].code == "welfare"


def test_what_must_be_kept_back_is_kept_back_in_all_its_messages(reader: ThaiReader) -> None:
    texts = ("ขอปรึกษาหน่อยครับ", "ท้ายซอยมีคนขายยาบ้าให้เด็ก", "บ้านหลังสุดท้ายรั้วเขียว")
    assert all(read_together(reader, texts, n).confidential.on for n in (1, 2))


def test_alone_or_among_empty_words_nothing_changes(reader: ThaiReader) -> None:
    for texts in (("ซอย 3 จ้ะ",), ("ซอย 3 จ้ะ", "สวัสดีครับ", "[สติกเกอร์]")):
        assert read_together(reader, texts, 0) == reader.read("ซอย 3 จ้ะ")
    assert read_together(reader, ("น้ำไม่ไหล", "[สติกเกอร์]"), 1).act is Act.CHATTER
    assert read_together(reader, ("[รูปภาพ]", "[ตำแหน่งที่ตั้ง]"), 0) == reader.read("[รูปภาพ]")
