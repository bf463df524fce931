"""Dialect, abbreviations and misspellings in central Thai: right meanings, and central words untouched."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.abbreviations import spelled_out
from nlp.dialect import central, entries, region_of
from nlp.normalise import normalise
from nlp.spelling import repaired
from nlp.tokens import dictionary, words

READ = [
    ("ถนนเพหมดแล้ว", "ถนนพังหมดแล้ว"),
    ("สะพานเพแล้ว แหลงกับนายบ้านที", "สะพานพังแล้ว พูดกับผู้ใหญ่บ้านที"),
    ("น้ำบ่ไหลจักหยด", "น้ำไม่ไหลจักหยด"),
    ("มาซ่อมให้แหน่ได้บ่", "มาซ่อมให้หน่อยได้ไหม"),
    ("ซ่อยเบิ่งแหน่เด้อ", "ช่วยดูหน่อยนะ"),
    ("ย่านรถตำกันเด้อ", "กลัวรถชนกันนะ"),
    ("ข่อยเฮ็ดนาบ่ได้", "ฉันทำนาไม่ได้"),
    ("ไฟดับตะคืน ผ่อหื้อกำเน้อ", "ไฟดับเมื่อคืน ดูให้กำนะ"),
    ("ละอ่อนตกขัว กั๋วขนาด", "เด็กตกสะพาน กลัวมาก"),
    ("หวังล้มกันที หนนลื่น", "ระวังล้มกันที ถนนลื่น"),
    ("น้ำเหม็ดคลอง แลไม่โร้ว่าลึกเท่าใด", "น้ำหมดคลอง มองไม่เห็นว่าลึกเท่าใด"),
    ("รถเครื่องล้มแรกวา", "มอเตอร์ไซค์ล้มเมื่อวาน"),
    ("งัวกินข้าวอยู่หม่องฮ้านค้า", "วัวกินข้าวอยู่ที่ร้านค้า"),
]
CENTRAL = (
    "บ่อน้ำแห้ง|บ่อบาดาลตัน|บ่อยมาก|มาแล้ว|ดูแลเด็ก|แลกของ|และน้ำ|แลเห็นแต่ไกล|หมดความหวัง|ผิดหวังมาก"
    "|หวังว่าจะได้|เว็บไซต์ล่ม|ไซต์งานก่อสร้าง|ใส่บาตร|ย่านตลาด|ย่านชุมชน|หลบรถไม่ทัน|หักหลบหลุม|ขนาดใหญ่"
    "|ถนนขนาด 4 เมตร|หลายวันแล้ว|ก่อสร้างถนน|ก่อไฟ|ย้อนศร|ย้อนหลัง|ตำบล|ตำรวจ|ส้มตำ|ตำแหน่ง|สิทธิ์"
    "|สิบคน|คือว่า|เครือข่าย|ปานกลาง|แม่นยำ|ดอกไม้|ดอกเบี้ย|แหล่งน้ำ|แม่หม้าย|อิฐตัวหนอน|อิสระ|นบไหว้"
    "|พานพบ|พานไหว้ครู|ไต้ฝุ่น|ร้องไห้|เพชร|เพราะ|เพิ่ม|เพื่อน|ขยะ|ระยะทาง|พะยูน|คะแนน|กะทันหัน"
    "|กะทิ|โหมกระหน่ำ|ไฟโหม|ท่อแตก|ต่อท่อ|ฮ่องกง|ฮั้วประมูล|เจ้าของ|เจ้าหน้าที่|นักเรียน|ตึกแถว"
    "|รถตุ๊กตุ๊ก|ดนตรี|ตั๋วรถ|ตั๋วเครื่องบิน|โขดหิน|เมินเฉย|เฟืองท้าย|แจกัน|กุญแจ|ลูกหลาน|เล่าเรื่อง|เคารพ"
    "|หนำใจ|ฉาบปูน|แตกฉาน|กาแฟ|กาดำ|ปิ๊กอัพ|ยะลา|มาลัย|ปรับปรุง|ฮวงจุ้ย|แร้งทึ้ง|ผ่อนชำระ"
    "|เสียดาย|เสียดัง|ระยะทางเท่าไร|น้ำท่วมมาก|น้ำท่วมมาแล้ว|ผู้นำเสียสละ|เสาไฟไม้|กี่คันไฟ|แล่นเรือ|ไก่ย่าง"
).split("|")


@pytest.mark.parametrize(("said", "meant"), READ)
def test_dialect_is_read_as_meant(said: str, meant: str) -> None:
    assert central(said) == meant


@pytest.mark.parametrize("word", CENTRAL)
@pytest.mark.parametrize("around", ["{}", "ตรงนี้ {} ครับ", "แล้ว{}ที่นี่"])
def test_central_words_that_look_like_dialect_stay(word: str, around: str) -> None:
    text = around.format(word)
    assert central(text) == text
    assert region_of(text).region == "central"


def test_the_lexicon_is_wide_and_in_order() -> None:
    lexicon = entries()
    assert len(lexicon) >= 700
    for region in ("isan", "northern", "southern"):
        assert sum(region in e.regions for e in lexicon) >= 150
    forms = Counter((f, e.regions, e.stands) for e in lexicon for f in e.forms)
    assert [f for f, n in forms.items() if n > 1] == []


def test_forms_are_normal_and_their_meaning_is_central() -> None:
    for entry in entries():
        for form in (*entry.forms, entry.standard):
            assert normalise(form).text == form, form
        assert entry.standard not in entry.forms
        assert central(entry.standard) == entry.standard


def test_each_sure_form_is_found_by_itself() -> None:
    missed = [
        form
        for e in entries()
        for form in e.forms
        if not e.unsure and not e.stands and len(form) > 1 and central(form) == form
    ]
    assert missed == []


@pytest.mark.parametrize(
    ("text", "region", "because"),
    [
        ("น้ำบ่ไหลมาสามมื้อแล้วเด้อ เบิดถัง", "isan", "เด้อ"),
        ("ป้อหลวงไฟตางดับ ผ่อหื้อกำเน้อ", "northern", "หื้อ"),
        ("หนนเพทั้งเพ แหลงกับใครดี", "southern", "แหลง"),
        ("ถนนพังทั้งเส้น ดูให้หน่อยครับ", "central", ""),
        ("มอไซค์ล้ม ถนณพัง", "central", ""),
        ("ป้อหลวงแจ้งว่าท่อหน้ากาดแตก", "central", ""),
        ("อ่างหนองพรือแห้ง", "central", ""),
    ],
)
def test_the_region_and_its_words(text: str, region: str, because: str) -> None:
    speech = region_of(text)
    assert speech.region == region
    assert because in speech.words if because else speech.words == ()


def test_unsure_words_need_a_surer_one_of_their_region() -> None:
    assert central("หลบ") == "หลบ"
    assert central("หลบ แหลงแล้ว") == "กลับ พูดแล้ว"
    assert central("หลบ เด้อ") == "หลบ นะ"


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("แจ้ง อบต.", "แจ้ง องค์การบริหารส่วนตำบล"),
        ("แจ้งอบตแล้ว", "แจ้งองค์การบริหารส่วนตำบลแล้ว"),
        ("อบ ตัว", "อบ ตัว"),
        ("ผญบ.ม.3", "ผู้ใหญ่บ้านหมู่ 3"),
        ("รพ.สต.กุดดี", "โรงพยาบาลส่งเสริมสุขภาพตำบลกุดดี"),
        ("รพ.สต กุดดี", "โรงพยาบาลส่งเสริมสุขภาพตำบล กุดดี"),
        ("ถนน คสล. ม.2", "ถนน คอนกรีตเสริมเหล็ก หมู่ 2"),
        ("ถ.ดี ต.ดี อ.ดี จ.ดี", "ถนนดี ตำบลดี อำเภอดี จังหวัดดี"),
        ("จอดรถ. ที่นี่", "จอดรถ. ที่นี่"),
        ("ซ.3 ซ4", "ซอย 3 ซอย 4"),
        ("ยาว 100 ม. ลึก 3 ม.", "ยาว 100 เมตร ลึก 3 เมตร"),
        ("พ.ต.อ.ดี", "พ.ต.อ.ดี"),
        ("น.ส.3", "น.ส.3"),
        ("ยื่น คทช. แล้ว", "ยื่น คทช. แล้ว"),
        ("หน้ารร.บ้าน", "หน้าโรงเรียนบ้าน"),
        ("ธรรมะ กรรมการ", "ธรรมะ กรรมการ"),
        ("รอจนทนไม่ไหว จนท.ไม่มา", "รอจนทนไม่ไหว เจ้าหน้าที่ไม่มา"),
        ("อ.สมเด็จ", "อำเภอสมเด็จ"),
        ("555 ไฟดับ 😀 5555", "ไฟดับ"),
        ("โทร 0555555555 จ่าย 555 บาท", "โทร 0555555555 จ่าย 555 บาท"),
    ],
)
def test_abbreviations_and_laughter(short: str, full: str) -> None:
    assert spelled_out(short) == full


@pytest.mark.parametrize("name", ["บ้านโคกกลาง", "ไปโคกกรวด", "โคกกระชาย"])
def test_no_abbreviation_begins_after_a_vowel_that_begins_a_syllable(name: str) -> None:
    assert spelled_out(name) == name


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("น้ำไมไหล", "น้ำไม่ไหล"),
        ("ใฟดับ", "ไฟดับ"),
        ("ถนล", "ถนน"),
        ("อุบัติเหตูบอย", "อุบัติเหตุบอย"),
        ("เจ้าฟน้าที่", "เจ้าหน้าที่"),
        ("ฝาท่อชํารุด", "ฝาท่อชำรุด"),
        ("ไฟส่องสวาง", "ไฟส่องสว่าง"),
    ],
)
def test_misspelt_words_of_the_trade(typed: str, meant: str) -> None:
    assert central(normalise(typed).text) == meant


@settings(deadline=None)
@given(st.lists(st.sampled_from(sorted(dictionary())), max_size=8))
def test_words_of_the_dictionary_are_never_repaired(known: list[str]) -> None:
    text = "".join(known)
    if all(w in dictionary() for w in words(text)):
        assert repaired(text) == text


_pieces = [f for e in entries() for f in (*e.forms, e.standard)] + list("กขคบ่ๆ .5") + ["อบต", "ม.3"]
messages = st.one_of(
    st.text(max_size=60), st.lists(st.sampled_from(_pieces), max_size=8).map("".join)
)


@settings(deadline=None, max_examples=300)
@given(messages)
def test_central_is_always_the_same_and_twice_is_as_once(text: str) -> None:
    plain = normalise(text).text
    once = central(plain)
    central.cache_clear()
    assert central(plain) == once
    assert central(once) == once
