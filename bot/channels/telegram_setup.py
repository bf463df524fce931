"""Telegram's bot put in order: webhook and commands. Doing it again changes nothing."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from bot.channels.base import DeliveryFailed
from bot.channels.setup import Finding, Step

Scope = dict[str, Any]
UPDATE_KINDS = ("message", "edited_message", "callback_query", "my_chat_member")
_PRIVATE, _GROUPS = {"type": "all_private_chats"}, {"type": "all_group_chats"}


class TelegramAccount(Protocol):
    """A Telegram channel as far as its bot is managed."""

    async def manage(self, method: str, **fields: Any) -> Any:
        """One call of the Bot API."""
        ...


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """How the bot is to stand.

    `endpoint`: of the webhook, "" for polling; `secret` goes with it. `commands`: by language ("" is for
    all others) of private chats, then of groups: (name, description). `roles`: by chat id, in Thai.
    """

    endpoint: str
    secret: str
    private: Mapping[str, Sequence[tuple[str, str]]]
    groups: Sequence[tuple[str, str]]
    roles: Mapping[str, Sequence[tuple[str, str]]]


async def set_up(bot: TelegramAccount, wanted: Wanted, *, dry_run: bool = False) -> list[Step]:
    """Set webhook and commands; what was (or would be) done. Raises a `DeliveryFailed`."""
    done = await _webhook(bot, wanted, dry_run)
    for language, commands in wanted.private.items():
        done += await _commands(bot, _PRIVATE, language, commands, dry_run)
    done += await _commands(bot, _GROUPS, "", wanted.groups, dry_run)
    for chat_id, commands in wanted.roles.items():
        done += await _commands(bot, {"type": "chat", "chat_id": chat_id}, "", commands, dry_run)
    return done


async def _webhook(bot: TelegramAccount, wanted: Wanted, dry_run: bool) -> list[Step]:
    now = _object(await bot.manage("getWebhookInfo"))
    if now.get("url", "") == wanted.endpoint and not wanted.endpoint:
        return []
    if not dry_run and wanted.endpoint:  # said again each time: the secret cannot be asked for
        await bot.manage(
            "setWebhook",
            url=wanted.endpoint,
            secret_token=wanted.secret,
            allowed_updates=list(UPDATE_KINDS),
        )
    elif not dry_run:
        await bot.manage("deleteWebhook")
    if now.get("url", "") == wanted.endpoint:
        return []
    what = f"point the webhook at {wanted.endpoint}" if wanted.endpoint else "take the webhook away"
    return [Step(channel="telegram", what=what)]


async def _commands(
    bot: TelegramAccount,
    scope: Scope,
    language: str,
    commands: Sequence[tuple[str, str]],
    dry_run: bool,
) -> list[Step]:
    wanted = [{"command": name, "description": words} for name, words in commands]
    where = {"scope": json.dumps(scope), "language_code": language}
    listed = await bot.manage("getMyCommands", **where)
    now = [c for c in listed if isinstance(c, dict)] if isinstance(listed, list) else []
    if [{k: c.get(k) for k in ("command", "description")} for c in now] == wanted:
        return []
    if not dry_run:
        await bot.manage("setMyCommands", commands=json.dumps(wanted), **where)
    whose = scope["type"] + (f" {language}" if language else "")
    return [Step(channel="telegram", what=f"list {len(wanted)} commands for {whose}")]


async def show_commands(
    bot: TelegramAccount, chat_id: str, commands: Sequence[tuple[str, str]]
) -> None:
    """List a role's commands in one chat. Raises a `DeliveryFailed`."""
    await _commands(bot, {"type": "chat", "chat_id": chat_id}, "", commands, dry_run=False)


async def check(bot: TelegramAccount, name: str, wanted: Wanted) -> list[Finding]:
    """What is right and wrong with the bot: token, name, groups, webhook or polling, commands."""
    try:
        me = _object(await bot.manage("getMe"))
    except DeliveryFailed as problem:
        return [_found("token", False, f"Telegram refuses the token or is silent ({problem})")]
    same = me.get("username", "").lower() == name.lstrip("@").lower()
    groups = bool(me.get("can_join_groups"))
    found = [
        _found("token", True, "taken"),
        _found("name", same, "as set" if same else "PRACHAKHOM_TELEGRAM_BOT_NAME is another"),
        _found(
            "groups",
            groups,
            "may join" if groups else "allow groups with BotFather: /setjoingroups",
        ),
    ]
    found.append(_webhook_finding(_object(await bot.manage("getWebhookInfo")), wanted.endpoint))
    steps = [s for s in await set_up(bot, wanted, dry_run=True) if "commands" in s.what]
    found.append(_found("commands", not steps, "run channels setup" if steps else "in place"))
    return found


def _webhook_finding(now: Mapping[str, Any], endpoint: str) -> Finding:
    if now.get("url", "") != endpoint:
        what = (
            "leads elsewhere: run channels setup" if endpoint else "is set, so polling gets nothing"
        )
        return _found("webhook", False, what)
    if not endpoint:
        return _found("webhook", True, "none, for updates are polled")
    if now.get("last_error_message") and now.get("pending_update_count"):
        return _found("webhook", False, f"answers badly: {now['last_error_message']}")
    return _found("webhook", True, "in place")


def _object(answer: Any) -> dict[str, Any]:
    return answer if isinstance(answer, dict) else {}


def _found(topic: str, good: bool, what: str) -> Finding:
    return Finding(channel="telegram", topic=topic, good=good, what=what)
