"""Planted bugs in locks by country."""

from collections.abc import Iterator
from contextlib import contextmanager

from liveops_mock import Call, Problem, Reply, World

from liveops_contract.defects import plant
from liveops_contract.defects.campaign_rewiring import change, named, refusing
from liveops_contract.defects.code_rewiring import VERIFY, as_if, campaign_of
from liveops_contract.defects.rewiring import Json, altered, good, otherwise, without

LOCK, ITEM, BUY, CART, ORDER, PAY = (
    *("control-lock-campaign", "control-define-item", "control-record-purchase"),
    *("control-read-cart", "control-order-cart", "control-pay-order"),
)
COUPON, PROMO = "redeem-coupon", "redeem-promo-code"
LOCKED, ONE = "a_locked_code_gives_nothing_in_its_countries", "a_lock_is_for_one_campaign"
LEAVES, FREE = (
    "a_code_leaves_the_cart_of_a_user_who_goes_where_it_is_locked",
    "discounts_and_bonuses_know_no_countries",
)


@contextmanager
def without_locks_on_items(world: World, *, but: str = "") -> Iterator[None]:
    """For a moment no item is locked, but for one."""
    with otherwise(world.items, *(sku for sku in world.items.keys("all", "all") if sku != but), blocked_countries=[]):
        yield


def blind(operation: str, world: World, call: Call) -> Reply:
    """What the sound rule answers where no lock is known."""
    with without_locks_on_items(world):
        return as_if(operation, world, call, blocked_countries=[])


@plant(COUPON, caught_by=LOCKED)
def a_coupon_knows_no_locks(world: World, call: Call) -> Reply:
    """Nobody looks where the user is."""
    return blind(COUPON, world, call)


@plant(PROMO, caught_by=LOCKED)
def a_promo_code_knows_no_locks(world: World, call: Call) -> Reply:
    """Nobody looks where the user is."""
    return blind(PROMO, world, call)


@plant(BUY, caught_by=LOCKED)
def an_offer_knows_no_locks(world: World, call: Call) -> Reply:
    """Nobody looks where the user is."""
    return blind(BUY, world, call)


@plant("get-coupon-rewards-by-code", caught_by=LOCKED)
def rewards_of_a_locked_coupon_are_told(world: World, call: Call) -> Reply:
    """Only the redemption looks where the user is."""
    return blind("get-coupon-rewards-by-code", world, call)


@plant("get-promo-code-rewards-by-code", caught_by=LOCKED)
def rewards_of_a_locked_promo_code_are_told(world: World, call: Call) -> Reply:
    """Only the redemption looks where the user is."""
    return blind("get-promo-code-rewards-by-code", world, call)


@plant(VERIFY, caught_by=LOCKED)
def a_verification_looks_at_no_items(world: World, call: Call) -> Reply:
    """Only the lock of the campaign counts."""
    with without_locks_on_items(world):
        return good(VERIFY, world, call)


@plant(VERIFY, caught_by=LOCKED)
def only_the_first_item_can_be_locked(world: World, call: Call) -> Reply:
    """The items behind it are not looked at."""
    campaign = campaign_of(world, call.path["code"]) or {}
    skus = [*(entry["sku"] for entry in campaign.get("bonus") or ()), *campaign.get("items", [])]
    with without_locks_on_items(world, but=skus[0] if skus else ""):
        return good(VERIFY, world, call)


@plant(VERIFY, caught_by=LOCKED)
def a_locked_item_locks_no_offer(world: World, call: Call) -> Reply:
    """Only what is given for nothing is looked at."""
    with without_locks_on_items(world):
        reply = good(VERIFY, world, call)
    return reply if reply.body["type"] == "unique_catalog_offer" else good(VERIFY, world, call)


@plant(COUPON, caught_by=LOCKED)
def a_locked_coupon_gives_what_is_not_locked(world: World, call: Call) -> Reply:
    """The refusal comes when the other items are granted already."""
    try:
        return good(COUPON, world, call)
    except Problem:
        for entry in (campaign_of(world, call.body["coupon_code"]) or {}).get("bonus") or ():
            if not world.items.get(entry["sku"])["blocked_countries"]:
                world.inventory.put((call.user_id, entry["sku"]), 1)
        raise


@plant(COUPON, caught_by=LOCKED)
def who_is_nobody_knows_where_is_refused(world: World, call: Call) -> Reply:
    """Without a country every lock is for the user."""
    campaign, user = campaign_of(world, call.body["coupon_code"]), world.users.get(call.user_id)
    if campaign and campaign["blocked_countries"] and not (user or {}).get("country"):
        raise refusing(422, 9808)
    return good(COUPON, world, call)


@plant(LOCK, caught_by=LOCKED)
def locks_add_up(world: World, call: Call) -> Reply:
    """A new lock leaves the countries of the one before."""
    before = (named(world, kind_of(call), call) or {}).get("blocked_countries", [])
    return good(LOCK, world, altered(call, blocked_countries=[*before, *call.body["blocked_countries"]]))


def kind_of(call: Call) -> str:
    """The kind that the path of the control door names, as it is kept."""
    return "promo_code" if call.path["kind"] == "promocode" else str(call.path["kind"])


@plant(ITEM, caught_by=LOCKED)
def items_are_never_locked(world: World, call: Call) -> Reply:
    """The countries of an item are not kept."""
    return good(ITEM, world, without(call, "blocked_countries"))


def unlocked_by(operation: str, world: World, kind: str, call: Call) -> Reply:
    """What the sound rule answers, and the lock is gone."""
    reply = good(operation, world, call)
    change(world, named(world, kind, call), blocked_countries=[])
    return reply


@plant("update-coupon-promotion", caught_by=LOCKED)
def an_update_opens_the_lock_of_a_coupon(world: World, call: Call) -> Reply:
    """What the body can't say is lost."""
    return unlocked_by("update-coupon-promotion", world, "coupon", call)


@plant("update-promo-code", caught_by=LOCKED)
def an_update_opens_the_lock_of_a_promo_code(world: World, call: Call) -> Reply:
    """What the body can't say is lost."""
    return unlocked_by("update-promo-code", world, "promo_code", call)


def locking(world: World, call: Call, others: list[Json]) -> Reply:
    """What the sound lock does, and other campaigns are locked with it."""
    reply = good(LOCK, world, call)
    for campaign in others:
        change(world, campaign, **call.body)
    return reply


@plant(LOCK, caught_by=ONE)
def a_lock_is_for_all_kinds(world: World, call: Call) -> Reply:
    """Whatever has this key is locked."""
    same = [one for one in world.campaigns.values("all", "all") if one["external_id"] == call.path["external_id"]]
    return locking(world, call, same)


@plant(LOCK, caught_by=ONE)
def a_lock_is_for_a_whole_kind(world: World, call: Call) -> Reply:
    """All coupons are locked with one."""
    return locking(world, call, list(world.campaigns.values("kind", kind_of(call))))


@plant(LOCK, caught_by=ONE)
def a_lock_switches_off(world: World, call: Call) -> Reply:
    """A campaign that is locked somewhere is off everywhere."""
    reply = good(LOCK, world, call)
    change(world, named(world, kind_of(call), call), is_enabled=False)
    return reply


@plant(CART, caught_by=LEAVES)
def a_locked_code_stays_in_the_cart(world: World, call: Call) -> Reply:
    """Where the user is counts only when the code is entered."""
    return blind(CART, world, call)


@plant(ORDER, caught_by=LEAVES)
def a_locked_code_is_ordered_with(world: World, call: Call) -> Reply:
    """An order of the cart has the code nevertheless."""
    return blind(ORDER, world, call)


@plant(PAY, caught_by=LEAVES)
def an_order_with_a_locked_code_is_not_settled(world: World, call: Call) -> Reply:
    """The lock reaches orders that were made before: they stay as they are, without a word."""
    order = world.orders.get(call.path["order_id"])
    country = (world.users.get(order["user_id"]) or {}).get("country")
    if any(country in campaign_of(world, code["code"])["blocked_countries"] for code in order["codes"]):
        return good("control-read-order", world, call)
    return good(PAY, world, call)


@contextmanager
def without_promotions(world: World, call: Call, kind: str) -> Iterator[None]:
    """For a moment promotions of a kind are off, if the user is where an item of the purchase is locked."""
    country = (world.users.get(call.path["user_id"]) or {}).get("country")
    is_locked = any(country in world.items.get(entry["sku"])["blocked_countries"] for entry in call.body["items"])
    with otherwise(world.promotions, *(world.promotions.keys("kind", kind) if is_locked else ()), is_enabled=False):
        yield


@plant(BUY, caught_by=FREE)
def a_locked_item_has_its_full_price(world: World, call: Call) -> Reply:
    """Discounts ask where the user is."""
    with without_promotions(world, call, "discount"):
        return good(BUY, world, call)


@plant(BUY, caught_by=FREE)
def a_locked_item_is_no_gift(world: World, call: Call) -> Reply:
    """Bonuses ask where the user is."""
    with without_promotions(world, call, "bonus"):
        return good(BUY, world, call)
