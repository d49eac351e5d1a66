"""Planted bugs in the rules of daily chains, the operator's side."""

from liveops_mock import Call, Reply, World

from liveops_contract.defects import plant
from liveops_contract.defects.rewiring import Json, altered, done_or, good, with_body, without
from liveops_contract.defects.rewiring import written_although_refused as half_refused

CREATE, READ, UPDATE = "admin-create-daily-chain", "admin-get-daily-chain", "admin-update-daily-chain"
DELETE, TOGGLE, RESET = "admin-delete-daily-chain", "admin-toggle-daily-chain", "admin-reset-daily-chain"
WRITTEN, REPLACED = "a_new_daily_chain_reads_as_it_was_written", "an_update_replaces_a_daily_chain"
APART, SWITCH = "an_act_on_one_daily_chain_touches_no_other", "a_toggle_changes_the_switch_of_a_daily_chain_alone"
ON, GONE = "a_daily_chain_that_is_switched_on_cannot_be_updated", "a_deleted_daily_chain_is_gone"
ABSENT, NUMBER = "a_daily_chain_that_does_not_exist_is_not_found", "the_number_of_a_daily_chain_never_changes"
LAST_SEEN: dict[str, World] = {}  # what a server keeps that forgets whose state it holds


def chain_of(world: World, call: Call) -> Json:
    """The chain that the path names, as it is stored."""
    return world.daily_chains.get(call.path["daily_chain_id"])


def change(world: World, number: int, **facts: Json) -> None:
    """Change a stored chain behind the rule's back."""
    world.daily_chains.put(number, {**world.daily_chains.get(number), **facts})


def switched_off(world: World, call: Call) -> None:
    """Switch the chain of the path off, if there is one."""
    if chain_of(world, call):
        change(world, call.path["daily_chain_id"], is_enabled=False)


def forget(world: World, number: int) -> None:
    """Take back what was claimed in a chain."""
    for key in list(world.daily_claims.keys("chain", number)):
        world.daily_claims.remove(key)


@plant(CREATE, caught_by=WRITTEN)
def a_new_daily_chain_is_never_recurrent(world: World, call: Call) -> Reply:
    """Creation ignores `is_recurrent`."""
    return good(CREATE, world, without(call, "is_recurrent"))


@plant(CREATE, caught_by=WRITTEN)
def a_new_daily_chain_is_recurrent_unless_told(world: World, call: Call) -> Reply:
    """The default of `is_recurrent` is true."""
    return good(CREATE, world, with_body(call, {"is_recurrent": True, **call.body}))


@plant(CREATE, caught_by=WRITTEN)
def every_new_daily_chain_is_a_calendar(world: World, call: Call) -> Reply:
    """Creation ignores `type`."""
    return good(CREATE, world, altered(call, type="calendar_hard"))


@plant(CREATE, caught_by=WRITTEN)
def a_new_daily_chain_begins_in_another_zone(world: World, call: Call) -> Reply:
    """The offset of the start is dropped, and the time read as UTC."""
    return good(CREATE, world, altered(call, date_start=call.body["date_start"][:19] + "Z"))


@plant(CREATE, caught_by=WRITTEN)
def a_new_daily_chain_loses_its_end(world: World, call: Call) -> Reply:
    """Creation ignores `date_end`."""
    return good(CREATE, world, without(call, "date_end"))


@plant(CREATE, caught_by=WRITTEN)
def a_new_daily_chain_comes_first_unless_told(world: World, call: Call) -> Reply:
    """The default of `order` is 0."""
    return good(CREATE, world, with_body(call, {"order": 0, **call.body}))


@plant(CREATE, caught_by=WRITTEN)
def a_day_gives_one_item_alone(world: World, call: Call) -> Reply:
    """Of several items of a step the first is stored."""
    steps = [{**step, "items": step["items"][:1]} for step in call.body["steps"]]
    return good(CREATE, world, altered(call, steps=steps))


@plant(READ, caught_by=(WRITTEN, REPLACED))
def days_are_counted_from_nought(world: World, call: Call) -> Reply:
    """`number_of_steps` is the index of the last step."""
    reply: Json = good(READ, world, call)
    return Reply(200, {**reply.body, "number_of_steps": max(0, reply.body["number_of_steps"] - 1)})


@plant(UPDATE, caught_by="the_later_of_two_spellings_of_a_language_wins_in_daily_chains")
def the_first_spelling_of_a_daily_chain_wins(world: World, call: Call) -> Reply:
    """Of two spellings of one language the first is kept."""
    return good(UPDATE, world, altered(call, name=dict(reversed((call.body["name"] or {}).items()))))


@plant(UPDATE, caught_by=REPLACED)
def an_update_of_a_daily_chain_is_swallowed(world: World, call: Call) -> Reply:
    """The update answers 204 and stores nothing."""
    before = chain_of(world, call)
    reply = good(UPDATE, world, call)
    world.daily_chains.put(before["id"], before)
    return reply


@plant(UPDATE, caught_by=REPLACED)
def a_daily_chain_keeps_what_an_update_leaves_out(world: World, call: Call) -> Reply:
    """The update is merged into what was there."""
    before = chain_of(world, call) or {}
    kept = {name: before[name] for name in ("description", "order", "date_end", "is_recurrent") if name in before}
    return good(UPDATE, world, with_body(call, {**kept, **call.body}))


@plant(UPDATE, caught_by=REPLACED)
def the_type_of_a_daily_chain_never_changes(world: World, call: Call) -> Reply:
    """The update ignores `type`."""
    before = chain_of(world, call)
    return good(UPDATE, world, altered(call, type=before["type"]) if before else call)


@plant(UPDATE, caught_by=REPLACED)
def an_updated_daily_chain_stays_off(world: World, call: Call) -> Reply:
    """The update does not switch a chain on."""
    return good(UPDATE, world, altered(call, is_enabled=False))


@plant(UPDATE, caught_by=APART)
def an_update_forgets_what_was_claimed_elsewhere(world: World, call: Call) -> Reply:
    """The progress of every chain is lost with an update of one."""
    reply = good(UPDATE, world, call)
    for other in world.daily_chains.values("arranged", "all"):
        forget(world, other["id"])
    return reply


@plant(DELETE, caught_by=APART)
def a_deletion_takes_the_daily_chain_before_along(world: World, call: Call) -> Reply:
    """The chain with the number before is deleted too."""
    world.daily_chains.remove(call.path["daily_chain_id"] - 1)
    return good(DELETE, world, call)


@plant(TOGGLE, caught_by=APART)
def all_daily_chains_are_toggled(world: World, call: Call) -> Reply:
    """Every chain takes the switch of the one that is toggled."""
    reply = good(TOGGLE, world, call)
    for other in list(world.daily_chains.values("arranged", "all")):
        change(world, other["id"], is_enabled=chain_of(world, call)["is_enabled"])
    return reply


@plant(RESET, caught_by=APART)
def a_reset_starts_the_daily_chain_before_over(world: World, call: Call) -> Reply:
    """The chain with the number before loses its progress too."""
    forget(world, call.path["daily_chain_id"] - 1)
    return good(RESET, world, call)


@plant(TOGGLE, caught_by=SWITCH)
def a_toggle_only_switches_daily_chains_on(world: World, call: Call) -> Reply:
    """A chain that is on stays on."""
    reply = good(TOGGLE, world, call)
    change(world, call.path["daily_chain_id"], is_enabled=True)
    return reply


@plant(TOGGLE, caught_by=SWITCH)
def a_toggle_loses_the_end_of_a_daily_chain(world: World, call: Call) -> Reply:
    """A chain that is toggled has no end and comes at its default place."""
    reply = good(TOGGLE, world, call)
    change(world, call.path["daily_chain_id"], date_end=None, order=1)
    return reply


@plant(UPDATE, caught_by=ON)
def a_daily_chain_that_is_on_is_updated(world: World, call: Call) -> Reply:
    """Nobody looks whether the chain is switched on."""
    switched_off(world, call)
    return good(UPDATE, world, call)


@plant(UPDATE, caught_by=ON)
def a_refused_update_switches_the_daily_chain_off(world: World, call: Call) -> Reply:
    """The update is refused, and the chain is switched off for the next try."""
    try:
        return good(UPDATE, world, call)
    finally:
        if "id" not in call.body:
            switched_off(world, call)


@plant(UPDATE, caught_by=NUMBER)
def another_id_in_the_body_of_a_daily_chain_is_ignored(world: World, call: Call) -> Reply:
    """The update is carried out on the chain of the path."""
    return good(UPDATE, world, without(call, "id"))


@plant(UPDATE, caught_by=NUMBER)
def an_update_of_a_daily_chain_with_another_id_is_stored_although_refused(world: World, call: Call) -> Reply:
    """The refusal comes when the chain is changed already."""
    return half_refused(UPDATE, world, call, without(call, "id"))


@plant(DELETE, caught_by=GONE)
def a_deletion_of_a_daily_chain_is_swallowed(world: World, call: Call) -> Reply:
    """The deletion answers 204 and leaves the chain."""
    good(READ, world, call)
    return Reply(204)


@plant(DELETE, caught_by=(GONE, ABSENT))
def a_daily_chain_is_deleted_as_often_as_one_likes(world: World, call: Call) -> Reply:
    """The deletion of nothing answers 204."""
    return done_or(DELETE, world, call, Reply(204))


@plant(RESET, caught_by=(GONE, ABSENT))
def a_reset_of_nothing_is_done(world: World, call: Call) -> Reply:
    """The reset of an unknown chain answers 204."""
    return done_or(RESET, world, call, Reply(204))


@plant(CREATE, caught_by="numbers_of_daily_chains_are_never_given_twice")
def a_new_daily_chain_takes_the_lowest_free_number(world: World, call: Call) -> Reply:
    """The number of a deleted chain is given again."""
    reply: Json = good(CREATE, world, call)
    chain = world.daily_chains.get(reply.body["id"])
    world.daily_chains.remove(chain["id"])
    free = next(number for number in range(1, chain["id"] + 1) if number not in world.daily_chains)
    world.daily_chains.put(free, {**chain, "id": free})
    return Reply(201, {"id": free})


@plant(READ, caught_by="a_project_does_not_see_the_daily_chains_of_others")
def a_daily_chain_of_the_project_before_is_read(world: World, call: Call) -> Reply:
    """What one project lacks is looked for in the one that was asked before."""
    before, LAST_SEEN["read"] = LAST_SEEN.get("read", world), world
    return good(READ, world if chain_of(world, call) else before, call)
