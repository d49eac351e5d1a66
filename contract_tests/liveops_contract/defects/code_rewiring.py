"""What planted bugs in calls about codes, whatever their campaign, are made of."""

from liveops_mock import Call, Reply, World

from liveops_contract.defects.rewiring import Json, good, otherwise
from liveops_contract.laws.code_scenes import LOOKUP, VERIFY

__all__ = ["LOOKUP", "VERIFY", "another_code", "as_if", "campaign_of", "told"]


def as_if(operation: str, world: World, call: Call, **facts: Json) -> Reply:
    """What the sound rule answers while all campaigns have these facts."""
    with otherwise(world.campaigns, *world.campaigns.keys("all", "all"), **facts):
        return good(operation, world, call)


def campaign_of(world: World, code: str) -> Json:
    """The campaign of a code, or None."""
    entry = world.codes.get(code)
    return entry and next(one for one in world.campaigns.values("all", "all") if one["id"] == entry["campaign"])


def another_code(call: Call, code: str) -> Call:
    """The call with another code in its path."""
    return Call({**call.path, "code": code}, call.query, call.body, call.user_id)


def told(operation: str, world: World, call: Call, **facts: Json) -> Reply:
    """What the sound rule answers, with other facts."""
    return Reply(200, {**good(operation, world, call).body, **facts})
