"""Planted bugs in resets and in the clock."""

from datetime import UTC, datetime
from typing import Any

from liveops_mock import RULES, Call, Problem, Reply, World

from liveops_contract.defects import plant

Json = Any
RESET, CREATE, GET, UPDATE = (
    "admin-reset-reward-chain",
    "admin-create-reward-chain",
    "admin-get-reward-chain",
    "admin-update-reward-chain",
)
ADVANCE, REWIND = "control-advance-clock", "control-rewind-clock"
JOURNEY = "RewardChainJourney"


def chain_of(world: World, call: Call) -> Json:
    """The chain of the path, or None."""
    return world.reward_chains.get(call.path["reward_chain_id"])


def clock_of(world: World) -> Reply:
    """The clock as the control door answers it."""
    return Reply(200, {"now": datetime.fromtimestamp(world.now, UTC).isoformat(), "mode": world.clock.mode})


@plant(RESET, caught_by="a_reset_starts_every_user_and_every_sharing_chain_over")
def a_reset_does_nothing(world: World, call: Call) -> Reply:
    """The answer is 204 and everything stands."""
    return Reply(204) if chain_of(world, call) else RULES[RESET](world, call)


@plant(RESET, caught_by="a_reset_starts_every_user_and_every_sharing_chain_over")
def a_reset_misses_the_last_user(world: World, call: Call) -> Reply:
    """One user keeps the balance."""
    chain = chain_of(world, call)
    kept = (
        {key: world.balances.get(key) for key in list(world.balances.keys("value_point", chain["value_point"]))[-1:]}
        if chain
        else {}
    )
    reply = RULES[RESET](world, call)
    for key, amount in kept.items():
        world.balances.put(key, amount)
    return reply


@plant(RESET, caught_by="a_reset_starts_every_user_and_every_sharing_chain_over")
def a_reset_leaves_sharing_chains_claimed(world: World, call: Call) -> Reply:
    """Progress is taken back in the chain itself alone."""
    numbers = list(world.reward_chains.keys("arranged", "all"))
    kept = [key for number in numbers if number != call.path["reward_chain_id"] for key in world.claims.keys("chain", number)]
    reply = RULES[RESET](world, call)
    for key in kept:
        world.claims.put(key, "kept")
    return reply


@plant(RESET, caught_by=("a_reset_starts_every_user_and_every_sharing_chain_over", JOURNEY))
def a_reset_empties_all_value_points(world: World, call: Call) -> Reply:
    """Other value points fall, too."""
    reply = RULES[RESET](world, call)
    for sku in list(world.value_points.keys("arranged", "all")):
        for key in list(world.balances.keys("value_point", sku)):
            world.balances.remove(key)
    return reply


@plant(RESET, caught_by="what_a_user_received_stays_after_a_reset")
def a_reset_takes_the_items_back(world: World, call: Call) -> Reply:
    """The inventories of all users are emptied."""
    reply = RULES[RESET](world, call)
    for key in list(world.inventory.keys("user", "user_1")):
        world.inventory.remove(key)
    return reply


def with_schedule(world: World, operation: str, call: Call, **facts: Json) -> Reply:
    """Create a chain whose schedule is not quite what was sent."""
    schedule = call.body.get("recurrent_schedule")
    body = {**call.body, "recurrent_schedule": {**schedule, **facts}} if schedule else call.body
    return RULES[operation](world, Call(call.path, call.query, body, call.user_id))


@plant(CREATE, caught_by="a_schedule_says_when_it_strikes_next")
def weeks_begin_on_sunday(world: World, call: Call) -> Reply:
    """Day 1 is taken for Sunday."""
    schedule = call.body.get("recurrent_schedule") or {}
    return with_schedule(
        world, CREATE, call, **({"day_of_week": (schedule["day_of_week"] + 5) % 7 + 1} if "day_of_week" in schedule else {})
    )


@plant(CREATE, caught_by="a_schedule_says_when_it_strikes_next")
def offsets_have_the_wrong_sign(world: World, call: Call) -> Reply:
    """East is taken for west."""
    schedule = call.body.get("recurrent_schedule")
    time = schedule["time"] if schedule else ""
    return with_schedule(world, CREATE, call, time=time[:8] + ("-" if time[8:9] == "+" else "+") + time[9:])


@plant(CREATE, caught_by="a_schedule_says_when_it_strikes_next")
def resets_are_an_hour_late(world: World, call: Call) -> Reply:
    """The hour is one too high."""
    schedule = call.body.get("recurrent_schedule")
    time = schedule["time"] if schedule else "00"
    return with_schedule(world, CREATE, call, time=f"{(int(time[:2]) + 1) % 24:02}" + time[2:])


@plant(CREATE, caught_by="a_schedule_says_when_it_strikes_next")
def the_last_day_of_a_month_is_the_thirtieth(world: World, call: Call) -> Reply:
    """Day 31 is taken for day 30, also in long months."""
    schedule = call.body.get("recurrent_schedule") or {}
    return with_schedule(
        world, CREATE, call, **({"day_of_month": max(1, schedule["day_of_month"] - 1)} if "day_of_month" in schedule else {})
    )


@plant(CREATE, caught_by="a_chain_starts_over_at_its_hour_and_not_before")
def the_first_strike_is_slept_through(world: World, call: Call) -> Reply:
    """Only from the second week on the chain starts over."""
    reply = RULES[CREATE](world, call)
    number = reply.body["reward_chain_id"]
    chain = world.reward_chains.get(number)
    world.reward_chains.put(number, {**chain, "reset_until": chain["reset_until"] + 7 * 86_400})
    return reply


@plant(GET, caught_by="a_schedule_that_is_sent_again_counts_from_then")
def the_start_of_a_schedule_wanders(world: World, call: Call) -> Reply:
    """The first strike is answered as the next one."""
    reply = RULES[GET](world, call)
    state = reply.body["recurrent_schedule"]
    moved = state and {**state, "displayable_reset_start_date": state["displayable_reset_next_date"]}
    return Reply(200, {**reply.body, "recurrent_schedule": moved})


@plant(UPDATE, caught_by="a_schedule_that_is_sent_again_counts_from_then")
def a_schedule_can_not_be_taken_away(world: World, call: Call) -> Reply:
    """null leaves the old schedule in place."""
    before = chain_of(world, call)
    schedule = call.body.get("recurrent_schedule") or (before and before["recurrent_schedule"])
    return RULES[UPDATE](world, Call(call.path, call.query, {**call.body, "recurrent_schedule": schedule}, call.user_id))


@plant(CREATE, caught_by="a_chain_that_is_not_open_resets_nobody")
def chains_reset_when_they_are_off(world: World, call: Call) -> Reply:
    """A closed chain is kept as an open one that nobody is shown."""
    body = {**call.body, "is_enabled": True, "date_start": "2024-01-01T00:00:00Z", "date_end": None}
    return RULES[CREATE](world, Call(call.path, call.query, body, call.user_id))


@plant(ADVANCE, caught_by="it_does_not_matter_in_how_many_steps_time_passes")
def a_long_advance_falls_short(world: World, call: Call) -> Reply:
    """More than ten days at once arrive an hour early."""
    late = 3600 if call.body["seconds"] > 10 * 86_400 else 0
    world.set_time(world.now + call.body["seconds"] - late)
    return clock_of(world)


@plant(REWIND, caught_by="turning_time_back_restores_what_was")
def a_rewind_moves_the_clock_alone(world: World, call: Call) -> Reply:
    """What struck in between is not undone."""
    world.set_time(world.now - call.body["seconds"])
    return clock_of(world)


@plant(GET, caught_by="turning_time_back_restores_what_was")
def reads_remember_what_was_undone(world: World, call: Call) -> Reply:
    """A chain that the rewind took back can still be read."""
    try:
        return RULES[GET](world, call)
    except Problem:
        chains = [world.reward_chains.get(number) for number in world.reward_chains.keys("arranged", "all")]
        if not chains:
            raise
        number = chains[0]["reward_chain_id"]
        return RULES[GET](world, Call({**call.path, "reward_chain_id": number}, call.query, call.body, call.user_id))
