"""A server behind a URL as a proxy asks it."""

import threading

from liveops_contract.doors import HttpDoor
from liveops_contract.spoilers.proxy import Reply


class Upstream:
    """A server behind a URL, asked over one connection for each thread."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.doors = threading.local()
        self.opened: list[HttpDoor] = []

    def handle(self, method: str, target: str, headers: dict[str, str], body: bytes) -> Reply:
        """Ask once; the length of the body is said anew."""
        if not hasattr(self.doors, "door"):
            self.doors.door = HttpDoor(self.url)
            self.opened.append(self.doors.door)
        passed = {name: value for name, value in headers.items() if name not in ("content-length", "host", "connection")}
        answer = self.doors.door.send(method, target, passed, body)
        kept = [(name, value) for name, value in answer.headers if name.lower() not in ("content-length", "connection")]
        return answer.status, kept, answer.body

    def close(self) -> None:
        """Close the connections."""
        for door in self.opened:
            door.close()
