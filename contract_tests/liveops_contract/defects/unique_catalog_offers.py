"""Planted bugs in unique catalog offers at purchases, and in the games of a bonus."""

from liveops_mock import Call, Reply, World

from liveops_contract.defects import plant
from liveops_contract.defects.campaign_rewiring import (
    OFFER,
    orders_changed,
    pretending,
    redemptions,
    restore,
    with_pretence,
)
from liveops_contract.defects.rewiring import Json, good, without

UPDATE, BELOW = "update-unique-catalog-offer-promotion", "an_offer_is_never_limited_below_its_use"
BUY, FILL, ORDER = "control-record-purchase", "control-fill-cart", "control-order-cart"
PAY, CANCEL = "control-pay-order", "control-cancel-order"
REDEEM, REWARDS = "redeem-promo-code", "get-promo-code-rewards-by-code"
ALONE, ONCE, TIMED, GAME = (
    "an_item_of_an_offer_is_sold_with_its_code_alone",
    "a_code_of_an_offer_is_used_once_by_a_payment",
    "a_code_of_an_offer_is_limited_and_has_its_time",
    "a_game_in_the_bonus_comes_as_the_key_that_was_picked",
)


def revealing(operation: str, world: World, call: Call, keep: str | None) -> Reply:
    """What the sound rule answers while all offers but one hide nothing."""
    with pretending(world, OFFER, lambda one: {} if one["external_id"] == keep else {"is_enabled": False}):
        return good(operation, world, call)


@plant(BUY, caught_by=ALONE)
def everybody_can_buy_the_items_of_an_offer(world: World, call: Call) -> Reply:
    """A purchase without a code is never refused."""
    return good(BUY, world, call) if call.body.get("offer_code") else revealing(BUY, world, call, None)


@plant(BUY, caught_by=ALONE)
def the_code_of_one_offer_opens_all(world: World, call: Call) -> Reply:
    """Which offer the code belongs to is not looked at."""
    entry = world.codes.get(call.body.get("offer_code") or "")
    offers = world.campaigns.values("kind", OFFER)
    keep = next((offer["external_id"] for offer in offers if entry and offer["id"] == entry["campaign"]), None)
    return revealing(BUY, world, call, keep) if keep else good(BUY, world, call)


@plant(FILL, caught_by=ALONE)
def a_cart_takes_hidden_items(world: World, call: Call) -> Reply:
    """Only the order asks for the code."""
    return good(FILL, world, call) if call.body.get("offer_code") else revealing(FILL, world, call, None)


@plant(BUY, caught_by=ALONE)
def an_offer_that_is_off_hides_its_items(world: World, call: Call) -> Reply:
    """Nobody can buy them."""
    return with_pretence(BUY, world, call, OFFER, is_enabled=True)


@plant(BUY, caught_by=ONCE)
def a_purchase_reserves_the_code_of_an_offer(world: World, call: Call) -> Reply:
    """It is never used."""
    reply = good(BUY, world, call)
    for number, redemption in redemptions(world).items():
        world.redemptions.put(number, {**redemption, "status": "reserved"})
    return reply


@plant(BUY, caught_by=ONCE)
def each_item_of_an_offer_uses_its_code(world: World, call: Call) -> Reply:
    """Two kinds of items are two redemptions."""
    reply, found = good(BUY, world, call), redemptions(world)
    for _ in call.body["items"][1:]:
        for redemption in found.values():
            world.redemptions.put(world.next_id("redemption"), redemption)
    return reply


@plant(ORDER, caught_by=ONCE)
def an_order_without_items_of_the_offer_takes_its_code(world: World, call: Call) -> Reply:
    """Whatever is bought, the code is reserved."""
    code = (world.carts.get(call.path["user_id"]) or {}).get("offer_code")
    reply = good(ORDER, world, call)
    if code and not reply.body["codes"]:
        redemption = {"campaign": world.codes.get(code)["campaign"], "code": code, "user_id": "user_1", "status": "reserved"}
        world.redemptions.put(world.next_id("redemption"), redemption)
    return reply


@plant(CANCEL, caught_by=ONCE)
def a_canceled_order_keeps_the_code_of_an_offer(world: World, call: Call) -> Reply:
    """It stays reserved."""
    before = redemptions(world)
    reply = good(CANCEL, world, call)
    for number, redemption in before.items():
        restore(world, number, redemption)
    return reply


@plant(PAY, caught_by=ONCE)
def payment_of_an_order_leaves_the_code_of_an_offer(world: World, call: Call) -> Reply:
    """The order forgets the code before it is paid."""
    number = call.path["order_id"]
    if number in world.orders:
        orders_changed(world, number, codes=[])
    return good(PAY, world, call)


@plant(BUY, caught_by=TIMED)
def a_code_of_an_offer_works_without_end(world: World, call: Call) -> Reply:
    """The limits of the offer are not looked at."""
    nothing: Json = {"redeem_total_limit": None, "redeem_user_limit": None, "redeem_code_limit": None}
    return with_pretence(BUY, world, call, OFFER, **nothing)


@plant(BUY, caught_by=TIMED)
def an_offer_never_ends(world: World, call: Call) -> Reply:
    """The periods are not looked at."""
    return with_pretence(BUY, world, call, OFFER, promotion_periods=[])


@plant(REDEEM, caught_by=GAME)
def the_first_key_of_a_game_is_given_to_everybody(world: World, call: Call) -> Reply:
    """The pick is not looked at, and nobody is asked for one."""
    game = world.items.get("game")
    world.items.put("game", {**game, "unit_items": game["unit_items"][:1]})
    try:
        return good(REDEEM, world, without(call, "selected_unit_items"))
    finally:
        world.items.put("game", game)


@plant(REWARDS, caught_by=GAME)
def rewards_never_ask_for_a_pick(world: World, call: Call) -> Reply:
    """`is_selectable` is always false."""
    reply = good(REWARDS, world, call)
    reply.body["is_selectable"] = False
    return reply


@plant(ORDER, caught_by=GAME)
def the_order_hands_over_the_game_instead_of_its_key(world: World, call: Call) -> Reply:
    """The key that was picked is forgotten."""
    reply = good(ORDER, world, call)
    bonus = [{**entry, "sku": "game"} for entry in reply.body["bonus"]]
    orders_changed(world, reply.body["order_id"], bonus=bonus)
    return reply


@plant(UPDATE, caught_by=BELOW)
def an_offer_may_be_limited_below_its_use(world: World, call: Call) -> Reply:
    """What was redeemed is not looked at."""
    used = redemptions(world)
    for number in used:
        world.redemptions.remove(number)
    try:
        return good(UPDATE, world, call)
    finally:
        for number, redemption in used.items():
            world.redemptions.put(number, redemption)
