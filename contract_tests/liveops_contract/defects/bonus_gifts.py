"""Planted bugs in free items: when they come, how many, and what a refund leaves."""

from liveops_mock import Call, Reply, World

from liveops_contract.defects import plant
from liveops_contract.defects.offer_rewiring import change, order_of
from liveops_contract.defects.price_rewiring import BUY, OFF, basket, priced_as, under_others, unpriced
from liveops_contract.defects.promotion_rewiring import promotions
from liveops_contract.defects.rewiring import Json, good

REFUND = "control-refund-order"
ONCE, ASKS, BACK = (
    "free_items_come_once_with_a_purchase",
    "a_bonus_asks_for_all_of_its_items",
    "a_refund_takes_the_free_items_back",
)


def giving(one: Json, pieces: int) -> Json:
    """The free items of a bonus, each so many times."""
    return {"bonus": one["bonus"] and [{**entry, "quantity": entry["quantity"] * pieces} for entry in one["bonus"]]}


@plant(BUY, caught_by=ONCE)
def gifts_come_with_each_piece(world: World, call: Call) -> Reply:
    """Who buys three pieces gets three times as much on top."""
    pieces = sum(entry["quantity"] for entry in call.body["items"])
    return under_others(BUY, world, call, lambda one: giving(one, pieces))


@plant(BUY, caught_by=ONCE)
def one_bonus_is_enough(world: World, call: Call) -> Reply:
    """Of several bonuses the first one gives."""
    first = min(one["id"] for one in promotions(world))
    return under_others(BUY, world, call, lambda one: {} if one["id"] == first else OFF)


@plant(BUY, caught_by=ONCE)
def one_piece_of_each_gift_comes(world: World, call: Call) -> Reply:
    """How many are given is not looked at."""
    return under_others(BUY, world, call, lambda one: {"bonus": [{**entry, "quantity": 1} for entry in one["bonus"] or ()]})


@plant(BUY, caught_by=ONCE)
def gifts_are_paid_for(world: World, call: Call) -> Reply:
    """The price counts what comes on top."""
    reply = good(BUY, world, call)
    prices = [float(world.items.get(entry["sku"])["price"]["amount"]) * entry["quantity"] for entry in reply.body["bonus"]]
    price = {**reply.body["price"], "amount": reply.body["price"]["amount"] + sum(prices)}
    return Reply(reply.status, {**reply.body, "price": price})


@plant(BUY, caught_by=ONCE)
def gifts_carry_points(world: World, call: Call) -> Reply:
    """What is given for nothing counts as bought."""
    reply = good(BUY, world, call)
    for entry in reply.body["bonus"]:
        for point, sku in world.vp_rewards.keys("item", entry["sku"]):
            key = (point, call.path["user_id"])
            world.balances.put(key, world.balances.get(key, 0) + world.vp_rewards.get((point, sku)) * entry["quantity"])
    return reply


@plant(BUY, caught_by=ONCE)
def gifts_are_promised_alone(world: World, call: Call) -> Reply:
    """They stand in the order, and not in the inventory."""
    reply = good(BUY, world, call)
    for entry in reply.body["bonus"]:
        key = (call.path["user_id"], entry["sku"])
        left = world.inventory.get(key) - entry["quantity"]
        world.inventory.put(key, left) if left else world.inventory.remove(key)
    return reply


@plant(BUY, caught_by=ASKS)
def one_of_its_items_is_enough(world: World, call: Call) -> Reply:
    """The others need not be bought."""
    return under_others(
        BUY, world, call, lambda one: {"skus": one["skus"] and (sorted(set(one["skus"]) & set(basket(call))) or one["skus"])}
    )


@plant(BUY, caught_by=ASKS)
def nothing_else_may_be_bought(world: World, call: Call) -> Reply:
    """A bonus for some items asks for these alone."""
    return under_others(BUY, world, call, lambda one: OFF if one["skus"] and set(one["skus"]) != set(basket(call)) else {})


@plant(BUY, caught_by=ASKS)
def listed_items_of_a_bonus_may_cost_anything(world: World, call: Call) -> Reply:
    """Beside a list the price is not asked for."""
    return under_others(BUY, world, call, lambda one: {"price_conditions": None} if one["skus"] else {})


@plant(BUY, caught_by=ASKS)
def a_bonus_for_everything_is_for_nothing(world: World, call: Call) -> Reply:
    """Without items and prices a bonus is never given."""
    return under_others(BUY, world, call, lambda one: {} if one["skus"] or one["price_conditions"] else OFF)


@plant(BUY, caught_by=ASKS)
def a_price_is_asked_of_all_items(world: World, call: Call) -> Reply:
    """One item at such a price is not enough."""
    return under_others(
        BUY, world, call, lambda one: {"skus": basket(call)} if not one["skus"] and one["price_conditions"] else {}
    )


@plant(BUY, caught_by=ASKS)
def no_price_is_a_price_of_nothing(world: World, call: Call) -> Reply:
    """What has no price costs less than anything else."""
    return priced_as(BUY, world, call, unpriced(world, basket(call)), {"amount": "0", "currency": "USD"})


@plant(REFUND, caught_by=BACK)
def a_refund_leaves_the_gifts(world: World, call: Call) -> Reply:
    """The money goes back, what came on top stays."""
    change(world, call.path["order_id"], bonus=[])
    return good(REFUND, world, call)


@plant(REFUND, caught_by=BACK)
def a_refund_takes_what_the_bonus_gives_now(world: World, call: Call) -> Reply:
    """The gifts are worked out anew instead of read from the order."""
    gifts = [entry for one in promotions(world) for entry in one["bonus"] or ()]
    change(world, call.path["order_id"], bonus=gifts)
    return good(REFUND, world, call)


@plant(REFUND, caught_by=BACK)
def a_refund_takes_all_gifts(world: World, call: Call) -> Reply:
    """Those of other purchases go too."""
    order, reply = order_of(world, call), good(REFUND, world, call)
    for entry in order["bonus"]:
        world.inventory.remove((order["user_id"], entry["sku"]))
    return reply
