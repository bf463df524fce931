"""LINE imitated strictly: every request is held against the contract files and the written limits."""

import json
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any
from uuid import UUID

import jsonschema_rs
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.platforms.line import FakeLine
from bot.platforms.serving import Clock, utc_now
from tests.fakes.faults import Faults
from tests.shared import SHARED

Json = dict[str, Any]
CONTRACT = "specs/line-hardened/messaging-api.strict.json"
PUSH_PATH = "/v2/bot/message/push"
_BODIES = {
    "/v2/bot/message/reply": "ReplyMessageRequest",
    PUSH_PATH: "PushMessageRequest",
}


@cache
def schema_errors(name: str) -> Callable[[Json], list[str]]:
    """A check against one schema of the contract; without the file it finds nothing."""
    path = SHARED / CONTRACT if SHARED else None
    if path is None or not path.exists():
        return lambda _: []
    components = json.loads(path.read_text())["components"]
    schema = {"$ref": f"#/components/schemas/{name}", "components": components}
    validator = jsonschema_rs.Draft202012Validator(schema)
    return lambda body: [f"{name}: {e.message[:200]}" for e in validator.iter_errors(body)]


def body_errors(path: str, body: Json) -> list[str]:
    """What is wrong with the body of a call, by the schemas and by the limits they cannot say."""
    return schema_errors(_BODIES[path])(body) + list(_written_limits(body.get("messages", [])))


def header_errors(path: str, headers: dict[str, str]) -> list[str]:
    """What is wrong with the headers of a call (names in lower case)."""
    key = headers.get("x-line-retry-key")
    found = []
    if not headers.get("authorization", "").startswith("Bearer "):
        found.append("no access token")
    if path.endswith("/reply") and key is not None:
        found.append("a reply takes no retry key")
    if path.endswith("/push") and not _is_uuid(key or ""):
        found.append("a push needs a UUID as retry key")
    return found


def _is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text.lower()
    except ValueError:
        return False


def _written_limits(messages: list[Json]) -> Iterator[str]:
    for at, message in enumerate(messages):
        if "quickReply" in message and at < len(messages) - 1:
            yield "quick replies stand only on the last object"
        if _units(message.get("text", "")) > 5000:
            yield "text over 5,000 UTF-16 units"
        for key in ("originalContentUrl", "previewImageUrl"):
            if key in message and not message[key].startswith("https://"):
                yield f"{key} is not https"
        for item in message.get("quickReply", {}).get("items", []):
            yield from _action_limits(item.get("action", {}))


def _action_limits(action: Json) -> Iterator[str]:
    label = action.get("label", "")
    if not label.strip():
        yield "an action in a quick reply needs a label"
    if _letters(label) > 20:
        yield "label over 20 letters"
    if _units(label) > 20:
        yield "label over 20 UTF-16 units"
    if action.get("type") == "postback" and not action.get("data"):
        yield "a postback without data"


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _letters(text: str) -> int:
    """Code points that stand for themselves: a lower bound of the letters a reader sees."""
    return sum(1 for c in text if unicodedata.category(c) not in ("Mn", "Me", "Mc", "Cf"))


class StrictLine(FakeLine):
    """The imitation. `errors` gathers what was wrong with our requests; a test ends with none.

    `faults` is what to serve; its `plan` makes next calls fail. `preparing` counts the 202 answers that
    media gives before it is there.
    """

    def __init__(self, *, clock: Clock = utc_now, month_limit: int | None = None) -> None:
        super().__init__(clock=clock, month_limit=month_limit)
        self.errors: list[str] = []
        self.retry_keys: list[str] = []
        self.preparing = 0
        self.faults = Faults(self.app)

    async def refusal(self, request: Request, body: bytes) -> Response | None:
        """A 400 for what breaks the contract, a 202 for media not ready."""
        if request.url.path.endswith("/content") and self.preparing:
            self.preparing -= 1
            return JSONResponse({}, 202)
        found = header_errors(request.url.path, dict(request.headers))
        if request.method == "POST":
            self.retry_keys.append(request.headers.get("x-line-retry-key", ""))
            found += body_errors(request.url.path, json.loads(body))
        self.errors += found
        return JSONResponse({"message": "; ".join(found)}, 400) if found else None
