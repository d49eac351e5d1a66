"""The laws of things that are shown in many places: each tells what the catalog says of an item, and how many there are."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from liveops_contract.api import Api
from liveops_contract.checks import Draw, law
from liveops_contract.collections_of_things import collections
from liveops_contract.description import Schema, operation_table
from liveops_contract.laws import scenes
from liveops_contract.readings import differences, disagreements, elements, members, page_of

Json = Any
THING, BOX, INNER, POINT = "thing", "box", "inner", "com.xsolla.value_point_1"
USER, CAMPAIGN, COUPON_CODE, PROMO_CODE = "user_1", {"external_id": "shown"}, "COUPON1", "PROMO1"
PICTURE = "https://example.com/{}.png"
SCHEDULE = {"interval_type": "daily", "time": "05:00:00+03:00"}
CATALOG: dict[str, Json] = {
    THING: {
        "price": {"amount": "10.49", "currency": "USD"},
        "value_points": [{"sku": POINT, "amount": 2}, {"sku": "value_point_3", "amount": 4}],
        "limits": {"per_user": 9, "recurrent_schedule": SCHEDULE},
    },
    INNER: {"content": [{"sku": THING, "quantity": 3}, {"sku": "booster_1", "quantity": 4}]},
    BOX: {
        "content": [{"sku": THING, "quantity": 2}, {"sku": INNER, "quantity": 5}],
        "price": {"amount": "20.99", "currency": "USD"},
    },
}
SHELF = (
    "item_id",
    "price",
    "limits",
    "value_points",
    "unit_items",
    "blocked_countries",
    "order",
)  # what is told of an item by its place
PIECES = {THING: 2, BOX: 3}
POINTS = {"name": {"en": "A point"}, "description": {"en": "About points"}, "image_url": PICTURE.format("point")}
BOTH = [{"sku": sku, "quantity": pieces} for sku, pieces in PIECES.items()]
PERIOD = {"date_from": "2024-01-01T00:00:00+03:00", "date_until": "2026-01-01T05:00:00+03:00"}
OF_CODES: tuple[tuple[str, str, Json], ...] = (
    ("admin-create-coupon", "get-coupon", CAMPAIGN),
    ("admin-create-coupon", "get-coupon-rewards-by-code", {"coupon_code": COUPON_CODE}),
    ("admin-create-coupon", "verify-promotion-code", {"code": COUPON_CODE}),
    ("admin-create-coupon", "get-redeemable-promotion-by-code", {"code": COUPON_CODE}),
    ("create-promo-code", "get-promo-code", CAMPAIGN),
    ("create-promo-code", "get-promo-code-rewards-by-code", {"promocode_code": PROMO_CODE}),
    ("create-promo-code", "verify-promotion-code", {"code": PROMO_CODE}),
    ("create-promo-code", "get-redeemable-promotion-by-code", {"code": PROMO_CODE}),
)
EVERYWHERE: tuple[tuple[str, Json], ...] = (
    ("get-offer-chains-list", {}),
    ("get-user-offer-chain-by-id", {"offer_chain_id": 1}),
    ("admin-get-offer-chain", {"offer_chain_id": 1}),
    ("get-daily-chains-list", {}),
    ("get-user-daily-chain-by-id", {"daily_chain_id": 1}),
    ("admin-get-daily-chain", {"daily_chain_id": 1}),
    ("get-reward-chains-list", {}),
    ("admin-get-reward-chain", {"reward_chain_id": 1}),
    ("get-item-promotion", {"promotion_id": 1}),
    ("get-bonus-promotion", {"promotion_id": 2}),
    ("get-promotion-list", {}),
    ("get-upsell-for-project-client", {}),
    ("get-upsell-configurations-for-project-admin", {}),
    *((operation, path) for _, operation, path in OF_CODES),
)
LIMITS = {"redeem_total_limit": 90, "redeem_user_limit": 80, "redeem_code_limit": 70}
WITH_CONTENT = ("get-offer-chains-list", "get-user-offer-chain-by-id")  # elsewhere a bundle is told without it
CARTS = ("redeem-promo-code", "remove-cart-promo-code")


@law(*dict.fromkeys(operation for operation, _ in EVERYWHERE), "redeem-coupon", *CARTS)
def a_thing_is_told_alike_wherever_it_is_shown(api: Api, draw: Draw) -> None:  # noqa: ARG001 - nothing is drawn
    """Name, description, picture, kind and content as in the catalog, and as many pieces as the operator wrote."""
    _fill(api)
    for operation, path in EVERYWHERE:
        _as_in_the_catalog(api, operation, api.call(operation, path=path, user=USER).json())
    for operation, body in (
        ("redeem-coupon", {"coupon_code": COUPON_CODE}),
        (CARTS[0], {"coupon_code": PROMO_CODE}),
        (CARTS[1], {}),
    ):
        answer = api.call(operation, body=body, user=USER).json()
        _as_in_the_catalog(api, operation, answer)
        if operation in CARTS:
            assert {name: part for name, part in answer.items() if name != "rewards"} == scenes.cart_of(api, USER)["cart"]


@law(*dict.fromkeys(operation for _, operation, _ in OF_CODES))
def a_code_tells_what_its_campaign_was_written_with(api: Api, draw: Draw) -> None:  # noqa: ARG001 - nothing is drawn
    """Name, periods, limits, discounts, and the items that it is about and gives: as far as the answer tells of them."""
    _fill(api)
    bodies = dict(_bodies())
    for create, operation, path in OF_CODES:
        told, schemas = api.call(operation, path=path, user=USER).json(), [_schema(operation)]
        if "rewards" in told:
            told, schemas = told["rewards"], [*members(schemas, "rewards")]
        assert list(differences(bodies[create], told, schemas)) == [], f"{operation} tells what {create} was given"


@law(*dict.fromkeys(one.id for kind in collections() for one in (kind.listing, kind.read, *kind.views)))
def a_list_tells_what_reading_each_tells(api: Api, draw: Draw) -> None:  # noqa: ARG001 - nothing is drawn
    """Every value that both show is the same, and each is the same when it is read again."""
    _fill(api)
    for kind in collections():
        for listing in [kind.listing, kind.listing, *(view for view in kind.views if not view.path_examples)]:
            for element in page_of(api.call(listing.id, user=USER).json()):
                read = api.call(kind.read.id, path={kind.key: kind.key_of(element, element)}).json()
                assert list(disagreements(read, element)) == [], f"{listing.id} tells what {kind.read.id} tells"


@law("get-upsell-for-project-client", *CARTS)
def the_shop_and_the_cart_tell_the_same_of_an_item(api: Api, draw: Draw) -> None:  # noqa: ARG001 - nothing is drawn
    """Price, discounts, gifts, value points and limits are those of the shop, before a code and after it was taken out again."""
    _fill(api)
    shop = {item["sku"]: item for item in api.call("get-upsell-for-project-client", user=USER).json()["items"]}
    bodies: tuple[Json, ...] = ({"coupon_code": PROMO_CODE}, {})
    for operation, body in zip(CARTS, bodies, strict=True):
        for item in api.call(operation, body=body, user=USER).json()["items"]:
            if not item["is_free"]:
                other = shop[item["sku"]] | ({"price": item["price"]} if body else {})
                assert _common(item, other) == _common(other, item), f"{operation} tells what the shop tells"


def _common(item: Json, other: Json) -> Json:
    return {name: part for name, part in item.items() if name in other}


def _fill(api: Api) -> None:
    """One of everything that shows items, each with the same two."""
    control = scenes.control_of(api)
    for sku, facts in CATALOG.items():
        kind: Json = {"type": "bundle", "bundle_type": "standard"} if "content" in facts else {}
        control.put_item(
            sku, name={"en": f"A {sku}"}, description={"en": f"About {sku}"}, image_url=PICTURE.format(sku), **kind, **facts
        )
    api.call("admin-update-value-point", path={"item_sku": POINT}, body={"sku": POINT, **POINTS})
    for operation, body in _bodies():
        assert api.call(operation, body=body).status < 300
    for word, add, code in (("coupon", "create-coupon-code", COUPON_CODE), ("promo-code", "create-promo-code-code", PROMO_CODE)):
        api.call(add, path=CAMPAIGN, body={"coupon_code": code})
        api.call(f"activate-{word}", path=CAMPAIGN)
    control.put_user(USER)
    control.fill_cart(USER, PIECES)


def _bodies() -> Iterator[tuple[str, Json]]:
    dates = {"date_start": "2025-01-01T03:00:00+03:00", "date_end": "2030-01-01T05:00:00+03:00"}
    chain = {"name": {"en": "Chain"}, "description": {"en": "A chain"}, **dates, "is_enabled": True}
    steps = [{"step_number": number, "is_free": number == 1, "items": BOTH} for number in (1, 2)]
    yield "admin-create-offer-chain", {**chain, "steps": steps}
    yield "admin-create-daily-chain", {**chain, "type": "rolling", "steps": [{"step_number": 1, "items": BOTH}]}
    step = {"name": {"en": "Step"}, "price": {"amount": 0}, "reward": BOTH}
    yield "admin-create-reward-chain", {**chain, "value_point": {"sku": POINT}, "steps": [step]}
    limits: Json = {"per_user": 7, "recurrent_schedule": {"per_user": SCHEDULE}}
    sale = {"name": {"en": "Sale"}, "is_enabled": True, "promotion_periods": [PERIOD], "limits": limits}
    yield "create-item-promotion", {**sale, "discount": {"percent": "10"}, "items": [{"sku": THING}]}
    yield "create-bonus-promotion", {**sale, "condition": [{"sku": THING}], "bonus": BOTH}
    yield "post-upsell", {"is_enabled": True, "type": "fixed_list", "items": [THING, BOX]}
    campaign = {**CAMPAIGN, "name": {"en": "Shown"}, "bonus": BOTH, "promotion_periods": [PERIOD], **LIMITS}
    yield "admin-create-coupon", campaign
    some = [{"sku": THING, "discount": {"percent": "5.00"}}]
    yield "create-promo-code", {**campaign, "discount": {"percent": "10.00"}, "discounted_items": some}


def _as_in_the_catalog(api: Api, operation: str, answer: Json) -> None:
    found = list(_shown(answer, [_schema(operation)]))
    assert any(thing["sku"] in PIECES for thing, *_ in found), f"{operation} shows what was put there"
    for thing, schemas, is_inside in found:
        facts = {name: fact for name, fact in _facts(api, thing["sku"]).items() if name not in SHELF}
        if operation not in WITH_CONTENT:
            facts |= {"content": thing.get("content")}
        assert list(differences(facts, thing, schemas)) == [], f"{operation} tells of {thing['sku']} what the catalog says"
        pieces = PIECES.get(thing["sku"])
        assert is_inside or thing.get("quantity", pieces) == pieces, f"{operation} tells how many there are"


def _schema(operation: str) -> Schema:
    return operation_table()[operation].responses[200].schema or {}


def _facts(api: Api, sku: str) -> Json:
    return POINTS if sku == POINT else scenes.control_of(api).item(sku)


def _shown(answer: Json, schemas: Iterable[Schema], is_inside: bool = False) -> Iterator[tuple[Json, list[Schema], bool]]:
    """Everything of ours in an answer, with what the description says of it, and whether it stands inside of a bundle."""
    here = list(schemas)
    if isinstance(answer, Mapping):
        if answer.get("sku") in (*CATALOG, POINT):
            yield answer, here, is_inside
        for name, part in answer.items():
            yield from _shown(part, members(here, name), is_inside or name == "content")
    elif isinstance(answer, list):
        for part in answer:
            yield from _shown(part, elements(here), is_inside)
