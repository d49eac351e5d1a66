"""What the constructor of a printed model takes for its fields: models, or the plain data of them."""

from typing import Any

from client_error import ClientError
from field_reading import FieldReading

Property = Any
Json = Any


class FieldTaking:
    """What the templates ask about constructors; which languages a text may have stands in its schema."""

    def __init__(self, reading: FieldReading) -> None:
        self.reading = reading

    def takes_plain_data(self, model: Property) -> bool:
        """Whether the constructor has something to convert: fields that hold models."""
        properties = [*(model.required_properties or ()), *(model.optional_properties or ())]
        return any(self.models_in(part) for part in properties)

    def models_in(self, part: Property) -> list[str]:
        """The models that a field may hold, in a list or not."""
        if type(part).__name__ == "ModelProperty":
            return [str(part.class_info.name)]
        inner = getattr(part, "inner_properties", None) or [getattr(part, "inner_property", None)]
        return [name for one in inner if one for name in self.models_in(one)]

    def annotation(self, part: Property) -> str:
        """The type of an argument of the constructor."""
        return " | ".join(dict.fromkeys([*self.types(part), *([] if part.required else ["Unset"])]))

    def types(self, part: Property) -> list[str]:
        """The types that an argument may have, each once; plain data stands behind the models."""
        kind = type(part).__name__
        if kind == "ModelProperty":
            return [str(part.class_info.name), *self.plain_types(self.reading.models[str(part.class_info.name)])]
        if kind == "ListProperty" and self.models_in(part):
            inner = dict.fromkeys(self.types(part.inner_property))
            return [f"Sequence[{' | '.join(inner)}]"]
        if kind == "UnionProperty":
            return [one for inner in part.inner_properties for one in self.types(inner)]
        return [str(part.get_type_string(no_optional=True).as_unembedded_code())]

    def plain_types(self, model: Property) -> list[str]:
        """The plain data that a model can be made of."""
        if model.required_properties or model.optional_properties or not hasattr(model.additional_properties, "get_type_string"):
            return ["Mapping[str, Any]"]
        value = model.additional_properties.get_type_string().as_unembedded_code()
        return [f"Mapping[str, {value}]", *(["str"] if self.default_language(model) else [])]

    def expression(self, part: Property, source: str) -> str:
        """Makes the value of a field of an argument; the argument itself where nothing has to be made."""
        names = self.models_in(part)
        if not names:
            return source
        if len(names) == 1 and self.default_language(self.reading.models[names[0]]):
            return f"given_text({names[0]}, {source})"
        models = [self.reading.models[name] for name in names]
        if len(models) == 1:
            return f"given({self.reading.function(models[0])}, {source})"
        return f"given(lambda one: {self.reading.choice_of_models(models, 'one')}, {source})"

    def default_language(self, model: Property) -> str:
        """The language of a text that comes without one; empty for all that is no text."""
        return str(extension(model, "x-default-language") or "")

    def languages(self, model: Property) -> dict[str, list[str]]:
        """An attribute for each language of a text, with the spellings of its key; none for all that is no text."""
        keys: list[str] = (extension(model, "propertyNames") or {}).get("enum", ())
        attributes: dict[str, list[str]] = {}
        for key in keys:
            attributes.setdefault((extension(model, "x-two-letter") or {}).get(key, key), []).append(key)
        for name in attributes:
            if not name.isidentifier():
                raise ClientError(f"{model.class_info.name} has the key {name!r}, which is no name; add it to x-two-letter")
        return attributes


def extension(model: Property, name: str) -> Json:
    """A part of the schema that the generator does not know."""
    return (model.data.model_extra or {}).get(name)
