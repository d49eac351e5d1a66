"""What a reset does, and the scheduled resets that a move of the clock sets off."""

from math import ceil
from typing import Any

from .collection import Collection
from .instants import next_reset, read_instant, schedule_offset, write_instant
from .world import World

Json = Any


def reset_value_point(world: World, sku: str) -> None:
    """Set the balance of a value point to zero for all users, and with it the progress in every chain that it drives."""
    for key in world.balances.keys("value_point", sku):
        world.balances.remove(key)
    for chain_id in world.reward_chains.keys("value_point", sku):
        forget_claims(world.claims, chain_id)


def forget_claims(claims: Collection, chain_id: int, steps_kept: frozenset[int] = frozenset()) -> None:
    """Take back what users claimed in a chain, but for some steps; what they received stays theirs."""
    for key in claims.keys("chain", chain_id):
        if key[1] not in steps_kept:
            claims.remove(key)


def is_open(chain: Json, now: int) -> bool:
    """Whether a chain is switched on and `now` lies between its dates."""
    if not chain["is_enabled"]:
        return False
    if now < read_instant(chain["date_start"]):
        return False
    return chain["date_end"] is None or now < read_instant(chain["date_end"])


def start_over(world: World, kind: str, chain: Json) -> None:
    """Let a chain begin anew for all users."""
    if kind == "reward_chains":
        reset_value_point(world, chain["value_point"])
    else:
        forget_claims(world.offer_claims, chain["id"])


def due_next(world: World) -> tuple[int, int, str] | None:
    """Moment, number and kind of the chain that starts over next."""
    found: tuple[int, int, str] | None = None
    for kind, chains in world.scheduled.items():
        first = chains.first("due", "due")
        if first is not None and (found is None or (*first, kind) < found):
            found = (*first, kind)
    return found


def catch_up(world: World) -> None:
    """Let every scheduled reset happen whose moment has come, one after the other."""
    world.now = world.clock.now()
    while (due := due_next(world)) is not None and due[0] <= world.now:
        strike(world, due[2], due[1])


def strike(world: World, kind: str, chain_id: int) -> None:
    """Let a chain start over, if its schedule has struck while it was open.

    Between two moments on the way nobody does anything, so however often it has struck, once is enough.
    """
    chains = world.scheduled[kind]
    chain = chains.get(chain_id)
    if struck_while_open(chain, world.now):
        start_over(world, kind, chain)
    chains.put(chain_id, {**chain, "reset_until": world.now})


def struck_while_open(chain: Json, now: int) -> bool:
    """Whether a moment of the schedule since the last look lies within the open time of a chain."""
    start = read_instant(chain["date_start"])
    if start > now:
        return False
    looked = chain["reset_until"]
    moment = next_reset(chain["recurrent_schedule"], looked if start <= looked else ceil(start) - 1)
    return moment <= now and is_open(chain, moment)


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
    offset, upcoming = schedule_offset(schedule), next_reset(schedule, now)
    return {
        **schedule,
        "reset_next_date": upcoming,
        "displayable_reset_start_date": write_instant(next_reset(schedule, since), offset),
        "displayable_reset_next_date": write_instant(upcoming, offset),
    }
