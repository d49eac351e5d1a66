"""Round trips: what is made, replaced and removed is read so, at once and each time, alone and in the list, in its project alone.

The steps are the same for every kind of thing; which operations take them is told by the description.
"""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import product
from typing import Any

from liveops_contract.api import NOTHING, Api
from liveops_contract.checks import Check, Outcome, Run, failure_of
from liveops_contract.collections_of_things import Collection, collections, make_published
from liveops_contract.conformance import ContractBroken
from liveops_contract.description import Operation, Schema, resolved
from liveops_contract.doors import Answer
from liveops_contract.readings import differences, disagreements, elements, members, page_of

Json = Any
SHOWN_EXCHANGES = 6
END = "2100-01-01T00:00:00+08:00"
READS = 3  # an odd number: what keeps every second answer tells an old one after some write


def checks() -> Iterator[Check]:
    """One check per kind of thing."""
    for found in collections():
        own = (found.create, found.listing, found.read, found.replace, found.remove)
        names = tuple(one.id for one in (*own, *found.views))
        yield Check(
            f"round trips of {found.create.id}", "round trips", found.create.area, names, True, True, False, perform, found
        )


def perform(check: Check, run: Run) -> Outcome:
    """Make the trip with each published example."""
    api, kind = run.stage.fresh(run.seed), check.subject
    outcome = Outcome()
    try:
        for example in kind.examples():
            project = _taking(api, kind, example)
            outcome.cases += 1
            Trip(project(), kind, example).go(Trip(project(), kind, example))
            Visit(project(), kind, example).go()
    except ContractBroken as broken:
        outcome.failures.append(failure_of(check, broken, api.curtain, last=SHOWN_EXCHANGES))
    return outcome


def _taking(api: Api, kind: Collection, example: int) -> Callable[[], Api]:
    """What makes projects that take the example: empty ones, or else ones with the published things of other kinds."""
    for project in (api.sibling, partial(_with_others, api, kind)):
        if _is_taken(project(), kind, example):
            return project
    raise api.broken("each published example can be made and replaced", "201, 204", kind.create.id)


def _with_others(api: Api, kind: Collection) -> Api:
    project = api.sibling()
    make_published(project, besides=kind)
    return project


def _is_taken(api: Api, kind: Collection, example: int) -> bool:
    """Whether a project takes the example, and what it is to be replaced with."""
    body = kind.body(example, 0)
    made = api.call(kind.create.id, body=body)
    if made.status != 201:
        return False
    key = kind.key_of(made.json(), body)
    return api.call(kind.replace.id, path={kind.key: key}, body=kind.other_body(example, 0, key)).status == 204


class Trip:
    """One trip through a fresh project; raises ContractBroken at the first thing that is not as it was written."""

    def __init__(self, api: Api, kind: Collection, example: int) -> None:
        self.api = api
        self.kind = kind
        self.example = example
        self.written: dict[Json, Json] = {}
        self.wrote = kind.create  # the operation that wrote last
        self.before = self._listed()
        self.element = _element(kind.listing)

    def go(self, other: "Trip") -> None:
        """Two things are made, replaced in turn, and removed; another project, asked all that before, keeps its own."""
        gone, kept = other._made(1), other._made(2)
        other._replaced(kept, 3)
        other._removed(gone)
        first, second = self._made(1), self._made(2)
        self._pages()
        for key, number in ((first, 4), (second, 5), (first, 6), (first, 7), (second, 8)):
            self._replaced(key, number)
        other._as_written()
        for key in (second, first):
            self._removed(key)
        other._as_written()
        self._numbered_anew(first, second)

    def _numbered_anew(self, *gone: Json) -> None:
        """The number of a thing that is gone is not given again; a name may be."""
        if isinstance(gone[0], int) and self._made(9) in gone:
            raise self._broken(self.kind.create, "the number of what is gone is not given again", f"another than {list(gone)}")

    def _made(self, number: int) -> Json:
        body = self.kind.body(self.example, number)
        name = self.kind.key_in(body)
        if name is not None and name not in self.written:
            self._call(self.kind.read, 404, name)
        answer = self._call(self.kind.create, 201, body=body)
        self.wrote = self.kind.create
        key = self.kind.key_of(answer.json(), body)
        if key in self.written:
            raise self._broken(self.kind.create, "a new thing gets a name of its own", f"another than {key!r}")
        self.written[key] = body
        for place in disagreements(answer.json(), self._read(key, body)):
            raise self._broken(self.kind.create, "what is told of a new thing is read", place)
        self._as_written()
        return key

    def _replaced(self, key: Json, number: int) -> None:
        body = self.kind.other_body(self.example, number, key)
        self._call(self.kind.replace, 204, key, body)
        self.wrote = self.kind.replace
        self.written[key] = body
        self._as_written()

    def _removed(self, key: Json) -> None:
        self._call(self.kind.remove, 204, key)
        del self.written[key]
        for operation in (self.kind.read, self.kind.remove):
            self._call(operation, 404, key)
        self._as_written()

    def _as_written(self) -> None:
        """Each thing is read as it was written last, each time; the list holds all there are, and tells the same of them."""
        for _ in range(READS):
            read = [self._read(key, body) for key, body in self.written.items()]
            listed = self._listed_as_written()
            for whole in read:
                element = next(one for one in listed if one["name"] == whole["name"])
                for place in disagreements(whole, element):
                    raise self._broken(self.kind.listing, "a list tells of a thing what reading it tells", place)

    def _read(self, key: Json, body: Json) -> Json:
        read = self._call(self.kind.read, 200, key).json()
        for place in differences(body, read, [self.kind.read.responses[200].schema or {}]):
            raise self._broken(self.kind.read, "what was written last is read", place)
        return read

    def _listed_as_written(self) -> list[Json]:
        listed = self._listed()
        expected = [element["name"] for element in self.before] + [body["name"] for body in self.written.values()]
        if sorted(str(element["name"]) for element in listed) != sorted(map(str, expected)):
            raise self._broken(self.kind.listing, "the list holds what was written last", f"the names {expected}")
        for body in self.written.values():
            element = next(one for one in listed if one["name"] == body["name"])
            for place in differences(body, element, self.element):
                raise self._broken(self.kind.listing, "the list holds what was written last", place)
        return listed

    def _pages(self) -> None:
        """Pages of one element are the list, element by element."""
        if not any(parameter.name == "limit" for parameter in self.kind.listing.parameters):
            return
        whole = self._listed()
        for offset, element in enumerate(whole):
            if self._listed(limit=1, offset=offset) != [element]:
                raise self._broken(self.kind.listing, "a page is a part of the list", f"the element {offset} alone")

    def _listed(self, **query: int) -> list[Json]:
        return page_of(self.api.call(self.kind.listing.id, query=query).json())

    def _call(self, operation: Operation, status: int, key: Json = None, body: Json = NOTHING) -> Answer:
        answer = self.api.call(operation.id, path={} if key is None else {self.kind.key: key}, body=body)
        if answer.status != status:
            raise self._broken(operation, "a round trip comes to its end", f"{status}")
        return answer

    def _broken(self, operation: Operation, rule: str, expected: str) -> ContractBroken:
        return self.api.broken(rule, expected, operation.id, self.wrote.id)


class Visit:
    """What users see of a thing that is switched on: what the operator wrote, and nothing that the operator reads otherwise."""

    def __init__(self, api: Api, kind: Collection, example: int) -> None:
        self.api = api
        self.kind = kind
        # Which users suit conditions is a matter of laws: here it is for everybody, and ends one day.
        body = kind.body(example, 1) | {"is_enabled": True, "date_end": END}
        self.body = {name: value for name, value in body.items() if name != "attribute_conditions"}

    def go(self) -> None:
        """Each way in which users see it, twice, for two of them; raises ContractBroken at the first that shows it otherwise."""
        if not self.kind.views or self.api.control is None:
            return
        self.api.control.set_clock(self.body["date_start"])
        key = self.kind.key_of(self.api.call(self.kind.create.id, body=self.body).json(), self.body)
        read = self.api.call(self.kind.read.id, path={self.kind.key: key}).json()
        for view, user in product(self.kind.views, ("user_1", "user_2", "user_1")):
            shown, schemas = self._shown(view, key, user)
            for place in (*differences(self.body, shown, schemas), *disagreements(read, shown)):
                raise self.api.broken("users see what the operator wrote", place, view.id, self.kind.create.id)

    def _shown(self, view: Operation, key: Json, user: str) -> tuple[Json, list[Schema]]:
        if view.path_examples:
            found = self.api.call(view.id, path={self.kind.key: key}, user=user).json()
            return found, [view.responses[200].schema or {}]
        elements = self.api.call(view.id, user=user).json()["items"]
        return next(iter(elements), {}), _element(view)


def _element(listing: Operation) -> list[Schema]:
    """What the description says of the elements of a list."""
    page = resolved(listing.responses[200].schema)
    return next(found for name in page["properties"] if (found := elements(members([page], name))))
