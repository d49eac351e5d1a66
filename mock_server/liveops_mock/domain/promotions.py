"""What promotions of all kinds have in common: one list, and the switch of discounts and bonuses."""

from heapq import merge
from itertools import islice
from operator import itemgetter
from typing import Any

from ..campaigns import COUPON, OFFER, PROMO_CODE
from ..collection import Collection
from ..item_facts import with_facts
from ..messages import Call, Page, Reply
from ..problems import OtherSwitch, PromotionNotFound
from ..promotion_records import counts, shown_limits
from ..redeeming import campaign_numbered
from ..world import World

Json = Any
TYPES = {COUPON: "coupon_bonus", PROMO_CODE: "promocode_bonus_discount", OFFER: "unique_catalog_offer"}
TOLD_OF_ALL = ("id", "promotion_periods", "name", "is_enabled")
TOLD_OF_CAMPAIGNS = ("external_id", "name", "is_enabled", "redeem_total_limit", "redeem_user_limit", "redeem_code_limit")


def get_promotion_list(world: World, call: Call) -> Reply:
    """One page of all promotions by their numbers."""
    enabled, offset, limit = call.query["enabled"], call.query["offset"], call.query["limit"]
    order, group = ("all", "all") if enabled is None else ("enabled", enabled == 1)
    kept = (world.promotions, world.campaigns)
    promotions = by_number(kept, order, group, offset, limit)
    total, active = (sum(part.count(*place) for part in kept) for place in (("all", "all"), ("enabled", True)))
    return Reply(200, Page([shown_short(world, one) for one in promotions], counts(total, active), "promotions"))


def by_number(kept: tuple[Collection, ...], order: str, group: Json, offset: int, limit: int) -> list[Json]:
    """A cut of several collections together, by the numbers of what they hold."""
    ranked = [[(number, part, key) for number, key in part.ranked(order, group, 0, offset + limit)] for part in kept]
    return [part.get(key) for _, part, key in islice(merge(*ranked, key=itemgetter(0)), offset, offset + limit)]


def shown_short(world: World, promotion: Json) -> Json:
    """One promotion among all."""
    bonus = promotion.get("bonus") or ()
    return {
        **{name: promotion[name] for name in TOLD_OF_ALL},
        "bonus": [{"item": named(world, one["sku"]), "quantity": one["quantity"]} for one in bonus],
        **(campaign_facts(promotion) if promotion["kind"] in TYPES else own_facts(world, promotion)),
    }


def campaign_facts(campaign: Json) -> Json:
    """What is told of a promotion with codes: the condition is to know one of them."""
    percent = (campaign.get("discount") or {}).get("percent")
    return {
        "type": TYPES[campaign["kind"]],
        "condition": [{"item": {name: campaign[name] for name in TOLD_OF_CAMPAIGNS}}],
        "discount": None if percent is None else {"percent": percent},
    }


def own_facts(world: World, promotion: Json) -> Json:
    """What is told of a discount or a bonus."""
    skus, percent = promotion["skus"], promotion["percent"]
    return {
        "type": kind_of(promotion),
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
    return with_facts(world, shown, named)


def activate_promotion(world: World, call: Call) -> Reply:
    """Switch a discount or a bonus on."""
    return switched(world, call, is_enabled=True)


def deactivate_promotion(world: World, call: Call) -> Reply:
    """Switch a discount or a bonus off."""
    return switched(world, call, is_enabled=False)


def switched(world: World, call: Call, *, is_enabled: bool) -> Reply:
    """Switch a discount or a bonus; one that stands so already stays as it is."""
    number = call.path["promotion_id"]
    promotion, campaign = world.promotions.get(number), campaign_numbered(world, number)
    if campaign is not None:
        raise OtherSwitch(
            f"Error was occurred while promotion was being updated. {number} is a promotion with codes; switch it by the call "
            f"of its kind for {campaign['external_id']!r}"
        )
    if promotion is None:
        raise PromotionNotFound(
            f"Can not find promotion with ID = {number} in project {world.project_id}; list its promotions to see their numbers"
        )

    world.promotions.put(number, {**promotion, "is_enabled": is_enabled})
    return Reply(204)
