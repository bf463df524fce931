"""What a person may allow beyond the report itself, and the wording of the notice it was decided by."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

NOTICE_VERSION = "2569-1"
"""Names the privacy notice in force; changed together with its words."""


class ConsentKind(StrEnum):
    """What is asked. News about one's own reports comes with reporting, and can be refused."""

    PHOTO_IN_PUBLIC = "photo_in_public"
    NEWS = "news"


ALLOWED_UNASKED: dict[ConsentKind, bool] = {
    ConsentKind.PHOTO_IN_PUBLIC: False,
    ConsentKind.NEWS: True,
}
"""What holds for somebody who never decided."""


@dataclass(frozen=True, kw_only=True)
class Consent:
    """A decision. `notice` is the version of the privacy notice shown then; `at` None: never decided."""

    kind: ConsentKind
    allowed: bool
    notice: str = ""
    at: datetime | None = None
