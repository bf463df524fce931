"""The command line: every verb, what it prints, its exit codes, and that the papers name it all."""

import asyncio
import json
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from bot.cli import app
from bot.commands.common import opened
from bot.commands.projects import area_name
from bot.config import setting_names
from bot.documents.maker import OfficialDocuments
from planning.forums import Forum, ForumState
from tests.documents.samples import minutes
from tests.shell.test_kill import VILLAGES
from tests.shell.test_simulate import line

RUN = CliRunner()
DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    for name in setting_names():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PRACHAKHOM_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "villages.csv").write_text(VILLAGES, encoding="utf-8")
    return tmp_path


@pytest.fixture
def village() -> str:
    assert RUN.invoke(app, ["areas", "import", "villages.csv"]).exit_code == 0
    return "99010103"


def commands() -> Iterator[tuple[str, Any]]:
    root = typer.main.get_command(app)
    assert hasattr(root, "commands")
    for name, command in root.commands.items():
        if hasattr(command, "commands"):
            for verb, inner in command.commands.items():
                yield f"{name} {verb}", inner
        else:
            yield name, command


def test_every_verb_is_there() -> None:
    verbs = {name.split()[0] for name, _ in commands()}
    assert verbs == set(
        "demo serve simulate areas invite posters channels summary reports agenda weights minutes projects "
        "trace understand evaluate migrate quota retention doctor".split()
    )


def test_a_district_weighs_its_own_way_and_each_change_is_noted(village: str) -> None:
    def told(*arguments: str) -> Any:
        done = RUN.invoke(app, ["weights", *arguments, "--json"])
        assert done.exit_code == 0, done.output
        return json.loads(done.stdout)

    usual = told("9901")
    assert sum(usual.values()) == 100
    own = told("9901", "--set", "size=45", "--set", "evidence=0")
    assert own == usual | {"size": 45.0, "evidence": 0.0} == told("9901")
    noted = asyncio.run(_audit("district:9901"))
    assert [(line.action, line.detail) for line in noted] == [
        ("weights changed", "size=45 evidence=0")
    ]
    assert told("9901", "--usual") == usual
    assert "vulnerable  10" in RUN.invoke(app, ["weights", "9901"]).stdout
    for wrong in (
        ["9901", "--set", "beauty=3"],
        ["9901", "--set", "size=much"],
        ["9901", "--set", "size=-1"],
        ["9901", "--set", "age=1", "--usual"],
    ):
        assert RUN.invoke(app, ["weights", *wrong]).exit_code == 2
    assert RUN.invoke(app, ["weights", "1234"]).exit_code == 1


async def _audit(subject: str) -> tuple[Any, ...]:
    async with opened() as base, base.database.read() as uow:
        return tuple(await uow.audit.of_subject(subject))


@pytest.mark.parametrize("name", [name for name, _ in commands()])
def test_help_and_papers_name_every_command_and_option(name: str) -> None:
    command = dict(commands())[name]
    text = (DOCS / "commands.md").read_text(encoding="utf-8")
    whole, first = f"## `prachakhom {name}", f"## `prachakhom {name.split()[0]}"
    heading = whole if whole in text else first
    assert heading in text and f"prachakhom {name}" in text
    section = text[text.index(heading) :].split("\n## ")[0]
    options = [
        o for p in command.params for o in (*p.opts, *p.secondary_opts) if o.startswith("--")
    ]
    missing = [o for o in options if o != "--help" and f"`{o}" not in section]
    assert missing == []
    assert RUN.invoke(app, [*name.split(), "--help"]).exit_code == 0


def test_papers_name_no_option_that_is_not_there() -> None:
    text = (DOCS / "commands.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(--[a-z-]+)", text)) - {"--help"}
    real = {o for _, c in commands() for p in c.params for o in (*p.opts, *p.secondary_opts)}
    assert named <= real and len(named) > 10


def test_villages_come_in_and_a_bad_row_is_named(folder: Path) -> None:
    first = RUN.invoke(app, ["areas", "import", "villages.csv", "--json"])
    assert json.loads(first.stdout) == {"villages": 1, "new": 1, "changed": 0}
    again = RUN.invoke(app, ["areas", "import", "villages.csv", "--json"])
    assert json.loads(again.stdout) == {"villages": 1, "new": 0, "changed": 0}
    (folder / "bad.csv").write_text(VILLAGES + "1234,ก,village,,,,,,,,,\n", encoding="utf-8")
    bad = RUN.invoke(app, ["areas", "import", "bad.csv"])
    assert bad.exit_code == 1 and "line 3, column village_code" in bad.stderr
    (folder / "latin.csv").write_bytes(b"\xff\xfe")
    assert RUN.invoke(app, ["areas", "import", "latin.csv"]).exit_code == 1
    assert RUN.invoke(app, ["areas", "import", "none.csv"]).exit_code == 2


def test_an_invitation_has_a_code_and_links(village: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRACHAKHOM_LINE_BOT_ID", "@own")
    monkeypatch.setenv("PRACHAKHOM_TELEGRAM_BOT_NAME", "own_bot")
    made = json.loads(
        RUN.invoke(app, ["invite", "--role", "head", "--village", village, "--json"]).stdout
    )
    token = made["code"].removeprefix("r-")
    assert made["telegram"] == f"https://t.me/own_bot?start=r{token}"
    assert made["line"].startswith("https://line.me/R/oaMessage/%40own/?%E0%B8%A3")
    kept = Path(os.environ["PRACHAKHOM_DATA_DIR"], "prachakhom.db").read_bytes()
    assert token.encode() not in kept


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["invite", "--role", "king", "--village", "99010103"], 2),
        (["invite", "--role", "head"], 2),
        (["invite", "--role", "head", "--village", "99010103", "--area", "9901"], 2),
        (["invite", "--role", "head", "--village", "11111111"], 1),
        (["invite", "--role", "kamnan", "--village", "99010103"], 2),
        (["summary"], 2),
        (["summary", "--area", "abc"], 2),
        (["summary", "--village", "11111111"], 1),
        (["agenda", "--village", "11111111"], 1),
        (["trace", "NOPE"], 1),
        (["trace", "IS-AAAAAA"], 1),
        (["simulate", "none.jsonl", "--server", "http://127.0.0.1:1"], 2),
        (["serve", "--port", "notaport"], 2),
        (["dance"], 2),
    ],
)
def test_exit_codes_mean_something(village: str, words: list[str], code: int) -> None:
    done = RUN.invoke(app, words)
    assert done.exit_code == code
    assert done.stderr.strip()


def test_empty_lists_are_lists(village: str) -> None:
    assert json.loads(RUN.invoke(app, ["reports", "--json"]).stdout) == []
    assert json.loads(RUN.invoke(app, ["projects", "--area", "9901", "--json"]).stdout) == []
    assert "0 reports" in RUN.invoke(app, ["reports", "--village", village]).stderr
    found = json.loads(RUN.invoke(app, ["summary", "--area", "990101", "--json"]).stdout)
    assert (found["area"], found["issues"]) == ("990101", [])
    assert "บ้านทดลอง" in RUN.invoke(app, ["summary", "--village", village]).stdout


def test_a_summary_can_be_narrowed_and_drawn(village: str, folder: Path) -> None:
    words = ["summary", "--village", village, "--only", "น้ำ", "--picture", "look.png"]
    assert "เฉพาะเรื่องน้ำ" in RUN.invoke(app, words).stdout
    assert (folder / "look.png").read_bytes().startswith(b"\x89PNG")
    found = json.loads(RUN.invoke(app, [*words[:3], "--json"]).stdout)
    assert found["waiting"] == {"questions": 0, "disputed": 0, "unsure": 0, "forums": []}


def test_an_agenda_is_previewed_frozen_and_written(village: str, folder: Path) -> None:
    shown = RUN.invoke(app, ["agenda", "--village", village, "--preview"])
    assert shown.exit_code == 0 and "บ้านทดลอง" in shown.stdout
    done = RUN.invoke(app, ["agenda", "--village", village, "--out", "papers", "--json"])
    made = json.loads(done.stdout)
    assert (made["version"], made["items"]) == (1, [])
    assert sorted(Path(p).suffix for p in made["files"]) == [".docx", ".pdf"]
    assert all((folder / p).stat().st_size > 1000 for p in made["files"])
    again = json.loads(RUN.invoke(app, ["agenda", "--village", village, "--json"]).stdout)
    assert again["agenda_code"] == made["agenda_code"]
    assert made["agenda_code"] in RUN.invoke(app, ["agenda", "--village", village]).stdout


def test_a_frozen_agenda_is_printed_again_from_what_was_kept(
    village: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = RUN.invoke(app, ["agenda", "--village", village, "--out", "papers", "--json"])
    code = json.loads(first.stdout)["agenda_code"]
    # a later version of the program would make other bytes
    monkeypatch.setattr(OfficialDocuments, "agenda", lambda *_: ())
    again = RUN.invoke(app, ["agenda", "--code", code.lower(), "--out", "again", "--json"])
    assert (json.loads(again.stdout)["agenda_code"], again.exit_code) == (code, 0)
    names = sorted(p.name for p in (folder / "papers").iterdir())
    assert len(names) == 2
    assert all(
        (folder / "papers" / n).read_bytes() == (folder / "again" / n).read_bytes() for n in names
    )
    RUN.invoke(app, ["agenda", "--village", village, "--out", "third"])
    assert sorted(p.name for p in (folder / "third").iterdir()) == names
    assert RUN.invoke(app, ["agenda", "--code", "AG-XXXXXX"]).exit_code == 1
    assert RUN.invoke(app, ["agenda"]).exit_code == 2


def test_the_bank_is_written_as_a_workbook(village: str, folder: Path) -> None:
    done = RUN.invoke(app, ["projects", "--village", village, "--xlsx", "out/bank.xlsx"])
    assert done.exit_code == 0 and "0 projects" in done.stderr
    assert (folder / "out" / "bank.xlsx").read_bytes()[:2] == b"PK"


def test_areas_are_named_as_documents_name_them() -> None:
    from planning.areas import read_villages

    (one,) = read_villages(VILLAGES.splitlines(keepends=True))
    assert area_name("99010103", [one]) == "บ้านทดลอง หมู่ 3 ตำบลทดลอง อำเภอทดลอง จังหวัดทดลอง"
    assert area_name("990101", [one]) == "ตำบลทดลอง อำเภอทดลอง จังหวัดทดลอง"
    assert area_name("77", []) == "77"


def test_wrong_settings_stop_with_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRACHAKHOM_LINE_CHANNEL_SECRET", "sesame")
    for words in (["serve"], ["doctor"]):
        done = RUN.invoke(app, words)
        assert "PRACHAKHOM_LINE_ACCESS_TOKEN: " in done.output
        assert "sesame" not in done.output
    assert RUN.invoke(app, ["serve"]).exit_code == 2
    monkeypatch.setenv("PRACHAKHOM_PORT", "x")
    wrong = RUN.invoke(app, ["migrate"])
    assert wrong.exit_code == 2
    assert wrong.stderr.startswith("PRACHAKHOM_PORT: ") and wrong.stderr.count("\n") == 1


def test_web_chat_is_refused_beyond_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    done = RUN.invoke(app, ["serve", "--webchat", "--host", "0.0.0.0"])
    assert (done.exit_code, done.stderr.partition(":")[0]) == (2, "PRACHAKHOM_HOST")


def test_a_slip_of_the_pen_is_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRACHAKHOM_PROT", "1")
    done = RUN.invoke(app, ["migrate"])
    assert done.exit_code == 0 and "PRACHAKHOM_PROT" in done.stderr


def test_the_data_folder_is_its_owners_alone(village: str, folder: Path) -> None:
    for path in (folder / "data", *(folder / "data").rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path.name


def test_quota_tells_the_month(village: str) -> None:
    found = json.loads(RUN.invoke(app, ["quota", "--json"]).output)
    assert (found["used"], found["limit"], found["reserve"], found["waiting"]) == (0, 300, 30, {})
    said = RUN.invoke(app, ["quota"], env={"PRACHAKHOM_LINE_MONTH_LIMIT": "40"})
    assert said.exit_code == 0
    assert "ใช้ไป 0 จาก 40" in said.output


def test_doctor_names_what_is_wrong(village: str, folder: Path) -> None:
    well = RUN.invoke(app, ["doctor", "--json"])
    checks = {c["name"]: c["state"] for c in json.loads(well.stdout)}
    assert well.exit_code == 0
    assert (checks["database"], checks["reader"], checks["LINE"]) == ("ok", "ok", "warning")
    (folder / "data" / "prachakhom.key").chmod(0o644)
    ill = RUN.invoke(app, ["doctor"])
    assert ill.exit_code == 1 and "failed" in ill.stdout


def test_simulate_counts_what_was_lost_and_needs_its_secrets(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "m.jsonl").write_text(line(1) + "\n", encoding="utf-8")
    words = ["simulate", "m.jsonl", "--server", "http://127.0.0.1:9", "--patience", "0"]
    without = RUN.invoke(app, words)
    assert without.exit_code == 2 and "PRACHAKHOM_LINE_CHANNEL_SECRET" in without.stderr
    monkeypatch.setenv("PRACHAKHOM_LINE_CHANNEL_SECRET", "s1")
    done = RUN.invoke(app, [*words, "--json"])
    assert done.exit_code == 1
    counts = json.loads(done.stdout)
    assert (counts["sent"], counts["lost"], counts["accepted"]) == (2, 2, 0)
    wrong = RUN.invoke(app, ["simulate", "m.jsonl", "--server", "http://host/path"])
    assert wrong.exit_code == 2
    (folder / "bad.jsonl").write_text("{}\n", encoding="utf-8")
    bad = RUN.invoke(app, ["simulate", "bad.jsonl", "--server", "http://127.0.0.1:9"])
    assert bad.exit_code == 1 and "line 1, column message_id" in bad.stderr


def test_posters_are_a_file_a_village(
    village: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = RUN.invoke(app, ["posters", "--village", village])
    assert refused.exit_code == 2 and "LINE_BOT_ID" in refused.stderr
    monkeypatch.setenv("PRACHAKHOM_LINE_BOT_ID", "@123abcde")
    made = RUN.invoke(app, ["posters", "--out", "printed", "--village", village])
    assert made.exit_code == 0
    assert (folder / "printed" / f"poster-{village}.pdf").read_bytes().startswith(b"%PDF")
    assert RUN.invoke(app, ["posters", "--area", "10"]).exit_code == 1


def test_closed_minutes_are_listed_and_written_as_they_were_made(
    village: str, folder: Path
) -> None:
    assert RUN.invoke(app, ["minutes", "--village", village]).stdout == ""
    made = asyncio.run(_close_minutes(village))
    listed = json.loads(RUN.invoke(app, ["minutes", "--village", village, "--json"]).stdout)
    assert [(one["code"], one["sha256"], one["files"]) for one in listed] == [
        ("MN-K7M4PX", made, [])
    ]
    done = RUN.invoke(
        app, ["minutes", "--village", village, "--code", "MN-K7M4PX", "--out", "papers"]
    )
    assert "ครั้งที่ 2/2564" in done.stdout
    assert (folder / "papers" / "minutes.docx").read_bytes() == b"paper"
    for wrong in (["--village", "11111111"], ["--village", village, "--code", "MN-AAAAAA"]):
        assert RUN.invoke(app, ["minutes", *wrong]).exit_code == 1


async def _close_minutes(village: str) -> str:
    """Minutes with one file; their hash."""
    made = minutes(2)
    async with opened() as base, base.database.write() as uow:
        held = await uow.forums.add(
            Forum(
                id=0, code="FM-AAAAAA", village_code=village, number=2, year_be=2564,
                state=ForumState.CLOSED,
            )
        )  # fmt: skip
        file = {"file_id": base.files.put(b"paper"), "name": "minutes.docx"}
        await uow.minutes.add(replace(made, forum_id=held.id), (json.dumps(file),))
    return made.sha256
