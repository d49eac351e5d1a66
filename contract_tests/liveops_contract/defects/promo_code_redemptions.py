"""Planted bugs in the redemptions of promo codes and their limits."""

from liveops_mock import Call, Reply, World

from liveops_contract.defects import plant
from liveops_contract.defects.campaign_rewiring import (
    PROMO,
    orders_changed,
    pretending,
    redemptions,
    restore,
    with_pretence,
)
from liveops_contract.defects.rewiring import altered, good

REDEEM, REWARDS, REMOVE, UPDATE = (
    "redeem-promo-code",
    "get-promo-code-rewards-by-code",
    "remove-cart-promo-code",
    "update-promo-code",
)
FILL, EMPTY, READ_CART, ORDER = "control-fill-cart", "control-empty-cart", "control-read-cart", "control-order-cart"
PAY, CANCEL, REFUND = "control-pay-order", "control-cancel-order", "control-refund-order"
OFF, DELETE = "deactivate-promo-code", "delete-promo-code"
LIMIT, ADD, SET, LOWER = (
    "get-promo-code-user-limit",
    *(f"{word}-promo-code-user-promotion-limit" for word in ("add", "set", "remove")),
)
CODES = "get-promo-code-code-limit"
STATES, ONE, LOCKED, OPEN = (
    "a_redemption_is_reserved_then_used_or_free_again",
    "a_cart_holds_one_promo_code",
    "a_cart_with_a_promo_code_is_not_changed",
    "a_promo_code_works_while_it_is_on_and_open_to_the_user",
)
CLOSED, ROOM = "a_code_that_is_closed_leaves_the_cart", "a_closed_code_makes_room_for_another"


def keeping(operation: str, world: World, call: Call) -> Reply:
    """What the sound rule answers, and all redemptions are what they were before."""
    before = redemptions(world)
    reply = good(operation, world, call)
    for number, redemption in before.items():
        restore(world, number, redemption)
    return reply


def marking(operation: str, world: World, call: Call, status: str) -> Reply:
    """What the sound rule answers, and all redemptions have this status."""
    reply = good(operation, world, call)
    for number, redemption in redemptions(world).items():
        world.redemptions.put(number, {**redemption, "status": status})
    return reply


@plant(REDEEM, caught_by=STATES)
def a_redemption_is_used_before_anything_is_paid(world: World, call: Call) -> Reply:
    """Entering the code uses it."""
    return marking(REDEEM, world, call, "used")


@plant(PAY, caught_by=STATES)
def payment_leaves_the_redemption_reserved(world: World, call: Call) -> Reply:
    """It is never used."""
    return marking(PAY, world, call, "reserved")


@plant(ORDER, caught_by=STATES)
def an_order_uses_the_redemption(world: World, call: Call) -> Reply:
    """Nobody waits for the payment."""
    return marking(ORDER, world, call, "used")


@plant(CANCEL, caught_by=STATES)
def a_canceled_order_keeps_its_redemption(world: World, call: Call) -> Reply:
    """It stays reserved."""
    return keeping(CANCEL, world, call)


@plant(EMPTY, caught_by=STATES)
def an_emptied_cart_keeps_its_redemption(world: World, call: Call) -> Reply:
    """It stays reserved."""
    return keeping(EMPTY, world, call)


@plant(REMOVE, caught_by=STATES)
def a_removed_code_does_not_come_back_to_its_user(world: World, call: Call) -> Reply:
    """What is left to the user is one less for good."""
    before = {key: world.spent.get(key) for key in [(number["campaign"], call.user_id) for number in redemptions(world).values()]}
    reply = good(REMOVE, world, call)
    for key, spent in before.items():
        world.spent.put(key, spent)
    return reply


@plant(REFUND, caught_by=STATES)
def a_refund_gives_the_redemption_back(world: World, call: Call) -> Reply:
    """The code may be used again."""
    reply = good(REFUND, world, call)
    for number in redemptions(world):
        world.redemptions.remove(number)
    return reply


@plant(REDEEM, caught_by=ONE)
def a_second_code_takes_the_place_of_the_first(world: World, call: Call) -> Reply:
    """The first one is removed without a word."""
    cart = world.carts.get(call.user_id)
    if cart and cart["promo_code"] and cart["promo_code"]["code"] != call.body["coupon_code"]:
        good(REMOVE, world, Call(call.path, {}, {}, call.user_id))
    return good(REDEEM, world, call)


@plant(REDEEM, caught_by=ONE)
def the_same_code_again_is_a_second_redemption(world: World, call: Call) -> Reply:
    """It is reserved twice."""
    cart = world.carts.get(call.user_id)
    reply = good(REDEEM, world, call)
    if cart and cart["promo_code"]:
        number = cart["promo_code"]["redemption"]
        world.redemptions.put(world.next_id("redemption"), world.redemptions.get(number))
    return reply


@plant(FILL, caught_by=LOCKED)
def a_filled_cart_forgets_its_code(world: World, call: Call) -> Reply:
    """New items go in, and the code goes out."""
    if call.path["user_id"] in world.carts:
        good(EMPTY, world, call)
    return good(FILL, world, call)


@plant(REDEEM, caught_by=OPEN)
def a_code_works_while_it_is_off(world: World, call: Call) -> Reply:
    """The switch is not looked at."""
    return with_pretence(REDEEM, world, call, is_enabled=True)


@plant(REWARDS, caught_by=OPEN)
def rewards_are_shown_to_everybody(world: World, call: Call) -> Reply:
    """Conditions on the user are not looked at."""
    return with_pretence(REWARDS, world, call, attribute_conditions=None)


@plant(REDEEM, caught_by=OPEN)
def a_code_works_for_everybody(world: World, call: Call) -> Reply:
    """Conditions on the user are not looked at."""
    return with_pretence(REDEEM, world, call, attribute_conditions=None)


@plant(REDEEM, caught_by=OPEN)
def a_code_works_at_any_time(world: World, call: Call) -> Reply:
    """The periods are not looked at."""
    return with_pretence(REDEEM, world, call, promotion_periods=[])


@plant(REDEEM, caught_by=OPEN)
def a_code_works_in_its_first_period_alone(world: World, call: Call) -> Reply:
    """The other periods are not looked at."""
    with pretending(world, PROMO, lambda one: {"promotion_periods": one["promotion_periods"][:1]}):
        return good(REDEEM, world, call)


@plant(REDEEM, caught_by=OPEN)
def letters_of_a_promo_code_are_the_same_in_any_size(world: World, call: Call) -> Reply:
    """Upper and lower case do not differ."""
    known = {
        code.lower(): code for one in world.campaigns.values("kind", PROMO) for code in world.codes.keys("campaign", one["id"])
    }
    code = call.body["coupon_code"]
    return good(REDEEM, world, altered(call, coupon_code=known.get(code.lower(), code)))


@plant(ORDER, caught_by=CLOSED)
def a_closed_code_acts_on_the_order(world: World, call: Call) -> Reply:
    """Whether the code still works is asked when it is entered, and never again."""
    return with_pretence(ORDER, world, call, is_enabled=True, promotion_periods=[], attribute_conditions=None)


@plant(OFF, caught_by=CLOSED)
def switching_a_code_off_makes_orders_dearer(world: World, call: Call) -> Reply:
    """Orders that wait for their payment lose the discount."""
    reply = good(OFF, world, call)
    for user in ("user_1", "user_2"):
        for order in list(world.orders.values("user", user)):
            orders_changed(world, order["order_id"], codes=[])
    return reply


@plant(READ_CART, caught_by=CLOSED)
def a_closed_code_is_still_seen_in_the_cart(world: World, call: Call) -> Reply:
    """The cart tells of a price that nobody gets."""
    return with_pretence(READ_CART, world, call, is_enabled=True, promotion_periods=[], attribute_conditions=None)


@plant(REDEEM, caught_by=ROOM)
def the_code_that_gave_way_stays_reserved(world: World, call: Call) -> Reply:
    """Its redemption is lost."""
    return keeping(REDEEM, world, call)


@plant(FILL, caught_by=ROOM)
def a_code_that_is_off_locks_the_cart(world: World, call: Call) -> Reply:
    """The cart can't be filled anew."""
    return with_pretence(FILL, world, call, is_enabled=True)
