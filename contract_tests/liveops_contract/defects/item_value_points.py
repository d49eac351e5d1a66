"""Planted bugs in the rules of the items that carry value points."""

from liveops_mock import Call, Page, Problem, Reply, World

from liveops_contract.defects import plant
from liveops_contract.defects.rewiring import Json, done_or, elements, good, with_body
from liveops_contract.defects.rewiring import written_although_refused as half_refused

LIST, PUT = "admin-get-items-value-point-reward", "admin-set-items-value-point-reward"
PATCH, TAKE_OFF = "admin-patch-items-value-point-reward", "admin-delete-items-value-point-reward"
ZERO_LAW = "an_item_that_is_patched_to_zero_carries_the_value_point_no_longer"
UPDATE, DELETE = "admin-update-value-point", "admin-delete-value-point"


def known(world: World, call: Call) -> Json:
    """The entries of the body that name items of the catalog."""
    return [entry for entry in call.body if entry["sku"] in world.items]


def take_off(world: World, order: str, group: str) -> None:
    """Remove the assignments of one value point, or of one item."""
    for key in world.vp_rewards.keys(order, group):
        world.vp_rewards.remove(key)


@plant(PUT, caught_by="an_assignment_replaces_the_one_before")
def a_put_is_a_patch(world: World, call: Call) -> Reply:
    """Items that the PUT does not list go on carrying the value point."""
    return good(PATCH, world, call)


@plant(PUT, caught_by="an_assignment_replaces_the_one_before")
def an_empty_put_is_ignored(world: World, call: Call) -> Reply:
    """A list without items takes nothing off."""
    return good(PUT if call.body else PATCH, world, call)


@plant(PUT, caught_by=("an_assignment_replaces_the_one_before", "a_purchase_gives_its_buyer_points_per_piece_times_pieces"))
def a_put_forgets_its_last_item(world: World, call: Call) -> Reply:
    """The last item of the list is not stored."""
    return good(PUT, world, with_body(call, call.body[:-1]))


@plant(PUT, caught_by="items_of_one_value_point_change_nothing_else")
def an_item_carries_one_value_point_alone(world: World, call: Call) -> Reply:
    """Assigning a value point takes all others off the item."""
    for entry in known(world, call):
        take_off(world, "item", entry["sku"])
    return good(PUT, world, call)


@plant(PATCH, caught_by="items_of_one_value_point_change_nothing_else")
def a_patch_pays_out_at_once(world: World, call: Call) -> Reply:
    """Whoever has some of the value point gets the new points without buying anything."""
    reply, sku = good(PATCH, world, call), call.path["value_point_sku"]
    for key in world.balances.keys("value_point", sku):
        world.balances.put(key, world.balances.get(key) + sum(entry["amount"] for entry in call.body))
    return reply


@plant(PATCH, caught_by="a_patch_touches_the_listed_items_alone")
def a_patch_is_a_put(world: World, call: Call) -> Reply:
    """Items that the PATCH does not list lose the value point."""
    return good(PUT, world, call)


@plant(PATCH, caught_by="a_patch_touches_the_listed_items_alone")
def a_patch_adds_to_what_was_there(world: World, call: Call) -> Reply:
    """The amounts are added to the old ones."""
    sku = call.path["value_point_sku"]
    body = [{**entry, "amount": entry["amount"] + world.vp_rewards.get((sku, entry["sku"]), 0)} for entry in call.body]
    return good(PATCH, world, with_body(call, body))


@plant(PATCH, caught_by="a_patch_touches_the_listed_items_alone")
def a_patch_adds_no_new_items(world: World, call: Call) -> Reply:
    """Only items that carry the value point already are changed."""
    sku = call.path["value_point_sku"]
    return good(PATCH, world, with_body(call, [one for one in call.body if (sku, one["sku"]) in world.vp_rewards]))


@plant(
    PATCH,
    caught_by=("an_item_that_is_patched_to_zero_carries_the_value_point_no_longer", "an_item_without_the_value_point_gives_none"),
)
def a_patch_to_zero_is_ignored(world: World, call: Call) -> Reply:
    """0 is taken for nothing said."""
    return good(PATCH, world, with_body(call, [entry for entry in call.body if entry["amount"]]))


@plant(PATCH, caught_by=ZERO_LAW)
def an_item_carries_zero_points(world: World, call: Call) -> Reply:
    """0 is stored as an amount like any other."""
    reply = good(PATCH, world, call)
    for entry in call.body:
        world.vp_rewards.put((call.path["value_point_sku"], entry["sku"]), entry["amount"])
    return reply


@plant(PATCH, caught_by="items_of_one_value_point_change_nothing_else")
def zero_takes_every_value_point_off_an_item(world: World, call: Call) -> Reply:
    """An item that is patched to 0 loses the other value points too."""
    reply = good(PATCH, world, call)
    for entry in call.body:
        if not entry["amount"]:
            take_off(world, "item", entry["sku"])
    return reply


@plant(TAKE_OFF, caught_by=("a_value_point_is_taken_off_all_items_at_once", "an_item_without_the_value_point_gives_none"))
def the_first_item_is_passed_over(world: World, call: Call) -> Reply:
    """The value point is taken off all items but the first."""
    first = next(world.vp_rewards.keys("value_point", call.path["value_point_sku"]), None)
    amount = world.vp_rewards.get(first) if first else None
    reply = good(TAKE_OFF, world, call)
    if first:
        world.vp_rewards.put(first, amount)
    return reply


@plant(TAKE_OFF, caught_by="items_of_one_value_point_change_nothing_else")
def balances_go_with_the_items(world: World, call: Call) -> Reply:
    """Users lose what they have of a value point that is taken off its items."""
    for key in world.balances.keys("value_point", call.path["value_point_sku"]):
        world.balances.remove(key)
    return good(TAKE_OFF, world, call)


@plant(TAKE_OFF, caught_by="items_of_one_value_point_change_nothing_else")
def the_items_lose_all_their_value_points(world: World, call: Call) -> Reply:
    """Every value point is taken off the items that carried this one."""
    for _, item in world.vp_rewards.keys("value_point", call.path["value_point_sku"]):
        take_off(world, "item", item)
    return good(TAKE_OFF, world, call)


@plant(LIST, caught_by="the_items_of_a_value_point_are_shown_as_the_catalog_has_them")
def an_item_is_called_by_its_sku(world: World, call: Call) -> Reply:
    """The name of an item is made up from its SKU."""
    return Reply(200, Page([{**item, "name": {"en": item["sku"]}} for item in elements(good(LIST, world, call))]))


@plant(LIST, caught_by="the_items_of_a_value_point_are_shown_as_the_catalog_has_them")
def items_are_numbered_anew(world: World, call: Call) -> Reply:
    """`item_id` is the place in the answer."""
    return Reply(200, Page([{**item, "item_id": place} for place, item in enumerate(elements(good(LIST, world, call)), 1)]))


@plant(PUT, caught_by="an_unknown_item_is_named_in_the_refusal")
def unknown_items_are_passed_over(world: World, call: Call) -> Reply:
    """Items that the catalog does not have are left out without a word."""
    return good(PUT, world, with_body(call, known(world, call)))


@plant(PATCH, caught_by="an_unknown_item_is_named_in_the_refusal")
def known_items_are_stored_before_the_refusal(world: World, call: Call) -> Reply:
    """The list is stored up to the unknown item."""
    return half_refused(PATCH, world, call, with_body(call, known(world, call)))


@plant(PATCH, caught_by="an_unknown_item_is_named_in_the_refusal")
def the_unknown_item_is_not_named(world: World, call: Call) -> Reply:
    """The refusal does not say which item is missing."""
    try:
        return good(PATCH, world, call)
    except Problem as problem:
        problem.message = "Items weren't found"
        raise


@plant(PUT, caught_by="a_purchase_gives_its_buyer_points_per_piece_times_pieces")
def all_items_carry_what_the_first_one_does(world: World, call: Call) -> Reply:
    """The amount of the first item is stored for all of them."""
    return good(PUT, world, with_body(call, [{**entry, "amount": call.body[0]["amount"]} for entry in call.body]))


@plant(PATCH, caught_by="a_purchase_gives_its_buyer_points_per_piece_times_pieces")
def a_purchase_gives_the_latest_value_point_alone(world: World, call: Call) -> Reply:
    """Items give the value point that was assigned last, and no other."""
    for entry in known(world, call):
        take_off(world, "item", entry["sku"])
    return good(PATCH, world, call)


@plant(UPDATE, caught_by="a_value_point_is_given_only_while_it_is_switched_on")
def a_value_point_is_never_switched_off(world: World, call: Call) -> Reply:
    """The update stores `is_enabled` as true."""
    return good(UPDATE, world, with_body(call, {**call.body, "is_enabled": True}))


@plant(UPDATE, caught_by="a_value_point_is_given_only_while_it_is_switched_on")
def switching_off_takes_the_items_away(world: World, call: Call) -> Reply:
    """A value point that is switched on again has no items."""
    if not call.body.get("is_enabled", True):
        take_off(world, "value_point", call.path["item_sku"])
    return good(UPDATE, world, call)


@plant(UPDATE, caught_by="a_value_point_is_given_only_while_it_is_switched_on")
def switching_off_clears_balances(world: World, call: Call) -> Reply:
    """Users lose what they have of a value point that is switched off."""
    if not call.body.get("is_enabled", True):
        for key in world.balances.keys("value_point", call.path["item_sku"]):
            world.balances.remove(key)
    return good(UPDATE, world, call)


@plant(DELETE, caught_by="a_value_point_that_is_created_again_starts_from_nothing")
def balances_outlive_their_value_point(world: World, call: Call) -> Reply:
    """Whoever had some of a deleted value point has it again when it is created anew."""
    kept = {key: world.balances.get(key) for key in world.balances.keys("value_point", call.path["item_sku"])}
    reply = good(DELETE, world, call)
    for key, amount in kept.items():
        world.balances.put(key, amount)
    return reply


@plant(DELETE, caught_by="a_value_point_that_is_created_again_starts_from_nothing")
def assignments_outlive_their_value_point(world: World, call: Call) -> Reply:
    """The items of a deleted value point carry it again when it is created anew."""
    kept = {key: world.vp_rewards.get(key) for key in world.vp_rewards.keys("value_point", call.path["item_sku"])}
    reply = good(DELETE, world, call)
    for key, amount in kept.items():
        world.vp_rewards.put(key, amount)
    return reply


@plant(PATCH, caught_by="a_value_point_that_does_not_exist_is_not_found")
def items_of_an_unknown_value_point_are_patched(world: World, call: Call) -> Reply:
    """A PATCH of nothing answers 204."""
    return done_or(PATCH, world, call, Reply(204))
