"""How the suite reads what a server sends, whatever it is: it answers, or says in one sentence why that is no answer."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest
from liveops_contract.doors import Answer, HttpDoor, NoAnswer
from liveops_contract.wire import CONNECT_TRIES, Wire

FINE = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok"


class Listener:
    """Sends one of its answers for each request that it reads, on as many connections as come; an empty one hangs up."""

    def __init__(self, answers: tuple[bytes, ...]) -> None:
        self.answers, self.asked, self.callers = list(answers), list[bytes](), 0
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.socket.getsockname()[1]}"
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self) -> None:
        """Until the socket is closed."""
        while self.answers:
            try:
                caller, _ = self.socket.accept()
            except OSError:
                return
            self.callers += 1
            with caller:
                self.serve(caller)

    def serve(self, caller: socket.socket) -> None:
        """One caller, until an answer without a length ends with the connection."""
        while self.answers and (asked := caller.recv(65536)):
            self.asked.append(asked)
            answer = self.answers.pop(0)
            caller.sendall(answer)
            if b"content-length: 2" not in answer:
                return


@pytest.fixture
def listening() -> Iterator[Callable[..., Listener]]:
    """A server that sends these bytes."""
    made: list[Listener] = []

    def listen(*answers: bytes) -> Listener:
        made.append(Listener(answers))
        return made[-1]

    yield listen
    for each in made:
        each.socket.close()


@pytest.mark.parametrize(
    ("sent", "body"),
    [
        (FINE, b"ok"),
        (b"HTTP/1.1 100 Continue\r\nx: 1\r\n\r\n" + FINE, b"ok"),
        (b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nok\r\n0\r\ntrailer: 1\r\n\r\n", b"ok"),
        (b"HTTP/1.0 200 OK\r\n\r\nas long as it lasts", b"as long as it lasts"),
        (b"HTTP/1.1 200\r\ncontent-length: 0\r\n\r\n", b""),
        (FINE + b"HTTP/1.1 500 Not asked for\r\ncontent-length: 5\r\n\r\nwrong", b"ok"),
        (FINE + b"garbage", b"ok"),
    ],
)
def test_an_answer_is_read_however_it_is_framed(listening: Callable[..., Listener], sent: bytes, body: bytes) -> None:
    """By length, in chunks, to the end of the connection, after an interim answer; what follows it belongs to nobody."""
    with closing(HttpDoor(listening(sent).url)) as door:
        answer = door.send("GET", "/surprise", {})

    assert (answer.status, answer.body) == (200, body)
    assert not [name for name, _ in answer.headers if name in ("x", "trailer")]


def test_a_head_has_no_body_and_the_next_answer_is_its_own(listening: Callable[..., Listener]) -> None:
    """Its length is that of another answer."""
    server = listening(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nX-One:  1 \r\n\r\n", FINE)
    with closing(HttpDoor(server.url)) as door:
        answers = [door.send("HEAD", "/", {}), door.send("GET", "/", {})]

    assert answers == [
        Answer(200, (("content-length", "2"), ("X-One", "1")), b""),
        Answer(200, (("content-length", "2"),), b"ok"),
    ]
    assert server.callers == 1


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (b"SSH-2.0-OpenSSH\r\n", "not HTTP/1.1"),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 20\r\n\r\nok", "in the middle"),
        (b"HTTP/1.1 200 OK\r\ncontent", "in the middle"),
        (b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n9\r\nok", "in the middle"),
        (b"", "without an answer"),
    ],
)
def test_what_is_no_answer_is_named(listening: Callable[..., Listener], sent: bytes, said: str) -> None:
    """With the request and what came."""
    with closing(HttpDoor(listening(sent).url)) as door, pytest.raises(NoAnswer, match=f"GET /surprise: .*{said}"):
        door.send("GET", "/surprise", {})


def test_a_connection_that_was_let_go_is_made_anew(listening: Callable[..., Listener]) -> None:
    """Once: a server that hangs up on a new one answers nothing."""
    server = listening(FINE, b"", FINE, b"", b"")
    with closing(HttpDoor(server.url)) as door:
        bodies = [door.send("GET", "/", {}).body for _ in range(2)]
        with pytest.raises(NoAnswer, match="without an answer"):
            door.send("GET", "/", {})

    assert (bodies, server.callers) == ([b"ok", b"ok"], 3)


def test_a_request_leaves_byte_for_byte(listening: Callable[..., Listener]) -> None:
    """Its target as it is, a length where there is a body or might be one, and one host."""
    server = listening(FINE, FINE)
    with closing(HttpDoor(server.url + "/api/")) as door:
        door.send("PUT", "/a%2Fb?x=%20", {"X-One": "ä"}, b"{}")
        door.send("POST", "/", {})

    host = server.url.removeprefix("http://").encode()
    always = b"Host: " + host + b"\r\nAccept-Encoding: identity\r\n"
    assert server.asked == [
        b"PUT /api/a%2Fb?x=%20 HTTP/1.1\r\n" + always + b"X-One: \xe4\r\nContent-Length: 2\r\n\r\n{}",
        b"POST /api/ HTTP/1.1\r\n" + always + b"Content-Length: 0\r\n\r\n",
    ]


def test_a_header_that_would_end_its_line_is_refused(listening: Callable[..., Listener]) -> None:
    """It would begin another one; its value is not shown, it may be a secret."""
    with closing(HttpDoor(listening(FINE).url)) as door, pytest.raises(ValueError, match="'X-One' holds a control") as refused:
        door.send("GET", "/", {"X-One": "some-secret\r\nX-Two: 2"})

    assert "some-secret" not in str(refused.value)


def test_the_answer_to_an_interrupted_request_is_nobodys(
    listening: Callable[..., Listener], monkeypatch: pytest.MonkeyPatch
) -> None:
    """After Ctrl-C the suite tidies up; what it asks then must not read what was asked before."""
    server = listening(FINE, FINE.replace(b"ok", b"it"))
    whole = Wire._exchange

    def interrupted(self: Wire, asked: bytes, reading: object) -> object:
        if not server.asked:
            whole(self, asked, reading)  # type: ignore[arg-type]
            raise KeyboardInterrupt
        return whole(self, asked, reading)  # type: ignore[arg-type]

    monkeypatch.setattr(Wire, "_exchange", interrupted)
    with closing(HttpDoor(server.url)) as door:
        with pytest.raises(KeyboardInterrupt):
            door.send("GET", "/", {})
        answer = door.send("GET", "/", {})

    assert (answer.body, server.callers) == (b"it", 2)


def test_a_crowded_server_is_greeted_again(listening: Callable[..., Listener], monkeypatch: pytest.MonkeyPatch) -> None:
    """It let the first greeting fall; one that lets all of them fall does not answer."""
    server, greet, tried = listening(FINE), socket.create_connection, []

    def crowded(address: tuple[str, int], seconds: float) -> socket.socket:
        tried.append(seconds)
        if len(tried) == 1 or not server.answers:
            raise TimeoutError("timed out")
        return greet(address, seconds)

    monkeypatch.setattr(socket, "create_connection", crowded)
    with closing(HttpDoor(server.url)) as door, closing(HttpDoor(server.url)) as other:
        assert door.send("GET", "/", {}).body == b"ok"
        with pytest.raises(NoAnswer, match="GET /: timed out"):
            other.send("GET", "/", {})

    assert len(tried) == 2 + CONNECT_TRIES
