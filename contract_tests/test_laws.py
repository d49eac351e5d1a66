"""Every law and every journey holds for the mock, and every planted bug is noticed."""

import os

import pytest
from liveops_contract.checks import Check, Run
from liveops_contract.defects import all_defects
from liveops_contract.kinds import all_checks
from liveops_contract.kinds.teeth import catchers
from liveops_contract.profiles import PROFILES
from liveops_contract.stage import Stage

CHECKS = [check for check in all_checks() if check.kind in ("laws", "journeys", "planted bugs")]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: f"{check.kind.replace(' ', '-')}-{check.name}")
def test_it_holds(check: Check, stage: Stage) -> None:
    """Laws and journeys are never broken, bugs never overlooked."""
    profile = PROFILES[os.environ.get("LIVEOPS_PROFILE", "quick")]

    assert check.perform(check, Run(stage, profile, seed=1)).failures == []


def test_names_are_given_once() -> None:
    """Laws, journeys and bugs are told apart by their names."""
    names = [check.name for check in CHECKS]

    assert len(set(names)) == len(names)


def test_every_law_and_journey_answers_for_a_bug() -> None:
    """A law that no bug breaks may be one that nothing can break."""
    answering = {name for defect in all_defects() for name in defect.caught_by}

    assert sorted(catchers().keys() - answering) == []
    assert sorted(answering - catchers().keys()) == []
