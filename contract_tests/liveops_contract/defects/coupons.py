"""Planted bugs in the rules of coupons, the operator's side."""

from liveops_mock import Call, Reply, World

from liveops_contract.defects import plant
from liveops_contract.defects.rewiring import Json, altered, good, with_body, without
from liveops_contract.laws.coupon_scenes import ACTIVATE, ADD, CREATE, DEACTIVATE, DELETE, READ, REDEEM, UPDATE

KIND = "coupon"
WRITTEN, REPLACED = "a_new_coupon_reads_as_it_was_written", "an_update_replaces_a_coupon"
ALONE, GONE = "an_act_on_one_coupon_touches_no_other", "a_deleted_coupon_is_gone"
SWITCHES, PROJECTS = "the_last_switch_of_a_coupon_counts", "a_project_does_not_know_the_codes_of_others"
CODES_SEEN: dict[str, World] = {}  # what a server keeps that forgets whose state it holds


def coupon_of(world: World, call: Call) -> Json:
    """The coupon that the path names, as it is stored."""
    return world.campaigns.get((KIND, call.path["external_id"]))


def change(world: World, key: str, **facts: Json) -> None:
    """Change a stored coupon behind the rule's back, if there is one."""
    before = world.campaigns.get((KIND, key))
    if before:
        world.campaigns.put((KIND, key), {**before, **facts})


def others(world: World, call: Call) -> list[str]:
    """The keys of the other coupons."""
    return [key for _, key in world.campaigns.keys("kind", KIND) if key != call.path["external_id"]]


@plant(CREATE, caught_by=WRITTEN)
def a_new_coupon_is_switched_on(world: World, call: Call) -> Reply:
    """A coupon works before it is activated."""
    reply = good(CREATE, world, call)
    change(world, call.body["external_id"], is_enabled=True)
    return reply


@plant(CREATE, caught_by=WRITTEN)
def the_documented_defaults_are_stored(world: World, call: Call) -> Reply:
    """A limit that is left out becomes 10."""
    return good(CREATE, world, with_body(call, {"redeem_user_limit": 10, "redeem_total_limit": 10, **call.body}))


@plant(CREATE, caught_by=WRITTEN)
def only_the_first_period_is_kept(world: World, call: Call) -> Reply:
    """As if there were one pair of dates."""
    return good(CREATE, world, altered(call, promotion_periods=call.body.get("promotion_periods", [])[:1]))


@plant(CREATE, caught_by=WRITTEN)
def a_coupon_loses_its_conditions(world: World, call: Call) -> Reply:
    """Creation drops `attribute_conditions`."""
    return good(CREATE, world, without(call, "attribute_conditions"))


@plant(CREATE, caught_by=WRITTEN)
def a_bonus_is_one_piece_of_each(world: World, call: Call) -> Reply:
    """Quantities are ignored."""
    return good(CREATE, world, altered(call, bonus=[{"sku": one["sku"]} for one in call.body.get("bonus") or []]))


@plant(READ, caught_by=WRITTEN)
def the_state_of_the_total_is_never_null(world: World, call: Call) -> Reply:
    """A coupon without a limit shows one of nothing."""
    reply: Json = good(READ, world, call)
    return Reply(
        200, {**reply.body, "total_limit_state": reply.body["total_limit_state"] or {"available": 0, "reserved": 0, "used": 0}}
    )


@plant(UPDATE, caught_by=REPLACED)
def an_update_of_a_coupon_is_swallowed(world: World, call: Call) -> Reply:
    """It answers 204 and stores nothing."""
    before = coupon_of(world, call)
    reply = good(UPDATE, world, call)
    world.campaigns.put((KIND, before["external_id"]), before)
    return reply


@plant(UPDATE, caught_by=REPLACED)
def a_coupon_keeps_what_an_update_leaves_out(world: World, call: Call) -> Reply:
    """The update is merged into what was there."""
    names = ("promotion_periods", "bonus", "redeem_total_limit", "redeem_user_limit", "redeem_code_limit")
    before = coupon_of(world, call) or {}
    return good(UPDATE, world, with_body(call, {**{name: before[name] for name in names if name in before}, **call.body}))


@plant(UPDATE, caught_by=REPLACED)
def an_update_switches_a_coupon_off(world: World, call: Call) -> Reply:
    """The coupon is written as if it were new."""
    reply = good(UPDATE, world, call)
    change(world, call.path["external_id"], is_enabled=False)
    return reply


@plant(UPDATE, caught_by=REPLACED)
def an_update_drops_the_codes(world: World, call: Call) -> Reply:
    """The coupon gets a new number, and its codes belong to the old one."""
    reply = good(UPDATE, world, call)
    change(world, call.path["external_id"], id=world.next_id("promotion"))
    return reply


@plant(DELETE, caught_by=ALONE)
def the_next_coupon_is_deleted_too(world: World, call: Call) -> Reply:
    """One deletion takes another coupon along."""
    reply, rest = good(DELETE, world, call), others(world, call)
    if rest:
        world.campaigns.remove((KIND, rest[-1]))
    return reply


@plant(DELETE, caught_by=ALONE)
def a_deletion_frees_all_codes(world: World, call: Call) -> Reply:
    """The codes of all coupons go."""
    reply = good(DELETE, world, call)
    for key in others(world, call):
        for code in world.codes.keys("campaign", world.campaigns.get((KIND, key))["id"]):
            world.codes.remove(code)
    return reply


@plant(ACTIVATE, caught_by=ALONE)
def all_coupons_are_activated(world: World, call: Call) -> Reply:
    """The whole project is switched on."""
    reply = good(ACTIVATE, world, call)
    for key in others(world, call):
        change(world, key, is_enabled=True)
    return reply


@plant(UPDATE, caught_by=ALONE)
def all_coupons_take_the_new_limits(world: World, call: Call) -> Reply:
    """An update writes its limits to every coupon."""
    reply = good(UPDATE, world, call)
    for key in others(world, call):
        change(world, key, redeem_user_limit=call.body.get("redeem_user_limit"))
    return reply


@plant(DELETE, caught_by=GONE)
def a_deleted_coupon_leaves_its_codes(world: World, call: Call) -> Reply:
    """The codes stay, and the next coupon of the key takes them over."""
    before = coupon_of(world, call)
    codes = {code: world.codes.get(code) for code in world.codes.keys("campaign", before["id"])} if before else {}
    reply = good(DELETE, world, call)
    for code, entry in codes.items():
        world.codes.put(code, {**entry, "campaign": world.counters["promotion"] + 1})
    return reply


@plant(DEACTIVATE, caught_by=SWITCHES)
def a_coupon_cannot_be_switched_off(world: World, call: Call) -> Reply:
    """Deactivation does nothing."""
    good(READ, world, call)
    return Reply(204)


@plant(ACTIVATE, caught_by=SWITCHES)
def to_activate_twice_is_to_deactivate(world: World, call: Call) -> Reply:
    """The switch is a toggle."""
    before = coupon_of(world, call)
    reply = good(ACTIVATE, world, call)
    change(world, call.path["external_id"], is_enabled=not before["is_enabled"])
    return reply


@plant(REDEEM, caught_by=PROJECTS)
def a_code_of_the_project_before_is_redeemed(world: World, call: Call) -> Reply:
    """What one project lacks is looked for in the one that was asked before."""
    before, CODES_SEEN["redeem"] = CODES_SEEN.get("redeem", world), world
    return good(REDEEM, world if call.body["coupon_code"] in world.codes else before, call)


@plant(ADD, caught_by=PROJECTS)
def codes_are_unique_on_the_whole_server(world: World, call: Call) -> Reply:
    """A code that another project has can't be added; it stays away."""
    before, CODES_SEEN["add"] = CODES_SEEN.get("add", world), world
    if before is not world and call.body["coupon_code"] in before.codes:
        return Reply(201, {"code": call.body["coupon_code"]})
    return good(ADD, world, call)
