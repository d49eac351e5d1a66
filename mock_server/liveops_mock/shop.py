"""What the shop tells a user of an item: its price now, and the promotions that it is under."""

from typing import Any

from .periods import period_at
from .pricing import piece_price
from .promotions import shown_with
from .texts import one_language
from .uses import uses_left
from .world import World

Json = Any


def price_and_promotions(world: World, user_id: str, promotions: list[Json], sku: str) -> Json:
    """What one piece of an item costs the user alone, and which of the user's promotions it is under."""
    price, shown = world.items.get(sku)["price"], shown_with(world, promotions, sku)
    told = price and {
        "amount": str(piece_price(world, sku, shown)),
        "amount_without_discount": price["amount"],
        "currency": price["currency"],
    }
    return {"price": told, "promotions": [shown_promotion(world, user_id, promotion) for promotion in shown]}


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


def shown_bonus(world: World, entry: Json) -> Json:
    """Some pieces of a free item as a user sees them."""
    item = world.items.get(entry["sku"])
    shown = {**entry, "type": item["type"], "name": one_language(item["name"]) or item["sku"]}
    extras = {name: item[name] for name in ("image_url", "bundle_type") if item[name] is not None}
    return {**shown, **extras}
