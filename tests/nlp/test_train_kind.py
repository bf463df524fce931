"""How much a sign of a kind weighs is learnt from judged texts, starting from what was set by hand."""

from nlp.kind import KINDS, signs
from nlp.train_kind import BY_HAND, FURTHER, learn

SILENT = dict.fromkeys(KINDS, 0.0)


def test_a_sign_moves_to_the_kind_it_stands_by() -> None:
    told = [(SILENT, ["always", "named"], "complaint_person")] * 30
    told += [(SILENT, ["always"], "problem")] * 30
    weights = learn(told)
    named = dict(zip(KINDS, weights["named"], strict=True))
    assert max(named, key=lambda k: named[k]) == "complaint_person"
    assert named["complaint_person"] > 0.5


def test_a_sign_never_seen_stays_as_set_by_hand() -> None:
    weights = learn([(SILENT, ["always"], "problem")] * 5)
    assert weights["asks"] == [BY_HAND["asks"].get(k, 0.0) for k in KINDS]


def test_every_sign_has_its_weight() -> None:
    texts = ("ร้านข้างบ้านเปิดเพลงเสียงดัง กรณีนายทวน", "ขอบคุณครับ ซ่อมแล้ว", "เมื่อไหร่จะมา กี่วัน")
    found = {s for t in texts for s in signs(t, "road", closed=False, danger=True)}
    assert found <= {*BY_HAND, *FURTHER}
    assert {"trade, written", "named", "asks twice", "mended", "danger", "open"} <= found
