"""Planted bugs in the days of daily chains of the type `calendar_hard`."""

from liveops_mock import Call, Problem, Reply, World

from liveops_contract.defects import plant
from liveops_contract.defects.daily_rewiring import (
    DAY,
    another_chain,
    chain_of,
    claims_of,
    number_of,
    replaced,
    steps_of,
    taken,
)
from liveops_contract.defects.daily_rewiring import other_claims as with_claims
from liveops_contract.defects.daily_rewiring import told_otherwise as told
from liveops_contract.defects.rewiring import Json, another_time, good

READ, CLAIM = "get-user-daily-chain-by-id", "claim-user-daily-chain-step-reward"
EACH, PLACES = "each_day_of_a_calendar_belongs_to_one_step", "days_follow_the_sorted_places_of_the_steps"
FRACTION = "a_day_without_a_second_of_its_own_begins_with_the_next"
AGAIN, PAPER, ONE = "a_recurrent_calendar_starts_over_for_everybody", "a_calendar_is_kept_as_on_paper", "one_day_gives_one_reward"


@plant(READ, caught_by=(EACH, FRACTION))
def a_day_begins_a_second_early(world: World, call: Call) -> Reply:
    """The last second of a day belongs to the next one."""
    with another_time(world, 1):
        return good(READ, world, call)


@plant(READ, caught_by=(EACH, AGAIN))
def a_day_begins_a_second_late(world: World, call: Call) -> Reply:
    """The first second of a day belongs to the one before."""
    with another_time(world, -1):
        return good(READ, world, call)


@plant(READ, caught_by=EACH)
def days_begin_at_midnight(world: World, call: Call) -> Reply:
    """The time of the start is forgotten, its date is kept."""
    with another_chain(world, call, date_start=chain_of(world, call)["date_start"][:10] + "T00:00:00Z"):
        return good(READ, world, call)


@plant(READ, caught_by=EACH)
def days_begin_in_another_zone(world: World, call: Call) -> Reply:
    """The offset of the start is read as UTC."""
    with another_chain(world, call, date_start=chain_of(world, call)["date_start"][:19] + "Z"):
        return good(READ, world, call)


@plant(READ, caught_by=(EACH, PAPER))
def a_step_unlocks_at_the_end_of_its_day(world: World, call: Call) -> Reply:
    """`unlocked_date` is a day late."""
    return told(READ, world, call, lambda step: {"unlocked_date": step["unlocked_date"] and step["unlocked_date"] + DAY})


@plant(READ, caught_by=EACH)
def dates_are_told_in_milliseconds(world: World, call: Call) -> Reply:
    """`unlocked_date` is a thousand times too large."""
    return told(READ, world, call, lambda step: {"unlocked_date": step["unlocked_date"] and step["unlocked_date"] * 1000})


@plant(READ, caught_by=(EACH, PLACES, PAPER))
def missed_days_stay_claimable(world: World, call: Call) -> Reply:
    """A day that passed can be made up for."""
    return told(READ, world, call, lambda step: {"status": step["status"].replace("blocked", "claimable")})


@plant(READ, caught_by=PLACES)
def a_step_number_is_the_number_of_the_day(world: World, call: Call) -> Reply:
    """Places without a step are days without a reward."""
    own = {step["step_number"]: step for step in steps_of(world, call)}
    filled = [own.get(place, {"step_id": -place, "step_number": place, "items": []}) for place in range(1, max(own) + 1)]
    with another_chain(world, call, steps=filled):
        reply: Json = good(READ, world, call)
    return Reply(200, {**reply.body, "steps": [step for step in reply.body["steps"] if step["step_number"] in own]})


@plant(READ, caught_by=FRACTION)
def a_start_within_a_second_is_cut_off(world: World, call: Call) -> Reply:
    """A day begins with a second in which the chain is not open yet."""
    text = chain_of(world, call)["date_start"]
    with another_chain(world, call, date_start=text[:19] + text[-6:] if "." in text else text):
        return good(READ, world, call)


@plant(READ, caught_by="days_are_counted_from_any_year")
def time_begins_in_1970(world: World, call: Call) -> Reply:
    """Days before Unix time are those of its first second."""
    return told(READ, world, call, lambda step: {"unlocked_date": step["unlocked_date"] and max(0, step["unlocked_date"])})


@plant("admin-create-daily-chain", caught_by="a_daily_chain_may_have_no_days")
def a_chain_without_days_gets_one(world: World, call: Call) -> Reply:
    """A step that gives nothing is put into a chain that has none."""
    reply: Json = good("admin-create-daily-chain", world, call)
    chain = world.daily_chains.get(reply.body["id"])
    steps = chain["steps"] or [{"step_id": 2147483647, "step_number": 1, "items": []}]
    world.daily_chains.put(chain["id"], {**chain, "steps": steps})
    return reply  # type: ignore[no-any-return]


@plant("admin-update-daily-chain", caught_by="another_type_reads_the_same_claims")
def a_chain_of_another_type_begins_anew(world: World, call: Call) -> Reply:
    """Progress is lost when the type changes."""
    before, reply = chain_of(world, call), good("admin-update-daily-chain", world, call)
    if before["type"] != call.body["type"]:
        replaced(world, claims_of(world, before["id"]), {})
    return reply


@plant(READ, caught_by=(AGAIN, PAPER))
def calendars_never_start_over(world: World, call: Call) -> Reply:
    """`is_recurrent` is stored and has no effect."""
    with another_chain(world, call, is_recurrent=False):
        return good(READ, world, call)


@plant(READ, caught_by=(AGAIN, PAPER))
def every_calendar_starts_over(world: World, call: Call) -> Reply:
    """`is_recurrent` is taken for true."""
    with another_chain(world, call, is_recurrent=True):
        return good(READ, world, call)


@plant(READ, caught_by=AGAIN)
def a_calendar_starts_over_for_those_who_claimed(world: World, call: Call) -> Reply:
    """A user without progress is left on the days that passed."""
    if any(key[2] == call.user_id for key in claims_of(world, number_of(call))):
        return good(READ, world, call)
    with another_chain(world, call, is_recurrent=False):
        return good(READ, world, call)


@plant(READ, caught_by=AGAIN)
def a_claim_counts_in_every_round(world: World, call: Call) -> Reply:
    """Progress is not forgotten when a calendar starts over."""
    ids = {step["step_number"]: step["step_id"] for step in steps_of(world, call)}
    claimed = {key[1] for key in claims_of(world, number_of(call)) if key[2] == call.user_id}
    return told(READ, world, call, lambda step: {"status": "claimed"} if ids[step["step_number"]] in claimed else {})


@plant(CLAIM, caught_by=(AGAIN, PAPER))
def a_missed_day_can_be_claimed(world: World, call: Call) -> Reply:
    """A claim looks whether the day has come, not whether it passed."""
    try:
        return good(CLAIM, world, call)
    except Problem as problem:
        if problem.code != 6222:
            raise
        return taken(world, call)


@plant(CLAIM, caught_by=ONE)
def a_day_gives_two_rewards(world: World, call: Call) -> Reply:
    """Nobody looks whether the user claimed another step today."""
    ids = {step["step_number"]: step["step_id"] for step in steps_of(world, call)}
    own = ids.get(call.path["step_number"])
    with with_claims(world, call, lambda claims: {key: when for key, when in claims.items() if key[1] == own}):
        return good(CLAIM, world, call)


@plant(READ, caught_by=ONE)
def a_second_reward_of_a_day_seems_claimable(world: World, call: Call) -> Reply:
    """The step of the day is shown as claimable, whatever else was claimed."""
    return told(READ, world, call, lambda step: {"status": step["status"].replace("blocked", "claimable")})


@plant(CLAIM, caught_by=ONE)
def one_day_gives_one_reward_to_all(world: World, call: Call) -> Reply:
    """What anybody claimed today counts for the user."""
    others = {(key[0], key[1], call.user_id): when for key, when in claims_of(world, number_of(call)).items()}
    with with_claims(world, call, lambda claims: {**others, **claims}):
        return good(CLAIM, world, call)
