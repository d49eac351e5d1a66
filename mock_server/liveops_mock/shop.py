"""What the shop tells a user of an item: what the catalog says, its price now, its promotions, and how many pieces are left."""

from decimal import Decimal
from typing import Any

from .instants import next_reset
from .item_facts import told_facts
from .ledger import shown_points
from .periods import period_at
from .pricing import piece_price
from .promotions import acting, shown_with
from .texts import one_language
from .uses import beyond_limit, item_limit, left_of, uses_left
from .world import World

Json = Any


def shown_item(world: World, user_id: str, promotions: list[Json], sku: str) -> Json:
    """An item but for its price and promotions; what the catalog of the mock does not know is empty."""
    item = world.items.get(sku)
    return {
        "sku": sku,
        "name": one_language(item["name"]) or sku,
        "type": item["type"],
        "description": one_language(item["description"]),
        "image_url": item["image_url"],
        "can_be_bought": can_be_bought(world, user_id, promotions, sku),
        **told_facts(item),
        "limits": shown_limits(world, user_id, sku),
        "periods": [],
        "vp_rewards": [{"item_id": None, **point} for point in shown_points(world, [{"sku": sku, "quantity": 1}])],
    }


def price_and_promotions(world: World, user_id: str, promotions: list[Json], sku: str) -> Json:
    """What one piece of an item costs the user alone, and which of the user's promotions it is under."""
    shown = shown_with(world, promotions, sku)
    return {
        "price": shown_price(world, sku, shown),
        "promotions": [shown_promotion(world, user_id, promotion) for promotion in shown],
    }


def shown_price(world: World, sku: str, promotions: list[Json]) -> Json:
    """What one piece of an item costs under these promotions, and without them; None where it has no price."""
    price = world.items.get(sku)["price"]
    return price and {
        "amount": str(piece_price(world, sku, promotions)),
        "amount_without_discount": price["amount"],
        "currency": price["currency"],
    }


def costs_nothing(price: Json) -> bool:
    """Whether something with this price is free; without a price it is not to be had alone."""
    return price is not None and not Decimal(price["amount"])


def can_be_bought(world: World, user_id: str, promotions: list[Json], sku: str) -> bool:
    """Whether the user can buy a piece alone: it has a price, and neither its limit nor that of what comes on top is reached."""
    gifts = [entry for one in acting(world, promotions, {sku}, is_payable=True) for entry in one["bonus"] or ()]
    is_left = beyond_limit(world, user_id, [{"sku": sku, "quantity": 1}, *gifts]) is None
    return is_left and world.items.get(sku)["price"] is not None


def shown_promotion(world: World, user_id: str, promotion: Json) -> Json:
    """A promotion as a user sees it: in one language, with the window that is open now and the uses that are left."""
    period = period_at(promotion["promotion_periods"], world.now) or {}
    percent, left = promotion["percent"], uses_left(world, promotion, user_id)
    shown = {
        "name": one_language(promotion["name"]) or "",
        "date_start": period.get("date_from"),
        "date_end": period.get("date_until"),
        "discount": None if percent is None else {"percent": percent, "value": None},
        "bonus": [shown_bonus(world, entry) for entry in promotion["bonus"] or ()],
    }
    return shown if left is None else {**shown, "limits": {"per_user": {"total": promotion["per_user"], "available": left}}}


def shown_limits(world: World, user_id: str, sku: str) -> Json:
    """How many pieces the user may still buy, and when that starts over; None for any number."""
    limit = item_limit(world, world.items.get(sku))
    if limit.total is None:
        return None
    shown = {"total": limit.total, "available": left_of(limit, user_id, world.now)}
    schedule = limit.schedule
    if schedule is None:
        return {"per_user": shown}
    told = {"interval_type": schedule["interval_type"], "reset_next_date": next_reset(schedule, world.now)}
    return {"per_user": {**shown, "recurrent_schedule": told}}


def shown_bonus(world: World, entry: Json) -> Json:
    """Some pieces of a free item as a user sees them."""
    item = world.items.get(entry["sku"])
    shown = {**entry, "type": item["type"], "name": one_language(item["name"]) or item["sku"]}
    extras = {name: item[name] for name in ("image_url", "bundle_type") if item[name] is not None}
    return {**shown, **extras}
