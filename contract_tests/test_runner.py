"""`liveops-verify` says held, broken, or could not run; never more than it knows, and never a secret."""

import json
import socket
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from conftest import Serve
from liveops_contract import apart, runner
from liveops_contract.command_line import main
from liveops_contract.defects import all_defects
from liveops_contract.description import areas, operations
from liveops_contract.doors import Served
from liveops_contract.kinds import all_checks, teeth
from liveops_contract.options import Options, parsed
from liveops_contract.profiles import PROFILES
from liveops_mock import RULES, MockServer

KEY, SECRET, TOKEN = "key-nobody-may-read", "secret-nobody-may-read-32-characters", "token-nobody-may-read"
TOGGLE = "admin-toggle-reward-chain"
PAGE = "admin-get-value-points-list"
DELETE = "admin-delete-offer-chain"
Sent = list[tuple[str, str, bytes]]
Reply = tuple[int, list[tuple[str, str]], bytes]


class Watched:
    """A mock that writes down what it is asked and may change what it answers."""

    def __init__(self, *, control: bool = True, rules: Any = RULES) -> None:
        self.mock = MockServer(44056, KEY, SECRET, merchant_id=12345, control=control, rules=rules)
        self.sent: Sent = []

    def handle(self, method: str, target: str, headers: dict[str, str], body: bytes) -> Reply:
        """Answer as the mock does."""
        self.sent.append((method, target, body))
        reply = self.mock.handle(method, target, headers, body)
        return reply if "__control__" in target else self.changed(headers, reply)

    def changed(self, headers: dict[str, str], reply: Reply) -> Reply:  # noqa: ARG002 - others look at them
        """The answer as it leaves."""
        return reply


class Talkative(Watched):
    """Adds a field that nobody described, and shows the caller's credentials in it."""

    def changed(self, headers: dict[str, str], reply: Reply) -> Reply:
        """A page with one field too many."""
        status, sent, body = reply
        if status != 200:
            return reply
        content = json.loads(body) | {"debug": headers.get("authorization", "") + KEY * 200}
        return status, sent, json.dumps(content).encode()


class Mortal(Watched):
    """Falls silent after a while."""

    def handle(self, method: str, target: str, headers: dict[str, str], body: bytes) -> Reply:
        """No answer at all from the hundredth request on."""
        if len(self.sent) > 100:
            raise ConnectionAbortedError
        return super().handle(method, target, headers, body)


def broken_rule(*_: object) -> Any:
    """Fails whatever it is asked."""
    raise ZeroDivisionError


@pytest.fixture(autouse=True)
def _no_secrets_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LIVEOPS_API_KEY", "LIVEOPS_USER_TOKEN"):
        monkeypatch.delenv(name, raising=False)


def arguments(url: str, folder: Path, *more: str) -> list[str]:
    """The command line against a served mock."""
    known = ["--target", url, "--project-id", "44056", "--merchant-id", "12345", "--api-key", KEY]
    return [*known, "--report", str(folder), *more]


def run(serve: Serve, server: Served, folder: Path, *more: str) -> int:
    """Exit code of a run against a server."""
    with serve(server) as url:
        return main(arguments(url, folder, *more))


def document(folder: Path) -> Any:
    """The report for machines."""
    return json.loads((folder / "report.json").read_text(encoding="utf-8"))


def test_a_mock_of_its_own_holds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a target the runner starts the mock itself."""
    code = main(["--only", "clans", "--report", str(tmp_path)])

    assert (code, document(tmp_path)["verdict"]) == (0, "held")
    assert "HELD" in capsys.readouterr().out


def test_a_broken_rule_is_found_and_said_once(serve: Serve, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 1, the operation, the rule, and a command to try."""
    code = run(serve, Watched(rules={**RULES, TOGGLE: broken_rule}), tmp_path, "--only", TOGGLE)
    printed = capsys.readouterr().out

    assert code == 1
    assert printed.count(f"FAILED {TOGGLE}: ") == 1
    assert printed.count(f"  also      {TOGGLE}: ") == len(document(tmp_path)["failures"]) - 1 > 0
    assert "BROKEN: 1 faults" in printed
    assert '-u "$PROJECT_ID:$LIVEOPS_API_KEY"' in printed


def test_the_first_line_of_a_falsified_law_names_it(serve: Serve, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With the operation that it is about."""
    bug = next(defect for defect in all_defects() if defect.name == "a_toggle_toggles_nothing")
    run(serve, Watched(rules={**RULES, TOGGLE: bug.rule}), tmp_path, "--only", TOGGLE)

    assert f"\nFAILED {TOGGLE}: law {bug.caught_by[0]}\n" in capsys.readouterr().out


def test_a_field_that_nobody_described_is_found(serve: Serve, tmp_path: Path) -> None:
    """Answers are closed for the suite, however open they are for callers."""
    code = run(serve, Talkative(), tmp_path, "--only", PAGE)

    assert code == 1
    assert "debug" in document(tmp_path)["failures"][0]["expected"]


def test_no_secret_is_in_anything_that_people_read(serve: Serve, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither printed nor reported, even if the server repeats it."""
    run(serve, Talkative(), tmp_path, "--only", PAGE)
    printed = capsys.readouterr()
    texts = [printed.out, printed.err, *(path.read_text(encoding="utf-8") for path in tmp_path.iterdir())]

    assert not [secret for secret in (KEY, "Basic NDQ", "eyJ") for text in texts if secret in text]


def test_all_three_reports_are_written(serve: Serve, tmp_path: Path) -> None:
    """A page for people, one for machines, one for the CI."""
    run(serve, Watched(rules={**RULES, TOGGLE: broken_rule}), tmp_path, "--only", TOGGLE)
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    suites = ElementTree.parse(tmp_path / "junit.xml").getroot()  # noqa: S314 - written a line ago, by us

    assert "The contract is broken" in page
    assert TOGGLE in page
    assert suites.find(".//failure") is not None


def test_planted_bugs_stand_in_the_report_with_what_noticed_them(tmp_path: Path) -> None:
    """Only where the runner has a mock of its own to plant them into."""
    main(["--only", TOGGLE, "--report", str(tmp_path)])
    bugs = {bug["name"]: bug["caught"] for bug in document(tmp_path)["planted_bugs"]}

    assert bugs["a_toggle_toggles_nothing"] is True
    assert all(bugs.values())
    assert "a_toggle_toggles_nothing" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_a_bug_that_nothing_notices_breaks_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A suite without teeth proves nothing."""
    monkeypatch.setattr(apart, "ProcessPoolExecutor", lambda count, **_: ThreadPoolExecutor(count))
    monkeypatch.setattr(
        teeth, "notices", lambda name, _defect, _run: name != "a_toggle_changes_the_switch_of_a_reward_chain_alone"
    )
    code = main(["--only", TOGGLE, "--report", str(tmp_path)])

    assert code == 1
    assert {failure["kind"] for failure in document(tmp_path)["failures"]} == {"planted bugs"}


def test_one_seed_gives_one_run(serve: Serve, tmp_path: Path) -> None:
    """Same seed and same server: the same requests and the same report, but for its date."""
    first, second = Watched(), Watched()
    reports = []
    for server in (first, second):
        run(serve, server, tmp_path, "--only", "clans")
        reports.append({key: value for key, value in document(tmp_path).items() if key not in ("finished_at", "target")})

    assert first.sent == second.sent
    assert reports[0] == reports[1]


def test_a_read_only_run_sends_nothing_but_get(serve: Serve, tmp_path: Path) -> None:
    """Not even to the control door."""
    server = Watched()
    code = run(serve, server, tmp_path, "--only", "offer_chains", "--read-only")

    assert code == 0
    assert {method for method, _, _ in server.sent} == {"GET"}
    assert any("read-only" in line for line in document(tmp_path)["unverified"])


def test_what_a_server_has_no_door_for_is_listed(
    serve: Serve, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without control door and user token laws and calls of users are not verified, and do not count as passed."""
    some = [check for check in all_checks() if check.kind == "credentials" and check.area in ("clans", "value_points")]
    monkeypatch.setattr(runner, "all_checks", lambda: [*some, replace(some[0], kind="laws", name="a_law", needs_control=True)])
    code = run(serve, Watched(control=False), tmp_path)
    rows = {(row["area"], row["kind"]): row for row in document(tmp_path)["table"]}
    printed = capsys.readouterr().out

    assert code == 0
    assert rows["clans", "credentials"]["not_verified"] == rows["clans", "credentials"]["checks"] == 2
    assert "no user token" in printed
    assert "a_law: it needs a control door" in printed


def test_nothing_verified_is_not_held(serve: Serve, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A run that could look at nothing says so."""
    code = run(serve, Watched(control=False), tmp_path, "--only", "user-clan-update")

    assert code == 2
    assert one_sentence(capsys).startswith("liveops-verify: nothing could be verified")


def test_a_server_that_is_down_is_no_verdict(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 2."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        number = free.getsockname()[1]
    code = main(arguments(f"http://127.0.0.1:{number}", tmp_path))

    assert code == 2
    assert "does not answer" in one_sentence(capsys)


def test_a_server_that_dies_meanwhile_is_no_verdict(serve: Serve, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Exit code 2, and the check that was under way."""
    code = run(serve, Mortal(), tmp_path, "--only", "value_points")

    assert code == 2
    assert "stopped answering during near misses" in capfd.readouterr().err


def test_a_wrong_key_is_no_verdict(serve: Serve, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 2; nothing is proven about the server."""
    with serve(Watched(control=False)) as url:
        code = main(["--target", url, "--api-key", "wrong-key", "--report", str(tmp_path)])

    assert code == 2
    assert "refuses the API key" in one_sentence(capsys)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (["--only", "reward_chain"], "reward_chains"),
        (["--only", "admin-toggle-reward-chains"], "admin-toggle-reward-chain"),
        (["--profile", "fast"], "--profile"),
        (["--seed", "-1"], "--seed"),
        (["--surprise"], "--surprise"),
        (["--target", "localhost:8080", "--api-key", "some-key"], "base URL"),
        (["--target", "http://u:p@localhost", "--api-key", "some-key"], "credentials"),
        (["--target", "http://localhost"], "LIVEOPS_API_KEY"),
        (["--read-only", "--allow-writes"], "contradict"),
        (["--report", "/dev/null/x"], "another folder"),
    ],
)
def test_an_option_that_makes_no_sense_is_named(wrong: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 2, one sentence, and the way out."""
    assert main(wrong) == 2
    assert said in one_sentence(capsys)


def one_sentence(capsys: pytest.CaptureFixture[str]) -> str:
    """What was said on the error stream, which is one line and no traceback."""
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1
    return lines[0]


def test_a_server_elsewhere_is_not_written_to_unless_that_is_said() -> None:
    """Players may be on it, whether it has a control door or not."""
    answers = [elsewhere(*more).writes for more in ([], ["--allow-writes"], ["--read-only"])]

    assert answers == [False, True, False]


def elsewhere(*more: str) -> Options:
    """Options for a server that is not on this machine."""
    return parsed(["--target", "https://store.xsolla.com/api", "--api-key", KEY, *more])


@pytest.mark.parametrize("area", areas())
def test_a_run_of_an_area_makes_every_check_about_it(area: str) -> None:
    """Also those that another area counts as its own: one fault in bonuses is noticed by a law of discounts."""
    own = {operation.id for operation in operations() if operation.area == area}
    about = {check.name for check in all_checks() if own.intersection(check.operations)}

    assert about - {check.name for check in runner.chosen(parsed(["--only", area]), PROFILES["gate"])} == set()


@pytest.mark.slow
def test_schemathesis_finds_a_rule_that_fails(serve: Serve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it finds stands in the report like any other failure, the same each time, with a command and without a secret."""
    monkeypatch.setattr(runner, "all_checks", lambda: [check for check in all_checks() if check.kind == "schemathesis"])
    monkeypatch.setitem(PROFILES, "gate", replace(PROFILES["gate"], fuzz_examples=2))
    more = ("--only", DELETE, "--profile", "gate")
    told = []
    for rule in (RULES[DELETE], broken_rule, broken_rule):
        code = run(serve, Watched(rules={**RULES, DELETE: rule}), tmp_path, *more)
        told.append((code, document(tmp_path)["failures"]))
    sound, (code, failures), again = told
    found = failures[0]

    assert sound == (0, [])
    assert (code, failures) == (1, again[1])
    assert (found["operation"], found["kind"]) == (DELETE, "schemathesis")
    assert '-u "$PROJECT_ID:$LIVEOPS_API_KEY" $LIVEOPS_URL/v2/project/$PROJECT_ID/' in found["curl"][0]
