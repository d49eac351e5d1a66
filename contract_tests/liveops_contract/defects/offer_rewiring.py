"""What planted bugs in offer chains and their orders are made of."""

from liveops_mock import Call, Reply, World

from liveops_contract.defects.rewiring import Json, good, otherwise


def chain_of(world: World, call: Call) -> Json:
    """The chain that the path names, as it is stored."""
    return world.offer_chains.get(call.path["offer_chain_id"])


def step_of(world: World, call: Call) -> Json:
    """The step that the path names, as it is stored."""
    steps = (chain_of(world, call) or {"steps": []})["steps"]
    return next((step for step in steps if step["step_number"] == call.path["step_number"]), None)


def claims_of(world: World, call: Call) -> dict[tuple[int, int, str], int]:
    """Who has which steps of the chain."""
    return {key: world.offer_claims.get(key) for key in world.offer_claims.keys("chain", call.path["offer_chain_id"])}


def as_if(operation: str, world: World, call: Call, **facts: Json) -> Reply:
    """Answer as if the chain were otherwise."""
    with otherwise(world.offer_chains, call.path["offer_chain_id"], **facts):
        return good(operation, world, call)


def order_of(world: World, call: Call) -> Json:
    """The order that the path names, as it is stored."""
    return world.orders.get(call.path["order_id"])


def change(world: World, number: int, **facts: Json) -> None:
    """Change a stored order behind the rule's back."""
    world.orders.put(number, {**world.orders.get(number), **facts})


def made(world: World, call: Call, **facts: Json) -> Reply:
    """Order a step, and store the order otherwise."""
    reply = good("order-user-offer-chain-step-reward", world, call)
    change(world, reply.body["order_id"], **facts)
    return reply


def claim_of(order: Json) -> tuple[int, int, str]:
    """Where it is noted that the user has the step of an order."""
    return order["offer"]["offer_chain_id"], order["offer"]["step_id"], order["user_id"]
