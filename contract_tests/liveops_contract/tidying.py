"""Leave a server elsewhere as it was: what a run made there is removed at its end, and what a killed run left, later."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from liveops_contract.api import Api
from liveops_contract.belongings import MarkedDoor, deleter_of
from liveops_contract.description import Operation, operations
from liveops_contract.doors import Door
from liveops_contract.ledger import NAME, Ledger
from liveops_contract.stage import Stage

Json = Any
Say = Callable[[str], None]
PAGE = 50


@contextmanager
def tidy(stage: Stage, folder: Path, server: str, say: Say) -> Iterator[None]:
    """Mark and write down what is made within, and remove it however that ends."""
    ledger = Ledger(folder / NAME, server, tag := "lvt" + secrets.token_hex(3))
    plain = stage.door
    stage.ledger = ledger
    if not stage.has_control:
        stage.door = MarkedDoor(plain, ledger, tag)
        say(f"note: what this run makes carries {tag} in its name and is removed at the end")
    try:
        yield
    finally:
        stage.door = plain
        remove(stage, ledger, [tag], say)


def remove(stage: Stage, ledger: Ledger, tags: list[str], say: Say) -> int:
    """Delete what the ledger holds and what the lists show under these marks; how many things could not be deleted."""
    found = [] if stage.has_control else list(_listed(stage, tags))
    kept = [target for target in dict.fromkeys([*reversed(ledger.left), *found]) if not _deleted(stage, ledger, target)]
    for target in kept:
        say(f"note: DELETE {target} was refused; `liveops-verify cleanup {ledger.path.parent}` tries again")
    return len(kept)


def _deleted(stage: Stage, ledger: Ledger, target: str) -> bool:
    account, is_control = stage.account, target.startswith("/__control__")
    door: Door | None = stage.control_door if is_control else stage.door
    if door is None:
        return False
    signature = (account.merchant_basic if is_control else account.project_basic) or ""
    gone = door.send("DELETE", target, {"Authorization": signature}).status in (200, 204, 404)
    if gone:
        ledger.gone(target)
    return gone


def _listed(stage: Stage, tags: list[str]) -> Iterator[str]:
    api = Api(stage.door, stage.account, curtain=stage.curtain)
    for deleter in dict.fromkeys(found.id for found in map(deleter_of, operations()) if found):
        operation = next(one for one in operations() if one.id == deleter)
        name = next(iter(operation.path_examples))
        for element in _elements(api, operation):
            value = next((element[key] for key in (name, "id", "sku", "external_id") if key in element), None)
            if value is not None and any(tag in str(element) for tag in tags):
                yield api.target(operation, {name: value})


def _elements(api: Api, deleter: Operation) -> Iterator[Json]:
    """Everything in the lists of operators in the same area."""
    for one in operations():
        if one.area == deleter.area and one.reads_only and one.security == "admin" and not one.path_examples:
            yield from _pages(api, one)


def _pages(api: Api, reading: Operation) -> Iterator[Json]:
    names = {parameter.name for parameter in reading.parameters}
    offset, more = 0, True
    while more:
        query = {"limit": PAGE, "offset": offset} if {"limit", "offset"} <= names else {}
        answer = api.send(api.request(reading, query=query)).answer
        body = answer.json() if answer.status == 200 else None
        lists = [part for part in body.values() if isinstance(part, list)] if isinstance(body, dict) else [body or []]
        elements = [element for element in (lists[0] if lists else []) if isinstance(element, dict)]
        yield from elements
        offset += len(elements)
        more = bool(query) and len(elements) == PAGE
