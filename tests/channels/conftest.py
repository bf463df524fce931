"""The channels, opened on strict imitations that run as real servers."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from bot.channels.line import LineChannel
from bot.channels.telegram import TelegramChannel
from bot.platforms.serving import serving
from tests.conftest import NOW
from tests.fakes.desk import Desk
from tests.fakes.line import StrictLine
from tests.fakes.telegram import StrictTelegram

SECRET = "8c570fa6dd201bb328f1c1eac23a96d8"
TOKEN = "123456:a-token-that-must-not-show"
TIMEOUT_S = 1.0


@dataclass
class HandClock:
    """A clock that moves only by hand."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        """The time."""
        return self.now

    def forward(self, **duration: float) -> None:
        """Let time pass."""
        self.now += timedelta(**duration)


@pytest.fixture
def clock() -> HandClock:
    """Starts at the tests' fixed time."""
    return HandClock()


@pytest.fixture
def desk() -> Desk:
    """Files with public links."""
    return Desk()


@pytest.fixture
def fake_line(clock: HandClock) -> Iterator[StrictLine]:
    """LINE; at the end of the test none of our requests may have broken its contract."""
    fake = StrictLine(clock=clock)
    yield fake
    assert fake.errors == []


@pytest.fixture
def fake_telegram(clock: HandClock) -> Iterator[StrictTelegram]:
    """Telegram; at the end of the test none of our requests may have broken its contract."""
    fake = StrictTelegram(token=TOKEN, clock=clock)
    yield fake
    assert fake.errors == []


@pytest.fixture
def line_url(fake_line: StrictLine) -> Iterator[str]:
    """Where the imitated LINE is served."""
    with serving(fake_line.faults) as url:
        yield url


@pytest.fixture
def telegram_url(fake_telegram: StrictTelegram) -> Iterator[str]:
    """Where the imitated Telegram is served."""
    with serving(fake_telegram.faults) as url:
        yield url


@pytest.fixture
async def line(line_url: str, desk: Desk) -> AsyncIterator[LineChannel]:
    """The LINE channel."""
    channel = LineChannel(
        secrets=(SECRET,), access_token="token", desk=desk, api_base=line_url, timeout_s=TIMEOUT_S
    )
    await channel.open()
    yield channel
    await channel.close()


@pytest.fixture
async def telegram(telegram_url: str, desk: Desk) -> AsyncIterator[TelegramChannel]:
    """The Telegram channel."""
    channel = TelegramChannel(
        token=TOKEN, secret="hook", desk=desk, api_base=telegram_url, timeout_s=TIMEOUT_S
    )
    await channel.open()
    yield channel
    await channel.close()
