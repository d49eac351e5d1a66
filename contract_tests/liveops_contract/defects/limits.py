"""Planted bugs in the calls about what is left of limits on items."""

from liveops_mock import Call, Problem, Reply, World

from liveops_contract.defects import plant
from liveops_contract.defects.limit_rewiring import (
    USERS,
    as_far_as_it_goes,
    as_question,
    everybody,
    for_user,
)
from liveops_contract.defects.rewiring import Json, altered, another_time, done_or, good

READ, ADD, SET, REMOVE = "get-user-item-limit", "add-user-item-limit", "set-user-item-limit", "remove-user-item-limit"
RESET, RESET_ALL = "reset-user-item-limit", "reset-all-user-items-limit"
ADDS_UP, OVER = "what_is_left_of_an_item_adds_up", "an_item_limit_starts_over_at_its_hour"
REFUND, BEFORE = "a_refund_gives_the_pieces_back", "a_new_limit_counts_what_was_bought_before"


def uses_of(world: World, user: str) -> dict[Json, Json]:
    """What a user used, by key."""
    return {key: world.item_uses.get(key) for key in world.item_uses.keys("user", user)}


@plant(READ, caught_by=ADDS_UP)
def one_users_limit_is_told_to_all(world: World, call: Call) -> Reply:
    """What is left to the first user is told."""
    return for_user(READ, world, call, USERS[0])


@plant(READ, caught_by=ADDS_UP)
def everybody_uses_one_limit_up(world: World, call: Call) -> Reply:
    """What others bought is taken off, too."""
    told = good(READ, world, call).body["per_user"]
    user = call.query["user_external_id"]
    others = [for_user(READ, world, call, other).body["per_user"] for other in USERS if other != user]
    used = sum(other["total"] - other["available"] for other in others)
    return Reply(200, {"per_user": {**told, "available": max(0, told["available"] - used)}})


@plant(ADD, caught_by=ADDS_UP)
def raising_sets(world: World, call: Call) -> Reply:
    """What is sent is what is left."""
    return good(SET, world, call)


@plant(ADD, caught_by=ADDS_UP)
def the_last_piece_can_not_be_given(world: World, call: Call) -> Reply:
    """What would make the limit whole is refused."""
    before = uses_of(world, call.body["user"]["user_external_id"])
    reply = good(ADD, world, call)
    if reply.body["per_user"]["available"] == reply.body["per_user"]["total"]:
        for key, use in before.items():
            world.item_uses.put(key, use)
        return good(ADD, world, altered(call, available=2**31))
    return reply


@plant(ADD, caught_by=ADDS_UP)
def raising_stops_at_the_limit(world: World, call: Call) -> Reply:
    """What is too much is cut off without a word."""
    return as_far_as_it_goes(ADD, world, call)


@plant(SET, caught_by=ADDS_UP)
def nought_is_not_set(world: World, call: Call) -> Reply:
    """0 is taken for nothing said."""
    return good(READ, world, as_question(call)) if call.body["available"] == 0 else good(SET, world, call)


@plant(SET, caught_by=ADDS_UP)
def setting_adds(world: World, call: Call) -> Reply:
    """What is sent comes on top of what is left."""
    return done_or(ADD, world, call, good(READ, world, as_question(call))) if call.body["available"] else good(SET, world, call)


@plant(SET, caught_by=ADDS_UP)
def a_refused_setting_empties(world: World, call: Call) -> Reply:
    """What is too much leaves nothing, and then it is refused."""
    try:
        return good(SET, world, call)
    except Problem as problem:
        if problem.code == 4510:
            good(SET, world, altered(call, available=0))
        raise


@plant(REMOVE, caught_by=ADDS_UP)
def lowering_stops_at_nothing(world: World, call: Call) -> Reply:
    """What is too much is cut off without a word."""
    return as_far_as_it_goes(REMOVE, world, call)


@plant(REMOVE, caught_by=ADDS_UP)
def everybodys_limit_is_lowered(world: World, call: Call) -> Reply:
    """The other user loses as much."""
    reply = good(REMOVE, world, call)
    for user in USERS:
        if user != call.body["user"]["user_external_id"]:
            done_or(REMOVE, world, altered(call, user={"user_external_id": user}), reply)
    return reply


@plant(RESET, caught_by=ADDS_UP)
def null_is_nobody(world: World, call: Call) -> Reply:
    """Without a user nothing is reset."""
    if call.body["user"] is None:
        good(READ, world, Call(call.path, {"user_external_id": USERS[0]}, None, call.user_id))
        return Reply(200)
    return good(RESET, world, call)


@plant(RESET, caught_by=ADDS_UP)
def one_is_everybody(world: World, call: Call) -> Reply:
    """The limit starts over for all users."""
    reply = good(RESET, world, call)
    good(RESET, world, everybody(call))
    return reply


@plant(RESET, caught_by=ADDS_UP)
def one_item_is_all_items(world: World, call: Call) -> Reply:
    """The user's other limits start over, too."""
    reply = good(RESET, world, call)
    if call.body["user"] is not None:
        good(RESET_ALL, world, call)
    return reply


@plant(RESET, caught_by=ADDS_UP)
def a_reset_gives_one_piece(world: World, call: Call) -> Reply:
    """The user gets one piece back and not all."""
    if call.body["user"] is None:
        return good(RESET, world, call)
    question = good(READ, world, as_question(call)).body["per_user"]
    reply = good(RESET, world, call)
    wish = min(question["total"], question["available"] + 1)
    good(SET, world, altered(call, available=wish))
    return reply


@plant(RESET_ALL, caught_by=ADDS_UP)
def the_first_item_alone_starts_over(world: World, call: Call) -> Reply:
    """Of the items that a user bought one is reset."""
    uses = uses_of(world, call.body["user"]["user_external_id"])
    reply = good(RESET_ALL, world, call)
    first = min(uses, default=("", 0, ""))[0]
    for key, use in uses.items():
        if key[0] != first:
            world.item_uses.put(key, use)
    return reply


@plant(RESET_ALL, caught_by=ADDS_UP)
def all_limits_of_everybody_start_over(world: World, call: Call) -> Reply:
    """The user who is named is not looked at."""
    reply = good(RESET_ALL, world, call)
    for user in USERS:
        good(RESET_ALL, world, altered(call, user={"user_external_id": user}))
    return reply


@plant(READ, caught_by=OVER)
def the_limit_starts_over_a_second_early(world: World, call: Call) -> Reply:
    """One second before its hour it is whole."""
    with another_time(world, 1):
        return good(READ, world, call)


@plant(READ, caught_by=OVER)
def the_limit_starts_over_a_second_late(world: World, call: Call) -> Reply:
    """At its hour it is not whole yet."""
    with another_time(world, -1):
        return good(READ, world, call)


@plant(REMOVE, caught_by=OVER)
def what_is_taken_never_comes_back(world: World, call: Call) -> Reply:
    """The schedule gives back what was bought, and not what an operator took."""
    reply = good(REMOVE, world, call)
    for key, use in uses_of(world, call.body["user"]["user_external_id"]).items():
        if use["order_id"] is None:
            world.item_uses.put(key, {**use, "at": use["at"] + 40_000_000})
    return reply


@plant(ADD, caught_by=REFUND)
def the_oldest_purchase_is_taken_off_first(world: World, call: Call) -> Reply:
    """Who raises what an operator lowered takes off a purchase, which a refund then does not give back."""
    uses = uses_of(world, call.body["user"]["user_external_id"])
    first = min((key for key, use in uses.items() if use["order_id"] is not None), default=None)
    taken = [key for key, use in uses.items() if use["order_id"] is None]
    reply = good(ADD, world, call)
    if first is not None and taken:
        world.item_uses.put(taken[0], uses[taken[0]])
        world.item_uses.put(first, {**uses[first], "pieces": 0})
    return reply


@plant(RESET, caught_by=REFUND)
def a_reset_is_a_gift(world: World, call: Call) -> Reply:
    """The uses stay beside as many that are given, and a refund gives them back once more."""
    if call.body["user"] is None:
        return good(RESET, world, call)
    uses = uses_of(world, call.body["user"]["user_external_id"])
    pieces = sum(use["pieces"] for use in uses.values())
    reply = good(RESET, world, call)
    for key, use in uses.items():
        world.item_uses.put(key, use)
    gift = (call.path["item_sku"], world.next_id("use"), call.body["user"]["user_external_id"])
    world.item_uses.put(gift, {"at": world.now, "pieces": -pieces, "order_id": None})
    return reply


@plant(ADD, caught_by=BEFORE)
def what_was_bought_too_much_is_owed(world: World, call: Call) -> Reply:
    """Who bought more than a new limit allows gets what is raised only when the rest is worked off."""
    user = call.body["user"]["user_external_id"]
    uses = uses_of(world, user)
    reply = good(ADD, world, call)
    used = sum(use["pieces"] for use in uses.values())
    if used > reply.body["per_user"]["total"]:
        for key, use in uses.items():
            world.item_uses.put(key, use)
        return good(READ, world, as_question(call))
    return reply
