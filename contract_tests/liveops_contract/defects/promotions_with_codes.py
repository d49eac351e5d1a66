"""Planted bugs in the common list as far as promotions with codes are concerned, and in their switch by number."""

from liveops_mock import Call, Problem, Reply, World

from liveops_contract.defects import plant
from liveops_contract.defects.campaign_rewiring import change, refusing
from liveops_contract.defects.promotion_lists import CUT, FILTERED, reworked, showing
from liveops_contract.defects.promotion_rewiring import ACTIVATE, ALL, DEACTIVATE
from liveops_contract.defects.rewiring import Json, asking, elements, good

COUNTED = "a_list_of_promotions_counts_what_the_project_has"
SHOWN, NUMBER = "the_common_list_shows_promotions_with_codes", "a_campaign_has_one_number"
SWITCH = "a_promotion_with_codes_has_a_switch_of_its_own"
WITH_CODES = ("coupon_bonus", "promocode_bonus_discount", "unique_catalog_offer")


def altered(world: World, call: Call, **facts: Json) -> Reply:
    """What the sound list answers, with other facts of promotions with codes."""
    items = elements(good(ALL, world, call))
    return showing(ALL, world, call, [{**item, **facts} if item["type"] in WITH_CODES else item for item in items])


def conditions_altered(world: World, call: Call, **facts: Json) -> Reply:
    """What the sound list answers, with other facts in the conditions of promotions with codes."""
    items = elements(good(ALL, world, call))
    changed = [
        {**item, "condition": [{"item": {**item["condition"][0]["item"], **facts}}]} if item["type"] in WITH_CODES else item
        for item in items
    ]
    return showing(ALL, world, call, changed)


@plant(ALL, caught_by=CUT)
def the_common_list_has_no_promotions_with_codes(world: World, call: Call) -> Reply:
    """It lists discounts and bonuses alone."""
    return showing(ALL, world, call, [item for item in elements(good(ALL, world, call)) if item["type"] not in WITH_CODES])


@plant(ALL, caught_by=CUT)
def the_common_list_has_no_offers(world: World, call: Call) -> Reply:
    """It lists coupons and promo codes, and leaves the third kind out."""
    return showing(ALL, world, call, [item for item in elements(good(ALL, world, call)) if item["type"] != WITH_CODES[-1]])


@plant(ALL, caught_by=CUT)
def promotions_with_codes_stand_behind_the_others(world: World, call: Call) -> Reply:
    """Each page begins with discounts and bonuses."""
    items = elements(good(ALL, world, call))
    return showing(ALL, world, call, sorted(items, key=lambda item: item["type"] in WITH_CODES))


@plant(ALL, caught_by=COUNTED)
def promotions_with_codes_are_not_counted(world: World, call: Call) -> Reply:
    """The total is that of discounts and bonuses."""
    return reworked(ALL, world, call, total_promotions_count=world.promotions.count("all", "all"))


@plant(ALL, caught_by=COUNTED)
def switched_campaigns_are_not_counted(world: World, call: Call) -> Reply:
    """Of those that are on, discounts and bonuses alone are counted."""
    return reworked(ALL, world, call, active_promotions_count=world.promotions.count("enabled", True))


@plant(ALL, caught_by=FILTERED)
def the_filter_knows_no_campaigns(world: World, call: Call) -> Reply:
    """With `enabled` promotions with codes are always there."""
    if call.query["enabled"] is None:
        return good(ALL, world, call)
    kept = [item for item in elements(good(ALL, world, asking(call, enabled=None))) if item["type"] in WITH_CODES]
    others = [item for item in elements(good(ALL, world, call)) if item["type"] not in WITH_CODES]
    return showing(ALL, world, call, sorted([*kept, *others], key=lambda item: int(item["id"])))


@plant(ALL, caught_by=SHOWN)
def coupons_are_taken_for_promo_codes(world: World, call: Call) -> Reply:
    """All campaigns that give something have one type."""
    items = elements(good(ALL, world, call))
    same = [{**item, "type": WITH_CODES[1]} if item["type"] == WITH_CODES[0] else item for item in items]
    return showing(ALL, world, call, same)


@plant(ALL, caught_by=SHOWN)
def offers_are_taken_for_coupons(world: World, call: Call) -> Reply:
    """The type that no document names is another one."""
    items = elements(good(ALL, world, call))
    same = [{**item, "type": WITH_CODES[0]} if item["type"] == WITH_CODES[2] else item for item in items]
    return showing(ALL, world, call, same)


@plant(ALL, caught_by=SHOWN)
def campaigns_give_nothing_in_the_common_list(world: World, call: Call) -> Reply:
    """Their bonus is empty."""
    return altered(world, call, bonus=[])


@plant(ALL, caught_by=SHOWN)
def promo_codes_take_nothing_off_in_the_common_list(world: World, call: Call) -> Reply:
    """Their discount is missing."""
    return altered(world, call, discount=None)


@plant(ALL, caught_by=SHOWN)
def campaigns_have_no_windows_in_the_common_list(world: World, call: Call) -> Reply:
    """They seem to be valid always."""
    return altered(world, call, promotion_periods=[])


@plant(ALL, caught_by=SHOWN)
def campaigns_have_no_condition(world: World, call: Call) -> Reply:
    """That a code is needed is not told."""
    return altered(world, call, condition=None)


@plant(ALL, caught_by=SHOWN)
def the_condition_tells_no_switch(world: World, call: Call) -> Reply:
    """All campaigns seem to be on."""
    return conditions_altered(world, call, is_enabled=True)


@plant(ALL, caught_by=SHOWN)
def the_condition_tells_no_limits(world: World, call: Call) -> Reply:
    """Any number of redemptions seems to be allowed."""
    return conditions_altered(world, call, redeem_total_limit=None, redeem_user_limit=None, redeem_code_limit=None)


@plant(ALL, caught_by=NUMBER)
def campaigns_are_numbered_in_the_list(world: World, call: Call) -> Reply:
    """The number is the place in the list."""
    items = elements(good(ALL, world, call))
    return showing(ALL, world, call, [{**item, "id": place} for place, item in enumerate(items, 1)])


@plant("get-coupon-code-limit", caught_by=NUMBER)
def a_coupon_has_two_numbers(world: World, call: Call) -> Reply:
    """Beside its codes it is counted among coupons."""
    reply: Json = good("get-coupon-code-limit", world, call)
    reply.body.fields["promotion_id"] = 1 + list(world.campaigns.keys("kind", "coupon")).index(
        ("coupon", call.path["external_id"])
    )
    return Reply(reply.status, reply.body)


@plant("create-item-promotion", caught_by=NUMBER)
def discounts_are_numbered_like_campaigns(world: World, call: Call) -> Reply:
    """A discount gets the number that the last promotion has."""
    world.counters["promotion"] = max(0, world.counters.get("promotion", 0) - 1)
    return good("create-item-promotion", world, call)


def campaign_numbered(world: World, call: Call) -> Json:
    """The campaign whose number the path has, or None."""
    return next((one for one in world.campaigns.values("all", "all") if one["id"] == call.path["promotion_id"]), None)


@plant(ACTIVATE, caught_by=SWITCH)
def a_campaign_is_switched_on_by_its_number(world: World, call: Call) -> Reply:
    """Campaigns have two switches."""
    campaign = campaign_numbered(world, call)
    if campaign is None:
        return good(ACTIVATE, world, call)
    change(world, campaign, is_enabled=True)
    return Reply(204)


@plant(DEACTIVATE, caught_by=SWITCH)
def a_campaign_is_not_found_by_its_number(world: World, call: Call) -> Reply:
    """It is told that there is no such promotion."""
    if campaign_numbered(world, call) is not None:
        raise refusing(404, 9502)
    return good(DEACTIVATE, world, call)


@plant(DEACTIVATE, caught_by=SWITCH)
def a_campaign_is_switched_off_and_refused(world: World, call: Call) -> Reply:
    """The refusal comes too late."""
    try:
        return good(DEACTIVATE, world, call)
    except Problem:
        change(world, campaign_numbered(world, call), is_enabled=False)
        raise
