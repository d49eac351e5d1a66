"""Every way in which a value leaves its schema, in words: pointer, rule, what was expected, what was found."""

from typing import Any

import orjson

from .contract import Contract

Json = Any
Violation = dict[str, str]
SHOWN = 200


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
        where = place + "".join(f"/{escape(part)}" for part in error.instance_path)
        rule = error.kind.name
        if rule in ("oneOf", "anyOf"):
            at = "#/" + "/".join(str(part) for part in error.schema_path[:-1])
            found += list_violations(contract, at, error.instance, where)
        else:
            found.append(violation(where, rule, expectation(rule, error), error.instance))
    return found


def choices(contract: Contract, pointer: str) -> list[str]:
    """Pointers to the branches, where a schema is a choice between schemas."""
    schema = contract.resolve({"$ref": pointer})
    for keyword in ("oneOf", "anyOf"):
        if keyword in schema:
            return [branch.get("$ref", f"{pointer}/{keyword}/{number}") for number, branch in enumerate(schema[keyword])]
    return []


def meant(contract: Contract, branches: list[str], value: Json) -> str:
    """The branch that fits best: right type, right constants, fewest names missing or unknown."""
    return min(branches, key=lambda branch: distance(contract.resolve({"$ref": branch}), value, contract))


def distance(schema: Json, value: Json, contract: Contract) -> int:
    """How far a value is from a branch, by what decides between branches."""
    kind = schema.get("type", "object" if "properties" in schema else None)
    if kind is None:
        return 1
    if not is_of(value, kind):
        return 3000 if kind == "null" else 2000
    if not isinstance(value, dict):
        return 0
    properties = schema.get("properties", {})
    wrong = [name for name, part in properties.items() if "const" in part and name in value and value[name] != part["const"]]
    strange = value.keys() - properties.keys() if schema.get("additionalProperties") is False else set()
    missing = set(schema.get("required", [])) - value.keys()
    return 100 * len(wrong) + len(strange) + len(missing)


def is_of(value: Json, kind: str | list[str]) -> bool:
    """Whether a value is of a JSON type."""
    names = {dict: "object", list: "array", str: "string", bool: "boolean", int: "integer", float: "number", type(None): "null"}
    name = names[type(value)]
    return name in kind or (name == "integer" and "number" in kind)


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
