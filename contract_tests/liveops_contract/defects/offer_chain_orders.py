"""Planted bugs in orders of offer chain steps."""

from liveops_mock import Call, Problem, Reply, World

from liveops_contract.defects import plant
from liveops_contract.defects.offer_rewiring import change, claim_of, claims_of, made, order_of
from liveops_contract.defects.rewiring import good

CLAIM, ORDER, DELETE = (
    "claim-user-offer-chain-step-reward",
    "order-user-offer-chain-step-reward",
    "admin-delete-offer-chain",
)
PAY, CANCEL, REFUND = "control-pay-order", "control-cancel-order", "control-refund-order"
PRICE, COUNTS, ONCE = (
    "an_order_costs_what_the_catalog_says_at_that_moment",
    "an_ordered_step_counts_once_it_is_paid",
    "a_step_is_paid_once_however_often_it_is_ordered",
)
OPEN_AGAIN, OUTLIVES = "a_refunded_step_is_open_again", "an_open_order_outlives_what_becomes_of_its_chain"
LATE, NEW_ROUND = "an_order_from_before_a_reset_counts_when_it_is_paid", "a_refund_after_a_reset_leaves_the_new_round_alone"


@plant(ORDER, caught_by=PRICE)
def an_order_costs_one_piece(world: World, call: Call) -> Reply:
    """The pieces are not counted."""
    reply = good(ORDER, world, call)
    order = world.orders.get(reply.body["order_id"])
    price = {**order["price"], "amount": order["price"]["amount"] / order["items"][0]["quantity"]}
    change(world, order["order_id"], price=price)
    return reply


@plant(PAY, caught_by=PRICE)
def a_payment_asks_for_the_price_of_then(world: World, call: Call) -> Reply:
    """The price is worked out anew when the order is paid."""
    reply, order = good(PAY, world, call), order_of(world, call)
    now = world.items.get(order["items"][0]["sku"])["price"]
    price = now and {"amount": float(now["amount"]) * order["items"][0]["quantity"], "currency": now["currency"]}
    change(world, order["order_id"], price=price)
    return reply


@plant(ORDER, caught_by="a_step_without_a_price_cannot_be_ordered")
def what_has_no_price_costs_nothing(world: World, call: Call) -> Reply:
    """Where no price is found, an order of 0 is made."""
    try:
        return good(ORDER, world, call)
    except Problem as problem:
        if problem.code != 6233:
            raise
        return Reply(200, {"order_id": 1, "token": "x"})


@plant(ORDER, caught_by=COUNTS)
def a_step_counts_when_it_is_ordered(world: World, call: Call) -> Reply:
    """Nobody waits for the payment."""
    reply = good(ORDER, world, call)
    order = world.orders.get(reply.body["order_id"])
    world.offer_claims.put(claim_of(order), order["order_id"])
    return reply


@plant(PAY, caught_by=COUNTS)
def a_payment_gives_items_and_no_step(world: World, call: Call) -> Reply:
    """The paid step is still the next one."""
    reply, order = good(PAY, world, call), order_of(world, call)
    if order["offer"]:
        world.offer_claims.remove(claim_of(order))
    return reply


@plant(PAY, caught_by=COUNTS)
def a_payment_gives_no_value_points(world: World, call: Call) -> Reply:
    """Points are given for purchases in the shop alone."""
    reply, order = good(PAY, world, call), order_of(world, call)
    for sku, amount in order["value_points"].items():
        world.balances.put((sku, order["user_id"]), world.balances.get((sku, order["user_id"])) - amount)
    return reply


@plant(ORDER, caught_by=COUNTS)
def the_token_opens_another_payment(world: World, call: Call) -> Reply:
    """The token answered is not that of the order."""
    return made(world, call, token="x" * 32)


@plant(PAY, caught_by=COUNTS)
def an_order_is_paid_when_it_was_made(world: World, call: Call) -> Reply:
    """The moment of payment is the one of the order."""
    good(PAY, world, call)
    change(world, call.path["order_id"], paid=order_of(world, call)["created"])
    return good("control-read-order", world, call)


@plant(ORDER, caught_by=ONCE)
def all_orders_of_a_user_have_one_token(world: World, call: Call) -> Reply:
    """The token is not new."""
    reply = good(ORDER, world, call)
    first = world.orders.get(next(iter(world.orders.keys("user", call.user_id))))
    change(world, reply.body["order_id"], token=first["token"])
    return Reply(200, {**reply.body, "token": first["token"]})


@plant(PAY, caught_by=(ONCE, LATE, "OfferChainJourney"))
def a_step_is_given_as_often_as_it_is_paid(world: World, call: Call) -> Reply:
    """Nobody looks whether the user has the step."""
    order = order_of(world, call)
    if order and order["offer"] and order["status"] == "new":
        world.offer_claims.remove(claim_of(order))
    return good(PAY, world, call)


@plant(PAY, caught_by=ONCE)
def a_second_payment_is_taken_and_gives_nothing(world: World, call: Call) -> Reply:
    """The money is gone."""
    try:
        return good(PAY, world, call)
    except Problem as problem:
        if problem.code != 9912:
            raise
        change(world, call.path["order_id"], status="paid", paid=world.now)
        return good("control-read-order", world, call)


@plant(PAY, caught_by="a_canceled_order_can_not_be_paid")
def a_canceled_order_comes_back(world: World, call: Call) -> Reply:
    """A payment opens a canceled order again."""
    order = order_of(world, call)
    if order and order["status"] == "canceled":
        change(world, order["order_id"], status="new")
    return good(PAY, world, call)


@plant(CANCEL, caught_by="a_canceled_order_can_not_be_paid")
def a_cancellation_takes_the_step(world: World, call: Call) -> Reply:
    """The step counts as dealt with."""
    reply, order = good(CANCEL, world, call), order_of(world, call)
    world.offer_claims.put(claim_of(order), order["order_id"])
    return reply


@plant(REFUND, caught_by="a_canceled_order_can_not_be_paid")
def an_order_is_refunded_before_it_is_paid(world: World, call: Call) -> Reply:
    """A new order is refunded too."""
    order = order_of(world, call)
    if order and order["status"] == "new":
        change(world, order["order_id"], status="paid")
    return good(REFUND, world, call)


@plant(REFUND, caught_by=(OPEN_AGAIN, "OfferChainJourney"))
def a_refunded_step_stays_taken(world: World, call: Call) -> Reply:
    """The money goes back, and the user walks on."""
    order = order_of(world, call)
    had = order and order["offer"] and claim_of(order) in world.offer_claims
    reply = good(REFUND, world, call)
    if had:
        world.offer_claims.put(claim_of(order), order["order_id"])
    return reply


@plant(REFUND, caught_by=OPEN_AGAIN)
def a_refund_starts_the_chain_over(world: World, call: Call) -> Reply:
    """The user loses all steps with the one."""
    reply, order = good(REFUND, world, call), order_of(world, call)
    path = {"offer_chain_id": order["offer"]["offer_chain_id"]}
    for key in claims_of(world, Call(path, {}, None, "")):
        world.offer_claims.remove(key)
    return reply


@plant(DELETE, caught_by=OUTLIVES)
def a_deletion_cancels_open_orders(world: World, call: Call) -> Reply:
    """What was ordered from a deleted chain can't be paid."""
    reply = good(DELETE, world, call)
    for order in list(world.orders.values("user", "user_1")):
        if order["status"] == "new":
            change(world, order["order_id"], status="canceled")
    return reply


@plant(PAY, caught_by=OUTLIVES)
def a_payment_for_a_step_that_is_gone_gives_nothing(world: World, call: Call) -> Reply:
    """The items are looked up in the chain when they are paid."""
    order = order_of(world, call)
    chain = order and order["offer"] and world.offer_chains.get(order["offer"]["offer_chain_id"])
    steps = [step["step_id"] for step in chain["steps"]] if chain else []
    if order and order["offer"] and order["offer"]["step_id"] not in steps:
        change(world, order["order_id"], items=[])
    return good(PAY, world, call)


@plant(CLAIM, caught_by="a_step_whose_points_find_no_room_is_not_given")
def a_claim_without_room_gives_the_items(world: World, call: Call) -> Reply:
    """The refusal comes when the items are given already."""
    try:
        return good(CLAIM, world, call)
    except Problem:
        world.inventory.put((call.user_id, "com.xsolla.item_1"), 1)
        raise


@plant(PAY, caught_by="a_step_whose_points_find_no_room_is_not_given")
def points_without_room_are_dropped(world: World, call: Call) -> Reply:
    """The balance stays at its most, and the payment is taken."""
    before = {key: world.balances.get(key) for key in world.balances.keys("user", order_of(world, call)["user_id"])}
    for key in before:
        world.balances.remove(key)
    reply = good(PAY, world, call)
    for key in before:
        world.balances.put(key, 2147483647)
    return reply


@plant(PAY, caught_by=LATE)
def an_order_of_the_last_round_gives_no_step(world: World, call: Call) -> Reply:
    """The step is noted for orders of this round alone."""
    reply, order = good(PAY, world, call), order_of(world, call)
    if order["created"] < world.now - world.now % 3600:
        world.offer_claims.remove(claim_of(order))
    return reply


@plant(REFUND, caught_by=NEW_ROUND)
def a_refund_opens_the_step_of_the_new_round(world: World, call: Call) -> Reply:
    """Nobody looks which order gave the step."""
    reply, order = good(REFUND, world, call), order_of(world, call)
    world.offer_claims.remove(claim_of(order))
    return reply
