"""What travels between the stages of a request: plain values, no behaviour."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Json = Any
Headers = list[tuple[str, str]]


@dataclass(slots=True)
class Request:
    """One HTTP request as it came in. Header names are in lower case."""

    method: str
    segments: tuple[str, ...]
    query: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(slots=True)
class Call:
    """One request that has the documented shape: what a rule gets to see."""

    path: dict[str, Json]
    query: dict[str, Json]
    body: Json
    user_id: str


@dataclass(slots=True)
class Page:
    """One page of a list. Elements are plain data, or bytes where an element is kept as JSON already."""

    items: list[Json]
    fields: dict[str, Json] = field(default_factory=dict)
    name: str = "items"  # of the list in the answer


@dataclass(slots=True)
class Reply:
    """What a rule answers: a status and, but for 204 and 202, a body."""

    status: int
    body: Any = None  # plain data, or a Page
    headers: Headers = field(default_factory=list)
