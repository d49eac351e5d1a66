"""Methods: a path answers undocumented methods with 405 and the documented ones in `Allow`; an unknown path is 404."""

from collections.abc import Iterator

from liveops_contract.api import Api
from liveops_contract.checks import Check, Outcome, Run, failure
from liveops_contract.conformance import faults
from liveops_contract.description import Operation, methods_of_paths, operations
from liveops_contract.exchange import Exchange, Request

METHODS = ("GET", "PUT", "POST", "DELETE", "PATCH")
UNKNOWN = ("/surprise", "/{project_id}/surprise", "//")


def checks() -> Iterator[Check]:
    """Two checks per path: its methods, and the unknown paths below it."""
    for path in dict.fromkeys(operation.path for operation in operations()):
        here = tuple(operation for operation in operations() if operation.path == path)
        for name, perform, writes in (("methods", undocumented_methods, True), ("unknown paths", unknown_paths, False)):
            yield Check(
                name=f"{name} of {path}",
                kind="methods",
                area=here[0].area,
                operations=tuple(operation.id for operation in here),
                needs_control=False,
                needs_writes=writes,
                needs_user=here[0].security == "user",
                perform=perform,
            )


def undocumented_methods(check: Check, run: Run) -> Outcome:
    """Ask the path, in each of its spellings, with every method that is not documented for it."""
    api, operation = run.stage.fresh(run.seed), check.operation
    documented = methods_of_paths()[operation.path]
    outcome = Outcome()
    for method in METHODS:
        if method in documented:
            continue
        for headers in (_signed(api, operation), {}):
            exchange = api.send(Request(method, api.target(operation), headers, b"", "project" if headers else ""))
            outcome.cases += 1
            expected = _method_fault(operation, exchange, documented)
            if expected:
                outcome.failures.append(failure(check, f"{method} is not allowed here", expected, [exchange], api.curtain))
    return outcome


def unknown_paths(check: Check, run: Run) -> Outcome:
    """Ask for paths that the description does not have."""
    api, operation = run.stage.fresh(run.seed), check.operation
    outcome = Outcome()
    for tail in UNKNOWN:
        target = api.target(operation) + tail.replace("{project_id}", str(api.account.project_id))
        exchange = api.send(Request("GET", target, _signed(api, operation), b"", "project"))
        outcome.cases += 1
        described = next(faults(operation, exchange.answer), None)
        if exchange.answer.status != 404 or described:
            expected = described.expected if described else "404"
            outcome.failures.append(failure(check, "an unknown path is not found", expected, [exchange], api.curtain))
    return outcome


def _signed(api: Api, operation: Operation) -> dict[str, str]:
    return {"Authorization": api.signature(operation)[0]}


def _method_fault(operation: Operation, exchange: Exchange, documented: tuple[str, ...]) -> str | None:
    allowed = sorted(part.strip() for part in (exchange.answer.header("Allow") or "").split(","))
    if exchange.answer.status != 405 or tuple(allowed) != documented:
        return f"405 with Allow: {', '.join(documented)}; Allow was {', '.join(allowed) or 'missing'}"
    described = next(faults(operation, exchange.answer), None)
    return described.expected if described else None
