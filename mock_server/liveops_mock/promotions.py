"""Which promotions act: on a purchase, and on an item as the shop shows it."""

import operator
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from .periods import is_running
from .personalization import attributes_of, suits
from .uses import uses_left
from .world import World

Json = Any
COMPARE: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "ge": operator.ge,
    "gt": operator.gt,
    "le": operator.le,
    "lt": operator.lt,
    "eq": operator.eq,
    "ne": operator.ne,
}


def available(world: World, user_id: str) -> list[Json]:
    """The discounts and bonuses that a user may use now, by their numbers."""
    attributes = attributes_of(world, user_id)
    return [
        promotion
        for promotion in world.promotions.values("enabled", True)
        if is_running(promotion["promotion_periods"], world.now)
        and suits(attributes, promotion["attribute_conditions"])
        and uses_left(world, promotion, user_id) != 0
    ]


def is_about(world: World, promotion: Json, sku: str) -> bool:
    """Whether an item is one of those that a promotion names, by SKU or by price."""
    if promotion["skus"] is None:
        return promotion["price_conditions"] is not None and fits_price(world, promotion, sku)
    return sku in promotion["skus"] and fits_price(world, promotion, sku)


def fits_price(world: World, promotion: Json, sku: str) -> bool:
    """Whether the price of an item in the catalog meets the conditions of a promotion; no conditions fit every item."""
    conditions = promotion["price_conditions"]
    if conditions is None:
        return True
    price = world.items.get(sku)["price"]
    return price is not None and meets(Decimal(price["amount"]), conditions)


def meets(amount: Decimal, conditions: list[Json]) -> bool:
    """Whether an amount meets all of these conditions."""
    return all(COMPARE[condition["operator"]](amount, Decimal(condition["value"])) for condition in conditions)


def acting(world: World, promotions: Iterable[Json], skus: set[str], *, is_payable: bool) -> list[Json]:
    """Of some promotions those that act together on a purchase of these items; where nothing is to pay, no discount does."""
    return compatible([one for one in promotions if acts(world, one, skus) and (is_payable or one["kind"] == "bonus")])


def acts(world: World, promotion: Json, skus: set[str]) -> bool:
    """Whether a promotion has something to do in a purchase of these items."""
    if promotion["kind"] == "discount":
        return any(is_about(world, promotion, sku) for sku in skus)
    if promotion["bonus"] is None:
        return False
    if promotion["skus"] is not None:
        return skus.issuperset(promotion["skus"]) and all(fits_price(world, promotion, sku) for sku in promotion["skus"])
    return promotion["price_conditions"] is None or any(fits_price(world, promotion, sku) for sku in skus)


def compatible(promotions: list[Json]) -> list[Json]:
    """Of promotions by their numbers those that apply together.

    One that is excluded by another gives way to it. Where they exclude each other in a circle, the lowest number stays.
    """
    waiting, kept = promotions, []
    while waiting:
        excluded = {number for one in waiting for number in one["excluded_promotions"] if number != one["id"]}
        first = next((one for one in waiting if one["id"] not in excluded), waiting[0])
        kept.append(first)
        waiting = [one for one in waiting if one is not first and not at_odds(one, first)]
    return sorted(kept, key=lambda one: int(one["id"]))


def at_odds(one: Json, other: Json) -> bool:
    """Whether one of two promotions excludes the other."""
    return other["id"] in one["excluded_promotions"] or one["id"] in other["excluded_promotions"]


def shown_with(world: World, promotions: list[Json], sku: str) -> list[Json]:
    """Of a user's promotions those to show with an item: what acts on it alone, and bonuses for it and other items together."""
    alone = acting(world, promotions, {sku}, is_payable=world.items.get(sku)["price"] is not None)
    needing_more = [
        one for one in promotions if one["kind"] == "bonus" and one["bonus"] and is_about(world, one, sku) and one not in alone
    ]
    return alone + [one for one in needing_more if not any(at_odds(one, other) for other in alone)]


def promoted_items(world: World, user_id: str) -> list[str]:
    """The SKUs of the items that a user finds under a promotion of their own now, by SKU; a bonus to every purchase is none."""
    promotions = available(world, user_id)
    named = {sku for promotion in promotions for sku in promotion["skus"] or ()}
    by_price = any(promotion["skus"] is None and promotion["price_conditions"] for promotion in promotions)
    skus = sorted(world.items.keys("all", "all") if by_price else named)
    return [sku for sku in skus if any(is_about(world, one, sku) for one in shown_with(world, promotions, sku))]
