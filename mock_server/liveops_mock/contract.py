"""The description as the mock reads it: operations, their validators, and the table that finds them by path and method."""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import jsonschema_rs
from xsolla_liveops.field_rules import Check, compiled

from .messages import Request
from .problems import MethodNotAllowed, NoSuchOperation
from .violations import spelled_out

Json = Any
METHODS = ("get", "put", "post", "delete", "patch")
WITHOUT_LOGIN = "UnauthorizedCartId"


@dataclass(frozen=True, slots=True, eq=False)
class Parameter:
    """One path or query parameter."""

    name: str
    place: str
    is_integer: bool
    is_list: bool
    required: bool
    default: Json
    schema: Json
    validator: jsonschema_rs.Validator
    route: jsonschema_rs.Validator | None = None  # its pattern, where that belongs to the route


@dataclass(frozen=True, slots=True, eq=False)
class Operation:
    """One operation of the description, ready to be asked."""

    id: str
    method: str
    path: str
    security: str | None
    path_parameters: tuple[Parameter, ...]
    query_parameters: dict[str, Parameter]
    body: str | None  # pointer to the schema of the body
    replies: dict[int, str | None]  # status → pointer to the schema of the reply, None for a reply without body
    places: tuple[int, ...]  # where the path has its parameters, among its segments
    opens_project: bool = False
    field_rules: Check | None = None  # finds the rules across fields that a body breaks
    without_login: bool = False  # whether the headers of a cart without login sign it as well as a token
    rule_codes: tuple[int, ...] | None = None  # codes with which the game may refuse; None where the description does not say
    is_picky: bool = False  # whether its route goes by the pattern of a parameter


@dataclass(slots=True, eq=False)
class Node:
    """One step of the path table."""

    literal: dict[str, "Node"] = field(default_factory=dict)
    parameter: "Node | None" = None
    operations: dict[str, Operation] = field(default_factory=dict)


class Schemas(dict[str, jsonschema_rs.Validator]):
    """The validators by pointer, each compiled when it is first asked for: a description has hundreds, a caller few."""

    def __init__(self, schemas: Json) -> None:
        super().__init__()
        self._source = {"components": {"schemas": schemas}}

    def __missing__(self, pointer: str) -> jsonschema_rs.Validator:
        self[pointer] = jsonschema_rs.validator_for({"$ref": pointer, **self._source}, validate_formats=True)
        return self[pointer]


class Contract:
    """A whole description: finds the operation of a request, and holds the compiled schemas."""

    def __init__(self, document: Json) -> None:
        self.document = document
        self._spelled_out: Json = None
        self._listing: dict[str, jsonschema_rs.Validator] = {}
        self.schemas = Schemas(document["components"]["schemas"])
        self.operations: dict[str, Operation] = {}
        self._root = Node()
        for path, item in document["paths"].items():
            shared = item.get("parameters", [])
            for method in METHODS:
                if method in item:
                    operation = self._read(method, path, item[method], shared)
                    self.operations[operation.id] = operation
                    for alias in [path, *item.get("x-aliases", [])]:
                        self._enter(alias, operation)

    def lister(self, pointer: str) -> jsonschema_rs.Validator:
        """A validator that names each fault of a value alone; compiled when it is first asked for."""
        if pointer not in self._listing:
            schemas = self.document["components"]["schemas"]
            if not self._spelled_out:
                self._spelled_out = {"components": {"schemas": spelled_out(schemas, schemas)}}
            self._listing[pointer] = jsonschema_rs.validator_for({"$ref": pointer, **self._spelled_out}, validate_formats=True)
        return self._listing[pointer]

    def resolve(self, node: Json) -> Json:
        """The thing itself, where a reference may stand for it."""
        while isinstance(node, dict) and "$ref" in node:
            target = self.document
            for part in node["$ref"][2:].split("/"):
                target = target[int(part)] if isinstance(target, list) else target[part]
            node = target
        return node

    def _read(self, method: str, path: str, source: Json, shared: Json) -> Operation:
        parameters = [self._parameter(self.resolve(part)) for part in [*shared, *source.get("parameters", [])]]
        by_name = {parameter.name: parameter for parameter in parameters if parameter.place == "path"}
        names = [part[1:-1] for part in path.split("/") if part.startswith("{")]
        body = (
            self.resolve(source["requestBody"])["content"]["application/json"]["schema"]["$ref"]
            if "requestBody" in source
            else None
        )
        replies = {int(status): self._reply(self.resolve(response)) for status, response in source["responses"].items()}
        security = next((scheme for requirement in source.get("security", []) for scheme in requirement), None)
        return Operation(
            source["operationId"],
            method.upper(),
            path,
            security,
            tuple(by_name[name] for name in names),
            {parameter.name: parameter for parameter in parameters if parameter.place == "query"},
            body,
            replies,
            tuple(place for place, part in enumerate(path.strip("/").split("/")) if part.startswith("{")),
            source.get("x-opens-project", False),
            compiled(self.document, {"$ref": body}) if body else None,
            any(WITHOUT_LOGIN in requirement for requirement in source.get("security", [])),
            tuple(source.get("x-rule-codes", ())) if "x-source" in source else None,
            any(parameter.route for parameter in by_name.values()),
        )

    def _parameter(self, source: Json) -> Parameter:
        schema = self.resolve(source["schema"])
        return Parameter(
            source["name"],
            source["in"],
            schema["type"] == "integer",
            schema["type"] == "array",
            source.get("required", False),
            schema.get("x-server-default"),
            schema,
            jsonschema_rs.validator_for(schema, validate_formats=True),
            jsonschema_rs.validator_for({"pattern": schema.get("pattern", "")}) if source.get("x-in-route") else None,
        )

    def _reply(self, response: Json) -> str | None:
        content = response.get("content", {})
        return content["application/json"]["schema"]["$ref"] if content else None

    def _enter(self, path: str, operation: Operation) -> None:
        node = self._root
        for part in path.strip("/").split("/"):
            if part.startswith("{"):
                node.parameter = node.parameter or Node()
                node = node.parameter
            else:
                node = node.literal.setdefault(part, Node())
        node.operations[operation.method] = operation

    def find(self, request: Request) -> tuple[Operation, list[str]]:
        """The operation of a request and the values of its path parameters, in the order of the path."""
        node = locate(self._root, request.segments)
        if node is None:
            asked = "/" + "/".join(request.segments)
            raise NoSuchOperation(
                f"Requested endpoint {asked[:200]!r} does not exist; the paths are listed in the API description"
            )
        operation = node.operations.get(request.method)
        if operation is None:
            allowed = ", ".join(sorted(node.operations))
            message = f"Method {request.method[:20]} is not allowed here. Method must be one of: {allowed}"
            raise MethodNotAllowed(message, headers=[("allow", allowed)])
        values = [request.segments[place] for place in operation.places]  # aliases have them at the same places
        if operation.is_picky:
            require_route(operation, values)
        return operation, values


def require_route(operation: Operation, values: list[str]) -> None:
    """Refuse a value of a path parameter that is outside of the pattern of the route."""
    for parameter, value in zip(operation.path_parameters, values, strict=True):
        if parameter.route and not parameter.route.is_valid(value):
            known = f"the route takes {parameter.name} by {parameter.schema['pattern']}, not {value[:200]!r}"
            raise MethodNotAllowed(
                f"Method is not allowed. Method must be one of: OPTIONS; {known}", headers=[("allow", "OPTIONS")]
            )


@lru_cache(maxsize=1024)
def locate(root: Node, segments: tuple[str, ...]) -> Node | None:
    """Where a path leads. The same path is walked once."""
    return walk(root, segments, 0)


def walk(node: Node, segments: tuple[str, ...], place: int) -> Node | None:
    """Follow the segments; a literal goes before a parameter, and a wrong turn is taken back."""
    if place == len(segments):
        return node if node.operations else None
    step = node.literal.get(segments[place])
    if step is not None:
        found = walk(step, segments, place + 1)
        if found is not None:
            return found
    return walk(node.parameter, segments, place + 1) if node.parameter is not None else None
