"""The laws of what single users may still redeem of a coupon."""

from hypothesis import strategies as st

from liveops_contract.api import Api
from liveops_contract.checks import Draw, law
from liveops_contract.laws import coupon_scenes, scenes
from liveops_contract.laws.coupon_scenes import CODE, LEFT, LOWER, RAISE, REDEEM, SET, UPDATE, left, make, move, place, redeem

STRANGER = "stranger"
WAYS = ("token", "door", "purchase", "none")


def known(api: Api, *users: str) -> None:
    """Let the project know these users."""
    for user in users:
        scenes.control_of(api).put_user(user, name=user)


@law(LEFT, RAISE, LOWER, SET, REDEEM)
def what_is_left_to_a_user_goes_up_and_down(api: Api, draw: Draw) -> None:
    """By what is added, taken, set and redeemed, from nothing to the limit: 422/4511 beyond; at nothing codes are 422/9804."""
    total = draw(st.integers(1, 4))
    make(api, "coupon", CODE, redeem_user_limit=total)
    known(api, *scenes.USERS)
    rest = total
    for act, number in draw(
        st.lists(st.tuples(st.sampled_from((RAISE, LOWER, SET, REDEEM)), st.integers(1, 5)), min_size=2, max_size=8)
    ):
        wanted = {RAISE: rest + number, LOWER: rest - number, SET: number - 1, REDEEM: rest - 1}[act]
        fits = 0 <= wanted <= total
        if act == REDEEM:
            assert redeem(api) == (None if fits else 9804)
        else:
            answer = move(api, act, number - (act == SET))
            assert answer.error_code == (None if fits else 4511)
            assert not fits or answer.json() == {"per_user": {"total": total, "available": wanted}}
        rest = wanted if fits else rest
        assert left(api).json() == {"per_user": {"total": total, "available": rest}}

    assert left(api, "user_2").json() == {"per_user": {"total": total, "available": total}}


@law(LEFT, RAISE, LOWER, SET)
def without_a_limit_per_user_there_is_nothing_to_tell(api: Api, draw: Draw) -> None:
    """422/4509, to read as to write, and nothing changes."""
    make(api, "coupon", CODE, redeem_total_limit=draw(st.none() | st.just(3)), redeem_code_limit=draw(st.none() | st.just(3)))
    known(api, "user_1")

    assert scenes.verdict(left(api)) == (422, 4509)
    for act in (RAISE, LOWER, SET):
        body = {"user": {"user_external_id": "user_1"}, "available": 1}
        assert scenes.refusal(api, act, path=place("coupon"), body=body) == (422, 4509, {})


@law(LEFT, RAISE, LOWER, SET)
def limits_are_told_of_users_whom_the_project_knows(api: Api, draw: Draw) -> None:
    """404/5008 until a user calls with a token, is defined, or buys; in this project and no other."""
    make(api, "coupon", CODE, redeem_user_limit=2)
    way = draw(st.sampled_from(WAYS))
    control = scenes.control_of(api)
    before = [move(api, act, 1, STRANGER).error_code for act in (RAISE, LOWER, SET)] + [left(api, STRANGER).error_code]
    if way == "token":
        coupon_scenes.shown(api, CODE, STRANGER)
    if way == "door":
        control.put_user(STRANGER, name="Stranger")
    if way == "purchase":
        control.purchase(STRANGER, {"com.xsolla.item_1": 1})
    other = api.sibling()
    make(other, "coupon", CODE, redeem_user_limit=2)

    assert before == [5008] * 4
    assert scenes.verdict(left(api, STRANGER)) == ((404, 5008) if way == "none" else (200, None))
    assert scenes.verdict(left(other, STRANGER)) == (404, 5008)


@law(UPDATE, LEFT)
def another_limit_per_user_counts_what_was_redeemed(api: Api, draw: Draw) -> None:
    """What is left is the new limit without what the user redeemed, and nothing where that is more."""
    make(api, "coupon", CODE, redeem_user_limit=4)
    times, limit = draw(st.integers(0, 4)), draw(st.integers(1, 6))
    for _ in range(times):
        redeem(api)
    known(api, *scenes.USERS)
    coupon_scenes.update(api, redeem_user_limit=limit)

    assert left(api).json() == {"per_user": {"total": limit, "available": max(0, limit - times)}}
    assert left(api, "user_2").json() == {"per_user": {"total": limit, "available": limit}}
