"""The expressions with which a printed model reads its fields out of JSON data; the helpers that they name are in `fields.py`.

A property is one of the generator's: a model, an enum, a moment, a list, one of several shapes, or a value taken as it is.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from client_error import ClientError

Property = Any
KINDS = {
    "ModelProperty": "read_{module}",
    "EnumProperty": "{name}.read",
    "DateTimeProperty": "moment",
}
TAKES_ALL = {"EnumProperty", "DateTimeProperty"}  # what is read by functions that keep whatever they can't read


class Kinds(NamedTuple):
    """Models that the value of a constant field tells apart: the field, and the reader of each value, both as Python text."""

    tag: str
    readers: dict[str, str]

    @property
    def name(self) -> str:
        """The name of the table in a printed module, made of the values."""
        return "_OR_".join(sorted(re.sub(r"\W+", "_", value.strip("'\"")).upper() for value in self.readers))

    @property
    def table(self) -> str:
        """The table as Python text."""
        return f"{{{', '.join(f'{value}: {read}' for value, read in self.readers.items())}}}"


class FieldReading:
    """What the templates ask, with the models at hand: which field of a model tells its kind stands in the model."""

    def __init__(self, models: list[Property]) -> None:
        self.models = {str(model.class_info.name): model for model in models}

    def expression(self, part: Property, source: str) -> str:
        """Reads the property from the source; the source itself where nothing has to be read."""
        kind = type(part).__name__
        if kind == "UnionProperty":
            return self.choice(part, source)
        if kind == "ListProperty":
            read = self.function(part.inner_property)
            return f"{'each' if part.required else 'each_if_set'}({read}, {source})" if read else source
        read = self.function(part)
        if not read:
            return source
        return f"{read}({source})" if part.required or kind in TAKES_ALL else f"if_set({read}, {source})"

    def function(self, part: Property) -> str:
        """The function that reads one value; empty where nothing has to be read."""
        kind = type(part).__name__
        if kind in KINDS:
            told = getattr(part, "class_info", None)
            return KINDS[kind].format(name=told and told.name, module=told and told.module_name)
        read = self.expression(part, "one") if kind in {"UnionProperty", "ListProperty"} else "one"
        return "" if read == "one" else f"lambda one: {read}"

    def choice(self, part: Property, source: str) -> str:
        """Of several documented shapes the one that fits."""
        read = [inner for inner in part.inner_properties if self.function(inner)]
        kinds = {type(inner).__name__ for inner in read}
        if not read:
            return source
        if kinds == {"ModelProperty"}:
            return self.choice_of_models(read, source)
        if kinds == {"ListProperty"} and len(read) == 1:
            return self.choice_of_list(read[0].inner_property, source)
        if len(kinds) == 1 and kinds <= TAKES_ALL:
            # A text that fits one enum needs no other: an enum keeps every text.
            return f"{self.function(read[0])}({source})"
        name = part.name.get_untrusted_value()
        raise ClientError(f"{name} may be of the kinds {sorted(kinds)}; teach scripts/field_reading.py to tell them apart")

    def choice_of_list(self, part: Property, source: str) -> str:
        """A list or something else; where its elements tell their kind, one try is made for all of them."""
        branches = getattr(part, "inner_properties", [])
        told = self.kinds_told(branches) if branches == models_among(branches) else None
        if told:
            return f'each_tagged_or_kept("{told.tag}", {told.name}, {source})'
        return f"each_or_kept({self.function(part)}, {source})"

    def choice_of_models(self, models: list[Property], source: str) -> str:
        """One model, or the one that a constant field tells, or the first that fits."""
        readers = [self.function(model) for model in models]
        told = self.kinds_told(models)
        if len(models) == 1 and self.is_map(models[0]):
            # Every object is a map, and this is the shape that is read most.
            return f"{readers[0]}(found) if (found := {source}).__class__ is dict else found"
        if len(models) == 1:
            return f"object_or_kept({readers[0]}, {source})"
        if told:
            return f'tagged_or_kept("{told.tag}", {told.name}, {source})'
        return f"first_or_kept(({', '.join(readers)}), {source})"

    def is_map(self, part: Property) -> bool:
        """Whether a model has no field of its own, and nothing in it has to be read."""
        model = self.models[str(part.class_info.name)]
        properties = [*(model.required_properties or ()), *(model.optional_properties or ())]
        extra = model.additional_properties
        return not properties and bool(extra) and (extra is True or not self.function(extra))

    def kinds_told(self, models: list[Property]) -> Kinds | None:
        """The constant field that tells these models apart, and the reader of each value; None where there is none."""
        if len(models) < 2:
            return None
        constants = [self.constants(str(model.class_info.name)) for model in models]
        for tag in sorted(set.intersection(*(set(one) for one in constants))):
            values = [one[tag] for one in constants]
            if len(set(values)) == len(models):
                return Kinds(tag, dict(zip(values, map(self.function, models), strict=True)))
        return None

    def bound(self, parts: list[Property]) -> dict[str, str]:
        """What the expressions for these parts name: readers of models, looked up once and not for each object, and tables."""
        found = list(within(parts))
        names = {self.function(part): f"{part.class_info.name}.from_dict" for part in models_among(found)}
        unions = [models_among(part.inner_properties) for part in found if type(part).__name__ == "UnionProperty"]
        for told in filter(None, map(self.kinds_told, unions)):
            if names.setdefault(told.name, told.table) != told.table:
                raise ClientError(f"two tables are named {told.name}; teach scripts/field_reading.py to tell them apart")
        return names

    def constants(self, name: str) -> dict[str, str]:
        """The texts that a model always has in some of its fields."""
        fields = self.models[name].required_properties or []
        return {
            field.name.get_untrusted_value(): str(field.value.python_code.as_unembedded_code())
            for field in fields
            if type(field).__name__ == "ConstProperty"
        }


def within(parts: list[Property]) -> Iterator[Property]:
    """These parts, and those of which they are made."""
    for part in parts:
        yield part
        yield from within(getattr(part, "inner_properties", None) or [])
        yield from within([part.inner_property] if hasattr(part, "inner_property") else [])


def models_among(parts: list[Property]) -> list[Property]:
    """Those of the shapes that are models."""
    return [part for part in parts if type(part).__name__ == "ModelProperty"]
