"""Several connections find what one finds, and send what one sends; they only wait less."""

import ast
import gc
import re
import sys
import threading
import time
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import sound
from conftest import Serve
from far_server import far, reordered
from liveops_contract import runner
from liveops_contract.command_line import main
from liveops_contract.doors import HttpDoor, OneAtATime
from liveops_contract.kinds import all_checks
from liveops_contract.lanes import lanes
from liveops_contract.manners import Ended, Pace
from liveops_contract.own_mock import own_mock
from liveops_contract.stage import PROJECTS, in_process_stage
from liveops_mock import RULES
from test_runner import TOGGLE, Mortal, Reply, Watched, broken_rule, document, one_sentence, run

KINDS = ("near misses", "credentials", "methods", "bodies", "missing things", "laws")
SECONDS = re.compile(r" +[0-9.]+ s\b")


class Crowded(OneAtATime):
    """Answers one request after the other, and counts how many were there at once."""

    def __init__(self, server: Watched) -> None:
        super().__init__(server)
        self.here = self.most = 0
        self.count = threading.Lock()

    def handle(self, method: str, target: str, headers: dict[str, str], body: bytes) -> Reply:
        """Takes its time, so that others may come."""
        with self.count:
            self.here += 1
            self.most = max(self.most, self.here)
        time.sleep(0.002)
        try:
            return super().handle(method, target, headers, body)
        finally:
            with self.count:
                self.here -= 1


@pytest.fixture(autouse=True)
def _few_checks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Checks of each kind that asks a server: of a small area, and of one operation of another."""
    few = [check for check in all_checks() if check.kind in KINDS and (check.area == "clans" or check.operations == (TOGGLE,))]
    monkeypatch.setattr(runner, "all_checks", lambda: few)


def plain(folder: Path) -> Any:
    """A report without its time and its server."""
    return {key: value for key, value in document(folder).items() if key not in ("finished_at", "target")}


def test_many_connections_report_what_one_reports(serve: Serve, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Failures, order, checksum, coverage, and the printed lines; but the requests are on their way at once."""
    said, servers = [], []
    for count in ("1", "8"):
        server = Crowded(Watched(rules={**RULES, TOGGLE: broken_rule}))
        assert run(serve, server, tmp_path / count, "--connections", count) == 1
        said.append(SECONDS.sub("", capsys.readouterr().out).replace(f"/{count}/", "/"))
        servers.append(server.most)

    assert plain(tmp_path / "1") == plain(tmp_path / "8")
    assert said[0] == said[1]
    assert servers[0] == 1 < servers[1] <= 8


def test_a_far_server_that_reorders_headers_gives_the_same_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With 50 ms before each answer, over as many connections as may be: nobody has to ask for them."""
    with own_mock(44056, 12345, seed=1) as (url, account), far(url) as there:
        known = ["--merchant-id", "12345", "--api-key", account.api_key, "--only", "clans", "--report"]
        codes = [main(["--target", url, *known, str(tmp_path / "near")])]
        codes.append(main(["--target", there, *known, str(tmp_path / "far")]))
    near, away = capsys.readouterr().out.split("Reports:")[:2]

    assert codes == [0, 0]
    assert plain(tmp_path / "near") == plain(tmp_path / "far")
    assert "checks are made at once" not in near
    assert re.search(r"note: an answer takes [0-9]+ ms, so 32 checks are made at once; see --connections", away)


def test_a_far_server_takes_its_time_and_changes_the_order_of_headers() -> None:
    """Those of one name stay in their order, and nothing is lost."""
    lines = [b"A: 1", b"B: 2", b"C: 3", b"a: 4", b"D: 5"]
    seen = {tuple(reordered(b"\r\n".join([b"GET / HTTP/1.1", *lines]) + b"\r\n\r\n").split(b"\r\n")) for _ in range(50)}
    with own_mock(44056, 12345, seed=1) as (url, _), far(url, 0.2) as there, closing(HttpDoor(there)) as door:
        begun = time.perf_counter()
        answers = [door.send(method, "/surprise", {}).status for method in ("GET", "HEAD", "GET")]
        lasted = time.perf_counter() - begun

    assert len(seen) > 1
    assert {(line[0], *sorted(line[1:-2])) for line in seen} == {(b"GET / HTTP/1.1", *sorted(lines))}
    assert all(line.index(b"A: 1") < line.index(b"a: 4") for line in seen)
    assert (answers, lasted >= 0.6) == ([404, 404, 404], True)


def test_a_server_without_control_door_is_asked_over_one_connection(
    serve: Serve, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """All checks share one project there; the run says so. One that only reads disturbs nobody."""
    few = [check for check in all_checks() if check.kind == "near misses" and check.area == "value_points"]
    monkeypatch.setattr(runner, "all_checks", lambda: few)
    most = []
    for more in ([], ["--read-only"]):
        server = Crowded(Watched(control=False))
        run(serve, server, tmp_path, "--connections", "8", *more)
        most.append(server.most)
    noted = capsys.readouterr().out.count("note: without a control door all checks share one project")

    assert most[0] == 1 < most[1]
    assert noted == 1


def test_lanes_share_the_projects_of_a_run_out() -> None:
    """No number is used by two of them, and none is left over."""
    stages = [in_process_stage() for _ in range(5)]
    for lane, stage in enumerate(stages):
        stage.take_numbers(3, lane, len(stages))
    taken = [{next(stage.numbers) for _ in range(PROJECTS)} for stage in stages]

    assert sum(map(len, taken)) == len(set.union(*taken)) == PROJECTS


def test_a_server_that_dies_meanwhile_is_no_verdict_over_many_connections(
    serve: Serve, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Exit code 2, one sentence at the end, and nothing goes on asking."""
    code = run(serve, OneAtATime(Mortal()), tmp_path, "--connections", "8")

    assert code == 2
    assert "stopped answering during" in capfd.readouterr().err
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("lane")]


def test_lanes_may_read_sources_at_once() -> None:
    """As Hypothesis does all the time; while it takes out garbage another lane goes on, with which CPython 3.11 loses count."""
    text = "\n".join(f"def f{number}(a, b): return [a + b, (a, {{b: {number}}})]" for number in range(300))
    checks: list[Any] = [SimpleNamespace(name=str(number), kind="laws") for number in range(24)]
    runs: list[Any] = [None] * 8
    before, parse = gc.get_threshold(), ast.parse

    def pause(_phase: str, _facts: object) -> None:
        time.sleep(0.0001)

    gc.callbacks.append(pause)
    gc.set_threshold(200)
    try:
        with lanes(checks, runs, lambda _check, _run: len(ast.parse(text).body), threading.Event()) as made:
            counts = [made[check.name].result() for check in checks]
    finally:
        gc.set_threshold(*before)
        gc.callbacks.remove(pause)

    assert counts == [300] * 24
    assert ast.parse is parse


@pytest.mark.parametrize("wrong", ["0", "65", "many", "-1", "1.5"])
def test_a_number_of_connections_that_makes_no_sense_is_named(wrong: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 2 and what may be written."""
    assert main([f"--connections={wrong}"]) == 2
    assert "from 1 to 64" in one_sentence(capsys)


def test_all_threads_wait_for_a_busy_server() -> None:
    """Also one whose turn had come before another one was told."""
    now = [0.0]

    def sleep(seconds: float) -> None:
        if not now[0]:
            pace.rest(5)
        now[0] += seconds

    pace = Pace(1, clock=lambda: now[0], sleep=sleep)
    left = []
    for _ in range(3):
        pace.wait()
        left.append(now[0])

    assert left == [0.0, 5.0, 6.0]


def test_whoever_waits_when_the_run_ends_asks_nothing_more() -> None:
    """However long it would have waited."""
    pace = Pace(0.001)
    pace.wait()
    threading.Timer(0.05, pace.ended.set).start()
    with pytest.raises(Ended):
        pace.wait()


def test_a_seed_that_does_not_hold_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line for each seed, exit code 1 if any of them did not hold, and what it said in its folder."""
    said = []
    for fallen in ("2", "none"):
        program = f"import sys; print('said'); sys.exit(sys.argv[2] == {fallen!r})"
        monkeypatch.setattr(sound, "VERIFY", [sys.executable, "-c", program])
        codes = sound.main(["--seeds", "3", "--report", str(tmp_path)])
        said.append((codes, capsys.readouterr().out.splitlines()))

    assert [code for code, _ in said] == [1, 0]
    assert [line.split()[2] for line in said[0][1][:3]] == ["held", "BROKEN", "held"]
    assert "1 of 3 runs did not hold, seeds 2;" in said[0][1][3]
    assert said[1][1][3] == "SOUND: 3 of 3 runs held"
    assert (tmp_path / "2" / "run.txt").read_text(encoding="utf-8") == "said\n"
