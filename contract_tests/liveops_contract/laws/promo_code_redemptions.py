"""The laws of the redemptions of promo codes: reserved in a cart, used by payment, given back, and limited."""

from hypothesis import strategies as st

from liveops_contract.api import Api
from liveops_contract.checks import Draw, law
from liveops_contract.laws import scenes
from liveops_contract.laws.promo_code_scenes import (
    ACTIVATE,
    CODE,
    DEACTIVATE,
    DELETE,
    KEY,
    PROMO_CODES,
    REDEEM,
    REMOVE,
    REWARDS,
    UPDATE,
    add_code,
    amounts,
    at,
    counted,
    left_to,
    promo_code,
    ready,
    redeem,
    remove,
    totals,
)

ALL = {"redeem_total_limit": 5, "redeem_user_limit": 4, "redeem_code_limit": 3}


@law(REDEEM, REMOVE, "get-promo-code-code-limit", "get-promo-code")
def a_redemption_is_reserved_then_used_or_free_again(api: Api, draw: Draw) -> None:
    """The cart and its order hold one redemption; payment uses it, and removal, an emptied cart and a canceled order free it."""
    control, end = scenes.control_of(api), draw(st.sampled_from(("pay", "cancel", "remove", "empty", "refund")))
    ready(api, **ALL)
    states = [(counted(api)[CODE], totals(api), left_to(api))]

    def note() -> None:
        states.append((counted(api)[CODE], totals(api), left_to(api)))

    redeem(api)
    note()
    if end in ("remove", "empty"):
        remove(api) if end == "remove" else control.empty_cart("user_1")
    else:
        order = control.order_cart("user_1")
        note()
        for act in ("pay", "refund") if end == "refund" else (end,):
            control.ask("POST", f"/orders/{order['order_id']}/{act}")
    note()

    free, held, used = ((3, 0, 0), (5, 0, 0), 4), ((2, 1, 0), (4, 1, 0), 3), ((2, 0, 1), (4, 0, 1), 3)
    middle = [held] if end in ("remove", "empty") else [held, held]
    assert states == [free, *middle, used if end in ("pay", "refund") else free]


@law(REDEEM)
def a_cart_holds_one_promo_code(api: Api, draw: Draw) -> None:
    """The same code once more changes nothing; another one, of whatever campaign, is refused with 6260."""
    ready(api, redeem_user_limit=1)
    add_code(api, PROMO_CODES, KEY, "Summer2")
    promo_code(api, "Winter1", key="winter")
    cart = redeem(api).json()
    before = scenes.everything(api)
    again = redeem(api)
    rival = draw(st.sampled_from(("Summer2", "Winter1", "summer1")))

    assert (again.status, again.json(), scenes.changes(api, before)) == (200, cart, {})
    assert scenes.refusal(api, REDEEM, body={"coupon_code": rival}) == (422, 6260, {})
    remove(api)
    assert redeem(api, "Winter1").status == 200


@law(REDEEM)
def a_cart_with_a_promo_code_is_not_changed(api: Api, draw: Draw) -> None:
    """The control door refuses with 6262 until the code is removed; then the cart takes what it is given."""
    control = scenes.control_of(api)
    ready(api)
    redeem(api)
    before, items = scenes.everything(api), {"gem": draw(st.integers(1, 5))}
    code = scenes.refused(api, "fill_cart", "user_1", items)

    assert (code, scenes.changes(api, before)) == (6262, {})
    remove(api)
    assert amounts(control.fill_cart("user_1", items)["cart"]) == (10 * items["gem"], 10 * items["gem"])


@law(REDEEM, REWARDS, ACTIVATE, DEACTIVATE)
def a_promo_code_works_while_it_is_on_and_open_to_the_user(api: Api, draw: Draw) -> None:
    """Off is 6250, outside of the periods to the second 6251, another user's code 6252, an unknown one 4001."""
    window = {"date_from": "2025-01-01T00:00:00Z", "date_until": "2025-01-02T00:00:00Z"}
    later = {"date_from": "2025-01-03T00:00:00+00:00", "date_until": "2025-01-04T00:00:00+00:00"}
    suits = [{"attribute": "rank", "type": "string", "operator": "eq", "value": "gold"}]
    day = 86_400
    moments = {0: True, day - 1: True, day: False, 2 * day - 1: False, 2 * day: True, 3 * day - 1: True, 3 * day: False}
    watched = draw(st.sampled_from(sorted(moments)))
    faults = draw(st.lists(st.sampled_from(("unknown", "off", "others")), min_size=1, max_size=2, unique=True))
    # What is right is tried in every example, beside what is wrong.
    for project, wrong in ((api, ()), (api.sibling(), faults)):
        control, code = scenes.control_of(project), "summer1" if "unknown" in wrong else CODE
        ready(project, promotion_periods=[window, later], attribute_conditions=suits)
        control.put_user("user_1", attributes={"rank": "tin" if "others" in wrong else "gold"})
        if "off" in wrong:
            at(project, DEACTIVATE)
        for last, moment in zip((0, *moments), moments, strict=False):
            if moment > last:
                control.advance(moment - last)
            before = scenes.everything(project) if moment == watched else None
            shown, answer = project.call(REWARDS, path={"promocode_code": code}), redeem(project, code)

            reasons = [(404, 4001)] * ("unknown" in wrong) + [(422, 6250)] * ("off" in wrong)
            reasons += [(422, 6251)] * (not moments[moment]) + [(422, 6252)] * ("others" in wrong)
            expected = [*reasons, (200, None)][0]
            assert (scenes.verdict(shown), scenes.verdict(answer)) == (expected, expected)
            assert before is None or (scenes.changes(project, before) == {}) is bool(reasons)
            if not reasons:
                remove(project)


@law(REDEEM, DEACTIVATE, DELETE, UPDATE)
def a_code_that_is_closed_leaves_the_cart(api: Api, draw: Draw) -> None:  # noqa: ARG001 - nothing is drawn
    """Off, ended, for others or deleted, it makes nothing cheaper; an order is without it then, one made before keeps it."""
    for closing in ("off", "ended", "others", "deleted"):
        leave_the_cart(closing, api.sibling())


def leave_the_cart(closing: str, api: Api) -> None:
    """One user has ordered already, one orders then, one takes the code out of the cart."""
    control, users = scenes.control_of(api), ("user_1", "user_2", "user_3")
    ready(api, *users, promotion_periods=[{"date_from": "2025-01-01T00:00:00Z", "date_until": "2025-01-02T00:00:00Z"}])
    for user in users:
        redeem(api, user=user)
    early = control.order_cart("user_2")
    suits = [{"attribute": "rank", "type": "string", "operator": "eq", "value": "gold"}]
    if closing == "ended":
        control.advance(86_400)
    elif closing == "others":
        at(api, UPDATE, body={"name": {}, "discount": {"percent": "10"}, "attribute_conditions": suits})
    else:
        at(api, DEACTIVATE if closing == "off" else DELETE)
    seen = control.cart("user_1")
    late = control.order_cart("user_1")

    assert remove(api, user="user_3").status == 200
    assert (seen["promo_code"], amounts(seen["cart"])) == (None, (10, 10))
    assert (late["price"]["amount"], late["codes"]) == (10, [])
    assert (early["price"]["amount"], early["codes"]) == (9, [CODE])
    assert control.pay(early["order_id"])["status"] == "paid"
    if closing != "deleted":
        assert counted(api)[CODE] == (None, 0, 1)


@law(REDEEM, DEACTIVATE)
def a_closed_code_makes_room_for_another(api: Api, draw: Draw) -> None:
    """Where the code in the cart is switched off, another one can be entered, or the cart filled anew; its redemption is free."""
    ready(api, **ALL)
    promo_code(api, "Winter1", key="winter", discount={"percent": "50"})
    redeem(api)
    at(api, DEACTIVATE)
    act = draw(st.sampled_from(("enter", "fill", "remove")))
    if act == "enter":
        assert amounts(redeem(api, "Winter1").json()) == (5, 10)
    elif act == "fill":
        assert scenes.refused(api, "fill_cart", "user_1", {"gem": 2}) is None
    else:
        remove(api)

    assert counted(api)[CODE] == (3, 0, 0)
    assert counted(api, "winter")["Winter1"] == (None, int(act == "enter"), 0)
