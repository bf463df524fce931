"""From signed webhooks to agenda and workbook, every request of ours held against the contracts."""

import json
import re
from collections import Counter
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from bot.channels.line import LineChannel
from bot.config import setting_names
from bot.demo.stage import LINE_SECRET, TELEGRAM_SECRET, Stage, data_lines, stage
from bot.message_file import happenings, joins, playing_order, read_lines
from bot.platforms.telegram import message_update
from bot.simulate import Platforms, Play, Player
from handlers import listing
from planning.roles import Role
from tests.fakes.line import StrictLine
from tests.fakes.telegram import StrictTelegram

HEAD, CHIEF = "U" + "1" * 32, 70001
VILLAGE = "98010104"
LINES = tuple(
    line for line in read_lines(data_lines("messages.jsonl")) if line.village_code == VILLAGE
)
RAW = {raw["message_id"]: raw for raw in map(json.loads, data_lines("messages.jsonl"))}


class StrictPlatforms(Platforms):
    """Both platforms, refusing what their contracts refuse."""

    def __init__(self) -> None:
        super().__init__()
        self.line: StrictLine = StrictLine()
        self.telegram: StrictTelegram = StrictTelegram()


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in setting_names():
        monkeypatch.delenv(name, raising=False)


async def play(scene: Stage) -> None:
    """Everybody of one village joins and tells, each event twice and out of order."""
    player = Player(
        Play(server=scene.base, line_secret=LINE_SECRET, telegram_secret=TELEGRAM_SECRET),
        scene.platforms,
        quiet_s=0.0,
    )
    tally = await player.run(joins(LINES), playing_order(LINES, 2, 20, 1))
    await scene.idle()
    assert tally.accepted == tally.sent > 0


async def telegram_says(scene: Stage, number: int, text: str) -> str:
    """One Telegram text of the second head; the answer's words."""
    update = message_update(
        number, user_id=CHIEF, message_id=number, at=scene.clock() + timedelta(0), text=text
    )
    headers = {"x-telegram-bot-api-secret-token": TELEGRAM_SECRET}
    before = len(scene.platforms.telegram.answers.of(str(CHIEF)))
    async with httpx.AsyncClient(base_url=scene.base, trust_env=False) as client:
        (await client.post("/telegram/webhook", json=update, headers=headers)).raise_for_status()
    await scene.idle()
    answers = scene.platforms.telegram.answers.of(str(CHIEF))[before:]
    return "\n".join([*(a.text for a in answers), *(a.method for a in answers)])


async def line_says(scene: Stage, text: str) -> str:
    return "\n".join(a.text for a in await scene.say(HEAD, text))


async def test_messages_become_agenda_resolutions_and_projects(tmp_path: Path) -> None:
    platforms = StrictPlatforms()
    begins = max(line.sent_at for line in LINES) + timedelta(days=1)
    async with stage(tmp_path / "data", begins, 0, platforms) as scene:
        await play(scene)
        reports = await listing.reports(scene.app.ground.database, VILLAGE)
        await every_message_is_kept_once_and_answered(scene, reports)
        said = await forum_by_line(scene)
        said += await district_by_telegram(scene)
        nothing_private_is_said(said)
        await numbers_agree(scene, reports)
    assert platforms.line.errors == []
    assert platforms.telegram.errors == []


async def every_message_is_kept_once_and_answered(
    scene: Stage, reports: list[listing.Json]
) -> None:
    async with scene.app.ground.database.read() as uow:
        rows = await uow.inbox.outcomes()
    came = Counter((row.channel.value, row.event_id) for row in rows)
    assert set(came.values()) == {1}
    kept = Counter((e["channel"], e["event_id"]) for r in reports for e in r["events"])
    for (_, event_id), times in kept.items():  # a message that tells two matters is two reports
        texts = [r["text"] for r in reports if event_id in {e["event_id"] for e in r["events"]}]
        assert times <= 2
        assert len(set(texts)) == times or not all(texts)
    for line in LINES:
        for event in happenings(line):
            name = event.id if event.channel == "line" else str(event.number)
            assert (event.channel, name) in came
            if RAW[line.id]["issue_ids"]:
                assert (event.channel, name) in kept, line.id
    asked = {e.user_id for e in joins(LINES)}
    assert asked <= {
        *scene.platforms.line.answers.chats(),
        *scene.platforms.telegram.answers.chats(),
    }
    receipts = Counter(
        code
        for answers in (scene.platforms.line.answers, scene.platforms.telegram.answers)
        for answer in answers.all()
        for code in re.findall(r"เลขรับเรื่อง (\w{6})", answer.text)
    )
    assert set(receipts.values()) == {1}


async def forum_by_line(scene: Stage) -> str:
    """A head asks and decides on LINE; all that was said, and the documents' own words."""
    await scene.say(HEAD, await scene.invite(Role.HEAD, VILLAGE))
    summary = await line_says(scene, "สรุป")
    assert "เปิดอยู่" in summary
    agenda = await line_says(scene, "ระเบียบวาระ")
    links = re.findall(r"https?://\S+", agenda)
    assert links
    async with httpx.AsyncClient(trust_env=False) as client:
        for link in links:
            answer = await client.get(link)
            assert answer.status_code == 200
            assert len(answer.content) > 10_000
            changed = link[:-2] + ("AA" if not link.endswith("AA") else "BB")
            assert (await client.get(changed)).status_code in {404, 410}
    decided = await line_says(scene, "มติ 1 เห็นชอบ 42/3 ขอรับการสนับสนุน")
    assert "42 ต่อ 3" in decided
    assert "ร่างรายงานการประชุม" in await line_says(scene, "ปิดประชุม")
    closed = await line_says(scene, "รับรองและปิดรายงาน")
    assert "PJ-" in closed
    return summary + decided + closed


async def district_by_telegram(scene: Stage) -> str:
    """A deputy gets the same area on Telegram, as words and as files."""
    invited = await scene.invite(Role.DISTRICT_OFFICER, VILLAGE[:4])
    assert "ปลัดอำเภอ" in await telegram_says(scene, 1, invited.replace("รับบทบาท r-", "/start r"))
    summary = await telegram_says(scene, 2, "สรุป ตำบลคลองกระเบา")
    assert "ตำบลคลองกระเบา" in summary
    await telegram_says(scene, 3, f"ลงทะเบียน {VILLAGE}")
    assert "sendDocument" in await telegram_says(scene, 4, "ระเบียบวาระ")
    return summary


def nothing_private_is_said(said: str) -> None:
    """No personal data and no confidential word of this village; there is some that could leak."""
    private = [p["text"] for line in LINES for p in RAW[line.id]["pii"]]
    secret = [RAW[line.id]["text"] for line in LINES if RAW[line.id]["confidential"]]
    assert private
    assert secret
    assert [words for words in private if words in said] == []
    assert [text for text in secret if text[:12] in said] == []


async def numbers_agree(scene: Stage, reports: list[listing.Json]) -> None:
    """Summary, agenda, bank and trace tell the same numbers of the same issue."""
    database = scene.app.ground.database
    [line] = await listing.project_lines(database, VILLAGE)
    behind = [r for r in reports if r["issue_code"] == line.issue_code]
    traced = await listing.trace(database, line.project.code)
    assert line.reports == len(behind) == len(traced["reports"])
    assert traced["issue"]["people"] == line.people
    item = traced["agenda_items"][0]
    assert item["people"] == line.people
    assert traced["resolutions"][0]["votes_for"] == 42


async def test_every_reply_fits_line(tmp_path: Path) -> None:
    """The tracking codes' buttons stay within LINE's limits for every category and issue code."""
    from handlers.dialogue.thai.core import SHORT_CATEGORY

    limit = LineChannel.capabilities.label_graphemes
    assert all(len(label) <= limit for label in SHORT_CATEGORY.values())
    assert all(len(f"cat:AAAAAA:{code}") <= 64 for code in SHORT_CATEGORY)
