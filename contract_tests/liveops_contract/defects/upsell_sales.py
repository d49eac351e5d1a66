"""Planted bugs in what the upsell takes for a best seller."""

from collections import Counter
from collections.abc import Callable

from liveops_mock import Call, Page, Reply, World

from liveops_contract.defects import plant
from liveops_contract.defects.rewiring import Json, elements, good

SHOW, BEST = "get-upsell-for-project-client", "the_best_sellers_of_thirty_days_come_first"
GIFTS = "what_is_given_away_is_no_best_seller"
DAY = 86_400


def sold_as(world: World, call: Call, change: Callable[[Json], Json]) -> Reply:
    """What users are shown if each order were another one, or none."""
    before = {order["order_id"]: order for user in ("user_1", "user_2") for order in world.orders.values("user", user)}
    for number, order in before.items():
        other = change(order)
        world.orders.put(number, other) if other else world.orders.remove(number)
    try:
        return good(SHOW, world, call)
    finally:
        for number, order in before.items():
            world.orders.put(number, order)


@plant(SHOW, caught_by=BEST)
def refunded_sales_count(world: World, call: Call) -> Reply:
    """What was given back still counts as sold."""
    return sold_as(world, call, lambda order: {**order, "status": "paid"})


@plant(SHOW, caught_by=GIFTS)
def gifts_count_as_sales(world: World, call: Call) -> Reply:
    """A free step of an offer chain is taken for a purchase."""
    return sold_as(world, call, lambda order: {**order, "offer": None})


@plant(SHOW, caught_by=GIFTS)
def steps_of_offer_chains_do_not_count(world: World, call: Call) -> Reply:
    """What is bought in an offer chain is taken for a gift."""
    return sold_as(world, call, lambda order: order if order["offer"] is None else None)


@plant(SHOW, caught_by=GIFTS)
def orders_count_before_they_are_paid(world: World, call: Call) -> Reply:
    """A new order is taken for a sale."""
    return sold_as(world, call, lambda order: {**order, "status": "paid", "paid": world.now} if order["price"] else order)


@plant(SHOW, caught_by=BEST)
def orders_count_and_not_pieces(world: World, call: Call) -> Reply:
    """Three pieces in one order count as one."""
    return sold_as(world, call, lambda order: {**order, "items": [{**entry, "quantity": 1} for entry in order["items"]]})


@plant(SHOW, caught_by=BEST)
def only_the_first_item_of_an_order_counts(world: World, call: Call) -> Reply:
    """What else was in the basket is not looked at."""
    return sold_as(world, call, lambda order: {**order, "items": order["items"][:1]})


@plant(SHOW, caught_by=BEST)
def only_own_purchases_count(world: World, call: Call) -> Reply:
    """Every user has best sellers of the user's own."""
    return sold_as(world, call, lambda order: order if order["user_id"] == call.user_id else None)


@plant(SHOW, caught_by=BEST)
def sales_count_for_ever(world: World, call: Call) -> Reply:
    """The thirty days are not looked at."""
    return sold_as(world, call, lambda order: {**order, "paid": world.now})


@plant(SHOW, caught_by=BEST)
def the_thirtieth_day_ends_a_second_early(world: World, call: Call) -> Reply:
    """A sale of exactly thirty days ago counts no longer."""
    return sold_as(world, call, lambda order: {**order, "paid": order["paid"] - 1})


@plant(SHOW, caught_by=BEST)
def the_thirtieth_day_ends_a_second_late(world: World, call: Call) -> Reply:
    """A sale of thirty days and a second ago still counts."""
    return sold_as(world, call, lambda order: {**order, "paid": order["paid"] + 1})


@plant(SHOW, caught_by=BEST)
def the_worst_seller_comes_first(world: World, call: Call) -> Reply:
    """The ranking is turned round."""
    reply = good(SHOW, world, call)
    return Reply(200, Page(elements(reply)[::-1], reply.body.fields))


@plant(SHOW, caught_by=BEST)
def equal_sellers_come_as_they_were_sold(world: World, call: Call) -> Reply:
    """Of two with equally many pieces the one that was sold first comes first."""
    reply = good(SHOW, world, call)
    paid = list(world.orders.values("payment", "paid"))
    places = list(dict.fromkeys(entry["sku"] for order in paid for entry in order["items"]))
    pieces = Counter(dict.fromkeys(places, 0))
    for order in paid:
        if world.now - order["paid"] <= 30 * DAY:
            pieces.update({entry["sku"]: entry["quantity"] for entry in order["items"]})
    ranked = sorted(elements(reply), key=lambda item: (-pieces[item["sku"]], places.index(item["sku"])))
    return Reply(200, Page(ranked, reply.body.fields))
