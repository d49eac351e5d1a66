"""Every operation through LiveOps and AsyncLiveOps: the same as through the functions, under a short name of its own."""

import asyncio
import inspect
from collections.abc import AsyncIterator, Iterator
from typing import Any, assert_type

import httpx
import pytest
import sdk_code_scenarios  # noqa: F401  # signs its scenarios up
import sdk_coupon_scenarios  # noqa: F401  # signs its scenarios up
import sdk_promo_code_scenarios  # noqa: F401  # signs its scenarios up
from canned_answers import SECRET, answering
from facade_twin import METHODS, FacadeSdk
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from liveops_contract.description import Operation, Parameter, operation_table
from sdk_scenarios import SCENARIOS
from xsolla_liveops import AsyncLiveOps, LiveOps, models
from xsolla_liveops.errors import ServerError

Json = Any
FEW = settings(max_examples=6, derandomize=True, database=None, deadline=None, phases=[Phase.generate])


@pytest.fixture(scope="module", params=["sync", "async"])
def twins(request: pytest.FixtureRequest) -> Iterator[FacadeSdk]:
    """The functions and the facade side by side."""
    found = FacadeSdk(request.param)
    yield found
    found.close()


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_facade_says_what_the_functions_say(twins: FacadeSdk, name: str) -> None:
    """The scenarios call every operation: same request, same answer, the same refusal raised."""
    play, declared = SCENARIOS[name]

    @FEW
    @given(st.data())
    def example(data: st.DataObject) -> None:
        twins.empty()
        play(twins, data.draw)

    twins.called.clear()
    example()
    assert twins.called == declared


def test_no_operation_is_left_out() -> None:
    """The scenarios above call all of them."""
    assert {name for _, names in SCENARIOS.values() for name in names} == set(operation_table())


@pytest.mark.parametrize("facade", [LiveOps, AsyncLiveOps])
def test_every_operation_has_one_method_and_every_method_is_listed(facade: type[Any]) -> None:
    """OPERATIONS.md names what there is, once."""
    liveops = facade.admin(project_id=1, api_key=SECRET)
    areas = {operation.area for operation in operation_table().values()}
    offered = {(area, name) for area in areas for name in dir(getattr(liveops, area)) if not name.startswith("_")}
    # These call two of the others.
    offered = {one for one in offered if one[1] not in {"edit", "new_codes"}}

    assert METHODS.keys() == operation_table().keys()
    assert {operation: area for operation, (area, _) in METHODS.items()} == {
        name: operation.area for name, operation in operation_table().items()
    }
    assert sorted(METHODS.values()) == sorted(offered)


def test_names_that_callers_rely_on() -> None:
    """One of each kind of rule and exception; a change here breaks callers."""
    expected = {
        "admin-create-reward-chain": "create",
        "admin-get-reward-chains": "list",
        "get-reward-chains-list": "list_for_user",
        "claim-user-daily-chain-step-reward": "claim",
        "get-filter-rule-by-id": "get",
        "create-promo-code-code": "create_code",
        "get-promocode-codes": "list_codes",
        "set-coupon-user-promotion-limit": "set_user_limit",
        "get-item-promotion-list": "list",
        "reset-all-user-items-limit": "reset_all_items_limit",
        "put-upsell": "update",
    }

    assert {operation: METHODS[operation][1] for operation in expected} == expected


@pytest.mark.parametrize("name", METHODS)
def test_arguments_come_in_one_order(name: str) -> None:
    """Path, then body, then the query by keyword alone; async as sync; the project is never asked for."""
    area, method = METHODS[name]
    found = [
        inspect.signature(getattr(getattr(facade.admin(project_id=1, api_key=SECRET), area), method)).parameters
        for facade in (LiveOps, AsyncLiveOps)
    ]
    operation = operation_table()[name]
    places = [parameter.replace("[]", "") for parameter in operation.path_examples]
    positional = [one.name for one in found[0].values() if one.kind is inspect.Parameter.POSITIONAL_OR_KEYWORD]

    assert list(found[0]) == list(found[1])
    assert "project_id" not in found[0]
    assert sorted(positional[: len(places)]) == sorted(places)
    assert positional[len(places) :] == (["body"] if operation.body else [])


def queried(operation: Operation) -> list[Parameter]:
    """The parameters of its query."""
    return [parameter for parameter in operation.parameters if parameter.place == "query"]


@pytest.mark.parametrize("name", [name for name, one in operation_table().items() if queried(one)])
def test_every_argument_of_the_query_is_sent(name: str) -> None:
    """Under its documented name, by sync and async."""
    seen: list[httpx.Request] = []
    operation, (area, method) = operation_table()[name], METHODS[name]
    values = {one.name: one.example for one in queried(operation)}
    keywords = {parameter.replace("[]", ""): value for parameter, value in values.items()} | operation.path_examples
    keywords.pop("project_id", None)
    liveops = answering(httpx.Response(500), seen=seen)

    def called() -> None:
        next(getattr(getattr(liveops, area), method)(**keywords))

    async def awaited() -> None:
        call = getattr(getattr(AsyncLiveOps(liveops.client, project_id=1), area), method)(**keywords)
        await (anext(call) if hasattr(call, "__anext__") else call)

    with pytest.raises(ServerError):
        called()
    with pytest.raises(ServerError):
        asyncio.run(awaited())
    sent = {parameter: str(value[0] if isinstance(value, list) else value) for parameter, value in values.items()}

    assert [dict(request.url.params) for request in seen] == [sent, sent]


def test_types_are_known_to_the_checker() -> None:
    """What mypy says of the code of a caller; to run it calls nothing."""

    def called(liveops: LiveOps) -> None:
        assert_type(liveops.reward_chains.create({}), models.RewardChainCreated)
        assert_type(liveops.reward_chains.list(), Iterator[models.RewardChainSummary])
        assert_type(liveops.clans.get_top_contributors(1), list[models.Contributor])
        liveops.daily_chains.claim(1, step_number="three")  # type: ignore[arg-type]
        liveops.coupons.create_code("x", models.CodeGeneration(count=1))  # type: ignore[arg-type]

    async def awaited(liveops: AsyncLiveOps) -> None:
        assert_type(await liveops.reward_chains.get(1), models.RewardChain)
        assert_type(liveops.coupons.list_codes("x"), AsyncIterator[models.CodeEntry])

    assert callable(called)
    assert callable(awaited)
