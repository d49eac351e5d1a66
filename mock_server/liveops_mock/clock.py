"""The virtual clock of one project: frozen at an instant, or running along with the machine's clock."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

START = datetime(2025, 1, 1, tzinfo=UTC)
EARLIEST = datetime(1971, 1, 1, tzinfo=UTC)
LATEST = datetime(2999, 1, 1, tzinfo=UTC)


def machine_time() -> datetime:
    """The machine's clock; the only place that reads it."""
    return datetime.now(UTC)


class Clock:
    """Tells the virtual time. Moving it is all it does: what a move sets off is the business of `resets.py`."""

    def __init__(self, now: datetime, mode: str, real: Callable[[], datetime] = machine_time) -> None:
        self._real = real
        self.mode = mode
        self.set(now)

    def set(self, now: datetime) -> None:
        """Stand at this instant, and go on from it if the clock runs."""
        self._set_to = now
        self._set_at = self._real()

    def switch(self, mode: str) -> None:
        """Freeze the clock where it stands, or let it run on from there."""
        now = self.now()
        self.mode = mode
        self.set(now)

    def now(self) -> datetime:
        """The virtual time, to the second."""
        if self.mode == "frozen":
            return self._set_to
        passed = int((self._real() - self._set_at).total_seconds())
        return min(self._set_to + timedelta(seconds=max(passed, 0)), LATEST)
