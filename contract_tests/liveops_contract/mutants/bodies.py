"""Mutants of what may be sent: every constraint of a body, and the announcement of the body itself."""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache, partial
from typing import Any

from xsolla_liveops.bundle import load_bundle

from liveops_contract.api import encoded
from liveops_contract.description import Operation, operations
from liveops_contract.mutants.changing import Pointer, stage_with
from liveops_contract.mutants.equivalence import same_for_all
from liveops_contract.mutants.mutant import Mutant
from liveops_contract.mutants.schema_steps import Step, steps
from liveops_contract.mutants.spoiling import Asked, Secrets, spoiled

Json = Any
SCHEMAS: Pointer = ("components", "schemas")


def mutants() -> Iterator[Mutant]:
    """Every mutant of a component that a body is made of, and two for each operation that takes a body."""
    for name, users in users_of_components().items():
        for step in steps(load_bundle()["components"]["schemas"][name]):
            yield _of_step(name, step, users)
    for operation in operations():
        if operation.body is not None:
            yield from _announced(operation)


def _of_step(name: str, step: Step, users: tuple[str, ...]) -> Mutant:
    pointer = (*SCHEMAS, name, *step.pointer)
    place = "/".join((name, *map(str, step.place)))
    first = ("near misses", "rules")
    make = partial(stage_with, pointer, step.value)
    return Mutant("request shape", step.kind, users, place, step.change, make, first, same_for_all(step, name))


def _announced(operation: Operation) -> Iterator[Mutant]:
    example = encoded(operation.example_body)

    def without_body(asked: Asked, _: Secrets) -> Asked:
        return (
            asked if asked.body else replace(asked, body=example, headers={**asked.headers, "content-type": "application/json"})
        )

    def as_json(asked: Asked, _: Secrets) -> Asked:
        return replace(asked, headers={**asked.headers, "content-type": "application/json"})

    for kind, change, spoil in (
        ("body loosened", "no body is taken", without_body),
        ("media type loosened", "any media type is taken", as_json),
    ):
        make = partial(spoiled, operation, request=spoil)
        yield Mutant("request shape", kind, (operation.id,), "body", change, make, ("bodies",))


@cache
def users_of_components() -> Mapping[str, tuple[str, ...]]:
    """The components that bodies are made of, each with the operations that take it, the nearest first."""
    found: dict[str, list[tuple[int, int, str]]] = {}
    for number, operation in enumerate(operations()):
        for name, depth in _reached(operation.body or {}).items():
            found.setdefault(name, []).append((depth, number, operation.id))
    return {name: tuple(user for _, _, user in sorted(users)) for name, users in found.items()}


def _reached(schema: Json) -> dict[str, int]:
    """The components that a schema leads to, each with the number of references on the way."""
    depths: dict[str, int] = {}
    waiting = deque([(schema, 1)])
    while waiting:
        node, depth = waiting.popleft()
        for name in references(node):
            if name not in depths:
                depths[name] = depth
                waiting.append((load_bundle()["components"]["schemas"][name], depth + 1))
    return depths


def references(node: Json) -> Iterator[str]:
    """The components that a schema names."""
    if isinstance(node, Mapping):
        if "$ref" in node:
            yield node["$ref"].rpartition("/")[2]
        for part in node.values():
            yield from references(part)
    elif isinstance(node, list):
        for part in node:
            yield from references(part)
