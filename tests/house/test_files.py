"""What stands in the project's files: locks without addresses, no traces of a machine, no leftovers."""

import re
import tomllib

import pytest

from tests.house.tree import PACKAGES, files, pyproject, python, text_of, texts

LOCKS = ("requirements.lock", "requirements-test.lock", "requirements-benchmark.lock")
_LOCKED = re.compile(r"[a-z0-9-]+==[A-Za-z0-9.+!-]+(?: ; [a-z_ .<>=!'A-Z0-9()]+)? \\")
_HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}(?: \\)?")
_TOP = {"bot", "handlers", "nlp", "storage", "planning", "tests", "docs"}
_TOP_FILES = {
    "pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", "CONTRIBUTING.md", *LOCKS,
}  # fmt: skip
TRACES = {
    "a machine's folder": re.compile("/" + r"(?:home|Users|root|work)/[A-Za-z_.]"),
    "a registry's address": re.compile("py" + r"pi\.org|pythonhosted" + r"\.org"),
    "unfinished work": re.compile(r"\b(?:TO" + "DO|FIX" + r"ME)\b"),
    "a merge left open": re.compile("<" * 7 + "|" + ">" * 7),
    "a bot's token": re.compile(r"\b\d{9,10}:AA[A-Za-z0-9_-]{33}\b"),
    "a private key": re.compile("BEGIN [A-Z ]*PRIVATE" + " KEY"),
}


def stray_lines(lock: str) -> list[str]:
    """Lines of a lock that are neither a pinned name nor a hash."""
    return [x for x in lock.splitlines() if not (_LOCKED.fullmatch(x) or _HASH.fullmatch(x))]


def name_of(requirement: str) -> str:
    """The bare name of a requirement, lower case, dashes for underlines."""
    return re.split(r"[\[<>=;~! ]", requirement)[0].lower().replace("_", "-")


def pins(lock: str) -> set[str]:
    """`name==version` of every line that pins one."""
    return {line.split(" ")[0] for line in lock.splitlines() if "==" in line.split(" ")[0]}


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_names_versions_and_hashes_only(name: str) -> None:
    lock = text_of(name)
    assert len(pins(lock)) > 40
    assert stray_lines(lock) == []
    for block in re.split(r"\n(?=\S)", lock.strip()):
        assert block.count("--hash=sha256:") >= 1, block


@pytest.mark.parametrize("line", ["--index-url x", "# via somewhere", "a @ https://x", "a>=1"])
def test_a_stray_line_in_a_lock_is_seen(line: str) -> None:
    assert stray_lines(f"a==1 \\\n    --hash=sha256:{'0' * 64}\n{line}") == [line]


def test_each_lock_holds_the_one_before() -> None:
    assert pins(text_of(LOCKS[0])) < pins(text_of(LOCKS[1])) < pins(text_of(LOCKS[2]))


def test_every_dependency_is_locked() -> None:
    groups = pyproject()["dependency-groups"]
    assert groups["build"] == pyproject()["build-system"]["requires"]
    runtime = [*pyproject()["project"]["dependencies"], *groups["build"]]
    tested = [*runtime, *groups["test"]]
    for lock, wanted in zip(LOCKS, (runtime, tested, [*tested, *groups["benchmark"]]), strict=True):
        locked = {p.split("==")[0] for p in pins(text_of(lock))}
        assert {name_of(w) for w in wanted} <= locked


def test_the_top_level_holds_the_rooms_and_papers_only() -> None:
    top = {name.split("/")[0] for name in files()}
    assert {name for name in top if name[0] != "."} == _TOP | _TOP_FILES


@pytest.mark.parametrize("what", TRACES)
def test_no_file_holds(what: str) -> None:
    found = {
        f"{name}:{text.count(chr(10), 0, hit.start()) + 1}"
        for name, text in texts().items()
        for hit in TRACES[what].finditer(text)
    }
    assert found == set()


@pytest.mark.parametrize(
    ("what", "sample"),
    [
        ("a machine's folder", "see " + "/".join(["", "home", "somchai", "x"])),
        ("a registry's address", "https://" + "py" + "pi.org/simple"),
        ("unfinished work", "# TO" + "DO: later"),
        ("a merge left open", "<" * 7 + " HEAD"),
        ("a bot's token", "123456789" + ":AA" + "b" * 33),
        ("a private key", "BEGIN RSA PRIVATE" + " KEY"),
    ],
)
def test_each_look_finds_a_planted_trace(what: str, sample: str) -> None:
    assert TRACES[what].search(sample)


def test_every_data_file_of_a_room_is_shipped() -> None:
    patterns = pyproject()["tool"]["setuptools"]["package-data"]["*"]
    shipped = tuple(pattern.removeprefix("*") for pattern in patterns)
    data = [n for n in files() if n.split("/")[0] in PACKAGES and not n.endswith(".py")]
    assert "planning/data/taxonomy.csv" in data
    assert [n for n in data if not n.endswith(shipped)] == []


def test_every_choice_is_written_down() -> None:
    pages = [n for n in files() if n.startswith("docs/decisions/")]
    numbers = [n.removeprefix("docs/decisions/")[:4] for n in pages]
    assert numbers == [f"{i:04}" for i in range(1, len(pages) + 1)]
    said = "\n".join(text_of(n) for n in pages).lower()
    wanted = [*pyproject()["project"]["dependencies"]]
    for group in pyproject()["dependency-groups"].values():
        wanted += group
    assert [w for w in wanted if f"`{name_of(w)}`" not in said] == []


def test_the_lint_settings_are_those_of_the_house() -> None:
    again = tomllib.loads(text_of("pyproject.toml"))["tool"]
    assert again["mypy"]["strict"] is True
    assert again["pytest"]["ini_options"]["filterwarnings"][0] == "error"
    assert set(again["mypy"]["packages"]) == {*PACKAGES, "tests"}


def test_lint_exceptions_are_named_one_by_one() -> None:
    bare = [
        f"{name}:{number}"
        for name in python(*PACKAGES, "tests")
        for number, line in enumerate(text_of(name).splitlines(), 1)
        if re.search(r"# (?:noqa|type: ignore)(?![:\[])", line)
    ]
    assert bare == []
