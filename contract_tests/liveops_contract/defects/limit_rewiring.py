"""What planted bugs of limits are made of: the sound rule for another user, or with another number."""

from liveops_mock import Call, Problem, Reply, World

from liveops_contract.defects.rewiring import Json, altered, asking, good, with_body

USERS = ("user_1", "user_2")


def for_user(operation: str, world: World, call: Call, user: str) -> Reply:
    """The rule for another user than the one who is named."""
    if call.body is None:
        return good(operation, world, asking(call, user_external_id=user))
    return good(operation, world, altered(call, user={"user_external_id": user}))


def for_thing(operation: str, world: World, call: Call, **path: Json) -> Reply:
    """The rule for another thing than the one that the path names."""
    return good(operation, world, Call({**call.path, **path}, call.query, call.body, call.user_id))


def as_far_as_it_goes(operation: str, world: World, call: Call) -> Reply:
    """The rule, and where the number goes too far, as far as it is allowed."""
    try:
        return good(operation, world, call)
    except Problem as problem:
        if problem.code not in (4510, 4511):
            raise
    for available in range(call.body["available"] - 1, 0, -1) if call.body["available"] < 10 else ():
        try:
            return good(operation, world, altered(call, available=available))
        except Problem:
            continue
    return good(operation.replace("add-", "get-").replace("remove-", "get-"), world, as_question(call))


def as_question(call: Call) -> Call:
    """The call that asks for what is left to the user of the body."""
    return Call(call.path, {"user_external_id": call.body["user"]["user_external_id"]}, None, call.user_id)


def everybody(call: Call) -> Call:
    """The call for everybody."""
    return with_body(call, {"user": None})
