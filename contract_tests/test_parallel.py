"""Rewards land exactly once however requests arrive: many identical ones at the same moment, each over its own connection."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from liveops_contract.api import Api, Json
from liveops_contract.description import operation_table
from liveops_contract.doors import HttpDoor
from liveops_contract.exchange import Request
from liveops_contract.laws import coupon_scenes, daily_chain_scenes, offer_chain_scenes, reward_chain_scenes, scenes
from liveops_contract.stage import Stage

CALLERS, CLAIMED, CLOSED, NOTHING_LEFT = 50, 9912, 6230, 9804
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


def offer_chain(api: Api) -> Request:
    """The claim of a free step; it gives one piece."""
    number = scenes.new_offer_chain(api, offer_chain_scenes.open_chain(offer_chain_scenes.step(1), offer_chain_scenes.step(2)))
    path = offer_chain_scenes.place(number, 1)
    return api.request(operation_table()["claim-user-offer-chain-step-reward"], path=path, user="user_1")


def coupon(api: Api, limit: str = "redeem_code_limit") -> Request:
    """The redemption of a code with one use left; it gives one piece."""
    facts: dict[str, Json] = {"bonus": [{"sku": ITEM}], limit: 1}
    coupon_scenes.make(api, "coupon", coupon_scenes.CODE, on=True, **facts)
    return api.request(operation_table()["redeem-coupon"], body={"coupon_code": coupon_scenes.CODE}, user="user_1")


def coupon_of_one_use(api: Api) -> Request:
    """The redemption of a code of a campaign with one use left for all."""
    return coupon(api, "redeem_total_limit")


def payment(api: Api) -> Request:
    """The payment of an order of one piece."""
    number = scenes.new_offer_chain(api, offer_chain_scenes.open_chain(offer_chain_scenes.step(1, is_free=False)))
    order = offer_chain_scenes.order(api, number, 1)["order_id"]
    target = f"/__control__/projects/{api.account.project_id}/orders/{order}/pay"
    return Request("POST", target, {"Authorization": api.account.project_basic})


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


@pytest.mark.parametrize(
    ("prepare", "done", "refused"),
    [
        (reward_chain, 204, CLAIMED),
        (daily_chain, 204, CLAIMED),
        (rolling_chain, 204, CLAIMED),
        (offer_chain, 200, CLAIMED),
        (payment, 200, CLOSED),
        (coupon, 200, NOTHING_LEFT),
        (coupon_of_one_use, 200, NOTHING_LEFT),
    ],
)
def test_one_of_many_succeeds(http_stage: Stage, prepare: Callable[[Api], Request], done: int, refused: int) -> None:
    """One is done, all others are told that it is done already, and one piece arrives."""
    assert isinstance(http_stage.door, HttpDoor)
    api = http_stage.fresh()
    request = prepare(api)

    assert at_once(http_stage.door.base_url, request) == {(done, None): 1, (422, refused): CALLERS - 1}
    assert api.control
    assert api.control.inventory("user_1")[ITEM] == 1
