"""Spoilers of requests on their way in: bodies that are mended or lose something, parameters and headers that go astray."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from liveops_contract.conformance import SHAPE_REFUSED
from liveops_contract.description import resolved, validator
from liveops_contract.spoilers.answers import code_of
from liveops_contract.spoilers.proxy import Ask, Asked, Reply, Spoiler

Json = Any


def mends_bodies() -> Spoiler:
    """A body that the description does not allow gives way to one that it shows."""

    def spoil(asked: Asked, ask: Ask) -> Reply:
        body = asked.document()
        mended = asked.operation.body is not None and asked.body and not asked.operation.allows_body(body)
        return ask(asked.with_body(asked.operation.example_body) if mended else asked)

    return spoil


def changes_bodies(change: Callable[[Json], Json]) -> Callable[[], Spoiler]:
    """The document of every request is another one."""

    def spoil(asked: Asked, ask: Ask) -> Reply:
        body = asked.document()
        made = change(body)
        return ask(asked if made == body else asked.with_body(made))

    return lambda: spoil


def changes_right_bodies(change: Callable[[Json], Json]) -> Callable[[], Spoiler]:
    """A document that the description allows is another one, if it allows that too."""

    def spoil(asked: Asked, ask: Ask) -> Reply:
        body = asked.document()
        if body is None or not asked.operation.allows_body(body):
            return ask(asked)
        made = change(body)
        return ask(asked.with_body(made) if made != body and asked.operation.allows_body(made) else asked)

    return lambda: spoil


def mends_refused_bodies(change: Callable[[Json], Json]) -> Callable[[], Spoiler]:
    """A document that is refused for its shape is tried once more as another one."""

    def spoil(asked: Asked, ask: Ask) -> Reply:
        answered, body = ask(asked), asked.document()
        if code_of(answered) != SHAPE_REFUSED or body is None:
            return answered
        return ask(asked.with_body(change(body)))

    return lambda: spoil


def clamps_numbers() -> Spoiler:
    """A number out of its bounds becomes the bound, in bodies and in queries."""

    def spoil(asked: Asked, ask: Ask) -> Reply:
        pairs = [(name, _clamped_text(asked, name, text)) for name, text in asked.pairs]
        asked = asked if pairs == asked.pairs else asked.with_pairs(pairs)
        body, schema = asked.document(), asked.operation.body
        if schema is None or body is None:
            return ask(asked)
        made = body
        for error in validator(schema).iter_errors(body):
            made = _clamped(made, list(error.instance_path), schema, list(error.schema_path))
        return ask(asked if made == body else asked.with_body(made))

    return spoil


def _clamped_text(asked: Asked, name: str, text: str) -> str:
    parameter = next((one for one in asked.operation.parameters if (one.place, one.name) == ("query", name)), None)
    bounds = resolved(parameter.schema) if parameter else {}
    if not text.removeprefix("-").isdecimal() or "maximum" not in bounds:
        return text
    return str(max(bounds.get("minimum", 0), min(bounds["maximum"], int(text))))


def _clamped(body: Json, place: list[Json], schema: Mapping[str, Json], way: list[Json]) -> Json:
    if way[-1] not in ("minimum", "maximum"):
        return body
    if place:
        inner = _clamped(body[place[0]], place[1:], schema, way)
        return (
            {**body, place[0]: inner}
            if isinstance(body, dict)
            else [inner if number == place[0] else part for number, part in enumerate(body)]
        )
    for step in way:
        schema = resolved(schema) if isinstance(schema, Mapping) else schema
        schema = schema if step == "$ref" else schema[step]
    return schema


def drops_strange_fields() -> Spoiler:
    """Fields of a body that nobody described are left out on the way."""

    def spoil(asked: Asked, ask: Ask) -> Reply:
        body = asked.document()
        return ask(asked.with_body({k: v for k, v in body.items() if k != "surprise"}) if isinstance(body, dict) else asked)

    return spoil


def drops_optional_fields() -> Spoiler:
    """The last field of a body that may be missing is missing on the other side."""

    def spoil(asked: Asked, ask: Ask) -> Reply:
        body = asked.document()
        if not isinstance(body, dict) or not asked.operation.allows_body(body):
            return ask(asked)
        fewer = [{k: v for k, v in body.items() if k != name} for name in reversed(body)]
        return ask(asked.with_body(next(filter(asked.operation.allows_body, fewer), body)))

    return spoil


def ignores(*names: str) -> Callable[[], Spoiler]:
    """These parameters of the query are dropped where they are right."""

    def spoil(asked: Asked, ask: Ask) -> Reply:
        answered = ask(asked)
        rest = [pair for pair in asked.pairs if pair[0] not in names]
        return ask(asked.with_pairs(rest)) if answered[0] == 200 and rest != asked.pairs else answered

    return lambda: spoil


def adds_to_query(name: str, step: int) -> Callable[[], Spoiler]:
    """A number of the query that is right, and not nought, is another one."""

    def spoil(asked: Asked, ask: Ask) -> Reply:
        answered = ask(asked)
        pairs = [(key, _stepped(text, step) if key == name else text) for key, text in asked.pairs]
        return ask(asked.with_pairs(pairs)) if answered[0] == 200 and pairs != asked.pairs else answered

    return lambda: spoil


def _stepped(text: str, step: int) -> str:
    return str(int(text) + step) if int(text) > 0 else text


def with_headers(**sent: str | None) -> Callable[[], Spoiler]:
    """Every request has these headers, and no others of their names; None takes one away. `_` stands for a dash."""
    given = {name.replace("_", "-"): value for name, value in sent.items()}

    def spoil(asked: Asked, ask: Ask) -> Reply:
        merged = {**asked.headers, **given}
        return ask(replace(asked, headers={name: value for name, value in merged.items() if value is not None}))

    return lambda: spoil
