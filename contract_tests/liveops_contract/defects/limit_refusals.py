"""Planted bugs in what the calls about limits on items refuse, and in whom a project knows."""

from liveops_mock import Call, Problem, Reply, World

from liveops_contract.defects import plant
from liveops_contract.defects.limit_rewiring import USERS, as_question, for_user
from liveops_contract.defects.rewiring import done_or, good

READ, ADD, RESET, RESET_ALL = "get-user-item-limit", "add-user-item-limit", "reset-user-item-limit", "reset-all-user-items-limit"
NEEDS, KNOWN = "an_item_limit_needs_an_item_a_user_and_a_limit", "a_user_is_known_by_what_the_user_did"


@plant(READ, caught_by=NEEDS)
def strangers_have_it_all(world: World, call: Call) -> Reply:
    """An unknown user has the whole limit left."""
    try:
        return good(READ, world, call)
    except Problem as problem:
        if problem.code != 5008:
            raise
        return for_user(READ, world, call, USERS[1])


@plant(ADD, caught_by=NEEDS)
def the_limit_goes_before_the_user(world: World, call: Call) -> Reply:
    """Without a limit an unknown user is not noticed."""
    try:
        return good(ADD, world, call)
    except Problem as problem:
        if problem.code != 5008:
            raise
        for_user("get-user-item-limit", world, as_question(call), USERS[0])
        raise


@plant(RESET, caught_by=NEEDS)
def what_has_no_limit_is_reset(world: World, call: Call) -> Reply:
    """A reset of an item without a limit succeeds."""
    try:
        return good(RESET, world, call)
    except Problem as problem:
        if problem.code != 4508:
            raise
        return Reply(200)


@plant(RESET_ALL, caught_by=NEEDS)
def strangers_start_over(world: World, call: Call) -> Reply:
    """An unknown user is reset without a word."""
    return done_or(RESET_ALL, world, call, Reply(200))


@plant(READ, caught_by=KNOWN)
def who_only_called_is_a_stranger(world: World, call: Call) -> Reply:
    """That a user called is not looked at."""
    user = call.query["user_external_id"]
    called = world.callers.get(user)
    world.callers.remove(user)
    try:
        return good(READ, world, call)
    finally:
        if called is not None:
            world.callers.put(user, called)


@plant(READ, caught_by=KNOWN)
def who_only_bought_is_a_stranger(world: World, call: Call) -> Reply:
    """That a user owns something is not looked at."""
    user = call.query["user_external_id"]
    if user in world.users or user in world.callers:
        return good(READ, world, call)
    return for_user(READ, world, call, "nobody at all")


@plant("control-issue-token", caught_by=KNOWN)
def a_token_is_enough(world: World, call: Call) -> Reply:
    """Whoever got a token is known, though nobody has called with it."""
    world.callers.put(call.body["user_id"], world.now)
    return good("control-issue-token", world, call)
