"""The bounds of parameters in paths and queries: the last value inside, the first outside, in a hand-written table."""

import pytest
from liveops_contract.api import NOTHING
from liveops_contract.description import operation_table
from liveops_contract.stage import Stage
from test_bounds import USER_IDS, Edge, sides

NO_DIGITS = ("abc", "1.5", "true", "null", " 1", "1 ", "1\n", "٣", "３", "0x1", "1,2", "--1", "NaN", "9" * 30, "-" + "9" * 30)
IDS = (("1", "2147483647"), ("0", "-1", "2147483648", "9223372036854775808", *NO_DIGITS))
LIMIT_50 = (("1", "50"), ("0", "-1", "51", "", *NO_DIGITS))
LIMIT_30 = (("1", "30"), ("0", "-1", "31", "", *NO_DIGITS))
LIMIT_10 = (("1", "10"), ("0", "-1", "11", "", *NO_DIGITS))
OFFSET = (("0", "1", "2147483647"), ("-1", "2147483648", "", *NO_DIGITS))
ENABLED = (("0", "1"), ("2", "-1", "", *NO_DIGITS))
LISTS_OF_50 = (
    *("admin-get-value-points-list", "get-reward-chains-list", "get-daily-chains-list", "get-filter-rules"),
    *("get-coupons", "get-coupon-codes", "get-coupon-code-limit"),
    *("get-promo-codes", "get-promocode-codes", "get-promo-code-code-limit"),
    *("get-unique-catalog-offers", "get-unique-catalog-offer-codes"),
)
ASKED_CODES = (("a", "WINTER2023", "not a code", "x" * 128), ("", "x" * 129))
EXTERNAL_IDS = (("a", "Z", "0", "-", "_", ".a", "a" * 255), ("", "a" * 256, "a b", "a\n", "é", "٣", "a+", "\x00"))
NUMBERS = ("reward_chain_id", "offer_chain_id", "daily_chain_id", "step_id", "step_number", "rule_id", "promotion_id")
PROMOTION_LISTS = ("get-item-promotion-list", "get-bonus-promotion-list", "get-promotion-list")
CHAIN_LISTS = ("admin-get-reward-chains", "admin-get-offer-chains", "admin-get-daily-chains")
PARAMETERS = (
    Edge("get-offer-chains-list", "limit", *LIMIT_30),
    *(Edge(name, "user_external_id", *USER_IDS) for name in ("get-coupon-user-limit", "get-promo-code-user-limit")),
    *(Edge(name, "codes[]", *ASKED_CODES) for name in ("get-coupon-code-limit", "get-promo-code-code-limit")),
    Edge("get-coupon-rewards-by-code", "coupon_code", *ASKED_CODES),
    Edge("verify-promotion-code", "code", *ASKED_CODES),
    Edge("get-redeemable-promotion-by-code", "code", ("a", "WINTER2023", "x" * 128), ("x" * 129,)),
    Edge("get-coupon", "external_id", EXTERNAL_IDS[0], EXTERNAL_IDS[1][1:]),
    *(Edge(name, "limit", *LIMIT_50) for name in (*LISTS_OF_50, *PROMOTION_LISTS)),
    *(Edge(name, "limit", *LIMIT_10) for name in CHAIN_LISTS),
    *(Edge(name, "enabled", *ENABLED) for name in (*CHAIN_LISTS, "get-promotion-list")),
    Edge("get-filter-rules", "is_enabled", *ENABLED),
    *(
        Edge(name, "user_external_id", ("a", "x" * 255, "é"), ("", "x" * 256, "a b", "a\n", "\t"))
        for name in ("get-user-item-limit", "get-user-promotion-limit")
    ),
    *(Edge(one.id, "offset", *OFFSET) for one in operation_table().values() if any(p.name == "offset" for p in one.parameters)),
    *(
        Edge(one.id, part.name, *IDS)
        for one in operation_table().values()
        for part in one.parameters
        if part.place == "path" and part.name in NUMBERS
    ),
)


@pytest.mark.parametrize("edge", PARAMETERS, ids=lambda edge: f"{edge.operation} {edge.place}")
def test_bounds_of_parameters(stage: Stage, edge: Edge) -> None:
    """The same for paths and queries."""
    api, operation = stage.fresh(), operation_table()[edge.operation]
    parameter, body = operation.parameter(edge.place), next(iter(operation.examples.values()), NOTHING)
    for text, fits in sides(edge):
        assert parameter.allows(text) is fits, f"the description: {text!r}"
        place = {edge.place: text}
        path, query = (place, {}) if parameter.place == "path" else ({}, place)
        exchange = api.send(api.request(operation, path=path, query=query, body=body))
        api.check(operation, exchange)
        assert (exchange.answer.error_code != 1102) is fits, f"the mock: {text!r}"


@pytest.mark.parametrize("code", ["", "not a code", "a-b", "a_b", "a\n", "é", "٣", "-" * 129])
def test_a_code_outside_of_the_route_is_no_method(stage: Stage, code: str) -> None:
    """Other characters than letters and digits are 405, a wrong length with them too."""
    api, operation = stage.fresh(), operation_table()["get-redeemable-promotion-by-code"]
    exchange = api.send(api.request(operation, path={"code": code}))
    api.check(operation, exchange)

    assert not operation.parameter("code").has_route(code)
    assert (exchange.answer.status, exchange.answer.error_code) == (405, 0)


def test_every_bounded_query_parameter_is_in_the_table() -> None:
    """A new limit, offset or switch has to be added to the table by hand."""
    known = {(edge.operation, edge.place) for edge in PARAMETERS}
    asked = {(one.id, part.name) for one in operation_table().values() for part in one.parameters if part.place == "query"}
    assert asked <= known
