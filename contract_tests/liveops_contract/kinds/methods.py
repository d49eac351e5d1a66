"""Methods: a path answers undocumented methods with 405 and the documented ones in `Allow`; an unknown path is 404."""

import re
from collections.abc import Iterator
from itertools import product

from liveops_contract.api import Api
from liveops_contract.checks import Check, Outcome, Run, failure
from liveops_contract.conformance import faults
from liveops_contract.description import Operation, methods_of_paths, operation_table, operations
from liveops_contract.exchange import Exchange, Request

METHODS = ("GET", "PUT", "POST", "DELETE", "PATCH", "HEAD", "OPTIONS")
# Whose credentials a call of this kind is signed with.
KEEPERS = {"admin": "project", "user": "user"}
UNKNOWN = ("/surprise", "/{project_id}/surprise", "//")


def checks() -> Iterator[Check]:
    """Up to three checks per path: its methods, the unknown paths below it, and its older spellings."""
    for path in dict.fromkeys(operation.path for operation in operations()):
        here = tuple(operation for operation in operations() if operation.path == path)
        kinds = [("methods", undocumented_methods, True), ("unknown paths", unknown_paths, False)]
        if here[0].aliases and any(operation.reads_only for operation in here):
            kinds.append(("older paths", older_paths, False))
        for name, perform, writes in kinds:
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
    outcome = Outcome()
    for spelling, method, signed in product(operation.spellings, METHODS, (True, False)):
        documented = methods_of_paths()[spelling.path]
        if method in documented:
            continue
        headers, signed_by = (_signed(api, operation), KEEPERS[operation.security]) if signed else ({}, "")
        exchange = api.send(Request(method, api.target(spelling), headers, b"", signed_by))
        outcome.cases += 1
        expected = _method_fault(operation, exchange, documented)
        if expected:
            outcome.failures.append(failure(check, f"{method} is not allowed here", expected, [exchange], api.curtain))
    return outcome


def older_paths(check: Check, run: Run) -> Outcome:
    """Read through every older path that serves an operation too: the same answer as through its own."""
    api = run.stage.fresh(run.seed)
    outcome = Outcome()
    for operation in (operation_table()[name] for name in check.operations):
        exchanges = [api.send(api.request(spelling)) for spelling in operation.spellings] if operation.reads_only else []
        for older in exchanges[1:]:
            outcome.cases += 1
            if _comparable(older) != _comparable(exchanges[0]):
                expected = f"what {operation.path} answers: {exchanges[0].outcome()}"
                outcome.failures.append(failure(check, "an older path serves the operation too", expected, [older], api.curtain))
    return outcome


def _comparable(exchange: Exchange) -> tuple[int, object]:
    """Status and body without the number that names this one answer."""
    try:
        body = exchange.answer.json()
    except ValueError:
        return exchange.answer.status, exchange.answer.body
    return exchange.answer.status, {**body, "transactionId": None} if isinstance(body, dict) else body


def unknown_paths(check: Check, run: Run) -> Outcome:
    """Ask for paths that the description does not have."""
    api, operation = run.stage.fresh(run.seed), check.operation
    outcome = Outcome()
    for tail in UNKNOWN:
        if _is_described(operation.path + tail):
            continue
        path = api.target(operation).partition("?")[0]
        target = path + tail.replace("{project_id}", str(api.account.project_id))
        exchange = api.send(Request("GET", target, _signed(api, operation), b"", KEEPERS[operation.security]))
        outcome.cases += 1
        described = next(faults(operation, exchange.answer), None)
        if exchange.answer.status != 404 or described:
            expected = described.expected if described else "404"
            outcome.failures.append(failure(check, "an unknown path is not found", expected, [exchange], api.curtain))
    return outcome


def _is_described(path: str) -> bool:
    """Whether some operation has this path: the last part may be taken for the value of a parameter."""
    return any(re.fullmatch(re.sub(r"{[^}]*}", "[^/]+", known), path) for known in methods_of_paths())


def _signed(api: Api, operation: Operation) -> dict[str, str]:
    return {"Authorization": api.signature(operation)[0]}


def _method_fault(operation: Operation, exchange: Exchange, documented: tuple[str, ...]) -> str | None:
    allowed = sorted(part.strip() for part in (exchange.answer.header("Allow") or "").split(","))
    if exchange.answer.status != 405 or tuple(allowed) != documented:
        return f"405 with Allow: {', '.join(documented)}; Allow was {', '.join(allowed) or 'missing'}"
    if exchange.request.method == "HEAD":  # whose answer has no body to look at
        return None
    described = next(faults(operation, exchange.answer), None)
    return described.expected if described else None
