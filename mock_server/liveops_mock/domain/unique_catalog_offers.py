"""The rules of unique catalog offers, the operator's side. What a purchase needs a code for stands in `catalog_offers`."""

from typing import Any

from ..campaigns import (
    OFFER,
    campaigns_page,
    create_campaign,
    delete_campaign,
    replace_campaign,
    require_campaign,
    shown_campaign,
    switch_campaign,
)
from ..codes import add_code, codes_page, generate_codes
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


def delete_unique_catalog_offer_promotion(world: World, call: Call) -> Reply:
    """Delete an offer and free its codes."""
    return delete_campaign(world, require_campaign(world, OFFER, call))


def activate_unique_catalog_offer(world: World, call: Call) -> Reply:
    """Switch an offer on."""
    return switch_campaign(world, require_campaign(world, OFFER, call), is_enabled=True)


def deactivate_unique_catalog_offer(world: World, call: Call) -> Reply:
    """Switch an offer off."""
    return switch_campaign(world, require_campaign(world, OFFER, call), is_enabled=False)


def create_unique_catalog_offer_code(world: World, call: Call) -> Reply:
    """Add a code of the operator's choice."""
    return add_code(world, require_campaign(world, OFFER, call), call.body["coupon_code"])


def get_unique_catalog_offer_codes(world: World, call: Call) -> Reply:
    """One page of the codes of an offer."""
    return codes_page(world, require_campaign(world, OFFER, call), call)


def generate_unique_catalog_offer_codes(world: World, call: Call) -> Reply:
    """Make up codes."""
    return generate_codes(world, require_campaign(world, OFFER, call), call.body["count"])
