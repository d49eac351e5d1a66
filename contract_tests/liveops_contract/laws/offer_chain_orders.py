"""The laws of orders of offer chain steps: what they cost, when the step counts, and that nothing paid is lost."""

from hypothesis import strategies as st

from liveops_contract.api import Api
from liveops_contract.checks import Draw, law
from liveops_contract.laws import scenes
from liveops_contract.laws.offer_chain_scenes import (
    CLAIM,
    DELETE,
    ITEM,
    ONE,
    ORDER,
    TOGGLE,
    UNPRICED,
    UPDATE,
    done,
    drawn_steps,
    make,
    order,
    owned,
    pay,
    pieces,
    place,
    progress,
    restated,
    standing,
    state,
    step,
    take,
    update,
    view,
    walk,
)
from liveops_contract.laws.orders import PRICES
from liveops_contract.laws.reward_chain_scenes import POINT


@law(ORDER, ONE)
def an_order_costs_what_the_catalog_says_at_that_moment(api: Api, draw: Draw) -> None:
    """The price of the item times the pieces, as the user sees it; a later change of the catalog leaves the order as it is."""
    control, count = scenes.control_of(api), draw(st.integers(1, 5))
    first, later = draw(st.sampled_from(PRICES[1:])), draw(st.sampled_from(PRICES))
    control.put_item(ITEM, price=first)
    chain = make(api, draw, [step(1, count, is_free=False)])
    shown = view(api, chain)["steps"][0]["step_price"]
    answer = order(api, chain, 1)
    control.put_item(ITEM, price=later)
    assert pay(api, answer["order_id"]) is None

    expected = {"amount": round(float(first["amount"]) * 100) * count / 100, "currency": first["currency"]}
    assert shown == expected
    assert control.order(answer["order_id"])["price"] == expected


@law(ORDER, ONE)
def a_step_without_a_price_cannot_be_ordered(api: Api, draw: Draw) -> None:
    """No price, or prices in two currencies: 422/6233, and no order is made. Given free, the step is claimed all the same."""
    control = scenes.control_of(api)
    one, other = draw(st.sampled_from(((ITEM, UNPRICED), (UNPRICED, ITEM), (ITEM, "booster_1"), (ITEM, ITEM))))
    control.put_item("booster_1", price={"amount": "1", "currency": "EUR"})
    is_free, items = draw(st.booleans()), [{"sku": one, "quantity": 1}, {"sku": other, "quantity": 1}]
    chain = make(api, draw, [{"step_number": 1, "is_free": is_free, "items": items}])
    before = state(api)
    has_price = one == other and not is_free

    assert (view(api, chain)["steps"][0]["step_price"] is not None) == has_price
    if is_free or has_price:
        assert take(api, chain, {"step_number": 1, "is_free": is_free}) is None
    else:
        assert scenes.verdict(api.call(ORDER, path=place(chain, 1))) == (422, 6233)
        assert state(api) == before


@law(ORDER, ONE)
def an_ordered_step_counts_once_it_is_paid(api: Api, draw: Draw) -> None:
    """Until then nothing is given and the step is still the next one; then items and value points are there at once."""
    control = scenes.control_of(api)
    count, points = draw(st.integers(1, 5)), draw(st.integers(1, 9))
    control.put_item(ITEM, price=PRICES[1], value_points=[{"sku": POINT, "amount": points}])
    steps = [step(1, count, is_free=False), step(2)]
    chain = make(api, draw, steps)
    made = control.now()
    answer = order(api, chain, 1)
    waiting = (progress(api, chain), owned(api), control.balance("user_1", POINT), control.order(answer["order_id"]))
    control.advance(draw(st.integers(1, 9999)))
    assert pay(api, answer["order_id"]) is None
    paid = control.order(answer["order_id"])

    assert waiting[:3] == (standing(steps, 0), 0, 0)
    assert (waiting[3]["status"], waiting[3]["token"], waiting[3]["created"]) == ("new", answer["token"], made)
    assert (paid["status"], paid["paid"], paid["created"]) == ("paid", control.now(), made)
    assert (progress(api, chain), owned(api)) == (standing(steps, 1), count)
    assert control.balance("user_1", POINT) == count * points
    assert paid["value_points"] == [{"sku": POINT, "amount": count * points}]


@law(ORDER)
def a_step_is_paid_once_however_often_it_is_ordered(api: Api, draw: Draw) -> None:
    """Each order has a number and a token of its own; one is paid, the others are refused with 9912 and give nothing."""
    steps = [step(1, draw(st.integers(1, 5)), is_free=False), step(2)]
    chain = make(api, draw, steps)
    answers = [order(api, chain, 1) for _ in range(draw(st.integers(2, 3)))]
    first, second, *_ = draw(st.permutations([answer["order_id"] for answer in answers]))
    assert pay(api, first) is None
    before = state(api)

    assert len({answer["order_id"] for answer in answers} | {answer["token"] for answer in answers}) == 2 * len(answers)
    assert (pay(api, second), pay(api, first)) == (9912, 6230)
    assert state(api) == before
    assert done(api, "cancel", second) is None
    assert (progress(api, chain), owned(api)) == (standing(steps, 1), pieces(steps[:1]))


@law(ORDER)
def a_canceled_order_can_not_be_paid(api: Api, draw: Draw) -> None:
    """Nor refunded: 6230, and nothing is given; the step can be ordered anew."""
    steps = [step(1, is_free=False)]
    chain = make(api, draw, steps)
    number = order(api, chain, 1)["order_id"]
    assert done(api, "refund", number) == 6230
    assert done(api, "cancel", number) is None
    before = state(api)
    refused = [done(api, act, number) for act in draw(st.permutations(("pay", "cancel", "refund")))]

    assert (refused, state(api)) == ([6230] * 3, before)
    assert take(api, chain, steps[0]) is None
    assert owned(api) == 1


@law(ORDER, CLAIM, ONE)
def a_refunded_step_is_open_again(api: Api, draw: Draw) -> None:
    """Its items are taken back and it is the next step; the others stay taken, and it can be taken once more."""
    steps = drawn_steps(draw, 1, 3)
    chain, taken = make(api, draw, steps), draw(st.integers(1, len(steps)))
    walk(api, chain, steps[:taken])
    place_of_one = draw(st.integers(0, taken - 1))
    orders = scenes.control_of(api).orders("user_1")
    by_number = {one["offer"]["step_number"]: one["order_id"] for one in orders if one["status"] == "paid"}
    again = steps[place_of_one]
    assert done(api, "refund", by_number[again["step_number"]]) is None
    numbers = [one["step_number"] for one in steps[:taken] if one is not again]

    assert (progress(api, chain), owned(api)) == ((numbers, again["step_number"]), pieces(steps[:taken]) - pieces([again]))
    assert take(api, chain, again) is None
    assert (progress(api, chain), owned(api)) == (standing(steps, taken), pieces(steps[:taken]))


@law(ORDER, DELETE, UPDATE, TOGGLE)
def an_open_order_outlives_what_becomes_of_its_chain(api: Api, draw: Draw) -> None:
    """Off, deleted, or without the step: paying gives what was ordered all the same, and again only if it is paid again."""
    steps = [step(1, 2, is_free=False), step(3)]
    chain, path = make(api, draw, steps), {}
    numbers = [order(api, chain, 1)["order_id"] for _ in range(2)]
    path = {"offer_chain_id": chain}
    fate = draw(st.sampled_from((TOGGLE, DELETE, UPDATE)))
    if fate == UPDATE:
        body = restated(api, chain)
        update(api, chain, {**body, "steps": body["steps"][1:]})
    else:
        api.call(fate, path=path)
    codes = [pay(api, number) for number in numbers]

    assert codes == [None, 9912 if fate == TOGGLE else None]
    assert owned(api) == (2 if fate == TOGGLE else 4)
    if fate == TOGGLE:
        api.call(TOGGLE, path=path)
        assert progress(api, chain) == standing(steps, 1)
    if fate == UPDATE:
        assert progress(api, chain) == ([], 3)


@law(CLAIM, ORDER)
def a_step_whose_points_find_no_room_is_not_given(api: Api, draw: Draw) -> None:
    """Claim and payment are refused with 6214 and leave everything as it is; the order stays open."""
    control, is_free = scenes.control_of(api), draw(st.booleans())
    carries = [{"sku": POINT, "amount": 2147483647}]
    control.put_item(ITEM, price=PRICES[1], value_points=carries)
    chain = make(api, draw, [step(1, draw(st.integers(1, 2)), is_free=is_free)])
    control.put_item("booster_1", value_points=[{"sku": POINT, "amount": 1}])
    control.purchase("user_1", {"booster_1": 1})
    number = None if is_free else order(api, chain, 1)["order_id"]
    before = state(api)
    code = claim_code(api, chain) if number is None else pay(api, number)

    assert (code, state(api)) == (6214, before)


def claim_code(api: Api, chain: int) -> int | None:
    """The code with which the claim of the first step is refused."""
    return api.call(CLAIM, path=place(chain, 1)).error_code
