"""The rules of limits: how many pieces of an item a user may still buy, and how often a user may still use a promotion."""

from collections.abc import Callable
from typing import Any, NamedTuple

from ..ledger import require_items, require_known
from ..messages import Call, Reply
from ..problems import ItemLimitOutOfRange, LimitOutOfRange, NoItemLimit, NoSuchPromotion, NoUserLimit, RuleBroken
from ..uses import Limit, forget, item_limit, leave, left_of, promotion_limit
from ..world import World

Json = Any


def limit_of_item(world: World, call: Call) -> Limit:
    """The limit of the item that the path names."""
    sku = call.path["item_sku"]
    require_items(world, [sku])
    return item_limit(world, world.items.get(sku))


def limit_of_promotion(world: World, call: Call) -> Limit:
    """The limit of the discount or bonus that the path names."""
    number = call.path["promotion_id"]
    promotion = world.promotions.get(number)
    if promotion is None:
        raise NoSuchPromotion(
            f"Promotion not found: the project has no discount and no bonus {number}; list the promotions to see their ids"
        )
    return promotion_limit(world, promotion)


class Kind(NamedTuple):
    """A kind of things that have limits, and the refusals that speak of it."""

    word: str
    limit: Callable[[World, Call], Limit]
    without_limit: type[RuleBroken]
    out_of_range: type[RuleBroken]


ITEM = Kind("item", limit_of_item, NoItemLimit, ItemLimitOutOfRange)
PROMOTION = Kind("promotion", limit_of_promotion, NoUserLimit, LimitOutOfRange)


def named_user(call: Call) -> str:
    """The user whom the body names."""
    user_id: str = call.body["user"]["user_external_id"]
    return user_id


def limit_and_left(world: World, call: Call, kind: Kind, user_id: str) -> tuple[Limit, int]:
    """The limit of the thing that the path names and what is left of it to a user, if there is all of that."""
    limit = kind.limit(world, call)
    require_known(world, user_id)
    left = left_of(limit, user_id, world.now)
    if left is None:
        raise no_limit(kind, limit)
    return limit, left


def no_limit(kind: Kind, limit: Limit) -> RuleBroken:
    """The refusal for a thing that has no limit."""
    return kind.without_limit(
        f"{kind.word.capitalize()} does not have configured user limits. Nothing limits {limit.thing!r}; give it a limit first"
    )


def told(world: World, limit: Limit, user_id: str) -> Reply:
    """The limit, and what is left of it to the user."""
    return Reply(200, {"per_user": {"total": limit.total, "available": left_of(limit, user_id, world.now)}})


def read(world: World, call: Call, kind: Kind) -> Reply:
    """The limit, and what is left of it to the user whom the query names."""
    user_id = call.query["user_external_id"]
    return told(world, limit_and_left(world, call, kind, user_id)[0], user_id)


def change(world: World, call: Call, kind: Kind, wish_of: Callable[[int], int]) -> Reply:
    """Let the user have as many left as is wished, if the limit allows it."""
    user_id = named_user(call)
    limit, left = limit_and_left(world, call, kind, user_id)
    wish, total = wish_of(left), limit.total or 0
    if not 0 <= wish <= total:
        raise kind.out_of_range(
            f"Available {kind.word} limit is out of range. {left} are left and {wish} would be; the limit goes from 0 to {total}"
        )

    leave(world, limit, user_id, wish)
    return told(world, limit, user_id)


def reset(world: World, call: Call, kind: Kind) -> Reply:
    """Let the limit of one user, or of everybody, be whole again."""
    limit = kind.limit(world, call)
    if call.body["user"] is not None:
        require_known(world, named_user(call))
    if limit.total is None:
        raise no_limit(kind, limit)

    if call.body["user"] is None:
        forget(limit.uses, "thing", limit.thing)
    else:
        forget(limit.uses, "thing_user", (limit.thing, named_user(call)))
    return Reply(200)


def reset_all_user_items_limit(world: World, call: Call) -> Reply:
    """Let all item limits of a user be whole again."""
    require_known(world, named_user(call))

    forget(world.item_uses, "user", named_user(call))
    return Reply(200)


def reset_user_item_limit(world: World, call: Call) -> Reply:
    """Let the limit of one item be whole again."""
    return reset(world, call, ITEM)


def get_user_item_limit(world: World, call: Call) -> Reply:
    """How many pieces of an item a user has left."""
    return read(world, call, ITEM)


def add_user_item_limit(world: World, call: Call) -> Reply:
    """Let a user have more pieces of an item left."""
    return change(world, call, ITEM, lambda left: left + int(call.body["available"]))


def set_user_item_limit(world: World, call: Call) -> Reply:
    """Say how many pieces of an item a user has left."""
    return change(world, call, ITEM, lambda _: int(call.body["available"]))


def remove_user_item_limit(world: World, call: Call) -> Reply:
    """Let a user have fewer pieces of an item left."""
    return change(world, call, ITEM, lambda left: left - int(call.body["available"]))


def reset_all_user_promotions_limit(world: World, call: Call) -> Reply:
    """Let all promotion limits of a user be whole again."""
    require_known(world, named_user(call))

    forget(world.promotion_uses, "user", named_user(call))
    return Reply(200)


def reset_user_promotion_limit(world: World, call: Call) -> Reply:
    """Let the limit of one promotion be whole again."""
    return reset(world, call, PROMOTION)


def get_user_promotion_limit(world: World, call: Call) -> Reply:
    """How many uses of a promotion a user has left."""
    return read(world, call, PROMOTION)


def add_user_promotion_limit(world: World, call: Call) -> Reply:
    """Let a user have more uses of a promotion left."""
    return change(world, call, PROMOTION, lambda left: left + int(call.body["available"]))


def set_user_promotion_limit(world: World, call: Call) -> Reply:
    """Say how many uses of a promotion a user has left."""
    return change(world, call, PROMOTION, lambda _: int(call.body["available"]))


def remove_user_promotion_limit(world: World, call: Call) -> Reply:
    """Let a user have fewer uses of a promotion left."""
    return change(world, call, PROMOTION, lambda left: left - int(call.body["available"]))
