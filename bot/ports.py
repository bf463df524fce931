"""The channels that the settings name, and the documents, loaded when they are needed."""

from bot.channels.base import ChannelPort, FileDesk
from bot.channels.line import LineChannel
from bot.channels.telegram import TelegramChannel
from bot.config import Settings, clear
from handlers.ports import MadeFile
from planning.forums import AgendaVersion
from planning.reports import Channel


def channel_ports(settings: Settings, desk: FileDesk) -> dict[Channel, ChannelPort]:
    """The channels that are configured; the heavy libraries load when one is opened."""
    ports: dict[Channel, ChannelPort] = {}
    if settings.line_secrets or settings.line_access_token:
        ports[Channel.LINE] = LineChannel(
            secrets=settings.line_secrets,
            access_token=clear(settings.line_access_token),
            desk=desk,
            api_base=settings.line_api_base,
        )
    if settings.telegram_token:
        ports[Channel.TELEGRAM] = TelegramChannel(
            token=clear(settings.telegram_token),
            desk=desk,
            secret=clear(settings.telegram_secret),
            bot_name=settings.telegram_bot_name.lstrip("@"),
            api_base=settings.telegram_api_base,
        )
    return ports


class LazyDocuments:
    """The official documents, whose libraries load when the first is made."""

    def agenda(self, version: AgendaVersion) -> tuple[MadeFile, ...]:
        """See `handlers.ports.DocumentMaker`."""
        from bot.documents.maker import OfficialDocuments

        return OfficialDocuments().agenda(version)
