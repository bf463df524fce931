"""`prachakhom demo`: the whole main job on a fictional district, ending in real documents."""

import asyncio
import json
import re
import shutil
import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import httpx
from rich.console import Console
from rich.progress import Progress

from bot.commands.personas import settle
from bot.commands.trace import lines_of
from bot.demo.answering import answer_truthfully
from bot.demo.stage import LINE_SECRET, TELEGRAM_SECRET, Stage, data_lines, stage
from bot.documents.workbook import project_workbook
from bot.message_file import Line, joins, playing_order, read_lines
from bot.serving import run_loop
from bot.simulate import Play, Player
from handlers import listing
from planning.areas import Village
from planning.calendar import BE
from planning.roles import Role
from planning.thai import BANGKOK, MONTHS

_HEAD, _OFFICER = "U" + "a" * 32, "U" + "b" * 32
_VOTES = ("เห็นชอบ 42/3 ขอรับการสนับสนุน", "เห็นชอบ 38/0 ทำร่วม")


def run(*, out: Path, serve: bool, port: int) -> None:
    """Play the demo, write its results into `out`, and serve the web chat until Ctrl-C if asked."""
    console = Console()
    out.mkdir(parents=True, exist_ok=True)
    data_dir = Path(tempfile.mkdtemp(prefix="prachakhom-demo-"))
    try:
        run_loop(lambda: _play(console, out, data_dir, serve, port))
    except asyncio.CancelledError:
        console.print("หยุดแล้ว / stopped")
    finally:
        shutil.rmtree(data_dir, ignore_errors=True)


async def _play(console: Console, out: Path, data_dir: Path, serve: bool, port: int) -> None:
    lines = read_lines(data_lines("messages.jsonl"))
    begins = max(line.sent_at for line in lines) + timedelta(days=1)
    async with stage(data_dir, begins, port if serve else 0) as scene:
        console.print("[bold]ประชาคม[/] – อำเภอสมมุติ / a fictional district")
        await _messages(console, scene, lines)
        village = await _busiest(scene)
        await _forum(console, scene, village, out)
        await _bank(console, scene, village, out)
        console.print(f"\nไฟล์อยู่ที่ / results are in [bold]{out}[/]")
        for name in _file_names(out):
            console.print(f"  {name}")
        if serve:
            await settle(scene.app.ground, scene.app.people)
            console.print(
                f"\nลองคุยเองได้ที่ / try it yourself: [bold]{scene.base}/chat/[/]  (Ctrl-C ends)"
            )
            await asyncio.Event().wait()


def _file_names(out: Path) -> list[str]:
    return sorted(path.name for path in out.iterdir() if path.is_file())


async def _messages(console: Console, scene: Stage, lines: tuple[Line, ...]) -> None:
    """Everybody joins and tells, through the real webhooks of both platforms."""
    first = joins(lines, await _desk_invitations(scene, lines))
    then = playing_order(lines, 1, 0, 0)
    with Progress(console=console, transient=True) as progress:
        sending = progress.add_task("ส่งข้อความ / sending", total=len(first) + len(then))
        handling = progress.add_task("รับเรื่อง / handling", total=len(first) + len(then))
        play = Play(server=scene.base, line_secret=LINE_SECRET, telegram_secret=TELEGRAM_SECRET)
        player = Player(play, scene.platforms, lambda: progress.advance(sending), quiet_s=0.0)
        tally = await player.run(first, then)
        await scene.idle(lambda handled: progress.update(handling, completed=handled))
    same, different = await answer_truthfully(scene, lines)
    reports = await listing.reports(scene.app.ground.database)
    confidential = sum(r["confidential"] for r in reports)
    issues = len({r["issue_code"] for r in reports if r["issue_code"]})
    console.print(
        f"ข้อความ / messages {len(lines)}  →  รับเข้า / accepted {tally.accepted} events, "
        f"ตอบ / answered {scene.platforms.count}\n"
        f"ถามว่าเรื่องเดียวกันไหม / asked «same as this?»: "
        f"ใช่ / same {same}, คนละเรื่อง / different {different}\n"
        f"เรื่องที่แจ้ง / reports {len(reports)}  →  ประเด็น / issues {issues}  "
        f"(เรื่องลับ / confidential {confidential}, "
        f"ฉุกเฉิน / emergencies {sum(r['emergency'] for r in reports)})"
    )


async def _desk_invitations(scene: Stage, lines: tuple[Line, ...]) -> list[str]:
    """For the accounts that write down what people say at the village hall: field workers all."""
    walked_in = {line.village_code for line in lines if line.channel == "walk_in"}
    district = min(walked_in)[:4]
    words = [await scene.invite(Role.FIELD_WORKER, district) for _ in walked_in]
    return [said.removeprefix("รับบทบาท ") for said in words]


async def _busiest(scene: Stage) -> Village:
    """The village with most open issues: the forum is held there."""
    database = scene.app.ground.database
    async with database.read() as uow:
        villages = await uow.areas.villages()
        counts = [len(await uow.issues.standings(v.code)) for v in villages]
    return villages[counts.index(max(counts))]


async def _forum(console: Console, scene: Stage, village: Village, out: Path) -> None:
    """The head asks for summary and agenda, records resolutions, and closes the minutes."""
    await _heard(console, scene, _HEAD, await scene.invite(Role.HEAD, village.code))
    summary = await _heard(console, scene, _HEAD, "สรุป")
    (out / "summary.txt").write_text(summary + "\n", encoding="utf-8")
    day = scene.clock().astimezone(BANGKOK) + timedelta(days=7)
    await _heard(console, scene, _HEAD, f"นัดประชุม {_typed(day.date())} 13.00 ศาลาประชาคม")
    await _heard(console, scene, _HEAD, "ระเบียบวาระ")
    await _download(scene, out)
    for item, votes in enumerate(_VOTES, 1):
        await _heard(console, scene, _HEAD, f"มติ {item} {votes}")
    for words in ("ปิดประชุม", "รับรองและปิดรายงาน"):  # what was resolved takes effect then
        await _heard(console, scene, _HEAD, words)


def _typed(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year + BE}"


async def _heard(console: Console, scene: Stage, user_id: str, words: str) -> str:
    """Say something and show both sides; the answer's text."""
    answers = await scene.say(user_id, words)
    text = "\n".join(a.text for a in answers if a.text)
    shown = re.sub(r"r-[0-9a-f]+", "r-…", words)
    console.print(f"\n[bold cyan]> {shown}[/]", highlight=False)
    console.print(re.sub(r"https?://\S+", "<link>", text), markup=False, highlight=False)
    return text


async def _download(scene: Stage, out: Path) -> None:
    """Fetch what the agenda's signed links lead to, as the head's phone would."""
    texts = [a.text for a in scene.platforms.line.answers.of(_HEAD)]
    links = list(dict.fromkeys(re.findall(r"https?://\S+", "\n".join(texts))))
    async with httpx.AsyncClient(trust_env=False, timeout=30) as client:
        for link in links:
            answer = await client.get(link)
            answer.raise_for_status()
            name = re.search(r'filename="?([\w.\-]+)', answer.headers["content-disposition"])
            if name:
                (out / name[1]).write_bytes(answer.content)


async def _bank(console: Console, scene: Stage, village: Village, out: Path) -> None:
    """The officer looks; the project workbook and one whole trace are written."""
    database = scene.app.ground.database
    await _heard(
        console, scene, _OFFICER, await scene.invite(Role.DISTRICT_OFFICER, village.district_code)
    )
    lines = await listing.project_lines(database, village.district_code)
    if lines:
        await _heard(console, scene, _OFFICER, f"สถานะ {lines[0].project.code}")
    today = scene.clock().astimezone(BANGKOK).date()
    first = min((line.project.target_year for line in lines), default=0)
    area = f"อำเภอ{village.district} จังหวัด{village.province}"
    years = tuple(range(first, first + 5))
    data = project_workbook(lines, area_name=area, fiscal_years=years, made_on=today)
    (out / "projects.xlsx").write_bytes(data)
    if lines:
        traced = await listing.trace(database, lines[0].project.code)
        _write_trace(console, traced, out)


def _write_trace(console: Console, traced: dict[str, Any], out: Path) -> None:
    text = "\n".join(lines_of(traced))
    (out / "trace.txt").write_text(text + "\n", encoding="utf-8")
    whole = json.dumps(traced, ensure_ascii=False, indent=1)
    (out / "trace.json").write_text(whole + "\n", encoding="utf-8")
    console.print(f"\n[bold]เส้นทางของ {traced['code']} / the way of one project[/]")
    console.print(text, markup=False, highlight=False)
