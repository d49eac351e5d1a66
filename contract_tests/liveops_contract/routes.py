"""Which operation a request is for: found from method and path alone, older paths among them."""

from functools import cache, lru_cache
from typing import Any
from urllib.parse import unquote

from liveops_contract.description import Operation, operations

Found = tuple[dict[str, Operation], dict[str, str]]  # the operations of a path by method, and the texts in its places


@cache
def _tree() -> dict[str, Any]:
    root: dict[str, Any] = {}
    for operation in operations():
        for spelling in operation.spellings:
            node = root
            for part in spelling.path.split("/"):
                node = node.setdefault("{}" if part.startswith("{") else part, {})
            names = [part[1:-1] for part in spelling.path.split("/") if part.startswith("{")]
            node.setdefault("", (names, {}))[1][operation.method] = operation
    return root


def found(path: str) -> Found | None:
    """The operations of the path that a target asks for, and its texts decoded; None for a path that is not described."""
    place = _spelled(path)
    return place and (place[0], {name: unquote(text) for name, text in place[1].items()})


def operation_at(method: str, path: str) -> tuple[Operation, dict[str, str]] | None:
    """The operation that a request calls, and the texts in its path as they are spelled; None for any other request."""
    methods, texts = _spelled(path) or ({}, {})
    return (methods[method], texts) if method in methods else None


@lru_cache(1024)  # whoever looks at a request asks again
def _spelled(path: str) -> Found | None:
    leaf = _descend(_tree(), path.split("/"), ())
    if leaf is None:
        return None
    (names, methods), texts = leaf
    return methods, dict(zip(names, texts, strict=True))


def _descend(node: dict[str, Any], parts: list[str], texts: tuple[str, ...]) -> Any:
    """The leaf below, a literal part before a place."""
    if not parts:
        return (node[""], texts) if isinstance(node.get(""), tuple) else None
    for name, more in ((parts[0], ()), ("{}", (parts[0],))):
        below = node.get(name)
        if isinstance(below, dict):
            leaf = _descend(below, parts[1:], texts + more)
            if leaf is not None:
                return leaf
    return None
