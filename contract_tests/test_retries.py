"""What is repeated and what is not, how long a pause is, who is told, and that a client can be shared."""

import asyncio
import copy
import logging
import pickle
import random
import ssl
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from threading import Barrier
from typing import Any

import httpx
import pytest
from fault_server import JSON, FaultServer, one_after_the_other, reply, resets, sends, serving
from liveops_contract.description import operations
from xsolla_liveops import AsyncLiveOps, AuthenticatedClient, Client, LiveOps, errors
from xsolla_liveops.attempts import Attempt
from xsolla_liveops.bundle import load_bundle
from xsolla_liveops.client import tls_context

SECRET = "5w0rdf15h"
PAGE = b'{"has_more": false, "total_items_count": 0, "items": []}'
GOOD = reply(200, PAGE, JSON)
DONE = reply(204)
PLAIN: dict[str, Any] = {"verify_ssl": httpx.create_ssl_context(), "httpx_args": {"trust_env": False}}


@pytest.fixture(autouse=True)
def no_chance(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pauses without their random part."""
    monkeypatch.setattr(random, "uniform", lambda low, high: 0.0 * (low + high))


def admin(server: FaultServer, **settings: Any) -> LiveOps:
    """LiveOps on this server."""
    return LiveOps.admin(project_id=1, api_key=SECRET, base_url=server.url, **{**PLAIN, **settings})


class TestRepeats:
    """Reads are repeated, writes that count twice are not."""

    @pytest.mark.parametrize("status", [429, 502, 503, 504])
    def test_a_busy_server_is_asked_again(self, status: int) -> None:
        """The answer is the one that came in the end, sync and async."""

        async def listed(server: FaultServer) -> list[Any]:
            async with AsyncLiveOps(admin(server).client, project_id=1) as liveops:
                return [chain async for chain in liveops.daily_chains.list()]

        with serving(one_after_the_other(reply(status), reply(status), GOOD)) as server, admin(server) as liveops:
            assert list(liveops.daily_chains.list()) == []
        with serving(one_after_the_other(reply(status), GOOD)) as other:
            assert asyncio.run(listed(other)) == []
        assert (len(server.requests), len(other.requests)) == (3, 2)

    @pytest.mark.parametrize(
        ("settings", "count"), [({}, 1), ({"retry_unsafe": True}, 3), ({"retry_unsafe": True, "retries": 1}, 2)]
    )
    def test_a_write_is_repeated_where_that_was_asked_for(self, settings: dict[str, Any], count: int) -> None:
        """And nowhere else."""
        with serving(sends(reply(503))) as server, admin(server, **settings) as liveops:
            with pytest.raises(errors.ServerError):
                liveops.daily_chains.reset(1)
            assert len(server.requests) == count

    def test_toggles_are_sent_once(self) -> None:
        """A PUT by method, and yet a repeat would switch back."""
        with serving(resets(b"")) as server, admin(server) as liveops:
            with pytest.raises(errors.ConnectionFailed):
                liveops.daily_chains.toggle(1)
            assert len(server.requests) == 1
            with pytest.raises(errors.ConnectionFailed):
                liveops.daily_chains.delete(1)
            assert len(server.requests) == 4

    def test_no_word_of_change_is_repeated_by_method_alone(self) -> None:
        """Whatever toggles, resets, claims or generates is marked in the description."""
        document = load_bundle()
        for operation in operations():
            marked = "x-not-idempotent" in document["paths"][operation.path][operation.method.lower()]
            doubtful = any(word in operation.id for word in ("toggle", "reset", "claim", "generate", "redeem"))
            assert operation.reads_only or operation.method == "POST" or marked or not doubtful, operation.id

    @pytest.mark.parametrize("moment", [False, True], ids=["seconds", "moment"])
    def test_the_server_says_how_long_to_wait(self, moment: bool) -> None:
        """In both forms of Retry-After."""
        told = format_datetime(datetime.now(UTC) + timedelta(seconds=2), usegmt=True) if moment else "1"
        began = time.monotonic()
        with serving(one_after_the_other(reply(429, b"", f"Retry-After: {told}"), GOOD)) as server, admin(server) as liveops:
            assert list(liveops.daily_chains.list()) == []

        assert 0.8 < time.monotonic() - began < 8

    def test_nobody_waits_longer_than_the_call_may_take(self) -> None:
        """An hour asked for is the refusal at once, and it says the hour."""
        began = time.monotonic()
        with (
            serving(sends(reply(429, b"", "Retry-After: 3600"))) as server,
            admin(server) as liveops,
            pytest.raises(errors.RateLimited) as caught,
        ):
            liveops.daily_chains.get(1)

        assert caught.value.retry_after == 3600
        assert time.monotonic() - began < 10
        assert len(server.requests) == 1

    def test_a_copy_can_repeat_more(self) -> None:
        """The first client stays what it was."""
        client = Client()

        assert (client.with_retries(5, unsafe=True).retries, client.retries) == (5, 2)
        with pytest.raises(ValueError, match="retries is -1; pass a whole number from 0 on"):
            Client(retries=-1)


class TestRedirects:
    """Credentials never go to another server."""

    @pytest.mark.parametrize("follow", [False, True])
    @pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
    def test_another_server_is_never_asked(self, status: int, follow: bool) -> None:
        """Neither with nor without permission to follow; another port is another server."""
        settings: dict[str, Any] = {**PLAIN, "follow_redirects": follow, "cookies": {"a": SECRET}}
        with serving(sends(GOOD)) as other, serving(sends(reply(status, b"", f"Location: {other.url}/x"))) as server:
            guest = LiveOps.without_login(project_id=1, unauthorized_id="me", email="a@b.c", base_url=server.url, **settings)
            for liveops in (admin(server, **settings), guest):
                with liveops, pytest.raises(errors.UnexpectedAnswer):
                    liveops.daily_chains.get(1)

        assert other.connections == 0

    @pytest.mark.parametrize("wait", [False, True])
    def test_the_same_server_is_followed_where_that_was_asked_for(self, wait: bool) -> None:
        """And not for ever."""

        async def one() -> None:
            async with AsyncLiveOps(admin(server, follow_redirects=True).client, project_id=1) as liveops:
                await liveops.daily_chains.delete(1)

        with serving(one_after_the_other(reply(302, b"", "Location: /x"), DONE)) as server:
            if wait:
                asyncio.run(one())
            else:
                with admin(server, follow_redirects=True) as liveops:
                    liveops.daily_chains.delete(1)

        assert len(server.requests) == 2
        assert all(b"authorization: basic" in request.lower() for request in server.requests)

    def test_redirects_in_a_circle_end(self) -> None:
        """As an error with a name."""
        with (
            serving(sends(reply(302, b"", "Location: /x"))) as server,
            admin(server, follow_redirects=True) as liveops,
            pytest.raises(errors.UnexpectedAnswer, match="TooManyRedirects"),
        ):
            liveops.daily_chains.delete(1)

        assert len(server.requests) == 20


class TestSharing:
    """Threads, tasks, connections, secrets."""

    def test_threads_share_one_httpx_client(self) -> None:
        """Made once, however many ask for it at one moment."""
        client, barrier = AuthenticatedClient.user(token=SECRET), Barrier(16)

        def made() -> int:
            barrier.wait()
            return id(client.get_httpx_client())

        with ThreadPoolExecutor(16) as pool:
            assert len({future.result() for future in [pool.submit(made) for _ in range(16)]}) == 1

    def test_threads_and_tasks_share_one_liveops(self) -> None:
        """Hundreds of calls, each with its own answer."""
        with serving(lambda to: to.sendall(GOOD)) as server, admin(server) as liveops, ThreadPoolExecutor(8) as pool:
            found = list(pool.map(lambda _: list(liveops.daily_chains.list()), range(100)))

            async def tasks() -> list[Any]:
                async with AsyncLiveOps(liveops.client, project_id=1) as shared:
                    return await asyncio.gather(*(shared.daily_chains.reset(1) for _ in range(50)), return_exceptions=True)

            assert found == [[]] * 100
            assert [type(error) for error in asyncio.run(tasks())] == [errors.UnexpectedAnswer] * 50
            assert len(server.requests) == 150

    def test_a_connection_is_used_again(self) -> None:
        """Ten calls, one connection."""
        with serving(sends(DONE)) as server, admin(server) as liveops:
            for _ in range(10):
                liveops.daily_chains.delete(1)
            assert (len(server.requests), server.connections) == (10, 1)

    @pytest.mark.parametrize("double", [pickle.dumps, copy.copy, copy.deepcopy])
    @pytest.mark.parametrize(
        "thing",
        [LiveOps.admin(project_id=1, api_key=SECRET), LiveOps.user(project_id=1, token=SECRET).client, Client()],
        ids=["LiveOps", "AuthenticatedClient", "Client"],
    )
    def test_credentials_are_not_doubled(self, double: Any, thing: Any) -> None:
        """One clear sentence instead."""
        with pytest.raises(TypeError, match="holds credentials") as caught:
            double(thing)

        assert SECRET not in str(caught.value)

    def test_an_old_tls_is_refused(self) -> None:
        """1.2 is the least, with and without certificates that are checked; a context of one's own is left alone."""
        own = ssl.create_default_context()

        assert all(tls_context(verify, False).minimum_version >= ssl.TLSVersion.TLSv1_2 for verify in (True, False))
        assert tls_context(own, True) is own


class TestHooks:
    """Who is told of the attempts, and of what."""

    def test_each_attempt_is_told_without_a_secret(self, caplog: pytest.LogCaptureFixture) -> None:
        """Before and after; the path is that of the description, so that no code of a player shows."""
        asked: list[Attempt] = []
        answered: list[Attempt] = []
        caplog.set_level(logging.DEBUG, logger="xsolla_liveops")
        settings: dict[str, Any] = {"on_request": asked.append, "on_response": answered.append}
        with serving(one_after_the_other(reply(503), DONE)) as server, admin(server, **settings) as liveops:
            liveops.coupons.delete(SECRET)

        path = "/v3/project/{project_id}/admin/coupon/{external_id}"
        told = [(one.operation, one.method, one.path, one.number, one.status) for one in answered]
        assert told == [("delete-coupon-promotion", "DELETE", path, 1, 503), ("delete-coupon-promotion", "DELETE", path, 2, 204)]
        assert [(one.number, one.status, one.milliseconds) for one in asked] == [(1, None, None), (2, None, None)]
        assert all(one.milliseconds and one.milliseconds > 0 for one in answered)
        ours = [record.getMessage() for record in caplog.records if record.name == "xsolla_liveops"]
        assert len(ours) == 2
        assert SECRET not in f"{asked}{answered}{ours}"

    def test_a_failure_is_told_by_its_name(self) -> None:
        """There is no status then."""
        told: list[Attempt] = []
        transport = httpx.MockTransport(lambda _: (_ for _ in ()).throw(httpx.ReadTimeout(SECRET)))
        liveops = LiveOps.admin(project_id=1, api_key=SECRET, on_response=told.append, httpx_args={"transport": transport})
        with pytest.raises(errors.TimedOut):
            liveops.coupons.get("x")

        assert [(one.status, one.error) for one in told] == [(None, "ReadTimeout")]
