"""Planted bugs in orders, behind the control door."""

from liveops_mock import Call, Problem, Reply, World

from liveops_contract.defects import plant
from liveops_contract.defects.offer_rewiring import change, order_of
from liveops_contract.defects.rewiring import good

BUY, LIST, REFUND = "control-record-purchase", "control-list-orders", "control-refund-order"
PAY, CANCEL = "control-pay-order", "control-cancel-order"
PURCHASE, TAKEN, CLOSED = (
    "a_purchase_is_an_order_that_is_paid",
    "a_refund_takes_back_what_the_order_gave",
    "a_closed_order_stays_as_it_is",
)


def reopened(operation: str, status: str, world: World, call: Call) -> Reply:
    """Do with an order what its status does not allow."""
    if order_of(world, call):
        change(world, call.path["order_id"], status=status)
    return good(operation, world, call)


@plant(BUY, caught_by=PURCHASE)
def an_order_is_paid_before_it_is_made(world: World, call: Call) -> Reply:
    """The moment of payment is a second off."""
    reply = good(BUY, world, call)
    change(world, reply.body["order_id"], paid=world.now - 1)
    return reply


@plant(BUY, caught_by=PURCHASE)
def an_order_costs_one_piece_of_each(world: World, call: Call) -> Reply:
    """The price does not count the pieces."""
    one = [{**entry, "quantity": 1} for entry in call.body["items"]]
    cheap = good(BUY, world, Call(call.path, call.query, {"items": one}, call.user_id)).body["order_id"]
    price = world.orders.get(cheap)["price"]
    good(REFUND, world, Call({**call.path, "order_id": cheap}, {}, None, ""))
    world.orders.remove(cheap)
    reply = good(BUY, world, call)
    change(world, reply.body["order_id"], price=price)
    return reply


@plant(LIST, caught_by=PURCHASE)
def the_orders_of_a_user_come_newest_first(world: World, call: Call) -> Reply:
    """The list is turned round."""
    return Reply(200, {"orders": good(LIST, world, call).body["orders"][::-1]})


@plant(LIST, caught_by=PURCHASE)
def everybody_has_the_orders_of_the_first_user(world: World, call: Call) -> Reply:
    """The user in the path is not looked at."""
    return good(LIST, world, Call({**call.path, "user_id": "user_1"}, call.query, call.body, call.user_id))


@plant(REFUND, caught_by=TAKEN)
def a_refund_leaves_the_items(world: World, call: Call) -> Reply:
    """The money goes back, the items stay."""
    order = order_of(world, call) or {}
    before = {key: world.inventory.get(key) for key in world.inventory.keys("user", order.get("user_id"))}
    reply = good(REFUND, world, call)
    for key, pieces in before.items():
        world.inventory.put(key, pieces)
    return reply


@plant(REFUND, caught_by=TAKEN)
def a_refund_takes_all_pieces_of_an_item(world: World, call: Call) -> Reply:
    """Pieces from other orders go too."""
    order, reply = order_of(world, call), good(REFUND, world, call)
    for entry in order["items"]:
        world.inventory.remove((order["user_id"], entry["sku"]))
    return reply


@plant(REFUND, caught_by=TAKEN)
def a_refund_takes_the_points_that_items_carry_now(world: World, call: Call) -> Reply:
    """The points are worked out anew instead of read from the order."""
    order = order_of(world, call)
    if order and order["status"] == "paid":
        points = dict(order["value_points"])
        for entry in order["items"]:
            for key in world.vp_rewards.keys("item", entry["sku"]):
                points[key[0]] = world.vp_rewards.get(key) * entry["quantity"]
        change(world, order["order_id"], value_points=points)
    return good(REFUND, world, call)


@plant(REFUND, caught_by="a_refund_takes_no_more_than_is_there")
def a_refund_that_finds_too_little_takes_nothing(world: World, call: Call) -> Reply:
    """Where the balance is smaller than what the order gave, it stays."""
    order = order_of(world, call)
    before = {sku: world.balances.get((sku, order["user_id"]), 0) for sku in order["value_points"]}
    reply = good(REFUND, world, call)
    for sku, had in before.items():
        if 0 < had < order["value_points"][sku]:
            world.balances.put((sku, order["user_id"]), had)
    return reply


@plant(PAY, caught_by=CLOSED)
def an_order_is_paid_as_often_as_one_likes(world: World, call: Call) -> Reply:
    """The second payment gives everything again."""
    return reopened(PAY, "new", world, call)


@plant(REFUND, caught_by=CLOSED)
def an_order_is_refunded_as_often_as_one_likes(world: World, call: Call) -> Reply:
    """The second refund takes everything again."""
    return reopened(REFUND, "paid", world, call)


@plant(CANCEL, caught_by=CLOSED)
def a_paid_order_is_canceled(world: World, call: Call) -> Reply:
    """The order counts as canceled, and what it gave stays."""
    return reopened(CANCEL, "new", world, call)


@plant(PAY, caught_by=CLOSED)
def a_second_payment_moves_the_first(world: World, call: Call) -> Reply:
    """The payment is refused, and the order counts as paid now."""
    try:
        return good(PAY, world, call)
    except Problem:
        if order_of(world, call):
            change(world, call.path["order_id"], status="paid", paid=world.now + 1)
        raise
