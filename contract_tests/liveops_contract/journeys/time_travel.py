"""Time in a journey: it goes forth and back, and the model goes with it."""

import copy
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from liveops_contract.api import Api

START = datetime(2025, 1, 1, tzinfo=UTC)  # where the clock of a fresh project stands
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
DAY = 24 * 60  # minutes
WAITS = (1, 59, 60, 61, 23 * 60, DAY - 1, DAY, DAY, DAY, DAY + 1, 2 * DAY, 7 * DAY)


class TimeLine:
    """A part of a journey. What the model knows is kept whenever the clock is turned forward, and found again on the way back."""

    known: tuple[str, ...]  # the attributes that the model is made of
    stage: Any

    def set_out(self) -> None:
        """Begin with an empty project."""
        self.api: Api = self.stage.fresh()
        self.now = START
        self.departures: list[tuple[datetime, dict[str, Any]]] = []

    @property
    def control(self) -> Any:
        """The control door."""
        return self.api.control

    def hour_begins(self) -> None:
        """What another full hour brings about by itself; `now` is that hour."""

    def go_on(self, until: datetime) -> None:
        """Let time pass in the model."""
        while (hour := self.now.replace(minute=0) + HOUR) <= until:
            self.now = hour
            self.hour_begins()
        self.now = until

    def pass_time(self, minutes: int) -> None:
        """The clock is turned forward."""
        self.departures.append((self.now, {name: copy.deepcopy(getattr(self, name)) for name in self.known}))
        self.control.advance(minutes * 60)
        self.go_on(self.now + minutes * MINUTE)

    def go_back(self, data: st.DataObject) -> None:
        """The clock is turned back; what happened later has not happened."""
        most = (self.now - START) // MINUTE
        minutes = data.draw(st.sampled_from((1, most)) | st.integers(1, most))
        self.control.rewind(minutes * 60)
        target = self.now - minutes * MINUTE
        while self.departures[-1][0] > target:
            self.departures.pop()
        self.now, then = self.departures[-1]
        for name, value in then.items():
            setattr(self, name, copy.deepcopy(value))
        self.go_on(target)


class TimeTravel(TimeLine):
    """The same with the two steps."""

    @rule(minutes=st.sampled_from(WAITS))
    def wait(self, minutes: int) -> None:
        """Time passes."""
        self.pass_time(minutes)

    @precondition(lambda self: self.now > START)
    @rule(data=st.data())
    def turn_back(self, data: st.DataObject) -> None:
        """Time is turned back."""
        self.go_back(data)
