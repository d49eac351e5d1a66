"""What things cost, exactly: amounts are decimals and never floats."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Context, Decimal

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
