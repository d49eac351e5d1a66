"""The rules of discounts, the operator's side. What they do to purchases stands in `promotions` and `pricing`."""

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
KIND = "discount"


def get_item_promotion_list(world: World, call: Call) -> Reply:
    """One page of the discounts by their numbers."""
    return Reply(200, page_of(world, call, KIND, shown_discount))


def shown_discount(world: World, promotion: Json) -> Json:
    """A discount as operators read it."""
    return {
        **shown(world, promotion),
        "discount": {"percent": promotion["percent"]},
        "items": shown_items(promotion["skus"]),
    }


def create_item_promotion(world: World, call: Call) -> Reply:
    """Take a share off the price of items."""
    facts = facts_of(world, call.body)

    number = world.next_id("promotion")
    put_promotion(world, KIND, number, call.body, facts)
    return Reply(201, {"promotion_id": number})


def facts_of(world: World, body: Json) -> Json:
    """What only a discount has."""
    return {"skus": known_skus(world, body["items"]), "percent": body["discount"]["percent"]}


def get_item_promotion(world: World, call: Call) -> Reply:
    """One discount."""
    return Reply(200, shown_discount(world, require_promotion(world, call, KIND)))


def update_item_promotion(world: World, call: Call) -> Reply:
    """Replace a discount."""
    before = require_promotion(world, call, KIND)
    facts = facts_of(world, call.body)

    put_promotion(world, KIND, before["id"], call.body, facts)
    return Reply(204)


def delete_item_promotion(world: World, call: Call) -> Reply:
    """Delete a discount."""
    delete_promotion(world, require_promotion(world, call, KIND)["id"])
    return Reply(204)
