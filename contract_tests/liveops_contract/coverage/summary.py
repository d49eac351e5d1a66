"""What a run has exercised, as data for the reports, as one line, and as failures where something was left out."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from liveops_contract.coverage.explained import reason_of
from liveops_contract.coverage.marks import INVALID, Item, Mark
from liveops_contract.coverage.record import Record
from liveops_contract.description import operation_table

Json = Any
# The columns of the heat map, each with what begins the names of its keywords.
COLUMNS = ("statuses", "path", "query", "body: taken", "body: at bounds", "body: refused", "answers")


class Summary:
    """The marks of some operations: exercised, missing, explained, and explained although they were exercised."""

    def __init__(self, items: Iterable[Item], seen: set[Mark], operations: Iterable[str]) -> None:
        self.operations = frozenset(operations)
        self.items = [item for item in items if item.mark.operation in self.operations]
        self.reasons = {item.mark: reason for item in self.items if (reason := reason_of(item))}
        self.seen = seen
        self.wanted = [item.mark for item in self.items if item.mark not in self.reasons]
        self.missing = [mark for mark in self.wanted if mark not in seen]
        self.outdated = [mark for mark in self.reasons if mark in seen]

    @classmethod
    def of(cls, record: Record, operations: Iterable[str]) -> "Summary":
        """What a run has exercised of these operations."""
        return cls(record.items, record.seen, operations)

    @property
    def faults(self) -> list[Mark]:
        """What may not be missing, and what was explained away though it can be exercised."""
        return self.missing + self.outdated

    def line(self) -> str:
        """The coverage in one line."""
        parts = []
        for name, chosen in (("requests and statuses", False), ("answers", True)):
            wanted = [mark for mark in self.wanted if (column(mark) == "answers") == chosen]
            done = sum(mark in self.seen for mark in wanted)
            parts.append(f"{share(done, len(wanted))} of {name} ({done} of {len(wanted)})")
        return f"coverage of the description: {', '.join(parts)}, {len(self.reasons)} explained"

    def document(self) -> Json:
        """The coverage as data. `seen` of several runs of one description are joined by uniting them, place by place."""
        return {
            "operations": sorted(self.operations),
            "not_exercised": [str(mark) for mark in self.faults if mark not in self.seen],
            "seen": nested(mark for mark in (item.mark for item in self.items) if mark in self.seen),
            "missing": nested(self.missing),
            "outdated": [str(mark) for mark in self.outdated],
            "explained": [{"reason": text, "marks": count} for text, count in Counter(self.reasons.values()).most_common()],
            "line": self.line(),
            "columns": list(COLUMNS),
            "areas": self._areas(),
        }

    def _areas(self) -> list[Json]:
        areas: dict[str, dict[str, list[Item]]] = {}
        for item in self.items:
            operation = operation_table()[item.mark.operation]
            areas.setdefault(operation.area, {}).setdefault(operation.id, []).append(item)
        return [
            {
                "area": area,
                "cells": self._cells(item for part in parts.values() for item in part),
                "operations": [{"id": name, "cells": self._cells(items)} for name, items in parts.items()],
            }
            for area, parts in areas.items()
        ]

    def _cells(self, items: Iterable[Item]) -> list[Json]:
        done, whole = Counter[str](), Counter[str]()
        for item in items:
            if item.mark not in self.reasons:
                whole[column(item.mark)] += 1
                done[column(item.mark)] += item.mark in self.seen
        return [{"done": done[name], "wanted": whole[name], "share": share(done[name], whole[name])} for name in COLUMNS]

    def places(self) -> Json:
        """For each operation its places, at each its keywords, and for each of these what became of its aspects."""
        found: dict[str, dict[str, dict[str, dict[str, str]]]] = {}
        for mark in (item.mark for item in self.items):
            state = "seen" if mark in self.seen else "explained" if mark in self.reasons else "missing"
            keywords = found.setdefault(mark.operation, {}).setdefault(mark.place, {})
            keywords.setdefault(mark.keyword, {})[mark.aspect] = state
        return found


def column(mark: Mark) -> str:
    """The column of the heat map in which a mark counts."""
    top = mark.place.split("/")[1].partition("<")[0] if mark.place != "status" else "statuses"
    if top.isdigit():
        return "answers"
    if top != "body":
        return top
    return {"valid": "body: taken", "boundary": "body: at bounds", INVALID: "body: refused"}[mark.aspect]


def share(done: int, whole: int) -> str:
    """A share in percent, never rounded up to all of it."""
    if not whole:
        return "–"
    return "100 %" if done == whole else f"{min(99.9, 100 * done / whole):.1f} %"


def nested(marks: Iterable[Mark]) -> Json:
    """Marks as operation, place, keyword and the aspects of each."""
    found: dict[str, dict[str, dict[str, list[str]]]] = {}
    for mark in marks:
        found.setdefault(mark.operation, {}).setdefault(mark.place, {}).setdefault(mark.keyword, []).append(mark.aspect)
    return found


def flat(document: Json) -> set[Mark]:
    """The marks that `nested` wrote."""
    return {
        Mark(operation, place, keyword, aspect)
        for operation, places in document.items()
        for place, keywords in places.items()
        for keyword, aspects in keywords.items()
        for aspect in aspects
    }


def coverage_of(document: Json) -> Summary:
    """The coverage that a report holds."""
    return Summary(Record(document["operations"]).items, flat(document["seen"]), document["operations"])


def joined_coverage(documents: list[Json]) -> Json:
    """The coverage of the whole from that of its parts: what any of them saw was seen."""
    names = {name for document in documents for name in document["operations"]}
    seen = {mark for document in documents for mark in flat(document["seen"])}
    return Summary(Record(names).items, seen, names).document()
