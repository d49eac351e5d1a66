"""The rules of promo codes: the operator's side, and the codes in carts."""

from typing import Any

from ..campaigns import (
    CONDITIONS,
    PROMO_CODE,
    campaigns_page,
    create_campaign,
    replace_campaign,
    require_campaign,
    shown_campaign,
    stored_bonus,
)
from ..cart_view import shown_cart, shown_cart_with_rewards, shown_rewards
from ..carts import enter_promo_code, leave_promo_code, require_cart
from ..messages import Call, Reply
from ..redeeming import require_usable
from ..world import World

Json = Any


def redeem_promo_code(world: World, call: Call) -> Reply:
    """Put a promo code into the user's cart."""
    cart = require_cart(world, call.user_id, call.body.get("cart"))
    cart = enter_promo_code(world, cart, call.body["coupon_code"], call.body.get("selected_unit_items", {}))
    return Reply(200, shown_cart_with_rewards(world, cart))


def remove_cart_promo_code(world: World, call: Call) -> Reply:
    """Take the promo code out of the user's cart."""
    cart = leave_promo_code(world, require_cart(world, call.user_id, call.body.get("cart")))
    return Reply(200, shown_cart(world, cart))


def get_promo_code_rewards_by_code(world: World, call: Call) -> Reply:
    """What a code would give to the user now."""
    return Reply(200, shown_rewards(world, require_usable(world, PROMO_CODE, call.path["promocode_code"], call.user_id)))


def get_promo_codes(world: World, call: Call) -> Reply:
    """One page of the promo codes, the oldest first."""
    return campaigns_page(world, PROMO_CODE, call, shown)


def shown(world: World, promo_code: Json) -> Json:
    """A promo code as an operator reads it. Conditions and exclusions are left out where there are none."""
    told = shown_campaign(world, promo_code)
    return {name: value for name, value in told.items() if value or name not in CONDITIONS}


def create_promo_code(world: World, call: Call) -> Reply:
    """Add a promo code, switched off and without codes."""
    return create_campaign(world, PROMO_CODE, call.body, own_facts(call.body), skus_of(call.body))


def own_facts(body: Json) -> Json:
    """What a promo code has besides what all campaigns have."""
    return {
        "bonus": stored_bonus(body),
        "discount": body.get("discount"),
        "discounted_items": body.get("discounted_items"),
        "attribute_conditions": body.get("attribute_conditions"),
        "price_conditions": body.get("price_conditions"),
        "item_price_conditions": body.get("item_price_conditions"),
        "excluded_promotions": body.get("excluded_promotions", []),
    }


def skus_of(body: Json) -> list[str]:
    """The items that a promo code names."""
    return [entry["sku"] for name in ("bonus", "discounted_items") for entry in body.get(name) or ()]


def get_promo_code(world: World, call: Call) -> Reply:
    """One promo code."""
    return Reply(200, shown(world, require_campaign(world, PROMO_CODE, call)))


def update_promo_code(world: World, call: Call) -> Reply:
    """Replace a promo code, but for its switch and its codes."""
    before = require_campaign(world, PROMO_CODE, call)
    return replace_campaign(world, before, call.body, own_facts(call.body), skus_of(call.body))
