"""Schemathesis over a whole area: examples, coverage, fuzzing and chained calls, the same requests in every run."""

import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from xsolla_liveops.bundle import load_bundle

from liveops_contract import fuzz_hooks
from liveops_contract.api import Api
from liveops_contract.checks import Check, Failure, Outcome, Run
from liveops_contract.description import areas, operation_table, operations
from liveops_contract.exchange import cut
from liveops_contract.manners import Ended

Json = Any
CASE_ID = re.compile(r"^\d+\. Test Case ID: .*\n*", re.MULTILINE)  # another one in every run
LONGEST_SECONDS = 3600
LOOK_SECONDS = 0.5
TOKEN_SECONDS = 30 * 86400
COMMAND = "from schemathesis.cli import schemathesis; schemathesis()"
# Which requests are sent must depend on nothing that an earlier run left behind. Ends where more can be said of the generation.
CONFIGURATION = """
continue-on-failure = true
request-timeout = 30
[cache]
enabled = false
[auth.openapi.basicAuth]
username = "${LIVEOPS_FUZZ_USER}"
password = "${LIVEOPS_FUZZ_KEY}"
[auth.openapi.XsollaLoginUserJWT]
bearer = "${LIVEOPS_FUZZ_TOKEN}"
[generation]
deterministic = true
database = "none"
"""
OWN_CONFIGURATION = """
max-examples = {examples}
[phases.stateful.generation]
max-examples = {scenarios}
[checks.positive_data_acceptance]
expected-statuses = ["2xx", "401", "403", "404", "409", "422"]
"""
# What a body names may be missing too, so that 404 does not say that the thing of the path is.
NAMING = """
[[operations]]
include-operation-id = "{name}"
checks.ensure_resource_availability.enabled = false
"""


def checks() -> Iterator[Check]:
    """One check per area."""
    for area in areas():
        names = tuple(operation.id for operation in operations() if operation.area == area)
        yield Check(f"schemathesis over {area}", "schemathesis", area, names, True, True, False, perform)


def perform(check: Check, run: Run) -> Outcome:
    """Run it on a fresh project in a process of its own."""
    if run.base_url is None:
        return Outcome(unverified=[f"{check.name}: it needs a server behind a URL"])
    if run.asks_alone:
        return Outcome(unverified=[f"{check.name}: it keeps neither --rate nor --header nor --ca"])
    api = run.stage.fresh(run.seed)
    with tempfile.TemporaryDirectory(prefix="liveops-fuzz-") as name:
        folder = Path(name)
        _prepare(folder, api, run)
        return _outcome(_told(folder, check, api, run), folder, check, api, run)


def _prepare(folder: Path, api: Api, run: Run) -> None:
    describe(folder, api)
    naming = "".join(NAMING.format(name=one.id) for one in operations() if one.body is not None)
    examples = run.profile.fuzz_examples
    own = OWN_CONFIGURATION.format(examples=examples, scenarios=max(5, examples // 2))
    text = f"hooks = {json.dumps(fuzz_hooks.__file__)}{CONFIGURATION}{own.lstrip()}{naming}"
    (folder / "schemathesis.toml").write_text(text, encoding="utf-8")


def describe(folder: Path, api: Api) -> None:
    """Write the description as it is for one project: a valid number of a project is always the number of this one."""
    document = json.loads(json.dumps(load_bundle()))
    project = document["components"]["parameters"]["ProjectId"]
    project["schema"] = {"type": "integer", "enum": [api.account.project_id]}
    project["example"] = api.account.project_id
    (folder / "description.json").write_text(json.dumps(document), encoding="utf-8")


def _told(folder: Path, check: Check, api: Api, run: Run) -> Json:
    chosen = [operation_table()[name] for name in check.operations if run.only in (None, check.area, name)]
    phases = "examples,coverage,fuzzing" + (",stateful" if len(chosen) > 1 and _has_links(check.area) else "")
    selection = [part for operation in chosen for part in ("--include-operation-id", operation.id)]
    reports = ["--report", "json,junit", "--report-junit-path", "run.xml"]
    return told(folder, [*selection, "--url", run.base_url or "", "--phases", phases, *reports], api, run.ended)


def told(folder: Path, arguments: Sequence[str], api: Api, ended: threading.Event) -> Json:
    """What Schemathesis reports of a project, with the description and the settings that lie in a folder; Ended if the run is."""
    secrets = {
        "LIVEOPS_FUZZ_USER": str(api.account.project_id),
        "LIVEOPS_FUZZ_KEY": api.account.api_key,
        "LIVEOPS_FUZZ_TOKEN": api.control.token("user_1", TOKEN_SECONDS) if api.control else "",
    }
    # What an earlier run left in the folder must not be taken for the report of this one.
    (folder / "run.json").unlink(missing_ok=True)
    with subprocess.Popen(  # noqa: S603 - our own interpreter, arguments from the description and checked options
        [sys.executable, "-c", COMMAND, "run", "description.json", "--no-color", "--report-json-path", "run.json", *arguments],
        cwd=folder,
        env={**os.environ, **secrets},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
    ) as process:
        done = _awaited(process, ended)
    if not (folder / "run.json").exists():
        reason = api.curtain.mask(cut((done.stderr or done.stdout)[-1500:]))
        raise RuntimeError(f"schemathesis ended with {done.returncode} and no report: {reason}")
    return json.loads((folder / "run.json").read_text(encoding="utf-8"))


def _awaited(process: subprocess.Popen[str], ended: threading.Event) -> subprocess.CompletedProcess[str]:
    """What became of the process; it does not outlive the run."""
    until = time.monotonic() + LONGEST_SECONDS
    try:
        while True:
            with suppress(subprocess.TimeoutExpired):
                said, errors = process.communicate(timeout=LOOK_SECONDS)
                return subprocess.CompletedProcess(process.args, process.returncode, said, errors)
            if ended.is_set():
                raise Ended
            if time.monotonic() > until:
                raise subprocess.TimeoutExpired(process.args, LONGEST_SECONDS)
    finally:
        process.kill()


def _has_links(area: str) -> bool:
    answers = [
        answer
        for item in load_bundle()["paths"].values()
        for operation in item.values()
        if isinstance(operation, dict) and area in operation.get("tags", ())
        for answer in operation["responses"].values()
    ]
    return any("links" in answer for answer in answers)


def _outcome(summary: Json, folder: Path, check: Check, api: Api, run: Run) -> Outcome:
    left_out = [f"{check.name}: {error['title']} ({error['count']})" for error in summary["errors"]]
    outcome = Outcome(cases=summary["test_cases"]["generated"], unverified=left_out)
    root = ElementTree.parse(folder / "run.xml").getroot()  # noqa: S314 - written a moment ago, by our own process
    for case in root.iter("testcase"):
        for found in case.iter("failure"):
            outcome.failures.append(_failure(check, case.get("name") or "", found, api, run))
    return outcome


def _failure(check: Check, label: str, found: ElementTree.Element, api: Api, run: Run) -> Failure:
    operation = next((one.id for one in operations() if f"{one.method} {one.path}" == label), check.operations[0])
    text, _, command = CASE_ID.sub("", found.text or "").partition("Reproduce with:")
    rules = [title.strip() for title in re.findall(r"^- (.+)$", text, re.MULTILINE)]
    answer = re.search(r"^\[\d+\].*", text, re.MULTILINE | re.DOTALL)
    shown = _command(command, operation, api, run)
    mask = run.stage.curtain.mask
    rule, expected, got = (cut(mask(part)) for part in (", ".join(rules), text, answer.group(0) if answer else "see expected"))
    return Failure(check.area, check.kind, operation, rule or "schemathesis", expected, got, (shown,) if shown else ())


def _command(text: str, operation: str, api: Api, run: Run) -> str:
    """The command that Schemathesis proposes, with its credentials and its server taken from the environment."""
    option = '-u "$PROJECT_ID:$LIVEOPS_API_KEY"'
    if operation_table()[operation].security == "user":
        option = '-H "Authorization: Bearer $LIVEOPS_USER_TOKEN"'
    command = text.strip().partition("\n\n")[0].replace("-H 'Authorization: [Filtered]'", option)
    command = command.replace(run.base_url or "", "$LIVEOPS_URL").replace(str(api.account.project_id), "$PROJECT_ID")
    return cut(run.stage.curtain.mask(command))
