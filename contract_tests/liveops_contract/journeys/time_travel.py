"""Time in a journey: it goes forth and back, and the model goes with it."""

import copy
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from liveops_contract.api import Api

START = datetime(2025, 1, 1, tzinfo=UTC)  # where the clock of a fresh project stands
HOUR = timedelta(hours=1)


class TimeTravel:
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

    def hour_passes(self) -> None:
        """What another full hour brings about by itself; `now` is that hour."""

    def pass_hours(self, hours: int) -> None:
        """Let time pass in the model."""
        for _ in range(hours):
            self.now += HOUR
            self.hour_passes()

    @rule(hours=st.sampled_from((1, 5, 23, 24, 24, 25, 48, 24 * 7)) | st.integers(1, 24 * 10))
    def wait(self, hours: int) -> None:
        """Time passes."""
        self.departures.append((self.now, {name: copy.deepcopy(getattr(self, name)) for name in self.known}))
        self.control.advance(hours * 3600)
        self.pass_hours(hours)

    @precondition(lambda self: self.now > START)
    @rule(data=st.data())
    def turn_back(self, data: st.DataObject) -> None:
        """The clock is turned back; what happened later has not happened."""
        most = (self.now - START) // HOUR
        hours = data.draw(st.sampled_from((1, most)) | st.integers(1, most))
        self.control.rewind(hours * 3600)
        target = self.now - hours * HOUR
        while self.departures[-1][0] > target:
            self.departures.pop()
        self.now, then = self.departures[-1]
        for name, value in then.items():
            setattr(self, name, copy.deepcopy(value))
        self.pass_hours((target - self.now) // HOUR)
