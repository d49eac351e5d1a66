"""The expressions with which a printed model reads its fields out of JSON data; the helpers that they name are in `fields.py`.

A property is one of the generator's: a model, an enum, a moment, a list, one of several shapes, or a value taken as it is.
"""

from typing import Any

from client_error import ClientError

Property = Any
KINDS = {
    "ModelProperty": "{name}.from_dict",
    "EnumProperty": "{name}.read",
    "DateTimeProperty": "moment",
}
TAKES_ALL = {"EnumProperty", "DateTimeProperty"}  # what is read by functions that keep whatever they can't read


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
            return KINDS[kind].format(name=getattr(part, "class_info", None) and part.class_info.name)
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
        """A list or something else; where its elements tell their kind, the table of kinds is made once for all of them."""
        branches = getattr(part, "inner_properties", [])
        kinds = self.kinds_told(branches) if {type(branch).__name__ for branch in branches} == {"ModelProperty"} else ""
        return f"each_tagged_or_kept({kinds}, {source})" if kinds else f"each_or_kept({self.function(part)}, {source})"

    def choice_of_models(self, models: list[Property], source: str) -> str:
        """One model, or the one that a constant field tells, or the first that fits."""
        names = [str(model.class_info.name) for model in models]
        kinds = self.kinds_told(models)
        if len(names) == 1 and self.is_map(models[0]):
            # Every object is a map, and this is the shape that is read most.
            return f"{names[0]}.from_dict(found) if (found := {source}).__class__ is dict else found"
        if len(names) == 1:
            return f"object_or_kept({names[0]}, {source})"
        return f"tagged_or_kept({kinds}, {source})" if kinds else f"first_or_kept(({', '.join(names)}), {source})"

    def is_map(self, part: Property) -> bool:
        """Whether a model has no field of its own, and nothing in it has to be read."""
        model = self.models[str(part.class_info.name)]
        properties = [*(model.required_properties or ()), *(model.optional_properties or ())]
        extra = model.additional_properties
        return not properties and bool(extra) and (extra is True or not self.function(extra))

    def kinds_told(self, models: list[Property]) -> str:
        """The constant field that tells these models apart, and the model of each value; empty where there is none."""
        names = [str(model.class_info.name) for model in models]
        constants = [self.constants(name) for name in names]
        for tag in sorted(set.intersection(*(set(one) for one in constants))):
            values = [one[tag] for one in constants]
            if len(set(values)) == len(names):
                known = ", ".join(f"{value}: {name}" for name, value in zip(names, values, strict=True))
                return f'"{tag}", {{{known}}}'
        return ""

    def constants(self, name: str) -> dict[str, str]:
        """The texts that a model always has in some of its fields."""
        fields = self.models[name].required_properties or []
        return {
            field.name.get_untrusted_value(): str(field.value.python_code.as_unembedded_code())
            for field in fields
            if type(field).__name__ == "ConstProperty"
        }
