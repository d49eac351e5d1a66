"""What a reset does, and the scheduled resets that a move of the clock sets off."""

from typing import Any

from .instants import next_reset, read_instant, reset_offset, write_instant
from .world import World

Json = Any


def reset_value_point(world: World, sku: str) -> None:
    """Set the balance of a value point to zero for all users, and with it the progress in every chain that it drives."""
    for key in world.balances.keys("value_point", sku):
        world.balances.remove(key)
    for chain_id in world.reward_chains.keys("value_point", sku):
        forget_claims(world, chain_id)


def forget_claims(world: World, chain_id: int, steps_kept: frozenset[int] = frozenset()) -> None:
    """Take back what users claimed in a chain, but for some steps; what they received stays theirs."""
    for key in world.claims.keys("chain", chain_id):
        if key[1] not in steps_kept:
            world.claims.remove(key)


def is_open(chain: Json, now: int) -> bool:
    """Whether a chain is switched on and `now` lies between its dates."""
    if not chain["is_enabled"]:
        return False
    if now < read_instant(chain["date_start"]):
        return False
    return chain["date_end"] is None or now < read_instant(chain["date_end"])


def catch_up(world: World) -> None:
    """Let every scheduled reset happen whose moment has come, one after the other."""
    world.now = world.clock.now()
    while (due := world.reward_chains.first("due", "due")) is not None and due[0] <= world.now:
        strike(world, due[1])


def strike(world: World, chain_id: int) -> None:
    """Let a chain start over, if it was open at the moment its schedule names."""
    chain = world.reward_chains.get(chain_id)
    moment = next_reset(chain["recurrent_schedule"], chain["reset_until"])
    if is_open(chain, moment):
        reset_value_point(world, chain["value_point"])
    chain["reset_until"] = moment
    world.reward_chains.put(chain_id, chain)


def move_clock(world: World, instant: int) -> None:
    """Turn the clock. Forward, every reset on the way happens in order; back, what was stored at that time is stored again."""
    if instant >= world.now:
        world.remember()
    else:
        world.recall(instant)
    world.set_time(instant)
    catch_up(world)


def schedule_state(schedule: Json, since: int, now: int) -> Json:
    """A schedule as answers show it: with its first strike since it was set, and the next one from now, both Unix seconds."""
    if schedule is None:
        return None
    offset, upcoming = reset_offset(schedule["time"]), next_reset(schedule, now)
    return {
        **schedule,
        "reset_next_date": upcoming,
        "displayable_reset_start_date": write_instant(next_reset(schedule, since), offset),
        "displayable_reset_next_date": write_instant(upcoming, offset),
    }
