"""`liveops-verify merge`: the reports of all parts of a run, joined to the report of the whole."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from liveops_contract.coverage.summary import joined_coverage
from liveops_contract.kinds import all_checks
from liveops_contract.known import judged
from liveops_contract.options import CannotRun
from liveops_contract.report import composed

Json = Any
SAME = ("profile", "seed", "only", "read_only", "description")
# How the parts of the report are joined that are not made of the rows of its checks.
JOINED: dict[str, Callable[[list[Json]], Json]] = {"coverage": joined_coverage}


def read_report(path: Path) -> Json:
    """A report.json, or the one in a folder of reports; CannotRun if it is none."""
    place = path / "report.json" if path.is_dir() else path
    try:
        document = json.loads(place.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CannotRun(f"{str(place)!r} cannot be read as a report ({error}); give a report.json or its folder") from error
    if not isinstance(document, dict) or "checks" not in document:
        raise CannotRun(f"{str(place)!r} is no report of a whole run of this version; make it anew")
    return document


def merged(documents: list[Json]) -> Json:
    """The report of the whole run; CannotRun unless these are all of its parts, each once."""
    parts = sorted(documents, key=lambda part: part["shard"] or [0, 0])
    _check_parts(parts)
    first = parts[0]
    head = {key: first[key] for key in (*SAME, "requests")} | {"shard": None}
    head["target"] = ", ".join(dict.fromkeys(part["target"] for part in parts))
    head["finished_at"] = max(part["finished_at"] for part in parts)
    head |= {key: join([part[key] for part in parts if key in part]) for key, join in JOINED.items() if key in first}
    place = {check.name: number for number, check in enumerate(all_checks())}
    found = sorted(((row, part) for part in parts for row in part["checks"]), key=lambda pair: place[pair[0]["name"]])
    bugs = sorted((bug for part in parts for bug in part["planted_bugs"]), key=lambda bug: place[bug["name"]])
    document = composed(head, [row for row, _ in found], _failures(found), bugs)
    if not document["cases"]:
        raise CannotRun("nothing could be verified in any of the parts; the reports say why")
    return judged(document, first["known"])


def _failures(found: list[tuple[Json, Json]]) -> dict[str, Json]:
    """Each distinct failure as the first check found it, whose part of the run holds it."""
    failures: dict[str, Json] = {}
    for row, part in found:
        here = {failure["id"]: failure for failure in part["failures"]}
        for number in row["failures"]:
            failures.setdefault(number, here[number])
    return failures


def _check_parts(parts: list[Json]) -> None:
    for part in parts:
        if not part["shard"]:
            raise CannotRun("one of the reports is of a whole run; merge joins those that were made with --shard")
        different = next((key for key in (*SAME, "known") if part[key] != parts[0][key]), None)
        if different:
            raise CannotRun(f"the reports are of different runs: {different} is {parts[0][different]!r} and {part[different]!r}")
    count = parts[0]["shard"][1]
    numbers = [tuple(part["shard"]) for part in parts]
    missing = [f"{number}/{count}" for number in range(1, count + 1) if (number, count) not in numbers]
    if missing:
        raise CannotRun(
            f"parts of the run are missing: {', '.join(missing)}; verify them with --shard and give their reports too"
        )
    if len(numbers) != count:
        raise CannotRun(f"{len(numbers)} reports were given for {count} parts; give each part once")
