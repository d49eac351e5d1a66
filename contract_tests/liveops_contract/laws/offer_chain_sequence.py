"""The laws of the sequence of an offer chain: which step a user can take, and how."""

from itertools import product

from hypothesis import strategies as st

from liveops_contract.api import Api
from liveops_contract.checks import Draw, law
from liveops_contract.laws import scenes
from liveops_contract.laws.offer_chain_scenes import (
    CLAIM,
    DELETE,
    LIST,
    ONE,
    ORDER,
    TOGGLE,
    UPDATE,
    drawn_steps,
    make,
    owned,
    pieces,
    place,
    progress,
    restated,
    seen,
    standing,
    state,
    step,
    take,
    update,
    view,
    walk,
)


@law(CLAIM, ORDER, ONE)
def steps_open_one_after_the_other(api: Api, draw: Draw) -> None:
    """Only the next step by number can be taken; one that the user has is 9912, any later one 6231, and gives nothing."""
    steps = drawn_steps(draw, 2)
    chain, taken = make(api, draw, steps), 0
    wishes = draw(st.lists(st.integers(0, len(steps) - 1), min_size=3, max_size=7))
    for wish in [*wishes, *range(len(steps)), 0]:
        code = take(api, chain, steps[wish])
        assert code == (9912 if wish < taken else 6231 if wish > taken else None)
        taken += wish == taken
        assert progress(api, chain) == standing(steps, taken)
        assert owned(api) == pieces(steps[:taken])


@law(CLAIM, ORDER)
def a_free_step_is_claimed_and_any_other_ordered(api: Api, draw: Draw) -> None:
    """The other way round is refused with 6232 and changes nothing, also before the step is the next one."""
    steps = drawn_steps(draw, 1, 3)
    chain, wished = make(api, draw, steps), draw(st.sampled_from(steps))
    before = state(api)
    answer = api.call(ORDER if wished["is_free"] else CLAIM, path=place(chain, wished["step_number"]))

    assert scenes.verdict(answer) == (422, 6232)
    assert state(api) == before


@law(CLAIM, ORDER, ONE)
def a_step_needs_a_chain_that_is_open_and_has_it(api: Api, draw: Draw) -> None:
    """A number that the chain does not have is 404/9911; a chain that is off, gone or never was is 404/4001."""
    chain = make(api, draw, [step(1), step(2, is_free=False)])
    off, gone = (make(api, draw, [step(5), step(7, is_free=False)]) for _ in range(2))
    for operation, strange in product(
        (CLAIM, ORDER), (3, 5, 2147483647, scenes.read_offer_chain(api, off)["steps"][1]["step_id"])
    ):
        assert scenes.verdict(api.call(operation, path=place(chain, strange))) == (404, 9911)
    api.call(TOGGLE, path={"offer_chain_id": off})
    api.call(DELETE, path={"offer_chain_id": gone})
    for closed in (off, gone, gone + 1, 2147483647):
        for operation, number in product((CLAIM, ORDER), (1, 5, 7)):
            assert scenes.verdict(api.call(operation, path=place(closed, number))) == (404, 4001)
        assert view(api, closed)["errorCode"] == 4001


@law(CLAIM)
def a_claimed_step_is_an_order_with_nothing_to_pay(api: Api, draw: Draw) -> None:
    """The order that the claim names belongs to the user, holds the items of the step, and is paid."""
    control, quantity = scenes.control_of(api), draw(st.integers(1, 5))
    user, number = draw(st.sampled_from(scenes.USERS)), draw(st.integers(1, 9))
    chain = make(api, draw, [step(number, quantity)])
    now = control.advance(draw(st.integers(1, 99)))
    answer = api.call(CLAIM, path=place(chain, number), user=user).json()
    (order,) = control.orders(user)

    assert answer == {"order_id": order["order_id"]}
    assert (order["status"], order["price"], order["created"], order["paid"]) == ("paid", None, now, now)
    assert order["items"] == [{"sku": "com.xsolla.item_1", "quantity": quantity}]
    assert (order["offer"]["offer_chain_id"], order["offer"]["step_number"]) == (chain, number)


@law(CLAIM, ORDER, LIST)
def users_walk_offer_chains_alone(api: Api, draw: Draw) -> None:
    """What one user takes changes nothing for another, nor in another chain with the same steps."""
    steps = drawn_steps(draw)
    chain, twin = make(api, draw, steps), make(api, draw, steps)
    before = state(api)["user_2"]
    taken = draw(st.integers(1, len(steps)))
    walk(api, chain, steps[:taken])

    assert state(api)["user_2"] == before
    assert progress(api, chain) == standing(steps, taken)
    assert progress(api, twin) == standing(steps, 0)


@law(ONE, LIST, CLAIM)
def a_finished_chain_stays_as_completed(api: Api, draw: Draw) -> None:
    """All steps are claimed, there is no next one, and the chain stays in the list; without steps it is so from the start."""
    steps = drawn_steps(draw, 0, 3)
    chain = make(api, draw, steps)
    walk(api, chain, steps)
    numbers = [one["step_number"] for one in steps]

    assert progress(api, chain) == (numbers, None)
    assert chain in seen(api)
    assert [take(api, chain, one) for one in steps] == [9912] * len(steps)


@law(CLAIM, ORDER, ONE)
def a_chain_that_starts_over_at_its_end_does_so(api: Api, draw: Draw) -> None:
    """After the last step the user is at the first again, alone, and may take all once more; before it nothing starts over."""
    steps, rounds = drawn_steps(draw, draw(st.sampled_from((2, 1))), 3), draw(st.integers(1, 2))
    chain = make(api, draw, steps, is_reset_on_completion=True)
    others = draw(st.integers(min(1, len(steps) - 1), len(steps) - 1))
    walk(api, chain, steps[:others], "user_2")
    for _ in range(rounds):
        walk(api, chain, steps)
    rest = draw(st.integers(0, len(steps) - 1))
    walk(api, chain, steps[:rest])

    assert progress(api, chain) == standing(steps, rest)
    assert progress(api, chain, "user_2") == standing(steps, others)
    assert owned(api) == rounds * pieces(steps) + pieces(steps[:rest])


@law(TOGGLE, ONE)
def progress_stays_while_a_chain_is_off(api: Api, draw: Draw) -> None:
    """Off, nobody gets at the chain; on again, each user goes on where he stopped."""
    steps = drawn_steps(draw)
    chain, taken = make(api, draw, steps), draw(st.integers(0, len(steps)))
    walk(api, chain, steps[:taken])
    api.call(TOGGLE, path={"offer_chain_id": chain})
    refused = take(api, chain, draw(st.sampled_from(steps)))
    api.call(TOGGLE, path={"offer_chain_id": chain})

    assert refused == 4001
    assert progress(api, chain) == standing(steps, taken)


@law(DELETE, LIST)
def a_deleted_chain_leaves_what_users_received(api: Api, draw: Draw) -> None:
    """Items and orders stay, the chain is gone from the list, and a new one of the same steps begins at the first."""
    steps = drawn_steps(draw)
    chain = make(api, draw, steps)
    walk(api, chain, steps[: draw(st.integers(1, len(steps)))])
    _, user, orders = state(api)["user_1"]
    api.call(DELETE, path={"offer_chain_id": chain})
    later = make(api, draw, steps)

    assert state(api)["user_1"][1:] == (user, orders)
    assert seen(api) == [later]
    assert progress(api, later) == standing(steps, 0)


@law(UPDATE, ONE)
def steps_that_stay_through_an_update_keep_their_progress(api: Api, draw: Draw) -> None:
    """Steps sent with their `step_id` stay taken, wherever they stand now; a step sent without it is open to everybody."""
    steps = [step(number, 2**number, is_free=draw(st.booleans())) for number in (2, 4, 6)]
    chain, taken = make(api, draw, steps), draw(st.integers(0, 3))
    walk(api, chain, steps[:taken])
    body = restated(api, chain)
    kept = [draw(st.booleans()) for _ in steps]
    numbers = draw(st.permutations((1, 3, 5)))
    for one, stays, number in zip(body["steps"], kept, numbers, strict=True):
        one["step_number"] = number
        _ = stays or one.pop("step_id")
    update(api, chain, body)

    has = sorted(number for number, stays, before in zip(numbers, kept, range(3), strict=True) if stays and before < taken)
    rest = [number for number in (1, 3, 5) if number not in has]
    assert progress(api, chain) == (has, rest[0] if rest else None)


@law(UPDATE, ONE)
def an_update_that_leaves_nothing_to_take_starts_a_circle_over(api: Api, draw: Draw) -> None:
    """In a chain that starts over at its end, whoever has all remaining steps begins anew."""
    steps = [step(1), step(2, 2)]
    chain = make(api, draw, steps, is_reset_on_completion=draw(st.booleans()))
    walk(api, chain, steps[:1])
    body = restated(api, chain, is_reset_on_completion=draw(st.booleans()))
    update(api, chain, {**body, "steps": body["steps"][:1]})

    assert progress(api, chain) == (([], 1) if body["is_reset_on_completion"] else ([1], None))
