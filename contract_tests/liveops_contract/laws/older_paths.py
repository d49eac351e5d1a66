"""The laws of older paths: an operation that has some is the same thing under each of them."""

from hypothesis import strategies as st

from liveops_contract.api import NOTHING, Api, Json
from liveops_contract.checks import Draw, law
from liveops_contract.description import Operation, operations
from liveops_contract.laws import scenes
from liveops_contract.scenery import furnished

OLDER = [(operation, spelling) for operation in operations() for spelling in operation.spellings[1:]]


def asked(api: Api, operation: Operation, spelling: Operation, is_there: bool, body: Json) -> tuple[int, Json, scenes.Facts]:
    """What is answered to a call in one spelling, and what the project is afterwards."""
    path = furnished(api, operation)
    exchange = api.send(api.request(spelling, path=path if is_there else {**path, **absent(path)}, body=body))
    api.check(operation, exchange)
    answered: Json = exchange.answer.json() if exchange.answer.body else None
    if exchange.answer.status >= 400:
        answered = {**answered, "transactionId": None}
    return exchange.answer.status, answered, scenes.everything(api)


def absent(path: dict[str, Json]) -> dict[str, Json]:
    """Numbers of things that are not there."""
    return {name: 2_000_000_000 for name, value in path.items() if isinstance(value, int)}


@law(*dict.fromkeys(operation.id for operation, _ in OLDER))
def an_older_path_does_the_same(api: Api, draw: Draw) -> None:
    """Every operation answers through each of its paths, answers the same, and does the same to the project."""
    is_there = draw(st.sampled_from((True, True, False)))
    for operation, spelling in OLDER:
        body = draw(st.sampled_from(list(operation.examples.values()))) if operation.examples else NOTHING
        now, then = (asked(api.sibling(), operation, one, is_there, body) for one in (operation, spelling))
        assert then == now, f"{spelling.method} {spelling.path}"
