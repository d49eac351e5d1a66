"""Every model of the SDK, as the description has it: what is read is written again, and what is made is what was said."""

from datetime import UTC, datetime
from enum import Enum
from typing import Any

import attrs
import pytest
from liveops_contract.description import resolved
from liveops_contract.near_misses import REMOVED, NearMiss, near_misses
from liveops_contract.samples import sample
from sdk_harness import as_one_spelling
from xsolla_liveops import models
from xsolla_liveops.bundle import load_bundle
from xsolla_liveops.fields import UNFIT

Json = Any
SCHEMAS = load_bundle()["components"]["schemas"]
MADE_OF_PARTS = ("properties", "allOf")
MODELS = [name for name in models.__all__ if name in SCHEMAS and not issubclass(getattr(models, name), Enum)]
# A value of another kind, or a part that lacks: what reading may end in, for no model can hold it.
OTHER_SHAPES = {"type", "null", "required", "oneOf"}
MARK = object()


def whole(schema: Json, above: frozenset[str] = frozenset()) -> Json:
    """A valid value with every part that may be there; a list of what it stands in itself is empty."""
    above |= {schema["$ref"]} if "$ref" in schema else set()
    source = resolved(schema)
    branches = [one for one in (*source.get("oneOf", ()), *source.get("anyOf", ())) if resolved(one).get("type") != "null"]
    if branches:
        return whole(branches[-1], above)
    if any(part in source for part in MADE_OF_PARTS):
        return {name: whole(part, above) for name, part in fields(source).items()}
    if "items" in source and source["items"].get("$ref") not in above:
        return [whole(source["items"], above)] * max(1, source.get("minItems", 0))
    return sample(schema, above)


def fields(source: Json) -> dict[str, Json]:
    """The schemas of the fields of an object, those of the parts that it is put together from among them."""
    parts = [fields(resolved(part)) for part in source.get("allOf", ())]
    return {name: part for fields_of_part in [*parts, source.get("properties", {})] for name, part in fields_of_part.items()}


def required(source: Json) -> list[str]:
    """The fields that have to be there."""
    return [*source.get("required", ()), *(name for part in source.get("allOf", ()) for name in required(resolved(part)))]


def least(name: str) -> Json:
    """An object with the fields that have to be there."""
    return {field: sample(fields(SCHEMAS[name])[field]) for field in required(SCHEMAS[name])}


def survives(name: str, value: Json) -> bool:
    """Whether it is written as it was read; a moment may be spelled another way."""
    written = getattr(models, name).from_dict(value).to_dict()
    return bool(written == value or as_one_spelling(written) == as_one_spelling(value))


def may_be_refused(case: NearMiss, error: Exception) -> bool:
    """Whether no model can hold the value: a part lacks or is of another kind, or what is only sent has a field too many."""
    lacking = case.changed is REMOVED or case.pointer.endswith("_")
    return lacking or case.keyword in OTHER_SHAPES or (case.keyword == "additionalProperties" and "has no field" in str(error))


def arguments(name: str, document: Json) -> dict[str, Json]:
    """The parts of a document, by the names that the constructor has for them."""
    model = getattr(models, name)
    found: dict[str, Json] = {}
    for field in attrs.fields(model):
        read = model.from_dict(document)
        setattr(read, field.name, {} if field.name == "additional_properties" else MARK)
        marked = [key for key, value in read.to_dict().items() if value is MARK and key in document]
        found.update((field.alias, document[key]) for key in marked)
    return found


def kinds(value: Json) -> Json:
    """The models that a field holds."""
    return [kinds(one) for one in value] if isinstance(value, list) else type(value) if attrs.has(type(value)) else None


def test_every_object_of_the_description_has_a_model() -> None:
    """So none is left out below."""
    objects = {name for name, schema in SCHEMAS.items() if schema.get("type") == "object" or "allOf" in schema}
    assert objects == set(MODELS)


@pytest.mark.parametrize("name", MODELS)
def test_what_breaks_a_constraint_survives(name: str) -> None:
    """Whatever a newer server may answer: other values of an enum, of a bound, of a format, other fields, in every place."""
    schema = {"$ref": f"#/components/schemas/{name}"}
    lost = []
    for case in (NearMiss("", "", "", whole(schema)), *near_misses(schema, whole(schema))):
        try:
            kept = survives(name, case.value)
        except UNFIT as error:
            kept = may_be_refused(case, error)
        lost += [] if kept else [(case.pointer, case.keyword, case.changed)]

    assert lost == []


@pytest.mark.parametrize("name", [name for name in MODELS if fields(SCHEMAS[name])])
def test_a_model_is_made_of_plain_data_and_sends_what_was_set(name: str) -> None:
    """No default is added, and the parts are models as if they had been read."""
    for document in (whole({"$ref": f"#/components/schemas/{name}"}), least(name)):
        made = getattr(models, name)(**arguments(name, document))
        read = getattr(models, name).from_dict(document)

        assert as_one_spelling(made.to_dict()) == as_one_spelling(document)
        for field in attrs.fields(type(made)):
            assert kinds(getattr(made, field.name)) == kinds(getattr(read, field.name)), field.name


def test_a_text_is_made_of_a_text_or_of_a_dict() -> None:
    """A text alone is one in the language that users read where theirs is missing."""
    assert models.LocalizedText("Winter") == models.LocalizedText({"en": "Winter"})
    assert models.LocalizedText({"en": "Winter", "de": None}).to_dict() == {"en": "Winter", "de": None}
    assert models.LocalizedText().to_dict() == {}


@pytest.mark.parametrize("name", ["LocalizedText", "LocalizedAnswer"])
def test_a_text_has_an_attribute_for_each_language(name: str) -> None:
    """Whichever spelling its key has."""
    two_letter = SCHEMAS["LocalizedText"]["x-two-letter"]
    for code in SCHEMAS[name]["propertyNames"]["enum"]:
        text = getattr(models, name)({code: "text"})
        language = two_letter.get(code, code)

        assert [one for one in two_letter.values() if getattr(text, one) is not None] == [language]
        setattr(text, language, "other")
        assert dict(text) == {language: "other"}


def test_of_two_spellings_of_a_language_the_later_counts() -> None:
    """As it does on the server."""
    assert models.LocalizedText({"en": "A", "en-US": "B"}).en == "B"
    assert models.LocalizedText({"en-US": "B", "en": "A"}).en == "A"


def test_a_text_that_was_read_can_be_sent() -> None:
    """It becomes a text as it is sent, and is not shared with what was read."""
    read = models.LocalizedAnswer({"en": "Winter"})
    point = models.ValuePointInput(name=read, sku="honor")
    read.en = "Summer"

    assert isinstance(point.name, models.LocalizedText)
    assert point.name.en == "Winter"


def test_a_model_in_a_constructor_stays_itself() -> None:
    """Only plain data is read; a list is a new one."""
    price, steps = models.StepPrice(1), [models.RewardChainStepCreate("Bronze", {"amount": 1}, ())]
    step = models.RewardChainStepUpdate("Bronze", price, steps[0].reward, 5)
    chain = models.ClanRewardChainUpdate.from_dict(whole({"$ref": "#/components/schemas/ClanRewardChainUpdate"}))
    made = attrs.evolve(chain, steps=(step,))

    assert step.price is price
    assert made.steps[0] is step
    assert type(made.steps) is list


def test_plain_data_that_cannot_be_read_is_kept_for_the_check() -> None:
    """So all that is wrong with a body is told at once, when it is to be sent."""
    point: Json = {"skuu": "honor"}
    chain = models.RewardChainCreate(datetime(2025, 1, 1, tzinfo=UTC), True, "Winter", [{"nmae": "Bronze"}], point)

    assert chain.to_dict()["value_point"] == {"skuu": "honor"}
    assert chain.to_dict()["steps"] == [{"nmae": "Bronze"}]
