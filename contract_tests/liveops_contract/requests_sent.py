"""What a check sent, as one checksum: the same seed and the same state of the server give the same."""

import hashlib
import re
from collections.abc import Iterable

from liveops_contract.routes import operation_at


class RequestsSent:
    """Method, target and body of each request in order, without what differs from run to run: project numbers and credentials."""

    def __init__(self) -> None:
        self.count = 0
        self.calls: dict[str, None] = {}  # the operations that were called, in the order of their first calls
        self._hash = hashlib.sha256()

    def add(self, method: str, target: str, body: bytes, project_id: int) -> None:
        """Take one more request in."""
        self.count += 1
        plain = re.sub(rf"/{project_id}(?=[/?]|$)", "/*", target)
        self._hash.update(f"{method} {plain} {len(body)}\n".encode("utf-8", "surrogateescape"))
        self._hash.update(body)
        place = operation_at(method, target.partition("?")[0])
        if place:
            self.calls[place[0].id] = None

    @property
    def sha256(self) -> str:
        """The checksum so far."""
        return self._hash.hexdigest()


def joined_sha256(parts: Iterable[tuple[str, str]]) -> str:
    """The checksum of a run, from the name and the checksum of each of its checks in order."""
    return hashlib.sha256("".join(f"{name} {checksum}\n" for name, checksum in parts).encode()).hexdigest()
