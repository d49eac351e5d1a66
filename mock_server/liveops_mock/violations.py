"""Every way in which a value leaves its schema, in words: pointer, rule, what was expected, what was found."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import orjson

from .contract import Contract

Json = Any
Violation = dict[str, str]
SHOWN = 200
KINDS = {dict: "object", list: "array", str: "string", bool: "boolean", int: "integer", float: "number", type(None): "null"}


def violation(pointer: str, rule: str, expected: str, got: Json) -> Violation:
    """One entry of `errorMessageExtended`."""
    return {"pointer": pointer, "rule": rule, "expected": expected[:SHOWN], "got": show(got)}


def show(value: Json) -> str:
    """A value as JSON, cut to what a message can bear."""
    return orjson.dumps(value).decode()[:SHOWN]


def list_violations(contract: Contract, pointer: str, value: Json, place: str) -> list[Violation]:
    """All violations of the schema at `pointer`; of a choice between schemas, those of the branch that is meant."""
    found: list[Violation] = []
    branches = choices(contract, pointer)
    if branches:
        return list_violations(contract, meant(contract, branches, value), value, place)
    for error in contract.schemas[pointer].iter_errors(value):
        where = place + "".join(["/" + escape(part) for part in error.instance_path])
        rule = error.kind.name
        if rule in ("oneOf", "anyOf"):
            at = "#/" + "/".join(str(part) for part in error.schema_path[:-1])
            found += list_violations(contract, at, error.instance, where)
        else:
            found.append(violation(where, rule, expectation(rule, error), error.instance))
    return found


def meant(contract: Contract, branches: tuple["Branch", ...], value: Json) -> str:
    """The branch that fits best: right type, right constants, fewest names missing or unknown."""
    return min(branches, key=lambda branch: distance(branch, value)).pointer


@dataclass(frozen=True)
class Branch:
    """What decides whether a value means this one of several schemas."""

    pointer: str
    kinds: tuple[str, ...]
    constants: dict[str, Json]
    known: frozenset[str] | None
    required: frozenset[str]


@lru_cache(maxsize=4096)
def choices(contract: Contract, pointer: str) -> tuple[Branch, ...]:
    """The branches, where a schema is a choice between schemas."""
    schema = contract.resolve({"$ref": pointer})
    for keyword in ("oneOf", "anyOf"):
        if keyword in schema:
            pointers = [branch.get("$ref", f"{pointer}/{keyword}/{number}") for number, branch in enumerate(schema[keyword])]
            return tuple(read_branch(contract, at) for at in pointers)
    return ()


def read_branch(contract: Contract, pointer: str) -> Branch:
    """A branch by what decides."""
    schema = contract.resolve({"$ref": pointer})
    kind, properties = schema.get("type", []), schema.get("properties", {})
    return Branch(
        pointer,
        (kind,) if isinstance(kind, str) else tuple(kind),
        {name: part["const"] for name, part in properties.items() if "const" in part},
        frozenset(properties) if schema.get("additionalProperties") is False else None,
        frozenset(schema.get("required", [])),
    )


def distance(branch: Branch, value: Json) -> int:
    """How far a value is from a branch."""
    if branch.kinds and not is_of(value, branch.kinds):
        return 3000 if branch.kinds == ("null",) else 2000
    if not isinstance(value, dict):
        return 0
    wrong: int = sum(name in value and value[name] != constant for name, constant in branch.constants.items())
    strange = len(value.keys() - branch.known) if branch.known is not None else 0
    return 100 * wrong + strange + len(branch.required - value.keys())


def is_of(value: Json, kinds: tuple[str, ...]) -> bool:
    """Whether a value is of one of these JSON types."""
    name = KINDS[type(value)]
    return name in kinds or (name == "integer" and "number" in kinds)


def expectation(rule: str, error: Any) -> str:
    """What the broken keyword asks for."""
    limit = error.kind.value
    if rule == "required":
        return f"the property `{limit}`"
    if rule in ("additionalProperties", "propertyNames", "format", "type"):
        return str(error.message)
    return f"{rule} {limit if isinstance(limit, str) else show(limit)}"


def escape(part: str | int) -> str:
    """One part of a JSON pointer."""
    return str(part).replace("~", "~0").replace("/", "~1")
