"""The words in which the season of promotions is told: what an operator puts up, what somebody did, and what came of it."""

from datetime import datetime
from fractions import Fraction
from typing import Any, NamedTuple

Window = tuple[datetime, datetime | None]
Condition = tuple[str, str]  # how a price compares, and with what


class Schedule(NamedTuple):
    """When a count starts over."""

    interval: str
    time: str
    day: int | None = None


class Item(NamedTuple):
    """An item of the catalog; without a price there is nothing to pay, without a limit any number may be bought."""

    price: str | None
    per_user: int | None = None
    schedule: Schedule | None = None


class Promotion(NamedTuple):
    """A discount, if it has a percentage, else a bonus; of named items, or of all whose price meets the conditions."""

    percent: str | None = None
    gifts: dict[str, int] | None = None
    items: tuple[str, ...] = ()
    prices: tuple[Condition, ...] = ()
    windows: tuple[Window, ...] = ()
    excludes: tuple[str, ...] = ()
    per_user: int | None = None
    schedule: Schedule | None = None
    tier: str | None = None


class Campaign(NamedTuple):
    """A coupon, a promo code or a unique catalog offer."""

    kind: str
    gifts: dict[str, int] | None = None
    percent: str | None = None
    percents: dict[str, str] | None = None
    items: tuple[str, ...] = ()
    cart_prices: tuple[Condition, ...] = ()
    item_prices: tuple[Condition, ...] = ()
    windows: tuple[Window, ...] = ()
    excludes: tuple[str, ...] = ()
    total: int | None = None
    per_user: int | None = None
    per_code: int | None = None
    tier: str | None = None


class Refused(NamedTuple):
    """The answer was a refusal with this code."""

    code: int


class Basket(NamedTuple):
    """A cart: what it costs now, what it would cost without promotions, what a piece of each costs, and what comes on top."""

    price: Fraction | None
    full_price: Fraction | None
    pieces: dict[str, Fraction | None]
    gifts: dict[str, int]


class Bill(NamedTuple):
    """An order: what is to pay, what comes on top, which promotions do that, and which codes it uses up."""

    price: Fraction | None
    gifts: dict[str, int]
    promotions: frozenset[str]
    codes: frozenset[str]


class Deed(NamedTuple):
    """What somebody did, and what came of it."""

    at: datetime
    what: str
    detail: tuple[Any, ...]
    answer: Any


DONE = "done"
