"""The bundle as the suite reads it: operations, their parts, and validators that are compiled once."""

import copy
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from typing import Any, Literal

from jsonschema_rs import Draft202012Validator, Registry, is_valid
from xsolla_liveops.bundle import bundle_path, load_bundle
from xsolla_liveops.field_rules import broken_rules

from liveops_contract.closing import closed_components, closed_schema

Json = Any
Schema = Mapping[str, Json]
METHODS = ("get", "put", "post", "delete", "patch")
OPEN, CLOSED = "urn:liveops:open", "urn:liveops:closed"


@dataclass(frozen=True)
class Parameter:
    """One parameter of the path or of the query."""

    name: str
    place: Literal["path", "query"]
    required: bool
    schema: Schema = field(hash=False)
    example: Json = field(hash=False)
    in_route: bool = False  # whether a text outside of the pattern has no route at all

    def reads(self, text: str) -> Json:
        """The value that a text stands for: a number where one is asked for and the text is a plain decimal."""
        digits = text.removeprefix("-")
        asked = resolved(self.schema).get("type")
        if asked == "integer" and digits.isascii() and digits.isdigit():
            return int(text)
        return {"true": True, "false": False}.get(text, text) if asked == "boolean" else text

    @property
    def is_list(self) -> bool:
        """Whether the parameter may be given several times."""
        return bool(resolved(self.schema).get("type") == "array")

    def allows(self, text: str) -> bool:
        """Whether the description takes this text as a value, or as the only one of a list."""
        return validator(self.schema).is_valid([text] if self.is_list else self.reads(text))

    def has_route(self, text: str) -> bool:
        """Whether a path with this text leads to the operation, be the text allowed or not."""
        return not self.in_route or is_valid({"pattern": resolved(self.schema)["pattern"]}, text)

    def allows_all(self, texts: list[str]) -> bool:
        """Whether the description takes these texts together."""
        return validator(self.schema).is_valid(texts) if self.is_list else len(texts) == 1 and self.allows(texts[0])


@dataclass(frozen=True)
class Response:
    """What an operation may answer with one status."""

    status: int
    schema: Schema | None = field(hash=False)
    headers: Mapping[str, Schema] = field(hash=False)
    codes: tuple[int, ...] = ()  # of the refusals that the description shows with this status


@dataclass(frozen=True)
class Operation:
    """One documented call."""

    id: str
    area: str
    method: str
    path: str
    aliases: tuple[str, ...]
    security: Literal["admin", "user"]
    without_login: bool  # whether the headers of a cart without login sign it as well as a token
    parameters: tuple[Parameter, ...] = field(hash=False)
    body: Schema | None = field(hash=False)
    body_required: bool
    examples: Mapping[str, Json] = field(hash=False)
    responses: Mapping[int, Response] = field(hash=False)
    rule_codes: tuple[int, ...]  # with which a rule of the game may refuse what has the right shape
    may_be_repeated: bool  # whether a second call does nothing that the first one did not

    @property
    def spellings(self) -> tuple["Operation", ...]:
        """The operation at its own path and at each older one that serves it too."""
        return self, *(replace(self, path=path) for path in self.aliases)

    @property
    def reads_only(self) -> bool:
        """Whether the call changes nothing."""
        return self.method == "GET"

    @property
    def example_body(self) -> Json:
        """A valid body that the caller may change; None where the operation takes none."""
        return copy.deepcopy(next(iter(self.examples.values()), None))

    @cached_property
    def path_examples(self) -> dict[str, Json]:
        """A valid value for each parameter of the path but the project's number."""
        return {p.name: p.example for p in self.parameters if p.place == "path" and p.name != "project_id"}

    @cached_property
    def query_examples(self) -> dict[str, Json]:
        """A valid value for each parameter of the query that has to be given."""
        return {p.name: p.example for p in self.parameters if p.place == "query" and p.required}

    def parameter(self, name: str) -> Parameter:
        """The parameter of this name."""
        return next(p for p in self.parameters if p.name == name)

    def allows_body(self, body: Json) -> bool:
        """Whether the description takes this body: its shape, and the rules that cross its fields."""
        return self.body is not None and validator(self.body).is_valid(body) and not broken_rules(self.id, body)


def resolved(node: Json) -> Json:
    """The part that a reference names; anything else as it is."""
    while isinstance(node, Mapping) and "$ref" in node:
        target: Json = load_bundle()
        for part in str(node["$ref"]).removeprefix("#/").split("/"):
            target = target[part.replace("~1", "/").replace("~0", "~")]
        node = target
    return node


@cache
def operations() -> tuple[Operation, ...]:
    """Every operation, by area and by its place in the description."""
    found = [
        _operation(path, method, item) for path, item in load_bundle()["paths"].items() for method in METHODS if method in item
    ]
    return tuple(sorted(found, key=lambda operation: (operation.area, operation.path, operation.method)))


@cache
def operation_table() -> dict[str, Operation]:
    """Every operation under its operationId."""
    return {operation.id: operation for operation in operations()}


@cache
def areas() -> tuple[str, ...]:
    """The areas of the description in its own order."""
    return tuple(tag["name"] for tag in load_bundle()["tags"])


@cache
def methods_of_paths() -> dict[str, tuple[str, ...]]:
    """The documented methods of every documented path, older paths among them."""
    table: dict[str, tuple[str, ...]] = {}
    for path, item in load_bundle()["paths"].items():
        known = tuple(sorted(method.upper() for method in METHODS if method in item))
        table.update(dict.fromkeys([path, *item.get("x-aliases", [])], known))
    return table


@cache
def fingerprint() -> tuple[str, str]:
    """Version of the description and checksum of the bundle."""
    return load_bundle()["info"]["version"], hashlib.sha256(bundle_path().read_bytes()).hexdigest()


def _operation(path: str, method: str, item: Schema) -> Operation:
    source = item[method]
    body = resolved(source.get("requestBody"))
    content = body["content"]["application/json"] if body else {}
    schemes = {scheme for requirement in source["security"] for scheme in requirement}
    return Operation(
        id=source["operationId"],
        area=source["tags"][0],
        method=method.upper(),
        path=path,
        aliases=tuple(item.get("x-aliases", ())),
        security="admin" if "basicAuth" in schemes else "user",
        without_login="UnauthorizedCartId" in schemes,
        parameters=tuple(_parameter(part) for part in [*item.get("parameters", []), *source.get("parameters", [])]),
        body=content.get("schema"),
        body_required=bool(body and body.get("required")),
        examples={name: resolved(example)["value"] for name, example in content.get("examples", {}).items()},
        responses={int(status): _response(int(status), part) for status, part in sorted(source["responses"].items())},
        rule_codes=tuple(source.get("x-rule-codes", ())),
        may_be_repeated=method in {"get", "put", "delete"} and "x-not-idempotent" not in source,
    )


def _parameter(part: Json) -> Parameter:
    source = resolved(part)
    schema = resolved(source["schema"])
    example = source.get("example", next(iter(schema.get("examples", [])), None))
    required, in_route = source.get("required", False), source.get("x-in-route", False)
    return Parameter(source["name"], source["in"], required, source["schema"], example, in_route)


def _response(status: int, part: Json) -> Response:
    source = resolved(part)
    headers = {name: resolved(header)["schema"] for name, header in source.get("headers", {}).items()}
    content = source.get("content", {}).get("application/json", {})
    shown = [resolved(example)["value"] for example in content.get("examples", {}).values()] if status >= 400 else []
    return Response(status, content.get("schema"), headers, tuple(value["errorCode"] for value in shown))


@cache
def _registry() -> Registry:
    schemas = load_bundle()["components"]["schemas"]
    resources = {OPEN: {"components": {"schemas": schemas}}, CLOSED: {"components": {"schemas": closed_components(schemas)}}}
    return Registry(list(resources.items()))


_compiled: dict[tuple[int, str], tuple[Schema, Draft202012Validator]] = {}


def validator(schema: Schema, *, closed: bool = False) -> Draft202012Validator:
    """The compiled form of a schema of the description; closed, it allows nothing that is not described."""
    base = CLOSED if closed else OPEN
    key = (id(schema), base)
    if key not in _compiled:
        rooted = _rooted(closed_schema(schema) if closed else schema, base)
        # The schema is kept beside its validator, so that its id is not given to another object.
        _compiled[key] = (schema, Draft202012Validator(rooted, registry=_registry(), validate_formats=True))
    return _compiled[key][1]


def _rooted(node: Json, base: str) -> Json:
    if isinstance(node, list):
        return [_rooted(part, base) for part in node]
    if not isinstance(node, Mapping):
        return node
    return {key: base + part if key == "$ref" else _rooted(part, base) for key, part in node.items()}
