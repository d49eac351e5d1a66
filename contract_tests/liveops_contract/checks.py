"""The registry of checks: what a check is, what it finds, and the decorator by which a law signs itself up."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from threading import Event
from typing import Any, Protocol

from liveops_contract.conformance import ContractBroken
from liveops_contract.description import Operation, operation_table
from liveops_contract.exchange import Curtain, Exchange, cut
from liveops_contract.profiles import Profile
from liveops_contract.stage import Stage

KINDS = (
    "near misses",
    "rules",
    "credentials",
    "methods",
    "bodies",
    "missing things",
    "round trips",
    "repeats",
    "forms",
    "laws",
    "journeys",
    "schemathesis",
    "planted bugs",
)


@dataclass(frozen=True)
class Failure:
    """One broken promise, as it is printed and reported."""

    area: str
    kind: str
    operation: str
    rule: str
    expected: str
    got: str
    curl: tuple[str, ...]
    detail: str = ""
    suspects: tuple[str, ...] = ()  # of several operations that a check is about those that may be the cause

    @property
    def identity(self) -> tuple[str, str, str, str]:
        """Two failures with the same identity are one."""
        return self.kind, self.operation, self.rule, self.expected


@dataclass
class Outcome:
    """How many cases a check looked at, what it found, and what it could not look at."""

    cases: int = 0
    failures: list[Failure] = field(default_factory=list)
    unverified: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Run:
    """What every check of one run shares."""

    stage: Stage
    profile: Profile
    seed: int
    read_only: bool = False
    base_url: str | None = None
    only: str | None = None
    is_hasty: bool = False  # whether one failure is enough
    asks_alone: bool = False  # rate, headers or CA were given, which no program beside the suite keeps
    ended: Event = field(default_factory=Event, repr=False, compare=False)  # set when nothing more may be asked


@dataclass(frozen=True)
class Check:
    """One row of the table: what it proves, what it needs, and how it runs."""

    name: str
    kind: str
    area: str
    operations: tuple[str, ...]
    needs_control: bool
    needs_writes: bool
    needs_user: bool
    perform: Callable[["Check", Run], Outcome] = field(repr=False, compare=False)
    subject: Any = field(default=None, repr=False, compare=False)

    @property
    def operation(self) -> Operation:
        """The operation that the check is about; the first one where there are several."""
        return operation_table()[self.operations[0]]

    def obstacle(self, run: Run) -> str | None:
        """Why the check cannot be made in this run; None if it can."""
        if self.needs_writes and run.read_only:
            return "it writes, and the run is read-only (a server elsewhere needs --allow-writes)"
        if self.needs_control and not run.stage.has_control:
            return "it needs a control door"
        if self.needs_user and not run.stage.has_users:
            return "it calls as a user, and there is no user token"
        return None


class Draw(Protocol):
    """Draws a value from a Hypothesis strategy, as `data.draw` does."""

    def __call__(self, strategy: Any, label: object = None) -> Any:
        """The drawn value."""


@dataclass(frozen=True)
class Law:
    """A promise about several calls together: a function that draws what it needs and judges what comes back."""

    name: str
    promise: str
    operations: tuple[str, ...]
    needs_control: bool
    function: Callable[..., None] = field(repr=False, compare=False)

    @property
    def area(self) -> str:
        """The area of the first operation."""
        return operation_table()[self.operations[0]].area


def law(*operations: str, needs_control: bool = True) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Sign a function `law(api, draw)` up as a law about these operations."""
    unknown = [name for name in operations if name not in operation_table()]
    if unknown or not operations:
        raise ValueError(f"a law names the operations it is about; {unknown or 'none'} is not in the description")

    def sign_up(function: Callable[..., None]) -> Callable[..., None]:
        promise = (function.__doc__ or "").strip().partition("\n")[0]
        function.law = Law(function.__name__, promise, operations, needs_control, function)  # type: ignore[attr-defined]
        return function

    return sign_up


def laws_of(module: object) -> Iterator[Law]:
    """The laws of a module, in the order in which they are written."""
    yield from (value.law for value in vars(module).values() if isinstance(getattr(value, "law", None), Law))


def failure_of(check: Check, broken: ContractBroken, curtain: Curtain, *, detail: str = "", last: int = 1) -> Failure:
    """A broken contract as a failure, with the last commands of its transcript."""
    exchanges = broken.transcript[-last:]
    found = failure(check, broken.rule, broken.expected, exchanges, curtain, operation=broken.operation, detail=detail)
    return replace(found, suspects=broken.suspects)


def failure(
    check: Check,
    rule: str,
    expected: str,
    exchanges: Sequence[Exchange],
    curtain: Curtain,
    *,
    operation: str = "",
    detail: str = "",
) -> Failure:
    """A failure without secrets; the last exchange is the one that broke the rule."""
    got = exchanges[-1].outcome() if exchanges else "nothing"
    shown = tuple(curtain.mask(exchange.curl()) for exchange in exchanges)
    texts = [cut(curtain.mask(text)) for text in (rule, expected, got, detail)]
    return Failure(check.area, check.kind, operation or check.operations[0], texts[0], texts[1], texts[2], shown, texts[3])


def operation_check(operation: Operation, kind: str, perform: Callable[[Check, Run], Outcome], *, writes: bool) -> Check:
    """A check about one operation."""
    return Check(
        name=f"{kind} of {operation.id}",
        kind=kind,
        area=operation.area,
        operations=(operation.id,),
        needs_control=False,
        needs_writes=writes,
        needs_user=operation.security == "user",
        perform=perform,
    )
