"""What help() says of an area of the SDK is what the description says."""

import ast
import asyncio
import contextlib
import doctest
import importlib
import inspect
import io
import json
import re
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from document_blocks import ROOT
from liveops_contract.control import Control
from liveops_contract.game_world import LiveOpsServer
from xsolla_liveops import AsyncLiveOps, AuthenticatedClient, LiveOps, LiveOpsError, errors

Json = Any
BUNDLE: Json = json.loads((ROOT / "openapi/bundle/liveops.json").read_text(encoding="utf-8"))
OPERATIONS = {
    operation["operationId"]: operation
    for path in BUNDLE["paths"].values()
    for operation in path.values()
    if "operationId" in operation
}
AREAS = sorted(tag["name"] for tag in BUNDLE["tags"])
ERRORS = {name: kind for name, kind in vars(errors).items() if inspect.isclass(kind) and issubclass(kind, LiveOpsError)}


def methods(area: str) -> list[tuple[Json, str]]:
    """Each method of both classes of an area: its operation and what help() says."""
    module = importlib.import_module(f"xsolla_liveops.areas.{area}")
    classes = [kind for _, kind in inspect.getmembers(module, inspect.isclass) if kind.__module__ == module.__name__]
    functions = [function for kind in classes for function in vars(kind).values() if inspect.isfunction(function)]
    called = [re.search(r"self\._(?:ask|do)\(\s*([A-Z_]+),", inspect.getsource(function)) for function in functions]
    return [
        (OPERATIONS[vars(module)[call[1]].id], inspect.getdoc(function) or "")
        for call, function in zip(called, functions, strict=True)
        if call
    ]


def raised(text: str) -> list[str]:
    """The errors that a docstring names."""
    return re.findall(r"^    (\w+): ", text.partition("\nRaises:\n")[2], re.M)


def promised(operation: Json) -> set[str]:
    """The errors that the statuses and the rules of the description stand for."""
    rules = {f"{code}:" for code in operation.get("x-rule-codes", ())}
    of_rules = {name for name, kind in ERRORS.items() if (kind.__doc__ or "").split()[0] in rules}
    assert len(of_rules) == len(rules)
    by_status = {"401": "AuthenticationError", "404": "NotFoundError", "422": "ValidationError"}
    return of_rules | {name for status, name in by_status.items() if status in operation["responses"]}


@pytest.mark.parametrize("area", AREAS)
def test_help_names_every_error_that_a_method_raises(area: str) -> None:
    """Who reads help() knows what to catch: each error once, each a class of the SDK."""
    told = methods(area)

    assert {operation["operationId"] for operation, _ in told} == {
        name for name, operation in OPERATIONS.items() if operation["tags"][0] == area
    }
    for operation, text in told:
        names = raised(text)
        assert (sorted(names), set(names) - ERRORS.keys()) == (sorted(promised(operation)), set()), operation["operationId"]


def a_chain_for_clans(stage: "Stage", control: Control) -> None:
    """What the example of the clans finds: a member who earned something, and whose attributes name another clan now."""
    operator, ann = (LiveOps(client, project_id=stage.project_id) for client in (stage.operator, stage.player))
    operator.value_points.create({"sku": "honor", "name": {"en": "Honor"}, "is_clan": True})
    control.put_item("sword", value_points=[{"sku": "honor", "amount": 15}])
    control.put_item("shield")
    step = {"name": {"en": "Bronze"}, "price": {"amount": 10}, "reward": [{"sku": "shield", "quantity": 1}]}
    clan = {"clan_type": "guild", "popup_header": {"en": "Join"}, "popup_instruction": {"en": "Ask a member"}}
    chain = {"name": {"en": "Road"}, "value_point": {"sku": "honor"}, "steps": [step], "is_enabled": True, **clan}
    operator.reward_chains.create({"date_start": "2025-01-01T00:00:00Z", **chain})
    control.put_user("ann", clan="red")
    ann.clans.update()
    control.purchase("ann", {"sword": 1})
    control.put_user("ann", clan="blue")


class Stage(NamedTuple):
    """Who calls in an example."""

    operator: AuthenticatedClient
    player: AuthenticatedClient
    project_id: int

    def names(self, way: type[LiveOps] | type[AsyncLiveOps]) -> dict[str, Any]:
        """What the example calls by name, the errors as if they were imported."""
        liveops, player = (way(client, project_id=self.project_id) for client in (self.operator, self.player))
        return ERRORS | {"liveops": liveops, "player": player}


@pytest.fixture
def stage_for(
    liveops_server: LiveOpsServer, liveops_admin: AuthenticatedClient, liveops_user: Callable[[str], AuthenticatedClient]
) -> Callable[[str], Stage]:
    """A project with a sword, potions, a player, and what else the example of an area tells of."""

    def furnished(area: str) -> Stage:
        stage = Stage(liveops_admin, liveops_user("ann"), liveops_server.project_id)
        liveops_server.control.put_item("sword")
        liveops_server.control.put_user("ann")
        liveops_server.control.put_item("potion", limits={"per_user": 5})
        if area == "clans":
            a_chain_for_clans(stage, liveops_server.control)
        return stage

    return furnished


def example_of(area: str, prefix: str) -> list[doctest.Example]:
    """What help() shows for a class of an area."""
    kind = vars(importlib.import_module(f"xsolla_liveops.areas.{area}"))[f"{prefix}{area.title().replace('_', '')}Area"]
    return doctest.DocTestParser().get_examples(inspect.getdoc(kind) or "")


@pytest.mark.parametrize("area", AREAS)
def test_the_example_of_an_area_runs(area: str, stage_for: Callable[[str], Stage]) -> None:
    """Who copies the example that help() shows gets the answers that it shows."""
    examples = example_of(area, "")
    names = stage_for(area).names(LiveOps)
    told: list[str] = []
    result = doctest.DocTestRunner(verbose=False).run(doctest.DocTest(examples, names, area, None, 0, None), out=told.append)

    assert examples, f"{area} shows no example"
    assert result.failed == 0, "".join(told)


@pytest.mark.parametrize("area", AREAS)
def test_the_awaited_example_of_an_area_runs(area: str, stage_for: Callable[[str], Stage]) -> None:
    """And so does who copies that of the async class into `python -m asyncio`."""
    examples = example_of(area, "Async")
    names = stage_for(area).names(AsyncLiveOps)
    flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    told: list[tuple[str, str]] = []
    with asyncio.Runner() as runner:
        for example in examples:
            answer = io.StringIO()
            with contextlib.redirect_stdout(answer):
                coroutine = eval(compile(example.source, area, "single", flags), names)  # noqa: S307 - our own example
                if inspect.iscoroutine(coroutine):
                    runner.run(coroutine)
            told.append((example.source, answer.getvalue()))

    assert any("await " in source for source, _ in told)
    assert told == [(example.source, example.want) for example in examples]
