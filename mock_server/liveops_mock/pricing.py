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
    """What a purchase costs (None where nothing is to pay), what comes on top, and the promotions that make it so.

    `codes` are those that the payment uses up, each with the redemption that is reserved for it.
    """

    price: Json
    bonus: Sequence[Json] = ()
    promotions: Sequence[int] = ()
    codes: Sequence[Json] = ()


def bill_of(world: World, user_id: str, items: list[Json], code: Sequence[Json] = ()) -> Bill:
    """What a user gets these items for now, with what a promo code does to them."""
    acting_now = acting_on(world, user_id, items, code)
    bonus = [entry for promotion in acting_now for entry in promotion["bonus"] or ()]
    counted = [promotion["id"] for promotion in acting_now if promotion not in code]
    return Bill(price_of(world, items, acting_now), bonus, counted)


def acting_on(world: World, user_id: str, items: list[Json], code: Sequence[Json] = ()) -> list[Json]:
    """The promotions that act when the user buys these items now, and what a promo code does, where none excludes it."""
    is_payable = total_of(world, items) is not None
    return acting(world, [*available(world, user_id), *code], {entry["sku"] for entry in items}, is_payable=is_payable)


def price_of(world: World, items: list[Json], promotions: Sequence[Json] = ()) -> Json:
    """What items cost together under these promotions; nothing where one has no price, or there are two currencies."""
    total = total_of(world, items, promotions)
    return None if total is None else {"amount": float(total), "currency": world.items.get(items[0]["sku"])["price"]["currency"]}


def total_of(world: World, items: list[Json], promotions: Sequence[Json] = ()) -> Decimal | None:
    """The same as an exact amount."""
    prices = [world.items.get(entry["sku"])["price"] for entry in items]
    if None in prices or len({price["currency"] for price in prices}) > 1:
        return None
    return sum((piece_price(world, entry["sku"], promotions) * entry["quantity"] for entry in items), Decimal(0))


def piece_price(world: World, sku: str, promotions: Sequence[Json]) -> Decimal:
    """What one piece of an item that has a price costs under these promotions."""
    percents = [Decimal(one["percent"]) for one in promotions if one["kind"] == "discount" and is_about(world, one, sku)]
    return after_discounts(Decimal(world.items.get(sku)["price"]["amount"]), percents)
