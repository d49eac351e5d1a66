"""The benchmark, as far as no clock is needed: it reads wrk's report, works ratios out, and says what is missing."""

import json
import re
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
SCRIPT = ROOT / "scripts" / "bench.py"
LOAD: Any = runpy.run_path(str(ROOT / "scripts" / "bench_load.py"))
FIGURES: Any = runpy.run_path(str(ROOT / "scripts" / "bench_figures.py"))
REPORT = """Running 3s test @ http://127.0.0.1:4999
  1 threads and 32 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency   226.50ms  288.67ms   1.95s    90.82%
    Req/Sec   154.60     36.33   212.00     73.33%
  Latency Distribution
     50%  134.48ms
     75%  184.44ms
     90%  452.11ms
     99%    1.53s 
  464 requests in 3.01s, 1.56MB read
{more}Requests/sec:    153.96
Transfer/sec:    530.59KB
"""  # noqa: W291  (wrk pads its units)


def report(*more: str) -> str:
    """What wrk prints, with the lines that it adds when something went wrong."""
    return REPORT.replace("{more}", "".join(f"  {line}\n" for line in more))


def run(*arguments: str | Path, path: str = "") -> subprocess.CompletedProcess[str]:
    """Run the benchmark on a machine with the tools of that PATH."""
    command = [sys.executable, str(SCRIPT), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, env={"PATH": path})


def test_the_report_of_wrk_is_read() -> None:
    """Rate, number, and times of any unit in milliseconds."""
    load = LOAD["parse"](report())

    assert load._asdict() == {"rate": 153.96, "requests": 464, "refused": 0, "failed": 0, "p99_ms": 1530.0, "max_ms": 1950.0}


def test_what_went_wrong_under_load_is_counted() -> None:
    """Refusals, and requests of all four kinds that were never answered."""
    load = LOAD["parse"](report("Socket errors: connect 1, read 2, write 0, timeout 6", "Non-2xx or 3xx responses: 400"))

    assert (load.refused, load.failed) == (400, 9)


@pytest.mark.parametrize(("text", "figure"), [("870.00us", 0.87), ("24.75ms", 24.75), ("1.95s", 1950.0), ("2.00m", 120_000.0)])
def test_a_time_of_wrk_becomes_milliseconds(text: str, figure: float) -> None:
    """Whatever unit wrk chose for it."""
    assert LOAD["milliseconds"](text) == pytest.approx(figure)


def test_a_report_without_figures_is_quoted() -> None:
    """Such as the one of a server that is gone."""
    with pytest.raises(LOAD["BenchError"], match="Connection refused"):
        LOAD["parse"]("unable to connect to 127.0.0.1:4997 Connection refused")


@pytest.mark.parametrize(
    ("refused", "failed", "expected"),
    [(0, 0, [201]), (1000, 0, [422]), (500, 0, [204, 422]), (520, 0, [204, 422])],
    ids=["all accepted", "all refused", "half", "half, but for those under way at the end"],
)
def test_a_server_that_answers_rightly_is_measured(refused: int, failed: int, expected: list[int]) -> None:
    """The share of refusals is that of the requests that ask for one."""
    LOAD["require_right"](LOAD["Load"](1.0, 1000, refused, failed, 1.0, 1.0), expected, "mock")


@pytest.mark.parametrize(
    ("refused", "failed", "expected", "said"),
    [
        (1, 0, [201], "mock: 1 of 1000 requests were refused under load; 0% have to be"),
        (999, 0, [422], "mock: 999 of 1000 requests were refused under load; 100% have to be"),
        (600, 0, [204, 422], "mock: 600 of 1000 requests were refused under load; 50% have to be"),
        (0, 3, [201], "mock: 3 of 1000 requests failed under load; every one has to be answered"),
    ],
)
def test_a_server_that_answers_wrongly_is_not_measured(refused: int, failed: int, expected: list[int], said: str) -> None:
    """A fast wrong answer is no figure."""
    with pytest.raises(LOAD["BenchError"], match=re.escape(said)):
        LOAD["require_right"](LOAD["Load"](1.0, 1000, refused, failed, 1.0, 1.0), expected, "mock")


def test_requests_take_turns_in_the_script_for_wrk() -> None:
    """One request is formatted once; several are formatted before the load begins."""
    question = LOAD["Question"]("POST", "/chains", '{"a": 1}', 201)

    assert "function" not in LOAD["lua"]([question])
    assert LOAD["lua"]([question, question]).count('wrk.format("POST", "/chains", wrk.headers, [==[{"a": 1}]==])') == 2


def test_a_ratio_is_taken_round_by_round() -> None:
    """A round in which everything was slow weighs as much as the others."""
    ratio = FIGURES["ratios"]([100.0, 10.0, 90.0], [50.0, 2.0, 30.0])

    assert ratio == (3.0, 2.0, 5.0)


def test_there_is_no_ratio_to_a_server_that_was_not_measured() -> None:
    """The row stays in the table, and says so."""
    row = FIGURES["Row"]("list", "mock : Prism", FIGURES["ratios"]([100.0], []), "x", FIGURES["Aim"](">=", 5))

    assert (row.figure, row.verdict()) == (None, "not measured")


@pytest.mark.parametrize(
    ("sign", "aim", "verdict"), [(">=", 2, "met"), (">=", 2.1, "missed"), ("<=", 2, "met"), ("<", 2, "missed"), ("<", 2.1, "met")]
)
def test_an_aim_is_held_against_the_median(sign: str, aim: float, verdict: str) -> None:
    """Whatever the lowest and the highest are."""
    row = FIGURES["Row"]("list", "ratio", FIGURES["spread"]([1.0, 2.0, 9.0]), "x", FIGURES["Aim"](sign, aim))

    assert row.verdict() == verdict


def test_help_explains_the_options() -> None:
    """And needs no tool."""
    result = run("--help")

    assert (result.returncode, result.stderr) == (0, "")
    assert all(
        option in result.stdout for option in ("--only", "--seconds", "--rounds", "--flat-requests", "--strict", "--output")
    )


def test_a_machine_without_wrk_is_told_how_to_get_it(tmp_path: Path) -> None:
    """Nothing is measured, which fails nothing."""
    result = run("--only", "creates,large,memory", "--output", tmp_path / "bench.json")

    rows = json.loads((tmp_path / "bench.json").read_text(encoding="utf-8"))["rows"]
    assert (result.returncode, result.stderr) == (0, "")
    assert "wrk is missing (Debian: apt-get install wrk)" in result.stdout
    assert {row["verdict"] for row in rows} == {"not measured"}


def test_a_part_that_does_not_exist_is_named() -> None:
    """With those that do."""
    result = run("--only", "creates,updates")

    assert result.returncode == 2
    assert "'updates' is no part; choose from list,rejected,creates,large,start,memory" in result.stderr
