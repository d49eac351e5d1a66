"""The rules that coupons, promo codes and unique catalog offers have in common; `kind` says which of them it is."""

from .. import codes, redeeming
from ..campaigns import delete_campaign, require_campaign, switch_campaign
from ..messages import Call, Reply
from ..problems import LimitsNotFound
from ..world import World


def delete(kind: str, world: World, call: Call) -> Reply:
    """Delete a campaign and free its codes."""
    return delete_campaign(world, require_campaign(world, kind, call))


def activate(kind: str, world: World, call: Call) -> Reply:
    """Switch a campaign on."""
    return switch_campaign(world, require_campaign(world, kind, call), is_enabled=True)


def deactivate(kind: str, world: World, call: Call) -> Reply:
    """Switch a campaign off."""
    return switch_campaign(world, require_campaign(world, kind, call), is_enabled=False)


def add_code(kind: str, world: World, call: Call) -> Reply:
    """Add a code of the operator's choice."""
    return codes.add_code(world, require_campaign(world, kind, call), call.body["coupon_code"])


def get_codes(kind: str, world: World, call: Call) -> Reply:
    """One page of the codes of a campaign."""
    return codes.codes_page(world, require_campaign(world, kind, call), call)


def generate_codes(kind: str, world: World, call: Call) -> Reply:
    """Make up codes."""
    return codes.generate_codes(world, require_campaign(world, kind, call), call.body["count"])


def get_code_limit(kind: str, world: World, call: Call) -> Reply:
    """What has become of the redemptions of each code."""
    return codes.code_limits_page(world, require_campaign(world, kind, call, LimitsNotFound), call)


def get_user_limit(kind: str, world: World, call: Call) -> Reply:
    """What is left to a user."""
    campaign = require_campaign(world, kind, call, LimitsNotFound)
    return redeeming.user_limit(world, campaign, call.query["user_external_id"])


def add_user_limit(kind: str, world: World, call: Call) -> Reply:
    """Raise what is left to a user."""
    return redeeming.move_user_limit(world, require_campaign(world, kind, call, LimitsNotFound), call.body, 1)


def remove_user_limit(kind: str, world: World, call: Call) -> Reply:
    """Lower what is left to a user."""
    return redeeming.move_user_limit(world, require_campaign(world, kind, call, LimitsNotFound), call.body, -1)


def set_user_limit(kind: str, world: World, call: Call) -> Reply:
    """Set what is left to a user."""
    campaign = require_campaign(world, kind, call, LimitsNotFound)
    return redeeming.set_user_limit(world, campaign, call.body, call.body["available"])
