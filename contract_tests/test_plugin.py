"""The pytest plugin: every test has a world of its own, wrong options are one sentence, and it costs nothing unused."""

import asyncio
import sys
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from conftest import Serve
from document_blocks import run
from liveops_contract.control import ControlRefused
from liveops_contract.description import Operation, operation_table, operations
from liveops_contract.doors import HttpDoor
from liveops_contract.game_world import LiveOpsClock, LiveOpsServer
from liveops_contract.options import CannotRun
from liveops_contract.plugin import liveops_contract
from liveops_contract.signing import Account
from liveops_contract.stage import Stage, in_process_stage
from liveops_contract.worlds import RunningMock, Worlds, chosen_operations, numbers_of, opened, running_mock
from liveops_mock import RULES, Call, MockServer, Reply, World
from xsolla_liveops import AuthenticatedClient
from xsolla_liveops.api.clans import user_clan_update
from xsolla_liveops.api.promo_codes import remove_cart_promo_code
from xsolla_liveops.api.value_points import admin_get_value_points_list
from xsolla_liveops.models import PromoCodeRemoval

START = datetime(2025, 1, 1, tzinfo=UTC)
KEY, SECRET, ADDRESS = "key-nobody-may-read", "secret-nobody-may-read-32-characters", "http://127.0.0.1:8080"
LARGEST_ID = 2_147_483_647
ALONE = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_ADDOPTS": "-p liveops_contract.plugin -p no:cacheprovider"}


def pytest_says(folder: Path, text: str, *options: str, before: str = "pass", **settings: str) -> tuple[int, str]:
    """Exit code and output of pytest on a file with this text, without the plugins of others."""
    (folder / "test_game.py").write_text(text, encoding="utf-8")
    program = f"import sys; {before}; import pytest; sys.exit(pytest.main())"
    found = run([sys.executable, "-c", program, "--rootdir", str(folder), *options, str(folder)], ALONE | settings, folder)
    return found.returncode, found.stdout + found.stderr


def served(client: AuthenticatedClient, server: LiveOpsServer) -> int:
    """The status that a user is answered."""
    return int(user_clan_update.sync_detailed(server.project_id, client=client).status_code)


def mock_of(stage: Stage) -> RunningMock:
    """The mock of a stage behind a socket, as the options of pytest would name it."""
    assert isinstance(stage.door, HttpDoor)
    return RunningMock(stage.door.base_url, 12345, stage.account.api_key)


def gone(stage: Stage, project_id: int) -> bool:
    """Whether the merchant no longer finds the project."""
    target = f"/__control__/projects/{project_id}"
    return stage.door.send("DELETE", target, {"Authorization": stage.account.merchant_basic or ""}).status == 404


@pytest.mark.parametrize("turn", range(3))
def test_no_test_sees_what_another_did(turn: int, liveops_server: LiveOpsServer, liveops_clock: LiveOpsClock) -> None:
    """Whatever a test leaves behind, the next one finds an empty project at the start of time."""
    control = liveops_server.control
    found = (liveops_clock.now, control.inventory("ann"), control.journal()["total"])
    control.purchase("ann", {"com.xsolla.item_1": turn + 1})
    served(liveops_server.user("ann"), liveops_server)
    liveops_clock.advance(days=turn + 1)

    assert found == (START, {}, 0)


def test_the_clients_are_bound_to_the_world(
    liveops_server: LiveOpsServer, liveops_admin: AuthenticatedClient, liveops_user: Any
) -> None:
    """An operator and any user call the fresh project, with and without async."""
    project = liveops_server.project_id

    assert admin_get_value_points_list.sync_detailed(project, client=liveops_admin).status_code == 200
    assert asyncio.run(admin_get_value_points_list.asyncio_detailed(project, client=liveops_admin)).status_code == 200
    assert {served(liveops_user(name), liveops_server) for name in ("ann", "bob")} == {200}


def test_players_stay_when_the_clock_goes_on(liveops_server: LiveOpsServer) -> None:
    """A token lasts longer than any game, unless a test asks for less."""
    ann, bob = liveops_server.user("ann"), liveops_server.user("bob", expires_in=60)
    liveops_server.clock.advance(days=3650)

    assert (served(ann, liveops_server), served(bob, liveops_server)) == (200, 401)


def test_a_visitor_has_a_cart(liveops_server: LiveOpsServer) -> None:
    """Who is not signed in is served where the description allows that."""
    answer = remove_cart_promo_code.sync_detailed(
        liveops_server.project_id, client=liveops_server.visitor("device-1"), body=PromoCodeRemoval()
    )

    assert answer.status_code not in (401, 403)


def test_the_clock_moves_both_ways(liveops_clock: LiveOpsClock) -> None:
    """It stands still, is set, goes on and back, and runs if it is let."""
    moments = [liveops_clock.set(datetime(2026, 5, 1, tzinfo=UTC)), liveops_clock.advance(days=1, hours=2, minutes=3, seconds=4)]
    moments += [liveops_clock.rewind(seconds=4), liveops_clock.now]
    liveops_clock.run()
    liveops_clock.freeze()

    assert moments == [datetime(2026, 5, 1, tzinfo=UTC), *(datetime(2026, 5, 2, 2, 3, at, tzinfo=UTC) for at in (4, 0, 0))]
    assert liveops_clock.now >= moments[-1]


@pytest.mark.parametrize("moment", [datetime(2025, 1, 1), datetime(2025, 1, 1, 0, 0, 0, 1, UTC)])
def test_a_moment_that_says_too_little_or_too_much_is_refused(moment: datetime, liveops_clock: LiveOpsClock) -> None:
    """The message shows it and says what to write."""
    with pytest.raises(
        ValueError, match=r"^datetime\.datetime\(2025, .* give a time zone, such as tzinfo=UTC, and whole seconds"
    ):
        liveops_clock.set(moment)


def test_standing_still_is_no_move(liveops_clock: LiveOpsClock) -> None:
    """An advance by nothing is a mistake of the test."""
    with pytest.raises(ControlRefused, match="seconds"):
        liveops_clock.advance()


def test_threads_of_a_game_are_answered_one_after_the_other() -> None:
    """In process, too, no request begins before the one in hand has ended."""
    inside: list[str] = []

    def slow(world: World, call: Call) -> Reply:
        others = list(inside)
        inside.append(call.user_id)
        time.sleep(0.002)
        inside.remove(call.user_id)
        assert others == []
        return RULES["user-clan-update"](world, call)

    api = in_process_stage({**RULES, "user-clan-update": slow}).fresh()
    asked = [api.request(operation_table()["user-clan-update"], user=f"user_{number}") for number in range(8)]
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(api.send, asked))

    assert [exchange.answer.status for exchange in answers] == [200] * 8


def test_a_world_ends_with_its_test(liveops_worlds: Worlds) -> None:
    """Its credentials open no other world, and its project is gone afterwards."""
    with liveops_worlds.fresh() as first, liveops_worlds.fresh() as second:
        ann = first.user("ann")
        assert (served(ann, first), served(ann, second)) == (200, 401)

    assert gone(liveops_worlds.stage, first.project_id)


def test_a_world_ends_where_its_test_fails(liveops_worlds: Worlds) -> None:
    """A failure leaves no project behind, and is told as it is."""
    with pytest.raises(ZeroDivisionError), liveops_worlds.fresh() as server:
        raise ZeroDivisionError

    assert gone(liveops_worlds.stage, server.project_id)


def test_a_world_that_lives_on_is_not_replaced() -> None:
    """Numbers come round again; one that is in use is left out."""
    stage = in_process_stage()
    worlds = Worlds(stage, {"base_url": ADDRESS}, range(7, 10))
    with worlds.fresh() as long:
        others = []
        for _ in range(4):
            with worlds.fresh() as short:
                others.append(short.project_id)

    assert (long.project_id, others) == (7, [8, 9, 8, 9])


def test_workers_never_meet_on_a_running_mock(http_stage: Stage) -> None:
    """Two processes have projects of different numbers, and what they made is gone afterwards."""
    mock = mock_of(http_stage)
    with opened(mock, "run", "gw0") as here, opened(mock, "run", "gw1") as there, here.fresh() as first, there.fresh() as second:
        first.control.purchase("ann", {"com.xsolla.item_1": 1})
        first.clock.advance(days=1)
        assert served(first.user("ann"), first) == 200
        assert (second.clock.now, second.control.inventory("ann")) == (START, {})
        numbers = first.project_id, second.project_id

    assert [gone(http_stage, number) for number in numbers] == [True, True]


@pytest.mark.slow
def test_pytest_gives_each_worker_numbers_of_its_own(http_stage: Stage, tmp_path: Path) -> None:
    """Under xdist, against a running mock, as a project would start it."""
    mock = mock_of(http_stage)
    text = (
        "import pathlib, pytest\n@pytest.mark.parametrize('turn', range(12))\ndef test_it(turn, liveops_server, worker_id):\n"
        "    assert liveops_server.control.inventory('ann') == {}\n"
        "    liveops_server.control.purchase('ann', {'com.xsolla.item_1': 1})\n"
        "    pathlib.Path(f'{worker_id}-{liveops_server.project_id}').touch()\n"
    )
    code, said = pytest_says(tmp_path, text, "-p", "xdist", "-n", "2", "--liveops-url", mock.url, LIVEOPS_API_KEY=mock.api_key)
    pairs = [path.name.split("-") for path in tmp_path.glob("gw*")]

    assert (code, "12 passed" in said) == (0, True), said
    assert {worker for worker, _ in pairs} == {"gw0", "gw1"}
    assert len({number for _, number in pairs}) == len(pairs) == 12
    assert mock.api_key not in said


def test_numbers_of_processes_do_not_overlap() -> None:
    """Whatever a run is called, its workers begin a whole block apart, within what the API takes for a number."""
    for run_id in ("", "a", "0f" * 16):
        blocks = [numbers_of(run_id, worker) for worker in [*(f"gw{number}" for number in range(64)), "macbook"]]
        assert len({number for block in blocks for number in block}) == sum(map(len, blocks))
        assert all(block.stop <= LARGEST_ID for block in blocks)


@pytest.mark.parametrize(
    ("url", "merchant", "key", "words"),
    [
        ("127.0.0.1:8080", None, KEY, "--liveops-url '127.0.0.1:8080' is not a base URL"),
        ("ftp://ann:key-nobody-may-read@x", None, KEY, "--liveops-url holds credentials; take them out"),
        (ADDRESS, "abc", KEY, "--liveops-merchant-id 'abc' is no number from 1 on"),
        (ADDRESS, "0", KEY, "--liveops-merchant-id '0' is no number from 1 on"),
        (ADDRESS, None, None, "--liveops-url needs the API key of the mock in the environment; put it into LIVEOPS_API_KEY"),
        (ADDRESS, None, KEY + "\n", "LIVEOPS_API_KEY has characters that no header can carry"),
        (None, "7", KEY, "--liveops-merchant-id '7' belongs to a mock that runs elsewhere; give its address with --liveops-url"),
    ],
)
def test_options_that_make_no_sense_are_one_sentence(url: str | None, merchant: str | None, key: str | None, words: str) -> None:
    """It names the option, its value and the way out, and no secret."""
    with pytest.raises(CannotRun) as refusal:
        running_mock(url, merchant, key)

    assert str(refusal.value).startswith(words)
    assert KEY not in str(refusal.value)


def test_options_are_read_as_they_are_meant() -> None:
    """Without an address there is no other mock; without a merchant it is that of the mock."""
    assert running_mock(None, None, KEY) is None
    assert running_mock(ADDRESS + "/api/", None, KEY) == RunningMock(ADDRESS + "/api", 12345, KEY)
    assert running_mock(ADDRESS, "7", KEY) == RunningMock(ADDRESS, 7, KEY)


def test_a_server_that_is_no_use_is_one_sentence(serve: Serve) -> None:
    """Nobody there, no control door, a wrong key, and one that falls silent."""
    with serve(MockServer(1, KEY, SECRET, control=False)) as url:
        assert refused(RunningMock(url, 12345, KEY)).startswith(
            f"the server at {url} has no control door, so it makes no projects"
        )
    assert "does not answer" in refused(RunningMock(url, 12345, KEY))
    with serve(MockServer(1, "another-key", SECRET)) as url:
        said = refused(RunningMock(url, 12345, KEY))
        assert said.startswith(f"the mock at {url} makes no project: a fresh project was refused: 401")
        assert said.endswith("check --liveops-merchant-id and LIVEOPS_API_KEY")


def refused(mock: RunningMock) -> str:
    """What is said instead of a world; without the key."""
    with pytest.raises(CannotRun) as refusal, opened(mock, "run", "gw0") as worlds, worlds.fresh():
        pass
    assert mock.api_key not in str(refusal.value)
    return str(refusal.value)


class Mortal(MockServer):
    """Falls silent when it is told to."""

    silent = False

    def handle(self, method: str, target: str, headers: Mapping[str, str], body: bytes) -> Any:
        """No answer at all, or that of a mock."""
        if self.silent:
            raise ConnectionAbortedError
        return super().handle(method, target, headers, body)


def test_a_mock_that_ends_during_a_test_is_one_sentence(serve: Serve) -> None:
    """Not a traceback of sockets."""
    mortal = Mortal(1, KEY, SECRET, merchant_id=12345)
    with (
        serve(mortal) as url,
        pytest.raises(CannotRun, match=f"the mock at {url} does not answer"),
        opened(RunningMock(url, 12345, KEY), "run", "gw0") as worlds,
        worlds.fresh(),
    ):
        mortal.silent = True


def test_pytest_refuses_bad_options_before_it_begins(tmp_path: Path) -> None:
    """One line, and the exit code of wrong usage."""
    code, said = pytest_says(tmp_path, "def test_it(): pass\n", "--liveops-url", "nowhere", LIVEOPS_API_KEY=KEY)

    assert (code, KEY in said) == (4, False)
    assert said.strip() == "ERROR: --liveops-url 'nowhere' is not a base URL; write it like http://127.0.0.1:8080"


def test_without_the_mock_the_extra_is_named(tmp_path: Path) -> None:
    """Tests that do not need it run, the others say what to install."""
    text = "def test_one(liveops_server): pass\ndef test_two(liveops_clock): pass\ndef test_three(): pass\n"
    code, said = pytest_says(tmp_path, text, "-q", "-rN", before="sys.modules['orjson'] = None")

    assert (code, "1 passed, 2 errors" in said) == (1, True), said
    assert said.count("need 'orjson', which is not installed; pip install 'xsolla-liveops[mock]'") == 2
    assert "Traceback" not in said


def test_a_marker_that_makes_no_sense_is_one_sentence(tmp_path: Path) -> None:
    """An unknown name, a keyword, and a test that does not take the operation."""
    mark = "@pytest.mark.liveops_contract"
    wrong = [("'clan'", "operation"), ("area='clans'", "operation"), ("'clans'", "")]
    for number, (given, takes) in enumerate(wrong):
        (tmp_path / f"test_{number}.py").write_text(f"import pytest\n{mark}({given})\ndef test_it({takes}): pass\n")
    code, said = pytest_says(tmp_path, "def test_it(): pass\n", "--strict-markers")

    assert (code, "3 errors" in said) == (2, True), said
    assert "liveops_contract 'clan' is neither an area nor an operation; the closest names are clans" in said
    assert said.count("liveops_contract takes names alone, as in @liveops_contract('clans'), and the test takes `operation`") >= 2
    assert "Traceback" not in said


@liveops_contract("clans", "redeem-coupon")
def test_a_marked_test_gets_the_operations_that_it_names(operation: Operation, liveops_server: LiveOpsServer) -> None:
    """By area and by name; what the description says of each is enough to call it."""
    assert operation.area == "clans" or operation.id == "redeem-coupon"
    answer = liveops_server.api.call(operation.id, body=operation.example_body)

    assert answer.status != 401


def test_a_marked_test_without_names_gets_all_operations() -> None:
    """In the order of the description; an area and one of its operations are not two."""
    assert chosen_operations(()) == list(operations())
    assert chosen_operations(("clans", "user-clan-update")) == chosen_operations(("clans",))


def test_an_example_body_belongs_to_who_asks_for_it() -> None:
    """A test that changes it spoils nothing for others."""
    operation = operation_table()["redeem-coupon"]
    operation.example_body["coupon_code"] = "changed"

    assert operation.allows_body(operation.example_body)
    assert operation.example_body["coupon_code"] != "changed"
    assert operation_table()["user-clan-update"].example_body is None


def test_nothing_shows_a_secret(liveops_server: LiveOpsServer, liveops_admin: AuthenticatedClient) -> None:
    """However pytest prints the values of a failed test."""
    account = Account(1, KEY, 2, KEY, KEY)
    shown = f"{liveops_server!r} {liveops_server.reach!r} {liveops_admin!r} {RunningMock(ADDRESS, 1, KEY)!r} {account!r}"

    assert KEY not in shown
    assert liveops_server.api_key not in shown
    assert repr(liveops_server) == f"LiveOpsServer(base_url={liveops_server.base_url!r}, project_id={liveops_server.project_id})"


def test_it_loads_nothing_before_a_test_asks() -> None:
    """Whoever does not use it pays for one small module."""
    program = (
        "import sys, pytest; before = set(sys.modules); import liveops_contract.plugin; print(*sorted(set(sys.modules) - before))"
    )
    found = run([sys.executable, "-c", program])

    assert found.stdout.split() == ["liveops_contract", "liveops_contract.plugin"], found.stderr
