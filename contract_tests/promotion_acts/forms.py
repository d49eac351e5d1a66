"""What an operator puts up, in the forms that the SDK sends."""

from collections.abc import Mapping
from typing import Any

from season_game import text
from xsolla_liveops import models as m

from promotion_acts.words import Campaign, Condition, Item, Promotion, Schedule, Window

SCHEDULES: dict[str, Any] = {"daily": m.DailyUseSchedule, "weekly": m.WeeklyUseSchedule, "monthly": m.MonthlyUseSchedule}
DAY_OF = {"weekly": "day_of_week", "monthly": "day_of_month"}


def item_facts(item: Item) -> dict[str, Any]:
    """An item as the control door takes it."""
    schedule = item.schedule and schedule_form(item.schedule).to_dict()
    limits = {"per_user": item.per_user, "recurrent_schedule": schedule} if item.per_user else None
    return {"price": {"amount": item.price, "currency": "USD"} if item.price else None, "limits": limits}


def schedule_form(schedule: Schedule) -> Any:
    """When a count starts over."""
    facts = {DAY_OF[schedule.interval]: schedule.day} if schedule.day else {}
    return SCHEDULES[schedule.interval](interval_type=schedule.interval, time=schedule.time, **facts)


def promotion_form(name: str, promotion: Promotion, numbers: Mapping[str, int]) -> Any:
    """A discount or a bonus; `numbers` are those of the promotions that there are."""
    items = [m.PromotedItem(sku) for sku in promotion.items]
    schedules = m.UseSchedules(schedule_form(promotion.schedule)) if promotion.schedule else None
    facts: dict[str, Any] = {
        "name": text(name),
        "promotion_periods": periods(promotion.windows),
        "excluded_promotions": [numbers[other] for other in promotion.excludes],
        "price_conditions": conditions(promotion.prices),
        "limits": m.PromotionLimitsInput(promotion.per_user, schedules),
        **for_tier(promotion.tier),
    }
    if promotion.percent is not None:
        return m.DiscountPromotionInput(m.Discount(promotion.percent), items, **facts)
    return m.BonusPromotionInput(gifts(promotion.gifts), items, **facts)


def campaign_facts(name: str, campaign: Campaign, numbers: Mapping[str, int]) -> dict[str, Any]:
    """What a campaign is made of, whatever the form that holds it."""
    common: dict[str, Any] = {
        "name": text(name),
        "promotion_periods": periods(campaign.windows),
        "redeem_total_limit": campaign.total,
        "redeem_user_limit": campaign.per_user,
        "redeem_code_limit": campaign.per_code,
    }
    if campaign.kind == "offer":
        return {**common, "items": list(campaign.items)}
    common |= {"bonus": gifts(campaign.gifts), **for_tier(campaign.tier)}
    if campaign.kind == "coupon":
        return common
    single = [m.DiscountedItem(m.Discount(percent), sku) for sku, percent in (campaign.percents or {}).items()]
    return {
        **common,
        "discount": m.CartDiscount(campaign.percent) if campaign.percent else None,
        "discounted_items": single or None,
        "price_conditions": conditions(campaign.cart_prices),
        "item_price_conditions": conditions(campaign.item_prices),
        "excluded_promotions": [numbers[other] for other in campaign.excludes],
    }


def periods(windows: tuple[Window, ...]) -> list[m.PromotionPeriod]:
    """Windows of time."""
    return [m.PromotionPeriod(opens, closes) for opens, closes in windows]


def conditions(prices: tuple[Condition, ...]) -> list[m.PriceCondition] | None:
    """Conditions on a price."""
    return [m.PriceCondition(m.PriceConditionOperator(how), value) for how, value in prices] or None


def gifts(pieces: dict[str, int] | None) -> list[m.BonusItemInput] | None:
    """What comes for nothing."""
    return [m.BonusItemInput(sku, quantity) for sku, quantity in pieces.items()] if pieces else None


def for_tier(tier: str | None) -> dict[str, Any]:
    """The condition that the user is of a tier."""
    condition = m.StringCondition("tier", m.StringConditionOperator("eq"), "string", tier or "")
    return {"attribute_conditions": [condition]} if tier else {}
