"""Two ways to a server with the same methods: a mock in this process, and any base URL."""

import json
import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import urlsplit

from liveops_contract.manners import LONGEST_WAIT, MOST_WAITS, Manners, asked_wait
from liveops_contract.wire import HungUp, Wire, WrongAnswer

Json = Any


class NoAnswer(Exception):
    """The server did not answer at all; the message says what was asked and what happened."""


class NoTrust(NoAnswer):
    """No TLS connection that may be trusted came about; the message is the one sentence that says why and what to do."""


class TooBusy(NoAnswer):
    """The server asks to wait longer than a run can wait."""


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


class OneAtATime:
    """A server in this process as a web server would ask it: whatever threads call, it answers one request after the other."""

    def __init__(self, server: Served) -> None:
        self.server = server
        self.lock = threading.Lock()

    def handle(self, method: str, target: str, headers: dict[str, str], body: bytes) -> tuple[int, list[tuple[str, str]], bytes]:
        """Answer one request."""
        with self.lock:
            return self.server.handle(method, target, headers, body)


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
    """A server behind a base URL, over one connection that stays open."""

    def __init__(self, base_url: str, manners: Manners | None = None) -> None:
        self.base_url = base_url.rstrip("/")
        self.manners = manners or Manners()
        parts = urlsplit(self.base_url)
        self.prefix = parts.path
        self.origin = f"{parts.scheme}://{parts.netloc}"
        context = self.manners.context() if parts.scheme == "https" else None
        self.wire = Wire(parts.hostname or "", parts.port or (443 if context else 80), context)

    def send(self, method: str, target: str, headers: Mapping[str, str], body: bytes = b"") -> Answer:
        """Ask, no faster than the manners allow; a server that is busy is asked again when it says so."""
        for _ in range(MOST_WAITS):
            self.manners.pace.wait()
            answer = self._sent(method, target, {**dict(self.manners.headers), **headers}, body)
            seconds = asked_wait(answer.status, answer.header("Retry-After"))
            if seconds is None:
                return answer
            if seconds > LONGEST_WAIT:
                break
            self.manners.pace.rest(seconds)
        raise TooBusy(f"{method} {target}: busy with {answer.status}, and asks to wait {seconds:.0f} s more; try a lower --rate")

    def _sent(self, method: str, target: str, headers: Mapping[str, str], body: bytes) -> Answer:
        was_open = self.wire.is_open
        try:
            read = self.wire.ask(method, self.prefix + target, headers, body)
        except (HungUp, ConnectionResetError) as error:
            if not was_open:
                raise NoAnswer(f"{method} {target}: {error}") from error
        except ssl.SSLError as error:
            raise NoTrust(f"{method} {target}: {_trouble(self.origin, error)}") from error
        except (OSError, WrongAnswer) as error:
            raise NoAnswer(f"{method} {target}: {error or type(error).__name__}") from error
        else:
            return Answer(read.status, tuple(read.headers), read.body)
        # The server let an idle connection go just as it was used again: it has not seen this request.
        return self._sent(method, target, headers, body)

    def close(self) -> None:
        """Close the connection."""
        self.wire.close()


def _trouble(origin: str, error: ssl.SSLError) -> str:
    """What is wrong with the TLS of a server, and the way out."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"the certificate of {origin} cannot be trusted ({error.verify_message}); give the CA that signed it with --ca"
    if "VERSION" in (error.reason or "") or "PROTOCOL" in (error.reason or ""):
        return f"{origin} speaks no TLS 1.2 or newer ({error.reason}); older versions are refused"
    return f"no TLS with {origin} ({error.reason or error}); check that it speaks https"
