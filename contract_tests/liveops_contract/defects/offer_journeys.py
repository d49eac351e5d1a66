"""Planted bugs of offer chains and orders that show only after several steps: what is lost, kept too long, or given twice."""

from liveops_mock import RULES, Call, Reply, World

from liveops_contract.defects import plant
from liveops_contract.defects.rewiring import good

CLAIM, UPDATE, DELETE = "claim-user-offer-chain-step-reward", "admin-update-offer-chain", "admin-delete-offer-chain"
ADVANCE, REWIND = "control-advance-clock", "control-rewind-clock"
JOURNEY = "OfferChainJourney"


@plant(UPDATE, caught_by="an_update_replaces_an_offer_chain")
def a_step_that_is_left_out_can_still_be_had(world: World, call: Call) -> Reply:
    """An update without some steps keeps them at the end of the chain."""
    before = world.offer_chains.get(call.path["offer_chain_id"])
    reply = good(UPDATE, world, call)
    after = world.offer_chains.get(call.path["offer_chain_id"])
    known = {step["step_id"] for step in after["steps"]}
    lost = [step for step in before["steps"] if step["step_id"] not in known]
    world.offer_chains.put(after["id"], {**after, "steps": [*after["steps"], *lost]})
    return reply


@plant(DELETE, caught_by=JOURNEY)
def a_deleted_offer_chain_takes_its_orders_along(world: World, call: Call) -> Reply:
    """What was ordered in it and is not paid can't be paid any more."""
    for user in ("ann", "bob"):
        for order in list(world.orders.values("user", user)):
            if order["status"] == "new" and order["offer"]["offer_chain_id"] == call.path["offer_chain_id"]:
                world.orders.remove(order["order_id"])
    return good(DELETE, world, call)


@plant(ADVANCE, caught_by=JOURNEY)
def chains_that_are_off_start_over(world: World, call: Call) -> Reply:
    """The schedule of an offer chain strikes whether it is on or off."""
    chains = {number: world.offer_chains.get(number) for number in world.offer_chains.keys("arranged", "all")}
    off = [number for number, chain in chains.items() if not chain["is_enabled"]]
    for number in off:
        world.offer_chains.put(number, {**chains[number], "is_enabled": True})
    reply = good(ADVANCE, world, call)
    for number in off:
        world.offer_chains.put(number, {**world.offer_chains.get(number), "is_enabled": False})
    return reply


@plant(REWIND, caught_by=JOURNEY)
def a_rewind_keeps_what_was_paid(world: World, call: Call) -> Reply:
    """Orders that are undone stay paid."""
    paid = list(world.orders.values("payment", "paid"))
    reply = good(REWIND, world, call)
    for order in paid:
        world.orders.put(order["order_id"], order)
    return reply


@plant(REWIND, caught_by=JOURNEY)
def a_rewind_keeps_who_has_what(world: World, call: Call) -> Reply:
    """Steps that are undone stay taken."""
    chains = list(world.offer_chains.keys("arranged", "all"))
    claims = {key: world.offer_claims.get(key) for number in chains for key in world.offer_claims.keys("chain", number)}
    reply = good(REWIND, world, call)
    for key, order in claims.items():
        world.offer_claims.put(key, order)
    return reply


@plant(CLAIM, caught_by=JOURNEY)
def a_step_gives_nothing_in_a_later_round(world: World, call: Call) -> Reply:
    """Who has had an order of the step already is given no piece of it."""
    offers = [order["offer"] for order in world.orders.values("user", call.user_id) if order["status"] == "paid"]
    owned = {key: world.inventory.get(key) for key in world.inventory.keys("user", call.user_id)}
    reply = RULES[CLAIM](world, call)
    if world.orders.get(reply.body["order_id"])["offer"] in offers:
        for key, pieces in owned.items():
            world.inventory.put(key, pieces)
    return reply
