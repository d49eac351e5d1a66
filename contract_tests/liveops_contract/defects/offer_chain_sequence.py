"""Planted bugs in the sequence of an offer chain."""

from liveops_mock import Call, Problem, Reply, World

from liveops_contract.defects import plant
from liveops_contract.defects.offer_rewiring import as_if, chain_of, claims_of, step_of
from liveops_contract.defects.rewiring import Json, good, with_body

LIST, ONE = "get-offer-chains-list", "get-user-offer-chain-by-id"
CLAIM, ORDER = "claim-user-offer-chain-step-reward", "order-user-offer-chain-step-reward"
TOGGLE, UPDATE, DELETE = "admin-toggle-offer-chain", "admin-update-offer-chain", "admin-delete-offer-chain"
IN_TURN, WAYS, CIRCLE = (
    "steps_open_one_after_the_other",
    "a_free_step_is_claimed_and_any_other_ordered",
    "a_chain_that_starts_over_at_its_end_does_so",
)
KEPT, FREE = "steps_that_stay_through_an_update_keep_their_progress", "a_claimed_step_is_an_order_with_nothing_to_pay"


def lost(world: World, call: Call) -> Reply:
    """Claim a step without noting who has it."""
    before = claims_of(world, call)
    reply = good(CLAIM, world, call)
    for key in claims_of(world, call):
        if key not in before:
            world.offer_claims.remove(key)
    return reply


@plant(CLAIM, caught_by=(IN_TURN, "OfferChainJourney"))
def a_later_step_can_be_claimed(world: World, call: Call) -> Reply:
    """Nobody looks whether the steps before are done."""
    step, chain = step_of(world, call), chain_of(world, call)
    return as_if(CLAIM, world, call, steps=[step] if step else (chain or {}).get("steps"))


@plant(ORDER, caught_by=IN_TURN)
def a_later_step_can_be_ordered(world: World, call: Call) -> Reply:
    """Nobody looks whether the steps before are done."""
    step, chain = step_of(world, call), chain_of(world, call)
    return as_if(ORDER, world, call, steps=[step] if step else (chain or {}).get("steps"))


@plant(CLAIM, caught_by=(IN_TURN, "OfferChainJourney"))
def a_free_step_can_be_claimed_again(world: World, call: Call) -> Reply:
    """A claim leaves no trace."""
    return lost(world, call)


@plant(CLAIM, caught_by=IN_TURN)
def a_claimed_step_gives_nothing(world: World, call: Call) -> Reply:
    """The step is claimed, and the items are forgotten."""
    before = {key: world.inventory.get(key) for key in world.inventory.keys("user", call.user_id)}
    reply = good(CLAIM, world, call)
    for key in world.inventory.keys("user", call.user_id):
        world.inventory.put(key, before[key]) if key in before else world.inventory.remove(key)
    return reply


@plant(ONE, caught_by=IN_TURN)
def the_next_step_is_counted_not_named(world: World, call: Call) -> Reply:
    """`next_step_number` is how many steps are done, and one."""
    body: Json = good(ONE, world, call).body
    taken = sum(step["is_claimed"] for step in body["steps"])
    return Reply(200, {**body, "next_step_number": taken + 1 if taken < len(body["steps"]) else None})


@plant(ONE, caught_by="a_finished_chain_stays_as_completed")
def after_the_end_comes_the_last_step(world: World, call: Call) -> Reply:
    """A finished chain names its last step as the next one."""
    body: Json = good(ONE, world, call).body
    last = body["steps"][-1]["step_number"] if body["steps"] else None
    return Reply(200, {**body, "next_step_number": body["next_step_number"] or last})


@plant(CLAIM, caught_by=WAYS)
def a_paid_step_can_be_claimed(world: World, call: Call) -> Reply:
    """Whatever is next is given for nothing."""
    chain = chain_of(world, call) or {"steps": []}
    return as_if(CLAIM, world, call, steps=[{**step, "is_free": True} for step in chain["steps"]])


@plant(ORDER, caught_by=WAYS)
def a_free_step_can_be_ordered(world: World, call: Call) -> Reply:
    """Whatever is next is sold."""
    chain = chain_of(world, call) or {"steps": []}
    return as_if(ORDER, world, call, steps=[{**step, "is_free": False} for step in chain["steps"]])


@plant(ORDER, caught_by=WAYS)
def a_refused_order_is_kept(world: World, call: Call) -> Reply:
    """The refusal comes when the order is made already."""
    try:
        return good(ORDER, world, call)
    except Problem:
        number = world.next_id("order")
        nothing = dict.fromkeys(("price", "offer", "paid"))
        none = dict.fromkeys(("items", "bonus", "promotions", "codes"), ())
        made = {"order_id": number, "user_id": call.user_id, "status": "new", "token": "x" * 32, "created": world.now}
        world.orders.put(number, {**made, **nothing, **none, "value_points": {}})
        raise


@plant(CLAIM, caught_by="a_step_needs_a_chain_that_is_open_and_has_it")
def steps_are_found_by_their_place_too(world: World, call: Call) -> Reply:
    """A number beyond the chain is taken for its last step."""
    chain = chain_of(world, call)
    if chain and step_of(world, call) is None:
        return Reply(200, {"order_id": 1})
    return good(CLAIM, world, call)


@plant(ORDER, caught_by="a_step_needs_a_chain_that_is_open_and_has_it")
def steps_of_a_chain_that_is_off_can_be_ordered(world: World, call: Call) -> Reply:
    """Nobody looks whether the chain is on."""
    return as_if(ORDER, world, call, is_enabled=True)


@plant(CLAIM, caught_by=FREE)
def a_claim_names_the_order_before(world: World, call: Call) -> Reply:
    """The number answered is not that of the order."""
    reply = good(CLAIM, world, call)
    return Reply(200, {"order_id": reply.body["order_id"] + 1})


@plant(CLAIM, caught_by=FREE)
def a_claimed_step_has_the_price_of_its_item(world: World, call: Call) -> Reply:
    """The order of a free step says what the item costs elsewhere."""
    reply = good(CLAIM, world, call)
    order = world.orders.get(reply.body["order_id"])
    world.orders.put(order["order_id"], {**order, "price": {"amount": 4.99, "currency": "USD"}})
    return reply


@plant(CLAIM, caught_by=FREE)
def a_claimed_order_waits_for_its_payment(world: World, call: Call) -> Reply:
    """The items are given, the order stays new."""
    reply = good(CLAIM, world, call)
    order = world.orders.get(reply.body["order_id"])
    world.orders.put(order["order_id"], {**order, "status": "new", "paid": None})
    return reply


@plant(CLAIM, caught_by="users_walk_offer_chains_alone")
def a_claim_counts_for_all_users(world: World, call: Call) -> Reply:
    """When one user claims a step, another one has it too."""
    reply, step = good(CLAIM, world, call), step_of(world, call)
    world.offer_claims.put((call.path["offer_chain_id"], step["step_id"], "user_2"), 1)
    return reply


@plant(ORDER, caught_by="users_walk_offer_chains_alone")
def orders_belong_to_the_second_user(world: World, call: Call) -> Reply:
    """Whoever orders, the order is that of user_2."""
    reply = good(ORDER, world, call)
    order = world.orders.get(reply.body["order_id"])
    world.orders.put(order["order_id"], {**order, "user_id": "user_2"})
    return reply


@plant(CLAIM, caught_by=("a_finished_chain_stays_as_completed", IN_TURN))
def every_chain_starts_over_at_its_end(world: World, call: Call) -> Reply:
    """A chain that ends begins anew, whatever it says."""
    reply = good(CLAIM, world, call)
    chain = chain_of(world, call)
    keys = [(chain["id"], step["step_id"], call.user_id) for step in chain["steps"]]
    if all(key in world.offer_claims for key in keys):
        for key in keys:
            world.offer_claims.remove(key)
    return reply


@plant(CLAIM, caught_by=CIRCLE)
def no_chain_starts_over_at_its_end(world: World, call: Call) -> Reply:
    """`is_reset_on_completion` is kept and not obeyed."""
    return as_if(CLAIM, world, call, is_reset_on_completion=False)


@plant(CLAIM, caught_by=CIRCLE)
def at_the_end_everybody_starts_over(world: World, call: Call) -> Reply:
    """When one user finishes, all lose their progress."""
    reply = good(CLAIM, world, call)
    if not any(key[2] == call.user_id for key in claims_of(world, call)):
        for key in claims_of(world, call):
            world.offer_claims.remove(key)
    return reply


@plant(TOGGLE, caught_by=("progress_stays_while_a_chain_is_off", "OfferChainJourney"))
def a_toggle_forgets_who_has_what(world: World, call: Call) -> Reply:
    """Switched off, the chain loses its progress."""
    for key in claims_of(world, call):
        world.offer_claims.remove(key)
    return good(TOGGLE, world, call)


@plant(DELETE, caught_by="a_deleted_chain_leaves_what_users_received")
def a_deletion_takes_the_items_back(world: World, call: Call) -> Reply:
    """Users lose what the chain gave them."""
    for key, order in claims_of(world, call).items():
        for entry in world.orders.get(order)["items"]:
            world.inventory.remove((key[2], entry["sku"]))
    return good(DELETE, world, call)


@plant(UPDATE, caught_by=(KEPT, "OfferChainJourney"))
def an_update_forgets_who_has_what(world: World, call: Call) -> Reply:
    """Steps that stay are open again."""
    reply = good(UPDATE, world, call)
    for key in claims_of(world, call):
        world.offer_claims.remove(key)
    return reply


@plant(UPDATE, caught_by=KEPT)
def progress_goes_with_the_place_of_a_step(world: World, call: Call) -> Reply:
    """Who had the step with a number has whatever step has the number now."""
    before = {step["step_id"]: place for place, step in enumerate((chain_of(world, call) or {"steps": []})["steps"])}
    claims, reply = claims_of(world, call), good(UPDATE, world, call)
    steps = chain_of(world, call)["steps"]
    for key in claims_of(world, call):
        world.offer_claims.remove(key)
    for key, order in claims.items():
        if before[key[1]] < len(steps):
            world.offer_claims.put((key[0], steps[before[key[1]]]["step_id"], key[2]), order)
    return reply


@plant(UPDATE, caught_by="an_update_that_leaves_nothing_to_take_starts_a_circle_over")
def an_update_leaves_users_at_the_end_of_a_circle(world: World, call: Call) -> Reply:
    """Who has all steps that are left waits for ever."""
    circle = call.body.get("is_reset_on_completion", False)
    reply = good(UPDATE, world, with_body(call, {**call.body, "is_reset_on_completion": False}))
    world.offer_chains.put(call.path["offer_chain_id"], {**chain_of(world, call), "is_reset_on_completion": circle})
    return reply
