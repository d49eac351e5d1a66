"""Rules about schemas: what tests, generators and other tools need to find in them."""

import re
from collections.abc import Iterator

from lint_rules import (
    Finding,
    Json,
    Spec,
    answer_schemas,
    body_schemas,
    broken_by,
    is_object,
    reply,
    request,
    resolved,
    schemas,
    step,
    types,
)

KNOWN_KEYWORDS = {
    *("$ref", "type", "enum", "const", "format", "description", "examples", "deprecated"),
    *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
    *("minLength", "maxLength", "pattern"),
    *("items", "minItems", "maxItems", "uniqueItems"),
    *("properties", "required", "additionalProperties", "propertyNames", "minProperties", "maxProperties"),
    *("allOf", "anyOf", "oneOf", "not"),
}
OTHER_RULES_KNOW = {"default", "readOnly", "writeOnly"}
INVISIBLE = {"if", "then", "else", "unevaluatedProperties", "prefixItems", "patternProperties", "dependentSchemas", "contains"}


def schema(node: Json) -> Spec:
    """A description with this one named schema, for bad examples."""
    return Spec({"components": {"schemas": {"Thing": node}}})


@broken_by(schema({"type": "integer", "minimum": 1}))
def number_has_bounds(spec: Spec) -> Iterator[Finding]:
    """`minimum` and `maximum` on every integer and number; `enum` and `const` count."""
    for place, node in schemas(spec.document):
        if not {"integer", "number"} & set(types(node)) or node.keys() & {"enum", "const"}:
            continue
        for bound, other in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
            if not node.keys() & {bound, other}:
                yield Finding(place, f"add `{bound}`, what has no bounds can't be tested at them")


@broken_by(schema({"type": "string", "pattern": "^a|b$", "minLength": 1, "maxLength": 1}))
def pattern_is_anchored(spec: Spec) -> Iterator[Finding]:
    """A pattern begins with `^`, ends with `$`, and has no `|` outside parentheses."""
    for place, node in schemas(spec.document):
        pattern = node.get("pattern")
        if pattern is None:
            continue
        if not (pattern.startswith("^") and pattern.endswith("$") and not pattern.endswith(r"\$")):
            yield Finding(
                place, f"write `^{pattern.removeprefix('^').removesuffix('$')}$`, a pattern matches anywhere unless anchored"
            )
        elif has_open_alternative(pattern):
            yield Finding(place, f"write `^({pattern[1:-1]})$`, an alternative outside parentheses escapes the anchors")


def has_open_alternative(pattern: str) -> bool:
    """Whether a `|` stands outside parentheses and brackets."""
    bare = re.sub(r"\\.|\[(?:\\.|[^\]])*\]", "", pattern)
    depth = 0
    for letter in bare:
        depth += (letter == "(") - (letter == ")")
        if letter == "|" and depth == 0:
            return True
    return False


@broken_by(schema({"type": "string", "pattern": r"^\d$", "minLength": 1, "maxLength": 1}))
def pattern_spells_its_letters(spec: Spec) -> Iterator[Finding]:
    r"""Letters are spelled out, `[0-9]` and never `\d`, `\w`, `\s`, `\b`, which each engine reads in its own way."""
    for place, node in schemas(spec.document):
        for escape in re.findall(r"(?<!\\)(?:\\\\)*(\\[dDwWsSbB])", node.get("pattern", "")):
            yield Finding(place, f"write the letters out instead of `{escape}`, for example `[0-9]` or `[a-zA-Z0-9_]`")


@broken_by(schema({"type": "string", "pattern": "^(?!a)b$", "minLength": 1, "maxLength": 1}))
def pattern_does_not_look_around(spec: Spec) -> Iterator[Finding]:
    """A pattern has no lookahead and no lookbehind."""
    for place, node in schemas(spec.document):
        if re.search(r"\(\?(=|!|<=|<!)", node.get("pattern", "")):
            yield Finding(place, "write the alternatives out, some engines know no lookaround")


@broken_by(schema({"type": "string", "pattern": "^a*$", "maxLength": 9}))
def pattern_has_length(spec: Spec) -> Iterator[Finding]:
    """`minLength` and `maxLength` beside every pattern; the lengths of a pattern alone are hard to draw."""
    for place, node in schemas(spec.document):
        if "pattern" in node:
            for bound in ("minLength", "maxLength"):
                if bound not in node:
                    yield Finding(place, f"add `{bound}` beside the pattern")


@broken_by(request({"type": "object", "required": [], "properties": {}}))
def request_object_is_closed(spec: Spec) -> Iterator[Finding]:
    """An object that is sent says `additionalProperties: false`, or is a map with `propertyNames`."""
    for place, node in body_schemas(spec.document).items():
        is_map = isinstance(node.get("additionalProperties"), dict) and "propertyNames" in node
        if is_object(node) and node.get("additionalProperties") is not False and not is_map:
            yield Finding(place, "add `additionalProperties: false`, a mistyped name must not be lost in silence")


@broken_by(reply({"type": "object", "required": [], "additionalProperties": False}))
def answer_object_is_open(spec: Spec) -> Iterator[Finding]:
    """An object that is only answered is open, so that a new field breaks no caller."""
    sent = body_schemas(spec.document).keys()
    for place, node in answer_schemas(spec.document).items():
        if place not in sent and is_object(node) and node.get("additionalProperties") is False:
            yield Finding(place, "delete `additionalProperties: false`, the suite closes answers for itself")


@broken_by(schema({"type": "object", "properties": {}}))
def object_names_required(spec: Spec) -> Iterator[Finding]:
    """Every object lists `required`, even if the list is empty."""
    for place, node in schemas(spec.document):
        if is_object(node) and "required" not in node:
            yield Finding(place, "add `required`, with `[]` where everything may be left out")


@broken_by(schema({"type": "object", "required": ["nmae"], "properties": {"name": {}}}))
def required_property_exists(spec: Spec) -> Iterator[Finding]:
    """Every name under `required` stands under `properties` too."""
    for place, node in schemas(spec.document):
        if "allOf" not in node:
            for name in sorted(set(node.get("required", [])) - node.get("properties", {}).keys()):
                yield Finding(place, f"describe {name!r} under `properties`, or take it off `required`")


@broken_by(request({"type": "array"}))
def request_array_has_end(spec: Spec) -> Iterator[Finding]:
    """`maxItems` on every array that is sent."""
    for place, node in body_schemas(spec.document).items():
        if "array" in types(node) and "maxItems" not in node:
            yield Finding(place, "add `maxItems`, an endless array can't be tested at its end")


@broken_by(schema({"type": "boolean", "default": True}))
def no_default(spec: Spec) -> Iterator[Finding]:
    """A default that the server applies is `x-server-default`: the generated client would send a `default` with each call."""
    for place, node in schemas(spec.document):
        if "default" in node:
            yield Finding(place, f"write `x-server-default: {node['default']}` instead of `default`")


@broken_by(schema({"type": "integer", "readOnly": True}))
def no_read_only(spec: Spec) -> Iterator[Finding]:
    """What is sent and what is answered are two schemas; `readOnly` and `writeOnly` are not used."""
    for place, node in schemas(spec.document):
        for keyword in sorted(node.keys() & {"readOnly", "writeOnly"}):
            yield Finding(place, f"split the schema into one that is sent and one that is answered, and delete `{keyword}`")


@broken_by(schema({"if": {}, "then": {}}))
def no_keyword_that_the_client_loses(spec: Spec) -> Iterator[Finding]:
    """No keyword that the generator of the client drops without a word."""
    for place, node in schemas(spec.document):
        for keyword in sorted(node.keys() & INVISIBLE):
            yield Finding(place, f"write `oneOf` with closed forms, or plain `properties`, instead of `{keyword}`")


@broken_by(schema({"type": "object", "required": [], "propertyNames": {"enum": ["en"]}}))
def property_names_stand_beside_a_map(spec: Spec) -> Iterator[Finding]:
    """`propertyNames` stands only beside `additionalProperties` with a schema: the client keeps the map and loses the names."""
    for place, node in schemas(spec.document):
        if "propertyNames" in node and not isinstance(node.get("additionalProperties"), dict):
            yield Finding(place, "add `additionalProperties` with the schema of the values, or list the names under `properties`")


@broken_by(request({"allOf": [{}]}))
def request_body_is_written_out(spec: Spec) -> Iterator[Finding]:
    """No `allOf` in what is sent: a composed object can't be closed."""
    for place, node in body_schemas(spec.document).items():
        if "allOf" in node:
            yield Finding(place, "write the properties out (a YAML anchor and `<<` share them) instead of `allOf`")


@broken_by(schema({"allOf": [{"type": "object", "required": [], "additionalProperties": False}]}))
def composed_part_is_open(spec: Spec) -> Iterator[Finding]:
    """No member of an `allOf` is closed, it would refuse what the other members describe."""
    for place, node in schemas(spec.document):
        for number, part in enumerate(node.get("allOf", [])):
            inner_place, inner = resolved(spec.document, step(place, "allOf", number), part)
            if inner.get("additionalProperties") is False:
                yield Finding(inner_place, "delete `additionalProperties: false`, the schema is a member of an `allOf`")


@broken_by(schema({"type": ["string", "null"], "format": "date-time"}))
def nullable_format_is_a_choice(spec: Spec) -> Iterator[Finding]:
    """A format that may be null is `anyOf` of the format and null: generators forget the format beside two types."""
    for place, node in schemas(spec.document):
        if "format" in node and "null" in types(node):
            others = " or ".join(kind for kind in types(node) if kind != "null")
            yield Finding(place, f"write `anyOf: [{{ type: {others}, format: {node['format']} }}, {{ type: 'null' }}]`")


@broken_by(schema({"type": "boolean", "description": "On", "off otherwise.": None}))
def keyword_is_known(spec: Spec) -> Iterator[Finding]:
    """Every keyword is one that our tools read; an unquoted comma in a `{ ... }` cuts a sentence into keywords."""
    known = KNOWN_KEYWORDS | OTHER_RULES_KNOW | INVISIBLE
    for place, node in schemas(spec.document):
        for keyword in sorted(node.keys() - known):
            if not keyword.startswith("x-"):
                yield Finding(
                    place, f"{keyword!r} is no keyword; quote the text before it if a comma cut it, else write a known keyword"
                )


@broken_by(schema({"type": "integer", "minimum": 0, "maximum": 1}))
def named_schema_is_described(spec: Spec) -> Iterator[Finding]:
    """Every named schema has a `description` that ends in a full stop."""
    for name, node in spec.document.get("components", {}).get("schemas", {}).items():
        if not node.get("description", "").endswith("."):
            yield Finding(step("#/components/schemas", name), "add a `description`, a sentence with a full stop")
