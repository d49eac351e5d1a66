"""Rules across fields: each kind on a description of its own, judged by hand, and the table of cases for ours."""

from typing import Any

import pytest
from liveops_contract.description import operation_table, operations
from liveops_contract.rule_misses import rule_misses
from xsolla_liveops.bundle import load_bundle
from xsolla_liveops.field_rules import broken_rules, compiled

Json = Any
WINDOWS = {
    "type": "array",
    "x-rules": [{"rule": "alone", "without": "until"}],
    "items": {
        "type": "object",
        "x-rules": [{"rule": "not_earlier", "field": "until", "than": "from"}],
        "properties": {"from": {"type": "string"}, "until": {"type": "string"}},
    },
}
PLACES = {"type": "array", "x-rules": [{"rule": "unique", "by": "place"}], "items": {"type": "object", "properties": {}}}
KINDS = {
    "oneOf": [
        {"properties": {"kind": {"const": "windows"}, "list": WINDOWS}, "required": ["kind"]},
        {"properties": {"kind": {"const": "places"}, "list": PLACES}, "required": ["kind"]},
    ]
}
FORMS = {"anyOf": [{"properties": {"list": WINDOWS}}, {"properties": {"list": PLACES, "more": {}}}, {"type": "null"}]}
OPEN, FIRST, SECOND = (
    {"from": "2025-01-01T00:00:00Z"},
    {"from": "2025-01-01T00:00:00Z", "until": "2025-01-01T00:00:00Z"},
    {"until": "?"},
)
LATE = {"from": "2025-01-01T00:00:00+01:00", "until": "2024-12-31T22:59:59Z"}
TOLD = [
    (WINDOWS, [], []),
    (WINDOWS, [OPEN], []),
    (WINDOWS, [{"from": OPEN["from"], "until": None}], []),
    (WINDOWS, [FIRST, FIRST], []),
    (WINDOWS, [FIRST, OPEN], ["/1 alone"]),
    (WINDOWS, [{**FIRST, "until": None}, OPEN, FIRST], ["/0 alone", "/1 alone"]),
    (WINDOWS, [LATE, FIRST, LATE], ["/0/until not_earlier", "/2/until not_earlier"]),
    (WINDOWS, [LATE, OPEN], ["/0/until not_earlier", "/1 alone"]),
    (WINDOWS, [SECOND, {"from": 1, "until": []}], []),
    (WINDOWS, {"from": 1}, []),
    (WINDOWS, [1, None], []),
    (PLACES, [{"place": 1}, {"place": 2}], []),
    (PLACES, [{"place": 1}, {"place": "1"}], []),
    (PLACES, [{"place": None}, {}, {"place": None}, {"place": []}, {"place": []}], []),
    (PLACES, [{"place": 2}, {}, {"place": 2}, {"place": 2}], ["/2/place unique", "/3/place unique"]),
    # JSON has one kind of number: 2.0 is 2.
    (PLACES, [{"place": 2}, {"place": 2.0}], ["/1/place unique"]),
    (PLACES, {"place": 1}, []),
    (KINDS, {"kind": "places", "list": [OPEN, FIRST]}, []),
    (KINDS, {"kind": "windows", "list": [OPEN, FIRST]}, ["/list/0 alone"]),
    (KINDS, {"kind": "places", "list": [{"place": 1}, {"place": 1}], "strange": 1}, ["/list/1/place unique"]),
    (FORMS, {"list": [OPEN, FIRST]}, ["/list/0 alone"]),
    (FORMS, {"list": [{"place": 1}, {"place": 1}], "more": 1}, ["/list/1/place unique"]),
    (FORMS, None, []),
    (FORMS, "text", []),
    ({"anyOf": [PLACES, {"type": "null"}]}, [{"place": 1}, {"place": 1}], ["/1/place unique"]),
    ({"properties": {"a/b~c": PLACES}}, {"a/b~c": [{"place": 1}, {"place": 1}]}, ["/a~1b~0c/1/place unique"]),
]


@pytest.mark.parametrize(("schema", "value", "told"), TOLD)
def test_each_broken_rule_is_told_with_its_place(schema: Json, value: Json, told: list[str]) -> None:
    """Everything that is broken, in the order of the value, and nothing else."""
    check = compiled({}, schema)

    assert check is not None
    assert sorted(f"{broken.pointer} {broken.rule}" for broken in check(value)) == told


def test_a_schema_without_rules_asks_nothing() -> None:
    """So a server need not even call it."""
    assert compiled({}, {"properties": {"a": {"type": "array", "items": {"anyOf": [{"type": "null"}]}}}}) is None


def test_a_broken_rule_says_what_was_expected_and_found() -> None:
    """The words of a refusal: the bound and its value, or the element that was first."""
    (late,) = compiled({}, WINDOWS["items"])(LATE)  # type: ignore[misc]
    (twice,) = compiled({}, PLACES)([{"place": 7}, {"place": 7}])  # type: ignore[misc]
    (alone,) = compiled({}, WINDOWS)([OPEN, FIRST])  # type: ignore[misc]

    assert (late.expected, late.got) == (f"a moment not earlier than `from`, {LATE['from']}", LATE["until"])
    assert (twice.expected, twice.got) == ("a `place` that no other element has; element 0 has the same", 7)
    assert (alone.expected, alone.got) == ("a `until`, for only a single element may go without", OPEN)


def test_a_caller_of_the_sdk_can_ask_before_sending() -> None:
    """By operation and plain data; an operation without such rules, or without a body, has nothing to say."""
    body = {"date_start": "2025-01-02T00:00:00Z", "date_end": "2025-01-01T00:00:00Z"}

    assert [broken.pointer for broken in broken_rules("admin-create-offer-chain", body)] == ["/date_end"]
    assert broken_rules("admin-toggle-offer-chain", None) == []
    assert broken_rules("admin-create-value-points", body) == []


def rules_of(node: Json, seen: tuple[str, ...] = ()) -> set[str]:
    """Every rule that stands in a schema or in anything that it refers to."""
    if isinstance(node, dict) and "$ref" in node:
        name = node["$ref"].rpartition("/")[2]
        return set() if name in seen else rules_of(load_bundle()["components"]["schemas"][name], (*seen, name))
    parts = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    own = {rule["rule"] for rule in node.get("x-rules", ())} if isinstance(node, dict) else set()
    return own.union(*(rules_of(part, seen) for part in parts))


@pytest.mark.parametrize("operation", [one for one in operations() if rules_of(one.body)], ids=lambda operation: operation.id)
def test_every_rule_of_a_body_has_cases_on_both_sides(operation: Any) -> None:
    """The table knows every rule of the body, and the description judges each case as the table does."""
    cases = rule_misses(operation)

    for rule in rules_of(operation.body):
        assert {bool(case.broken) for case in cases if case.rule == rule} == {True, False}
    for case in cases:
        assert {broken.pointer for broken in broken_rules(operation.id, case.value)} == set(case.broken)
        assert operation.allows_body(case.value) is not bool(case.broken)


def test_no_example_breaks_a_rule() -> None:
    """What the description shows as a request keeps the rules too."""
    shown = {(one.id, name): one.allows_body(value) for one in operation_table().values() for name, value in one.examples.items()}

    assert [place for place, allowed in shown.items() if not allowed] == []
