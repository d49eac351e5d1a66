"""Planted bugs in the limits of promo codes."""

from liveops_mock import Call, Problem, Reply, World

from liveops_contract.defects import plant
from liveops_contract.defects.campaign_rewiring import (
    PROMO,
    attempted,
    change,
    named,
    pretending,
    redemptions,
    refusing,
    with_pretence,
)
from liveops_contract.defects.rewiring import Json, altered, asking, good

REDEEM, REWARDS, UPDATE = "redeem-promo-code", "get-promo-code-rewards-by-code", "update-promo-code"
LIMIT, CODES = "get-promo-code-user-limit", "get-promo-code-code-limit"
ADD, SET, LOWER = (f"{word}-promo-code-user-promotion-limit" for word in ("add", "set", "remove"))
MOST, STEPS, ASKED, BELOW = (
    "no_more_redemptions_than_any_limit_allows",
    "what_is_left_to_a_user_is_raised_lowered_and_set",
    "limits_are_asked_for_by_key_and_user",
    "a_limit_is_never_below_what_is_used_or_reserved",
)


@plant(REDEEM, caught_by=MOST)
def the_limit_per_user_is_not_looked_at(world: World, call: Call) -> Reply:
    """A user redeems as often as the campaign allows."""
    return with_pretence(REDEEM, world, call, redeem_user_limit=None)


@plant(REDEEM, caught_by=MOST)
def the_limit_per_code_is_not_looked_at(world: World, call: Call) -> Reply:
    """A code is redeemed as often as the campaign allows."""
    return with_pretence(REDEEM, world, call, redeem_code_limit=None)


@plant(REDEEM, caught_by=MOST)
def the_limit_of_the_campaign_is_one_more(world: World, call: Call) -> Reply:
    """One redemption more than the limit is taken."""
    with pretending(
        world, PROMO, lambda one: {"redeem_total_limit": one["redeem_total_limit"] and one["redeem_total_limit"] + 1}
    ):
        return good(REDEEM, world, call)


@plant(REWARDS, caught_by=MOST)
def rewards_are_shown_although_nothing_is_left(world: World, call: Call) -> Reply:
    """The limits are not looked at."""
    nothing: Json = {"redeem_total_limit": None, "redeem_user_limit": None, "redeem_code_limit": None}
    return with_pretence(REWARDS, world, call, **nothing)


@plant(ADD, caught_by=STEPS)
def a_limit_is_raised_by_one_more(world: World, call: Call) -> Reply:
    """What is added is not what was sent."""
    return good(ADD, world, altered(call, available=call.body["available"] + 1))


@plant(LOWER, caught_by=STEPS)
def a_limit_is_lowered_for_others(world: World, call: Call) -> Reply:
    """Another user loses, too."""
    reply = good(LOWER, world, call)
    good(LOWER, world, altered(call, user={"user_external_id": "user_2"}))
    return reply


@plant(SET, caught_by=STEPS)
def more_than_the_limit_is_set(world: World, call: Call) -> Reply:
    """The limit per user is no bound."""
    campaign = named(world, PROMO, call)
    found = attempted(SET, world, call)
    if isinstance(found, Problem) and campaign:
        return Reply(200, {"per_user": {"total": campaign["redeem_user_limit"], "available": call.body["available"]}})
    return with_raised(found)


def with_raised(found: Reply | Problem) -> Reply:
    """The reply, or the refusal raised."""
    if isinstance(found, Problem):
        raise found
    return found


@plant(LIMIT, caught_by=ASKED)
def a_stranger_has_the_whole_limit(world: World, call: Call) -> Reply:
    """Users whom nobody knows are answered."""
    campaign, found = named(world, PROMO, call), attempted(LIMIT, world, call)
    if isinstance(found, Problem) and found.code == 5008 and campaign and campaign["redeem_user_limit"]:
        return Reply(200, {"per_user": {"total": campaign["redeem_user_limit"], "available": campaign["redeem_user_limit"]}})
    return with_raised(found)


@plant(SET, caught_by=ASKED)
def limits_of_an_unknown_promo_code_are_not_found_as_items_are(world: World, call: Call) -> Reply:
    """The code of the refusal is that of items."""
    found = attempted(SET, world, call)
    return with_raised(refusing(404, 4001) if isinstance(found, Problem) and found.code == 9802 else found)


@plant(CODES, caught_by=ASKED)
def all_codes_are_answered_whatever_is_asked_for(world: World, call: Call) -> Reply:
    """The codes that are named are not looked at."""
    return good(CODES, world, asking(call, **{"codes[]": None}))


@plant(UPDATE, caught_by=BELOW)
def reserved_redemptions_do_not_count_against_a_new_limit(world: World, call: Call) -> Reply:
    """A limit may be lower than what is reserved."""
    held = {number: one for number, one in redemptions(world).items() if one["status"] == "reserved"}
    for number in held:
        world.redemptions.remove(number)
    try:
        return good(UPDATE, world, call)
    finally:
        for number, redemption in held.items():
            world.redemptions.put(number, redemption)


@plant(UPDATE, caught_by=BELOW)
def a_limit_that_is_just_reached_is_refused(world: World, call: Call) -> Reply:
    """There has to be room for one more."""
    names = [name for name in ("redeem_total_limit", "redeem_code_limit") if call.body.get(name, 0) > 1]
    lower: dict[str, Json] = {name: call.body[name] - 1 for name in names}
    good(UPDATE, world, altered(call, **lower))
    change(world, named(world, PROMO, call), **{name: limit + 1 for name, limit in lower.items()})
    return Reply(204)
