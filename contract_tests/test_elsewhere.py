"""A server elsewhere: nothing is written unless that is said; then everything carries a mark and is gone at the end."""

import re
import signal
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from conftest import Serve
from liveops_contract import options, runner, tidying
from liveops_contract.command_line import main
from liveops_contract.doors import HttpDoor, NoTrust, OneAtATime, TooBusy
from liveops_contract.kinds import all_checks
from liveops_contract.ledger import NAME
from liveops_contract.manners import Manners, Pace, asked_wait
from liveops_contract.signing import basic, hand_made_token
from test_runner import KEY, SECRET, Reply, Watched, arguments, document, one_sentence, run

KINDS = ("near misses", "laws")
AREAS = ("value_points", "coupons", "bonuses")
LISTS = (
    "/v2/project/44056/admin/items/value_points",
    "/v3/project/44056/admin/coupon",
    "/v3/project/44056/admin/promotion/bonus",
)
GATE = "gate-secret-nobody-may-read"


class Elsewhere(Watched):
    """A mock without a control door that remembers what was made and which headers came."""

    def __init__(self, *, control: bool = False) -> None:
        super().__init__(control=control)
        self.created: list[bytes] = []
        self.gates: set[str] = set()

    def handle(self, method: str, target: str, headers: dict[str, str], body: bytes) -> Reply:
        """Answer as the mock does."""
        self.gates.add(headers.get("x-gate", ""))
        reply = super().handle(method, target, headers, body)
        if method == "POST" and reply[0] == 201 and not target.endswith("/code"):
            self.created.append(body)
        return reply

    def things(self) -> list[bytes]:
        """What the operator sees."""
        signed = {"authorization": basic(44056, KEY)}
        return [self.mock.handle("GET", path, signed, b"")[2] for path in LISTS]


class Busy(Watched):
    """Refuses every second request, for as long as the header says."""

    def __init__(self, wait: str) -> None:
        super().__init__()
        self.wait = wait

    def handle(self, method: str, target: str, headers: dict[str, str], body: bytes) -> Reply:
        """429 first, the answer then."""
        reply = super().handle(method, target, headers, body)
        return (429, [("Retry-After", self.wait)], b"") if len(self.sent) % 2 else reply


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> Elsewhere:
    """A server for which no address counts as this machine."""
    monkeypatch.setattr(options, "is_loopback", lambda _host: False)
    few = [check for check in all_checks() if check.kind in KINDS and check.area in AREAS]
    monkeypatch.setattr(runner, "all_checks", lambda: few)
    return Elsewhere()


@pytest.mark.parametrize("control", [True, False])
def test_nothing_is_written_elsewhere_unless_that_is_said(
    elsewhere: Elsewhere, control: bool, serve: Serve, tmp_path: Path
) -> None:
    """Control door or not."""
    server = Elsewhere(control=control)
    run(serve, server, tmp_path)

    assert {method for method, _, _ in server.sent} == {"GET"}
    assert type(server) is type(elsewhere)


def test_what_a_run_makes_carries_its_mark_and_is_gone_at_the_end(elsewhere: Elsewhere, serve: Serve, tmp_path: Path) -> None:
    """The sound mock holds all the same, and is what it was."""
    before = elsewhere.things()
    code = run(serve, elsewhere, tmp_path, "--allow-writes")

    assert (code, document(tmp_path)["failures"]) == (0, [])
    assert len(elsewhere.created) > 100
    # A thing whose name has no language has no text to carry a mark; the ledger has it.
    assert not [body for body in elsewhere.created if b"lvt" not in body and b'"name":{}' not in body]
    assert elsewhere.things() == before


def test_what_was_there_is_not_touched(elsewhere: Elsewhere, serve: Serve, tmp_path: Path) -> None:
    """Things of others stay, though the checks delete and replace under the names of the examples."""
    with serve(elsewhere) as url:
        door, signed = HttpDoor(url), {"Authorization": basic(44056, KEY), "Content-Type": "application/json"}
        door.send("POST", LISTS[0], signed, b'{"sku":"booster_mega_1","name":{"en":"Ours"}}')
        before = elsewhere.things()
        main(arguments(url, tmp_path, "--allow-writes"))
        door.close()

    assert b"booster_mega_1" in before[0]
    assert elsewhere.things() == before


def test_a_thing_of_others_under_a_name_that_checks_use_is_no_failure(elsewhere: Elsewhere, serve: Serve, tmp_path: Path) -> None:
    """The list shows it beside ours, which was deleted under its mark."""
    with serve(elsewhere) as url:
        door, signed = HttpDoor(url), {"Authorization": basic(44056, KEY), "Content-Type": "application/json"}
        for sku in "0", "1", "00":
            door.send("POST", LISTS[0], signed, b'{"sku":"%s","name":{"en":"Ours"}}' % sku.encode())
        before = elsewhere.things()
        code = main(arguments(url, tmp_path, "--allow-writes", "--only", "value_points"))
        door.close()

    assert b'"sku":"0"' in before[0].replace(b": ", b":")
    assert (code, document(tmp_path)["failures"], elsewhere.things()) == (0, [], before)


@pytest.fixture
def ctrl_c() -> Iterator[None]:
    """Ctrl-C interrupts, also where the shell that started the tests in the background had it ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("ctrl_c")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_interrupted_leaves_nothing(
    elsewhere: Elsewhere, serve: Serve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    """Ctrl-C, or whatever ends programs; exit code 2."""
    before, handler = elsewhere.things(), signal.getsignal(signal.SIGTERM)
    monkeypatch.setattr(runner, "_line", lambda _results: interrupted(elsewhere, before, number))
    code = run(serve, elsewhere, tmp_path, "--allow-writes")

    assert code == 2
    assert elsewhere.things() == before
    assert signal.getsignal(signal.SIGTERM) == handler


def interrupted(server: Elsewhere, before: list[bytes], number: signal.Signals) -> str:
    """Presses Ctrl-C as soon as something was made."""
    if server.things() != before:
        signal.raise_signal(number)
    return "nothing yet"


class Rented(OneAtATime):
    """A mock with a control door that stands elsewhere and answers one request after the other."""

    def __init__(self) -> None:
        self.there = Elsewhere(control=True)
        super().__init__(self.there)

    def projects(self) -> set[str]:
        """Every project that a run made and that was still there to be deleted."""
        targets = {target for method, target, _ in self.there.sent if method == "PUT"}
        made = {target for target in targets if re.fullmatch(r"/__control__/projects/9\d{8}", target)}
        merchant = {"authorization": basic(12345, KEY)}
        return {target for target in made if self.there.mock.handle("DELETE", target, merchant, b"")[0] != 404}


@pytest.mark.parametrize("connections", ["1", "4"])
@pytest.mark.parametrize("ended", [False, True])
def test_projects_that_a_control_door_elsewhere_made_are_gone_at_the_end(
    elsewhere: Elsewhere, serve: Serve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, connections: str, ended: bool
) -> None:
    """Also when the run is ended on its way, over however many connections; the project of the run is what it was."""
    server, few = Rented(), [check for check in all_checks() if check.kind == "laws" and check.area == "value_points"]
    monkeypatch.setattr(runner, "all_checks", lambda: few[:3])
    before = server.there.things()
    if ended:
        monkeypatch.setattr(runner, "_line", lambda _results: signal.raise_signal(signal.SIGTERM))
    code = run(serve, server, tmp_path, "--allow-writes", "--connections", connections)
    targets = [target for _, target, _ in server.there.sent]

    assert code == (2 if ended else 0)
    assert any("/__control__/projects/9000000" in target for target in targets)
    assert server.projects() == set()
    assert server.there.things() == before
    assert type(elsewhere) is Elsewhere


def test_calls_of_users_elsewhere_are_made_with_the_token_of_the_run(
    elsewhere: Elsewhere, serve: Serve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What operators make meanwhile is marked and gone; the token is nowhere to be read."""
    kinds = ("near misses", "credentials", "missing things")
    few = [check for check in all_checks() if check.kind in kinds and check.area in ("clans", "value_points")]
    monkeypatch.setattr(runner, "all_checks", lambda: few)
    token = hand_made_token({"sub": "user_1", "exp": 4102444800, "iat": 0, "xsolla_login_project_id": "contract"}, SECRET)
    before = elsewhere.things()
    code = run(serve, elsewhere, tmp_path, "--allow-writes", "--user-token", token)
    left_out = [line for line in document(tmp_path)["unverified"] if "no user token" in line]

    assert (code, document(tmp_path)["failures"], left_out) == (0, [], [])
    assert any("/user/" in target for _, target, _ in elsewhere.sent)
    assert elsewhere.things() == before
    assert not [path for path in tmp_path.iterdir() if token in path.read_text(encoding="utf-8")]


def test_what_a_killed_run_left_is_cleaned_up(
    elsewhere: Elsewhere, serve: Serve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From its ledger, or from the lists where the last line was not written any more."""
    before = elsewhere.things()
    monkeypatch.setattr(tidying, "remove", lambda *_: 0)
    with serve(elsewhere) as url:
        main(arguments(url, tmp_path, "--allow-writes", "--only", "bonuses"))
        left = elsewhere.things()
        ledger = tmp_path / NAME
        ledger.write_text("\n".join(ledger.read_text(encoding="utf-8").splitlines()[:-1]) + "\n", encoding="utf-8")
        monkeypatch.undo()
        code = main(["cleanup", str(tmp_path), *arguments(url, tmp_path)])

    assert left != before
    assert (code, elsewhere.things()) == (0, before)


def test_cleaning_up_on_another_server_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The numbers of one server are things of others on the next."""
    lines = '{"tag": "lvt1", "server": "http://127.0.0.1:1"}\n{"made": "/v2/x"}\n'
    (tmp_path / NAME).write_text(lines, encoding="utf-8")

    assert main(["cleanup", str(tmp_path), *arguments("http://127.0.0.1:2", tmp_path)]) == 2
    assert "http://127.0.0.1:1" in one_sentence(capsys)


def test_headers_are_sent_with_everything_and_never_shown(
    serve: Serve, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """They may open a gate."""
    server = Elsewhere(control=True)
    run(serve, server, tmp_path, "--only", "user-clan-update", "--header", f"X-Gate: {GATE}")
    printed = capsys.readouterr()
    texts = [printed.out, printed.err, *(path.read_text(encoding="utf-8") for path in tmp_path.iterdir())]

    assert server.gates == {GATE}
    assert not [text for text in texts if GATE in text]


def test_a_busy_server_is_waited_for(serve: Serve) -> None:
    """As long as it says; one that asks for an hour is not."""
    with (
        serve(Busy("0")) as url,
        serve(Busy("3600")) as slow,
        closing(HttpDoor(url)) as door,
        closing(HttpDoor(slow)) as other,
    ):
        answer = door.send("GET", "/surprise", {})
        with pytest.raises(TooBusy, match="3600 s more"):
            other.send("GET", "/surprise", {})

    assert answer.status == 404


def test_a_wait_is_a_number_or_a_date() -> None:
    """As RFC 9110 has them; whoever is not busy asks for nothing."""
    assert asked_wait(429, "7") == 7
    assert asked_wait(503, "Wed, 21 Oct 2015 07:28:00 GMT") == 0
    assert [asked_wait(429, "soon"), asked_wait(200, "7"), asked_wait(503, None)] == [None, None, None]


def test_a_rate_is_kept() -> None:
    """The requests of a run leave no faster, however many threads there are."""
    now = [0.0]
    pace = Pace(4, clock=lambda: now[0], sleep=lambda seconds: now.__setitem__(0, now[0] + seconds))
    for _ in range(9):
        pace.wait()

    assert now[0] == 2.0


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (["--rate", "fast"], "20/s"),
        (["--header", f"X-Gate {GATE}"], "Name: value"),
        (["--header", "Authorization: x"], "send themselves"),
        (["--shard", "4/3"], "2/3"),
        (["--ca", "none.pem"], "https://"),
        (["--target", "https://localhost", "--api-key", "some-key", "--ca", "none.pem"], "No such file"),
        (["--target", "https://localhost", "--api-key", "some-key", "--ca", __file__], "PEM"),
    ],
)
def test_an_option_for_elsewhere_that_makes_no_sense_is_named(
    wrong: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 2, one sentence, no secret."""
    assert main(wrong) == 2
    sentence = one_sentence(capsys)
    assert said in sentence
    assert GATE not in sentence


class Plain(BaseHTTPRequestHandler):
    """Answers, behind TLS."""

    def do_GET(self) -> None:
        """An empty answer."""
        self.send_response(204)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name in the base class
        """Stay quiet."""


def certificate(folder: Path) -> Path:
    """A certificate of localhost that nobody else signed, and its key."""
    made = folder / "both.pem"
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    asked = ["-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *names, "-keyout", str(made), "-out", str(folder / "ca.pem")]
    subprocess.run(["openssl", "req", *asked], check=True, capture_output=True)  # noqa: S607 - openssl is part of the system
    made.write_text(made.read_text() + (folder / "ca.pem").read_text())
    return made


def asked_over_tls(folder: Path, newest: ssl.TLSVersion, manners: Manners) -> int:
    """Status of a request to a server that speaks nothing newer than this."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate(folder))
    context.minimum_version, context.maximum_version = ssl.TLSVersion.MINIMUM_SUPPORTED, newest
    context.set_ciphers("ALL:@SECLEVEL=0")
    with HTTPServer(("127.0.0.1", 0), Plain) as server:
        server.handle_error = lambda *_: None  # type: ignore[method-assign]
        server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        try:
            with closing(HttpDoor(f"https://localhost:{server.server_port}", manners)) as door:
                return door.send("GET", "/", {}).status
        finally:
            server.shutdown()


def test_a_named_ca_is_trusted_and_no_other(tmp_path: Path) -> None:
    """The sentence says how to name it."""
    known = Manners(ca=str(tmp_path / "ca.pem"))
    certificate(tmp_path)
    with pytest.raises(NoTrust, match="give the CA that signed it with --ca"):
        asked_over_tls(tmp_path, ssl.TLSVersion.TLSv1_3, Manners())

    assert asked_over_tls(tmp_path, ssl.TLSVersion.TLSv1_2, known) == 204


@pytest.mark.filterwarnings("ignore:.*TLS:DeprecationWarning")
def test_tls_older_than_1_2_is_refused(tmp_path: Path) -> None:
    """Whatever the server offers."""
    with pytest.raises(NoTrust, match=r"no TLS 1[.]2 or newer"):
        asked_over_tls(tmp_path, ssl.TLSVersion.TLSv1_1, Manners(ca=str(certificate(tmp_path).with_name("ca.pem"))))
