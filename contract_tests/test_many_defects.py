"""A server that only half follows the contract: ten bugs at once are told one by one, by the names of the laws they break."""

import pytest
from liveops_contract.checks import Run
from liveops_contract.defects import Defect, all_defects
from liveops_contract.kinds import law_runs
from liveops_contract.profiles import PROFILES
from liveops_contract.runner import performed
from liveops_contract.stage import in_process_stage
from liveops_mock import RULES

LAWS = {check.name: check for check in law_runs.checks()}


def one_for_each_area(place: int) -> list[Defect]:
    """Ten bugs in ten areas, in rules of their own, each with the law that notices it; of each area the one at this place."""
    found: dict[str, list[Defect]] = {}
    for defect in all_defects():
        law = LAWS.get(defect.caught_by[0])
        if law and law.operations[0] == defect.operation and not defect.in_description:
            found.setdefault(law.area, []).append(defect)
    chosen = [defects[min(place, len(defects) - 1)] for defects in found.values()]
    return chosen[:10]


@pytest.mark.parametrize("place", [0, 1])
def test_ten_bugs_at_once_are_told_one_by_one(place: int) -> None:
    """In profile quick, each by the law that answers for it, and none of them twice."""
    defects = one_for_each_area(place)
    stage = in_process_stage(rules={**RULES, **{defect.operation: defect.rule for defect in defects}})
    run = Run(stage, PROFILES["quick"], 1)
    names = sorted({defect.caught_by[0] for defect in defects})
    told = [failure.rule for name in names for failure in performed(LAWS[name], run).outcome.failures]

    assert len(names) == 10
    assert told == [f"law {name}" for name in names]
