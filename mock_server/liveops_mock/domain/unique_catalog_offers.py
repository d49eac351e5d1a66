"""The rules of unique catalog offers, the operator's side. What a purchase needs a code for stands in `catalog_offers`."""

from typing import Any

from ..campaigns import (
    OFFER,
    campaigns_page,
    create_campaign,
    replace_campaign,
    require_campaign,
    shown_campaign,
)
from ..messages import Call, Reply
from ..world import World

Json = Any


def get_unique_catalog_offers(world: World, call: Call) -> Reply:
    """One page of the offers, the oldest first."""
    return campaigns_page(world, OFFER, call, shown_campaign)


def admin_create_unique_catalog_offer(world: World, call: Call) -> Reply:
    """Add an offer, switched off and without codes."""
    items = call.body.get("items", [])
    return create_campaign(world, OFFER, call.body, {"items": items}, items)


def get_unique_catalog_offer(world: World, call: Call) -> Reply:
    """One offer."""
    return Reply(200, shown_campaign(world, require_campaign(world, OFFER, call)))


def update_unique_catalog_offer_promotion(world: World, call: Call) -> Reply:
    """Replace an offer, but for its switch and its codes."""
    items = call.body.get("items", [])
    return replace_campaign(world, require_campaign(world, OFFER, call), call.body, {"items": items}, items)
