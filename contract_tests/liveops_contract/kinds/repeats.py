"""Repeats: a PUT or a DELETE that the description does not mark otherwise changes nothing when it comes twice.

Whoever got no answer sends such a call again, as the SDK does by itself.
"""

from collections.abc import Iterator
from typing import Any

from liveops_contract.api import NOTHING, Api
from liveops_contract.checks import Check, Outcome, Run, failure
from liveops_contract.collections_of_things import Collection, collections
from liveops_contract.description import Operation, operations
from liveops_contract.exchange import Exchange
from liveops_contract.profiles import EVERY
from liveops_contract.scenery import furnished

Json = Any
Case = tuple[dict[str, Json], Json]  # values of the path, and a body
USER, THING = "user_1", "thing_to_buy"
LIMITS = {"limits": {"per_user": 5}}


def checks() -> Iterator[Check]:
    """One check per call that may be sent twice and does not just read."""
    for operation in operations():
        if operation.may_be_repeated and not operation.reads_only:
            name = f"repeats of {operation.id}"
            yield Check(name, "repeats", operation.area, (operation.id,), True, True, False, perform)


def perform(check: Check, run: Run) -> Outcome:
    """Send twice what is taken, and read everything after each; a short run is content with the first body that is taken."""
    outcome, operation = Outcome(), check.operation
    most = len(operation.examples) if run.profile.near_misses >= EVERY else 1
    for place in range(len(_cases(run.stage.fresh(run.seed), operation))):
        api = run.stage.fresh(run.seed)
        path, body = _cases(api, operation)[place]
        request = api.request(operation, path=path, body=body)
        first = api.send(request)
        if not first.answer.status < 300:
            continue
        before = _read(api, path)
        again = api.send(request)
        outcome.cases += 1
        found = _fault(operation, first, again, before, _read(api, path))
        if found:
            expected, read = found
            rule = "a call that may be sent twice changes nothing the second time"
            outcome.failures.append(failure(check, rule, expected, [first, again, *read], api.curtain))
        if outcome.cases >= most:
            return outcome
    if not outcome.cases:
        outcome.unverified.append(f"no example of {operation.id} is taken in a new project, so none could be repeated")
    return outcome


def _fault(
    operation: Operation, first: Exchange, again: Exchange, before: dict[str, Exchange], after: dict[str, Exchange]
) -> tuple[str, list[Exchange]] | None:
    """What was expected of the second call or of a reading after it, and that reading."""
    statuses = {first.answer.status, 404} if operation.method == "DELETE" else {first.answer.status}
    if again.answer.status not in statuses:
        return f"the status {' or '.join(map(str, sorted(statuses)))} again", []
    for name, read in after.items():
        if _shown(read) != _shown(before[name]):
            return f"{name} answers what it answered after the first call", [read]
    return None


def _shown(read: Exchange) -> Json:
    """What a reading tells of the state: of a refusal its kind, since the number of the transaction is another each time."""
    return read.answer.json() if read.answer.status < 300 else (read.answer.status, read.answer.error_code)


def _cases(api: Api, operation: Operation) -> list[Case]:
    """Make what there can be in a project; where and with which body the operation may then be called."""
    assert api.control
    api.control.put_user(USER)
    api.control.put_item(THING, price={"amount": "1.00", "currency": "USD"}, **LIMITS)
    api.control.fill_cart(USER, {THING: 1})
    for user in _users(list(operation.examples.values())):
        api.control.put_user(user)
    own = furnished(api, operation)
    kinds = sorted(collections(), key=lambda kind: kind.create.area != operation.area)
    made = [(kind, example, key) for kind in kinds for example, key in _made(api, kind)]
    for maker in operations():
        if maker.method == "POST" and maker.path == operation.path:
            api.send(api.request(maker, body=maker.example_body))
    bodies = list(operation.examples.values()) or [NOTHING]
    things = [{"item_sku": THING}] if "item_sku" in own else []
    paths = [own, *things, *({kind.key: key} for kind, _, key in made if kind.key in own)]
    switched_off = [
        ({kind.key: key}, kind.other_body(example, example + 1, key)) for kind, example, key in made if kind.replace == operation
    ]
    return [*switched_off, *((path, body) for path in paths for body in bodies)]


def _made(api: Api, kind: Collection) -> Iterator[tuple[int, Json]]:
    """The examples that are taken, limited where they can be, and what the things are called by."""
    for example in range(len(kind.create.examples)):
        body = kind.body(example, example + 1)
        limited = body | LIMITS
        body = limited if kind.create.allows_body(limited) else body
        answer = api.send(api.request(kind.create, body=body)).answer
        if answer.status == 201:
            yield example, kind.key_of(answer.json(), body)


def _users(node: Json) -> Iterator[str]:
    """The users whom a body names."""
    children = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    if isinstance(node, dict) and isinstance(node.get("user_external_id"), str):
        yield node["user_external_id"]
    for child in children:
        yield from _users(child)


def _read(api: Api, path: dict[str, Json]) -> dict[str, Exchange]:
    """What every reading call answers, about the thing itself where it is about one of its name."""
    found = {}
    for operation in operations():
        if operation.reads_only:
            own = {name: value for name, value in path.items() if name in operation.path_examples}
            found[operation.id] = api.send(api.request(operation, path=own, user=USER))
    return found
