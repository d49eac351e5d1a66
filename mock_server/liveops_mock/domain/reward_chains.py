"""The rules of reward chains: the operator's side and the user's side."""

from functools import lru_cache
from typing import Any

import orjson

from ..chains import page_of, page_seen, require_chain, require_own_steps
from ..ledger import balance, grant, require_items, require_value_point, rewards_for, top_contributors
from ..messages import Call, Page, Reply
from ..personalization import require_seen
from ..problems import AlreadyClaimed, NotEnoughPoints, StepNotFound, WrongKindOfChain
from ..resets import forget_claims, reset_value_point, schedule_state
from ..texts import one_language, two_letter
from ..world import World

Json = Any
POPUP = ("popup_header", "popup_instruction", "popup_image_url", "clan_type")
INTERNAL = ("reset_since", "reset_until")


def admin_get_reward_chains(world: World, call: Call) -> Reply:
    """One page of the chains without their steps, in their arrangement order."""
    keys, fields = page_of(world.reward_chains, call)
    return Reply(200, Page([shown_short(world, world.reward_chains.raw(key)) for key in keys], fields))


def shown_short(world: World, raw: bytes) -> bytes:
    """A chain as it stands in a list."""
    minute = world.now - world.now % 60  # schedules strike at full minutes, so the answer holds for this minute
    return summary(raw, world.value_points.raw(value_point_of(raw)), minute)


@lru_cache(maxsize=4096)
def value_point_of(raw: bytes) -> str:
    """The value point of a stored chain."""
    sku: str = orjson.loads(raw)["value_point"]
    return sku


@lru_cache(maxsize=4096)
def summary(raw: bytes, raw_value_point: bytes, now: int) -> bytes:
    """A chain as it stands in a list. Everything it depends on is handed in, so the same list is put together once."""
    chain, point = orjson.loads(raw), orjson.loads(raw_value_point)
    shown = {name: value for name, value in chain.items() if name not in (*INTERNAL, "steps")}
    texts = {name: one_language(point[name]) for name in ("description", "long_description")}
    state = schedule_state(chain["recurrent_schedule"], chain["reset_since"], now)
    return bytes(memoryview(orjson.dumps({**shown, "value_point": {**point, **texts}, "recurrent_schedule": state})))


def admin_create_reward_chain(world: World, call: Call) -> Reply:
    """Add a chain that the balance of a value point drives."""
    value_point = require_value_point(world, call.body["value_point"]["sku"])
    require_fitting(world, call.body, value_point)

    chain_id = world.next_id("reward_chain")
    world.reward_chains.put(chain_id, stored(world, chain_id, value_point, call.body))
    return Reply(201, {"reward_chain_id": chain_id})


def require_fitting(world: World, body: Json, value_point: Json) -> None:
    """Refuse items that do not exist, and a clan form for a value point of users or the other way round."""
    is_clan_form = "popup_header" in body
    if is_clan_form != value_point["is_clan"]:
        kind = "clan" if value_point["is_clan"] else "user"
        way_out = (
            "send popup_header and popup_instruction" if value_point["is_clan"] else "leave out the popup fields and clan_type"
        )
        raise WrongKindOfChain(f"Value point '{value_point['sku']}' belongs to a {kind}, the body has the other form; {way_out}")
    require_items(world, [entry["sku"] for step in body["steps"] for entry in step["reward"]])


def stored(world: World, chain_id: int, value_point: Json, body: Json) -> Json:
    """A chain as it is kept; what the body leaves out is the server's default."""
    now = world.now
    chain = {
        "reward_chain_id": chain_id,
        "name": two_letter(body["name"], world.spellings),
        "description": two_letter(body.get("description"), world.spellings),
        "long_description": two_letter(body.get("long_description"), world.spellings),
        "image_url": body.get("image_url"),
        "order": body.get("order", 1),
        "date_start": body["date_start"],
        "date_end": body.get("date_end"),
        "is_enabled": body["is_enabled"],
        "value_point": value_point["sku"],
        "steps": [stored_step(world, step) for step in body["steps"]],
        "recurrent_schedule": body.get("recurrent_schedule"),
        "attribute_conditions": body.get("attribute_conditions"),
        "is_always_visible": body.get("is_always_visible", True),
        "reset_since": now,
        "reset_until": now,
    }
    if value_point["is_clan"]:
        chain |= {
            "popup_header": two_letter(body["popup_header"], world.spellings),
            "popup_instruction": two_letter(body["popup_instruction"], world.spellings),
            "popup_image_url": body.get("popup_image_url"),
            "clan_type": body.get("clan_type"),
        }
    return chain


def stored_step(world: World, step: Json) -> Json:
    """A step as it is kept; a new one gets its number."""
    return {
        "step_id": step.get("step_id") or world.next_id("reward_chain_step"),
        "name": two_letter(step["name"], world.spellings),
        "image_url": step.get("image_url"),
        "price": step["price"],
        "reward": step["reward"],
    }


def chain_of(world: World, call: Call) -> Json:
    """The chain that the path names, or a refusal."""
    return require_chain(world.reward_chains, call.path["reward_chain_id"], "Reward chain")


def admin_get_reward_chain(world: World, call: Call) -> Reply:
    """One chain with its steps."""
    chain = chain_of(world, call)
    state = schedule_state(chain["recurrent_schedule"], chain["reset_since"], world.now)
    shown = {name: value for name, value in chain.items() if name not in INTERNAL}
    return Reply(200, {**shown, "value_point": world.value_points.get(chain["value_point"]), "recurrent_schedule": state})


def admin_update_reward_chain(world: World, call: Call) -> Reply:
    """Replace a chain, but for its value point. Steps that keep their `step_id` keep the progress."""
    before = chain_of(world, call)
    chain_id = before["reward_chain_id"]
    value_point = world.value_points.get(before["value_point"])
    require_fitting(world, call.body, value_point)
    kept = require_own_steps(before, call.body, StepNotFound)

    forget_claims(world.claims, chain_id, kept)
    world.reward_chains.put(chain_id, stored(world, chain_id, value_point, call.body))
    return Reply(204)


def admin_delete_reward_chain(world: World, call: Call) -> Reply:
    """Delete a chain and its progress; what users received stays theirs."""
    chain_id = chain_of(world, call)["reward_chain_id"]

    forget_claims(world.claims, chain_id)
    world.reward_chains.remove(chain_id)
    return Reply(204)


def admin_toggle_reward_chain(world: World, call: Call) -> Reply:
    """Switch a chain on or off."""
    chain = chain_of(world, call)
    world.reward_chains.put(chain["reward_chain_id"], {**chain, "is_enabled": not chain["is_enabled"]})
    return Reply(204)


def admin_reset_reward_chain(world: World, call: Call) -> Reply:
    """Set the chain's value point to zero for everybody, and with it every chain that it drives."""
    reset_value_point(world, chain_of(world, call)["value_point"])
    return Reply(204)


def get_reward_chains_list(world: World, call: Call) -> Reply:
    """One page of the user's chains, with the user's own progress."""
    chains, fields = page_seen(world, world.reward_chains, call)
    return Reply(200, Page([shown_to_user(world, chain, call.user_id) for chain in chains], fields))


def shown_to_user(world: World, chain: Json, user_id: str) -> Json:
    """A chain as a user sees it: one language, own balance, own claims."""
    value_point = world.value_points.get(chain["value_point"])
    schedule = schedule_state(chain["recurrent_schedule"], chain["reset_since"], world.now)
    popup = {name: chain.get(name) for name in POPUP}
    return {
        "reward_chain_id": chain["reward_chain_id"],
        "name": one_language(chain["name"]) or "",
        "description": one_language(chain["description"]),
        "long_description": one_language(chain["long_description"]),
        "image_url": chain["image_url"],
        "order": chain["order"],
        "date_start": chain["date_start"],
        "date_end": chain["date_end"],
        "value_point": shown_balance(world, value_point, user_id),
        "top_contributors": top_contributors(world, value_point["sku"], user_id) if value_point["is_clan"] else [],
        "steps": [shown_step(world, chain, step, user_id) for step in chain["steps"]],
        "recurrent_schedule": schedule and {name: schedule[name] for name in ("interval_type", "reset_next_date")},
        **popup,
    }


def shown_step(world: World, chain: Json, step: Json, user_id: str) -> Json:
    """A step as a user sees it."""
    return {
        "step_id": step["step_id"],
        "name": one_language(step["name"]) or "",
        "is_claimed": (chain["reward_chain_id"], step["step_id"], user_id) in world.claims,
        "image_url": step["image_url"],
        "price": step["price"],
        "reward": rewards_for(world, user_id, step["reward"]),
    }


def shown_balance(world: World, value_point: Json, user_id: str) -> Json:
    """A value point and how many of it the user, or the user's clan, has."""
    return {
        "sku": value_point["sku"],
        "name": one_language(value_point["name"]) or value_point["sku"],
        "image_url": value_point["image_url"],
        "description": one_language(value_point["description"]),
        "long_description": one_language(value_point["long_description"]),
        "amount": balance(world, value_point, user_id),
        "is_clan": value_point["is_clan"],
    }


def get_user_reward_chain_balance(world: World, call: Call) -> Reply:
    """The balance of the chain's value point."""
    chain = require_seen(world, world.reward_chains, call.user_id, call.path["reward_chain_id"], "Reward chain")
    return Reply(200, shown_balance(world, world.value_points.get(chain["value_point"]), call.user_id))


def claim_user_reward_chain_step_reward(world: World, call: Call) -> Reply:
    """Give the user the rewards of a step whose price the balance reaches. The balance stays."""
    chain = require_seen(world, world.reward_chains, call.user_id, call.path["reward_chain_id"], "Reward chain")
    step = next((step for step in chain["steps"] if step["step_id"] == call.path["step_id"]), None)
    if step is None:
        raise StepNotFound(f"Reward chain step not found. Chain {chain['reward_chain_id']} has no step {call.path['step_id']}")
    claim = (chain["reward_chain_id"], step["step_id"], call.user_id)
    if claim in world.claims:
        raise AlreadyClaimed(f"Reward already claimed. Step {step['step_id']} gives its reward once until the chain is reset")
    reached, price = balance(world, world.value_points.get(chain["value_point"]), call.user_id), step["price"]["amount"]
    if reached < price:
        raise NotEnoughPoints(
            f"Not enough value points to claim step reward. The balance is {reached}, the step opens at {price}"
        )

    world.claims.put(claim, world.now)
    for entry in rewards_for(world, call.user_id, step["reward"]):
        grant(world, call.user_id, entry["sku"], entry["quantity"])
    return Reply(204)
