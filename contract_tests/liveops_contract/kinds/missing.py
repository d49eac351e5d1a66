"""Missing things: a call on a thing that was never made is 404, with a code that the description shows for it."""

from collections.abc import Iterator
from typing import Any

from liveops_contract.api import NOTHING
from liveops_contract.checks import Check, Outcome, Run, failure, operation_check
from liveops_contract.conformance import faults
from liveops_contract.description import Operation, Parameter, operations, resolved
from liveops_contract.doors import Answer

Json = Any
NOBODYS_NUMBER = 987654


def checks() -> Iterator[Check]:
    """One check per operation whose path names a thing."""
    for operation in operations():
        if _things(operation):
            yield operation_check(operation, "missing things", perform, writes=not operation.reads_only)


def perform(check: Check, run: Run) -> Outcome:
    """Ask for a thing that is not there, beside others that may be."""
    api, operation = run.stage.fresh(run.seed), check.operation
    outcome = Outcome()
    for parameter in _things(operation):
        body = next(iter(operation.examples.values()), NOTHING)
        exchange = api.send(api.request(operation, path={parameter.name: missing(parameter)}, body=body))
        outcome.cases += 1
        expected = _fault(operation, exchange.answer)
        if expected:
            rule = f"a {parameter.name} that nothing has is not found"
            outcome.failures.append(failure(check, rule, expected, [exchange], api.curtain))
    return outcome


def _fault(operation: Operation, answer: Answer) -> str | None:
    described = next(faults(operation, answer), None)
    if described:
        return described.expected
    codes = operation.responses[404].codes
    return None if answer.status == 404 and answer.error_code in codes else f"404 with code {' or '.join(map(str, codes))}"


def missing(parameter: Parameter) -> Json:
    """A valid value that names nothing."""
    if resolved(parameter.schema).get("type") == "integer":
        return NOBODYS_NUMBER
    return f"{str(parameter.example)[:-1]}Q"


def _things(operation: Operation) -> list[Parameter]:
    """The parameters of the path that name a thing, and not a choice of words."""
    named = [operation.parameter(name) for name in operation.path_examples]
    return [parameter for parameter in named if "enum" not in resolved(parameter.schema)]
