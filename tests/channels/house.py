"""An outbox in memory and its sender over real channels, for the tests of delivery."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.channels.base import ChannelPort
from bot.channels.line import LineChannel
from bot.channels.telegram import TelegramChannel
from bot.channels.webchat import WebChannel
from bot.delivery import Sender
from bot.delivery_ports import Rules
from planning.reports import Channel
from tests.channels.conftest import HandClock
from tests.fakes.desk import Desk
from tests.fakes.line import StrictLine
from tests.fakes.outbox import MemoryOutbox, Row


class House:
    """An outbox and its sender with everything at hand."""

    def __init__(
        self, clock: HandClock, channels: dict[Channel, ChannelPort], rules: Rules
    ) -> None:
        self.clock = clock
        self.outbox = MemoryOutbox(clock)
        self.gone: list[tuple[Channel, str]] = []
        self.slept: list[float] = []
        self.sender = self.new_sender(channels, rules)
        self.channels = channels

    def new_sender(self, channels: dict[Channel, ChannelPort], rules: Rules) -> Sender:
        async def unreachable(channel: Channel, chat_id: str) -> None:
            self.gone.append((channel, chat_id))

        async def sleep(seconds: float) -> None:
            self.slept.append(seconds)

        return Sender(
            outbox=self.outbox.open,
            channels=channels,
            clock=self.clock,
            unreachable=unreachable,
            rules=rules,
            jitter=lambda: 0.0,
            sleep=sleep,
        )

    async def until_quiet(self) -> None:
        """Deliver all that is due now."""
        while await self.sender.run_once():
            pass

    def line(self, text: str, fake: StrictLine, urgent: bool = False) -> Row:
        """An answer on LINE with a live reply handle."""
        return self.outbox.add(
            Channel.LINE,
            "U1",
            text,
            handle=fake.issue_token("U1"),
            until=self.clock() + timedelta(seconds=50),
            urgent=urgent,
        )


@pytest.fixture
async def house(
    clock: HandClock, line: LineChannel, telegram: TelegramChannel, desk: Desk
) -> AsyncIterator[House]:
    """All three channels; five pushes a month of which two are kept for what is urgent."""
    channels: dict[Channel, ChannelPort] = {
        Channel.LINE: line,
        Channel.TELEGRAM: telegram,
        Channel.WEBCHAT: WebChannel(desk=desk),
    }
    rules = Rules(line_month_limit=5, line_reserve=2, batch=4, gather=timedelta(0))
    yield House(clock, channels, rules)
