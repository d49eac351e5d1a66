"""The hunt for one mutant: the checks that could see it, the likeliest first, until one does."""

import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from liveops_contract.checks import Check, Law, Run
from liveops_contract.kinds import all_checks, teeth
from liveops_contract.kinds.law_runs import tried
from liveops_contract.mutants import Mutant
from liveops_contract.profiles import PROFILES
from liveops_contract.stage import Stage

# The kinds of checks that could see a family of mutants at all.
SEEING = {
    "request shape": ("near misses", "rules", "bodies"),
    "parameter": ("near misses", "round trips", "laws"),
    "answer": ("near misses", "bodies", "credentials", "methods", "missing things", "round trips", "forms", "laws", "journeys"),
    "credentials": ("credentials", "laws"),
    "rule": ("round trips", "laws", "forms", "missing things", "journeys", "near misses", "credentials"),
}
# The kinds that ask so much more in profile gate that they may then notice what they did not before.
FURTHER = {"request shape": ("near misses",), "parameter": ("near misses", "laws"), "answer": ("laws",)}
PLANTED = "of a part that the mock never showed and that was put into its answer"
MOST_OPERATIONS = 6  # that are asked about a component which many of them take


@dataclass(frozen=True)
class Hunted:
    """What came of one fault: the check that noticed it and of which kind, or none, and what was tried."""

    name: str
    area: str
    family: str
    kind: str
    operation: str
    change: str
    killer: str
    killer_kind: str
    equivalent: str
    tried: int
    seconds: float
    reproduction: str = ""

    @property
    def survived(self) -> bool:
        """Whether nothing noticed a fault that some request can tell apart."""
        return not (self.killer or self.equivalent)


def hunted(mutant: Mutant, seed: int) -> Hunted:
    """Ask the mutant what its checks ask, and stop at the first that is not content."""
    begun = time.perf_counter()
    # A mutant that breaks its word in a reply is a server fault: that is an answer here, and no news for the terminal.
    logging.getLogger("liveops_mock").setLevel(logging.CRITICAL)
    killer, kind, asked = ("", "", 0) if mutant.equivalent else _killer(mutant, mutant.make(), seed)
    if mutant.planted and not (killer or mutant.equivalent):
        killer, kind, more = _killer(mutant, mutant.planted(), seed)
        kind, asked = f"{kind}, {PLANTED}" if killer else "", asked + more
    seconds = time.perf_counter() - begun
    place = f"liveops-verify --only {mutant.operations[0]} --seed {seed}"
    return Hunted(
        mutant.name,
        mutant.area,
        mutant.family,
        mutant.kind,
        mutant.operations[0],
        mutant.change,
        killer,
        kind,
        mutant.equivalent,
        asked,
        seconds,
        place,
    )


def _killer(mutant: Mutant, stage: Stage, seed: int) -> tuple[str, str, int]:
    """The first check that is not content with a server of which each gets a fresh project, its kind, and how many were tried."""
    asked = 0
    for asked, (check, profile) in enumerate(seeing(mutant), 1):
        if notices(check, stage, seed, profile):
            return check.name, f"{check.kind}, all of them" if profile == "gate" else check.kind, asked
    return "", "", asked


def seeing(mutant: Mutant) -> Iterator[tuple[Check, str]]:
    """The checks about the operations of a mutant with their profile: those of profile quick, then what the gate asks further."""
    order = [*mutant.first, *(kind for kind in SEEING[mutant.family] if kind not in mutant.first)]
    yield from ((check, "quick") for kind in order for check in _about(mutant, kind))
    # Where a part is never shown, putting it there takes the place of asking for long.
    for kind in () if mutant.planted else FURTHER.get(mutant.family, ()):
        yield from ((check, "gate") for check in _about(mutant, kind))


def _about(mutant: Mutant, kind: str) -> list[Check]:
    near = mutant.operations[:MOST_OPERATIONS]
    found = {check.name: check for operation in near for check in _by_operation().get((operation, kind), ())}
    return list(found.values())


@cache
def _by_operation() -> dict[tuple[str, str], list[Check]]:
    table: dict[tuple[str, str], list[Check]] = {}
    for check in all_checks():
        for operation in check.operations:
            table.setdefault((operation, check.kind), []).append(check)
    return table


def notices(check: Check, stage: Stage, seed: int, profile: str) -> bool:
    """Whether a check is not content with the server of this stage."""
    run = Run(stage, PROFILES[profile], seed, is_hasty=True)
    if isinstance(check.subject, Law):
        law = check.subject
        return tried(lambda data: law.function(stage.fresh(seed), data.draw), run, shrink=False) is not None
    if check.kind == "journeys":
        return teeth.fails(check.subject, stage, run, seed)
    try:
        return bool(check.perform(check, run).failures)
    except Exception:  # a server on which a check cannot come to its end is not sound
        return True
