"""A small program over the SDK: an operator opens a season of chains, campaigns and points, and a player plays it."""

from dataclasses import dataclass
from datetime import UTC, datetime, time
from itertools import islice

from xsolla_liveops import AsyncLiveOps, LiveOps, ResetTime, Schedule, Unset, models, next_resets
from xsolla_liveops.errors import LiveOpsError, NotFoundError, RuleError

HONOR = "honor"
BEGINS = datetime(2025, 1, 1, tzinfo=UTC)


def text(english: str) -> models.LocalizedText:
    """A text in one language."""
    return models.LocalizedText({"en": english})


@dataclass(frozen=True)
class Season:
    """The numbers of what was opened."""

    chain_id: int
    daily_id: int
    coupon: str


def open_season(liveops: LiveOps) -> Season:
    """Create everything that the season consists of."""
    liveops.value_points.create(models.ValuePointInput(name=text("Honor"), sku=HONOR))
    chain = liveops.reward_chains.create(winter_road())
    daily = liveops.daily_chains.create(advent_days())
    liveops.coupons.create(winter_gift())
    liveops.coupons.activate("winter-gift")
    return Season(chain.reward_chain_id, daily.id, "winter-gift")


def winter_road() -> models.RewardChainCreate:
    """A chain with two steps that starts over each Monday at five."""
    steps = [
        models.RewardChainStepCreate(
            text("Bronze"), models.StepPrice(10), [models.StepReward(quantity=1, sku="com.xsolla.item_1")]
        ),
        models.RewardChainStepCreate(
            text("Silver"), models.StepPrice(20), [models.StepReward(quantity=2, sku="com.xsolla.item_2")]
        ),
    ]
    return models.RewardChainCreate(
        date_start=BEGINS,
        is_enabled=True,
        name=text("Winter road"),
        steps=steps,
        value_point=models.ValuePointReference(HONOR),
        recurrent_schedule=Schedule.weekly("monday", ResetTime(time(5), "+01:00")),
    )


def advent_days() -> models.DailyChainCreate:
    """Three days, each with one piece of an item, counted for each player from the first claim on."""
    steps = [
        models.DailyChainStepCreate(items=[models.DailyChainItemInput(quantity=1, sku="com.xsolla.item_1")], step_number=day)
        for day in (1, 2, 3)
    ]
    return models.DailyChainCreate(BEGINS, is_enabled=True, name=text("Advent"), steps=steps, type_=models.DailyChainType.ROLLING)


def winter_gift() -> models.CouponCreate:
    """A coupon that each user can redeem once."""
    gift = models.BonusItemInput(quantity=1, sku="com.xsolla.item_3")
    return models.CouponCreate("winter-gift", text("Winter gift"), bonus=[gift], redeem_user_limit=1)


def new_codes(liveops: LiveOps, season: Season, count: int) -> list[str]:
    """Codes to give away."""
    made = liveops.coupons.generate_codes(season.coupon, models.CodeGeneration(count=count))
    return [entry.code for entry in islice(liveops.coupons.list_codes(season.coupon), made.count)]


def calendar(liveops: LiveOps, season: Season, after: datetime, count: int) -> list[datetime]:
    """When the chain starts over next."""
    schedule = liveops.reward_chains.get(season.chain_id).recurrent_schedule
    return [] if schedule is None else list(islice(next_resets(schedule, after), count))


def overview(liveops: LiveOps) -> list[str]:
    """A line for each open chain, as an operator wants to see it."""
    lines: list[str] = []
    for chain in liveops.reward_chains.list(enabled=1):
        until = "for ever" if chain.date_end is None else f"until {chain.date_end:%d.%m.%Y}"
        kind = "" if isinstance(chain.clan_type, Unset) or chain.clan_type is None else f" for each {chain.clan_type}"
        lines.append(f"{chain.name['en']}{kind}, {until}, for {chain.value_point.sku}")
    return lines


def claim_what_is_due(player: LiveOps) -> list[str]:
    """Claim today's day of every daily chain, and say what came of it."""
    told: list[str] = []
    for chain in player.daily_chains.list_for_user():
        due = [step for step in chain.steps if step.status is models.DailyStepStatus.CLAIMABLE]
        told += [claimed(player, chain, step.step_number) for step in due]
    return told


def claimed(player: LiveOps, chain: models.UserDailyChain, step_number: int) -> str:
    """Claim a day, or tell the rule that refuses it."""
    try:
        player.daily_chains.claim(chain.id, step_number)
    except RuleError as error:
        return f"{chain.name}, day {step_number}: {error.code}"
    return f"{chain.name}, day {step_number}: claimed"


def climb(player: LiveOps, season: Season) -> tuple[int, list[int]]:
    """Claim every step of the chain that the balance reaches: the balance, and the steps that were claimed."""
    balance = player.reward_chains.get_balance(season.chain_id).amount
    reached: list[int] = []
    for chain in player.reward_chains.list_for_user():
        for step in chain.steps:
            if step.price.amount <= balance:
                player.reward_chains.claim(chain.reward_chain_id, step.step_id)
                reached.append(step.step_id)
    return balance, reached


def redeem(player: LiveOps, code: str) -> list[str]:
    """Redeem a code: the items that it gives."""
    answer = player.coupons.redeem(models.CouponRedemption(coupon_code=code))
    return [item.sku for item in answer.items]


async def names_of_points(liveops: AsyncLiveOps) -> list[str]:
    """The same lists can be awaited."""
    return [point.sku async for point in liveops.value_points.list(limit=10)]


def close_season(liveops: LiveOps, season: Season) -> str:
    """Take the chains away again, and make sure that they are gone."""
    liveops.reward_chains.delete(season.chain_id)
    liveops.daily_chains.delete(season.daily_id)
    try:
        liveops.reward_chains.get(season.chain_id)
    except NotFoundError as error:
        return f"gone ({error.status})"
    except LiveOpsError as error:
        return f"unsure: {error.message}"
    return "still there"
