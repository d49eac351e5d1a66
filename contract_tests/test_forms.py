"""Each form that the description allows is made and read back; a server that loses one of them is noticed."""

from collections.abc import Callable

import orjson
import pytest
from liveops_contract.checks import Run
from liveops_contract.collections_of_things import collections
from liveops_contract.description import Operation
from liveops_contract.kinds.forms import checks, forms
from liveops_contract.profiles import PROFILES
from liveops_contract.stage import in_process_stage
from liveops_mock import RULES, Call, Page, Reply, World

CREATE, READ, LIST = "admin-create-value-points", "admin-get-value-point", "admin-get-value-points-list"
UPDATE = "admin-update-value-point"
WRITING = {one.id: one for kind in collections() for one in (kind.create, kind.replace)}


def found(**rules: Callable[[World, Call], Reply]) -> list[tuple[str, str]]:
    """Which rules the forms of value points find broken on a mock with these rules."""
    stage = in_process_stage(rules={**RULES, **{name.replace("_", "-"): rule for name, rule in rules.items()}})
    check = next(check for check in checks() if check.name == f"forms of {CREATE}")
    return [(one.operation, one.rule) for one in check.perform(check, Run(stage, PROFILES["quick"], 1)).failures]


@pytest.mark.parametrize("operation", WRITING.values(), ids=WRITING)
def test_a_form_is_a_body_that_the_description_allows(operation: Operation) -> None:
    """Every field that may be missing is missing once, and there once."""
    bodies = [case.value for _, case in forms(operation)]
    fields = set().union(*bodies)

    assert all(operation.allows_body(body) for body in bodies)
    assert len(fields) > 1
    assert any(fields - body.keys() for body in bodies)


def test_a_sound_server_shows_each_form() -> None:
    """No false alarm."""
    assert found() == []


def test_a_value_that_is_lost_is_noticed() -> None:
    """A server that reads every value point as switched on."""

    def always_on(world: World, call: Call) -> Reply:
        return Reply(200, {**RULES[READ](world, call).body, "is_enabled": True})

    assert found(**{READ: always_on}) == [(CREATE, "a thing is read in the form in which it was made")]


def test_a_value_that_an_update_loses_is_noticed() -> None:
    """A server that switches on whatever is replaced."""

    def switching(world: World, call: Call) -> Reply:
        return RULES[UPDATE](world, Call(call.path, call.query, {**call.body, "is_enabled": True}, call.user_id))

    assert found(**{UPDATE: switching}) == [(UPDATE, "a thing is read in the form in which it was made")]


def test_a_list_that_tells_otherwise_is_noticed() -> None:
    """A list whose value points have no picture."""

    def blind(world: World, call: Call) -> Reply:
        reply = RULES[LIST](world, call)
        return Reply(200, Page([{**orjson.loads(one), "image_url": None} for one in reply.body.items], reply.body.fields))

    assert found(**{LIST: blind}) == [(LIST, "a list shows things as they are")]


def test_a_thing_that_is_not_there_is_noticed() -> None:
    """A server that says 201 and keeps nothing."""

    def forgetful(world: World, call: Call) -> Reply:
        reply = RULES[CREATE](world, call)
        world.value_points.remove(call.body["sku"])
        return reply

    assert found(**{CREATE: forgetful}) == [(CREATE, "a thing is read in the form in which it was made")]
