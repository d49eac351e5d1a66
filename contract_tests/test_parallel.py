"""Rewards land exactly once however requests arrive: many identical ones at the same moment, each over its own connection."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from liveops_contract.api import Api
from liveops_contract.description import operation_table
from liveops_contract.doors import HttpDoor
from liveops_contract.exchange import Request
from liveops_contract.laws import daily_chain_scenes, reward_chain_scenes
from liveops_contract.stage import Stage

CALLERS, CLAIMED = 50, 9912
ITEM = "com.xsolla.item_1"


def reward_chain(api: Api) -> Request:
    """The claim of a step whose price is reached; it gives one piece."""
    number = reward_chain_scenes.make(api, reward_chain_scenes.open_chain(3))
    reward_chain_scenes.earn(api, 3)
    path = {"reward_chain_id": number, "step_id": reward_chain_scenes.step_ids(api, number)[0]}
    return api.request(operation_table()["claim-user-reward-chain-step-reward"], path=path, user="user_1")


def daily_chain(api: Api, **facts: str) -> Request:
    """The claim of today's step; it gives one piece."""
    number = daily_chain_scenes.make(api, daily_chain_scenes.chain(*daily_chain_scenes.steps(2), **facts))
    called = daily_chain_scenes.claiming(number, 1)
    return api.request(operation_table()["claim-user-daily-chain-step-reward"], **called)


def rolling_chain(api: Api) -> Request:
    """The first claim of a chain whose days each user counts alone."""
    return daily_chain(api, type=daily_chain_scenes.ROLLING)


def at_once(base_url: str, request: Request) -> Counter[tuple[int, int | None]]:
    """How often which status and code came back for one request that many send at the same moment."""
    start = Barrier(CALLERS)

    def ask(_: int) -> tuple[int, int | None]:
        door = HttpDoor(base_url)
        door.send("GET", "/__control__/health", {})  # the connection stands before the race begins
        start.wait(30)
        answer = door.send(request.method, request.target, request.headers, request.body)
        door.close()
        return answer.status, answer.error_code

    with ThreadPoolExecutor(CALLERS) as callers:
        return Counter(callers.map(ask, range(CALLERS)))


@pytest.mark.parametrize("prepare", [reward_chain, daily_chain, rolling_chain], ids=lambda prepare: prepare.__name__)
def test_one_of_many_claims_succeeds(http_stage: Stage, prepare: Callable[[Api], Request]) -> None:
    """One is done, all others are told that the reward was claimed, and one piece arrives."""
    assert isinstance(http_stage.door, HttpDoor)
    api = http_stage.fresh()
    request = prepare(api)

    assert at_once(http_stage.door.base_url, request) == {(204, None): 1, (422, CLAIMED): CALLERS - 1}
    assert api.control
    assert api.control.inventory("user_1")[ITEM] == 1
