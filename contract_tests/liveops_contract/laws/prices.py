"""The laws of what discounts do to prices, in orders and in the shop."""

from hypothesis import strategies as st

from liveops_contract.api import Api, Json
from liveops_contract.checks import Draw, law
from liveops_contract.laws import scenes
from liveops_contract.laws.offer_chain_scenes import CLAIM, ONE, ORDER, claim, open_chain, order, pay, step, view
from liveops_contract.laws.price_scenes import (
    BOW,
    GIFT,
    SHIELD,
    SHOW,
    SWORD,
    baskets_of,
    cents,
    deal,
    label,
    money,
    piece,
    promised,
    shelve,
    shown,
    stage_a_deal,
)
from liveops_contract.laws.promotion_scenes import BONUSES, DISCOUNTS, bonus, discount, new

AMOUNTS = ("0.01", "0.05", "1234.5678", "0.125", "9.99", "12")
PERCENTS = ("5", "10", "12.5", "20.00", "33.33", "50.00", "99.99")
UNEVEN = (("0.01", ["50"]), ("0.25", ["10"]), ("0.45", ["50.00"]), ("0.05", ["50", "50"]))  # half a cent is left on the way
WARES = (SWORD, SHIELD, BOW)
PRICES = (money("10.00"), money("0.125"), money("12", "EUR"), None)


@law(DISCOUNTS.create, SHOW)
def discounts_cost_what_the_guide_says(api: Api, draw: Draw) -> None:
    """10.00 with 10, 20 and 5 percent off is 6.84, in whatever order they were made."""
    shelve(api, {SWORD: money("10.00")})
    for percent in draw(st.permutations(("10.00", "20", "5.0"))):
        new(api, DISCOUNTS, discount(percent, SWORD))

    assert shown(api)[SWORD]["price"]["amount"] == "6.84"
    assert scenes.control_of(api).purchase("user_1", {SWORD: 1})["price"] == {"amount": 6.84, "currency": "USD"}


@law(DISCOUNTS.create)
def discounts_multiply(api: Api, draw: Draw) -> None:
    """A piece is rounded to cents once, half a cent up, after all its discounts; pieces are counted then."""
    any_prices = st.tuples(st.sampled_from(AMOUNTS), st.lists(st.sampled_from(PERCENTS), min_size=1, max_size=3))
    amount, percents = draw(st.sampled_from(UNEVEN) | any_prices)
    pieces = draw(st.integers(1, 5))
    shelve(api, {SWORD: money(amount)})
    for percent in percents:
        new(api, DISCOUNTS, discount(percent, SWORD))
    paid = scenes.control_of(api).purchase("user_1", {SWORD: pieces})["price"]

    assert paid == {"amount": pieces * cents(amount, percents) / 100, "currency": "USD"}


@law(SHOW, DISCOUNTS.create)
def the_shop_shows_what_one_piece_costs(api: Api, draw: Draw) -> None:
    """As an order of one piece does; beside it stands the price of the catalog, which without a discount is the price."""
    amounts = dict(zip(WARES, draw(st.lists(st.sampled_from(AMOUNTS[3:]), min_size=3, max_size=3)), strict=True))
    shelve(api, {sku: money(amount) for sku, amount in amounts.items()})
    percents: dict[str, list[str]] = {sku: [] for sku in WARES}
    some = st.lists(st.sampled_from(WARES), min_size=1, max_size=2, unique=True)
    for percent, skus in draw(st.lists(st.tuples(st.sampled_from(PERCENTS), some), min_size=1, max_size=3)):
        new(api, DISCOUNTS, discount(percent, *skus))
        for sku in skus:
            percents[sku].append(percent)
    said = shown(api)

    for sku, amount in amounts.items():
        told = {"amount": label(amount, percents[sku]), "amount_without_discount": amount, "currency": "USD"}
        paid = scenes.control_of(api).purchase("user_1", {sku: 1})["price"]
        assert (said[sku]["price"], paid["amount"]) == (told, float(piece(amount, percents[sku])))


@law(DISCOUNTS.create, BONUSES.create, SHOW)
def where_nothing_is_to_pay_no_discount_acts(api: Api, draw: Draw) -> None:
    """A basket costs the sum of its pieces; with an item that has no price, or in two currencies, gifts alone are there."""
    prices = dict(zip(WARES, draw(st.lists(st.sampled_from(PRICES), min_size=3, max_size=3)), strict=True))
    shelve(api, prices)
    scenes.control_of(api).put_item(GIFT)
    numbers = [new(api, DISCOUNTS, discount("10", SWORD, BOW)), new(api, BONUSES, bonus({GIFT: 1}))]
    for chosen in baskets_of(WARES):
        basket = {sku: draw(st.integers(1, 3)) for sku in chosen}
        paid = scenes.control_of(api).purchase("user_1", basket)
        price = total(prices, basket)
        is_lowered = price is not None and chosen != (SHIELD,)
        assert (paid["price"], paid["promotions"]) == (price, numbers if is_lowered else numbers[1:])
        assert paid["bonus"] == [{"sku": GIFT, "quantity": 1}]
    for sku, item in shown(api).items():
        names = ["Discount"] if prices[sku] and sku != SHIELD else []
        assert [promotion["name"] for promotion in item["promotions"]] == [*names, "Bonus"]


def total(prices: dict[str, Json], basket: dict[str, int]) -> Json:
    """What a basket costs with ten percent off sword and bow; nothing where that can't be said."""
    known = [prices[sku] for sku in basket]
    if None in known or len({price["currency"] for price in known}) > 1:
        return None
    sums = [piece(prices[sku]["amount"], [] if sku == SHIELD else ["10"]) * pieces for sku, pieces in basket.items()]
    return {"amount": float(sum(sums)), "currency": known[0]["currency"]}


@law(ORDER, CLAIM, ONE, DISCOUNTS.create, BONUSES.create)
def steps_of_offer_chains_know_no_promotions(api: Api, draw: Draw) -> None:
    """They cost what the catalog says and give what the step says, and no use of a promotion is taken for them."""
    stage_a_deal(api, *[{"limits": {"per_user": 1}}] * 2)
    pieces, is_free = draw(st.integers(1, 3)), draw(st.booleans())
    chain = scenes.new_offer_chain(api, open_chain(step(1, pieces, is_free=is_free, sku=SWORD)))
    price = None if is_free else {"amount": 10.0 * pieces, "currency": "USD"}
    told = view(api, chain)["steps"][0]["step_price"]
    code = claim(api, chain, 1) if is_free else pay(api, order(api, chain, 1)["order_id"])
    (made,) = scenes.control_of(api).orders("user_1")

    assert (code, told, made["price"], made["bonus"], made["promotions"]) == (None, price, price, [], [])
    assert scenes.control_of(api).inventory("user_1") == {SWORD: pieces}
    assert deal(api) == promised(is_lowered=True, has_gift=True)
