"""The journal of requests: what was asked, what each stage said of it, what was answered."""

from collections import Counter, deque
from typing import Any, NamedTuple

from .instants import write_instant

KEPT = 1000
STAGES = ("operation", "credentials", "request", "rule", "reply")


class Entry(NamedTuple):
    """One request. `stage` is where it was refused, or None; `fault` is what was wrong with the reply, or None."""

    number: int
    now: int
    method: str
    target: str
    operation: str | None
    status: int
    error_code: int | None
    stage: str | None
    fault: str | None

    def as_json(self) -> dict[str, Any]:
        """The entry as the control door shows it, with the verdict of each stage."""
        return {**self._asdict(), "now": write_instant(self.now), "verdicts": self.verdicts()}

    def verdicts(self) -> dict[str, str]:
        """What each stage said: ok, refused, or that the request never came that far."""
        if self.stage is None:
            verdicts = dict.fromkeys(STAGES, "ok")
        else:
            ended = STAGES.index(self.stage)
            verdicts = {
                name: "ok" if place < ended else "refused" if place == ended else "-" for place, name in enumerate(STAGES)
            }
            verdicts["reply"] = "ok"
        if self.fault is not None:
            verdicts["reply"] = "broken"
        return verdicts


class Journal:
    """The last requests in full, and counts over all of them."""

    def __init__(self) -> None:
        self.total = 0
        self.by_status: Counter[int] = Counter()
        self.entries: deque[Entry] = deque(maxlen=KEPT)
        self.broken: deque[Entry] = deque(maxlen=KEPT)

    def add(self, entry: Entry) -> None:
        """Keep one request; those that ended in a server error are kept apart, so that none is pushed out."""
        self.total += 1
        self.by_status[entry.status] += 1
        self.entries.append(entry)
        if entry.status >= 500:
            self.broken.append(entry)
