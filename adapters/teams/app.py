"""Teams as one thing to mount and start: the gate, the turns, and the way out to chat."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Coroutine
from dataclasses import replace
from datetime import timedelta, tzinfo

import aiohttp
from aiohttp import web
from botbuilder.core import InvokeResponse
from botbuilder.schema import Activity

from adapters.teams import inbound
from adapters.teams.chat import TeamsChat
from adapters.teams.connector import Connector, room_of
from adapters.teams.consent import Upload
from adapters.teams.credentials import PUBLIC, Tokens, cloud_of
from adapters.teams.gate import Gate, Keys, LocalGate, TokenGate
from adapters.teams.hosts import LOOPBACK_HOSTS, SERVICE_HOSTS
from adapters.teams.inbound import Fetch
from adapters.teams.sdk import Adapter
from adapters.teams.turn import Parcel, Turn
from bot.errors import ConfigurationError, DeliveryError, Rejected, Retryable
from bot.ports.chat import Desk
from bot.trouble import report

ATTEMPTS = 3  # at an answer that Teams said to send later
PATIENCE = timedelta(seconds=10)  # of one wait; somebody sits in front of it

log = logging.getLogger(__name__)


class Teams:
    """`handle` answers POST /api/messages; `chat` is the port to deliver cards through."""

    def __init__(
        self,
        gate: Gate,
        connector: Connector,
        desk: Desk,
        fetch: Fetch,
        upload: Upload,
        zone: tzinfo,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.chat = TeamsChat(connector)
        self._gate, self._connector, self._desk = gate, connector, desk
        self._fetch, self._upload, self._zone, self._sleep = fetch, upload, zone, sleep
        self._adapter = Adapter()
        self._sending: set[asyncio.Task[None]] = set()

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Admit, decide, answer; what else is to be said goes out after the answer."""
        activity = await self._gate.admit(request)
        turn = Turn(self._desk, self._connector, self._fetch, self._upload, self._zone)
        response = _response(await self._run(activity, turn))
        await response.prepare(request)
        await response.write_eof()
        self._start(self._follow_up(activity, turn))
        return response

    async def settle(self) -> None:
        """Until everything that goes on after an answer is done."""
        while self._sending:
            await asyncio.wait(self._sending)

    async def _run(self, activity: Activity, turn: Turn) -> InvokeResponse | None:
        try:
            return await self._adapter.run(activity, turn)
        except Exception as error:  # the edge: whatever it was, the person reads a sentence
            return turn.apologise(activity, _unexpected(error))

    def _start(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)

    async def _follow_up(self, activity: Activity, turn: Turn) -> None:
        try:
            await turn.finish()
            for parcel in turn.parcels:
                await self._send_patiently(activity, parcel)
            if turn.met and not inbound.is_personal(activity):
                await self._introduce(activity, turn.met)
        except Rejected:
            return  # a stranger, who was told so
        except DeliveryError as error:
            log.warning("teams.no_private_chat %s", error)
        except Exception as error:  # the same edge: nobody waits for this task
            _unexpected(error)

    async def _introduce(self, activity: Activity, actor: str) -> None:
        """Find out where cards for somebody go who was met in a room."""

        async def email() -> str | None:
            return actor

        account = replace(inbound.account(activity), address=await self._private(activity))
        await self._desk.identify(account, email)

    async def _send_patiently(self, activity: Activity, parcel: Parcel) -> None:
        """Send again when Teams said when: then it did not take the message. An answer that fails is logged."""
        for attempt in range(ATTEMPTS):
            try:
                return await self._send(activity, parcel)
            except DeliveryError as error:
                wait = error.after if isinstance(error, Retryable) else None
                if wait is None or wait > PATIENCE or attempt == ATTEMPTS - 1:
                    log.warning("teams.answer_lost %s", error)
                    return None
                await self._sleep(wait.total_seconds())
        return None

    async def _send(self, activity: Activity, parcel: Parcel) -> None:
        if parcel.removes:
            await self._connector.remove(inbound.origin(activity), parcel.removes)
        elif parcel.replaces:
            address = room_of(inbound.origin(activity))
            await self._connector.replace(address, parcel.replaces, parcel.activity)
        elif parcel.private and not inbound.is_personal(activity):
            await self._connector.send(await self._private(activity), parcel.activity)
        else:
            await self._connector.send(inbound.origin(activity), parcel.activity)

    async def _private(self, activity: Activity) -> str:
        sender, bot = activity.from_property.id, activity.recipient.id
        return await self._connector.open_private(activity.service_url, bot, sender, inbound.tenant(activity))


def build(
    *,
    session: aiohttp.ClientSession,
    desk: Desk,
    fetch: Fetch,
    upload: Upload,
    zone: tzinfo,
    app_id: str = "",
    app_password: str = "",
    tenant_ids: Collection[str] = (),
    service_hosts: Collection[str] = SERVICE_HOSTS,
    openid_metadata_url: str = PUBLIC.metadata_url,
    local_client: bool = False,
    token_url: str = "",
) -> Teams:
    """The Teams side. `fetch` streams a file's URL, `upload` sends to one; `zone` is agency time.

    `token_url` is of a stand-in.

    With `local_client` nobody is asked for a token, and only this machine may connect: listen where
    `gate.require_loopback` allows. Raises ConfigurationError.
    """
    if local_client:
        return Teams(LocalGate(), Connector(session, LOOPBACK_HOSTS, None), desk, fetch, upload, zone)
    if not (app_id and app_password and tenant_ids):
        raise ConfigurationError(
            "Teams needs TASKINGS_TEAMS__APP_ID, TASKINGS_TEAMS__APP_PASSWORD and TASKINGS_TEAMS__TENANT_IDS; "
            "without them anybody could speak for anybody."
        )
    cloud, tenants = cloud_of(openid_metadata_url), tuple(tenant.lower() for tenant in tenant_ids)
    keys = Keys(session, openid_metadata_url)
    tokens = Tokens(session, token_url or cloud.token_url(tenants), app_id, app_password, cloud.scope)
    gate = TokenGate(app_id, cloud.issuer, tenants, service_hosts, keys)
    return Teams(gate, Connector(session, service_hosts, tokens), desk, fetch, upload, zone)


def _response(invoked: InvokeResponse | None) -> web.Response:
    if invoked is None:
        return web.Response()
    if invoked.body is None:
        return web.Response(status=int(invoked.status))
    return web.json_response(invoked.body, status=int(invoked.status))


def _unexpected(error: Exception) -> str:
    reference = report(error, log, "answering")
    return f"Something went wrong here, and it is not your fault. Try again; if it stays, report reference {reference}."
