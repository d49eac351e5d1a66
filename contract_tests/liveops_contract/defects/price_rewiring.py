"""What planted bugs in prices and gifts are made of: purchases and the shop under other promotions, or with other sums."""

from collections.abc import Callable, Iterable
from decimal import Decimal

from liveops_mock import Call, Page, Reply, World

from liveops_contract.defects.promotion_rewiring import promotions
from liveops_contract.defects.rewiring import Json, each_otherwise, elements, good

BUY, SHOW = "control-record-purchase", "get-upsell-for-project-client"
CENT = Decimal("0.01")
OFF = {"is_enabled": False}
Line = Callable[[Decimal, list[Decimal], int], Decimal]  # amount, percents, pieces → what they cost together


def under_others(operation: str, world: World, call: Call, change: Callable[[Json], Json]) -> Reply:
    """What the sound rule answers if each promotion had other facts; `change` answers those that are other."""
    numbers = [one["id"] for one in promotions(world)]
    with each_otherwise(world.promotions, numbers, lambda one: {**one, **change(one)}):
        return good(operation, world, call)


def priced_as(operation: str, world: World, call: Call, skus: Iterable[str], price: Json) -> Reply:
    """What the sound rule answers if some items had another price."""
    with each_otherwise(world.items, list(skus), lambda item: {**item, "price": price}):
        return good(operation, world, call)


def basket(call: Call) -> list[str]:
    """The SKUs that a purchase is about."""
    return [entry["sku"] for entry in call.body["items"]]


def unpriced(world: World, skus: Iterable[str]) -> list[str]:
    """Those of some items that have no price."""
    return [sku for sku in skus if world.items.get(sku)["price"] is None]


def billed(world: World, call: Call, line: Line) -> Reply:
    """What a purchase answers if each of its lines cost something else."""
    reply = good(BUY, world, call)
    if reply.body["price"] is None:
        return reply
    acting = [world.promotions.get(number) for number in reply.body["promotions"]]
    amount = Decimal(0)
    for entry in call.body["items"]:
        percents = [Decimal(one["percent"]) for one in acting if one["percent"] and entry["sku"] in one["skus"]]
        amount += line(Decimal(world.items.get(entry["sku"])["price"]["amount"]), percents, entry["quantity"])
    return Reply(reply.status, {**reply.body, "price": {**reply.body["price"], "amount": float(amount)}})


def lowered(amount: Decimal, percents: list[Decimal]) -> Decimal:
    """What is left of an amount under discounts, before it is rounded."""
    for percent in percents:
        amount *= 1 - percent / 100
    return amount


def shown_as(world: World, call: Call, change: Callable[[Json], Json]) -> Reply:
    """What the shop shows if some facts of each item were told otherwise."""
    reply = good(SHOW, world, call)
    return Reply(200, Page([{**item, **change(item)} for item in elements(reply)], reply.body.fields))


def told_as(world: World, call: Call, change: Callable[[Json], Json]) -> Reply:
    """What the shop shows if some facts of each promotion were told otherwise."""
    return shown_as(world, call, lambda item: {"promotions": [{**one, **change(one)} for one in item["promotions"]]})
