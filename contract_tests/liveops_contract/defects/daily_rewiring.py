"""What planted bugs of daily chains are made of: the sound rule at another time, over another chain, or with other claims."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from liveops_mock import Call, Reply, World

from liveops_contract.defects.rewiring import Json, good, otherwise

DAY = 86_400
Claims = dict[tuple[int, int, str], int]


def number_of(call: Call) -> int:
    """The chain that the path names."""
    return int(call.path["daily_chain_id"])


def chain_of(world: World, call: Call) -> Json:
    """The chain that the path names, as it is stored."""
    return world.daily_chains.get(number_of(call))


def another_chain(world: World, call: Call, **facts: Json) -> AbstractContextManager[None]:
    """The chain of the path is another one for a moment."""
    return otherwise(world.daily_chains, number_of(call), **facts)


@contextmanager
def other_claims(world: World, call: Call, change: Callable[[Claims], Claims]) -> Iterator[None]:
    """What was claimed in the chain of the path is something else for a moment; what comes in meanwhile stays."""
    before = claims_of(world, number_of(call))
    others = change(dict(before))
    replaced(world, before, others)
    try:
        yield
    finally:
        new = {key: when for key, when in claims_of(world, number_of(call)).items() if others.get(key) != when}
        replaced(world, claims_of(world, number_of(call)), {**before, **new})


def steps_of(world: World, call: Call) -> list[Json]:
    """The steps of the chain that the path names, as they are stored."""
    chain = chain_of(world, call)
    return list(chain["steps"]) if chain else []


def claims_of(world: World, number: int) -> Claims:
    """What was claimed in a chain."""
    return {key: world.daily_claims.get(key) for key in world.daily_claims.keys("chain", number)}


def replaced(world: World, old: Claims, new: Claims) -> None:
    """Take claims back and put others in."""
    for key in old:
        world.daily_claims.remove(key)
    for key, when in new.items():
        world.daily_claims.put(key, when)


def told_otherwise(operation: str, world: World, call: Call, change: Callable[[Json], Json]) -> Reply:
    """A user's chain with other facts of each step."""
    reply: Json = good(operation, world, call)
    return Reply(200, {**reply.body, "steps": [{**step, **change(step)} for step in reply.body["steps"]]})


def taken(world: World, call: Call) -> Reply:
    """The claim is noted, whatever speaks against it; the answer to one that is made."""
    steps = {step["step_number"]: step["step_id"] for step in steps_of(world, call)}
    world.daily_claims.put((number_of(call), steps[call.path["step_number"]], call.user_id), world.now)
    return Reply(204)
