"""A server as if it were far away: a proxy that holds every answer back for a while, and changes the order of all headers.

    python contract_tests/far_server.py http://127.0.0.1:8080 0.05

It prints its own address, and lives until it is ended.
"""

import asyncio
import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

SECONDS = 0.05
END = b"\r\n\r\n"
LONGEST_HEAD = 2**20
BODILESS = (b"204", b"304")


@contextmanager
def far(url: str, seconds: float = SECONDS) -> Iterator[str]:
    """Base URL of a proxy in a process of its own, which answers as long as the context lasts."""
    asked = [sys.executable, __file__, url, str(seconds)]
    process = subprocess.Popen(asked, stdout=subprocess.PIPE, text=True)  # noqa: S603 - this file, with an address and a number
    assert process.stdout is not None
    try:
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.wait(5)
        process.stdout.close()


def reordered(head: bytes) -> bytes:
    """The first line as it is, then the headers in any order; those of one name stay in theirs."""
    first, *lines = head.removesuffix(END).split(b"\r\n")
    place = {name: random.random() for name in map(_name, lines)}  # noqa: S311 - no secret
    return b"\r\n".join([first, *sorted(lines, key=lambda line: place[_name(line)])]) + END


def _name(line: bytes) -> bytes:
    return line.partition(b":")[0].lower()


def _length(head: bytes) -> int:
    found = [line.partition(b":")[2] for line in head.split(b"\r\n") if _name(line) == b"content-length"]
    return int(found[0]) if found else 0


class Proxy:
    """Hands on what arrives; each connection has one of its own to the server."""

    def __init__(self, url: str, seconds: float) -> None:
        parts = urlsplit(url)
        self.host, self.port = parts.hostname or "", parts.port or 80
        self.seconds = seconds

    async def serve(self) -> None:
        """Say the own address, and answer for ever."""
        server = await asyncio.start_server(self.connection, "127.0.0.1", 0, limit=LONGEST_HEAD)
        print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)
        await server.serve_forever()

    async def connection(self, caller: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        """One caller, until either side has enough."""
        server, there = await asyncio.open_connection(self.host, self.port, limit=LONGEST_HEAD)
        try:
            while True:
                await self.exchange(caller, back, server, there)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            for writer in (there, back):
                writer.close()

    async def exchange(
        self, caller: asyncio.StreamReader, back: asyncio.StreamWriter, server: asyncio.StreamReader, there: asyncio.StreamWriter
    ) -> None:
        """One request and its answer."""
        head = await caller.readuntil(END)
        there.write(reordered(head) + await caller.readexactly(_length(head)))
        # A server may answer before it has read all of a large body.
        with suppress(ConnectionError):
            await there.drain()
        answer = await server.readuntil(END)
        bodiless = head.startswith(b"HEAD ") or answer.split(b" ", 2)[1] in BODILESS
        body = b"" if bodiless else await server.readexactly(_length(answer))
        await asyncio.sleep(self.seconds)
        back.write(reordered(answer) + body)
        await back.drain()


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        asyncio.run(Proxy(sys.argv[1], float(sys.argv[2])).serve())
