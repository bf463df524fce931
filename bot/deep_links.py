"""Links that open the bot with words ready to send: on posters, with invitations."""

from urllib.parse import quote


def line_link(bot_id: str, words: str) -> str:
    """Opens LINE with `words` typed to the account (`@…`); "" where its id is not set."""
    return f"https://line.me/R/oaMessage/{quote(bot_id)}/?{quote(words)}" if bot_id else ""


def telegram_link(bot_name: str, start: str) -> str:
    """Opens Telegram at the bot and starts it with `start` (64 of A-Z a-z 0-9 _ -); "" without a name."""
    return f"https://t.me/{quote(bot_name.lstrip('@'))}?start={start}" if bot_name else ""
