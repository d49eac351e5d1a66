"""What planted bugs in discounts and bonuses are made of."""

from liveops_mock import Call, Reply, World

from liveops_contract.defects.rewiring import Json, good, with_body

DISCOUNT, NEW_DISCOUNT, DISCOUNTS = "get-item-promotion", "create-item-promotion", "get-item-promotion-list"
UPDATE_DISCOUNT, DELETE_DISCOUNT = "update-item-promotion", "delete-item-promotion"
BONUS, NEW_BONUS, BONUSES = "get-bonus-promotion", "create-bonus-promotion", "get-bonus-promotion-list"
UPDATE_BONUS, DELETE_BONUS = "update-bonus-promotion", "delete-bonus-promotion"
ALL, ACTIVATE, DEACTIVATE = "get-promotion-list", "activate-promotion", "deactivate-promotion"


def promotion_of(world: World, call: Call) -> Json:
    """The promotion that the path names, as it is stored; nothing if there is none."""
    return world.promotions.get(call.path["promotion_id"])


def change(world: World, number: int, **facts: Json) -> None:
    """Change a stored promotion behind the rule's back."""
    world.promotions.put(number, {**world.promotions.get(number), **facts})


def promotions(world: World) -> list[Json]:
    """All stored promotions."""
    return list(world.promotions.values("all", "all"))


def made(operation: str, world: World, call: Call, **facts: Json) -> Reply:
    """What the sound creation answers, with other facts stored."""
    reply = good(operation, world, call)
    change(world, reply.body["promotion_id"], **facts)
    return reply


def updated(operation: str, world: World, call: Call, *kept: str) -> Reply:
    """What the sound update answers, with some facts left as they were."""
    before, reply = promotion_of(world, call), good(operation, world, call)
    change(world, before["id"], **{name: before[name] for name in kept})
    return reply


def told(operation: str, world: World, call: Call, **facts: Json) -> Reply:
    """What the sound rule answers, with other facts told."""
    reply: Json = good(operation, world, call)
    return Reply(200, {**reply.body, **facts})


def naming(call: Call, field: str, skus: list[str]) -> Call:
    """The call with these items of a list alone."""
    entries = {entry["sku"]: entry for entry in call.body[field] or ()}
    return with_body(call, {**call.body, field: [entries[sku] for sku in skus]})
