"""Bounds of bodies but those of SKUs, days and reset times: the last value inside, the first outside, in a hand-written table."""

from dataclasses import dataclass
from typing import Any

import pytest
from liveops_contract.description import operation_table
from liveops_contract.scenery import furnished
from liveops_contract.stage import Stage

Json = Any
LEAST, MOST = -2147483648, 2147483647
NO_BOOLEANS: tuple[Json, ...] = (0, 1, "true", None, [])
NO_NUMBERS: tuple[Json, ...] = ("1", 1.5, True, None, [], 10**20)
WORDS_OF_CLANS = (
    "clan", "guild", "faction", "community", "team", "squad", "alliance", "association", "coalition", "union", "group",
    "civilizations", "dynasty", "order", "league", "brotherhood", "kingdom", "organization", "house", "empire", "tribe", "cartel",
)  # fmt: skip
TWO_LETTERS = (
    "en", "ar", "bg", "cn", "cs", "de", "es", "fr", "he", "it", "ja", "ko", "pl",
    "pt", "ro", "ru", "th", "tr", "tw", "vi", "km", "id", "lo", "my", "ph", "ne",
)  # fmt: skip
FIVE_LETTERS = (
    "en-US", "ar-AE", "bg-BG", "zh-CN", "cs-CZ", "de-DE", "es-ES", "fr-FR", "he-IL", "it-IT", "ja-JP", "ko-KR", "pl-PL",
    "pt-BR", "ro-RO", "ru-RU", "th-TH", "tr-TR", "zh-TW", "vi-VN", "km-KH", "id-ID", "lo-LA", "my-MM", "ph-PH", "ne-NP",
)  # fmt: skip
REWARD = {"sku": "com.xsolla.item_1", "quantity": 1}
STEP = {"name": {"en": "Step"}, "price": {"amount": 1}, "reward": [REWARD]}
WINDOW = {"date_from": "2020-08-11T10:00:00+03:00", "date_until": "2020-08-11T20:00:00+03:00"}
OFFER = {"is_free": True, "items": [REWARD]}
DAY = {"items": [REWARD]}
CONDITION = {"attribute": "race", "type": "string", "operator": "eq", "value": "ork"}
TEXTS_INSIDE: tuple[Json, ...] = (
    {},
    {"en": None},
    {"en": ""},
    dict.fromkeys(TWO_LETTERS, "x"),
    dict.fromkeys((*TWO_LETTERS, *FIVE_LETTERS), "x"),
)
TEXTS_OUTSIDE: tuple[Json, ...] = (
    *({code: "x"} for code in ("EN", "en-us", "en_US", "en-GB", "cn-CN", "xx", "", "en ", "e", "eng", "zh", "en\n", "ｅｎ")),
    {"en": 1}, {"en": {}}, {"en": ["x"]}, {"en": "x", "xx": None}, [], "Winter", 1,
)  # fmt: skip


@dataclass(frozen=True)
class Edge:
    """A place of a body, or a parameter: the last values inside and the first ones outside."""

    operation: str
    place: str
    inside: tuple[Json, ...]
    outside: tuple[Json, ...]
    example: str = ""


def condition(**changes: Json) -> Json:
    """One condition with something else in it."""
    return CONDITION | changes


def steps(count: int, like: Json = OFFER) -> list[Json]:
    """That many steps of an offer chain, or of another one."""
    return [{**like, "step_number": number} for number in range(1, count + 1)]


def items(count: int) -> list[Json]:
    """That many items with value points."""
    return [{"sku": f"item_{number}", "amount": 1} for number in range(count)]


def gifts(count: int) -> list[Json]:
    """That many different bonus items."""
    return [{"sku": f"gift_{number}"} for number in range(count)]


def number(operation: str, place: str, least: int, most: int, *more: Json) -> Edge:
    """A whole number within bounds; `more` is allowed besides. The second one is left out: it may be taken by a neighbour."""
    strangers = tuple(value for value in NO_NUMBERS if value not in more or value is True)
    return Edge(operation, place, (least, most - 1, most, *more), (least - 1, most + 1, *strangers))


def choice(operation: str, place: str, example: str = "") -> Edge:
    """True or false, and nothing that stands for them."""
    return Edge(operation, place, (True, False), NO_BOOLEANS, example)


def count(operation: str, place: str, element: Json, least: int, most: int) -> Edge:
    """A list of at least and at most so many elements."""
    return Edge(
        operation, place, ([element] * least, [element] * most), ([element] * (most + 1), {}, "", *([[]] if least else []))
    )


VALUE_POINT, REWARD_CHAIN, OFFER_CHAIN = "admin-create-value-points", "admin-create-reward-chain", "admin-create-offer-chain"
NEW_REWARDS, NEW_OFFERS = "admin-update-reward-chain", "admin-update-offer-chain"
DAILY_CHAIN, NEW_DAYS = "admin-create-daily-chain", "admin-update-daily-chain"
RAISE_ITEM, SET_ITEM = "add-user-item-limit", "set-user-item-limit"
RESET_ITEM, RESET_ITEMS = "reset-user-item-limit", "reset-all-user-items-limit"
FILTER_RULE, RULE_CHANGE = "create-filter-rule", "patch-filter-rule-by-id"
COUPON = "admin-create-coupon"
USER_IDS = (("a", "é", "d342dad2-9d59-11e9-a384-42010aa8003f", "x" * 255), ("", " ", "a b", "a\n", "\ta", "x" * 256))
SET_ITEMS, PATCH_ITEMS = "admin-set-items-value-point-reward", "admin-patch-items-value-point-reward"
BODIES = (
    number(VALUE_POINT, "/order", LEAST, MOST),
    choice(VALUE_POINT, "/is_clan"),
    choice(VALUE_POINT, "/is_enabled"),
    Edge(VALUE_POINT, "/image_url", ("", "x" * 2048), ("x" * 2049, None, 1)),
    Edge(VALUE_POINT, "/name", (None, *TEXTS_INSIDE), TEXTS_OUTSIDE),
    Edge(VALUE_POINT, "/description", TEXTS_INSIDE, (None, *TEXTS_OUTSIDE)),
    Edge(VALUE_POINT, "/long_description", (None, *TEXTS_INSIDE), TEXTS_OUTSIDE),
    count(VALUE_POINT, "/media_list", {"type": "image", "url": "x"}, 0, 100),
    Edge(VALUE_POINT, "/media_list/0", ({}, {"type": "image"}, {"type": "video"}, {"url": "x" * 2048}),
         ({"type": "film"}, {"type": "Image"}, {"type": None}, {"url": "x" * 2049}, {"url": None}, {"size": 1}, None)),
    number(SET_ITEMS, "/0/amount", 0, MOST),
    number(PATCH_ITEMS, "/0/amount", 0, MOST),
    Edge(SET_ITEMS, "", ([], items(1000)), (items(1001), {}, "")),
    Edge(PATCH_ITEMS, "", ([], items(100)), (items(101), {}, "")),
    number(REWARD_CHAIN, "/order", LEAST, MOST),
    choice(REWARD_CHAIN, "/is_enabled"),
    choice(REWARD_CHAIN, "/is_always_visible"),
    Edge(REWARD_CHAIN, "/name", TEXTS_INSIDE, (None, *TEXTS_OUTSIDE)),
    Edge(REWARD_CHAIN, "/image_url", (None, "", "x" * 2048), ("x" * 2049, 1)),
    Edge(REWARD_CHAIN, "/recurrent_schedule",
         (None, {"interval_type": "weekly", "day_of_week": 1, "time": "01:00:00+08:00"},
          {"interval_type": "monthly", "day_of_month": 31, "time": "01:00:00+08:00"}),
         ({}, "weekly", {"interval_type": "hourly"}, {"interval_type": "daily", "time": "01:00:00+08:00"},
          {"interval_type": "weekly", "day_of_month": 1, "time": "01:00:00+08:00"},
          {"interval_type": "weekly", "day_of_week": 1, "day_of_month": 1, "time": "01:00:00+08:00"},
          {"interval_type": "monthly", "day_of_month": 1}, {"interval_type": "weekly", "time": "01:00:00+08:00"})),
    count(REWARD_CHAIN, "/steps", STEP, 0, 31),
    count(NEW_REWARDS, "/steps", {**STEP, "step_id": None}, 0, 31),
    number(REWARD_CHAIN, "/steps/0/price/amount", 0, MOST),
    count(REWARD_CHAIN, "/steps/0/reward", REWARD, 1, 10),
    number(REWARD_CHAIN, "/steps/0/reward/0/quantity", 1, MOST),
    number(NEW_REWARDS, "/steps/0/step_id", 1, MOST, None),
    count(REWARD_CHAIN, "/attribute_conditions", CONDITION, 1, 100),
    count(NEW_REWARDS, "/attribute_conditions", CONDITION, 1, 100),
    count(REWARD_CHAIN, "/steps/0/reward/0/attribute_conditions", CONDITION, 1, 100),
    count(OFFER_CHAIN, "/attribute_conditions", CONDITION, 1, 100),
    Edge(REWARD_CHAIN, "/attribute_conditions/0/attribute", ("a", "Z", "0", "-", "_", ".", "a" * 255),
         ("", "a" * 256, "a b", "a\n", "a–b", "é", "٣", "３", "a/b", "😀", "\x00", 1, None)),
    Edge(REWARD_CHAIN, "/attribute_conditions/0/value", ("", "x" * 255, "😀" * 255), ("x" * 256, 1, True, None)),
    choice(REWARD_CHAIN, "/attribute_conditions/0/can_be_missing"),
    Edge(REWARD_CHAIN, "/attribute_conditions/0", tuple(condition(operator=sign) for sign in ("eq", "ne")),
         tuple(condition(operator=sign) for sign in ("er", "lt", "ee", "le", "EQ", "gt", "=", "", None))),
    *(
        Edge(REWARD_CHAIN, "/attribute_conditions/0",
             tuple(condition(type=kind, operator=sign) for sign in ("eq", "ne", "er", "lt", "ee", "le")),
             tuple(condition(type=kind, operator=sign) for sign in ("EQ", "gt", "ge", "=", "", None)))
        for kind in ("number", "date")
    ),
    Edge(REWARD_CHAIN, "/attribute_conditions/0/type", ("string", "number", "date"), ("boolean", "String", "", None, 1)),
    Edge(REWARD_CHAIN, "/clan_type", (None, *WORDS_OF_CLANS), ("Clan", "clans", "clan ", "", 1, True), "clan"),
    Edge(NEW_REWARDS, "/clan_type", (None, *WORDS_OF_CLANS), ("Clan", "clans", "clan ", "", 1, True), "clan"),
    Edge(REWARD_CHAIN, "/popup_header", (None, *TEXTS_INSIDE), TEXTS_OUTSIDE, "clan"),
    Edge(REWARD_CHAIN, "/popup_image_url", (None, "https://example.com/a.png", "https://e.example/" + "x" * 2030),
         ("", "picture", "/a.png", "https://e.example/" + "x" * 2031, 1), "clan"),
    number(OFFER_CHAIN, "/order", LEAST, MOST),
    choice(OFFER_CHAIN, "/is_reset_on_completion"),
    choice(OFFER_CHAIN, "/steps/0/is_free"),
    Edge(OFFER_CHAIN, "/steps", ([], steps(30)), (steps(31), None, {})),
    Edge(NEW_OFFERS, "/steps", ([], steps(30)), (steps(31), None, {})),
    number(OFFER_CHAIN, "/steps/0/step_number", 1, MOST),
    count(OFFER_CHAIN, "/steps/0/items", REWARD, 1, 100),
    number(OFFER_CHAIN, "/steps/0/items/0/quantity", 1, MOST),
    number(OFFER_CHAIN, "/steps/0/items/0/order", 0, MOST, None),
    number(NEW_OFFERS, "/steps/2/step_id", 1, MOST, None),
    number(NEW_OFFERS, "/id", 1, MOST),
    Edge(DAILY_CHAIN, "/type", ("calendar_hard", "rolling"), ("calendar", "Rolling", "", None, 1)),
    Edge(DAILY_CHAIN, "/date_end", (None, "2025-01-01T00:00:00Z"), ("", "2025-01-01", 0)),
    choice(DAILY_CHAIN, "/is_recurrent"),
    choice(DAILY_CHAIN, "/is_enabled"),
    number(DAILY_CHAIN, "/order", LEAST, MOST),
    Edge(DAILY_CHAIN, "/steps", ([], steps(366, DAY)), (steps(367, DAY), None, {})),
    Edge(NEW_DAYS, "/steps", ([], steps(366, DAY)), (steps(367, DAY), None, {})),
    number(DAILY_CHAIN, "/steps/0/step_number", 1, MOST),
    count(DAILY_CHAIN, "/steps/0/items", REWARD, 1, 100),
    number(DAILY_CHAIN, "/steps/0/items/0/quantity", 1, MOST),
    number(NEW_DAYS, "/steps/2/step_id", 1, MOST, None),
    number(NEW_DAYS, "/id", 1, MOST),
    Edge(FILTER_RULE, "/name", ("x", "x" * 255, "x ", "x\n", "\u00a0", "😀"),
         ("", "x" * 256, " x", "\tx", "\n", "\v", "\f", "\r", 1, None)),
    choice(FILTER_RULE, "/is_enabled"),
    choice(FILTER_RULE, "/is_satisfied_for_unauth"),
    choice(RULE_CHANGE, "/is_enabled"),
    count(FILTER_RULE, "/attribute_conditions", CONDITION, 1, 100),
    count(FILTER_RULE, "/items", {"item_id": 1}, 1, 100),
    number(FILTER_RULE, "/items/0/item_id", 1, MOST),
    Edge(FILTER_RULE, "/items/0", ({"item_id": 1}, {"sku": "booster_1"}),
         ({}, {"item_id": 1, "sku": "booster_1"}, {"id": 1}, {"sku": "a b"}, 1, "booster_1", None)),
    number(RAISE_ITEM, "/available", 1, MOST),
    number(SET_ITEM, "/available", 0, MOST),
    Edge(RAISE_ITEM, "/user", ({"user_external_id": "a"}, {"user_external_id": "x" * 255}),
         (None, {}, "a", {"user_external_id": "a", "name": "a"})),
    Edge(RAISE_ITEM, "/user/user_external_id", ("a", "-", "é", "😀", "a\u00a0b"),
         ("", "x" * 256, " ", "a b", "a\tb", "a\n", "\r", 1, None)),
    Edge(RESET_ITEM, "/user", (None, {"user_external_id": "a"}), ({}, "a", [], {"user_external_id": None})),
    Edge(RESET_ITEMS, "/user", ({"user_external_id": "a"},), (None, {}, "a", [])),
    Edge(RULE_CHANGE, "", ({}, {"name": "x"}, {"items": [{"item_id": 1}]}),
         (None, [], {"rule_id": 1}, {"items": []}, {"name": None})),
    Edge(COUPON, "/external_id", ("a", "Z", "0", "-", "_", ".", "a" * 255), ("", "a" * 256, "a b", "é", "a/b", "a\n", 1, None)),
    Edge(COUPON, "/name", TEXTS_INSIDE, (None, *TEXTS_OUTSIDE)),
    count(COUPON, "/promotion_periods", WINDOW, 0, 100),
    Edge(COUPON, "/promotion_periods/0/date_until", ("2020-08-12T10:00:00+03:00",), ("", "2020-08-12", 0)),
    Edge(COUPON, "/bonus", (None, [], gifts(100)), (gifts(101), {}, "")),
    number(COUPON, "/bonus/0/quantity", 1, MOST),
    *(number(COUPON, f"/redeem_{name}_limit", 1, MOST, None) for name in ("total", "user", "code")),
    count(COUPON, "/attribute_conditions", CONDITION, 1, 100),
    Edge("create-coupon-code", "/coupon_code", ("a", "Z", "0", "x" * 128), ("", "x" * 129, "a b", "a-b", "é", "٣", 1, None)),
    Edge("redeem-coupon", "/coupon_code", ("a", "a b", "é", "x" * 128), ("", "x" * 129, 1, None)),
    Edge("redeem-coupon", "/selected_unit_items", ({}, {"a": "x" * 255}), ({"a": ""}, {"a": 1}, {"a b": "b"}, [], None)),
    number("generate-coupon-codes", "/count", 1, 100_000),
    number("add-coupon-user-promotion-limit", "/available", 1, MOST),
    number("set-coupon-user-promotion-limit", "/available", 0, MOST),
    number("remove-coupon-user-promotion-limit", "/available", 1, MOST),
    Edge("set-coupon-user-promotion-limit", "/user/user_external_id", USER_IDS[0], (*USER_IDS[1], 1, None)),
)  # fmt: skip


@pytest.mark.parametrize("edge", BODIES, ids=lambda edge: f"{edge.operation} {edge.place}")
def test_bounds_of_bodies(stage: Stage, edge: Edge) -> None:
    """The last value inside is taken, the first outside refused, by the description and by the mock."""
    judge(stage, edge)


def judge(stage: Stage, edge: Edge) -> None:
    """Send every value of an edge."""
    api, operation = stage.fresh(), operation_table()[edge.operation]
    path = furnished(api, operation)
    example = operation.examples[
        edge.example or ("default" if "default" in operation.examples else next(iter(operation.examples)))
    ]
    for value, fits in sides(edge):
        body = _with(example, edge.place, value)
        assert operation.allows_body(body) is fits, f"the description: {value!r}"
        exchange = api.send(api.request(operation, path=path, body=body))
        api.check(operation, exchange)
        assert (exchange.answer.error_code != 1102 and exchange.answer.status in (200, 201, 204, 404, 422)) is fits, (
            f"the mock: {value!r}"
        )


def sides(edge: Edge) -> list[tuple[Json, bool]]:
    """The values of an edge, each with whether it fits."""
    return [(value, True) for value in edge.inside] + [(value, False) for value in edge.outside]


def _with(body: Json, pointer: str, value: Json) -> Json:
    """The body with another value at the pointer; a list that is empty gets it as its first element."""
    if not pointer:
        return value
    key, _, rest = pointer[1:].partition("/")
    rest = rest and "/" + rest
    if isinstance(body, list):
        place = int(key)
        return [*body[:place], _with(body[place] if body else None, rest, value), *body[place + 1 :]]
    return {**(body or {}), key: _with((body or {}).get(key), rest, value)}
