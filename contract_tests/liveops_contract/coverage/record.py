"""Watches a door: whatever goes through it is written down as marks, without knowing why it was sent."""

import threading
from collections.abc import Iterable, Mapping

from liveops_contract.coverage.calls import Calls, Met
from liveops_contract.coverage.explained import wanted
from liveops_contract.coverage.marks import Item, Mark
from liveops_contract.description import Operation, operations
from liveops_contract.doors import Answer, Door
from liveops_contract.routes import found


class Record:
    """The marks that were exercised so far, and everything that the description asks for."""

    def __init__(self, names: Iterable[str] | None = None) -> None:
        self.seen: set[Mark] = set()
        known = None if names is None else set(names)
        chosen = [operation for operation in operations() if known is None or operation.id in known]
        self._lock = threading.Lock()
        self._calls = {operation.id: Calls(operation, self.seen, wanted) for operation in chosen}

    @property
    def items(self) -> list[Item]:
        """Everything that the description says, by operation."""
        return [item for calls in self._calls.values() for item in calls.items]

    def add(self, method: str, target: str, body: bytes, answer: Answer, met: Met | None = None) -> None:
        """Write down one exchange, after those that were met; what cannot be read shows nothing."""
        with self._lock:
            self._add(method, target, body, answer, {} if met is None else met)

    def _add(self, method: str, target: str, body: bytes, answer: Answer, met: Met) -> None:
        path, _, query = target.partition("?")
        place = found(path)
        if place is None:
            return
        methods, texts = place
        try:
            if method not in methods:
                for calls in self._known(methods.values()):  # the answer to such a method is described for all of the path
                    calls.answered(answer, met)
            for calls in self._known([methods[method]] if method in methods else []):
                calls.answered(answer, met)
                calls.asked_for(texts, query, body, answer)
        except (ValueError, RecursionError):
            return

    def _known(self, found_here: Iterable[Operation]) -> list[Calls]:
        return [self._calls[operation.id] for operation in found_here if operation.id in self._calls]


class WatchedDoor:
    """A door whose exchanges are written down."""

    def __init__(self, door: Door, record: Record) -> None:
        self.door, self.record = door, record
        self.met: Met = {}

    def begin(self) -> None:
        """Look at answers anew: what a check shows must not depend on other checks, which may be made elsewhere."""
        self.met.clear()

    def send(self, method: str, target: str, headers: Mapping[str, str], body: bytes = b"") -> Answer:
        """Ask once."""
        answer = self.door.send(method, target, headers, body)
        self.record.add(method, target, body, answer, self.met)
        return answer
