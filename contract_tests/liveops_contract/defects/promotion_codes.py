"""Planted bugs in the verification of codes."""

from liveops_mock import Call, Problem, Reply, World

from liveops_contract.defects import plant
from liveops_contract.defects.campaign_rewiring import refusing
from liveops_contract.defects.code_rewiring import VERIFY, another_code, as_if, campaign_of, told
from liveops_contract.defects.rewiring import Json, good

AGREES, GIVES = "a_verified_code_can_be_redeemed_and_no_other", "a_verification_tells_what_the_code_gives"


@plant(VERIFY, caught_by=AGREES)
def codes_are_verified_in_other_letters(world: World, call: Call) -> Reply:
    """Upper and lower case are one."""
    code = call.path["code"]
    return good(VERIFY, world, call if code in world.codes else another_code(call, code.swapcase()))


@plant(VERIFY, caught_by=AGREES)
def a_code_is_verified_while_it_is_off(world: World, call: Call) -> Reply:
    """Nobody looks at the switch."""
    return as_if(VERIFY, world, call, is_enabled=True)


@plant(VERIFY, caught_by=AGREES)
def a_code_is_verified_at_any_time(world: World, call: Call) -> Reply:
    """Nobody looks at the periods."""
    return as_if(VERIFY, world, call, promotion_periods=[])


@plant(VERIFY, caught_by=AGREES)
def a_code_is_verified_for_anybody(world: World, call: Call) -> Reply:
    """Nobody looks at the attributes of the user."""
    return as_if(VERIFY, world, call, attribute_conditions=None)


@plant(VERIFY, caught_by=AGREES)
def a_code_is_verified_anywhere(world: World, call: Call) -> Reply:
    """Nobody looks where the user is."""
    return as_if(VERIFY, world, call, blocked_countries=[])


@plant(VERIFY, caught_by=AGREES)
def a_campaign_that_is_used_up_is_verified(world: World, call: Call) -> Reply:
    """The limit of the campaign is forgotten."""
    return as_if(VERIFY, world, call, redeem_total_limit=None)


@plant(VERIFY, caught_by=AGREES)
def a_code_is_verified_for_who_used_it_up(world: World, call: Call) -> Reply:
    """The limit per user is forgotten."""
    return as_if(VERIFY, world, call, redeem_user_limit=None)


@plant(VERIFY, caught_by=AGREES)
def a_code_that_is_used_up_is_verified(world: World, call: Call) -> Reply:
    """The limit per code is forgotten."""
    return as_if(VERIFY, world, call, redeem_code_limit=None)


@plant(VERIFY, caught_by=AGREES)
def a_verification_looks_at_the_limits_first(world: World, call: Call) -> Reply:
    """Of two reasons the later one is named."""
    try:
        return good(VERIFY, world, call)
    except Problem as problem:
        if problem.status == 422:
            as_if(VERIFY, world, call, is_enabled=True, promotion_periods=[], attribute_conditions=None, blocked_countries=[])
        raise


@plant(VERIFY, caught_by=AGREES)
def a_verification_uses_a_code_up(world: World, call: Call) -> Reply:
    """A redemption is gone with each question."""
    reply = good(VERIFY, world, call)
    campaign, number = campaign_of(world, call.path["code"])["id"], world.next_id("redemption")
    taken = {"campaign": campaign, "code": call.path["code"], "user_id": call.user_id, "status": "used"}
    world.redemptions.put(number, taken)
    return reply


@plant(VERIFY, caught_by=AGREES)
def codes_of_offers_are_never_verified(world: World, call: Call) -> Reply:
    """Only coupons and promo codes are looked through."""
    campaign = campaign_of(world, call.path["code"])
    if campaign and campaign["kind"] == "unique_catalog_offer":
        raise refusing(404, 9811)
    return good(VERIFY, world, call)


@plant("delete-promo-code", caught_by=AGREES)
def a_deleted_promo_code_is_only_switched_off(world: World, call: Call) -> Reply:
    """Its codes are still known."""
    return good("deactivate-promo-code", world, call)


@plant("redeem-coupon", caught_by=AGREES)
def a_coupon_is_redeemed_whatever_its_verification_says(world: World, call: Call) -> Reply:
    """The redemption asks for the code alone."""
    open_to_all = {"is_enabled": True, "promotion_periods": [], "attribute_conditions": None, "blocked_countries": []}
    limits = {"redeem_total_limit": None, "redeem_user_limit": None, "redeem_code_limit": None}
    return as_if("redeem-coupon", world, call, **open_to_all, **limits)


@plant("get-promo-code-rewards-by-code", caught_by=AGREES)
def rewards_are_promised_while_the_promo_code_is_closed(world: World, call: Call) -> Reply:
    """The verification refuses what the rewards promise."""
    return as_if("get-promo-code-rewards-by-code", world, call, is_enabled=True, promotion_periods=[], attribute_conditions=None)


@plant(VERIFY, caught_by=GIVES)
def a_verification_takes_all_codes_for_coupons(world: World, call: Call) -> Reply:
    """The kind is always the same."""
    return told(VERIFY, world, call, type="coupon")


@plant(VERIFY, caught_by=GIVES)
def a_verification_tells_the_code_in_capitals(world: World, call: Call) -> Reply:
    """What the user entered comes back in other letters."""
    return told(VERIFY, world, call, code=call.path["code"].upper())


def rewards(world: World, call: Call, **facts: Json) -> Reply:
    """What the sound verification answers, with other rewards."""
    return told(VERIFY, world, call, rewards={**good(VERIFY, world, call).body["rewards"], **facts})


@plant(VERIFY, caught_by=GIVES)
def a_verification_tells_one_piece_of_each_item(world: World, call: Call) -> Reply:
    """The quantities are forgotten."""
    bonus = good(VERIFY, world, call).body["rewards"]["bonus"]
    return rewards(world, call, bonus=[{**entry, "quantity": 1} for entry in bonus])


@plant(VERIFY, caught_by=GIVES)
def a_verification_forgets_what_kind_of_bundle_it_is(world: World, call: Call) -> Reply:
    """Bundles are told like plain items."""
    bonus = good(VERIFY, world, call).body["rewards"]["bonus"]
    plain = [{name: value for name, value in entry["item"].items() if name != "bundle_type"} for entry in bonus]
    return rewards(world, call, bonus=[{**entry, "item": item} for entry, item in zip(bonus, plain, strict=True)])


@plant(VERIFY, caught_by="verifications_show_items_as_the_catalog_has_them")
def nothing_is_ever_to_be_picked(world: World, call: Call) -> Reply:
    """Games with several keys are told as if they had one."""
    return rewards(world, call, is_selectable=False)


@plant(VERIFY, caught_by=GIVES)
def a_verification_tells_discounts_of_coupons(world: World, call: Call) -> Reply:
    """The fields of promo codes are there for all kinds."""
    return rewards(world, call, **{"discount": None, **good(VERIFY, world, call).body["rewards"]})


@plant(VERIFY, caught_by=GIVES)
def a_verification_keeps_the_discount_of_the_cart(world: World, call: Call) -> Reply:
    """A user can't see what comes off."""
    sound = good(VERIFY, world, call).body["rewards"]
    return rewards(world, call, **({"discount": None} if "discount" in sound else {}))


@plant(VERIFY, caught_by=GIVES)
def a_verification_tells_one_discounted_item(world: World, call: Call) -> Reply:
    """The others are forgotten."""
    reduced = good(VERIFY, world, call).body["rewards"].get("discounted_items")
    return rewards(world, call, **({"discounted_items": reduced[:1]} if reduced else {}))
