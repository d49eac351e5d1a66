"""What the laws of discounts and bonuses set up and look at."""

from typing import NamedTuple

from liveops_contract.api import Api, Json
from liveops_contract.doors import Answer
from liveops_contract.laws import scenes
from liveops_contract.promotion_strategies import bonus_input, discount_input
from liveops_contract.strategies import Drawn

LIST_ALL, ACTIVATE, DEACTIVATE = "get-promotion-list", "activate-promotion", "deactivate-promotion"
SHOWN_LATER = ("reset_next_date", "displayable_reset_start_date", "displayable_reset_next_date")


class Kind(NamedTuple):
    """The operations on promotions of one kind, how to draw one, and which lists of items it has."""

    create: str
    read: str
    update: str
    delete: str
    list: str
    body: Drawn
    lists: tuple[str, ...]


DISCOUNTS = Kind(
    "create-item-promotion",
    "get-item-promotion",
    "update-item-promotion",
    "delete-item-promotion",
    "get-item-promotion-list",
    discount_input(),
    ("items",),
)
BONUSES = Kind(
    "create-bonus-promotion",
    "get-bonus-promotion",
    "update-bonus-promotion",
    "delete-bonus-promotion",
    "get-bonus-promotion-list",
    bonus_input(),
    ("condition", "bonus"),
)
KINDS = (DISCOUNTS, BONUSES)


def other(kind: Kind) -> Kind:
    """The other kind."""
    return BONUSES if kind is DISCOUNTS else DISCOUNTS


def new(api: Api, kind: Kind, body: Json) -> int:
    """Create a promotion; its number."""
    return int(api.call(kind.create, body=body).json()["promotion_id"])


def read(api: Api, kind: Kind, number: int) -> Json:
    """A promotion as an operator reads it."""
    return api.call(kind.read, path={"promotion_id": number}).json()


def update(api: Api, kind: Kind, number: int, body: Json) -> Answer:
    """Replace a promotion."""
    return api.call(kind.update, path={"promotion_id": number}, body=body)


def discount(percent: str, *skus: str, **facts: Json) -> Json:
    """The body of a discount on these items that is switched on."""
    items = [{"sku": sku} for sku in skus] or None
    return {"name": {"en": "Discount"}, "discount": {"percent": percent}, "items": items, "is_enabled": True, **facts}


def bonus(gifts: dict[str, int], *skus: str, **facts: Json) -> Json:
    """The body of a bonus that is switched on: for purchases with all of these items, or for every one."""
    given = [{"sku": sku, "quantity": quantity} for sku, quantity in gifts.items()]
    condition = [{"sku": sku} for sku in skus] or None
    return {"name": {"en": "Bonus"}, "condition": condition, "bonus": given, "is_enabled": True, **facts}


def of_kind(kind: Kind, **facts: Json) -> Json:
    """The plainest body of a kind."""
    return discount("10.00", **facts) if kind is DISCOUNTS else bonus({}, **facts)


def said(kind: Kind, body: Json, *, is_enabled: bool = False) -> Json:
    """Everything that an operator says of a promotion, defaults filled in, as it is read."""
    limits = body.get("limits", {})
    total, schedule = limits.get("per_user"), (limits.get("recurrent_schedule") or {}).get("per_user")
    own = {"discount": body["discount"]} if kind is DISCOUNTS else {"bonus": gifts_of(body)}
    (named, *_) = kind.lists
    return {
        **own,
        "name": scenes.as_answered(body["name"]),
        "promotion_periods": windows(body.get("promotion_periods", [])),
        "is_enabled": body.get("is_enabled", is_enabled),
        "attribute_conditions": body.get("attribute_conditions"),
        "price_conditions": body.get("price_conditions") or None,
        "excluded_promotions": body.get("excluded_promotions", []),
        named: body[named] or None,
        "limits": {
            "per_user": None if total is None else {"total": total},
            "per_item": None,
            "recurrent_schedule": schedule and {"per_user": {"day_of_week": None, "day_of_month": None, **schedule}},
        },
    }


def told(promotion: Json) -> Json:
    """What is read of a promotion, in one form, without number and what the clock adds."""
    limits = promotion["limits"]
    state = (limits["recurrent_schedule"] or {}).get("per_user")
    schedule = state and {"per_user": {name: value for name, value in state.items() if name not in SHOWN_LATER}}
    return {
        **{name: value for name, value in promotion.items() if name != "id"},
        "promotion_periods": windows(promotion["promotion_periods"]),
        "limits": {**limits, "recurrent_schedule": schedule},
    }


def gifts_of(body: Json) -> Json:
    """What a bonus gives, one piece where nothing is said; null for nothing."""
    return [{"quantity": 1, **entry} for entry in body["bonus"] or ()] or None


def windows(periods: list[Json]) -> list[Json]:
    """Windows as points in time."""
    return [(scenes.moment(period["date_from"]), scenes.moment(period.get("date_until"))) for period in periods]
