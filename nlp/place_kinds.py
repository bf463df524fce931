"""Kinds of places a village has, and what villagers of the regions call them."""

from dataclasses import dataclass
from enum import Enum


class Alone(Enum):
    """Whether the word for a kind names the village's only place of that kind."""

    YES = "as it stands"
    AT = "after a word for where"
    NEVER = "never"


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of place.

    `names` begin a landmark's name and may stand for each other; `calls` are other words for it, with
    or without its name; `signs` describe it and never bear its name. `public` places are usually named
    after their village, so that their name alone is the village's. `named`: names follow the word, so
    what follows it decides whether it is the village's own. `crossing`: its name is what it crosses.
    `vague` words mean a place only after a word for where, `never` ones only with its name. `visited`:
    who tells of going there tells of the place.
    """

    names: tuple[str, ...]
    calls: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    alone: Alone = Alone.AT
    public: bool = False
    named: bool = True
    crossing: bool = False
    visited: bool = False
    vague: tuple[str, ...] = ()
    never: tuple[str, ...] = ()


def _w(words: str) -> tuple[str, ...]:
    return tuple(words.split())


KINDS = (
    Kind(names=_w("วัด สำนักสงฆ์ ที่พักสงฆ์"), signs=_w("โบสถ์ อุโบสถ วิหาร กุฏิ กำแพงวัด"),
         alone=Alone.YES, public=True),
    Kind(names=_w("มัสยิด สุเหร่า บาลาย"), calls=_w("สุเหล่า มัสยิต มัสหยิด มัสยิส บาแล ยิด"), vague=_w("ยิด บาแล"),
         alone=Alone.YES, public=True),
    Kind(names=_w("โรงเรียน รร.") , calls=_w("รร ร.ร. โฮงเฮียน โฮงเรียน โรงเรีน โรงเรยน โรงเรียนประถม โฮงเฮี๋ยน"),
         vague=_w("รร ร.ร."), alone=Alone.YES, public=True),
    Kind(names=_w("ศูนย์พัฒนาเด็กเล็ก ศูนย์เด็กเล็ก ศพด."),
         calls=_w("ศพด ศูนย์เด็ก สูนเด็กเล็ก ศูนย์เลี้ยงเด็ก โรงเรียนเด็กเล็ก โฮงเฮียนเด็กน้อย "
                  "โฮงเฮียนละอ่อน โฮงเฮียนละอ่อนหน้อย ศูนย์ละอ่อน"),
         alone=Alone.YES, public=True, named=False),
    Kind(names=_w("รพ.สต. โรงพยาบาลส่งเสริมสุขภาพตำบล สถานีอนามัย อนามัย สุขศาลา"),
         calls=_w("รพ.สต รพสต. รพสต รพ.ตำบล โรงพยาบาลตำบล โฮงยาตำบล"),
         signs=_w("โรงหมอ โฮงหมอ โฮงยา หมออนามัย"), alone=Alone.YES, public=True, visited=True),
    Kind(names=_w("ศาลากลางบ้าน ศาลาประชาคม ศาลาอเนกประสงค์ ศาลาเอนกประสงค์ ศาลาหมู่บ้าน ศาลากลาง "
                  "ศาลาบ้าน อาคารอเนกประสงค์ หอประชุม ศาลา"),
         calls=_w("ศาลาประชุม ศาลาชุมชน ศาลาประชุมหมู่บ้าน สาลา สาลากลางบ้าน อาคารเอนกประสงค์ หอประชุมหมู่บ้าน"),
         signs=_w("ที่ประชุมหมู่บ้าน หม่องประชุม"), alone=Alone.YES, public=True),
    Kind(names=_w("ที่ทำการ ที่ทำการผู้ใหญ่บ้าน ที่ทำการกำนัน"), public=True),
    Kind(names=_w("หอถังประปา หอถังสูง หอถัง ถังประปา ถังน้ำ แท็งก์น้ำ ประปา"),
         calls=_w("หอประปา หอน้ำ ถังสูง ถังน้ำประปา แท็งก์ แท็งค์ แท้งค์ แท้งก์ แทงค์ แทงก์ แท๊งค์ แท้งน้ำ แท็งค์น้ำ "
                  "แท้งค์น้ำ แทงค์น้ำ ประปาหมู่บ้าน ถัง โรงประปา"),
         signs=_w("ที่เก็บน้ำ ถังแชมเปญ"), alone=Alone.YES, public=True, named=False,
         vague=_w("แท็งก์น้ำ แท็งก์ แท็งค์ แท้งค์ แท้งก์ แทงค์ แทงก์ แท๊งค์ แท้งน้ำ แท็งค์น้ำ แท้งค์น้ำ แทงค์น้ำ ถังน้ำ ประปา "
                  "ประปาหมู่บ้าน"),
         never=_w("ถัง")),
    Kind(names=_w("เมรุ ฌาปนสถาน"), calls=_w("เมรุเผาศพ เมน เมรู"),
         signs=_w("ที่เผาศพ เตาเผาศพ หม่องเผาผี ที่เผาผี"), vague=_w("เมน เมรู"), alone=Alone.YES, public=True,
         named=False),
    Kind(names=_w("สุสาน ป่าช้า กุโบร์"), calls=_w("ป่าเฮ่ว ป่าเหี้ยว กุโบ ป่าซ้า"), signs=_w("ที่ฝังศพ"),
         alone=Alone.YES, public=True),
    Kind(names=_w("ศาลเจ้าพ่อ ศาลเจ้า ศาลปู่ตา ดอนปู่ตา"), calls=_w("ศาลตาปู่ ศาลพ่อปู่")),
    Kind(names=_w("ตลาดนัด ตลาดสด ตลาด กาดนัด กาด"), calls=_w("หลาดนัด หลาด ตะลาด กาดหมั้ว ตาหลาด"),
         alone=Alone.YES),
    Kind(names=_w("ร้านก๋วยเตี๋ยว ร้านกาแฟ ร้านน้ำชา ร้านอาหาร ร้านข้าว ร้านซ่อมรถ ร้านส้มตำ ร้านเสริมสวย ร้านตัดผม "
                  "ร้านขายของชำ "
                  "ร้านของชำ ร้านชำ ร้านค้า ร้าน"), calls=_w("ฮ้าน"), alone=Alone.NEVER),
    Kind(names=_w("สะพาน ขัว"), calls=_w("สพาน ตะพาน ตาพาน สะพาณ สะพาร ขั๋ว"), alone=Alone.YES, crossing=True),
    Kind(names=_w("สามแยก"), calls=_w("3แยก ทางสามแยก สามแพร่ง แยก ทางแยก"), vague=_w("แยก ทางแยก"),
         alone=Alone.YES),
    Kind(names=_w("สี่แยก"), calls=_w("4แยก ทางสี่แยก สี่แพร่ง แยก ทางแยก"), vague=_w("แยก ทางแยก"),
         alone=Alone.YES),
    Kind(names=_w("ห้าแยก"), calls=_w("5แยก แยก ทางแยก"), vague=_w("แยก ทางแยก"), alone=Alone.YES),
    Kind(names=_w("แยก ทางแยก")),
    Kind(names=_w("โค้ง ทางโค้ง"), calls=_w("ตรงโค้ง หัวโค้ง")),
    Kind(names=_w("ซอย"), calls=_w("ซ."), alone=Alone.NEVER),
    Kind(names=_w("หมู่"), alone=Alone.NEVER),
    *(Kind(names=(word,), alone=Alone.NEVER) for word in _w("คุ้ม ป๊อก ปอก")),
    Kind(names=_w("ฝายน้ำล้น ฝาย ทำนบ"), calls=_w("เขื่อน"), never=_w("เขื่อน"), alone=Alone.YES, crossing=True),
    Kind(names=_w("ประตูน้ำ ประตูระบายน้ำ"), calls=_w("ประตูกั้นน้ำ ปตร."), alone=Alone.YES, named=False,
         crossing=True),
    Kind(names=_w("คลอง"), alone=Alone.NEVER),
    Kind(names=_w("ห้วย ลำห้วย"), alone=Alone.NEVER),
    Kind(names=_w("หนอง"), calls=_w("หนองน้ำ"), never=_w("หนองน้ำ")),
    Kind(names=_w("บึง"), calls=_w("บึงน้ำ")),
    Kind(names=_w("สระน้ำ สระ"), calls=_w("หนองน้ำ")),
    Kind(names=_w("อ่างเก็บน้ำ อ่าง"), vague=_w("อ่าง"), alone=Alone.YES),
    Kind(names=_w("ท่าเรือ ท่าน้ำ"), calls=_w("ท่าน้ำ ท่าเรือ โป๊ะ ศาลาท่าน้ำ ท่า"), never=_w("ท่า"), alone=Alone.YES,
         crossing=True),
    Kind(names=_w("ท่ารถ"), calls=_w("คิวรถ วินรถ")),
    Kind(names=_w("ท่า"), alone=Alone.NEVER),
    Kind(names=_w("บ่อขยะ บ่อทิ้งขยะ ที่ทิ้งขยะ"), calls=_w("หลุมขยะ บ่อขี้เหยื้อ บ่อขี้เหยื่อ บ่อขี้เยื้อ"),
         signs=_w("หม่องถิ่มขี้เหยื่อ หม่องถิ่มขยะ ที่ทิ่มขยะ ตี้ทิ้งขยะ ที่เทขยะ"), alone=Alone.YES),
    Kind(names=_w("ลานกีฬา สนามกีฬา สนามฟุตบอล สนามบอล"),
         calls=_w("เดิ่นกีฬา เดิ่นบอล เดิ่นบักบอล สนามหญ้า ลานบอล หนามบอล"),
         alone=Alone.YES, public=True, named=False),
    Kind(names=_w("สวนสาธารณะ สวนสุขภาพ"), calls=_w("สวน"), never=_w("สวน"), alone=Alone.YES, named=False),
    Kind(names=_w("ลานเท"), calls=_w("ลานปาล์ม ลาน"), never=_w("ลาน"), alone=Alone.YES,
         named=False),
    Kind(names=_w("ลานมัน"), calls=_w("ลาน"), never=_w("ลาน"), alone=Alone.YES, named=False),
    Kind(names=_w("ลานตาก ลานรับซื้อ ลานอเนกประสงค์ ลาน"), calls=_w("ลาน"), never=_w("ลาน")),
    Kind(names=_w("ฟาร์มหมู ฟาร์มไก่ ฟาร์มวัว ฟาร์ม"), calls=_w("ฟาม ฟาร์มเลี้ยงหมู"), alone=Alone.YES),
    Kind(names=_w("ป้อมยาม ป้อมตำรวจ ป้อม"), calls=_w("ป้อมยาม")),
    *(Kind(names=(word,), alone=Alone.NEVER) for word in _w("ดอย ม่อน เขา ภู ควน ผา โคก ดอน")),
    Kind(names=_w("ป่าชุมชน ป่า"), alone=Alone.NEVER),
    Kind(names=_w("โรงสีข้าว โรงสี"), calls=_w("โฮงสี โรงสี"), alone=Alone.YES),
    Kind(names=_w("โรงสูบน้ำ สถานีสูบน้ำ"), calls=_w("โรงสูบ โฮงสูบน้ำ ที่สูบน้ำ สถานีสูบ"), alone=Alone.YES,
         named=False),
    Kind(names=_w("ห้องน้ำ"), alone=Alone.NEVER),
    Kind(names=_w("บ้าน"), alone=Alone.NEVER),
)  # fmt: skip

GENERIC = frozenset(
    "น้อย ใหญ่ เหนือ ใต้ ใหม่ เก่า ใน นอก บน ล่าง กลาง เล็ก ราม อาราม ธรรมาราม วนาราม วิทยา วิทยาคม ราษฎร์ บำรุง สามัคคี "
    "พัฒนา ชุมชน หมู่บ้าน บ้าน กลางบ้าน ประชาคม ตะวันออก ตะวันตก ร้าง ไม้ ปูน ต้น ข้าม เจ้าพ่อ พ่อ แม่ ริม วัน "
    "ภูเขา เช้า เย็น แลง อนุสรณ์ หลวง สาธารณะ คอนกรีต ถนน ทาง น้ำ ข้าว คลอง ห้วย หนอง วัด ตลาด สวน ไร่ นา".split()
)
"""Words that tell no place from another where they stand alone."""

NAME_STARTS = _w(
    "ป่า บ้าน โพธิ์ โพ ศรี สี ใหม่ ใหญ่ น้อย เล็ก กลาง เหนือ ใต้ ใน นอก บน ล่าง เก่า หนอง คลอง ห้วย ท่า ดอน โคก นา ทุ่ง เขา "
    "ภู ดอย บาง บึง "
    "สระ สวน ไร่ บ่อ วัง แม่ พ่อ ปู่ ตา ยาย ลุง ป้า น้า พระ มหา หลวง ราช ราษฎร์ สว่าง ทอง แก้ว เงิน เพชร จันทร์ จันทน์ แสง "
    "ชัย ไชย ธาตุ ธรรม "
    "อรุณ อมร สันติ สันกู่ สัน ม่อน ควน เกาะ แหลม ปาก หัว ช่อง ซับ หิน ทราย ดิน แดง ขาว ดำ เขียว เหลือง ไผ่ ไทร ไม้ ต้น มะ "
    "หมาก บัว กล้วย ตาล "
    "ช้าง เสือ กวาง ปลา จระเข้ นก หงส์ สามัคคี ประชา พัฒนา อนุบาล เทศบาล ชุมชน เจ้า โนน กุด คำ โพน นิคม สาม สี่ ห้า สอง "
    "เจ็ด "
    "วันจันทร์ วันอังคาร วันพุธ วันพฤหัส วันศุกร์ วันเสาร์ วันอาทิตย์ โลก หุ้น ออนไลน์ ไฟแดง น้ำตก น้ำใส "
    "น้ำเงิน น้ำลัด น้ำโจน ทางหลวง ทางรถไฟ รถไฟ "
    "ละอ่อน เด็กเล็ก เด็กน้อย วิทยา อิสลาม นูร ดารุล ข้าม ร่วม รวม สุข เจริญ มงคล ปทุม ประทุม เฉลิม สหกรณ์ หมู่บ้านจัดสรร แขวน "
    "เหล็ก ปูน ลอย"
)
"""Words that begin the names of other places: what they follow is not the village's only temple."""

TREES = (
    ("โพธิ์", "โพ", "สะหลี", "สลี"),
    ("ฉำฉา", "ก้ามปู", "จามจุรี", "สำสา"),
    ("มะขาม", "บักขาม", "หมากขาม", "ส้มขาม", "ขาม"),
    ("มะม่วง", "บักม่วง", "หมากม่วง", "ม่วง"),
    ("มะพร้าว", "บักพร้าว", "หมากพร้าว", "พร้าว"),
    ("ไทร", "ไฮ"),
)
"""One tree's names in several regions; crossroads and curves are called after them."""

NATURAL = _w("สระ หนอง คลอง ดอน ห้วย โคก ท่า ทุ่ง นา ดอย ควน ซับ ม่อน ป่า บ่อ เขา ต้น")
WATER = _w("คลอง ห้วย แม่น้ำ ลำ")

WOMEN = _w("แม่ใหญ่ แม่เฒ่า แม่อุ๊ย แม่ ป้า ยาย ย่า เจ๊ น้า อา พี่ นาง มะ เจ้ ซ้อ ม๊ะ")
MEN = _w("พ่อใหญ่ พ่อเฒ่า พ่อหลวง พ่อ ลุง ตา ปู่ น้า อา พี่ เฮีย บัง โก แป๊ะ เสี่ย ป๋า")
KIN = tuple(sorted({*WOMEN, *MEN}, key=lambda w: (-len(w), w)))

CONTINUES = _w(
    "เถอะ เหอะ ซะ สัก ซิ่ง แว้น วันไหน วันใด มัน วันนี้ กัด ไล่ เลิก กอง รุม ที่ ซึ่ง อัน และ กับ หรือ แต่ ก็ กะ ก่อ จึง เลย แล้ว "
    "แหละ ล่ะ นะ น่ะ ค่ะ "
    "คะ ครับ คับ ครัช "
    "ฮะ จ้า จ้ะ จ๊ะ เจ้า เด้อ เด๊ะ เน้อ เน่อ หน่อย แหน่ แน่ ด้วย โตย กัน นี้ นี่ นั้น นั่น โน้น "
    "นู้น นู่น เนี่ย หม่องนี้ เรา เฮา บ้านเรา บ้านเฮา ในหมู่บ้าน ของเรา ของหมู่บ้าน "
    "ประจำหมู่บ้าน เดิม ไป มา เข้า ออก ขึ้น ลง ถึง ยัน ฮอด จน จาก ตั้งแต่ ตอน ช่วง เมื่อ เวลา "
    "ทุก วันนี้ เมื่อคืน เมื่อวาน ตรง แถว ทาง ฝั่ง ด้าน ข้าง หน้า หลัง ไม่ บ่ มิ ไม้ได้ ม้าย ยัง "
    "ยังบ่ เคย กำลัง จะ สิ อิ ต้อง ควร ได้ ให้ หื้อ ถูก โดน มี เป็น เป๋น คือ น่า อาจ อยาก ขอ "
    "ช่วย เห็น พัง แตก รั่ว ทรุด ชำรุด เสีย ดับ มืด ขาด หัก ล้ม ผุ เอียง ยุบ ร้าว ตัน เต็ม ล้น "
    "ท่วม ขัง แห้ง ขุ่น เหม็น เน่า สกปรก รก เละ ลื่น แฉะ หลุด ห้อย ไหม้ ระเบิด ปลิว โทรม "
    "เก่าแล้ว ร้าง ทิ้ง อันตราย เงียบ เสียง กลิ่น ควัน ฝุ่น น้ำ ไฟ เสา สาย ถนน หลุม ขุม ท่อ ฝา "
    "ต้นไม้ กิ่ง ขยะ ขี้ หมา สุนัข วัว ควาย งู แมว ยุง หญ้า ป้าย รถ คน เด็ก นักเรียน ครู หมอ "
    "ชาวบ้าน ใคร ไผ อะไร หยัง ยังไง เมื่อไร เมื่อไหร่ บ่อย เยอะ หลาย มาก โคตร หมด เบิด เหม็ด แทบ "
    "ทั้ง ครึ่ง ประมาณ ซ่อม ทำ สร้าง เปิด ปิด จอด วิ่ง ขับ ชน ตก ติด นอน เดิน เล่น ขาย ซื้อ จัด "
    "แจ้ง อยู่ ปีนี้ ปีก่อน ปีที่ อีก ใช้ เข้าไป ซอย หมู่ ม. ด่วน ค้าง กลับ ตาม เพราะ เนื่อง "
    "เนื้อ หลังคา ประตู รั้ว ห้อง พื้น กำแพง ผนัง ฝ้า ราว คอ สกปก ตัว บริเวณ โดย เพื่อ ส่วน ต่อ "
    "ฟรี แย่ หนัก แรง อ่อน ต่ำ ลึก กว้าง แคบ ใกล้ ไกล เลอะ เปียก กร่อย ขณะ สมัย ย้าย พื้นที่ "
    "แผ่น เครื่อง ปั๊ม ปั้ม มอเตอร์ ก๊อก หม้อ แสง โคม หลอด กล้อง ลำโพง ตู้ โต๊ะ เก้าอี้ ส้วม "
    "สนาม ราด ปะ ถม ขุด ลอก ตัด ปลูก เผา ตาย ป่วย เจ็บ บาดเจ็บ ร้อน ฝน ลม พายุ โคลน ตม "
    "วัยรุ่น ขโมย โจร งัด ลัก หาย โกง เด๋ว เดี๋ยว"
)
"""How a sentence goes on after the name of a place; anything else may be the rest of a longer name."""
