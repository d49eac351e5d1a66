"""Accepted divergences: reported like every failure, but not failing until their end, or once they are no longer true."""

import re
import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from liveops_contract.checks import KINDS
from liveops_contract.description import operation_table
from liveops_contract.options import CannotRun
from liveops_contract.report import composed, short_id

Json = Any
FIELDS = {"operation", "kind", "rule", "reason", "until"}
NEXT = re.compile(r"^\s*\[\[\s*known\s*\]\]", re.MULTILINE)
NO_LONGER = "an accepted divergence is still there and not out of date"


def read_known(path: Path) -> list[Json]:
    """The entries of a file; CannotRun with the line where it is broken."""
    try:
        text = path.read_text(encoding="utf-8")
        document = tomllib.loads(text)
    except (OSError, UnicodeDecodeError) as error:
        raise CannotRun(f"--known {str(path)!r} cannot be read ({error}); give a text file in UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise CannotRun(f"--known {str(path)!r} is no TOML: {error}") from error
    entries = document.get("known", [])
    if set(document) - {"known"} or not (isinstance(entries, list) and all(isinstance(entry, dict) for entry in entries)):
        strange = next(iter(set(document) - {"known"}), "known")
        line = next((n for n, row in enumerate(text.splitlines(), 1) if strange in row), 1)
        raise CannotRun(
            f"--known {str(path)!r}, line {line}: {strange!r} does not belong there; write [[known]] above each entry"
        )
    lines = [text.count("\n", 0, found.end()) + 1 for found in NEXT.finditer(text)]
    return [_entry(entry, path, lines[place] if place < len(lines) else 1) for place, entry in enumerate(entries)]


def _entry(entry: Json, path: Path, line: int) -> Json:
    wrong = next(_faults(entry), None)
    if wrong:
        raise CannotRun(f"--known {str(path)!r}, line {line}: {wrong}")
    return {**entry, "until": entry["until"].isoformat()}


def _faults(entry: Json) -> Iterator[str]:
    for name in sorted(FIELDS - entry.keys()):
        yield f"the entry has no {name!r}; it needs {', '.join(sorted(FIELDS))}"
    for name in sorted(entry.keys() - FIELDS):
        yield f"{name!r} is unknown; an entry has {', '.join(sorted(FIELDS))}"
    for name in sorted(FIELDS - {"until"}):
        if not (isinstance(entry[name], str) and entry[name].strip()):
            yield f"{name!r} is {entry[name]!r}, it has to be a text"
    if type(entry["until"]) is not date:
        yield f"'until' is {entry['until']!r}, it has to be a day like 2030-01-31, without quotes"
    if entry["operation"] not in operation_table():
        yield f"there is no operation {entry['operation']!r}; the report names operation, kind and rule of each failure"
    if entry["kind"] not in KINDS:
        yield f"there is no kind {entry['kind']!r}; the kinds are {', '.join(KINDS)}"


def judged(document: Json, entries: list[Json], today: date | None = None) -> Json:
    """The report with its accepted failures marked, and a failure for each entry that is no longer true."""
    day = (today or datetime.now(UTC).date()).isoformat()
    living = [entry for entry in entries if entry["until"] >= day]
    failures = {failure["id"]: {**failure, "accepted": _acceptance(failure, living)} for failure in document["failures"]}
    rows = list(document["checks"])
    for entry in entries:
        if _is_whole(document, entry) and not any(_is_about(entry, failure) for failure in document["failures"]):
            stale = _stale(entry)
            failures[stale["id"]] = stale
            rows.append(_row(stale))
    return {**composed(document, rows, failures, document["planted_bugs"]), "known": entries}


def _is_about(entry: Json, failure: Json) -> bool:
    return all(entry[name] == failure[name] for name in ("operation", "kind", "rule"))


def _acceptance(failure: Json, entries: list[Json]) -> Json:
    found = next((entry for entry in entries if _is_about(entry, failure)), None)
    return found and {"reason": found["reason"], "until": found["until"]}


def _is_whole(document: Json, entry: Json) -> bool:
    """Whether this run would have met the divergence: nothing of its kind was left out."""
    made = [row for row in document["checks"] if row["kind"] == entry["kind"]]
    area = operation_table()[entry["operation"]].area
    return (
        document["only"] is None
        and document["shard"] is None
        and bool(made)
        and not any(row["reason"] for row in made if row["area"] == area)
    )


def _stale(entry: Json) -> Json:
    said = f"a failure of the rule {entry['rule']!r} ({entry['kind']}), accepted because: {entry['reason']}"
    number = short_id("known", entry["operation"], entry["kind"], entry["rule"])
    return {
        "id": number,
        "check": f"known divergence of {entry['operation']}",
        "area": operation_table()[entry["operation"]].area,
        "kind": "known",
        "operation": entry["operation"],
        "rule": NO_LONGER,
        "expected": said,
        "got": "no such failure; take the entry out of the --known file",
        "curl": [],
        "detail": "",
        "suspects": [],
        "accepted": None,
    }


def _row(stale: Json) -> Json:
    nothing = {"count": 0, "sha256": ""}
    known = {name: stale[name] for name in ("area", "kind")}
    return {
        **known,
        "name": stale["check"],
        "cases": 0,
        "failures": [stale["id"]],
        "reason": None,
        "unverified": [],
        "requests": nothing,
        "calls": [],
    }
