"""How to draw the schedules by which chains start over."""

from functools import cache
from typing import Any

from hypothesis import strategies as st

Drawn = st.SearchStrategy[Any]

OFFSETS = ("+00:00", "Z", "+05:00", "-12:00", "+14:00", "+05:45", "-03:30", "+01:00")


@cache
def reset_times() -> Drawn:
    """A full hour of the day with its offset."""
    offsets = st.sampled_from([offset for offset in OFFSETS if offset != "Z"])
    return st.builds(lambda hour, offset: f"{hour:02}:00:00{offset}", st.integers(0, 23), offsets)


@cache
def daily_schedules() -> Drawn:
    """Starts over once a day."""
    return st.fixed_dictionaries({"interval_type": st.just("daily"), "time": reset_times()})


@cache
def weekly_schedules() -> Drawn:
    """Starts over once a week."""
    return st.fixed_dictionaries({"interval_type": st.just("weekly"), "day_of_week": st.integers(1, 7), "time": reset_times()})


@cache
def monthly_schedules() -> Drawn:
    """Starts over once a month."""
    return st.fixed_dictionaries({"interval_type": st.just("monthly"), "day_of_month": st.integers(1, 31), "time": reset_times()})


@cache
def schedules() -> Drawn:
    """Weekly, monthly, or null for never."""
    return st.none() | weekly_schedules() | monthly_schedules()


@cache
def offer_schedules() -> Drawn:
    """Weekly, monthly or hourly."""
    return weekly_schedules() | monthly_schedules() | st.just({"interval_type": "hourly"})
