"""What the papers promise: the README's two commands, every setting, every command, live links."""

import re
from pathlib import Path

from bot.config import Settings, setting_names
from tests.house.tree import ROOT, files, text_of

SETTING = re.compile(r"^\| `(PRACHAKHOM_\w+)` \| (.+?) \| (.+?) \|$", re.MULTILINE)
DEMO = (
    "python3 -m venv .venv && .venv/bin/python -m pip install -q --require-hashes -r "
    "requirements.lock && .venv/bin/python -m pip install -q --no-deps --no-build-isolation . "
    "&& .venv/bin/prachakhom demo"
)
TESTS = (
    "python3 -m venv .venv && .venv/bin/python -m pip install -q --require-hashes -r "
    "requirements-test.lock && .venv/bin/python -m pip install -q --no-deps --no-build-isolation "
    "-e . && .venv/bin/python -m pytest"
)


def first_line_naming(words: str) -> tuple[str, str, str]:
    """The README's first line that holds `words`, with the lines before and after it."""
    lines = text_of("README.md").splitlines()
    number = next(n for n, line in enumerate(lines) if words in line)
    return lines[number - 1], lines[number], lines[number + 1]


def test_the_first_line_naming_the_demo_installs_and_runs_it() -> None:
    assert first_line_naming("prachakhom demo") == ("```sh", DEMO, "```")


def test_the_first_line_naming_the_test_runner_installs_and_runs_the_tests() -> None:
    assert first_line_naming("pytest") == ("```sh", TESTS, "```")


def test_every_setting_and_only_they_are_documented() -> None:
    named = [name for name, _, _ in SETTING.findall(text_of("docs/settings.md"))]
    assert sorted(named) == sorted(setting_names())


def test_the_defaults_are_those_of_the_code() -> None:
    said = {n: d for n, d, _ in SETTING.findall(text_of("docs/settings.md"))}
    for name, field in Settings.model_fields.items():
        if isinstance(field.default, str | int | float) and field.default != "":
            assert said["PRACHAKHOM_" + name.upper()] == f"`{field.default}`"


def test_every_secret_is_called_one() -> None:
    said = {n: meaning for n, _, meaning in SETTING.findall(text_of("docs/settings.md"))}
    for name, field in Settings.model_fields.items():
        meaning = said["PRACHAKHOM_" + name.upper()]
        assert ("SecretStr" in str(field.annotation)) == meaning.endswith("; secret"), name


def test_links_between_the_papers_lead_somewhere() -> None:
    papers = [n for n in files() if n.endswith(".md")]
    links = [
        (name, link)
        for name in papers
        for link in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", text_of(name))
    ]
    assert len(links) > 5
    assert [(n, link) for n, link in links if not (ROOT / Path(n).parent / link).exists()] == []
