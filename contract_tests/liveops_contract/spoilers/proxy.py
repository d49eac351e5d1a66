"""A proxy that spoils what passes through it: requests on their way in, answers on their way out, of one operation or of all."""

import json
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any
from urllib.parse import parse_qsl, urlencode

from liveops_contract.description import Operation
from liveops_contract.doors import Served
from liveops_contract.routes import operation_at

Json = Any
Headers = list[tuple[str, str]]
Reply = tuple[int, Headers, bytes]


@dataclass(frozen=True)
class Asked:
    """A request as it arrives at the proxy, and the operation that it calls."""

    operation: Operation
    method: str
    path: str
    query: str
    headers: Mapping[str, str] = field(repr=False)
    body: bytes

    @property
    def target(self) -> str:
        """Path and query."""
        return f"{self.path}?{self.query}" if self.query else self.path

    @property
    def project(self) -> str:
        """The number of the project as the path spells it."""
        found = re.search(r"/projects?/([^/]+)", self.path)
        return found.group(1) if found else ""

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The query."""
        return parse_qsl(self.query, keep_blank_values=True)

    def document(self) -> Json:
        """The body as JSON; None for whatever is no JSON document."""
        with suppress(ValueError):
            return json.loads(self.body)
        return None

    def with_body(self, body: Json) -> "Asked":
        """The request with another body."""
        return replace(self, body=packed(body))

    def with_pairs(self, pairs: list[tuple[str, str]]) -> "Asked":
        """The request with another query."""
        return replace(self, query=urlencode(pairs))


Ask = Callable[[Asked], Reply]
Spoiler = Callable[[Asked, Ask], Reply]
JSON_HEADERS = [("content-type", "application/json")]


class SpoilingProxy:
    """Hands each request on and its answer back; a spoiler gets to do that for calls of the API, or of some operations alone."""

    def __init__(self, server: Served, spoiler: Spoiler, only: Callable[[Operation], bool] = lambda _: True) -> None:
        self.server = server
        self.spoiler = spoiler
        self.only = only

    def handle(self, method: str, target: str, headers: dict[str, str], body: bytes) -> Reply:
        """Answer one request. What calls no operation passes as it is, the control door with it."""
        path, _, query = target.partition("?")
        operation = called(method, path)
        if operation is None or not self.only(operation):
            return self.server.handle(method, target, headers, body)
        return self.spoiler(Asked(operation, method, path, query, headers, body), self.ask)

    def ask(self, asked: Asked) -> Reply:
        """Ask the server behind."""
        return self.server.handle(asked.method, asked.target, dict(asked.headers), asked.body)


class AnsweringProxy:
    """Hands everything on but one method, which it answers itself with success, as many servers do with HEAD and OPTIONS."""

    def __init__(self, server: Served, method: str) -> None:
        self.server = server
        self.method = method

    def handle(self, method: str, target: str, headers: dict[str, str], body: bytes) -> Reply:
        """Answer one request."""
        if method == self.method:
            return 200, [("allow", f"GET, {method}")], b""
        return self.server.handle(method, target, headers, body)


@cache
def called(method: str, path: str) -> Operation | None:
    """The operation that is called there."""
    place = operation_at(method, path.removeprefix("/api"))
    return place[0] if place else None


def packed(body: Json) -> bytes:
    """A document as it goes over the wire."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def opened(reply: Reply) -> Json:
    """The document of a good answer; None where there is none."""
    status, _, content = reply
    return json.loads(content) if content and status < 300 else None


def with_document(reply: Reply, document: Json) -> Reply:
    """The answer with another document."""
    return reply[0], reply[1], packed(document)
