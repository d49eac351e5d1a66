"""Journeys: any mix of steps agrees with a model; state machines of `liveops_contract.journeys`."""

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any

from hypothesis import Phase, seed
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from liveops_contract import journeys
from liveops_contract.api import Api
from liveops_contract.checks import Check, Outcome, Run
from liveops_contract.control import ControlRefused
from liveops_contract.description import operation_table, operations
from liveops_contract.doors import NoAnswer
from liveops_contract.drawing import repeatable
from liveops_contract.kinds.law_runs import as_failure
from liveops_contract.shrinking import OF_JOURNEYS, Patience
from liveops_contract.stage import Stage


def checks() -> Iterator[Check]:
    """One check per state machine."""
    for machine in machines():
        names = tuple(getattr(machine, "operations", ())) or (operations()[0].id,)
        area = operation_table()[names[0]].area
        yield Check(machine.__name__, "journeys", area, names, True, True, False, perform, machine)


def machines() -> list[type[RuleBasedStateMachine]]:
    """The state machines of the modules of journeys, in the order in which they are written."""
    names = sorted(module.name for module in pkgutil.iter_modules(journeys.__path__))
    modules = [importlib.import_module(f"{journeys.__name__}.{name}") for name in names]
    return [value for module in modules for value in vars(module).values() if _is_machine(value, module.__name__)]


def _is_machine(value: Any, module: str) -> bool:
    return isinstance(value, type) and issubclass(value, RuleBasedStateMachine) and value.__module__ == module


def played_on(machine: type[RuleBasedStateMachine], stage: "Stage | _Watched") -> type[RuleBasedStateMachine]:
    """The machine with `self.stage` set."""
    return type(machine.__name__, (machine,), {"stage": stage})


class _Watched:
    """A stage for one journey after the other: remembers the last project, so that a failure can show what was asked there."""

    def __init__(self, stage: Stage, patience: Patience) -> None:
        self._stage = stage
        self._patience = patience
        self.last: Api | None = None

    def fresh(self, seed: int = 1) -> Api:
        self._patience.begin()
        self.last = self._stage.fresh(seed)
        return self.last

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stage, name)


def perform(check: Check, run: Run) -> Outcome:
    """Walk many journeys; report the shortest that disagrees with the model."""
    bounded = repeatable(
        max_examples=max(10, run.profile.examples // 2),
        stateful_step_count=run.profile.steps,
        phases=[Phase.explicit, Phase.generate, Phase.shrink],
    )
    outcome = Outcome(cases=bounded.max_examples)
    stage = _Watched(run.stage, Patience(bounded.max_examples, OF_JOURNEYS))
    try:
        run_state_machine_as_test(seed(run.seed)(played_on(check.subject, stage)), settings=bounded)
    except (NoAnswer, ControlRefused):
        raise
    except Exception as error:
        promise = (check.subject.__doc__ or check.name).strip().partition("\n")[0]
        outcome.failures.append(as_failure(check, promise, error, stage.last or run.stage.fresh(), run))
    return outcome
