"""Rewards land exactly once however requests arrive: fifty at the same moment, each over its own connection."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from liveops_contract.api import Api, Json
from liveops_contract.description import operation_table
from liveops_contract.doors import HttpDoor
from liveops_contract.exchange import Request
from liveops_contract.laws import (
    coupon_scenes,
    daily_chain_scenes,
    offer_chain_scenes,
    promo_code_scenes,
    reward_chain_scenes,
    scenes,
)
from liveops_contract.stage import Stage

CALLERS, CLAIMED, CLOSED, NOTHING_LEFT = 50, 9912, 6230, 9804
ITEM = "com.xsolla.item_1"
USERS = [f"user_{number}" for number in range(1, CALLERS + 1)]


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


def coupons_of_all(api: Api) -> list[Request]:
    """The redemption by each of many users of a coupon with one use left for all; it gives one piece."""
    coupon_of_one_use(api)
    return [sent(api, "redeem-coupon", {"coupon_code": coupon_scenes.CODE}, user) for user in USERS]


def promo_codes_in_carts(api: Api, limit: str = "redeem_code_limit") -> list[Request]:
    """The redemption by each of many users, for a cart of their own, of a promo code with one use left."""
    facts: dict[str, Json] = {"bonus": [{"sku": ITEM}], limit: 1}
    promo_code_scenes.ready(api, *USERS, **facts)
    return [sent(api, "redeem-promo-code", {"coupon_code": promo_code_scenes.CODE}, user) for user in USERS]


def promo_codes_of_one_use(api: Api) -> list[Request]:
    """The same where the campaign has one use left for all."""
    return promo_codes_in_carts(api, "redeem_total_limit")


def sent(api: Api, operation: str, body: Json, user: str) -> Request:
    """A call of a user."""
    return api.request(operation_table()[operation], body=body, user=user)


def at_once(base_url: str, requests: list[Request]) -> Counter[tuple[int, int | None]]:
    """How often which status and code came back for requests that are sent at the same moment."""
    start = Barrier(len(requests))

    def ask(request: Request) -> tuple[int, int | None]:
        door = HttpDoor(base_url)
        door.send("GET", "/__control__/health", {})  # the connection stands before the race begins
        start.wait(30)
        answer = door.send(request.method, request.target, request.headers, request.body)
        door.close()
        return answer.status, answer.error_code

    with ThreadPoolExecutor(len(requests)) as callers:
        return Counter(callers.map(ask, requests))


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

    assert at_once(http_stage.door.base_url, [request] * CALLERS) == {(done, None): 1, (422, refused): CALLERS - 1}
    assert api.control
    assert api.control.inventory("user_1")[ITEM] == 1


@pytest.mark.parametrize("prepare", [coupons_of_all, promo_codes_in_carts, promo_codes_of_one_use])
def test_one_of_many_users_gets_the_last_use(http_stage: Stage, prepare: Callable[[Api], list[Request]]) -> None:
    """One user redeems the code, all others are told that nothing is left, and when all have paid one piece has arrived."""
    assert isinstance(http_stage.door, HttpDoor)
    api = http_stage.fresh()
    requests = prepare(api)

    assert at_once(http_stage.door.base_url, requests) == {(200, None): 1, (422, NOTHING_LEFT): CALLERS - 1}
    assert api.control
    for user in USERS if prepare is not coupons_of_all else ():
        api.control.pay(api.control.order_cart(user)["order_id"])
    assert sum(api.control.inventory(user).get(ITEM, 0) for user in USERS) == 1
