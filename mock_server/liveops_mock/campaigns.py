"""Campaigns with codes, whatever their kind: how they come about, change, are shown and go."""

from collections.abc import Callable
from typing import Any

from .codes import forget_codes, most_taken_of_a_code, taken, total_state
from .ledger import require_items
from .messages import Call, Page, Reply
from .periods import stored_periods
from .problems import AlreadyExists, CampaignNotFound, LimitBelowUse, NotFound
from .texts import two_letter
from .world import World

Json = Any
COUPON, PROMO_CODE, OFFER = "coupon", "promo_code", "unique_catalog_offer"
CALLED = {COUPON: "Coupon", PROMO_CODE: "Promocode", OFFER: "Coupon"}  # in the documented texts of refusals
SPELLED = {COUPON: "coupon", PROMO_CODE: "promocode", OFFER: "unique_catalog_offer"}  # in paths and answers of the API
KIND_OF = {spelled: kind for kind, spelled in SPELLED.items()}
INTERNAL = ("id", "kind", "blocked_countries")
CONDITIONS = ("price_conditions", "item_price_conditions", "excluded_promotions")  # of promo codes, not told everywhere


def campaigns_page(world: World, kind: str, call: Call, show: Callable[[World, Json], Json]) -> Reply:
    """One page of the campaigns of a kind, the oldest first, and how many there are in all."""
    keys = world.campaigns.keys("kind", kind, call.query["offset"], call.query["limit"])
    counts = {
        "total_promotions_count": world.campaigns.count("kind", kind),
        "active_promotions_count": world.campaigns.count("switch", (kind, True)),
        "inactive_promotions_count": world.campaigns.count("switch", (kind, False)),
    }
    return Reply(200, Page([show(world, world.campaigns.get(key)) for key in keys], counts))


def require_campaign(world: World, kind: str, call: Call, refusal: type[NotFound] = CampaignNotFound) -> Json:
    """The campaign that the path names, or a refusal."""
    campaign = world.campaigns.get((kind, call.path["external_id"]))
    if campaign is None:
        raise refusal(f"{CALLED[kind]} not found: there is none with external_id {call.path['external_id']!r}; list them")
    return campaign


def create_campaign(world: World, kind: str, body: Json, facts: Json, skus: list[str]) -> Reply:
    """Add a campaign, switched off. `facts` are those that its kind alone has, `skus` the items that it names."""
    key = (kind, body["external_id"])
    if key in world.campaigns:
        raise AlreadyExists(f"{CALLED[kind]} {body['external_id']!r} exists already; choose another external_id or update it")
    require_items(world, skus)

    begun = {"id": world.next_id("promotion"), "kind": kind, "external_id": body["external_id"], "is_enabled": False}
    world.campaigns.put(key, {**begun, "blocked_countries": [], **stored(world, body), **facts})
    return Reply(201, {"external_id": body["external_id"]})


def stored(world: World, body: Json) -> Json:
    """What all kinds have in common, as it is kept; what the body leaves out is the server's default."""
    return {
        "promotion_periods": stored_periods(body),
        "name": two_letter(body["name"], world.spellings),
        "redeem_total_limit": body.get("redeem_total_limit"),
        "redeem_user_limit": body.get("redeem_user_limit"),
        "redeem_code_limit": body.get("redeem_code_limit"),
    }


def stored_bonus(body: Json) -> Json:
    """The items that a campaign gives, as they are kept."""
    bonus = body.get("bonus")
    return bonus and [{"sku": entry["sku"], "quantity": entry.get("quantity", 1)} for entry in bonus]


def replace_campaign(world: World, before: Json, body: Json, facts: Json, skus: list[str]) -> Reply:
    """Replace a campaign, but for its switch, its lock and its codes."""
    require_room(world, before, body)
    require_items(world, skus)

    kept = {name: before[name] for name in ("id", "kind", "external_id", "is_enabled", "blocked_countries")}
    world.campaigns.put((before["kind"], before["external_id"]), {**kept, **stored(world, body), **facts})
    return Reply(204)


def require_room(world: World, campaign: Json, body: Json) -> None:
    """Refuse limits below what is used and reserved already."""
    for name, count in (("redeem_total_limit", taken), ("redeem_code_limit", most_taken_of_a_code)):
        limit = body.get(name)
        if limit is not None and limit < (used := count(world, campaign)):
            raise LimitBelowUse(f"{name} {limit} is below the {used} redemptions that are used or reserved; send {used} or more")


def switch_campaign(world: World, campaign: Json, is_enabled: bool) -> Reply:
    """Switch a campaign on or off; it may be so already."""
    world.campaigns.put((campaign["kind"], campaign["external_id"]), {**campaign, "is_enabled": is_enabled})
    return Reply(204)


def lock_campaign(world: World, campaign: Json, countries: list[str]) -> Reply:
    """Lock a campaign for users of these countries, in place of those before."""
    world.campaigns.put((campaign["kind"], campaign["external_id"]), {**campaign, "blocked_countries": countries})
    return Reply(204)


def delete_campaign(world: World, campaign: Json) -> Reply:
    """Delete a campaign; its codes are free, and what users received stays theirs."""
    forget_codes(world, campaign)
    world.campaigns.remove((campaign["kind"], campaign["external_id"]))
    return Reply(204)


def shown_campaign(world: World, campaign: Json) -> Json:
    """A campaign as an operator reads it. Conditions are left out where there are none."""
    hidden = INTERNAL if campaign.get("attribute_conditions") else (*INTERNAL, "attribute_conditions")
    shown = {name: value for name, value in campaign.items() if name not in hidden}
    return {**shown, "total_limit_state": total_state(world, campaign)}
