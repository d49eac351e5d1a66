"""How to draw discounts and bonuses that fit the description."""

from datetime import datetime
from functools import cache

from hypothesis import strategies as st

from liveops_contract.schedule_strategies import monthly_schedules, reset_times, weekly_schedules
from liveops_contract.strategies import (
    HIGHEST,
    Drawn,
    conditions,
    instants,
    known_items,
    localized,
    quantities,
)

PERCENTS = ("1", "5.00", "10", "10.00", "12.5", "20.00", "33.33", "50.00", "66.67", "99.99")
COMPARISONS = ("ge", "gt", "le", "lt", "eq", "ne")


@cache
def periods() -> Drawn:
    """No window, one that may be without end, or two with both ends, which may overlap or be empty."""
    both = st.lists(instants(), min_size=2, max_size=2).map(_window)
    one = both | st.fixed_dictionaries({"date_from": instants()}, optional={"date_until": st.none()})
    return st.just([]) | st.lists(one, min_size=1, max_size=1) | st.lists(both, min_size=2, max_size=2)


def _window(ends: list[str]) -> dict[str, str]:
    begin, end = sorted(ends, key=datetime.fromisoformat)
    return {"date_from": begin, "date_until": end}


@cache
def price_conditions() -> Drawn:
    """One or two conditions on a price."""
    values = st.sampled_from(("0", "4.99", "10.00", "10.0001", "999999999999.9999"))
    condition = st.fixed_dictionaries({"operator": st.sampled_from(COMPARISONS), "value": values})
    return st.lists(condition, min_size=1, max_size=2)


@cache
def use_schedules() -> Drawn:
    """A count that starts over daily, weekly or monthly; the days of the other kinds may be null."""
    daily = st.fixed_dictionaries({"interval_type": st.just("daily"), "time": reset_times()})
    nothing = st.sampled_from(({}, {"day_of_week": None}, {"day_of_month": None}, {"day_of_week": None, "day_of_month": None}))
    return st.builds(lambda null, schedule: {**null, **schedule}, nothing, daily | weekly_schedules() | monthly_schedules())


@cache
def use_limits() -> Drawn:
    """How often a user may use a promotion, and when the count starts over."""
    schedules = st.none() | st.fixed_dictionaries({"per_user": use_schedules()})
    totals = st.sampled_from((None, 1, 2, 10, HIGHEST))
    return st.fixed_dictionaries({}, optional={"per_user": totals, "recurrent_schedule": schedules})


@cache
def named_items() -> Drawn:
    """Items of the catalog, each named once; or none."""
    named = st.lists(known_items(), max_size=3, unique=True).map(lambda skus: [{"sku": sku} for sku in skus])
    return st.none() | named


def _promotion(required: dict[str, Drawn]) -> Drawn:
    optional = {
        "promotion_periods": periods(),
        "attribute_conditions": conditions(),
        "price_conditions": st.none() | st.just([]) | price_conditions(),
        "limits": use_limits(),
        "excluded_promotions": st.lists(st.sampled_from((1, 2, 3, HIGHEST)), max_size=3),
        "is_enabled": st.booleans(),
    }
    return st.fixed_dictionaries({"name": localized(), **required}, optional=optional)


@cache
def discount_input() -> Drawn:
    """A discount."""
    discount = st.fixed_dictionaries({"percent": st.sampled_from(PERCENTS)})
    return _promotion({"discount": discount, "items": named_items()})


@cache
def bonus_input() -> Drawn:
    """A bonus."""
    gift = st.fixed_dictionaries({"sku": known_items()}, optional={"quantity": quantities()})
    gifts = st.lists(gift, max_size=3, unique_by=lambda one: str(one["sku"]))
    return _promotion({"condition": named_items(), "bonus": st.none() | gifts})
