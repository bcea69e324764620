"""An independent count of a report's figures, by plain loops over the days of the calendar."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import strategies as st

from bot.reporting.figures import Line
from tests.world import T0, ZONE

DAYS = 120
BEGIN = T0 - timedelta(days=DAYS)
moments = st.integers(0, DAYS * 24 * 2).map(lambda halves: BEGIN + timedelta(minutes=30 * halves))
COMPONENTS = ("HOU", "MCMU", "LKP", "MQMU", "HITU", "TPSU", "COS", "CS")


@st.composite
def lines(draw: st.DrawFn, number: int = 0) -> Line:
    """A task that came in, and perhaps went out, was closed or withdrawn after that."""
    received = draw(moments)
    sent = draw(st.none() | st.integers(0, 60 * 48).map(lambda halves: received + timedelta(minutes=30 * halves)))
    closed = (
        draw(st.none() | st.integers(0, 480).map(lambda halves: sent + timedelta(minutes=30 * halves)))
        if sent
        else None
    )
    gone = draw(st.none() | st.integers(0, 60).map(lambda day: received + timedelta(days=day))) if not sent else None
    return Line(
        number=f"T-{draw(st.integers(1000, 10**9 - 1))}",
        task_type=draw(st.sampled_from(["congressional-inquiry", "declaration", "", "qfr"])),
        received_at=received,
        due_at=received + timedelta(hours=draw(st.integers(1, 60 * 24))),
        transmitted_at=sent,
        closed_at=closed,
        withdrawn_at=gone,
        components=tuple(draw(st.lists(st.sampled_from(COMPONENTS), max_size=3, unique=True))),
    )


def halves(start: datetime, end: datetime) -> list[datetime]:
    """Every moment that `lines` uses, from `start` until before `end`."""
    count = int((end - start) / timedelta(minutes=30))
    return [start + timedelta(minutes=30 * n) for n in range(count)]


def age_name(received: datetime, at: datetime) -> str:
    hours = (at - received.astimezone(ZONE)).total_seconds() / 3600  # by the clock on the wall, as `at` is in ZONE
    if hours < 8 * 24:
        return "0-7 days"
    if hours < 31 * 24:
        return "8-30 days"
    return "31-90 days" if hours < 91 * 24 else "over 90 days"


__all__ = ["COMPONENTS", "ZONE", "age_name", "halves", "lines"]
