"""The laws of resets: by hand, and by the schedule of a chain as the clock passes it."""

import calendar
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import strategies as st

from liveops_contract.api import Api
from liveops_contract.checks import Draw, law
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
    update_of,
)
from liveops_contract.schedule_strategies import monthly_schedules, weekly_schedules

HOUR = 3600
START = datetime(2025, 1, 1, tzinfo=UTC)


def strikes(schedule: Json, since: datetime) -> list[datetime]:
    """The moments of a schedule in the four hundred days after `since`, found by looking at every hour."""
    hour, sign = int(schedule["time"][:2]), -1 if schedule["time"][8] == "-" else 1
    zone = timezone(sign * timedelta(hours=int(schedule["time"][9:11]), minutes=int(schedule["time"][12:])))
    first = since.astimezone(zone).replace(hour=hour, minute=0, second=0, microsecond=0) - timedelta(days=1)
    days = [first + timedelta(days=number) for number in range(402)]
    return [day for day in days if day > since and falls_on(schedule, day)]


def falls_on(schedule: Json, day: datetime) -> bool:
    """Whether a schedule strikes on that day of its own calendar."""
    if schedule["interval_type"] == "daily":
        return True
    if schedule["interval_type"] == "weekly":
        return day.isoweekday() == int(schedule["day_of_week"])
    last = calendar.monthrange(day.year, day.month)[1]
    return day.day == min(int(schedule["day_of_month"]), last)


def now(api: Api) -> datetime:
    """The time of the project."""
    assert api.control
    return datetime.fromisoformat(api.control.now())


@law("admin-reset-reward-chain", "get-reward-chains-list")
def a_reset_starts_every_user_and_every_sharing_chain_over(api: Api, draw: Draw) -> None:
    """Balances of the value point are zero and steps unclaimed for all users in all its chains; other value points stay."""
    users = ("user_1", "user_2", "user_3")
    mine, sharing = make(api, open_chain(0, 5)), make(api, open_chain(0, 7))
    apart = make(api, open_chain(0, value_point=OTHER_POINT))
    for user in users:
        earn(api, draw(st.integers(1, 9)), user)
        earn(api, 3, user, OTHER_POINT)
        for number in (mine, sharing, apart):
            claim(api, number, step_ids(api, number)[0], user)
    api.call("admin-reset-reward-chain", path={"reward_chain_id": mine})

    for user in users:
        assert [amount(api, number, user) for number in (mine, sharing, apart)] == [0, 0, 3]
        assert [claimed(api, number, user) for number in (mine, sharing, apart)] == [[False, False], [False, False], [True]]


@law("admin-reset-reward-chain", "claim-user-reward-chain-step-reward")
def what_a_user_received_stays_after_a_reset(api: Api, draw: Draw) -> None:
    """A reset takes points and progress, never items; the step can be claimed again and gives again."""
    number = make(api, open_chain(4))
    step, rounds = step_ids(api, number)[0], draw(st.integers(1, 3))
    for _ in range(rounds):
        earn(api, 4)
        assert claim(api, number, step) is None
        api.call("admin-reset-reward-chain", path={"reward_chain_id": number})

    assert api.control
    assert api.control.inventory("user_1")["com.xsolla.item_1"] == rounds


@law("admin-create-reward-chain", "admin-get-reward-chain", "get-reward-chains-list")
def a_schedule_says_when_it_strikes_next(api: Api, draw: Draw) -> None:
    """The next reset is the first moment after now on the right day, hour and offset; a shorter month uses its last day."""
    assert api.control
    api.control.set_clock((START + timedelta(hours=draw(st.integers(0, 9600)), seconds=draw(st.integers(0, 3599)))).isoformat())
    schedule = draw(weekly_schedules() | monthly_schedules())
    number = make(api, open_chain(0, recurrent_schedule=schedule, date_start="2025-01-01T00:00:00Z"))
    expected = strikes(schedule, now(api))[0]
    state = read(api, number)["recurrent_schedule"]

    assert datetime.fromisoformat(state["displayable_reset_next_date"]) == expected
    assert state["displayable_reset_next_date"][19:].replace("-00:00", "+00:00") == schedule["time"][8:].replace(
        "-00:00", "+00:00"
    )
    assert state["displayable_reset_start_date"] == state["displayable_reset_next_date"]
    assert state["reset_next_date"] == expected.timestamp()
    told = {"interval_type": schedule["interval_type"], "reset_next_date": state["reset_next_date"]}
    assert seen(api)[number]["recurrent_schedule"] == told


@law("admin-create-reward-chain", "get-user-reward-chain-balance", "claim-user-reward-chain-step-reward")
def a_chain_starts_over_at_its_hour_and_not_before(api: Api, draw: Draw) -> None:
    """A second before the strike everything stands; at the strike balance and progress are gone for everybody."""
    schedule = draw(weekly_schedules() | monthly_schedules())
    number, sharing = make(api, open_chain(0, 9, recurrent_schedule=schedule)), make(api, open_chain(0))
    for user in ("user_1", "user_2"):
        earn(api, 5, user)
        claim(api, number, step_ids(api, number)[0], user)
        claim(api, sharing, step_ids(api, sharing)[0], user)
    strike = strikes(schedule, now(api))[0]
    assert api.control
    api.control.set_clock((strike - timedelta(seconds=1)).isoformat())
    before = [
        (amount(api, number, user), claimed(api, number, user), claimed(api, sharing, user)) for user in ("user_1", "user_2")
    ]
    api.control.advance(1)
    after = [
        (amount(api, number, user), claimed(api, number, user), claimed(api, sharing, user)) for user in ("user_1", "user_2")
    ]

    assert before == [(5, [True, False], [True])] * 2
    assert after == [(0, [False, False], [False])] * 2


@law("admin-get-reward-chain", "get-user-reward-chain-balance")
def it_does_not_matter_in_how_many_steps_time_passes(api: Api, draw: Draw) -> None:
    """One long advance and a hundred short ones end in the same state."""
    schedules = draw(st.lists(weekly_schedules() | monthly_schedules(), min_size=1, max_size=3))
    count, piece = draw(st.sampled_from((2, 3, 100))), draw(st.integers(HOUR, 20 * HOUR))
    pieces = [piece] * (count - 1) + [draw(st.integers(1, 9)) * DAY]
    states = []
    for walk in (pieces, [sum(pieces)]):
        twin = api.sibling()
        assert twin.control
        numbers = [
            make(twin, open_chain(0, value_point=point, recurrent_schedule=one))
            for point, one in zip((POINT, OTHER_POINT, POINT), schedules, strict=False)
        ]
        earn(twin, 3)
        for number in numbers:
            claim(twin, number, step_ids(twin, number)[0])
        for seconds in walk:
            twin.control.advance(seconds)
        states.append(([read(twin, number) for number in numbers], seen(twin), twin.control.user("user_1"), twin.control.now()))

    assert states[0] == states[1]


@law("admin-reset-reward-chain", "get-user-reward-chain-balance")
def turning_time_back_restores_what_was(api: Api, draw: Draw) -> None:
    """After an advance and a rewind by as much, everything is as before the advance, whatever struck in between."""
    schedule = draw(weekly_schedules() | monthly_schedules())
    number = make(api, open_chain(0, recurrent_schedule=schedule))
    earn(api, 4)
    claim(api, number, step_ids(api, number)[0])
    assert api.control
    before = (read(api, number), seen(api), api.control.user("user_1"), api.control.now())
    seconds = draw(st.integers(1, 2400)) * HOUR
    api.control.advance(seconds)
    later = make(api, open_chain(0))
    earn(api, 7, value_point=OTHER_POINT)
    api.control.rewind(seconds)

    assert (read(api, number), seen(api), api.control.user("user_1"), api.control.now()) == before
    assert api.call("admin-get-reward-chain", path={"reward_chain_id": later}).error_code == 4001


@law("admin-update-reward-chain", "admin-get-reward-chain")
def a_schedule_that_is_sent_again_counts_from_then(api: Api, draw: Draw) -> None:
    """Time that passes moves the next strike and not the first one; sending it again moves both."""
    schedule = draw(weekly_schedules() | monthly_schedules())
    number = make(api, open_chain(recurrent_schedule=schedule))
    first = read(api, number)["recurrent_schedule"]["displayable_reset_start_date"]
    assert api.control
    api.control.advance(draw(st.integers(32 * DAY, 90 * DAY)))
    passed = read(api, number)
    keeps = draw(st.booleans())
    change = {} if keeps else {"recurrent_schedule": None}
    api.call("admin-update-reward-chain", path={"reward_chain_id": number}, body=update_of(passed, **change))
    state = read(api, number)["recurrent_schedule"]

    expected = strikes(schedule, now(api))[0]
    assert passed["recurrent_schedule"]["displayable_reset_start_date"] == first
    assert datetime.fromisoformat(passed["recurrent_schedule"]["displayable_reset_next_date"]) == expected
    assert (state and datetime.fromisoformat(state["displayable_reset_start_date"])) == (expected if keeps else None)


@law("admin-toggle-reward-chain", "get-user-reward-chain-balance")
def a_chain_that_is_not_open_resets_nobody(api: Api, draw: Draw) -> None:
    """A strike while the chain is switched off or out of its dates leaves balances and other chains alone."""
    schedule = draw(weekly_schedules())
    closed = draw(
        st.sampled_from(({"is_enabled": False}, {"date_end": "2024-12-01T00:00:00Z"}, {"date_start": "2026-01-01T00:00:00Z"}))
    )
    make(api, open_chain(0, recurrent_schedule=schedule, **closed))
    number = make(api, open_chain(0))
    earn(api, 6)
    claim(api, number, step_ids(api, number)[0])
    assert api.control
    api.control.advance(15 * DAY)

    assert amount(api, number) == 6
    assert claimed(api, number) == [True]
