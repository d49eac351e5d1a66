"""What things cost, exactly: amounts are decimals and never floats."""

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any, NamedTuple

from .promotions import acting, available, is_about
from .world import World

Json = Any
CENT = Decimal("0.01")
EXACT = Context(prec=400)  # enough digits for any amount under a hundred discounts


def after_discounts(amount: Decimal, percents: Iterable[Decimal]) -> Decimal:
    """What is left of an amount: discounts multiply, in whatever order, and the result is rounded once, to cents.

    Without discounts the amount stays as it is, however many decimals it has.
    """
    left, is_reduced = amount, False
    for percent in percents:
        left, is_reduced = EXACT.multiply(left, EXACT.divide(100 - percent, 100)), True
    return left.quantize(CENT, ROUND_HALF_UP, EXACT) if is_reduced else amount


class Bill(NamedTuple):
    """What a purchase costs (None where nothing is to pay), what comes on top, and the promotions that make it so."""

    price: Json
    bonus: Sequence[Json] = ()
    promotions: Sequence[int] = ()


def bill_of(world: World, user_id: str, items: list[Json]) -> Bill:
    """What a user gets these items for now."""
    is_payable = price_of(world, items) is not None
    acting_now = acting(world, available(world, user_id), {entry["sku"] for entry in items}, is_payable=is_payable)
    bonus = [entry for promotion in acting_now for entry in promotion["bonus"] or ()]
    return Bill(price_of(world, items, acting_now), bonus, [promotion["id"] for promotion in acting_now])


def price_of(world: World, items: list[Json], promotions: Sequence[Json] = ()) -> Json:
    """What items cost together under these promotions; nothing where one has no price, or there are two currencies."""
    prices = [world.items.get(entry["sku"])["price"] for entry in items]
    if None in prices or len({price["currency"] for price in prices}) > 1:
        return None
    amounts = [piece_price(world, entry["sku"], promotions) * entry["quantity"] for entry in items]
    return {"amount": float(sum(amounts)), "currency": prices[0]["currency"]}


def piece_price(world: World, sku: str, promotions: Sequence[Json]) -> Decimal:
    """What one piece of an item that has a price costs under these promotions."""
    percents = [Decimal(one["percent"]) for one in promotions if one["kind"] == "discount" and is_about(world, one, sku)]
    return after_discounts(Decimal(world.items.get(sku)["price"]["amount"]), percents)
