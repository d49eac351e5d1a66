"""What was not exercised, as failures of a run: the suite, not the server, has a gap then."""

from liveops_contract.checks import Check, Failure, Outcome
from liveops_contract.coverage.marks import Mark
from liveops_contract.coverage.summary import Summary
from liveops_contract.description import operation_table

KIND = "coverage"


def gaps(summary: Summary) -> list[Check]:
    """For each operation of which something is missing a check that finds it."""
    found: dict[str, list[Mark]] = {}
    for mark in summary.faults:
        found.setdefault(mark.operation, []).append(mark)
    return [_check(operation, marks, set(summary.outdated)) for operation, marks in found.items()]


def _check(operation_id: str, marks: list[Mark], outdated: set[Mark]) -> Check:
    area = operation_table()[operation_id].area
    lines = [f"{'explained, but exercised' if mark in outdated else 'not exercised'}: {mark}" for mark in marks]
    rule, expected = "all that can be exercised is", "each keyword taken, at its bound, and refused"
    failure = Failure(area, KIND, operation_id, rule, expected, f"{len(marks)} left", (), "\n".join(lines))
    return Check(
        name=f"coverage of {operation_id}",
        kind=KIND,
        area=area,
        operations=(operation_id,),
        needs_control=False,
        needs_writes=False,
        needs_user=False,
        perform=lambda _check, _run: Outcome(failures=[failure]),
    )
