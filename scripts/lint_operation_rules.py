"""Rules about operations: what callers, the mock and the suite need to be told of each."""

import re
from collections.abc import Iterator

from lint_rules import (
    Finding,
    Spec,
    broken_by,
    operation,
    operations_at,
    parameters_at,
    reply,
    request,
    resolved,
    responses_at,
    step,
)

READINGS = ("stated", "inferred")
EXTENSIONS = {
    *(
        "x-source",
        "x-aliases",
        "x-inferred-statuses",
        "x-server-default",
        "x-two-letter",
        "x-default-language",
        "x-generated",
        "x-rule-codes",
    ),
    *("x-rules", "x-in-route", "x-not-idempotent"),
}
ALWAYS = ("401", "404", "405", "422")
WITH_BODY = ("400", "413", "415")
ERROR = {"$ref": "#/components/schemas/Error"}


@broken_by(Spec({"openapi": "3.1.0"}))
def document_is_openapi(spec: Spec) -> Iterator[Finding]:
    """The folded document is valid OpenAPI 3.1."""
    from openapi_spec_validator import OpenAPIV31SpecValidator  # slow to import, and `--help` does not need it

    for error in OpenAPIV31SpecValidator(spec.document).iter_errors():
        yield Finding(step("#", *error.absolute_path), f"make this valid OpenAPI 3.1: {error.message[:200]}")


@broken_by(operation({"operationId": "getThing"}))
def operation_id_is_kebab_case(spec: Spec) -> Iterator[Finding]:
    """`operationId` is written in kebab-case, as published."""
    for place, node, _ in operations_at(spec.document):
        name = node.get("operationId", "")
        if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", name):
            yield Finding(place, f"write `operationId` in kebab-case instead of {name!r}")


@broken_by(Spec({"paths": {"/a": {"get": {"operationId": "a"}, "put": {"operationId": "a"}}}}))
def operation_id_is_unique(spec: Spec) -> Iterator[Finding]:
    """No two operations share an `operationId`."""
    first: dict[str, str] = {}
    for place, node, _ in operations_at(spec.document):
        name = node.get("operationId")
        if first.setdefault(name, place) != place:
            yield Finding(place, f"choose another `operationId`, {name!r} is taken by {first[name]}")


@broken_by(operation({"tags": ["coupons"]}))
def operation_has_one_declared_tag(spec: Spec) -> Iterator[Finding]:
    """Exactly one tag, which the front page declares."""
    declared = {tag["name"] for tag in spec.document.get("tags", [])}
    for place, node, _ in operations_at(spec.document):
        tags = node.get("tags", [])
        if len(tags) != 1 or not declared.issuperset(tags):
            yield Finding(
                place,
                f"write one of {', '.join(sorted(declared)) or 'the tags, once declared'} as the only tag instead of {tags}",
            )


@broken_by(operation({"description": "Reads it."}))
def operation_has_summary(spec: Spec) -> Iterator[Finding]:
    """A `summary`: a few words without a full stop."""
    for place, node, _ in operations_at(spec.document):
        summary = node.get("summary", "")
        if not summary or summary.endswith("."):
            yield Finding(place, "write a `summary` of a few words without a full stop")


@broken_by(operation({"description": "reads it"}))
def operation_is_described(spec: Spec) -> Iterator[Finding]:
    """A `description`: sentences that end in a full stop."""
    for place, node, _ in operations_at(spec.document):
        if not node.get("description", "").endswith("."):
            yield Finding(place, "write a `description` of whole sentences, the last one with a full stop")


@broken_by(operation({"x-source": {"document": "docs-page", "reading": "guessed"}}))
def operation_names_its_source(spec: Spec) -> Iterator[Finding]:
    """`x-source` names the `document`, and the `reading` (and that of single parts) is stated or inferred."""
    for place, node, _ in operations_at(spec.document):
        source = node.get("x-source", {})
        readings = [value for key, value in source.items() if key != "document"]
        if not source.get("document") or "reading" not in source or not set(readings) <= set(READINGS):
            yield Finding(place, f"write `x-source: {{ document: ..., reading: {' or '.join(READINGS)} }}` instead of {source}")


@broken_by(operation({}))
def operation_names_its_security(spec: Spec) -> Iterator[Finding]:
    """`security` stands on the operation itself, generators ignore the global one, and names a declared scheme."""
    declared = spec.document.get("components", {}).get("securitySchemes", {})
    for place, node, _ in operations_at(spec.document):
        names = [name for requirement in node.get("security", []) for name in requirement]
        if not names or not declared.keys() >= set(names):
            yield Finding(
                place,
                f"write `security` with one of {', '.join(sorted(declared)) or 'the schemes, once declared'} instead of {names}",
            )


@broken_by(operation({"responses": {"200": {"description": "Fine."}}}))
def refusals_are_documented(spec: Spec) -> Iterator[Finding]:
    """Each status that the order of refusal can give is documented: 401 404 405 422, with a body 400 413 415 too."""
    for place, node, _ in operations_at(spec.document):
        needed = {*ALWAYS, *(WITH_BODY if "requestBody" in node else ())}
        missing = sorted(needed - node.get("responses", {}).keys())
        if missing:
            yield Finding(place, f"document {', '.join(missing)}, or add them to `x-inferred-responses` of the front page")


@broken_by(operation({"responses": {"404": {"description": "Gone."}}}))
def answer_has_success(spec: Spec) -> Iterator[Finding]:
    """One status of success, and no answer called `default` or `2XX`."""
    for place, node, _ in operations_at(spec.document):
        statuses = [str(status) for status in node.get("responses", {})]
        if len([status for status in statuses if status.startswith("2")]) != 1 or not all(map(str.isdigit, statuses)):
            yield Finding(place, f"write exactly one status of success, and numbers only, instead of {', '.join(statuses)}")


@broken_by(reply({}))
def answer_has_example(spec: Spec) -> Iterator[Finding]:
    """Every answer with content has a named example."""
    for place, _, response in responses_at(spec.document):
        for kind, content in response.get("content", {}).items():
            if not content.get("examples"):
                yield Finding(step(place, "content", kind), "add `examples` with a named one, examples are tests")


@broken_by(request({}))
def request_body_has_example(spec: Spec) -> Iterator[Finding]:
    """Every request body has a named example."""
    for place, node, _ in operations_at(spec.document):
        for kind, content in node.get("requestBody", {}).get("content", {}).items():
            if not content.get("examples"):
                yield Finding(step(place, "requestBody/content", kind), "add `examples` with a named one, examples are tests")


@broken_by(operation({"requestBody": {"content": {"application/xml": {}}}}))
def body_is_json(spec: Spec) -> Iterator[Finding]:
    """The only media type, of requests and answers, is application/json."""
    bodies = [(step(place, "requestBody"), node.get("requestBody", {})) for place, node, _ in operations_at(spec.document)]
    for place, body in [*bodies, *((place, response) for place, _, response in responses_at(spec.document))]:
        for kind in body.get("content", {}):
            if kind != "application/json":
                yield Finding(step(place, "content", kind), f"write `application/json` instead of `{kind}`")


@broken_by(operation({"parameters": [{"name": "ID", "in": "path"}]}))
def path_parameters_are_declared(spec: Spec) -> Iterator[Finding]:
    """The names in the path, and in its aliases, are the path parameters of each operation."""
    for place, node, item in operations_at(spec.document):
        path = place.rpartition("/")[0].removeprefix("#/paths/").replace("~1", "/").replace("~0", "~")
        nodes = [
            resolved(spec.document, "", parameter)[1] for parameter in [*item.get("parameters", []), *node.get("parameters", [])]
        ]
        declared = {parameter["name"] for parameter in nodes if parameter["in"] == "path"}
        for template in [path, *item.get("x-aliases", [])]:
            named = set(re.findall(r"{([^}]*)}", template))
            if named != declared:
                yield Finding(place, f"declare {sorted(named)} as path parameters of {template} instead of {sorted(declared)}")


@broken_by(operation({"parameters": [{"name": "f", "in": "query", "style": "deepObject"}]}))
def no_deep_object(spec: Spec) -> Iterator[Finding]:
    """A query parameter is a plain value or a list: the generated client flattens `deepObject`."""
    for place, parameter in parameters_at(spec.document):
        if parameter.get("style") == "deepObject":
            yield Finding(place, "write one parameter for each property, with its name spelled out, instead of `deepObject`")


@broken_by(operation({"parameters": [{"name": "X-Run", "in": "header", "schema": {"type": "string", "format": "uuid"}}]}))
def header_value_is_plain_text(spec: Spec) -> Iterator[Finding]:
    """A header has no `format`: the generated client fails when it is called with one."""
    for place, parameter in parameters_at(spec.document):
        if parameter["in"] == "header" and "format" in parameter.get("schema", {}):
            yield Finding(place, "write `type: string` with `pattern`, `minLength` and `maxLength` instead of `format`")


@broken_by(reply({"type": "object"}, status="404"))
def refusal_uses_error_schema(spec: Spec) -> Iterator[Finding]:
    """Every answer from 400 up has the one form of refusals, the schema Error."""
    for place, status, response in responses_at(spec.document):
        content = response.get("content", {}).get("application/json", {})
        if status >= "400" and content.get("schema") != ERROR:
            yield Finding(place, "write `content` with application/json and the schema Error of shared.yaml")


@broken_by(operation({"x-sorce": {}}))
def extension_is_known(spec: Spec) -> Iterator[Finding]:
    """Every `x-...` is one that openapi/README.md explains; a mistyped one is read by nobody."""
    for place, name in extensions("#", spec.document):
        if name not in EXTENSIONS:
            yield Finding(place, f"write one of {', '.join(sorted(EXTENSIONS))} instead of `{name}`")


def extensions(place: str, node: object) -> Iterator[tuple[str, str]]:
    """Every extension of the document; examples may hold anything."""
    pairs = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, part in pairs:
        if str(key).startswith("x-"):
            yield step(place, key), str(key)
        elif key not in ("example", "examples", "properties"):
            yield from extensions(step(place, key), part)
        elif key == "properties":
            for name, inner in part.items():
                yield from extensions(step(place, key, name), inner)
