"""Planted bugs in what discounts do to prices."""

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP

from liveops_mock import Call, Page, Reply, World

from liveops_contract.defects import plant
from liveops_contract.defects.offer_rewiring import change, made, order_of
from liveops_contract.defects.price_rewiring import (
    BUY,
    CENT,
    OFF,
    SHOW,
    basket,
    billed,
    lowered,
    priced_as,
    shown_as,
    under_others,
    unpriced,
)
from liveops_contract.defects.promotion_rewiring import promotions
from liveops_contract.defects.rewiring import Json, elements, good

ONE, ORDER, CLAIM, PAY = (
    "get-user-offer-chain-by-id",
    "order-user-offer-chain-step-reward",
    "claim-user-offer-chain-step-reward",
    "control-pay-order",
)
GUIDE, MULTIPLY, SHOP = (
    "discounts_cost_what_the_guide_says",
    "discounts_multiply",
    "the_shop_shows_what_one_piece_costs",
)
NOTHING, STEPS = "where_nothing_is_to_pay_no_discount_acts", "steps_of_offer_chains_know_no_promotions"


@plant(BUY, caught_by=GUIDE)
def discounts_add_up(world: World, call: Call) -> Reply:
    """10, 20 and 5 percent are 35 percent."""
    return billed(world, call, lambda amount, percents, pieces: pieces * (amount * (100 - sum(percents)) / 100).quantize(CENT))


@plant(BUY, caught_by=MULTIPLY)
def each_discount_is_rounded(world: World, call: Call) -> Reply:
    """The next discount is taken off a rounded price."""

    def line(amount: Json, percents: list[Json], pieces: int) -> Json:
        for percent in percents:
            amount = lowered(amount, [percent]).quantize(CENT, ROUND_HALF_UP)
        return amount * pieces

    return billed(world, call, line)


@plant(BUY, caught_by=MULTIPLY)
def half_a_cent_goes_to_the_even_one(world: World, call: Call) -> Reply:
    """Rounded as bankers do."""
    return billed(
        world, call, lambda amount, percents, pieces: pieces * lowered(amount, percents).quantize(CENT, ROUND_HALF_EVEN)
    )


@plant(BUY, caught_by=MULTIPLY)
def the_sum_is_rounded_and_not_the_piece(world: World, call: Call) -> Reply:
    """Three pieces cost less than three times one."""
    return billed(
        world, call, lambda amount, percents, pieces: (pieces * lowered(amount, percents)).quantize(CENT, ROUND_HALF_UP)
    )


@plant(BUY, caught_by=MULTIPLY)
def one_piece_alone_is_lowered(world: World, call: Call) -> Reply:
    """The other pieces cost what the catalog says."""
    return billed(
        world,
        call,
        lambda amount, percents, pieces: lowered(amount, percents).quantize(CENT, ROUND_HALF_UP) + amount * (pieces - 1),
    )


@plant(SHOW, caught_by=SHOP)
def the_shop_shows_the_price_of_the_catalog(world: World, call: Call) -> Reply:
    """Discounts are found out about by paying."""
    return shown_as(world, call, lambda item: {"price": {**item["price"], "amount": item["price"]["amount_without_discount"]}})


@plant(SHOW, caught_by=SHOP)
def the_lowered_price_stands_twice(world: World, call: Call) -> Reply:
    """What the item costs without a discount is not told."""
    return shown_as(world, call, lambda item: {"price": {**item["price"], "amount_without_discount": item["price"]["amount"]}})


@plant(BUY, caught_by=SHOP)
def every_price_is_rounded(world: World, call: Call) -> Reply:
    """Without a discount, too."""
    return billed(world, call, lambda amount, percents, pieces: pieces * lowered(amount, percents).quantize(CENT, ROUND_HALF_UP))


@plant(SHOW, caught_by=SHOP)
def whole_prices_are_shown_with_cents(world: World, call: Call) -> Reply:
    """12 is shown as 12.00."""

    def told(item: Json) -> Json:
        amount = item["price"]["amount"]
        return {"price": {**item["price"], "amount": amount if "." in amount else f"{amount}.00"}}

    return shown_as(world, call, told)


@plant(BUY, caught_by=SHOP)
def a_discount_lowers_the_first_of_its_items(world: World, call: Call) -> Reply:
    """The rest of the list is not looked at."""
    return under_others(BUY, world, call, lambda one: {"skus": one["skus"][:1]})


@plant(BUY, caught_by=NOTHING)
def a_discount_is_used_for_nothing(world: World, call: Call) -> Reply:
    """All promotions are noted with an order without a price."""
    reply = good(BUY, world, call)
    if reply.body["price"] is not None:
        return reply
    return Reply(reply.status, {**reply.body, "promotions": [one["id"] for one in promotions(world)]})


@plant(BUY, caught_by=NOTHING)
def a_bonus_asks_for_a_price(world: World, call: Call) -> Reply:
    """With an item that has no price nothing comes on top."""
    is_free = bool(unpriced(world, basket(call)))
    return under_others(BUY, world, call, lambda one: OFF if is_free and one["kind"] == "bonus" else {})


@plant(BUY, caught_by=NOTHING)
def currencies_are_added_up(world: World, call: Call) -> Reply:
    """Ten dollars and twelve euros are twenty-two dollars."""
    prices = [world.items.get(sku)["price"] for sku in basket(call)]
    if None in prices or len({price["currency"] for price in prices}) == 1:
        return good(BUY, world, call)
    return priced_as(BUY, world, call, basket(call), prices[0])


@plant(SHOW, caught_by=NOTHING)
def what_has_no_price_is_shown_under_discounts(world: World, call: Call) -> Reply:
    """There is nothing that the discount could lower."""
    shelf = [item["sku"] for item in elements(good(SHOW, world, call))]
    free = unpriced(world, shelf)
    reply = priced_as(SHOW, world, call, free, {"amount": "1.00", "currency": "USD"})
    items = [{**item, "price": None, "can_be_bought": False} if item["sku"] in free else item for item in elements(reply)]
    return Reply(200, Page(items, reply.body.fields))


def half(price: Json) -> Json:
    """Half of a price; of nothing there is no half."""
    return price and {**price, "amount": price["amount"] / 2}


@plant(ORDER, caught_by=STEPS)
def a_step_costs_less_under_a_discount(world: World, call: Call) -> Reply:
    """The order of a step is lowered as a purchase is."""
    reply = made(world, call)
    change(world, reply.body["order_id"], price=half(world.orders.get(reply.body["order_id"])["price"]))
    return reply


@plant(ONE, caught_by=STEPS)
def a_step_is_shown_under_a_discount(world: World, call: Call) -> Reply:
    """The user sees half a price, and then pays the whole one."""
    reply = good(ONE, world, call)
    steps = [{**step, "step_price": half(step["step_price"])} for step in reply.body["steps"]]
    return Reply(200, {**reply.body, "steps": steps})


@plant(PAY, caught_by=STEPS)
def a_paid_step_brings_gifts(world: World, call: Call) -> Reply:
    """A bonus to every purchase is one to steps, too."""
    gifts = [entry for one in promotions(world) for entry in one["bonus"] or ()]
    change(world, order_of(world, call)["order_id"], bonus=gifts)
    return good(PAY, world, call)


@plant(CLAIM, caught_by=STEPS)
def a_free_step_uses_promotions(world: World, call: Call) -> Reply:
    """Each promotion is used once by it."""
    reply = good(CLAIM, world, call)
    for one in promotions(world):
        world.promotion_uses.put(
            (one["id"], world.next_id("use"), call.user_id), {"at": world.now, "pieces": 1, "order_id": None}
        )
    return reply
