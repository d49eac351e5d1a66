"""Planted bugs in what single users may still redeem of a coupon."""

from liveops_mock import Call, Problem, Reply, World

from liveops_contract.defects import plant
from liveops_contract.defects.coupons import change, coupon_of
from liveops_contract.defects.rewiring import Json, altered, done_or, good
from liveops_contract.laws.coupon_scenes import LEFT, LOWER, RAISE, SET, UPDATE

MOVES, NONE = "what_is_left_to_a_user_goes_up_and_down", "without_a_limit_per_user_there_is_nothing_to_tell"
KNOWN, ANOTHER = "limits_are_told_of_users_whom_the_project_knows", "another_limit_per_user_counts_what_was_redeemed"


def user_of(call: Call) -> str:
    """The user of whom is spoken."""
    return str(call.body["user"]["user_external_id"] if call.body else call.query["user_external_id"])


@plant(RAISE, caught_by=MOVES)
def a_limit_may_be_raised_above_the_total(world: World, call: Call) -> Reply:
    """What is too much is cut in silence."""
    try:
        return good(RAISE, world, call)
    except Problem as problem:
        if problem.code != 4511:
            raise
        total = coupon_of(world, call)["redeem_user_limit"]
        return good(SET, world, altered(call, available=total))


@plant(LOWER, caught_by=MOVES)
def a_limit_may_be_lowered_below_nothing(world: World, call: Call) -> Reply:
    """What is too much is cut in silence."""
    try:
        return good(LOWER, world, call)
    except Problem as problem:
        if problem.code != 4511:
            raise
        return good(SET, world, altered(call, available=0))


@plant(RAISE, caught_by=MOVES)
def to_raise_is_to_set(world: World, call: Call) -> Reply:
    """The number is what is left, not what is added."""
    return good(SET, world, call)


@plant(LOWER, caught_by=MOVES)
def to_lower_is_swallowed(world: World, call: Call) -> Reply:
    """The answer is right, and nothing is stored."""
    key = ((coupon_of(world, call) or {}).get("id"), user_of(call))
    before = world.spent.get(key)
    reply = good(LOWER, world, call)
    if before is None:
        world.spent.remove(key)
    else:
        world.spent.put(key, before)
    return reply


@plant(SET, caught_by=MOVES)
def what_is_set_holds_for_everybody(world: World, call: Call) -> Reply:
    """The number of one user is written to all."""
    reply, number = good(SET, world, call), coupon_of(world, call)["id"]
    for user in ("user_1", "user_2"):
        world.spent.put((number, user), world.spent.get((number, user_of(call))))
    return reply


@plant(SET, caught_by=MOVES)
def nothing_cannot_be_set(world: World, call: Call) -> Reply:
    """Off by one: one is left at least."""
    return good(SET, world, altered(call, available=max(1, call.body["available"])))


@plant(RAISE, caught_by=MOVES)
def what_is_added_is_added_to_the_total(world: World, call: Call) -> Reply:
    """The limit of all users grows."""
    before = coupon_of(world, call)
    if before and before["redeem_user_limit"]:
        change(world, before["external_id"], redeem_user_limit=before["redeem_user_limit"] + call.body["available"])
    return good(RAISE, world, call)


@plant(LEFT, caught_by=(MOVES, ANOTHER))
def what_is_left_is_always_the_total(world: World, call: Call) -> Reply:
    """Nobody counts."""
    reply: Json = good(LEFT, world, call)
    total = reply.body["per_user"]["total"]
    return Reply(200, {"per_user": {"total": total, "available": total}})


@plant(LEFT, caught_by=NONE)
def no_limit_is_a_limit_of_ten(world: World, call: Call) -> Reply:
    """The documented default is told."""
    try:
        return good(LEFT, world, call)
    except Problem as problem:
        if problem.code != 4509:
            raise
        return Reply(200, {"per_user": {"total": 10, "available": 10}})


@plant(SET, caught_by=NONE)
def to_set_makes_a_limit(world: World, call: Call) -> Reply:
    """A coupon without a limit gets one."""
    before = coupon_of(world, call)
    if before and before["redeem_user_limit"] is None:
        change(world, before["external_id"], redeem_user_limit=max(1, call.body["available"]))
    return good(SET, world, call)


@plant(LEFT, caught_by=KNOWN)
def everybody_is_known(world: World, call: Call) -> Reply:
    """A stranger has the whole limit left."""
    return done_or(LEFT, world, call, Reply(200, {"per_user": {"total": 2, "available": 2}}))


@plant(LEFT, caught_by=KNOWN)
def only_the_door_makes_users_known(world: World, call: Call) -> Reply:
    """Who called or bought is a stranger still."""
    user = user_of(call)
    return good(LEFT, world, call if user in world.users else Call(call.path, {"user_external_id": "nobody"}, None, ""))


@plant(RAISE, caught_by=KNOWN)
def to_raise_makes_a_user_known(world: World, call: Call) -> Reply:
    """A refused call leaves the user behind."""
    try:
        return good(RAISE, world, call)
    finally:
        world.callers.put(user_of(call), world.now)


@plant(UPDATE, caught_by=ANOTHER)
def a_new_limit_begins_anew(world: World, call: Call) -> Reply:
    """What was redeemed is forgotten."""
    for key in [*world.spent.keys("campaign", (coupon_of(world, call) or {}).get("id"))]:
        world.spent.remove(key)
    return good(UPDATE, world, call)


@plant(LEFT, caught_by=ANOTHER)
def what_is_left_goes_below_nothing(world: World, call: Call) -> Reply:
    """A lower limit leaves one redemption at least."""
    reply: Json = good(LEFT, world, call)
    return Reply(200, {"per_user": {**reply.body["per_user"], "available": max(1, reply.body["per_user"]["available"])}})
