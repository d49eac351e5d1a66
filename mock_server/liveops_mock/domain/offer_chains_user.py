"""The rules of offer chains, the user's side."""

from typing import Any

from ..chains import page_seen
from ..ledger import shown_points
from ..messages import Call, Page, Reply
from ..offers import next_step, require_unclaimed, step_price
from ..orders import buy, make_order
from ..personalization import require_seen
from ..pricing import Bill
from ..problems import NoPrice, OutOfTurn, StepNotFound, WrongWay
from ..resets import schedule_state
from ..texts import one_language
from ..world import World

Json = Any


def get_offer_chains_list(world: World, call: Call) -> Reply:
    """One page of the user's chains, finished ones too, with the user's own progress."""
    chains, fields = page_seen(world, world.offer_chains, call)
    return Reply(200, Page([shown_to_user(world, chain, call.user_id) for chain in chains], fields))


def get_user_offer_chain_by_id(world: World, call: Call) -> Reply:
    """One of the user's chains."""
    chain = require_seen(world, world.offer_chains, call.user_id, call.path["offer_chain_id"], "Offer chain")
    return Reply(200, shown_to_user(world, chain, call.user_id))


def shown_to_user(world: World, chain: Json, user_id: str) -> Json:
    """A chain as a user sees it: one language, own progress."""
    schedule = schedule_state(chain["recurrent_schedule"], chain["reset_since"], world.now)
    upcoming = next_step(world, chain, user_id)
    return {
        "id": chain["id"],
        "name": one_language(chain["name"]) or "",
        "description": one_language(chain["description"]),
        "order": chain["order"],
        "date_start": chain["date_start"],
        "date_end": chain["date_end"],
        "recurrent_schedule": schedule and {name: schedule[name] for name in ("interval_type", "reset_next_date")},
        "next_step_number": upcoming and upcoming["step_number"],
        "steps": [shown_step(world, chain, step, user_id) for step in chain["steps"]],
    }


def shown_step(world: World, chain: Json, step: Json, user_id: str) -> Json:
    """A step as a user sees it."""
    return {
        "step_number": step["step_number"],
        "is_free": step["is_free"],
        "is_claimed": (chain["id"], step["step_id"], user_id) in world.offer_claims,
        "step_price": step_price(world, step),
        "items": [shown_item(world, entry, is_free=step["is_free"]) for entry in step["items"]],
        "step_vp_rewards": shown_points(world, step["items"]),
        "step_loyalty_rewards": [],
    }


def shown_item(world: World, entry: Json, *, is_free: bool) -> Json:
    """Some pieces of an item, and of a bundle what is in it."""
    item = world.items.get(entry["sku"])
    content = item["content"]
    return {
        "item_id": item["item_id"],
        "sku": item["sku"],
        "type": item["type"],
        "name": one_language(item["name"]) or item["sku"],
        "description": one_language(item["description"]),
        "bundle_type": item["bundle_type"],
        "image_url": item["image_url"],
        "is_free": is_free,
        "quantity": entry["quantity"],
        "order": entry.get("order"),
        "content": content and [shown_item(world, part, is_free=is_free) for part in content],
    }


def claim_user_offer_chain_step_reward(world: World, call: Call) -> Reply:
    """Give the user the next step, if it is free: an order of no price, paid at once."""
    chain, step = require_next_step(world, call, is_free=True)
    order = buy(world, call.user_id, step["items"], Bill(None), offer_of(chain, step))
    return Reply(200, {"order_id": order["order_id"]})


def order_user_offer_chain_step_reward(world: World, call: Call) -> Reply:
    """Order the next step at the price of this moment. It counts when the order is paid."""
    chain, step = require_next_step(world, call, is_free=False)
    price = step_price(world, step)
    if price is None:
        raise NoPrice(
            f"Step {step['step_number']} can't be ordered: an item of it has no price, or its items have several currencies; "
            "give them prices in one currency"
        )

    order = make_order(world, call.user_id, step["items"], Bill(price), offer_of(chain, step))
    return Reply(200, {"order_id": order["order_id"], "token": order["token"]})


def offer_of(chain: Json, step: Json) -> Json:
    """What an order says of the step that it gives."""
    return {"offer_chain_id": chain["id"], "step_id": step["step_id"], "step_number": step["step_number"]}


def require_next_step(world: World, call: Call, *, is_free: bool) -> tuple[Json, Json]:
    """The chain and the step of the path, if the step is the user's next one, and of this kind."""
    chain = require_seen(world, world.offer_chains, call.user_id, call.path["offer_chain_id"], "Offer chain")
    number = call.path["step_number"]
    step = next((step for step in chain["steps"] if step["step_number"] == number), None)
    if step is None:
        raise StepNotFound(f"Offer chain step not found. Chain {chain['id']} has no step with step_number {number}")
    require_unclaimed(world, (chain["id"], step["step_id"], call.user_id))
    if step["is_free"] != is_free:
        raise WrongWay(f"Step {number} is {'free; claim it' if step['is_free'] else 'not free; order it'}")
    upcoming = next_step(world, chain, call.user_id)
    if upcoming != step:
        raise OutOfTurn(f"Step {number} opens after step {upcoming['step_number']}, which comes next; take that one first")
    return chain, step
