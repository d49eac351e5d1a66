"""A cart as its user sees it: what each piece costs now, and what comes on top."""

from typing import Any

from .carts import campaign_in, code_parts
from .games import is_selectable, with_keys
from .pricing import acting_on, total_of
from .promotions import available, is_about
from .shop import shown_item, shown_price, shown_promotion
from .texts import one_language
from .world import World

Json = Any


def shown_cart(world: World, cart: Json) -> Json:
    """A cart with its price under the promotions of this moment and its promo code."""
    items, parts = cart["items"], code_parts(world, cart)
    acting, offered = acting_on(world, cart["user_id"], items, parts), available(world, cart["user_id"])
    total = total_of(world, items, acting)
    bought = [shown_line(world, cart, entry, offered, acting, parts) for entry in items]
    free = [shown_bonus(world, cart, entry, offered) for promotion in acting for entry in promotion["bonus"] or ()]
    price = None
    if total is not None:
        currency = world.items.get(items[0]["sku"])["price"]["currency"]
        price = {"amount": str(total), "amount_without_discount": str(total_of(world, items)), "currency": currency}
    return {"cart_id": cart["cart_id"], "price": price, "is_free": total == 0, "items": bought + free}


def shown_line(world: World, cart: Json, entry: Json, offered: list[Json], acting: list[Json], parts: list[Json]) -> Json:
    """Some pieces of an item that are to be bought. Of the promotions offered to the user some act, and the code's `parts`."""
    sku, user_id = entry["sku"], cart["user_id"]
    about = [one for one in acting if one not in parts and is_about(world, one, sku)]
    promotions = [shown_promotion(world, user_id, one) for one in about]
    facts = {"quantity": entry["quantity"], "is_free": False, "price": shown_price(world, sku, acting), "promotions": promotions}
    return {**shown_item(world, user_id, offered, sku), **facts}


def shown_bonus(world: World, cart: Json, entry: Json, offered: list[Json]) -> Json:
    """Some pieces that come on top: of an item, or the picked key of a game."""
    picked = next((game for game, key in keys_in(cart).items() if key["sku"] == entry["sku"]), None)
    shown = shown_item(world, cart["user_id"], offered, picked or entry["sku"])
    if picked is not None:
        shown |= {name: keys_in(cart)[picked][name] for name in ("sku", "name", "type")}
    return {**shown, "quantity": entry["quantity"], "is_free": True, "price": None, "promotions": []}


def keys_in(cart: Json) -> dict[str, Json]:
    """The keys of games that were picked for the promo code of a cart."""
    return cart["promo_code"]["keys"] if cart["promo_code"] else {}


def shown_cart_with_rewards(world: World, cart: Json) -> Json:
    """The same with what its promo code gives."""
    return {**shown_cart(world, cart), "rewards": shown_rewards(world, campaign_in(world, cart))}


def shown_rewards(world: World, campaign: Json) -> Json:
    """What a promo code gives, whatever is in the cart."""
    bonus = campaign["bonus"] or []
    return {
        "bonus": [{"item": shown_reward(world, entry["sku"]), "quantity": entry["quantity"]} for entry in bonus],
        "discount": campaign["discount"],
        "discounted_items": campaign["discounted_items"],
        "is_selectable": is_selectable(world, bonus),
    }


def shown_reward(world: World, sku: str) -> Json:
    """A bonus item with what the catalog says of it."""
    item = world.items.get(sku)
    shown = {
        "sku": sku,
        "name": one_language(item["name"]) or sku,
        "type": item["type"],
        "virtual_item_type": item["facts"]["virtual_item_type"],
        "description": one_language(item["description"]),
        "image_url": item["image_url"],
    }
    return with_keys(world, shown)
