"""What the journey through campaigns knows: integers and dicts, and what follows from them."""

from collections import Counter
from datetime import datetime
from typing import Any

Json = Any
COUPON, PROMO, OFFER = "coupon", "promo_code", "unique_catalog_offer"
USERS = ("ann", "bob")
GEM, AXE, HAT, POTION = "gem", "axe", "hat", "potion"  # discounted by the shop, limited, sold with a code, given by coupons
CENTS = {GEM: 1000, AXE: 500, HAT: 200}
SHOP_PERCENT = 50  # the discount of the shop on gems
DISCOUNT = "discount"
TOTALS = {DISCOUNT: 2, AXE: 3}  # what is limited for each user: uses of the discount by day, pieces for good
MODEL = ("campaigns", "redemptions", "spent", "carts", "orders", "uses", "owned", "count")


class CampaignModel:
    """A part of a journey: who redeemed what, what waits in carts and orders, and what is left."""

    now: datetime

    def know_nothing(self) -> None:
        """No campaign, and users who own nothing."""
        self.campaigns: dict[str, Json] = {}  # key → kind, on, until, limits (total, user, code), codes, percent, gifts
        self.redemptions: dict[int, Json] = {}  # number → campaign, code, user, whether it is used
        self.spent: Counter[tuple[str, str]] = Counter()  # campaign and user → how much of the limit per user is gone
        self.carts: dict[str, Json] = {}  # user → items, offer code, promo code, number of its redemption
        self.orders: dict[int, Json] = {}  # number → user, status, items with gifts, cents, whether discounted, codes
        self.uses: dict[tuple[str, str], Json] = {(thing, user): [] for thing in TOTALS for user in USERS}
        self.owned: dict[str, Counter[str]] = {user: Counter() for user in USERS}
        self.count = 0  # redemptions so far

    # campaigns and their codes --------------------------------------------------------------------------------------------

    def closed(self, key: str) -> int | None:
        """With which code a campaign refuses everybody."""
        campaign = self.campaigns[key]
        if not campaign["on"]:
            return 6250
        return 6251 if campaign["until"] and campaign["until"] <= self.now else None

    def campaign_of(self, kind: str, code: str | None) -> str | None:
        """The campaign of this kind that has the code."""
        return next((key for key, one in self.campaigns.items() if one["kind"] == kind and code in one["codes"]), None)

    def counters(self, key: str, code: str | None = None) -> dict[str, int | None]:
        """What has become of the redemptions of a campaign, or of one of its codes."""
        mine = [one for one in self.redemptions.values() if one["campaign"] == key and code in (None, one["code"])]
        used, limit = sum(one["used"] for one in mine), self.campaigns[key]["limits"][0 if code is None else 2]
        return {"total": limit, "available": limit and limit - len(mine), "reserved": len(mine) - used, "used": used}

    def refusal(self, kind: str, code: str | None, user: str) -> int | None:
        """With which code the redemption of a code is refused."""
        key = self.campaign_of(kind, code)
        if key is None:
            return 4001
        left = (self.counters(key)["available"], self.left(key, user), self.counters(key, code)["available"])
        return self.closed(key) or (9804 if 0 in left else None)

    def take(self, kind: str, code: str, user: str, *, is_used: bool) -> int:
        """A redemption is used, or reserved; its number."""
        key = self.campaign_of(kind, code)
        assert key is not None
        self.count += 1
        self.redemptions[self.count] = {"campaign": key, "code": code, "user": user, "used": is_used}
        self.spent[key, user] += 1
        return self.count

    def free(self, number: int | None) -> None:
        """A redemption that was reserved is nobody's again; one of a campaign that is gone is nothing."""
        one = self.redemptions.pop(number, None) if number else None
        if one:
            key = one["campaign"], one["user"]
            self.spent[key] = max(0, self.spent[key] - 1)

    def forget(self, key: str) -> None:
        """A campaign is gone with its redemptions."""
        del self.campaigns[key]
        self.redemptions = {number: one for number, one in self.redemptions.items() if one["campaign"] != key}
        self.spent = Counter({who: times for who, times in self.spent.items() if who[0] != key})

    # what is left to each user --------------------------------------------------------------------------------------------

    def limit_of(self, thing: str) -> int | None:
        """How often each user may redeem in a campaign or use the discount, or how many pieces may be bought; None for any."""
        limit: int | None = TOTALS[thing] if thing in TOTALS else self.campaigns[thing]["limits"][1]
        return limit

    def left(self, thing: str, user: str) -> int | None:
        """What is left of that to a user."""
        limit = self.limit_of(thing)
        gone = sum(pieces for _, pieces in self.uses[thing, user]) if thing in TOTALS else self.spent[thing, user]
        return None if limit is None else max(0, limit - gone)

    def leave(self, thing: str, user: str, wish: int) -> None:
        """An operator says what is left. Uses are taken off or noted: off those of operators first, then off the oldest order."""
        gone = (self.limit_of(thing) or 0) - wish
        if thing not in TOTALS:
            self.spent[thing, user] = gone
            return
        uses = self.uses[thing, user]
        uses.append([None, max(0, gone - sum(pieces for _, pieces in uses))])
        for use in sorted(uses, key=lambda use: use[0] is not None):
            use[1] -= min(use[1], max(0, sum(pieces for _, pieces in uses) - gone))

    # carts and orders -----------------------------------------------------------------------------------------------------

    def promo_in(self, user: str) -> str | None:
        """The campaign of the promo code in a user's cart, while it is open."""
        held = self.redemptions.get(self.carts[user]["redemption"]) if user in self.carts else None
        return held["campaign"] if held and not self.closed(held["campaign"]) else None

    def fill_refusal(self, user: str, items: Json, code: str | None) -> int | None:
        """With which code items for a cart are refused, which may be sold with a code alone."""
        hides = any(one["kind"] == OFFER and not self.closed(key) for key, one in self.campaigns.items())
        refused = code and self.refusal(OFFER, code, user)
        return refused or (6263 if hides and HAT in items and code is None else None)

    def order_refusal(self, user: str) -> int | None:
        """With which code the order of a cart is refused."""
        cart = self.carts[user]
        return self.fill_refusal(user, cart["items"], cart["offer_code"]) or self.too_many_axes(self.bill(user)["items"], user)

    def too_many_axes(self, items: Json, user: str) -> int | None:
        """With which code more pieces are refused than a user may still buy."""
        return 1460 if items[AXE] > (self.left(AXE, user) or 0) else None

    def bill(self, user: str) -> Json:
        """What a cart comes to: its items with what is free, its price in cents, and whether the shop's discount acts."""
        cart, promo = self.carts[user], self.promo_in(user)
        code: Json = self.campaigns[promo] if promo else {"percent": 0, "gifts": {}}
        discounted = GEM in cart["items"] and self.left(DISCOUNT, user) != 0
        cents = {sku: price * (100 - code["percent"]) // 100 for sku, price in CENTS.items()}
        if discounted:
            cents[GEM] = cents[GEM] * (100 - SHOP_PERCENT) // 100
        price = sum(cents[sku] * pieces for sku, pieces in cart["items"].items())
        return {"items": Counter(cart["items"]) + Counter(code["gifts"]), "cents": price, "discounted": discounted}

    def ordered(self, user: str, number: int) -> None:
        """A cart becomes an order, which holds its codes."""
        bill, promo, cart = self.bill(user), self.promo_in(user), self.carts.pop(user)
        codes = {}
        if HAT in cart["items"] and cart["offer_code"]:
            codes[cart["offer_code"]] = self.take(OFFER, cart["offer_code"], user, is_used=False)
        if promo:
            codes[cart["promo_code"]] = cart["redemption"]
        else:
            self.free(cart["redemption"])
        self.orders[number] = {**bill, "user": user, "status": "new", "codes": codes}

    def pay_refusal(self, number: int) -> int | None:
        """With which code the payment of a new order is refused."""
        order = self.orders[number]
        used_up = 9804 if order["discounted"] and self.left(DISCOUNT, order["user"]) == 0 else None
        return self.too_many_axes(order["items"], order["user"]) or used_up

    def paid(self, number: int) -> None:
        """An order is paid: its items are the user's, and its codes and the discount are used."""
        order = self.orders[number]
        self.owned[order["user"]] += order["items"]
        for redemption in order["codes"].values():
            if redemption in self.redemptions:
                self.redemptions[redemption]["used"] = True
        for thing, pieces in ((DISCOUNT, int(order["discounted"])), (AXE, order["items"][AXE])):
            self.uses[thing, order["user"]].append([number, pieces])

    def canceled(self, number: int) -> None:
        """An order is given up: its codes are free again."""
        for redemption in self.orders[number]["codes"].values():
            self.free(redemption)

    def refunded(self, number: int) -> None:
        """An order is refunded: its items go and its uses come back, its codes stay used."""
        order = self.orders[number]
        self.owned[order["user"]] -= order["items"]
        for thing in TOTALS:
            self.uses[thing, order["user"]] = [use for use in self.uses[thing, order["user"]] if use[0] != number]
