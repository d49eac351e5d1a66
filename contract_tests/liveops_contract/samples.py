"""One valid value for any schema of the description, always the same: the start for parts that no example shows."""

from collections.abc import Mapping
from typing import Any

from liveops_contract.description import Schema, resolved, validator

Json = Any
FORMATS = {"date-time": "2030-01-02T03:00:00+00:00", "uri": "https://example.com/a.png"}
# Tried in this order where a pattern has no example of its own.
TEXTS = ("a", "A", "1", "USD", "2030-01-02", "01:00:00+00:00", "AAAA-1111")


def sample(schema: Schema, above: frozenset[str] = frozenset()) -> Json:
    """The smallest valid value that still shows every required part; a list of what it stands in itself is empty."""
    above |= {schema["$ref"]} if "$ref" in schema else set()
    source = resolved(schema)
    if "const" in source:
        return source["const"]
    if "enum" in source:
        return source["enum"][0]
    if source.get("examples"):
        return source["examples"][0]
    for choice in ("oneOf", "anyOf"):
        if choice in source:
            return sample(next(branch for branch in source[choice] if resolved(branch).get("type") != "null"), above)
    if "allOf" in source:
        return {key: value for part in source["allOf"] for key, value in sample(part, above).items()}
    return _of_type(source, above)


def several(part: Schema, element: Json, count: int) -> list[Json]:
    """So many elements of an array, each like the given one but for what has to differ or may not be left out."""
    rules = part.get("x-rules", ())
    if part.get("uniqueItems"):
        return [another(element, number) for number in range(count)]
    if not rules:
        return [element] * count
    members = resolved(part["items"])["properties"]
    needed = [rule["without"] for rule in rules if rule["rule"] == "alone" and count > 1]
    distinct = [rule["by"] for rule in rules if rule["rule"] == "unique" and element.get(rule["by"]) is not None]
    whole = element | {name: sample(members[name]) for name in needed if element.get(name) is None}
    return [whole | {name: another(element[name], number) for name in distinct} for number in range(count)]


def another(value: Json, number: int) -> Json:
    """The value of this number among many that differ: a number from 1, or a text with the number behind it."""
    return f"{value}{number}" if isinstance(value, str) else number + 1


def kind_of(schema: Schema) -> str:
    """The type that a schema asks for, null aside."""
    kinds = schema.get("type", "object" if "properties" in schema else "string")
    return next((kind for kind in kinds if kind != "null"), "null") if isinstance(kinds, list) else str(kinds)


def _of_type(source: Schema, above: frozenset[str]) -> Json:
    kind = kind_of(source)
    if kind == "object":
        return _object(source, above)
    if kind == "array":
        return (
            [] if source["items"].get("$ref") in above else [sample(source["items"], above)] * max(1, source.get("minItems", 0))
        )
    if kind == "string":
        return _text(source)
    if kind in ("integer", "number"):
        return min(max(1, source.get("minimum", 1)), source.get("maximum", 1))
    return True if kind == "boolean" else None


def _object(source: Schema, above: frozenset[str]) -> Json:
    names = source.get("propertyNames", {}).get("enum")
    if names and isinstance(source.get("additionalProperties"), Mapping):
        return {names[0]: sample(source["additionalProperties"])}
    return {name: sample(source["properties"][name], above) for name in source.get("required", [])}


def _text(source: Schema) -> str:
    if source.get("format") in FORMATS:
        return FORMATS[source["format"]]
    shortest = "a" * source.get("minLength", 1)
    check = validator(source)
    found = next((text for text in (*TEXTS, shortest) if check.is_valid(text)), None)
    if found is None:
        raise ValueError(f"no text is known that fits {dict(source)!r}; give the schema an example")
    return found
