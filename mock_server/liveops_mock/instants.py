"""Points in time. Inside they are Unix seconds; RFC 3339 is read and written at the edges."""

from calendar import monthrange
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from typing import Any

from xsolla_liveops.field_rules import read_instant as read_instant

HOUR, DAY = 3600, 86_400
EPOCH = date(1970, 1, 1).toordinal()
DAY_OF = {"weekly": "day_of_week", "monthly": "day_of_month"}
THURSDAY = 3  # the day of the week of 1970-01-01, where Monday is 0


def write_instant(seconds: int, offset: int = 0) -> str:
    """RFC 3339 with an offset from UTC in seconds."""
    return datetime.fromtimestamp(seconds, timezone(timedelta(seconds=offset))).isoformat(timespec="seconds")


@lru_cache(maxsize=4096)
def reset_offset(time: str) -> int:
    """The offset from UTC that a reset time names, in seconds."""
    offset = int(time[9:11]) * 3600 + int(time[12:14]) * 60
    return -offset if time[8] == "-" else offset


def schedule_offset(schedule: dict[str, Any]) -> int:
    """The offset from UTC that the hour of a schedule names, in seconds; one that strikes each hour names none."""
    return reset_offset(schedule["time"]) if "time" in schedule else 0


def next_reset(schedule: dict[str, Any], after: int) -> int:
    """The first moment of a schedule that is later than `after`."""
    day = schedule.get(DAY_OF.get(schedule["interval_type"], "")) or 0
    return next_moment(schedule["interval_type"], day, schedule.get("time", ""), after)


@lru_cache(maxsize=4096)
def next_moment(interval: str, day: int, time: str, after: int) -> int:
    """The first moment later than `after` at which something strikes each hour, day, week or month."""
    if interval == "hourly":
        return after - after % HOUR + HOUR
    offset = reset_offset(time)
    local = after + offset  # seconds of the schedule's own calendar
    following = {"daily": next_daily, "weekly": next_weekly, "monthly": next_monthly}[interval]
    return following(day, local, int(time[:2]) * HOUR) - offset


def next_daily(_day: int, local: int, hour: int) -> int:
    """The next moment at that hour."""
    moment = local // DAY * DAY + hour
    return moment if moment > local else moment + DAY


def next_weekly(day: int, local: int, hour: int) -> int:
    """The next moment on that day of the week."""
    today = local // DAY
    moment = (today + (day - 1 - today - THURSDAY) % 7) * DAY + hour
    return moment if moment > local else moment + 7 * DAY


def next_monthly(day: int, local: int, hour: int) -> int:
    """The next moment on that day of the month, or on the last day of a shorter one."""
    today = date.fromordinal(local // DAY + EPOCH)
    moment = in_month(today.year, today.month, day) + hour
    if moment > local:
        return moment
    year, month = (today.year, today.month + 1) if today.month < 12 else (today.year + 1, 1)
    return in_month(year, month, day) + hour


def in_month(year: int, month: int, day_of_month: int) -> int:
    """Midnight of that day, or of the last day of a shorter month."""
    last = monthrange(year, month)[1]
    return (date(year, month, min(day_of_month, last)).toordinal() - EPOCH) * DAY
