"""What chains of all kinds have in common: lists of them, and steps that stay through an update."""

from typing import Any

from .collection import Collection, Key
from .messages import Call
from .personalization import seen
from .problems import NotFound
from .world import World

Json = Any


def page_of(chains: Collection, call: Call) -> tuple[list[Key], dict[str, bool]]:
    """The keys of one page in the arrangement order, and whether there are more behind it."""
    enabled, offset, limit = call.query["enabled"], call.query["offset"], call.query["limit"]
    order, group = ("arranged", "all") if enabled is None else ("enabled", enabled == 1)
    keys = list(chains.keys(order, group, offset, limit))
    return keys, {"has_more": offset + len(keys) < chains.count(order, group)}


def page_seen(world: World, chains: Collection, call: Call) -> tuple[list[Json], dict[str, Json]]:
    """One page of the chains that the user sees, whether there are more behind it, and how many there are."""
    found = seen(world, chains, call.user_id)
    offset, limit = call.query["offset"], call.query["limit"]
    page = found[offset : offset + limit]
    return page, {"has_more": offset + len(page) < len(found), "total_items_count": len(found)}


def require_own_steps(chain: Json, body: Json, refusal: type[NotFound]) -> frozenset[int]:
    """The numbers of the steps that stay through an update, if they are the chain's own."""
    own = {step["step_id"] for step in chain["steps"]}
    named = [step["step_id"] for step in body["steps"] if step.get("step_id") is not None]
    strange = [step_id for step_id in named if step_id not in own]
    if strange:
        raise refusal(f"Step {strange[0]} not found: it is not a step of this chain; send no step_id, or null, for a new step")
    return frozenset(named)
