"""A season of promotions: an operator changes prices, campaigns and limits; players fill carts, enter codes, pay, want it back.

.venv/bin/python contract_tests/promotion_season.py --players 50 --days 90
"""

import sys
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from fractions import Fraction
from typing import Any

from promotion_acts.books import books
from promotion_acts.desk import Desk
from promotion_acts.plan import BOOKS, TIMETABLE
from promotion_acts.shop import Items, Shop
from promotion_acts.words import Bill, Deed, Refused
from promotion_ledger import differences
from season_game import HOUR, MORNING, START, Game, wishes

HALF_DAY = 12 * HOUR  # players come in the morning and in the evening
VISITS = 0.2  # how likely a player is to come


class PromotionSeason(Game):
    """The operator, the players, and the diary of all that they did."""

    def __init__(self, players: int = 50, days: int = 90, seed: int = 1, server: Any = None) -> None:
        super().__init__(players, days, seed, server)
        self.desk = Desk(self)
        self.shop = Shop(self, self.desk)
        self.now = START
        self.diary: list[Deed] = []
        self.known_codes: dict[str, tuple[str, ...]] = {}  # campaign → its codes

    def do(self, act: Callable[..., Any], *detail: Any) -> Any:
        """Do something, and write into the diary what came of it."""
        answer = act(*detail)
        self.diary.append(Deed(self.now, act.__name__, detail, answer))
        return answer

    def wait(self, seconds: int) -> None:
        """Let time pass."""
        self.control.advance(seconds)
        self.now += timedelta(seconds=seconds)

    def play(self) -> None:
        """Live through all days."""
        self.wait(MORNING)
        for player in self.players:
            self.change_tier(player)
        for day in range(self.days):
            self.operate(day)
            for _ in ("morning", "evening"):
                for player in self.players:
                    if self.chance.random() < VISITS:
                        self.visit(player)
                self.wait(HALF_DAY)
        self.do(self.count)

    # the operator ---------------------------------------------------------------------------------------------------------

    def operate(self, day: int) -> None:
        """What the operator does in the morning of a day: follow the timetable, meddle with limits and tiers, and count."""
        for what, *detail in TIMETABLE.get(day, ()):
            self.do(getattr(self.desk, what), *detail)
            if what.endswith(("_code", "_codes")):
                self.do(self.learn_codes, detail[0], self.desk.codes(detail[0]))
        for _ in range(self.chance.randint(0, 4)):
            self.meddle()
        if self.chance.random() < 0.3:
            self.change_tier(self.chance.choice(list(self.players)))
        if day in BOOKS:
            self.do(self.count)

    def change_tier(self, player: str) -> None:
        """Say anew of which tier a player is."""
        self.do(self.desk.set_tier, player, self.chance.choice(("gold", "plain")))

    def count(self) -> Any:
        """Read all counters, inventories and orders."""
        return books(self, self.desk)

    def learn_codes(self, name: str, codes: tuple[str, ...]) -> bool:
        """Note the codes of a campaign; whether they can be right is for the ledger to say."""
        self.known_codes[name] = codes
        return True

    def meddle(self) -> None:
        """Change or refresh what is left to somebody, of something that may have no limit."""
        campaigns = [name for name, kind in self.desk.kinds.items() if kind != "offer"]
        names = {"item": self.desk.skus, "promotion": list(self.desk.numbers), "campaign": campaigns}
        of = self.chance.choice(list(names))
        name, player = self.chance.choice(names[of]), self.chance.choice([*self.players, "stranger"])
        act = self.chance.choice(("add", "remove", "set", "reset", "reset for all", "reset all"))
        if of == "campaign" or act in ("add", "remove", "set"):
            act = self.chance.choice(("add", "remove", "set"))
            self.do(self.desk.move_limit, of, name, player, act, self.chance.randint(0 if act == "set" else 1, 3))
        elif act == "reset all":
            self.do(self.desk.refresh_limits, of, player)
        else:
            self.do(self.desk.refresh_limit, of, name, None if act == "reset for all" else player)

    # the players ----------------------------------------------------------------------------------------------------------

    def visit(self, player: str) -> None:
        """Look into the cart of last time, then do one thing or two."""
        if self.chance.random() < 0.2:
            self.look(player)
        acts = (self.shop_around, self.try_coupon, self.buy_at_once, self.settle_up)
        for act in self.chance.choices(acts, (5, 3, 2, 2), k=self.chance.randint(1, 2)):
            act(player)

    def shop_around(self, player: str) -> None:
        """Fill the cart, enter codes or take them out, order or forget it, pay now or later."""
        filled = self.do(self.shop.fill, player, *self.wish())
        if isinstance(filled, Refused) and self.chance.random() < 0.7:
            return
        acts = (self.enter_code, self.look, self.leave_code, self.drop_cart)
        for act in self.chance.choices(acts, (12, 3, 2, 1), k=self.chance.randint(0, 2)):
            act(player)
        if self.chance.random() < 0.85:
            bill = self.do(self.shop.order, player)
            if isinstance(bill, Bill) and self.chance.random() < 0.7:
                self.do(self.shop.settle, player, len(self.shop.orders[player]) - 1, "pay")

    def enter_code(self, player: str) -> None:
        """Enter a promo code."""
        self.do(self.shop.enter, player, self.code_for("promo_code"))

    def look(self, player: str) -> None:
        """Look at the cart."""
        self.do(self.shop.look, player)

    def leave_code(self, player: str) -> None:
        """Take the promo code out again."""
        self.do(self.shop.leave, player)

    def drop_cart(self, player: str) -> None:
        """Forget the cart."""
        self.do(self.shop.drop, player)

    def try_coupon(self, player: str) -> None:
        """Enter the code of a coupon."""
        self.do(self.shop.redeem, player, self.code_for("coupon"))

    def buy_at_once(self, player: str) -> None:
        """Buy without a cart."""
        self.do(self.shop.buy, player, *self.wish())

    def settle_up(self, player: str) -> None:
        """Pay, cancel or refund one of the last orders, whatever became of it."""
        count = len(self.shop.orders[player])
        if count:
            place = self.chance.randrange(max(0, count - 5), count)
            self.do(self.shop.settle, player, place, self.chance.choice(("pay", "pay", "cancel", "refund")))

    def wish(self) -> tuple[Items, str | None]:
        """Some items, and at times the code of an offer."""
        skus = self.chance.sample(self.desk.skus, self.chance.randint(1, 4))
        items = tuple((sku, self.chance.randint(1, 3)) for sku in skus)
        needs_code = bool({"relic", "cape"} & {*skus})
        return items, "VAULT" if self.chance.random() < (0.6 if needs_code else 0.02) else None

    def code_for(self, kind: str) -> str:
        """A code of a campaign of this kind; at times another one, or one in the wrong case."""
        own = [name for name in self.known_codes if self.desk.kinds[name] == kind]
        names = own if self.chance.random() < 0.95 else list(self.known_codes)
        code = self.chance.choice(self.known_codes[self.chance.choice(names)])
        return code.swapcase() if self.chance.random() < 0.05 else code


def main() -> None:
    """Play a season, and tell what came of it and whether the ledger agrees."""
    given = wishes("Play a season of promotions through the SDK against a mock in this process.", days=90)
    season = PromotionSeason(given.players, given.days, given.seed)
    season.play()
    refused = Counter(deed.what for deed in season.diary if isinstance(deed.answer, Refused))
    done = Counter(deed.what for deed in season.diary) - refused
    print(f"{given.players} players, {given.days} days: {len(season.diary)} deeds, {refused.total()} of them refused")
    print("done:", {what: done[what] for what in ("fill", "enter", "order", "buy", "settle", "redeem", "move_limit")})
    counted = season.diary[-1].answer
    orders = [order for key, told in counted.items() if key[0] == "orders" for order in told]
    takings = sum((price for status, price in orders if status == "paid" and price), Fraction(0))
    print("orders:", dict(sorted(Counter(status for status, _ in orders).items())), f"paid in all: {float(takings):.2f} USD")
    found = list(differences(season.diary))
    print(f"compared with the ledger: {len(season.diary)} answers, {len(counted)} counts at the end; {len(found)} differ")
    print(*found[:20], sep="\n", end="\n" if found else "")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
