"""A season: an operator sets up a game, players live in it for weeks. All of it through the SDK, against a mock in this process.

.venv/bin/python contract_tests/season.py --players 50 --days 60
"""

from collections import Counter
from typing import Any, NamedTuple

from season_game import DAY, MORNING, PROJECT, START, Game, text, wishes
from xsolla_liveops import AuthenticatedClient
from xsolla_liveops import models as m
from xsolla_liveops.api.clans import user_clan_update
from xsolla_liveops.api.daily_chains import admin_create_daily_chain, claim_user_daily_chain_step_reward
from xsolla_liveops.api.offer_chains import (
    admin_create_offer_chain,
    admin_toggle_offer_chain,
    claim_user_offer_chain_step_reward,
    get_user_offer_chain_by_id,
    order_user_offer_chain_step_reward,
)
from xsolla_liveops.api.reward_chains import (
    admin_create_reward_chain,
    admin_get_reward_chain,
    admin_reset_reward_chain,
    claim_user_reward_chain_step_reward,
    get_reward_chains_list,
)
from xsolla_liveops.api.value_points import admin_create_value_points

SHOP = {  # item → price in dollars, experience and honor that a piece gives
    "potion": ("0.49", 3, 1),
    "sword": ("9.99", 10, 0),
    "crown": ("49.99", 40, 5),
    "gem": (None, 0, 0),
}
ROAD = [(10, "potion", 1), (30, "gem", 5), (60, "crown", 1)]  # experience needed → reward
BANNER = [(20, "gem", 2), (50, "sword", 1)]  # honor of the clan needed → reward
WEEK = ["gem", "potion", "gem", "potion", "gem", "sword", "crown"]  # the reward of each day
OFFERS = [("gem", True), ("sword", False), ("potion", True), ("crown", False)]  # item, and whether it is free
CLANS = ("red", "blue", "green")
SHOP_CLOSES, SHOP_OPENS, HONOR_ENDS = 30, 32, 40  # days on which the operator steps in


class Deed(NamedTuple):
    """Something that a player tried, and whether it was done."""

    day: int
    player: str
    what: str
    detail: Any
    done: bool


class Season(Game):
    """The operator, the players, and the diary of all that they tried."""

    def __init__(self, players: int = 50, days: int = 60, seed: int = 1) -> None:
        super().__init__(players, days, seed)
        self.diary: list[Deed] = []

    # the operator ---------------------------------------------------------------------------------------------------------

    def prepare(self) -> None:
        """Put up the shop and the four chains."""
        for sku, is_clan in (("experience", False), ("honor", True)):
            point = m.ValuePointInput(name=text(sku), sku=sku, is_clan=is_clan)
            assert isinstance(admin_create_value_points.sync(PROJECT, client=self.operator, body=point), m.ValuePointCreated)
        for sku, (price, *carried) in SHOP.items():
            money = {"price": {"amount": price, "currency": "USD"}} if price else {}
            points = [{"sku": point, "amount": amount} for point, amount in zip(("experience", "honor"), carried, strict=True)]
            self.control.put_item(sku, value_points=points, **money)
        monday, first = m.WeeklySchedule(1, "weekly", "06:00:00+03:00"), m.MonthlySchedule(1, "monthly", "00:00:00+00:00")
        experience, honor = m.ValuePointReference("experience"), m.ValuePointReference("honor")
        road = m.RewardChainCreate(START, True, text("Road"), steps(ROAD), experience, recurrent_schedule=monday)
        banner = m.ClanRewardChainCreate(START, True, text("Banner"), text("Banner"), text("Share"), steps(BANNER), honor)
        self.road, self.banner = self.chain(road), self.chain(banner)
        week = [m.DailyChainStepCreate([m.DailyChainItemInput(1, sku)], number) for number, sku in enumerate(WEEK, 1)]
        daily = m.DailyChainCreate(START, True, text("Week"), week, m.DailyChainType.CALENDAR_HARD, is_recurrent=True)
        self.week = created(admin_create_daily_chain.sync(PROJECT, client=self.operator, body=daily), m.DailyChainCreated).id
        sold = [m.OfferChainStepCreate(free, [m.OfferChainItemInput(1, sku)], at) for at, (sku, free) in enumerate(OFFERS, 1)]
        offer = m.OfferChainCreate(START, True, text("Offers"), sold, recurrent_schedule=first)
        self.offers = created(admin_create_offer_chain.sync(PROJECT, client=self.operator, body=offer), m.OfferChainCreated).id

    def chain(self, body: Any) -> tuple[int, list[int]]:
        """The number of a new reward chain, and of its steps."""
        number = created(admin_create_reward_chain.sync(PROJECT, client=self.operator, body=body), m.RewardChainCreated)
        read = created(admin_get_reward_chain.sync(PROJECT, number.reward_chain_id, client=self.operator), m.RewardChain)
        return number.reward_chain_id, [step.step_id for step in read.steps]

    def step_in(self, day: int) -> None:
        """Close the offers for two days, and end the race for honor."""
        if day in (SHOP_CLOSES, SHOP_OPENS):
            admin_toggle_offer_chain.sync_detailed(PROJECT, self.offers, client=self.operator)
        if day == HONOR_ENDS:
            admin_reset_reward_chain.sync_detailed(PROJECT, self.banner[0], client=self.operator)

    # the players ----------------------------------------------------------------------------------------------------------

    def play(self) -> None:
        """Live through all days."""
        self.prepare()
        self.control.advance(MORNING)
        for day in range(self.days):
            self.step_in(day)
            for player, client in self.players.items():
                if self.chance.random() < 0.8:
                    self.visit(day, player, client)
            self.control.advance(DAY)

    def visit(self, day: int, player: str, client: AuthenticatedClient) -> None:
        """Log in, look around, and do some of what can be done."""
        created(get_reward_chains_list.sync(PROJECT, client=client), m.UserRewardChainPage)
        acts = [self.buy, self.walk, self.carry, self.come, self.take_offer, self.change_clan]
        for act in self.chance.sample(acts, self.chance.randint(1, 4)):
            what, detail, done = act(player, client, day)
            self.diary.append(Deed(day, player, what, detail, done))

    def buy(self, player: str, _client: AuthenticatedClient, _day: int) -> tuple[str, Any, bool]:
        """Buy something in the shop."""
        sku, pieces = self.chance.choice([sku for sku, (price, *_) in SHOP.items() if price]), self.chance.randint(1, 3)
        self.control.purchase(player, {sku: pieces})
        return "buy", (sku, pieces), True

    def walk(self, _player: str, client: AuthenticatedClient, _day: int) -> tuple[str, Any, bool]:
        """Claim a step of the road, reached or not."""
        return self.claim("walk", self.road, client)

    def carry(self, _player: str, client: AuthenticatedClient, _day: int) -> tuple[str, Any, bool]:
        """Claim a step of the clan's banner, reached or not."""
        return self.claim("carry", self.banner, client)

    def claim(self, what: str, chain: tuple[int, list[int]], client: AuthenticatedClient) -> tuple[str, Any, bool]:
        """Claim any step of a reward chain."""
        number, step_ids = chain
        place = self.chance.randrange(len(step_ids))
        answer = claim_user_reward_chain_step_reward.sync_detailed(PROJECT, number, step_ids[place], client=client)
        return what, place, answer.status_code < 300

    def come(self, _player: str, client: AuthenticatedClient, day: int) -> tuple[str, Any, bool]:
        """Claim the day's reward, at times that of another day."""
        step = day % len(WEEK) + 1 if self.chance.random() < 0.8 else self.chance.randint(1, len(WEEK))
        answer = claim_user_daily_chain_step_reward.sync_detailed(PROJECT, self.week, step, client=client)
        return "come", step, answer.status_code < 300

    def take_offer(self, _player: str, client: AuthenticatedClient, _day: int) -> tuple[str, Any, bool]:
        """Take the next offer: free, or ordered and then paid or not."""
        chain = get_user_offer_chain_by_id.sync(PROJECT, self.offers, client=client)
        if not isinstance(chain, m.UserOfferChain) or chain.next_step_number is None:
            return "offer", None, False
        number = chain.next_step_number
        if OFFERS[number - 1][1]:
            answer = claim_user_offer_chain_step_reward.sync(PROJECT, self.offers, number, client=client)
            return "offer", number, isinstance(answer, m.OfferChainClaim)
        ordered = order_user_offer_chain_step_reward.sync(PROJECT, self.offers, number, client=client)
        order = created(ordered, m.OfferChainOrder).order_id
        way = self.chance.choice(("pay", "pay", "cancel"))
        (self.control.pay if way == "pay" else self.control.cancel)(order)
        return "offer", number, way == "pay"

    def change_clan(self, player: str, client: AuthenticatedClient, _day: int) -> tuple[str, Any, bool]:
        """Go over to another clan."""
        clan = self.chance.choice(CLANS)
        self.control.put_user(player, clan=clan)
        user_clan_update.sync_detailed(PROJECT, client=client)
        return "clan", clan, True

    def holdings(self, player: str) -> dict[str, dict[str, int]]:
        """What a player has at the end, as the control door tells it."""
        told = self.control.user(player)
        return {
            "items": {entry["sku"]: entry["quantity"] for entry in told["inventory"]},
            "points": {entry["sku"]: entry["amount"] for entry in told["balances"]},
        }


def steps(chain: list[tuple[int, str, int]]) -> list[m.RewardChainStepCreate]:
    """The steps of a reward chain."""
    return [m.RewardChainStepCreate(text(sku), m.StepPrice(price), [m.StepReward(pieces, sku)]) for price, sku, pieces in chain]


def created(answer: Any, kind: type[Any]) -> Any:
    """The answer, if it is none of the refusals."""
    assert isinstance(answer, kind), answer
    return answer


def main() -> None:
    """Play a season and tell what came of it."""
    given = wishes("Play a season through the SDK against a mock in this process.", days=60)
    season = Season(given.players, given.days, given.seed)
    season.play()
    done = Counter(deed.what for deed in season.diary if deed.done)
    held: Counter[str] = Counter()
    for player in season.players:
        held.update(season.holdings(player)["items"])
    print(f"{given.players} players, {given.days} days: {len(season.diary)} deeds tried, done:", dict(sorted(done.items())))
    print("held at the end:", dict(sorted(held.items())))


if __name__ == "__main__":
    main()
