"""What a run leaves behind: a page for people, one for machines, one for the CI."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jinja2

from liveops_contract.checks import Failure
from liveops_contract.coverage.summary import coverage_of
from liveops_contract.description import fingerprint, operations
from liveops_contract.exchange import Curtain
from liveops_contract.folding import folded
from liveops_contract.options import CannotRun
from liveops_contract.requests_sent import joined_sha256
from liveops_contract.runner import Result, Score

Json = Any
# XML 1.0 has no place for these, not even escaped.
NOT_IN_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def prepare(folder: Path) -> None:
    """Make sure that reports can be written before anything is asked."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / "report.json"
        probe.write_text("{}\n", encoding="utf-8")
    except OSError as error:
        reason = error.strerror or error
        raise CannotRun(f"--report {str(folder)!r} cannot be written to ({reason}); choose another folder") from error


def write(document: Json, folder: Path, curtain: Curtain) -> None:
    """Write report.json, report.html and junit.xml."""
    text = json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True)
    _put(folder / "report.json", curtain.mask(text) + "\n")
    _put(folder / "report.html", curtain.mask(as_page(document)))
    _put(folder / "junit.xml", curtain.mask(as_junit(document)))


def _put(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", errors="replace")


def as_document(score: Score) -> Json:
    """The run as plain data; `finished_at` is the one part that two equal runs do not share."""
    options, (version, checksum) = score.options, fingerprint()
    rows = [_row(result) for result in score.results]
    failures = {
        id_of(failure): {"id": id_of(failure), "check": result.check.name, **asdict(failure), "accepted": None}
        for result in reversed(score.results)
        for failure in reversed(result.outcome.failures)
    }
    head = {
        "target": score.target,
        "profile": options.profile,
        "seed": options.seed,
        "only": options.only,
        "read_only": not options.writes,
        "shard": list(options.shard) if options.shard else None,
        "description": {"version": version, "sha256": checksum, "operations": len(operations())},
        "finished_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "coverage": score.coverage.document() if score.coverage else None,
    }
    return composed(head, rows, failures, planted_bugs(score.results))


def id_of(failure: Failure) -> str:
    """A short name of a failure, the same in every run that finds it."""
    return short_id(*failure.identity)


def short_id(*parts: str) -> str:
    """Ten digits that stand for these texts."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:10]


def _row(result: Result) -> Json:
    return {
        "name": result.check.name,
        "area": result.check.area,
        "kind": result.check.kind,
        "cases": result.outcome.cases,
        "failures": [id_of(failure) for failure in result.outcome.failures],
        "reason": result.reason,
        "unverified": result.outcome.unverified,
        "requests": {"count": result.sent.count, "sha256": result.sent.sha256},
        "calls": list(result.sent.calls),
    }


def composed(head: Json, rows: list[Json], failures: dict[str, Json], bugs: list[Json]) -> Json:
    """The whole report from one row for each check, in the order of the checks; each distinct failure stands in it once."""
    found = [failures[number] for number in dict.fromkeys(number for row in rows for number in row["failures"])]
    below = folded(rows, found)
    reasons = [f"{row['name']}: {row['reason']}" for row in rows if row["reason"]]
    return {
        **head,
        "verdict": "held" if all(failure["accepted"] for failure in found) else "broken",
        "cases": sum(row["cases"] for row in rows),
        "requests": {
            "count": sum(row["requests"]["count"] for row in rows),
            "sha256": joined_sha256((row["name"], row["requests"]["sha256"]) for row in rows),
        },
        "table": list(_table(rows)),
        "checks": rows,
        "failures": [{**failure, "below": below[failure["id"]]} for failure in found],
        "unverified": [*reasons, *(line for row in rows for line in row["unverified"])],
        "planted_bugs": bugs,
    }


def planted_bugs(results: list[Result]) -> list[Json]:
    """Every bug that was planted into a mock of our own, and what noticed it."""
    rows = [
        (result.check.subject, result.outcome) for result in results if result.check.kind == "planted bugs" and not result.reason
    ]
    return [
        {
            "name": bug.name,
            "fault": bug.fault,
            "operation": bug.operation,
            "by": list(bug.caught_by),
            "caught": not outcome.failures,
        }
        for bug, outcome in rows
    ]


def _groups(rows: list[Json]) -> Iterator[tuple[str, str, list[Json]]]:
    for (area, kind), group in groupby(rows, key=lambda row: (row["area"], row["kind"])):
        yield area, kind, list(group)


def _table(rows: list[Json]) -> Iterator[Json]:
    for area, kind, group in _groups(rows):
        yield {
            "area": area,
            "kind": kind,
            "checks": len(group),
            "cases": sum(row["cases"] for row in group),
            "failures": sum(len(row["failures"]) for row in group),
            "not_verified": sum(1 for row in group if row["reason"]),
        }


def as_page(document: Json) -> str:
    """The run as one page that needs nothing besides itself."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("liveops_contract", "."), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True
    )
    return environment.get_template("report.html.jinja").render(
        document,
        faults=told(document["failures"]),
        places=coverage_of(document["coverage"]).places() if document["coverage"] else {},
    )


def as_junit(document: Json) -> str:
    """The run as continuous integration reads it: one test case per check."""
    root = ElementTree.Element("testsuites", name="liveops-verify")
    failing = {failure["id"]: failure for failure in document["failures"] if not failure["accepted"]}
    for area, kind, rows in _groups(document["checks"]):
        suite = ElementTree.SubElement(root, "testsuite", name=f"{area}.{kind}", tests=str(len(rows)))
        suite.set("failures", str(sum(1 for row in rows if failing.keys() & set(row["failures"]))))
        suite.set("skipped", str(sum(1 for row in rows if row["reason"])))
        for row in rows:
            _add_case(suite, row, [failing[number] for number in dict.fromkeys(row["failures"]) if number in failing])
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _add_case(suite: ElementTree.Element, row: Json, failures: list[Json]) -> None:
    case = ElementTree.SubElement(suite, "testcase", classname=f"{row['area']}.{row['kind']}", name=_clean(row["name"]))
    if row["reason"]:
        ElementTree.SubElement(case, "skipped", message=_clean(row["reason"]))
    # One element per case is all that readers of this format count on.
    if failures:
        first = failures[0]
        found = ElementTree.SubElement(case, "failure", message=_clean(f"{first['rule']}: expected {first['expected']}"))
        found.text = _clean("\n\n".join(as_text(failure) for failure in failures))


def _clean(text: str) -> str:
    return NOT_IN_XML.sub("\ufffd", text)


def as_text(failure: Json, others: Iterable[Json] = ()) -> str:
    """A failure as it is printed, operation and rule first, and a line for each that is told below it."""
    accepted = failure["accepted"]
    check = "" if failure["check"] in failure["rule"] else f" ({failure['check']})"
    lines = [f"{'KNOWN ' if accepted else 'FAILED'} {failure['operation']}: {failure['rule']}"]
    lines += [f"  accepted  until {accepted['until']}: {accepted['reason']}"] if accepted else []
    lines += [f"  found by  {failure['kind']}{check}, {failure['id']}"]
    lines += [f"  also      {other['operation']}: {other['rule']}, {other['id']}" for other in others]
    lines += [f"  {name:<9} {failure[name]}" for name in ("expected", "got")]
    lines += [f"  detail    {line}" for line in failure["detail"].splitlines()]
    return "\n".join([*lines, *(f"  try       {command}" for command in failure["curl"])])


def told(failures: list[Json]) -> list[tuple[Json, list[Json]]]:
    """Each fault once: its first failure, and the others that are told below it."""
    return [
        (first, [other for other in failures if other["below"] == first["id"] and other is not first])
        for first in failures
        if first["below"] == first["id"]
    ]
