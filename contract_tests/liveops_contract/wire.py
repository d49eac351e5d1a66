"""HTTP/1.1 over one socket that stays open: a request leaves byte for byte and at once, and its answer is read by llhttp."""

import re
import socket
import ssl
from collections.abc import Mapping
from contextlib import suppress

import httptools

CONNECT_SECONDS, CONNECT_TRIES, ANSWER_SECONDS = 3.0, 10, 30.0
READ_BYTES = 2**18
WITH_BODY = ("POST", "PUT", "PATCH")
UNSENDABLE = re.compile(r"[\x00-\x1f\x7f]")


class WrongAnswer(Exception):
    """What came back is no answer of HTTP/1.1, or not the whole of one."""


class HungUp(WrongAnswer):
    """The connection was closed before anything came back."""


class Wire:
    """One connection to a host. `context` is for TLS; without it nothing is encrypted."""

    def __init__(self, host: str, port: int, context: ssl.SSLContext | None) -> None:
        self.host, self.port, self.context = host, port, context
        name = f"[{host}]" if ":" in host else host
        self.always = {"Host": name if port == (443 if context else 80) else f"{name}:{port}", "Accept-Encoding": "identity"}
        self.socket: socket.socket | None = None

    @property
    def is_open(self) -> bool:
        """Whether there is a connection, which the server may have let go meanwhile."""
        return self.socket is not None

    def ask(self, method: str, target: str, headers: Mapping[str, str], body: bytes) -> "Reading":
        """Send a request and read its answer; raises OSError, or WrongAnswer."""
        asked = self._head(method, target, headers, body) + body
        try:
            reading = self._exchange(asked, Reading(is_bodiless=method == "HEAD"))
        except BaseException:  # also Ctrl-C: the next request must not read the answer to this one
            self.close()
            raise
        if not reading.stays:
            self.close()
        return reading

    def _exchange(self, asked: bytes, reading: "Reading") -> "Reading":
        line = self.socket or self._connected()
        # A server may refuse a large body before it has read all of it; its answer is there nevertheless.
        with suppress(BrokenPipeError):
            line.sendall(asked)
        while not reading.is_complete:
            reading.take(line.recv(READ_BYTES))
        return reading

    def close(self) -> None:
        """Let the connection go."""
        if self.socket is not None:
            self.socket.close()
            self.socket = None

    def _connected(self) -> socket.socket:
        plain = self._greeted()
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        plain.settimeout(ANSWER_SECONDS)
        try:
            self.socket = self.context.wrap_socket(plain, server_hostname=self.host) if self.context else plain
        except BaseException:
            plain.close()
            raise
        return self.socket

    def _greeted(self) -> socket.socket:
        """A crowded server lets greetings fall; it has seen nothing of a request then, so it is greeted again."""
        for _ in range(CONNECT_TRIES - 1):
            with suppress(TimeoutError):
                return socket.create_connection((self.host, self.port), CONNECT_SECONDS)
        return socket.create_connection((self.host, self.port), CONNECT_SECONDS)

    def _head(self, method: str, target: str, headers: Mapping[str, str], body: bytes) -> bytes:
        length = {"Content-Length": str(len(body))} if body or method in WITH_BODY else {}
        lines = [
            f"{method} {target} HTTP/1.1",
            *(f"{name}: {value}" for name, value in {**self.always, **headers, **length}.items()),
        ]
        odd = next(filter(UNSENDABLE.search, lines), None)
        if odd is not None:
            raise ValueError(f"{odd.partition(':')[0]!r} holds a control character, which ends a line of HTTP")
        return "\r\n".join([*lines, "", ""]).encode("latin-1")


class Reading:
    """An answer as it arrives; `is_bodiless` for one that has no body, whatever its headers say."""

    def __init__(self, is_bodiless: bool) -> None:
        self.is_bodiless = is_bodiless
        self.parser = httptools.HttpResponseParser(self)
        self.status = 0
        self.headers: list[tuple[str, str]] = []
        self.body = b""
        self.has_begun = self.is_complete = self.stays = False

    @property
    def has_head(self) -> bool:
        """Whether status and headers are there: an answer below 200 says that another one comes."""
        return self.status >= 200

    def take(self, data: bytes) -> None:
        """Read on; nothing at all is the end of the connection, which is the end of a body without a length."""
        if data:
            self.has_begun = True
            self._parse(data)
        elif not self.has_begun:
            raise HungUp("the connection was closed without an answer")
        elif not self.has_head or self._is_measured():
            raise WrongAnswer("the connection was closed in the middle of the answer")
        else:
            self.is_complete = True

    def _parse(self, data: bytes) -> None:
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserError as error:
            if not self.is_complete:  # what follows an answer belongs to nobody
                raise WrongAnswer(f"the answer is not HTTP/1.1: {error}") from error

    def _is_measured(self) -> bool:
        return any(name.lower() in ("content-length", "transfer-encoding") for name, _ in self.headers)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Keep a header, unless it is the trailer of a body or belongs to what follows the answer."""
        if not self.has_head:
            self.headers.append((name.decode("latin-1"), value.decode("latin-1").strip(" \t")))

    def on_headers_complete(self) -> None:
        """Keep the status; the headers are those of the answer that comes last."""
        if self.is_complete:
            return
        self.status = self.parser.get_status_code()
        if not self.has_head:
            self.headers.clear()
        elif self.is_bodiless:
            self.on_message_complete()

    def on_body(self, body: bytes) -> None:
        """Keep a part of the body."""
        if not self.is_complete:
            self.body += body

    def on_message_complete(self) -> None:
        """The answer is there."""
        if self.has_head and not self.is_complete:
            self.is_complete, self.stays = True, self.parser.should_keep_alive()
