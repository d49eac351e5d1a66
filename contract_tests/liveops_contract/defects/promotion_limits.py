"""Planted bugs in limits on promotions, and in how they and limits on items go together."""

from liveops_mock import Call, Problem, Reply, World

from liveops_contract.defects import plant
from liveops_contract.defects.limit_rewiring import (
    USERS,
    as_far_as_it_goes,
    as_question,
    everybody,
    for_user,
)
from liveops_contract.defects.rewiring import Json, another_time, done_or, good, otherwise

READ, ADD, SET, REMOVE = (f"{act}-user-promotion-limit" for act in ("get", "add", "set", "remove"))
RESET, RESET_ALL, RESET_ITEMS = "reset-user-promotion-limit", "reset-all-user-promotions-limit", "reset-all-user-items-limit"
BUY, PAY, REFUND, UPDATE = "control-record-purchase", "control-pay-order", "control-refund-order", "update-item-promotion"
ADDS_UP, OVER, NEEDS = (
    "what_is_left_of_a_promotion_adds_up",
    "a_promotion_limit_starts_over_at_its_hour",
    "a_promotion_limit_needs_a_promotion_a_user_and_a_limit",
)
GIVES_BACK, APART = "a_refund_gives_the_uses_back", "limits_of_items_and_promotions_are_apart"
PAID, GIFT, UPDATED = (
    "an_order_is_paid_while_its_promotion_is_left",
    "a_gift_counts_against_its_own_limit",
    "an_update_of_a_promotion_keeps_its_uses",
)


def uses(world: World) -> dict[Json, Json]:
    """What users used, by key."""
    return {key: world.promotion_uses.get(key) for user in USERS for key in world.promotion_uses.keys("user", user)}


def restored(world: World, before: dict[Json, Json]) -> None:
    """Let the uses be those of before."""
    for key in uses(world):
        world.promotion_uses.remove(key)
    for key, use in before.items():
        world.promotion_uses.put(key, use)


@plant(READ, caught_by=ADDS_UP)
def one_users_uses_are_told_to_all(world: World, call: Call) -> Reply:
    """What is left to the first user is told."""
    return for_user(READ, world, call, USERS[0])


@plant(ADD, caught_by=ADDS_UP)
def raising_uses_sets_them(world: World, call: Call) -> Reply:
    """What is sent is what is left."""
    return good(SET, world, call)


@plant(ADD, caught_by=ADDS_UP)
def raising_uses_stops_at_the_limit(world: World, call: Call) -> Reply:
    """What is too much is cut off without a word."""
    return as_far_as_it_goes(ADD, world, call)


@plant(SET, caught_by=ADDS_UP)
def no_uses_can_not_be_set(world: World, call: Call) -> Reply:
    """0 is taken for nothing said."""
    return good(READ, world, as_question(call)) if call.body["available"] == 0 else good(SET, world, call)


@plant(REMOVE, caught_by=ADDS_UP)
def lowering_uses_stops_at_nothing(world: World, call: Call) -> Reply:
    """What is too much is cut off without a word."""
    return as_far_as_it_goes(REMOVE, world, call)


@plant(REMOVE, caught_by=ADDS_UP)
def lowering_raises(world: World, call: Call) -> Reply:
    """What is to be taken is given, as far as it goes."""
    return done_or(ADD, world, call, good(READ, world, as_question(call)))


@plant(RESET, caught_by=ADDS_UP)
def a_reset_of_one_is_for_everybody(world: World, call: Call) -> Reply:
    """The limit starts over for all users."""
    reply = good(RESET, world, call)
    good(RESET, world, everybody(call))
    return reply


@plant(RESET, caught_by=ADDS_UP)
def a_reset_for_everybody_is_for_one(world: World, call: Call) -> Reply:
    """Without a user the limit of the first one starts over."""
    return for_user(RESET, world, call, USERS[0]) if call.body["user"] is None else good(RESET, world, call)


@plant(RESET_ALL, caught_by=ADDS_UP)
def uses_of_bonuses_stay(world: World, call: Call) -> Reply:
    """Of all promotions the discounts alone start over."""
    before = {key: use for key, use in uses(world).items() if world.promotions.get(key[0])["kind"] == "bonus"}
    reply = good(RESET_ALL, world, call)
    for key, use in before.items():
        world.promotion_uses.put(key, use)
    return reply


@plant(BUY, caught_by=ADDS_UP)
def a_purchase_uses_a_promotion_for_each_line(world: World, call: Call) -> Reply:
    """An order uses its promotions twice."""
    before = uses(world)
    reply = good(BUY, world, call)
    for key, use in uses(world).items():
        if key not in before:
            world.promotion_uses.put(key, {**use, "pieces": 2})
    return reply


@plant(READ, caught_by=OVER)
def uses_come_back_a_second_early(world: World, call: Call) -> Reply:
    """One second before its hour the limit is whole."""
    with another_time(world, 1):
        return good(READ, world, call)


@plant(READ, caught_by=OVER)
def uses_come_back_a_second_late(world: World, call: Call) -> Reply:
    """At its hour the limit is not whole yet."""
    with another_time(world, -1):
        return good(READ, world, call)


@plant(REMOVE, caught_by=OVER)
def uses_that_are_taken_never_come_back(world: World, call: Call) -> Reply:
    """The schedule gives back what was used, and not what an operator took."""
    reply = good(REMOVE, world, call)
    for key, use in uses(world).items():
        if use["order_id"] is None:
            world.promotion_uses.put(key, {**use, "at": use["at"] + 40_000_000})
    return reply


@plant(READ, caught_by=NEEDS)
def strangers_have_all_uses(world: World, call: Call) -> Reply:
    """An unknown user has as much left as a known one."""
    try:
        return good(READ, world, call)
    except Problem as problem:
        if problem.code != 5008:
            raise
        return for_user(READ, world, call, USERS[1])


@plant(RESET, caught_by=NEEDS)
def a_promotion_without_limit_is_reset(world: World, call: Call) -> Reply:
    """A reset of a promotion without a limit succeeds."""
    try:
        return good(RESET, world, call)
    except Problem as problem:
        if problem.code != 4509:
            raise
        return Reply(200)


@plant(RESET_ALL, caught_by=NEEDS)
def uses_of_strangers_start_over(world: World, call: Call) -> Reply:
    """An unknown user is reset without a word."""
    return done_or(RESET_ALL, world, call, Reply(200))


@plant(REFUND, caught_by=GIVES_BACK)
def a_refund_keeps_the_uses(world: World, call: Call) -> Reply:
    """Promotions of an order that was given back stay used."""
    before = uses(world)
    reply = good(REFUND, world, call)
    restored(world, before)
    return reply


@plant(REFUND, caught_by=GIVES_BACK)
def a_refund_forgets_all_uses(world: World, call: Call) -> Reply:
    """The other orders of the user count no longer either."""
    reply = good(REFUND, world, call)
    restored(world, {})
    return reply


@plant(RESET_ALL, caught_by=APART)
def promotions_take_items_with_them(world: World, call: Call) -> Reply:
    """Where all promotions are reset, all items are, too."""
    reply = good(RESET_ALL, world, call)
    good(RESET_ITEMS, world, call)
    return reply


@plant(RESET_ITEMS, caught_by=APART)
def items_take_promotions_with_them(world: World, call: Call) -> Reply:
    """Where all items are reset, all promotions are, too."""
    reply = good(RESET_ITEMS, world, call)
    good(RESET_ALL, world, call)
    return reply


@plant(BUY, caught_by=GIFT)
def gifts_know_no_limit(world: World, call: Call) -> Reply:
    """A free item is given as often as the other one is bought."""
    item = world.items.get("gift")
    if call.body["items"][0]["sku"] == "gift" or item is None:
        return good(BUY, world, call)
    world.items.put("gift", {**item, "limits": None})
    try:
        return good(BUY, world, call)
    finally:
        world.items.put("gift", item)


@plant("get-user-item-limit", caught_by=GIFT)
def gifts_are_not_counted(world: World, call: Call) -> Reply:
    """Only what was paid for is taken off."""
    user = call.query["user_external_id"]
    before = {key: world.item_uses.get(key) for key in world.item_uses.keys("user", user)}
    for key, use in before.items():
        order = world.orders.get(use["order_id"]) if use["order_id"] is not None else None
        if order and any(entry["sku"] == key[0] for entry in order["bonus"]):
            world.item_uses.remove(key)
    try:
        return good("get-user-item-limit", world, call)
    finally:
        for key, use in before.items():
            world.item_uses.put(key, use)


@plant(UPDATE, caught_by=UPDATED)
def an_update_forgets_the_uses(world: World, call: Call) -> Reply:
    """A promotion that is replaced is used by nobody yet."""
    reply = good(UPDATE, world, call)
    restored(world, {key: use for key, use in uses(world).items() if key[0] != call.path["promotion_id"]})
    return reply


@plant(ADD, caught_by=UPDATED)
def uses_beyond_a_new_limit_are_owed(world: World, call: Call) -> Reply:
    """What is raised goes to what was used too much."""
    user = call.body["user"]["user_external_id"]
    before = {key: use for key, use in uses(world).items() if key[0] == call.path["promotion_id"] and key[-1] == user}
    reply = good(ADD, world, call)
    if sum(use["pieces"] for use in before.values()) > reply.body["per_user"]["total"]:
        for key, use in before.items():
            world.promotion_uses.put(key, use)
        return good(READ, world, as_question(call))
    return reply


@plant(PAY, caught_by=PAID)
def an_order_is_paid_whatever_is_left_of_its_promotion(world: World, call: Call) -> Reply:
    """Nobody looks whether the user has used the promotion up."""
    with otherwise(world.promotions, *world.promotions.keys("all", "all"), per_user=None):
        return good(PAY, world, call)


@plant(PAY, caught_by=PAID)
def an_order_under_a_promotion_that_was_used_up_is_canceled(world: World, call: Call) -> Reply:
    """The refusal closes the order."""
    try:
        return good(PAY, world, call)
    except Problem:
        good("control-cancel-order", world, call)
        raise
