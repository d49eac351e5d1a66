"""Two ways to a server with the same methods: a mock in this process, and any base URL."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import httpx

CONNECT_SECONDS, ANSWER_SECONDS = 5.0, 30.0
Json = Any


class NoAnswer(Exception):
    """The server did not answer at all; the message says what was asked and what happened."""


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: tuple[tuple[str, str], ...] = field(repr=False)
    body: bytes

    def header(self, name: str) -> str | None:
        """The first header of this name, whatever its case."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    def json(self) -> Json:
        """The body as JSON; None for an empty body."""
        return json.loads(self.body) if self.body else None

    @property
    def error_code(self) -> int | None:
        """The `errorCode` of a refusal."""
        try:
            body = self.json()
        except ValueError:
            return None
        return body.get("errorCode") if isinstance(body, dict) else None


class Door(Protocol):
    """Takes a request to a server and brings the answer."""

    def send(self, method: str, target: str, headers: Mapping[str, str], body: bytes = b"") -> Answer:
        """Ask once; raises NoAnswer if nothing comes back in time."""


class Served(Protocol):
    """What the suite asks of a server in its own process."""

    def handle(self, method: str, target: str, headers: dict[str, str], body: bytes) -> tuple[int, list[tuple[str, str]], bytes]:
        """Answer one request; header names are in lower case."""


class InProcessDoor:
    """A server in this process, without sockets."""

    def __init__(self, server: Served) -> None:
        self.server = server

    def send(self, method: str, target: str, headers: Mapping[str, str], body: bytes = b"") -> Answer:
        """Ask once."""
        lowered = {name.lower(): value for name, value in headers.items()}
        status, sent, content = self.server.handle(method, target, lowered, body)
        return Answer(status, tuple(sent), content)


class HttpDoor:
    """A server behind a base URL, over connections that stay open."""

    def __init__(self, base_url: str) -> None:
        self.base = httpx.URL(base_url.rstrip("/"))
        timeout = httpx.Timeout(ANSWER_SECONDS, connect=CONNECT_SECONDS)
        # Proxies of the environment stay out: the answer must be the server's own.
        self.client = httpx.Client(timeout=timeout, trust_env=False, follow_redirects=False)

    def send(self, method: str, target: str, headers: Mapping[str, str], body: bytes = b"") -> Answer:
        """Ask once."""
        # The raw path keeps every byte of the target as it is; httpx would tidy up an ordinary URL.
        url = self.base.copy_with(raw_path=self.base.raw_path.rstrip(b"/") + target.encode("ascii"))
        try:
            answer = self.client.request(method, url, headers=dict(headers), content=body or None)
        except httpx.HTTPError as error:
            raise NoAnswer(f"{method} {target}: {error or type(error).__name__}") from error
        return Answer(answer.status_code, tuple(answer.headers.multi_items()), answer.content)

    def close(self) -> None:
        """Close the connections."""
        self.client.close()
