"""The workspace's own addresses: Web API, response_url, file downloads and Socket Mode."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import WSMsgType, web

from bot.demo.slack_api import METHODS, Refused, new_message, shown_blocks
from bot.demo.slack_rules import Json
from bot.demo.slack_world import Fault, Hook, SlackWorld, Socket

MAX_UPLOAD = 64 * 1024 * 1024
SOCKET_METHODS = {"apps.connections.open"}
OBJECTS = {"blocks", "files", "metadata", "view"}


@asynccontextmanager
async def serve(world: SlackWorld, host: str = "127.0.0.1", port: int = 0) -> AsyncIterator[SlackWorld]:
    """Answer for the workspace until the block ends; `world.url` says where."""
    server = _Server(world)
    app = web.Application(client_max_size=MAX_UPLOAD)
    app.router.add_route("*", "/api/{method}", server.api)
    app.router.add_post("/hooks/{name}", server.hook)
    app.router.add_get("/files-pri/{file}/{tail:.*}", server.file)
    app.router.add_post("/upload/v1/{file}", server.upload)
    app.router.add_get("/sign-in", server.sign_in)
    app.router.add_get("/socket", server.socket)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    site = web.TCPSite(runner, host, port)
    await site.start()
    world.url = f"http://{host}:{runner.addresses[0][1]}"
    try:
        yield world
    finally:
        await runner.cleanup()


class _Server:
    def __init__(self, world: SlackWorld) -> None:
        self._world = world

    async def api(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        args = await _arguments(request)
        self._world.calls.append((method, args))
        fault = self._world.next_fault(method)
        if fault.takes_effect:
            answer = self._call(method, args, request.headers.get("Authorization", ""))
        else:
            answer = {"ok": False, "error": fault.error or "fatal_error"}
        await asyncio.sleep(fault.delay)
        return _answer(request, fault, answer)

    def _call(self, method: str, args: Json, authorization: str) -> Json:
        token = self._world.app_token if method in SOCKET_METHODS else self._world.bot_token
        if authorization != f"Bearer {token}":
            return {"ok": False, "error": "invalid_auth"}
        if method not in METHODS:
            return {"ok": False, "error": "unknown_method"}
        try:
            return {"ok": True, **METHODS[method](self._world, args)}
        except Refused as refusal:
            return {"ok": False, "error": refusal.code, "response_metadata": {"messages": refusal.messages}}

    async def hook(self, request: web.Request) -> web.Response:
        body = await request.json()
        self._world.calls.append(("response_url", body))
        fault = self._world.next_fault("response_url")
        hook = self._world.hooks.get(request.match_info["name"])
        if hook is None or hook.until < self._world.clock():
            return web.json_response({"ok": False, "error": "expired_url"}, status=404)
        if hook.uses == 0:
            return web.json_response({"ok": False, "error": "used_url"}, status=404)
        if fault.takes_effect:
            hook.uses -= 1
            try:
                _use(self._world, hook, body)
            except Refused as refusal:
                return web.json_response({"ok": False, "error": refusal.code}, status=400)
        await asyncio.sleep(fault.delay)
        return _answer(request, fault, {"ok": True})

    async def file(self, request: web.Request) -> web.Response:
        fault = self._world.next_fault("files")
        await asyncio.sleep(fault.delay)
        if fault.status != 200:
            return _answer(request, fault, {})
        # Slack sends whoever it does not know to the sign-in page of another host, which answers 200.
        if request.headers.get("Authorization") != f"Bearer {self._world.bot_token}":
            raise web.HTTPFound(f"{self._world.url.replace('127.0.0.1', 'localhost')}/sign-in")
        found = self._world.files.get(request.match_info["file"].partition("-")[2])
        if found is None:
            raise web.HTTPNotFound
        described, content = found
        return web.Response(body=content, content_type=described["mimetype"])

    async def upload(self, request: web.Request) -> web.Response:
        """The address from files.getUploadURLExternal: it takes exactly what was announced, and no token."""
        fault = self._world.next_fault("upload")
        name, size, _ = self._world.uploads.get(request.match_info["file"], ("", 0, None))
        content = await request.read()
        if "Authorization" in request.headers or len(content) != size:
            raise web.HTTPBadRequest
        if fault.takes_effect:
            self._world.uploads[request.match_info["file"]] = (name, size, content)
        return _answer(request, fault, {"ok": True})

    async def sign_in(self, _request: web.Request) -> web.Response:
        return web.Response(text="<html>Sign in to Slack</html>", content_type="text/html")

    async def socket(self, request: web.Request) -> web.WebSocketResponse:
        connection = web.WebSocketResponse()
        await connection.prepare(request)
        await connection.send_json({"type": "hello", "num_connections": 1})
        opened = Socket(connection.send_str)
        self._world.socket = opened
        self._world.connected.set()
        async for message in connection:
            if message.type == WSMsgType.TEXT:
                reply = json.loads(message.data)
                opened.waiting.pop(reply["envelope_id"]).set_result(reply.get("payload", {}))
        self._world.socket = None
        self._world.connected.clear()
        return connection


async def _arguments(request: web.Request) -> Json:
    """A method's arguments, however they were sent; blocks and views in a form are JSON."""
    if request.content_type == "application/json":
        return dict(await request.json())
    given = {**request.query, **(await request.post())}
    return {name: json.loads(str(value)) if name in OBJECTS else value for name, value in given.items()}


def _answer(request: web.Request, fault: Fault, answer: Json) -> web.Response:
    if fault.cut and request.transport is not None:
        request.transport.abort()
    headers = {} if fault.retry_after is None else {"Retry-After": str(fault.retry_after)}
    return web.json_response(answer, status=fault.status, headers=headers)


def _use(world: SlackWorld, hook: Hook, body: Json) -> None:
    """What a response_url does: replace the message it belongs to, or say something new."""
    told = {"text": body.get("text", ""), "blocks": shown_blocks(world, body)}
    if body.get("replace_original") and hook.message is not None:
        hook.message.update(told, edited={"user": world.bot_user, "ts": world.new_ts()})
        return
    message = new_message(world, hook.channel, {**told, "thread_ts": body.get("thread_ts") or hook.thread})
    if body.get("response_type", "ephemeral") == "ephemeral":
        world.ephemerals[hook.user].append({**message, "is_ephemeral": True})
    else:
        world.channels[hook.channel].messages.append(message)
