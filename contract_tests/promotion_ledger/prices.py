"""What a purchase costs, and what comes on top: in fractions, which know no rounding but the one that is wanted."""

from datetime import datetime
from fractions import Fraction
from math import floor
from typing import NamedTuple

from promotion_acts.words import Campaign, Condition, Promotion, Window

from promotion_ledger.facts import Facts, Items
from promotion_ledger.limits import left


class Effect(NamedTuple):
    """Something that a promotion, or a promo code, does to a purchase: a share off some items, or gifts."""

    name: str
    percent: str | None
    skus: frozenset[str]
    gifts: dict[str, int]
    excludes: tuple[str, ...]


def is_open(windows: tuple[Window, ...], now: datetime) -> bool:
    """Whether it is time; the last moment of a window does not belong to it."""
    return not windows or any(opens <= now and (closes is None or now < closes) for opens, closes in windows)


def suits(facts: Facts, player: str, tier: str | None) -> bool:
    """Whether something is for players of this tier."""
    return tier is None or facts.tiers.get(player) == tier


def meets(price: Fraction | None, conditions: tuple[Condition, ...]) -> bool:
    """Whether a price meets all conditions; no price meets none."""
    return all(price is not None and meets_one(price, how, Fraction(value)) for how, value in conditions)


def meets_one(price: Fraction, how: str, value: Fraction) -> bool:
    """Whether a price meets a condition."""
    return (
        (how in ("ge", "gt", "ne") and price > value)
        or (how in ("le", "lt", "ne") and price < value)
        or (how in ("ge", "le", "eq") and price == value)
    )


def catalog_price(facts: Facts, sku: str) -> Fraction | None:
    """What a piece costs without promotions."""
    price = facts.items[sku].price
    return None if price is None else Fraction(price)


def price(facts: Facts, items: Items, effects: list[Effect]) -> Fraction | None:
    """What items cost under these effects; nothing where one of them has no price."""
    total = Fraction(0)
    for sku, pieces in items:
        amount = catalog_price(facts, sku)
        if amount is None:
            return None
        total += piece(amount, sku, effects) * pieces
    return total


def piece(amount: Fraction, sku: str, effects: list[Effect]) -> Fraction:
    """What one piece costs: shares multiply, and the result is rounded once, half a cent up."""
    shares = [Fraction(effect.percent) for effect in effects if effect.percent is not None and sku in effect.skus]
    if not shares:
        return amount
    for share in shares:
        amount *= (100 - share) / 100
    return Fraction(floor(amount * 100 + Fraction(1, 2)), 100)


def gifts(effects: list[Effect]) -> dict[str, int]:
    """What comes on top."""
    total: dict[str, int] = {}
    for effect in effects:
        for sku, pieces in effect.gifts.items():
            total[sku] = total.get(sku, 0) + pieces
    return total


def acting(facts: Facts, player: str, items: Items, code: list[Effect]) -> list[Effect]:
    """The effects on a purchase of this moment: whoever is excluded by another one that acts gives way."""
    effects = list(code)
    for name, promotion in facts.promotions.items():
        if promotion and is_available(facts, player, name, promotion):
            effects += of_promotion(facts, name, promotion, items)
    if price(facts, items, []) is None:
        effects = [effect for effect in effects if effect.percent is None]
    return [effect for effect in effects if stays(effect, effects)]


def is_available(facts: Facts, player: str, name: str, promotion: Promotion) -> bool:
    """Whether a promotion is on and running, suits the player, and is not used up."""
    is_running = name in facts.switched_on and is_open(promotion.windows, facts.now)
    return is_running and suits(facts, player, promotion.tier) and left(facts, "promotion", name, player) != 0


def stays(effect: Effect, effects: list[Effect]) -> bool:
    """Whether an effect acts beside the others. Nothing excludes itself in a circle in this season."""
    return not any(effect.name in other.excludes and stays(other, effects) for other in effects)


def of_promotion(facts: Facts, name: str, promotion: Promotion, items: Items) -> list[Effect]:
    """What a promotion does to these items."""
    named, skus = frozenset(promotion.items), frozenset(sku for sku, _ in items)
    about = named & skus if named else frozenset(sku for sku in skus if meets(catalog_price(facts, sku), promotion.prices))
    if promotion.percent is None:
        about = about if about >= named else frozenset()  # a bonus needs all of its items together
    return [Effect(name, promotion.percent, about, promotion.gifts or {}, promotion.excludes)] if about else []


def of_code(facts: Facts, name: str, campaign: Campaign, items: Items) -> list[Effect]:
    """What a promo code does to a cart."""
    fitting = frozenset(sku for sku, _ in items if meets(catalog_price(facts, sku), campaign.item_prices))
    if not fitting or not meets(price(facts, items, []), campaign.cart_prices):
        return []
    shares = [(campaign.percent, fitting)] if campaign.percent else []
    shares += [(percent, fitting & {sku}) for sku, percent in (campaign.percents or {}).items() if sku in fitting]
    effects = [Effect(name, percent, skus, {}, campaign.excludes) for percent, skus in shares]
    return [*effects, Effect(name, None, frozenset(), campaign.gifts, campaign.excludes)] if campaign.gifts else effects
