"""A tour through calls that change something, in two projects by turns: each changes what it should, and nothing elsewhere."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from liveops_contract.api import NOTHING, Api

Json = Any
ROUNDS = 2  # in the second, a server has been asked everything before


class Seen(Protocol):
    """Whatever tells of a project."""

    def of(self, api: Api) -> Json:
        """What is told."""


@dataclass(frozen=True)
class Read:
    """A call that reads."""

    operation: str
    path: Mapping[str, Json] = field(default_factory=dict)
    query: Mapping[str, Json] = field(default_factory=dict)
    user: str | None = None

    def of(self, api: Api) -> Json:
        """What it answers in a project."""
        return api.call(self.operation, path=self.path, query=self.query, user=self.user).json()


@dataclass(frozen=True)
class Step:
    """A call that changes something, and where that is seen; `{}` in a text of its body is the number of the round."""

    operation: str
    seen: Seen
    path: Mapping[str, Json] = field(default_factory=dict)
    body: Json = NOTHING
    user: str | None = None

    def take(self, api: Api, round_number: int) -> None:
        """Make the call; it has to be a success."""
        path, body = (_numbered(part, round_number) for part in (self.path, self.body))
        answer = api.call(self.operation, path=path, body=body, user=self.user)
        assert answer.status < 300, f"{self.operation} comes to its end"


def tour(api: Api, prepare: Callable[[Api], object], steps: Sequence[Step]) -> None:
    """Take all steps twice, in two projects by turns; what each step changes is seen at once, each time, and there alone."""
    projects = (api, api.sibling())
    for one in projects:
        prepare(one)
    for round_number in range(1, ROUNDS + 1):
        for step in steps:
            for here, there in (projects, projects[::-1]):
                before, elsewhere = step.seen.of(here), step.seen.of(there)
                step.take(here, round_number)
                after = step.seen.of(here)

                assert after != before, f"{step.operation} changes what {step.seen} tells"
                assert step.seen.of(here) == after, f"{step.seen} tells the same again"
                assert step.seen.of(there) == elsewhere, f"{step.operation} changes nothing in another project"


def _numbered(body: Json, number: int) -> Json:
    if isinstance(body, Mapping):
        return {name: _numbered(part, number) for name, part in body.items()}
    return body.replace("{}", str(number)) if isinstance(body, str) else body
