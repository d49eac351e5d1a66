"""Which failures are told as one: those of one operation, and below them the laws that stumble over it.

A law that is about several operations fails where any of them is broken. It is put down to one that a law finds broken, and of
these to the one that best tells the laws that fail from those that hold, as Ochiai's coefficient has it: many that call it fail,
and few of those hold.
A shape that several operations judge alike at the same places is one that they share.
"""

from collections import Counter
from math import sqrt
from typing import Any

from liveops_contract.checks import KINDS

Json = Any
ASKING = frozenset(KINDS) - {"planted bugs"}  # what is not found by asking the server stands alone
SEVERAL = ("laws", "journeys")  # kinds whose checks are about several operations
SHAPE = "for its shape"


def folded(rows: list[Json], failures: list[Json]) -> dict[str, str]:
    """For each failure, by its id, the id of the one that it is told below; the first of each group stands below itself."""
    blame = _blame(rows)
    groups: dict[tuple[bool, str], list[Json]] = {}
    for is_accepted in (False, True):
        alike = [failure for failure in failures if bool(failure["accepted"]) is is_accepted]
        broken = {failure["operation"] for failure in alike if failure["kind"] in SEVERAL}
        shapes: dict[tuple[str, str], str] = {}
        for failure in alike:
            key = _cause(failure, broken, blame) if failure["kind"] in ASKING else failure["id"]
            if failure["rule"].endswith(SHAPE):
                key = shapes.setdefault((failure["rule"], failure["detail"]), key)
            groups.setdefault((is_accepted, key), []).append(failure)
    # The operation's own failure names the group best.
    heads = {key: next((one for one in group if one["operation"] == key[1]), group[0]) for key, group in groups.items()}
    return {failure["id"]: heads[key]["id"] for key, group in groups.items() for failure in group}


def _cause(failure: Json, broken: set[str], blame: dict[str, float]) -> str:
    """The operation that a failure is put down to; the one that the check is about first, where no other is more likely."""
    suspects = [name for name in (failure["operation"], *failure["suspects"]) if name in broken]
    return max(suspects, key=lambda name: blame.get(name, 0.0), default=str(failure["operation"]))


def _blame(rows: list[Json]) -> dict[str, float]:
    """How well each operation tells the laws and journeys that fail; their number is the same for all, and left out."""
    made = [row for row in rows if row["kind"] in SEVERAL and not row["reason"]]
    calls = Counter(name for row in made for name in row["calls"])
    failing = Counter(name for row in made if row["failures"] for name in row["calls"])
    return {name: failing[name] / sqrt(count) for name, count in calls.items()}
