"""Several checks at once, each lane over connections and with projects of its own: what a far server takes to answer overlaps."""

import ast
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from queue import SimpleQueue
from threading import Event, RLock
from typing import Any, TypeVar

from liveops_contract.checks import Check, Run

T = TypeVar("T")
LONG = ("journeys", "forms", "rules", "near misses")


@contextmanager
def lanes(
    checks: Sequence[Check], runs: Sequence[Run], perform: Callable[[Check, Run], T], ended: Event
) -> Iterator[dict[str, "Future[T]"]]:
    """What will come of these checks, by name; each of the runs makes one at a time. What is still to do at the end is left.

    While they are ended, `ended` is set: whoever asks the server then is stopped, so that nothing is under way afterwards.
    """
    idle: SimpleQueue[Run] = SimpleQueue()
    for run in runs:
        idle.put(run)

    def made(check: Check) -> T:
        run = idle.get()
        try:
            return perform(check, run)
        finally:
            idle.put(run)

    with ExitStack() as stack:
        if len(runs) > 1:
            # Of the longest kinds none may be left for the end, when the other lanes have nothing to do any more.
            checks = sorted(checks, key=lambda check: (*LONG, check.kind).index(check.kind))
            stack.enter_context(_one_parse_at_a_time())
        pool = ThreadPoolExecutor(len(runs), thread_name_prefix="lane")
        try:
            yield {check.name: pool.submit(made, check) for check in checks}
        finally:
            ended.set()
            pool.shutdown(cancel_futures=True)
            ended.clear()


@contextmanager
def _one_parse_at_a_time() -> Iterator[None]:
    """Hypothesis reads the source of what it draws from, and older CPython fails where two threads parse at once.

    Seen with 3.11.7, as SystemError: https://github.com/python/cpython/issues/106905
    """
    parse, lock = ast.parse, RLock()

    def waiting(*given: Any, **named: Any) -> Any:
        with lock:
            return parse(*given, **named)

    ast.parse = waiting
    try:
        yield
    finally:
        ast.parse = parse
