"""Whether a matter must stay out of the open forum: signs and the trained model, weighed together."""

import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from nlp.blame import Evidence
from nlp.category import ALWAYS, strong_words
from nlp.model import Parts, logits
from nlp.odds import logistic, softmax
from nlp.values import CategoryScore, Flag

ON = 0.14
"""From this score on a matter is kept back. Lower than a half on purpose: what was shown cannot be
unshown, while a matter wrongly kept back is still read by the district."""

SURE = 0.45
"""Signs that weigh this much keep a matter back whatever the model says."""

DOUBTFUL = 0.12
"""From this score on the categories and the kind that close a matter are as likely as any other."""

_CLOSED_BY_NATURE = 0.6
"""How much of the probability of the categories that are always kept back counts."""

FILE = "closed.json"

_SPOKEN = re.compile(
    r"ครับ|คับ|ค่ะ|คะ|จ้า|จ้ะ|จ๊ะ|เด้อ|เจ้า|นะ|น้อ|แหน่|เน้อ|นิ|555|หนู|ผม|ข่อย|ป้า|ลุง|ยาย|เฮา|แก|มัน|พี่|น้อง|ๆ"
)
_WRITTEN = re.compile(
    r"ผู้ร้อง|กรณี|ร้องเรียน|\[name\]|ขอให้(?:ตรวจสอบ(?!เสา|หม้อ|ท่อ|ถนน|ไฟ|ปั๊ม|สาย|สะพาน|น้ำ|ต้นไม้|คุณภาพ)|สอบสวน"
    r"|พิจารณา|ดำเนิน|ช่วยเหลือ)|ขอความ(?:เป็นธรรม|ช่วยเหลือ)"
    r"|ได้รับความเดือดร้อน|ความเป็นธรรม|พฤติกรรม|มิชอบ|ข้าพเจ้า|เจ้าพนักงาน|ราษฎร|ดำเนินคดี"
)

_TITLE = r"(?:ผู้ใหญ่(?:บ้าน)?|กำนัน|นายก|ป้อหลวง|พ่อหลวง|แม่หลวง|ผู้ช่วย|ปลัด|ประธาน|เจ้าหน้าที่|คุณครู|คุณหมอ)"
_KIN = r"(?:พ่อ|แม่|ยาย|ตา|ปู่|ย่า|ลุง|ป้า|น้า|พี่|น้อง|ลูก|หลาน)(?!เลี้ยง|หลวง|ผัว|เขย|ชาย|สาว|จ้าง)"
_CALLED = re.compile(
    rf"(?:ฝาก|เรียน|ถึง|กราบ|แจ้ง|บอก|รบกวน|วาน|สวัสดี|ให้)*(?:ท่าน)?{_TITLE} ?(?:ครับ|คับ|คะ|ค่ะ|จ๋า|จ้า|จ๊ะ|เจ้า(?!ของ)"
    rf"|เอ้ย|เหอ|เห้อ|หน่อย"
    r"|ช่วย(?!แต่|พวก|เฉพาะ|ญาติ)|ซ่อย(?!แต่|พวก)|ไม่อยู่(?= ?(?:ใคร|วันนี้|ไป|$))|ประกาศ|ฝาก|ดูให้|ประสาน|มาดู|มาเบิ่ง"
    r"|ด้วย(?=$| ))"
    rf"|^(?:เรียน|ฝาก(?:ถึง)?|ถึง|กราบเรียน) ?(?:ท่าน)?{_TITLE}"
    rf"|(?:หน้า|หลัง|ข้าง|ทางเข้า|ใกล้|แถว|ซอย|ถึง|ตรงข้าม|ท้าย)(?:บ้าน)?{_TITLE}"
    r"|(?:คน|ลุง|ป้า|ยาย|ตา|พี่|น้า|น้อง)ข้างบ้าน(?=ตก|ล้ม|ป่วย|เจ็บ|หมดสติ|ช่วย)|เพื่อนบ้านช่วย"
    rf"|{_KIN}(?:โทรมา|เล่า)?บอก(?:มา)?ว่า|(?<=บ้าน){_KIN}(?=อยู่|น้ำ|โดน|ท่วม|ไฟ|$| )"
    rf"|เบอร์(?:โทร)?(?:ของ)?(?:{_KIN})?(?=[ :]*\d)"
)
"""Somebody called upon, who only passed it on, or whose house only says where: nobody is blamed by it."""

_ASKS = re.compile(
    r"วันไหน|กี่โมง|เมื่อไหร่|เมื่อไร|ที่ไหน(?=$|ครับ|คะ| )|แทนได้|ได้(?:ไหม|มั้ย)(?=$|ครับ|คะ| )|กี่วัน|ขอทราบ|สอบถาม|ขั้นตอน"
)
_OFFICE = re.compile(
    r"ผู้ใหญ่|ผู้ช่วย|กำนัน|นายก(?!รัฐ)|ปลัด|กรรมการ|ประธาน|ผู้นำ|ป้อหลวง|พ่อหลวง|แม่หลวง|ส\.?อบต|สมาชิกสภา|ผอ\.|เจ้าหน้าที่|จนท"
    r"|ตำรวจ|สารวัตร|เหรัญญิก|หัวหน้า|ข้าราชการ|ผู้อำนวยการ|เจ้าอาวาส|อสม|นายช่าง|ครู"
)
_PERSON = re.compile(
    r"\[(?:name|ชื่อ)\]|นาย(?!ก|จ้าง|ทุน|หน้า|ช่าง)|นาง(?!เลิ้ง|ร้อง)|เด็กหญิง|เด็กชาย|ด\.[ชญ]|สามี|ภรรยา|เมีย|ผัว|แฟน|พี่ชาย"
    r"|น้องชาย|พี่สาว|ลูกสาว|ลูกชาย|ญาติ|เพื่อนบ้าน|ข้างบ้าน|เพิ่น|เปิ้น"
)
_TOLD_OF = re.compile(
    r"(?:มี|กรณี|เรื่อง|โดย|กับ|ถูก|ให้|ตรวจสอบ|ร้องเรียน|คือ|พฤติกรรม|แก่|ต่อ|ซึ่ง|จาก|เป็น|ว่า) ?(?:นาย(?!ก|จ้าง|ทุน|หน้า|ช่าง"
    r"|ทะเบียน|อำเภอ|ตำรวจ)|นางสาว|นาง(?!เลิ้ง|ร้อง|ฟ้า|รำ)|เด็กหญิง|เด็กชาย|ด\.[ชญ])"
)
"""Somebody spoken of by title and name, who is not the one who speaks."""

_NOT_TOLD = re.compile(r"(?:หน้า|ข้าง|หลัง|ซอย|ถึง|จาก|–|-) ?บ้าน(?:ของ)?(?:นาย|นาง)")


_WHO_IS = re.compile(
    rf"^(?:ใคร|ไผ)(?:คือ|เป็น|แม่น)(?:ท่าน)?{_TITLE}[^ ]{{0,12}}$|{_TITLE}(?:คือ|เป็น)(?:ใคร|ไผ)"
)
"""Who holds an office: asked, not blamed."""

_SUICIDE = re.compile(
    r"ฆ่าตัว|ผูกคอ|แขวนคอ|อยากตาย|คิดสั้น|(?:ไม่|บ่|ม่าย)อยาก(?:มีชีวิต|มีลมหายใจ|อยู่แล้ว)|กินยา(?:ตาย|ฆ่าหญ้า)|กรีด(?:แขน|ข้อมือ)"
    r"|โดด(?:สะพาน|ตึก)|ลาตาย"
)
"""Somebody who may take their life: help is called, and nobody's forum hears of it."""

_SHORT = 25
_CLEARLY = 0.5
"""A text of fewer letters without any sign is kept back only where the model is as sure as this."""


def without_address(text: str) -> str:
    """A normalised text without the words that only call upon somebody in office."""
    return _CALLED.sub(" ", text).strip()


def confidential(score: float, signs: Evidence, categories: Sequence[CategoryScore]) -> Flag:
    """The flag of a text by its `suspicion`, its signs, and its categories, likeliest first."""
    share = sum(c.score for c in categories if c.code in ALWAYS)
    score = max(score, _CLOSED_BY_NATURE * share if score >= DOUBTFUL else 0.0)
    if signs.weight >= SURE:
        score = max(score, signs.weight)
    words = [*signs.words]
    if score >= ON:
        words += [*signs.land, *signs.formal]
        words += strong_words(categories[0]) or categories[0].words
    return Flag(on=score >= ON, score=min(0.99, score), words=tuple(dict.fromkeys(words)))


def suspicion(text: str, signs: Evidence, found: Parts, learnt: float, danger: bool) -> float:
    """How likely a normalised text tells what must be kept back, before its category is known.

    `found` are the text's features, `learnt` the model's log-odds for the text `without_address`;
    `danger` whether somebody is in danger now: who calls for help blames nobody by it.
    """
    if _WHO_IS.search(text) and not signs:
        return 0.01
    weights = _weights()
    told = clues(text, signs, found, learnt, danger)
    score = logistic(sum(weights.get(name, 0.0) * value for name, value in told.items()))
    if danger and _SUICIDE.search(text):
        return max(score, SURE)
    unsure = score < _CLEARLY and len(text) < _SHORT and not signs and not danger
    return min(score, DOUBTFUL / 2) if unsure else score


def clues(
    text: str, signs: Evidence, found: Parts, learnt: float, danger: bool
) -> dict[str, float]:
    """What speaks for or against keeping a text back, as numbers; the arguments are `suspicion`'s."""
    bare = without_address(text)
    likely = softmax(logits("category", found))
    return {
        "bias": 1.0,
        "learnt": learnt,
        "weight": signs.weight,
        "formal": bool(signs.formal),
        "land": bool(signs.land),
        **{f"told {group}": 1.0 for group in sorted(signs.groups)},
        "office": bool(_OFFICE.search(bare)),
        "person": bool(_PERSON.search(_NOT_TOLD.sub(" ", bare))),
        "told_of": bool(_TOLD_OF.search(bare)),
        "asks": bool(_ASKS.search(text)),
        "danger": danger,
        "spoken": bool(_SPOKEN.search(text)),
        "written": bool(_WRITTEN.search(text)),
        "closed category": sum(likely[code] for code in ALWAYS),
        "complaint": softmax(logits("kind", found))["complaint_person"],
    }


@cache
def _weights() -> Mapping[str, float]:
    """Clue -> what it adds, in log-odds (`nlp.train_closed`)."""
    raw: dict[str, float] = json.loads(
        files("nlp").joinpath("data", FILE).read_text(encoding="utf-8")
    )
    return raw
