"""botbuilder's part of a turn, without its network: it reads the activity, picks the handler, keeps the answer.

Left alone it would ask Microsoft for a token on every turn, on the event loop, and check the sender a second time.
"""

from __future__ import annotations

from typing import Any, NoReturn

from botbuilder.core import CloudAdapterBase, InvokeResponse
from botbuilder.schema import Activity
from botframework.connector.auth import (
    AuthenticateRequestResult,
    BotFrameworkAuthentication,
    ClaimsIdentity,
    ConnectorFactory,
)

from adapters.teams.turn import Turn

SENDS_NOTHING = "messages are sent through adapters.teams.connector"


class _Connectors(ConnectorFactory):  # type: ignore[misc]  # botbuilder has no types
    async def create(self, service_url: str, audience: str) -> object:
        return object()


class _Admitted(BotFrameworkAuthentication):  # type: ignore[misc]  # botbuilder has no types
    """The gate has admitted the activity already; nothing here is asked for by a turn that sends nothing."""

    async def authenticate_request(self, activity: Activity, auth_header: str) -> NoReturn:
        raise NotImplementedError(SENDS_NOTHING)

    async def authenticate_streaming_request(self, auth_header: str, channel_id_header: str) -> NoReturn:
        raise NotImplementedError(SENDS_NOTHING)

    def create_connector_factory(self, claims_identity: ClaimsIdentity) -> NoReturn:
        raise NotImplementedError(SENDS_NOTHING)

    async def create_user_token_client(self, claims_identity: ClaimsIdentity) -> None:
        return None


class Adapter:
    """Runs turns. `CloudAdapter.process` is not used: it answers 500 to every invoke that has a body."""

    def __init__(self) -> None:
        # No on_turn_error: with it an error in an invoke would become a 501, without a word to the person.
        self._adapter: Any = CloudAdapterBase(_Admitted())

    async def run(self, activity: Activity, turn: Turn) -> InvokeResponse | None:
        """The answer to an invoke, None for everything else."""
        admitted = AuthenticateRequestResult()
        admitted.claims_identity = ClaimsIdentity({}, True)
        admitted.audience = admitted.caller_id = None
        admitted.connector_factory = _Connectors()
        return await self._adapter.process_activity(admitted, activity, turn.on_turn)
