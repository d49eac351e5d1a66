"""Planted bugs in the search for whose a code is."""

from liveops_mock import Call, Reply, World

from liveops_contract.defects import plant
from liveops_contract.defects.campaign_rewiring import refusing
from liveops_contract.defects.code_rewiring import LOOKUP, another_code, campaign_of, told
from liveops_contract.defects.rewiring import Json, good

LEADS, ROUTE = "a_code_leads_to_its_campaign", "only_letters_and_digits_have_a_route_to_a_campaign"


@plant(LOOKUP, caught_by=LEADS)
def a_code_is_looked_up_in_other_letters(world: World, call: Call) -> Reply:
    """Upper and lower case are one."""
    code = call.path["code"]
    same = next((one for one in (code, code.upper()) if one in world.codes), code)
    return good(LOOKUP, world, another_code(call, same))


@plant(LOOKUP, caught_by=LEADS)
def codes_of_offers_lead_to_them(world: World, call: Call) -> Reply:
    """Offers are shown like coupons."""
    offer = campaign_of(world, call.path["code"])
    if offer is None or offer["kind"] != "unique_catalog_offer":
        return good(LOOKUP, world, call)
    read = Call({"external_id": offer["external_id"]}, {}, None, "")
    body = good("get-unique-catalog-offer", world, read).body
    return Reply(200, {"bonus": [], **{name: value for name, value in body.items() if name != "items"}})


@plant(LOOKUP, caught_by=LEADS)
def codes_that_are_off_lead_nowhere(world: World, call: Call) -> Reply:
    """Operators find only what is switched on."""
    campaign = campaign_of(world, call.path["code"])
    if campaign and not campaign["is_enabled"]:
        raise refusing(404, 9811)
    return good(LOOKUP, world, call)


@plant(LOOKUP, caught_by=LEADS)
def codes_that_have_ended_lead_nowhere(world: World, call: Call) -> Reply:
    """Operators find only what runs now."""
    campaign = campaign_of(world, call.path["code"])
    if campaign and campaign["promotion_periods"]:
        raise refusing(404, 9811)
    return good(LOOKUP, world, call)


@plant(LOOKUP, caught_by=LEADS)
def a_campaign_that_was_found_has_all_redemptions_left(world: World, call: Call) -> Reply:
    """What is used is not told."""
    state = good(LOOKUP, world, call).body["total_limit_state"]
    whole = state and {"available": state["available"] + state["used"], "reserved": 0, "used": 0}
    return told(LOOKUP, world, call, total_limit_state=whole)


@plant(LOOKUP, caught_by=LEADS)
def a_promo_code_that_was_found_tells_its_exclusions(world: World, call: Call) -> Reply:
    """The answer is that of the promo code alone."""
    campaign = campaign_of(world, call.path["code"])
    told_too = {name: campaign[name] for name in ("excluded_promotions",) if campaign and name in campaign}
    return told(LOOKUP, world, call, **told_too)


@plant(LOOKUP, caught_by=LEADS)
def a_promo_code_that_was_found_is_told_like_a_coupon(world: World, call: Call) -> Reply:
    """What comes off is missing."""
    sound = good(LOOKUP, world, call).body
    return Reply(200, {name: value for name, value in sound.items() if name not in ("discount", "discounted_items")})


@plant("delete-coupon-promotion", caught_by=LEADS)
def codes_of_a_deleted_coupon_lead_to_it(world: World, call: Call) -> Reply:
    """The deletion only switches it off."""
    return good("deactivate-coupon", world, call)


def code_of(document: Json) -> Json:
    """The parameter of the search."""
    return document["components"]["parameters"]["CampaignCode"]


@plant(LOOKUP, caught_by=ROUTE, in_description=True)
def any_code_has_a_route(document: Json) -> None:
    """Other characters are a wrong shape."""
    del code_of(document)["x-in-route"]


@plant(LOOKUP, caught_by=ROUTE, in_description=True)
def a_code_with_a_line_below_has_a_route(document: Json) -> None:
    """The route takes what stands for a word in regular expressions."""
    code_of(document)["schema"] = {"type": "string", "minLength": 1, "maxLength": 128, "pattern": "^[a-zA-Z0-9_]+$"}


@plant(LOOKUP, caught_by=ROUTE, in_description=True)
def a_long_code_has_no_route(document: Json) -> None:
    """The length belongs to the route, too."""
    code_of(document)["schema"] = {"type": "string", "minLength": 1, "maxLength": 128, "pattern": "^[a-zA-Z0-9]{1,128}$"}
