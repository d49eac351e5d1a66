"""What the laws of promo codes and unique catalog offers set up and look at."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from liveops_contract.api import Api, Json
from liveops_contract.doors import Answer
from liveops_contract.laws import scenes
from liveops_contract.laws.price_scenes import piece
from liveops_contract.promo_code_strategies import offer_create, offer_update, promo_code_create, promo_code_update
from liveops_contract.strategies import Drawn

REDEEM, REMOVE, REWARDS = "redeem-promo-code", "remove-cart-promo-code", "get-promo-code-rewards-by-code"
CREATE, UPDATE, DELETE = "create-promo-code", "update-promo-code", "delete-promo-code"
ACTIVATE, DEACTIVATE, READ = "activate-promo-code", "deactivate-promo-code", "get-promo-code"
OFFER_CREATE, OFFER_READ = "admin-create-unique-catalog-offer", "get-unique-catalog-offer"
KEY, CODE = "promo", "Summer1"
LIMITS = ("redeem_total_limit", "redeem_user_limit", "redeem_code_limit")
PRICES = ("10.00", "4.99", "0.07", "33.33", "12.345", "20")


class Kind(NamedTuple):
    """The operations on campaigns of one kind, and how to draw one."""

    create: str
    read: str
    update: str
    delete: str
    list: str
    activate: str
    deactivate: str
    add: str
    codes: str
    generate: str
    new: Drawn
    newer: Drawn


PROMO_CODES = Kind(
    *(CREATE, READ, UPDATE, DELETE, "get-promo-codes", ACTIVATE, DEACTIVATE),
    *("create-promo-code-code", "get-promocode-codes", "generate-promo-code-codes"),
    promo_code_create(),
    promo_code_update(),
)
OFFERS = Kind(
    *(OFFER_CREATE, OFFER_READ, "update-unique-catalog-offer-promotion", "delete-unique-catalog-offer-promotion"),
    *("get-unique-catalog-offers", "activate-unique-catalog-offer", "deactivate-unique-catalog-offer"),
    *("create-unique-catalog-offer-code", "get-unique-catalog-offer-codes", "generate-unique-catalog-offer-codes"),
    offer_create(),
    offer_update(),
)
KINDS = (PROMO_CODES, OFFERS)


def other(kind: Kind) -> Kind:
    """The other kind."""
    return OFFERS if kind is PROMO_CODES else PROMO_CODES


def at(api: Api, operation: str, key: str = KEY, body: Json = None) -> Answer:
    """Call an operation on the campaign of this key."""
    given = {} if body is None else {"body": body}
    return api.call(operation, path={"external_id": key}, **given)


def add_code(api: Api, kind: Kind, key: str, code: str) -> Answer:
    """Add a code to a campaign."""
    return at(api, kind.add, key, {"coupon_code": code})


def campaign(api: Api, kind: Kind, *codes: str, key: str = KEY, **facts: Json) -> Answer:
    """Create a campaign with these codes that is switched on; the answer to the creation."""
    created = api.call(kind.create, body={"external_id": key, "name": {"en": key}, **facts})
    for code in codes:
        add_code(api, kind, key, code)
    at(api, kind.activate, key)
    return created


def promo_code(api: Api, *codes: str, key: str = KEY, **facts: Json) -> None:
    """A promo code with these codes that is switched on; with ten per cent off where nothing else is said."""
    gives = {"discount", "discounted_items", "bonus"} & facts.keys()
    campaign(api, PROMO_CODES, *(codes or (CODE,)), key=key, **({} if gives else {"discount": {"percent": "10"}}), **facts)


def ready(api: Api, *users: str, **facts: Json) -> None:
    """A promo code of ten per cent, and carts of these users that cost ten dollars."""
    stock(api, {"gem": "10.00"})
    promo_code(api, **facts)
    for user in users or ("user_1",):
        scenes.control_of(api).put_user(user)
        scenes.control_of(api).fill_cart(user, {"gem": 1})


def redeem(api: Api, code: str = CODE, user: str = "user_1", **body: Json) -> Answer:
    """The user enters a promo code."""
    return api.call(REDEEM, body={"coupon_code": code, **body}, user=user)


def remove(api: Api, user: str = "user_1", **body: Json) -> Answer:
    """The user takes the promo code out again."""
    return api.call(REMOVE, body=body, user=user)


def counted(api: Api, key: str = KEY) -> Json:
    """What has become of the redemptions of each code: left, reserved, used; together they are all there are."""
    states = {entry["code"]: entry["per_code"] for entry in at(api, "get-promo-code-code-limit", key).json()["items"]}
    parts = {code: tuple(state[name] for name in ("available", "reserved", "used")) for code, state in states.items()}
    for code, (left, reserved, used) in parts.items():
        assert states[code]["total"] == (None if left is None else left + reserved + used)
    return parts


def totals(api: Api, operation: str = READ, key: str = KEY) -> Json:
    """What has become of the redemptions of the whole campaign: left, reserved, used."""
    state = at(api, operation, key).json()["total_limit_state"]
    return state and tuple(state[name] for name in ("available", "reserved", "used"))


def left_to(api: Api, user: str = "user_1", key: str = KEY) -> int:
    """How often a user may still redeem."""
    query = {"user_external_id": user}
    answer = api.call("get-promo-code-user-limit", path={"external_id": key}, query=query)
    return int(answer.json()["per_user"]["available"])


def stock(api: Api, prices: dict[str, str]) -> None:
    """Items of the catalog with these prices in dollars."""
    for sku, price in prices.items():
        scenes.control_of(api).put_item(sku, price={"amount": price, "currency": "USD"})


def cost(prices: dict[str, str], items: dict[str, int], percents: Mapping[str, Sequence[str]]) -> Fraction:
    """What a cart costs where these discounts act on its items."""
    return sum((piece(prices[sku], list(percents.get(sku, ()))) * pieces for sku, pieces in items.items()), Fraction(0))


def amounts(cart: Json) -> Json:
    """What a cart costs, and what it would cost without discounts."""
    return Fraction(cart["price"]["amount"]), Fraction(cart["price"]["amount_without_discount"])


def gifts(cart: Json) -> dict[str, int]:
    """What is in a cart for nothing."""
    return {entry["sku"]: entry["quantity"] for entry in cart["items"] if entry["is_free"]}


def campaigns(api: Api, kind: Kind) -> Iterator[Json]:
    """All campaigns of a kind, page after page."""
    yield from scenes.listed(api, kind.list, 50)
