"""What the reader makes of whole messages: category, kind, act, flags."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.category import ALWAYS
from nlp.codes import CODES
from nlp.emergency import _HELPS, _SAYING, _STRONG, emergency, weighed
from nlp.facets import facets
from nlp.kind import KINDS
from nlp.lexicon import lexicon
from nlp.normalise import normalise
from nlp.reader import ThaiReader
from nlp.seeds import Quick, alternatives, fixed_letters
from nlp.train import sentences
from nlp.values import Act, KnownPlace
from planning.reports import Kind, keeps_confidential
from planning.taxonomy import ALWAYS_CONFIDENTIAL, categories

EVERY_SIGN = [a for p in (_STRONG, _HELPS) for a in alternatives(p.pattern)]


def test_codes_are_the_taxonomys() -> None:
    assert tuple(categories()) == CODES
    assert ALWAYS == ALWAYS_CONFIDENTIAL


def test_kinds_are_the_plans() -> None:
    assert set(KINDS) == {k.value for k in Kind}


def test_lexicon_facets_and_sentences_speak_of_known_codes_only() -> None:
    assert {c for codes in lexicon().values() for c in codes} == set(CODES)
    assert {s.codes[0] for s in sentences()} == set(CODES)
    assert len(sentences()) >= 8000
    assert all(facets(code) and not facets(code)[0].terms for code in CODES)
    assert facets("nothing") == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ถนนทางเข้าวัดเป็นหลุมเป็นบ่อ รถตกหลุมยางแตก", "road"),
        ("ขัวข้ามฮ่องน้ำพังแล้วเจ้า", "road"),
        ("ไฟทางหน้าโรงเรียนไม่ติดสามดวง", "lighting"),
        ("ไฟฟ้าดับทั้งหมู่บ้าน หม้อแปลงระเบิด", "electricity"),
        ("น้ำประปาบ่ไหลสามมื้อแล้วเด้อ", "water_supply"),
        ("ฝนตกทีไรน้ำท่วมซอย ท่อระบายน้ำตัน", "drainage"),
        ("ขอขุดลอกลำห้วย ผักตบชวาเต็มคลอง", "water_source"),
        ("หอกระจายข่าวเสีย ไม่ได้ยินเสียงตามสาย", "telecom"),
        ("หลังคาศาลาประชาคมรั่ว", "public_building"),
        ("อยากให้มีอบรมอาชีพให้กลุ่มแม่บ้าน", "livelihood"),
        ("วัวเป็นลัมปีสกิน ขอวัคซีนให้ปศุสัตว์", "farming"),
        ("โดนทวงหนี้นอกระบบ ดอกเบี้ยโหดมาก", "debt"),
        ("เบี้ยยังชีพผู้สูงอายุไม่เข้าบัญชี", "welfare"),
        ("ยุงลายเยอะ มีคนเป็นไข้เลือดออก ขอพ่นหมอกควัน", "health"),
        ("ขอทุนการศึกษาให้นักเรียนยากจน", "education"),
        ("หมาจรจัดไล่กัดเด็ก", "animals"),
        ("รถขยะไม่มาเก็บ ขยะล้นถัง", "waste"),
        ("เผาฟางควันเต็มหมู่บ้าน ฝุ่น PM2.5 สูง", "pollution"),
        ("กิ่งไม้ใหญ่จะหักทับบ้าน ขอตัดต้นไม้", "nature"),
        ("ขโมยงัดบ้าน ขอกล้องวงจรปิด", "safety"),
        ("ขอกระจกโค้งตรงทางแยก รถชนกันบ่อย", "traffic"),
        ("มีคนขายยาบ้าท้ายหมู่บ้าน", "drugs"),
        ("พายุพัดหลังคาปลิว ขอเงินเยียวยา", "disaster"),
        ("ที่นาไม่มีโฉนด ขอรังวัดแนวเขต", "land"),
        ("ผู้ช่วยเก็บหัวคิวเงินช่วยเหลือ ส่อทุจริต", "official_conduct"),
        ("สามีตบตีภรรยา ขอให้ไกล่เกลี่ย", "dispute"),
        ("ทำบัตรประชาชนใช้เอกสารอะไรบ้าง", "service"),
        ("สวัสดีครับ", "other"),
    ],
)
def test_category(reader: ThaiReader, text: str, code: str) -> None:
    assert reader.read(text).categories[0].code == code


def test_every_category_gets_a_share_and_its_words(reader: ThaiReader) -> None:
    read = reader.read("รถขยะไม่มา ท่อระบายน้ำก็ตัน")
    assert {c.code for c in read.categories} == set(CODES)
    assert sum(c.score for c in read.categories) == pytest.approx(1.0)
    assert [c.score for c in read.categories] == sorted(
        (c.score for c in read.categories), reverse=True
    )
    words = {c.code: c.words for c in read.categories}
    assert "รถขยะ" in words["waste"]
    assert "ท่อระบายน้ำ" in words["drainage"]


def test_where_it_is_does_not_say_what_it_is(
    reader: ThaiReader, places: tuple[KnownPlace, ...]
) -> None:
    assert reader.read("หน้าโรงเรียนมืดมาก", places).categories[0].code == "lighting"
    assert reader.read("ถังขยะตรงสะพานห้วยแล้งเต็ม", places).categories[0].code == "waste"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ถนนพังหมดแล้ว", "problem"),
        ("ก่อสร้างรางระบายน้ำ ซอย 4", "need"),
        ("ขอไฟส่องสว่างหน้าวัดด้วยค่ะ", "need"),
        ("ประชุมหมู่บ้านวันไหนครับ", "question"),
        ("ผู้ใหญ่บ้านแจกของแต่ญาติตัวเอง", "complaint_person"),
        ("น้ำไหลแล้ว ขอบคุณช่างมากค่ะ", "other"),
        ("ขอบคุณครับ", "other"),
    ],
)
def test_kind(reader: ThaiReader, text: str, kind: str) -> None:
    assert reader.read(text).kind == kind


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("สวัสดีครับ", Act.CHATTER),
        ("ขอบคุณมากค่ะ 🙏🙏", Act.CHATTER),
        ("ผู้ใหญ่คะ", Act.CHATTER),
        ("[สติกเกอร์]", Act.CHATTER),
        ("👍👍", Act.CHATTER),
        ("55555", Act.CHATTER),
        ("", Act.CHATTER),
        ("สินเชื่อเงินด่วน อนุมัติไว แอดไลน์ได้เลย", Act.CHATTER),
        ("เรื่องที่แจ้งไว้ถึงไหนแล้วคะ", Act.QUESTION),
        ("ต่อบัตรประชาชนต้องไปที่ไหนครับ", Act.QUESTION),
        ("ประชุมหมู่บ้านครั้งหน้าวันไหน", Act.QUESTION),
        ("เบี้ยคนแก่ออกวันไหน", Act.QUESTION),
        ("เงินคนพิการเข้าวันไหน", Act.QUESTION),
        ("ทำบัตรต้องเสียเงินไหม", Act.QUESTION),
        ("ใครเป็นผู้ใหญ่บ้าน", Act.QUESTION),
        ("เบี้ยคนแก่ไม่เข้าเลย จะได้วันไหน", Act.MATTER),
        ("สวัสดีครับ น้ำไม่ไหล", Act.MATTER),
        ("เมื่อไหร่จะซ่อมถนนครับ", Act.MATTER),
        ("เงินเยียวยาน้ำท่วมลงทะเบียนที่ไหน", Act.MATTER),
        ("ช่วยมาดูหน่อย แย่แล้ว", Act.MATTER),
        ("ซอย 3", Act.MATTER),
        ("อากาศร้อน", Act.MATTER),
        ("ขอบคุณค่ะ แต่ไฟยังไม่ติด", Act.MATTER),
        ("12/3", Act.CHATTER),
        ("road is broken", Act.MATTER),
    ],
)
def test_act(reader: ThaiReader, text: str, act: Act) -> None:
    assert reader.read(text).act == act


@pytest.mark.parametrize(
    "text",
    [
        "มีคนแอบขายยาบ้าหลังโรงเรียน",
        "เปิดบ่อนไพ่ทุกคืน",
        "ปลัดเรียกรับเงินใต้โต๊ะ",
        "สามีทำร้ายร่างกายหนูทุกวัน",
        "เพื่อนบ้านด่าแม่ผมทุกวัน",
        "เขาเผาขยะทุกเย็น ไม่ประสงค์ออกนาม",
        "น้ำเสียจากโรงงาน อย่าบอกว่าใครแจ้งนะคะ",
        "หนูโดนทวงหนี้ ขู่จะยึดรถ",
        "บ้านท้ายซอยมีคนเข้าออกดึก ๆ สงสัยขายยากัน",
        "กำนันเอารถหลวงไปใช้ส่วนตัว",
        "ผู้ช่วยผู้ใหญ่บ้านเก็บเงินค่าลงทะเบียนหัวละห้าสิบ",
        "ปูนที่บริจาคให้ศาลาไปอยู่บ้านกรรมการวัด",
        "ข้างบ้านเปิดคาราโอเกะถึงตีสอง เตือนแล้วยังด่ากลับ",
        "แฟนเก่าหนูมาดักรอแล้วขู่จะทำร้าย",
        "เขาย้ายหมุดหลักเขตที่ดินเข้ามาในที่ผม",
        "พวกเก็บดอกรายวันมาตะโกนหน้าบ้าน",
        "ถนนพังเพราะผู้รับเหมา ไม่ขอออกนามครับ",
        "ลุงคนนั้นชอบจับก้นเด็กนักเรียน",
        "อย่าให้ผู้ใหญ่รู้ว่าเป็นผมแจ้ง",
    ],
)
def test_confidential(reader: ThaiReader, text: str) -> None:
    read = reader.read(text)
    assert read.confidential.on
    assert read.confidential.words


@pytest.mark.parametrize(
    "text",
    [
        "ถนนเป็นหลุมหน้าวัด",
        "น้ำประปาไม่ไหล",
        "ขอไฟส่องสว่างซอย 4",
        "ประกาศแล้งหรือยังครับ",
        "ขอกู้กองทุนหมู่บ้านได้เท่าไร",
        "ช่วยด้วย ไฟไหม้บ้านข้างวัด มีคนติดอยู่ข้างใน",
        "น้ำท่วมบ้านข้างคลอง ยายออกมาไม่ได้",
        "งูเข้าบ้านข้างบ้าน ช่วยมาจับที",
        "สามีตกต้นมะพร้าว ขาหัก ช่วยด้วย",
        "ดินถล่มทับบ้านข้างเขา",
        "ต้นไม้ข้างบ้านล้มทับสายไฟ",
        "ท่อประปาข้างบ้านแตก น้ำไหลนอง",
        "เพื่อนบ้านช่วยกันขนกระสอบทราย",
        "เจ้าหน้าที่มาซ่อมไฟแล้ว ขอบคุณค่ะ",
        "ผู้ใหญ่บ้านช่วยประกาศเรื่องน้ำไม่ไหลที",
        "ไฟถนนหน้าบ้านกำนันดับ",
        "ขอให้ตรวจสอบเสาไฟที่เอียงหน้าโรงเรียน",
        "ร้านขายยาหน้าตลาดน้ำท่วม",
        "รถติดยาวหน้าวัด",
        "ลานยางส่งกลิ่นขี้ยางทั้งวัน",
        "ถนนเทศบาลพังเป็นหลุม ใครรับผิดชอบ",
    ],
)
def test_open_matters(reader: ThaiReader, text: str) -> None:
    read = reader.read(text)
    assert not read.confidential.on
    assert not keeps_confidential(read.categories[0].code, Kind(read.kind), asked=False)


@pytest.mark.parametrize(
    "text",
    [
        "ไฟไหม้บ้านท้ายซอย ช่วยด้วย",
        "รถชนกันหน้าตลาด คนเจ็บสองคน",
        "แม่หมดสติ เรียกรถพยาบาลที",
        "มีเด็กจมน้ำที่สระ",
        "สายไฟขาดพาดถนน มีประกายไฟ",
        "งูเห่าเข้าบ้าน",
        "ไฟป่าลามมาใกล้บ้านแล้ว",
        "ดินถล่มทับบ้าน ยายติดอยู่ข้างใน",
        "เขาถือมีดไล่คนอยู่ตอนนี้",
        "ต้นไม้ล้มใส่สายไฟ ไฟไหม้แล้วววว",
        "หม้อแปลงระเบิด!!!",
        "แม่หายใจรวยริน ช่วยที",
        "ลูกถูกน้ำพัดไปแล้ว",
        "คนงานติดอยู่ใต้ซากปูน",
        "มีคนจะกระโดดสะพาน",
        "ไม่อยากอยู่แล้ว ลาก่อนทุกคน",
    ],
)
def test_emergency(reader: ThaiReader, text: str) -> None:
    assert reader.is_emergency(text)
    assert reader.read(text).emergency.words


@pytest.mark.parametrize(
    "text",
    [
        "ร้อนจะตายอยู่แล้ว ไฟดับ",
        "เมื่อปีที่แล้วไฟไหม้ตลาด ยังไม่ได้เงินเยียวยา",
        "ซ้อมดับเพลิงวันไหนครับ",
        "อยากได้ถังดับเพลิงประจำหมู่บ้าน",
        "ไฟแดงเสีย",
        "ขอตำรวจออกตรวจกลางคืน",
        "ราวสะพานขาด ขอซ่อม",
        "ท่อแตกน้ำท่วมสวน",
        "ช่วยด้วยเถอะค่ะ เดือดร้อนมาก",
        "รถติดอยู่กลางทาง",
        "ติดไฟแดงนาน",
        "มีเด็กเป็นไข้เลือดออก",
        "ถนนเป็นหลุม กลัวรถคว่ำ",
        "ควันจะทำให้รถเกือบชนกัน",
        "ไฟดับสงบแล้ว ไม่มีคนเจ็บ ขอบคุณ",
        "สวัสดีครับ",
        "",
    ],
)
def test_no_emergency(reader: ThaiReader, text: str) -> None:
    assert not reader.is_emergency(text)


@settings(max_examples=600, deadline=None)
@given(st.text(max_size=6), st.sampled_from(EVERY_SIGN), st.data())
def test_the_quick_look_for_danger_misses_no_sign(
    around: str, pattern: str, data: st.DataObject
) -> None:
    text = around + data.draw(st.from_regex(pattern)) + around
    assert Quick((pattern,)).finds(text) == bool(re.search(pattern, text))
    plain = _SAYING.sub(" ", text)
    assert emergency(text) == weighed(plain)


@pytest.mark.parametrize(
    ("alternative", "letters"),
    [
        ("ไฟไหม้ฟาง", "ไฟไหม้ฟาง"),
        ("(?:ร้อน|หิว)[^ ]{0,14}?(?:จะ)+ตาย(?:แล้ว)?", "ตาย"),
        ("งู[^ ]{0,8}เข้าบ้าน", "เข้าบ้าน"),
        ("ไฟ(?:ดับ|ตก)?", "ไฟ"),
        (r"เลือด?[สซ]{2,12}\d", "เลือ"),
        ("(?:ก|ข)[คง]{10,12}?", ""),
    ],
)
def test_fixed_letters_are_in_every_match(alternative: str, letters: str) -> None:
    assert fixed_letters(alternative) == letters


def test_the_quick_look_agrees_on_sentences() -> None:
    for sentence in sentences():
        text = normalise(sentence.text).text
        assert emergency(text) == weighed(_SAYING.sub(" ", text))


NASTY = [
    "",
    " ",
    "\n\n\t",
    "\x00\x01\x02",
    "\ud800",
    "่้๊๋",
    "ำ",
    "เ",
    "😀" * 5000,
    "ก" * 5000,
    "กา" * 2500,
    "5" * 4999 + "x",
    "มาก" * 1600 + "ฟ",
    "ลุงยายป้า" * 500,
    "1 " * 2500,
    "a@" * 2500,
    "السلام عليكم ورحمة الله",
    "你好，路坏了",
    "Дорога разбита",
    "the road is very bad, please fix",
    "<script>alert(1)</script> %s {0} \\u0e00",
    "นาย",
    "ยาย ลุง ป้า",
    "[ชื่อ] [เบอร์โทร]",
    "ถนนเป็นหลุม " * 400,
]


@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_nasty_strings_are_read(
    reader: ThaiReader, places: tuple[KnownPlace, ...], text: str
) -> None:
    read = reader.read(text, places)
    assert read.normalised == normalise(text).text
    assert sum(c.score for c in read.categories) == pytest.approx(1.0)
    assert all(0 <= p.start < p.end <= len(text) for p in read.personal_data)
    assert reader.neutral_line(text, read.categories[0].code, read.kind, text)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=120))
def test_any_text_is_read_the_same_twice(text: str) -> None:
    reader = ThaiReader()
    assert reader.read(text) == reader.read(text)
    assert isinstance(reader.is_emergency(text), bool)


def test_threads_read_as_one(reader: ThaiReader) -> None:
    texts = [s.text for s in sentences()[::90]]
    alone = [reader.read(t) for t in texts]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(reader.read, texts)) == alone


def test_understanding_shows_no_words_in_its_repr(reader: ThaiReader) -> None:
    read = reader.read("ยายบุญมา โทร 0812345678 น้ำไม่ไหล")
    assert "0812345678" not in repr(read)
    assert "บุญมา" not in repr(read)


def test_warming_loads_and_changes_nothing() -> None:
    reader = ThaiReader()
    before = reader.read("น้ำไม่ไหล")
    reader.warm()
    assert reader.read("น้ำไม่ไหล") == before
