"""What is added to a sealed record (6-5): each supplement has a seal of its own, that of the record stays valid."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, replace
from datetime import UTC

from bot.domain.context import Context
from bot.domain.entered import limited
from bot.domain.messages import RecordSupplemented, SupplementRecord
from bot.domain.package import Package, distinct
from bot.domain.task import Task
from bot.errors import InvalidInput


def supplemented(task: Task, command: SupplementRecord, ctx: Context) -> tuple[RecordSupplemented, ...]:
    """Raises InvalidInput for an empty one; the same by the same person again is the same supplement."""
    package = Package(limited(command.text, "text"), distinct(command.files))
    if not package:
        raise InvalidInput("Write what is to be added, or add a file.", field="text")
    last = task.supplements[-1] if task.supplements else None
    if last and (last.by, last.package) == (ctx.actor, package):
        return ()
    added = RecordSupplemented(ctx.actor, ctx.now, package, "")
    return (replace(added, seal=supplement_seal(task, added)),)


def supplement_text(task: Task, added: RecordSupplemented) -> str:
    """What the seal of a supplement is the SHA-256 of, in canonical JSON; `task` is as it was before."""
    parts = {
        "record": task.seal,
        "previous": task.supplements[-1].seal if task.supplements else "",
        "by": added.by,
        "at": added.at.astimezone(UTC).isoformat(),
        "text": added.package.text,
        "files": [asdict(file) for file in added.package.files],
    }
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def supplement_seal(task: Task, added: RecordSupplemented) -> str:
    return hashlib.sha256(supplement_text(task, added).encode()).hexdigest()
