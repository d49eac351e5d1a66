"""The SDK without sockets: httpx asks a server that lives in this process."""

from typing import Any

import httpx

from liveops_contract.doors import Served

IN_PROCESS_URL = "http://in-process.invalid/api"


class InProcessTransport(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Hands each request to the server and its answer back, for plain and for async clients."""

    def __init__(self, server: Served) -> None:
        self.server = server

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Ask once."""
        return self._answer(request, request.read())

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Ask once; the server answers at once, so nothing is awaited but the body."""
        return self._answer(request, await request.aread())

    def _answer(self, request: httpx.Request, body: bytes) -> httpx.Response:
        target = request.url.raw_path.decode("ascii")
        status, headers, content = self.server.handle(request.method, target, dict(request.headers.items()), body)
        return httpx.Response(status, headers=headers, content=content, request=request)


def in_process(server: Served) -> dict[str, Any]:
    """The arguments by which a client of the SDK reaches the server: `AuthenticatedClient.admin(..., **in_process(server))`."""
    # A proxy that the environment names would be asked instead of the transport.
    return {"base_url": IN_PROCESS_URL, "httpx_args": {"transport": InProcessTransport(server), "trust_env": False}}
