"""From a parameter of a path or of a query: the last text inside and the first outside of every keyword."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from liveops_contract.description import Operation, Parameter, Schema, resolved
from liveops_contract.spellings import at_bounds, one_changed

Json = Any
# `007`, `1.0` and `+1` are left out: the description does not say whether a number may be spelled so.
NOT_NUMBERS = ("abc", "1.5", "true", "null", " 1", "1 ", "٣", "0x10", "1,2", "[]", "--1", "1\n", "NaN")
# A client may tidy these away before they reach the server, so they prove nothing about it.
DOTS = ("", ".", "..")


@dataclass(frozen=True)
class ParameterMiss:
    """A call with one text changed; `pairs` is the whole query."""

    name: str
    keyword: str
    text: str
    path: dict[str, Json]
    pairs: tuple[tuple[str, str], ...]
    valid: bool
    has_route: bool = True

    @property
    def place(self) -> str:
        """What was changed."""
        return self.name


def parameter_misses(operation: Operation) -> Iterator[ParameterMiss]:
    """Every case for every parameter of the operation, always in the same order."""
    for parameter in operation.parameters:
        yield from _cases(parameter)
    yield ParameterMiss("surprise", "undeclared", "1", {}, (("surprise", "1"),), False)


def _cases(parameter: Parameter) -> Iterator[ParameterMiss]:
    seen: set[str] = set()
    example = _example(parameter)
    for keyword, text in (("example", example), *_texts(_one(parameter), example)):
        if text in seen or (parameter.place == "path" and (text in DOTS or "/" in text)):
            continue
        seen.add(text)
        valid = parameter.allows(text)
        if parameter.place == "path":
            yield ParameterMiss(parameter.name, keyword, text, {parameter.name: text}, (), valid, parameter.has_route(text))
        else:
            yield ParameterMiss(parameter.name, keyword, text, {}, ((parameter.name, text),), valid)
    if parameter.place == "query":
        yield from _misplaced(parameter)


def _one(parameter: Parameter) -> Schema:
    schema: Schema = resolved(parameter.schema)
    part: Schema = resolved(schema["items"]) if parameter.is_list else schema
    return part


def _example(parameter: Parameter) -> str:
    return str(parameter.example[0] if parameter.is_list else parameter.example)


def _misplaced(parameter: Parameter) -> Iterator[ParameterMiss]:
    text = _example(parameter)
    most = resolved(parameter.schema).get("maxItems", 2)
    for count in (2, most, most + 1):
        valid = parameter.allows_all([text] * count)
        yield ParameterMiss(parameter.name, "repeated", text, {}, ((parameter.name, text),) * count, valid)
    if parameter.required:
        yield ParameterMiss(parameter.name, "required", "", {}, (), False)
    shouted = parameter.name.upper()
    yield ParameterMiss(shouted, "undeclared", text, {}, ((shouted, text),), False)


def _texts(schema: Schema, example: str) -> Iterator[tuple[str, str]]:
    yield from (("example", str(shown)) for shown in schema.get("examples", ()))
    if "enum" in schema:
        options = [str(option) for option in schema["enum"]]
        longer = [f"{option}x" for option in options]
        yield from (("enum", text) for text in (*options, *map(str.upper, options), *longer, *one_changed(example)))
    if schema.get("type") == "integer":
        for keyword, step in (("minimum", -1), ("maximum", 1)):
            if keyword in schema:
                yield keyword, str(schema[keyword])
                yield keyword, str(schema[keyword] + step)
        yield from (("type", text) for text in (*NOT_NUMBERS, "", "1" * 30, "-" + "1" * 30))
        return
    yield from at_bounds(schema, example)
    if "pattern" in schema:
        yield from (("pattern", text) for text in one_changed(example))
