"""Where the pytest plugin takes its worlds from: a mock in this process, or one that runs elsewhere."""

import re
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any

import httpx

from liveops_contract.connection import control_door_of
from liveops_contract.control import ControlRefused
from liveops_contract.description import Operation, operations
from liveops_contract.doors import HttpDoor, InProcessDoor, NoAnswer
from liveops_contract.game_world import LiveOpsServer
from liveops_contract.options import CannotRun, check_base_url, check_known, check_secret
from liveops_contract.signing import Account
from liveops_contract.stage import FIRST_PROJECT, Stage, in_process_stage
from liveops_contract.transport import in_process

URL, MERCHANT, KEY = "--liveops-url", "--liveops-merchant-id", "LIVEOPS_API_KEY"
FIRST_NUMBER, BLOCKS, BLOCK = 1_000_000_000, 250_000, 4096  # above those of `liveops-verify`, which may ask the same mock


@dataclass(frozen=True)
class RunningMock:
    """A mock that runs elsewhere, and the merchant for whom it makes projects."""

    url: str
    merchant_id: int
    api_key: str = field(repr=False)


def running_mock(url: str | None, merchant_id: str | None, api_key: str | None) -> RunningMock | None:
    """The mock that the options name; None for one in this process. CannotRun if they make no sense."""
    if url is None:
        if merchant_id is not None:
            raise CannotRun(f"{MERCHANT} {merchant_id!r} belongs to a mock that runs elsewhere; give its address with {URL}")
        return None
    check_base_url(URL, url, "http://127.0.0.1:8080")
    number = "12345" if merchant_id is None else merchant_id
    if not re.fullmatch("[1-9][0-9]{0,9}", number):
        raise CannotRun(f"{MERCHANT} {number!r} is no number from 1 on; the mock takes its own from --merchant-id")
    if not api_key:
        raise CannotRun(f"{URL} needs the API key of the mock in the environment; put it into {KEY}")
    check_secret(KEY, api_key)
    return RunningMock(url.rstrip("/"), int(number), api_key)


class Worlds:
    """Hands out fresh worlds of one server, and forgets those that are done with."""

    def __init__(self, stage: Stage, reach: dict[str, Any], numbers: range) -> None:
        self.stage = stage
        self.reach = reach
        self.living: set[int] = set()
        stage.numbers = (number for number in cycle(numbers) if number not in self.living)

    @contextmanager
    def fresh(self) -> Iterator[LiveOpsServer]:
        """A world of its own; CannotRun if the server makes none."""
        with self._understood():
            api = self.stage.fresh()
        assert api.control is not None
        self.living.add(api.account.project_id)
        try:
            with closing(LiveOpsServer(api, api.control, self.reach)) as server:
                yield server
        finally:
            self.living.remove(api.account.project_id)
            with self._understood():
                self.stage.forget(api)

    @contextmanager
    def _understood(self) -> Iterator[None]:
        where = f"the mock at {self.reach['base_url']}"
        try:
            yield
        except NoAnswer as error:
            raise CannotRun(f"{where} does not answer ({error}); check {URL} and that it runs") from None
        except ControlRefused as error:
            said = self.stage.curtain.mask(str(error))
            raise CannotRun(f"{where} makes no project: {said}; check {MERCHANT} and {KEY}") from None


def numbers_of(run: str, worker: str) -> range:
    """The numbers of a test process: never shared by two workers of a run, hardly ever by two runs."""
    place = int(worker[2:]) if re.fullmatch("gw[0-9]+", worker) else zlib.crc32(worker.encode())
    first = FIRST_NUMBER + (zlib.crc32(run.encode()) + place) % BLOCKS * BLOCK
    return range(first, first + BLOCK)


@contextmanager
def opened(mock: RunningMock | None, run: str, worker: str) -> Iterator[Worlds]:
    """The worlds of a running mock, or of one in this process; CannotRun if there is none."""
    if mock is None:
        stage = in_process_stage()
        assert isinstance(stage.door, InProcessDoor)
        yield Worlds(stage, in_process(stage.door.server), range(FIRST_PROJECT, FIRST_PROJECT + BLOCK))
        return
    # What TLS needs takes a long time to load, and a proxy that the environment names would be asked instead of the mock.
    reach = {"base_url": mock.url, "verify_ssl": httpx.create_ssl_context(), "httpx_args": {"trust_env": False}}
    with closing(HttpDoor(mock.url)) as door, closing(HttpDoor(door.origin)) as root:
        yield Worlds(_stage(door, root, mock), reach, numbers_of(run, worker))


def _stage(door: HttpDoor, root: HttpDoor, mock: RunningMock) -> Stage:
    # No project is named: the merchant makes them, and each has a key of its own.
    account = Account(0, mock.api_key, mock.merchant_id)
    try:
        control_door = control_door_of(door, root, account)
    except NoAnswer as error:
        raise CannotRun(f"the mock at {mock.url} does not answer ({error}); check {URL} and that it runs") from None
    if control_door is None:
        raise CannotRun(
            f"the server at {mock.url} has no control door, so it makes no projects; give {URL} the address of a mock"
        )
    return Stage(door, account, control_door=control_door)


def chosen_operations(names: tuple[str, ...]) -> list[Operation]:
    """The operations of these areas, and those of these names; all of them without a name. CannotRun for an unknown name."""
    for name in names:
        check_known("liveops_contract", name)
    return [operation for operation in operations() if not names or operation.area in names or operation.id in names]
