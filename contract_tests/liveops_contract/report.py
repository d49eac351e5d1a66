"""What a run leaves behind: a page for people, one for machines, one for the CI."""

import json
import re
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jinja2

from liveops_contract.checks import Failure
from liveops_contract.description import fingerprint, operations
from liveops_contract.exchange import Curtain
from liveops_contract.options import CannotRun
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


def write(score: Score, folder: Path, curtain: Curtain) -> None:
    """Write report.json, report.html and junit.xml."""
    document = as_document(score)
    text = json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True)
    _put(folder / "report.json", curtain.mask(text) + "\n")
    _put(folder / "report.html", curtain.mask(as_page(document)))
    _put(folder / "junit.xml", curtain.mask(as_junit(score)))


def _put(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", errors="replace")


def as_document(score: Score) -> Json:
    """The run as plain data; `finished_at` is the one part that two equal runs do not share."""
    version, checksum = fingerprint()
    failures = score.failures
    return {
        "verdict": "broken" if failures else "held",
        "target": score.target,
        "profile": score.options.profile,
        "seed": score.options.seed,
        "only": score.options.only,
        "read_only": score.options.read_only,
        "description": {"version": version, "sha256": checksum, "operations": len(operations())},
        "cases": score.cases,
        "table": list(_table(score.results)),
        "failures": [asdict(failure) for failure in failures],
        "unverified": score.unverified,
        "planted_bugs": planted_bugs(score.results),
        "finished_at": datetime.now(UTC).isoformat(timespec="seconds"),
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


def _table(results: list[Result]) -> Iterator[Json]:
    for (area, kind), group in groupby(results, key=lambda result: (result.check.area, result.check.kind)):
        rows = list(group)
        yield {
            "area": area,
            "kind": kind,
            "checks": len(rows),
            "cases": sum(row.outcome.cases for row in rows),
            "failures": sum(len(row.outcome.failures) for row in rows),
            "not_verified": sum(1 for row in rows if row.reason),
        }


def as_page(document: Json) -> str:
    """The run as one page that needs nothing besides itself."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("liveops_contract", "."), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True
    )
    return environment.get_template("report.html.jinja").render(document)


def as_junit(score: Score) -> str:
    """The run as continuous integration reads it: one test case per check."""
    root = ElementTree.Element("testsuites", name="liveops-verify")
    for (area, kind), group in groupby(score.results, key=lambda result: (result.check.area, result.check.kind)):
        rows = list(group)
        suite = ElementTree.SubElement(root, "testsuite", name=f"{area}.{kind}", tests=str(len(rows)))
        suite.set("failures", str(sum(1 for row in rows if row.outcome.failures)))
        suite.set("skipped", str(sum(1 for row in rows if row.reason)))
        for row in rows:
            _add_case(suite, row)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _add_case(suite: ElementTree.Element, row: Result) -> None:
    case = ElementTree.SubElement(suite, "testcase", classname=f"{row.check.area}.{row.check.kind}", name=_clean(row.check.name))
    if row.reason:
        ElementTree.SubElement(case, "skipped", message=_clean(row.reason))
    # One element per case is all that readers of this format count on.
    if row.outcome.failures:
        first = row.outcome.failures[0]
        found = ElementTree.SubElement(case, "failure", message=_clean(f"{first.rule}: expected {first.expected}"))
        found.text = _clean("\n\n".join(as_text(failure) for failure in row.outcome.failures))


def _clean(text: str) -> str:
    return NOT_IN_XML.sub("\ufffd", text)


def as_text(failure: Failure) -> str:
    """A failure as it is printed."""
    lines = [f"FAILED {failure.operation} ({failure.kind})", f"  rule      {failure.rule}", f"  expected  {failure.expected}"]
    lines.append(f"  got       {failure.got}")
    lines += [f"  detail    {line}" for line in failure.detail.splitlines()]
    return "\n".join([*lines, *(f"  try       {command}" for command in failure.curl)])
