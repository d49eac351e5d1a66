"""The check of repeats has a case for every call that the SDK may send twice, and notices a server where the second does more."""

from typing import Any

import pytest
from liveops_contract.checks import Run
from liveops_contract.description import operations
from liveops_contract.kinds import repeats
from liveops_contract.profiles import PROFILES
from liveops_contract.stage import in_process_stage
from liveops_mock import RULES, Call, Reply, World

Json = Any
RULE = "a call that may be sent twice changes nothing the second time"


def campaign(world: World, kind: str, call: Call) -> Json:
    """The campaign that the path names, as it is stored."""
    return world.campaigns.get((kind, call.path["external_id"])) or {}


def switches_back(world: World, call: Call) -> Reply:
    """What is on already is switched off."""
    return RULES["deactivate-coupon" if campaign(world, "coupon", call).get("is_enabled") else "activate-coupon"](world, call)


def grows(world: World, call: Call) -> Reply:
    """What is written a second time gets another name."""
    before = campaign(world, "promo_code", call)
    reply = RULES["update-promo-code"](world, call)
    if before.get("name") == call.body["name"]:
        after = campaign(world, "promo_code", call)
        world.campaigns.put(("promo_code", call.path["external_id"]), {**after, "name": {"en": "Copy"}})
    return reply


def is_removed(world: World, call: Call) -> Reply:
    """What is on already is not found."""
    if campaign(world, "unique_catalog_offer", call).get("is_enabled"):
        RULES["delete-unique-catalog-offer-promotion"](world, call)
    return RULES["activate-unique-catalog-offer"](world, call)


BROKEN = {
    "activate-coupon": (switches_back, "answers what it answered after the first call"),
    "update-promo-code": (grows, "answers what it answered after the first call"),
    "activate-unique-catalog-offer": (is_removed, "the status 204 again"),
}
CHECKS = {check.operations[0]: check for check in repeats.checks()}


def test_every_write_that_may_be_repeated_has_a_check() -> None:
    """What the SDK sends again by itself is told by the same mark."""
    assert CHECKS.keys() == {one.id for one in operations() if one.may_be_repeated and one.method != "GET"}
    assert {one.method for one in operations() if one.may_be_repeated} == {"GET", "PUT", "DELETE"}


@pytest.mark.parametrize("name", CHECKS)
def test_a_repeat_changes_nothing_on_the_mock(name: str) -> None:
    """And for each there is a case in which the first call is taken."""
    outcome = CHECKS[name].perform(CHECKS[name], Run(in_process_stage(), PROFILES["gate"], 1))

    assert (outcome.failures, outcome.unverified) == ([], [])
    assert outcome.cases > 0


@pytest.mark.parametrize("name", BROKEN)
def test_a_repeat_that_does_more_is_noticed(name: str) -> None:
    """By what is read after it, or by its own status."""
    rule, told = BROKEN[name]
    outcome = CHECKS[name].perform(CHECKS[name], Run(in_process_stage(rules={**RULES, name: rule}), PROFILES["quick"], 1))

    (failure,) = outcome.failures
    assert failure.rule == RULE
    assert told in failure.expected


def test_a_call_that_is_never_taken_is_not_called_verified() -> None:
    """A server that refuses everything has repeated nothing."""
    check = CHECKS["activate-coupon"]
    gone = RULES["get-coupon"]
    outcome = check.perform(check, Run(in_process_stage(rules={**RULES, "admin-create-coupon": gone}), PROFILES["quick"], 1))

    assert (outcome.cases, len(outcome.unverified)) == (0, 1)
