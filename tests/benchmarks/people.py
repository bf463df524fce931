"""Made-up people of made-up villages and what they write, as the platforms would deliver it."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import uuid4

from bot.demo.stage import data_lines
from bot.platforms.line import FakeLine, event, signature, text_message, webhook
from bot.platforms.telegram import message_update
from tests.benchmarks.processes import LINE_SECRET, TELEGRAM_SECRET
from tests.benchmarks.wire import post

_COLUMNS = "village_code,name,kind,moo,tambon,district,province,region,lat,lon,households,landmarks"


def village_codes(count: int) -> list[str]:
    """Codes of `count` (at most 990) villages, ten to a tambon."""
    return [f"9901{1 + n // 10:02d}{1 + n % 10:02d}" for n in range(count)]


def villages(count: int) -> list[str]:
    """The same villages as lines of a CSV file, five kilometres apart."""
    rows = [
        f"{code},บ้านทดลอง {n + 1},village,{1 + n % 10},ตำบล {1 + n // 10},ทดลอง,ทดลอง,central,"
        f"{14 + 0.05 * (n // 20):.3f},{100 + 0.05 * (n % 20):.3f},120,วัดทดลอง {n + 1}:0:0"
        for n, code in enumerate(village_codes(count))
    ]
    return [_COLUMNS, *rows]


def tellings() -> list[str]:
    """What the people of the demo tell of problems and needs: real lengths, some dialect."""
    told = [json.loads(line) for line in data_lines("messages.jsonl")]
    return [
        row["text"]
        for row in told
        if row["kind"] in ("problem", "need") and not row["emergency"] and len(row["text"]) > 12
    ]


def line_post(
    user: str, texts: Sequence[str], line: FakeLine | None = None, at: datetime | None = None
) -> bytes:
    """One signed LINE webhook; with a reply token where `line` will take the answer."""
    events = [
        event(
            "message",
            user_id=user,
            event_id=uuid4().hex,
            at=at or datetime.now(UTC),
            reply_token=line.issue_token(user) if line else uuid4().hex,
            message=text_message(str(uuid4().int)[:18], text),
        )
        for text in texts
    ]
    body = webhook(events)
    return post("/line/webhook", body, x_line_signature=signature(LINE_SECRET, body))


def telegram_post(update_id: int, user: int, text: str) -> bytes:
    """One update of Telegram, with the webhook's secret."""
    update = message_update(
        update_id, user_id=user, message_id=update_id, at=datetime.now(UTC), text=text
    )
    body = json.dumps(update, ensure_ascii=False).encode()
    return post("/telegram/webhook", body, x_telegram_bot_api_secret_token=TELEGRAM_SECRET)


def join_words(number: int, codes: Sequence[str]) -> str:
    """What person `number` writes to come to a village, all villages in turn."""
    return f"ลงทะเบียน {codes[number % len(codes)]}"
