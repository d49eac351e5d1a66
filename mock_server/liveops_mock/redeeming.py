"""Who may redeem a code now, and how often a single user may."""

from typing import Any

from .campaigns import COUPON, OFFER, PROMO_CODE
from .codes import is_left, left_to_user
from .ledger import require_known, user_of
from .messages import Reply
from .periods import is_running
from .personalization import attributes_of, suits
from .problems import (
    CampaignOff,
    CodeNotFound,
    LimitOutOfRange,
    NoSuchCode,
    NotForUser,
    NothingLeft,
    NotInRegion,
    NoUserLimit,
    OutOfPeriods,
)
from .world import World

Json = Any
WORDS = {COUPON: "coupon", PROMO_CODE: "promo code", OFFER: "offer"}


def campaign_of_code(world: World, code: str) -> Json:
    """The campaign that has a code, or None."""
    entry = world.codes.get(code)
    return entry and campaign_numbered(world, entry["campaign"])


def campaign_numbered(world: World, number: int) -> Json:
    """The campaign of a number, or None."""
    found = world.campaigns.first("number", number)
    return found and world.campaigns.get(found[1])


def require_code(world: World, kind: str, code: str) -> Json:
    """The campaign of this kind that has the code, or a refusal."""
    campaign = campaign_of_code(world, code)
    if campaign is None or campaign["kind"] != kind:
        raise CodeNotFound(f"Enter valid {WORDS[kind]} code. There is no {WORDS[kind]} {code!r}; upper and lower case differ")
    return campaign


def require_any_code(world: World, code: str) -> Json:
    """The campaign of whatever kind that has the code, or a refusal."""
    campaign = campaign_of_code(world, code)
    if campaign is None:
        raise NoSuchCode(f"Code not found. No campaign of the project has the code {code!r}; upper and lower case differ")
    return campaign


def require_usable(world: World, kind: str, code: str, user_id: str) -> Json:
    """The campaign of a code, if the user can redeem the code now."""
    campaign = require_code(world, kind, code)
    require_open(world, campaign, user_id)
    if not is_left(world, campaign, code, user_id):
        raise NothingLeft(
            f"You have reached the coupon redemption limit. {named(campaign)}, the code or the user has no redemption left"
        )
    return campaign


def named(campaign: Json) -> str:
    """A campaign as refusals name it."""
    return f"The campaign {campaign['external_id']!r} of the code"


def require_open(world: World, campaign: Json, user_id: str) -> None:
    """Refuse a campaign that is off or not valid now, that does not suit the user, or that is locked where the user is."""
    if not campaign["is_enabled"]:
        raise CampaignOff(f"{named(campaign)} is switched off; an operator has to activate it")
    if not is_running(campaign["promotion_periods"], world.now):
        raise OutOfPeriods(f"{named(campaign)} is not valid now; wait for one of its periods")
    if not suits(attributes_of(world, user_id), campaign.get("attribute_conditions")):
        raise NotForUser(f"{named(campaign)} is for users with other attributes; its attribute_conditions name them")
    country = user_of(world, user_id)["country"]
    if country in blocked_countries(world, campaign):
        raise NotInRegion(f"Coupon is not available in your region. {named(campaign)}, or an item of it, is locked in {country}")


def blocked_countries(world: World, campaign: Json) -> set[str]:
    """The countries for which a campaign is locked, or an item that it gives or offers."""
    skus = [entry["sku"] for entry in campaign.get("bonus") or ()] + campaign.get("items", [])
    return {*campaign["blocked_countries"], *(country for sku in skus for country in world.items.get(sku)["blocked_countries"])}


def user_limit(world: World, campaign: Json, user_id: str) -> Reply:
    """How often the user may redeem codes of the campaign, and how often still."""
    total, left = require_limit(world, campaign, user_id)
    return Reply(200, {"per_user": {"total": total, "available": left}})


def require_limit(world: World, campaign: Json, user_id: str) -> tuple[int, int]:
    """How often the campaign allows each user to redeem, and how often this one still may."""
    require_known(world, user_id)
    left = left_to_user(world, campaign, user_id)
    if left is None:
        raise NoUserLimit("Promotion does not have configured user limits. Update it with redeem_user_limit first")
    return campaign["redeem_user_limit"], left


def move_user_limit(world: World, campaign: Json, body: Json, direction: int) -> Reply:
    """Raise (1) or lower (-1) what is left to a user."""
    _, left = require_limit(world, campaign, body["user"]["user_external_id"])
    return set_user_limit(world, campaign, body, left + direction * body["available"])


def set_user_limit(world: World, campaign: Json, body: Json, left: int) -> Reply:
    """Set what is left to a user."""
    user_id = body["user"]["user_external_id"]
    total, before = require_limit(world, campaign, user_id)
    if not 0 <= left <= total:
        words = WORDS[campaign["kind"]]
        raise LimitOutOfRange(f"Available {words} limit is out of range. It is {before} now and would be {left}, of 0 to {total}")

    world.spent.put((campaign["id"], user_id), total - left)
    return user_limit(world, campaign, user_id)
