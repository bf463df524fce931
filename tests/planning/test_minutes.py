"""Minutes are made from a frozen agenda and a record, without what may not be printed."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from planning.forum_record import Attendance, ForumRecord, ItemRecord, Votes
from planning.forums import AgendaItem, AgendaVersion, CarriedOver, Forum, ForumState, Outcome, Way
from planning.issues import IssueState
from planning.minutes import MinutesContent, minutes_hash, write_minutes
from planning.ranking import ScoreParts
from planning.taxonomy import Pillar
from tests.planning.samples import NOW, content

ITEMS = tuple(
    AgendaItem(
        number=n, issue_code=f"IS-{n}", line=f"เรื่องที่ {n}", pillar=Pillar.INFRASTRUCTURE, category="road",
        place=f"จุด {n}", people=n, reports=n, supporters=0,
        score=ScoreParts(size=1, severity=0, age=0, evidence=0),
    )
    for n in (1, 2, 3)
)  # fmt: skip
VERSION = AgendaVersion(
    id=1, code="AG-A", forum_id=1, version=2, frozen_at=NOW, sha256="0" * 64,
    content=content(
        items=ITEMS,
        carried_over=(
            CarriedOver(issue_code="IS-8", line="ท่อ", forum_number="1/2563", state=IssueState.DONE),
            CarriedOver(issue_code="IS-9", line="ไฟ", forum_number="1/2563", state=IssueState.DONE),
        ),
    ),
)  # fmt: skip
FORUM = Forum(
    id=1, code="FM-A", village_code="20040301", number=1, year_be=2564, state=ForumState.ENDED,
    held_on=date(2021, 3, 9), held_at="8.30 น.", place="ศาลากลางบ้าน",
)  # fmt: skip
RECORD = ForumRecord(
    forum_id=1, began_at=NOW, ended_at=NOW + timedelta(hours=3),
    attendance=Attendance(people=40, households=30), notes=("บันทึกท้าย",),
    items=(
        ItemRecord(
            number=1, line="เรื่องที่ 1 แก้แล้ว", votes=Votes(for_it=30, against=2),
            outcome=Outcome.APPROVED, way=Way.OURSELVES, notes=("ความเห็น",),
        ),
        ItemRecord(number=2, outcome=Outcome.REJECTED, reason="ไม่มีที่"),
    ),
)  # fmt: skip


def as_said(text: str) -> str | None:
    return text


def made(
    record: ForumRecord = RECORD, forum: Forum = FORUM, secret: tuple[str, ...] = (), **changes: Any
) -> MinutesContent:
    return write_minutes(forum, replace(VERSION, **changes), record, secret, as_said)


def test_what_was_decided_stands_beside_what_the_agenda_said() -> None:
    first, second, third = made().items
    assert (first.line, first.amended, first.item.line) == ("เรื่องที่ 1 แก้แล้ว", True, "เรื่องที่ 1")
    assert (first.outcome, first.way, first.notes) == (
        Outcome.APPROVED,
        Way.OURSELVES,
        ("ความเห็น",),
    )
    assert (second.outcome, second.reason, second.amended) == (Outcome.REJECTED, "ไม่มีที่", False)
    assert (third.outcome, third.line) == (None, "เรื่องที่ 3")
    assert made().head.items == ()


def test_day_and_place_are_those_of_the_forum_not_of_the_frozen_agenda() -> None:
    moved = replace(FORUM, held_on=date(2021, 3, 9), place="วัด")
    assert (made(forum=moved).head.held_on, made(forum=moved).head.place) == (
        date(2021, 3, 9),
        "วัด",
    )
    assert made(forum=replace(FORUM, held_on=None)).head.held_on == date(2021, 3, 9)


def test_times_of_another_day_are_left_blank() -> None:
    later = replace(FORUM, held_on=date(2021, 3, 10))
    assert (made().began_at, made().ended_at) == (NOW, NOW + timedelta(hours=3))
    assert (made(forum=later).began_at, made(forum=later).ended_at) == (None, None)
    at_night = replace(RECORD, began_at=datetime(2021, 3, 8, 17, 30, tzinfo=UTC))
    assert made(at_night).began_at == at_night.began_at  # half past midnight of the ninth there


def test_what_became_confidential_is_withheld() -> None:
    told = made(secret=("IS-1", "IS-9"))
    assert told.items[0].withheld
    printed = repr((told.items[0], told.items[0].item, told.head.carried_over))
    for words in ("เรื่องที่ 1", "จุด 1", "ความเห็น", "ไฟ"):
        assert words not in printed
        assert words in repr((made().items[0], made().items[0].item, made().head.carried_over))
    assert [c.issue_code for c in told.head.carried_over] == ["IS-8"]


def test_words_that_may_not_be_printed_are_left_out_and_counted() -> None:
    def shown(text: str) -> str | None:
        return None if "ความเห็น" in text or "แก้แล้ว" in text else text.replace("ไม่มีที่", "-")

    told = write_minutes(FORUM, VERSION, RECORD, (), shown)
    assert told.left_out == 2
    assert (told.items[0].line, told.items[0].amended) == ("เรื่องที่ 1", False)
    assert told.items[0].notes == ()
    assert told.items[1].reason == "-"
    assert told.notes == ("บันทึกท้าย",)


@given(
    st.sampled_from(["people", "line", "chair", "adopted", "began"]),
    st.sampled_from(["", "เอ", "บี"]),
)
def test_the_hash_tells_contents_apart(part: str, words: str) -> None:
    changes: dict[str, Any] = {
        "people": {"attendance": Attendance(people=41)},
        "line": {"items": (replace(RECORD.items[0], line=f"อื่น {words}"),)},
        "chair": {"chair": f"นาย{words}"},
        "adopted": {"adopted": words},
        "began": {"began_at": NOW + timedelta(minutes=1)},
    }
    other = made(replace(RECORD, **changes[part]))
    assert minutes_hash(other) != minutes_hash(made())
    assert minutes_hash(other) == minutes_hash(made(replace(RECORD, **changes[part])))
