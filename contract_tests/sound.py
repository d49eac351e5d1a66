"""No false alarm: `liveops-verify` with many seeds against a mock that is sound, near or far. Each run has to hold.

python contract_tests/sound.py --seeds 30                   # as anybody runs it, with a mock of its own
python contract_tests/sound.py --seeds 30 --far --at-once 3 # through a proxy: 50 ms an answer, headers in any order
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from far_server import far
from liveops_contract.own_mock import own_mock

VERIFY = [sys.executable, "-m", "liveops_contract"]


def main(arguments: list[str] | None = None) -> int:
    """Exit code: 0 every run held, 1 some did not."""
    reading = argparse.ArgumentParser(description="Verify a sound mock with many seeds; each run has to hold.")
    reading.add_argument("--seeds", type=int, default=30, metavar="N", help="seeds 1 to N (default: %(default)s)")
    reading.add_argument("--far", action="store_true", help="through a proxy that holds answers back and reorders headers")
    reading.add_argument(
        "--at-once", type=int, default=1, metavar="N", help="so many runs at the same time (default: %(default)s)"
    )
    reading.add_argument("--only", metavar="AREA|OPERATION", help="as liveops-verify takes it")
    reading.add_argument("--report", type=Path, default=Path("reports/sound"), metavar="DIR", help="folder of the reports")
    wanted = reading.parse_args(arguments)
    if wanted.seeds < 1:
        reading.error(f"--seeds {wanted.seeds} is no number of runs; give 1 or more")
    if wanted.at_once < 1:
        reading.error(f"--at-once {wanted.at_once} is no number of runs; give 1 or more")
    seeds = range(1, wanted.seeds + 1)
    with ThreadPoolExecutor(wanted.at_once) as pool:
        verdicts = list(pool.map(lambda seed: held(seed, wanted), seeds))
    fallen = [seed for seed, sound in zip(seeds, verdicts, strict=True) if not sound]
    if fallen:
        numbers = ", ".join(map(str, fallen))
        print(
            f"NOT SOUND: {len(fallen)} of {wanted.seeds} runs did not hold, seeds {numbers}; see {wanted.report}/<seed>/run.txt"
        )
        return 1
    print(f"SOUND: {wanted.seeds} of {wanted.seeds} runs held")
    return 0


def held(seed: int, wanted: argparse.Namespace) -> bool:
    """Make the run of one seed and say in one line what came of it."""
    folder = wanted.report / str(seed)
    folder.mkdir(parents=True, exist_ok=True)
    only = ["--only", wanted.only] if wanted.only else []
    asked = [*VERIFY, "--seed", str(seed), "--report", str(folder), *only]
    begun = time.perf_counter()
    with (folder / "run.txt").open("w", encoding="utf-8") as said, server(seed, wanted.far) as (target, key):
        code, spent = ended([*asked, *target], said, {**os.environ, "LIVEOPS_API_KEY": key})
    word = {0: "held", 1: "BROKEN"}.get(code, "COULD NOT RUN")
    print(f"seed {seed:>3}  {word:<8} {time.perf_counter() - begun:7.1f} s, {spent:6.1f} s of a processor", flush=True)
    return code == 0


def ended(asked: list[str], said: IO[str], environment: dict[str, str]) -> tuple[int, float]:
    """The exit code of a program, and the seconds of a processor that it and its own children used."""
    process = subprocess.Popen(asked, stdout=said, stderr=subprocess.STDOUT, env=environment)  # noqa: S603 - our own interpreter
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, used.ru_utime + used.ru_stime


@contextmanager
def server(seed: int, is_far: bool) -> Iterator[tuple[list[str], str]]:
    """The options that name the server, and its key: a mock behind the proxy, or nothing, so that the run starts one itself."""
    if not is_far:
        yield [], ""
        return
    with own_mock(44056, 12345, seed) as (url, account), far(url) as there:
        yield ["--target", there, "--merchant-id", "12345"], account.api_key


if __name__ == "__main__":
    sys.exit(main())
