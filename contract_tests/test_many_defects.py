"""A server that only half follows the contract: of ten defects at once each is told once, by the name of the law it breaks."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from conftest import Serve
from liveops_contract.checks import Check, Run
from liveops_contract.command_line import main
from liveops_contract.defects import Defect, all_defects
from liveops_contract.description import operation_table
from liveops_contract.doors import Served
from liveops_contract.kinds import law_runs
from liveops_contract.mutants.changing import changed
from liveops_contract.mutants.spoiling import Spoiling
from liveops_contract.profiles import PROFILES
from liveops_contract.report import told
from liveops_contract.runner import performed
from liveops_contract.stage import in_process_stage
from liveops_mock import RULES, MockServer
from test_runner import KEY, SECRET, arguments
from xsolla_liveops.bundle import load_bundle

Json = Any
LAWS = {check.name: check for check in law_runs.checks()}
FAULTS_BESIDE = 4  # laws that fail on the way over another's defect and cannot be told from a fault of their own


def bugs(group: Callable[[Check], str]) -> dict[str, list[Defect]]:
    """Bugs in the rule that their law is about first, by area or by operation."""
    found: dict[str, list[Defect]] = {}
    for defect in all_defects():
        law = LAWS.get(defect.caught_by[0])
        if law and law.operations[0] == defect.operation and not defect.in_description:
            found.setdefault(group(law), []).append(defect)
    return found


def one_for_each_area(place: int) -> list[Defect]:
    """Ten bugs in ten areas, in rules of their own; of each area the one at this place."""
    return [defects[min(place, len(defects) - 1)] for defects in bugs(lambda law: law.area).values()][:10]


def ten_of(area: str) -> list[Defect]:
    """Ten bugs in ten operations of one area."""
    found = [defects[0] for defects in bugs(lambda law: law.operations[0]).values()]
    return [defect for defect in found if LAWS[defect.caught_by[0]].area == area][:10]


def rules(defects: list[Defect]) -> dict[str, Any]:
    """All rules, these in the places of the good ones."""
    return {**RULES, **{defect.operation: defect.rule for defect in defects}}


@pytest.mark.parametrize("place", [0, 1])
def test_ten_bugs_at_once_are_noticed_one_by_one(place: int) -> None:
    """In profile quick, each by the law that answers for it, and none of them twice."""
    defects = one_for_each_area(place)
    run = Run(in_process_stage(rules=rules(defects)), PROFILES["quick"], 1)
    names = sorted({defect.caught_by[0] for defect in defects})
    noticed = [failure.rule for name in names for failure in performed(LAWS[name], run).outcome.failures]

    assert len(names) == 10
    assert noticed == [f"law {name}" for name in names]


def verified(serve: Serve, server: Served, folder: Path, *more: str) -> list[list[Json]]:
    """The failures of a run against a server, each list one fault."""
    with serve(server) as url:
        assert main(arguments(url, folder, *more)) == 1
    failures = json.loads((folder / "report.json").read_text(encoding="utf-8"))["failures"]
    return [[first, *others] for first, others in told(failures)]


def half_right(defects: list[Defect], document: Json = None) -> MockServer:
    """A mock with these bugs, which reads this description."""
    return MockServer(44056, KEY, SECRET, merchant_id=12345, seed=1, rules=rules(defects), document=document)


@pytest.mark.slow
def test_what_others_stumble_over_is_told_once(serve: Serve, tmp_path: Path) -> None:
    """Rules that lose conditions where they are made: neither reading, nor replacing, nor changing them is told as broken."""
    faults = verified(serve, half_right(one_for_each_area(1)), tmp_path, "--only", "personalization")

    assert [fault[0]["operation"] for fault in faults] == ["get-upsell-for-project-client", "create-filter-rule"]


@pytest.mark.slow
@pytest.mark.parametrize("area", ["reward_chains"])
def test_ten_bugs_of_one_area_are_told_once_each(
    serve: Serve, tmp_path: Path, capsys: pytest.CaptureFixture[str], area: str
) -> None:
    """Each line that begins a failure, or is told below one, names another rule; the law of each bug is among them."""
    defects = ten_of(area)
    faults = verified(serve, half_right(defects), tmp_path, "--only", area)
    lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith(("FAILED ", "  also "))]

    assert len(defects) == 10
    for defect in defects:
        assert sum(line.partition(": ")[2].startswith(f"law {defect.caught_by[0]}") for line in lines) == 1
    assert len(lines) == sum(map(len, faults))
    assert len(faults) <= len(defects) + FAULTS_BESIDE


@pytest.mark.slow
def test_bugs_and_broken_promises_of_the_description_are_told_once_each(serve: Serve, tmp_path: Path) -> None:
    """A whole run: seven bugs in the rules, a bound that two operations share, an answer with another status, a lost query."""
    defects = one_for_each_area(0)[:7]
    wide = changed(load_bundle(), ("components", "schemas", "BonusItemsInput", "maxItems"), 1001)
    table, server = operation_table(), half_right(defects, wide)
    made = table["create-filter-rule"]
    spoiled = Spoiling(server, made, None, lambda reply: replace(reply, status=202) if reply.status == 201 else reply)
    rash = Spoiling(spoiled, table["get-bonus-promotion-list"], lambda asked, _: _without_query(asked), None)
    faults = verified(serve, rash, tmp_path)
    rules_told = [failure["rule"] for fault in faults for failure in fault]
    operations = [fault[0]["operation"] for fault in faults]

    assert [rules_told.count(f"law {defect.caught_by[0]}") for defect in defects] == [1] * 7
    assert [operations.count(name) for name in ("create-bonus-promotion", "update-bonus-promotion")] == [1, 0]
    assert [operations.count(name) for name in (made.id, "get-bonus-promotion-list")] == [1, 1]
    assert len(faults) <= 10 + FAULTS_BESIDE


def _without_query(asked: Any) -> Any:
    return replace(asked, target=asked.target.partition("?")[0])
