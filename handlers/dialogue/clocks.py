"""Hours as people say and write them. Pure."""

import re

CLOCK = re.compile(
    r"(?:เวลา\s*)?(?:(\d{1,2})[.:](\d{2})(?:\s*น\.?)?|(บ่าย)\s*(\d{1,2}|โมง|สอง|สาม|สี่)(?:\s*โมง)?"
    r"|(\d{1,2}|สิบเอ็ด|สิบ|เก้า|แปด|เจ็ด|หก|ห้า|สี่|สาม|สอง|หนึ่ง)\s*(ทุ่ม|โมงเย็น|โมงเช้า|โมง)|(เที่ยง)(?:วัน|ตรง)?)"
    r"(?:ตรง|ครึ่ง(?=()))?(?![ก-๙])"
)
"""A time of the day within a text; `hour_of` reads what it finds."""
_SAID_HOURS = "โมง สอง สาม สี่ ห้า หก เจ็ด แปด เก้า สิบ สิบเอ็ด".split()


def hour_of(clock: re.Match[str]) -> tuple[int, int]:
    """Hour and minute (as said: up to 99 each) of «13.00», «บ่าย 2 โมง», «9 โมง», «4 โมงเย็น», «1 ทุ่ม»."""
    if clock[1]:
        return int(clock[1]), int(clock[2])
    half = 30 if clock[8] is not None else 0
    if clock[3]:
        return _number(clock[4]) % 12 + 12, half
    if clock[7]:
        return 12, half
    later = {"ทุ่ม": 18, "โมงเย็น": 12}.get(clock[6], 0)
    return _number(clock[5]) + later, half


def _number(words: str) -> int:
    """A number as typed or said; «บ่ายโมง» and «หนึ่ง» are 1."""
    if words.isdecimal():
        return int(words)
    return _SAID_HOURS.index(words) + 1 if words in _SAID_HOURS else 1
