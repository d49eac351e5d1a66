"""Carts and orders of players: what may be bought, what it costs, and what becomes of it."""

from promotion_acts.words import DONE, Basket, Bill, Refused

from promotion_ledger.codes import give_back, take, usable, why_closed
from promotion_ledger.facts import Cart, Facts, Items, Order
from promotion_ledger.limits import left, note
from promotion_ledger.prices import Effect, acting, gifts, is_open, of_code, price

NO_CART = Refused(1401)


def fill(facts: Facts, player: str, items: Items, offer_code: str | None) -> object:
    """A cart is filled anew, unless it holds a promo code."""
    cart = facts.carts.get(player)
    if cart and code_in(facts, player, cart):
        return Refused(6262)
    refused = not_offered(facts, player, items, offer_code)
    if refused:
        return refused
    give_back(facts, cart.promo_code if cart else None)
    facts.carts[player] = Cart(items, offer_code)
    return look(facts, player)


def look(facts: Facts, player: str) -> object:
    """The promo code that acts on the cart, and the cart."""
    cart = facts.carts.get(player)
    return NO_CART if cart is None else (code_in(facts, player, cart), basket(facts, player))


def drop(facts: Facts, player: str) -> object:
    """A cart is forgotten, and its promo code free."""
    cart = facts.carts.pop(player, None)
    if cart is None:
        return NO_CART
    give_back(facts, cart.promo_code)
    return DONE


def enter(facts: Facts, player: str, code: str) -> object:
    """A promo code is held for the cart, if it does something there."""
    cart = facts.carts.get(player)
    if cart is None:
        return NO_CART
    held = code_in(facts, player, cart)
    if held:
        return basket(facts, player) if held == code else Refused(6260)
    campaign = usable(facts, "promo_code", player, code)
    if isinstance(campaign, Refused):
        return campaign
    if not works(facts, player, cart, of_code(facts, facts.codes[code], campaign, cart.items)):
        return Refused(6261)
    give_back(facts, cart.promo_code)
    cart.promo_code = take(facts, player, code)
    return basket(facts, player)


def leave(facts: Facts, player: str) -> object:
    """The promo code is taken out of the cart."""
    cart = facts.carts.get(player)
    if cart is None:
        return NO_CART
    give_back(facts, cart.promo_code)
    cart.promo_code = None
    return basket(facts, player)


def order(facts: Facts, player: str) -> object:
    """The cart becomes an order at the price of this moment; its codes are held until it is paid or canceled."""
    cart = facts.carts.get(player)
    if cart is None:
        return NO_CART
    effects = effects_of_code(facts, player, cart)
    refused = not_offered(facts, player, cart.items, cart.offer_code)
    refused = refused or beyond(facts, player, cart.items, gifts(acting(facts, player, cart.items, effects)))
    if refused:
        return refused
    made = make_order(facts, player, cart.items, cart.offer_code, effects)
    if cart.promo_code and works(facts, player, cart, effects):
        made.redemptions.append(cart.promo_code)
    else:
        give_back(facts, cart.promo_code)
    del facts.carts[player]
    return bill(made)


def buy(facts: Facts, player: str, items: Items, offer_code: str | None) -> object:
    """Items are ordered and paid at once."""
    refused = not_offered(facts, player, items, offer_code)
    refused = refused or beyond(facts, player, items, gifts(acting(facts, player, items, [])))
    if refused:
        return refused
    made = make_order(facts, player, items, offer_code, [])
    hand_over(facts, player, made)
    return bill(made)


def settle(facts: Facts, player: str, place: int, act: str) -> object:
    """A new order is paid or canceled, a paid one refunded."""
    made = facts.orders[player][place]
    if made.status != ("paid" if act == "refund" else "new"):
        return Refused(6230)
    refused = {"pay": pay, "cancel": cancel, "refund": refund}[act](facts, player, made)
    return refused or made.status


def pay(facts: Facts, player: str, made: Order) -> Refused | None:
    """What was ordered is handed over, if all limits still allow it."""
    refused = beyond(facts, player, made.items, made.gifts)
    if refused:
        return refused
    if any(facts.promotions[name] and left(facts, "promotion", name, player) == 0 for name in made.promotions):
        return Refused(9804)
    hand_over(facts, player, made)
    return None


def hand_over(facts: Facts, player: str, made: Order) -> None:
    """The player has the items, and everything that made the order so is used."""
    made.status = "paid"
    for sku, pieces in (*made.items, *made.gifts.items()):
        facts.held[player][sku] += pieces
        note(facts, ("item", sku), player, pieces, made)
    for name in made.promotions:
        note(facts, ("promotion", name), player, 1, made)
    for held in made.redemptions:
        held.is_used = True


def cancel(facts: Facts, _player: str, made: Order) -> None:
    """The codes are free again."""
    made.status = "canceled"
    for held in made.redemptions:
        give_back(facts, held)


def refund(facts: Facts, player: str, made: Order) -> None:
    """The items go back, and what counted against limits counts no more; codes stay used."""
    made.status = "refunded"
    for sku, pieces in (*made.items, *made.gifts.items()):
        facts.held[player][sku] -= pieces
    for uses in facts.uses.values():
        uses[:] = [use for use in uses if use.order is not made]


def make_order(facts: Facts, player: str, items: Items, offer_code: str | None, code: list[Effect]) -> Order:
    """A new order."""
    effects = acting(facts, player, items, code)
    promotions = frozenset(effect.name for effect in effects if effect not in code)
    made = Order(items, price(facts, items, effects), gifts(effects), promotions, [])
    offer = facts.campaigns[facts.codes[offer_code]] if offer_code else None
    if offer and offer_code and any(sku in offer.items for sku, _ in items):
        made.redemptions.append(take(facts, player, offer_code))
    facts.orders[player].append(made)
    return made


def bill(made: Order) -> Bill:
    """An order as its player sees it."""
    return Bill(made.price, made.gifts, made.promotions, frozenset(held.code for held in made.redemptions))


def basket(facts: Facts, player: str) -> Basket:
    """A cart as its player sees it."""
    cart = facts.carts[player]
    effects = acting(facts, player, cart.items, effects_of_code(facts, player, cart))
    pieces = {sku: price(facts, ((sku, 1),), effects) for sku, _ in cart.items}
    return Basket(price(facts, cart.items, effects), price(facts, cart.items, []), pieces, gifts(effects))


def code_in(facts: Facts, player: str, cart: Cart) -> str | None:
    """The promo code in a cart, as long as its campaign is open to the player."""
    held = cart.promo_code
    return None if held not in facts.redemptions or why_closed(facts, player, held.campaign) else held.code


def effects_of_code(facts: Facts, player: str, cart: Cart) -> list[Effect]:
    """What the promo code in a cart does to it."""
    code = code_in(facts, player, cart)
    campaign = facts.campaigns[facts.codes[code]] if code else None
    return of_code(facts, facts.codes[code], campaign, cart.items) if code and campaign else []


def works(facts: Facts, player: str, cart: Cart, effects: list[Effect]) -> bool:
    """Whether something of a promo code acts on a cart."""
    return any(effect in effects for effect in acting(facts, player, cart.items, effects))


def not_offered(facts: Facts, player: str, items: Items, offer_code: str | None) -> Refused | None:
    """Why a player may not buy items that a unique catalog offer hides."""
    shown: tuple[str, ...] = ()
    if offer_code:
        offer = usable(facts, "offer", player, offer_code)
        if isinstance(offer, Refused):
            return offer
        shown = offer.items
    open_offers = [
        one for name, one in facts.campaigns.items() if one and name in facts.switched_on and is_open(one.windows, facts.now)
    ]
    hidden = {sku for one in open_offers if one.kind == "offer" for sku in one.items}
    return Refused(6263) if any(sku in hidden and sku not in shown for sku, _ in items) else None


def beyond(facts: Facts, player: str, items: Items, free: dict[str, int]) -> Refused | None:
    """Why a player may not have so many pieces."""
    wanted = dict(free)
    for sku, pieces in items:
        wanted[sku] = wanted.get(sku, 0) + pieces
    limits = {sku: left(facts, "item", sku, player) for sku in wanted}
    return Refused(1460) if any(limit is not None and wanted[sku] > limit for sku, limit in limits.items()) else None
