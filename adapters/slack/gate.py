"""The door: only what Slack signed comes in, and only when it is whole."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from typing import Any, TypeAlias
from urllib.parse import parse_qsl

from aiohttp import web

Payload: TypeAlias = dict[str, Any]

MAX_BODY = 1024 * 1024  # bytes; Slack's own views end at 250 KB
WINDOW = 300  # seconds that a signature is good for
STAMP = re.compile(r"[0-9]{1,12}", re.ASCII)


async def admitted(request: web.Request, secret: str, now: float) -> Payload:
    """The payload of a request from Slack. `now` is in seconds since the epoch.

    Raises HTTPUnauthorized when it is not Slack's or too old, HTTPBadRequest when it cannot be read.
    """
    body = await _body(request)
    stamp = request.headers.get("X-Slack-Request-Timestamp", "")
    signature = request.headers.get("X-Slack-Signature", "")
    if not is_signed(secret, stamp, signature, body, now):
        raise web.HTTPUnauthorized
    try:
        return parsed(body, request.content_type)
    except (ValueError, RecursionError) as error:
        raise web.HTTPBadRequest from error


def is_signed(secret: str, stamp: str, signature: str, body: bytes, now: float) -> bool:
    """Whether Slack signed these bytes within the last five minutes."""
    if not STAMP.fullmatch(stamp) or abs(now - int(stamp)) > WINDOW:
        return False
    digest = hmac.new(secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    # Compared as bytes: as text, a header that is not ASCII raises.
    return hmac.compare_digest(f"v0={digest}".encode(), signature.encode(errors="surrogateescape"))


def parsed(body: bytes, content_type: str) -> Payload:
    """An event is JSON, an interaction JSON within a form, a command a form. Raises ValueError, RecursionError."""
    text = body.decode()
    if content_type == "application/json":
        return _object(text)
    form = dict(parse_qsl(text, keep_blank_values=True, errors="strict"))
    return _object(form["payload"]) if "payload" in form else form


def _object(text: str) -> Payload:
    payload = json.loads(text)
    if not isinstance(payload, dict):
        raise ValueError("not a JSON object")  # noqa: TRY004  # one kind of error for all that is malformed
    if "\\ud" in text.lower():
        json.dumps(payload, ensure_ascii=False).encode()  # half a surrogate pair could be neither stored nor shown
    return payload


async def _body(request: web.Request) -> bytes:
    if "Content-Encoding" in request.headers:
        raise web.HTTPBadRequest  # Slack compresses nothing, and what does not unpack would be a server error
    body = bytearray()
    async for chunk in request.content.iter_chunked(64 * 1024):
        body += chunk
        if len(body) > MAX_BODY:
            raise web.HTTPBadRequest
    return bytes(body)
