"""The bounds of discounts and bonuses: the last value inside, the first outside, in a hand-written table."""

import pytest
from liveops_contract.stage import Stage
from test_bounds import CONDITION, MOST, TEXTS_INSIDE, TEXTS_OUTSIDE, Edge, choice, count, judge, number

DISCOUNT, BONUS = "create-item-promotion", "create-bonus-promotion"
WINDOW = {"date_from": "2025-01-01T00:00:00+05:00", "date_until": "2025-01-02T00:00:00+05:00"}
ENDLESS = {"date_from": "2025-01-01T00:00:00+05:00"}
EMPTY = {"date_from": "2025-01-01T00:00:00+05:00", "date_until": "2024-12-31T19:00:00Z"}
BACKWARDS = {"date_from": "2025-01-01T00:00:00+05:00", "date_until": "2024-12-31T18:59:59Z"}
ITEMS = [{"sku": f"item_{number}"} for number in range(1001)]
PRICE = {"operator": "ge", "value": "10.5000"}
AT_ONE = {"time": "01:00:00+08:00"}
BODIES = (
    Edge(DISCOUNT, "/name", TEXTS_INSIDE, (None, *TEXTS_OUTSIDE)),
    Edge(DISCOUNT, "/discount/percent", ("1", "1.0", "9.99", "10.00", "99", "99.99"),
         ("0", "0.99", "100", "100.00", "1.", "1.000", "01", "-1", "+1", "1e1", "1,5", " 1", "1\n", "", "٣", 10, 10.5, None)),
    Edge(DISCOUNT, "/discount", (), ({}, {"percent": "10.00", "value": "1"}, "10.00", None)),
    Edge(DISCOUNT, "/items", (None, [], ITEMS[:1000]),
         (ITEMS, ITEMS[:1] * 2, [{}], ["com.xsolla.item_1"], {})),
    Edge(DISCOUNT, "/promotion_periods", ([], [WINDOW], [{**WINDOW, "date_until": None}], [ENDLESS], [WINDOW] * 100, [EMPTY]),
         ([WINDOW] * 101, [WINDOW, ENDLESS], [ENDLESS, ENDLESS], [BACKWARDS], None, {}, [{}],
          [{"date_until": WINDOW["date_until"]}], [{**WINDOW, "date_from": None}],
          [{**WINDOW, "date_from": "2025-01-01"}], [{**WINDOW, "id": 1}])),
    count(DISCOUNT, "/attribute_conditions", CONDITION, 1, 100),
    Edge(DISCOUNT, "/price_conditions", (None, [], [PRICE], [PRICE] * 100),
         ([PRICE] * 101, {}, [{}], [PRICE | {"currency": "USD"}])),
    *(
        Edge(DISCOUNT, "/price_conditions", tuple([PRICE | {"operator": sign}] for sign in ("ge", "gt", "le", "lt", "eq", "ne")),
             tuple([PRICE | {"operator": sign}] for sign in ("er", "ee", "GE", ">", "", None))),
        Edge(DISCOUNT, "/price_conditions", tuple([PRICE | {"value": text}] for text in ("0", "007", "1.5", "999999999999.9999")),
             tuple([PRICE | {"value": text}] for text in ("1.", ".5", "1.00000", "1" * 13, "-1", "1e3", "1 ", "", 10, None))),
    ),
    Edge(DISCOUNT, "/limits/per_user", (None, 1, 2, MOST), (0, -1, MOST + 1, 1.5, "1", True, {"total": 1})),
    Edge(DISCOUNT, "/limits/recurrent_schedule",
         (None, {"per_user": AT_ONE | {"interval_type": "daily"}},
          {"per_user": AT_ONE | {"interval_type": "daily", "day_of_week": None, "day_of_month": None}},
          {"per_user": AT_ONE | {"interval_type": "weekly", "day_of_week": 7}},
          {"per_user": AT_ONE | {"interval_type": "weekly", "day_of_week": 1, "day_of_month": None}},
          {"per_user": AT_ONE | {"interval_type": "monthly", "day_of_month": 31, "day_of_week": None}}),
         ({}, AT_ONE | {"interval_type": "daily"}, {"per_user": None}, {"per_user": AT_ONE | {"interval_type": "hourly"}},
          {"per_user": {"interval_type": "daily"}}, {"per_user": AT_ONE | {"interval_type": "daily", "day_of_week": 1}},
          {"per_user": AT_ONE | {"interval_type": "weekly"}},
          {"per_user": AT_ONE | {"interval_type": "weekly", "day_of_week": None}},
          {"per_user": AT_ONE | {"interval_type": "weekly", "day_of_week": 8}},
          {"per_user": AT_ONE | {"interval_type": "weekly", "day_of_week": 1, "day_of_month": 1}},
          {"per_user": AT_ONE | {"interval_type": "monthly", "day_of_month": 32}},
          {"per_user": AT_ONE | {"interval_type": "daily", "reset_next_date": 1}})),
    Edge(DISCOUNT, "/limits", ({},), (None, [], {"per_item": 1})),
    count(DISCOUNT, "/excluded_promotions", 1, 0, 1000),
    Edge(DISCOUNT, "/excluded_promotions", ([1], [MOST], [1, 1]), ([0], [-1], [MOST + 1], ["1"], [1.5], [None])),
    choice(DISCOUNT, "/is_enabled"),
    Edge(BONUS, "/condition", (None, [], ITEMS[:1000]), (ITEMS, ITEMS[:1] * 2, [{}], {})),
    Edge(BONUS, "/bonus", (None, [], ITEMS[:1000]), (ITEMS, ITEMS[:1] * 2, [{}], {})),
    number(BONUS, "/bonus/0/quantity", 1, MOST),
    Edge(BONUS, "/id", (), (1, None)),
    choice(BONUS, "/is_enabled"),
)  # fmt: skip


@pytest.mark.parametrize("edge", BODIES, ids=lambda edge: f"{edge.operation} {edge.place}")
def test_bounds_of_promotions(stage: Stage, edge: Edge) -> None:
    """The last value inside is taken, the first outside refused, by the description and by the mock."""
    judge(stage, edge)
