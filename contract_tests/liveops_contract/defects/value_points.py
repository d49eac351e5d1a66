"""Planted bugs in the rules of value points."""

from liveops_mock import Call, Page, Problem, Reply, World

from liveops_contract.defects import plant
from liveops_contract.defects.rewiring import altered, done_or, good, with_body, without
from liveops_contract.defects.rewiring import written_although_refused as half_refused

LIST, CREATE, READ = "admin-get-value-points-list", "admin-create-value-points", "admin-get-value-point"
UPDATE, DELETE = "admin-update-value-point", "admin-delete-value-point"
LAST_SEEN: dict[str, World] = {}  # what a server keeps that forgets whose state it holds


@plant(CREATE, caught_by="a_new_value_point_reads_as_it_was_written")
def a_new_value_point_loses_its_long_description(world: World, call: Call) -> Reply:
    """Creation drops `long_description`."""
    return good(CREATE, world, without(call, "long_description"))


@plant(CREATE, caught_by="a_new_value_point_reads_as_it_was_written")
def a_new_value_point_loses_its_media(world: World, call: Call) -> Reply:
    """Creation drops `media_list`."""
    return good(CREATE, world, without(call, "media_list"))


@plant(CREATE, caught_by="a_new_value_point_reads_as_it_was_written")
def a_new_value_point_is_always_switched_on(world: World, call: Call) -> Reply:
    """Creation ignores `is_enabled`."""
    return good(CREATE, world, without(call, "is_enabled"))


@plant(CREATE, caught_by="what_is_left_out_of_a_new_value_point_gets_its_default")
def a_new_value_point_is_off_unless_told(world: World, call: Call) -> Reply:
    """The default of `is_enabled` is turned round."""
    return good(CREATE, world, with_body(call, {"is_enabled": False, **call.body}))


@plant(CREATE, caught_by="what_is_left_out_of_a_new_value_point_gets_its_default")
def a_missing_name_becomes_an_empty_one(world: World, call: Call) -> Reply:
    """A name that is null is stored as a text without languages."""
    return good(CREATE, world, altered(call, name=call.body["name"] or {}))


@plant(CREATE, caught_by="the_later_of_two_spellings_of_a_language_wins")
def the_first_spelling_wins(world: World, call: Call) -> Reply:
    """Of two spellings of one language the first is kept."""
    return good(CREATE, world, altered(call, name=dict(reversed((call.body["name"] or {}).items()))))


@plant(CREATE, caught_by="the_later_of_two_spellings_of_a_language_wins")
def five_letter_codes_of_a_description_are_dropped(world: World, call: Call) -> Reply:
    """Only two-letter codes of the description are read."""
    text = call.body.get("description") or {}
    return good(CREATE, world, altered(call, description={code: text[code] for code in text if len(code) == 2}))


@plant(CREATE, caught_by="a_taken_sku_is_refused")
def creation_overwrites(world: World, call: Call) -> Reply:
    """A SKU that is taken is taken over."""
    world.value_points.remove(call.body["sku"])
    return good(CREATE, world, call)


@plant(CREATE, caught_by="a_taken_sku_is_refused")
def creation_overwrites_although_it_refuses(world: World, call: Call) -> Reply:
    """The refusal comes when the second value point is stored already."""
    path = {"item_sku": call.body["sku"]}
    try:
        return good(CREATE, world, call)
    except Problem:
        good(UPDATE, world, Call(path, {}, {**call.body, "is_clan": world.value_points.get(call.body["sku"])["is_clan"]}, ""))
        raise


@plant(CREATE, caught_by="item_ids_of_value_points_are_never_given_twice")
def item_ids_are_counted_out(world: World, call: Call) -> Reply:
    """The id of a new item is how many there are now, and a deletion frees it."""
    good(CREATE, world, call)
    return Reply(201, {"sku": call.body["sku"], "item_id": world.value_points.count("arranged", "all")})


@plant(CREATE, caught_by="no_item_has_the_number_of_a_value_point")
def a_value_point_is_told_the_number_of_the_next_item(world: World, call: Call) -> Reply:
    """The number that is answered is one too high."""
    reply = good(CREATE, world, call)
    return Reply(201, {**reply.body, "item_id": reply.body["item_id"] + 1})


@plant(UPDATE, caught_by="an_update_replaces_a_value_point")
def an_update_is_swallowed(world: World, call: Call) -> Reply:
    """The update answers 204 and stores nothing."""
    before = world.value_points.get(call.path["item_sku"])
    reply = good(UPDATE, world, call)
    world.value_points.put(before["sku"], before)
    return reply


@plant(UPDATE, caught_by="an_update_replaces_a_value_point")
def an_update_keeps_what_it_leaves_out(world: World, call: Call) -> Reply:
    """The update is merged into what was there."""
    before = world.value_points.get(call.path["item_sku"]) or {}
    kept = {name: value for name, value in before.items() if name != "type"}
    return good(UPDATE, world, with_body(call, {**kept, **call.body}))


@plant(UPDATE, caught_by="an_update_replaces_a_value_point")
def an_update_merges_the_languages_of_a_name(world: World, call: Call) -> Reply:
    """Languages that the update does not name survive."""
    before = world.value_points.get(call.path["item_sku"]) or {"name": None}
    return good(UPDATE, world, altered(call, name={**(before["name"] or {}), **(call.body["name"] or {})}))


@plant(UPDATE, caught_by="an_update_replaces_a_value_point")
def is_clan_falls_back_to_its_default(world: World, call: Call) -> Reply:
    """An update without `is_clan` makes a clan value point one of users."""
    reply = good(UPDATE, world, call)
    after = world.value_points.get(call.path["item_sku"])
    world.value_points.put(after["sku"], {**after, "is_clan": call.body.get("is_clan", False)})
    return reply


@plant(UPDATE, caught_by="an_update_touches_one_value_point_alone")
def an_update_takes_the_value_point_off_its_items(world: World, call: Call) -> Reply:
    """The update deletes and creates anew, and the assignments go."""
    reply = good(UPDATE, world, call)
    for key in world.vp_rewards.keys("value_point", call.path["item_sku"]):
        world.vp_rewards.remove(key)
    return reply


@plant(UPDATE, caught_by="an_update_touches_one_value_point_alone")
def an_update_moves_the_others_back(world: World, call: Call) -> Reply:
    """The updated value point pushes all others one place back."""
    reply = good(UPDATE, world, call)
    for other in world.value_points.values("arranged", "all"):
        if other["sku"] != call.path["item_sku"]:
            world.value_points.put(other["sku"], {**other, "order": other["order"] + 1})
    return reply


@plant(UPDATE, caught_by="the_sku_of_a_value_point_never_changes")
def another_sku_in_the_body_is_ignored(world: World, call: Call) -> Reply:
    """The update is carried out on the value point of the path."""
    return good(UPDATE, world, altered(call, sku=call.path["item_sku"]))


@plant(UPDATE, caught_by="the_sku_of_a_value_point_never_changes")
def the_update_of_another_sku_is_stored_although_refused(world: World, call: Call) -> Reply:
    """The refusal comes when the value point of the path is changed already."""
    return half_refused(UPDATE, world, call, altered(without(call, "is_clan"), sku=call.path["item_sku"]))


@plant(UPDATE, caught_by="a_value_point_of_users_never_becomes_one_of_clans")
def a_change_of_is_clan_is_ignored(world: World, call: Call) -> Reply:
    """The update is taken, but for `is_clan`."""
    return good(UPDATE, world, without(call, "is_clan"))


@plant(UPDATE, caught_by="a_value_point_of_users_never_becomes_one_of_clans")
def the_rest_of_a_refused_change_of_is_clan_is_stored(world: World, call: Call) -> Reply:
    """The refusal comes when the other fields are stored already."""
    return half_refused(UPDATE, world, call, without(call, "is_clan"))


@plant(DELETE, caught_by="a_deleted_value_point_is_gone")
def a_deletion_is_swallowed(world: World, call: Call) -> Reply:
    """The deletion answers 204 and leaves the value point."""
    good(READ, world, call)
    return Reply(204)


@plant(DELETE, caught_by=("a_deleted_value_point_is_gone", "a_value_point_that_does_not_exist_is_not_found"))
def a_value_point_is_deleted_as_often_as_one_likes(world: World, call: Call) -> Reply:
    """The deletion of nothing answers 204."""
    return good(DELETE, world, call) if call.path["item_sku"] in world.value_points else Reply(204)


@plant(DELETE, caught_by="a_deletion_touches_no_other_value_point")
def a_deletion_clears_all_balances(world: World, call: Call) -> Reply:
    """Users lose their balances of every value point."""
    reply = good(DELETE, world, call)
    for other in world.value_points.values("arranged", "all"):
        for key in world.balances.keys("value_point", other["sku"]):
            world.balances.remove(key)
    return reply


@plant(DELETE, caught_by="a_value_point_that_drives_a_reward_chain_cannot_be_deleted")
def a_value_point_in_use_is_deleted(world: World, call: Call) -> Reply:
    """Its chains are deleted with it."""
    for number in world.reward_chains.keys("value_point", call.path["item_sku"]):
        world.reward_chains.remove(number)
    return good(DELETE, world, call)


@plant(DELETE, caught_by="a_value_point_that_drives_a_reward_chain_cannot_be_deleted")
def a_refused_deletion_clears_balances(world: World, call: Call) -> Reply:
    """Balances are deleted before it is seen that a chain uses the value point."""
    for key in world.balances.keys("value_point", call.path["item_sku"]):
        world.balances.remove(key)
    return good(DELETE, world, call)


@plant(READ, caught_by="a_value_point_that_drives_a_reward_chain_cannot_be_deleted")
def only_chains_that_are_on_count_as_use(world: World, call: Call) -> Reply:
    """`can_delete` is true while all chains of the value point are switched off."""
    reply = good(READ, world, call)
    chains = world.reward_chains.values("value_point", call.path["item_sku"])
    return Reply(200, {**reply.body, "can_delete": not any(chain["is_enabled"] for chain in chains)})


@plant(READ, caught_by="a_value_point_can_be_deleted_once_its_last_chain_is_gone")
def what_was_used_once_is_used_for_ever(world: World, call: Call) -> Reply:
    """`can_delete` stays false after the last chain is deleted."""
    reply = good(READ, world, call)
    return Reply(200, {**reply.body, "can_delete": world.counters.get("reward_chain", 0) == 0})


@plant(READ, caught_by="a_value_point_can_be_deleted_once_its_last_chain_is_gone")
def the_first_deleted_chain_frees_its_value_point(world: World, call: Call) -> Reply:
    """`can_delete` is true as soon as one of the chains is deleted."""
    reply = good(READ, world, call)
    left = world.reward_chains.count("value_point", call.path["item_sku"])
    return Reply(200, {**reply.body, "can_delete": left < world.counters.get("reward_chain", 1)})


@plant(UPDATE, caught_by="a_value_point_that_does_not_exist_is_not_found")
def an_update_of_nothing_creates(world: World, call: Call) -> Reply:
    """PUT of an unknown value point makes it."""
    if call.path["item_sku"] not in world.value_points and call.body["sku"] == call.path["item_sku"]:
        good(CREATE, world, call)
    return good(UPDATE, world, call)


@plant("admin-get-items-value-point-reward", caught_by="a_value_point_that_does_not_exist_is_not_found")
def an_unknown_value_point_has_no_items(world: World, call: Call) -> Reply:
    """The items of nothing are an empty list."""
    return done_or("admin-get-items-value-point-reward", world, call, Reply(200, Page([])))


@plant(READ, caught_by="a_project_does_not_see_the_value_points_of_others")
def a_value_point_of_the_project_before_is_read(world: World, call: Call) -> Reply:
    """What one project lacks is looked for in the one that was asked before."""
    before, LAST_SEEN["read"] = LAST_SEEN.get("read", world), world
    return good(READ, world if call.path["item_sku"] in world.value_points else before, call)


@plant(LIST, caught_by="a_project_does_not_see_the_value_points_of_others")
def the_list_is_that_of_the_project_before(world: World, call: Call) -> Reply:
    """A cached list is answered to the wrong project."""
    before, LAST_SEEN["list"] = LAST_SEEN.get("list", world), world
    return good(LIST, before, call)
