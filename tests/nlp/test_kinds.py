"""Kinds beyond the plainest, and what is kept back or open in words no sign knows."""

import pytest

from nlp.blame import evidence
from nlp.confidential import without_address
from nlp.normalise import normalise
from nlp.reader import ThaiReader

KINDS = (
    ("ขอรถน้ำมาช่วยสวนทุเรียนที", "need"),
    ("ขอป้ายเตือนโค้งกับไฟกระพริบครับ", "need"),
    ("ช่วยติดกล้องตรงสามแยกให้หน่อยค่ะ", "need"),
    ("อยากให้มีรถรับส่งคนแก่ไปอนามัย", "need"),
    ("ก่อสร้างถนนคอนกรีตสายบ้านใต้ถึงวัด", "need"),
    ("อยากหื้อเทคอนกรีตตางเข้าสวน", "need"),
    ("ไฟทางหน้าวัดดับสามดวง", "problem"),
    ("ขอแจ้งว่าท่อน้ำหน้าบ้านแตกครับ", "problem"),
    ("น้ำบ่ไหลสองมื้อแล้ว เดือดร้อนหลาย", "problem"),
    ("ขอเรือด่วน น้ำท่วมถึงเอวแล้ว คนแก่ติดอยู่ข้างใน", "problem"),
    ("ประชุมประชาคมวันไหนคะ", "question"),
    ("ขอทราบความคืบหน้าเรื่องที่แจ้งไว้", "question"),
    ("ลงทะเบียนผู้สูงอายุต้องใช้เอกสารอะไรบ้าง", "question"),
    ("กรณีนายสมหวังเรียกรับเงินจากชาวบ้าน ขอให้ตรวจสอบ", "complaint_person"),
    ("ปลัดพูดจาไม่สุภาพใส่ชาวบ้านที่มาติดต่อ", "complaint_person"),
    ("น้ำไหลดีแล้ว ขอบคุณช่างมากครับ", "other"),
    ("สวัสดีตอนเช้าค่ะทุกคน", "other"),
    ("พิมพ์ผิดกลุ่มครับ ขอโทษที", "other"),
)

CLOSED = (
    "ผู้ช่วยเอารถดับเพลิงไปรดสนามหญ้าลูกเขย",
    "บัญชีกลุ่มไม่เคยเปิดให้ใครดู ประธานถือสมุดคนเดียวมาหกปี",
    "ต้องยัดเงินห้าร้อยถึงจะเซ็นให้",
    "ชื่อคนตายยังโผล่รับเงินผู้สูงอายุอยู่เลย ใครเซ็นรับ",
    "ครูใช้ไม้บรรทัดตีหน้าลูกผมจนช้ำ",
    "ลูกชายบ้านนั้นส่งยาให้เด็กในวัด",
    "มีห้องลับหลังร้านเกม เล่นได้เสียกันเป็นหมื่น",
    "นายจ้างยึดพาสปอร์ตพวกผมไว้ไม่ให้กลับ",
    "พ่อเลี้ยงชอบแอบเข้าห้องหนูตอนกลางคืน",
    "เจ้าหนี้เอารูปหนูไปแปะเสาไฟ",
    "หัวหน้าศูนย์เอานมเด็กไปขายต่อ",
    "รองนายกเรียกค่าหัวคิวจากแม่ค้าแผงละพัน",
)

STILL_OPEN = (
    "ฝากถึงผู้ใหญ่บ้าน ช่วยประกาศเรื่องตัดหญ้าด้วยค่ะ",
    "รบกวนเจ้าหน้าที่มาดูหม้อแปลงหน้าตลาดที",
    "ครูครับ หลังคาศูนย์เด็กรั่ว",
    "ลูกบ้านหมู่สี่ช่วยกันลอกท่อวันอาทิตย์นี้",
    "ฟาร์มหมูส่งกลิ่นเหม็นทุกเย็น",
    "ร้านหมูกระทะเปิดเพลงดังถึงเที่ยงคืน",
    "รถบรรทุกดินวิ่งเร็วหน้าโรงเรียน",
    "ขอทุนการศึกษาให้หลานสองคน",
    "เบี้ยคนพิการเดือนนี้ยังไม่โอน",
    "หมาจรจัดกัดหลานที่สนามเด็กเล่น",
    "แม่ล้มในห้องน้ำ ขาหัก ขอรถพยาบาล",
    "ขอตรวจสอบคุณภาพน้ำประปาหมู่บ้าน",
)


@pytest.mark.parametrize(("text", "kind"), KINDS)
def test_kind(reader: ThaiReader, text: str, kind: str) -> None:
    assert reader.read(text).kind == kind


@pytest.mark.parametrize("text", CLOSED)
def test_kept_back_in_new_words(reader: ThaiReader, text: str) -> None:
    assert reader.read(text).confidential.on


@pytest.mark.parametrize("text", STILL_OPEN)
def test_open_in_new_words(reader: ThaiReader, text: str) -> None:
    read = reader.read(text)
    assert not read.confidential.on, (read.confidential.score, read.confidential.words)


def test_the_model_keeps_back_what_no_sign_knows(reader: ThaiReader) -> None:
    unknown = [t for t in CLOSED if not evidence(normalise(t).text)]
    assert len(unknown) >= 3
    assert all(reader.read(t).confidential.on for t in unknown)


def test_who_is_called_upon_is_taken_out_and_who_is_blamed_is_not() -> None:
    assert without_address("ฝากผู้ใหญ่บ้านช่วยดูไฟทาง") == "ดูไฟทาง"
    assert without_address("กำนันครับ ถนนพัง") == "ถนนพัง"
    assert "บ้าน" not in without_address("ทางเข้าบ้านกำนันน้ำท่วมขัง")
    assert without_address("ผู้ใหญ่อมเงินกองทุน") == "ผู้ใหญ่อมเงินกองทุน"
    assert without_address("ผู้ใหญ่ช่วยแต่พวกตัวเอง") == "ผู้ใหญ่ช่วยแต่พวกตัวเอง"


@pytest.mark.parametrize(
    "text",
    [
        "ผัวป้าสมศรี 0812345678 ตีเมียทุกคืน",
        "เมียชื่อกานดาถูกผัวซ้อม",
        "นายกสมหมาย ใจบุญ โกงเงิน",
    ],
)
def test_evidence_shows_nobodys_name(reader: ThaiReader, text: str) -> None:
    read = reader.read(text)
    hidden = [text[p.start : p.end] for p in read.personal_data]
    assert hidden
    shown = [
        *read.confidential.words,
        *read.emergency.words,
        *(w for c in read.categories for w in c.words),
    ]
    assert not [w for w in shown for h in hidden if h in w or w in h]
    assert not [h for h in hidden if h in repr(read)]
