"""The pytest plugin: a fresh world for each test, and tests over the operations of the description.

pytest imports this module at every start, so it imports nothing of ours before a test asks for it.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from xsolla_liveops import AuthenticatedClient

    from liveops_contract.game_world import LiveOpsClock, LiveOpsServer
    from liveops_contract.worlds import RunningMock, Worlds

MARKER = (
    "liveops_contract(*names): run the test for each operation of these areas or of these names, or for all; it takes `operation`"
)

liveops_contract = pytest.mark.liveops_contract


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options of a mock that runs elsewhere."""
    group = parser.getgroup("liveops", "LiveOps API")
    group.addoption(
        "--liveops-url", metavar="URL", help="a running mock to ask instead of one in this process; LIVEOPS_API_KEY opens it"
    )
    group.addoption("--liveops-merchant-id", metavar="N", help="its merchant, who makes the projects (default: 12345)")


def pytest_configure(config: pytest.Config) -> None:
    """Name the marker, and refuse options that make no sense before anything runs."""
    config.addinivalue_line("markers", MARKER)
    if config.option.liveops_url is not None or config.option.liveops_merchant_id is not None:
        try:
            _mock_of(config)
        except pytest.fail.Exception as error:
            raise pytest.UsageError(str(error)) from None


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that is marked for each operation."""
    marker = metafunc.definition.get_closest_marker("liveops_contract")
    if marker is None:
        return
    if marker.kwargs or "operation" not in metafunc.fixturenames:
        pytest.fail(
            "liveops_contract takes names alone, as in @liveops_contract('clans'), and the test takes `operation`", pytrace=False
        )
    with _in_one_sentence():
        from liveops_contract.worlds import chosen_operations

        found = chosen_operations(marker.args)
    metafunc.parametrize("operation", found, ids=[operation.id for operation in found])


@pytest.fixture
def liveops_server(liveops_worlds: "Worlds") -> "Iterator[LiveOpsServer]":
    """A server with a fresh project: its clients, its clock, and its items, users, purchases and carts (`control`)."""
    with _in_one_sentence(), liveops_worlds.fresh() as server:
        yield server


@pytest.fixture
def liveops_admin(liveops_server: "LiveOpsServer") -> "AuthenticatedClient":
    """A client of the SDK for server-side operations of the fresh project."""
    return liveops_server.admin()


@pytest.fixture
def liveops_user(liveops_server: "LiveOpsServer") -> "Callable[[str], AuthenticatedClient]":
    """Makes clients of the SDK for users of the fresh project: `liveops_user("ann")`."""
    return liveops_server.user


@pytest.fixture
def liveops_clock(liveops_server: "LiveOpsServer") -> "LiveOpsClock":
    """The clock of the fresh project: `set`, `advance`, `rewind`."""
    return liveops_server.clock


@pytest.fixture(scope="session")
def liveops_worlds(pytestconfig: pytest.Config) -> "Iterator[Worlds]":
    """The server that all tests of this process share; each of them has a world of its own there."""
    worker = getattr(pytestconfig, "workerinput", {"testrunuid": os.urandom(16).hex(), "workerid": "gw0"})
    with _in_one_sentence():
        from liveops_contract.worlds import opened

        with opened(_mock_of(pytestconfig), worker["testrunuid"], worker["workerid"]) as worlds:
            yield worlds


def _mock_of(config: pytest.Config) -> "RunningMock | None":
    with _in_one_sentence():
        from liveops_contract.worlds import running_mock

        return running_mock(config.option.liveops_url, config.option.liveops_merchant_id, os.environ.get("LIVEOPS_API_KEY"))


@contextmanager
def _in_one_sentence() -> Iterator[None]:
    """Say what is wrong without a traceback: its lines would not help, and may show secrets."""
    try:
        yield
    except Exception as error:
        reason = _reason(error)
        if reason is None:
            raise
        raise pytest.fail.Exception(reason, pytrace=False) from None


def _reason(error: Exception) -> str | None:
    if isinstance(error, ModuleNotFoundError):
        return f"fixtures and marker of liveops need {error.name!r}, which is not installed; pip install 'xsolla-liveops[mock]'"
    from liveops_contract.options import CannotRun

    return str(error) if isinstance(error, CannotRun) else None
