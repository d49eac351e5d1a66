"""Round trips: what is made, replaced and removed is read so, at once and each time, alone and in the list, in its project alone.

The steps are the same for every kind of thing; which operations take them is told by the description.
"""

from collections.abc import Iterator
from typing import Any

from liveops_contract.api import NOTHING, Api
from liveops_contract.checks import Check, Outcome, Run, failure_of
from liveops_contract.collections_of_things import Collection, collections
from liveops_contract.conformance import ContractBroken
from liveops_contract.description import Operation
from liveops_contract.doors import Answer

Json = Any
SHOWN_EXCHANGES = 6


def checks() -> Iterator[Check]:
    """One check per kind of thing."""
    for found in collections():
        names = tuple(one.id for one in (found.create, found.listing, found.read, found.replace, found.remove))
        yield Check(
            f"round trips of {found.create.id}", "round trips", found.create.area, names, True, True, False, perform, found
        )


def perform(check: Check, run: Run) -> Outcome:
    """Make the trip once."""
    api = run.stage.fresh(run.seed)
    outcome = Outcome(cases=1)
    try:
        Trip(api, check.subject, _example(api.sibling(), check.subject)).go()
    except ContractBroken as broken:
        outcome.failures.append(failure_of(check, broken, api.curtain, last=SHOWN_EXCHANGES))
    return outcome


def _example(api: Api, kind: Collection) -> int:
    """The first published example that a new project takes."""
    for example in range(len(kind.create.examples)):
        if api.call(kind.create.id, body=kind.body(example, 0)).status == 201:
            return example
    last = api.transcript[-1]
    raise ContractBroken(kind.create.id, "a published example can be made", "201 for one of them", last, api.transcript)


class Trip:
    """One trip through a fresh project; raises ContractBroken at the first thing that is not as it was written."""

    def __init__(self, api: Api, kind: Collection, example: int) -> None:
        self.api = api
        self.kind = kind
        self.example = example
        self.names: dict[Json, Json] = {}
        self.before = self._listed()

    def go(self) -> None:
        """Two things are made, replaced in turn, and removed; a second project has its own meanwhile."""
        first, second = self._made(1), self._made(2)
        self._pages()
        other = Trip(self.api.sibling(), self.kind, self.example)
        other._made(3)
        self._as_written()
        for key, number in ((first, 4), (second, 5), (first, 6), (first, 7), (second, 8)):
            self._replaced(key, number)
        other._as_written()
        for key in (first, second):
            self._removed(key)
        other._as_written()

    def _made(self, number: int) -> Json:
        body = self.kind.body(self.example, number)
        answer = self._call(self.kind.create, 201, body=body)
        key = self.kind.key_of(answer.json(), body)
        if key in self.names:
            raise self._broken(self.kind.create, "a new thing gets a name of its own", f"another than {key!r}")
        self.names[key] = body["name"]
        self._as_written()
        return key

    def _replaced(self, key: Json, number: int) -> None:
        body = self.kind.other_body(self.example, number, key)
        self._call(self.kind.replace, 204, key, body)
        self.names[key] = body["name"]
        self._as_written()

    def _removed(self, key: Json) -> None:
        self._call(self.kind.remove, 204, key)
        del self.names[key]
        for operation in (self.kind.read, self.kind.remove):
            self._call(operation, 404, key)
        self._as_written()

    def _as_written(self) -> None:
        """Each thing is read under its last name, twice, and the list holds as many as there are."""
        for _ in range(2):
            for key, name in self.names.items():
                read = self._call(self.kind.read, 200, key).json()
                if read["name"] != name:
                    raise self._broken(self.kind.read, "what was written last is read", f"the name {name!r}")
            self._listed_as_written()

    def _listed_as_written(self) -> None:
        listed = [element["name"] for element in self._listed()]
        expected = [element["name"] for element in self.before] + list(self.names.values())
        if sorted(map(str, listed)) != sorted(map(str, expected)):
            raise self._broken(self.kind.listing, "the list holds what was written last", f"the names {expected}")

    def _pages(self) -> None:
        """Pages of one element are the list, element by element."""
        if not any(parameter.name == "limit" for parameter in self.kind.listing.parameters):
            return
        whole = self._listed()
        for offset, element in enumerate(whole):
            if self._listed(limit=1, offset=offset) != [element]:
                raise self._broken(self.kind.listing, "a page is a part of the list", f"the element {offset} alone")

    def _listed(self, **query: int) -> list[Json]:
        answer = self.api.call(self.kind.listing.id, query=query).json()
        found: list[Json] = next(value for value in answer.values() if isinstance(value, list))
        return found

    def _call(self, operation: Operation, status: int, key: Json = None, body: Json = NOTHING) -> Answer:
        answer = self.api.call(operation.id, path={} if key is None else {self.kind.key: key}, body=body)
        if answer.status != status:
            raise self._broken(operation, "a round trip comes to its end", f"{status}")
        return answer

    def _broken(self, operation: Operation, rule: str, expected: str) -> ContractBroken:
        return ContractBroken(operation.id, rule, expected, self.api.transcript[-1], self.api.transcript)
