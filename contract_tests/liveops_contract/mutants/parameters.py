"""Mutants of what stands in a path or in a query: every constraint of a parameter, and parameters that do nothing."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any
from urllib.parse import parse_qsl, urlencode

from xsolla_liveops.bundle import load_bundle

from liveops_contract.description import Operation, Parameter, operations, resolved
from liveops_contract.mutants.changing import changed, stage_with
from liveops_contract.mutants.equivalence import same_for_all
from liveops_contract.mutants.mutant import Mutant
from liveops_contract.mutants.schema_steps import Step, steps
from liveops_contract.mutants.spoiling import Asked, Secrets, spoiled

Json = Any
# A parameter is read from text: there is no null, and what has another type is another text.
NOT_IN_TEXT = ("null", "type")


def mutants() -> Iterator[Mutant]:
    """Every mutant of every parameter of every operation."""
    for number, operation in enumerate(operations()):
        for parameter in operation.parameters:
            # The number of the project is one parameter that all share: its bounds are one promise.
            if parameter.name != "project_id" or not number:
                yield from _of_schema(operation, parameter)
            if parameter.place == "query":
                yield from _of_presence(operation, parameter)


def _of_schema(operation: Operation, parameter: Parameter) -> Iterator[Mutant]:
    schema = resolved(parameter.schema)
    for step in steps(schema):
        if step.kind.split()[0] not in NOT_IN_TEXT:
            source = {**_source(operation, parameter), "schema": changed(schema, step.pointer, step.value)}
            make = partial(_with_parameter, operation, source)
            place = f"{parameter.place} {parameter.name}"
            reason = _cannot_be_empty(parameter, step) or same_for_all(step, parameter.name)
            yield Mutant("parameter", step.kind, (operation.id,), place, step.change, make, equivalent=reason)


def _cannot_be_empty(parameter: Parameter, step: Step) -> str:
    if step.value != 0 or step.pointer[-1] not in ("minLength", "minItems"):
        return ""
    if step.pointer == ("minItems",):
        return "A query parameter that is given has at least one value: an empty list is a parameter that is left out."
    return "An empty text is no segment of a path: it leads to another operation or to none." if parameter.place == "path" else ""


def _of_presence(operation: Operation, parameter: Parameter) -> Iterator[Mutant]:
    place, source = f"query {parameter.name}", _source(operation, parameter)
    other = {**source, "required": not parameter.required}
    kind, change = ("loosened", "may be missing") if parameter.required else ("tightened", "has to be there")
    make = partial(_with_parameter, operation, other)
    yield Mutant("parameter", f"required {kind}", (operation.id,), place, change, make)
    make = partial(spoiled, operation, request=partial(_without, parameter))
    yield Mutant("parameter", "parameter ignored", (operation.id,), place, "a valid value changes nothing", make, ("laws",))


def _source(operation: Operation, parameter: Parameter) -> Json:
    item = load_bundle()["paths"][operation.path]
    parts = [*item.get("parameters", []), *item[operation.method.lower()].get("parameters", [])]
    found: Json = next(part for part in map(resolved, parts) if (part["name"], part["in"]) == (parameter.name, parameter.place))
    return found


def _with_parameter(operation: Operation, source: Json) -> Any:
    """A mock that reads this parameter as the changed copy says, and every other as before."""
    method = operation.method.lower()
    own = load_bundle()["paths"][operation.path][method].get("parameters", [])
    kept = [part for part in own if (resolved(part)["name"], resolved(part)["in"]) != (source["name"], source["in"])]
    return stage_with(("paths", operation.path, method, "parameters"), [*kept, source])


def _without(parameter: Parameter, asked: Asked, __: Secrets) -> Asked:
    path, _, query = asked.target.partition("?")
    pairs = parse_qsl(query, keep_blank_values=True)
    texts = [text for other, text in pairs if other == parameter.name]
    if not texts or not parameter.allows_all(texts):
        return asked
    kept = urlencode([pair for pair in pairs if pair[0] != parameter.name])
    return replace(asked, target=f"{path}?{kept}" if kept else path)
