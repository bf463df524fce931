"""What every command does alike: settings, the database, kind failures, JSON."""

import asyncio
import json
import os
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

if TYPE_CHECKING:
    from bot.app import Ground
    from bot.config import Settings

Result = TypeVar("Result")
Json = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
Area = Annotated[
    str, typer.Option(help="Code of a district (4 digits), tambon (6) or village (8 or 9).")
]
VillageCode = Annotated[str, typer.Option("--village", help="Code of one village (8 or 9 digits).")]

FAILED, WRONG = 1, 2
"""Exit codes: what was asked failed; wrong use or settings."""


def complain(text: str) -> None:
    """Say on stderr what went wrong."""
    typer.echo(text, err=True)


def print_json(value: object) -> None:
    """Print a value for programs."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=1, default=str))


@contextmanager
def kindly() -> Iterator[None]:
    """Turn our own errors into one clear message and the exit code they mean."""
    from bot.config import SettingsMistake
    from planning.errors import PrachakhomError, UserMistake

    try:
        yield
    except SettingsMistake as error:
        complain(str(error))
        raise typer.Exit(WRONG) from None
    except UserMistake as error:
        complain(error.sentence_th)
        raise typer.Exit(FAILED) from None
    except PrachakhomError as error:
        complain(str(error) or type(error).__name__)
        raise typer.Exit(FAILED) from None
    except OSError as error:
        complain(f"{error.filename or ''}: {error.strerror or type(error).__name__}".lstrip(": "))
        raise typer.Exit(FAILED) from None


def read_settings(**given: object) -> "Settings":
    """The settings, with a warning for variables that mean nothing. Raises `SettingsMistake`."""
    from bot.config import load_settings, unknown_names

    settings = load_settings(**given)  # type: ignore[arg-type]
    for name in unknown_names(os.environ):
        complain(f"{name}: no such setting; it is ignored")
    return settings


@asynccontextmanager
async def opened() -> AsyncIterator["Ground"]:
    """The database, migrated, with keys and files."""
    from bot.app import ground

    async with ground(read_settings()) as base:
        yield base


def run(main: Callable[[], Coroutine[Any, Any, Result]]) -> Result:
    """Run a coroutine to its end, with our errors said kindly."""
    with kindly():
        return asyncio.run(main())


def area_of(village: str, area: str) -> str:
    """The one area that two options name; both together are wrong use."""
    if village and area:
        raise typer.BadParameter("give --village or --area, not both")
    found = village or area
    if found and not (found.isascii() and found.isdigit() and len(found) in (2, 4, 6, 8, 9)):
        raise typer.BadParameter(f"«{found}» is not an area's code (2, 4, 6, 8 or 9 digits)")
    return found
