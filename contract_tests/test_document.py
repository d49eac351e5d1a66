"""The description is true to itself, and the imports of the repository point the right way."""

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from liveops_contract.description import resolved, validator
from xsolla_liveops.bundle import load_bundle

Json = Any
ROOT = Path(__file__).resolve().parent.parent
METHODS = ("get", "put", "post", "delete", "patch")
SCRIPTS = {path.stem for path in (ROOT / "scripts").glob("*.py")}
# What the mock may use of the SDK.
OF_THE_SDK = ("xsolla_liveops.bundle.", "xsolla_liveops.field_rules.", "xsolla_liveops.violations.")
PACKAGES = {"xsolla_liveops", "liveops_mock", "liveops_contract"}


def operations() -> dict[str, tuple[str, Json]]:
    """Path and operation by operationId, the parameters of the path item included."""
    found = {}
    for path, item in load_bundle()["paths"].items():
        for method in METHODS:
            if method in item:
                parameters = [resolved(part) for part in [*item.get("parameters", []), *item[method].get("parameters", [])]]
                found[item[method]["operationId"]] = (path, {**item[method], "parameters": parameters})
    return found


def bodies(content: Json) -> Iterator[tuple[str, Json, Json]]:
    """Name, value and schema of each example of a body."""
    media = content.get("content", {}).get("application/json", {})
    for name, example in media.get("examples", {}).items():
        yield name, resolved(example)["value"], media["schema"]


def request_examples() -> Iterator[Any]:
    """Every example of every request body."""
    for identifier, (_, operation) in operations().items():
        for name, value, schema in bodies(operation.get("requestBody", {})):
            yield pytest.param(value, schema, id=f"{identifier}-{name}")


def answer_examples() -> Iterator[Any]:
    """Every example of every answer."""
    for identifier, (_, operation) in operations().items():
        for status, response in operation["responses"].items():
            for name, value, schema in bodies(resolved(response)):
                yield pytest.param(value, schema, id=f"{identifier}-{status}-{name}")


def parameter_examples() -> Iterator[Any]:
    """The example of every parameter."""
    for identifier, (_, operation) in operations().items():
        for parameter in operation["parameters"]:
            yield pytest.param(parameter["example"], parameter["schema"], id=f"{identifier}-{parameter['name']}")


def schemas_with(keyword: str) -> Iterator[tuple[str, Json]]:
    """Every schema under components that has the keyword, with the place."""
    waiting = [
        (name, node) for section in ("schemas", "parameters") for name, node in load_bundle()["components"][section].items()
    ]
    while waiting:
        place, node = waiting.pop()
        if isinstance(node, dict) and keyword in node and not isinstance(node[keyword], dict):
            yield place, node
        parts = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
        waiting += [(f"{place}/{key}", part) for key, part in parts]


def schema_examples() -> Iterator[Any]:
    """Every example that stands in a schema, and every default of the server."""
    for place, schema in schemas_with("examples"):
        yield from (pytest.param(value, schema, id=f"{place}-{number}") for number, value in enumerate(schema["examples"]))
    for place, schema in schemas_with("x-server-default"):
        yield pytest.param(schema["x-server-default"], schema, id=f"{place}-x-server-default")


def violations(value: Json, schema: Json, *, closed: bool = False) -> list[str]:
    """What the schema has against the value."""
    return [
        f"/{'/'.join(map(str, error.instance_path))}: {error.message}"
        for error in validator(schema, closed=closed).iter_errors(value)
    ]


@pytest.mark.parametrize(("value", "schema"), [*request_examples()])
def test_an_example_of_a_request_fits_its_schema(value: Json, schema: Json) -> None:
    """What the description shows as a request would be accepted."""
    assert violations(value, schema) == []


@pytest.mark.parametrize(("value", "schema"), [*answer_examples()])
def test_an_example_of_an_answer_fits_its_schema_with_nothing_undescribed(value: Json, schema: Json) -> None:
    """What the description shows as an answer carries no field that it does not describe."""
    assert violations(value, schema, closed=True) == []


@pytest.mark.parametrize(("value", "schema"), [*parameter_examples()])
def test_an_example_of_a_parameter_fits_its_schema(value: Json, schema: Json) -> None:
    """What the description shows in a path or a query would be accepted."""
    assert violations(value, schema) == []


@pytest.mark.parametrize(("value", "schema"), [*schema_examples()])
def test_an_example_or_default_of_a_schema_fits_it(value: Json, schema: Json) -> None:
    """What a schema shows of itself, and what the server takes for it, is allowed by it."""
    assert violations(value, schema) == []


def test_a_closed_answer_refuses_an_undescribed_field() -> None:
    """The check above has teeth: one field more, at any depth, is a violation."""
    schema = {"$ref": "#/components/schemas/ValuePointPage"}
    page = json.loads(json.dumps(load_bundle()["components"]["examples"]["ValuePointPage"]["value"]))
    page["items"][0]["undescribed"] = 1

    assert violations(page, schema, closed=True) != []


def test_the_bundle_is_what_the_sources_give() -> None:
    """Nobody edited the bundle, and nobody forgot to fold the sources again."""
    command = [sys.executable, str(ROOT / "scripts" / "bundle_spec.py"), "--check"]
    run = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)

    assert (run.returncode, run.stderr) == (0, "")


def test_every_link_leads_to_an_operation_by_its_own_parameters() -> None:
    """A link names an operation that exists and parameters that it has."""
    known = {name: {parameter["name"] for parameter in operation["parameters"]} for name, (_, operation) in operations().items()}
    links = [
        (link["operationId"], parameter)
        for _, operation in operations().values()
        for response in operation["responses"].values()
        for link in resolved(response).get("links", {}).values()
        for parameter in link["parameters"]
    ]

    assert [(name, parameter) for name, parameter in links if parameter not in known.get(name, set())] == []


def test_every_link_reads_a_field_that_the_example_has() -> None:
    """The pointer of a link finds a value in each example of its answer."""
    lost = []
    for name, (_, operation) in operations().items():
        for response in map(resolved, operation["responses"].values()):
            pointers = [value for link in response.get("links", {}).values() for value in link["parameters"].values()]
            fields = {pointer.removeprefix("$response.body#/") for pointer in pointers}
            lost += [(name, field) for field in fields for _, value, _ in bodies(response) if field not in value]

    assert lost == []


def test_every_operation_has_its_own_name() -> None:
    """No two operations share an operationId."""
    count = sum(method in item for item in load_bundle()["paths"].values() for method in METHODS)

    assert len(operations()) == count


def test_no_alias_is_a_path_of_another_operation() -> None:
    """An older path leads to one operation alone, whatever its parameters are called."""
    paths = load_bundle()["paths"]
    shapes = [re.sub(r"{[^}]*}", "{}", path) for path, item in paths.items() for path in [path, *item.get("x-aliases", [])]]

    assert sorted(shapes) == sorted(set(shapes))


def imported(path: Path) -> Iterator[tuple[str, str]]:
    """Module and name of each import of a file, relative ones spelled out."""
    module = module_name(path)
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            source = ".".join([*above, *([node.module] if node.module else [])])
            yield from ((source, alias.name) for alias in node.names)


def module_name(path: Path) -> str:
    """The dotted name that a file is imported by: counted from the folder on the import path."""
    parts = path.with_suffix("").relative_to(ROOT).parts[1:]
    return ".".join(part for part in parts if part != "__init__")


def allowed(module: str, source: str, name: str) -> bool:
    """Whether a file may use this name of this module."""
    home, ours = module.partition(".")[0], source.partition(".")[0]
    if ours not in PACKAGES | SCRIPTS:
        return True
    if home in SCRIPTS:
        return ours in SCRIPTS
    if home == "xsolla_liveops":
        return ours == home
    if home == "liveops_mock":
        return f"{source}.{name}.".startswith(OF_THE_SDK) or (ours == home and not between_areas(module, source, name))
    if ours in SCRIPTS:
        return module == "test_generator" and ours == "generate_client"  # the test of a step may look into that step
    return ours == "liveops_contract" or is_public(source, name)


def between_areas(module: str, source: str, name: str) -> bool:
    """Whether an area of the mock reaches into another one; the table of all areas may."""
    area, target = (dotted.partition("liveops_mock.domain.")[2].partition(".")[0] for dotted in (module, f"{source}.{name}"))
    return bool(area and target) and area != target


def is_public(source: str, name: str) -> bool:
    """Whether the suite may use it: what the front door of the mock exports, and names of the SDK without underscore."""
    if source == "liveops_mock":
        return not any((ROOT / "mock_server" / "liveops_mock" / file).exists() for file in (f"{name}.py", f"{name}/__init__.py"))
    return source.startswith("xsolla_liveops") and not any(part.startswith("_") for part in [*source.split("."), name])


@pytest.mark.parametrize("folder", ["mock_server", "contract_tests", "scripts", "generated_client"])
def test_imports_point_the_right_way(folder: str) -> None:
    """SDK and scripts know themselves alone, the mock the bundle, the suite public names of SDK and mock; areas are strangers."""
    files = sorted((ROOT / folder).rglob("*.py"))
    wrong = [
        f"{path.relative_to(ROOT)} uses {source} {name}".rstrip()
        for path in files
        for source, name in imported(path)
        if not allowed(module_name(path), source, name)
    ]

    assert wrong == []


@pytest.mark.parametrize(
    ("module", "source", "name"),
    [
        ("xsolla_liveops.client", "liveops_mock", "create_app"),
        ("liveops_mock.app", "xsolla_liveops", "LiveOps"),
        ("liveops_mock.app", "liveops_contract", "doors"),
        ("liveops_mock.domain.clans", "liveops_mock.domain", "value_points"),
        ("liveops_mock.domain.clans", "liveops_mock.domain.value_points", "balance"),
        ("liveops_contract.doors", "liveops_mock.world", "World"),
        ("liveops_contract.doors", "liveops_mock", "world"),
        ("liveops_contract.doors", "xsolla_liveops._private", "x"),
        ("test_teeth", "liveops_mock.domain.clans", "x"),
        ("test_build_steps", "lint_rules", "RULES"),
        ("lint_spec", "xsolla_liveops.bundle", "load_bundle"),
    ],
)
def test_a_wrong_arrow_is_noticed(module: str, source: str, name: str) -> None:
    """The check above has teeth: each of these arrows is refused."""
    assert not allowed(module, source, name)
