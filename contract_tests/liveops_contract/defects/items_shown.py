"""Planted bugs in what answers tell of items."""

from collections.abc import Callable

import orjson
from liveops_mock import Call, Page, Reply, World

from liveops_contract.defects import plant
from liveops_contract.defects.rewiring import Json, elements, good

DAILY, OFFER, CLAN = "get-user-daily-chain-by-id", "get-offer-chains-list", "user-clan-update"
CHAINS, RULES, PROMOTIONS = "admin-get-reward-chains", "get-filter-rules", "get-promotion-list"
REWARDS, SHOW, VERIFY = "get-reward-chains-list", "get-upsell-for-project-client", "verify-promotion-code"
COUPON, PROMO, REMOVE = "redeem-coupon", "redeem-promo-code", "remove-cart-promo-code"
Change = Callable[[Json], Json]


def retold(operation: str, world: World, call: Call, change: Change) -> Reply:
    """What the sound rule answers, each thing with an SKU changed."""
    reply = good(operation, world, call)
    if isinstance(reply.body, Page):
        read = [orjson.loads(one) if isinstance(one, bytes) else one for one in elements(reply)]
        return Reply(reply.status, Page([changed(one, change) for one in read], reply.body.fields))
    return Reply(reply.status, changed(reply.body, change))


def changed(told: Json, change: Change) -> Json:
    """The same with each thing that has an SKU changed, here and below."""
    if isinstance(told, list):
        return [changed(one, change) for one in told]
    if not isinstance(told, dict):
        return told
    below = {name: changed(value, change) for name, value in told.items()}
    return change(below) if "sku" in below else below


def saying(**facts: Json) -> Change:
    """Has other facts wherever it has them at all."""
    return lambda told: told | {name: value for name, value in facts.items() if name in told}


@plant(DAILY, caught_by="daily_chains_show_items_as_the_catalog_has_them")
def a_bundle_of_a_day_has_lost_its_first_item(world: World, call: Call) -> Reply:
    """The first item of the content is not shown."""
    return retold(DAILY, world, call, lambda told: told | ({"content": told["content"][1:]} if told.get("content") else {}))


@plant(OFFER, caught_by="offer_chains_show_items_as_the_catalog_has_them")
def every_bundle_of_an_offer_is_a_standard_one(world: World, call: Call) -> Reply:
    """The kind of a bundle is not looked at."""
    return retold(OFFER, world, call, lambda told: told | ({"bundle_type": "standard"} if told.get("bundle_type") else {}))


@plant(CLAN, caught_by="rewards_of_a_clan_are_told_as_the_catalog_has_them")
def rewards_of_a_clan_are_virtual_goods(world: World, call: Call) -> Reply:
    """Whatever type the catalog says."""
    return retold(CLAN, world, call, saying(type="virtual_good"))


@plant(REWARDS, caught_by="reward_chains_show_items_as_the_catalog_has_them")
def rewards_have_no_pictures(world: World, call: Call) -> Reply:
    """Pictures are left to the catalog."""
    return retold(REWARDS, world, call, saying(image_url=None))


@plant(SHOW, caught_by="the_upsell_shows_items_as_the_catalog_has_them")
def nothing_that_is_proposed_can_be_used_up(world: World, call: Call) -> Reply:
    """What becomes of a piece is not told."""
    return retold(SHOW, world, call, saying(virtual_item_type=None))


@plant(VERIFY, caught_by="verifications_show_items_as_the_catalog_has_them")
def a_verification_forgets_how_long_a_piece_lasts(world: World, call: Call) -> Reply:
    """How long a piece can be used is not told."""
    return retold(VERIFY, world, call, saying(inventory_options={"consumable": None, "expiration_period": None}))


@plant(CHAINS, caught_by="chains_show_their_value_points_in_every_form")
def a_listed_chain_has_a_value_point_that_is_on(world: World, call: Call) -> Reply:
    """The switch of the value point is not looked at."""
    return retold(CHAINS, world, call, saying(is_enabled=True))


@plant(RULES, caught_by="rules_show_items_as_the_catalog_has_them")
def items_of_a_rule_are_virtual_goods(world: World, call: Call) -> Reply:
    """Whatever type the catalog says."""
    return retold(RULES, world, call, saying(type="virtual_good"))


@plant(PROMOTIONS, caught_by="promotions_show_items_as_the_catalog_has_them")
def items_of_promotions_last_for_ever(world: World, call: Call) -> Reply:
    """How long a piece can be used is not told."""
    return retold(PROMOTIONS, world, call, saying(inventory_options={"consumable": None, "expiration_period": None}))


@plant(COUPON, caught_by="coupons_show_items_as_the_catalog_has_them")
def what_a_coupon_gives_has_no_attributes(world: World, call: Call) -> Reply:
    """They are left to the catalog."""
    return retold(COUPON, world, call, saying(attributes=[]))


@plant(PROMO, caught_by="promo_codes_show_items_as_the_catalog_has_them")
def a_cart_with_a_code_knows_no_virtual_prices(world: World, call: Call) -> Reply:
    """Prices in virtual currencies are not shown."""
    return retold(PROMO, world, call, saying(virtual_prices=[]))


@plant(REMOVE, caught_by="a_cart_costs_nothing_or_has_no_price")
def no_cart_is_free(world: World, call: Call) -> Reply:
    """A sum of nothing is a price like any other."""
    reply = good(REMOVE, world, call)
    return Reply(reply.status, {**reply.body, "is_free": False})
