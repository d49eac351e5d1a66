"""Where checks play: a fresh project for each of them where the server can make one, else the one project that was given."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import cycle
from typing import Any

from liveops_contract.api import Api, encoded
from liveops_contract.control import ControlRefused
from liveops_contract.doors import Answer, Door, InProcessDoor, OneAtATime, Served
from liveops_contract.exchange import Curtain
from liveops_contract.ledger import Ledger
from liveops_contract.requests_sent import RequestsSent
from liveops_contract.signing import Account, basic

FIRST_PROJECT, PROJECTS = 900_000_000, 512


class Stage:
    """Hands out the API of a project; `fresh` means empty wherever there is a control door."""

    def __init__(self, door: Door, account: Account, *, control_door: Door | None = None, curtain: Curtain | None = None) -> None:
        self.door = door
        self.account = account
        self.control_door = control_door
        self.curtain = curtain or Curtain()
        self.sent = RequestsSent()
        self.ledger: Ledger | None = None
        self.curtain.hide(*account.secrets())
        self.take_numbers(0)

    def take_numbers(self, block: int, lane: int = 0, lanes: int = 1) -> None:
        """Give fresh projects the numbers of this block, which no other part of a run uses, and of them those of one lane."""
        first = FIRST_PROJECT + block * PROJECTS
        # Numbers come round again, so that a long run does not fill the server: PUT replaces what was there.
        self.numbers: Iterator[int] = cycle(range(first + lane, first + PROJECTS, lanes))

    @property
    def has_control(self) -> bool:
        """Whether projects can be made, clocks moved, and users fed."""
        return self.control_door is not None

    @property
    def has_users(self) -> bool:
        """Whether calls on behalf of a user can be made."""
        return self.has_control or self.account.user_token is not None

    def fresh(self, seed: int = 1) -> Api:
        """An empty project of its own; without a control door the given project as it is."""
        if self.control_door is None:
            return Api(self.door, self.account, curtain=self.curtain, sent=self.sent)
        account = self._made_project(self.control_door, seed)
        more = partial(self.fresh, seed)
        door = self.control_door
        return Api(self.door, account, control_door=door, curtain=self.curtain, make_sibling=more, sent=self.sent)

    def forget(self, api: Api) -> None:
        """Remove a fresh project; one that is gone already is no matter."""
        if self.control_door is not None:
            target = f"/__control__/projects/{api.account.project_id}"
            _ask(self.control_door, "DELETE", target, self.account.merchant_basic)

    def _made_project(self, control_door: Door, seed: int) -> Account:
        number = next(self.numbers)
        if self.ledger:
            self.ledger.made(f"/__control__/projects/{number}")
        key, secret = (hashlib.sha256(f"{purpose}:{number}".encode()).hexdigest() for purpose in ("api key", "user secret"))
        account = Account(number, key, self.account.merchant_id, secret)
        self.curtain.hide(*account.secrets())
        wishes = {"api_key": key, "user_secret": secret, "seed": seed}
        answer = _ask(control_door, "PUT", f"/__control__/projects/{number}", self.account.merchant_basic, wishes)
        if answer.status != 201:
            raise ControlRefused(f"a fresh project was refused: {answer.status} {answer.body[:300].decode('utf-8', 'replace')}")
        return account


def _ask(door: Door, method: str, target: str, authorization: str | None, body: Mapping[str, Any] | None = None) -> Answer:
    headers = {"Authorization": authorization or basic("", "")}
    if body is not None:
        headers["Content-Type"] = "application/json"
    return door.send(method, target, headers, b"" if body is None else encoded(body))


def health(door: Door, account: Account) -> dict[str, Any] | None:
    """What the control door says of the server; None where there is no control door that opens."""
    answer = _ask(door, "GET", "/__control__/health", account.merchant_basic or account.project_basic)
    if answer.status != 200:
        return None
    try:
        body = answer.json()
    except json.JSONDecodeError:
        return None
    return body if isinstance(body, dict) else None


def in_process_stage(
    rules: Mapping[str, Any] | None = None,
    seed: int = 1,
    document: dict[str, Any] | None = None,
    around: Callable[[Served], Served] = lambda server: server,
) -> Stage:
    """A stage over a mock in this process.

    For planted faults `rules` replaces the rules of the game, `document` the bundle, and `around` stands before the whole mock.
    """
    # The mock is an extra of the distribution: against a target the suite runs without it.
    from liveops_mock import RULES, MockServer

    secret = "in-process-secret-of-32-characters-or-more"
    account = Account(44056, "in-process-key", 12345, secret)
    chosen = RULES if rules is None else rules
    options: dict[str, Any] = {"merchant_id": 12345, "seed": seed, "control": True, "rules": chosen, "document": document}
    door = InProcessDoor(OneAtATime(around(MockServer(44056, account.api_key, secret, **options))))
    return Stage(door, account, control_door=door)
