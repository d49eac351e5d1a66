"""The rules of daily chains: the operator's side and the user's side."""

from typing import Any

from ..chains import (
    named_item,
    page_among,
    page_of,
    require_chain,
    require_changeable,
    require_items_of_steps,
    require_own_steps,
)
from ..days import Claims, of_this_round, places_of
from ..instants import write_instant
from ..ledger import grant, shown_reward
from ..messages import Call, Page, Reply
from ..problems import AlreadyClaimed, DayGone, DayToCome, NotFound, NotRolling, StepNotFound
from ..resets import forget_claims, is_open
from ..shop import costs_nothing
from ..texts import one_language, two_letter
from ..world import World

Json = Any


def admin_get_daily_chains(world: World, call: Call) -> Reply:
    """One page of the chains without their steps, in their arrangement order."""
    keys, fields = page_of(world.daily_chains, call)
    return Reply(200, Page([shown_short(world.daily_chains.get(key)) for key in keys], fields))


def shown_short(chain: Json) -> Json:
    """A chain as it stands in a list."""
    shown = {name: value for name, value in chain.items() if name != "steps"}
    return {**shown, "number_of_steps": len(chain["steps"])}


def admin_create_daily_chain(world: World, call: Call) -> Reply:
    """Add a sequence of rewards, one for each day."""
    require_items_of_steps(world, call.body)

    chain_id = world.next_id("daily_chain")
    world.daily_chains.put(chain_id, stored(world, chain_id, call.body))
    return Reply(201, {"id": chain_id})


def stored(world: World, chain_id: int, body: Json) -> Json:
    """A chain as it is kept; what the body leaves out is the server's default."""
    return {
        "id": chain_id,
        "name": two_letter(body["name"], world.spellings),
        "description": two_letter(body.get("description"), world.spellings),
        "order": body.get("order", 1),
        "date_start": body["date_start"],
        "date_end": body.get("date_end"),
        "is_enabled": body["is_enabled"],
        "is_recurrent": body.get("is_recurrent", False),
        "type": body["type"],
        "steps": sorted((stored_step(world, step) for step in body["steps"]), key=lambda step: step["step_number"]),
    }


def stored_step(world: World, step: Json) -> Json:
    """A step as it is kept; a new one gets its number."""
    step_id = step.get("step_id") or world.next_id("daily_chain_step")
    return {"step_id": step_id, "step_number": step["step_number"], "items": step["items"]}


def chain_of(world: World, call: Call) -> Json:
    """The chain that the path names, or a refusal."""
    return require_chain(world.daily_chains, call.path["daily_chain_id"], "Daily chain")


def admin_get_daily_chain(world: World, call: Call) -> Reply:
    """One chain with its steps and what the catalog says of their items."""
    chain = chain_of(world, call)
    steps = [{**step, "items": [named_item(world, entry) for entry in step["items"]]} for step in chain["steps"]]
    return Reply(200, {**shown_short(chain), "steps": steps})


def admin_update_daily_chain(world: World, call: Call) -> Reply:
    """Replace a chain that is switched off. Steps that keep their `step_id` keep the progress."""
    before = chain_of(world, call)
    require_changeable(before, call.body)
    kept = require_own_steps(before, call.body, StepNotFound)
    require_items_of_steps(world, call.body)

    forget_claims(world.daily_claims, before["id"], kept)
    world.daily_chains.put(before["id"], stored(world, before["id"], call.body))
    return Reply(204)


def admin_delete_daily_chain(world: World, call: Call) -> Reply:
    """Delete a chain and its progress; what users received stays theirs."""
    chain_id = chain_of(world, call)["id"]

    forget_claims(world.daily_claims, chain_id)
    world.daily_chains.remove(chain_id)
    return Reply(204)


def admin_toggle_daily_chain(world: World, call: Call) -> Reply:
    """Switch a chain on or off."""
    chain = chain_of(world, call)
    world.daily_chains.put(chain["id"], {**chain, "is_enabled": not chain["is_enabled"]})
    return Reply(204)


def admin_reset_daily_chain(world: World, call: Call) -> Reply:
    """Let all users of a rolling chain begin again."""
    chain = chain_of(world, call)
    if chain["type"] != "rolling":
        raise NotRolling(
            f"Daily chain {chain['id']} is of type {chain['type']} and counts the same days for everybody; "
            "only a rolling chain can be reset"
        )

    forget_claims(world.daily_claims, chain["id"])
    return Reply(204)


def get_daily_chains_list(world: World, call: Call) -> Reply:
    """One page of the chains that are open, with the user's own progress."""
    chains = [chain for chain in world.daily_chains.values("enabled", True) if is_open(chain, world.now)]
    page, fields = page_among(chains, call)
    return Reply(200, Page([shown_to_user(world, chain, call.user_id) for chain in page], fields))


def require_open_chain(world: World, call: Call) -> Json:
    """The chain that the path names, if it is open now."""
    chain = chain_of(world, call)
    if not is_open(chain, world.now):
        raise NotFound(f"Daily chain not found: {chain['id']} is not open now; list the user's chains")
    return chain


def claims_of(world: World, chain: Json, user_id: str) -> Claims:
    """What the user claimed in a chain, and when."""
    moments = {step["step_id"]: world.daily_claims.get((chain["id"], step["step_id"], user_id)) for step in chain["steps"]}
    return {step_id: when for step_id, when in moments.items() if when is not None}


def get_user_daily_chain_by_id(world: World, call: Call) -> Reply:
    """One chain that is open, with the user's own progress."""
    return Reply(200, shown_to_user(world, require_open_chain(world, call), call.user_id))


def shown_to_user(world: World, chain: Json, user_id: str) -> Json:
    """A chain as a user sees it: one language, own progress."""
    places = places_of(chain, claims_of(world, chain, user_id), world.now)
    return {
        **{name: chain[name] for name in ("id", "order", "date_start", "date_end", "type")},
        "name": one_language(chain["name"]) or "",
        "description": one_language(chain["description"]),
        "steps": [
            {
                "step_number": step["step_number"],
                "status": place.status,
                "unlocked_date": place.unlocked,
                "items": [shown_reward_item(world, entry) for entry in step["items"]],
            }
            for step, place in zip(chain["steps"], places, strict=True)
        ],
    }


def shown_reward_item(world: World, entry: Json) -> Json:
    """Some pieces of an item as a user sees them, and what is in them."""
    content = world.items.get(entry["sku"])["content"]
    shown = with_price(world, entry)
    return {**shown, "content": [shown_part(world, part) for part in content]} if content else shown


def shown_part(world: World, entry: Json) -> Json:
    """Some pieces within a bundle; of a bundle in it no more is told."""
    return {name: value for name, value in with_price(world, entry).items() if name != "bundle_type"}


def with_price(world: World, entry: Json) -> Json:
    """Some pieces of an item, and whether they cost nothing in the shop."""
    item = world.items.get(entry["sku"])
    return {"item_id": item["item_id"], **shown_reward(world, entry), "is_free": costs_nothing(item["price"])}


def claim_user_daily_chain_step_reward(world: World, call: Call) -> Reply:
    """Give the user the items of the step whose day it is, once."""
    chain, number = require_open_chain(world, call), call.path["step_number"]
    found = next((place for place, step in enumerate(chain["steps"]) if step["step_number"] == number), None)
    if found is None:
        raise StepNotFound(f"Daily chain step not found. Chain {chain['id']} has no step {number}")
    claims = claims_of(world, chain, call.user_id)
    status, unlocked = places_of(chain, claims, world.now)[found]
    if status == "claimed":
        raise AlreadyClaimed(f"Reward already claimed. Step {number} gives its reward once a round")
    if status == "claim_in_future":
        when = "on a day after the first claim" if unlocked is None else f"at {write_instant(unlocked)}"
        raise DayToCome(f"Step {number} can't be claimed yet: it opens {when}; claim the step that is claimable")
    if status == "blocked":
        raise DayGone(f"Step {number} can't be claimed any more: its day passed or went to another step; wait for the next one")

    for step_id in claims.keys() - of_this_round(chain, claims, world.now).keys():
        world.daily_claims.remove((chain["id"], step_id, call.user_id))
    world.daily_claims.put((chain["id"], chain["steps"][found]["step_id"], call.user_id), world.now)
    for entry in chain["steps"][found]["items"]:
        grant(world, call.user_id, entry["sku"], entry["quantity"])
    return Reply(204)
