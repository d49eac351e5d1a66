"""Unique catalog offers at a purchase: their items are sold to those alone who have a code."""

from typing import Any

from .campaigns import OFFER
from .codes import RESERVED, redeem
from .periods import is_running
from .problems import NotWithoutCode
from .redeeming import require_usable
from .world import World

Json = Any


def hidden_items(world: World) -> set[str]:
    """The items of all offers that are open now."""
    offers = world.campaigns.values("switch", (OFFER, True))
    return {sku for offer in offers if is_running(offer["promotion_periods"], world.now) for sku in offer["items"]}


def require_offered(world: World, user_id: str, items: list[Json], code: str | None) -> Json:
    """The offer whose code a purchase uses up, or None; refuse items that are hidden from a user with this code."""
    skus = {entry["sku"] for entry in items}
    offer = None if code is None else require_usable(world, OFFER, code, user_id)
    shown = set(offer["items"]) if offer else set()
    missing = sorted((skus & hidden_items(world)) - shown)
    if missing:
        raise NotWithoutCode(f"Item '{missing[0]}' belongs to a unique catalog offer; buy it with a code of that offer")
    return offer if skus & shown else None


def reserve_offer(world: World, offer: Json, code: str | None, user_id: str) -> list[Json]:
    """Reserve a redemption of the code for a purchase that holds an item of the offer."""
    return [] if offer is None else [{"code": code, "redemption": redeem(world, offer, str(code), user_id, RESERVED)}]
