"""What is shown at a forum for checking in by phone."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class CheckInCard:
    """A code to type or scan. `line`, `telegram`: the links behind the square codes, "" leaves one out."""

    village: str
    forum_number: str
    code: str
    line: str = ""
    telegram: str = ""
