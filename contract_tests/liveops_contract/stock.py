"""Stock Schemathesis, as anybody with credentials would run it, against some of the same faulty servers: which does it notice?"""

import logging
import os
import random
import socket
import tempfile
import threading
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from xsolla_liveops.bundle import load_bundle

from liveops_contract.apart import by_name
from liveops_contract.checks import Law
from liveops_contract.doors import InProcessDoor
from liveops_contract.hunt import PLANTED, Hunted
from liveops_contract.kinds import fuzz, teeth
from liveops_contract.mutants import Mutant, all_mutants
from liveops_contract.stage import Stage, in_process_stage

Json = Any
Operations = tuple[str, ...]
SAMPLE_SEED = 1
MOST_OPERATIONS = 4  # that are asked about one fault
SCENARIOS = 10  # of chained calls; everything else is as it comes
SETTINGS = f"{fuzz.CONFIGURATION}[phases.stateful.generation]\nmax-examples = {SCENARIOS}\n"


HOW = (
    f"each family and kind has its share, the choice is fixed (seed {SAMPLE_SEED}). Stock Schemathesis {version('schemathesis')} "
    "got the sound description, the right credentials of both kinds of callers, and the operation of the fault with those that "
    "link to it or that its law calls. Its checks and phases are the default ones, with 100 examples an operation, "
    f"{SCENARIOS} scenarios of chained calls, and the same requests each time. It noticed a fault if it reports something that "
    "it does not report of the sound mock, by its own `--baseline`."
)


@dataclass(frozen=True)
class Stocked:
    """What stock Schemathesis says of a faulty server and not of the sound mock, or nothing; and how many requests it took."""

    name: str
    noticed: str
    cases: int


def picked(found: Sequence[Hunted], size: int) -> list[Hunted]:
    """So many of the faults that can be told apart, each family and kind with its share; always the same ones."""
    apart = sorted((one for one in found if not one.equivalent), key=lambda one: one.name)
    mixed = random.Random(SAMPLE_SEED).sample(apart, len(apart))  # noqa: S311 - a fixed choice, no secret
    rows = sorted(mixed, key=lambda one: (one.family, one.kind))
    count = min(size, len(rows))
    return [rows[(2 * number + 1) * len(rows) // (2 * count)] for number in range(count)]


def looked_at(faults: Sequence[Hunted]) -> Iterator[Stocked]:
    """Ask Schemathesis about each fault; those at the same operations share one look at the sound mock."""
    groups: defaultdict[Operations, list[Hunted]] = defaultdict(list)
    for one in faults:
        groups[asked(one)].append(one)
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for told in pool.map(lambda group: _compared(*group), groups.items()):
            yield from told


def asked(fault: Hunted) -> Operations:
    """The operation of a fault, those whose answers lead there, without which few calls meet anything, and those it is about."""
    leading, about = _leading().get(fault.operation, ()), _about(fault.name)
    return tuple(dict.fromkeys([fault.operation, *leading, *about]))[:MOST_OPERATIONS]


def _about(name: str) -> Sequence[str]:
    """What the law that notices a planted bug calls; a mutant is about its nearest operation."""
    if name in _mutants():
        return ()
    catcher = teeth.catchers()[by_name()[name].subject.caught_by[0]]
    return catcher.operations if isinstance(catcher, Law) else ()


@cache
def _mutants() -> dict[str, Mutant]:
    return {mutant.name: mutant for mutant in all_mutants()}


@cache
def _leading() -> dict[str, list[str]]:
    """By operation: those whose answers have a link to it."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    called = (call for item in load_bundle()["paths"].values() for call in item.values() if isinstance(call, dict))
    for call in called:
        for link in (link for answer in call["responses"].values() for link in answer.get("links", {}).values()):
            found[link["operationId"]].append(call["operationId"])
    return found


def _compared(operations: Operations, faults: Sequence[Hunted]) -> list[Stocked]:
    with tempfile.TemporaryDirectory(prefix="liveops-stock-") as name:
        folder = Path(name)
        (folder / "schemathesis.toml").write_text(SETTINGS, encoding="utf-8")
        _told(folder, in_process_stage(), operations)
        return [_stocked(one, _told(folder, server_of(one), operations)) for one in faults]


def _stocked(fault: Hunted, told: Json) -> Stocked:
    noticed = ", ".join(group["title"] for group in told["failures"]) if told["baseline"]["new"] else ""
    return Stocked(fault.name, noticed, told["test_cases"]["generated"])


def _told(folder: Path, stage: Stage, operations: Operations) -> Json:
    """The first run of a folder writes its failures into the file of what is known, every further one is compared with them."""
    api = stage.fresh()
    fuzz.describe(folder, api)
    selection = [part for operation in operations for part in ("--include-operation-id", operation)]
    with listening(stage) as url:
        return fuzz.told(
            folder, ["--url", url, "--report", "json", "--baseline", "known.json", *selection], api, threading.Event()
        )


def server_of(fault: Hunted) -> Stage:
    """The very server that our own checks were asked about."""
    mutant = _mutants().get(fault.name)
    if mutant is None:
        return teeth.planted(by_name()[fault.name].subject)
    return mutant.planted() if mutant.planted and fault.killer_kind.endswith(PLANTED) else mutant.make()


@contextmanager
def listening(stage: Stage) -> Iterator[str]:
    """Base URL of the server of a stage in this process, on a free port of this machine, as long as the context lasts."""
    from liveops_mock import web_server  # the mock is an extra of the distribution

    assert isinstance(stage.door, InProcessDoor)
    server = web_server(stage.door.server)  # type: ignore[arg-type]  # it asks for `handle` alone
    # A fault that breaks the word of the mock, or a request that is no HTTP, is an answer here, and no news for the terminal.
    for name in ("liveops_mock", "uvicorn.error"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    with socket.create_server(("127.0.0.1", 0)) as door:
        thread = threading.Thread(target=partial(server.run, sockets=[door]), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{door.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()
