"""The laws of limits on items: how many pieces a user may still buy."""

from hypothesis import strategies as st

from liveops_contract.api import Api
from liveops_contract.checks import Draw, law
from liveops_contract.laws import limit_walks, scenes
from liveops_contract.laws.limit_scenes import ITEMS, ask, buy, furnish, left, make_item
from liveops_contract.laws.resets import now, strikes
from liveops_contract.schedule_strategies import daily_schedules, monthly_schedules, weekly_schedules

READ, ADD, SET, REMOVE = (ITEMS.operation(act) for act in ("get", "add", "set", "remove"))
RESET, RESET_ALL, SHOW = "reset-user-item-limit", "reset-all-user-items-limit", "get-upsell-for-project-client"
DAY = 86_400
DAILY = {"interval_type": "daily", "time": "00:00:00+00:00"}


@law(READ, ADD, SET, REMOVE, RESET, RESET_ALL, needs_control=True)
def what_is_left_of_an_item_adds_up(api: Api, draw: Draw) -> None:
    """Purchases and operators change what is left to one user of one item, within its limit; beyond they are refused."""
    limit_walks.walk(api, draw, ITEMS)


@law(READ, REMOVE, needs_control=True)
def an_item_limit_starts_over_at_its_hour(api: Api, draw: Draw) -> None:
    """Daily, weekly or monthly it is whole again for everybody, and not a second before."""
    limit_walks.start_over(api, draw, ITEMS)


@law(READ, ADD, SET, REMOVE, RESET, RESET_ALL, needs_control=True)
def an_item_limit_needs_an_item_a_user_and_a_limit(api: Api, draw: Draw) -> None:
    """404/4001, 404/5008 and 422/4508 in this order, and nothing changes."""
    limit_walks.refuse(api, draw, ITEMS)


@law(READ)
def an_order_counts_when_it_is_paid(api: Api, draw: Draw) -> None:
    """Until then, and where it is canceled instead, as many pieces are left as before."""
    furnish(api)
    control, bought, ordered = scenes.control_of(api), draw(st.integers(1, 3)), draw(st.integers(1, 3))
    thing = make_item(api, "thing", 9)
    buy(api, "user_1", thing, bought)
    seen = []
    for close in (control.cancel, control.pay):
        control.fill_cart("user_1", {thing: ordered})
        order = control.order_cart("user_1")["order_id"]
        seen.append(left(api, ITEMS, thing))
        close(order)
        seen.append(left(api, ITEMS, thing))

    assert seen == [9 - bought] * 3 + [9 - bought - ordered]


@law(READ, ADD, REMOVE, RESET, needs_control=True)
def a_refund_gives_the_pieces_back(api: Api, draw: Draw) -> None:
    """As far as they still count."""
    limit_walks.give_back(api, draw, ITEMS)


@law(READ, needs_control=True)
def a_user_is_known_by_what_the_user_did(api: Api, draw: Draw) -> None:
    """Who was defined, called or bought is known, in that project; a token alone says nothing."""
    user = draw(st.sampled_from(("newcomer", "user_1", "d342dad2-9d59-11e9-a384-42010aa8003f")))
    control = scenes.control_of(api)
    item, other = make_item(api, "thing", 3), api.sibling()
    make_item(other, "thing", 3)
    control.token(user)
    assert scenes.verdict(ask(api, ITEMS, "get", item, user)) == (404, 5008)
    way = draw(st.sampled_from(("defined", "called", "bought")))
    if way == "defined":
        control.put_user(user)
    elif way == "called":
        api.call("get-daily-chains-list", user=user)
    else:
        control.purchase(user, {"booster_1": 1})

    assert left(api, ITEMS, item, user) == 3
    assert scenes.verdict(ask(other, ITEMS, "get", item, user)) == (404, 5008)


@law(READ, ADD, needs_control=True)
def a_new_limit_counts_what_was_bought_before(api: Api, draw: Draw) -> None:
    """Less than nothing is never left, a limit that is raised again gives room, and without a limit nothing is refused."""
    furnish(api)
    totals = draw(st.lists(st.sampled_from((None, 1, 3, 6)), min_size=2, max_size=4))
    bought, item = 0, ""
    for total in totals:
        item = make_item(api, "thing", total)
        assert scenes.control_of(api).item(item)["limits"] == (total and {"per_user": total, "recurrent_schedule": None})
        room = 9 if total is None else max(0, total - bought)
        pieces = draw(st.integers(1, 3))
        assert buy(api, "user_1", item, pieces) == (None if pieces <= room else 1460)
        bought += pieces if pieces <= room else 0
    make_item(api, "thing", 2)

    assert left(api, ITEMS, item) == max(0, 2 - bought)
    raised = ask(api, ITEMS, "add", item, "user_1", 1)
    assert scenes.verdict(raised) == ((200, None) if bought else (422, 4510))
    assert left(api, ITEMS, item) == min(2, max(0, 2 - bought) + 1)
    assert left(api, ITEMS, item, "user_2") == 2


@law(READ, needs_control=True)
def a_new_schedule_strikes_from_now_on(api: Api, draw: Draw) -> None:
    """What lapsed under the old one stays forgotten, and what counts is not struck by hours that passed before."""
    furnish(api)
    control, item = scenes.control_of(api), make_item(api, "thing", 5, draw(st.sampled_from((None, DAILY))))
    had = control.item(item)["limits"]["recurrent_schedule"]
    buy(api, "user_1", item, 2)
    control.advance(draw(st.integers(1, 3)) * DAY + 3600)
    make_item(api, "thing", 5, draw(st.sampled_from((None, DAILY))))
    expected = 5 if had else 3

    assert left(api, ITEMS, item) == expected
    control.advance(22 * 3600)
    assert left(api, ITEMS, item) == expected
    has = control.item(item)["limits"]["recurrent_schedule"]
    control.advance(3600)
    assert left(api, ITEMS, item) == (5 if has else expected)


@law(SHOW, needs_control=True)
def the_shop_tells_what_a_user_may_still_buy(api: Api, draw: Draw) -> None:
    """Limit, what is left of it and when it starts over; what is used up can't be bought."""
    schedule = draw(st.none() | daily_schedules() | weekly_schedules() | monthly_schedules())
    control = scenes.control_of(api)
    limits = {"per_user": 2, "recurrent_schedule": schedule}
    control.put_item("thing", limits=limits, price={"amount": "1.00", "currency": "USD"})
    api.call("post-upsell", body={"is_enabled": True, "type": "fixed_list", "items": ["thing"]})
    bought = draw(st.integers(0, 2))
    if bought:
        buy(api, "user_1", "thing", bought)
    told = {} if schedule is None else {"recurrent_schedule": told_schedule(api, schedule)}
    for user, available in (("user_1", 2 - bought), ("user_2", 2)):
        (item,) = api.call(SHOW, user=user).json()["items"]
        assert item["limits"] == {"per_user": {"total": 2, "available": available, **told}}
        assert item["can_be_bought"] is (available > 0)


def told_schedule(api: Api, schedule: dict[str, str]) -> dict[str, str | int]:
    """What a user is told of a schedule: its kind, and its next strike."""
    upcoming = int(strikes(schedule, now(api))[0].timestamp())
    return {"interval_type": schedule["interval_type"], "reset_next_date": upcoming}
