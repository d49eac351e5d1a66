"""Planted bugs in when discounts and bonuses act: switch, users, limits and items."""

from decimal import Decimal

from liveops_mock import Call, Reply, World

from liveops_contract.defects import plant
from liveops_contract.defects.price_rewiring import BUY, OFF, SHOW, basket, lowered, under_others
from liveops_contract.defects.promotion_rewiring import ACTIVATE, DEACTIVATE, promotion_of, promotions
from liveops_contract.defects.rewiring import Json, good

RESET = "reset-user-promotion-limit"
SWITCHED, SUITED = "a_promotion_acts_while_it_is_switched_on", "a_promotion_acts_for_those_whom_it_suits"
USED_UP, NAMED = "a_promotion_that_is_used_up_acts_no_more", "a_discount_is_on_what_it_names_at_the_price_it_asks"


@plant(BUY, caught_by=SWITCHED)
def promotions_that_are_off_act(world: World, call: Call) -> Reply:
    """A purchase does not look at the switch."""
    return under_others(BUY, world, call, lambda _: {"is_enabled": True})


@plant(SHOW, caught_by=SWITCHED)
def promotions_that_are_off_are_shown(world: World, call: Call) -> Reply:
    """The shop does not look at the switch."""
    return under_others(SHOW, world, call, lambda _: {"is_enabled": True})


@plant(ACTIVATE, caught_by=SWITCHED)
def only_discounts_are_activated(world: World, call: Call) -> Reply:
    """A bonus stays off."""
    return good(ACTIVATE, world, call) if promotion_of(world, call)["kind"] == "discount" else good(DEACTIVATE, world, call)


def conditions(one: Json, **facts: Json) -> Json:
    """The conditions of a promotion, each with other facts."""
    return {"attribute_conditions": [{**condition, **facts} for condition in one["attribute_conditions"] or ()]}


@plant(BUY, caught_by=SUITED)
def bonuses_are_for_everybody(world: World, call: Call) -> Reply:
    """Only discounts look at who buys."""
    return under_others(BUY, world, call, lambda one: {"attribute_conditions": []} if one["kind"] == "bonus" else {})


@plant(SHOW, caught_by=SUITED)
def the_last_condition_is_asked_alone(world: World, call: Call) -> Reply:
    """Of several conditions one is enough."""
    return under_others(SHOW, world, call, lambda one: {"attribute_conditions": one["attribute_conditions"][-1:]})


@plant(SHOW, caught_by=SUITED)
def whoever_lacks_an_attribute_fits(world: World, call: Call) -> Reply:
    """An attribute may be missing, whatever the condition says."""
    return under_others(SHOW, world, call, lambda one: conditions(one, can_be_missing=True))


@plant(BUY, caught_by=SUITED)
def who_lacks_an_attribute_fits_never(world: World, call: Call) -> Reply:
    """An attribute must be there, whatever the condition says."""
    return under_others(BUY, world, call, lambda one: conditions(one, can_be_missing=False))


@plant(BUY, caught_by=USED_UP)
def used_up_promotions_act(world: World, call: Call) -> Reply:
    """A purchase does not look at the limit."""
    return under_others(BUY, world, call, lambda _: {"per_user": None})


@plant(SHOW, caught_by=USED_UP)
def used_up_promotions_are_shown(world: World, call: Call) -> Reply:
    """The shop does not look at the limit."""
    return under_others(SHOW, world, call, lambda one: {"per_user": one["per_user"] and one["per_user"] + 9})


@plant(BUY, caught_by=USED_UP)
def uses_of_all_users_count_together(world: World, call: Call) -> Reply:
    """What one user used is used up for the others."""

    def otherwise(one: Json) -> Json:
        used = [key for key in world.promotion_uses.keys("thing", one["id"]) if key[-1] != call.path["user_id"]]
        return {"per_user": one["per_user"] - len(used)}

    return under_others(BUY, world, call, otherwise)


@plant(RESET, caught_by=USED_UP)
def a_bonus_that_is_used_up_is_gone(world: World, call: Call) -> Reply:
    """The limit of a bonus is never reset."""
    return good(RESET, world, call) if promotion_of(world, call)["kind"] == "discount" else Reply(200)


@plant(BUY, caught_by=NAMED)
def a_discount_is_on_the_whole_basket(world: World, call: Call) -> Reply:
    """One listed item is enough to lower all of them."""
    return under_others(BUY, world, call, lambda one: {"skus": basket(call)} if one["skus"] else {})


@plant(BUY, caught_by=NAMED)
def a_discount_without_items_is_on_everything(world: World, call: Call) -> Reply:
    """Neither items nor a price are asked for, so all items are meant."""
    is_open = {"skus": basket(call)}
    return under_others(BUY, world, call, lambda one: {} if one["skus"] or one["price_conditions"] else is_open)


@plant(BUY, caught_by=NAMED)
def listed_items_may_cost_anything(world: World, call: Call) -> Reply:
    """Beside a list the price is not asked for."""
    return under_others(BUY, world, call, lambda one: {"price_conditions": None} if one["skus"] else {})


@plant(BUY, caught_by=NAMED)
def a_price_alone_names_no_item(world: World, call: Call) -> Reply:
    """Without a list a discount is on nothing."""
    return under_others(BUY, world, call, lambda one: {} if one["skus"] else OFF)


@plant(SHOW, caught_by=NAMED)
def one_price_condition_is_enough(world: World, call: Call) -> Reply:
    """The second is not looked at."""
    return under_others(SHOW, world, call, lambda one: {"price_conditions": (one["price_conditions"] or [])[:1] or None})


@plant(SHOW, caught_by=NAMED)
def the_bound_itself_is_too_much(world: World, call: Call) -> Reply:
    """Greater or equal is read as greater, less or equal as less."""
    strict = {"ge": "gt", "le": "lt"}

    def otherwise(one: Json) -> Json:
        asked = [{**each, "operator": strict.get(each["operator"], each["operator"])} for each in one["price_conditions"] or ()]
        return {"price_conditions": asked or None}

    return under_others(SHOW, world, call, otherwise)


@plant(SHOW, caught_by=NAMED)
def conditions_look_at_the_lowered_price(world: World, call: Call) -> Reply:
    """What another discount leaves is compared, and not the price of the catalog."""

    def otherwise(one: Json) -> Json:
        others = [Decimal(other["percent"]) for other in promotions(world) if other["id"] != one["id"]]
        asked = [
            {**each, "value": str(Decimal(each["value"]) / lowered(Decimal(1), others))} for each in one["price_conditions"] or ()
        ]
        return {"price_conditions": asked or None}

    return under_others(SHOW, world, call, otherwise)
