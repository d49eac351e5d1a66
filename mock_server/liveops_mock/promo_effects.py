"""What a promo code does to a cart, put into the form of promotions so that it acts together with them."""

from collections.abc import Iterator
from typing import Any

from .pricing import total_of
from .promotions import fits_price, meets
from .world import World

Json = Any


def parts_of(world: World, campaign: Json, items: list[Json], keys: dict[str, Json]) -> list[Json]:
    """The discounts and the bonus that a promo code is for these items; nothing where its conditions do not hold."""
    skus = fitting_items(world, campaign, items)
    if not skus:
        return []
    discounts = [
        part(campaign, kind="discount", percent=percent, skus=sorted(about))
        for percent, about in reductions(campaign, skus)
        if percent is not None and about
    ]
    bonus = [given(entry, keys) for entry in campaign["bonus"] or ()]
    return [*discounts, part(campaign, kind="bonus", bonus=bonus)] if bonus else discounts


def reductions(campaign: Json, skus: set[str]) -> Iterator[tuple[str | None, set[str]]]:
    """What comes off which of these items."""
    if campaign["discount"] is not None:
        yield campaign["discount"]["percent"], skus
    for entry in campaign["discounted_items"] or ():
        yield entry["discount"]["percent"], skus & {entry["sku"]}


def given(entry: Json, keys: dict[str, Json]) -> Json:
    """Some pieces that come on top; of a game the key that was picked."""
    key = keys.get(entry["sku"])
    return {"sku": key["sku"] if key else entry["sku"], "quantity": entry["quantity"]}


def part(campaign: Json, **facts: Json) -> Json:
    """One effect of a promo code, in the form of a promotion under the number of its campaign."""
    excluded = [number for number in campaign["excluded_promotions"] if number != campaign["id"]]
    plain = {"percent": None, "skus": None, "price_conditions": None, "bonus": None, "excluded_promotions": excluded}
    return {**plain, "id": campaign["id"], **facts}


def fitting_items(world: World, campaign: Json, items: list[Json]) -> set[str]:
    """The items that meet the conditions on their price; none where the cart does not meet those on its own."""
    conditions, total = campaign["price_conditions"], total_of(world, items)
    if conditions and (total is None or not meets(total, conditions)):
        return set()
    by_price = {"price_conditions": campaign["item_price_conditions"] or None}
    return {entry["sku"] for entry in items if fits_price(world, by_price, entry["sku"])}
