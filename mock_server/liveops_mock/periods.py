"""When promotions are valid: windows of time, each with its first moment and without its last."""

from typing import Any

from .instants import read_instant

Json = Any


def stored_periods(body: Json) -> list[Json]:
    """The windows that a body names, as they are kept."""
    return [{"date_until": None, **period} for period in body.get("promotion_periods", [])]


def period_at(periods: list[Json], now: int) -> Json:
    """The window in which a moment lies, or None."""
    return next((period for period in periods if is_within(period, now)), None)


def is_within(period: Json, now: int) -> bool:
    """Whether a moment lies in a window; one without end never closes."""
    until = period.get("date_until")
    return now >= read_instant(period["date_from"]) and (until is None or now < read_instant(until))


def is_running(periods: list[Json], now: int) -> bool:
    """Whether a promotion with these windows is valid at a moment; without windows it always is."""
    return not periods or period_at(periods, now) is not None
