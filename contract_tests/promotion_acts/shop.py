"""The players' acts as calls of the SDK and of the control door, answered in plain words. The ledger has them as rules."""

from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from functools import partial
from typing import Any

from liveops_contract.control import ControlRefused
from season_game import Game
from xsolla_liveops import models as m

from promotion_acts.desk import Desk, ask
from promotion_acts.words import DONE, Basket, Bill, Refused

Json = Any
Items = tuple[tuple[str, int], ...]


class Shop:
    """Where the players are."""

    def __init__(self, game: Game, desk: Desk) -> None:
        self.game, self.control, self.desk = game, game.control, desk
        self.orders: dict[str, list[int]] = {player: [] for player in game.players}

    def redeem(self, player: str, code: str) -> Any:
        """Enter the code of a coupon."""
        answer = ask("coupons", "redeem_coupon", client=self.game.players[player], body=m.CouponRedemption(code))
        return counted((one.sku, one.quantity) for one in answer.items) if isinstance(answer, m.RedeemedItems) else answer

    def fill(self, player: str, items: Items, offer_code: str | None) -> Any:
        """Fill the cart."""
        return tried(lambda: seen(self.control.fill_cart(player, dict(items), offer_code=offer_code)))

    def look(self, player: str) -> Any:
        """Look at the cart."""
        return tried(lambda: seen(self.control.cart(player)))

    def drop(self, player: str) -> Any:
        """Forget the cart."""
        return tried(partial(self.control.empty_cart, player)) or DONE

    def enter(self, player: str, code: str) -> Any:
        """Put a promo code into the cart."""
        client, form = self.game.players[player], m.PromoCodeRedemption(code)
        return basket(ask("promo_codes", "redeem_promo_code", client=client, body=form))

    def leave(self, player: str) -> Any:
        """Take the promo code out of the cart."""
        client = self.game.players[player]
        return basket(ask("promo_codes", "remove_cart_promo_code", client=client, body=m.PromoCodeRemoval()))

    def order(self, player: str) -> Any:
        """Order the cart."""
        return tried(lambda: self.bill(self.control.order_cart(player)))

    def buy(self, player: str, items: Items, offer_code: str | None) -> Any:
        """Order without a cart, and pay at once."""
        bought = tried(lambda: self.control.purchase(player, dict(items), offer_code=offer_code))
        return bought if isinstance(bought, Refused) else self.bill(self.control.order(bought["order_id"]))

    def settle(self, player: str, place: int, act: str) -> Any:
        """Pay, cancel or refund an order."""
        number = self.orders[player][place]
        return tried(lambda: self.control.ask("POST", f"/orders/{number}/{act}")["status"])

    def bill(self, order: Json) -> Bill:
        """A new order in plain words."""
        self.orders[order["user_id"]].append(order["order_id"])
        names = {number: name for name, number in self.desk.numbers.items()}
        gifts = counted((entry["sku"], entry["quantity"]) for entry in order["bonus"])
        return Bill(paid(order), gifts, frozenset(names[number] for number in order["promotions"]), frozenset(order["codes"]))


def tried(act: Callable[[], Any]) -> Any:
    """What the control door answers, or its refusal."""
    try:
        return act()
    except ControlRefused as refusal:
        return Refused(refusal.code or 0)


def seen(told: Json) -> tuple[str | None, Basket]:
    """The promo code of a cart, and the cart in plain words."""
    return told["promo_code"], basket(m.Cart.from_dict(told["cart"]))


def counted(pieces: Any) -> dict[str, int]:
    """How many there are of each, however they are listed."""
    total: Counter[str] = Counter()
    for sku, quantity in pieces:
        total[sku] += quantity
    return dict(total)


def paid(order: Json) -> Fraction | None:
    """What an order costs."""
    return None if order["price"] is None else Fraction(str(order["price"]["amount"]))


def basket(cart: Any) -> Any:
    """A cart in plain words."""
    if isinstance(cart, Refused):
        return cart
    gifts = counted((one.sku, one.quantity) for one in cart.items if one.is_free)
    pieces = {one.sku: one.price and Fraction(one.price.amount) for one in cart.items if not one.is_free}
    if cart.price is None:
        return Basket(None, None, pieces, gifts)
    return Basket(Fraction(cart.price.amount), Fraction(cart.price.amount_without_discount), pieces, gifts)
