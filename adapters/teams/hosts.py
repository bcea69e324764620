"""Which hosts are Teams: the gate believes no other, and the bot's token goes to no other."""

from __future__ import annotations

from collections.abc import Collection
from ipaddress import ip_address

from yarl import URL

#: The Bot Connector of the commercial and government clouds: GCC, GCC High and DoD have their own hosts.
SERVICE_HOSTS = (
    "smba.trafficmanager.net",
    "*.botframework.com",
    "smba.infra.gcc.teams.microsoft.com",
    "smba.infra.gov.teams.microsoft.us",
    "smba.infra.dod.teams.microsoft.us",
    "*.botframework.us",
)
LOOPBACK_HOSTS = ("localhost", "127.0.0.1", "::1")


def is_loopback(host: str) -> bool:
    """Whether a host name or an address can only mean this machine."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def is_service(url: str, hosts: Collection[str]) -> bool:
    """Whether a service URL is on an allowed host; `*.example.com` allows every host below example.com.

    It must be https, save on this machine, where a stand-in may play Teams.
    """
    try:
        parsed = URL(url)
    except ValueError:
        return False
    host = parsed.host
    if host is None or parsed.user or parsed.scheme not in ("http", "https"):
        return False
    if parsed.scheme == "http" and not is_loopback(host):
        return False
    return any(host == name or (name.startswith("*.") and host.endswith(name[1:])) for name in hosts)
