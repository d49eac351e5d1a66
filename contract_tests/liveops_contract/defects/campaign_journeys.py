"""Planted bugs of campaigns, carts and orders that show only after several steps: redemptions that are lost, or given twice."""

from liveops_mock import Call, Reply, World

from liveops_contract.defects import plant
from liveops_contract.defects.campaign_rewiring import OFFER, PROMO, named, redemptions, refusing, restore
from liveops_contract.defects.rewiring import Json, good
from liveops_contract.laws.promo_code_limits import USERS

UPDATE, DELETE = "update-promo-code", "delete-promo-code"
ACTIVATE, REMOVE = "activate-promo-code", "remove-cart-promo-code"
EMPTY, ORDER = "control-empty-cart", "control-order-cart"
PAY, CANCEL, REFUND = "control-pay-order", "control-cancel-order", "control-refund-order"
ADVANCE, REWIND = "control-advance-clock", "control-rewind-clock"
JOURNEY, CLOSED = "CampaignJourney", "a_code_that_is_closed_leaves_the_cart"
MORNING, DAY = 28_800, 86_400  # when the discount starts over, and how often


def is_off(world: World, redemption: Json) -> bool:
    """Whether the campaign of a redemption is switched off."""
    return redemption["campaign"] not in {
        one["id"] for kind in (PROMO, OFFER) for one in world.campaigns.values("switch", (kind, True))
    }


def keeping_those_of_closed_campaigns(operation: str, world: World, call: Call) -> Reply:
    """What the sound rule answers, and redemptions of campaigns that are off are what they were."""
    before = redemptions(world)
    reply = good(operation, world, call)
    for number, redemption in before.items():
        if is_off(world, redemption):
            restore(world, number, redemption)
    return reply


def lower_spent(world: World, campaign: int, user_id: str) -> None:
    """A user may redeem once more."""
    world.spent.put((campaign, user_id), max(0, world.spent.get((campaign, user_id), 0) - 1))


def dropped(world: World, numbers: list[int]) -> None:
    """These redemptions are nobody's."""
    for number in numbers:
        lower_spent(world, world.redemptions.get(number)["campaign"], world.redemptions.get(number)["user_id"])
        world.redemptions.remove(number)


def reserved_of(world: World, *campaigns: Json) -> list[int]:
    """The redemptions of these campaigns that are reserved."""
    return [number for one in campaigns for number in world.redemptions.keys("campaign", (one["id"], "reserved"))]


@plant(UPDATE, caught_by="an_update_of_a_promo_code_keeps_what_its_users_used")
def an_update_counts_users_anew(world: World, call: Call) -> Reply:
    """What is left to users is the limit without what they paid for; reservations and the operator's word are forgotten."""
    reply, campaign = good(UPDATE, world, call), named(world, PROMO, call)
    users = [one["user_id"] for one in world.redemptions.values("campaign", (campaign["id"], "used"))]
    for user in USERS:
        world.spent.put((campaign["id"], user), users.count(user))
    return reply


@plant(UPDATE, caught_by="an_update_of_a_promo_code_keeps_what_its_users_used")
def after_an_update_the_other_user_gets_everything_back(world: World, call: Call) -> Reply:
    """What is given back by carts and orders of the campaign counts for somebody who has not reserved it."""
    reply = good(UPDATE, world, call)
    for number in reserved_of(world, named(world, PROMO, call)):
        redemption = world.redemptions.get(number)
        other = next(user for user in USERS if user != redemption["user_id"])
        world.redemptions.put(number, {**redemption, "user_id": other})
    return reply


@plant(DELETE, caught_by=JOURNEY)
def a_code_that_comes_back_remembers_its_uses(world: World, call: Call) -> Reply:
    """Redemptions of a deleted campaign count against the code, whatever campaign gets it."""
    campaign, before = named(world, PROMO, call), redemptions(world)
    reply = good(DELETE, world, call)
    for number, redemption in before.items():
        if campaign and redemption["campaign"] == campaign["id"]:
            world.redemptions.put(number, {**redemption, "status": "used"})
    return reply


@plant(ACTIVATE, caught_by=JOURNEY)
def switching_on_again_frees_what_is_reserved(world: World, call: Call) -> Reply:
    """A promo code begins without the redemptions that wait in carts and orders."""
    reply, campaign = good(ACTIVATE, world, call), named(world, PROMO, call)
    dropped(world, reserved_of(world, campaign))
    return reply


@plant(REMOVE, caught_by=CLOSED)
def a_code_of_a_deleted_campaign_stays_in_the_cart(world: World, call: Call) -> Reply:
    """It can't be removed, since there is nothing that could be given back."""
    cart = world.carts.get(call.user_id)
    if cart and cart["promo_code"] and cart["promo_code"]["redemption"] not in world.redemptions:
        raise refusing(404, 1401)
    return good(REMOVE, world, call)


@plant(EMPTY, caught_by=JOURNEY)
def an_emptied_cart_keeps_a_code_that_is_off(world: World, call: Call) -> Reply:
    """Its redemption stays reserved for nobody."""
    return keeping_those_of_closed_campaigns(EMPTY, world, call)


@plant(ORDER, caught_by=CLOSED)
def an_order_keeps_a_code_reserved_that_does_not_act(world: World, call: Call) -> Reply:
    """The redemption of a code that is off is neither in the order nor free."""
    return keeping_those_of_closed_campaigns(ORDER, world, call)


@plant(PAY, caught_by=JOURNEY)
def a_payment_uses_no_code_that_is_off(world: World, call: Call) -> Reply:
    """The redemption stays reserved, although the order was cheaper."""
    return keeping_those_of_closed_campaigns(PAY, world, call)


@plant(CANCEL, caught_by="an_order_counts_when_it_is_paid")
def a_canceled_order_gives_pieces_back_that_were_never_counted(world: World, call: Call) -> Reply:
    """The last purchase of one of its items is forgotten."""
    reply = good(CANCEL, world, call)
    for entry in reply.body["items"]:
        for key in [*world.item_uses.keys("thing_user", (entry["sku"], reply.body["user_id"]))][-1:]:
            world.item_uses.remove(key)
    return reply


@plant(REFUND, caught_by=JOURNEY)
def a_refund_gives_the_code_of_an_offer_back(world: World, call: Call) -> Reply:
    """It can be used once more."""
    order, reply = world.orders.get(call.path["order_id"]), good(REFUND, world, call)
    offers = {one["id"] for one in world.campaigns.values("kind", OFFER)}
    held = [code["redemption"] for code in order["codes"] if code["redemption"] in world.redemptions]
    dropped(world, [number for number in held if world.redemptions.get(number)["campaign"] in offers])
    return reply


@plant(REFUND, caught_by="a_refund_gives_the_uses_back")
def a_refund_of_yesterday_gives_a_use_of_today_back(world: World, call: Call) -> Reply:
    """Another use of the discount is forgotten where the one of the order counts no longer."""
    order, reply = world.orders.get(call.path["order_id"]), good(REFUND, world, call)
    is_older = (world.now - MORNING) // DAY > (order["paid"] - MORNING) // DAY
    for number in order["promotions"] if is_older else ():
        for key in [*world.promotion_uses.keys("thing_user", (number, order["user_id"]))][-1:]:
            world.promotion_uses.remove(key)
    return reply


@plant(ADVANCE, caught_by=JOURNEY)
def what_is_reserved_lapses_after_a_day(world: World, call: Call) -> Reply:
    """Carts and orders lose their codes, which others may use then."""
    reply = good(ADVANCE, world, call)
    if call.body["seconds"] >= DAY:
        dropped(world, reserved_of(world, *world.campaigns.values("kind", PROMO)))
    return reply


@plant(REWIND, caught_by="a_clock_that_is_turned_back_gives_redemptions_back")
def a_rewind_keeps_what_was_redeemed(world: World, call: Call) -> Reply:
    """Redemptions that are undone still count."""
    before = redemptions(world)
    reply = good(REWIND, world, call)
    for number, redemption in before.items():
        if any(one["id"] == redemption["campaign"] for kind in (PROMO, OFFER) for one in world.campaigns.values("kind", kind)):
            restore(world, number, redemption)
    return reply
