"""The web server's HTTP/1.1 with `MockServer.handle` at its end: a request is answered where it has been read."""

import httptools
import uvicorn
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from .app import MockServer
from .validation import LARGEST_BODY

# No stage looks at any other header.
READ = {name.encode(): name for name in ("authorization", "content-type", "x-unauthorized-id", "x-user")}
CLOSE = ("connection", "close")


def web_server(server: MockServer) -> uvicorn.Server:
    """The web server around a mock."""
    return uvicorn.Server(
        uvicorn.Config(
            server,  # type: ignore[arg-type]  # no ASGI application: Wire asks it
            http=Wire,
            ws="none",
            interface="asgi3",
            lifespan="off",
            proxy_headers=False,
            log_level="warning",
        )
    )


class Wire(HttpToolsProtocol):
    """One connection. Parsing, limits and shutdown are uvicorn's; the application of its config is a `MockServer`."""

    def on_message_begin(self) -> None:
        """Begin a request."""
        self.url = b""
        self.headers = []  # where uvicorn looks for an upgrade; there is nothing to upgrade to
        self.fields: dict[str, str] = {}
        self.body = b""

    def on_header(self, name: bytes, value: bytes) -> None:
        """Keep the headers that a stage looks at, and let a client that waits for leave to send its body go on."""
        name = name.lower()
        if name in READ:
            self.fields[READ[name]] = value.decode("latin-1")
        elif name == b"expect" and value.lower() == b"100-continue":
            self.transport.write(STATUS_LINE[100] + b"\r\n")

    def on_headers_complete(self) -> None:
        """Nothing begins before the whole request is there."""

    def on_body(self, body: bytes) -> None:
        """Keep the body, or as much of it as shows that it is too large."""
        if len(self.body) <= LARGEST_BODY:
            self.body += body

    def on_message_complete(self) -> None:
        """Answer. What arrives after the last request of a connection is not read."""
        if self.transport.is_closing():
            return
        method, target = self.parser.get_method().decode(), read_target(self.url)
        status, fields, content = self.config.app.handle(method, target, self.fields, self.body)  # type: ignore[union-attr]
        stays = self.parser.should_keep_alive()
        head = [STATUS_LINE[status], b"" if status == 204 else b"content-length: %d\r\n" % len(content)]
        head += [f"{name}: {value}\r\n".encode("latin-1") for name, value in (fields if stays else [*fields, CLOSE])]
        self.transport.write(b"".join([*head, b"\r\n", b"" if method == "HEAD" else content]))
        if not stays:
            self.transport.close()

    def pause_writing(self) -> None:
        """Read nothing from a client that does not read its answers."""
        self.transport.pause_reading()

    def resume_writing(self) -> None:
        """The client reads again."""
        self.transport.resume_reading()


def read_target(url: bytes) -> str:
    """Path and query of what was asked for, which may be a whole URL."""
    asked = httptools.parse_url(url)
    path = (asked.path or b"/").decode("utf-8", "replace")
    return f"{path}?{asked.query.decode('utf-8', 'replace')}" if asked.query else path
