"""The laws of time: the calendar of schedules in odd places, many strikes on one way, and the way back."""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from liveops_contract.api import Api
from liveops_contract.checks import Draw, law
from liveops_contract.laws import scenes
from liveops_contract.laws.resets import now, strikes
from liveops_contract.laws.reward_chain_scenes import (
    DAY,
    OTHER_POINT,
    POINT,
    Json,
    amount,
    claim,
    claimed,
    earn,
    make,
    open_chain,
    read,
    seen,
    step_ids,
)
from liveops_contract.schedule_strategies import monthly_schedules, weekly_schedules

HOUR = 3600
LONG_AGO = "1971-01-01T00:00:00Z"
ODD_YEARS = (2000, 2024, 2025, 2100)  # of the years that end a century only each fourth is a leap year
ODD_OFFSETS = ("-23:59", "-12:00", "-03:30", "-00:01", "-00:00", "+00:00", "+05:45", "+13:45", "+14:00", "+23:59")


def schedules_anywhere() -> st.SearchStrategy[Json]:
    """A schedule at any hour, in any zone that can be written, mostly at the end of months."""
    offsets = st.sampled_from(ODD_OFFSETS) | st.builds(
        "{}{:02}:{:02}".format, st.sampled_from("+-"), st.integers(0, 23), st.integers(0, 59)
    )
    times = st.builds("{:02}:00:00{}".format, st.sampled_from((0, 23)) | st.integers(0, 23), offsets)
    monthly = {"interval_type": st.just("monthly"), "day_of_month": st.sampled_from((1, 28, 29, 29, 30, 31)), "time": times}
    weekly = {"interval_type": st.just("weekly"), "day_of_week": st.integers(1, 7), "time": times}
    return st.fixed_dictionaries(monthly) | st.fixed_dictionaries(monthly) | st.fixed_dictionaries(weekly)


def ends_of_month(year: int) -> st.SearchStrategy[datetime]:
    """A moment in the last days of a month, mostly of February."""
    months = st.sampled_from((1, 2, 2, 2, 4))
    return st.builds(
        lambda month, seconds: datetime(year, month, 24, tzinfo=UTC) + timedelta(seconds=seconds), months, st.integers(0, 5 * DAY)
    )


@law("admin-get-reward-chain", "get-user-reward-chain-balance")
def months_end_where_the_calendar_says(api: Api, draw: Draw) -> None:
    """In leap years and others, in every zone: the next strike is told, and comes to the second, as the calendar has it."""
    for year in ODD_YEARS:
        there, schedule = api.sibling(), draw(schedules_anywhere())
        control = scenes.control_of(there)
        control.set_clock(draw(ends_of_month(year)).isoformat())
        number = make(there, open_chain(0, date_start=LONG_AGO, recurrent_schedule=schedule))
        for expected in strikes(schedule, now(there))[:2]:
            earn(there, 3)
            told = read(there, number)["recurrent_schedule"]
            assert (told["reset_next_date"], told["displayable_reset_next_date"]) == (expected.timestamp(), written(expected))
            control.set_clock((expected - timedelta(seconds=1)).astimezone(UTC).isoformat())
            before = amount(there, number)
            control.advance(1)
            assert (before, amount(there, number)) == (3, 0)


def written(moment: datetime) -> str:
    """A moment with the offset of its own zone."""
    return moment.isoformat(timespec="seconds")


@law("admin-create-reward-chain", "get-user-reward-chain-balance", "get-reward-chains-list")
def every_strike_on_the_way_counts(api: Api, draw: Draw) -> None:
    """However far the clock is turned at once, a chain starts over if it was open at one of its strikes on the way."""
    control, begin = scenes.control_of(api), now(api)
    schedule = draw(weekly_schedules() | monthly_schedules())
    days = draw(st.integers(8, 100))
    on_the_way = [strike for strike in strikes(schedule, begin) if strike <= begin + timedelta(days=days)] or [begin]
    opened = draw(st.sampled_from(on_the_way)) + timedelta(seconds=draw(st.sampled_from((-1, 0, 1))))
    closed = draw(
        st.sampled_from((opened + timedelta(seconds=1), opened + timedelta(days=days), max(opened, on_the_way[-1]), None))
    )
    dates = {"date_start": written(opened.astimezone(UTC)), "date_end": closed and written(closed)}
    make(api, open_chain(0, recurrent_schedule=schedule, **dates))
    watched = make(api, open_chain(0))
    earn(api, 3)
    claim(api, watched, step_ids(api, watched)[0])
    control.advance(days * DAY)

    is_struck = any(opened <= strike and (closed is None or strike < closed) for strike in on_the_way if strike > begin)
    assert (amount(api, watched), claimed(api, watched)) == ((0, [False]) if is_struck else (3, [True]))


def told(api: Api, chains: list[int]) -> Json:
    """All that can be read of some chains and of a user, and the time."""
    control = scenes.control_of(api)
    return [read(api, number) for number in chains], seen(api), control.user("user_1"), control.orders("user_1"), control.now()


def furnish(api: Api, schedules: list[Json]) -> list[int]:
    """A chain for each schedule; two share a value point."""
    points = (POINT, OTHER_POINT, POINT)
    return [
        make(api, open_chain(0, 4, value_point=point, recurrent_schedule=schedule))
        for point, schedule in zip(points, schedules, strict=False)
    ]


def act(api: Api, chains: list[int], points: int, place: int) -> None:
    """Earn some points of each kind, and claim a step."""
    earn(api, points)
    earn(api, points, value_point=OTHER_POINT)
    number = chains[place % len(chains)]
    claim(api, number, step_ids(api, number)[place % 2])


@law("admin-get-reward-chain", "get-reward-chains-list", "claim-user-reward-chain-step-reward")
def time_turned_back_is_time_as_it_was(api: Api, draw: Draw) -> None:
    """Turned back to any moment, at once or by halves, all is as if the clock had not gone further; and it goes on like that."""
    schedules = draw(st.lists(weekly_schedules() | monthly_schedules(), min_size=1, max_size=3))
    life = draw(st.lists(st.tuples(st.integers(1, 9), st.integers(0, 5), st.integers(1, 400)), min_size=1, max_size=4))
    last = draw(st.integers(0, len(life) - 1))
    passed = draw(st.integers(0, life[last][2] * HOUR - 1))  # since the last act that is not undone
    twin = api.sibling()
    for project, acts in ((twin, life[: last + 1]), (api, life)):
        chains = furnish(project, schedules)
        for place, (points, step, hours) in enumerate(acts):
            act(project, chains, points, step)
            if project is api or place < last:
                scenes.control_of(project).advance(hours * HOUR)
    back = sum(hours for *_, hours in life[last:]) * HOUR - passed
    for seconds in draw(st.sampled_from(((back - 1, 1), (1, back - 1), (back,)))):
        if seconds:
            scenes.control_of(api).rewind(seconds)
    if passed:
        scenes.control_of(twin).advance(passed)

    assert told(api, chains) == told(twin, chains)
    for project in (api, twin):
        act(project, chains, 5, 1)
        scenes.control_of(project).advance(40 * DAY)
    assert told(api, [*chains, make(api, open_chain())]) == told(twin, [*chains, make(twin, open_chain())])
