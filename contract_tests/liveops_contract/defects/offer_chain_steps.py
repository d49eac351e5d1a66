"""Planted bugs in the steps of offer chains and in what is told of their items."""

from liveops_mock import Call, Problem, Reply, World

from liveops_contract.defects import plant
from liveops_contract.defects.rewiring import Json, altered, good
from liveops_contract.defects.rewiring import written_although_refused as half_refused

CREATE, READ, UPDATE = "admin-create-offer-chain", "admin-get-offer-chain", "admin-update-offer-chain"
SEQUENCE, KEPT = "steps_are_answered_in_their_sequence", "a_step_that_is_sent_with_its_id_keeps_it"
UNKNOWN = "an_unknown_item_of_a_step_is_named_in_the_refusal"
CATALOG = "items_of_steps_are_shown_as_the_catalog_has_them"
PRICE = "a_step_costs_the_price_of_its_items_times_their_quantity"
NEVER_TWICE, STRANGE = "ids_of_steps_are_never_given_twice", "an_unknown_step_is_not_found"


def own_steps(world: World, call: Call) -> list[Json]:
    """The steps of the chain that the path names, as they are stored."""
    chain = world.offer_chains.get(call.path["offer_chain_id"])
    return list(chain["steps"]) if chain else []


def rewritten(world: World, number: int, steps: list[Json]) -> None:
    """Store other steps behind the rule's back."""
    world.offer_chains.put(number, {**world.offer_chains.get(number), "steps": steps})


def as_sent(world: World, number: int, call: Call) -> None:
    """Put the stored steps into the order of the body."""
    places = [step["step_number"] for step in call.body["steps"]]
    steps = world.offer_chains.get(number)["steps"]
    rewritten(world, number, sorted(steps, key=lambda step: places.index(step["step_number"])))


def with_known_steps(world: World, call: Call) -> Call:
    """The call with a new step for each step_id that the chain does not have."""
    own = {step["step_id"] for step in own_steps(world, call)}
    steps = [{**step, "step_id": step.get("step_id") if step.get("step_id") in own else None} for step in call.body["steps"]]
    return altered(call, steps=steps)


def with_known_items(world: World, call: Call) -> Call:
    """The call with the steps whose items all are in the catalog."""
    steps = [step for step in call.body["steps"] if all(item["sku"] in world.items for item in step["items"])]
    return altered(call, steps=steps)


def read_with(world: World, call: Call, **facts: Json) -> Reply:
    """The chain with other facts of all items."""
    reply: Json = good(READ, world, call)
    steps = [{**step, "items": [{**item, **facts} for item in step["items"]]} for step in reply.body["steps"]]
    return Reply(200, {**reply.body, "steps": steps})


def priced(world: World, call: Call, price_of: Json) -> Reply:
    """The chain with the price of each step as this function has it."""
    reply: Json = good(READ, world, call)
    steps = [{**step, "step_price": price_of(step)} for step in reply.body["steps"]]
    return Reply(200, {**reply.body, "steps": steps})


def sum_of(world: World, items: list[Json]) -> Json:
    """What one piece of each item costs, as far as items have a price."""
    prices = [price for item in items if (price := world.items.get(item["sku"])["price"])]
    return {"amount": sum(float(price["amount"]) for price in prices), "currency": "EUR"}


@plant(CREATE, caught_by="a_new_offer_chain_reads_as_it_was_written")
def a_step_keeps_one_item_alone(world: World, call: Call) -> Reply:
    """Of several items of a step the first is stored."""
    steps = [{**step, "items": step["items"][:1]} for step in call.body["steps"]]
    return good(CREATE, world, altered(call, steps=steps))


@plant(CREATE, caught_by="a_new_offer_chain_reads_as_it_was_written")
def items_of_a_step_lose_their_order(world: World, call: Call) -> Reply:
    """Creation drops `order`, two levels down."""
    items = [[{"sku": item["sku"], "quantity": item["quantity"]} for item in step["items"]] for step in call.body["steps"]]
    steps = [{**step, "items": kept} for step, kept in zip(call.body["steps"], items, strict=True)]
    return good(CREATE, world, altered(call, steps=steps))


@plant(CREATE, caught_by=SEQUENCE)
def steps_of_a_new_chain_stand_as_they_were_sent(world: World, call: Call) -> Reply:
    """The steps of a new chain are not sorted."""
    reply: Json = good(CREATE, world, call)
    as_sent(world, reply.body["id"], call)
    return reply  # type: ignore[no-any-return]


@plant(UPDATE, caught_by=SEQUENCE)
def steps_of_an_update_stand_as_they_were_sent(world: World, call: Call) -> Reply:
    """The steps of an updated chain are not sorted."""
    reply = good(UPDATE, world, call)
    as_sent(world, call.path["offer_chain_id"], call)
    return reply


@plant(UPDATE, caught_by=KEPT)
def every_step_of_an_update_is_new(world: World, call: Call) -> Reply:
    """`step_id` is read and forgotten, and users lose their progress."""
    reply, steps = good(UPDATE, world, call), own_steps(world, call)
    rewritten(world, call.path["offer_chain_id"], [{**step, "step_id": world.next_id("offer_chain_step")} for step in steps])
    return reply


@plant(UPDATE, caught_by=KEPT)
def ids_stay_with_the_place(world: World, call: Call) -> Reply:
    """A step gets the id of the step that stood in its place before."""
    before = {step["step_number"]: step["step_id"] for step in own_steps(world, call)}
    reply = good(UPDATE, world, call)
    steps = [{**step, "step_id": before.get(step["step_number"], step["step_id"])} for step in own_steps(world, call)]
    rewritten(world, call.path["offer_chain_id"], steps)
    return reply


@plant(UPDATE, caught_by=KEPT)
def a_kept_step_keeps_its_old_items(world: World, call: Call) -> Reply:
    """What a step offers can't be changed once it has an id."""
    before = {step["step_id"]: step["items"] for step in own_steps(world, call)}
    reply = good(UPDATE, world, call)
    steps = [{**step, "items": before.get(step["step_id"], step["items"])} for step in own_steps(world, call)]
    rewritten(world, call.path["offer_chain_id"], steps)
    return reply


@plant(CREATE, caught_by=NEVER_TWICE)
def steps_are_numbered_within_their_chain(world: World, call: Call) -> Reply:
    """The first step of every chain has the id 1."""
    reply: Json = good(CREATE, world, call)
    steps = world.offer_chains.get(reply.body["id"])["steps"]
    rewritten(world, reply.body["id"], [{**step, "step_id": place} for place, step in enumerate(steps, 1)])
    return reply  # type: ignore[no-any-return]


@plant(UPDATE, caught_by=NEVER_TWICE)
def ids_of_replaced_steps_are_given_again(world: World, call: Call) -> Reply:
    """A new step takes the id of a step that went."""
    before = [step["step_id"] for step in own_steps(world, call)]
    reply, steps = good(UPDATE, world, call), own_steps(world, call)
    free = [step_id for step_id in before if step_id not in {step["step_id"] for step in steps}]
    ids = [step["step_id"] if step["step_id"] in before or not free else free.pop() for step in steps]
    rewritten(world, call.path["offer_chain_id"], [{**step, "step_id": one} for step, one in zip(steps, ids, strict=True)])
    return reply


@plant(UPDATE, caught_by=STRANGE)
def an_unknown_step_is_a_new_one(world: World, call: Call) -> Reply:
    """A step_id that the chain does not have is passed over."""
    return good(UPDATE, world, with_known_steps(world, call))


@plant(UPDATE, caught_by=STRANGE)
def an_update_with_an_unknown_step_is_stored_although_refused(world: World, call: Call) -> Reply:
    """The refusal comes when the chain is changed already."""
    return half_refused(UPDATE, world, call, with_known_steps(world, call))


@plant(CREATE, caught_by=UNKNOWN)
def a_refused_chain_is_stored_without_its_unknown_item(world: World, call: Call) -> Reply:
    """The chain is there, although it was refused."""
    return half_refused(CREATE, world, call, with_known_items(world, call))


@plant(UPDATE, caught_by=UNKNOWN)
def steps_with_unknown_items_are_passed_over(world: World, call: Call) -> Reply:
    """A step with an item that the catalog does not have is left out without a word."""
    return good(UPDATE, world, with_known_items(world, call))


@plant(CREATE, caught_by=UNKNOWN)
def the_unknown_item_of_a_step_is_not_named(world: World, call: Call) -> Reply:
    """The refusal does not say which item is missing."""
    try:
        return good(CREATE, world, call)
    except Problem as problem:
        problem.message = "Items weren't found"
        raise


@plant(READ, caught_by=CATALOG)
def every_item_is_a_virtual_good(world: World, call: Call) -> Reply:
    """The kind of the item is made up."""
    return read_with(world, call, type="virtual_good")


@plant(READ, caught_by=CATALOG)
def no_item_has_a_description(world: World, call: Call) -> Reply:
    """The description of the item is left out."""
    return read_with(world, call, description=None)


@plant(READ, caught_by=CATALOG)
def every_item_is_paid(world: World, call: Call) -> Reply:
    """Items of free steps are not marked as free."""
    return read_with(world, call, is_free=False)


@plant(READ, caught_by=PRICE)
def a_step_costs_one_piece_of_each_item(world: World, call: Call) -> Reply:
    """The quantity does not count."""
    return priced(world, call, lambda step: step["step_price"] and sum_of(world, step["items"]))


@plant(READ, caught_by=PRICE)
def an_item_without_a_price_costs_nothing(world: World, call: Call) -> Reply:
    """A step has a price though one of its items has none."""
    return priced(world, call, lambda step: step["step_price"] or (None if step["is_free"] else sum_of(world, step["items"])))


@plant(READ, caught_by=PRICE)
def a_free_step_has_a_price(world: World, call: Call) -> Reply:
    """The price of the items is told of free steps too."""
    return priced(world, call, lambda step: sum_of(world, step["items"]) if step["is_free"] else step["step_price"])
