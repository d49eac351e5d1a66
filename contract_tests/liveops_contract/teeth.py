"""`make teeth`: every mutant of the description and every planted bug, against the checks that could see it."""

import argparse
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from liveops_contract.apart import by_name
from liveops_contract.checks import Law, Run
from liveops_contract.description import areas
from liveops_contract.ending import ended_like_ctrl_c
from liveops_contract.hunt import Hunted, hunted
from liveops_contract.kinds import teeth
from liveops_contract.mutants import all_mutants
from liveops_contract.profiles import PROFILES
from liveops_contract.stage import in_process_stage
from liveops_contract.stock import Stocked, looked_at, picked
from liveops_contract.teeth_report import side_by_side, summary, write

SHOWN_SURVIVORS = 20
STEP_SECONDS = 10.0
SAMPLE_SEED = 1


def main(arguments: list[str] | None = None) -> int:
    """Exit code: 0 every fault was noticed, 1 some survived, 2 the run could not be made."""
    parser = argparse.ArgumentParser(
        prog="python -m liveops_contract.teeth", description=(__doc__ or "").partition(":")[2].strip()
    )
    parser.add_argument("--sample", type=count, metavar="N", help="a fixed sample of so many faults instead of all")
    parser.add_argument("--area", choices=areas(), help="the faults of one area alone")
    parser.add_argument("--stock", type=count, default=0, metavar="N", help="show so many of them to stock Schemathesis too")
    parser.add_argument("--seed", type=int, default=1, help="of what the checks draw (default: 1)")
    parser.add_argument(
        "--report", type=Path, default=Path("reports/teeth"), metavar="DIR", help="folder of teeth.json and teeth.html"
    )
    options = parser.parse_args(arguments)
    names = chosen(options.area, options.sample)
    begun = time.perf_counter()
    found = list(_shown(names, options.seed))
    keep = partial(write, found, options.report, options.seed, options.sample)
    try:
        keep()  # at once: what follows may take long, or be ended
    except OSError as error:
        print(
            f"teeth: --report {str(options.report)!r} cannot be written to ({error.strerror}); choose another folder",
            file=sys.stderr,
        )
        return 2
    stocked = list(_compared(found, options.stock)) if options.stock else []
    if stocked:
        keep(stocked)
    return _verdict(found, stocked, options.report, time.perf_counter() - begun)


def count(text: str) -> int:
    """How many faults to hunt: none at all would be caught without a look."""
    if not (text.isascii() and text.isdigit()) or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of faults; write one from 1 on")
    return int(text)


def chosen(area: str | None, sample: int | None) -> list[str]:
    """The names of the faults to hunt; a sample is always the same one for the same description."""
    mutants = [mutant.name for mutant in all_mutants() if area in (None, mutant.area)]
    bugs = [check.name for check in teeth.checks() if area in (None, check.area)]
    names = list(dict.fromkeys([*mutants, *bugs]))
    shuffled = random.Random(SAMPLE_SEED).sample(names, len(names))  # noqa: S311 - a fixed choice, no secret
    return shuffled if sample is None else shuffled[:sample]


def _shown(names: Sequence[str], seed: int) -> Iterator[Hunted]:
    """What came of each fault, with a line of progress every few seconds."""
    counts: Counter[str] = Counter()
    said = begun = time.perf_counter()
    for found in _hunted(names, seed):
        counts["survived" if found.survived else "equivalent" if found.equivalent else "killed"] += 1
        now = time.perf_counter()
        if now - said > STEP_SECONDS or sum(counts.values()) == len(names):
            said = now
            state = ", ".join(f"{count} {word}" for word, count in sorted(counts.items()))
            print(f"{sum(counts.values()):>6} of {len(names)} faults after {now - begun:5.0f} s: {state}", flush=True)
        yield found


def _hunted(names: Sequence[str], seed: int) -> Iterator[Hunted]:
    pool = ProcessPoolExecutor(os.cpu_count() or 1, mp_context=get_context("spawn"))
    try:
        waiting = [pool.submit(hunted_by_name, name, seed) for name in names]
        yield from (done.result() for done in as_completed(waiting))
    finally:
        pool.shutdown(cancel_futures=True)


def _compared(found: Sequence[Hunted], size: int) -> Iterator[Stocked]:
    """What stock Schemathesis says of a sample of the faults, with a line of progress for each."""
    faults, noticed = picked(found, size), 0
    for number, one in enumerate(looked_at(faults), 1):
        noticed += bool(one.noticed)
        print(f"{number:>6} of {len(faults)} faults shown to stock Schemathesis: {noticed} noticed", flush=True)
        yield one


def hunted_by_name(name: str, seed: int) -> Hunted:
    """Hunt one fault in a process that knows it by its name."""
    mutant = next((one for one in all_mutants() if one.name == name), None)
    return hunted(mutant, seed) if mutant else _bug(name, seed)


def _bug(name: str, seed: int) -> Hunted:
    check = by_name()[name]
    defect, begun = check.subject, time.perf_counter()
    run = Run(in_process_stage(), PROFILES["quick"], seed)
    killer = next((catcher for catcher in defect.caught_by if teeth.notices(catcher, defect, run)), "")
    kind = "" if not killer else "laws" if isinstance(teeth.catchers()[killer], Law) else "journeys"
    command = f"liveops-verify --only {defect.operation} --seed {seed}"
    seconds = time.perf_counter() - begun
    return Hunted(
        name,
        check.area,
        "planted bug",
        "rule",
        defect.operation,
        defect.fault,
        killer,
        kind,
        "",
        len(defect.caught_by),
        seconds,
        command,
    )


def _verdict(found: Sequence[Hunted], stocked: Sequence[Stocked], folder: Path, seconds: float) -> int:
    survivors = [one for one in found if one.survived]
    for one in survivors[:SHOWN_SURVIVORS]:
        print(f"SURVIVED {one.name}\n  {one.tried} checks saw nothing; should have: {one.reproduction}")
    if len(survivors) > SHOWN_SURVIVORS:
        print(f"  and {len(survivors) - SHOWN_SURVIVORS} more, see teeth.html")
    total = summary(found)
    print("\n".join(f"{row['name']:<18} {row['killed']:>5} of {row['mutants']:>5} killed" for row in total["by_area"]))
    if stocked:
        beside = side_by_side(found, stocked)
        print(f"\n{beside['how']}")
        for row in (*beside["by_family"], {**beside, "name": "all of the sample"}):
            print(f"{row['name']:<18} {row['killed']:>5} of {row['mutants']:>5} killed, {row['stock']:>5} by stock Schemathesis")
    verdict = f"SURVIVORS: {len(survivors)}" if survivors else "ALL KILLED"
    print(f"\n{verdict}; {total['killed']} of {total['mutants']} faults that can be told apart ({total['rate']:.2f} %)")
    print(f"{total['equivalent']} more are equivalent ({total['equivalent_rate']:.1f} %); {seconds:.0f} s")
    print(f"Reports: {folder / 'teeth.html'}")
    return 1 if survivors else 0


if __name__ == "__main__":
    try:
        with ended_like_ctrl_c():
            sys.exit(main())
    except KeyboardInterrupt:
        print("teeth: interrupted; nothing is proven", file=sys.stderr)
        sys.exit(2)
