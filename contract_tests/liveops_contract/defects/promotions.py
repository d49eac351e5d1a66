"""Planted bugs in the rules of discounts and bonuses, the operator's side."""

from liveops_mock import Call, Problem, Reply, World

from liveops_contract.defects import plant
from liveops_contract.defects.promotion_rewiring import (
    ACTIVATE,
    BONUS,
    DEACTIVATE,
    DELETE_BONUS,
    DELETE_DISCOUNT,
    DISCOUNT,
    NEW_BONUS,
    NEW_DISCOUNT,
    UPDATE_BONUS,
    UPDATE_DISCOUNT,
    change,
    made,
    naming,
    promotion_of,
    promotions,
    told,
    updated,
)
from liveops_contract.defects.rewiring import Json, altered, done_or, good, with_body, without
from liveops_contract.defects.rewiring import written_although_refused as half_refused

WRITTEN, REPLACED = "a_new_promotion_reads_as_it_was_written", "an_update_replaces_a_promotion"
SPELLINGS = "the_later_of_two_spellings_of_a_language_wins_in_promotions"
GONE, TWICE = "a_deleted_promotion_is_gone", "numbers_of_promotions_are_never_given_twice"
ALONE, SWITCHED = "an_act_on_one_promotion_touches_no_other", "the_last_switch_of_a_promotion_counts"
MISSING, NAMED = "a_promotion_that_does_not_exist_is_not_found", "a_promotion_names_items_that_exist"
FOREIGN = "a_project_does_not_see_the_promotions_of_others"
LAST_SEEN: dict[str, World] = {}  # what a server keeps that forgets whose state it holds


@plant(NEW_DISCOUNT, caught_by=WRITTEN)
def a_new_discount_loses_its_windows(world: World, call: Call) -> Reply:
    """Creation ignores `promotion_periods`."""
    return good(NEW_DISCOUNT, world, without(call, "promotion_periods"))


@plant(NEW_DISCOUNT, caught_by=WRITTEN)
def a_new_discount_is_switched_on(world: World, call: Call) -> Reply:
    """What is left out of the body is taken for on."""
    return good(NEW_DISCOUNT, world, with_body(call, {"is_enabled": True, **call.body}))


@plant(NEW_DISCOUNT, caught_by=WRITTEN)
def a_discount_has_whole_percents(world: World, call: Call) -> Reply:
    """The decimals of the share are cut off."""
    return good(NEW_DISCOUNT, world, altered(call, discount={"percent": call.body["discount"]["percent"].partition(".")[0]}))


@plant(NEW_BONUS, caught_by=WRITTEN)
def a_new_bonus_gives_two_where_nothing_is_said(world: World, call: Call) -> Reply:
    """The default of the quantity is wrong."""
    gifts = [{"quantity": 2, **entry} for entry in call.body["bonus"] or ()]
    return good(NEW_BONUS, world, altered(call, bonus=gifts))


@plant(NEW_BONUS, caught_by=WRITTEN)
def a_new_bonus_forgets_how_often(world: World, call: Call) -> Reply:
    """The limit for each user is lost, the schedule stays."""
    return made(NEW_BONUS, world, call, per_user=None)


@plant(BONUS, caught_by=WRITTEN)
def a_bonus_shows_its_exclusions_sorted(world: World, call: Call) -> Reply:
    """The excluded promotions are told in the order of their numbers, each once."""
    reply: Json = good(BONUS, world, call)
    return told(BONUS, world, call, excluded_promotions=sorted(set(reply.body["excluded_promotions"])))


@plant(UPDATE_DISCOUNT, caught_by=REPLACED)
def an_update_of_a_discount_keeps_its_windows(world: World, call: Call) -> Reply:
    """The windows of the promotion are those of its creation."""
    return updated(UPDATE_DISCOUNT, world, call, "promotion_periods")


@plant(UPDATE_DISCOUNT, caught_by=REPLACED)
def an_update_without_the_switch_switches_off(world: World, call: Call) -> Reply:
    """`is_enabled` that is left out is taken for off."""
    return good(UPDATE_DISCOUNT, world, with_body(call, {"is_enabled": False, **call.body}))


@plant(UPDATE_BONUS, caught_by=REPLACED)
def an_update_of_a_bonus_keeps_its_conditions(world: World, call: Call) -> Reply:
    """Conditions that an update leaves out stay."""
    before = promotion_of(world, call)
    kept = {"attribute_conditions": before["attribute_conditions"]} if before and before["attribute_conditions"] else {}
    return good(UPDATE_BONUS, world, with_body(call, {**kept, **call.body}))


@plant(UPDATE_BONUS, caught_by=REPLACED)
def an_update_of_a_bonus_is_swallowed(world: World, call: Call) -> Reply:
    """The update answers 204 and stores nothing."""
    before = promotion_of(world, call)
    reply = good(UPDATE_BONUS, world, call)
    world.promotions.put(before["id"], before)
    return reply


@plant(UPDATE_BONUS, caught_by=REPLACED)
def the_switch_of_a_bonus_is_not_updated(world: World, call: Call) -> Reply:
    """`is_enabled` counts for creations alone."""
    return good(UPDATE_BONUS, world, without(call, "is_enabled"))


@plant(NEW_BONUS, caught_by=SPELLINGS)
def the_first_spelling_of_a_bonus_wins(world: World, call: Call) -> Reply:
    """Of two spellings of one language the first is kept at the creation."""
    return good(NEW_BONUS, world, altered(call, name=dict(reversed(call.body["name"].items()))))


@plant(UPDATE_DISCOUNT, caught_by=SPELLINGS)
def the_first_spelling_of_a_discount_wins(world: World, call: Call) -> Reply:
    """Of two spellings of one language the first is kept at an update."""
    return good(UPDATE_DISCOUNT, world, altered(call, name=dict(reversed(call.body["name"].items()))))


@plant(DELETE_DISCOUNT, caught_by=GONE)
def a_deleted_discount_is_switched_off_only(world: World, call: Call) -> Reply:
    """It stays in the lists."""
    good(DISCOUNT, world, call)
    change(world, call.path["promotion_id"], is_enabled=False)
    return Reply(204)


@plant(DELETE_BONUS, caught_by=(GONE, MISSING))
def a_bonus_is_deleted_as_often_as_one_likes(world: World, call: Call) -> Reply:
    """The deletion of nothing answers 204."""
    return done_or(DELETE_BONUS, world, call, Reply(204))


@plant(ACTIVATE, caught_by=(GONE, MISSING))
def nothing_is_activated(world: World, call: Call) -> Reply:
    """An unknown number answers 204."""
    return done_or(ACTIVATE, world, call, Reply(204))


@plant(NEW_BONUS, caught_by=TWICE)
def discounts_and_bonuses_are_numbered_apart(world: World, call: Call) -> Reply:
    """A bonus takes the lowest free number."""
    reply: Json = good(NEW_BONUS, world, call)
    number = reply.body["promotion_id"]
    promotion = world.promotions.get(number)
    world.promotions.remove(number)
    free = next(one for one in range(1, number + 1) if one not in world.promotions)
    world.promotions.put(free, {**promotion, "id": free})
    return Reply(201, {"promotion_id": free})


@plant(DELETE_DISCOUNT, caught_by=ALONE)
def a_deletion_takes_the_next_promotion_along(world: World, call: Call) -> Reply:
    """The promotion with the next number is deleted too."""
    reply = good(DELETE_DISCOUNT, world, call)
    world.promotions.remove(call.path["promotion_id"] + 1)
    return reply


@plant(DEACTIVATE, caught_by=ALONE)
def all_promotions_are_deactivated(world: World, call: Call) -> Reply:
    """Every promotion is switched off with the one of the path."""
    reply = good(DEACTIVATE, world, call)
    for promotion in promotions(world):
        change(world, promotion["id"], is_enabled=False)
    return reply


@plant(UPDATE_BONUS, caught_by=ALONE)
def an_update_is_for_all_of_one_name(world: World, call: Call) -> Reply:
    """The last promotion takes the windows of the one that is updated."""
    reply = good(UPDATE_BONUS, world, call)
    change(world, promotions(world)[-1]["id"], promotion_periods=[{"date_from": "2020-02-02T00:00:00Z"}])
    return reply


@plant(ACTIVATE, caught_by=SWITCHED)
def an_activation_toggles(world: World, call: Call) -> Reply:
    """A promotion that is on goes off."""
    before = promotion_of(world, call)
    reply = good(ACTIVATE, world, call)
    change(world, before["id"], is_enabled=not before["is_enabled"])
    return reply


@plant(DEACTIVATE, caught_by=SWITCHED)
def a_deactivation_forgets_the_exclusions(world: World, call: Call) -> Reply:
    """A promotion that is switched off loses what it excludes and its windows."""
    reply = good(DEACTIVATE, world, call)
    change(world, call.path["promotion_id"], excluded_promotions=[], promotion_periods=[], attribute_conditions=None)
    return reply


@plant(DEACTIVATE, caught_by=SWITCHED)
def a_bonus_cannot_be_deactivated(world: World, call: Call) -> Reply:
    """Only discounts are switched off."""
    promotion = promotion_of(world, call)
    return Reply(204) if promotion and promotion["kind"] == "bonus" else good(DEACTIVATE, world, call)


@plant(DELETE_DISCOUNT, caught_by=MISSING)
def a_bonus_is_deleted_as_a_discount(world: World, call: Call) -> Reply:
    """The kind of a promotion is not looked at."""
    if promotion_of(world, call):
        change(world, call.path["promotion_id"], kind="discount")
    return good(DELETE_DISCOUNT, world, call)


@plant(UPDATE_DISCOUNT, caught_by=MISSING)
def an_update_creates(world: World, call: Call) -> Reply:
    """An update of a number that nothing has makes a promotion."""
    try:
        return good(UPDATE_DISCOUNT, world, call)
    except Problem:
        good(NEW_DISCOUNT, world, call)
        raise


@plant(NEW_DISCOUNT, caught_by=NAMED)
def unknown_items_of_a_discount_are_left_out(world: World, call: Call) -> Reply:
    """What the catalog does not have is dropped without a word."""
    skus = [entry["sku"] for entry in call.body["items"] or ()]
    return good(NEW_DISCOUNT, world, naming(call, "items", [sku for sku in skus if sku in world.items]))


@plant(UPDATE_BONUS, caught_by=NAMED)
def unknown_items_of_a_bonus_are_left_out(world: World, call: Call) -> Reply:
    """What a bonus gives and the catalog does not have is dropped without a word."""
    skus = [entry["sku"] for entry in call.body["bonus"] or ()]
    return good(UPDATE_BONUS, world, naming(call, "bonus", [sku for sku in skus if sku in world.items]))


@plant(NEW_BONUS, caught_by=NAMED)
def a_refused_bonus_is_there_nevertheless(world: World, call: Call) -> Reply:
    """The refusal comes when the promotion is stored."""
    return half_refused(NEW_BONUS, world, call, altered(call, bonus=None, condition=None))


@plant(DISCOUNT, caught_by=FOREIGN)
def a_discount_of_the_project_before_is_read(world: World, call: Call) -> Reply:
    """What one project lacks is looked for in the one that was asked before."""
    if promotion_of(world, call):
        LAST_SEEN["read"] = world
    return good(DISCOUNT, world if promotion_of(world, call) else LAST_SEEN.get("read", world), call)


@plant(BONUS, caught_by=FOREIGN)
def a_bonus_is_found_in_the_project_before(world: World, call: Call) -> Reply:
    """The last project that had a bonus answers for all."""
    if promotion_of(world, call):
        LAST_SEEN["bonus"] = world
    return good(BONUS, world if promotion_of(world, call) else LAST_SEEN.get("bonus", world), call)
