"""What the laws of prices and gifts set up and look at: items on a shelf, what users pay for them, what the shop says of that."""

import operator
from collections.abc import Iterable, Mapping
from fractions import Fraction
from itertools import combinations
from math import floor, prod
from typing import NamedTuple

from hypothesis import strategies as st

from liveops_contract.api import Api, Json
from liveops_contract.laws import scenes
from liveops_contract.laws.promotion_scenes import BONUSES, DISCOUNTS, bonus, discount, new
from liveops_contract.laws.upsell import fixed_list
from liveops_contract.promotion_strategies import COMPARISONS

SHOW = "get-upsell-for-project-client"
SWORD, SHIELD, BOW, GIFT = "sword", "shield", "bow", "gift"
Deal = tuple[Json, Json, list[str], Json]  # the price that is shown, the one that is paid, promotions by name, and free items


def money(amount: str | None, currency: str = "USD") -> Json:
    """A price of the catalog, or none."""
    return amount and {"amount": amount, "currency": currency}


def shelve(api: Api, prices: Mapping[str, Json]) -> None:
    """Put items at these prices into the catalog, and let the shop show them."""
    for sku, price in prices.items():
        scenes.control_of(api).put_item(sku, price=price)
    api.call("post-upsell", body=fixed_list(*prices))


def shown(api: Api, user: str = "user_1") -> dict[str, Json]:
    """What the shop shows to a user, by SKU."""
    return {item["sku"]: item for item in api.call(SHOW, user=user).json()["items"]}


def cents(amount: str, percents: Iterable[str]) -> int:
    """What one piece costs under discounts: they multiply, and half a cent at the end is one."""
    exact = Fraction(amount) * prod(1 - Fraction(percent) / 100 for percent in percents)
    return floor(exact * 100 + Fraction(1, 2))


def piece(amount: str, percents: list[str]) -> Fraction:
    """What one piece costs under some discounts, or under none."""
    return Fraction(cents(amount, percents), 100) if percents else Fraction(amount)


def label(amount: str, percents: list[str]) -> str:
    """The same as the shop writes it."""
    whole, rest = divmod(cents(amount, percents), 100)
    return f"{whole}.{rest:02}" if percents else amount


def baskets_of(wares: Iterable[str]) -> list[tuple[str, ...]]:
    """Every way to take one or more of some wares."""
    listed = list(wares)
    return [chosen for count in range(1, len(listed) + 1) for chosen in combinations(listed, count)]


class Choice(NamedTuple):
    """The items that a promotion names, and what it asks of their price."""

    named: list[str]
    asked: list[tuple[str, str]]

    @property
    def conditions(self) -> Json:
        """The price conditions as a body has them."""
        return [{"operator": sign, "value": value} for sign, value in self.asked] or None

    def is_met(self, amount: str | None) -> bool:
        """Whether an amount meets all that is asked; where something is, a missing one does not."""
        return all(amount and getattr(operator, sign)(Fraction(amount), Fraction(value)) for sign, value in self.asked)


@st.composite
def all_choices(draw: st.DrawFn, wares: Iterable[str], bounds: Iterable[str]) -> list[Choice]:
    """By items, by price, by both, and by nothing."""
    asking = st.lists(st.tuples(st.sampled_from(COMPARISONS), st.sampled_from(list(bounds))), min_size=1, max_size=2)
    naming = st.lists(st.sampled_from(list(wares)), min_size=1, max_size=2, unique=True)
    found = [Choice(draw(naming), []), Choice([], draw(asking)), Choice(draw(naming), draw(asking)), Choice([], [])]
    return draw(st.permutations(found))


def stage_a_deal(api: Api, of_discount: Json, of_bonus: Json) -> list[int]:
    """A sword for 10.00; half of that off, and a gift to every purchase, by two promotions with these facts."""
    shelve(api, {SWORD: money("10.00")})
    scenes.control_of(api).put_item(GIFT)
    return [
        new(api, DISCOUNTS, discount("50.00", SWORD, **of_discount)),
        new(api, BONUSES, bonus({GIFT: 1}, **of_bonus)),
    ]


def deal(api: Api, user: str = "user_1") -> Deal:
    """What the sword costs as the shop shows it and as the user then pays it, under which promotions, and what comes on top."""
    said = shown(api, user)[SWORD]
    paid = scenes.control_of(api).purchase(user, {SWORD: 1})
    names = [promotion["name"] for promotion in said["promotions"]]
    assert len(paid["promotions"]) == len(names), "as many promotions act as are shown"
    return said["price"]["amount"], paid["price"]["amount"], names, paid["bonus"]


def promised(*, is_lowered: bool, has_gift: bool) -> Deal:
    """The deal where the discount acts, and where the bonus does."""
    names = ["Discount"] * is_lowered + ["Bonus"] * has_gift
    gifts = [{"sku": GIFT, "quantity": 1}] * has_gift
    return ("5.00", 5.0, names, gifts) if is_lowered else ("10.00", 10.0, names, gifts)
