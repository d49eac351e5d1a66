"""Servers that stand before a mock and spoil what one operation is asked, or what it answers."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from liveops_contract.description import Operation
from liveops_contract.doors import Served
from liveops_contract.routes import found
from liveops_contract.stage import Stage, in_process_stage

Json = Any
Headers = list[tuple[str, str]]
PROJECT = re.compile(r"/__control__/projects/([0-9]+)")


@dataclass(frozen=True)
class Asked:
    """A request on its way to the mock."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Replied:
    """An answer on its way back."""

    status: int
    headers: Headers
    body: bytes

    def with_json(self, body: Json) -> "Replied":
        """The same answer with another body."""
        return replace(self, body=json.dumps(body, ensure_ascii=False).encode())

    def json(self) -> Json:
        """The body; None where there is none."""
        return json.loads(self.body) if self.body else None


Secrets = dict[str, dict[str, str]]  # by project number, as the control door was told them
SpoilRequest = Callable[[Asked, Secrets], Asked]
SpoilReply = Callable[[Replied], Replied]


class Spoiling:
    """A server that hands every request on to another and spoils the calls of one operation."""

    def __init__(self, server: Served, operation: Operation, request: SpoilRequest | None, reply: SpoilReply | None) -> None:
        self.server = server
        self.operation = operation
        self.request = request
        self.reply = reply
        self.secrets: Secrets = {}

    def handle(self, method: str, target: str, headers: dict[str, str], body: bytes) -> tuple[int, Headers, bytes]:
        """Answer one request."""
        made = PROJECT.fullmatch(target)
        if made and method == "PUT" and body:
            self.secrets[made.group(1)] = json.loads(body)
        asked = Asked(method, target, headers, body)
        here = self._methods(target)
        is_meant = here.get(method) is self.operation
        if is_meant and self.request:
            asked = self.request(asked, self.secrets)
        replied = Replied(*self.server.handle(asked.method, asked.target, asked.headers, asked.body))
        if self.reply and (is_meant or (replied.status == 405 and self.operation in here.values())):
            replied = self.reply(replied)
        return replied.status, replied.headers, replied.body

    def _methods(self, target: str) -> Mapping[str, Operation]:
        """The operations of the path by method; the prefix of the documented server may stand before it."""
        place = found(target.partition("?")[0].removeprefix("/api"))
        return place[0] if place else {}


def spoiled(operation: Operation, *, request: SpoilRequest | None = None, reply: SpoilReply | None = None) -> Stage:
    """A stage over a sound mock in this process behind a server that spoils one operation."""
    return in_process_stage(around=partial(Spoiling, operation=operation, request=request, reply=reply))
