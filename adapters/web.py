"""One aiohttp application that mounts what each platform sends to, and says how the service is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web

#: Larger than any activity or interaction; files are fetched, never posted here.
MAX_BODY = 1024 * 1024

Handle = Callable[[web.Request], Awaitable[web.StreamResponse]]


def application(routes: Mapping[str, Handle], ready: Callable[[], Awaitable[bool]]) -> web.Application:
    """POST for each platform's path, and two GETs: `/healthz` is up, `/readyz` can work."""
    app = web.Application(client_max_size=MAX_BODY)
    for path, handle in routes.items():
        app.router.add_post(path, handle)

    async def healthz(_request: web.Request) -> web.Response:
        return web.json_response({"status": "ok"})

    async def readyz(_request: web.Request) -> web.Response:
        is_ready = await ready()
        return web.json_response({"ready": is_ready}, status=200 if is_ready else 503)

    app.router.add_get("/healthz", healthz)
    app.router.add_get("/readyz", readyz)
    return app
