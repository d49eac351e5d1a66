"""What promotions of all kinds have in common: one list, and the switch of discounts and bonuses."""

from typing import Any

from ..ledger import with_bundle_type
from ..messages import Call, Page, Reply
from ..problems import PromotionNotFound
from ..promotion_records import counts, shown_limits
from ..world import World

Json = Any


def get_promotion_list(world: World, call: Call) -> Reply:
    """One page of all promotions by their numbers."""
    enabled, offset, limit = call.query["enabled"], call.query["offset"], call.query["limit"]
    order, group = ("all", "all") if enabled is None else ("enabled", enabled == 1)
    promotions = [world.promotions.get(key) for key in world.promotions.keys(order, group, offset, limit)]
    total, active = world.promotions.count("all", "all"), world.promotions.count("enabled", True)
    return Reply(200, Page([shown_short(world, one) for one in promotions], counts(total, active), "promotions"))


def shown_short(world: World, promotion: Json) -> Json:
    """A discount or a bonus among all promotions."""
    skus, percent = promotion["skus"], promotion["percent"]
    return {
        **{name: promotion[name] for name in ("id", "promotion_periods", "name", "is_enabled")},
        "type": kind_of(promotion),
        "bonus": [{"item": named(world, one["sku"]), "quantity": one["quantity"]} for one in promotion["bonus"] or ()],
        "condition": None if skus is None else [{"item": named(world, sku)} for sku in skus],
        "discount": None if percent is None else {"percent": percent},
        "limits": shown_limits(world, promotion),
    }


def kind_of(promotion: Json) -> str:
    """What kind a promotion is: a bonus may be for items, or for every cart."""
    if promotion["kind"] == "discount":
        return "item_discount"
    return "cart_bonus" if promotion["skus"] is None and promotion["price_conditions"] is None else "item_bonus"


def named(world: World, sku: str) -> Json:
    """An item with what the catalog says of it."""
    item = world.items.get(sku)
    shown = {name: item[name] for name in ("sku", "name", "type", "description", "image_url")}
    return with_bundle_type(shown, item)


def activate_promotion(world: World, call: Call) -> Reply:
    """Switch a discount or a bonus on."""
    return switched(world, call, is_enabled=True)


def deactivate_promotion(world: World, call: Call) -> Reply:
    """Switch a discount or a bonus off."""
    return switched(world, call, is_enabled=False)


def switched(world: World, call: Call, *, is_enabled: bool) -> Reply:
    """Switch a discount or a bonus; one that stands so already stays as it is."""
    number = call.path["promotion_id"]
    promotion = world.promotions.get(number)
    if promotion is None:
        raise PromotionNotFound(
            f"Can not find promotion with ID = {number} in project {world.project_id}; list its promotions to see their numbers"
        )

    world.promotions.put(number, {**promotion, "is_enabled": is_enabled})
    return Reply(204)
