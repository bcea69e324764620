"""Every error this service raises on purpose, sorted by what the caller does about it."""

from __future__ import annotations

from datetime import timedelta


class TaskingsError(Exception):
    """Root of all deliberate errors."""


class Rejected(TaskingsError):
    """The actor cannot do this. The message is one sentence, safe to show them; never retried."""


class NotAllowed(Rejected):
    """The actor lacks the position for this command."""


class IllegalTransition(Rejected):
    """The task is not in a state that accepts this command."""


class NotFound(Rejected):
    """No such task, person or file that the actor may know of."""


class InvalidInput(Rejected):
    """What was entered cannot be used; `field` names the form's field when one is to blame."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class ConfigurationError(TaskingsError):
    """A setting or a file that people edit is wrong; the message says which and how to mend it."""


class Conflict(TaskingsError):
    """Someone else committed first. Reload and decide again."""


class DeliveryError(TaskingsError):
    """A chat platform refused or failed; the only error a `Chat` may raise."""


class MailError(TaskingsError):
    """A mail could not be sent; the message says why, to the task manager alone."""


class NotSent(MailError):
    """It certainly did not go out."""


class NotKnown(MailError):
    """It was handed to the mail server, and whether that took it is not known."""


class Retryable(DeliveryError):
    """Try again, no sooner than `after`."""

    def __init__(self, message: str, after: timedelta | None = None) -> None:
        super().__init__(message)
        self.after = after


class SurfaceGone(DeliveryError):
    """The message or conversation no longer exists, or the bot is not in it. Stop updating it."""
