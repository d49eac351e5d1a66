"""What chains of all kinds have in common: how they are found and listed, and what an update asks for."""

from typing import Any

from .collection import Collection, Key
from .ledger import require_items
from .messages import Call
from .personalization import seen
from .problems import ActiveChain, CannotChange, NotFound
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
    return page_among(seen(world, chains, call.user_id), call)


def page_among(found: list[Json], call: Call) -> tuple[list[Json], dict[str, Json]]:
    """One page of what was found, whether there is more behind it, and how much there is."""
    offset, limit = call.query["offset"], call.query["limit"]
    page = found[offset : offset + limit]
    return page, {"has_more": offset + len(page) < len(found), "total_items_count": len(found)}


def require_chain(chains: Collection, chain_id: int, kind: str) -> Json:
    """The chain of this number, or a refusal."""
    chain = chains.get(chain_id)
    if chain is None:
        raise NotFound(f"{kind} not found: the project has no chain {chain_id}; list the chains to see their ids")
    return chain


def require_changeable(chain: Json, body: Json) -> None:
    """Refuse to replace a chain that is switched on, or to give it another number."""
    if chain["is_enabled"]:
        raise ActiveChain(
            f"Active chain cannot be updated. Please deactivate it first: toggle chain {chain['id']}, then update it"
        )
    if body.get("id", chain["id"]) != chain["id"]:
        raise CannotChange(f"The body names id {body['id']}, the path {chain['id']}; the id can't change")


def require_items_of_steps(world: World, body: Json) -> None:
    """Refuse items that do not exist."""
    require_items(world, [item["sku"] for step in body["steps"] for item in step["items"]])


def named_item(world: World, entry: Json) -> Json:
    """Some pieces of an item with what the catalog says of it, in all languages."""
    item = world.items.get(entry["sku"])
    return {**{name: item[name] for name in ("item_id", "type", "name", "description", "image_url")}, **entry}


def require_own_steps(chain: Json, body: Json, refusal: type[NotFound]) -> frozenset[int]:
    """The numbers of the steps that stay through an update, if they are the chain's own."""
    own = {step["step_id"] for step in chain["steps"]}
    named = [step["step_id"] for step in body["steps"] if step.get("step_id") is not None]
    strange = [step_id for step_id in named if step_id not in own]
    if strange:
        raise refusal(f"Step {strange[0]} not found: it is not a step of this chain; send no step_id, or null, for a new step")
    return frozenset(named)
