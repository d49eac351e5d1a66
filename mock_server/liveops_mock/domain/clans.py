"""The rules of clans: shared progress, and what happens when a user changes clan."""

from typing import Any

from ..ledger import balance, grant, require_value_point, rewards_for, top_contributors, user_of
from ..messages import Call, Reply
from ..personalization import require_seen, seen
from ..world import World

Json = Any


def get_user_clan_top_contributors(world: World, call: Call) -> Reply:
    """The members of the user's clan who gave most to a chain."""
    chain = require_seen(world, world.reward_chains, call.user_id, call.path["reward_chain_id"], "Reward chain")
    value_point = require_value_point(world, chain["value_point"])
    return Reply(200, top_contributors(world, value_point["sku"], call.user_id) if value_point["is_clan"] else [])


def user_clan_update(world: World, call: Call) -> Reply:
    """Let the user be in the clan that the attributes name; what was earned in the old one is claimed first."""
    user = user_of(world, call.user_id)
    reward = claim_all(world, call.user_id) if user["clan"] != user["joined_clan"] else []
    world.users.put(call.user_id, {**user, "joined_clan": user["clan"]})
    return Reply(200, {"reward": reward})


def claim_all(world: World, user_id: str) -> list[Json]:
    """Claim every step of the clan chains whose price the old clan's balance reaches."""
    given: list[Json] = []
    for chain in seen(world, world.reward_chains, user_id):
        value_point = require_value_point(world, chain["value_point"])
        if not value_point["is_clan"] or user_of(world, user_id)["joined_clan"] is None:
            continue
        reached = balance(world, value_point, user_id)
        for step in chain["steps"]:
            claim = (chain["reward_chain_id"], step["step_id"], user_id)
            if step["price"]["amount"] <= reached and claim not in world.claims:
                given += rewards_for(world, user_id, step["reward"])
                world.claims.put(claim, world.now)
    for entry in given:
        grant(world, user_id, entry["sku"], entry["quantity"])
    return given
