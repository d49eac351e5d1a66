"""The SDK played in all of its ways against a mock in this process, and what is expected of its models."""

import asyncio
import contextlib
import json
from datetime import datetime
from importlib import import_module
from typing import Any

import attrs
from liveops_contract.description import Operation, operation_table, resolved, validator
from liveops_contract.transport import in_process
from liveops_mock import MockServer
from xsolla_liveops import AuthenticatedClient, Client, Response, Unset
from xsolla_liveops import models as m
from xsolla_liveops.bundle import load_bundle

Json = Any
PROJECT, KEY, SECRET = 44056, "test-key-of-the-project", "test-secret-of-thirty-two-characters"
WAYS = ("sync", "sync_detailed", "asyncio", "asyncio_detailed")
SPELLINGS = load_bundle()["components"]["schemas"]["LocalizedText"]["x-two-letter"]
ABSENT = 2_000_000_000


class Wire:
    """A server that notes what it was asked and what it answered."""

    def __init__(self, server: MockServer) -> None:
        self.server = server
        self.target = ""
        self.status = 0
        self.body = b""

    def handle(self, method: str, target: str, headers: dict[str, str], body: bytes) -> tuple[int, list[tuple[str, str]], bytes]:
        """Hand it on."""
        answer = self.server.handle(method, target, headers, body)
        self.target, self.body, self.status = target, body, answer[0]
        return answer


class Sdk:
    """One project, called in one of the four ways that each operation of the SDK has."""

    def __init__(self, way: str) -> None:
        self.way = way
        self.wire = Wire(MockServer(PROJECT, KEY, SECRET))
        self.runner = asyncio.Runner()
        self.called: set[str] = set()
        self.admin = AuthenticatedClient.admin(project_id=PROJECT, api_key=KEY, **in_process(self.wire))
        self.stranger = AuthenticatedClient.admin(project_id=PROJECT, api_key="wrong-key", **in_process(self.wire))
        self.user = AuthenticatedClient.user(token=self.token(), **in_process(self.wire))

    def control(self, method: str, path: str, body: Json) -> Json:
        """Ask the control door of the project."""
        target, content = f"/__control__/projects/{PROJECT}{path}", json.dumps(body).encode()
        headers = {"authorization": f"Basic {self.admin.token}", "content-type": "application/json"}
        status, _, answer = self.wire.server.handle(method, target, headers, content)
        assert status < 300, answer
        return json.loads(answer) if answer else None

    def token(self) -> str:
        """A token of the user that all calls of users are made for."""
        return str(self.control("POST", "/tokens", {"user_id": "user_1", "expires_in": 86400})["token"])

    def empty(self) -> None:
        """Begin again with an empty project."""
        self.control("POST", "/reset", {})

    def ask(self, operation_id: str, *, client: Client | None = None, **given: Any) -> Any:
        """Call an operation and answer the parsed body; the wire holds the status."""
        operation = operation_table()[operation_id]
        self.called.add(operation_id)
        client = client or (self.admin if operation.security == "admin" else self.user)
        function = getattr(module_of(operation), self.way)
        answer = function(PROJECT, client=client, **given)
        answer = self.runner.run(answer) if self.way.startswith("asyncio") else answer
        if isinstance(answer, Response):
            assert answer.status_code == self.wire.status
            return answer.parsed
        return answer

    def done(self, operation_id: str, **given: Any) -> None:
        """Call an operation that answers without a body."""
        assert self.ask(operation_id, **given) is None
        assert self.wire.status in (200, 202, 204), self.wire.status

    def close(self) -> None:
        """Let the loop and the connections go."""
        for client in (self.admin, self.user, self.stranger):
            client.get_httpx_client().close()
            self.runner.run(client.get_async_httpx_client().aclose())
        self.runner.close()


def module_of(operation: Operation) -> Any:
    """The module of the SDK that calls the operation."""
    return import_module(f"xsolla_liveops.api.{operation.area}.{operation.id.replace('-', '_')}")


def model_of(operation: Operation, body: Json) -> Any:
    """A body as the SDK takes it."""
    schema = resolved(operation.body)
    if isinstance(body, list):
        return [getattr(m, _name(schema["items"])).from_dict(element) for element in body]
    fitting = next((branch for branch in schema.get("oneOf", ()) if validator(branch).is_valid(body)), operation.body)
    return getattr(m, _name(fitting)).from_dict(body)


def _name(reference: Any) -> str:
    return str(reference["$ref"]).rpartition("/")[2]


def same(sent: Any, read: Any, place: str = "", leaving: str = "") -> None:
    """Whatever a model that was sent says, the model that was read says too, field by field; one field may be left out."""
    if isinstance(sent, m.LocalizedText):
        expected = {SPELLINGS.get(code, code): text for code, text in sent.additional_properties.items()}
        assert isinstance(read, m.LocalizedAnswer), place
        assert read.additional_properties == expected, place
    elif attrs.has(type(sent)):
        for field in attrs.fields(type(sent)):
            value = getattr(sent, field.name)
            if not isinstance(value, Unset) and field.name != leaving:
                same(value, getattr(read, field.name), f"{place}.{field.name}")
    elif isinstance(sent, list):
        assert isinstance(read, list), place
        assert len(sent) == len(read), place
        for number, (one, other) in enumerate(zip(sent, read, strict=True)):
            same(one, other, f"{place}[{number}]")
    else:
        assert type(read) is type(sent), place
        assert read == sent, place


def said(body: Json, wire: bytes) -> None:
    """On the wire is what was drawn and nothing else; instants may be spelled another way."""
    assert _plain(json.loads(wire)) == _plain(body)


def _plain(value: Json) -> Json:
    if isinstance(value, dict):
        return {key: _moment(part) if key.startswith("date_") and part else _plain(part) for key, part in value.items()}
    return [_plain(part) for part in value] if isinstance(value, list) else value


def _moment(text: str) -> str:
    return text.removesuffix("Z") + "+00:00" if text.endswith("Z") else text


def refused(answer: Any, status: int, code: int) -> None:
    """The answer is the typed refusal with this status and code."""
    assert isinstance(answer, m.Error), answer
    assert (answer.status_code, answer.error_code) == (status, code), answer


def as_one_spelling(node: Json) -> Json:
    """JSON data with instants as points in time: `Z` and `+00:00` say the same."""
    if isinstance(node, dict):
        return {key: as_one_spelling(part) for key, part in node.items()}
    if isinstance(node, list):
        return [as_one_spelling(part) for part in node]
    with contextlib.suppress(TypeError, ValueError):
        return datetime.fromisoformat(node)
    return node
