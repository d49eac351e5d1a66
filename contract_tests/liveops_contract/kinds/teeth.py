"""Teeth: every planted bug, put into a mock in this process, is noticed by the law or journey that answers for it."""

import copy
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

from hypothesis import Phase, seed
from hypothesis.stateful import run_state_machine_as_test
from xsolla_liveops.bundle import load_bundle

from liveops_contract.checks import Check, Failure, Law, Outcome, Run
from liveops_contract.defects import Defect, all_defects
from liveops_contract.description import operation_table
from liveops_contract.drawing import repeatable
from liveops_contract.kinds.journeys import machines, played_on
from liveops_contract.kinds.law_runs import all_laws, tried
from liveops_contract.stage import Stage, in_process_stage

LEAST = 10  # examples that a law gets to notice a bug, also in a short run
TRIES = 10  # a bug that a few drawn examples miss gets as many again, with other seeds


def checks() -> Iterator[Check]:
    """One check per planted bug."""
    for defect in all_defects():
        catcher = catchers()[defect.caught_by[0]]
        area = operation_table()[catcher.operations[0]].area
        yield Check(defect.name, "planted bugs", area, (defect.operation,), False, False, False, perform, defect)


def perform(check: Check, run: Run) -> Outcome:
    """Plant the bug and see which of those that should notice it do not."""
    defect: Defect = check.subject
    outcome = Outcome(cases=len(defect.caught_by))
    for name in defect.caught_by:
        if not notices(name, defect, run):
            rule = f"{name} notices the planted bug {defect.name}"
            outcome.failures.append(
                Failure(check.area, check.kind, defect.operation, rule, "the bug is caught", defect.fault, ())
            )
    return outcome


def notices(name: str, defect: Defect, run: Run) -> bool:
    """Whether a law or journey fails on a mock with this bug."""
    catcher = catchers()[name]
    return any(fails(catcher, planted(defect), run, run.seed + attempt) for attempt in range(TRIES))


@cache
def catchers() -> dict[str, Any]:
    """All laws and journeys by name."""
    laws: dict[str, Any] = {law.name: law for law in all_laws()}
    return laws | {machine.__name__: machine for machine in machines()}


def planted(defect: Defect) -> Stage:
    """A mock in this process with the bug in the place of the good rule, or in the description it reads."""
    from liveops_mock import RULES  # the mock is an extra of the distribution

    if defect.in_description:
        document = copy.deepcopy(load_bundle())
        defect.rule(document)
        return in_process_stage(document=document)
    return in_process_stage(rules={**RULES, defect.operation: defect.rule})


def fails(catcher: Any, stage: Stage, run: Run, number: int) -> bool:
    """Run a law or journey without looking for the smallest case: the fact is enough."""
    if isinstance(catcher, Law):
        here = Run(stage, replace(run.profile, examples=max(LEAST, run.profile.examples)), number)
        return tried(lambda data: catcher.function(stage.fresh(number), data.draw), here, shrink=False) is not None
    bounded = repeatable(max_examples=20, stateful_step_count=40, phases=[Phase.generate])
    try:
        run_state_machine_as_test(seed(number)(played_on(catcher, stage)), settings=bounded)
    except Exception:  # however the journey fails, the bug was noticed
        return True
    return False
