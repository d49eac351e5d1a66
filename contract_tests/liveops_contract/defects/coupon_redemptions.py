"""Planted bugs in the redemption of coupons."""

from liveops_mock import Call, Problem, Reply, World

from liveops_contract.defects import plant
from liveops_contract.defects.rewiring import Json, altered, another_time, good, otherwise
from liveops_contract.laws.coupon_scenes import REDEEM, REWARDS

UNKNOWN, ON = "a_code_that_nobody_has_is_not_found", "a_coupon_works_while_it_is_switched_on"
PERIODS, PERSONAL = "a_coupon_works_within_its_periods", "a_personalized_coupon_is_for_users_whom_it_suits"
STOPS = "redemptions_stop_at_each_limit"


def coupon_of(world: World, call: Call) -> Json:
    """The coupon of the code that is entered or asked for, if there is one."""
    code = call.body["coupon_code"] if call.body else call.path["coupon_code"]
    entry = world.codes.get(code)
    found = entry and world.campaigns.first("number", entry["campaign"])
    return found and world.campaigns.get(found[1])


def as_if(operation: str, world: World, call: Call, **facts: Json) -> Reply:
    """What the sound rule answers while the coupon is another one."""
    coupon = coupon_of(world, call)
    if coupon is None:
        return good(operation, world, call)
    with otherwise(world.campaigns, (coupon["kind"], coupon["external_id"]), **facts):
        return good(operation, world, call)


@plant(REDEEM, caught_by=UNKNOWN)
def codes_are_tried_in_other_letters(world: World, call: Call) -> Reply:
    """Upper and lower case are one."""
    code = call.body["coupon_code"]
    return good(REDEEM, world, altered(call, coupon_code=code if code in world.codes else code.swapcase()))


@plant(REDEEM, caught_by=UNKNOWN)
def blanks_around_a_code_are_dropped(world: World, call: Call) -> Reply:
    """The server tidies what was entered."""
    return good(REDEEM, world, altered(call, coupon_code=call.body["coupon_code"].strip() or "-"))


@plant(REDEEM, caught_by=ON)
def a_coupon_works_while_it_is_off(world: World, call: Call) -> Reply:
    """Nobody looks at the switch."""
    return as_if(REDEEM, world, call, is_enabled=True)


@plant(REWARDS, caught_by=ON)
def rewards_are_told_while_the_coupon_is_off(world: World, call: Call) -> Reply:
    """Nobody looks at the switch before the redemption."""
    return as_if(REWARDS, world, call, is_enabled=True)


@plant(REDEEM, caught_by=ON)
def a_refused_code_gives_its_items_nevertheless(world: World, call: Call) -> Reply:
    """The refusal comes when the items are granted."""
    try:
        return good(REDEEM, world, call)
    except Problem:
        for entry in (coupon_of(world, call) or {}).get("bonus") or []:
            world.inventory.put((call.user_id, entry["sku"]), entry["quantity"])
        raise


@plant(REDEEM, caught_by=PERIODS)
def a_coupon_works_at_any_time(world: World, call: Call) -> Reply:
    """Nobody looks at the periods."""
    return as_if(REDEEM, world, call, promotion_periods=[])


@plant(REDEEM, caught_by=PERIODS)
def only_the_first_period_counts(world: World, call: Call) -> Reply:
    """Later windows never open."""
    return as_if(REDEEM, world, call, promotion_periods=((coupon_of(world, call) or {}).get("promotion_periods") or [])[:1])


@plant(REDEEM, caught_by=PERIODS)
def a_period_reaches_from_the_first_start_to_the_last_end(world: World, call: Call) -> Reply:
    """The gaps between windows are forgotten."""
    periods = (coupon_of(world, call) or {}).get("promotion_periods") or []
    whole = {"date_from": min(one["date_from"] for one in periods), "date_until": max_end(periods)} if periods else None
    return as_if(REDEEM, world, call, promotion_periods=[whole] if whole else [])


def max_end(periods: list[Json]) -> str | None:
    """The last end of windows in one zone, None for an open one."""
    ends = [one["date_until"] for one in periods]
    return None if None in ends else max(ends)


@plant(REDEEM, caught_by=PERIODS)
def a_period_ends_a_second_late(world: World, call: Call) -> Reply:
    """Off by one: each window is a second behind."""
    with another_time(world, -1):
        return good(REDEEM, world, call)


@plant(REDEEM, caught_by=PERIODS)
def a_period_ends_a_second_early(world: World, call: Call) -> Reply:
    """Off by one: the last second does not belong to the window."""
    with another_time(world, 1):
        return good(REDEEM, world, call)


@plant(REDEEM, caught_by=PERSONAL)
def conditions_of_a_coupon_are_ignored(world: World, call: Call) -> Reply:
    """Anybody may redeem it."""
    return as_if(REDEEM, world, call, attribute_conditions=None)


@plant(REDEEM, caught_by=PERSONAL)
def one_condition_of_a_coupon_is_enough(world: World, call: Call) -> Reply:
    """The first condition alone is looked at."""
    return as_if(REDEEM, world, call, attribute_conditions=((coupon_of(world, call) or {}).get("attribute_conditions") or [])[:1])


@plant(REDEEM, caught_by=PERSONAL)
def an_attribute_is_never_missing(world: World, call: Call) -> Reply:
    """`can_be_missing` is ignored."""
    conditions = (coupon_of(world, call) or {}).get("attribute_conditions") or []
    return as_if(REDEEM, world, call, attribute_conditions=[{**one, "can_be_missing": False} for one in conditions])


@plant(REDEEM, caught_by=STOPS)
def the_limit_of_the_campaign_is_ignored(world: World, call: Call) -> Reply:
    """Only users and codes are limited."""
    return as_if(REDEEM, world, call, redeem_total_limit=None)


@plant(REDEEM, caught_by=STOPS)
def the_limit_per_user_is_ignored(world: World, call: Call) -> Reply:
    """Only the campaign and codes are limited."""
    return as_if(REDEEM, world, call, redeem_user_limit=None)


@plant(REDEEM, caught_by=STOPS)
def the_limit_per_code_is_ignored(world: World, call: Call) -> Reply:
    """Only the campaign and users are limited."""
    return as_if(REDEEM, world, call, redeem_code_limit=None)


@plant(REDEEM, caught_by=STOPS)
def a_limit_is_passed_by_one(world: World, call: Call) -> Reply:
    """Off by one."""
    limit = (coupon_of(world, call) or {}).get("redeem_user_limit")
    return as_if(REDEEM, world, call, redeem_user_limit=limit and limit + 1)


@plant(REDEEM, caught_by=STOPS)
def the_limit_per_user_counts_everybody(world: World, call: Call) -> Reply:
    """What one user redeemed is gone for all."""
    reply, coupon = good(REDEEM, world, call), coupon_of(world, call)
    for user in ("user_1", "user_2"):
        world.spent.put((coupon["id"], user), world.redemptions.count("campaign", (coupon["id"], "used")))
    return reply


@plant(REDEEM, caught_by=STOPS)
def a_redemption_counts_twice_for_the_campaign(world: World, call: Call) -> Reply:
    """The total goes down by two."""
    reply, number = good(REDEEM, world, call), world.counters["redemption"]
    world.redemptions.put(world.next_id("redemption"), {**world.redemptions.get(number), "code": "-"})
    return reply


@plant(REDEEM, caught_by=STOPS)
def a_redemption_is_only_reserved(world: World, call: Call) -> Reply:
    """It waits for a payment that never comes."""
    reply, number = good(REDEEM, world, call), world.counters["redemption"]
    world.redemptions.put(number, {**world.redemptions.get(number), "status": "reserved"})
    return reply
