"""What the journey through campaigns asks for, and how it reads the answers."""

from collections import Counter
from fractions import Fraction

from liveops_contract.api import Api
from liveops_contract.campaign_strategies import coupon_create, coupon_update
from liveops_contract.control import ControlRefused
from liveops_contract.doors import Answer
from liveops_contract.journeys.campaign_model import (
    CENTS,
    COUPON,
    DISCOUNT,
    GEM,
    HAT,
    OFFER,
    POTION,
    PROMO,
    SHOP_PERCENT,
    TOTALS,
    USERS,
    Json,
)
from liveops_contract.laws import coupon_scenes, limit_scenes, scenes
from liveops_contract.laws.promo_code_scenes import LIMITS, OFFERS, PROMO_CODES, Kind
from liveops_contract.laws.promotion_limits import PROMOTIONS
from liveops_contract.laws.promotion_scenes import DISCOUNTS, discount, new

COUPONS = Kind(
    *(coupon_scenes.CREATE, coupon_scenes.READ, coupon_scenes.UPDATE, coupon_scenes.DELETE, coupon_scenes.LIST),
    *(coupon_scenes.ACTIVATE, coupon_scenes.DEACTIVATE, coupon_scenes.ADD, coupon_scenes.CODES, coupon_scenes.GENERATE),
    coupon_create(),
    coupon_update(),
)
KINDS = {COUPON: COUPONS, PROMO: PROMO_CODES, OFFER: OFFERS}
WORDS = {COUPON: "coupon", PROMO: "promo-code"}  # as the operations about limits name them


def furnish(api: Api) -> int:
    """Items with prices, of which one is limited, users, and a discount that each may use so often a day; its number."""
    control = scenes.control_of(api)
    for sku, cents in CENTS.items():
        price = {"amount": f"{cents / 100:.2f}", "currency": "USD"}
        control.put_item(sku, price=price, limits={"per_user": TOTALS[sku]} if sku in TOTALS else None)
    control.put_item(POTION)
    for user in USERS:
        control.put_user(user)
    limits = {"per_user": TOTALS[DISCOUNT], "recurrent_schedule": {"per_user": limit_scenes.AT_EIGHT}}
    return new(api, DISCOUNTS, discount(f"{SHOP_PERCENT}.00", GEM, limits=limits))


def at(api: Api, operation: str, key: str, body: Json = None) -> Answer:
    """Call an operation on the campaign of this key."""
    return api.call(operation, path={"external_id": key}, **({} if body is None else {"body": body}))


def described(kind: str, facts: Json) -> Json:
    """The body of a campaign with these facts."""
    periods = [{"date_from": "2024-01-01T00:00:00Z", "date_until": facts["until"].isoformat()}] if facts["until"] else []
    body = {"name": {}, "promotion_periods": periods, **dict(zip(LIMITS, facts["limits"], strict=True))}
    if kind == OFFER:
        return {**body, "items": [HAT]}
    body["bonus"] = [{"sku": sku, "quantity": pieces} for sku, pieces in facts["gifts"].items()]
    return {**body, "discount": {"percent": f"{facts['percent']}.00"}} if facts["percent"] else body


def move(api: Api, act: str, kind: str, thing: Json, user: str, number: int) -> Answer:
    """Raise (add), lower (remove) or set what is left to a user: of a campaign, of an item, or of the discount."""
    if kind in WORDS:
        body = {"user": {"user_external_id": user}, "available": number}
        return at(api, f"{act}-{WORDS[kind]}-user-promotion-limit", thing, body)
    return limit_scenes.ask(api, PROMOTIONS if kind == DISCOUNT else limit_scenes.ITEMS, act, thing, user, number)


def left(api: Api, kind: str, thing: Json, user: str) -> int:
    """What is left to a user of the same."""
    if kind in WORDS:
        query = {"user_external_id": user}
        answer = api.call(f"get-{WORDS[kind]}-user-limit", path={"external_id": thing}, query=query)
        return int(answer.json()["per_user"]["available"])
    return limit_scenes.left(api, PROMOTIONS if kind == DISCOUNT else limit_scenes.ITEMS, thing, user)


def campaigns(api: Api, kind: str) -> Json:
    """All campaigns of a kind: whether they are on, and what has become of their redemptions."""
    shown = api.call(KINDS[kind].list).json()["items"]
    return {one["external_id"]: (one["is_enabled"], counters(one)) for one in shown}


def counters(campaign: Json) -> Json:
    """What has become of the redemptions that a campaign allows; None where it allows any number."""
    state = campaign["total_limit_state"]
    return state and {"total": campaign["redeem_total_limit"], **state}


def codes(api: Api, kind: str, key: str) -> Json:
    """The codes of a campaign with what has become of their redemptions; of offers nothing is told."""
    if kind == OFFER:
        return {entry["code"]: None for entry in at(api, KINDS[kind].codes, key).json()["codes"]}
    page = at(api, f"get-{WORDS[kind]}-code-limit", key).json()
    return {entry["code"]: entry["per_code"] for entry in page["items"]}


def tried(api: Api, act: str, *given: Json, **facts: Json) -> tuple[int | None, Json]:
    """Ask the control door for something: the code of the refusal or None, and the answer."""
    try:
        return None, getattr(scenes.control_of(api), act)(*given, **facts)
    except ControlRefused as refusal:
        return refusal.code, None


def cart(api: Api, user: str) -> Json:
    """A user's cart: its items with what is free, its price in cents, and its codes; None where there is none."""
    told = tried(api, "cart", user)[1]
    if told is None:
        return None
    items: Counter[str] = Counter()
    for entry in told["cart"]["items"]:
        items[entry["sku"]] += entry["quantity"]
    return items, Fraction(told["cart"]["price"]["amount"]) * 100, told["promo_code"], told["offer_code"]


def orders(api: Api, user: str) -> Json:
    """A user's orders by number: status, price in cents, and codes."""
    found = scenes.control_of(api).orders(user)
    return {one["order_id"]: (one["status"], round(one["price"]["amount"] * 100), one["codes"]) for one in found}
