"""The hunt for mutants is worth believing: it kills what is faulty, spares what is sound, and says why it leaves some out."""

import html
import json
from collections import Counter
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from liveops_contract.description import operation_table, operations, validator
from liveops_contract.hunt import PLANTED, Hunted, hunted
from liveops_contract.mutants import Mutant, all_mutants
from liveops_contract.mutants.planting import Planting
from liveops_contract.mutants.spoiling import spoiled
from liveops_contract.stock import looked_at, picked
from liveops_contract.teeth import chosen, main
from liveops_contract.teeth_report import write

BY_NAME = {mutant.name: mutant for mutant in all_mutants()}
LEAST, MOST_EQUIVALENT = 1200, 0.05


def test_there_is_a_faulty_server_for_every_kind_of_promise() -> None:
    """At least 1,200 of them, of every family, and for every operation whose answers and credentials are described."""
    families = Counter(mutant.family for mutant in all_mutants())
    guarded = {mutant.operations[0] for mutant in all_mutants() if mutant.family == "credentials"}

    assert sum(families.values()) >= LEAST
    assert set(families) == {"request shape", "parameter", "answer", "credentials", "rule"}
    assert guarded == {operation.id for operation in operations()}


def test_a_mutant_that_is_left_out_says_why() -> None:
    """No request can tell the equivalent ones apart, by a rule that is written down; they are few."""
    reasons = [mutant.equivalent for mutant in all_mutants() if mutant.equivalent]

    assert all(reason.endswith(".") for reason in reasons)
    assert len(reasons) < MOST_EQUIVALENT * len(all_mutants())


def test_each_fault_has_a_name_of_its_own() -> None:
    """So that the matrix, a sample and a process that hunts mean the same one."""
    assert len(BY_NAME) == len(all_mutants())


def test_a_sample_is_the_same_every_time() -> None:
    """Two runs hunt the same faults."""
    assert chosen(None, 40) == chosen(None, 40)


@pytest.mark.parametrize("sample", ["0", "-1", "x", "٣"])
def test_a_sample_of_nothing_is_refused(sample: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing hunted is nothing proven, so it must not say that all were killed."""
    with pytest.raises(SystemExit) as ended:
        main([f"--sample={sample}"])

    assert ended.value.code == 2
    assert f"{sample!r} is no number of faults; write one from 1 on" in capsys.readouterr().err


@pytest.mark.parametrize("family", ["answer", "credentials"])
def test_a_spoiler_that_spoils_nothing_survives(family: str) -> None:
    """What kills the mutants is their fault, not the server that stands before the mock, nor a check that cannot end."""
    operation = operation_table()["admin-get-value-point"]
    sound = Mutant(
        family, "nothing", (operation.id,), "", "", partial(spoiled, operation, request=lambda asked, _: asked), (FIRST[family],)
    )

    assert hunted(sound, 1).survived


FIRST = {"answer": "near misses", "credentials": "credentials"}


def test_a_part_that_no_answer_shows_is_put_there() -> None:
    """The mock shows no periods of an item: a server that does, and forgets when one ends, is noticed and listed as such."""
    found = hunted(BY_NAME["redeem-promo-code answer 200/items/*/periods/*/date_until: property missing (date_until)"], 1)

    assert found.killer
    assert found.killer_kind.endswith(PLANTED)


@pytest.mark.parametrize("is_sound", [True, False])
def test_what_is_planted_is_valid_but_for_its_fault(is_sound: bool) -> None:
    """A part is put into an empty list so that nothing but the change of it breaks the description."""
    schema = {"type": "object", "required": ["periods"], "properties": {"periods": {"type": "array", "items": PERIOD}}}
    planting = Planting(("periods", "*"), "until", lambda part: part if is_sound else {})

    assert validator(schema).is_valid(planting.into({"periods": []}, schema)) is is_sound


PERIOD = {"type": "object", "required": ["until"], "properties": {"until": {"type": "integer"}}}


@pytest.mark.parametrize(
    "name",
    [
        next(mutant.name for mutant in all_mutants() if mutant.family == family and mutant.area == "value_points")
        for family in ("request shape", "parameter", "answer", "credentials", "rule")
    ]
    # The pattern that is dropped here belongs to a route as well.
    + ["create-coupon-code Code: pattern loosened (dropped)"],
)
def test_a_faulty_server_is_noticed(name: str) -> None:
    """One of each family; `make teeth` hunts them all."""
    assert hunted(BY_NAME[name], 1).killer or BY_NAME[name].equivalent


def test_the_report_shows_survivors_first(tmp_path: Path) -> None:
    """With the command that should have killed them."""
    killed = Hunted("a", "value_points", "answer", "status", "x", "c", "near misses of x", "near misses", "", 1, 0.1, "do this")
    write([killed, replace(killed, name="b", killer="", killer_kind="")], tmp_path, 1, None)
    document = json.loads((tmp_path / "teeth.json").read_text(encoding="utf-8"))

    assert [one["name"] for one in document["faults"]] == ["b", "a"]
    assert document["summary"]["killed"] == 1
    assert "do this" in (tmp_path / "teeth.html").read_text(encoding="utf-8")


STATUS = "admin-get-value-points-list answer 200: status (200 → 299)"
LIMIT = "admin-get-offer-chains query limit: parameter ignored (a valid value changes nothing)"


def told_of(name: str, equivalent: str = "") -> Hunted:
    """A fault that our own checks noticed."""
    mutant = BY_NAME[name]
    kind = (mutant.area, mutant.family, mutant.kind, mutant.operations[0])
    return Hunted(name, *kind, mutant.change, "a law", "laws", equivalent, 1, 0.1)


@pytest.mark.slow
def test_stock_schemathesis_notices_what_no_document_says_and_not_what_only_a_law_says(tmp_path: Path) -> None:
    """A status that is not declared, but no limit that does nothing; the report shows both rates side by side."""
    found = [told_of(STATUS), told_of(LIMIT)]
    stocked = list(looked_at(found))
    write(found, tmp_path, 1, None, stocked)
    beside = json.loads((tmp_path / "teeth.json").read_text(encoding="utf-8"))["stock"]

    assert {one.name: one.noticed for one in stocked} == {STATUS: "Undocumented status code", LIMIT: ""}
    assert (beside["mutants"], beside["killed"], beside["stock"]) == (2, 2, 1)
    assert beside["how"] in html.unescape((tmp_path / "teeth.html").read_text(encoding="utf-8"))


@pytest.mark.parametrize("size", [1, 7, 40, 10_000])
def test_a_sample_for_stock_schemathesis_gives_each_kind_its_share(size: int) -> None:
    """As near as whole numbers come to it, of faults that can be told apart."""
    found = [told_of(name, equivalent=BY_NAME[name].equivalent) for name in BY_NAME]
    apart = [one for one in found if not one.equivalent]
    sample = picked(found, size)
    shares, counts = (Counter((one.family, one.kind) for one in some) for some in (apart, sample))

    assert len(set(sample)) == min(size, len(apart))
    assert picked(found[::-1], size) == sample
    assert all(abs(counts[kind] - len(sample) * share / len(apart)) < 1 for kind, share in shares.items())
