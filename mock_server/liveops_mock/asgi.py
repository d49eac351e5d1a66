"""The thin adapter between a web server and `MockServer.handle`."""

from typing import Any

from .app import MockServer
from .validation import LARGEST_BODY

READ = {b"authorization": "authorization", b"content-type": "content-type"}  # no stage looks at any other header


class Adapter:
    """An ASGI application around one mock server."""

    def __init__(self, server: MockServer) -> None:
        self.server = server

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        """Answer one HTTP request; the server's start and stop need nothing."""
        if scope["type"] != "http":
            return
        body = await read(receive)
        headers = {READ[name]: value.decode("latin-1") for name, value in scope["headers"] if name in READ}
        target = scope["raw_path"].decode("utf-8", "replace")
        if scope["query_string"]:
            target += "?" + scope["query_string"].decode("utf-8", "replace")
        status, fields, content = self.server.handle(scope["method"], target, headers, body)
        start = [(b"content-length", b"%d" % len(content))] if status != 204 else []
        start += [(name.encode("latin-1"), value.encode("latin-1")) for name, value in fields]
        await send({"type": "http.response.start", "status": status, "headers": start})
        await send({"type": "http.response.body", "body": content})


async def read(receive: Any) -> bytes:
    """The body, or as much of it as shows that it is too large. The rest is read and dropped."""
    message = await receive()
    body: bytes = message.get("body", b"")
    if not message.get("more_body"):
        return body
    parts, size = [body], len(body)
    while message.get("more_body"):
        message = await receive()
        part = message.get("body", b"")
        size += len(part)
        if size - len(part) <= LARGEST_BODY:
            parts.append(part)
    return b"".join(parts)
