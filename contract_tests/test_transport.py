"""Whatever a server does on the wire, a call ends in a named error, in time, and no write is repeated whose fate is unknown."""

import asyncio
import random
import time
import tracemalloc
from collections.abc import Callable, Generator
from contextlib import closing
from functools import cache
from typing import Any, cast

import httpx
import pytest
from fault_server import (
    JSON,
    Fault,
    FaultServer,
    drips,
    first,
    floods,
    gzip_bomb,
    hangs_up,
    reply,
    resets,
    says_nothing,
    sends,
    serving,
    zipped,
)
from xsolla_liveops import AsyncLiveOps, AuthenticatedClient, Client, LiveOps, LiveOpsError, UnreadableAnswer, errors
from xsolla_liveops.api.daily_chains import admin_get_daily_chain

SECRET = "5w0rdf15h"
Way = Callable[..., Generator[LiveOpsError | None, None, None]]
# Read once: to read the certificates takes longer than most calls.
CONTEXT = httpx.create_ssl_context()
PATIENT: dict[str, Any] = {"verify_ssl": CONTEXT, "timeout": 5, "total_timeout": 10, "httpx_args": {"trust_env": False}}
QUICK: dict[str, Any] = {"timeout": 0.5, "total_timeout": 0.7}
SLOW = (errors.TimedOut, errors.LiveOpsError)
PAGE = b'{"has_more": false, "total_items_count": 0, "items": []}'
CHUNKED = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
DEEP = b"[" * 100_000


@cache
def bomb() -> bytes:
    """One gigabyte of zeros in one megabyte."""
    return reply(200, gzip_bomb(1024), JSON, "Content-Encoding: gzip")


FAULTS: dict[str, tuple[Callable[[], Fault], type[LiveOpsError]]] = {
    "says nothing": (lambda: says_nothing, errors.TimedOut),
    "slow loris in the headers": (lambda: drips(reply(200, PAGE, JSON), 0.05), errors.TimedOut),
    "slow loris in the body": (
        lambda: first(reply(200, b"", JSON, length=999), drips(PAGE, 0.1)),
        errors.TimedOut,
    ),
    "a flood of 1xx": (lambda: floods(b"HTTP/1.1 102 Processing\r\n\r\n"), errors.TimedOut),
    "headers without end": (lambda: floods(b"HTTP/1.1 200 OK\r\nX-A: " + b"a" * 65536), errors.ConnectionFailed),
    "a body without end": (
        lambda: first(CHUNKED, floods(b"1000\r\n" + b" " * 4096 + b"\r\n")),
        errors.LiveOpsError,
    ),
    "gzip bomb": (lambda: sends(bomb()), errors.UnexpectedAnswer),
    "gzip of gzip": (
        lambda: sends(reply(200, zipped(zipped(PAGE)), JSON, "Content-Encoding: gzip, gzip")),
        errors.UnexpectedAnswer,
    ),
    "cut gzip": (lambda: sends(reply(200, zipped(PAGE)[:-9], JSON, "Content-Encoding: gzip")), errors.UnexpectedAnswer),
    "no gzip": (lambda: sends(reply(200, PAGE, JSON, "Content-Encoding: gzip")), errors.UnexpectedAnswer),
    "unknown encoding": (lambda: sends(reply(200, PAGE, JSON, "Content-Encoding: br")), errors.UnexpectedAnswer),
    "truncated JSON": (lambda: sends(reply(200, PAGE[:-5], JSON)), errors.UnexpectedAnswer),
    "HTML": (lambda: sends(reply(200, b"<html>Sorry</html>", "Content-Type: text/html")), errors.UnexpectedAnswer),
    "HTML of a gateway": (lambda: sends(reply(502, b"<html>Bad gateway</html>", "Content-Type: text/html")), errors.ServerError),
    "wrong media type": (lambda: sends(reply(200, PAGE, "Content-Type: text/plain")), errors.UnexpectedAnswer),
    "429": (lambda: sends(reply(429)), errors.RateLimited),
    "429 with Retry-After": (lambda: sends(reply(429, b"", "Retry-After: 60")), errors.RateLimited),
    "503": (lambda: sends(reply(503)), errors.ServerError),
    "520": (lambda: sends(reply(520, b"<html>")), errors.ServerError),
    "status 999": (lambda: sends(reply(999)), errors.UnexpectedAnswer),
    "redirect to another host": (lambda: sends(reply(302, b"", "Location: http://localhost:9/")), errors.UnexpectedAnswer),
    "redirect to nowhere": (lambda: sends(reply(302, b"", "Location: http://[")), errors.UnexpectedAnswer),
    "two lengths": (lambda: sends(reply(200, PAGE, JSON, "Content-Length: 3")), errors.ConnectionFailed),
    "two media types": (lambda: sends(reply(200, PAGE, "Content-Type: text/html", JSON)), errors.UnexpectedAnswer),
    "invalid UTF-8": (lambda: sends(reply(200, PAGE.replace(b"items", b"\xff\xfe"), JSON)), errors.UnexpectedAnswer),
    "invalid UTF-8 in a header": (lambda: sends(reply(200, b"\xff", JSON, "X-A: \xff")), errors.UnexpectedAnswer),
    "length too long": (lambda: hangs_up(reply(200, PAGE, JSON, length=999)), errors.ConnectionFailed),
    "length too short": (lambda: sends(reply(200, PAGE, JSON, length=7)), errors.UnexpectedAnswer),
    "chunks of garbage": (lambda: hangs_up(CHUNKED + b"zz\r\n{}\r\n"), errors.ConnectionFailed),
    "cut chunks": (lambda: hangs_up(CHUNKED + b"5\r\n{"), errors.ConnectionFailed),
    "no HTTP": (lambda: hangs_up(b"SSH-2.0-x\r\n"), errors.ConnectionFailed),
    "empty 200": (lambda: sends(reply(200, b"", JSON)), errors.UnexpectedAnswer),
    "204 with a body": (lambda: sends(reply(204, PAGE, JSON)), errors.UnexpectedAnswer),
    "another shape": (lambda: sends(reply(200, b'[1, {"items": 7}]', JSON)), errors.UnexpectedAnswer),
    "deep JSON": (lambda: sends(reply(200, DEEP, JSON)), errors.UnexpectedAnswer),
    "NaN": (lambda: sends(reply(200, b'{"daily_chain_id": NaN}', JSON)), errors.UnexpectedAnswer),
}


def limits(name: str) -> dict[str, Any]:
    """Little time for a fault that lasts until it is over, much for one that is seen at once, however busy the machine is."""
    return QUICK if FAULTS[name][1] in SLOW else {}


@pytest.fixture(autouse=True)
def no_chance(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pauses without their random part, else an attempt may be what the time ends in."""
    monkeypatch.setattr(random, "uniform", lambda low, high: 0.0 * (low + high))


@pytest.fixture
def server() -> Generator[FaultServer, None, None]:
    """A server that says nothing until a test gives it a fault."""
    with serving(says_nothing) as found:
        yield found


def admin(server: FaultServer, **settings: Any) -> LiveOps:
    """LiveOps on this server."""
    return LiveOps.admin(project_id=1, api_key=SECRET, base_url=server.url, **{**PATIENT, **settings})


def plain(server: FaultServer, write: bool, **settings: Any) -> Generator[LiveOpsError | None, None, None]:
    """The error of a call that reads or writes, again and again; None for a success."""
    with admin(server, **settings) as found:
        while True:
            try:
                if write:
                    found.daily_chains.reset(1)
                else:
                    found.daily_chains.get(1)
                yield None
            except LiveOpsError as error:
                yield error


def awaited(server: FaultServer, write: bool, **settings: Any) -> Generator[LiveOpsError | None, None, None]:
    """The same, async."""

    async def one() -> LiveOpsError | None:
        try:
            await (liveops.daily_chains.reset(1) if write else liveops.daily_chains.get(1))
        except LiveOpsError as error:
            return error
        return None

    liveops = AsyncLiveOps(admin(server, **settings).client, project_id=1)
    with asyncio.Runner() as runner:
        while True:
            try:
                yield runner.run(one())
            except GeneratorExit:
                runner.run(liveops.aclose())
                return


def called(server: FaultServer, way: Way, write: bool, **settings: Any) -> LiveOpsError | None:
    """What one such call ends in."""
    with closing(way(server, write, **settings)) as calls:
        return next(calls)


WAYS: list[Way] = [plain, awaited]


class TestFaults:
    """Each fault, sync and async."""

    @pytest.mark.parametrize("way", WAYS)
    @pytest.mark.parametrize("name", FAULTS)
    def test_a_fault_ends_in_a_named_error_within_its_time(self, server: FaultServer, name: str, way: Way) -> None:
        """A read may be repeated meanwhile; the time for the whole call is kept."""
        make, kind = FAULTS[name]
        server.fault = make()
        began = time.monotonic()
        error = called(server, way, write=False, **limits(name))

        assert isinstance(error, kind), error
        assert time.monotonic() - began < (3 if limits(name) else 10)
        assert SECRET not in f"{error}{error!r}{vars(error)}"

    @pytest.mark.parametrize("name", [name for name in FAULTS if name != "204 with a body"])
    def test_no_fault_makes_a_write_come_twice(self, server: FaultServer, name: str) -> None:
        """A reset of a chain is sent once, whatever becomes of its answer."""
        server.fault = FAULTS[name][0]()
        error = called(server, plain, write=True, **limits(name))

        assert isinstance(error, LiveOpsError)
        assert len(server.requests) == 1

    @pytest.mark.parametrize("way", WAYS)
    @pytest.mark.parametrize("write", [False, True], ids=["read", "write"])
    def test_a_reset_at_any_byte_is_a_named_error(self, server: FaultServer, write: bool, way: Way) -> None:
        """Nothing, part of the headers, part of the body: never half an answer, and a write is sent once."""
        answer = reply(422, b'{"errorCode": 1}', JSON)
        with closing(way(server, write, retries=2 if write else 0)) as calls:
            for length in range(len(answer)):
                server.fault, server.requests[:] = resets(answer[:length]), []
                error = next(calls)
                assert type(error) is errors.ConnectionFailed, (length, error)
                assert len(server.requests) == 1

    @pytest.mark.parametrize("name", FAULTS)
    def test_the_functions_raise_what_they_document(self, server: FaultServer, name: str) -> None:
        """An error of httpx, `UnreadableAnswer`, or an answer that was not parsed."""
        server.fault = FAULTS[name][0]()
        try:
            with admin(server, retries=0, **limits(name)) as liveops:
                answer = admin_get_daily_chain.sync_detailed(1, 1, client=cast(AuthenticatedClient, liveops.client))
        except (httpx.RequestError, UnreadableAnswer) as error:
            assert str(error)  # noqa: PT017 - an answer is fine, too
        else:
            assert answer.parsed is None

    def test_a_bomb_needs_little_memory(self, server: FaultServer) -> None:
        """A gigabyte of zeros is given up at the limit."""
        server.fault = sends(bomb())
        tracemalloc.start()
        error = called(server, plain, write=False, largest_answer=2**20)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()

        assert "more than 1048576 bytes" in str(error)
        assert peak < 20 * 2**20

    def test_what_follows_a_wrong_length_is_no_answer(self, server: FaultServer) -> None:
        """The rest of one answer is not taken for the next one."""
        server.fault = sends(reply(204, reply(200, PAGE, JSON), JSON))
        with admin(server, retries=0) as liveops:
            liveops.daily_chains.reset(1)
            with pytest.raises(LiveOpsError):
                liveops.daily_chains.get(1)

    def test_a_client_without_credentials_is_as_careful(self) -> None:
        """The bounds belong to every client."""
        client = Client(base_url=f"http://user:{SECRET}@127.0.0.1:1")

        assert SECRET not in repr(client)
        assert (client.seconds_for_a_call, client.with_timeout(None).seconds_for_a_call) == (30.0, None)
