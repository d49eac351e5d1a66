"""The bounds of promo codes, carts and unique catalog offers: the last value inside, the first outside, in a table."""

import pytest
from liveops_contract.stage import Stage
from test_bounds import CONDITION, MOST, TEXTS_INSIDE, TEXTS_OUTSIDE, USER_IDS, WINDOW, Edge, count, gifts, judge, number

PROMO, OFFER = "create-promo-code", "admin-create-unique-catalog-offer"
PRICE = {"operator": "ge", "value": "10.5000"}
OFF = [{"sku": f"item_{place}", "discount": {"percent": "10.00"}} for place in range(101)]
SKUS = [f"item_{place}" for place in range(1001)]
KEYS = (("a", "Z", "0", "-", "_", ".", "a" * 255), ("", "a" * 256, "a b", "é", "a/b", "a\n", 1, None))
CODES = (("a", "Z", "0", "x" * 128), ("", "x" * 129, "a b", "a-b", "é", "٣", 1, None))
BODIES = (
    *(Edge(name, "/external_id", *KEYS) for name in (PROMO, OFFER)),
    *(Edge(name, "/name", TEXTS_INSIDE, (None, *TEXTS_OUTSIDE)) for name in (PROMO, OFFER)),
    *(count(name, "/promotion_periods", WINDOW, 0, 100) for name in (PROMO, OFFER)),
    *(number(name, f"/redeem_{one}_limit", 1, MOST, None) for one in ("total", "user", "code") for name in (PROMO, OFFER)),
    Edge(PROMO, "/bonus", (None, [], gifts(100)), (gifts(101), {}, "")),
    Edge(PROMO, "/discount", (None, {"percent": None}, {"percent": "1"}, {"percent": "99.99"}),
         ({}, {"percent": "0"}, {"percent": "100"}, {"percent": 10}, {"percent": "1.000"}, {"percent": "1", "value": "1"}, "10")),
    Edge(PROMO, "/discounted_items", (None, OFF[:1], OFF[:100]),
         ([], OFF, OFF[:1] * 2, [{"sku": "a"}], [{**OFF[0], "discount": None}], [{**OFF[0], "discount": {"percent": None}}], {})),
    count(PROMO, "/attribute_conditions", CONDITION, 1, 100),
    *(Edge(PROMO, f"/{name}", (None, [], [PRICE] * 100), ([PRICE] * 101, [{}], [PRICE | {"operator": "er"}], {}))
      for name in ("price_conditions", "item_price_conditions")),
    count(PROMO, "/excluded_promotions", 1, 0, 1000),
    Edge("update-promo-code", "/external_id", (), ("a",)),
    Edge("create-promo-code-code", "/coupon_code", *CODES),
    Edge("create-unique-catalog-offer-code", "/coupon_code", *CODES),
    number("generate-promo-code-codes", "/count", 1, 100_000),
    number("generate-unique-catalog-offer-codes", "/count", 1, 100_000),
    Edge("redeem-promo-code", "/coupon_code", ("a", "a b", "é", "x" * 128), ("", "x" * 129, 1, None)),
    *(Edge(name, "/cart", (None, {"id": "current"}, {"id": "x" * 255}), ({}, {"id": ""}, {"id": "x" * 256}, {"id": None}, "id"))
      for name in ("redeem-promo-code", "remove-cart-promo-code")),
    Edge("redeem-promo-code", "/selected_unit_items", ({}, {"a": "x" * 255}), ({"a": ""}, {"a": 1}, [], None)),
    Edge("remove-cart-promo-code", "/id", (), ("current",)),
    number("add-promo-code-user-promotion-limit", "/available", 1, MOST),
    number("set-promo-code-user-promotion-limit", "/available", 0, MOST),
    number("remove-promo-code-user-promotion-limit", "/available", 1, MOST),
    Edge("set-promo-code-user-promotion-limit", "/user/user_external_id", USER_IDS[0], (*USER_IDS[1], 1, None)),
    Edge(OFFER, "/items", ([], SKUS[:1000], ["–", "a" * 255]), (SKUS, ["a"] * 2, [""], ["a" * 256], ["a b"], [{"sku": "a"}])),
)  # fmt: skip


@pytest.mark.parametrize("edge", BODIES, ids=lambda edge: f"{edge.operation} {edge.place}")
def test_bounds_of_promo_codes_and_offers(stage: Stage, edge: Edge) -> None:
    """The last value inside is taken, the first outside refused, by the description and by the mock."""
    judge(stage, edge)
