"""Laws: promises about several calls together, tried on many drawn examples, each on a fresh project."""

import importlib
import pkgutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from hypothesis import Phase, given, seed
from hypothesis import strategies as st

from liveops_contract import laws as law_modules
from liveops_contract.api import Api
from liveops_contract.checks import Check, Failure, Law, Outcome, Run, failure, failure_of, laws_of
from liveops_contract.conformance import ContractBroken
from liveops_contract.control import ControlRefused
from liveops_contract.doors import NoAnswer
from liveops_contract.drawing import repeatable
from liveops_contract.exchange import Exchange
from liveops_contract.routes import operation_at
from liveops_contract.shrinking import OF_LAWS, Patience

SHOWN_EXCHANGES = 12


def checks() -> Iterator[Check]:
    """One check per law."""
    for found in all_laws():
        operations = found.operations
        yield Check(found.name, "laws", found.area, operations, found.needs_control, True, False, perform, found)


def all_laws() -> Iterator[Law]:
    """Every law of every module of `liveops_contract.laws`."""
    for module in sorted(pkgutil.iter_modules(law_modules.__path__), key=lambda module: module.name):
        yield from laws_of(importlib.import_module(f"{law_modules.__name__}.{module.name}"))


def perform(check: Check, run: Run) -> Outcome:
    """Try the law; report it once, with the smallest example that breaks it."""
    found: Law = check.subject
    last: list[Api] = []
    outcome = Outcome()

    def example(data: st.DataObject) -> None:
        outcome.cases += 1
        api = run.stage.fresh(run.seed)
        last[:] = [api]
        found.function(api, data.draw)

    broken = tried(example, run)
    if broken is not None:
        outcome.failures.append(as_failure(check, found.promise or found.name, broken, last[0], run))
    return outcome


def tried(example: Any, run: Run, *, shrink: bool = True) -> Exception | None:
    """Run an example many times, always the same ones for one seed; what the smallest failing one raised."""
    patience = Patience(run.profile.examples, OF_LAWS)

    def patient(data: st.DataObject) -> None:
        patience.begin()
        example(data)

    phases = [Phase.explicit, Phase.generate, *([Phase.shrink] if shrink else [])]
    bounded = repeatable(max_examples=run.profile.examples, phases=phases)
    try:
        bounded(seed(run.seed)(given(st.data())(patient)))()
    except (NoAnswer, ControlRefused):
        raise
    except Exception as error:
        return error
    return None


def as_failure(check: Check, promise: str, error: Exception, api: Api, run: Run) -> Failure:
    """A falsified law: its promise, what was drawn, and the last exchanges of its smallest example."""
    drawn = "\n".join(getattr(error, "__notes__", []))
    if isinstance(error, ContractBroken):
        return failure_of(check, error, run.stage.curtain, detail=drawn, last=SHOWN_EXCHANGES)
    said = f"{type(error).__name__}: {error}" if not isinstance(error, AssertionError) else str(error)
    expected = f"{promise}\n{said}".strip()
    shown = api.transcript[-SHOWN_EXCHANGES:]
    found = failure(check, f"law {check.name}", expected, shown, run.stage.curtain, detail=drawn)
    calls = called(api.transcript)
    return replace(found, suspects=tuple(name for name in check.operations if name in calls))


def called(transcript: Sequence[Exchange]) -> set[str]:
    """The operations that a transcript calls."""
    places = (operation_at(each.request.method, each.request.target.partition("?")[0]) for each in transcript)
    return {place[0].id for place in places if place}
