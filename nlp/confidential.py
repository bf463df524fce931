"""Whether a matter must stay out of the open forum: signs and the trained model, weighed together."""

import re
from collections.abc import Sequence
from math import exp

from nlp.blame import Evidence
from nlp.category import ALWAYS, strong_words
from nlp.values import CategoryScore, Flag

ON = 0.3
"""From this score on a matter is kept back. Lower than a half on purpose: what was shown cannot be
unshown, while a matter wrongly kept back is opened by an officer with one tap."""

SURE = 0.45
"""Signs that weigh this much keep a matter back whatever the model says."""

DOUBTFUL = 0.12
"""From this score on the categories and the kind that close a matter are as likely as any other."""

_WEIGHTS = {
    "learnt": 1.4, "weight": 3.4, "formal": 1.5, "land": 0.0, "office": 0.6, "person": 0.6, "always": 1.0,
    "bias": -0.4,
}  # fmt: skip
"""Fitted on the training sentences with the model's answers for sentences it had not seen."""

_OFFICE = re.compile(
    r"ผู้ใหญ่|ผู้ช่วย|กำนัน|นายก(?!รัฐ)|ปลัด|กรรมการ|ประธาน|ผู้นำ|ป้อหลวง|พ่อหลวง|แม่หลวง|ส\.?อบต|สมาชิกสภา|ผอ\.|เจ้าหน้าที่|จนท"
    r"|ตำรวจ|สารวัตร|เหรัญญิก|หัวหน้า|ข้าราชการ|ผู้อำนวยการ|เจ้าอาวาส|อสม|นายช่าง|ครู"
)
_PERSON = re.compile(
    r"\[(?:name|ชื่อ)\]|นาย(?!ก|จ้าง|ทุน|หน้า|ช่าง)|นาง(?!เลิ้ง|ร้อง)|เด็กหญิง|เด็กชาย|ด\.[ชญ]|สามี|ภรรยา|เมีย|ผัว|แฟน|พี่ชาย"
    r"|น้องชาย|พี่สาว|ลูกสาว|ลูกชาย|ญาติ|เพื่อนบ้าน|ข้างบ้าน|เพิ่น|เปิ้น"
)
_NOT_TOLD = re.compile(r"(?:หน้า|ข้าง|หลัง|ซอย|ถึง|จาก|–|-) ?บ้าน(?:ของ)?(?:นาย|นาง)")


def confidential(
    text: str, signs: Evidence, learnt: float, categories: Sequence[CategoryScore] = ()
) -> Flag:
    """The flag of a normalised text: its signs, the model's log-odds, and its categories if known."""
    score = suspicion(text, signs, learnt)
    share = sum(c.score for c in categories if c.code in ALWAYS)
    score = max(score, share * _WEIGHTS["always"] if score >= DOUBTFUL else 0.0)
    if signs.weight >= SURE:
        score = max(score, signs.weight)
    words = [*signs.words]
    if score >= ON:
        words += [*signs.land, *signs.formal]
        words += strong_words(categories[0]) or categories[0].words if categories else ()
    return Flag(on=score >= ON, score=min(0.99, score), words=tuple(dict.fromkeys(words)))


def suspicion(text: str, signs: Evidence, learnt: float) -> float:
    """How likely a text tells what must be kept back, before its category is known."""
    w = _WEIGHTS
    total = w["bias"] + w["learnt"] * learnt + w["weight"] * signs.weight
    total += w["formal"] * bool(signs.formal) + w["land"] * bool(signs.land)
    total += w["office"] * bool(_OFFICE.search(text))
    total += w["person"] * bool(_PERSON.search(_NOT_TOLD.sub(" ", text)))
    return 1 / (1 + exp(-max(-30.0, min(30.0, total))))
