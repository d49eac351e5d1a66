"""What a run says at its end."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from liveops_contract.report import as_text, told

Json = Any
Say = Callable[[str], None]
SHOWN_UNVERIFIED = 20


def say_document(document: Json, folder: Path, say: Say) -> None:
    """Each fault once, what was not verified, and the verdict."""
    faults = told(document["failures"])
    for first, others in faults:
        say("\n" + as_text(first, others))
    left_out = document["unverified"]
    if left_out:
        say(f"\nNot verified here ({len(left_out)}):")
        say("\n".join(f"  {line}" for line in left_out[:SHOWN_UNVERIFIED]))
        if len(left_out) > SHOWN_UNVERIFIED:
            say(f"  and {len(left_out) - SHOWN_UNVERIFIED} more, see report.html")
    _say_gaps((document["coverage"] or {}).get("not_exercised", []), say)
    failing = sum(1 for failure in document["failures"] if not failure["accepted"])
    accepted = len(document["failures"]) - failing
    broken = sum(1 for first, _ in faults if not first["accepted"])
    verdict = f"BROKEN: {broken} faults, {failing} distinct failures" if failing else "HELD"
    known = f", {accepted} known divergences" if accepted else ""
    run = f"seed {document['seed']}, profile {document['profile']}"
    say(f"\n{verdict}{known}; {document['cases']} cases, {len(left_out)} not verified, {run}")
    say(f"Reports: {folder / 'report.html'}")


def _say_gaps(marks: list[str], say: Say) -> None:
    if marks:
        say(f"\nNot exercised ({len(marks)}):")
        say("\n".join(f"  {mark}" for mark in marks[:SHOWN_UNVERIFIED]))
    if len(marks) > SHOWN_UNVERIFIED:
        say(f"  and {len(marks) - SHOWN_UNVERIFIED} more, see report.json")
