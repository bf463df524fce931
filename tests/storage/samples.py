"""Small valid values to keep, each differing only where a test says so."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from planning.areas import AreaKind, Landmark, Village
from planning.codes import new_code, new_tracking_code
from planning.forums import AgendaContent, AgendaVersion, Forum, ForumState, content_hash
from planning.issues import Issue, IssueState, LinkAction, LinkedBy, LinkEvent
from planning.reports import Channel, Kind, Report, ReportState
from storage.unit import UnitOfWork
from storage.values import NewInboxItem, NewOutboxItem

NOW = datetime(2021, 3, 9, 1, 30, 0, 123456, tzinfo=UTC)
VILLAGE = "20040101"
OTHER = "20040102"


def after(seconds: float) -> datetime:
    """The clock `seconds` later."""
    return NOW + timedelta(seconds=seconds)


def village(code: str = VILLAGE, **changed: Any) -> Village:
    made = Village(
        code=code,
        name=f"บ้านหนองสมมุติ {code[-2:]}",
        kind=AreaKind.VILLAGE,
        moo=int(code[6:8]),
        tambon="สมมุติ",
        district="สมมุติใหญ่",
        province="ชลบุรี",
        region="east",
        lat=12.9,
        lon=100.9,
        households=122,
        landmarks=(
            Landmark(name="วัดหนองสมมุติ", lat=12.9001, lon=100.9002),
            Landmark(name="ศาลากลางบ้าน", lat=12.9003, lon=100.9004),
        ),
    )
    return replace(made, **changed)


def report(person_id: int, **changed: Any) -> Report:
    made = Report(
        id=0,
        tracking_code=new_tracking_code(),
        person_id=person_id,
        channel=Channel.LINE,
        village_code=VILLAGE,
        state=ReportState.LINKED,
        first_told_at=NOW,
        last_told_at=NOW,
        text="ถนนหน้าวัดเป็นหลุม โทร 0812345678",
        masked_text="ถนนหน้าวัดเป็นหลุม โทร ●●●",
        category="road",
        category_score=0.875,
        kind=Kind.PROBLEM,
        confidential=False,
        emergency=False,
    )
    return replace(made, **changed)


def issue(**changed: Any) -> Issue:
    made = Issue(
        id=0,
        code=new_code("issue"),
        village_code=VILLAGE,
        category="road",
        kind=Kind.PROBLEM,
        neutral_line="ซ่อมแซมถนนหน้าวัด",
        place="หน้าวัด",
        position=None,
        state=IssueState.NOTED,
        confidential=False,
        emergency=False,
        opened_at=NOW,
        last_told_at=NOW,
    )
    return replace(made, **changed)


def link(report_id: int, issue_id: int, action: LinkAction = LinkAction.LINK) -> LinkEvent:
    return LinkEvent(
        report_id=report_id, issue_id=issue_id, action=action, by=LinkedBy.MACHINE, at=NOW
    )


def forum(**changed: Any) -> Forum:
    made = Forum(
        id=0,
        code=new_code("forum"),
        village_code=VILLAGE,
        number=1,
        year_be=2564,
        state=ForumState.PREPARING,
        held_on=date(2021, 3, 20),
        held_at="09.00",
        place="ศาลากลางบ้าน",
    )
    return replace(made, **changed)


def agenda_version(of: Forum, content: AgendaContent, version: int = 1) -> AgendaVersion:
    return AgendaVersion(
        id=0,
        code=new_code("agenda"),
        forum_id=of.id,
        version=version,
        frozen_at=NOW,
        sha256=content_hash(content),
        content=content,
    )


def empty_agenda(of: Forum) -> AgendaContent:
    return AgendaContent(
        forum_code=of.code,
        village_code=of.village_code,
        village_name="บ้านหนองสมมุติ",
        moo=1,
        tambon="สมมุติ",
        district="สมมุติใหญ่",
        province="ชลบุรี",
        households=None,
        forum_number=of.number,
        year_be=of.year_be,
        held_on=None,
        held_at="",
        place="",
        items=(),
    )


def event(event_id: str, sender: str = "U1", at: float = 0, **changed: Any) -> NewInboxItem:
    made = NewInboxItem(
        channel=Channel.LINE,
        event_id=event_id,
        sender=sender,
        sent_at=after(at),
        received_at=after(at),
        immediate=False,
        payload='{"text": "ถนนพัง"}',
    )
    return replace(made, **changed)


def message(dedupe_key: str, lane: str = "C1", **changed: Any) -> NewOutboxItem:
    made = NewOutboxItem(
        channel=Channel.LINE,
        lane_id=lane,
        chat_id=lane,
        reply_handle="token",
        reply_until=after(50),
        payload='[{"text": "ขอบคุณค่ะ"}]',
        dedupe_key=dedupe_key,
    )
    return replace(made, **changed)


async def with_person(unit: UnitOfWork, user_id: str = "U1") -> int:
    """A village and a person in it, kept; the person's id."""
    await unit.areas.put_villages([village(), village(OTHER)])
    person = await unit.people.find_or_create(Channel.LINE, user_id, f"chat-{user_id}", NOW)
    await unit.people.set_village(person.id, VILLAGE)
    return person.id
