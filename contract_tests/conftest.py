"""Profiles, and the two stages that tests play on: a mock in this process, and one behind a real socket."""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from hypothesis import HealthCheck, settings
from liveops_contract.connection import connected
from liveops_contract.doors import Served
from liveops_contract.exchange import Curtain
from liveops_contract.own_mock import own_mock
from liveops_contract.profiles import PROFILES
from liveops_contract.stage import Stage, in_process_stage

collect_ignore = ["example_game"]  # a project of its own, which the test of the documents runs

for profile in PROFILES.values():
    settings.register_profile(
        profile.name,
        max_examples=profile.examples,
        stateful_step_count=profile.steps,
        derandomize=profile.name == "gate",
        database=None,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    )
settings.load_profile(os.environ.get("LIVEOPS_PROFILE", "quick"))

Serve = Callable[[Served], AbstractContextManager[str]]


@pytest.fixture(scope="session")
def stage() -> Stage:
    """A mock in this process; `stage.fresh()` is an empty project of its own."""
    return in_process_stage()


@pytest.fixture(scope="session")
def http_stage() -> Iterator[Stage]:
    """A mock behind a free port; every test process has one of its own."""
    with (
        own_mock(44056, 12345, seed=1) as (base_url, account),
        connected(base_url, account, Curtain(), read_only=False, say=print) as found,
    ):
        yield found


@pytest.fixture
def serve() -> Serve:
    """Put anything that handles requests behind a free port, for tests of the runner."""
    return served


@contextmanager
def served(server: Served) -> Iterator[str]:
    """Base URL of a server that answers as long as the context lasts."""
    house = ThreadingHTTPServer(("127.0.0.1", 0), _handler(server))
    house.daemon_threads = True
    thread = threading.Thread(target=house.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{house.server_address[1]}"
    finally:
        house.shutdown()
        house.server_close()
        thread.join(5)


def _handler(server: Served) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True
        timeout = 10

        def answer(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            headers = {name.lower(): value for name, value in self.headers.items()}
            status, sent, body = server.handle(self.command, self.path, headers, self.rfile.read(length))
            self.send_response(status)
            for name, value in sent:
                self.send_header(name, value)
            if status != 204:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(b"" if self.command == "HEAD" else body)

        do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = do_PATCH = do_TRACE = do_OPTIONS = do_QUERY = answer  # noqa: N815 - the names that http.server asks for

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name in the base class
            """Stay quiet."""

    return Handler
