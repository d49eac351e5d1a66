"""Rules across fields: what the description says of them, and how a refusal names each place where one is broken."""

from hypothesis import strategies as st

from liveops_contract.api import Api, Json
from liveops_contract.checks import Draw, law
from liveops_contract.conformance import SHAPE_REFUSED
from liveops_contract.description import Operation, operation_table, operations
from liveops_contract.doors import Answer
from liveops_contract.rule_misses import RuleMiss, rule_misses
from liveops_contract.scenery import furnished

STRANGE = {"a name that nobody describes": 1}


def ruled(rule: str) -> tuple[str, ...]:
    """The operations whose body has such a rule."""
    return tuple(one.id for one in operations() if any(case.rule == rule for case in rule_misses(one)))


def cases(operation: Operation, rule: str, *, broken: bool) -> st.SearchStrategy[RuleMiss]:
    """Bodies that break the rule, or that just keep it."""
    return st.sampled_from([case for case in rule_misses(operation) if case.rule == rule and bool(case.broken) is broken])


def answered(api: Api, operation: Operation, body: Json) -> Answer:
    """What a body is told; the path names things that exist."""
    return api.call(operation.id, path=furnished(api, operation), body=body)


def listed(answer: Answer) -> list[tuple[str, str]]:
    """Place and rule of everything that a refusal of the shape lists."""
    entries = answer.json()["errorMessageExtended"] if answer.error_code == SHAPE_REFUSED else []
    return sorted((entry["pointer"], entry["rule"]) for entry in entries)


def judged(api: Api, draw: Draw, rule: str) -> None:
    """In every operation: a body that breaks the rule is refused with the places, one that just keeps it is not."""
    for name in ruled(rule):
        operation = operation_table()[name]
        broken, kept = (draw(cases(operation, rule, broken=broken), name) for broken in (True, False))
        answer = answered(api, operation, broken.value)
        assert (answer.status, answer.error_code) == (422, SHAPE_REFUSED), name
        assert listed(answer) == sorted((f"/body{place}", rule) for place in broken.broken), name
        assert answered(api, operation, kept.value).error_code != SHAPE_REFUSED, name


@law(*ruled("not_earlier"))
def an_end_is_not_earlier_than_its_start(api: Api, draw: Draw) -> None:
    """An end before its start is refused with 1102, however the two are spelled; one at the same moment is not."""
    judged(api, draw, "not_earlier")


@law(*ruled("unique"))
def what_is_unique_in_a_list_stands_there_once(api: Api, draw: Draw) -> None:
    """A second element with the same value is refused with 1102 at its own place; null and no value at all may repeat."""
    judged(api, draw, "unique")


@law(*ruled("alone"))
def what_may_be_left_open_stands_alone(api: Api, draw: Draw) -> None:
    """An element without its end is refused with 1102 beside any other one, whichever comes first; alone it is not."""
    judged(api, draw, "alone")


@law(*ruled("not_earlier"), *ruled("unique"))
def broken_rules_are_listed_beside_a_wrong_shape(api: Api, draw: Draw) -> None:
    """Next to an undescribed name the rule is listed too; a value that is wrong by itself is compared with nothing."""
    rule = draw(st.sampled_from(("not_earlier", "unique")))
    operation = operation_table()[draw(st.sampled_from([name for name in ruled(rule) if operation_has_object(name)]))]
    case = draw(cases(operation, rule, broken=True))
    answer = answered(api, operation, case.value | STRANGE)
    assert {(f"/body{place}", rule) for place in case.broken} < set(listed(answer))

    answer = answered(api, operation, unreadable(case.value, case.broken))
    assert answer.error_code == SHAPE_REFUSED
    assert {entry for entry in listed(answer) if entry[1] == rule} == set()


def operation_has_object(name: str) -> bool:
    """Whether the body is an object, to which a name can be added."""
    return all(isinstance(example, dict) for example in operation_table()[name].examples.values())


def unreadable(body: Json, places: tuple[str, ...]) -> Json:
    """The body with a value of a wrong type at each place."""
    for place in places:
        body = replaced(body, place.split("/")[1:])
    return body


def replaced(value: Json, keys: list[str]) -> Json:
    """The value with something that nothing allows at the end of the keys."""
    if not keys:
        return {"neither": "text nor number"}
    if isinstance(value, list):
        return [replaced(part, keys[1:]) if str(number) == keys[0] else part for number, part in enumerate(value)]
    return {**value, keys[0]: replaced(value[keys[0]], keys[1:])}
