"""Near misses: what the description allows is never refused for its shape, and what it does not allow always is."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from liveops_contract.api import NOTHING, Api
from liveops_contract.checks import Check, Failure, Outcome, Run, failure, operation_check
from liveops_contract.conformance import Fault, faults
from liveops_contract.description import Operation, operations
from liveops_contract.exchange import Exchange
from liveops_contract.near_misses import NearMiss, near_misses
from liveops_contract.parameter_misses import ParameterMiss, parameter_misses
from liveops_contract.profiles import EVERY
from liveops_contract.rule_misses import rule_misses
from liveops_contract.scenery import furnished

SHAPE_REFUSED, NO_ROUTE = (422, 1102), (405, 0)
Refusal = tuple[int, int]
SHOWN_PLACES = 12
Case = TypeVar("Case", NearMiss, ParameterMiss)
MANY_SPELLINGS = frozenset({"pattern", "type", "propertyNames", "any text"})


def checks() -> Iterator[Check]:
    """One check per operation."""
    for operation in operations():
        yield operation_check(operation, "near misses", perform, writes=not operation.reads_only)


def perform(check: Check, run: Run) -> Outcome:
    """Send every near miss of the operation's parameters and body."""
    api = run.stage.fresh(run.seed)
    found: dict[tuple[str, str], list[tuple[str, Fault, Exchange]]] = {}
    outcome = Outcome()
    for place, keyword, refusal, exchange in _exchanges(api, check.operation, run.profile.near_misses):
        outcome.cases += 1
        api.transcript.clear()
        fault = _fault(check.operation, place, keyword, refusal, exchange)
        if fault:
            found.setdefault((fault.rule, fault.expected), []).append((place, fault, exchange))
            if run.is_hasty:
                break
    outcome.failures = [_failure(check, cases, api) for cases in found.values()]
    return outcome


def _exchanges(api: Api, operation: Operation, most: int) -> Iterator[tuple[str, str, Refusal | None, Exchange]]:
    """Place and keyword of each case, how it has to be refused or None where it has to be taken, and what came of it."""
    for miss in thinned(list(parameter_misses(operation)), most // 4):
        refusal = None if miss.valid else SHAPE_REFUSED if miss.has_route else NO_ROUTE
        yield _place(miss), miss.keyword, refusal, _sent(api, operation, miss)
    path = furnished(api, operation)
    tried: set[tuple[str, str, str]] = set()
    for example in operation.examples.values():
        if operation.body is None:
            return
        for case in thinned(new_here(near_misses(operation.body, example), tried, most), most):
            exchange = api.send(api.request(operation, path=path, body=case.value))
            refusal = None if operation.allows_body(case.value) else SHAPE_REFUSED
            yield f"/body{case.pointer}", case.keyword, refusal, exchange
    for crossing in rule_misses(operation):
        exchange = api.send(api.request(operation, path=path, body=crossing.value))
        yield f"/body{next(iter(crossing.broken), '')}", crossing.rule, SHAPE_REFUSED if crossing.broken else None, exchange


def new_here(cases: Iterable[NearMiss], tried: set[tuple[str, str, str]], most: int) -> list[NearMiss]:
    """The cases; a run that does not want all of them leaves out what it tried at the same place of an earlier example."""
    found = [(case, (case.pointer, case.keyword, repr(case.changed))) for case in cases]
    chosen = [case for case, mark in found if most >= EVERY or mark not in tried]
    tried.update(mark for _, mark in found)
    return chosen


def thinned(cases: list[Case], most: int) -> list[Case]:
    """About so many of the cases: of many spellings of one thing some are lost, but not the first and not the last."""
    kept = _kept(cases)
    step = -(-(len(cases) - len(kept)) // max(1, most - len(kept)))
    return [case for number, case in enumerate(cases) if number in kept or number % step == 0]


def _kept(cases: list[Case]) -> set[int]:
    """Which cases a short run needs: between the first and the last spelling both verdicts are found."""
    kept, ends = set(), {}
    for number, case in enumerate(cases):
        thing = (case.place, case.keyword)
        if case.keyword not in MANY_SPELLINGS or thing not in ends:
            kept.add(number)
        ends[thing] = number
    return kept | set(ends.values())


def _place(miss: ParameterMiss) -> str:
    return f"/path/{miss.name}" if miss.path else f"/query/{miss.name}"


def _sent(api: Api, operation: Operation, miss: ParameterMiss) -> Exchange:
    body = next(iter(operation.examples.values()), NOTHING)
    request = api.request(operation, path=miss.path, query=miss.pairs, body=body)
    if miss.keyword == "required":
        request = replace(request, target=request.target.partition("?")[0])
    return api.send(request)


def _fault(operation: Operation, place: str, keyword: str, refusal: Refusal | None, exchange: Exchange) -> Fault | None:
    """The first promise that the answer to this case breaks."""
    answer = exchange.answer
    described = next(faults(operation, answer), None)
    if described:
        return described
    if refusal is None:
        if (answer.status, answer.error_code) in (SHAPE_REFUSED, NO_ROUTE):
            return Fault(f"a request that fits `{keyword}` is not refused for its shape", "any answer but 405 and code 1102")
        return None
    # Whose project it is comes before the shape: a project that is no number is simply not the caller's.
    early = place == "/path/project_id" and answer.status == 401
    if not early and (answer.status, answer.error_code) != refusal:
        return Fault(f"a request that breaks `{keyword}` is refused for its shape", f"{refusal[0]} with code {refusal[1]}")
    return None


def _failure(check: Check, cases: list[tuple[str, Fault, Exchange]], api: Api) -> Failure:
    _, fault, exchange = cases[0]
    places = list(dict.fromkeys(place for place, _, _ in cases))
    more = f", and {len(places) - SHOWN_PLACES} more places" if len(places) > SHOWN_PLACES else ""
    detail = f"{len(cases)} cases, at {', '.join(places[:SHOWN_PLACES])}{more}"
    return failure(check, fault.rule, fault.expected, [exchange], api.curtain, detail=detail)
