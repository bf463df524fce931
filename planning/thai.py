"""How Thai officialdom writes numbers, dates and times."""

from datetime import date, datetime, timedelta, timezone

from planning.calendar import BE

BANGKOK = timezone(timedelta(hours=7), "Asia/Bangkok")
MONTHS = (
    "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม"
).split()
MONTHS_SHORT = "ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.".split()
_TO_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_TO_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")


def thai_digits(value: object) -> str:
    """`value` as text with Thai digits."""
    return str(value).translate(_TO_THAI)


def arabic_digits(text: str) -> str:
    """`text` with its Thai digits as 0-9."""
    return text.translate(_TO_ARABIC)


def official_date(day: date) -> str:
    """«๙ มีนาคม พ.ศ. ๒๕๖๔»."""
    return thai_digits(f"{day.day} {MONTHS[day.month - 1]} พ.ศ. {day.year + BE}")


def chat_date(when: date | datetime) -> str:
    """«9 มี.ค. 64», in Thai time, as people write in chat."""
    day = when.astimezone(BANGKOK).date() if isinstance(when, datetime) else when
    return f"{day.day} {MONTHS_SHORT[day.month - 1]} {(day.year + BE) % 100:02d}"
