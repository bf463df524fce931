"""LINE's management side imitated strictly: webhook, menus, links, the account's own data."""

import io
import json
from typing import Any

from PIL import Image
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.fakes.line import StrictLine, schema_errors

_BODIES = {
    ("PUT", "/v2/bot/channel/webhook/endpoint"): "SetWebhookEndpointRequest",
    ("POST", "/v2/bot/channel/webhook/test"): "TestWebhookEndpointRequest",
    ("POST", "/v2/bot/richmenu"): "RichMenuRequest",
    ("POST", "/v2/bot/richmenu/bulk/link"): "RichMenuBulkLinkRequest",
}


class AccountLine(StrictLine):
    """An account. `menus`: bodies by id; `pictures`, `links` (user to menu), `default`, `endpoint`."""

    def __init__(self) -> None:
        self.menus: dict[str, dict[str, Any]] = {}
        self.pictures: dict[str, bytes] = {}
        self.links: dict[str, str] = {}
        self.default, self.endpoint, self.answering = "", "", 200
        self.active = True
        self.refuses_pictures = False
        self.changes = 0
        super().__init__()

    def _routes(self) -> list[Route]:
        bot, hook, menu = "/v2/bot", "/v2/bot/channel/webhook", "/v2/bot/richmenu"
        return [
            *super()._routes(),
            Route(f"{bot}/info", self._info),
            Route(f"{hook}/endpoint", self._endpoint, methods=["GET", "PUT"]),
            Route(f"{hook}/test", self._test, methods=["POST"]),
            Route(f"{menu}/list", self._list),
            Route(f"{menu}/bulk/link", self._link, methods=["POST"]),
            Route(menu, self._create, methods=["POST"]),
            Route(f"{menu}/{{id}}", self._delete, methods=["DELETE"]),
            Route(f"{menu}/{{id}}/content", self._picture, methods=["POST"]),
            Route(f"{bot}/user/all/richmenu", self._default),
            Route(f"{bot}/user/all/richmenu/{{id}}", self._set_default, methods=["POST"]),
            Route(f"{bot}/user/{{user}}/richmenu/{{id}}", self._link_one, methods=["POST"]),
        ]

    async def refusal(self, request: Request, body: bytes) -> Response | None:
        """A 400 for what breaks the contract."""
        if "/message/" in request.url.path:
            return await super().refusal(request, body)
        self.changes += request.method != "GET" and not request.url.path.endswith("/test")
        name = _BODIES.get((request.method, request.url.path))
        found = schema_errors(name)(json.loads(body)) if name else []
        if not request.headers.get("authorization", "").startswith("Bearer "):
            found.append("no access token")
        self.errors += found
        return JSONResponse({"message": "; ".join(found)}, 400) if found else None

    async def _received(self, request: Request) -> Any:
        body = await request.body()
        if refused := await self.refusal(request, body):
            return refused
        return json.loads(body) if body[:1] == b"{" else body

    async def _info(self, request: Request) -> Response:
        return JSONResponse({"userId": "U0", "basicId": "@village", "displayName": "ประชาคม",
                             "chatMode": "bot", "markAsReadMode": "auto"})  # fmt: skip

    async def _endpoint(self, request: Request) -> Response:
        if request.method == "PUT":
            body = await self._received(request)
            if isinstance(body, Response):
                return body
            self.endpoint = body["endpoint"]
            return JSONResponse({})
        if not self.endpoint:
            return JSONResponse({"message": "Webhook not found"}, 404)
        return JSONResponse({"endpoint": self.endpoint, "active": self.active})

    async def _test(self, request: Request) -> Response:
        await self._received(request)
        good = self.answering == 200
        return JSONResponse({"success": good, "timestamp": "2026-01-01T00:00:00Z",
                             "statusCode": self.answering, "reason": "", "detail": ""})  # fmt: skip

    async def _list(self, request: Request) -> Response:
        return JSONResponse({"richmenus": [{"richMenuId": i, **m} for i, m in self.menus.items()]})

    async def _create(self, request: Request) -> Response:
        body = await self._received(request)
        if isinstance(body, Response):
            return body
        menu_id = f"richmenu-{self.changes}"
        self.menus[menu_id] = body
        return JSONResponse({"richMenuId": menu_id})

    async def _picture(self, request: Request) -> Response:
        data = await self._received(request)
        if self.refuses_pictures:
            return JSONResponse({"message": "no"}, 400)
        menu = self.menus[request.path_params["id"]]
        with Image.open(io.BytesIO(data)) as picture:
            size = picture.size
        if request.headers["content-type"] != "image/png" or len(data) > 1_000_000:
            self.errors.append("a menu's picture is a PNG of at most 1 MB")
        if (menu["size"]["width"], menu["size"]["height"]) != size:
            self.errors.append(f"the picture is {size}")
        self.pictures[request.path_params["id"]] = data
        return JSONResponse({})

    async def _delete(self, request: Request) -> Response:
        await self._received(request)
        self.menus.pop(request.path_params["id"])
        return JSONResponse({})

    async def _default(self, request: Request) -> Response:
        if not self.default:
            return JSONResponse({"message": "no default"}, 404)
        return JSONResponse({"richMenuId": self.default})

    async def _set_default(self, request: Request) -> Response:
        await self._received(request)
        if request.path_params["id"] not in self.pictures:
            self.errors.append("a menu without a picture cannot be shown")
        self.default = request.path_params["id"]
        return JSONResponse({})

    async def _link(self, request: Request) -> Response:
        body = await self._received(request)
        if isinstance(body, Response):
            return body
        self.links |= dict.fromkeys(body["userIds"], body["richMenuId"])
        return JSONResponse({}, 202)

    async def _link_one(self, request: Request) -> Response:
        await self._received(request)
        self.links[request.path_params["user"]] = request.path_params["id"]
        return JSONResponse({})
