"""Discounts and bonuses as they are kept, and as operators read them."""

from collections.abc import Callable
from typing import Any

from .ledger import require_items
from .messages import Call, Page
from .periods import stored_periods
from .problems import PromotionNotFound
from .resets import schedule_state
from .texts import two_letter
from .uses import forget, forget_lapsed_uses
from .world import World

Json = Any


def require_promotion(world: World, call: Call, kind: str) -> Json:
    """The promotion of this kind that the path names, or a refusal."""
    number = call.path["promotion_id"]
    promotion = world.promotions.get(number)
    if promotion is None or promotion["kind"] != kind:
        raise PromotionNotFound(
            f"Can not find promotion with ID = {number} in project {world.project_id}: it has no {kind} of this number; "
            "list its promotions to see their numbers"
        )
    return promotion


def known_skus(world: World, entries: list[Json] | None) -> list[str] | None:
    """The SKUs of a list, if the catalog has them all. An empty list is none."""
    skus = [entry["sku"] for entry in entries or ()]
    require_items(world, skus)
    return skus or None


def put_promotion(world: World, kind: str, number: int, body: Json, facts: Json) -> None:
    """Keep a promotion; `facts` are those of its kind, what the body leaves out is the server's default."""
    before = world.promotions.get(number)
    if before is not None:
        forget_lapsed_uses(world, before)
    limits = body.get("limits", {})
    schedule = limits.get("recurrent_schedule")
    promotion = {
        "id": number,
        "kind": kind,
        "name": two_letter(body["name"], world.spellings),
        "promotion_periods": stored_periods(body),
        "is_enabled": body.get("is_enabled", before is not None and before["is_enabled"]),
        "attribute_conditions": body.get("attribute_conditions"),
        "price_conditions": body.get("price_conditions") or None,
        "per_user": limits.get("per_user"),
        "recurrent_schedule": schedule and {name: day for name, day in schedule["per_user"].items() if day is not None},
        "reset_since": world.now,
        "excluded_promotions": body.get("excluded_promotions", []),
        "percent": None,
        "bonus": None,
    }
    world.promotions.put(number, {**promotion, **facts})


def delete_promotion(world: World, number: int) -> None:
    """Forget a promotion, and how often it was used."""
    forget(world.promotion_uses, "thing", number)
    world.promotions.remove(number)


def shown_limits(world: World, promotion: Json) -> Json:
    """How often a promotion may be used, as operators read it."""
    total = promotion["per_user"]
    state = schedule_state(promotion["recurrent_schedule"], promotion["reset_since"], world.now)
    days = {"day_of_week": None, "day_of_month": None}
    return {
        "per_user": None if total is None else {"total": total},
        "per_item": None,
        "recurrent_schedule": state and {"per_user": {**days, **state}},
    }


def shown(world: World, promotion: Json) -> Json:
    """What operators read of promotions of both kinds."""
    names = ("id", "promotion_periods", "is_enabled", "name", "attribute_conditions", "price_conditions", "excluded_promotions")
    return {**{name: promotion[name] for name in names}, "limits": shown_limits(world, promotion)}


def shown_items(skus: list[str] | None) -> Json:
    """Items by their SKUs; null for none."""
    return None if skus is None else [{"sku": sku} for sku in skus]


def page_of(world: World, call: Call, kind: str, show: Callable[[World, Json], Json]) -> Page:
    """One page of the promotions of a kind by their numbers, and how many there are on all pages."""
    promotions = world.promotions
    keys = promotions.keys("kind", kind, call.query["offset"], call.query["limit"])
    total, active = promotions.count("kind", kind), promotions.count("switch", (kind, True))
    return Page([show(world, promotions.get(key)) for key in keys], counts(total, active), "promotions")


def counts(total: int, active: int) -> Json:
    """How many promotions there are, and how many of them are switched on."""
    return {"total_promotions_count": total, "active_promotions_count": active, "inactive_promotions_count": total - active}
