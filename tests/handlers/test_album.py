"""Media of reports: places from photos, the same photo again, voices heard, what could not be kept."""

from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from bot.documents.maker import OfficialDocuments
from handlers.album import PhotoAlbum
from handlers.messages import MessageKind
from handlers.settings import TurnSettings
from handlers.turn import TurnService
from nlp.reader import ThaiReader
from nlp.values import Candidate, DuplicateMatch, Telling
from planning.reports import Channel, Position, Report
from storage.values import Attachment
from tests.handlers.media_moves import VOICE, develop
from tests.handlers.stage import Stage, open_stage, texts
from tests.pictures import photo

ROAD = "ถนนหน้าวัดสว่างอารมณ์เป็นหลุมลึกมาก"
FAR = (13.75, 100.5)


@pytest.fixture(params=[Channel.LINE, Channel.TELEGRAM])
async def stage(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Stage]:
    async with open_stage(tmp_path, request.param) as made:
        await made.join("ยาย")
        yield made


async def only(stage: Stage, who: str = "ยาย") -> Report:
    async with stage.database.read() as uow:
        person = await uow.people.find(stage.channel, who)
        assert person is not None
        (report,) = await uow.reports.of_person(person.id)
    return report


async def media(stage: Stage, report: Report) -> tuple[Attachment, ...]:
    async with stage.database.read() as uow:
        return await uow.reports.attachments(report.id)


def count_files(folder: Path) -> int:
    return sum(path.is_file() for path in folder.rglob("*"))


async def near(stage: Stage) -> tuple[float, float]:
    """A spot some hundred metres from the village's middle."""
    async with stage.database.read() as uow:
        village = await uow.areas.village("97010101")
    assert village and village.lat is not None and village.lon is not None
    return village.lat + 0.003, village.lon - 0.002


async def test_a_photo_says_where_when_nobody_did(stage: Stage) -> None:
    spot = await near(stage)
    await stage.say("ยาย", "ถนนเป็นหลุมเป็นบ่อหมดแล้ว")
    await stage.say("ยาย", kind=MessageKind.PHOTO)
    await develop(stage, "ยาย", photo(2, spot=spot))
    report = await only(stage)
    assert report.position is not None and report.position_by_photo
    assert (report.position.lat, report.position.lon) == pytest.approx(spot, abs=1e-5)
    async with stage.database.read() as uow:
        assert (await uow.issues.by_id(report.issue_id or 0)).position == report.position
    assert "ตามตำแหน่งในรูป" in texts(await stage.say("ยาย", kind=MessageKind.PHOTO))
    await stage.say("ยาย", kind=MessageKind.LOCATION, spot=(16.2, 104.2))
    report = await only(stage)
    assert (report.position, report.position_by_photo) == (Position(lat=16.2, lon=104.2), False)


async def test_a_photo_from_far_away_or_after_a_shared_place_says_nothing(stage: Stage) -> None:
    await stage.say("ยาย", ROAD, kind=MessageKind.PHOTO)
    await develop(stage, "ยาย", photo(2, spot=FAR))
    assert (await only(stage)).position is None
    await stage.say("ยาย", kind=MessageKind.LOCATION, spot=(16.2, 104.2))
    await stage.say("ยาย", kind=MessageKind.PHOTO)
    await develop(stage, "ยาย", photo(4, spot=await near(stage)))
    report = await only(stage)
    assert (report.position, report.position_by_photo) == (Position(lat=16.2, lon=104.2), False)


async def test_the_same_photo_counts_once_and_another_counts(stage: Stage) -> None:
    await stage.say("ยาย", ROAD, kind=MessageKind.PHOTO)
    await develop(stage, "ยาย", photo(2))
    for sent in (photo(2, quality=40), photo(3)):
        await stage.say("ยาย", kind=MessageKind.PHOTO)
        await develop(stage, "ยาย", sent)
    report = await only(stage)
    assert report.photos == 2
    assert [m.state for m in await media(stage, report)] == ["kept", "same", "kept"]
    assert count_files(stage.files._folder) == 4


async def test_what_cannot_be_opened_does_not_count_and_the_sender_hears(stage: Stage) -> None:
    await stage.say("ยาย", ROAD, kind=MessageKind.PHOTO)
    said = await develop(stage, "ยาย", b"\xff\xd8\xff broken")
    report = await only(stage)
    assert report.photos == 0
    assert [m.state for m in await media(stage, report)] == ["refused"]
    assert bool(said) == (stage.channel is Channel.TELEGRAM)
    later = await stage.say("ยาย", "เมนู")
    assert "เปิดไม่ได้ค่ะ" in texts(said) + texts(later)
    assert report.tracking_code in texts(said) + texts(later)


async def test_a_voice_is_heard_once_and_added_to_its_report(stage: Stage) -> None:
    await stage.say("ยาย", kind=MessageKind.VOICE)
    await stage.say("ยาย", "สวัสดีค่ะ")
    (waiting,) = await media(stage, await only(stage))
    album = PhotoAlbum(stage.database, stage.files, "polite", lambda: None)
    for _ in range(2):
        await album.keep_voice(waiting, VOICE, ROAD, stage.now)
    await stage.work()
    await stage.work()
    report = await only(stage)
    assert report.text == ROAD
    (kept,) = await media(stage, report)
    assert stage.files.get(kept.file_id) == VOICE
    async with stage.database.read() as uow:
        assert [(p.kind, p.words) for p in await uow.told.parts(report.id)] == [("voice", ROAD)]


class Seeing(ThaiReader):
    """The reader, which notes what photos the duplicate search is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.new: tuple[int, ...] = ()
        self.known: list[tuple[int, ...]] = []

    def duplicates(
        self, new: Telling, candidates: Sequence[Candidate]
    ) -> tuple[DuplicateMatch, ...]:
        self.new = new.photo_hashes
        self.known = [past.photo_hashes for c in candidates for past in c.tellings]
        return super().duplicates(new, candidates)


async def test_the_duplicate_search_sees_that_it_is_the_same_photo(stage: Stage) -> None:
    await stage.say("ยาย", ROAD, kind=MessageKind.PHOTO)
    await develop(stage, "ยาย", photo(2))
    await stage.join("ลุง")
    await stage.say("ลุง", kind=MessageKind.PHOTO)
    await develop(stage, "ลุง", photo(2, quality=50))
    reader = Seeing()
    stage.turns = TurnService(
        stage.database, reader, OfficialDocuments(), stage.files, TurnSettings()
    )
    await stage.say("ลุง", "ทางเข้าวัดพังหมดแล้ว", after=timedelta(seconds=30))
    assert len(reader.new) == 1
    assert any((reader.new[0] ^ look).bit_count() <= 5 for looks in reader.known for look in looks)
    async with stage.database.read() as uow:
        hers, his = await only(stage), await only(stage, "ลุง")
        look = f"{reader.new[0]:016x}"
        assert await uow.album.same_photo(look, ["97010101"], but=his.id) == (hers.id,)
        assert await uow.album.same_photo(look, ["97010102"]) == ()
