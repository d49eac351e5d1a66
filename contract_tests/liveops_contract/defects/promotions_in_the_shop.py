"""Planted bugs in what the shop tells of promotions, and in which items it proposes for their sake."""

from liveops_mock import Call, Page, Reply, World

from liveops_contract.defects import plant
from liveops_contract.defects.price_rewiring import OFF, SHOW, shown_as, told_as, under_others
from liveops_contract.defects.promotion_rewiring import promotions
from liveops_contract.defects.rewiring import Json, elements, good

PROPOSED, TOLD = (
    "only_items_under_a_promotion_are_proposed_for_it",
    "the_shop_tells_what_promotions_an_item_is_under",
)
ANY_PRICE = [{"operator": "ge", "value": "0"}]


@plant(SHOW, caught_by=PROPOSED)
def only_discounts_are_proposed(world: World, call: Call) -> Reply:
    """What a bonus asks for is not under a promotion."""
    return under_others(SHOW, world, call, lambda one: OFF if one["kind"] == "bonus" else {})


@plant(SHOW, caught_by=PROPOSED)
def what_is_given_is_proposed(world: World, call: Call) -> Reply:
    """The free items stand there, and not those that they come with."""
    return under_others(
        SHOW, world, call, lambda one: {"skus": [entry["sku"] for entry in one["bonus"]]} if one["bonus"] and one["skus"] else {}
    )


@plant(SHOW, caught_by=PROPOSED)
def a_bonus_to_every_purchase_proposes_everything(world: World, call: Call) -> Reply:
    """All items are under it."""
    return under_others(
        SHOW,
        world,
        call,
        lambda one: {"price_conditions": ANY_PRICE} if one["bonus"] and not one["skus"] and not one["price_conditions"] else {},
    )


@plant(SHOW, caught_by=PROPOSED)
def what_is_found_by_price_is_not_proposed(world: World, call: Call) -> Reply:
    """Only listed items are under a promotion."""
    return under_others(SHOW, world, call, lambda one: {} if one["skus"] else OFF)


@plant(SHOW, caught_by=PROPOSED)
def promotions_of_others_are_proposed(world: World, call: Call) -> Reply:
    """Everybody finds what is for orks."""
    return under_others(SHOW, world, call, lambda _: {"attribute_conditions": None})


@plant(SHOW, caught_by=PROPOSED)
def what_is_used_up_is_proposed(world: World, call: Call) -> Reply:
    """Limits are not looked at."""
    return under_others(SHOW, world, call, lambda _: {"per_user": None})


@plant(SHOW, caught_by=PROPOSED)
def the_newest_promotion_is_proposed_first(world: World, call: Call) -> Reply:
    """Items stand as their promotions were made, and not by SKU."""
    reply, named = good(SHOW, world, call), [sku for one in promotions(world) for sku in one["skus"] or ()]
    ranked = sorted(elements(reply), key=lambda item: named[::-1].index(item["sku"]) if item["sku"] in named else -1)
    return Reply(200, Page(ranked, reply.body.fields))


@plant(SHOW, caught_by=TOLD)
def the_first_window_is_told(world: World, call: Call) -> Reply:
    """It may be over, and another one open."""
    period = promotions(world)[0]["promotion_periods"][0]
    return told_as(world, call, lambda _: {"date_start": period["date_from"], "date_end": period["date_until"]})


@plant(SHOW, caught_by=TOLD)
def the_whole_limit_is_told_as_left(world: World, call: Call) -> Reply:
    """What was used is not taken off."""

    def otherwise(one: Json) -> Json:
        limits = one.get("limits")
        return {"limits": {"per_user": {**limits["per_user"], "available": limits["per_user"]["total"]}}} if limits else {}

    return told_as(world, call, otherwise)


@plant(SHOW, caught_by=TOLD)
def gifts_are_told_without_number(world: World, call: Call) -> Reply:
    """One piece of each is shown."""
    return told_as(world, call, lambda one: {"bonus": [{**entry, "quantity": 1} for entry in one["bonus"]]})


@plant(SHOW, caught_by=TOLD)
def a_bonus_for_two_items_is_not_told(world: World, call: Call) -> Reply:
    """Only what one item alone brings is shown."""
    return under_others(SHOW, world, call, lambda one: OFF if one["bonus"] and len(one["skus"]) > 1 else {})


@plant(SHOW, caught_by=TOLD)
def a_gift_that_is_a_bundle_looks_like_any_other(world: World, call: Call) -> Reply:
    """Its picture and its kind are left out."""
    plain = ("sku", "quantity", "type", "name")
    return told_as(world, call, lambda one: {"bonus": [{name: entry[name] for name in plain} for entry in one["bonus"]]})


@plant(SHOW, caught_by=TOLD)
def discounts_are_not_told(world: World, call: Call) -> Reply:
    """The price is lower, and nobody knows why."""
    return shown_as(world, call, lambda item: {"promotions": [one for one in item["promotions"] if one["discount"] is None]})
