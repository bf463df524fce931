"""What the bot remembers of one conversation between two messages."""

import json
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime, timedelta
from enum import StrEnum


class Step(StrEnum):
    """What the bot is waiting for. Whatever is said instead is heard as well; nothing is a trap."""

    IDLE = "idle"
    ASK_VILLAGE = "ask_village"
    ASK_MOVE = "ask_move"
    ASK_SECOND = "ask_second"
    ASK_STILL = "ask_still"
    ASK_WHOSE = "ask_whose"
    ASK_SAME = "ask_same"
    ASK_PLACE = "ask_place"
    ASK_NEW_PLACE = "ask_new_place"
    ASK_WORDS = "ask_words"
    ASK_MORE = "ask_more"
    ASK_SIZE = "ask_size"
    ASK_SINCE = "ask_since"
    ASK_WITHDRAW = "ask_withdraw"
    ASK_WHOM = "ask_whom"
    ASK_THEIRS = "ask_theirs"
    ASK_THEIR_WORDS = "ask_their_words"
    ASK_FORUM_PLACE = "ask_forum_place"
    ASK_ITEM = "ask_item"
    ASK_OUT = "ask_out"
    ASK_OPENING = "ask_opening"
    ASK_CONVENER = "ask_convener"
    ASK_PEOPLE = "ask_people"
    ASK_HANDS = "ask_hands"
    ASK_WHY_NOT = "ask_why_not"
    ASK_NOTE = "ask_note"
    ASK_WORDING = "ask_wording"
    ASK_HOUSE = "ask_house"
    ASK_DESK = "ask_desk"
    ASK_MINUTES = "ask_minutes"
    ASK_WORK_PHOTO = "ask_work_photo"


@dataclass(frozen=True, kw_only=True)
class Conversation:
    """`report_code` is the report last spoken of, told between `told_from` and `told_to`.

    `wordless`: that report still has no words. `issue_code` is the known issue, `village_code` the
    village that the open question asks about; `asked_at` is when it was asked. `question` are the words
    of the question last answered from what is known, for asking somebody all the same.
    `erase_asked_at` is when the person was asked whether to erase their data. `lately` are the times of
    the last minute's sayings, `hushed_until` is until when they are not answered one by one,
    `reminded_at` when a repetition was last answered. `votes` are
    (item, for, against) that were doubted and asked about; `item` is the item of the agenda that the open
    question asks about, 0 for none; `desk` is what the issue desk asks of the issue. `helped`: name and
    contact of whom is being written down for. `shown`: label and data of the buttons last shown, at `shown_at`.
    `asked_for`: the part of the minutes that the open question asks for.
    """

    step: Step = Step.IDLE
    report_code: str = ""
    told_from: datetime | None = None
    told_to: datetime | None = None
    issue_code: str = ""
    village_code: str = ""
    wordless: bool = False
    question: str = field(default="", repr=False)
    asked_at: datetime | None = None
    votes: tuple[int, int, int] | None = None
    item: int = 0
    asked_for: str = ""
    desk: str = ""
    helped: tuple[str, str] = field(default=("", ""), repr=False)
    erase_asked_at: datetime | None = None
    lately: tuple[datetime, ...] = ()
    hushed_until: datetime | None = None
    reminded_at: datetime | None = None
    shown: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    shown_at: datetime | None = None

    def near(self, when: datetime, within: timedelta) -> bool:
        """Whether `when` is within that time of the report last spoken of (either side)."""
        if not self.report_code or self.told_from is None or self.told_to is None:
            return False
        return self.told_from - within <= when <= self.told_to + within

    def to_json(self) -> str:
        """Text that `from_json` reads back to an equal value."""
        return json.dumps(asdict(self), default=lambda d: d.isoformat())

    @classmethod
    def from_json(cls, text: str) -> "Conversation":
        """The conversation that `to_json` wrote; empty text is a new one."""
        if not text:
            return cls()
        known = {f.name for f in fields(cls)}
        raw = {name: value for name, value in json.loads(text).items() if name in known}
        raw["step"] = Step(raw["step"])
        for key in _TIMES:
            raw[key] = datetime.fromisoformat(raw[key]) if raw.get(key) else None
        raw["lately"] = tuple(map(datetime.fromisoformat, raw.get("lately", ())))
        raw["votes"] = tuple(raw["votes"]) if raw["votes"] else None
        raw["shown"] = tuple((label, data) for label, data in raw.get("shown", ()))
        raw["helped"] = tuple(raw.get("helped", ("", "")))
        return cls(**raw)


_TIMES = (
    "told_from", "told_to", "asked_at", "erase_asked_at", "hushed_until", "reminded_at",
    "shown_at",
)  # fmt: skip
