"""How the suite behaves towards a server: over which TLS, with which headers, how fast, and how it waits when asked to."""

import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

BUSY = (429, 503)
LONGEST_WAIT = 120.0
MOST_WAITS = 20


class Ended(BaseException):
    """The run is at its end: a check that is still under way asks for nothing more. No check can take it for an answer."""


class Pace:
    """No more than so many requests a second, whatever threads send them; without a rate as fast as it goes."""

    def __init__(
        self,
        rate: float | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] | None = None,
    ) -> None:
        self.gap = 1 / rate if rate else 0.0
        self.clock = clock
        self.ended = threading.Event()
        self.sleep = sleep or self.ended.wait
        self.lock = threading.Lock()
        self.due = 0.0
        self.awake = 0.0

    def wait(self) -> None:
        """Wait until the next request may leave; Ended if none may leave any more."""
        begin = self._turn()
        while not self.ended.is_set() and (left := begin - self.clock()) > 0:
            self.sleep(left)
            if self.awake > begin:  # another thread was told meanwhile that the server is busy
                begin = self._turn()
        if self.ended.is_set():
            raise Ended

    def _turn(self) -> float:
        with self.lock:
            begin = max(self.clock(), self.due)
            self.due = begin + self.gap
            return begin

    def rest(self, seconds: float) -> None:
        """Let nothing leave for so long."""
        with self.lock:
            self.awake = max(self.awake, self.clock() + seconds)
            self.due = max(self.due, self.awake)


@dataclass(frozen=True)
class Manners:
    """What holds for every request of a run."""

    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    ca: str | None = None
    pace: Pace = field(default_factory=Pace)

    def context(self) -> ssl.SSLContext:
        """TLS 1.2 or newer; a CA that was named is the only one that is trusted."""
        made = ssl.create_default_context(cafile=self.ca)
        made.minimum_version = ssl.TLSVersion.TLSv1_2
        return made


def asked_wait(status: int, retry_after: str | None, now: datetime | None = None) -> float | None:
    """How many seconds a busy server asks to wait, as a number or as a date; None where it asks for nothing."""
    if status not in BUSY or not retry_after:
        return None
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (until - (now or datetime.now(UTC))).total_seconds())
