"""How far a village or its local authority can do something about a matter by themselves.

The shares follow from whose duty a matter is: what a local authority must or may do by the Act on plans and
steps of decentralisation B.E. 2542 (มาตรา ๑๖) and the Tambon Council Act B.E. 2537 (มาตรา ๖๗, ๖๘), what people
of a village do with their own hands, and what waits for an agency of the state (the power authority, the
irrigation, land or forest department, the police). The four steps themselves are our own choice.
"""

import re

from planning.issues import Issue
from planning.taxonomy import categories
from planning.thai import arabic_digits

VILLAGE, LOCAL, SHARED, STATE = 1.0, 0.75, 0.5, 0.25
"""The village itself; the local authority; the local authority with an agency; an agency alone."""

FEASIBLE = {
    "road": LOCAL,
    "lighting": LOCAL,
    "electricity": STATE,
    "water_supply": LOCAL,
    "drainage": LOCAL,
    "water_source": SHARED,
    "telecom": SHARED,
    "public_building": LOCAL,
    "livelihood": LOCAL,
    "farming": SHARED,
    "debt": STATE,
    "welfare": LOCAL,
    "health": LOCAL,
    "education": LOCAL,
    "animals": LOCAL,
    "waste": VILLAGE,
    "pollution": SHARED,
    "nature": SHARED,
    "safety": SHARED,
    "traffic": SHARED,
    "drugs": STATE,
    "disaster": SHARED,
    "land": STATE,
    "official_conduct": STATE,
    "dispute": STATE,
    "service": SHARED,
    "other": SHARED,
}
"""Share of the points by category."""

_METRES, _PIECES = 500.0, 10
_LENGTH = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*(กิโลเมตร|กม\.?|กิโล|เมตร|ม\.)")
_COUNT = re.compile(r"(\d[\d,]*)\s*(?:จุด|ต้น|ดวง|แห่ง|ตัว|เครื่อง|หลัง|สาย|ซอย(?!\s*\d))")


def feasibility(issue: Issue) -> float:
    """Share 0..1 that can be done near by; a step less for a long stretch or many pieces.

    The size is read from the formal line: 500 m or more, ten pieces or more.
    """
    share = FEASIBLE[issue.category if issue.category in categories() else "other"]
    return max(STATE, share - 0.25) if is_large(issue.neutral_line) else share


def is_large(line: str) -> bool:
    """Whether a formal line names a length of 500 m or more, or ten or more pieces."""
    text = arabic_digits(line)
    lengths = ((_number(n), unit) for n, unit in _LENGTH.findall(text))
    long = any(
        n * (1 if unit.startswith(("เมตร", "ม")) else 1000) >= _METRES for n, unit in lengths
    )
    return long or any(_number(n) >= _PIECES for n in _COUNT.findall(text))


def _number(told: str) -> float:
    return float(told.replace(",", ""))
