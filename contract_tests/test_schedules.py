"""The helpers around schedules: reset times from zones and offsets, schedules from them, and when those strike."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from liveops_contract.description import resolved, validator
from liveops_contract.schedule_strategies import (
    daily_schedules,
    monthly_schedules,
    offer_schedules,
    reset_times,
    weekly_schedules,
)
from sdk_harness import PROJECT, Sdk
from xsolla_liveops import LiveOps, ResetTime, Schedule, UseSchedule, next_resets

Json = Any
BERLIN = "Europe/Berlin"
MOMENTS = st.integers(1_600_000_000, 2_000_000_000)
FEW = settings(max_examples=60, derandomize=True, database=None, deadline=None)


@pytest.fixture(scope="module")
def sdk() -> Iterator[Sdk]:
    """A mock with a control door."""
    found = Sdk("sync")
    yield found
    found.close()


@pytest.mark.parametrize(
    ("made", "text"),
    [
        (ResetTime(time(5), "+01:00"), "05:00:00+01:00"),
        (ResetTime(time(0), timedelta(hours=-3, minutes=-30)), "00:00:00-03:30"),
        (ResetTime(time(23), timezone(timedelta(hours=14))), "23:00:00+14:00"),
        (ResetTime(time(5, tzinfo=UTC)), "05:00:00+00:00"),
        (ResetTime(time(5), BERLIN, on=date(2025, 1, 1)), "05:00:00+01:00"),
        (ResetTime(time(5), ZoneInfo(BERLIN), on=date(2025, 7, 1)), "05:00:00+02:00"),
        (ResetTime(time(1), BERLIN, on=date(2025, 3, 30)), "01:00:00+01:00"),
        (ResetTime(time(5), BERLIN, on=date(2025, 3, 30)), "05:00:00+02:00"),
    ],
)
def test_a_reset_time_is_made_of_an_hour_and_an_offset_or_a_zone(made: ResetTime, text: str) -> None:
    """A zone gives the offset that it has at that hour of that day."""
    assert str(made) == text


@FEW
@given(reset_times())
def test_a_reset_time_is_written_as_it_was_read(text: str) -> None:
    """And what is written fits the description."""
    assert str(ResetTime.parse(text)) == text
    assert validator(resolved({"$ref": "#/components/schemas/ResetTime"})).is_valid(text)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: ResetTime(time(5, 30), "+01:00"), "05:30:00 is not a whole hour, and resets strike at whole hours"),
        (lambda: ResetTime(time(5)), "05:00:00 is nowhere; pass an offset"),
        (lambda: ResetTime(time(5), BERLIN), "pass the day to take it from"),
        (lambda: ResetTime(time(5), "Europe/Atlantis", on=date(2025, 1, 1)), "'Europe/Atlantis' is neither an offset"),
        (lambda: ResetTime(time(5), "+99:00"), "'\\+99:00' is neither an offset"),
        (lambda: ResetTime(time(5, tzinfo=UTC), "+01:00"), "has an offset already"),
        (lambda: ResetTime(time(5), timedelta(days=2)), "is not in whole minutes, or is a day or more"),
        (lambda: ResetTime.parse("05:15:00+01:00"), "'05:15:00\\+01:00' is no reset time"),
        (lambda: ResetTime.parse("noon"), "'noon' is no reset time"),
        (lambda: Schedule.weekly(8, ResetTime(time(5), "+01:00")), "8 is no day of the week"),
        (lambda: Schedule.monthly(0, ResetTime(time(5), "+01:00")), "0 is no day of a month"),
        (lambda: next_resets(Schedule.hourly(), datetime(2025, 1, 1)), "has no time zone"),
        (lambda: next_resets({"interval_type": "weekly"}), "tells no time"),
    ],
)
def test_what_is_no_schedule_is_refused_in_a_sentence(call: Any, said: str) -> None:
    """It shows the value, and what to pass instead."""
    with pytest.raises(ValueError, match=said):
        call()


def test_schedules_are_made_of_days_and_hours() -> None:
    """Days of the week have names and numbers."""
    at = ResetTime(time(5), "+01:00")
    weekly = {"interval_type": "weekly", "day_of_week": 3, "time": "05:00:00+01:00"}

    assert Schedule.weekly("wednesday", at).to_dict() == Schedule.weekly(3, at).to_dict() == weekly
    assert UseSchedule.weekly("wednesday", at).to_dict() == weekly
    assert Schedule.monthly(31, at).to_dict() == {"interval_type": "monthly", "day_of_month": 31, "time": "05:00:00+01:00"}
    assert UseSchedule.monthly(31, at).to_dict() == Schedule.monthly(31, at).to_dict()
    assert UseSchedule.daily(at).to_dict() == {"interval_type": "daily", "time": "05:00:00+01:00"}
    assert Schedule.hourly().to_dict() == {"interval_type": "hourly"}


def test_resets_follow_one_another_without_end() -> None:
    """In the offset of the schedule; a month that is too short has its last day."""
    schedule = Schedule.monthly(31, ResetTime(time(5), "+01:00"))
    found = [moment.isoformat() for moment in islice(next_resets(schedule, datetime(2025, 1, 31, 4, tzinfo=UTC)), 3)]

    assert found == ["2025-02-28T05:00:00+01:00", "2025-03-31T05:00:00+01:00", "2025-04-30T05:00:00+01:00"]


def test_resets_begin_now_where_nothing_else_is_said() -> None:
    """The next hour is not far."""
    assert timedelta() < next(next_resets(Schedule.hourly())) - datetime.now(UTC) <= timedelta(hours=1)


def at_moment(sdk: Sdk, now: int) -> tuple[LiveOps, datetime]:
    """The project, empty, at a moment of virtual time."""
    moment = datetime.fromtimestamp(now, UTC)
    sdk.empty()
    sdk.control("PUT", "/clock", {"now": moment.isoformat()})
    return LiveOps(sdk.admin, project_id=PROJECT), moment


def test_resets_of_a_chain_agree_with_the_server(sdk: Sdk) -> None:
    """For any schedule of an offer chain, at any moment: the one that the server names is the first."""
    step = {"is_free": True, "step_number": 1, "items": [{"sku": "com.xsolla.item_1", "quantity": 1}]}

    @FEW
    @given(offer_schedules(), MOMENTS)
    def agree(schedule: Json, now: int) -> None:
        liveops, moment = at_moment(sdk, now)
        body = {"name": {"en": "x"}, "date_start": "2020-01-01T00:00:00Z", "is_enabled": False, "steps": [step]}
        told = liveops.offer_chains.get(
            liveops.offer_chains.create({**body, "recurrent_schedule": schedule}).id
        ).recurrent_schedule
        assert told is not None
        assert int(next(next_resets(told, moment)).timestamp()) == told.reset_next_date
        assert next(next_resets(schedule, moment)) == told.displayable_reset_next_date

    agree()


def test_resets_of_a_count_agree_with_the_server(sdk: Sdk) -> None:
    """The same for how often a promotion may be used, each day, week or month."""
    items = {"condition": [{"sku": "com.xsolla.item_1"}], "bonus": [{"sku": "com.xsolla.item_2", "quantity": 1}]}

    @FEW
    @given(daily_schedules() | weekly_schedules() | monthly_schedules(), MOMENTS)
    def agree(schedule: Json, now: int) -> None:
        liveops, moment = at_moment(sdk, now)
        limits = {"per_user": 1, "recurrent_schedule": {"per_user": schedule}}
        body = {"name": {"en-US": "x"}, "promotion_periods": [{"date_from": "2020-01-01T00:00:00Z"}], "limits": limits, **items}
        told = liveops.bonuses.get(liveops.bonuses.create(body).promotion_id).limits.recurrent_schedule
        assert told is not None
        state = told.per_user
        assert int(next(next_resets(state, moment)).timestamp()) == state.reset_next_date

    agree()
