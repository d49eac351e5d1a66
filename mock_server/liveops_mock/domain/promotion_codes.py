"""The rules of codes whatever their campaign: whose a code is, and what it gives to a user."""

from typing import Any

from ..campaigns import CONDITIONS, OFFER, PROMO_CODE, SPELLED, shown_campaign
from ..games import is_selectable
from ..item_facts import with_facts
from ..messages import Call, Reply
from ..problems import NoSuchCode
from ..redeeming import require_any_code, require_usable
from ..texts import one_language
from ..world import World

Json = Any


def get_redeemable_promotion_by_code(world: World, call: Call) -> Reply:
    """The coupon or promo code that has a code, whatever its state."""
    campaign = require_any_code(world, call.path["code"])
    if campaign["kind"] == OFFER:
        raise NoSuchCode(f"Code not found. {call.path['code']!r} opens a unique catalog offer; read that by its external_id")
    told = shown_campaign(world, campaign)
    return Reply(200, {name: value for name, value in told.items() if name not in CONDITIONS})


def verify_promotion_code(world: World, call: Call) -> Reply:
    """Of which kind a code is and what it gives, if the user can redeem it now."""
    code = call.path["code"]
    kind = require_any_code(world, code)["kind"]
    campaign = require_usable(world, kind, code, call.user_id)
    return Reply(200, {"type": SPELLED[kind], "code": code, "rewards": rewards_of(world, campaign)})


def rewards_of(world: World, campaign: Json) -> Json:
    """What a code gives; only promo codes tell of discounts."""
    bonus = campaign.get("bonus") or []
    given = [{"item": shown_item(world, entry["sku"]), "quantity": entry["quantity"]} for entry in bonus]
    rewards = {"bonus": given, "is_selectable": is_selectable(world, bonus)}
    if campaign["kind"] != PROMO_CODE:
        return rewards
    reduced = campaign["discounted_items"]
    told = reduced and [{**shown_item(world, entry["sku"]), "discount": entry["discount"]} for entry in reduced]
    return {**rewards, "discount": campaign["discount"], "discounted_items": told}


def shown_item(world: World, sku: str) -> Json:
    """An item with what the catalog says of it, in one language."""
    item = world.items.get(sku)
    texts = {"name": one_language(item["name"]) or sku, "description": one_language(item["description"])}
    return with_facts(world, {"sku": sku, **texts, "type": item["type"], "image_url": item["image_url"]}, shown_item)
