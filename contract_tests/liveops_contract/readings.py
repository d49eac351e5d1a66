"""Whether what is read is what was written, and whether two readings of one thing agree, place by place."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from xsolla_liveops.bundle import load_bundle

from liveops_contract.description import Schema, resolved

Json = Any
SPELLINGS: dict[str, str] = load_bundle()["components"]["schemas"]["LocalizedText"]["x-two-letter"]


def differences(written: Json, read: Json, schemas: Iterable[Schema], place: str = "") -> Iterator[str]:
    """Each place at which something written is not read so, of those that the schemas of the reading describe.

    What the reading has beside is no difference, nor is an empty list that reads as null, or a null that a server fills in.
    """
    if isinstance(written, Mapping) and isinstance(read, Mapping):
        for name, value in written.items():
            shown = str(name if name in read else SPELLINGS.get(name, name))
            described = list(members(schemas, shown))
            if described:
                yield from differences(value, read.get(shown), described, f"{place}/{name}")
    elif isinstance(written, list) and isinstance(read, list):
        if len(written) != len(read):
            yield f"{place}: {len(written)} elements"
        for number, (value, shown) in enumerate(zip(written, read, strict=False)):
            yield from differences(value, shown, elements(schemas), f"{place}/{number}")
    elif written is not None and not (written == [] and read is None) and not _alike(written, read):
        yield f"{place}: {written!r}"


def disagreements(one: Json, other: Json, place: str = "") -> Iterator[str]:
    """Each place that two readings of one thing both have and tell differently."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        for name in sorted(one.keys() & other.keys()):
            yield from disagreements(one[name], other[name], f"{place}/{name}")
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for number, (value, shown) in enumerate(zip(one, other, strict=True)):
            yield from disagreements(value, shown, f"{place}/{number}")
    elif not _alike(one, other):
        yield f"{place}: {one!r}"


def page_of(answer: Mapping[str, Json]) -> list[Json]:
    """The elements that one page of a list holds, whatever the list is called."""
    return next(part for part in answer.values() if isinstance(part, list))


def members(schemas: Iterable[Schema], name: str) -> Iterator[Schema]:
    """What the schemas, in each of their forms, say of a property."""
    for form in _forms(schemas):
        part = form.get("properties", {}).get(name, form.get("additionalProperties"))
        if isinstance(part, Mapping):
            yield part


def elements(schemas: Iterable[Schema]) -> list[Schema]:
    """What the schemas, in each of their forms, say of the elements of a list."""
    return [form["items"] for form in _forms(schemas) if "items" in form]


def _forms(schemas: Iterable[Schema]) -> Iterator[Schema]:
    for schema in schemas:
        source = resolved(schema)
        yield source
        yield from _forms(part for choice in ("allOf", "anyOf", "oneOf") for part in source.get(choice, ()))


def _alike(one: Json, other: Json) -> bool:
    if isinstance(one, Mapping) and isinstance(other, str):  # users are told the English of what operators write
        return bool(one.get("en", one.get("en-US")) == other)
    here = moment(one)
    return one == other or (here is not None and here.tzinfo is not None and here == moment(other))


def moment(value: Json) -> datetime | None:
    """The moment that a text names; None for whatever names none."""
    if not isinstance(value, str) or "T" not in value:
        return None
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        return None
