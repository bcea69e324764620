"""Who signs in the local Teams: keys that rotate, tokens for the bot's gate, and the bot's own token."""

from __future__ import annotations

import base64
import time
from dataclasses import dataclass, field
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key

ISSUER = "https://api.botframework.com"
LASTS = 3600  # seconds


@dataclass(slots=True)
class Issuer:
    """`endorsed` are the channels that new keys may sign for; `fetches` counts how often the keys were asked for.

    `others` are published beside ours, as they are.
    """

    app_id: str
    app_password: str
    endorsed: tuple[str, ...] = ("msteams",)
    keys: dict[str, tuple[RSAPrivateKey, tuple[str, ...]]] = field(default_factory=dict)
    others: list[dict[str, Any]] = field(default_factory=list)
    fetches: int = 0
    given: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.rotate()

    @property
    def kid(self) -> str:
        """The key that signs now."""
        return list(self.keys)[-1]

    def rotate(self) -> None:
        """Sign with a new key from now on; the old ones stay published."""
        self.keys[f"key-{len(self.keys) + 1}"] = (generate_private_key(65537, 2048), self.endorsed)

    def token(self, service_url: str, **changes: object) -> str:
        """What the Bot Connector would send with an activity; a changed claim of None is left out."""
        now = int(time.time())
        claims = {"iss": ISSUER, "aud": self.app_id, "serviceurl": service_url, "nbf": now, "exp": now + LASTS}
        told = {name: value for name, value in (claims | changes).items() if value is not None}
        return jwt.encode(told, self.keys[self.kid][0], algorithm="RS256", headers={"kid": self.kid})

    def give(self, form: dict[str, str]) -> dict[str, Any] | None:
        """The bot's own token, None for wrong credentials."""
        if (form.get("client_id"), form.get("client_secret")) != (self.app_id, self.app_password):
            return None
        self.given.append(f"bot-token-{len(self.given) + 1}")
        return {"token_type": "Bearer", "expires_in": LASTS, "access_token": self.given[-1]}

    def published(self) -> list[dict[str, Any]]:
        """The keys as the Bot Connector's document lists them."""
        return self.others + [_public(kid, key, list(endorsed)) for kid, (key, endorsed) in self.keys.items()]


def _public(kid: str, key: RSAPrivateKey, endorsed: list[str]) -> dict[str, Any]:
    numbers = key.public_key().public_numbers()
    number = {"n": _base64(numbers.n), "e": _base64(numbers.e)}
    return {"kty": "RSA", "use": "sig", "kid": kid, "x5t": kid, **number, "endorsements": endorsed}


def _base64(number: int) -> str:
    raw = number.to_bytes((number.bit_length() + 7) // 8, "big")
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
