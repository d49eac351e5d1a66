"""One operation as a tree of places: what a call that was taken or refused shows, and what its answer shows."""

import json
from typing import Any
from urllib.parse import parse_qsl

from liveops_contract.conformance import SHAPE_REFUSED
from liveops_contract.coverage.marks import INVALID, SEEN, VALID, Item, Mark
from liveops_contract.coverage.tree import MISSING, Broken, Place, Places, Wanted
from liveops_contract.description import Operation, Parameter
from liveops_contract.doors import Answer

Json = Any
# These answers were given before anybody looked at the shape of the request.
BEFORE_SHAPE = frozenset({400, 401, 405, 413, 415})
PROJECT = "/path/project_id"
LOOKS = 40
Met = dict[tuple[str, int, int], int]  # how many answers of an operation, status and length were looked at


class Calls:
    """What is wanted and what was seen of one operation."""

    def __init__(self, operation: Operation, seen: set[Mark], wanted: Wanted) -> None:
        self.operation, self.seen = operation, seen
        self.asked = Places(operation.id, seen, wanted)
        self.told = Places(operation.id, seen, wanted, answers=True)
        self.parameters = {parameter.name: self._parameter(parameter) for parameter in operation.parameters}
        self.body = Place(self.asked, "/body", operation.body) if operation.body is not None else None
        if self.body is not None:
            self.body.announce(needed=operation.body_required)
        self.answers = {
            status: Place(self.told, f"/{status}", response.schema)
            for status, response in operation.responses.items()
            if response.schema is not None
        }
        self.statuses = [Item(Mark(operation.id, "status", str(status), SEEN)) for status in operation.responses]
        self.undeclared = Item(Mark(operation.id, "/query", "undeclared", INVALID))

    def _parameter(self, parameter: Parameter) -> Place:
        place = Place(self.asked, f"/{parameter.place}/{parameter.name}", parameter.schema)
        if parameter.place == "query":
            place.announce(needed=parameter.required)
            if not parameter.is_list:
                place.want([("once", INVALID)])
        return place

    @property
    def items(self) -> list[Item]:
        """Everything that the description says about the operation."""
        return [*self.statuses, *self.asked.items, self.undeclared, *self.told.items]

    def answered(self, answer: Answer, met: Met) -> None:
        """Write down the status, and what the body shows."""
        if answer.status in self.operation.responses:
            self.seen.add(Mark(self.operation.id, "status", str(answer.status), SEEN))
        place = self.answers.get(answer.status)
        if place is not None and place.left[VALID] and self._is_news(answer, met):
            place.take(json.loads(answer.body))

    def _is_news(self, answer: Answer, met: Met) -> bool:
        """Whether few answers of this length were met: of many that are equally long, the later ones hardly show another form."""
        looks = (self.operation.id, answer.status, len(answer.body))
        met[looks] = met.get(looks, 0) + 1
        return met[looks] <= LOOKS

    def asked_for(self, texts: dict[str, str], query: str, body: bytes, answer: Answer) -> None:
        """Write down what the request shows, now that it is known how it was judged."""
        places = [*self.parameters.values(), *([self.body] if self.body else [])]
        refused = answer.status == 422 and answer.error_code == SHAPE_REFUSED
        if refused or answer.status in (401, 405):
            if any(place.left[INVALID] for place in places) or self.undeclared.mark not in self.seen:
                self._refused(answer.status, *self._read(texts, query, body))
        elif answer.status not in BEFORE_SHAPE and answer.status < 500:
            if any(place.left[VALID] for place in places):
                self._taken(*self._read(texts, query, body))
        elif self.body is not None and not body and answer.status in (400, 415):
            self.asked.show(self.body.mark("required", INVALID))

    def _read(self, texts: dict[str, str], query: str, body: bytes) -> tuple[dict[str, Json], list[str], Json]:
        """The values of the parameters, the names that are none, and the body."""
        asked: dict[str, list[str]] = {name: [text] for name, text in texts.items()}
        for name, text in parse_qsl(query, keep_blank_values=True):
            asked.setdefault(name, []).append(text)
        values = {}
        for parameter in self.operation.parameters:
            given = asked.pop(parameter.name, [])
            if given:
                values[parameter.name] = given if parameter.is_list or len(given) > 1 else parameter.reads(given[0])
        return values, list(asked), json.loads(body) if body and self.body is not None else MISSING

    def _taken(self, values: dict[str, Json], unknown: list[str], body: Json) -> None:
        # A server that takes what does not fit proves nothing about the description.
        if unknown or self._broken(values, body) or (body is not MISSING and not self.operation.allows_body(body)):
            return
        for parameter in self.operation.parameters:
            place = self.parameters[parameter.name]
            if parameter.place == "path":
                place.take(values[parameter.name])
            else:
                place.present(values.get(parameter.name, MISSING))
        if self.body is not None:
            self.body.present(body)

    def _refused(self, status: int, values: dict[str, Json], unknown: list[str], body: Json) -> None:
        """Whatever alone is wrong with a refused request is what it was refused for."""
        found = self._broken(values, body) + [[self.undeclared.mark] for _ in unknown]
        if len(found) != 1:
            return
        at_project = any(mark.place == PROJECT for mark in found[0])
        in_path = any(mark.place.startswith("/path/") for mark in found[0])
        if status == 422 or (status == 401 and at_project) or (status == 405 and in_path):
            for mark in found[0]:
                self.asked.show(mark)

    def _broken(self, values: dict[str, Json], body: Json) -> Broken:
        found: Broken = []
        for parameter in self.operation.parameters:
            place, value = self.parameters[parameter.name], values.get(parameter.name, MISSING)
            if value is MISSING:
                found += [[place.mark("required", INVALID)]] if parameter.required else []
            elif isinstance(value, list) and not parameter.is_list:
                found.append([place.mark("once", INVALID)])
            else:
                found += place.broken(value)
        if self.body is not None and body is not MISSING:
            found += self.body.broken(body)
        elif self.body is not None and self.operation.body_required:
            found.append([self.body.mark("required", INVALID)])
        return found
