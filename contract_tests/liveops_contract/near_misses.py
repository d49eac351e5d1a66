"""From a schema and one valid instance: the last value inside and the first outside of every keyword.

Nothing here says whether a value is valid. That is asked of the description's validator, and of nobody else.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from liveops_contract.description import Schema, resolved, validator
from liveops_contract.samples import another, sample, several
from liveops_contract.spellings import ADDRESSES, FREE_TEXTS, INSTANTS, at_bounds, one_changed, other_types

Json = Any
DEEPEST = 12
REMOVED = "(removed)"
STRANGE_NAMES = ("xx", "EN", "en_US", "en-us", "en-GB", "en ", "", "٣")


@dataclass(frozen=True)
class NearMiss:
    """A whole value in which one place was changed, and the keyword that the change leans on."""

    pointer: str
    keyword: str
    changed: Json
    value: Json
    form: str = ""  # the branches that were put in the place of those of the instance, on the way to the change

    @property
    def place(self) -> str:
        """What was changed: the same pointer in another branch is another place."""
        return self.form + self.pointer


@dataclass(frozen=True)
class Place:
    """Where in the whole value the walk stands, and how the whole looks with another value there."""

    pointer: str
    whole_with: Callable[[Json], Json]
    form: str = ""

    def case(self, keyword: str, changed: Json) -> NearMiss:
        """The whole with this value here."""
        return NearMiss(self.pointer, keyword, changed, self.whole_with(changed), self.form)

    def child(self, parent: Json, key: str | int) -> "Place":
        """The place of one member of the value that stands here."""
        escaped = str(key).replace("~", "~0").replace("/", "~1")
        return Place(f"{self.pointer}/{escaped}", lambda changed: self.whole_with(_with(parent, key, changed)), self.form)


def near_misses(schema: Schema, instance: Json) -> Iterator[NearMiss]:
    """Every case for a valid instance, each once, always in the same order."""
    seen: set[str] = set()
    for case in _walk(schema, instance, Place("", lambda changed: changed), 0):
        mark = f"{case.pointer}\0{case.form}\0{type(case.changed).__name__}\0{case.changed!r}"
        if mark not in seen:
            seen.add(mark)
            yield case


def _walk(schema: Schema, value: Json, place: Place, depth: int) -> Iterator[NearMiss]:
    if depth > DEEPEST:
        return
    fitting, others = _branches(schema, value)
    for part in fitting:
        yield from _keyword_cases(part, value, place)
    # Behind the others: what stands at a bound is told by its keyword, which a short run never leaves out.
    yield from (place.case("null" if changed is None else "type", changed) for changed in other_types(value))
    for part in fitting:
        yield from _member_cases(part, value, place, depth)
    for other in others:
        yield from _other_branch(other, value, place, depth)


def _branches(schema: Schema, value: Json) -> tuple[list[Schema], list[Schema]]:
    """The simple schemas that hold for the value, and the branches that the value did not take."""
    source = resolved(schema)
    fitting: list[Schema] = [source]
    others: list[Schema] = []
    for choice in ("oneOf", "anyOf", "allOf"):
        for branch in source.get(choice, []):
            if choice == "allOf" or validator(branch).is_valid(value):
                inner, left = _branches(branch, value)
                fitting += inner
                others += left
            else:
                others.append(branch)
    return fitting, others


def _other_branch(other: Schema, value: Json, place: Place, depth: int) -> Iterator[NearMiss]:
    """The value of a branch not taken, and single members of that branch within the value that is here."""
    instead = sample(other)
    yield place.case("oneOf", instead)
    if isinstance(value, dict) and isinstance(instead, dict):
        for key, part in resolved(other).get("properties", {}).items():
            foreign = resolved(part).get("enum", [sample(part)])
            yield from (place.child(value, key).case("oneOf", member) for member in foreign)
    if instead is not None:
        form = f"{place.form}{place.pointer}<{json.dumps(other)}>"
        yield from _walk(other, instead, replace(place, form=form), depth + 1)


def _keyword_cases(part: Schema, value: Json, place: Place) -> Iterator[NearMiss]:
    if "const" in part or "enum" in part:
        allowed = [part["const"]] if "const" in part else part["enum"]
        keyword = "const" if "const" in part else "enum"
        yield from (place.case(keyword, changed) for option in allowed for changed in (option, *_almost(option)))
    if isinstance(value, bool):
        yield from (place.case("boolean", changed) for changed in (True, False))
    if isinstance(value, str):
        yield from _text_cases(part, value, place)
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        yield from _number_cases(part, place)
    elif isinstance(value, list):
        yield from _length_cases(part, value, place)
    elif isinstance(value, dict):
        yield from _key_cases(part, value, place)


def _almost(option: Json) -> tuple[Json, ...]:
    if isinstance(option, str):
        return (option.upper(), option + " ", option[:-1], option + "x")
    return (option + 1, str(option)) if isinstance(option, int) else ()


def _text_cases(part: Schema, value: str, place: Place) -> Iterator[NearMiss]:
    yield from (place.case(keyword, changed) for keyword, changed in at_bounds(part, value))
    if "pattern" in part and "maxLength" in part:
        yield place.case("maxLength", value[:1] * (part["maxLength"] - len(value)) + value)
    if "pattern" in part:
        yield from (place.case("pattern", changed) for changed in ("", *one_changed(value)))
    if "format" in part:
        known = {"date-time": INSTANTS, "uri": ADDRESSES}.get(part["format"], ())
        yield from (place.case("format", changed) for changed in known)
    elif "pattern" not in part and "enum" not in part and "const" not in part:
        yield from (place.case("any text", changed) for changed in FREE_TEXTS)


def _number_cases(part: Schema, place: Place) -> Iterator[NearMiss]:
    for keyword, step in (("minimum", -1), ("maximum", 1), ("exclusiveMinimum", 1), ("exclusiveMaximum", -1)):
        if keyword in part:
            yield from (place.case(keyword, changed) for changed in (part[keyword], part[keyword] + step))
    if "multipleOf" in part:
        yield from (place.case("multipleOf", part["multipleOf"] * factor) for factor in (1, 1.5, 2))
    if {"minimum", "maximum"} & part.keys():
        yield from (place.case("size", changed) for changed in (0, -1, 10**20, -(10**20)))


def _length_cases(part: Schema, value: list[Json], place: Place) -> Iterator[NearMiss]:
    element = value[-1] if value else sample(part.get("items", {"type": "null"}))
    for keyword, step in (("minItems", -1), ("maxItems", 1)):
        if keyword in part:
            bound = part[keyword]
            lengths = [length for length in (bound, bound + step) if length >= 0]
            yield from (place.case(keyword, several(part, element, length)) for length in lengths)
    if "uniqueItems" in part:
        yield from (place.case("uniqueItems", changed) for changed in ([element, element], several(part, element, 2)))


def _key_cases(part: Schema, value: dict[str, Json], place: Place) -> Iterator[NearMiss]:
    for key in value:
        rest = {name: member for name, member in value.items() if name != key}
        yield NearMiss(f"{place.pointer}/{key}", "required", REMOVED, place.whole_with(rest), place.form)
        yield place.child(rest, key.upper() + "_").case("additionalProperties", value[key])
    yield place.child(value, "surprise").case("additionalProperties", 1)
    if "propertyNames" in part:
        yield from _name_cases(part["propertyNames"], value, place)
    if "maxProperties" in part:
        first, member = next(iter(value.items()), ("a", "text"))
        for count in (part["maxProperties"], part["maxProperties"] + 1):
            yield place.case("maxProperties", {another(first, number): member for number in range(count)})


def _name_cases(names: Schema, value: dict[str, Json], place: Place) -> Iterator[NearMiss]:
    """One more member, under names of which some may stand there."""
    known = names.get("enum", ())
    for name in (sample(names), *known, *STRANGE_NAMES, *(almost for last in known[-1:] for almost in _almost(last))):
        yield place.child(value, name).case("propertyNames", "text")
    for keyword, name in at_bounds(names, next(iter(value), "a")):
        yield place.child(value, name).case(keyword, "text")


def _member_cases(part: Schema, value: Json, place: Place, depth: int) -> Iterator[NearMiss]:
    if isinstance(value, list) and "items" in part:
        element = value[0] if value else sample(part["items"])
        yield from _walk(part["items"], element, place.child(value or [element], 0), depth + 1)
    if not isinstance(value, dict):
        return
    for key, schema in part.get("properties", {}).items():
        member = value[key] if key in value else sample(schema)
        place_of_member = _member_place(part, value, key, place)
        if key not in value:
            yield place_of_member.case("optional", member)
        yield from _walk(schema, member, place_of_member, depth + 1)
    if isinstance(part.get("additionalProperties"), Mapping) and value:
        first = next(iter(value))
        yield from _walk(part["additionalProperties"], value[first], place.child(value, first), depth + 1)


def _member_place(part: Schema, value: dict[str, Json], key: str, place: Place) -> Place:
    """The place of a member. A moment takes those along that it is compared with, so that only its own keywords matter."""
    pairs = [{rule["field"], rule["than"]} for rule in part.get("x-rules", ()) if rule["rule"] == "not_earlier"]
    beside = {other for pair in pairs if key in pair for other in pair} & value.keys() - {key}
    child = place.child(value, key)
    if not beside:
        return child
    return Place(
        child.pointer,
        lambda changed: place.whole_with({**value, **_same_moment(part, beside, changed), key: changed}),
        place.form,
    )


def _same_moment(part: Schema, names: set[str], changed: Json) -> dict[str, Json]:
    """The changed moment for all that take it."""
    taking = [name for name in names if isinstance(changed, str) and validator(part["properties"][name]).is_valid(changed)]
    return dict.fromkeys(taking, changed)


def _with(parent: Json, key: str | int, changed: Json) -> Json:
    if isinstance(key, int):
        return [*parent[:key], changed, *parent[key + 1 :]]
    return {**parent, key: changed}
