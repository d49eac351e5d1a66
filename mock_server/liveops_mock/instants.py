"""Points in time: reading RFC 3339, and when a schedule strikes next."""

import re
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from typing import Any

EARLIEST = datetime.min.replace(tzinfo=UTC)
LATEST = datetime.max.replace(tzinfo=UTC)
INSTANT = re.compile(
    r"([0-9]{4})(-[0-9]{2}-[0-9]{2})T([0-9]{2}:[0-9]{2}):([0-9]{2})(\.[0-9]{1,6})?[0-9]*(Z|[+-][0-9]{2}:[0-9]{2})", re.I
)


def read_instant(text: str) -> datetime:
    """The point in time that an RFC 3339 text names. A leap second counts as the second before; year 0 as the earliest."""
    match = INSTANT.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is not an RFC 3339 date-time")
    year, day, minute, second, fraction, offset = match.groups()
    if year == "0000":
        return EARLIEST
    zone = "+00:00" if offset in "Zz" else offset
    return datetime.fromisoformat(f"{year}{day}T{minute}:{min(int(second), 59):02}{fraction or ''}{zone}")


def write_instant(instant: datetime) -> str:
    """RFC 3339 with the offset that the instant carries."""
    return instant.isoformat(timespec="seconds")


def unix(instant: datetime) -> int:
    """Seconds since 1970."""
    return int(instant.timestamp())


def from_unix(seconds: int) -> datetime:
    """The point in time that many seconds after 1970, in UTC."""
    return datetime.fromtimestamp(seconds, UTC)


@lru_cache(maxsize=4096)
def reset_zone(text: str) -> timezone:
    """The offset that a reset time names."""
    offset = timedelta(hours=int(text[9:11]), minutes=int(text[12:14]))
    return timezone(-offset if text[8] == "-" else offset)


def next_reset(schedule: dict[str, Any], after: int) -> datetime:
    """The first moment of a schedule that is later than `after` (Unix seconds), in the schedule's own offset."""
    local = datetime.fromtimestamp(after, reset_zone(schedule["time"]))
    day = local.replace(hour=int(schedule["time"][:2]), minute=0, second=0, microsecond=0)
    if schedule["interval_type"] == "weekly":
        moment = day + timedelta(days=(schedule["day_of_week"] - day.isoweekday()) % 7)
        return moment if moment > local else moment + timedelta(days=7)
    moment = in_month(day, schedule["day_of_month"])
    return moment if moment > local else in_month(day.replace(day=1) + timedelta(days=32), schedule["day_of_month"])


def in_month(moment: datetime, day_of_month: int) -> datetime:
    """The same time on that day of the month, or on the last day of a shorter one."""
    next_month = moment.replace(day=1) + timedelta(days=32)
    last_day = (next_month.replace(day=1) - timedelta(days=1)).day
    return moment.replace(day=min(day_of_month, last_day))
