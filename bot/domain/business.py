"""Business time: federal holidays, the agency's hours, and what is due when counted in them.

Days are the agency's calendar days, `zone` its time zone; moments are aware datetimes.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, tzinfo
from functools import lru_cache

import holidays

OPENS, CLOSES = time(9), time(17)
HOURS = CLOSES.hour - OPENS.hour
#: The email lane's log is owed within this many business days of completion (6-1.3).
LOG_DAYS = 2
#: With at least this much time an officer is asked for the response a business day before it is due.
AMPLE = timedelta(days=3)


@lru_cache(maxsize=32)
def _federal(year: int) -> frozenset[date]:
    """The year's federal holidays as observed; New Year's Day may be observed the December before."""
    found = holidays.country_holidays("US", years=(year, year + 1))
    return frozenset(day for day in found if day.year == year)


def is_business_day(day: date) -> bool:
    return day.weekday() < 5 and day not in _federal(day.year)


def business_day_after(day: date, count: int) -> date:
    """The nth business day after a day; the day itself does not count."""
    step = timedelta(days=1 if count > 0 else -1)
    left = abs(count)
    while left:
        day += step
        left -= is_business_day(day)
    return day


def log_owed_by(completed: datetime, zone: tzinfo) -> datetime:
    """When the log of a task done by email is late: the end of the second business day after completion (6-1.3)."""
    day = business_day_after(completed.astimezone(zone).date(), LOG_DAYS)
    return datetime.combine(day + timedelta(days=1), time(), zone)


def business_time_after(at: datetime, hours: int, zone: tzinfo) -> datetime:
    """The moment that many business hours later; outside them the clock stands still."""
    left, now = timedelta(hours=hours), at.astimezone(zone)
    while True:
        opens, closes = (datetime.combine(now.date(), hour, zone) for hour in (OPENS, CLOSES))
        now = max(now, opens)
        if is_business_day(now.date()) and now < closes:
            if now + left <= closes:
                return now + left
            left -= closes - now
        now = datetime.combine(now.date() + timedelta(days=1), time(), zone)


def business_time_before(at: datetime, hours: int, zone: tzinfo) -> datetime:
    """The moment that many business hours earlier."""
    left, now = timedelta(hours=hours), at.astimezone(zone)
    while True:
        opens, closes = (datetime.combine(now.date(), hour, zone) for hour in (OPENS, CLOSES))
        now = min(now, closes)
        if is_business_day(now.date()) and now > opens:
            if now - left >= opens:
                return now - left
            left -= now - opens
        now = datetime.combine(now.date() - timedelta(days=1), CLOSES, zone)


def response_due(received: datetime, due: datetime, zone: tzinfo) -> datetime:
    """When a response is proposed to be with the Taskings Program, to leave time for review and clearance.

    A business day before the task is due where there is time, else after two thirds of what there is.
    """
    if due - received < AMPLE:
        return received + (due - received) * 2 / 3
    local = due.astimezone(zone)
    before = datetime.combine(
        business_day_after(local.date(), -1), min(local.timetz().replace(tzinfo=None), CLOSES), zone
    )
    return max(before, received + (due - received) / 2)
