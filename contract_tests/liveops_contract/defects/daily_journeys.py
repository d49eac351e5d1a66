"""Planted bugs of daily chains that show only after several steps: progress that is lost, kept too long, or given twice."""

from liveops_mock import Call, Reply, World

from liveops_contract.defects import plant
from liveops_contract.defects.daily_rewiring import DAY, chain_of, claims_of, number_of, replaced
from liveops_contract.defects.rewiring import good

CLAIM, TOGGLE, UPDATE = "claim-user-daily-chain-step-reward", "admin-toggle-daily-chain", "admin-update-daily-chain"
DELETE, RESET, REWIND = "admin-delete-daily-chain", "admin-reset-daily-chain", "control-rewind-clock"
JOURNEY = "DailyChainJourney"


def emptied(world: World, users: set[str]) -> None:
    """Take everything from some users."""
    for key in [key for user in users for key in world.inventory.keys("user", user)]:
        world.inventory.remove(key)


@plant(TOGGLE, caught_by=JOURNEY)
def switching_off_forgets_the_days(world: World, call: Call) -> Reply:
    """A daily chain that goes off loses what was claimed in it."""
    if chain_of(world, call)["is_enabled"]:
        replaced(world, claims_of(world, number_of(call)), {})
    return good(TOGGLE, world, call)


@plant(TOGGLE, caught_by=JOURNEY)
def a_chain_that_was_off_is_a_day_ahead(world: World, call: Call) -> Reply:
    """When a daily chain goes on again, claims are taken for a day older than they are."""
    if not chain_of(world, call)["is_enabled"]:
        claims = claims_of(world, number_of(call))
        replaced(world, claims, {key: when - DAY for key, when in claims.items()})
    return good(TOGGLE, world, call)


@plant(UPDATE, caught_by=JOURNEY)
def an_update_lets_days_be_claimed_again(world: World, call: Call) -> Reply:
    """What was claimed in steps that stay is forgotten."""
    reply = good(UPDATE, world, call)
    replaced(world, claims_of(world, number_of(call)), {})
    return reply


@plant(UPDATE, caught_by=JOURNEY)
def an_update_switches_no_chain_on(world: World, call: Call) -> Reply:
    """A daily chain stays off, whatever the body says."""
    reply = good(UPDATE, world, call)
    world.daily_chains.put(number_of(call), {**chain_of(world, call), "is_enabled": False})
    return reply


@plant(CLAIM, caught_by="a_recurrent_rolling_chain_starts_over_for_each_user")
def a_later_round_gives_nothing(world: World, call: Call) -> Reply:
    """A step that the user has claimed in an earlier round is claimed without a reward."""
    owned = {key: world.inventory.get(key) for key in world.inventory.keys("user", call.user_id)}
    before, reply = claims_of(world, number_of(call)), good(CLAIM, world, call)
    after = claims_of(world, number_of(call))
    is_over = any(after.get(key) != when for key, when in before.items() if key[2] == call.user_id)
    for key, pieces in owned.items() if is_over else ():
        world.inventory.put(key, pieces)
    return reply


@plant(DELETE, caught_by=JOURNEY)
def a_deleted_daily_chain_takes_its_items_along(world: World, call: Call) -> Reply:
    """Who claimed in it loses what was received."""
    emptied(world, {key[2] for key in claims_of(world, number_of(call))})
    return good(DELETE, world, call)


@plant(RESET, caught_by="a_reset_of_a_rolling_chain_lets_everybody_begin_again")
def a_reset_of_days_takes_the_items_back(world: World, call: Call) -> Reply:
    """Who begins again has nothing left."""
    users = {key[2] for key in claims_of(world, number_of(call))}
    reply = good(RESET, world, call)
    emptied(world, users)
    return reply


@plant(REWIND, caught_by=JOURNEY)
def a_rewind_keeps_what_was_claimed(world: World, call: Call) -> Reply:
    """Days that are undone stay claimed."""
    claims = {number: claims_of(world, number) for number in world.daily_chains.keys("arranged", "all")}
    reply = good(REWIND, world, call)
    for number, made in claims.items():
        if number in world.daily_chains:
            replaced(world, claims_of(world, number), made)
    return reply
