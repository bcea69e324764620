"""What nobody expected: where it happened is logged, without anybody's words, under a reference that people read."""

from __future__ import annotations

import logging
import traceback
from uuid import uuid4


def report(error: BaseException, log: logging.Logger, doing: str) -> str:
    """Log the error and what was being done; returns the reference it is logged under."""
    reference = uuid4().hex[:8]
    log.error("%s failed unexpectedly, reference %s\n%s", doing, reference, _trace(error))
    return reference


def _trace(error: BaseException) -> str:
    """Kinds and places of an error and its causes; their messages may quote what people wrote."""
    causes: list[BaseException] = [error]
    while cause := causes[-1].__cause__ or causes[-1].__context__:
        causes.append(cause)
    return "\n".join(type(e).__name__ + "\n" + "".join(traceback.format_tb(e.__traceback__)) for e in reversed(causes))
