"""The rules of offer chains, the operator's side."""

from typing import Any

from ..chains import named_item, page_of, require_chain, require_changeable, require_items_of_steps, require_own_steps
from ..messages import Call, Page, Reply
from ..offers import begin_anew_at_the_end, step_price
from ..problems import NotFound
from ..resets import forget_claims, schedule_state
from ..texts import two_letter
from ..world import World

Json = Any
HIDDEN = ("steps", "reset_since", "reset_until")


def admin_get_offer_chains(world: World, call: Call) -> Reply:
    """One page of the chains without their steps, in their arrangement order."""
    keys, fields = page_of(world.offer_chains, call)
    return Reply(200, Page([shown_short(world, world.offer_chains.get(key)) for key in keys], fields))


def shown_short(world: World, chain: Json) -> Json:
    """A chain as it stands in a list."""
    state = schedule_state(chain["recurrent_schedule"], chain["reset_since"], world.now)
    shown = {name: value for name, value in chain.items() if name not in HIDDEN}
    return {**shown, "recurrent_schedule": state}


def admin_create_offer_chain(world: World, call: Call) -> Reply:
    """Add a sequence of free and paid steps."""
    require_items_of_steps(world, call.body)

    chain_id = world.next_id("offer_chain")
    world.offer_chains.put(chain_id, stored(world, chain_id, call.body))
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
        "recurrent_schedule": body.get("recurrent_schedule"),
        "attribute_conditions": body.get("attribute_conditions"),
        "is_always_visible": body.get("is_always_visible", True),
        "is_reset_on_completion": body.get("is_reset_on_completion", False),
        "steps": sorted((stored_step(world, step) for step in body["steps"]), key=lambda step: step["step_number"]),
        "reset_since": world.now,
        "reset_until": world.now,
    }


def stored_step(world: World, step: Json) -> Json:
    """A step as it is kept; a new one gets its number."""
    return {
        "step_id": step.get("step_id") or world.next_id("offer_chain_step"),
        "step_number": step["step_number"],
        "is_free": step["is_free"],
        "items": [{"sku": item["sku"], "quantity": item["quantity"], "order": item.get("order")} for item in step["items"]],
    }


def chain_of(world: World, call: Call) -> Json:
    """The chain that the path names, or a refusal."""
    return require_chain(world.offer_chains, call.path["offer_chain_id"], "Offer chain")


def admin_get_offer_chain(world: World, call: Call) -> Reply:
    """One chain with its steps and what the catalog says of their items."""
    chain = chain_of(world, call)
    steps = [shown_step(world, step) for step in chain["steps"]]
    return Reply(200, {**shown_short(world, chain), "number_of_steps": len(steps), "steps": steps})


def shown_step(world: World, step: Json) -> Json:
    """A step with its price and what the catalog says of its items."""
    items = [{**named_item(world, entry), "is_free": step["is_free"]} for entry in step["items"]]
    return {**step, "step_price": step_price(world, step), "items": items}


def admin_update_offer_chain(world: World, call: Call) -> Reply:
    """Replace a chain that is switched off. Steps that keep their `step_id` keep the progress."""
    before = chain_of(world, call)
    require_changeable(before, call.body)
    kept = require_own_steps(before, call.body, NotFound)
    require_items_of_steps(world, call.body)

    forget_claims(world.offer_claims, before["id"], kept)
    chain = stored(world, before["id"], call.body)
    world.offer_chains.put(before["id"], chain)
    for user_id in {key[2] for key in world.offer_claims.keys("chain", before["id"])}:
        begin_anew_at_the_end(world, chain, user_id)
    return Reply(204)


def admin_delete_offer_chain(world: World, call: Call) -> Reply:
    """Delete a chain and its progress; what users received stays theirs."""
    chain_id = chain_of(world, call)["id"]

    forget_claims(world.offer_claims, chain_id)
    world.offer_chains.remove(chain_id)
    return Reply(204)


def admin_toggle_offer_chain(world: World, call: Call) -> Reply:
    """Switch a chain on or off."""
    chain = chain_of(world, call)
    world.offer_chains.put(chain["id"], {**chain, "is_enabled": not chain["is_enabled"]})
    return Reply(204)
