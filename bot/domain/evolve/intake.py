"""A request on its way in: what makes a task is applied by `bot.domain.receiving`, what follows here."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from bot.domain.messages import IntakeEvent, RequestForwarded, RequestLocated, TaskImported, TaskLogged
from bot.domain.task import Status, Task


def with_intake(task: Task, event: IntakeEvent) -> Task:
    match event:
        case RequestForwarded() | TaskImported():
            return task
        case TaskLogged(by=by, at=at, request=request):
            return replace(task, request=request, status=Status.LOGGED, manager=by, logged_at=at)
        case RequestLocated(scope=scope, component=component):
            return replace(task, request=replace(task.request, scope=scope, component=component))
        case _:
            assert_never(event)
