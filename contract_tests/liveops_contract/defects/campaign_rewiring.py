"""What planted bugs in campaigns with codes, in carts and in orders are made of."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from liveops_mock import Call, Problem, Reply, World

from liveops_contract.defects.rewiring import Json, each_otherwise, good

PROMO, OFFER = "promo_code", "unique_catalog_offer"


def named(world: World, kind: str, call: Call) -> Json:
    """The campaign that the path or the body names, or None."""
    return world.campaigns.get((kind, call.path.get("external_id") or call.body.get("external_id")))


def change(world: World, campaign: Json, **facts: Json) -> None:
    """Change a stored campaign behind the rule's back."""
    if campaign is not None:
        world.campaigns.put((campaign["kind"], campaign["external_id"]), {**campaign, **facts})


def pretending(world: World, kind: str, pretend: Callable[[Json], Json]) -> AbstractContextManager[None]:
    """For the time of a call all campaigns of a kind are something else."""
    return each_otherwise(world.campaigns, world.campaigns.keys("kind", kind), lambda one: {**one, **pretend(one)})


def with_pretence(operation: str, world: World, call: Call, kind: str = PROMO, **facts: Json) -> Reply:
    """What the sound rule answers while all campaigns of a kind have these facts."""
    with pretending(world, kind, lambda _: facts):
        return good(operation, world, call)


def attempted(operation: str, world: World, call: Call) -> Reply | Problem:
    """What the sound rule answers, or how it refuses."""
    try:
        return good(operation, world, call)
    except Problem as problem:
        return problem


def refusing(status: int, code: int) -> Problem:
    """A refusal of this status and code."""
    problem = Problem("A planted bug says no")
    problem.status, problem.code = status, code
    return problem


def orders_changed(world: World, number: int, **facts: Json) -> None:
    """Change a stored order behind the rule's back."""
    world.orders.put(number, {**world.orders.get(number), **facts})


def restore(world: World, number: int, redemption: Json) -> None:
    """Put a redemption back that the sound rule gave back or used."""
    spender = (redemption["campaign"], redemption["user_id"])
    if number not in world.redemptions:
        world.spent.put(spender, world.spent.get(spender, 0) + 1)
    world.redemptions.put(number, redemption)


def redemptions(world: World) -> dict[int, Json]:
    """All redemptions of promo codes and offers, by their numbers."""
    numbers = [
        number
        for kind in (PROMO, OFFER)
        for campaign in world.campaigns.values("kind", kind)
        for status in ("used", "reserved")
        for number in world.redemptions.keys("campaign", (campaign["id"], status))
    ]
    return {number: world.redemptions.get(number) for number in numbers}
