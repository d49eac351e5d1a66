"""Steps of offer chains: what they cost, which of them a user has, and which one comes next."""

from typing import Any

from .pricing import price_of
from .problems import AlreadyClaimed
from .world import World

Json = Any
Claim = tuple[int, int, str]  # chain, step, user


def step_price(world: World, step: Json) -> Json:
    """What a step costs now; nothing if it is free."""
    return None if step["is_free"] else price_of(world, step["items"])


def next_step(world: World, chain: Json, user_id: str) -> Json:
    """The first step that the user does not have; nothing at the end."""
    steps = (step for step in chain["steps"] if (chain["id"], step["step_id"], user_id) not in world.offer_claims)
    return next(steps, None)


def claim_of(world: World, order: Json) -> Claim | None:
    """Which step of which chain an order gives, if the chain still has it."""
    offer = order["offer"]
    chain = world.offer_chains.get(offer["offer_chain_id"]) if offer else None
    if chain is None or offer["step_id"] not in [step["step_id"] for step in chain["steps"]]:
        return None
    return chain["id"], offer["step_id"], order["user_id"]


def require_unclaimed(world: World, claim: Claim | None) -> None:
    """Refuse a step that the user has already."""
    if claim is not None and claim in world.offer_claims:
        raise AlreadyClaimed(
            f"Step {claim[1]} of offer chain {claim[0]} was received with order {world.offer_claims.get(claim)}, and a step "
            "gives once until the chain starts over; go on with the next step"
        )


def take_step(world: World, claim: Claim, order_id: int) -> None:
    """The user has the step."""
    world.offer_claims.put(claim, order_id)
    begin_anew_at_the_end(world, world.offer_chains.get(claim[0]), claim[2])


def begin_anew_at_the_end(world: World, chain: Json, user_id: str) -> None:
    """A user who has all steps of a chain that says so begins anew."""
    if chain["is_reset_on_completion"] and next_step(world, chain, user_id) is None:
        for step in chain["steps"]:
            world.offer_claims.remove((chain["id"], step["step_id"], user_id))


def open_step_again(world: World, order: Json) -> None:
    """The user has no longer the step that this order gave."""
    claim = claim_of(world, order)
    if claim is not None and world.offer_claims.get(claim) == order["order_id"]:
        world.offer_claims.remove(claim)
