"""Whatever is merged, split, undone and contradicted in chat, in any order: nothing is lost or doubled."""

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.messages import MessageKind
from planning.desk import DeskAction, in_force, last_act
from planning.errors import NotFound
from planning.issues import IssueStanding, IssueState
from planning.roles import Role
from storage.unit import UnitOfWork
from tests.handlers.stage import Stage, open_stage

VILLAGE = "97010101"
EXAMPLES = 6
TOLD = (
    ("ยายแดง", "ถนนหน้าวัดสว่างอารมณ์เป็นหลุมใหญ่มาก"),
    ("น้าศรี", "ไฟทางซอย 2 ดับมืดมาก"),
    ("ลุงคำ", "ขยะล้นถังเหม็นมากหน้าร้านป้าสมหมาย"),
)
Move = tuple[str, int, int]
moves = st.lists(
    st.tuples(
        st.sampled_from("merge merge split undo undo apart support".split()),
        st.integers(0, 5),
        st.integers(0, 5),
    ),
    min_size=2,
    max_size=6,
)
Standing = dict[str, tuple[IssueState, int, int, int]]


async def press(stage: Stage, who: str, data: str) -> None:
    await stage.say(who, kind=MessageKind.BUTTON, button=data)


async def every(uow: UnitOfWork) -> list[IssueStanding]:
    """All matters there are, merged ones among them, in the order they were opened here."""
    found: list[IssueStanding] = []
    while True:
        try:
            found.append(await uow.issues.standing(len(found) + 1))
        except NotFound:
            return found


async def look(stage: Stage) -> Standing:
    async with stage.database.read() as uow:
        return {
            s.issue.code: (s.issue.state, s.people, s.reports, s.supporters)
            for s in await every(uow)
        }


async def play(stage: Stage, move: Move) -> None:
    kind, one, other = move
    async with stage.database.read() as uow:
        found = await every(uow)
        issues, behind = [s.issue for s in found], {s.issue.id: s.reports for s in found}
        at, to = issues[one % len(issues)], issues[other % len(issues)]
        last = last_act(await uow.desk.of_issue(at.id), at.id)
        merges = [
            e for i in issues for e in in_force(await uow.desk.of_issue(i.id))
            if e.action is DeskAction.MERGE
        ]  # fmt: skip
    if kind == "merge":
        await press(stage, "ผู้ใหญ่", f"dk:merge:{at.code}:{to.code}")
    elif kind == "split":
        await press(stage, "ผู้ใหญ่", f"dk:split:{at.code}:{1 + other % 3}:{behind[at.id]}")
    elif kind == "undo" and last:
        await press(stage, "ผู้ใหญ่", f"dk:undo:{at.code}:{last.id}")
    elif kind == "apart" and merges:
        who = TOLD[other % len(TOLD)][0]
        await press(stage, who, f"notsame:{merges[one % len(merges)].id}")
    elif kind == "support":
        await press(stage, TOLD[other % len(TOLD)][0], f"me:{at.code}")


async def holds(said: list[Move]) -> None:
    with TemporaryDirectory() as folder:
        async with open_stage(Path(folder)) as stage:
            await stage.invite("ผู้ใหญ่", Role.HEAD, VILLAGE)
            for who, text in TOLD:
                await stage.join(who)
                await stage.say(who, text)
            first = await look(stage)
            assert len(first) == len(TOLD)
            said_apart = False
            for move in said:
                await play(stage, move)
                said_apart |= move[0] in ("apart", "support")
                now = await look(stage)
                assert sum(reports for _, _, reports, _ in now.values()) == len(TOLD)
                for state, people, _, backed in now.values():
                    assert (state is IssueState.MERGED) == (people + backed == 0)
            await undo_all(stage)
            last = await look(stage)
            if not said_apart:
                assert {code: last[code] for code in first} == first
                new = {code: found for code, found in last.items() if code not in first}
                assert all(found == (IssueState.MERGED, 0, 0, 0) for found in new.values())


async def undo_all(stage: Stage) -> None:
    """Press «undo» until there is nothing left to undo."""
    for _ in range(30):
        async with stage.database.read() as uow:
            found = [
                (s.issue.code, act)
                for s in await every(uow)
                if (act := last_act(await uow.desk.of_issue(s.issue.id), s.issue.id))
            ]
        if not found:
            return
        code, act = max(found, key=lambda f: f[1].id)
        await press(stage, "ผู้ใหญ่", f"dk:undo:{code}:{act.id}")
    raise AssertionError("it does not end")


def test_nothing_is_lost_or_doubled() -> None:
    with asyncio.Runner() as runner:

        @settings(max_examples=EXAMPLES, deadline=None)
        @given(moves)
        def whatever(said: list[Move]) -> None:
            runner.run(holds(said))

        whatever()
