"""The laws of offer chains that start over by themselves: hourly, weekly, monthly."""

from datetime import UTC, datetime, timedelta
from itertools import product

from hypothesis import strategies as st

from liveops_contract.api import Api
from liveops_contract.checks import Draw, law
from liveops_contract.laws import resets, scenes
from liveops_contract.laws.offer_chain_scenes import (
    CLAIM,
    LIST,
    ONE,
    ORDER,
    TOGGLE,
    UPDATE,
    USERS,
    Json,
    done,
    drawn_steps,
    make,
    order,
    owned,
    pay,
    pieces,
    progress,
    restated,
    standing,
    state,
    step,
    take,
    update,
    view,
    walk,
)
from liveops_contract.laws.reward_chain_scenes import amount, earn, open_chain
from liveops_contract.laws.reward_chain_scenes import make as make_reward_chain
from liveops_contract.schedule_strategies import monthly_schedules, offer_schedules, weekly_schedules

CREATE, READ = "admin-create-offer-chain", "admin-get-offer-chain"
HOURLY = {"interval_type": "hourly"}
HOUR = timedelta(hours=1)


def strikes(schedule: Json, since: datetime) -> list[datetime]:
    """The next moments of a schedule; an hourly one strikes at every full hour."""
    if schedule["interval_type"] != "hourly":
        return resets.strikes(schedule, since)
    full = since.replace(minute=0, second=0, microsecond=0)
    return [full + number * HOUR for number in range(1, 49)]


def begin(api: Api, draw: Draw) -> datetime:
    """Set the clock to some second of a year; the time then."""
    moment = datetime(2025, 1, 1, tzinfo=UTC) + draw(st.integers(0, 8000)) * HOUR
    seconds = draw(st.sampled_from((0, 1, 1800, 3599)))
    return datetime.fromisoformat(scenes.control_of(api).set_clock((moment + timedelta(seconds=seconds)).isoformat()))


def go_to(api: Api, moment: datetime) -> None:
    """Turn the clock to a moment."""
    scenes.control_of(api).set_clock(moment.isoformat())


@law(CREATE, READ, ONE, LIST)
def an_offer_chain_tells_users_when_it_starts_over(api: Api, draw: Draw) -> None:
    """The first moment after now, in Unix seconds, to users as to the operator; at the moment itself it is the one after."""
    begin(api, draw)
    schedule = draw(offer_schedules())
    chain = make(api, draw, [step(1)], recurrent_schedule=schedule)
    first, second = strikes(schedule, resets.now(api))[:2]
    told = []
    for moment in (first - timedelta(seconds=1), first):
        go_to(api, moment)
        shown = view(api, chain)["recurrent_schedule"]
        assert api.call(LIST).json()["items"][0]["recurrent_schedule"] == shown
        assert scenes.read_offer_chain(api, chain)["recurrent_schedule"]["reset_next_date"] == shown["reset_next_date"]
        told.append(shown)

    expected = [{"interval_type": schedule["interval_type"], "reset_next_date": at.timestamp()} for at in (first, second)]
    assert told == expected


@law(CREATE, CLAIM, ORDER, ONE)
def an_offer_chain_starts_over_at_its_moment_and_not_before(api: Api, draw: Draw) -> None:
    """A second before, everybody has what he had; at the moment everybody is at the first step, and keeps what he received."""
    begin(api, draw)
    schedule, steps = draw(offer_schedules()), drawn_steps(draw)
    chain, apart = make(api, draw, steps, recurrent_schedule=schedule), make(api, draw, steps)
    strike = strikes(schedule, resets.now(api))[0]
    taken = [draw(st.integers(1, len(steps))) for _ in USERS]
    for user, count in zip(USERS, taken, strict=True):
        walk(api, chain, steps[:count], user)
        walk(api, apart, steps[:count], user)
    go_to(api, strike - timedelta(seconds=1))
    before = [progress(api, chain, user) for user in USERS]
    scenes.control_of(api).advance(1)

    assert before == [standing(steps, count) for count in taken]
    assert [progress(api, chain, user) for user in USERS] == [standing(steps, 0)] * len(USERS)
    assert [progress(api, apart, user) for user in USERS] == before
    assert [owned(api, user) for user in USERS] == [2 * pieces(steps[:count]) for count in taken]
    assert take(api, chain, steps[0]) is None


@law(TOGGLE, UPDATE, ONE)
def a_moment_counts_while_an_offer_chain_is_open(api: Api, draw: Draw) -> None:
    """Switched off, before its start, or at its end and later, nobody loses progress; from start to last second all do."""
    for seconds in (-1, 0, 1):
        strike_at_an_edge(api.sibling(), draw, "date_start", seconds, was_open=seconds <= 0)
        strike_at_an_edge(api.sibling(), draw, "date_end", seconds, was_open=seconds > 0)
    strike_at_an_edge(api.sibling(), draw, "is_enabled", 0, was_open=draw(st.booleans()))


def strike_at_an_edge(api: Api, draw: Draw, edge: str, seconds: int, *, was_open: bool) -> None:
    """Let a moment pass so many seconds before a date of the chain, or while it is switched on or off."""
    begin(api, draw)
    schedule, steps = draw(st.just(HOURLY) | weekly_schedules() | monthly_schedules()), drawn_steps(draw)
    chain = make(api, draw, steps)
    walk(api, chain, steps[:1])
    strike = strikes(schedule, resets.now(api))[0]
    fact = was_open if edge == "is_enabled" else (strike + timedelta(seconds=seconds)).isoformat()
    update(api, chain, restated(api, chain, recurrent_schedule=schedule, **{edge: fact}))
    go_to(api, strike + timedelta(seconds=draw(st.sampled_from((0, 1, 5)))))
    update(api, chain, restated(api, chain, date_start="2024-01-01T00:00:00Z", date_end=None))

    assert progress(api, chain) == standing(steps, 0 if was_open else 1)


@law(UPDATE, ONE)
def an_offer_chain_that_opens_on_the_way_starts_over_too(api: Api, draw: Draw) -> None:
    """However far the clock is turned at once, a moment within the open time counts, the ones before and after it do not."""
    now = begin(api, draw)
    steps, struck = drawn_steps(draw), {}
    hours = [now.replace(minute=0, second=0) + number * HOUR for number in range(1, 9)]
    for late, length in product((0, 1, 1800), (1, 1800, 3600, 3601)):
        chain = make(api, draw, steps)
        walk(api, chain, steps[:1])
        start = draw(st.sampled_from(hours[2:5])) + timedelta(seconds=late)
        end = start + timedelta(seconds=length)
        dates = {"date_start": start.isoformat(), "date_end": end.isoformat()}
        update(api, chain, restated(api, chain, recurrent_schedule=HOURLY, **dates))
        struck[chain] = any(start <= hour < end for hour in hours)
    go_to(api, hours[-1])
    for chain, has_struck in struck.items():
        update(api, chain, restated(api, chain, date_start="2024-01-01T00:00:00Z", date_end=None))

        assert progress(api, chain) == standing(steps, 0 if has_struck else 1)


@law(CREATE, CLAIM, ONE)
def offer_and_reward_chains_start_over_side_by_side(api: Api, draw: Draw) -> None:
    """Chains of both kinds keep their own schedules, whether the clock is turned at once or in pieces."""
    steps = [step(1), step(2, is_free=False)]
    schedules = draw(st.lists(offer_schedules(), min_size=1, max_size=2))
    weekly = draw(weekly_schedules())
    parts = [hours * 3600 + 1 for hours in draw(st.lists(st.integers(1, 200), min_size=1, max_size=3))]
    found = []
    for walked in (parts, [sum(parts)]):
        twin = api.sibling()
        chains = [make(twin, draw, steps, recurrent_schedule=schedule) for schedule in schedules]
        reward_chain = make_reward_chain(twin, open_chain(0, recurrent_schedule=weekly))
        earn(twin, 3)
        began = resets.now(twin)
        for chain in chains:
            walk(twin, chain, steps[:1])
        for seconds in walked:
            scenes.control_of(twin).advance(seconds)
        found.append(([progress(twin, chain) for chain in chains], amount(twin, reward_chain), resets.now(twin)))
    end = began + timedelta(seconds=sum(parts))

    stand = [standing(steps, 0 if strikes(schedule, began)[0] <= end else 1) for schedule in schedules]
    points = 0 if strikes(weekly, began)[0] <= end else 3
    assert found == [(stand, points, end)] * 2


@law(CLAIM, ORDER, ONE)
def turning_time_back_restores_steps_and_orders(api: Api, draw: Draw) -> None:
    """After an advance and a rewind by as much, progress and orders are what they were, whatever happened in between."""
    schedule, steps = draw(offer_schedules()), [step(1), step(2, is_free=False), step(3)]
    chain = make(api, draw, steps, recurrent_schedule=schedule)
    walk(api, chain, steps[: draw(st.integers(1, 2))])
    waiting = order(api, chain, 2).get("order_id")
    before, seconds = state(api), draw(st.integers(1, 1500)) * 3600
    scenes.control_of(api).advance(seconds)
    walk(api, chain, steps[: draw(st.integers(0, 1))] if progress(api, chain)[1] == 1 else [])
    _ = waiting is None or pay(api, waiting)
    scenes.control_of(api).rewind(seconds)

    assert state(api) == before


@law(ORDER, ONE)
def an_order_from_before_a_reset_counts_when_it_is_paid(api: Api, draw: Draw) -> None:
    """It gives what was ordered and its step is taken, once: also if another order of the step was paid in the new round."""
    steps = [step(1, is_free=draw(st.booleans())), step(2, 2, is_free=False), step(3, 4)]
    chain = make(api, draw, steps, recurrent_schedule=HOURLY)
    walk(api, chain, steps[:1])
    number = order(api, chain, 2)["order_id"]
    scenes.control_of(api).advance(3600)
    taken = draw(st.integers(0, 3))
    walk(api, chain, steps[:taken])
    before = state(api)
    code = pay(api, number)
    had = pieces(steps[:1]) + pieces(steps[:taken])

    if taken >= 2:
        assert (code, state(api)) == (9912, before)
    else:
        numbers = [one["step_number"] for one in steps[:taken]] + [2]
        assert (code, progress(api, chain)) == (None, (numbers, 3 if taken else 1))
        assert owned(api) == had + 2


@law(ORDER, ONE)
def a_refund_after_a_reset_leaves_the_new_round_alone(api: Api, draw: Draw) -> None:
    """The step of the new round stays taken; only the items of the order go."""
    steps = [step(1, 2, is_free=False), step(2)]
    chain = make(api, draw, steps, recurrent_schedule=HOURLY)
    first = order(api, chain, 1)["order_id"]
    pay(api, first)
    scenes.control_of(api).advance(3600)
    taken = draw(st.integers(0, 2))
    walk(api, chain, steps[:taken])
    assert done(api, "refund", first) is None

    assert (progress(api, chain), owned(api)) == (standing(steps, taken), pieces(steps[:taken]))
