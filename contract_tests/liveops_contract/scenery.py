"""Make the things exist that the path of an operation names, so that a valid request reaches the rules of the game."""

from typing import Any

from liveops_contract.api import Api
from liveops_contract.description import Operation, operations

Json = Any


def furnished(api: Api, operation: Operation) -> dict[str, Json]:
    """Values for the path: of a thing made just now where the collection above can make one, else the examples."""
    values = dict(operation.path_examples)
    if api.control is None:
        return values
    for name in list(values):
        made = _made(api, operation, name)
        if made is not None:
            values[name] = made
    return values


def _made(api: Api, operation: Operation, name: str) -> Json:
    collection = operation.path.partition("{" + name + "}")[0].rstrip("/")
    for suffix in ("", "/id", "/sku", "/external_id"):
        kind = collection.removesuffix(suffix).rpartition("/")[2]  # the collection may stand below another version
        creator = next((maker for maker in operations() if _makes(maker, kind)), None)
        if creator:
            return _created(api, creator, name)
    return None


def _makes(maker: Operation, kind: str) -> bool:
    is_creation = maker.method == "POST" and maker.path.endswith("/" + kind) and not maker.path_examples
    return is_creation and bool(maker.examples) and maker.security == "admin"


def _created(api: Api, creator: Operation, name: str) -> Json:
    for example in creator.examples.values():
        answer = api.send(api.request(creator, body=example)).answer
        if answer.status == 201:
            body = answer.json()
            named = [body[key] for key in (name, "id", "sku") if key in body]
            return named[0] if named else None
    return None
