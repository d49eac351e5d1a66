"""Mutants of what comes back: every declared answer with another status, media type, header or body."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from liveops_contract.coverage.explained import reason_of
from liveops_contract.coverage.marks import SEEN, Item, Mark
from liveops_contract.description import Operation, Response, Schema, operations, resolved, validator
from liveops_contract.mutants.mutant import Mutant
from liveops_contract.mutants.planting import Planting
from liveops_contract.mutants.spoiling import Replied, SpoilReply, spoiled

Json = Any
Members = tuple[str, ...]  # the way into a body: names, and * for every element
Found = tuple[Members, str, Schema, Schema]  # the way, a property, its schema, and the object around it
UNDECLARED = {2: 299, 4: 418}
STRANGERS: tuple[Json, ...] = ({"strange": 1}, 7.5, "strange", True, [])
# Which kind of check provokes a status; every other is met on the way of near misses and laws.
PROVOKED = {401: ("credentials",), 405: ("methods", "near misses"), 400: ("bodies",), 413: ("bodies",), 415: ("bodies",)}
DEEPEST = 9


def mutants() -> Iterator[Mutant]:
    """Every declared answer changed as a whole, and every property of every described body once."""
    seen: set[tuple[str, str]] = set()
    paths: set[str] = set()
    for operation in operations():
        for response in operation.responses.values():
            # A refused method is no call of any one operation: the answer is that of the path.
            if response.status == 405 and operation.path in paths:
                continue
            whole = list(_whole(operation, response))
            # Refusals are alike in all operations: each has its status changed, and one other part of it in turn.
            yield from whole if response.status < 300 else (whole[0], whole[1 + len(operation.id) % (len(whole) - 1)])
            if response.schema is not None and response.status < 300:
                yield from _properties(operation, response, seen)
        paths.add(operation.path)


def _whole(operation: Operation, response: Response) -> Iterator[Mutant]:
    status = response.status
    for other in _other_statuses(operation, status):
        yield _mutant(operation, status, "status", f"{status} → {other}", partial(_with_status, other))
    for name in response.headers:
        yield _mutant(operation, status, "header missing", name, partial(_without_header, name))
    if response.schema is None:
        yield _mutant(operation, status, "undescribed body", "a body", lambda reply: reply.with_json({"strange": 1}))
        return
    yield _mutant(operation, status, "media type", "text/plain", _as_text)
    yield _mutant(operation, status, "undescribed property", "strange", _with_stranger)
    source = resolved(response.schema)
    for name in source.get("required", [])[:1]:
        yield _mutant(operation, status, "property missing", name, partial(_at, (), partial(_removed, name)))
        part = source["properties"][name]
        yield _mutant(operation, status, "property of the wrong type", name, partial(_at, (), partial(_mistyped, name, part)))


def _mutant(operation: Operation, status: int, kind: str, change: str, spoil: SpoilReply, place: str = "") -> Mutant:
    make = partial(spoiled, operation, reply=partial(_only, status, spoil))
    first = PROVOKED.get(status, ("near misses", "laws"))
    return Mutant("answer", kind, (operation.id,), f"answer {status}{place}", change, make, first, _unmet(operation, status))


def _unmet(operation: Operation, status: int) -> str:
    """Why no request gets this status; empty where one does. The coverage of the description has the same rule."""
    reason = reason_of(Item(Mark(operation.id, "status", str(status), SEEN)))
    return f"Nothing is answered with {status}: {reason}." if reason else ""


def _only(status: int, spoil: SpoilReply, reply: Replied) -> Replied:
    return spoil(reply) if reply.status == status else reply


def _other_statuses(operation: Operation, status: int) -> Iterator[int]:
    """One that is not declared, and the next declared one of the same hundred."""
    yield UNDECLARED[status // 100]
    alike = [other for other in operation.responses if other // 100 == status // 100 and other != status]
    yield from alike[:1]


def _with_status(status: int, reply: Replied) -> Replied:
    """The same answer under another status, which a refusal repeats in its body."""
    if reply.body and isinstance(body := reply.json(), dict) and "statusCode" in body:
        reply = reply.with_json({**body, "statusCode": status})
    return replace(reply, status=status)


def _without_header(name: str, reply: Replied) -> Replied:
    return replace(reply, headers=[pair for pair in reply.headers if pair[0].lower() != name.lower()])


def _as_text(reply: Replied) -> Replied:
    kept = [pair for pair in reply.headers if pair[0].lower() != "content-type"]
    return replace(reply, headers=[*kept, ("content-type", "text/plain")])


def _with_stranger(reply: Replied) -> Replied:
    body = reply.json()
    return reply.with_json({**body, "strange": 1} if isinstance(body, dict) else [*body, {"strange": 1}])


def _properties(operation: Operation, response: Response, seen: set[tuple[str, str]]) -> Iterator[Mutant]:
    """Each property of the body that no answer before has shown: missing where it is required, and of the wrong type."""
    for way, name, part, around in _walk(response.schema or {}, (), ()):
        place = "/" + "/".join((*way, name))
        # Forms of one choice may show one property at one place: spoiling it there is one fault.
        marks = {(str(id(around)), name), (f"{operation.id} {response.status}", place)}
        if marks & seen:
            continue
        seen |= marks
        if name in around.get("required", ()):
            planting = Planting(way, name, partial(_removed, name))
            yield _of_property(operation, response, "property missing", planting, place)
        if any(not validator(part).is_valid(stranger) for stranger in STRANGERS):
            planting = Planting(way, name, partial(_mistyped, name, part))
            yield _of_property(operation, response, "property of the wrong type", planting, place)


def _of_property(operation: Operation, response: Response, kind: str, planting: Planting, place: str) -> Mutant:
    spoil = partial(_at, planting.way, planting.change)
    mutant = _mutant(operation, response.status, kind, planting.name, spoil, place)
    reply = partial(_only, response.status, partial(_planted, planting, response.schema or {}))
    return replace(mutant, planted=partial(spoiled, operation, reply=reply))


def _planted(planting: Planting, schema: Schema, reply: Replied) -> Replied:
    return reply.with_json(planting.into(reply.json(), schema)) if reply.body else reply


def _walk(schema: Schema, way: Members, above: tuple[int, ...]) -> Iterator[Found]:
    source = resolved(schema)
    if id(source) in above or len(way) > DEEPEST:
        return
    above = (*above, id(source))
    for choice in ("oneOf", "anyOf", "allOf"):
        for branch in source.get(choice, ()):
            yield from _walk(branch, way, above)
    for key in ("items", "additionalProperties"):
        if isinstance(source.get(key), Mapping):
            yield from _walk(source[key], (*way, "*"), above)
    for name, part in source.get("properties", {}).items():
        yield way, name, part, source
        yield from _walk(part, (*way, name), above)


def _at(way: Members, change: Callable[[Json], Json], reply: Replied) -> Replied:
    return reply.with_json(_inside(reply.json(), way, change)) if reply.body else reply


def _inside(body: Json, way: Members, change: Callable[[Json], Json]) -> Json:
    if not way:
        return change(body) if isinstance(body, dict) else body
    step, rest = way[0], way[1:]
    if step == "*" and isinstance(body, list):
        return [_inside(part, rest, change) for part in body]
    if isinstance(body, dict):
        return {name: _inside(part, rest, change) if step in (name, "*") else part for name, part in body.items()}
    return body


def _removed(name: str, body: Json) -> Json:
    return {key: part for key, part in body.items() if key != name}


def _mistyped(name: str, part: Schema, body: Json) -> Json:
    return {**body, name: next(stranger for stranger in STRANGERS if not validator(part).is_valid(stranger))}
