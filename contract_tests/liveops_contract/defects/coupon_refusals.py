"""Planted bugs in what operators of coupons are refused."""

from liveops_mock import Call, Problem, Reply, World

from liveops_contract.defects import plant
from liveops_contract.defects.coupons import KIND, change, coupon_of
from liveops_contract.defects.rewiring import altered, done_or, good, written_although_refused
from liveops_contract.laws.coupon_scenes import ACTIVATE, CREATE, DELETE, LEFT, READ, UPDATE

ABSENT, ONCE = "a_coupon_that_does_not_exist_is_not_found", "an_external_id_is_given_once"
ITEMS, ROOM = "a_coupon_names_items_of_the_catalog", "a_limit_is_never_below_what_is_used"
GONE = "a_deleted_coupon_is_gone"


@plant(ACTIVATE, caught_by=ABSENT)
def to_activate_nothing_is_done(world: World, call: Call) -> Reply:
    """An unknown coupon answers 204."""
    return done_or(ACTIVATE, world, call, Reply(204))


@plant(DELETE, caught_by=(ABSENT, GONE))
def a_coupon_is_deleted_without_a_trace_of_it_being_there(world: World, call: Call) -> Reply:
    """Deleting answers 204 and forgets no coupon."""
    good(READ, world, call) if coupon_of(world, call) else None
    return Reply(204)


@plant(READ, caught_by=ABSENT)
def keys_of_coupons_are_read_in_small_letters(world: World, call: Call) -> Reply:
    """Upper and lower case are one."""
    known = {key.lower(): key for _, key in world.campaigns.keys("kind", KIND)}
    key = call.path["external_id"]
    return good(READ, world, Call({**call.path, "external_id": known.get(key.lower(), key)}, call.query, call.body, call.user_id))


@plant(LEFT, caught_by=ABSENT)
def an_unknown_coupon_has_no_limit(world: World, call: Call) -> Reply:
    """Anything is left of what is not there."""
    return done_or(LEFT, world, call, Reply(200, {"per_user": {"total": 1, "available": 1}}))


@plant(CREATE, caught_by=ONCE)
def a_second_coupon_replaces_the_first(world: World, call: Call) -> Reply:
    """Nobody looks whether the key is taken."""
    world.campaigns.remove((KIND, call.body["external_id"]))
    return good(CREATE, world, call)


@plant(CREATE, caught_by=ONCE)
def a_second_coupon_is_refused_and_switches_the_first_off(world: World, call: Call) -> Reply:
    """The refusal comes too late."""
    try:
        return good(CREATE, world, call)
    except Problem:
        change(world, call.body["external_id"], name={"en": "Refused"})
        raise


@plant(CREATE, caught_by=ONCE)
def a_project_has_one_coupon(world: World, call: Call) -> Reply:
    """Every key is taken once there is a coupon."""
    first = next(world.campaigns.keys("kind", KIND), None)
    return good(CREATE, world, altered(call, external_id=first[1]) if first else call)


@plant(CREATE, caught_by=ITEMS)
def a_coupon_gives_what_nobody_knows(world: World, call: Call) -> Reply:
    """Unknown items are dropped in silence."""
    known = [one for one in call.body.get("bonus") or [] if one["sku"] in world.items]
    return good(CREATE, world, altered(call, bonus=known))


@plant(UPDATE, caught_by=ITEMS)
def an_update_with_unknown_items_is_stored_although_refused(world: World, call: Call) -> Reply:
    """The refusal comes when the rest is written."""
    known = [one for one in call.body.get("bonus") or [] if one["sku"] in world.items]
    return written_although_refused(UPDATE, world, call, altered(call, bonus=known, redeem_user_limit=77))


@plant(UPDATE, caught_by=ROOM)
def a_total_may_be_lower_than_what_is_used(world: World, call: Call) -> Reply:
    """The limit is raised to what is used, in silence."""
    used = sum(world.redemptions.count("campaign", (coupon_of(world, call)["id"], status)) for status in ("used", "reserved"))
    limit = call.body.get("redeem_total_limit")
    return good(UPDATE, world, altered(call, redeem_total_limit=limit and max(limit, used)))


@plant(UPDATE, caught_by=ROOM)
def a_limit_per_code_is_measured_by_all_codes(world: World, call: Call) -> Reply:
    """The redemptions of all codes count against the limit of one."""
    limit, total = call.body.get("redeem_code_limit"), call.body.get("redeem_total_limit")
    both = min(limit, total) if limit and total else limit
    good(UPDATE, world, altered(call, redeem_total_limit=both))
    return good(UPDATE, world, call)


@plant(UPDATE, caught_by=ROOM)
def a_limit_may_not_be_what_is_used(world: World, call: Call) -> Reply:
    """Off by one: something must be left."""
    limit = call.body.get("redeem_total_limit")
    good(UPDATE, world, altered(call, redeem_total_limit=limit and max(1, limit - 1)))
    return good(UPDATE, world, call)
