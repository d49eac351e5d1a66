"""What laws use: the API of one project, every answer checked against the description on the way."""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import quote, urlencode

from liveops_contract.conformance import ContractBroken, faults
from liveops_contract.control import Control
from liveops_contract.description import Operation, operation_table
from liveops_contract.doors import Answer, Door
from liveops_contract.exchange import Curtain, Exchange, Request
from liveops_contract.requests_sent import RequestsSent
from liveops_contract.signing import Account, bearer

Json = Any
Query = Mapping[str, Json] | Iterable[tuple[str, Json]]


class _Nothing:
    """No body at all, which is not the same as null."""


NOTHING = _Nothing()


class NoUserToken(Exception):
    """A call on behalf of a user was asked for, and there is no token to make it with."""


class NoControl(Exception):
    """Something was asked for that only a control door can do."""


class Api:
    """One project. `call` checks every answer, `send` and `raw` check nothing; each keeps the transcript."""

    def __init__(
        self,
        door: Door,
        account: Account,
        *,
        control_door: Door | None = None,
        curtain: Curtain | None = None,
        make_sibling: Callable[[], "Api"] | None = None,
        sent: RequestsSent | None = None,
    ) -> None:
        self.door = door
        self.account = account
        self.curtain = curtain or Curtain(account.secrets())
        self.transcript: list[Exchange] = []
        self.control = Control(self._send_control, account.project_id) if control_door else None
        self._control_door = control_door
        self._tokens: dict[str, str] = {}
        self._make_sibling = make_sibling
        self._sent = sent or RequestsSent()

    def sibling(self) -> "Api":
        """Another fresh project of the same merchant; what it is asked stands in the same transcript."""
        if self._make_sibling is None:
            raise NoControl("a second project needs a control door")
        found = self._make_sibling()
        found.transcript = self.transcript
        return found

    def call(
        self,
        operation_id: str,
        *,
        path: Mapping[str, Json] | None = None,
        query: Query = (),
        body: Json = NOTHING,
        user: str | None = None,
        signed: Mapping[str, str] | None = None,
    ) -> Answer:
        """Make a documented call as the operator or as the named user; ContractBroken if the answer is not a described one."""
        operation = operation_table()[operation_id]
        exchange = self.send(self.request(operation, path=path, query=query, body=body, user=user, signed=signed))
        self.check(operation, exchange)
        return exchange.answer

    def check(self, operation: Operation, exchange: Exchange) -> None:
        """Raise ContractBroken for the first promise that the answer breaks."""
        fault = next(faults(operation, exchange.answer), None)
        if fault:
            raise self.broken(fault.rule, fault.expected, operation.id)

    def broken(self, rule: str, expected: str, operation_id: str, *others: str) -> ContractBroken:
        """That the last answer breaks a rule of an operation, unless laws find that it is one of the others that is broken."""
        return ContractBroken(operation_id, rule, expected, self.transcript, others)

    def request(
        self,
        operation: Operation,
        *,
        path: Mapping[str, Json] | None = None,
        query: Query = (),
        body: Json = NOTHING,
        user: str | None = None,
        signed: Mapping[str, str] | None = None,
    ) -> Request:
        """The request of a documented call, signed: by the caller, by the named user, or with the headers that are given.

        Parts of the path that are not given take the example of the description.
        """
        target = self.target(operation, path or {}, query)
        authorization, signed_by = ("", "") if signed is not None else self.signature(operation, user)
        headers = {"Authorization": authorization} if signed is None else dict(signed)
        if isinstance(body, _Nothing):
            return Request(operation.method, target, headers, b"", signed_by)
        return Request(operation.method, target, headers | {"Content-Type": "application/json"}, encoded(body), signed_by)

    def target(self, operation: Operation, path: Mapping[str, Json] | None = None, query: Query = ()) -> str:
        """Path and query of a call; what has to be given and is not takes the example of the description."""
        values = {"project_id": self.account.project_id, **operation.path_examples, **(path or {})}
        filled = operation.path
        for name, value in values.items():
            filled = filled.replace("{" + name + "}", quote(str(value), safe=""))
        pairs = list(query.items() if isinstance(query, Mapping) else query)
        pairs += [pair for pair in operation.query_examples.items() if pair[0] not in dict(pairs)]
        text = urlencode([(name, str(value).lower() if isinstance(value, bool) else str(value)) for name, value in pairs])
        return f"{filled}?{text}" if text else filled

    def signature(self, operation: Operation, user: str | None = None) -> tuple[str, str]:
        """The Authorization header that the operation asks for, and whose it is."""
        if operation.security == "admin":
            return self.account.project_basic, "project"
        return bearer(self.token(user or "user_1")), "user"

    def token(self, user: str) -> str:
        """A token of the user from the control door; without one, the token that was given for the run."""
        if self.control is None:
            if self.account.user_token is None:
                raise NoUserToken("calls of users need a control door or --user-token")
            return self.account.user_token
        if user not in self._tokens:
            self._tokens[user] = self.control.token(user)
            self.curtain.hide(self._tokens[user])
        return self._tokens[user]

    def send(self, request: Request) -> Exchange:
        """Send a request as it is and write it down; nothing is checked."""
        self._sent.add(request.method, request.target, request.body, self.account.project_id)
        answer = self.door.send(request.method, request.target, request.headers, request.body)
        exchange = Exchange(request, answer, self.account.project_id)
        self.transcript.append(exchange)
        return exchange

    def raw(self, method: str, target: str, headers: Mapping[str, str] | None = None, body: bytes = b"") -> Answer:
        """Send anything at all; nothing is checked, nothing is signed."""
        return self.send(Request(method, target, headers or {}, body)).answer

    def _send_control(self, method: str, target: str, body: Json) -> Answer:
        assert self._control_door is not None
        # A token may end or begin to be valid with any move of the clock.
        if "/clock" in target or "/reset" in target:
            self._tokens.clear()
        headers = {"Authorization": self.account.project_basic}
        headers |= {} if body is None else {"Content-Type": "application/json"}
        request = Request(method, target, headers, b"" if body is None else encoded(body), "project")
        self._sent.add(request.method, request.target, request.body, self.account.project_id)
        answer = self._control_door.send(request.method, request.target, request.headers, request.body)
        if not target.endswith("/tokens"):
            self.transcript.append(Exchange(request, answer, self.account.project_id))
        return answer


def encoded(body: Json) -> bytes:
    """A body as it goes over the wire."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
