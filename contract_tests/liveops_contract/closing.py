"""Close the schemas of answers: nothing undescribed may be in an object, however it is composed."""

from collections.abc import Mapping
from typing import Any

Json = Any
OPEN_SUFFIX = "__open"


def closed_components(schemas: Mapping[str, Json]) -> dict[str, Json]:
    """Every schema closed, and beside it an open twin for those that are parts of an `allOf`."""
    closed = {name: closed_schema(schema) for name, schema in schemas.items()}
    twins = {name + OPEN_SUFFIX: closed_schema(schema, leaf=False) for name, schema in schemas.items()}
    return closed | twins


def closed_schema(schema: Json, *, leaf: bool = True) -> Json:
    """The schema with `unevaluatedProperties: false` on each of its objects; not on itself where it is no leaf."""
    if not isinstance(schema, Mapping):
        return schema
    if "$ref" in schema:
        return {**schema, "$ref": schema["$ref"] + ("" if leaf else OPEN_SUFFIX)}
    result = {key: _closed_part(key, part, leaf) for key, part in schema.items()}
    composed = "allOf" in schema or ("properties" in schema and "additionalProperties" not in schema)
    return {**result, "unevaluatedProperties": False} if leaf and composed else result


def _closed_part(key: str, part: Json, leaf: bool) -> Json:
    if key == "properties":
        return {name: closed_schema(schema) for name, schema in part.items()}
    if key in ("items", "additionalProperties"):
        return closed_schema(part)
    if key in ("oneOf", "anyOf"):
        return [closed_schema(schema, leaf=leaf) for schema in part]
    if key == "allOf":
        # An `allOf` member sees its own fields alone: closed there, each would refuse the fields of the others.
        return [closed_schema(schema, leaf=False) for schema in part]
    return part
