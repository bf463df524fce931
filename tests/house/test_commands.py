"""docs/commands.md and the command line say the same: commands, arguments, options, defaults."""

import re
from collections.abc import Iterator
from typing import Any

import typer

from bot.cli import app
from tests.house.tree import text_of

SECTION = re.compile(r"^## `prachakhom ([a-z -]+)`$", re.MULTILINE)
OPTION = re.compile(r"^\| (`--[^|]+`) \| (.+?) \| (.+?) \|$", re.MULTILINE)


def commands(node: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every command that does something, by its full name."""
    inner = getattr(node, "commands", None)
    if inner is None:
        yield path, node
        return
    for name, command in inner.items():
        yield from commands(command, f"{path} {name}".strip())


def sections() -> dict[str, str]:
    """The text about each command."""
    parts = SECTION.split(text_of("docs/commands.md"))
    return dict(zip(parts[1::2], parts[2::2], strict=True))


BY_NAME = dict(commands(typer.main.get_command(app)))


def test_every_command_and_only_they_are_documented() -> None:
    assert sorted(sections()) == sorted(BY_NAME)
    asked = (
        "demo serve simulate invite summary reports agenda projects trace migrate doctor".split()
    )
    assert {*asked, "areas import", "evaluate categories"} < set(BY_NAME)


def test_every_option_and_only_they_are_documented() -> None:
    for name, command in BY_NAME.items():
        has = {
            tuple(f"`{o}`" for o in (*p.opts, *p.secondary_opts))
            for p in command.params
            if p.param_type_name == "option" and p.name != "help"
        }
        said = {tuple(row[0].split(", ")) for row in OPTION.findall(sections()[name])}
        assert said == has, name


def test_the_defaults_are_those_of_the_code() -> None:
    told = 0
    for name, command in BY_NAME.items():
        said = {row[0].split("`")[1]: row[1] for row in OPTION.findall(sections()[name])}
        for param in command.params:
            if param.param_type_name != "option" or param.name == "help":
                continue
            default = said[param.opts[0]]
            assert (default == "needed") is param.required, (name, param.name)
            if isinstance(param.default, bool):
                assert default == (f"`{param.opts[0]}`" if param.default else "off")
            elif param.default not in (None, "", ...) and not param.required:
                assert default == f"`{param.default}`", (name, param.name)
                told += 1
    assert told >= 5


def test_every_argument_is_named() -> None:
    for name, command in BY_NAME.items():
        arguments = [p.name.upper() for p in command.params if p.param_type_name == "argument"]
        named = re.findall(r"Takes one argument, `([A-Z]+)`", sections()[name])
        assert named == arguments, name
