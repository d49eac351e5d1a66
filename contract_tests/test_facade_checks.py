"""What LiveOps refuses before sending is what the mock refuses, place by place, and `validate=False` sends it all."""

import asyncio
import json
import re
from datetime import datetime
from typing import Any

import httpx
import pytest
from canned_answers import answering
from facade_twin import METHODS
from liveops_contract.description import Operation, operation_table
from liveops_contract.near_misses import near_misses
from liveops_contract.rule_misses import rule_misses
from liveops_contract.transport import in_process
from liveops_mock import MockServer
from sdk_harness import KEY, PROJECT, SECRET
from xsolla_liveops import AsyncLiveOps, AuthenticatedClient, LiveOps, models
from xsolla_liveops.errors import LiveOpsError, RateLimited, ValidationError

Json = Any
WITH_BODY = [operation for operation in operation_table().values() if operation.body]
ODD_NUMBER = re.compile(r"[0-9]\.[0-9]|[0-9]{19}")
EVERY = 7  # of the near misses; which ones are left out differs with each operation


def bodies(operation: Operation) -> list[Json]:
    """Valid bodies, and near misses of each: of the schema, and of the rules across fields."""
    found = [miss.value for miss in rule_misses(operation)]
    for example in operation.examples.values():
        misses = list(near_misses(operation.body or {}, example))
        found += [example, *(miss.value for miss in misses[len(operation.id) % EVERY :: EVERY])]
    kind = type(next(iter(operation.examples.values())))
    return [body for body in found if type(body) is kind and all(isinstance(one, dict) for one in body if kind is list)]


def told(error: ValidationError) -> list[dict[str, Any]]:
    """The violations of an error as a server lists them."""
    return [one.to_dict() for one in error.violations]


def places_of(violations: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Where and by which rule, without values."""
    return [{"pointer": one["pointer"], "rule": one["rule"]} for one in violations]


def refusal_of(method: Any, places: dict[str, Any], body: Any) -> ValidationError | None:
    """What the check before sending says; None where the request went out, whatever the game said then."""
    try:
        method(**places, body=body)
    except ValidationError as error:
        return error
    except LiveOpsError:
        return None
    return None


@pytest.mark.parametrize("operation", WITH_BODY, ids=lambda one: one.id)
def test_a_body_is_refused_before_sending_for_what_the_server_would_refuse(operation: Operation) -> None:
    """Same pointers, rules, expectations and values; what passes the check, the server does not refuse for its shape."""
    server = MockServer(PROJECT, KEY, SECRET)
    client = AuthenticatedClient.admin(project_id=PROJECT, api_key=KEY, **in_process(server))
    if operation.security != "admin":
        token = server.handle(
            "POST",
            f"/__control__/projects/{PROJECT}/tokens",
            {"authorization": f"Basic {client.token}", "content-type": "application/json"},
            b'{"user_id": "ann"}',
        )[2]
        client = AuthenticatedClient.user(token=json.loads(token)["token"], **in_process(server))
    area, method = METHODS[operation.id]
    checked, unchecked = (
        getattr(getattr(LiveOps(client, project_id=PROJECT, validate=way), area), method) for way in (True, False)
    )
    places = {name: value for name, value in operation.path_examples.items() if name != "project_id"}
    refused = 0
    for body in bodies(operation):
        found = refusal_of(checked, places, body)
        if found is not None:
            refused += 1
            with pytest.raises(ValidationError) as caught:
                unchecked(**places, body=body)
            listed, expected = told(caught.value), told(found)
            if ODD_NUMBER.search(json.dumps(body)):  # which a server may spell in another way than Python does
                listed, expected = places_of(listed), places_of(expected)
            assert (found.status, caught.value.status, listed) == (None, 422, expected)
    assert refused


class TestTheRefusal:
    """What a `ValidationError` of the check says, and when it comes."""

    def test_it_names_each_place_and_the_way_out(self) -> None:
        """Field, rule, value; the request besides; nothing is sent."""
        seen: list[httpx.Request] = []
        liveops = answering(httpx.Response(204), seen=seen)
        with pytest.raises(ValidationError) as caught:
            liveops.daily_chains.claim(0, step_number=-3)
        error = caught.value

        assert [(one.pointer, one.rule, one.got) for one in error.violations] == [
            ("/path/daily_chain_id", "minimum", "0"),
            ("/path/step_number", "minimum", "-3"),
        ]
        assert (error.operation, error.method, error.status) == ("claim-user-daily-chain-step-reward", "POST", None)
        assert error.path.endswith("/0/step/number/-3/claim")
        assert "/path/step_number breaks minimum: expected minimum 1, got -3" in str(error)
        assert "validate=False" in str(error)
        assert seen == []

    def test_the_query_is_checked_too(self) -> None:
        """A page that is too large, a list that is too long."""
        liveops = answering(httpx.Response(204))
        with pytest.raises(ValidationError, match="/query/limit breaks maximum"):
            next(liveops.reward_chains.list(limit=51))
        with pytest.raises(ValidationError, match="/query/enabled breaks maximum"):
            next(liveops.reward_chains.list(enabled=2))

    @pytest.mark.parametrize("value", [float("nan"), {1}, b"bytes", "\ud800", 10**400])
    def test_what_json_cannot_say_is_refused_as_well(self, value: Any) -> None:
        """A set, a NaN, half a character: never an error of a library below."""
        with pytest.raises(ValidationError):
            answering(httpx.Response(204)).value_points.create({"sku": "honor", "name": {"en": value}})

    def test_a_moment_needs_an_offset(self) -> None:
        """A `datetime` without one is the mistake that is made most."""
        body = models.RewardChainCreate.from_dict(operation_table()["admin-create-reward-chain"].examples["default"])
        body.date_start = datetime(2025, 1, 1)
        with pytest.raises(ValidationError, match="/body/date_start breaks format"):
            answering(httpx.Response(204)).reward_chains.create(body)

    def test_without_the_check_everything_is_sent_as_it_is(self) -> None:
        """By sync and async: unknown fields, wrong values, no values."""
        seen: list[httpx.Request] = []
        client = answering(httpx.Response(429), seen=seen).client
        body = {"coupon_code": 5, "colour": "red"}
        with pytest.raises(RateLimited):
            LiveOps(client, project_id=1, validate=False).coupons.create_code("x", body)
        with pytest.raises(RateLimited):
            asyncio.run(AsyncLiveOps(client, project_id=1, validate=False).coupons.create_code("x", body))

        assert [json.loads(request.content) for request in seen] == [body, body]

    def test_a_flag_may_be_a_bool(self) -> None:
        """The API counts with 0 and 1."""
        seen: list[httpx.Request] = []
        page = httpx.Response(200, json={"has_more": False, "items": []})
        for value in (True, False, 1, 0):
            list(answering(page, seen=seen).reward_chains.list(enabled=value))

        assert [request.url.params["enabled"] for request in seen] == ["1", "0", "1", "0"]


def test_every_operation_can_be_checked_and_its_example_passes() -> None:
    """The whole description, once: valid arguments reach the server by every method."""
    seen: list[httpx.Request] = []
    liveops = answering(httpx.Response(500), seen=seen)
    for operation in operation_table().values():
        area, method = METHODS[operation.id]
        arguments = {name: value for name, value in operation.path_examples.items() if name != "project_id"}
        arguments |= {"body": next(iter(operation.examples.values()))} if operation.body else {}
        required = [one for one in operation.parameters if one.place == "query" and one.required]
        arguments |= {one.name.removesuffix("[]"): one.example for one in required}
        call = getattr(getattr(liveops, area), method)
        with pytest.raises(LiveOpsError) as caught:
            list(call(**arguments))
        assert caught.value.status == 500, (operation.id, caught.value)
        assert (caught.value.operation, caught.value.method) == (operation.id, operation.method)
    assert len(seen) == len(operation_table())
