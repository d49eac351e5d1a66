"""Every operation through the SDK: what goes over the wire, what comes back as models, and what a refusal is."""

import asyncio
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import attrs
import pytest
import sdk_code_scenarios  # noqa: F401  # signs its scenarios up
import sdk_coupon_scenarios  # noqa: F401  # signs its scenarios up
import sdk_promo_code_scenarios  # noqa: F401  # signs its scenarios up
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from liveops_contract.description import Operation, Parameter, operation_table, operations, resolved, validator
from liveops_contract.doors import HttpDoor
from liveops_contract.stage import Stage
from sdk_harness import ABSENT, WAYS, Json, Sdk, model_of, module_of, refused, said, same
from sdk_scenarios import SCENARIOS
from xsolla_liveops import AuthenticatedClient
from xsolla_liveops import models as m
from xsolla_liveops.api.value_points import admin_create_value_points, admin_get_value_point
from xsolla_liveops.bundle import load_bundle

# Not made smaller: each example is a whole set-up, and making one smaller takes minutes.
EXAMPLES = settings(max_examples=30, derandomize=True, database=None, deadline=None, phases=[Phase.explicit, Phase.generate])


@pytest.fixture(scope="session", params=WAYS)
def one_way(request: pytest.FixtureRequest) -> Iterator[Sdk]:
    """The SDK in one of the four ways of calling it."""
    found = Sdk(request.param)
    yield found
    found.close()


@pytest.fixture
def sdk(one_way: Sdk) -> Sdk:
    """The same with an empty project."""
    one_way.empty()
    one_way.called.clear()
    return one_way


@pytest.mark.parametrize("name", SCENARIOS)
def test_scenarios(sdk: Sdk, name: str) -> None:
    """Everything that is sent is what was drawn, everything that is read says it again; every declared operation is called."""
    play, declared = SCENARIOS[name]

    @EXAMPLES
    @given(st.data())
    def example(data: st.DataObject) -> None:
        sdk.empty()
        play(sdk, data.draw)

    example()
    assert sdk.called == declared


def test_every_operation_is_called() -> None:
    """An operation that the description gains needs a scenario, and its four functions."""
    declared = {name for _, names in SCENARIOS.values() for name in names}
    assert declared == set(operation_table())
    for operation in operations():
        assert all(callable(getattr(module_of(operation), way)) for way in WAYS), operation.id


def documented_codes(operation: Operation, status: int) -> set[int]:
    """The codes of the examples of an operation's refusals with this status."""
    source = load_bundle()["paths"][operation.path][operation.method.lower()]["responses"][str(status)]
    examples = resolved(source)["content"]["application/json"]["examples"].values()
    return {resolved(example)["value"]["errorCode"] for example in examples}


def given_for(operation: Operation) -> dict[str, Any]:
    """Arguments of a call that names what does not exist."""
    names = {**operation.path_examples, **operation.query_examples}
    path = {name: absent_for(operation.parameter(name)) for name in names}
    return path | ({"body": model_of(operation, next(iter(operation.examples.values())))} if operation.body else {})


def absent_for(parameter: Parameter) -> Json:
    """A value that names nothing, where the parameter takes one; one word of a few names no thing."""
    absent = ABSENT if isinstance(parameter.example, int) else "absent"
    return absent if parameter.allows(str(absent)) else parameter.example


@pytest.mark.parametrize("operation", operations(), ids=lambda operation: operation.id)
def test_refusals_are_typed(sdk: Sdk, operation: Operation) -> None:
    """Wrong credentials and absent things come back as `Error` with the documented code."""
    answer = sdk.ask(operation.id, client=sdk.stranger, **given_for(operation))
    refused(answer, 401, 1020 if operation.security == "admin" else 1501)
    if operation.path_examples:
        answer = sdk.ask(operation.id, **given_for(operation))
        refused(answer, 404, answer.error_code)
        assert answer.error_code in documented_codes(operation, 404)


def test_violations_are_typed(sdk: Sdk) -> None:
    """What no model checks the server refuses, and says where."""
    schedule = m.WeeklySchedule(day_of_week=8, interval_type="weekly", time="01:30:00+08:00")
    body = m.OfferChainCreate.from_dict({"name": None, "date_start": "2024-01-01T00:00:00Z", "is_enabled": True, "steps": []})
    answer = sdk.ask("admin-create-offer-chain", body=attrs.evolve(body, recurrent_schedule=schedule))
    refused(answer, 422, 1102)
    assert all(isinstance(violation, m.Violation) for violation in answer.error_message_extended)
    found = {(violation.pointer, violation.rule) for violation in answer.error_message_extended}
    assert found == {("/body/recurrent_schedule/day_of_week", "maximum"), ("/body/recurrent_schedule/time", "pattern")}
    answer = sdk.ask("admin-get-reward-chains", limit=11)
    assert [(violation.pointer, violation.rule) for violation in answer.error_message_extended] == [("/query/limit", "maximum")]


def minimal(schema: Json, body: Json) -> Json:
    """The body without anything that may be left out."""
    source = resolved(schema)
    for branch in (*source.get("oneOf", ()), *source.get("anyOf", ())):
        if validator(branch).is_valid(body):
            return minimal(branch, body)
    if isinstance(body, dict) and "properties" in source:
        return {key: minimal(source["properties"][key], body[key]) for key in source["required"]}
    return [minimal(source["items"], element) for element in body] if isinstance(body, list) else body


@pytest.mark.parametrize("operation", [one for one in operations() if one.body], ids=lambda operation: operation.id)
def test_untouched_fields_never_travel(sdk: Sdk, operation: Operation) -> None:
    """Of a body with required fields alone, these go over the wire and no others: no default, no null."""
    for example in operation.examples.values():
        least = minimal(operation.body, example)
        sdk.ask(operation.id, **{**given_for(operation), "body": model_of(operation, least)})
        said(least, sdk.wire.body)


@pytest.mark.parametrize("operation", [one for one in operations() if one.reads_only], ids=lambda operation: operation.id)
def test_untouched_parameters_never_travel(sdk: Sdk, operation: Operation) -> None:
    """Without limit, offset and the like, the request has no query but for what has to be given."""
    sdk.ask(operation.id, **given_for(operation))
    assert parse_qs(urlsplit(sdk.wire.target).query).keys() == operation.query_examples.keys()


def test_plain_client_over_http(http_stage: Stage) -> None:
    """The same over a real socket."""
    api = http_stage.fresh()
    with _over_http(http_stage, api.account.project_id, api.account.api_key) as client:
        sent = m.ValuePointInput.from_dict({"sku": "a–b", "name": {"en-US": "Points", "de": None}})
        created = admin_create_value_points.sync(api.account.project_id, client=client, body=sent)
        assert isinstance(created, m.ValuePointCreated)
        same(sent, admin_get_value_point.sync(api.account.project_id, "a–b", client=client))
        refused(admin_get_value_point.sync(api.account.project_id, "absent", client=client), 404, 4001)


def test_async_client_over_http(http_stage: Stage) -> None:
    """The same without blocking, with many calls under way at once."""
    api = http_stage.fresh()
    number = api.account.project_id

    async def calls() -> None:
        async with _over_http(http_stage, number, api.account.api_key) as client:
            sent = [m.ValuePointInput.from_dict({"sku": f"points_{place}", "name": {"en": str(place)}}) for place in range(20)]
            made = (admin_create_value_points.asyncio(number, client=client, body=one) for one in sent)
            created = await asyncio.gather(*made)
            assert all(isinstance(one, m.ValuePointCreated) for one in created)
            read = await asyncio.gather(*(admin_get_value_point.asyncio(number, one.sku, client=client) for one in sent))
            for one, other in zip(sent, read, strict=True):
                same(one, other)
            refused(await admin_get_value_point.asyncio(number, "absent", client=client), 404, 4001)

    asyncio.run(calls())


def _over_http(stage: Stage, project_id: int, api_key: str) -> AuthenticatedClient:
    assert isinstance(stage.door, HttpDoor)
    return AuthenticatedClient.admin(
        project_id=project_id, api_key=api_key, base_url=stage.door.base_url, httpx_args={"trust_env": False}
    )
