"""docs/commands.md and the command line say the same: commands, arguments, options, defaults."""

import re
from collections.abc import Iterator
from typing import Any

import typer

from bot.cli import app
from tests.house.tree import text_of

SECTION = re.compile(r"^## `prachakhom ([a-z -]+?)(?: ([A-Z]+))?`$", re.MULTILINE)
ROW = re.compile(r"^\| (`--.+?) \| (.+) \|$", re.MULTILINE)


def commands(node: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every command that does something, by its full name."""
    inner = getattr(node, "commands", None)
    if inner is None:
        yield path, node
        return
    for name, command in inner.items():
        yield from commands(command, f"{path} {name}".strip())


def sections() -> dict[str, tuple[str, str]]:
    """The argument and the text about each command."""
    parts = SECTION.split(text_of("docs/commands.md"))
    told = zip(parts[1::3], parts[2::3], parts[3::3], strict=True)
    return {name: (argument or "", text) for name, argument, text in told}


def options(name: str) -> dict[tuple[str, ...], str]:
    """What stands beside each option (with its negation) of a command's table."""
    rows = ROW.findall(sections()[name][1])
    return {tuple(re.findall(r"`(--[a-z-]+)", names)): rest for names, rest in rows}


def parameters(name: str, kind: str) -> list[Any]:
    """A command's options or arguments, without `--help`."""
    return [p for p in BY_NAME[name].params if p.param_type_name == kind and p.name != "help"]


BY_NAME = dict(commands(typer.main.get_command(app)))


def test_every_command_and_only_they_are_documented() -> None:
    assert sorted(sections()) == sorted(BY_NAME)
    asked = {"areas import", "evaluate categories", "understand"}
    asked |= set(
        "demo serve simulate invite summary reports agenda projects trace migrate doctor".split()
    )
    assert asked < set(BY_NAME)


def test_every_option_and_only_they_are_documented() -> None:
    for name in BY_NAME:
        has = {(*p.opts, *p.secondary_opts) for p in parameters(name, "option")}
        assert set(options(name)) == has, name


def test_the_defaults_that_are_told_are_those_of_the_code() -> None:
    checked = 0
    for name in BY_NAME:
        for param in parameters(name, "option"):
            told = options(name)[(*param.opts, *param.secondary_opts)].split(" | ")
            if len(told) == 1 or param.default in (None, "", ...):
                continue
            yes_no = {True: f"`{param.opts[0]}`", False: "off"}
            is_flag = isinstance(param.default, bool)
            assert told[0] == (yes_no[param.default] if is_flag else f"`{param.default}`")
            checked += 1
    assert checked >= 8


def test_every_argument_is_named() -> None:
    for name, (argument, _) in sections().items():
        assert [p.name.upper() for p in parameters(name, "argument")] == (
            [argument] if argument else []
        )
