"""What help() says of an area of the SDK is what the description says."""

import doctest
import importlib
import inspect
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from document_blocks import ROOT
from liveops_contract.game_world import LiveOpsServer
from xsolla_liveops import AuthenticatedClient, LiveOps, LiveOpsError, errors

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


@pytest.mark.parametrize("area", AREAS)
def test_the_example_of_an_area_runs(
    area: str,
    liveops_server: LiveOpsServer,
    liveops_admin: AuthenticatedClient,
    liveops_user: Callable[[str], AuthenticatedClient],
) -> None:
    """Who copies the example that help() shows gets the answers that it shows."""
    number = liveops_server.project_id
    liveops_server.control.put_item("sword")
    liveops_server.control.put_user("ann")
    liveops = LiveOps(liveops_admin, project_id=number)
    names: dict[str, Any] = ERRORS | {"liveops": liveops, "player": LiveOps(liveops_user("ann"), project_id=number)}
    text = inspect.getdoc(type(getattr(liveops, area))) or ""
    example = doctest.DocTestParser().get_doctest(text, names, area, None, 0)
    told: list[str] = []
    result = doctest.DocTestRunner(verbose=False).run(example, out=told.append)

    assert example.examples, f"{area} shows no example"
    assert result.failed == 0, "".join(told)
