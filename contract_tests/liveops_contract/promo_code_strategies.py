"""How to draw promo codes and unique catalog offers that fit the description."""

from functools import cache
from typing import Any

from hypothesis import strategies as st

from liveops_contract.campaign_strategies import bonus, campaign_facts, external_ids
from liveops_contract.strategies import Drawn, conditions, known_items, localized

Json = Any
PERCENTS = ("1", "5", "7.5", "10.00", "33.33", "50.0", "99.99")
BOUNDS = ("0", "0.99", "5", "10.5000", "20", "999999999999.9999")


@cache
def percents() -> Drawn:
    """A share of a price."""
    return st.sampled_from(PERCENTS)


@cache
def discounts() -> Drawn:
    """What comes off a whole cart, or nothing."""
    return st.none() | st.fixed_dictionaries({"percent": st.none() | percents()})


@cache
def discounted_items() -> Drawn:
    """What comes off single items, or nothing."""
    one = st.fixed_dictionaries({"sku": known_items(), "discount": st.fixed_dictionaries({"percent": percents()})})
    return st.none() | st.lists(one, min_size=1, max_size=3, unique_by=lambda entry: str(entry["sku"]))


@cache
def price_conditions() -> Drawn:
    """Conditions on a price, or none."""
    operators = st.sampled_from(("ge", "gt", "le", "lt", "eq", "ne"))
    one = st.fixed_dictionaries({"operator": operators, "value": st.sampled_from(BOUNDS)})
    return st.lists(one, min_size=1, max_size=2) | st.sampled_from((None, []))


@cache
def promo_code_update() -> Drawn:
    """What replaces a promo code."""
    optional = {
        **campaign_facts(),
        "bonus": bonus(),
        "discount": discounts(),
        "discounted_items": discounted_items(),
        "attribute_conditions": conditions(),
        "price_conditions": price_conditions(),
        "item_price_conditions": price_conditions(),
        "excluded_promotions": st.lists(st.integers(1, 999), max_size=3),
    }
    return st.fixed_dictionaries({"name": localized()}, optional=optional)


@cache
def promo_code_create() -> Drawn:
    """A new promo code."""
    return st.builds(lambda body, key: {"external_id": key, **body}, promo_code_update(), external_ids())


@cache
def offer_update() -> Drawn:
    """What replaces a unique catalog offer."""
    items = st.lists(known_items(), max_size=4, unique=True)
    return st.fixed_dictionaries({"name": localized()}, optional={**campaign_facts(), "items": items})


@cache
def offer_create() -> Drawn:
    """A new unique catalog offer."""
    return st.builds(lambda body, key: {"external_id": key, **body}, offer_update(), external_ids())
