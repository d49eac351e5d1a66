"""What a mutant is: one promise of the description, and a server that breaks it and keeps all others."""

from collections.abc import Callable
from dataclasses import dataclass, field

from liveops_contract.description import operation_table
from liveops_contract.stage import Stage


@dataclass(frozen=True)
class Mutant:
    """One faulty server: which promise it breaks, how to make it, and whom to ask first."""

    family: str  # request shape, parameter, answer or credentials
    kind: str  # such as "maxLength loosened"
    operations: tuple[str, ...]  # whose checks could see it, the nearest first
    place: str
    change: str
    make: Callable[[], Stage] = field(repr=False, compare=False)
    first: tuple[str, ...] = ("near misses",)  # kinds of checks to begin with
    equivalent: str = ""  # why no request can tell it apart; empty: some request can
    # The same fault in a part that is put into the answer, for servers that never show it of themselves.
    planted: Callable[[], Stage] | None = field(default=None, repr=False, compare=False)

    @property
    def name(self) -> str:
        """What stands in the matrix; each mutant has another."""
        return f"{self.operations[0]} {self.place}: {self.kind} ({self.change})"

    @property
    def area(self) -> str:
        """The area of the nearest operation."""
        return operation_table()[self.operations[0]].area
