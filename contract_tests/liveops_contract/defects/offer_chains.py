"""Planted bugs in the rules of offer chains, the operator's side."""

from liveops_mock import Call, Reply, World

from liveops_contract.defects import plant
from liveops_contract.defects.rewiring import Json, altered, done_or, good, with_body, without
from liveops_contract.defects.rewiring import written_although_refused as half_refused

CREATE, READ, UPDATE = "admin-create-offer-chain", "admin-get-offer-chain", "admin-update-offer-chain"
DELETE, TOGGLE = "admin-delete-offer-chain", "admin-toggle-offer-chain"
WRITTEN, REPLACED = "a_new_offer_chain_reads_as_it_was_written", "an_update_replaces_an_offer_chain"
SPELLINGS = "the_later_of_two_spellings_of_a_language_wins_in_offer_chains"
LAST_SEEN: dict[str, World] = {}  # what a server keeps that forgets whose state it holds


def chain_of(world: World, call: Call) -> Json:
    """The chain that the path names, as it is stored."""
    return world.offer_chains.get(call.path["offer_chain_id"])


def change(world: World, number: int, **facts: Json) -> None:
    """Change a stored chain behind the rule's back."""
    world.offer_chains.put(number, {**world.offer_chains.get(number), **facts})


def switched_off(world: World, call: Call) -> None:
    """Switch the chain of the path off, if there is one."""
    if chain_of(world, call):
        change(world, call.path["offer_chain_id"], is_enabled=False)


@plant(CREATE, caught_by=WRITTEN)
def a_new_offer_chain_loses_its_conditions(world: World, call: Call) -> Reply:
    """Creation drops `attribute_conditions`."""
    return good(CREATE, world, without(call, "attribute_conditions"))


@plant(CREATE, caught_by=WRITTEN)
def a_new_offer_chain_is_always_visible(world: World, call: Call) -> Reply:
    """Creation ignores `is_always_visible`."""
    return good(CREATE, world, without(call, "is_always_visible"))


@plant(CREATE, caught_by=WRITTEN)
def a_new_offer_chain_never_starts_over(world: World, call: Call) -> Reply:
    """Creation ignores `is_reset_on_completion`."""
    return good(CREATE, world, without(call, "is_reset_on_completion"))


@plant(CREATE, caught_by=WRITTEN)
def a_new_offer_chain_begins_in_another_zone(world: World, call: Call) -> Reply:
    """The offset of the start is dropped, and the time read as UTC."""
    return good(CREATE, world, altered(call, date_start=call.body["date_start"][:19] + "Z"))


@plant(CREATE, caught_by=WRITTEN)
def a_new_offer_chain_comes_first_unless_told(world: World, call: Call) -> Reply:
    """The default of `order` is 0."""
    return good(CREATE, world, with_body(call, {"order": 0, **call.body}))


@plant(READ, caught_by=(WRITTEN, REPLACED))
def steps_are_counted_from_nought(world: World, call: Call) -> Reply:
    """`number_of_steps` is the index of the last step."""
    reply: Json = good(READ, world, call)
    return Reply(200, {**reply.body, "number_of_steps": max(0, reply.body["number_of_steps"] - 1)})


@plant(UPDATE, caught_by=SPELLINGS)
def the_first_spelling_of_an_offer_chain_wins(world: World, call: Call) -> Reply:
    """Of two spellings of one language the first is kept."""
    return good(UPDATE, world, altered(call, name=dict(reversed((call.body["name"] or {}).items()))))


@plant(UPDATE, caught_by=REPLACED)
def an_update_of_an_offer_chain_is_swallowed(world: World, call: Call) -> Reply:
    """The update answers 204 and stores nothing."""
    before = chain_of(world, call)
    reply = good(UPDATE, world, call)
    world.offer_chains.put(before["id"], before)
    return reply


@plant(UPDATE, caught_by=REPLACED)
def an_offer_chain_keeps_what_an_update_leaves_out(world: World, call: Call) -> Reply:
    """The update is merged into what was there."""
    names = ("description", "order", "date_end", "recurrent_schedule", "is_always_visible", "is_reset_on_completion")
    before = chain_of(world, call) or {}
    return good(UPDATE, world, with_body(call, {**{name: before[name] for name in names if name in before}, **call.body}))


@plant(UPDATE, caught_by=REPLACED)
def an_update_appends_its_steps(world: World, call: Call) -> Reply:
    """The steps that were there stay behind the new ones."""
    before = chain_of(world, call)
    reply = good(UPDATE, world, call)
    after = chain_of(world, call)
    change(world, after["id"], steps=[*after["steps"], *before["steps"]])
    return reply


@plant(UPDATE, caught_by=REPLACED)
def an_updated_offer_chain_stays_off(world: World, call: Call) -> Reply:
    """The update does not switch a chain on."""
    return good(UPDATE, world, altered(call, is_enabled=False))


@plant(UPDATE, caught_by=REPLACED)
def an_update_without_a_schedule_keeps_the_old_one(world: World, call: Call) -> Reply:
    """A schedule can't be removed."""
    schedule = call.body.get("recurrent_schedule") or (chain_of(world, call) or {}).get("recurrent_schedule")
    return good(UPDATE, world, altered(call, recurrent_schedule=schedule))


@plant(UPDATE, caught_by="an_act_on_one_offer_chain_touches_no_other")
def an_update_moves_the_others_to_the_end(world: World, call: Call) -> Reply:
    """The updated chain pushes all others to the end of the arrangement."""
    reply = good(UPDATE, world, call)
    for other in world.offer_chains.values("arranged", "all"):
        if other["id"] != call.path["offer_chain_id"]:
            change(world, other["id"], order=2147483647)
    return reply


@plant(DELETE, caught_by="an_act_on_one_offer_chain_touches_no_other")
def a_deletion_takes_the_next_chain_along(world: World, call: Call) -> Reply:
    """The chain with the next number is deleted too."""
    world.offer_chains.remove(call.path["offer_chain_id"] + 1)
    return good(DELETE, world, call)


@plant(TOGGLE, caught_by="an_act_on_one_offer_chain_touches_no_other")
def all_offer_chains_are_toggled(world: World, call: Call) -> Reply:
    """Every chain takes the switch of the one that is toggled."""
    reply = good(TOGGLE, world, call)
    for other in world.offer_chains.values("arranged", "all"):
        change(world, other["id"], is_enabled=chain_of(world, call)["is_enabled"])
    return reply


@plant(TOGGLE, caught_by=("a_toggle_changes_the_switch_alone", "two_toggles_are_none"))
def a_toggle_only_switches_on(world: World, call: Call) -> Reply:
    """A chain that is on stays on."""
    reply = good(TOGGLE, world, call)
    change(world, call.path["offer_chain_id"], is_enabled=True)
    return reply


@plant(TOGGLE, caught_by=("a_toggle_changes_the_switch_alone", "two_toggles_are_none"))
def a_toggle_numbers_the_steps_anew(world: World, call: Call) -> Reply:
    """The chain is written as if it were new, and users lose their progress."""
    reply = good(TOGGLE, world, call)
    steps = [{**step, "step_id": world.next_id("offer_chain_step")} for step in chain_of(world, call)["steps"]]
    change(world, call.path["offer_chain_id"], steps=steps)
    return reply


@plant(TOGGLE, caught_by="a_toggle_changes_the_switch_alone")
def a_toggle_begins_the_schedule_anew(world: World, call: Call) -> Reply:
    """The chain is written again, and its first strike counts from the toggle."""
    reply, toggled = good(TOGGLE, world, call), chain_of(world, call)
    switched_off(world, call)
    good(UPDATE, world, with_body(call, toggled))
    return reply


@plant(TOGGLE, caught_by=("a_toggle_changes_the_switch_alone", "two_toggles_are_none"))
def a_toggle_loses_the_end_and_the_place(world: World, call: Call) -> Reply:
    """A chain that is toggled loses its end date and its place in the arrangement."""
    reply = good(TOGGLE, world, call)
    change(world, call.path["offer_chain_id"], date_end=None, order=1)
    return reply


@plant(UPDATE, caught_by="an_offer_chain_that_is_switched_on_cannot_be_updated")
def a_chain_that_is_on_is_updated(world: World, call: Call) -> Reply:
    """Nobody looks whether the chain is switched on."""
    switched_off(world, call)
    return good(UPDATE, world, call)


@plant(UPDATE, caught_by="an_offer_chain_that_is_switched_on_cannot_be_updated")
def a_refused_update_switches_the_chain_off(world: World, call: Call) -> Reply:
    """The update is refused, and the chain is switched off for the next try."""
    try:
        return good(UPDATE, world, call)
    finally:
        if chain_of(world, call) and "id" not in call.body:
            switched_off(world, call)


@plant(UPDATE, caught_by="an_offer_chain_that_is_switched_on_cannot_be_updated")
def a_chain_that_is_off_cannot_be_updated_either(world: World, call: Call) -> Reply:
    """The switch in the body is asked instead of the one of the chain."""
    if chain_of(world, call):
        change(world, call.path["offer_chain_id"], is_enabled=call.body["is_enabled"])
    return good(UPDATE, world, call)


@plant(UPDATE, caught_by="the_number_of_an_offer_chain_never_changes")
def another_id_in_the_body_is_ignored(world: World, call: Call) -> Reply:
    """The update is carried out on the chain of the path."""
    return good(UPDATE, world, without(call, "id"))


@plant(UPDATE, caught_by="the_number_of_an_offer_chain_never_changes")
def an_update_with_another_id_is_stored_although_refused(world: World, call: Call) -> Reply:
    """The refusal comes when the chain is changed already."""
    return half_refused(UPDATE, world, call, without(call, "id"))


@plant(DELETE, caught_by="a_deleted_offer_chain_is_gone")
def a_deletion_of_an_offer_chain_is_swallowed(world: World, call: Call) -> Reply:
    """The deletion answers 204 and leaves the chain."""
    good(READ, world, call)
    return Reply(204)


@plant(DELETE, caught_by=("a_deleted_offer_chain_is_gone", "an_offer_chain_that_does_not_exist_is_not_found"))
def an_offer_chain_is_deleted_as_often_as_one_likes(world: World, call: Call) -> Reply:
    """The deletion of nothing answers 204."""
    return done_or(DELETE, world, call, Reply(204))


@plant(TOGGLE, caught_by=("a_deleted_offer_chain_is_gone", "an_offer_chain_that_does_not_exist_is_not_found"))
def a_toggle_of_nothing_is_done(world: World, call: Call) -> Reply:
    """The toggle of an unknown chain answers 204."""
    return done_or(TOGGLE, world, call, Reply(204))


@plant(CREATE, caught_by="numbers_of_offer_chains_are_never_given_twice")
def a_new_offer_chain_takes_the_lowest_free_number(world: World, call: Call) -> Reply:
    """The number of a deleted chain is given again."""
    reply: Json = good(CREATE, world, call)
    chain = world.offer_chains.get(reply.body["id"])
    world.offer_chains.remove(chain["id"])
    free = next(number for number in range(1, chain["id"] + 1) if number not in world.offer_chains)
    world.offer_chains.put(free, {**chain, "id": free})
    return Reply(201, {"id": free})


@plant(READ, caught_by="a_project_does_not_see_the_offer_chains_of_others")
def an_offer_chain_of_the_project_before_is_read(world: World, call: Call) -> Reply:
    """What one project lacks is looked for in the one that was asked before."""
    before, LAST_SEEN["read"] = LAST_SEEN.get("read", world), world
    return good(READ, world if chain_of(world, call) else before, call)
