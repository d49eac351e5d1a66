"""The program of a game's back end over the SDK: an operator opens a season, players play it, support helps, all is closed again.

`LIVEOPS_PROJECT_ID=... LIVEOPS_API_KEY=... python winter_season.py` opens it, prints what it is made of, and closes it.
"""

import asyncio
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import islice

from xsolla_liveops import AsyncLiveOps, LiveOps, ResetTime, Schedule, Unset, UseSchedule, models, next_resets
from xsolla_liveops.errors import (
    ActiveChainError,
    AlreadyClaimed,
    AlreadyExists,
    CodeTaken,
    ConnectionFailed,
    LiveOpsError,
    NotEnoughValuePoints,
    NotFoundError,
    NothingLeft,
    RateLimited,
    RuleError,
    ServerError,
    TimedOut,
    ValidationError,
)

HONOR, GIFT, SALE = "honor", "winter-gift", "winter-sale"
SWORD, SHIELD, POTION = "com.xsolla.sword", "com.xsolla.shield", "com.xsolla.potion"
BEGINS = datetime(2025, 1, 1, tzinfo=UTC)
# Five in the morning in Berlin, in winter; the API knows offsets alone, so the day decides which one.
MORNING = ResetTime(time(5), "Europe/Berlin", on=date(2025, 1, 1))


@dataclass(frozen=True)
class Season:
    """The numbers of what was opened."""

    road: int
    advent: int
    starter: int
    daily_deal: int


def open_season(liveops: LiveOps) -> Season:
    """Create everything that the season consists of; the points may be there from the last one."""
    try:
        liveops.value_points.create(models.ValuePointInput(name={"en": "Honor", "de": "Ehre"}, sku=HONOR))
    except AlreadyExists:
        print(f"{HONOR} is there already")
    liveops.value_points.set_items(HONOR, [models.ItemValuePoints(amount=15, sku=SWORD)])
    road = liveops.reward_chains.create(winter_road())
    advent = liveops.daily_chains.create(advent_days())
    starter = liveops.offer_chains.create(starter_offers())
    deal = liveops.discounts.create(daily_deal())
    liveops.promotions.activate(deal.promotion_id)
    liveops.coupons.create(winter_gift())
    liveops.coupons.activate(GIFT)
    liveops.promo_codes.create(winter_sale())
    liveops.promo_codes.activate(SALE)
    return Season(road.reward_chain_id, advent.id, starter.id, deal.promotion_id)


def winter_road() -> models.RewardChainCreate:
    """A chain with two steps that starts over each Monday morning."""
    steps = [
        models.RewardChainStepCreate("Bronze", models.StepPrice(10), [models.StepReward(quantity=1, sku=SHIELD)]),
        models.RewardChainStepCreate("Silver", {"amount": 20}, [{"quantity": 2, "sku": SHIELD}]),
    ]
    return models.RewardChainCreate(
        date_start=BEGINS,
        is_enabled=True,
        name="Winter road",
        steps=steps,
        value_point={"sku": HONOR},
        recurrent_schedule=Schedule.weekly("monday", MORNING),
    )


def advent_days() -> models.DailyChainCreate:
    """Three days, each with one potion, counted for each player from the first claim on."""
    potion = models.DailyChainItemInput(quantity=1, sku=POTION)
    steps = [models.DailyChainStepCreate(items=[potion], step_number=day) for day in (1, 2, 3)]
    return models.DailyChainCreate(BEGINS, is_enabled=True, name="Advent", steps=steps, type_=models.DailyChainType.ROLLING)


def starter_offers() -> models.OfferChainCreate:
    """A free potion, and then a sword to buy; it starts over on the first of each month."""
    steps = [
        models.OfferChainStepCreate(is_free=True, items=[models.OfferChainItemInput(1, POTION)], step_number=1),
        models.OfferChainStepCreate(is_free=False, items=[models.OfferChainItemInput(1, SWORD)], step_number=2),
    ]
    return models.OfferChainCreate(
        BEGINS, is_enabled=True, name="Starter", steps=steps, recurrent_schedule=Schedule.monthly(1, MORNING)
    )


def daily_deal() -> models.DiscountPromotionInput:
    """A sword at half the price, once a day for each player."""
    once_a_day = models.PromotionLimitsInput(
        per_user=1, recurrent_schedule=models.UseSchedules(per_user=UseSchedule.daily(MORNING))
    )
    return models.DiscountPromotionInput(
        discount=models.Discount(percent="50.00"), items=[models.PromotedItem(SWORD)], name="Daily deal", limits=once_a_day
    )


def winter_gift() -> models.CouponCreate:
    """A coupon that gives a shield, once for each player."""
    gift = models.BonusItemInput(quantity=1, sku=SHIELD)
    return models.CouponCreate(GIFT, "Winter gift", bonus=[gift], redeem_code_limit=1, redeem_user_limit=1)


def winter_sale() -> models.PromoCodeCreate:
    """Ten percent off a cart in January."""
    january = models.PromotionPeriod(BEGINS, datetime(2025, 2, 1, tzinfo=UTC))
    return models.PromoCodeCreate(SALE, "Winter sale", discount=models.CartDiscount("10.00"), promotion_periods=[january])


def codes_for_newsletter(liveops: LiveOps, receivers: Iterable[str]) -> dict[str, str]:
    """A coupon code of their own for each receiver: made in one call, listed page by page as they are handed out."""
    names = list(receivers)
    made = liveops.coupons.new_codes(GIFT, models.CodeGeneration(count=len(names)))
    return {name: entry.code for name, entry in zip(names, made, strict=True)}


def code_to_shout(liveops: LiveOps, wishes: Iterable[str]) -> str | None:
    """The first of these texts that can be a promo code and is not one already."""
    for wish in wishes:
        try:
            return liveops.promo_codes.create_code(SALE, models.CodeInput(coupon_code=wish)).code
        except CodeTaken as error:
            print(f"{wish!r}: {error.message}")
        except ValidationError as error:
            # Found before anything was sent: the description says what a code may look like.
            print(*(f"{wish!r} is no code: {violation.expected}" for violation in error.violations))
    return None


def overview(liveops: LiveOps) -> Iterator[str]:
    """A line for each open chain; further pages are asked for when their lines are."""
    for chain in liveops.reward_chains.list(enabled=True):
        until = "for ever" if chain.date_end is None else f"until {chain.date_end:%d.%m.%Y}"
        kind = "" if isinstance(chain.clan_type, Unset) or chain.clan_type is None else f" for each {chain.clan_type}"
        yield f"{chain.name.en}{kind}, {until}, for {chain.value_point.sku}"


def calendar(liveops: LiveOps, season: Season, after: datetime, count: int) -> list[datetime]:
    """When the road starts over next; worked out here."""
    schedule = liveops.reward_chains.get(season.road).recurrent_schedule
    return [] if schedule is None else list(islice(next_resets(schedule, after), count))


def add_gold(liveops: LiveOps, season: Season) -> bool:
    """Put a step on the road, which has to be off for it: steps keep their ids, so players keep what they claimed."""
    try:
        put_gold(liveops, season)
    except ActiveChainError:
        liveops.reward_chains.toggle(season.road)
        put_gold(liveops, season)
        liveops.reward_chains.toggle(season.road)
    return liveops.reward_chains.get(season.road).is_enabled


def put_gold(liveops: LiveOps, season: Season) -> None:
    """Read, change, write back what an update takes."""
    gold = models.RewardChainStepUpdate("Gold", models.StepPrice(50), [models.StepReward(1, SWORD)], step_id=None)
    with liveops.reward_chains.edit(season.road) as chain:
        chain.name["de"] = "Winterweg"
        chain.steps.append(gold)


def told(error: LiveOpsError) -> str:
    """What a player is told, by the class of what went wrong."""
    match error:
        case AlreadyClaimed():
            return "you have that already"
        case NotEnoughValuePoints():
            return f"not enough {HONOR} yet"
        case NothingLeft():
            return "this code is used up"
        case RuleError(code=code):
            return f"not now ({code})"
        case NotFoundError():
            return "there is no such thing"
        case RateLimited() | ServerError() | ConnectionFailed() | TimedOut():
            return "please try again later"
        case _:
            # Nothing that a player could mend: to the log, with the id that the API's support asks for.
            print(f"{error.operation} {error.path}: {error.message} ({error.transaction_id})", file=sys.stderr)
            return "something went wrong"


def come_back(player: LiveOps) -> list[str]:
    """Claim today's day of every daily chain, and say what came of it."""
    said: list[str] = []
    for chain in player.daily_chains.list_for_user():
        for step in chain.steps:
            if step.status is models.DailyStepStatus.CLAIMABLE:
                player.daily_chains.claim(chain.id, step.step_number)
                said.append(f"{chain.name}, day {step.step_number}: {step.items[0].sku}")
    return said


def climb(player: LiveOps, season: Season) -> list[str]:
    """Try every step of the road, as an eager player does, and say what came of each."""
    said: list[str] = []
    for chain in player.reward_chains.list_for_user():
        for step in chain.steps:
            try:
                player.reward_chains.claim(season.road, step.step_id)
                said.append(f"{step.name}: claimed")
            except LiveOpsError as error:
                said.append(f"{step.name}: {told(error)}")
    return said


def take_offers(player: LiveOps, season: Season) -> list[str]:
    """Claim what is free, and order what has a price: the number of the order is paid elsewhere."""
    said: list[str] = []
    for step in player.offer_chains.get_for_user(season.starter).steps:
        if step.is_free:
            player.offer_chains.claim(season.starter, step.step_number)
            said.append(f"{step.items[0].sku} for nothing")
        elif step.step_price is not None:
            player.offer_chains.order(season.starter, step.step_number)
            said.append(f"{step.items[0].sku} for {step.step_price.amount:.2f} {step.step_price.currency}")
    return said


def redeem(player: LiveOps, code: str) -> str:
    """Enter a coupon code: the items that it gives, or why it gives none."""
    try:
        return ", ".join(item.sku for item in player.coupons.redeem(models.CouponRedemption(coupon_code=code)).items)
    except LiveOpsError as error:
        return told(error)


def enter_in_cart(player: LiveOps, code: str) -> str:
    """Enter a promo code: what the cart costs then, or why the code is refused."""
    try:
        cart = player.promo_codes.redeem({"coupon_code": code})  # a dict is checked as a model is
        return "free" if cart.price is None else f"{cart.price.amount} instead of {cart.price.amount_without_discount}"
    except LiveOpsError as error:
        return told(error)


def once_more(liveops: LiveOps, user_id: str) -> tuple[int, int]:
    """Let a player redeem the gift again: how often it was possible before and is now."""
    user = models.UserReference(user_id)
    before = liveops.coupons.get_user_limit(GIFT, user_external_id=user_id).per_user.available
    after = liveops.coupons.add_user_limit(GIFT, models.UserLimitStep(available=1, user=user)).per_user.available
    return before, after


def deal_again(liveops: LiveOps, season: Season, user_id: str) -> models.LimitState:
    """Give a player the daily deal back before the day is over."""
    liveops.limits.reset_promotion_limit(season.daily_deal, models.LimitReset(user=models.UserReference(user_id)))
    return liveops.limits.get_promotion_limit(season.daily_deal, user_external_id=user_id).per_user


async def all_come_back(players: Iterable[AsyncLiveOps], season: Season) -> list[str]:
    """The first day of the advent for all of them, in flight at the same time over the same connections."""

    async def claim(player: AsyncLiveOps) -> str:
        try:
            await player.daily_chains.claim(season.advent, step_number=1)
        except LiveOpsError as error:
            return told(error)
        return "claimed"

    return list(await asyncio.gather(*(claim(player) for player in players)))


async def used_codes(liveops: AsyncLiveOps) -> list[str]:
    """The coupon codes that were redeemed."""
    return [entry.code async for entry in liveops.coupons.list_code_limits(GIFT) if entry.per_code.used]


def close_season(liveops: LiveOps, season: Season) -> list[str]:
    """Take everything away again, and go on if some of it is gone already."""
    said: list[str] = []
    for name, remove, key in [
        ("road", liveops.reward_chains.delete, season.road),
        ("advent", liveops.daily_chains.delete, season.advent),
        ("starter", liveops.offer_chains.delete, season.starter),
        ("daily deal", liveops.discounts.delete, season.daily_deal),
    ]:
        try:
            remove(key)
            said.append(f"{name}: removed")
        except NotFoundError:
            said.append(f"{name}: gone already")
    for campaigns, external_id in ((liveops.coupons, GIFT), (liveops.promo_codes, SALE)):
        campaigns.delete(external_id)
    return said


def main() -> None:
    """Open the season of the project that the environment names, show it, and close it."""
    with LiveOps.from_env() as liveops:
        season = open_season(liveops)
        print(*overview(liveops), sep="\n")
        print(*(f"starts over at {moment:%d.%m.%Y %H:%M %z}" for moment in calendar(liveops, season, BEGINS, 3)), sep="\n")
        print(*close_season(liveops, season), sep="\n")


if __name__ == "__main__":
    main()
