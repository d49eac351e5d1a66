"""What strict type checkers say: nothing about the SDK and a program over it, and something about every wrong call."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
SDK = ROOT / "generated_client"
PROGRAM = ROOT / "contract_tests" / "winter_season.py"
HEAD = "from xsolla_liveops import AsyncLiveOps, LiveOps, ResetTime, Schedule, models\n\n\ndef wrong(liveops: LiveOps) -> None:\n"
WRONG = {  # a call, and what mypy and pyright call its mistake
    "liveops.reward_chain.list()": ("attr-defined", "reportAttributeAccessIssue"),
    "liveops.reward_chains.lists()": ("attr-defined", "reportAttributeAccessIssue"),
    "liveops.reward_chains.list(enable=1)": ("call-arg", "reportCallIssue"),
    "liveops.reward_chains.list(limit='ten')": ("arg-type", "reportArgumentType"),
    "liveops.reward_chains.list(10)": ("call-arg", "reportCallIssue"),
    "liveops.reward_chains.create(models.DailyChainCreate)": ("arg-type", "reportArgumentType"),
    "liveops.reward_chains.create(models.CodeGeneration(count=1))": ("arg-type", "reportArgumentType"),
    "liveops.reward_chains.get()": ("call-arg", "reportCallIssue"),
    "liveops.reward_chains.get('1').name": ("arg-type", "reportArgumentType"),
    "liveops.reward_chains.get(1).title": ("attr-defined", "reportAttributeAccessIssue"),
    "liveops.reward_chains.get(1).date_end.year": ("union-attr", "reportOptionalMemberAccess"),
    "liveops.daily_chains.claim(1, step_number='three')": ("arg-type", "reportArgumentType"),
    "liveops.reward_chains.list()[0]": ("index", "reportIndexIssue"),
    "models.StepPrice()": ("call-arg", "reportCallIssue"),
    "models.StepPrice(amount='10')": ("arg-type", "reportArgumentType"),
    "models.StepPrice('10')": ("arg-type", "reportArgumentType"),
    "models.LocalizedText({'en': 1})": ("dict-item", "reportArgumentType"),
    "models.LocalizedText(1)": ("arg-type", "reportArgumentType"),
    "models.ValuePointInput(name=1, sku='honor')": ("arg-type", "reportArgumentType"),
    "models.DailyChainStepCreate(items={}, step_number=1)": ("arg-type", "reportArgumentType"),
    "liveops.reward_chains.get(1).name.english": ("attr-defined", "reportAttributeAccessIssue"),
    "liveops.reward_chains.get(1).name.en.upper()": ("union-attr", "reportOptionalMemberAccess"),
    "models.RewardChains": ("attr-defined", "reportAttributeAccessIssue"),
    "LiveOps.admin(project_id=1)": ("call-arg", "reportCallIssue"),
    "LiveOps.admin(1, 'key')": ("call-arg", "reportCallIssue"),
    "Schedule.weekly('montag', ResetTime.parse('05:00:00+01:00'))": ("arg-type", "reportArgumentType"),
    "Schedule.hourly(5)": ("call-arg", "reportCallIssue"),
}


def pyright(folder: Path, *checked: Path) -> list[dict[str, Any]]:
    """What pyright reports in its strict mode."""
    settings = {
        "include": [str(path) for path in checked],
        "extraPaths": [str(SDK)],
        "typeCheckingMode": "strict",
        "pythonVersion": "3.11",
    }
    (folder / "pyrightconfig.json").write_text(json.dumps(settings), encoding="utf-8")
    command = [sys.executable, "-m", "basedpyright", "--outputjson", "--pythonpath", sys.executable, "-p", str(folder)]
    found = subprocess.run(command, capture_output=True, text=True, timeout=250, check=False)
    report: list[dict[str, Any]] = json.loads(found.stdout)["generalDiagnostics"]
    return report


def mypy(folder: Path, checked: Path) -> str:
    """What mypy reports in its strict mode."""
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(folder / "cache"), "--config-file", "", str(checked)]
    found = subprocess.run(command, capture_output=True, text=True, timeout=250, check=False, env={"MYPYPATH": str(SDK)})
    return found.stdout


@pytest.fixture(scope="module")
def wrong_calls(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of wrong calls, one a line."""
    path = tmp_path_factory.mktemp("wrong") / "wrong_calls.py"
    path.write_text(HEAD + "".join(f"    {call}\n" for call in WRONG), encoding="utf-8")
    return path


@pytest.mark.slow
def test_pyright_has_nothing_against_the_sdk_and_a_program_over_it(tmp_path: Path) -> None:
    """In its strict mode; `make types` asks mypy the same."""
    assert [
        f"{one['file']}:{one['range']['start']['line'] + 1} {one['message']}" for one in pyright(tmp_path, SDK, PROGRAM)
    ] == []


@pytest.mark.slow
def test_pyright_notices_every_wrong_call(wrong_calls: Path) -> None:
    """And calls each by its name."""
    first = HEAD.count("\n")
    noticed: dict[int, set[str]] = {}
    for one in pyright(wrong_calls.parent, wrong_calls):
        noticed.setdefault(one["range"]["start"]["line"] - first, set()).add(one.get("rule", ""))

    assert [call for place, (call, (_, rule)) in enumerate(WRONG.items()) if rule not in noticed.get(place, set())] == []


@pytest.mark.slow
def test_mypy_notices_every_wrong_call(wrong_calls: Path) -> None:
    """And calls each by its name."""
    first = HEAD.count("\n") + 1
    told = mypy(wrong_calls.parent, wrong_calls)
    noticed = {
        (int(line) - first, code) for line, code in re.findall(r"wrong_calls\.py:(\d+): error: .*\[([a-z-]+)\]$", told, re.M)
    }

    assert [call for place, (call, (code, _)) in enumerate(WRONG.items()) if (place, code) not in noticed] == []
