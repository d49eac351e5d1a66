"""The rules of coupons: the operator's side and the user's side."""

from typing import Any

from ..campaigns import (
    COUPON,
    campaigns_page,
    create_campaign,
    replace_campaign,
    require_campaign,
    shown_campaign,
    stored_bonus,
)
from ..codes import redeem
from ..games import is_selectable, picked_keys
from ..item_facts import told_facts, with_facts
from ..ledger import grant
from ..messages import Call, Reply
from ..redeeming import require_usable
from ..texts import one_language
from ..world import World

Json = Any


def get_coupons(world: World, call: Call) -> Reply:
    """One page of the coupons, the oldest first."""
    return campaigns_page(world, COUPON, call, shown_campaign)


def admin_create_coupon(world: World, call: Call) -> Reply:
    """Add a coupon, switched off and without codes."""
    facts = own_facts(call.body)
    return create_campaign(world, COUPON, call.body, facts, skus_of(facts))


def own_facts(body: Json) -> Json:
    """What a coupon has besides what all campaigns have."""
    return {"bonus": stored_bonus(body), "attribute_conditions": body.get("attribute_conditions")}


def skus_of(coupon: Json) -> list[str]:
    """The items that a coupon names."""
    return [entry["sku"] for entry in coupon["bonus"] or []]


def get_coupon(world: World, call: Call) -> Reply:
    """One coupon."""
    return Reply(200, shown_campaign(world, require_campaign(world, COUPON, call)))


def update_coupon_promotion(world: World, call: Call) -> Reply:
    """Replace a coupon, but for its switch and its codes."""
    before, facts = require_campaign(world, COUPON, call), own_facts(call.body)
    return replace_campaign(world, before, call.body, facts, skus_of(facts))


def redeem_coupon(world: World, call: Call) -> Reply:
    """Give the user the items of a coupon, at once and for one redemption."""
    code = call.body["coupon_code"]
    campaign = require_usable(world, COUPON, code, call.user_id)
    bonus = campaign["bonus"] or []
    keys = picked_keys(world, bonus, call.body.get("selected_unit_items", {}))

    redeem(world, campaign, code, call.user_id)
    received = [received_item(world, entry, keys.get(entry["sku"])) for entry in bonus]
    for entry in received:
        grant(world, call.user_id, entry["sku"], entry["quantity"])
    return Reply(200, {"items": received})


def received_item(world: World, entry: Json, key: Json) -> Json:
    """An item as the user receives it, of a game its key; what the catalog of the mock does not know is empty."""
    item = world.items.get(entry["sku"])
    return {
        "sku": key["sku"] if key else entry["sku"],
        **told_facts(item),
        "name": key["name"] if key else one_language(item["name"]),
        "price": None,
        "type": key["type"] if key else item["type"],
        "description": one_language(item["description"]),
        "image_url": item["image_url"],
        "quantity": entry["quantity"],
        "is_free": True,
    }


def get_coupon_rewards_by_code(world: World, call: Call) -> Reply:
    """What a code would give to the user now."""
    bonus = require_usable(world, COUPON, call.path["coupon_code"], call.user_id)["bonus"] or []
    shown = [{"item": reward_item(world, entry["sku"]), "quantity": entry["quantity"]} for entry in bonus]
    return Reply(200, {"bonus": shown, "discount": None, "is_selectable": is_selectable(world, bonus)})


def reward_item(world: World, sku: str) -> Json:
    """An item with what the catalog says of it."""
    item = world.items.get(sku)
    shown = {name: item[name] for name in ("sku", "name", "type", "image_url")}
    return with_facts(world, {**shown, "description": one_language(item["description"])}, reward_item)
