"""Put a part into an answer that shows none: an element into an empty list, an object in the place of null."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from liveops_contract.description import Schema, resolved, validator
from liveops_contract.samples import sample

Json = Any
Members = tuple[str, ...]
NOWHERE: Json = object()


@dataclass(frozen=True)
class Planting:
    """A property whose object is put where `way` leads, and what is done to that object then."""

    way: Members
    name: str
    change: Callable[[Json], Json]

    def into(self, body: Json, schema: Schema) -> Json:
        """The body with the changed object in it; the body itself where the schema leads nowhere."""
        made = self._made(body, schema, self.way)
        return body if made is NOWHERE else made

    def _made(self, body: Json, schema: Schema, way: Members) -> Json:
        tried = (self._in_form(body, form, way) for form in _forms(schema))
        return next((made for made in tried if made is not NOWHERE), NOWHERE)

    def _in_form(self, body: Json, form: Schema, way: Members) -> Json:
        fitting = body if validator(form).is_valid(body) else sample(form)
        if not way:
            return self.change(fitting) if self.name in form.get("properties", {}) else NOWHERE
        if way[0] == "*":
            return self._in_elements(fitting, form, way[1:])
        part = form.get("properties", {}).get(way[0])
        made = NOWHERE if part is None else self._made(fitting.get(way[0]), part, way[1:])
        return NOWHERE if made is NOWHERE else {**fitting, way[0]: made}

    def _in_elements(self, body: Json, form: Schema, rest: Members) -> Json:
        for key in ("items", "additionalProperties"):
            if isinstance(form.get(key), Mapping):
                made = self._made(None, form[key], rest)
                if made is not NOWHERE:
                    return [*body, made] if key == "items" else {**body, "strange": made}
        return NOWHERE


def _forms(schema: Schema) -> Iterator[Schema]:
    source = resolved(schema)
    yield source
    for choice in ("oneOf", "anyOf", "allOf"):
        for branch in source.get(choice, ()):
            yield from _forms(branch)
