"""docs/channels.md names what the code has: kinds, failures, limits and waits."""

from pathlib import Path

import pytest

from bot.channels import line_objects, telegram_calls
from bot.channels.base import Capabilities, DeliveryFailed, FetchFailed
from bot.channels.line import LineChannel
from bot.channels.telegram import TelegramChannel
from bot.channels.webchat import WebChannel
from bot.delivery_ports import Rules
from handlers.messages import MessageKind

PAGE = (Path(__file__).parents[2] / "docs/channels.md").read_text(encoding="utf-8")


def row(name: str) -> list[str]:
    """The cells of the table row that begins with `name`."""
    line = next(line for line in PAGE.splitlines() if line.startswith(f"| {name} |"))
    return [cell.strip() for cell in line.strip("|").split("|")][1:]


@pytest.mark.parametrize("kind", MessageKind)
def test_every_kind_of_message_is_named(kind: MessageKind) -> None:
    assert kind.name in PAGE


@pytest.mark.parametrize(
    "failure", [*DeliveryFailed.__subclasses__(), *FetchFailed.__subclasses__()]
)
def test_every_failure_is_named(failure: type[Exception]) -> None:
    assert f"`{failure.__name__}`" in PAGE


@pytest.mark.parametrize(
    ("column", "capabilities"),
    list(
        enumerate((LineChannel.capabilities, TelegramChannel.capabilities, WebChannel.capabilities))
    ),
)
def test_the_limits_are_those_of_the_code(column: int, capabilities: Capabilities) -> None:
    assert row("words")[column].startswith(f"{capabilities.text_units:,}")
    assert row("buttons")[column].startswith(str(capabilities.buttons))
    assert row("label")[column].startswith(str(capabilities.label_graphemes))
    assert row("data")[column].startswith(str(capabilities.data_bytes))


def test_the_rest_of_the_figures() -> None:
    rules, life = Rules(), LineChannel.capabilities.reply_life
    assert life is not None
    assert f"{life.seconds} seconds from receipt" in PAGE
    assert f"gets {rules.telegram_per_s:g} messages a second" in PAGE
    assert f"After {rules.give_up.seconds // 3600} hours" in PAGE
    assert f"{telegram_calls.CAPTION_UNITS:,} as its caption" in PAGE
    assert f"{line_objects.OBJECTS * line_objects.TEXT_UNITS:,} units" in PAGE
