"""Merging, splitting, linking and undoing in any order: nothing is lost, and undone is never done."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planning.desk import (
    Backing,
    DeskAction,
    DeskEvent,
    Places,
    Worded,
    beneath,
    in_force,
    last_act,
    places,
    worded,
)
from planning.issues import LinkAction, LinkedBy, LinkEvent, present_links

AT = datetime(2026, 11, 2, 2, 0, tzinfo=UTC)
REPORTS, ISSUES, PEOPLE = 6, 4, 3
Command = tuple[str, int, int, frozenset[int]]
commands = st.lists(
    st.tuples(
        st.sampled_from("link unlink merge split undo support".split()),
        st.integers(0, 9),
        st.integers(0, 9),
        st.frozensets(st.integers(0, REPORTS - 1), max_size=3),
    ),
    max_size=25,
)


@dataclass
class World:
    """Both logs as they are written, and what was said of support."""

    log: list[LinkEvent] = field(default_factory=list)
    events: list[DeskEvent] = field(default_factory=list)
    backings: dict[tuple[int, int], datetime] = field(default_factory=dict)
    issues: int = ISSUES
    steps: int = 0

    @property
    def links(self) -> dict[int, int]:
        return present_links(self.log)

    def now(self) -> datetime:
        return AT + timedelta(minutes=self.steps)

    def places(self) -> Places:
        backed = [Backing(said_of=s, person_id=p, since=a) for (s, p), a in self.backings.items()]
        return places(enumerate(self.log, start=1), backed, self.events)

    def write(self, report: int, issue: int, action: LinkAction, desk: int | None = None) -> None:
        by = LinkedBy.HEAD if desk else LinkedBy.REPORTER
        self.log.append(
            LinkEvent(report_id=report, issue_id=issue, action=action, by=by, at=AT, desk_id=desk)
        )

    def act(self, issue: int, action: DeskAction, **more: object) -> None:
        event = DeskEvent(
            id=len(self.events) + 1, issue_id=issue, action=action, at=self.now(),
            after_link=len(self.log), **more,  # type: ignore[arg-type]
        )  # fmt: skip
        self.events.append(event)
        before, wanted = self.links, self.places().reports
        for report in sorted({*before, *wanted}):
            there, to = before.get(report), wanted.get(report)
            if there != to and there is not None:
                self.write(report, there, LinkAction.UNLINK, event.id)
            if there != to and to is not None:
                self.write(report, to, LinkAction.LINK, event.id)


def play(world: World, command: Command) -> None:
    kind, one, other, some = command
    world.steps += 1
    report, issue, to = one % REPORTS, one % world.issues, other % world.issues
    if kind == "link":
        there = world.links.get(report)
        if there is not None:
            world.write(report, there, LinkAction.UNLINK)
        world.write(report, to, LinkAction.LINK)
    elif kind == "unlink":
        world.write(report, to, LinkAction.UNLINK)
    elif kind == "merge" and issue != to:
        world.act(issue, DeskAction.MERGE, other_id=to)
    elif kind == "split":
        world.issues += 1
        new = world.issues - 1
        world.act(issue, DeskAction.SPLIT, other_id=new, content={"reports": sorted(some)})
    elif kind == "undo" and (acts := in_force(world.events)):
        undo(world, acts[one % len(acts)])
    elif kind == "support":
        world.backings.setdefault((to, one % PEOPLE), world.now())


def undo(world: World, act: DeskEvent) -> None:
    world.steps += 1
    world.act(act.issue_id, DeskAction.UNDO, undoes=act.id)


def counts(links: dict[int, int]) -> dict[int, int]:
    return {i: sum(at == i for at in links.values()) for i in set(links.values())}


@settings(max_examples=200)
@given(commands)
def test_the_kept_links_are_the_log_played_again(said: list[Command]) -> None:
    world = World()
    for report in range(REPORTS):
        world.write(report, report % ISSUES, LinkAction.LINK)
    for command in said:
        before = len(world.links)
        play(world, command)
        assert world.places().reports == world.links
        assert command[0] in ("link", "unlink") or len(world.links) == before


@settings(max_examples=200)
@given(commands, st.randoms(use_true_random=False))
def test_undoing_all_in_any_order_leaves_what_others_said(
    said: list[Command], dice: object
) -> None:
    world, plain = World(), World()
    for report in range(REPORTS):
        world.write(report, report % ISSUES, LinkAction.LINK)
        plain.write(report, report % ISSUES, LinkAction.LINK)
    for command in said:
        written = len(world.log)
        play(world, command)
        if command[0] in ("link", "unlink"):
            _say_alike(plain, world.log[written:], said_to=world)
    acts = list(in_force(world.events))
    dice.shuffle(acts)  # type: ignore[attr-defined]
    for act in acts:
        undo(world, act)
    assert world.links == plain.links
    assert counts(world.links) == counts(plain.links)
    found = world.places().backings
    assert found == {key: key[0] for key in world.backings}


def _say_alike(plain: World, said: Sequence[LinkEvent], said_to: World) -> None:
    """Tell the world without a desk the same: a link to a matter, or standing behind none any more."""
    for event in said:
        there = plain.links.get(event.report_id)
        if event.action is LinkAction.LINK:
            plain.write(event.report_id, event.issue_id, LinkAction.LINK)
        elif event.report_id not in said_to.links and there is not None:
            plain.write(event.report_id, there, LinkAction.UNLINK)


@settings(max_examples=200)
@given(commands, st.integers(0, 9), st.integers(0, 9))
def test_done_and_undone_at_once_changes_nothing(said: list[Command], one: int, to: int) -> None:
    world = World()
    for report in range(REPORTS):
        world.write(report, report % ISSUES, LinkAction.LINK)
    for command in said:
        play(world, command)
    before, stood = world.links, world.places().backings
    for kind in ("merge", "split"):
        acts = len(world.events)
        play(world, (kind, one, to, frozenset({0, 1, 2})))
        if len(world.events) > acts:
            undo(world, world.events[acts])
        assert world.links == before
        assert world.places().backings == stood


def told_world() -> World:
    """Two tellings of matter 1, one of matter 2."""
    world = World()
    for report, issue in ((1, 1), (2, 1), (3, 2)):
        world.write(report, issue, LinkAction.LINK)
    return world


def test_what_came_later_stays_with_the_matter_it_joined() -> None:
    world = told_world()
    world.act(1, DeskAction.MERGE, other_id=2)
    world.write(4, 2, LinkAction.LINK)
    undo(world, world.events[0])
    assert world.links == {1: 1, 2: 1, 3: 2, 4: 2}


def test_who_said_it_is_another_matter_stays_apart() -> None:
    world = told_world()
    world.act(1, DeskAction.MERGE, other_id=2)
    world.write(1, 2, LinkAction.UNLINK)
    world.write(1, 1, LinkAction.LINK)
    assert world.links == {1: 1, 2: 2, 3: 2}
    undo(world, world.events[0])
    assert world.links == {1: 1, 2: 1, 3: 2}


def test_who_took_it_back_meanwhile_does_not_come_again() -> None:
    world = told_world()
    world.act(1, DeskAction.MERGE, other_id=2)
    world.write(1, 2, LinkAction.UNLINK)
    undo(world, world.events[0])
    assert world.links == {2: 1, 3: 2}


def test_an_earlier_merge_is_undone_under_a_later_one() -> None:
    world = told_world()
    world.write(5, 3, LinkAction.LINK)
    world.act(1, DeskAction.MERGE, other_id=2)
    world.act(2, DeskAction.MERGE, other_id=3)
    undo(world, world.events[0])
    assert world.links == {1: 1, 2: 1, 3: 3, 5: 3}
    undo(world, world.events[1])
    assert world.links == {1: 1, 2: 1, 3: 2, 5: 3}


def test_support_said_after_a_merge_is_not_taken_along() -> None:
    world = told_world()
    world.backings[1, 7] = AT
    world.steps = 5
    world.act(1, DeskAction.MERGE, other_id=2)
    world.backings[1, 8] = AT + timedelta(minutes=9)
    assert world.places().backings == {(1, 7): 2, (1, 8): 1}


def change(number: int, action: DeskAction, before: str, after: str) -> DeskEvent:
    content = {"before": before, "after": after}
    return DeskEvent(id=number, issue_id=1, action=action, at=AT, content=content)


def refreshed(number: int, line: str) -> DeskEvent:
    content = {"neutral_line": line}
    return DeskEvent(id=number, issue_id=1, action=DeskAction.REFRESH, at=AT, content=content)


def taken_back(number: int, what: int) -> DeskEvent:
    return DeskEvent(id=number, issue_id=1, action=DeskAction.UNDO, at=AT, undoes=what)


ONE = change(1, DeskAction.REWORD, "machine", "head")
TWO = change(2, DeskAction.REWORD, "head", "again")


@pytest.mark.parametrize(
    ("events", "says"),
    [
        ([], Worded(held=False)),
        ([ONE], Worded(held=True, value="head")),
        ([ONE, TWO], Worded(held=True, value="again")),
        ([ONE, TWO, taken_back(3, 2)], Worded(held=True, value="head")),
        ([ONE, TWO, taken_back(3, 1)], Worded(held=True, value="again")),
        ([ONE, TWO, taken_back(3, 1), taken_back(4, 2)], Worded(held=False, value="machine")),
        ([ONE, refreshed(2, "newer")], Worded(held=True, value="head")),
        ([ONE, refreshed(2, "newer"), taken_back(3, 1)], Worded(held=False, value="newer")),
        (
            [ONE, taken_back(2, 1), change(3, DeskAction.REWORD, "other", "head"), taken_back(4, 3)],
            Worded(held=False, value="other"),
        ),
    ],
)  # fmt: skip
def test_a_line_is_the_last_word_in_force(events: list[DeskEvent], says: Worded) -> None:
    assert worded(events, 1, "neutral_line") == says
    assert worded(events, 1, "category") == Worded(held=False)
    assert worded(events, 2, "neutral_line") == Worded(held=False)


def test_beneath_a_word_stands_what_the_machine_says() -> None:
    assert beneath([], 1, "neutral_line") is None
    assert beneath([ONE, TWO], 1, "neutral_line") == "machine"
    assert beneath([ONE, refreshed(2, "newer"), TWO], 1, "neutral_line") == "newer"


def test_undo_takes_back_the_last_act_in_force() -> None:
    assert last_act([ONE, TWO], 1) == TWO
    assert last_act([ONE, TWO, taken_back(3, 2)], 1) == ONE
    assert last_act([ONE, TWO, taken_back(3, 2), taken_back(4, 1)], 1) is None
    merged = DeskEvent(id=5, issue_id=4, action=DeskAction.MERGE, at=AT, other_id=1)
    assert last_act([ONE, refreshed(2, "x"), merged], 1) == merged
    assert last_act([ONE], 4) is None


def test_words_do_not_show_in_a_repr() -> None:
    assert "สมชาย" not in repr(change(1, DeskAction.REWORD, "นายสมชาย", "นายสมชาย"))
    assert "สมชาย" not in repr(Worded(held=True, value="นายสมชาย"))
