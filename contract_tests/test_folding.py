"""Failures of one fault are told together, those of two faults apart, and none is lost."""

from collections.abc import Iterator
from typing import Any

from liveops_contract.folding import folded
from liveops_contract.report import told

Json = Any


def law(name: str, operation: str, *calls: str, fails: bool = True) -> Json:
    """A law about these operations, all of which it calls, and its failure."""
    called = [operation, *calls]
    told = {"rule": f"law {name}", "detail": ""}
    return {"name": name, "kind": "laws", "operation": operation, **told, "suspects": called, "calls": called, "fails": fails}


def groups(*checks: Json, accepted: str = "") -> list[list[str]]:
    """The names of the failing checks as they are told: each list one fault."""
    failures = [_failure(check, accepted) for check in checks if check["fails"]]
    rows = [
        {"kind": check["kind"], "calls": check["calls"], "reason": None, "failures": [check["name"]] * check["fails"]}
        for check in checks
    ]
    below = folded(rows, failures)
    return list(_names([{**failure, "below": below[failure["id"]]} for failure in failures]))


def _failure(check: Json, accepted: str) -> Json:
    known = {"reason": "", "until": ""} if check["name"] == accepted else None
    kept = ("kind", "operation", "rule", "detail", "suspects")
    return {"id": check["name"], "accepted": known, **{name: check[name] for name in kept}}


def _names(failures: list[Json]) -> Iterator[list[str]]:
    for first, others in told(failures):
        yield [failure["id"] for failure in (first, *others)]


def shape(name: str, operation: str, rule: str = "no server error") -> Json:
    """A failing check of one call."""
    told = {"rule": rule, "detail": "1 cases, at /body/name"}
    return {"name": name, "kind": "near misses", "operation": operation, **told, "suspects": [], "calls": [], "fails": True}


def test_what_fails_about_one_operation_is_told_together() -> None:
    """Shapes and laws of it, the first one first."""
    assert groups(shape("a", "create"), law("b", "create"), law("c", "delete")) == [["a", "b"], ["c"]]


def test_a_law_that_stumbles_over_a_broken_operation_is_told_below_it() -> None:
    """Most that call `show` fail, and few that call `join`."""
    sound = [law(f"sound {number}", "join", fails=False) for number in range(3)]

    assert groups(law("joined", "join", "show"), law("shown", "show"), *sound) == [["shown", "joined"]]


def test_an_operation_that_everybody_calls_takes_no_other_fault_along() -> None:
    """All laws create; that one of them fails is no reason to put the rest down to it."""
    sound = [law(f"sound {number}", "create", fails=False) for number in range(9)]

    assert groups(law("made", "create"), law("toggled", "toggle", "create"), *sound) == [["made"], ["toggled"]]


def test_a_law_is_not_put_down_to_a_shape_that_is_not_refused() -> None:
    """Laws send what is right, so that no law is broken by what an operation takes besides."""
    sound = law("sound", "toggle", fails=False)

    assert groups(shape("too long", "create"), law("toggled", "toggle", "create"), sound) == [["too long"], ["toggled"]]


def test_what_is_read_wrongly_is_put_down_to_what_wrote_it_or_to_what_reads_it() -> None:
    """A form names both; laws tell which of them is broken, and without one that says so it is what wrote."""
    form = {**shape("form", "create"), "kind": "forms", "suspects": ["create", "read"]}

    assert groups(form, law("made", "create"), law("sound", "read", fails=False)) == [["form", "made"]]
    assert groups(form, law("told", "read"), law("sound", "create", fails=False)) == [["told", "form"]]
    assert groups(form, law("deleted", "delete"), law("sound", "read", fails=False)) == [["form"], ["deleted"]]


def test_of_two_suspects_it_is_the_one_whose_laws_fail_more_often() -> None:
    """Half of many laws tell more than one of one, and one of many less."""
    sound = [law(f"sound {number}", "create", fails=False) for number in range(4)]
    broken = [law(f"made {number}", "create") for number in range(4)]

    assert groups(*broken, *sound, law("changed", "change", "create")) == [[*(one["name"] for one in broken), "changed"]]
    assert groups(broken[0], *sound, law("changed", "change", "create")) == [["made 0"], ["changed"]]


def test_an_accepted_failure_hides_no_other() -> None:
    """A known divergence is told alone."""
    assert groups(shape("a", "create"), law("b", "create"), accepted="a") == [["a"], ["b"]]


def test_a_bug_that_nothing_notices_is_no_fault_of_the_server() -> None:
    """It is told beside what the server does wrong."""
    bug = {**shape("bug", "create"), "kind": "planted bugs"}

    assert groups(shape("a", "create"), bug) == [["a"], ["bug"]]


def test_a_shape_that_operations_share_is_one() -> None:
    """The same places of bodies are judged wrongly in the same way; two operations that fall over are two."""
    rule = "a request that breaks `maxLength` is refused for its shape"

    assert groups(shape("a", "create", rule), shape("b", "update", rule)) == [["a", "b"]]
    assert groups(shape("a", "create"), shape("b", "update")) == [["a"], ["b"]]
