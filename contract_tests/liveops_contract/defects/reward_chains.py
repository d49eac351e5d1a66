"""Planted bugs in the rules of reward chains."""

from typing import Any

from liveops_mock import RULES, Call, Page, Problem, Reply, World

from liveops_contract.defects import plant

Json = Any


def good(operation: str, world: World, call: Call) -> Reply:
    """What the sound rule answers."""
    return RULES[operation](world, call)


def change_last(world: World, **facts: Json) -> None:
    """Change the newest chain behind the rule's back."""
    number = max(world.reward_chains.keys("arranged", "all"))
    world.reward_chains.put(number, {**world.reward_chains.get(number), **facts})


@plant("admin-create-reward-chain", caught_by="a_chain_is_read_as_it_was_created")
def a_new_chain_forgets_its_order(world: World, call: Call) -> Reply:
    """Creation drops `order`."""
    body = {name: value for name, value in call.body.items() if name != "order"}
    return good("admin-create-reward-chain", world, Call(call.path, call.query, body, call.user_id))


@plant("admin-create-reward-chain", caught_by="a_chain_is_read_as_it_was_created")
def a_new_chain_loses_conditions_of_rewards(world: World, call: Call) -> Reply:
    """Creation drops the conditions of single rewards, three levels down."""
    steps = [
        {**step, "reward": [{"sku": one["sku"], "quantity": one["quantity"]} for one in step["reward"]]}
        for step in call.body["steps"]
    ]
    return good("admin-create-reward-chain", world, Call(call.path, call.query, {**call.body, "steps": steps}, call.user_id))


@plant("admin-create-reward-chain", caught_by="a_chain_is_read_as_it_was_created")
def a_new_chain_keeps_the_language_codes_of_the_request(world: World, call: Call) -> Reply:
    """Five-letter codes of the description are lost instead of shortened."""
    text = call.body.get("description")
    body = {**call.body, **({"description": {code: text[code] for code in text if len(code) == 2}} if text else {})}
    return good("admin-create-reward-chain", world, Call(call.path, call.query, body, call.user_id))


@plant("admin-delete-reward-chain", caught_by="numbers_of_chains_and_steps_are_never_given_twice")
def a_deleted_chain_frees_its_number(world: World, call: Call) -> Reply:
    """The next chain gets the number of the deleted one."""
    reply = good("admin-delete-reward-chain", world, call)
    world.counters["reward_chain"] = call.path["reward_chain_id"] - 1
    return reply


@plant("admin-create-reward-chain", caught_by="a_chain_for_an_unknown_value_point_or_item_is_refused")
def a_refused_chain_is_stored_all_the_same(world: World, call: Call) -> Reply:
    """A chain with an unknown item is refused after it was written."""
    try:
        return good("admin-create-reward-chain", world, call)
    except Problem:
        body = {**call.body, "steps": [], "value_point": {"sku": "com.xsolla.value_point_1"}}
        good("admin-create-reward-chain", world, Call(call.path, call.query, body, call.user_id))
        raise


@plant("admin-create-reward-chain", caught_by="the_form_of_a_chain_fits_its_value_point")
def any_form_of_chain_is_taken(world: World, call: Call) -> Reply:
    """A clan form with the value point of a user is taken as the other form."""
    body = {name: value for name, value in call.body.items() if not name.startswith("popup") and name != "clan_type"}
    return good("admin-create-reward-chain", world, Call(call.path, call.query, body, call.user_id))


@plant("admin-get-reward-chains", caught_by="pages_of_chains_join_up")
def the_list_ignores_the_limit(world: World, call: Call) -> Reply:
    """Every page has ten chains."""
    return good("admin-get-reward-chains", world, Call(call.path, {**call.query, "limit": 10}, call.body, call.user_id))


@plant("admin-get-reward-chains", caught_by="pages_of_chains_join_up")
def the_list_skips_a_chain_at_each_page(world: World, call: Call) -> Reply:
    """From the second page on the offset is one too far."""
    offset = call.query["offset"] + (call.query["offset"] > 0)
    return good("admin-get-reward-chains", world, Call(call.path, {**call.query, "offset": offset}, call.body, call.user_id))


@plant("admin-get-reward-chains", caught_by="pages_of_chains_join_up")
def the_list_never_ends(world: World, call: Call) -> Reply:
    """`has_more` is true on the last page, too."""
    reply = good("admin-get-reward-chains", world, call)
    assert isinstance(reply.body, Page)
    return Reply(200, Page(reply.body.items, {"has_more": bool(reply.body.items)}))


@plant("admin-get-reward-chains", caught_by="pages_of_chains_join_up")
def the_filter_is_turned_round(world: World, call: Call) -> Reply:
    """`enabled=1` lists the chains that are switched off."""
    wanted = call.query["enabled"]
    query = {**call.query, "enabled": None if wanted is None else 1 - wanted}
    return good("admin-get-reward-chains", world, Call(call.path, query, call.body, call.user_id))


@plant("admin-get-reward-chains", caught_by="a_chain_in_the_list_is_the_chain_read_alone")
def the_list_is_one_write_behind(world: World, call: Call) -> Reply:
    """A list shows every chain as switched on."""
    for number in list(world.reward_chains.keys("enabled", False)):
        world.reward_chains.put(number, {**world.reward_chains.get(number), "is_enabled": True})
    return good("admin-get-reward-chains", world, call)


@plant("admin-update-reward-chain", caught_by="an_update_replaces_the_whole_chain")
def an_update_of_a_reward_chain_keeps_what_it_leaves_out(world: World, call: Call) -> Reply:
    """A left-out picture stays, as if the update were a patch."""
    before = world.reward_chains.get(call.path["reward_chain_id"])
    body = {"image_url": before["image_url"], **call.body} if before else call.body
    return good("admin-update-reward-chain", world, Call(call.path, call.query, body, call.user_id))


@plant("admin-update-reward-chain", caught_by="an_update_replaces_the_whole_chain")
def an_update_of_a_reward_chain_is_swallowed(world: World, call: Call) -> Reply:
    """The answer is 204 and nothing was written."""
    return Reply(204) if call.path["reward_chain_id"] in world.reward_chains else good("admin-update-reward-chain", world, call)


@plant("admin-update-reward-chain", caught_by="a_step_that_keeps_its_number_keeps_the_progress")
def an_update_forgets_all_progress(world: World, call: Call) -> Reply:
    """Kept steps lose their claims."""
    reply = good("admin-update-reward-chain", world, call)
    for key in list(world.claims.keys("chain", call.path["reward_chain_id"])):
        world.claims.remove(key)
    return reply


@plant("admin-update-reward-chain", caught_by="a_step_that_keeps_its_number_keeps_the_progress")
def steps_are_matched_by_their_place(world: World, call: Call) -> Reply:
    """A step keeps the number of the step that stood at its place."""
    before = world.reward_chains.get(call.path["reward_chain_id"])
    old = [step["step_id"] for step in before["steps"]] if before else []
    steps = [{**step, "step_id": old[place] if place < len(old) else None} for place, step in enumerate(call.body["steps"])]
    return good("admin-update-reward-chain", world, Call(call.path, call.query, {**call.body, "steps": steps}, call.user_id))


@plant("admin-update-reward-chain", caught_by="an_update_with_a_strange_step_changes_nothing")
def a_refused_update_changes_the_name(world: World, call: Call) -> Reply:
    """The name is written before the steps are looked at."""
    before = world.reward_chains.get(call.path["reward_chain_id"])
    if before:
        world.reward_chains.put(before["reward_chain_id"], {**before, "name": call.body["name"]})
    return good("admin-update-reward-chain", world, call)


@plant("admin-toggle-reward-chain", caught_by="a_toggle_changes_the_switch_of_a_reward_chain_alone")
def a_toggle_toggles_nothing(world: World, call: Call) -> Reply:
    """The answer is 204 and the switch stays."""
    return Reply(204) if call.path["reward_chain_id"] in world.reward_chains else good("admin-toggle-reward-chain", world, call)


@plant("admin-toggle-reward-chain", caught_by="a_toggle_changes_the_switch_of_a_reward_chain_alone")
def a_toggle_only_switches_off(world: World, call: Call) -> Reply:
    """A chain that is off stays off."""
    reply = good("admin-toggle-reward-chain", world, call)
    chain = world.reward_chains.get(call.path["reward_chain_id"])
    world.reward_chains.put(chain["reward_chain_id"], {**chain, "is_enabled": False})
    return reply


@plant("admin-toggle-reward-chain", caught_by="progress_outlives_a_toggle")
def a_toggle_forgets_progress(world: World, call: Call) -> Reply:
    """Switching a chain off throws the claims away."""
    reply = good("admin-toggle-reward-chain", world, call)
    for key in list(world.claims.keys("chain", call.path["reward_chain_id"])):
        world.claims.remove(key)
    return reply


@plant("admin-delete-reward-chain", caught_by="a_deleted_chain_is_gone_and_nothing_else_is")
def a_deletion_only_switches_off(world: World, call: Call) -> Reply:
    """The chain can still be read."""
    chain = world.reward_chains.get(call.path["reward_chain_id"])
    if chain is None:
        return good("admin-delete-reward-chain", world, call)
    world.reward_chains.put(chain["reward_chain_id"], {**chain, "is_enabled": False})
    return Reply(204)


@plant("admin-delete-reward-chain", caught_by="a_deleted_chain_is_gone_and_nothing_else_is")
def a_deletion_takes_the_points_along(world: World, call: Call) -> Reply:
    """The balances of the chain's value point are gone."""
    chain = world.reward_chains.get(call.path["reward_chain_id"])
    reply = good("admin-delete-reward-chain", world, call)
    for key in list(world.balances.keys("value_point", chain["value_point"])):
        world.balances.remove(key)
    return reply


@plant("admin-get-reward-chain", caught_by="projects_share_nothing")
def another_projects_chain_is_readable(world: World, call: Call) -> Reply:
    """Chains are kept for all projects together."""
    shared: dict[int, Any] = vars(RULES["admin-get-reward-chain"]).setdefault("seen", {})
    number = call.path["reward_chain_id"]
    try:
        shared[number] = good("admin-get-reward-chain", world, call)
    except Problem:
        if number not in shared:
            raise
    return Reply(200, shared[number].body)


@plant("get-reward-chains-list", caught_by="projects_share_nothing")
def lists_of_other_projects_come_along(world: World, call: Call) -> Reply:
    """An empty list is filled with what was listed last, for whomever."""
    reply = good("get-reward-chains-list", world, call)
    return Reply(200, Page([], {"has_more": False, "total_items_count": 1})) if not _items(reply) else reply


def _items(reply: Reply) -> list[Json]:
    """The elements of a page."""
    assert isinstance(reply.body, Page)
    return reply.body.items
