"""The log of a forum folds into one record, however its lines come."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from planning.forum_counts import counted
from planning.forum_lines import ForumLine, Said, last_strikable, poll_open_at
from planning.forum_record import Attendance, ForumRecord, Votes, record
from planning.forums import AgendaItem, Outcome, Way
from planning.ranking import ScoreParts
from planning.taxonomy import Pillar
from tests.planning.samples import NOW

ITEMS = tuple(
    AgendaItem(
        number=n, issue_code=f"IS-{n}", line=f"เรื่องที่ {n}", pillar=Pillar.INFRASTRUCTURE, category="road",
        place="", people=1, reports=1, supporters=0,
        score=ScoreParts(size=1, severity=0, age=0, evidence=0),
    )
    for n in (1, 2, 3)
)  # fmt: skip


def at(minute: float) -> datetime:
    return NOW + timedelta(minutes=minute)


def line(said: Said, minute: float, item: int | None = None, **content: Any) -> ForumLine:
    """One line said at that minute; its key is its content and time."""
    key = content.pop("key_", f"{said}:{minute}:{item}:{sorted(content.items())}")
    return ForumLine(
        id=0, forum_id=1, key=key, said=said, said_at=at(minute), heard_at=at(minute),
        item_number=item, actor_id=7, content=content,
    )  # fmt: skip


def fold(*lines: ForumLine) -> ForumRecord:
    return record(1, lines, ITEMS)


def test_a_meeting_from_its_beginning_to_its_end() -> None:
    kept = fold(
        line(Said.BEGIN, 0),
        line(Said.ATTENDANCE, 1, people=42, households=30),
        line(Said.OFFICE, 2, recorder="นางสาวเอ"),
        line(Said.OPEN_ITEM, 3, 1),
        line(Said.VOTES, 4, 1, **{"for": 40, "against": 1, "abstained": 1}),
        line(Said.RESOLVE, 4, 1, outcome="approved", way="ourselves"),
        line(Said.AMEND, 5, 2, line="ถนนทั้งสาย"),
        line(Said.RESOLVE, 6, 2, outcome="postponed", reason="รอแบบ", returns_on="2021-06-01"),
        line(Said.NOTE, 7, 2, text="ขอให้ช่างมาดู"),
        line(Said.NOTE, 8, text="ขอบคุณที่มา"),
        line(Said.RESOLVE, 8, 9, outcome="approved"),
        line(Said.END, 9),
    )
    assert (kept.began_at, kept.ended_at, kept.open_item) == (at(0), at(9), 1)
    assert kept.attendance == Attendance(people=42, households=30)
    assert (kept.recorder, kept.notes, kept.corrections) == ("นางสาวเอ", ("ขอบคุณที่มา",), 0)
    first, second, third = kept.items
    assert first.votes == Votes(for_it=40, against=1, abstained=1)
    assert (first.outcome, first.way, first.settled) == (Outcome.APPROVED, Way.OURSELVES, True)
    assert (second.line, second.notes, second.reason) == ("ถนนทั้งสาย", ("ขอให้ช่างมาดู",), "รอแบบ")
    assert (second.returns_on, second.way, second.settled) == (date(2021, 6, 1), None, True)
    assert third.outcome is None and not third.settled


def test_what_is_said_anew_counts_as_a_correction() -> None:
    first = line(Said.RESOLVE, 1, 1, outcome="approved")
    way = line(Said.RESOLVE, 2, 1, outcome="approved", way="together")
    assert fold(first).items[0].settled is False
    assert fold(first, way).corrections == 0
    other = line(Said.RESOLVE, 3, 1, outcome="rejected", reason="แพงไป")
    kept = fold(first, way, other)
    assert (kept.items[0].outcome, kept.items[0].way, kept.corrections) == (
        Outcome.REJECTED,
        None,
        1,
    )
    votes = line(Said.VOTES, 1, 2, **{"for": 12, "against": 3})
    again = line(Said.VOTES, 5, 2, **{"for": 13, "against": 3})
    assert fold(votes, replace(votes, key="pressed twice")).corrections == 0
    assert fold(votes, again).corrections == 1


def test_a_struck_line_never_was() -> None:
    votes = line(Said.VOTES, 1, 1, **{"for": 12, "against": 3})
    wrong = line(Said.RESOLVE, 2, 1, outcome="approved", way="together")
    last = line(Said.STRIKE, 3)
    kept = fold(votes, wrong, last)
    assert (kept.items[0].outcome, kept.items[0].votes) == (None, Votes(for_it=12, against=3))
    assert kept.corrections == 1
    assert last_strikable([votes, wrong]) == wrong
    assert last_strikable([votes, wrong, last]) == votes
    assert fold(votes, wrong, last, line(Said.STRIKE, 4)).items[0].votes is None
    assert fold(line(Said.STRIKE, 0), votes).items[0].votes
    assert fold(votes, line(Said.STRIKE, 9, key=votes.key)).items[0].votes is None
    assert fold(votes, line(Said.STRIKE, 9, key="of nothing")).corrections == 0


def test_times_can_be_set_right_and_a_meeting_goes_on() -> None:
    begin, end = line(Said.BEGIN, 0), line(Said.END, 60)
    assert fold(begin, end, line(Said.END, 63)).ended_at == at(60)
    assert fold(begin, end, line(Said.BEGIN, 61)).ended_at is None
    assert fold(begin, end, line(Said.BEGIN, 61), line(Said.END, 90)).ended_at == at(90)
    set_right = line(Said.END, 70, at=at(50).isoformat())
    assert fold(begin, end, set_right).ended_at == at(50)
    began = line(Said.BEGIN, 71, at=at(-5).isoformat())
    assert fold(begin, end, began).began_at == at(-5)
    assert fold(begin, end, began).ended_at == at(60)


def poll(*ballots: ForumLine, by: str = "person") -> Votes | None:
    opened, closed = line(Said.OPEN_POLL, 10, 1, by=by), line(Said.CLOSE_POLL, 20, 1)
    return fold(opened, closed, *ballots).items[0].votes


def ballot(minute: float, comer: str, choice: str, household: str = "") -> ForumLine:
    return line(Said.BALLOT, minute, 1, comer=comer, choice=choice, household=household)


def test_a_voters_last_word_within_the_poll_counts() -> None:
    votes = poll(
        ballot(9, "ก", "against"),
        ballot(12, "ก", "for"),
        ballot(13, "ข", "for"),
        ballot(14, "ข", "against"),
        ballot(15, "ค", "abstain"),
        ballot(21, "ค", "for"),
        ballot(16, "ง", "nonsense"),
    )
    assert votes == Votes(for_it=1, against=1, abstained=1, polled=True)


def test_what_is_said_here_is_of_the_item_talked_of_then() -> None:
    first, second = line(Said.OPEN_ITEM, 1, 1), line(Said.OPEN_ITEM, 5, 2)
    votes = line(Said.VOTES, 3, here=True, **{"for": 9, "against": 1})
    note = line(Said.NOTE, 6, here=True, text="ฝากช่าง")
    early = line(Said.NOTE, 0.5, here=True, text="ก่อนเริ่มข้อ")
    kept = fold(first, second, votes, note, early)
    assert (kept.items[0].votes, kept.items[1].votes) == (Votes(for_it=9, against=1), None)
    assert (kept.items[1].notes, kept.notes) == (("ฝากช่าง",), ("ก่อนเริ่มข้อ",))
    assert fold(first, line(Said.BEGIN, 2)).open_item is None
    assert not fold(first).begun and fold(votes, first).begun


def test_only_what_has_begun_can_end_and_both_can_be_taken_back() -> None:
    begin, end = line(Said.BEGIN, 5), line(Said.END, 60)
    assert fold(line(Said.END, 1)).ended_at is None
    assert fold(line(Said.END, 1), line(Said.RESOLVE, 5, 1, outcome="rejected")).ended_at is None
    assert fold(begin, end, line(Said.STRIKE, 61)).ended_at is None
    assert not fold(begin, line(Said.STRIKE, 6)).begun


def test_of_a_household_who_voted_first_has_the_vote() -> None:
    ballots = (
        ballot(12, "พ่อ", "for", "บ้าน1"),
        ballot(13, "แม่", "against", "บ้าน1"),
        ballot(14, "ลุง", "against", "บ้าน2"),
        ballot(15, "พ่อ", "abstain", "บ้าน1"),
    )
    assert poll(*ballots, by="household") == Votes(for_it=0, against=1, abstained=1, polled=True)
    assert poll(*ballots) == Votes(for_it=0, against=2, abstained=1, polled=True)


def test_a_ballot_belongs_to_the_poll_open_when_it_was_cast() -> None:
    first, closed, again = (
        line(Said.OPEN_POLL, 10, 1),
        line(Said.CLOSE_POLL, 20, 1),
        line(Said.OPEN_POLL, 30, 1),
    )
    log = [again, first, closed, line(Said.END, 40)]
    opened = [poll_open_at(log, 1, at(minute)) for minute in (5, 10, 19, 25, 30, 45)]
    assert opened == [None, first, first, None, again, None]
    assert poll_open_at(log, 2, at(15)) is None


def test_hands_counted_after_a_poll_stand_and_a_new_poll_begins_anew() -> None:
    opened = line(Said.OPEN_POLL, 1, 1)
    yes = ballot(2, "ก", "for")
    hands = line(Said.VOTES, 3, 1, **{"for": 9, "against": 0})
    assert fold(opened, yes).items[0].polling
    assert fold(opened, yes, hands).items[0].votes == Votes(for_it=9, against=0)
    assert not fold(opened, yes, line(Said.END, 5)).items[0].polling
    again = line(Said.OPEN_POLL, 4, 1)
    assert fold(opened, yes, hands, again).items[0].votes == Votes(for_it=0, against=0, polled=True)


NUMBERS = st.integers(0, 50)
ITEM = st.sampled_from([1, 2, 3, 4, None])
WHO = st.sampled_from("กขคง")
HOUSE = st.sampled_from(["", "บ้าน1", "บ้าน2"])
CONTENT: dict[Said, st.SearchStrategy[dict[str, Any]]] = {
    Said.BEGIN: st.just({}) | st.just({"at": at(3).isoformat()}),
    Said.END: st.just({}) | st.just({"at": at(4).isoformat()}),
    Said.ATTENDANCE: st.fixed_dictionaries({"people": NUMBERS}, optional={"households": NUMBERS}),
    Said.OFFICE: st.fixed_dictionaries({}, optional={"chair": WHO, "recorder": WHO}),
    Said.CHECK_IN: st.fixed_dictionaries({"comer": WHO, "household": HOUSE}),
    Said.VOTES: st.fixed_dictionaries(
        {"for": NUMBERS, "against": NUMBERS}, optional={"here": st.booleans()}
    ),
    Said.OPEN_POLL: st.fixed_dictionaries({"by": st.sampled_from(["person", "household"])}),
    Said.BALLOT: st.fixed_dictionaries(
        {"comer": WHO, "household": HOUSE, "choice": st.sampled_from(["for", "against", "abstain"])}
    ),
    Said.RESOLVE: st.fixed_dictionaries(
        {"outcome": st.sampled_from(list(Outcome))},
        optional={"way": st.sampled_from(list(Way)), "reason": st.sampled_from(["แพง", "รอ"])},
    ),
    Said.AMEND: st.fixed_dictionaries({"line": st.sampled_from(["", "ถนนทั้งสาย"])}),
    Said.NOTE: st.fixed_dictionaries({"text": st.text(max_size=3)}),
    Said.STRIKE: st.just({}) | st.fixed_dictionaries({"key": st.sampled_from(["k1", "k2", "k9"])}),
}


@st.composite
def logs(draw: st.DrawFn) -> list[ForumLine]:
    """Lines of any kind and time, some of one moment; each has a key of its own."""
    said = draw(st.lists(st.sampled_from(list(Said)), max_size=14))
    return [
        replace(
            line(kind, draw(st.integers(0, 9)), draw(ITEM), **draw(CONTENT.get(kind, st.just({})))),
            key=f"k{number}",
        )
        for number, kind in enumerate(said)
    ]


@given(logs(), st.randoms(), st.data())
def test_any_order_and_doubling_gives_the_same_record(
    said: list[ForumLine], chance: Any, data: st.DataObject
) -> None:
    twice: Sequence[ForumLine] = data.draw(st.lists(st.sampled_from(said))) if said else []
    come = [*said, *twice]
    chance.shuffle(come)
    late = [replace(x, id=n, heard_at=at(100 + n)) for n, x in enumerate(come)]
    assert fold(*late) == fold(*said)


@given(logs())
def test_counts_stand_for_check_ins_and_ballots(said: list[ForumLine]) -> None:
    personal = (Said.CHECK_IN, Said.BALLOT)
    others = [x for x in said if x.said not in personal]
    left = counted(1, said, ITEMS)
    assert fold(*others, *left) == fold(*said)
    assert all("comer" not in x.content for x in left)
    assert counted(1, [*others, *left], ITEMS) == left
