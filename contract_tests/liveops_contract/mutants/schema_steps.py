"""One step away from a schema: every keyword of a node a little looser and a little tighter."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from liveops_contract.description import Schema, resolved
from liveops_contract.mutants.changing import REMOVED, Pointer
from liveops_contract.samples import sample

Json = Any
# Where a step up makes the schema looser, and where it makes it tighter.
UPPER, LOWER = ("maxLength", "maximum", "maxItems", "maxProperties"), ("minLength", "minimum", "minItems")
NOT_NEGATIVE = ("minLength", "minItems", "maxLength", "maxItems", "maxProperties")
PARTS = ("items", "additionalProperties", "propertyNames")
CHOICES = ("oneOf", "anyOf", "allOf")
STRANGE = {
    "string": "integer",
    "integer": "number",
    "number": "string",
    "boolean": "string",
    "array": "object",
    "object": "array",
}


@dataclass(frozen=True)
class Step:
    """Another value for one place of a schema; `node` is the schema around it, and `place` where that stands."""

    kind: str
    change: str
    pointer: Pointer
    value: Json
    node: Schema
    place: Pointer
    beside: tuple[Schema, ...] = ()  # the other forms, where the node is one form of `anyOf`


def steps(schema: Schema, place: Pointer = (), beside: tuple[Schema, ...] = ()) -> Iterator[Step]:
    """Every step from a schema and from the schemas within it; what a reference names is left to its own place."""
    for kind, change, tail, value in _here(schema):
        yield Step(kind, change, (*place, *tail), value, schema, place, beside)
    for key in PARTS:
        if isinstance(schema.get(key), Mapping):
            yield from steps(schema[key], (*place, key))
    for key in CHOICES:
        for number, branch in enumerate(schema.get(key, ())):
            others = tuple(other for at, other in enumerate(schema[key]) if at != number and key == "anyOf")
            yield from steps(branch, (*place, key, number), others)
    for name, part in schema.get("properties", {}).items():
        yield from steps(part, (*place, "properties", name))


Made = tuple[str, str, Pointer, Json]


def _here(schema: Schema) -> Iterator[Made]:
    yield from _bounds(schema)
    yield from _texts(schema)
    yield from _options(schema)
    yield from _members(schema)
    yield from _types(schema)
    yield from _branches(schema)
    for number, rule in enumerate(schema.get("x-rules", ())):
        others = [other for place, other in enumerate(schema["x-rules"]) if place != number]
        yield "rule across fields loosened", f"{' '.join(map(str, rule.values()))} dropped", ("x-rules",), others
    if schema.get("uniqueItems"):
        yield "uniqueItems loosened", "dropped", ("uniqueItems",), REMOVED


def _bounds(schema: Schema) -> Iterator[Made]:
    for keyword in (*UPPER, *LOWER):
        if keyword not in schema:
            continue
        for step in (1, -1):
            bound = schema[keyword] + step
            looser = (step > 0) == (keyword in UPPER)
            if bound >= 0 or keyword not in NOT_NEGATIVE:
                yield f"{keyword} {'loosened' if looser else 'tightened'}", f"{schema[keyword]} → {bound}", (keyword,), bound


def _texts(schema: Schema) -> Iterator[Made]:
    if "format" in schema:
        yield "format loosened", f"{schema['format']} dropped", ("format",), REMOVED
    pattern = schema.get("pattern")
    if pattern is None:
        return
    yield "pattern loosened", "dropped", ("pattern",), REMOVED
    if pattern.startswith("^") and "|" not in pattern:
        yield "pattern loosened", "the start is not looked at", ("pattern",), pattern[1:]
    if pattern.endswith("$") and "|" not in pattern:
        yield "pattern loosened", "the end is not looked at", ("pattern",), pattern[:-1]
    shown = sample(schema)
    yield (
        "pattern tightened",
        f"{shown!r} is refused",
        ("pattern",),
        f"^(?!{re.escape(str(shown))}$)(?:{pattern.removeprefix('^')})",
    )


def _options(schema: Schema) -> Iterator[Made]:
    if "const" in schema:
        yield "const loosened", "a second value", ("const",), REMOVED
    options = schema.get("enum", ())
    for option in options:
        if len(options) > 1:
            yield "enum tightened", f"{option!r} is refused", ("enum",), [other for other in options if other != option]
    if options:
        further = f"{options[-1]}x" if isinstance(options[-1], str) else options[-1] + 1
        yield "enum loosened", f"{further!r} is taken", ("enum",), [*options, further]


def _members(schema: Schema) -> Iterator[Made]:
    required = schema.get("required", [])
    for name in schema.get("properties", {}):
        if name in required:
            yield "required loosened", f"{name} may be missing", ("required",), [other for other in required if other != name]
        else:
            yield "required tightened", f"{name} has to be there", ("required",), [*required, name]
    if schema.get("additionalProperties") is False:
        yield "closed object loosened", "any further property is taken", ("additionalProperties",), REMOVED
    if "propertyNames" in schema:
        yield "propertyNames loosened", "any name is taken", ("propertyNames",), REMOVED
    for name, part in schema.get("properties", {}).items():
        if "$ref" in part and not takes_null(part):
            yield "null loosened", f"{name} may be null", ("properties", name), {"anyOf": [part, {"type": "null"}]}


def takes_null(schema: Schema) -> bool:
    """Whether null fits a schema, by its type or by one of its forms."""
    source = resolved(schema)
    kinds = source.get("type", [])
    within = any(takes_null(branch) for choice in ("oneOf", "anyOf") for branch in source.get(choice, ()))
    return within or "null" in ([kinds] if isinstance(kinds, str) else kinds)


def _types(schema: Schema) -> Iterator[Made]:
    kinds = schema.get("type")
    if kinds is None or kinds == "null":
        return
    several = [kinds] if isinstance(kinds, str) else list(kinds)
    if "null" in several:
        rest = [kind for kind in several if kind != "null"]
        yield "null tightened", "null is refused", ("type",), rest[0] if len(rest) == 1 else rest
    else:
        yield "null loosened", "null is taken", ("type",), [*several, "null"]
    if several[0] in STRANGE:
        yield "type loosened", f"{STRANGE[several[0]]} is taken", ("type",), [*several, STRANGE[several[0]]]


def _branches(schema: Schema) -> Iterator[Made]:
    for choice in ("oneOf", "anyOf"):
        branches = schema.get(choice, ())
        for number, branch in enumerate(branches):
            rest = [other for place, other in enumerate(branches) if place != number]
            if rest:
                is_null = resolved(branch).get("type") == "null"
                kind = "null tightened" if is_null else "branch tightened"
                yield kind, f"form {number + 1} of {choice} is refused", (choice,), rest
        if branches:
            yield "branch loosened", f"a further form of {choice} is taken", (choice,), [*branches, {"type": "boolean"}]
