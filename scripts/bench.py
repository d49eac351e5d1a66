"""Measure the mock server against Prism on the same bundle, and against an empty application under the same web server.

All in one run on this machine: each server on one core, the load (wrk, 1 thread, 32 connections) on another. Every round starts
the servers afresh and asks them in turn. Quote the ratios; the absolute figures belong to the machine. The figures go to
stdout and to reports/bench.json. What a missing tool keeps from being measured is said, and fails nothing.
"""

import argparse
import json
import os
import platform
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from bench_figures import Row, missed, table
from bench_load import CONNECTIONS, BenchError, Wrk, questions
from bench_parts import NOT_MEASURED, ROUND_PARTS, Bench, Rounds, large_rows, measure_rounds, memory_rows, round_rows, start_rows
from bench_servers import BUNDLE, PRISM_VERSION, ROOT, NotMeasured, empty_app, mock, prism

PARTS = (*ROUND_PARTS, "large", "start", "memory")

Json = Any


def options(arguments: list[str] | None) -> argparse.Namespace:
    """The options, each checked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--only", type=chosen_parts, default=PARTS, metavar="PART,...", help=f"parts to measure, of {', '.join(PARTS)}"
    )
    parser.add_argument("--seconds", type=positive, default=5, help="length of each measurement (default: %(default)s)")
    parser.add_argument("--rounds", type=positive, default=3, help="rounds over all servers (default: %(default)s)")
    parser.add_argument(
        "--flat-requests", type=many, default=200_000, help="requests after which memory is read again (default: %(default)s)"
    )
    parser.add_argument("--strict", action="store_true", help="fail where an aim is missed")
    parser.add_argument(
        "--output", type=Path, default=ROOT / "reports" / "bench.json", help="where the figures go (default: reports/bench.json)"
    )
    return parser.parse_args(arguments)


def chosen_parts(text: str) -> tuple[str, ...]:
    """Names of parts, separated by commas."""
    names = text.split(",")
    strange = [name for name in names if name not in PARTS]
    if strange:
        raise argparse.ArgumentTypeError(f"{strange[0]!r} is no part; choose from {','.join(PARTS)}")
    return tuple(part for part in PARTS if part in names)


def positive(text: str) -> int:
    """A number of seconds or rounds."""
    if not text.isdecimal() or not 0 < int(text) <= 600:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 to 600")
    return int(text)


def many(text: str) -> int:
    """A number of requests above the first reading."""
    if not text.isdecimal() or not 40_000 <= int(text) <= 10_000_000:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 40000 to 10000000; memory is first read after 20000")
    return int(text)


def cores() -> tuple[list[str], list[str]]:
    """How to start servers and load, each on a core of its own."""
    if shutil.which("taskset") is None:
        raise NotMeasured(
            "taskset is missing (Debian: apt-get install util-linux), so servers and load share all cores; the ratios are unsure"
        )
    allowed = sorted(os.sched_getaffinity(0))
    if len(allowed) < 2:
        raise NotMeasured("there is one core only, so servers and load share it; the ratios are unsure, use a machine with two")
    return ["taskset", "-c", str(allowed[0])], ["taskset", "-c", str(allowed[1])]


def prepare(chosen: argparse.Namespace, folder: Path, say: Callable[[str], None]) -> Bench:
    """The servers that can be had, and where they run; what is missing is said."""
    try:
        server_core, load_core = cores()
    except NotMeasured as missing:
        say(str(missing))
        server_core, load_core = [], []
    servers = {"mock": mock(), "empty app": empty_app()}
    if has_wrk() or "start" in chosen.only:
        try:
            servers["Prism"] = prism(folder)
        except NotMeasured as missing:
            say(str(missing))
    return Bench(servers, Wrk(load_core, folder), server_core, folder, questions(json.loads(BUNDLE.read_bytes())), chosen)


def has_wrk() -> bool:
    """Whether the load generator is installed."""
    return shutil.which("wrk") is not None


def measure(chosen: argparse.Namespace, folder: Path, say: Callable[[str], None]) -> list[Row]:
    """All chosen parts; those that cannot be measured are in the table too."""
    bench = prepare(chosen, folder, say)
    loaded = [part for part in chosen.only if part != "start"]
    if loaded and not has_wrk():
        say(f"wrk is missing (Debian: apt-get install wrk), so there is no load; not measured: {', '.join(loaded)}")
    parts = [part for part in ROUND_PARTS if part in chosen.only]
    rounds = measure_rounds(bench, parts) if parts and has_wrk() else Rounds.none()
    rows = round_rows(rounds, parts)
    for part, rows_of in {"large": large_rows, "start": start_rows, "memory": memory_rows}.items():
        if part not in chosen.only:
            continue
        if part in loaded and not has_wrk():
            rows += NOT_MEASURED[part]
            continue
        try:
            rows += rows_of(bench)
        except NotMeasured as missing:
            say(str(missing))
            rows += NOT_MEASURED[part]
    return rows


def setting(chosen: argparse.Namespace) -> Json:
    """What the figures depend on."""
    return {
        "seconds": chosen.seconds,
        "rounds": chosen.rounds,
        "connections": CONNECTIONS,
        "flat_requests": chosen.flat_requests,
        "cores": os.cpu_count(),
        "load_average_before": round(os.getloadavg()[0], 2),
        "python": platform.python_version(),
        "prism": PRISM_VERSION,
    }


def report(rows: Sequence[Row], settings: Json, remarks: Sequence[str], output: Path) -> None:
    """Print the table, and keep the same for other programs."""
    print(table(rows))
    output.parent.mkdir(parents=True, exist_ok=True)
    content = {"settings": settings, "remarks": list(remarks), "rows": [row.as_json() for row in rows]}
    output.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def stop(number: int, frame: object) -> NoReturn:  # noqa: ARG001
    """Leave through the blocks that end the servers."""
    raise KeyboardInterrupt


def main(arguments: list[str] | None = None) -> int:
    """Measure, print the table and one line of figures."""
    chosen = options(arguments)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    remarks: list[str] = []
    settings = setting(chosen)
    print(
        f"bench     {chosen.rounds} rounds of {chosen.seconds} s, load average {settings['load_average_before']} before",
        flush=True,
    )

    def say(remark: str) -> None:
        """Tell at once what cannot be measured, and keep it for the report."""
        remarks.append(remark)
        print(f"bench     note    {remark}", flush=True)

    try:
        with tempfile.TemporaryDirectory() as folder:
            rows = measure(chosen, Path(folder), say)
    except BenchError as error:
        print(f"bench     failed  {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("bench     stopped, and its servers with it", file=sys.stderr)
        return 130
    report(rows, settings, remarks, chosen.output)
    failed = missed(rows)
    met = sum(row.verdict() == "met" for row in rows)
    names = f": {', '.join(failed)}" if failed else ""
    print(f"bench     {'missed' if failed else 'ok    '}  {met} aims met, {len(failed)} missed{names}")
    return 1 if failed and chosen.strict else 0


if __name__ == "__main__":
    sys.exit(main())
