"""From one valid body: values that just keep, and values that just break, each rule across fields of the description.

Which places a value breaks is known from how it was made; nobody is asked.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from liveops_contract.description import Operation, Schema, resolved, validator
from liveops_contract.near_misses import DEEPEST, Place
from liveops_contract.samples import another, sample, several

Json = Any
Made = tuple[Json, tuple[str, ...]]  # a value, and where in it a rule is broken
START = "2030-01-02T03:00:00Z"
# What stands at the later place, and whether that keeps it behind the start.
ENDS = (
    (START, True),
    ("2030-01-02T03:00:01Z", True),
    ("2030-01-02T02:59:59Z", False),
    ("2030-01-02T02:00:00-01:00", True),  # the same moment, spelled as an earlier one
    ("2030-01-02T08:59:59+06:00", False),  # a second before, spelled as a later one
    ("2030-01-02T02:59:59.999Z", False),
    ("2029-12-31T23:00:00-12:00", False),
    (None, True),
)


@dataclass(frozen=True)
class RuleMiss:
    """A whole body around one place where a rule stands, and the places at which the rule is broken."""

    rule: str
    value: Json
    broken: tuple[str, ...]


def rule_misses(operation: Operation) -> tuple[RuleMiss, ...]:
    """Every case for every example of the operation's body, always in the same order."""
    found = [case for example in operation.examples.values() for case in _walk(operation.body or {}, example, WHOLE, 0)]
    return tuple(case for case in found if validator(operation.body or {}).is_valid(case.value))


WHOLE = Place("", lambda changed: changed)


def _walk(schema: Schema, value: Json, place: Place, depth: int) -> Iterator[RuleMiss]:
    source = resolved(schema)
    for rule in source.get("x-rules", ()):
        for changed, broken in MAKERS[rule["rule"]](rule, source, value):
            yield RuleMiss(rule["rule"], place.whole_with(changed), tuple(place.pointer + at for at in broken))
    for branch in (*source.get("oneOf", ()), *source.get("anyOf", ())) if depth < DEEPEST else ():
        if validator(branch).is_valid(value):
            yield from _walk(branch, value, place, depth + 1)
    if isinstance(value, dict):
        for name, part in source.get("properties", {}).items():
            yield from _walk(part, value[name] if name in value else sample(part), place.child(value, name), depth + 1)
    if isinstance(value, list) and "items" in source and source.get("maxItems") != 0:
        element = value[0] if value else sample(source["items"])
        # Alone in its list, so that a change of it breaks no rule among several.
        yield from _walk(source["items"], element, place.child([element], 0), depth + 1)


def _not_earlier(rule: Json, _: Schema, value: Json) -> Iterator[Made]:
    field, than = rule["field"], rule["than"]
    for end, keeps in ENDS:
        yield {**value, than: START, field: end}, () if keeps else (f"/{field}",)
    yield {name: member for name, member in {**value, than: START}.items() if name != field}, ()


def _unique(rule: Json, source: Schema, value: Json) -> Iterator[Made]:
    by = rule["by"]
    member = resolved(source["items"])["properties"][by]
    one, two, three = several(source, value[0] if value else sample(source["items"]), 3)
    first, second = ({by: another(sample(member), number)} for number in range(2))
    yield [one | first, two | second], ()
    yield [one | first, two | first], (f"/1/{by}",)
    yield [one | first, two | second, three | first], (f"/2/{by}",)
    yield [one | first, two | first, three | first], (f"/1/{by}", f"/2/{by}")
    yield [one | {by: None}, two | {by: None}], ()
    yield [{name: part for name, part in element.items() if name != by} for element in (one, two)], ()


def _alone(rule: Json, source: Schema, value: Json) -> Iterator[Made]:
    name = rule["without"]
    one, two = several(source, value[0] if value else sample(source["items"]), 2)
    null, left_out = one | {name: None}, {key: part for key, part in one.items() if key != name}
    yield from (([element], ()) for element in (one, null, left_out))
    yield [one, two], ()
    yield from (([element, two], ("/0",)) for element in (null, left_out))
    yield from (([one, element], ("/1",)) for element in (null, left_out))
    yield [null, left_out], ("/0", "/1")


MAKERS = {"not_earlier": _not_earlier, "unique": _unique, "alone": _alone}
