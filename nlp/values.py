"""What reading a text gives: facts with the evidence for each. Offsets count code points of the
original text, `text[start:end]`."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Act(StrEnum):
    """What the sender is doing: telling a matter, asking something, or only greeting or thanking."""

    MATTER = "matter"
    QUESTION = "question"
    CHATTER = "chatter"


class PersonalDataType(StrEnum):
    """Kinds of personal data that are masked."""

    NAME = "name"
    PHONE = "phone"
    NATIONAL_ID = "national_id"
    EMAIL = "email"
    LINE_ID = "line_id"
    BANK_ACCOUNT = "bank_account"
    HOUSE_NUMBER = "house_number"
    PLATE = "plate"


@dataclass(frozen=True, kw_only=True)
class CategoryScore:
    """A category code, its probability (all scores of one text sum to 1), and the words for it."""

    code: str
    score: float
    words: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, kw_only=True)
class Flag:
    """A yes or no with its probability and the words that spoke for it."""

    on: bool
    score: float
    words: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, kw_only=True)
class PersonalData:
    """A stretch of the original text that tells who somebody is."""

    type: PersonalDataType
    start: int
    end: int
    certainty: float


@dataclass(frozen=True, kw_only=True)
class KnownPlace:
    """A landmark of the sender's village, given to the reader as context (degrees, WGS 84).

    `aliases` are further names it goes by in the village.
    """

    name: str
    lat: float | None = None
    lon: float | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where, as far as the words say. `label` is fit to show («หน้าวัดศรีหนองฮี», «ซอย 3»).

    `words` gave it and stand at `spans` of the normalised text; `relation` is the word before the
    landmark («หน้า»), `until` the landmark at the other end of a stretch, `others` all further
    landmarks surely named, `km` a kilometre post, `metres` from a shared position to the landmark.
    """

    label: str
    landmark: str = ""
    moo: int | None = None
    soi: str = ""
    score: float = 0.0
    words: tuple[str, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()
    relation: str = ""
    until: str = ""
    others: tuple[str, ...] = ()
    km: str = ""
    metres: float | None = None


@dataclass(frozen=True, kw_only=True)
class Part:
    """One matter of a message that tells several: `text[start:end]` of the original, read by itself.

    `place` is what the part itself names; what is said once for all stands in the whole's.
    """

    start: int
    end: int
    masked: str = field(repr=False)
    categories: tuple[CategoryScore, ...]
    kind: str
    confidential: Flag
    emergency: Flag
    place: Place | None = None


@dataclass(frozen=True, kw_only=True)
class Understanding:
    """One text as read. `categories` is likeliest first; `masked` is the text with personal data hidden.

    `parts` are the matters in the order told, where there are several; empty where there is one.
    Then `categories` are first of all those of the first part, and a flag of any part is a flag of
    the whole. `vulnerable`: it strikes people who are easily hurt.
    """

    normalised: str = field(repr=False)
    masked: str = field(repr=False)
    act: Act
    kind: str
    kind_score: float
    categories: tuple[CategoryScore, ...]
    confidential: Flag
    emergency: Flag
    personal_data: tuple[PersonalData, ...] = ()
    place: Place | None = None
    parts: tuple[Part, ...] = ()
    vulnerable: Flag = Flag(on=False, score=0.0)


@dataclass(frozen=True, kw_only=True)
class Telling:
    """One told thing as the duplicate search sees it. `sender` is opaque; `text` may be normalised.

    `photo_hashes` are those of its photos, 64 bits each; near ones (few bits differ) look alike.
    """

    text: str = field(repr=False)
    category: str
    village: str
    sender: str
    at: datetime
    place: Place | None = None
    lat: float | None = None
    lon: float | None = None
    photo: bool = False
    photo_hashes: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """An open issue that may be the same: `key` is opaque; `tellings` are some of its reports."""

    key: str
    tellings: Sequence[Telling]


@dataclass(frozen=True, kw_only=True)
class DuplicateMatch:
    """A candidate that may be the same matter.

    `link` says it is sure enough to join without asking; otherwise ask. `together` says it is likely
    enough to be taken for the same where nobody can be asked. `reasons` are short Thai phrases a
    villager can judge («อยู่หน้าวัดเหมือนกัน»).
    """

    key: str
    score: float
    link: bool
    reasons: tuple[str, ...]
    together: bool = False
