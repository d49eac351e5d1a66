"""How to draw campaigns with codes that fit the description."""

import string
from functools import cache
from typing import Any

from hypothesis import strategies as st

from liveops_contract.strategies import (
    ATTRIBUTE_LETTERS,
    HIGHEST,
    Drawn,
    conditions,
    instants,
    known_items,
    localized,
    quantities,
)

Json = Any
CODE_LETTERS = string.ascii_letters + string.digits


@cache
def external_ids() -> Drawn:
    """The key of a campaign. One of dots alone is valid too, but clients tidy it out of a path."""
    return st.text(ATTRIBUTE_LETTERS, min_size=1, max_size=12).filter(lambda text: bool(text.strip(".")))


@cache
def codes() -> Drawn:
    """What a user enters; short ones, so that some differ in upper and lower case alone."""
    return st.text(CODE_LETTERS, min_size=1, max_size=12)


@cache
def redeem_limits() -> Drawn:
    """A number of redemptions, or null for any number."""
    return st.sampled_from((None, 1, 2, 10, HIGHEST))


@cache
def periods() -> Drawn:
    """No window, one that may be open, or several with both ends."""
    ended = st.fixed_dictionaries({"date_from": instants(2018, 2023), "date_until": instants(2024, 2030)})
    one = st.fixed_dictionaries({"date_from": instants()}, optional={"date_until": st.none()})
    return st.lists(ended, max_size=3) | st.lists(one, min_size=1, max_size=1)


@cache
def bonus() -> Drawn:
    """What a campaign gives: some items, none, or null."""
    one = st.fixed_dictionaries({"sku": known_items()}, optional={"quantity": quantities()})
    return st.none() | st.lists(one, max_size=3, unique_by=lambda entry: str(entry["sku"]))


@cache
def campaign_facts() -> dict[str, Drawn]:
    """What may be said of campaigns of all kinds besides their name."""
    limits = {name: redeem_limits() for name in ("redeem_total_limit", "redeem_user_limit", "redeem_code_limit")}
    return {"promotion_periods": periods(), **limits}


@cache
def coupon_update() -> Drawn:
    """What replaces a coupon."""
    optional = {**campaign_facts(), "bonus": bonus(), "attribute_conditions": conditions()}
    return st.fixed_dictionaries({"name": localized()}, optional=optional)


@cache
def coupon_create() -> Drawn:
    """A new coupon."""
    return st.builds(lambda body, key: {"external_id": key, **body}, coupon_update(), external_ids())
