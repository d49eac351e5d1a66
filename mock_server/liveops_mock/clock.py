"""The virtual clock of one project, in Unix seconds: frozen at a moment, or running along with the machine's clock."""

import time
from collections.abc import Callable

START = 1_735_689_600  # 2025-01-01T00:00:00Z
EARLIEST = 31_536_000  # 1971-01-01T00:00:00Z
LATEST = 32_472_144_000  # 2999-01-01T00:00:00Z


def machine_time() -> int:
    """The machine's clock; the only place that reads it."""
    return int(time.time())


class Clock:
    """Tells the virtual time. Moving it is all it does: what a move sets off is the business of `resets.py`."""

    def __init__(self, now: int, mode: str, real: Callable[[], int] = machine_time) -> None:
        self._real = real
        self.mode = mode
        self.set(now)

    def set(self, now: int) -> None:
        """Stand at this moment, and go on from it if the clock runs."""
        self._set_to = now
        self._set_at = self._real()

    def switch(self, mode: str) -> None:
        """Freeze the clock where it stands, or let it run on from there."""
        now = self.now()
        self.mode = mode
        self.set(now)

    def now(self) -> int:
        """The virtual time."""
        if self.mode == "frozen":
            return self._set_to
        return min(self._set_to + max(self._real() - self._set_at, 0), LATEST)
