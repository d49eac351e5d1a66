"""What a lint rule is, and the walks through the description that rules share."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from bundle_spec import METHODS

Json = Any
Place = str

ONE_SCHEMA = ("items", "additionalProperties", "propertyNames", "contains", "not", "if", "then", "else", "unevaluatedProperties")
SCHEMA_LISTS = ("allOf", "anyOf", "oneOf", "prefixItems")
SCHEMA_MAPS = ("properties", "patternProperties", "$defs", "dependentSchemas")


@dataclass(frozen=True)
class Spec:
    """The folded document, and the text of every source file by its name."""

    document: Json = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)


class Finding(NamedTuple):
    """A place that breaks a rule, and what to write there instead."""

    at: Place
    write: str


class Rule(NamedTuple):
    """A habit that is checked, and the smallest description that breaks it."""

    check: Callable[[Spec], Iterator[Finding]]
    breaks: Spec

    @property
    def name(self) -> str:
        """The name of the function is the name of the rule."""
        return self.check.__name__

    @property
    def right_form(self) -> str:
        """What the docstring says."""
        return " ".join((self.check.__doc__ or "").split())


RULES: list[Rule] = []


def broken_by(breaks: Spec) -> Callable[[Callable[[Spec], Iterator[Finding]]], Rule]:
    """Turn a generator of findings into a rule that carries its own bad example."""

    def enter(check: Callable[[Spec], Iterator[Finding]]) -> Rule:
        rule = Rule(check, breaks)
        RULES.append(rule)
        return rule

    return enter


def operation(node: Json, **more: Json) -> Spec:
    """A description with this one operation, for bad examples."""
    return Spec({"paths": {"/things/{id}": {"get": node}}, **more})


def request(schema: Json) -> Spec:
    """A description with one operation that asks for this body."""
    return operation({"requestBody": {"content": {"application/json": {"schema": schema}}}})


def reply(schema: Json, status: str = "200") -> Spec:
    """A description with one operation that answers this."""
    return operation({"responses": {status: {"content": {"application/json": {"schema": schema}}}}})


def step(place: Place, *keys: str | int) -> Place:
    """The place one or more keys further down, as a JSON pointer."""
    return "/".join([place, *(str(key).replace("~", "~0").replace("/", "~1") for key in keys)])


def operations_at(document: Json) -> Iterator[tuple[Place, Json, Json]]:
    """Place, operation and path item of every operation."""
    for path, item in document.get("paths", {}).items():
        for method in METHODS:
            if method in item:
                yield step("#/paths", path, method), item[method], item


def resolved(document: Json, place: Place, node: Json) -> tuple[Place, Json]:
    """The node, or what its reference points at, with the place."""
    if "$ref" not in node:
        return place, node
    target = document
    for key in node["$ref"].removeprefix("#/").split("/"):
        target = target[key.replace("~1", "/").replace("~0", "~")]
    return node["$ref"], target


def within(place: Place, schema: Json) -> Iterator[tuple[Place, Json]]:
    """The schema and every schema written inside it; references are not followed."""
    if not isinstance(schema, dict):
        return
    yield place, schema
    for keyword in ONE_SCHEMA:
        yield from within(step(place, keyword), schema.get(keyword))
    for keyword in SCHEMA_LISTS:
        for number, part in enumerate(schema.get(keyword, [])):
            yield from within(step(place, keyword, number), part)
    for keyword in SCHEMA_MAPS:
        for name, part in schema.get(keyword, {}).items():
            yield from within(step(place, keyword, name), part)


def outermost(place: Place, node: Json) -> Iterator[tuple[Place, Json]]:
    """Schemas that stand under the word `schema`: of parameters, headers, requests and answers."""
    pairs = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, part in pairs:
        if key == "schema":
            yield step(place, key), part
        elif key not in ("schemas", "example", "examples"):
            yield from outermost(step(place, key), part)


def schemas(document: Json) -> Iterator[tuple[Place, Json]]:
    """Every schema of the whole document."""
    for name, schema in document.get("components", {}).get("schemas", {}).items():
        yield from within(step("#/components/schemas", name), schema)
    for place, schema in outermost("#", document):
        yield from within(place, schema)


def reachable(document: Json, place: Place, schema: Json, seen: dict[Place, Json]) -> None:
    """Collect the schema and all that it is made of, references followed."""
    for inner_place, inner in within(place, schema):
        if inner_place in seen:
            continue
        seen[inner_place] = inner
        if "$ref" in inner:
            reachable(document, *resolved(document, inner_place, inner), seen)


def body_schemas(document: Json) -> dict[Place, Json]:
    """Every schema that a request body is made of."""
    seen: dict[Place, Json] = {}
    for place, node, _ in operations_at(document):
        for inner_place, schema in outermost(step(place, "requestBody"), node.get("requestBody")):
            reachable(document, inner_place, schema, seen)
    return seen


def answer_schemas(document: Json) -> dict[Place, Json]:
    """Every schema that an answer is made of."""
    seen: dict[Place, Json] = {}
    for place, _, response in responses_at(document):
        for inner_place, schema in outermost(place, response):
            reachable(document, inner_place, schema, seen)
    return seen


def responses_at(document: Json) -> Iterator[tuple[Place, str, Json]]:
    """Place, status and content of every answer of every operation, references followed."""
    for place, node, _ in operations_at(document):
        for status, response in node.get("responses", {}).items():
            inner_place, inner = resolved(document, step(place, "responses", status), response)
            yield inner_place, status, inner


def parameters_at(document: Json) -> Iterator[tuple[Place, Json]]:
    """Every parameter of every operation, references followed; those of the path item come first."""
    for place, node, item in operations_at(document):
        path_place = place.rpartition("/")[0]
        for owner_place, owner in ((path_place, item), (place, node)):
            for number, parameter in enumerate(owner.get("parameters", [])):
                yield resolved(document, step(owner_place, "parameters", number), parameter)


def types(schema: Json) -> list[str]:
    """The types that a schema allows, as a list."""
    named = schema.get("type", [])
    return [named] if isinstance(named, str) else list(named)


def is_object(schema: Json) -> bool:
    """Whether the schema describes an object itself, not by reference."""
    return "object" in types(schema) or "properties" in schema
