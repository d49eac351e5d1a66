"""A server on this machine that answers wrongly on purpose: every fault is a function that gets the socket of one request."""

import contextlib
import gzip
import re
import socket
import struct
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

Fault = Callable[[socket.socket], None]
JSON = "Content-Type: application/json"


@dataclass
class FaultServer:
    """Listens until it is closed; `requests` are those that came whole, `connections` counts the sockets."""

    fault: Fault
    requests: list[bytes] = field(default_factory=list)
    connections: int = 0

    def __post_init__(self) -> None:
        self.door = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.url = f"http://127.0.0.1:{self.door.getsockname()[1]}"
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self.door.accept()
                self.connections += 1
                threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        # The caller may leave at any moment, and the fault may have closed the socket.
        with contextlib.suppress(OSError), connection:
            while request := read_request(connection):
                self.requests.append(request)
                self.fault(connection)

    def close(self) -> None:
        """Take no more connections."""
        # A thread that waits in accept goes on waiting if the socket is only closed.
        with contextlib.suppress(OSError):
            self.door.shutdown(socket.SHUT_RDWR)
        self.door.close()


@contextlib.contextmanager
def serving(fault: Fault) -> Iterator[FaultServer]:
    """A server with this fault, for a block."""
    server = FaultServer(fault)
    try:
        yield server
    finally:
        server.close()


def read_request(connection: socket.socket) -> bytes:
    """One request with its body; nothing if the caller is gone."""
    request = b""
    while b"\r\n\r\n" not in request:
        piece = connection.recv(65536)
        if not piece:
            return b""
        request += piece
    head, _, body = request.partition(b"\r\n\r\n")
    told = re.search(rb"(?i)content-length: *(\d+)", head)
    while told and len(body) < int(told.group(1)):
        body += connection.recv(65536)
    return head + b"\r\n\r\n" + body


def reply(status: int = 200, body: bytes = b"", *headers: str, length: int | None = None) -> bytes:
    """The bytes of an answer; its length is right unless another is given."""
    lines = [f"HTTP/1.1 {status} Told", *headers, f"Content-Length: {len(body) if length is None else length}"]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


def sends(answer: bytes) -> Fault:
    """Always this answer."""
    return lambda connection: connection.sendall(answer)


def one_after_the_other(*answers: bytes) -> Fault:
    """These answers, the last one again and again."""
    waiting = list(answers)
    return lambda connection: connection.sendall(waiting.pop(0) if len(waiting) > 1 else waiting[0])


def hangs_up(answer: bytes) -> Fault:
    """Sends this, and closes the connection in good order."""

    def fault(connection: socket.socket) -> None:
        connection.sendall(answer)
        connection.shutdown(socket.SHUT_RDWR)

    return fault


def resets(answer: bytes) -> Fault:
    """Sends this, and resets the connection."""

    def fault(connection: socket.socket) -> None:
        connection.sendall(answer)
        # With the bytes and the reset at one moment the caller would not get to see the bytes.
        time.sleep(0.001)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()

    return fault


def drips(answer: bytes, every: float) -> Fault:
    """Sends byte after byte."""

    def fault(connection: socket.socket) -> None:
        for byte in answer:
            connection.sendall(bytes([byte]))
            time.sleep(every)

    return fault


def first(answer: bytes, then: Fault) -> Fault:
    """Sends this before another fault."""

    def fault(connection: socket.socket) -> None:
        connection.sendall(answer)
        then(connection)

    return fault


def says_nothing(connection: socket.socket) -> None:
    """Never answers; ends when the caller leaves."""
    connection.recv(1)


def floods(piece: bytes) -> Fault:
    """The same piece again and again, until the caller leaves."""

    def fault(connection: socket.socket) -> None:
        while True:
            connection.sendall(piece)

    return fault


def gzip_bomb(megabytes: int) -> bytes:
    """So many megabytes of zeros as gzip; the same packed megabyte again and again, which takes no time to make."""
    piece = bytes(2**20)
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    block = packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH)
    check = 0
    for _ in range(megabytes):
        check = zlib.crc32(piece, check)
    header, trailer = b"\x1f\x8b\x08" + bytes(6) + b"\xff", struct.pack("<II", check, megabytes * 2**20 % 2**32)
    return header + block * megabytes + packer.flush() + trailer


def zipped(body: bytes) -> bytes:
    """A body as gzip."""
    return gzip.compress(body, mtime=0)
