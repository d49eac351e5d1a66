"""The rules of bonuses, the operator's side. What they add to purchases stands in `promotions` and `pricing`."""

from typing import Any

from ..messages import Call, Reply
from ..promotion_records import (
    delete_promotion,
    known_skus,
    page_of,
    put_promotion,
    require_promotion,
    shown,
    shown_items,
)
from ..world import World

Json = Any
KIND = "bonus"


def get_bonus_promotion_list(world: World, call: Call) -> Reply:
    """One page of the bonuses by their numbers."""
    return Reply(200, page_of(world, call, KIND, shown_bonus))


def shown_bonus(world: World, promotion: Json) -> Json:
    """A bonus as operators read it."""
    return {**shown(world, promotion), "condition": shown_items(promotion["skus"]), "bonus": promotion["bonus"]}


def create_bonus_promotion(world: World, call: Call) -> Reply:
    """Add free items to purchases."""
    facts = facts_of(world, call.body)

    number = world.next_id("promotion")
    put_promotion(world, KIND, number, call.body, facts)
    return Reply(201, {"promotion_id": number})


def facts_of(world: World, body: Json) -> Json:
    """What only a bonus has."""
    known_skus(world, body["bonus"])
    bonus = [{"sku": entry["sku"], "quantity": entry.get("quantity", 1)} for entry in body["bonus"] or ()]
    return {"skus": known_skus(world, body["condition"]), "bonus": bonus or None}


def get_bonus_promotion(world: World, call: Call) -> Reply:
    """One bonus."""
    return Reply(200, shown_bonus(world, require_promotion(world, call, KIND)))


def update_bonus_promotion(world: World, call: Call) -> Reply:
    """Replace a bonus."""
    before = require_promotion(world, call, KIND)
    facts = facts_of(world, call.body)

    put_promotion(world, KIND, before["id"], call.body, facts)
    return Reply(204)


def delete_bonus_promotion(world: World, call: Call) -> Reply:
    """Delete a bonus."""
    delete_promotion(world, require_promotion(world, call, KIND)["id"])
    return Reply(204)
