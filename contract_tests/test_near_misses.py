"""The table of near misses holds what it must hold, and the validator of the description judges it as people do."""

import pytest
from liveops_contract.description import Operation, operation_table, operations, resolved, validator
from liveops_contract.near_misses import NearMiss, near_misses
from liveops_contract.parameter_misses import ParameterMiss, parameter_misses
from liveops_contract.samples import sample

WITH_BODY = [operation for operation in operations() if operation.body is not None]
CREATE = "admin-create-reward-chain"

# Place, value, and whether a person who reads the documents says that it is right.
KNOWN = [
    ("/value_point/sku", "com.xsolla value_point_1", False),
    ("/value_point/sku", "com.xsolla.value_point_1\n", False),
    ("/value_point/sku", "com.xsolla.value_point_1٣", False),
    ("/value_point/sku", "com.xsolla.value_point_1–", True),
    ("/value_point/sku", "", False),
    ("/recurrent_schedule/time", "01:30:00+08:00", False),
    ("/recurrent_schedule/time", "01:00:00 08:00", False),
    ("/recurrent_schedule/time", "01:00:00-08:00", True),
    ("/recurrent_schedule/time", "01:00:00+08:09", True),
    ("/recurrent_schedule/day_of_week", 0, False),
    ("/recurrent_schedule/day_of_week", 1, True),
    ("/recurrent_schedule/day_of_week", 7, True),
    ("/recurrent_schedule/day_of_week", 8, False),
    ("/recurrent_schedule/day_of_week", True, False),
    ("/recurrent_schedule/day_of_week", "7", False),
    ("/recurrent_schedule/day_of_month", 31, True),
    ("/recurrent_schedule/day_of_month", 32, False),
    ("/recurrent_schedule", None, True),
    ("/recurrent_schedule/day_of_month", 1, False),
    ("/date_start", "2030-01-02T03:00:00", False),
    ("/date_start", "2030-01-02T24:00:00Z", False),
    ("/date_start", "2030-02-30T03:00:00Z", False),
    ("/date_start", "2030-01-02 03:00:00Z", False),
    ("/date_start", "2030-01-02T03:00:00+14:00", True),
    ("/date_start", None, False),
    ("/date_end", None, True),
    ("/name", "(removed)", False),
    ("/description", "(removed)", True),
    ("/surprise", 1, False),
    ("/steps/0/surprise", 1, False),
    ("/name/en-US", "text", True),
    ("/name/en_US", "text", False),
    ("/name/en", None, True),
    ("/steps/0/reward/0/quantity", 0, False),
    ("/steps/0/reward/0/quantity", 2147483648, False),
    ("/steps/0/reward/0/attribute_conditions/0/operator", "lt", False),
    ("/attribute_conditions", [], False),
    ("/is_enabled", "true", False),
    ("/popup_header", {"en": "Winter", "de": None}, False),
]


def table_of(operation: Operation) -> list[NearMiss]:
    """All near misses of all examples."""
    return [case for body in operation.examples.values() for case in near_misses(operation.body or {}, body)]


FEW = {  # a single number has few neighbours, a single name not many more
    "generate-coupon-codes": 3,
    "generate-promo-code-codes": 3,
    "generate-unique-catalog-offer-codes": 3,
    "remove-cart-promo-code": 15,
}


@pytest.mark.parametrize("operation", WITH_BODY, ids=lambda operation: operation.id)
def test_every_example_gives_hundreds_of_cases_on_both_sides(operation: Operation) -> None:
    """A table of right values alone, or of wrong ones alone, would prove nothing."""
    verdicts = [operation.allows_body(case.value) for case in table_of(operation)]
    least = FEW.get(operation.id, 30)

    assert min(verdicts.count(True), verdicts.count(False)) > least * len(operation.examples)


@pytest.mark.parametrize(("pointer", "changed", "valid"), KNOWN)
def test_the_table_holds_what_careless_servers_let_through(pointer: str, changed: object, valid: bool) -> None:
    """The near misses that people know of are in the table of a new reward chain, judged as people judge them."""
    operation = operation_table()[CREATE]
    found = [case for case in table_of(operation) if case.pointer == pointer and same(case.changed, changed)]

    assert valid in {operation.allows_body(case.value) for case in found}


@pytest.mark.parametrize(("count", "length", "valid"), [(100, 4, True), (101, 4, False), (2, 255, True), (2, 256, False)])
def test_a_map_is_as_large_and_its_names_are_as_long_as_may_be(count: int, length: int, valid: bool) -> None:
    """The items that a player chooses: a hundred units at most, each named with 255 characters at most."""
    units = {"$ref": "#/components/schemas/SelectedUnitItems"}
    maps = [case.value for case in near_misses(units, {"a1": "b"}) if isinstance(case.value, dict) and case.value]
    found = [value for value in maps if (len(value), max(map(len, value))) in ((count, length), (count, length + 1))]

    assert validator(units).is_valid(found[0]) is valid


@pytest.mark.parametrize("operation", operations(), ids=lambda operation: operation.id)
def test_every_example_of_a_parameter_is_a_case(operation: Operation) -> None:
    """Those that its schema shows beside its own."""
    texts = {case.text for case in parameter_misses(operation)}
    shown = [str(text) for parameter in operation.parameters for text in resolved(parameter.schema).get("examples", ())]

    assert texts.issuperset(shown)


@pytest.mark.parametrize("option", ["activate", "deactivate"])
def test_a_longer_word_beside_each_option_of_a_parameter_is_a_case(option: str) -> None:
    """A server that reads the beginning of a word alone is noticed."""
    found = [
        case for case in parameter_misses(operation_table()["put-upsell-toggle-active-inactive"]) if case.text == f"{option}x"
    ]

    assert [case.valid for case in found] == [False]


def same(one: object, other: object) -> bool:
    """Equal and of one type: 1 is not True here."""
    return type(one) is type(other) and one == other


@pytest.mark.parametrize("operation", WITH_BODY, ids=lambda operation: operation.id)
def test_the_table_is_the_same_each_time(operation: Operation) -> None:
    """Nothing is drawn: two walks give the same cases in the same order."""
    assert table_of(operation) == table_of(operation)


def test_the_walk_leaves_its_example_as_it_was() -> None:
    """The examples belong to the description; every case is a value of its own."""
    operation = operation_table()[CREATE]
    before = repr(operation.examples)
    table_of(operation)

    assert repr(operation.examples) == before


@pytest.mark.parametrize("operation", operations(), ids=lambda operation: operation.id)
def test_a_sample_of_every_schema_is_valid(operation: Operation) -> None:
    """The walk starts from samples where no example shows a part."""
    schemas = [response.schema for response in operation.responses.values() if response.schema]
    wrong = [schema for schema in [*schemas, operation.body] if schema and not validator(schema).is_valid(sample(schema))]

    assert not wrong


@pytest.mark.parametrize("operation", operations(), ids=lambda operation: operation.id)
def test_every_parameter_has_cases_on_both_sides(operation: Operation) -> None:
    """The example of a parameter is right, and at least one spelling of it is wrong."""
    cases = list(parameter_misses(operation))

    for parameter in operation.parameters:
        verdicts = {case.valid for case in cases if case.name == parameter.name}
        assert parameter.allows(str(parameter.example))
        assert verdicts == {True, False}, parameter.name


@pytest.mark.parametrize(
    ("text", "valid"), [("0", False), ("1", True), ("10", True), ("11", False), ("abc", False), ("", False), ("1.5", False)]
)
def test_the_limit_of_a_list_has_its_bounds(text: str, valid: bool) -> None:
    """1 to 10, in plain decimals."""
    assert case_of("limit", text).valid is valid


def test_an_undeclared_query_parameter_is_a_case() -> None:
    """Every operation is asked with one."""
    assert case_of("surprise", "1").valid is False


@pytest.mark.parametrize(("code", "has_route"), [("a", True), ("x" * 129, True), ("a b", False), ("a-", False), ("", False)])
def test_a_code_outside_of_the_pattern_has_no_route(code: str, has_route: bool) -> None:
    """The pattern of the search belongs to its route, the length of a code does not; elsewhere nothing does."""
    search, verification = (operation_table()[name] for name in ("get-redeemable-promotion-by-code", "verify-promotion-code"))

    assert search.parameter("code").has_route(code) is has_route
    assert verification.parameter("code").has_route(code)


def case_of(name: str, text: str) -> ParameterMiss:
    """The case of the list of reward chains with this text."""
    operation = operation_table()["admin-get-reward-chains"]
    return next(case for case in parameter_misses(operation) if case.name == name and case.text == text)


def test_references_lead_to_their_schema() -> None:
    """A reference is followed to the end."""
    assert resolved({"$ref": "#/components/schemas/Sku"})["maxLength"] == 255
