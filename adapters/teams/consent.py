"""Files to somebody's OneDrive: Teams asks them in the personal chat, and says where to upload once they agree."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from botbuilder.schema import Activity

from bot.errors import Rejected
from bot.ports.chat import Desk, OutgoingFile

CONSENT = "application/vnd.microsoft.teams.card.file.consent"
INFO = "application/vnd.microsoft.teams.card.file.info"
ANSWERED = "fileConsent/invoke"
#: Bytes of one request; the place takes multiples of 320 KiB, up to 60 MiB.
PIECE = 32 * 320 * 1024
NO_LONGER = "This file is offered no longer; ask for the files again."

#: Sends bytes to an address, with every check that an address from outside needs: method, address, bytes, headers.
Upload: TypeAlias = Callable[[str, str, bytes, Mapping[str, str]], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Consent:
    """What somebody answered to the offer of a file. Anybody can send anything: the desk decides what they may read."""

    accepted: bool
    task: str
    package: str
    sha256: str
    place: Mapping[str, Any]


def offer(sent: OutgoingFile) -> dict[str, Any]:
    """The question, as a message: nothing is uploaded before it is answered."""
    context = {"task": sent.task, "package": sent.package, "sha256": sent.file.sha256}
    content = {
        "description": f"Of the response to {sent.task}" if sent.task else "What you asked for",
        "sizeInBytes": sent.file.size,
        "acceptContext": context,
        "declineContext": context,
    }
    attachment = {"contentType": CONSENT, "name": sent.file.name, "content": content}
    return {
        "type": "message",
        "summary": f"A file of {sent.task}" if sent.task else "Your file",
        "attachments": [attachment],
    }


def is_answer(activity: Activity) -> bool:
    return bool(activity.type == "invoke" and activity.name == ANSWERED)


def answered(activity: Activity) -> Consent:
    """Raises Rejected when it is nothing that Teams sends."""
    match activity.value:
        case {
            "action": "accept",
            "context": {"task": str(task), "package": str(package), "sha256": str(sha256)},
            "uploadInfo": {"uploadUrl": str(), "contentUrl": str(), "name": str()} as place,
        }:
            return Consent(True, task, package, sha256, place)
        case {"action": "decline"}:
            return Consent(False, "", "", "", {})
        case _:
            raise Rejected(NO_LONGER)


async def saved(consent: Consent, actor: str, desk: Desk, upload: Upload) -> dict[str, Any]:
    """Upload what was agreed to; what shows the file then. Raises Rejected, DeliveryError."""
    _, content = await desk.fetch(actor, consent.task, consent.package, consent.sha256)
    for start in range(0, len(content), PIECE):
        piece = content[start : start + PIECE]
        last = start + len(piece) - 1
        headers = {
            "Content-Range": f"bytes {start}-{last}/{len(content)}",
            "Content-Type": "application/octet-stream",
        }
        await upload("PUT", str(consent.place["uploadUrl"]), piece, headers)
    return _info(consent.place)


def _info(place: Mapping[str, Any]) -> dict[str, Any]:
    attachment = {
        "contentType": INFO,
        "contentUrl": place["contentUrl"],
        "name": place["name"],
        "content": {"uniqueId": str(place.get("uniqueId", "")), "fileType": str(place.get("fileType", ""))},
    }
    return {"type": "message", "summary": "Your file is in OneDrive", "attachments": [attachment]}
