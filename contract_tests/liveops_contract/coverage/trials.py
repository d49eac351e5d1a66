"""What each keyword of a schema asks: which values break it, and which of its sides a value that was taken shows."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from jsonschema_rs import Draft202012Validator
from xsolla_liveops import field_rules

from liveops_contract.coverage.marks import BOUNDARY, INVALID, VALID
from liveops_contract.description import Schema

Json = Any
Side = tuple[str, str]  # a keyword and an aspect
LOWER = {"minimum": float, "minLength": str, "minItems": list}
UPPER = {"maximum": float, "maxLength": str, "maxItems": list}
NUMBERS = (int, float)


@dataclass(frozen=True)
class Trial:
    """One keyword: its sides, those that a taken value shows, and those that a refused one shows; None where it is kept."""

    sides: tuple[Side, ...]
    shown: Callable[[Json], tuple[Side, ...]]
    broken: Callable[[Json], tuple[Side, ...] | None]


def trials(schema: Schema) -> Iterator[Trial]:
    """A trial for each keyword that speaks of the value itself, not of its members."""
    if "type" in schema:
        yield _kind(schema["type"])
    if "enum" in schema or "const" in schema:
        yield _options(schema)
    elif schema.get("type") == "boolean":
        yield _either()
    yield from (_bound(name, schema[name], 1, kind) for name, kind in UPPER.items() if name in schema)
    yield from (_bound(name, schema[name], -1, kind) for name, kind in LOWER.items() if name in schema)
    for name in ("pattern", "format"):
        if name in schema:
            yield _checked(name, {name: schema[name]}, str)
    if schema.get("uniqueItems"):
        yield _checked("uniqueItems", {"uniqueItems": True}, list)
    if "propertyNames" in schema:
        yield _checked("propertyNames", {"propertyNames": schema["propertyNames"]}, dict)


def _kind(kind: Json) -> Trial:
    check = Draft202012Validator({"type": kind})
    wrong = (("type", INVALID),)
    shown = (("type", VALID),)
    return Trial((*shown, *wrong), lambda _: shown, lambda value: None if check.is_valid(value) else wrong)


def _options(schema: Schema) -> Trial:
    keyword = "const" if "const" in schema else "enum"
    options = [schema["const"]] if "const" in schema else schema["enum"]
    wrong = ((keyword, INVALID),)
    sides = {_spelled(option): ((f"{keyword} {_spelled(option)}", VALID),) for option in options}
    every = tuple(side for shown in sides.values() for side in shown)
    return Trial((*every, *wrong), lambda value: sides[_spelled(value)], lambda value: None if value in options else wrong)


def _spelled(option: Json) -> str:
    return str(option).lower() if isinstance(option, bool) else str(option)


def _either() -> Trial:
    sides = (("boolean false", VALID),), (("boolean true", VALID),)
    return Trial((*sides[0], *sides[1]), lambda value: sides[bool(value)], lambda _: None)


def _bound(keyword: str, bound: float, sign: int, kind: type) -> Trial:
    """A bound of a number, a length or a count: a value beyond it by more than one step proves little, so it shows nothing."""
    valid, first = ((keyword, VALID),), ((keyword, INVALID),)
    edge = (*valid, (keyword, BOUNDARY))

    def beyond(value: Any) -> float:
        if kind is float:
            return (value - bound) * sign if isinstance(value, NUMBERS) and not isinstance(value, bool) else -1
        return (len(value) - bound) * sign if isinstance(value, (str, list)) and isinstance(value, kind) else -1

    def broken(value: Json) -> tuple[Side, ...] | None:
        distance = beyond(value)
        return None if distance <= 0 else first if distance <= 1 else ()

    return Trial((*edge, *first), lambda value: edge if beyond(value) == 0 else valid, broken)


def _checked(keyword: str, schema: Schema, kind: type) -> Trial:
    check = Draft202012Validator(dict(schema), validate_formats=True)
    good, wrong = ((keyword, VALID),), ((keyword, INVALID),)

    def broken(value: Json) -> tuple[Side, ...] | None:
        return wrong if isinstance(value, kind) and not check.is_valid(value) else None

    def shown(value: Json) -> tuple[Side, ...]:
        return () if keyword == "uniqueItems" and len(value) < 2 else good

    return Trial((*good, *wrong), shown, broken)


def crossing(rule: Json) -> Trial:
    """A rule across fields: kept by what it speaks about, at its edge where one moment equals the other, and broken."""
    name = f"{rule['rule']} {rule.get('field') or rule.get('by') or rule.get('without')}"
    check = field_rules.RULES[rule["rule"]](rule)
    good, wrong = ((name, VALID),), ((name, INVALID),)
    edge = (*good, (name, BOUNDARY)) if rule["rule"] == "not_earlier" else good
    concerns = CONCERNS[rule["rule"]]

    def shown(value: Json) -> tuple[Side, ...]:
        found = concerns(rule, value)
        return () if found is None else edge if found else good

    return Trial((*edge, *wrong), shown, lambda value: wrong if check(value) else None)


def _moments(rule: Json, value: Json) -> bool | None:
    """None where the rule has nothing to compare; else whether both moments are one."""
    field, than = (field_rules.moment_of(value, rule[name]) for name in ("field", "than"))
    return None if field is None or than is None else field == than


def _repeatable(rule: Json, value: Json) -> bool | None:
    named = [one for one in value if one.get(rule["by"]) is not None]
    return False if len(named) > 1 else None


def _lonely(rule: Json, value: Json) -> bool | None:
    return False if len(value) == 1 and value[0].get(rule["without"]) is None else None


CONCERNS: dict[str, Callable[[Json, Json], bool | None]] = {"not_earlier": _moments, "unique": _repeatable, "alone": _lonely}
