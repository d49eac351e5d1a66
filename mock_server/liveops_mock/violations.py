"""Every way in which a value leaves its schema, in words: pointer, rule, what was expected, what was found.

A validator answers a broken choice (`oneOf`, `anyOf`) with the faults of all branches together. So values are listed against
a copy of the schemas in which each choice is spelled out: if the value says which branch it means, then that branch.
"""

from typing import Any

import orjson

Json = Any
Violation = dict[str, str]
SHOWN = 200
CHOICES = ("oneOf", "anyOf")


def violation(pointer: str, rule: str, expected: str, got: Json) -> Violation:
    """One entry of `errorMessageExtended`."""
    return {"pointer": pointer, "rule": rule, "expected": expected[:SHOWN], "got": show(got)}


def show(value: Json) -> str:
    """A value as JSON, cut to what a message can bear."""
    return (str(value) if type(value) is int else orjson.dumps(value).decode())[:SHOWN]  # orjson knows 64 bits alone


def list_violations(validator: Any, value: Json, place: str) -> list[Violation]:
    """All violations that a validator with spelled-out choices finds; at least one, for what it judges was refused already."""
    found = [read_error(error, place) for error in validator.iter_errors(value)]
    return found or [violation(place, "oneOf", "exactly one of the described forms", value)]


def read_error(error: Any, place: str) -> Violation:
    """One fault of the validator, in words."""
    where = place + "".join(["/" + escape(part) for part in error.instance_path])
    kind = error.kind
    return violation(where, kind.name, expectation(kind.name, kind.value, error), error.instance)


def expectation(rule: str, limit: Json, error: Any) -> str:
    """What the broken keyword asks for."""
    if rule == "required":
        return f"the property `{limit}`"
    if rule == "uniqueItems":
        return "each element once"
    if rule in ("additionalProperties", "propertyNames", "format", "type"):
        return str(error.message)
    return f"{rule} {limit if isinstance(limit, str) else show(limit)}"


def escape(part: str | int) -> str:
    """One part of a JSON pointer."""
    return str(part).replace("~", "~0").replace("/", "~1")


def spelled_out(node: Json, schemas: Json) -> Json:
    """The same schemas with every choice as a chain of `if`, `then`, `else`."""
    if isinstance(node, list):
        return [spelled_out(part, schemas) for part in node]
    if not isinstance(node, dict):
        return node
    plain = {key: spelled_out(part, schemas) for key, part in node.items() if key not in CHOICES}
    for keyword in CHOICES:
        if keyword in node:
            plain |= chain(
                [spelled_out(branch, schemas) for branch in node[keyword]], [resolved(part, schemas) for part in node[keyword]]
            )
    return plain


def resolved(branch: Json, schemas: Json) -> Json:
    """The branch itself, where a reference stands for it."""
    while "$ref" in branch:
        branch = schemas[branch["$ref"].rpartition("/")[2]]
    return branch


def chain(branches: list[Json], sources: list[Json]) -> Json:
    """If the value means the first branch then that one, else the others; what means none has to be like the last."""
    if all(source.get("type") != "null" for source in sources):
        return among(list(zip(branches, sources, strict=True)))
    others = [(branch, source) for branch, source in zip(branches, sources, strict=True) if source.get("type") != "null"]
    return {"if": {"type": "null"}, "else": among(others)}


def among(branches: list[tuple[Json, Json]]) -> Json:
    """A choice without null."""
    (branch, source), *others = branches
    if not others:
        return branch
    return {"if": meant(source, [other for _, other in others]), "then": branch, "else": among(others)}


def meant(source: Json, others: list[Json]) -> Json:
    """What shows that a branch is meant: its constants, or else a name that none of the others knows."""
    properties = source.get("properties", {})
    constants = {name: part for name, part in properties.items() if "const" in part}
    if constants:
        return {"properties": constants, "required": sorted(constants)}
    foreign = {name for other in others for name in other.get("properties", {})} - properties.keys()
    return (
        {"not": {"anyOf": [{"required": [name]} for name in sorted(foreign)]}}
        if foreign
        else {"type": source.get("type", "object")}
    )
