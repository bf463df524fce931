"""A real `serve` process, killed in the middle of a play and started again; and ended politely."""

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import httpx
import pytest

from bot.config import setting_names
from bot.message_file import joins, playing_order, read_lines
from bot.simulate import Platforms, Play, Player
from tests.shell.parts import free_port, served
from tests.shell.test_simulate import line

VILLAGES = (
    "village_code,name,kind,moo,tambon,district,province,region,lat,lon,households,landmarks\n"
    "99010103,บ้านทดลอง,village,3,ทดลอง,ทดลอง,ทดลอง,central,15.0,101.0,80,\n"
)
TELLINGS = (
    "ถนนหน้าวัดเป็นหลุม", "น้ำประปาไม่ไหล", "ไฟถนนดับทั้งซอย", "ขยะล้นถัง", "อยากได้ลานกีฬา",
    "คลองตื้นเขิน ขอให้ขุดลอก", "หมาจรจัดเยอะมาก", "ควันเผาขยะเหม็น",
)  # fmt: skip


def environment(folder: Path, port: int, platforms: str) -> dict[str, str]:
    clean = {k: v for k, v in os.environ.items() if k not in setting_names()}
    ours = {
        "DATA_DIR": str(folder), "PORT": str(port), "LINE_CHANNEL_SECRET": "s1",
        "LINE_ACCESS_TOKEN": "t", "LINE_API_BASE": platforms, "TELEGRAM_TOKEN": "1:t",
        "TELEGRAM_SECRET": "s2", "TELEGRAM_MODE": "webhook", "TELEGRAM_API_BASE": platforms,
        "ANSWER_WAIT_SECONDS": "0.2",
    }  # fmt: skip
    return clean | {f"PRACHAKHOM_{name}": value for name, value in ours.items()}


def command(*words: str) -> list[str]:
    return [sys.executable, "-c", "from bot.cli import main; main()", *words]


def once(env: dict[str, str], folder: Path, *words: str) -> tuple[int, str]:
    """Exit code and error output of a command that ends by itself."""
    run = subprocess.run(
        command(*words), env=env, cwd=folder, capture_output=True, text=True, check=False
    )
    return run.returncode, run.stderr


@contextmanager
def server(env: dict[str, str], folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    with (folder / "serve.log").open("ab") as log:
        process = subprocess.Popen(command("serve"), env=env, cwd=folder, stderr=log)
        try:
            yield process
        finally:
            process.kill()
            process.wait()


async def answers_at(url: str) -> None:
    """Wait until the server answers."""
    async with httpx.AsyncClient(trust_env=False) as client, asyncio.timeout(60):
        while True:
            try:
                if (await client.get(f"{url}/healthz")).status_code == 200:
                    return
            except httpx.TransportError:
                await asyncio.sleep(0.05)


@asynccontextmanager
async def platforms_served() -> AsyncIterator[tuple[Platforms, str]]:
    platforms = Platforms()
    async with served(platforms.app) as client:
        yield platforms, str(client.base_url).rstrip("/")


def count(folder: Path, query: str) -> int:
    with sqlite3.connect(f"file:{folder / 'prachakhom.db'}?mode=ro", uri=True) as database:
        found: int = database.execute(query).fetchone()[0]
        return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "villages.csv").write_text(VILLAGES, encoding="utf-8")
    return tmp_path


async def test_kill_9_in_the_middle_loses_nothing_and_repeats_no_receipt(folder: Path) -> None:
    raws = [
        line(n, sender=f"u{n % 12}", text=f"{TELLINGS[n % 8]} จุดที่ {n}",
             sent_at=f"2025-04-01T{8 + n // 60:02d}:{n % 60:02d}:00+07:00",
             channel="telegram" if n % 4 == 0 else "line")
        for n in range(40)
    ]  # fmt: skip
    lines, port = read_lines(raws), free_port()
    async with platforms_served() as (platforms, base):
        env, url = environment(folder / "data", port, base), f"http://127.0.0.1:{port}"
        env.pop("COVERAGE_PROCESS_CONFIG", None)  # what is killed leaves no count
        assert (await asyncio.to_thread(once, env, folder, "areas", "import", "villages.csv"))[
            0
        ] == 0
        with server(env, folder) as process:
            await answers_at(url)
            player = Player(
                Play(server=url, line_secret="s1", telegram_secret="s2", rate=40, patience_s=90),
                platforms,
            )
            async with asyncio.TaskGroup() as group:
                events = playing_order(lines, 2, 20, 1)
                playing = group.create_task(player.run(joins(lines), events))
                while player.tally.accepted < 45:  # noqa: ASYNC110  looked at from outside
                    await asyncio.sleep(0.01)
                process.send_signal(signal.SIGKILL)
                process.wait()
                with server(env, folder):
                    await playing
                    await _nothing_waits(folder / "data")
    assert (player.tally.lost, player.tally.refused) == (0, 0)
    assert player.tally.retried > 0
    assert count(folder / "data", "select count(*) from inbox") == 40 + len(joins(lines))
    told = count(
        folder / "data", "select count(distinct event_id) from inbox where handled_at is not null"
    )
    assert told == 40 + len(joins(lines))
    _receipts_are_single(platforms, folder / "data")


async def _nothing_waits(data: Path) -> None:
    waiting = "select count(*) from inbox where handled_at is null"
    async with asyncio.timeout(60):
        while count(data, waiting):  # noqa: ASYNC110  another process works
            await asyncio.sleep(0.1)


def _receipts_are_single(platforms: Platforms, data: Path) -> None:
    """Each report's receipt was delivered to the platforms exactly once."""
    with sqlite3.connect(data / "prachakhom.db") as database:
        codes = [row[0] for row in database.execute("select tracking_code from reports")]
    assert len(codes) >= 30
    said = [a.text for a in (*platforms.line.answers.all(), *platforms.telegram.answers.all())]
    found = Counter(code for code in codes for text in said if code in text)
    assert found == dict.fromkeys(codes, 1)


async def test_sigterm_ends_the_server_politely(folder: Path) -> None:
    port = free_port()
    async with platforms_served() as (_, base):
        env = environment(folder / "data", port, base)
        with server(env, folder) as process:
            await answers_at(f"http://127.0.0.1:{port}")
            process.send_signal(signal.SIGTERM)
            assert await asyncio.to_thread(process.wait, 30) == 0


async def test_a_taken_port_is_said_in_one_line(folder: Path) -> None:
    async with platforms_served() as (_, base):
        port = int(base.rpartition(":")[2])
        env = environment(folder / "data", port, base)
        code, said = await asyncio.to_thread(once, env, folder, "serve")
    assert code == 2
    assert said.startswith("PRACHAKHOM_PORT: ") and said.count("\n") == 1
