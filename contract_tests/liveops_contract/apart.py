"""Checks that need nothing of the server of this run are made meanwhile, in a process of their own."""

import logging
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from functools import cache
from multiprocessing import get_context

from liveops_contract.checks import Check, Outcome, Run
from liveops_contract.kinds import teeth
from liveops_contract.profiles import PROFILES
from liveops_contract.stage import in_process_stage

Made = tuple[Outcome, float]


@contextmanager
def apart(checks: Sequence[Check], run: Run) -> Iterator[dict[str, "Future[Made]"]]:
    """What will come of the planted bugs among these checks, by name. What is still to do at the end is left."""
    names = [check.name for check in checks if check.kind == "planted bugs"]
    if not names:
        yield {}
        return
    pool = ProcessPoolExecutor(1, mp_context=get_context("spawn"))
    try:
        yield {name: pool.submit(made, name, run.profile.name, run.seed) for name in names}
    finally:
        pool.shutdown(cancel_futures=True)


def made(name: str, profile: str, seed: int) -> Made:
    """Outcome of a check and the seconds it took, in the process of its own."""
    # A planted bug may crash the mock: that is how it is noticed, and no news for the terminal.
    logging.getLogger("liveops_mock").setLevel(logging.CRITICAL)
    check, begun = by_name()[name], time.perf_counter()
    outcome = check.perform(check, Run(in_process_stage(), PROFILES[profile], seed))
    return outcome, time.perf_counter() - begun


@cache
def by_name() -> dict[str, Check]:
    """The planted bugs."""
    return {check.name: check for check in teeth.checks()}
