"""Configuration, read once in `bot.__main__` and passed down."""

from __future__ import annotations

import re
from email.utils import parseaddr
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import ConfigurationError


class Slack(BaseModel, frozen=True):
    """Off while there is no bot token; an app token turns Socket Mode on."""

    bot_token: SecretStr = SecretStr("")
    signing_secret: SecretStr = SecretStr("")
    app_token: SecretStr = SecretStr("")
    api_url: str = "https://slack.com/api/"


class Teams(BaseModel, frozen=True):
    """Off while there is no app id; `local_client` turns authentication off, on loopback only.

    Hosts and metadata are Microsoft's public cloud's unless they are set.
    """

    app_id: str = ""
    app_password: SecretStr = SecretStr("")
    tenant_ids: frozenset[str] = frozenset()
    service_hosts: frozenset[str] | None = None
    openid_metadata_url: str | None = None
    local_client: bool = False


class Mail(BaseModel, frozen=True):
    """Official responses go out by email from here; off while there is no host. `sender` is an address, and
    `records_to` the Taskings mailbox, which gets a copy of each record.
    """

    host: str = ""
    port: int = 587
    username: str = ""
    password: SecretStr = SecretStr("")
    security: Literal["starttls", "tls", "none"] = "starttls"
    sender: str = ""
    records_to: str = ""

    @model_validator(mode="after")
    def a_sender(self) -> Mail:
        if self.host and not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+", parseaddr(self.sender)[1]):
            raise ValueError("with a host, set SENDER to the address that responses come from")
        if self.records_to and not (self.host and re.fullmatch(r"[^@\s<>]+@[^@\s<>]+", self.records_to)):
            raise ValueError("RECORDS_TO is one address, and needs a HOST to send from")
        return self


class Settings(BaseSettings):
    """From the environment or `.env`, each name with the prefix TASKINGS_.

    `files_keys` are 32 bytes in base64 by the id of the key, the last of which encrypts; `files_clamd` is the
    host:port of a clamd that looks at every file, none while it is empty. Of an archive count the files in it, the MB
    that it unpacks to, and how many times its own size those may be. `anchors_file` is where the heads of records
    are written down every minute, nowhere while it is empty, and `anchors_url` where its lines go on to.
    `retention_file` has the agency's approved schedules.
    """

    model_config = SettingsConfigDict(
        env_prefix="TASKINGS_", env_nested_delimiter="__", env_file=".env", frozen=True, extra="ignore"
    )

    database_url: str = "sqlite+aiosqlite:///taskings.db"
    http_host: str = "127.0.0.1"
    http_port: int = 3978
    files_url: str = Field(default_factory=lambda: Path("taskings-files").absolute().as_uri())
    files_keys: dict[str, SecretStr] = Field(default_factory=dict)
    files_max_mb: int = Field(default=25, gt=0)
    files_clamd: str = ""
    files_archive_entries: int = Field(default=1000, gt=0)
    files_archive_mb: int = Field(default=100, gt=0)
    files_archive_ratio: int = Field(default=100, gt=0)
    anchors_file: str = ""
    anchors_url: str = ""
    retention_file: str = ""
    timezone: str = "America/New_York"
    slack: Slack = Slack()
    teams: Teams = Teams()
    mail: Mail = Mail()

    @field_validator("files_clamd")
    @classmethod
    def an_address(cls, value: str) -> str:
        host, _, port = value.rpartition(":")
        if value and not (host and port.isdecimal()):
            raise ValueError("write it as host:port, like 127.0.0.1:3310")
        return value

    @model_validator(mode="after")
    def a_place_for_anchors(self) -> Settings:
        if self.anchors_url and not re.match(r"https://|http://(127\.0\.0\.1|localhost)[:/]", self.anchors_url):
            raise ValueError("ANCHORS_URL begins with https://")
        if self.anchors_url and not self.anchors_file:
            raise ValueError("ANCHORS_URL gets the lines of ANCHORS_FILE; set that, too")
        return self

    @field_validator("timezone")
    @classmethod
    def known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError) as error:
            raise ValueError(f"{value} is not a time zone; use a name like America/New_York") from error
        return value

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


def read_settings() -> Settings:
    """Raises ConfigurationError that names the setting."""
    try:
        return Settings()
    except ValidationError as error:
        wrong = "; ".join(f"TASKINGS_{'__'.join(map(str, e['loc'])).upper()}: {e['msg']}" for e in error.errors())
        raise ConfigurationError(f"The settings can't be used: {wrong}.") from error
