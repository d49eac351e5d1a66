"""Single values that are told or taken as others: each place that an example shows, and what else may stand there."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from xsolla_liveops.bundle import load_bundle

from liveops_contract.description import Operation, resolved, validator
from liveops_contract.readings import SPELLINGS, moment
from liveops_contract.spoilers import values
from liveops_contract.spoilers.values import Change, Way

Json = Any
Fits = Callable[[Json], bool]
NULL_OR_GONE = (values.lost, values.nulled)
LANGUAGES = frozenset(SPELLINGS) | frozenset(SPELLINGS.values())


@dataclass(frozen=True)
class Other:
    """A place, another value for it that the description allows there, and which kind of fault that is."""

    way: Way
    kind: str
    change: Change
    fits: Fits

    def __call__(self, document: Json) -> Json:
        """The document with the other value, where the description allows it so."""
        made = values.at(self.way, self.change)(document)
        return made if self.fits(made) else document


def told(operation: Operation) -> Iterator[Other]:
    """Each place of the good answers that examples show."""
    source = load_bundle()["paths"][operation.path][operation.method.lower()]
    for status, response in operation.responses.items():
        if status < 300 and response.schema is not None:
            content = resolved(source["responses"][str(status)])["content"]["application/json"]
            shown = [resolved(example)["value"] for example in content.get("examples", {}).values()]
            yield from _others(shown, validator(response.schema, closed=True).is_valid)


def taken(operation: Operation) -> Iterator[Other]:
    """Each place of the bodies that examples show."""
    yield from _others(list(operation.examples.values()), operation.allows_body)


def _others(shown: list[Json], fits: Fits) -> Iterator[Other]:
    for way in dict.fromkeys(way for document in shown for way in _leaves(document)):
        found = (_other(way, document, fits) for document in shown if way in _leaves(document))
        yield from [other for other in found if other][:1]


def _other(way: Way, document: Json, fits: Fits) -> Other | None:
    for kind, change in _changes(way[-1], next(_found(document, way))):
        made = values.at(way, change)(document)
        if made != document and fits(made):
            return Other(way, kind, change, fits)
    return None


def _changes(name: str, value: Json) -> Iterator[tuple[str, Change]]:
    """What may be wrong with a value, the worst first."""
    if name in ("has_more", "total_items_count"):
        yield "total or has_more wrong", values.negated if isinstance(value, bool) else values.longer
    if isinstance(value, int) and not isinstance(value, bool):
        yield "amount off by one", values.longer
    if moment(value):
        yield "schedule off by an hour", values.later(hours=1)
    if isinstance(value, str) and value.count(".") == 1:
        yield "price rounded", values.rounded
    for change in NULL_OR_GONE:
        yield "nested field lost", change
    yield "value altered", values.negated if isinstance(value, bool) else partial(_altered, value)


def _altered(shown: Json, value: Json) -> Json:
    """Another text: by one character, as the example shows it can be."""
    if not isinstance(value, str):
        return value
    return f"{value[:-1]}{'b' if value[-1:] == 'a' else 'a'}" if isinstance(shown, str) and shown else f"{value}a"


def _found(document: Json, way: Way) -> Iterator[Json]:
    """What stands at a place of a document, null aside."""
    if not way:
        yield from [] if document is None else [document]
    elif isinstance(document, list):
        for member in document:
            yield from _found(member, way[1:])
    elif isinstance(document, dict):
        for name in document if way[0] == "*" else document.keys() & {way[0]}:
            yield from _found(document[name], way[1:])


def _leaves(document: Json, way: Way = ()) -> list[Way]:
    if isinstance(document, dict):
        # A text is one place, in however many languages an example shows it.
        found = {"*" if name in LANGUAGES else name: member for name, member in document.items()}
        return [leaf for name, member in found.items() for leaf in _leaves(member, (*way, name))]
    if isinstance(document, list):
        return list(dict.fromkeys(leaf for member in document for leaf in _leaves(member, (*way, "*"))))
    return [] if document is None else [way]
