"""The channels that the settings name, and the documents, loaded when they are needed."""

from collections.abc import Callable, Sequence
from datetime import date

from bot.channels.base import ChannelPort, FileDesk
from bot.channels.line import LineChannel
from bot.channels.telegram import TelegramChannel
from bot.config import Settings, clear
from bot.deep_links import line_link, telegram_link
from handlers.ports import MadeFile, Sheet
from planning.areas import Village
from planning.check_in import CheckInCard
from planning.forums import AgendaVersion
from planning.minutes import Minutes
from planning.outlook import Outlook
from planning.reports import Channel
from planning.walk_ins import WalkInList


def channel_ports(settings: Settings, desk: FileDesk) -> dict[Channel, ChannelPort]:
    """The channels that are configured; the heavy libraries load when one is opened."""
    ports: dict[Channel, ChannelPort] = {}
    most = int(settings.media_max_mb * 1_000_000)
    if settings.line_secrets or settings.line_access_token:
        ports[Channel.LINE] = LineChannel(
            secrets=settings.line_secrets,
            access_token=clear(settings.line_access_token),
            desk=desk,
            api_base=settings.line_api_base,
            most_bytes=most,
        )
    if settings.telegram_token:
        ports[Channel.TELEGRAM] = TelegramChannel(
            token=clear(settings.telegram_token),
            desk=desk,
            secret=clear(settings.telegram_secret),
            bot_name=settings.telegram_bot_name.lstrip("@"),
            api_base=settings.telegram_api_base,
            most_bytes=most,
        )
    return ports


class LazyDocuments:
    """The official documents, whose libraries load when the first is made."""

    def agenda(self, version: AgendaVersion) -> tuple[MadeFile, ...]:
        """See `handlers.ports.DocumentMaker`."""
        from bot.documents.maker import OfficialDocuments

        return OfficialDocuments().agenda(version)

    def minutes(self, minutes: Minutes) -> tuple[MadeFile, ...]:
        """See `handlers.ports.DocumentMaker`."""
        from bot.documents.maker import OfficialDocuments

        return OfficialDocuments().minutes(minutes)

    def check_in(self, card: CheckInCard) -> MadeFile:
        """See `handlers.ports.DocumentMaker`."""
        from bot.documents.maker import OfficialDocuments

        return OfficialDocuments().check_in(card)

    def walk_ins(self, listed: WalkInList) -> MadeFile:
        """See `handlers.ports.DocumentMaker`."""
        from bot.documents.maker import OfficialDocuments

        return OfficialDocuments().walk_ins(listed)

    def summary(self, seen: Outlook) -> MadeFile:
        """See `handlers.ports.DocumentMaker`."""
        from bot.documents.maker import OfficialDocuments

        return OfficialDocuments().summary(seen)

    def survey_form(self, villages: Sequence[Village], made_on: date) -> MadeFile:
        """See `handlers.ports.DocumentMaker`."""
        from bot.documents.maker import OfficialDocuments

        return OfficialDocuments().survey_form(villages, made_on)


def read_sheet(data: bytes, most_rows: int) -> Sheet:
    """See `handlers.ports.SheetReader`; its library loads when the first table comes."""
    from bot.documents.survey_sheet import read_sheet as read

    return read(data, most_rows)


def check_in_link(settings: Settings) -> Callable[[Channel, str], str]:
    """What opens a channel with a forum's code ready to send."""

    def link(channel: Channel, code: str) -> str:
        if channel is Channel.TELEGRAM:
            return telegram_link(settings.telegram_bot_name, f"c{code}")
        if channel is Channel.LINE:
            return line_link(settings.line_bot_id, f"เข้าประชุม {code}")
        return ""

    return link


def private_link(settings: Settings) -> Callable[[Channel, str], str]:
    """What opens the private chat from a group, going on about a report where its code is given."""

    def link(channel: Channel, code: str) -> str:
        if channel is Channel.TELEGRAM:
            return telegram_link(settings.telegram_bot_name, f"t{code}" if code else "hello")
        if channel is Channel.LINE:
            return line_link(settings.line_bot_id, f"คุยต่อเรื่อง {code}" if code else "สวัสดี")
        return ""

    return link
