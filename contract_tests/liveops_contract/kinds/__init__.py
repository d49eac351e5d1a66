"""The kinds of checks, each in a file of its own, gathered in one list."""

from collections.abc import Callable, Iterator

from liveops_contract.checks import KINDS, Check
from liveops_contract.description import areas
from liveops_contract.kinds import (
    bodies,
    credentials,
    forms,
    fuzz,
    journeys,
    law_runs,
    methods,
    missing,
    repeats,
    round_trips,
    rules,
    shapes,
    teeth,
)

SOURCES: tuple[Callable[[], Iterator[Check]], ...] = (
    shapes.checks,
    rules.checks,
    credentials.checks,
    methods.checks,
    bodies.checks,
    missing.checks,
    round_trips.checks,
    repeats.checks,
    forms.checks,
    law_runs.checks,
    journeys.checks,
    fuzz.checks,
    teeth.checks,
)


def all_checks() -> list[Check]:
    """Every check there is, by area and by kind."""
    found = [check for source in SOURCES for check in source()]
    order = {area: place for place, area in enumerate(areas())}
    return sorted(found, key=lambda check: (order[check.area], KINDS.index(check.kind)))
