"""Which open issues a new telling may belong to, with reasons a villager can judge."""

import math
import re
from collections.abc import Sequence
from dataclasses import replace

from nlp.comparing import (
    APART_M,
    DAY,
    ELSEWHERE,
    FAR_M,
    HALF_HOUR,
    HOUR,
    NEAR_M,
    WIDE_CODES,
    Compared,
    comes_again,
    features,
)
from nlp.facets import facet_names
from nlp.joining import Pair, likelihood, pairs
from nlp.odds import logistic
from nlp.values import Candidate, DuplicateMatch, Telling

ASK = 0.24
"""From here the likeliest candidate is asked about."""
BESIDE = 0.06
"""From here others are shown beside it: where a question is asked, a second answer costs little."""
TOGETHER = 0.45
"""From here the likeliest candidate is taken for the same where nobody can be asked."""
LINK = 0.88
"""From here it is joined without asking: 0.95 of such are right (docs/language.md)."""
LINK_SAME_FAULT = 0.85
"""The same for the same fault at the same named place."""
PHOTO = 5.0
"""What a photo that looks the same adds to the log-odds. Set by hand: no corpus has photos to learn from."""
MOST = 3
SHARED_CODES = frozenset(("water_supply", "electricity", "telecom", "pollution", "disaster"))
"""What fails or troubles a whole village at once: joined without an agreeing place."""
OWN_CODES = frozenset(("welfare", "health", "debt", "dispute", "land", "drugs", "official_conduct"))
"""Mostly one person's own matter: two people's are never joined without asking."""
EVENT_CODES = frozenset(("disaster", "safety", "traffic", "animals", "nature"))
EVENT_LASTS = 2 * DAY
"""What happens, rather than is broken, is another event after so long."""
_MARGIN = 0.05
_FULL = 60
"""So many candidates are weighed in full; of more, those least alike at first sight are left out."""
_CLEARLY_OTHER = -0.9
_TOPIC = 0.5
"""Likely categories less alike than so are never joined without asking."""
_HARDLY_TOPIC = 0.2
_HARDLY = 0.1
"""Below these in every way, who tells and when are all that two tellings share: not asked about."""
_THAI = re.compile(r"[ก-ฮ]")


def duplicates(new: Telling, candidates: Sequence[Candidate]) -> tuple[DuplicateMatch, ...]:
    """At most three candidates, likeliest first; none where the likeliest is under the asking threshold.

    The order of `candidates` makes no difference.
    """
    weighed = sorted(
        ((_score(p), p) for p in _likely(pairs(new, candidates)) if _possible(new, p)),
        key=lambda w: (-w[0], w[1].key),
    )
    if not weighed or weighed[0][0] < ASK:
        return ()
    best = [(score, p) for score, p in weighed[:MOST] if score >= BESIDE]
    clear = len(best) < 2 or best[0][0] - best[1][0] >= _MARGIN
    return tuple(
        DuplicateMatch(
            key=p.key,
            score=round(score, 4),
            link=n == 0 and clear and _sure(new, p, score),
            reasons=reasons(_speaking(p)),
            together=n == 0 and score >= TOGETHER,
        )
        for n, (score, p) in enumerate(best)
    )


def _score(p: Pair) -> float:
    """The learnt likelihood, and more where a photo is the same."""
    learnt = likelihood(p.numbers)
    return logistic(math.log(learnt / (1 - learnt)) + PHOTO) if p.photo else learnt


def _possible(new: Telling, p: Pair) -> bool:
    """Not so for a spot-bound matter at surely another spot, nor where nothing told is alike."""
    if not p.photo and all(map(_nothing_alike, p.compared)):
        return False
    places = [c.place for c in p.compared]
    return new.category in WIDE_CODES or min(places) > ELSEWHERE or max(places) > 0


def _nothing_alike(c: Compared) -> bool:
    """Whether neither words, sense, category nor place of two tellings have anything in common."""
    told = max(c.sense, c.likeness) < _HARDLY and c.topic < _HARDLY_TOPIC
    return told and c.code <= 0 and c.place <= 0


def _likely(found: Sequence[Pair]) -> Sequence[Pair]:
    """All pairs where they are few; else those most alike in words, category, place or teller."""
    if len(found) <= _FULL:
        return found
    return sorted(found, key=lambda p: (-max(map(_glance, p.compared)), p.key))[:_FULL]


def _glance(c: Compared) -> float:
    """How alike two tellings are at first sight."""
    near = c.metres is not None and c.metres <= NEAR_M
    return (
        c.likeness
        + c.sense
        + 0.3 * c.code
        + 0.5 * max(c.place, near)
        + c.same_sender * (c.seconds < HALF_HOUR)
        + 2.0 * c.photo
    )


def _sure(new: Telling, p: Pair, score: float) -> bool:
    """Whether to join without asking: likely enough, and nothing speaks against it.

    A spot-bound matter needs an agreeing place; the same fault at the same named place needs less.
    What the same person goes on to say needs an agreeing category, likely ones at least, or place.
    """
    if comes_again(new.text) or _apart(p) or not _THAI.search(new.text):
        return False
    agrees = p.photo or any(
        c.place > 0 or (c.metres is not None and c.metres <= NEAR_M) for c in p.compared
    )
    if any(c.same_sender and c.seconds < HALF_HOUR for c in p.compared):
        same = agrees or any(map(_goes_on, p.compared))
        return score >= LINK and same and not _another(new, p)
    if p.mended or new.category in OWN_CODES or (new.category in EVENT_CODES and _past(p)):
        return False
    if max(c.topic for c in p.compared) < _TOPIC:
        return False
    if not p.here:
        return score >= LINK and agrees and any(c.facet > 0 and c.code > 0 for c in p.compared)
    if any(c.place == 1 and c.facet > 0 and c.code > 0 for c in p.compared):
        return score >= LINK_SAME_FAULT
    return score >= LINK and (agrees or _open_to_all(new, p))


def _goes_on(c: Compared) -> bool:
    """Whether the categories of the same teller's two tellings agree, the likely ones at least."""
    return c.code > 0 or c.topic >= _TOPIC


def _open_to_all(new: Telling, p: Pair) -> bool:
    """Whether it is what a whole village has, and no telling speaks of another place or only other faults."""
    if new.category not in SHARED_CODES or any(c.place <= _CLEARLY_OTHER for c in p.compared):
        return False
    faults = [c.facet for c in p.compared]
    return max(faults) > 0 or min(faults) == 0


def _apart(p: Pair) -> bool:
    """Whether the positions shared are far apart and nothing agrees on a place."""
    metres = [c.metres for c in p.compared if c.metres is not None]
    elsewhere = p.photo or any(c.place <= ELSEWHERE for c in p.compared)
    return elsewhere and min(metres, default=0.0) > APART_M


def _another(new: Telling, p: Pair) -> bool:
    """Whether the teller goes on with a fault of another category."""
    other = all(c.code < 0 for c in p.compared)
    return other and bool(facet_names(features(new.text).plain, new.category))


def _past(p: Pair) -> bool:
    """Whether the candidate was last told of so long ago that it may be another event."""
    return min(c.seconds for c in p.compared) > EVENT_LASTS


def _speaking(p: Pair) -> Compared:
    """The telling of a candidate that speaks most for it, with what the others know of the place."""
    best = max(p.compared, key=lambda c: (c.likeness + c.sense + c.code + c.place, -c.seconds))
    metres = [c.metres for c in p.compared if c.metres is not None]
    return replace(best, metres=min(metres, default=None), photo=p.photo)


def reasons(c: Compared) -> tuple[str, ...]:
    """Short Thai phrases for why the two may be the same."""
    out = ["รูปเดียวกัน"] if c.photo else []
    if c.place > 0 and c.named:
        out.append(f"ที่เดียวกัน: {c.named}")
    elif c.metres is not None and c.metres <= FAR_M:
        out.append(f"ห่างกันราว {max(10, round(c.metres, -1)):.0f} เมตร")
    if c.facet > 0 or c.code > 0:
        out.append("เรื่องทำนองเดียวกัน")
    if c.likeness >= 0.6:
        out.append("ถ้อยคำคล้ายกันมาก")
    if c.same_sender:
        out.append("คุณเคยแจ้งเรื่องนี้ไว้")
    out.append(_ago(c.seconds))
    return tuple(out)


def _ago(seconds: float) -> str:
    """How far apart in time, in words."""
    if seconds < HOUR:
        return "แจ้งห่างกันไม่ถึงชั่วโมง"
    if seconds < DAY:
        return f"แจ้งห่างกัน {math.floor(seconds / HOUR)} ชั่วโมง"
    return f"แจ้งห่างกัน {math.floor(seconds / DAY)} วัน"
