"""Whatever stands between the suite and a server and spoils requests or answers is noticed, by the checks of one area alone."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from conftest import Serve
from liveops_contract.checks import Check, Run
from liveops_contract.command_line import main
from liveops_contract.description import operation_table
from liveops_contract.doors import InProcessDoor, Served
from liveops_contract.kinds import all_checks, law_runs
from liveops_contract.own_mock import own_mock
from liveops_contract.profiles import PROFILES
from liveops_contract.signing import Account, basic
from liveops_contract.spoilers import SPOILERS
from liveops_contract.spoilers.callers import adds_credentials
from liveops_contract.spoilers.proxy import AnsweringProxy, Spoiler, SpoilingProxy
from liveops_contract.stage import Stage
from liveops_mock import MockServer
from upstream import Upstream

KEY, SECRET = "key-nobody-may-read", "secret-nobody-may-read-32-characters"
APART = ("planted bugs", "schemathesis")
USUAL = ("personalization",)
# Where a spoiler shows best; everywhere else it meets less that it can spoil.
PLACES = {
    "writes twice": ("limits",),
    "mixes up users": ("reward_chains", "upsell"),
    "ignores the page": ("personalization", "value_points"),
    "miscounts": ("reward_chains",),
    "rounds prices": ("upsell",),
    "shortens prices": ("upsell",),
    "keeps what is missing": ("value_points",),
    "tells equals once": ("clans",),
    "leaves nulls out": ("coupons",),
    "cuts what is told": ("discounts", "value_points"),
    "narrows numbers": ("bonuses", "unique_catalog_offers"),
    "tells English alone": ("discounts", "bonuses"),
    "swallows every tenth write": ("coupons", "offer_chains"),
    "writes elsewhere": ("personalization", "promotions", "limits"),
    "shifts hours": ("reward_chains", "daily_chains"),
    "swallows writes": ("personalization", "coupons", "clans", "limits"),
    "keeps reads": ("personalization", "discounts", "bonuses"),
    "keeps a read for the next": ("personalization", "discounts", "bonuses"),
    "finds everything": ("clans", "promotions", "unique_catalog_offers"),
}


@pytest.fixture(autouse=True)
def _no_shrinking(monkeypatch: pytest.MonkeyPatch) -> None:
    """That something is found is enough here."""
    tried = law_runs.tried
    monkeypatch.setattr(law_runs, "tried", lambda example, run: tried(example, run, shrink=False))


def through(spoiler: Spoiler, area: str) -> Stage:
    """A mock in this process behind a proxy that spoils the calls of one area."""
    return behind(lambda mock: SpoilingProxy(mock, spoiler, lambda operation: operation.area == area))


def behind(proxy: Callable[[Served], Served]) -> Stage:
    """A mock in this process behind a proxy."""
    door = InProcessDoor(proxy(MockServer(44056, KEY, SECRET, merchant_id=12345)))
    return Stage(door, Account(44056, KEY, 12345, SECRET), control_door=door)


def checks_of(area: str) -> list[Check]:
    """The checks of an area that any server is asked, those first that tell most."""
    found = [check for check in all_checks() if check.area == area and check.kind not in APART]
    return sorted(found, key=lambda check: (check.kind != "round trips", check.kind != "laws"))


@pytest.mark.parametrize(("name", "area"), [(name, area) for name in SPOILERS for area in PLACES.get(name, USUAL)])
def test_a_spoiler_is_noticed_in_an_area(name: str, area: str) -> None:
    """The checks of the area alone notice it, at the latest the last of them."""
    run = Run(through(SPOILERS[name](), area), PROFILES["quick"], 1)

    assert any(check.perform(check, run).failures for check in checks_of(area))


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS"])
def test_whoever_answers_a_method_for_the_server_is_noticed(method: str) -> None:
    """Many servers answer HEAD and OPTIONS by themselves; the description knows neither."""
    path = operation_table()["user-clan-update"].path
    check = next(check for check in all_checks() if check.name == f"methods of {path}")
    run = Run(behind(lambda mock: AnsweringProxy(mock, method)), PROFILES["quick"], 1)

    assert {failure.rule for failure in check.perform(check, run).failures}


@pytest.fixture(scope="module")
def mock() -> Iterator[tuple[str, Account]]:
    """A mock in a process of its own."""
    with own_mock(44056, 12345, seed=1) as found:
        yield found


def verified(serve: Serve, mock: tuple[str, Account], spoiler: Spoiler, only: str, folder: Path) -> int:
    """Exit code of `liveops-verify` against a proxy in front of the mock."""
    url, account = mock
    given = ["--project-id", "44056", "--merchant-id", "12345", "--api-key", account.api_key, "--only", only]
    with closing(Upstream(url)) as upstream, serve(SpoilingProxy(upstream, spoiler)) as target:
        return main(["--target", target, *given, "--report", str(folder)])


def test_a_proxy_that_spoils_nothing_is_no_fault(serve: Serve, mock: tuple[str, Account], tmp_path: Path) -> None:
    """Exit code 0: what stands between is not held against the server."""
    assert verified(serve, mock, lambda asked, ask: ask(asked), "clans", tmp_path) == 0


@pytest.mark.parametrize(
    ("name", "operation"),
    [
        ("swallows writes", "delete-filter-rule-by-id"),
        ("keeps reads", "get-filter-rules"),
        ("mends bodies", "create-filter-rule"),
        ("drops optional fields", "create-filter-rule"),
        ("adds credentials", "get-filter-rule-by-id"),
        ("mixes up users", "user-clan-update"),
        ("mixes up projects", "get-all-filter-rules"),
        ("finds everything", "activate-promotion"),
    ],
)
def test_a_spoiling_proxy_breaks_the_run(
    serve: Serve, mock: tuple[str, Account], tmp_path: Path, name: str, operation: str
) -> None:
    """`liveops-verify --target` says so by its exit code, whatever single operation is looked at."""
    assert verified(serve, mock, SPOILERS[name](), operation, tmp_path) == 1


def test_a_proxy_that_knows_the_key_of_the_project_is_found(serve: Serve, mock: tuple[str, Account], tmp_path: Path) -> None:
    """Also where it opens no project but the one that was named for the run."""
    _, account = mock

    assert verified(serve, mock, adds_credentials(basic(44056, account.api_key)), "get-filter-rules", tmp_path) == 1
