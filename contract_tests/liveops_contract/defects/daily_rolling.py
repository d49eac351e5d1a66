"""Planted bugs in the days of daily chains of the type `rolling`."""

from liveops_mock import Call, Reply, World

from liveops_contract.defects import plant
from liveops_contract.defects.daily_rewiring import (
    DAY,
    Claims,
    another_chain,
    chain_of,
    claims_of,
    number_of,
    other_claims,
    replaced,
    steps_of,
    told_otherwise,
)
from liveops_contract.defects.rewiring import Json, another_time, good

READ, CLAIM, RESET = "get-user-daily-chain-by-id", "claim-user-daily-chain-step-reward", "admin-reset-daily-chain"
WAITS, COUNTED = "a_rolling_chain_waits_for_the_first_claim", "days_of_a_rolling_chain_are_counted_from_the_first_claim"
AGAIN, PAPER = "a_recurrent_rolling_chain_starts_over_for_each_user", "a_rolling_chain_is_kept_as_on_paper"
FRESH, REFUSED = "a_reset_of_a_rolling_chain_lets_everybody_begin_again", "only_rolling_chains_are_reset"


def is_rolling(world: World, call: Call) -> bool:
    """Whether the chain of the path counts days for each user."""
    return bool(chain_of(world, call)["type"] == "rolling")


@plant(READ, caught_by=(WAITS, COUNTED))
def rolling_days_are_those_of_a_calendar(world: World, call: Call) -> Reply:
    """Days are counted from the start of the chain for everybody."""
    with another_chain(world, call, type="calendar_hard"):
        return good(READ, world, call)


@plant(CLAIM, caught_by=(WAITS, PAPER))
def rolling_days_are_claimed_as_in_a_calendar(world: World, call: Call) -> Reply:
    """A user who comes late finds the first step gone."""
    with another_chain(world, call, type="calendar_hard"):
        return good(CLAIM, world, call)


@plant(READ, caught_by=WAITS)
def dates_are_told_before_the_first_claim(world: World, call: Call) -> Reply:
    """The days that a claim right now would begin are told as if they were known."""
    places = [step["step_number"] for step in steps_of(world, call)]

    def dated(step: Json) -> Json:
        known = step["unlocked_date"]
        return {"unlocked_date": world.now + places.index(step["step_number"]) * DAY if known is None else known}

    return told_otherwise(READ, world, call, dated)


@plant(READ, caught_by=WAITS)
def the_first_step_unlocks_now(world: World, call: Call) -> Reply:
    """The date of the step that waits is that of the question."""
    return told_otherwise(READ, world, call, lambda step: {"unlocked_date": world.now} if step["status"] == "claimable" else {})


@plant(CLAIM, caught_by=(WAITS, PAPER))
def a_user_begins_with_any_step(world: World, call: Call) -> Reply:
    """The first claim may be of a later step."""
    if any(key[2] == call.user_id for key in claims_of(world, number_of(call))):
        return good(CLAIM, world, call)
    named = [step for step in steps_of(world, call) if step["step_number"] == call.path["step_number"]]
    with another_chain(world, call, steps=named):
        return good(CLAIM, world, call)


@plant(READ, caught_by=COUNTED)
def a_rolling_day_begins_a_second_early(world: World, call: Call) -> Reply:
    """The last second of a day belongs to the next one."""
    with another_time(world, 1):
        return good(READ, world, call)


@plant(READ, caught_by=COUNTED)
def a_rolling_day_begins_a_second_late(world: World, call: Call) -> Reply:
    """The first second of a day belongs to the one before."""
    with another_time(world, -1):
        return good(READ, world, call)


@plant(READ, caught_by=COUNTED)
def rolling_days_begin_at_midnight(world: World, call: Call) -> Reply:
    """Of the first claim the date counts and not the time."""
    with other_claims(world, call, lambda claims: {key: when - when % DAY for key, when in claims.items()}):
        return good(READ, world, call)


@plant(READ, caught_by=(COUNTED, PAPER))
def a_users_days_begin_with_the_first_claim_of_all(world: World, call: Call) -> Reply:
    """Who comes first begins the days of everybody."""

    def shared(claims: Claims) -> Claims:
        first = min(claims.values(), default=None)
        return {**claims, **({} if first is None else {(number_of(call), first_step, call.user_id): first})}

    steps = steps_of(world, call)
    first_step = steps[0]["step_id"] if steps else 0
    with other_claims(world, call, shared):
        return good(READ, world, call)


@plant(READ, caught_by=PAPER)
def days_are_counted_from_the_latest_claim(world: World, call: Call) -> Reply:
    """Each claim begins the days anew."""

    def moved(claims: Claims) -> Claims:
        latest = max((when for key, when in claims.items() if key[2] == call.user_id), default=0)
        return {key: latest if key[2] == call.user_id else when for key, when in claims.items()}

    with other_claims(world, call, moved):
        return good(READ, world, call)


@plant(READ, caught_by=PAPER)
def a_missed_rolling_day_stays_claimable(world: World, call: Call) -> Reply:
    """A day that passed can be made up for."""
    return told_otherwise(READ, world, call, lambda step: {"status": step["status"].replace("blocked", "claimable")})


@plant(READ, caught_by=(AGAIN, PAPER))
def rolling_chains_never_start_over(world: World, call: Call) -> Reply:
    """`is_recurrent` has no effect."""
    with another_chain(world, call, is_recurrent=False):
        return good(READ, world, call)


@plant(READ, caught_by=(COUNTED, PAPER))
def every_rolling_chain_starts_over(world: World, call: Call) -> Reply:
    """`is_recurrent` is taken for true."""
    with another_chain(world, call, is_recurrent=True):
        return good(READ, world, call)


@plant(CLAIM, caught_by=AGAIN)
def claims_of_the_last_round_are_kept(world: World, call: Call) -> Reply:
    """The first claim of a new round leaves those of the old one behind."""
    before = claims_of(world, number_of(call))
    reply = good(CLAIM, world, call)
    replaced(world, {}, {**before, **claims_of(world, number_of(call))})
    return reply


@plant(CLAIM, caught_by=AGAIN)
def a_new_round_of_one_begins_that_of_all(world: World, call: Call) -> Reply:
    """The claims of all users go when one user starts over."""
    before = claims_of(world, number_of(call))
    reply = good(CLAIM, world, call)
    if [when for key, when in before.items() if key[2] == call.user_id and key not in claims_of(world, number_of(call))]:
        replaced(world, {key: when for key, when in before.items() if key[2] != call.user_id}, {})
    return reply


@plant(CLAIM, caught_by=(AGAIN, PAPER))
def a_round_is_over_with_its_last_claim(world: World, call: Call) -> Reply:
    """A user who has the last reward begins again at once."""
    reply, chain = good(CLAIM, world, call), chain_of(world, call)
    if chain["is_recurrent"] and chain["steps"][-1]["step_number"] == call.path["step_number"]:
        replaced(world, {key: 0 for key in claims_of(world, chain["id"]) if key[2] == call.user_id}, {})
    return reply


@plant(RESET, caught_by=FRESH)
def a_reset_of_a_rolling_chain_is_swallowed(world: World, call: Call) -> Reply:
    """The reset answers 204 and does nothing."""
    before = claims_of(world, number_of(call))
    reply = good(RESET, world, call)
    replaced(world, {}, before)
    return reply


@plant(RESET, caught_by=PAPER)
def a_reset_counts_what_was_claimed_as_of_now(world: World, call: Call) -> Reply:
    """Users do not begin again, their days do."""
    before = claims_of(world, number_of(call))
    reply = good(RESET, world, call)
    replaced(world, {}, dict.fromkeys(before, world.now))
    return reply


@plant(RESET, caught_by=FRESH)
def a_reset_lets_the_first_user_begin_again(world: World, call: Call) -> Reply:
    """Users behind the first one keep their progress."""
    before = claims_of(world, number_of(call))
    reply = good(RESET, world, call)
    replaced(world, {}, {key: when for key, when in before.items() if key[2] != "user_1"})
    return reply


@plant(RESET, caught_by=FRESH)
def a_reset_takes_what_was_received(world: World, call: Call) -> Reply:
    """Items that came from the chain are taken away."""
    for _, _, user in claims_of(world, number_of(call)):
        for key in list(world.inventory.keys("user", user)):
            world.inventory.remove(key)
    return good(RESET, world, call)


@plant(RESET, caught_by=FRESH)
def a_chain_that_is_off_is_not_reset(world: World, call: Call) -> Reply:
    """A reset of a chain that is switched off answers 204 and does nothing."""
    chain = chain_of(world, call)
    return Reply(204) if chain and not chain["is_enabled"] and is_rolling(world, call) else good(RESET, world, call)


@plant(RESET, caught_by=REFUSED)
def calendars_are_reset_too(world: World, call: Call) -> Reply:
    """The type of the chain is not looked at."""
    with another_chain(world, call, type="rolling"):
        return good(RESET, world, call)


@plant(RESET, caught_by=REFUSED)
def a_refused_reset_is_done(world: World, call: Call) -> Reply:
    """The refusal comes when the progress is gone already."""
    replaced(world, claims_of(world, number_of(call)), {})
    return good(RESET, world, call)
