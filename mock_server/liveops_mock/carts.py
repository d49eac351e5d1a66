"""What users are about to buy. A cart keeps its items and codes; what it costs is worked out, and an order settles it."""

from collections.abc import Sequence
from typing import Any

from .campaigns import PROMO_CODE
from .catalog_offers import reserve_offer
from .codes import RESERVED, give_back, redeem
from .games import picked_keys
from .orders import make_order, require_for_sale, require_left
from .pricing import acting_on, bill_of
from .problems import CartLocked, CartNotFound, NothingForCart, RuleBroken, SecondPromoCode
from .promo_effects import parts_of
from .redeeming import campaign_numbered, require_open, require_usable
from .world import World

Json = Any
CURRENT = "current"


def require_cart(world: World, user_id: str, reference: Json = None) -> Json:
    """The cart of a user, if it has the name that it is asked for by."""
    cart = world.carts.get(user_id)
    named = reference["id"] if reference else CURRENT
    if cart is None or named not in (CURRENT, cart["cart_id"]):
        raise CartNotFound(f"Cart for user {user_id} not found. It has no cart {named!r}; fill one, and name it 'current'"[:2000])
    return cart


def fill_cart(world: World, user_id: str, items: list[Json], offer_code: str | None) -> Json:
    """Put items into the user's cart in place of what is there; a promo code in it has to be removed first."""
    before = world.carts.get(user_id)
    if before is not None and campaign_in(world, before) is not None:
        raise CartLocked(
            f"The cart holds promo code {before['promo_code']['code']!r} and can't be changed; remove the code first"
        )
    require_for_sale(world, user_id, items, offer_code)

    if before is not None:
        release(world, before)
    cart_id = before["cart_id"] if before else str(world.next_id("cart"))
    return write(world, {"cart_id": cart_id, "user_id": user_id, "items": items, "promo_code": None, "offer_code": offer_code})


def empty_cart(world: World, user_id: str) -> None:
    """Forget the user's cart, and give its promo code back."""
    release(world, require_cart(world, user_id))
    world.carts.remove(user_id)


def release(world: World, cart: Json) -> None:
    """Give the promo code of a cart back."""
    if cart["promo_code"] is not None:
        give_back(world, cart["promo_code"]["redemption"])


def write(world: World, cart: Json) -> Json:
    """Store a cart and answer it."""
    world.carts.put(cart["user_id"], cart)
    return cart


def campaign_in(world: World, cart: Json) -> Json:
    """The campaign of the promo code in a cart, as long as it is open to the user; else None."""
    reserved = cart["promo_code"] and world.redemptions.get(cart["promo_code"]["redemption"])
    if not reserved:
        return None
    campaign = campaign_numbered(world, reserved["campaign"])
    try:
        require_open(world, campaign, cart["user_id"])
    except RuleBroken:
        return None
    return campaign


def code_parts(world: World, cart: Json) -> list[Json]:
    """What the promo code of a cart does to it."""
    campaign = campaign_in(world, cart)
    return [] if campaign is None else parts_of(world, campaign, cart["items"], cart["promo_code"]["keys"])


def enter_promo_code(world: World, cart: Json, code: str, picks: dict[str, str]) -> Json:
    """Reserve a promo code for a cart. The one that it holds already changes nothing."""
    user_id = cart["user_id"]
    if campaign_in(world, cart) is not None:
        held = cart["promo_code"]["code"]
        if held == code:
            return cart
        raise SecondPromoCode(f"The cart holds promo code {held!r}, and a purchase has one only; remove it first")
    campaign = require_usable(world, PROMO_CODE, code, user_id)
    keys = picked_keys(world, campaign["bonus"] or [], picks)
    parts = parts_of(world, campaign, cart["items"], keys)
    if not does_something(world, cart, parts):
        raise NothingForCart(f"Promo code {code!r} gives nothing for this cart; look at its conditions, items and exclusions")

    release(world, cart)
    number = redeem(world, campaign, code, user_id, RESERVED)
    return write(world, {**cart, "promo_code": {"code": code, "redemption": number, "keys": keys}})


def does_something(world: World, cart: Json, parts: Sequence[Json]) -> bool:
    """Whether something of a promo code acts on a cart."""
    return any(part in parts for part in acting_on(world, cart["user_id"], cart["items"], parts))


def leave_promo_code(world: World, cart: Json) -> Json:
    """Take the promo code out of a cart, if there is one."""
    release(world, cart)
    return write(world, {**cart, "promo_code": None})


def order_cart(world: World, user_id: str) -> Json:
    """Make an order of the user's cart, which is empty then; its codes stay reserved until the order is paid or canceled."""
    cart = require_cart(world, user_id)
    offer = require_for_sale(world, user_id, cart["items"], cart["offer_code"])
    parts = code_parts(world, cart)
    bill = bill_of(world, user_id, cart["items"], parts)
    require_left(world, user_id, [*cart["items"], *bill.bonus])

    codes = reserve_offer(world, offer, cart["offer_code"], user_id)
    if does_something(world, cart, parts):
        codes.append({name: cart["promo_code"][name] for name in ("code", "redemption")})
    else:
        release(world, cart)
    world.carts.remove(user_id)
    return make_order(world, user_id, cart["items"], bill._replace(codes=codes))
