"""Set-up and readings that the laws of coupons share."""

from typing import Any

from liveops_contract.api import Api
from liveops_contract.doors import Answer
from liveops_contract.laws import scenes

Json = Any
CREATE, READ, LIST, UPDATE = "admin-create-coupon", "get-coupon", "get-coupons", "update-coupon-promotion"
DELETE, ACTIVATE, DEACTIVATE = "delete-coupon-promotion", "activate-coupon", "deactivate-coupon"
ADD, CODES, GENERATE, CODE_LIMITS = "create-coupon-code", "get-coupon-codes", "generate-coupon-codes", "get-coupon-code-limit"
REDEEM, REWARDS = "redeem-coupon", "get-coupon-rewards-by-code"
LEFT, RAISE = "get-coupon-user-limit", "add-coupon-user-promotion-limit"
SET, LOWER = "set-coupon-user-promotion-limit", "remove-coupon-user-promotion-limit"
GIFT, CODE = "com.xsolla.potion_1", "WINTER2021"


def place(key: str) -> Json:
    """The path of a coupon."""
    return {"external_id": key}


def make(api: Api, key: str = "coupon", *codes: str, on: bool = True, **facts: Json) -> None:
    """A coupon that gives one potion, with these codes, switched on."""
    bonus = [{"sku": GIFT, "quantity": 1}]
    api.call(CREATE, body={"external_id": key, "name": {"en": "Coupon"}, "bonus": bonus, **facts})
    for code in codes:
        add(api, code, key)
    if on:
        api.call(ACTIVATE, path=place(key))


def add(api: Api, code: str, key: str = "coupon") -> Answer:
    """Add a code of choice."""
    return api.call(ADD, path=place(key), body={"coupon_code": code})


def read(api: Api, key: str = "coupon") -> Json:
    """A coupon as an operator reads it."""
    return api.call(READ, path=place(key)).json()


def update(api: Api, key: str = "coupon", **facts: Json) -> Answer:
    """Replace a coupon; it gives one potion unless told otherwise."""
    bonus = [{"sku": GIFT, "quantity": 1}]
    return api.call(UPDATE, path=place(key), body={"name": {"en": "Coupon"}, "bonus": bonus, **facts})


def redeem(api: Api, code: str = CODE, user: str = "user_1", **facts: Json) -> int | None:
    """Enter a code; the code of the refusal, None if it was redeemed."""
    return api.call(REDEEM, body={"coupon_code": code, **facts}, user=user).error_code


def shown(api: Api, code: str = CODE, user: str = "user_1") -> int | None:
    """Ask what a code gives; the code of the refusal, None if it was told."""
    return api.call(REWARDS, path={"coupon_code": code}, user=user).error_code


def gifts(api: Api, user: str = "user_1") -> int:
    """How many potions a user has."""
    return scenes.control_of(api).inventory(user).get(GIFT, 0)


def codes_of(api: Api, key: str = "coupon", limit: int = 50) -> list[str]:
    """All codes of a coupon, page after page."""
    found: list[str] = []
    for offset in range(0, scenes.MOST_PAGES * limit, limit):
        page = api.call(CODES, path=place(key), query={"limit": limit, "offset": offset}).json()["codes"]
        found += [entry["code"] for entry in page]
        if len(page) < limit:
            break
    return found


def states(api: Api, key: str = "coupon") -> dict[str, Json]:
    """What has become of the redemptions of each code, of the first fifty."""
    items = api.call(CODE_LIMITS, path=place(key)).json()["items"]
    return {entry["code"]: entry["per_code"] for entry in items}


def left(api: Api, user: str = "user_1", key: str = "coupon") -> Answer:
    """Ask what is left to a user."""
    return api.call(LEFT, path=place(key), query={"user_external_id": user})


def move(api: Api, operation: str, available: int, user: str = "user_1", key: str = "coupon") -> Answer:
    """Raise, lower or set what is left to a user."""
    return api.call(operation, path=place(key), body={"user": {"user_external_id": user}, "available": available})
