"""The web server hands everything through, in order, reads no more than it has to, and says how a connection goes on."""

import asyncio
import base64
import json
from typing import Any

import pytest
from liveops_mock import MockServer, web_server
from uvicorn.server import ServerState
from xsolla_liveops.bundle import load_bundle

PAIR = base64.b64encode(b"44056:wire-key").decode()
CHAINS = "/api/v3/project/44056/admin/reward_chain"
HEALTH = "GET /__control__/health HTTP/1.1\r\nHost: mock\r\n"


class Line(asyncio.Transport):
    """The other end of a connection: what was sent, and whether it was closed."""

    def __init__(self) -> None:
        super().__init__()
        self.sent = b""
        self.closed = False
        self.reads = True

    def write(self, data: Any) -> None:
        """Keep what is sent."""
        self.sent += data

    def is_closing(self) -> bool:
        """Whether the server has hung up."""
        return self.closed

    def close(self) -> None:
        """Hang up."""
        self.closed = True

    def pause_reading(self) -> None:
        """Listen no more."""
        self.reads = False

    def resume_reading(self) -> None:
        """Listen again."""
        self.reads = True


class Caller:
    """A client of one connection."""

    def __init__(self) -> None:
        self.line = Line()
        config = web_server(MockServer(44056, "wire-key", "wire-secret-of-32-characters-or-more")).config
        config.load()
        loop = asyncio.new_event_loop()
        self.wire: Any = config.http_protocol_class(config=config, server_state=ServerState(), app_state={}, _loop=loop)  # type: ignore[call-arg]
        self.wire.connection_made(self.line)
        loop.close()

    def send(self, *parts: bytes | str) -> bytes:
        """What the server answers to these pieces."""
        self.line.sent = b""
        for part in parts:
            self.wire.data_received(part.encode() if isinstance(part, str) else part)
        return self.line.sent

    def ask(self, method: str, target: str, body: bytes = b"", fields: str = "") -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body of the answer to one request."""
        return read(self.send(request(method, target, body, fields) + body))


def request(method: str, target: str, body: bytes = b"", fields: str = "") -> bytes:
    """The head of a request with the right credentials."""
    length = f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n" if body else ""
    return f"{method} {target} HTTP/1.1\r\nHost: mock\r\nAuthorization: Basic {PAIR}\r\n{length}{fields}\r\n".encode()


def read(answer: bytes) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of an answer."""
    head, _, body = answer.partition(b"\r\n\r\n")
    status, *lines = head.decode().split("\r\n")
    return int(status.split()[1]), dict(line.split(": ", 1) for line in lines), body


@pytest.fixture
def caller() -> Caller:
    """A client of a fresh mock."""
    return Caller()


def chain() -> bytes:
    """The published reward chain."""
    return json.dumps(load_bundle()["components"]["examples"]["RewardChainCreate"]["value"]).encode()


class TestRequests:
    """However a request comes, the mock gets to see it whole."""

    def test_a_body_in_pieces_is_one_body(self, caller: Caller) -> None:
        """Wherever it is cut."""
        whole = request("POST", CHAINS, chain()) + chain()

        assert read(caller.send(whole[:20], whole[20:300], whole[300:900], whole[900:]))[0] == 201

    def test_a_body_in_chunks_is_one_body(self, caller: Caller) -> None:
        """The length of the whole is not told beforehand."""
        head = request("POST", CHAINS, b"", "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n")
        chunks = [b"%x\r\n%s\r\n" % (len(part), part) for part in (chain()[:100], chain()[100:])]

        assert read(caller.send(head, *chunks, b"0\r\n\r\n"))[0] == 201

    def test_the_headers_of_a_cart_without_login_are_read(self, caller: Caller) -> None:
        """404 for the cart that is not there, not 401."""
        body, user = b'{"coupon_code":"CODE"}', base64.b64encode(b"ann@example.com").decode()
        head = f"POST /v2/project/44056/promocode/redeem HTTP/1.1\r\nHost: mock\r\nX-Unauthorized-Id: ann\r\nx-user: {user}\r\n"
        length = f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        status, _, answer = read(caller.send(head, length, body))

        assert (status, json.loads(answer)["errorCode"]) == (404, 1401)

    def test_a_body_without_end_is_refused(self, caller: Caller) -> None:
        """413, and what comes after the limit is dropped."""
        head = request("POST", CHAINS, b"x" * 8_000_000)
        status, _, body = read(caller.send(head, *[b"x" * 400_000] * 20))

        assert status == 413
        assert len(caller.wire.body) < 1_500_000
        assert len(body) < 1000

    def test_the_query_arrives(self, caller: Caller) -> None:
        """As it was sent."""
        assert caller.ask("GET", f"{CHAINS}?limit=3")[0] == 200
        assert caller.ask("GET", f"{CHAINS}?limit=30")[0] == 422

    def test_a_whole_url_is_a_target_too(self, caller: Caller) -> None:
        """As proxies send it; what stands behind a number sign is not sent on."""
        assert caller.ask("GET", f"http://mock{CHAINS}?limit=3#top")[0] == 200
        assert caller.ask("GET", "http://mock")[0] == 404

    def test_what_waits_for_leave_gets_it(self, caller: Caller) -> None:
        """`100 Continue` goes out before the body comes in."""
        leave = caller.send(request("POST", CHAINS, chain(), "Expect: 100-continue\r\n"))

        assert leave == b"HTTP/1.1 100 Continue\r\n\r\n"
        assert read(caller.send(chain()))[0] == 201

    def test_what_is_no_http_is_refused(self, caller: Caller) -> None:
        """400, and the connection ends."""
        assert caller.send("nonsense\r\n\r\n").startswith(b"HTTP/1.1 400 ")
        assert caller.line.closed


class TestAnswers:
    """Every answer is framed as HTTP wants it."""

    def test_an_answer_says_how_long_it_is(self, caller: Caller) -> None:
        """And what it is."""
        status, fields, body = caller.ask("GET", CHAINS)

        assert (status, fields["content-length"]) == (200, str(len(body)))
        assert fields["content-type"] == "application/json"

    def test_no_content_has_no_length(self, caller: Caller) -> None:
        """204 is the head alone."""
        caller.ask("POST", CHAINS, chain())
        status, fields, body = caller.ask("PUT", f"{CHAINS}/id/1/toggle")

        assert (status, body) == (204, b"")
        assert "content-length" not in fields

    def test_head_gets_the_head_alone(self, caller: Caller) -> None:
        """The method is not described, and its answer has no body."""
        status, fields, body = caller.ask("HEAD", CHAINS)

        assert (status, body) == (405, b"")
        assert int(fields["content-length"]) > 0

    def test_a_refused_method_is_told_what_is_allowed(self, caller: Caller) -> None:
        """The headers of a reply arrive."""
        assert caller.ask("PATCH", CHAINS)[1]["allow"] == "GET, POST"


class TestConnection:
    """A connection stays until the client wants it to end."""

    def test_requests_in_a_row_are_answered_in_order(self, caller: Caller) -> None:
        """Also those that do not wait for the answer before."""
        answers = caller.send(request("POST", CHAINS, chain()) + chain() + request("GET", CHAINS) + request("PATCH", CHAINS))

        assert [int(part[:3]) for part in answers.split(b"HTTP/1.1 ")[1:]] == [201, 200, 405]
        assert not caller.line.closed

    def test_a_client_that_goes_is_told_goodbye(self, caller: Caller) -> None:
        """Nothing that it sends afterwards is carried out."""
        first, later = request("GET", CHAINS, b"", "Connection: close\r\n"), request("POST", CHAINS, chain()) + chain()
        answer = caller.send(first + later)

        assert answer.count(b"HTTP/1.1 ") == 1
        assert b"connection: close\r\n" in answer
        assert caller.line.closed

    def test_a_client_that_does_not_read_is_not_read(self, caller: Caller) -> None:
        """Until it reads again."""
        caller.wire.pause_writing()
        paused = caller.line.reads
        caller.wire.resume_writing()

        assert (paused, caller.line.reads) == (False, True)

    def test_an_upgrade_is_answered_as_plain_http(self, caller: Caller) -> None:
        """There is nothing to upgrade to."""
        assert caller.send(HEALTH + "Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n").startswith(b"HTTP/1.1 200 ")

    def test_the_end_of_the_server_ends_the_connection(self, caller: Caller) -> None:
        """At once, where nothing is under way."""
        caller.wire.shutdown()

        assert caller.line.closed
