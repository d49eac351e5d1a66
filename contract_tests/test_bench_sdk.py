"""The benchmark of the SDK, as far as no clock is needed: it measures every way, and says so where an option is wrong."""

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parent.parent / "scripts" / "bench_sdk.py"


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the benchmark."""
    return subprocess.run([sys.executable, str(SCRIPT), *arguments], capture_output=True, text=True, timeout=200, check=False)


@pytest.mark.slow
def test_every_way_is_measured_beside_raw_httpx() -> None:
    """SDK and stock client for each kind of call, and both imports."""
    result = run("--rounds", "2", "--calls", "2")
    lines = result.stdout.splitlines()

    assert (result.returncode, result.stderr) == (0, "")
    for part in ("small answer", "list of 50 chains", "create a chain"):
        for way in ("SDK", "stock client"):
            assert [line for line in lines if line.startswith(part) and f" {way} : raw httpx " in line], (part, way)
    assert sum("httpx and attrs" in line and line.startswith("import ") for line in lines) == 3
    assert "not measured" not in result.stdout


@pytest.mark.parametrize("option", ["--rounds", "--calls"])
def test_a_number_that_measures_nothing_is_refused(option: str) -> None:
    """None, or fewer."""
    result = run(option, "0")

    assert result.returncode == 2
    assert "'0' is not a number from 1 to 10000" in result.stderr
