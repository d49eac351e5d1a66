"""A schema unfolded into places, each with its keywords and a count of what is still to be exercised in it and below it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from liveops_contract.coverage.marks import BOUNDARY, INVALID, SEEN, VALID, Item, Mark
from liveops_contract.coverage.trials import Side, Trial, crossing, trials
from liveops_contract.description import Schema, resolved, validator

Json = Any
Broken = list[list[Mark]]  # for each place that is broken, what its breaking shows
Wanted = Callable[[Item], bool]
MISSING: Json = object()


@dataclass
class Places:
    """What all places of one tree share: whose they are, what was exercised at them, and where a mark is still missing."""

    operation: str
    seen: set[Mark]
    wanted: Wanted
    answers: bool = False
    items: list[Item] = field(default_factory=list)
    missing: dict[Mark, "Place"] = field(default_factory=dict)

    def show(self, mark: Mark) -> None:
        """Write down that this was exercised."""
        self.seen.add(mark)
        place = self.missing.pop(mark, None)
        if place is not None:
            place.count(mark, -1)


class Place:
    """One place of a request or answer."""

    def __init__(self, places: Places, path: str, schema: Schema, above: "Place | None" = None) -> None:
        self.places, self.path, self.above = places, path, above
        self.left = {VALID: 0, INVALID: 0}  # marks still to be exercised here and below; what no request can is not counted
        self.source, self.nullable, self.choices = flattened(schema)
        self.names: tuple[str, ...] = (*(above.names if above else ()), str(schema.get("$ref", "")))
        self.trials: list[Trial] = []
        self.crossing: list[Trial] = []
        self.members: dict[str, Place] = {}
        self.branches: list[tuple[Any, str, Place]] = []
        self.element: Place | None = None
        self.value: Place | None = None
        self._unfold()

    def _unfold(self) -> None:
        recursive = self.names[-1] and self.names[-1] in self.names[:-1]
        self.trials = [*trials(self.source)]
        self.crossing = [crossing(rule) for rule in self.source.get("x-rules", ())]
        for trial in (*self.trials, *self.crossing):
            self.want(side for side in trial.sides if not self.places.answers or _of_answers(side))
        if self.nullable:
            self.want([("null", self.taken)])
        if recursive:
            return
        self._unfold_branches()
        self._unfold_members()

    @property
    def taken(self) -> str:
        """The aspect of what was sent and taken, or of what came back."""
        return SEEN if self.places.answers else VALID

    def _unfold_branches(self) -> None:
        for number, branch in enumerate(self.choices):
            label = str(branch.get("$ref", number)).rpartition("/")[2]
            self.want([(f"branch {label}", self.taken)])
            below = Place(self.places, f"{self.path}<{label}>", branch, self)
            self.branches.append((validator(branch), label, below))
        if self.choices and not self.places.answers:
            self.want([("oneOf", INVALID)])

    def _unfold_members(self) -> None:
        required = self.source.get("required", ())
        for name, part in self.source.get("properties", {}).items():
            member = self.members[name] = Place(self.places, f"{self.path}/{name}", part, self)
            member.announce(needed=name in required)
        more = self.source.get("additionalProperties")
        if more is False and not self.places.answers:
            self.want([("additionalProperties", INVALID)])
        if isinstance(more, Mapping):
            self.value = Place(self.places, f"{self.path}/{{}}", more, self)
        if "items" in self.source and self.source.get("maxItems") != 0:
            self.element = Place(self.places, f"{self.path}/*", self.source["items"], self)
            self.want([("items", self.taken)])

    def announce(self, *, needed: bool) -> None:
        """Want this member to be given; left out too, which is refused where it is needed."""
        self.needed = needed
        keyword = "required" if needed else "optional"
        if self.places.answers:
            self.want([(keyword, SEEN)])
        else:
            self.want([(keyword, VALID), (keyword, INVALID if needed else BOUNDARY)])

    def want(self, sides: Iterable[Side]) -> None:
        """Want these sides of a keyword to be exercised here."""
        for keyword, aspect in sides:
            mark = self.mark(keyword, SEEN if self.places.answers else aspect)
            item = Item(mark, self.source)
            self.places.items.append(item)
            if self.places.wanted(item) and mark not in self.places.seen:
                self.places.missing[mark] = self
                self.count(mark, 1)

    def mark(self, keyword: str, aspect: str) -> Mark:
        """A mark of this place."""
        return Mark(self.places.operation, self.path, keyword, aspect)

    def count(self, mark: Mark, change: int) -> None:
        """Add to what is missing here and above."""
        kind = INVALID if mark.aspect == INVALID else VALID
        place: Place | None = self
        while place is not None:
            place.left[kind] += change
            place = place.above

    def take(self, value: Json) -> None:
        """Write down what a value that was taken shows, here and below, as far as something is still missing."""
        if not self.left[VALID]:
            return
        if value is None and self.nullable:
            self.places.show(self.mark("null", self.taken))
            return
        for trial in (*self.trials, *self.crossing):
            for keyword, aspect in trial.shown(value):
                if not self.places.answers or _of_answers((keyword, aspect)):
                    self.places.show(self.mark(keyword, self.taken if self.places.answers else aspect))
        for check, label, below in self.branches:
            if check.is_valid(value):
                self.places.show(self.mark(f"branch {label}", self.taken))
                below.take(value)
        self._take_members(value)

    def _take_members(self, value: Json) -> None:
        if isinstance(value, dict):
            for name, member in self.members.items():
                member.present(value.get(name, MISSING))
            if self.value is not None:
                for one in value.values():
                    self.value.take(one)
        elif isinstance(value, list) and value and self.element is not None:
            self.places.show(self.mark("items", self.taken))
            for one in value:
                self.element.take(one)

    def present(self, value: Json) -> None:
        """Take the value of this member, or write down that it was left out."""
        if not self.left[VALID]:
            return
        keyword = "required" if self.needed else "optional"
        if value is not MISSING:
            self.places.show(self.mark(keyword, self.taken))
            self.take(value)
        elif not self.needed and not self.places.answers:
            self.places.show(self.mark(keyword, BOUNDARY))

    def broken(self, value: Json) -> Broken:
        """For each place that the value breaks, what that shows. More than two are not looked for."""
        if value is None and self.nullable:
            return []
        sides = [side for trial in self.trials for side in [trial.broken(value)] if side is not None]
        found = [[self.mark(*side) for shown in sides for side in shown]] if sides else []
        for more in (self._broken_branches, self._broken_members):
            if len(found) < 2:
                found += more(value)
        if not found and self.crossing:
            crossed = [shown for trial in self.crossing for shown in [trial.broken(value)] if shown is not None]
            found = [[self.mark(*side) for side in shown] for shown in crossed]
        return found

    def _broken_branches(self, value: Json) -> Broken:
        if not self.branches:
            return []
        fitting = [below for check, _, below in self.branches if check.is_valid(value)]
        if fitting:
            return fitting[0].broken(value)  # only a rule across fields can be left
        shown = [self.mark("oneOf", INVALID)]
        for _, _, below in self.branches:
            within = below.broken(value)
            if len(within) == 1:
                shown += within[0]
        return [shown]

    def _broken_members(self, value: Json) -> Broken:
        found: Broken = []
        if isinstance(value, list) and self.element is not None:
            for one in value:
                found += self.element.broken(one)
                if len(found) > 1:
                    break
        elif isinstance(value, dict):
            found += self._broken_names(value)
            for name, one in value.items():
                below = self.members.get(name, self.value)
                if below is not None and len(found) < 2:
                    found += below.broken(one)
        return found

    def _broken_names(self, value: dict[str, Json]) -> Broken:
        missing = [
            [member.mark("required", INVALID)] for name, member in self.members.items() if member.needed and name not in value
        ]
        closed = self.source.get("additionalProperties") is False
        unknown = [[self.mark("additionalProperties", INVALID)] for name in value if closed and name not in self.members]
        return missing + unknown

    def walk(self) -> "Iterator[Place]":
        """This place and those below it."""
        yield self
        below = [*self.members.values(), *(place for _, _, place in self.branches), self.element, self.value]
        for place in below:
            if place is not None:
                yield from place.walk()


def flattened(schema: Schema) -> tuple[dict[str, Json], bool, list[Schema]]:
    """The keywords of a schema with those of its `allOf` and of its only form beside null; whether it takes null; its forms."""
    source = dict(resolved(schema))
    kinds: Json = source.get("type")
    nullable = isinstance(kinds, list) and "null" in kinds
    if nullable:
        source["type"] = next(kind for kind in kinds if kind != "null")
        source |= {"enum": [option for option in source["enum"] if option is not None]} if "enum" in source else {}
    for part in source.pop("allOf", ()):
        inner = flattened(part)[0]
        joined = {**source.get("properties", {}), **inner.get("properties", {})}
        required = [*source.get("required", ()), *inner.get("required", ())]
        source = {**inner, **source, "properties": joined, "required": required}
    choices: list[Schema] = [*source.pop("oneOf", ()), *source.pop("anyOf", ())]
    forms = [form for form in choices if resolved(form).get("type") != "null"]
    nullable = nullable or len(forms) < len(choices)
    if len(forms) == 1:
        inner, _, deeper = flattened(forms[0])
        return {**source, **inner}, nullable, deeper
    return source, nullable, forms


def _of_answers(side: Side) -> bool:
    """Of what a schema says about answers only the values of an enumeration and of a boolean are forms that have to be met."""
    return side[1] == VALID and side[0].startswith(("enum ", "const ", "boolean "))
