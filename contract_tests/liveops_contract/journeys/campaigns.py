"""The journey through campaigns with codes, carts, orders and limits."""

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from liveops_contract.journeys import campaign_calls as calls
from liveops_contract.journeys.campaign_calls import KINDS
from liveops_contract.journeys.campaign_model import AXE, COUPON, DISCOUNT, GEM, HAT, MODEL, OFFER, PROMO, TOTALS, USERS, Json
from liveops_contract.journeys.campaign_operators import CODES, EFFECTS, Operators, facts
from liveops_contract.journeys.time_travel import START, WAITS, TimeLine
from liveops_contract.laws import coupon_scenes, promo_code_scenes

BASKETS = ({GEM: 1}, {GEM: 2, AXE: 1}, {AXE: 2}, {HAT: 1}, {HAT: 2, GEM: 1})
IN_CART = ("enter", "remove", "empty", "order", "order", "shop", "redeem")
OUTSIDE = ("shop", "shop", "shop", "redeem")
WAITING = ("empty", "remove", "remove", "order")  # what may become of a cart that holds a code
STRAY = {COUPON: CODES[1], PROMO: CODES[0], OFFER: None}
WHO = (*["operator"] * 7, *["user"] * 5, "time", "time", "time back")
ACTS = {"pay": ("new", "paid"), "cancel": ("new", "canceled"), "refund": ("paid", "refunded")}


class CampaignJourney(Operators, TimeLine, RuleBasedStateMachine):
    """Codes, carts, payments, refunds, limits and time, in any order, agree with a few dicts: no code is used too often."""

    operations = (
        "redeem-coupon",
        "redeem-promo-code",
        "remove-cart-promo-code",
        *(name for kind in KINDS.values() for name in kind[:10]),
    )
    known = MODEL

    @initialize()
    def begin(self) -> None:
        """A shop, a campaign of each kind, and users who bought something, and wait with codes in a cart and in an order."""
        self.set_out()
        self.know_nothing()
        self.discount = calls.furnish(self.api)
        for kind, code in zip(KINDS, CODES, strict=False):
            self.put(f"{kind}-1", facts((9, 4, None), EFFECTS[kind][0]))
            self.supply(f"{kind}-1", code)
        for user in (USERS[0], *USERS):
            self.fill(user, {GEM: 1, AXE: 1, HAT: 1}, CODES[2])
            self.enter(user, CODES[1])
            if user == USERS[0]:
                self.order(user, is_paid=not self.orders)

    def hour_begins(self) -> None:
        """At eight in the morning UTC everybody may use the discount again."""
        if self.now.hour == 8:
            self.uses.update({(DISCOUNT, user): [] for user in USERS})

    # steps ----------------------------------------------------------------------------------------------------------------

    @rule(data=st.data())
    def step(self, data: st.DataObject) -> None:
        """An operator or a user does something, or time goes on or back: one rule for all, so that no run goes without some."""
        who = data.draw(st.sampled_from(WHO))
        if who == "time back" and self.now > START:
            self.go_back(data)
        elif who in ("time", "time back"):
            self.pass_time(data.draw(st.sampled_from(WAITS)))
        else:
            self.act(data, data.draw(st.sampled_from(USERS)), is_disturbed=who == "operator")

    def act(self, data: st.DataObject, user: str, *, is_disturbed: bool) -> None:
        """A user does something; or an operator does while the user waits with a cart, and the user goes ahead then."""
        if is_disturbed and user not in self.carts:
            self.shop(user, data)
        if is_disturbed:
            self.operate(data)
        ways = OUTSIDE if user not in self.carts else WAITING if is_disturbed else IN_CART
        todo: list[tuple[str, Json]] = [(act, user) for act in ways]
        mine = {number: one["status"] for number, one in self.orders.items() if one["user"] == user}
        todo += [(act, number) for number, status in mine.items() for act in ACTS if ACTS[act][0] == status]
        todo += [("pay", number) for number in mine][:1]  # which mostly is paid already
        act, what = data.draw(st.sampled_from(todo))
        if act == "redeem":
            self.redeem(what, self.some_code(data, COUPON))
        elif act == "shop":
            self.shop(what, data)
        elif act == "enter":
            self.enter(what, self.some_code(data, PROMO))
        elif act == "order":
            self.order(what, is_paid=False)
        elif act in WAITING:
            self.give_up(what, is_whole=act == "empty")
        elif act in ACTS:
            self.settle(act, what)

    def some_code(self, data: st.DataObject, kind: str) -> Json:
        """Mostly a code of a campaign of this kind, else that of another kind, or none."""
        known = [code for one in self.campaigns.values() if one["kind"] == kind for code in one["codes"]]
        return data.draw(st.sampled_from([*known * 6, STRAY[kind]]))

    def redeem(self, user: str, code: str) -> None:
        """A coupon gives its items at once, if there is a redemption left."""
        expected = self.refusal(COUPON, code, user)
        assert coupon_scenes.redeem(self.api, code, user) == expected
        if expected is None:
            number = self.take(COUPON, code, user, is_used=True)
            self.owned[user].update(self.campaigns[self.redemptions[number]["campaign"]]["gifts"])

    def shop(self, user: str, data: st.DataObject) -> None:
        """A user fills the cart, and may go on to a promo code, an order, and its payment."""
        items, far = data.draw(st.sampled_from(BASKETS)), data.draw(st.sampled_from((2, 2, 2, 1, 3, 4)))
        self.fill(user, items, self.some_code(data, OFFER) if HAT in items else None)
        if far > 1 and user in self.carts:
            self.enter(user, self.some_code(data, PROMO))
        if far > 2 and user in self.carts:
            self.order(user, is_paid=far > 3)

    def fill(self, user: str, items: Json, offer_code: str | None) -> None:
        """Items go into a cart in place of what is there, unless a promo code locks it."""
        expected = 6262 if self.promo_in(user) else self.fill_refusal(user, items, offer_code)
        codes = {"offer_code": offer_code} if offer_code else {}
        assert calls.tried(self.api, "fill_cart", user, items, **codes)[0] == expected
        if expected is None:
            self.free(self.carts[user]["redemption"] if user in self.carts else None)
            self.carts[user] = {"items": items, "offer_code": offer_code, "promo_code": None, "redemption": None}

    def enter(self, user: str, code: str) -> None:
        """A promo code is reserved for a cart; one that is there and open stays."""
        cart = self.carts[user]
        held = cart["promo_code"] if self.promo_in(user) else None
        expected = self.refusal(PROMO, code, user) if held is None else None if held == code else 6260
        assert promo_code_scenes.redeem(self.api, code, user).error_code == expected
        if expected is None and held is None:
            self.free(cart["redemption"])
            cart |= {"promo_code": code, "redemption": self.take(PROMO, code, user, is_used=False)}

    def give_up(self, user: str, *, is_whole: bool) -> None:
        """A cart is emptied, or the promo code alone goes out of it; its redemption is free again."""
        cart = self.carts.pop(user)
        self.free(cart["redemption"])
        if is_whole:
            self.control.empty_cart(user)
        else:
            assert promo_code_scenes.remove(self.api, user).status == 200
            self.carts[user] = cart | {"promo_code": None, "redemption": None}

    def order(self, user: str, *, is_paid: bool) -> None:
        """A cart becomes an order, if nothing stands against it."""
        expected = self.order_refusal(user)
        refused, made = calls.tried(self.api, "order_cart", user)
        assert refused == expected
        if made is not None:
            self.ordered(user, made["order_id"])
        if made is not None and is_paid:
            self.settle("pay", made["order_id"])

    def settle(self, act: str, number: int) -> None:
        """Pay, cancel or refund an order."""
        order, (before, after) = self.orders[number], ACTS[act]
        expected = 6230 if order["status"] != before else self.pay_refusal(number) if act == "pay" else None
        assert calls.tried(self.api, act, number)[0] == expected
        if expected is None:
            order["status"] = after
            {"pay": self.paid, "cancel": self.canceled, "refund": self.refunded}[act](number)

    def cart_of(self, user: str) -> Json:
        """A cart as its user sees it: items, price and codes; None where there is none."""
        if user not in self.carts:
            return None
        cart, bill = self.carts[user], self.bill(user)
        return bill["items"], bill["cents"], cart["promo_code"] if self.promo_in(user) else None, cart["offer_code"]

    # what must hold after every step --------------------------------------------------------------------------------------

    @invariant()
    def every_counter_adds_up(self) -> None:
        """Of each campaign and each code: how much is left, reserved and used."""
        for kind in KINDS:
            mine = {key: one for key, one in self.campaigns.items() if one["kind"] == kind}
            states = {key: (one["on"], self.counters(key) if one["limits"][0] else None) for key, one in mine.items()}
            assert calls.campaigns(self.api, kind) == states
            for key, one in mine.items():
                known = {code: None if kind == OFFER else self.counters(key, code) for code in one["codes"]}
                assert calls.codes(self.api, kind, key) == known

    @invariant()
    def every_user_has_what_the_model_knows(self) -> None:
        """What is left of each limit, the cart, the orders, and the items of every user."""
        limited = [key for key, one in self.campaigns.items() if one["kind"] in calls.WORDS and self.limit_of(key)]
        for user in USERS:
            lefts = {thing: self.left(thing, user) for thing in (*limited, *TOTALS)}
            assert {thing: calls.left(self.api, *self.named(thing), user) for thing in lefts} == lefts
            assert calls.cart(self.api, user) == self.cart_of(user)
            mine = {number: one for number, one in self.orders.items() if one["user"] == user}
            orders = {number: (one["status"], one["cents"], list(one["codes"])) for number, one in mine.items()}
            assert calls.orders(self.api, user) == orders
            assert self.control.inventory(user) == self.owned[user]
