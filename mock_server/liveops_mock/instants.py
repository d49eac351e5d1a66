"""Points in time. Inside they are Unix seconds; RFC 3339 is read and written at the edges."""

from calendar import monthrange
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from typing import Any

from xsolla_liveops.field_rules import read_instant as read_instant

HOUR, DAY = 3600, 86_400
EPOCH = date(1970, 1, 1).toordinal()
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
    if schedule["interval_type"] == "hourly":
        return after - after % HOUR + HOUR
    offset = reset_offset(schedule["time"])
    local = after + offset  # seconds of the schedule's own calendar
    hour = int(schedule["time"][:2]) * HOUR
    following = {"daily": next_daily, "weekly": next_weekly, "monthly": next_monthly}[schedule["interval_type"]]
    return following(schedule, local, hour) - offset


def next_daily(schedule: dict[str, Any], local: int, hour: int) -> int:
    """The next moment at the schedule's hour."""
    moment = local // DAY * DAY + hour
    return moment if moment > local else moment + DAY


def next_weekly(schedule: dict[str, Any], local: int, hour: int) -> int:
    """The next moment on the schedule's day of the week."""
    today = local // DAY
    days = (schedule["day_of_week"] - 1 - today - THURSDAY) % 7
    moment: int = (today + days) * DAY + hour
    return moment if moment > local else moment + 7 * DAY


def next_monthly(schedule: dict[str, Any], local: int, hour: int) -> int:
    """The next moment on the schedule's day of the month, or on the last day of a shorter one."""
    today = date.fromordinal(local // DAY + EPOCH)
    moment = in_month(today.year, today.month, schedule["day_of_month"]) + hour
    if moment > local:
        return moment
    year, month = (today.year, today.month + 1) if today.month < 12 else (today.year + 1, 1)
    return in_month(year, month, schedule["day_of_month"]) + hour


def in_month(year: int, month: int, day_of_month: int) -> int:
    """Midnight of that day, or of the last day of a shorter month."""
    last = monthrange(year, month)[1]
    return (date(year, month, min(day_of_month, last)).toordinal() - EPOCH) * DAY
