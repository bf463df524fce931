"""Addresses, accounts, plates and papers of people, by their form and the words before them."""

import re
from collections.abc import Iterator

from nlp.digits import HOTLINES, Found
from nlp.values import PersonalDataType as Type

_EMAIL = re.compile(
    r"(?<![a-z0-9._%+\-])[a-z0-9._%+\-]{1,64}\s?(?:@|\(at\)|\[at\])\s?(?:[a-z0-9\-]{1,63}\.){1,5}[a-z]{2,24}"
    r"|(?<![a-z0-9._%+\-])[a-z0-9._%+\-]{1,64}\s?(?:@|แอด|แอท| at )\s?"
    r"(?:gmail|hotmail|yahoo|outlook|icloud|live)\s?(?:\.|ดอท|จุด| dot )\s?[a-z]{2,5}"
)
_ACCOUNT = r"(@?[a-z0-9][a-z0-9._\-]{2,}[a-z0-9_])"
_OF_WHOM = r"(?:\s?(?:ผม|หนู|ฉัน|นี้|คือ|ชื่อ|ว่า|id|ไอดี|ได้ที่|มาที่|ที่|มา))*"
_LINE = re.compile(
    r"(?:ไลน์\s?ไอดี|ไอดี\s?ไลน์|line\s?id|id\s?line|แอด ?ไลน์|แอดไลน|ทักไลน์|ไลน์|ไลน|ไอดี|ไอจี|(?<![a-z])ig(?=\s?[:= ])"
    r"|แอดมาที่|แอดมา"
    rf"|(?<![a-z])id(?=\s?:)|(?<![a-z])line(?=\s?[:=@]|\s[a-z]+[._]?\d)){_OF_WHOM}\s?[:=]?\s?{_ACCOUNT}"
)
_AT = re.compile(r"(?<![a-z0-9._%+\-@])@[a-z][a-z0-9._\-]{3,}(?!\s?\.[a-z])")
_LINK = re.compile(
    r"(?:(?:facebook|fb|instagram|tiktok|twitter|x)\.com|fb\.me|m\.me|t\.me|line\.me/(?:r/)?ti/p|line\.me)/"
    r"(?!groups?\b|watch|events|share|reel|pages|story|hashtag|obt|tambon|tessaban)(@?[^\s\[\]]{3,80})"
)
_FACEBOOK = re.compile(
    r"(?:เฟสบุ๊ค|เฟซบุ๊ก|เฟสบุค|เฟซบุค|เฟส|เฟซ|facebook|(?<![a-z_?&])fb(?![a-z]))(?!\s?(?:เพจ|กลุ่ม|live))"
    r"\s?(?:ชื่อ|ของ|คือ|:|ว่า)*\s?:?\s?"
    r"((?!com\b|page\b|group\b|live\b)[a-z][a-z0-9._\-]+(?: [a-z][a-z0-9._\-]+){0,2})"
)
_MOO = r"(?:\s?(?:หมู่ที่|หมู่|ม\.)\s?\d{1,2})?"
_NUMBER = r"\d{1,4}(?:\s?(?:/|ทับ)\s?\d{1,4})*"
_SPOKEN = r"(?:ศูนย์|หนึ่ง|สอง|ยี่|สาม|สี่|ห้า|หก|เจ็ด|แปด|เก้า|สิบ|เอ็ด|ร้อย|ทับ){1,8}"
_OTHER_PAPER = (
    r"(?!บัญชี|บัตร|เอกสาร|คำร้อง|โฉนด|หนังสือ|สัญญา|รับ|โครงการ|เรื่อง|คำสั่ง|ประกาศ|งวด|สลาก|ใบ|มิเตอร์|ผู้ใช้)"
)
_HOUSE = re.compile(
    r"(?:(?<![ก-๙])บลข\.?|บ\.ล\.ข\.?|บ้านเลขที่|เฮือนเลขที่|บ้าน เลขที่|บ้านเลข|บเลขที่|บ\.เลขที่|ที่อยู่(?:\s?เลขที่)?"
    rf"|(?<!โฉนด)(?<!สัญญา)(?<!คำร้อง)(?<!หนังสือ)(?<!กรมธรรม์)(?<!บัตรประชาชน)(?<!โครงการ)เลขที่{_OTHER_PAPER}"
    r"|house (?:no\.?|number))\s?:?\s?"
    rf"({_NUMBER}(?:-\d{{1,4}})?{_MOO})(?!\d)(?!/25\d\d)"
    rf"|บ้านเลขที่\s?({_SPOKEN})"
    rf"|(?:บ้าน|เฮือน|อยู่|หลัง)(?:ผม|หนู|ฉัน|แก|ยาย|ตา)?\s?(\d{{1,4}}\s?(?:/|ทับ)\s?\d{{1,4}}{_MOO})(?![\d/])"
    r"|(?:บ้าน|อยู่)(?:ผม|หนู|ฉัน)?\s?(\d{1,4}\s?(?:หมู่ที่|หมู่|ม\.)\s?\d{1,2})(?!\d)"
)
_NOT_HOME = (
    r"(?<![\d/.+])(?<!ซอย )(?<!ซอย)"
    r"(?<!ซ\.)(?<!ซ\. )(?<!ป\.)(?<!วันที่ )(?<!วันที่)(?<!ต้นที่ )(?<!กม\.)(?<!กม\. )"
)
_ADDRESS = re.compile(
    rf"{_NOT_HOME}(\d{{1,4}}/(?!25\d\d)\d{{1,4}}{_MOO})(?![\d/])"
    r"(?=\s?(?:ซอย|ซ\.|ถนน|ถ\.|หมู่|ม\.|ต\.|ตำบล|บ้าน))"
)
_OF_A_LANE = re.compile(r"(?:ซอย|ซ\.|ถนน|ถ\.|แยก)\s?:?\s?[ก-๙]*\s?$")
_PROVINCES = (
    "กระบี่ กรุงเทพมหานคร กรุงเทพ กทม กาญจนบุรี กาฬสินธุ์ กำแพงเพชร ขอนแก่น จันทบุรี ฉะเชิงเทรา "
    "ชลบุรี ชัยนาท ชัยภูมิ ชุมพร เชียงราย เชียงใหม่ ตรัง ตราด ตาก นครนายก นครปฐม นครพนม นครราชสีมา "
    "โคราช นครศรีธรรมราช นครสวรรค์ นนทบุรี นราธิวาส น่าน บึงกาฬ บุรีรัมย์ ปทุมธานี ประจวบคีรีขันธ์ "
    "ประจวบ ปราจีนบุรี ปัตตานี อยุธยา พระนครศรีอยุธยา พังงา พัทลุง พิจิตร พิษณุโลก เพชรบุรี เพชรบูรณ์ "
    "แพร่ พะเยา ภูเก็ต มหาสารคาม มุกดาหาร แม่ฮ่องสอน ยะลา ยโสธร ร้อยเอ็ด ระนอง ระยอง ราชบุรี ลพบุรี "
    "ลำปาง ลำพูน เลย ศรีสะเกษ สกลนคร สงขลา สตูล สมุทรปราการ สมุทรสงคราม สมุทรสาคร สระแก้ว สระบุรี "
    "สิงห์บุรี สุโขทัย สุพรรณบุรี สุพรรณ สุราษฎร์ธานี สุราษฎร์ สุรินทร์ หนองคาย หนองบัวลำภู อ่างทอง "
    "อุดรธานี อุดร อุทัยธานี อุตรดิตถ์ อุบลราชธานี อุบล อำนาจเจริญ เบตง"
).split()
_PROVINCE = "|".join(sorted(_PROVINCES, key=lambda p: (-len(p), p)))
_LETTERS = r"(?:\d{1,2}[ \-]?)?[ก-ฮ]{1,3}[ \-]{0,2}\d{1,4}"
_COLOUR = r" ?สี(?:ขาว|ดำ|แดง|เทา|เงิน|บรอนซ์|บรอนซ์เงิน|น้ำเงิน|ฟ้า|เขียว|เหลือง|น้ำตาล|ส้ม)"
_VEHICLE = (
    r"รถ(?:ยนต์|เก๋ง|กระบะ|ตู้|บรรทุก|มอไซค์|มอเตอร์ไซค์|มอเตอร์ไซด์|จักรยานยนต์|เครื่อง|พ่วง|สิบล้อ|แท็กซี่|สองแถว)?"
    r"|กระบะ|เก๋ง|ไซค์|ไซด์|ไซ|คัน|วีโก้|ปิคอัพ|แท็กซี่"
)
_MONTH = r"มค|กพ|พค|กค|สค|กย|ตค|พย|ธค|น\."
_WORD = r"ซอย|ชม|กม|คน|รวม|หมด|ตอน|กลม|หก|ตก|วน|จน|บน|ตร|พศ|มค|มกร"
_CAR = r"รถ|กระบะ|เก๋ง|มอเตอร์ไซ|มอไซ|แท็กซี่|ปิคอัพ|วีโก้|ฟอร์จูนเนอร์"
_OFFICES = r"อบ|สพ|รพ|สภ|สน|ปณ|ผอ|อส|สส|สว|นส|บจ|หจ|รร|ตร|ตู้|ขส|ธก"
_PLATE = re.compile(
    rf"(?:(?:หมาย)?เลขทะเบียน|ป้ายทะเบียน|ทะเบียน(?:รถ)?|ป้าย)\s?(?:คือ|ว่า|เลข)?\s?:?\s?"
    rf"((?!{_WORD}){_LETTERS}(?:\s?(?:{_PROVINCE}))?|\d{{2}}-\d{{4}}(?:\s?(?:{_PROVINCE}))?)(?!\d)"
    rf"|(?<![\dก-๙a-z.])(\d[ \-]?(?!กม|{_MONTH})[ก-ฮ]{{2}}[ \-]{{0,2}}\d{{1,4}}"
    rf"(?:\s?(?:{_PROVINCE}))?)(?![\d/])"
    rf"|(?<![\dก-๙a-z.])([ก-ฮ]{{2}}[ \-]{{0,2}}\d{{1,4}}\s?(?:{_PROVINCE}))"
    rf"|(?:{_VEHICLE})(?:{_COLOUR})?\s?((?!{_WORD})[ก-ฮ]{{2,3}}[ \-]{{0,2}}\d{{2,4}})"
    r"(?!\d|\s?(?:คัน|บาท|เมตร|ปี|วัน)|\.\d)"
    rf"|(?:{_VEHICLE}|ทะเบียน|ป้าย)(?:{_COLOUR})?\s?((?:\d )?[ก-ฮ] [ก-ฮ](?: ?\d){{1,4}})(?! ?\d)"
    rf"|(?:{_CAR})[ก-๙ ]{{0,16}} ((?!{_WORD}|{_MONTH}|{_OFFICES})[ก-ฮ]{{2}}-?\d{{3,4}})(?![\d/])"
    rf"|(?<![\dก-๙a-z.])((?!{_WORD}|{_MONTH}|{_OFFICES})[ก-ฮ]{{2}}[ \-]?\d{{3,4}})(?= ?[ก-๙]{{0,10}}(?:{_CAR}))"
    r"|(?:สิบล้อ|พ่วง|บรรทุก|หกล้อ|เทรลเลอร์)[ก-๙ ]{0,10}(\d{2}-\d{4})(?!\d)"
)
_PAPERS = re.compile(
    r"(?<![a-z])(?:hn|h\.n\.|เอชเอ็น|เอ็ชเอ็น)\s?(?:คือ|เลขที่|เลข|no\.?)?\s?[:.]?\s?(\d[\d/\-]{2,14})"
    r"|(?:เลข(?:ที่)?(?:คนไข้|ผู้ป่วย))\s?(?:คือ|ที่)?\s?[:.]?\s?(\d[\d/\-]{3,14})"
    r"|(?:กรมธรรม์|policy)\s?(?:เลขที่|เลข|ที่|no\.?|number)*\s?[:.]?\s?([a-z]{0,4}-?\d[\d/\-]{4,18})"
    r"|(?:พาสปอร์ต|พาสปอต|พาสพอร์ต|หนังสือเดินทาง|passport)\s?(?:เลขที่|เลข|no\.?|number)*\s?[:.]?\s?"
    r"([a-z]{1,2} ?-?\d{6,8})(?!\d)"
    r"|(?<![a-z])([a-z]{2}\d-?\d{7}-?\d{2})(?!\d)"
)
_MAY_BE = re.compile(r"\d|[@/]|[a-z]{3}|เลขที่")


def identifiers(text: str) -> list[Found]:
    """E-mail, accounts, house numbers, plates and numbers of papers in a normalised text."""
    if not _MAY_BE.search(text):
        return []
    out: list[Found] = [
        *((Type.EMAIL, m.start(), m.end(), 0.98) for m in _EMAIL.finditer(text)),
        *_marked(_LINE, text, Type.LINE_ID, 0.85),
        *((Type.LINE_ID, m.start(), m.end(), 0.8) for m in _AT.finditer(text)),
        *_marked(_LINK, text, Type.LINE_ID, 0.8),
        *_marked(_FACEBOOK, text, Type.NAME, 0.7),
    ]
    if any(map(str.isdigit, text)) or "เลขที่" in text:
        out += _marked(_HOUSE, text, Type.HOUSE_NUMBER, 0.9)
        out += [
            f
            for f in _marked(_ADDRESS, text, Type.HOUSE_NUMBER, 0.7)
            if not _OF_A_LANE.search(text[max(0, f[1] - 40) : f[1]])
        ]
        out += _marked(_PLATE, text, Type.PLATE, 0.8)
        out += _marked(_PAPERS, text, Type.NATIONAL_ID, 0.8)
    return out


def _marked(pattern: re.Pattern[str], text: str, kind: Type, sure: float) -> Iterator[Found]:
    """The first group that matched of each hit; never a hotline."""
    for m in pattern.finditer(text):
        n = m.lastindex or 0
        if m.group(n) not in HOTLINES:
            yield kind, m.start(n), m.end(n), sure
