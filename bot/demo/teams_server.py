"""The Bot Connector's API of the local Teams, with Microsoft's documents of keys and its token endpoint beside it."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from aiohttp import web

from bot.demo.teams_world import CONSENT, MAX_MESSAGE, Conversation, Fault, Json, Operation, TeamsWorld, personal

MAX_PIECE, PIECES = 60 * 1024 * 1024, 320 * 1024
RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+)")
CONVERSATION = "/teams/v3/conversations/{conversation}"


@asynccontextmanager
async def serve(world: TeamsWorld, port: int = 0) -> AsyncIterator[TeamsWorld]:
    """Run the world on this machine; port 0 takes a free one. Sets its `url`."""
    runner = web.AppRunner(_app(Connector(world)), access_log=None, shutdown_timeout=1)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", port)
        await site.start()
        world.url = f"http://127.0.0.1:{runner.addresses[0][1]}/teams/"
        yield world
    finally:
        await runner.cleanup()


def _app(connector: Connector) -> web.Application:
    app = web.Application(client_max_size=MAX_PIECE)
    app.router.add_post("/teams/v3/conversations", connector.create)
    app.router.add_post(f"{CONVERSATION}/activities", connector.send)
    app.router.add_put(f"{CONVERSATION}/activities/{{activity}}", connector.update)
    app.router.add_delete(f"{CONVERSATION}/activities/{{activity}}", connector.remove)
    app.router.add_get(f"{CONVERSATION}/members/{{member}}", connector.member)
    app.router.add_get("/teams/files/{file}", connector.file)
    app.router.add_put("/teams/onedrive/{file}", connector.upload)
    app.router.add_get("/openid/configuration", connector.metadata)
    app.router.add_get("/openid/keys", connector.keys)
    app.router.add_post("/token", connector.token)
    return app


class Connector:
    def __init__(self, world: TeamsWorld) -> None:
        self._world = world

    async def send(self, request: web.Request) -> web.StreamResponse:
        return await self._answer("send", request, self._send)

    async def update(self, request: web.Request) -> web.StreamResponse:
        return await self._answer("update", request, self._update)

    async def remove(self, request: web.Request) -> web.StreamResponse:
        return await self._answer("remove", request, self._remove)

    async def member(self, request: web.Request) -> web.StreamResponse:
        return await self._answer("member", request, self._member)

    async def create(self, request: web.Request) -> web.StreamResponse:
        return await self._answer("create", request, self._create)

    async def file(self, request: web.Request) -> web.Response:
        """A download link: it needs no token, and must not be shown one."""
        if "Authorization" in request.headers:
            return _refusal(400, "TokenLeaked")
        body = self._world.files.get(request.match_info["file"])
        return web.Response(body=body) if body is not None else _refusal(404, "NotFound")

    async def upload(self, request: web.Request) -> web.Response:
        """An upload session of OneDrive's: pieces in their order, each with its range, and no token."""
        if "Authorization" in request.headers:
            return _refusal(400, "TokenLeaked")
        ranged = RANGE.fullmatch(request.headers.get("Content-Range", ""))
        before = self._world.saved.get(request.match_info["file"])
        piece = await request.read()
        if ranged is None or before is None:
            return _refusal(400 if ranged is None else 404, "invalidRequest")
        first, last, size = map(int, ranged.groups())
        if first != len(before) or last - first + 1 != len(piece) or (last + 1 < size and len(piece) % PIECES):
            return _refusal(416, "invalidRange")
        self._world.saved[request.match_info["file"]] = before + piece
        return web.json_response({}, status=201 if last + 1 == size else 202)

    async def metadata(self, request: web.Request) -> web.Response:
        return web.json_response({"issuer": "local", "jwks_uri": str(request.url.with_path("/openid/keys"))})

    async def keys(self, request: web.Request) -> web.Response:
        if self._world.issuer is None:
            return _refusal(404, "NotFound")
        self._world.issuer.fetches += 1
        return web.json_response({"keys": self._world.issuer.published()})

    async def token(self, request: web.Request) -> web.Response:
        form = {name: str(value) for name, value in (await request.post()).items()}
        given = self._world.issuer.give(form) if self._world.issuer else None
        return web.json_response(given) if given else _refusal(401, "invalid_client")

    async def _answer(
        self, operation: Operation, request: web.Request, work: Callable[[web.Request, Json], Awaitable[web.Response]]
    ) -> web.StreamResponse:
        raw = await request.read()
        body: Json = json.loads(raw) if raw else {}
        self._world.calls.append((operation, request.match_info.get("conversation", ""), body))
        fault = self._world.take_fault(operation)
        if self._unknown(request):
            return _refusal(401, "Unauthorized")
        done = await work(request, body) if fault is None or fault.done else None
        failed = await _fail(fault, request) if fault else None
        return failed or done or await work(request, body)

    def _unknown(self, request: web.Request) -> bool:
        issuer = self._world.issuer
        held = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return issuer is not None and held not in issuer.given

    async def _send(self, request: web.Request, activity: Json) -> web.Response:
        room = self._world.find(request.match_info["conversation"])
        refused = _refused(room, activity)
        if refused or room is None:
            return refused or _refusal(404, "ConversationNotFound")
        message_id = self._world.new_id()
        thread = request.match_info["conversation"].partition(";messageid=")[2]
        await self._world.show(room, message_id, {**activity, "id": message_id, "thread": thread})
        several = len(activity.get("attachments") or ()) + bool(activity.get("text")) > 1
        return web.json_response({}, status=202) if several else web.json_response({"id": message_id}, status=201)

    async def _update(self, request: web.Request, activity: Json) -> web.Response:
        room = self._world.find(request.match_info["conversation"])
        message_id = request.match_info["activity"]
        refused = _refused(room, activity)
        if refused or room is None:
            return refused or _refusal(404, "ConversationNotFound")
        old = room.messages.get(message_id)
        if old is None:
            return _refusal(404, "ActivityNotFoundInConversation")
        await self._world.show(room, message_id, {**activity, "id": message_id, "thread": old["thread"]})
        return web.json_response({"id": message_id})

    async def _remove(self, request: web.Request, body: Json) -> web.Response:
        room = self._world.find(request.match_info["conversation"])
        if room is None or request.match_info["activity"] not in room.messages:
            return _refusal(404, "ActivityNotFoundInConversation")
        await self._world.hide(room, request.match_info["activity"])
        return web.json_response({})

    async def _member(self, request: web.Request, body: Json) -> web.Response:
        room = self._world.find(request.match_info["conversation"])
        if room and not room.bot:
            return _refusal(403, ROSTER)
        person = self._world.people.get(request.match_info["member"])
        if person is None:
            return _refusal(404, "MemberNotFoundInConversation")
        told = {"id": person.id, "aadObjectId": person.object_id, "name": person.name, "email": person.email}
        return web.json_response({**told, "userPrincipalName": person.email, "tenantId": self._world.tenant})

    async def _create(self, request: web.Request, body: Json) -> web.Response:
        members = body.get("members") or []
        person = self._world.people.get(members[0].get("id", "")) if len(members) == 1 else None
        if person is None or body.get("tenantId") != self._world.tenant:
            return _refusal(400, "BadSyntax")
        room = self._world.conversations[personal(person)]
        return web.json_response({"id": room.id}, status=201) if room.bot else _refusal(403, ROSTER)


ROSTER = "BotNotInConversationRoster"


def _refused(room: Conversation | None, activity: Json) -> web.Response | None:
    if room is None:
        return _refusal(404, "ConversationNotFound")
    if not room.bot:
        return _refusal(403, ROSTER)
    if room.kind != "personal" and any(a.get("contentType") == CONSENT for a in activity.get("attachments") or ()):
        return _refusal(400, "BadSyntax")
    if len(json.dumps(activity, ensure_ascii=False).encode("utf-16-le")) > MAX_MESSAGE:
        return _refusal(413, "MessageSizeTooBig")
    return None


async def _fail(fault: Fault, request: web.Request) -> web.Response | None:
    """The failed answer, None for a call that is only slow."""
    await asyncio.sleep(fault.delay)
    if fault.cut and request.transport:
        request.transport.abort()
    return _refusal(fault.status, fault.code, fault.retry_after) if fault.cut or fault.status >= 300 else None


def _refusal(status: int, code: str, retry_after: str | None = None) -> web.Response:
    headers = {"Retry-After": retry_after} if retry_after is not None else {}
    return web.json_response({"error": {"code": code, "message": code}}, status=status, headers=headers)
