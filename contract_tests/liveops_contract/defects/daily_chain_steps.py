"""Planted bugs in the steps of daily chains, the operator's side."""

from liveops_mock import Call, Problem, Reply, World

from liveops_contract.defects import plant
from liveops_contract.defects.daily_chains import change
from liveops_contract.defects.rewiring import Json, altered, good
from liveops_contract.defects.rewiring import written_although_refused as half_refused

CREATE, READ, UPDATE = "admin-create-daily-chain", "admin-get-daily-chain", "admin-update-daily-chain"
SEQUENCE, KEPT = (
    "steps_of_daily_chains_are_answered_in_their_sequence",
    "a_step_of_a_daily_chain_that_is_sent_with_its_id_keeps_it",
)
STRANGE = "an_unknown_step_of_a_daily_chain_is_not_found"
UNKNOWN, CATALOG = "an_unknown_item_of_a_day_is_named_in_the_refusal", "items_of_days_are_shown_as_the_catalog_has_them"
NEVER_TWICE = "ids_of_steps_of_daily_chains_are_never_given_twice"


def steps_of(world: World, number: int) -> list[Json]:
    """The steps of a chain as they are stored."""
    chain = world.daily_chains.get(number)
    return list(chain["steps"]) if chain else []


def as_sent(world: World, number: int, call: Call) -> None:
    """Put the stored steps into the order of the body."""
    places = [step["step_number"] for step in call.body["steps"]]
    change(world, number, steps=sorted(steps_of(world, number), key=lambda step: places.index(step["step_number"])))


def with_known_steps(world: World, call: Call) -> Call:
    """The call with a new step for each step_id that the chain does not have."""
    own = {step["step_id"] for step in steps_of(world, call.path["daily_chain_id"])}
    steps = [{**step, "step_id": step.get("step_id") if step.get("step_id") in own else None} for step in call.body["steps"]]
    return altered(call, steps=steps)


def with_known_items(world: World, call: Call) -> Call:
    """The call with the steps whose items all are in the catalog."""
    return altered(call, steps=[step for step in call.body["steps"] if all(item["sku"] in world.items for item in step["items"])])


def read_with(world: World, call: Call, **facts: Json) -> Reply:
    """The chain with other facts of all items."""
    reply: Json = good(READ, world, call)
    steps = [{**step, "items": [{**item, **facts} for item in step["items"]]} for step in reply.body["steps"]]
    return Reply(200, {**reply.body, "steps": steps})


@plant(CREATE, caught_by=SEQUENCE)
def days_of_a_new_chain_stand_as_they_were_sent(world: World, call: Call) -> Reply:
    """The steps of a new chain are not sorted."""
    reply: Json = good(CREATE, world, call)
    as_sent(world, reply.body["id"], call)
    return reply  # type: ignore[no-any-return]


@plant(UPDATE, caught_by=SEQUENCE)
def days_of_an_update_stand_as_they_were_sent(world: World, call: Call) -> Reply:
    """The steps of an updated chain are not sorted."""
    reply = good(UPDATE, world, call)
    as_sent(world, call.path["daily_chain_id"], call)
    return reply


@plant(UPDATE, caught_by=KEPT)
def every_day_of_an_update_is_new(world: World, call: Call) -> Reply:
    """`step_id` is read and forgotten."""
    reply, number = good(UPDATE, world, call), call.path["daily_chain_id"]
    change(world, number, steps=[{**step, "step_id": world.next_id("daily_chain_step")} for step in steps_of(world, number)])
    return reply


@plant(UPDATE, caught_by=KEPT)
def ids_stay_with_the_day(world: World, call: Call) -> Reply:
    """A step gets the id of the step that stood in its place before."""
    number = call.path["daily_chain_id"]
    before = {step["step_number"]: step["step_id"] for step in steps_of(world, number)}
    reply = good(UPDATE, world, call)
    steps = [{**step, "step_id": before.get(step["step_number"], step["step_id"])} for step in steps_of(world, number)]
    change(world, number, steps=steps)
    return reply


@plant(UPDATE, caught_by=KEPT)
def a_kept_day_keeps_its_old_items(world: World, call: Call) -> Reply:
    """What a step gives can't be changed once it has an id."""
    number = call.path["daily_chain_id"]
    before = {step["step_id"]: step["items"] for step in steps_of(world, number)}
    reply = good(UPDATE, world, call)
    change(
        world, number, steps=[{**step, "items": before.get(step["step_id"], step["items"])} for step in steps_of(world, number)]
    )
    return reply


@plant(CREATE, caught_by=NEVER_TWICE)
def days_are_numbered_within_their_chain(world: World, call: Call) -> Reply:
    """The first step of every chain has the id 1."""
    reply: Json = good(CREATE, world, call)
    number = reply.body["id"]
    change(world, number, steps=[{**step, "step_id": place} for place, step in enumerate(steps_of(world, number), 1)])
    return reply  # type: ignore[no-any-return]


@plant(UPDATE, caught_by=STRANGE)
def an_unknown_day_is_a_new_one(world: World, call: Call) -> Reply:
    """A step_id that the chain does not have is passed over."""
    return good(UPDATE, world, with_known_steps(world, call))


@plant(UPDATE, caught_by=STRANGE)
def an_update_with_an_unknown_day_is_stored_although_refused(world: World, call: Call) -> Reply:
    """The refusal comes when the chain is changed already."""
    return half_refused(UPDATE, world, call, with_known_steps(world, call))


@plant(CREATE, caught_by=UNKNOWN)
def a_refused_daily_chain_is_stored_without_its_unknown_item(world: World, call: Call) -> Reply:
    """The chain is there, although it was refused."""
    return half_refused(CREATE, world, call, with_known_items(world, call))


@plant(UPDATE, caught_by=UNKNOWN)
def days_with_unknown_items_are_passed_over(world: World, call: Call) -> Reply:
    """A step with an item that the catalog does not have is left out without a word."""
    return good(UPDATE, world, with_known_items(world, call))


@plant(CREATE, caught_by=UNKNOWN)
def the_unknown_item_of_a_day_is_not_named(world: World, call: Call) -> Reply:
    """The refusal does not say which item is missing."""
    try:
        return good(CREATE, world, call)
    except Problem as problem:
        problem.message = "Items weren't found"
        raise


@plant(READ, caught_by=CATALOG)
def every_item_of_a_day_is_a_virtual_good(world: World, call: Call) -> Reply:
    """The kind of the item is made up."""
    return read_with(world, call, type="virtual_good")


@plant(READ, caught_by=CATALOG)
def no_item_of_a_day_has_a_description(world: World, call: Call) -> Reply:
    """The description of the item is left out."""
    return read_with(world, call, description=None)
