"""The laws of the limits of promo codes: of a user, of a code, of the whole campaign."""

from hypothesis import strategies as st

from liveops_contract.api import Api
from liveops_contract.checks import Draw, law
from liveops_contract.doors import Answer
from liveops_contract.laws import scenes
from liveops_contract.laws.promo_code_scenes import (
    CODE,
    KEY,
    PROMO_CODES,
    REDEEM,
    REWARDS,
    UPDATE,
    add_code,
    at,
    counted,
    left_to,
    ready,
    redeem,
    remove,
)

LIMITS = "get-promo-code-code-limit"
USERS = ("user_1", "user_2", "user_3")
WORDS = ("get", "set", "add", "remove")
ALL = ("redeem_total_limit", "redeem_user_limit", "redeem_code_limit")


@law(REDEEM, REWARDS)
def no_more_redemptions_than_any_limit_allows(api: Api, draw: Draw) -> None:
    """Reserved and used ones count alike against campaign, user and code; where none is left it is 9804, and rewards say so."""
    for name in ALL:  # each of them alone too
        assert_stops(api.sibling(), draw, {**dict.fromkeys(ALL), name: draw(st.integers(1, 3))})
    assert_stops(api, draw, draw(st.fixed_dictionaries({name: st.sampled_from((None, 1, 2, 3)) for name in ALL})))


def assert_stops(api: Api, draw: Draw, limits: dict[str, int | None]) -> None:
    """Redemptions of two users and two codes, as long as any limit allows; some are paid, some wait, some are cancelled."""
    control = scenes.control_of(api)
    done: list[tuple[str, str]] = []
    ready(api, **limits)
    add_code(api, PROMO_CODES, KEY, "Summer2")
    for _ in range(7):
        user, code = draw(st.sampled_from(USERS[:2])), draw(st.sampled_from((CODE, "Summer2")))
        spent = (len(done), sum(one[0] == user for one in done), sum(one[1] == code for one in done))
        is_left = all(limits[name] is None or taken < limits[name] for name, taken in zip(ALL, spent, strict=True))
        control.fill_cart(user, {"gem": 1})
        shown = api.call(REWARDS, path={"promocode_code": code}, user=user)
        answer = redeem(api, code, user)

        expected = (200, None) if is_left else (422, 9804)
        assert (scenes.verdict(answer), scenes.verdict(shown)) == (expected, expected)
        if is_left:
            done.append((user, code))
            order = control.order_cart(user)["order_id"]
            act = draw(st.sampled_from(("pay", "wait", "cancel")))
            if act != "wait":
                control.ask("POST", f"/orders/{order}/{act}")
            if act == "cancel":
                done.pop()


@law("set-promo-code-user-promotion-limit", "add-promo-code-user-promotion-limit", "remove-promo-code-user-promotion-limit")
def what_is_left_to_a_user_is_raised_lowered_and_set(api: Api, draw: Draw) -> None:
    """From nothing to the limit per user and not beyond (4511); the user redeems as often as that, others as before."""
    control, total = scenes.control_of(api), draw(st.integers(1, 3))
    ready(api, "user_1", "user_2", redeem_user_limit=total)
    redeem(api)
    left = total - 1
    for _ in range(3):
        word, step = draw(st.sampled_from(("add", "set", "remove"))), draw(st.integers(1, 3))
        wanted = {"add": left + step, "set": step, "remove": left - step}[word]
        body = {"user": {"user_external_id": "user_1"}, "available": step}
        answer = at(api, f"{word}-promo-code-user-promotion-limit", body=body)
        if 0 <= wanted <= total:
            left = wanted
            assert (answer.status, answer.json()) == (200, {"per_user": {"total": total, "available": left}})
        else:
            assert scenes.verdict(answer) == (422, 4511)
        assert (left_to(api), left_to(api, "user_2")) == (left, total)
    control.order_cart("user_1")
    for number in range(left + 1):
        control.fill_cart("user_1", {"gem": 1})
        assert redeem(api).status == (200 if number < left else 422)
        if number < left:
            control.order_cart("user_1")


def about_user(api: Api, word: str, user: str, key: str) -> Answer:
    """Read, set, raise or lower by one what is left to a user of a promo code."""
    if word == "get":
        return api.call("get-promo-code-user-limit", path={"external_id": key}, query={"user_external_id": user})
    body = {"user": {"user_external_id": user}, "available": 1}
    return api.call(f"{word}-promo-code-user-promotion-limit", path={"external_id": key}, body=body)


@law("get-promo-code-user-limit", LIMITS)
def limits_are_asked_for_by_key_and_user(api: Api, draw: Draw) -> None:
    """An unknown promo code is 9802, an unknown user 5008, one without a limit per user 4509; codes can be picked and paged."""
    for project, limit in ((api, None), (api.sibling(), 2)):
        ready(project, redeem_user_limit=limit)
        assert limit is None or left_to(project) == limit
        redeem(project)
        before = scenes.everything(project)
        for word in draw(st.permutations(WORDS)):
            for user, key in (("stranger", "absent"), ("user_1", "absent"), ("stranger", KEY)):
                expected = (404, 9802 if key != KEY else 5008)
                assert scenes.verdict(about_user(project, word, user, key)) == expected
            if limit is None:
                assert scenes.verdict(about_user(project, word, "user_1", KEY)) == (422, 4509)
        assert scenes.changes(project, before) == {}
        answers = [scenes.verdict(about_user(project, word, "user_1", KEY)) for word in WORDS if limit]
        assert answers == [(200, None)] * len(answers)
    add_code(api, PROMO_CODES, KEY, "Summer2")
    query = [("codes[]", name) for name in draw(st.permutations(("Summer2", "absent", "summer1")))]
    page = api.call(LIMITS, path={"external_id": KEY}, query=query).json()
    assert [entry["code"] for entry in page["items"]] == ["Summer2"]
    whole, cuts = at(api, LIMITS).json()["items"], [{"limit": 1, "offset": offset} for offset in range(3)]
    assert [api.call(LIMITS, path={"external_id": KEY}, query=cut).json()["items"] for cut in cuts] == [whole[:1], whole[1:], []]
    assert scenes.verdict(at(api, LIMITS, "absent")) == (404, 9802)


@law(UPDATE, "get-promo-code-user-limit")
def an_update_of_a_promo_code_keeps_what_its_users_used(api: Api, draw: Draw) -> None:
    """Paid, reserved, or taken away by an operator, it counts after it as before; what is given back then goes to who had it."""
    control, act = scenes.control_of(api), draw(st.sampled_from(("remove", "cancel")))
    ready(api, *USERS, redeem_user_limit=5)
    for user in USERS[:2]:
        redeem(api, user=user)
    control.pay(control.order_cart("user_1")["order_id"])
    order = control.order_cart("user_2")["order_id"] if act == "cancel" else None
    for _ in range(2):
        about_user(api, "remove", "user_3", KEY)
    at(api, UPDATE, body={"name": {"en": "Newer"}, "discount": {"percent": "20"}, "redeem_user_limit": 5})

    assert [left_to(api, user) for user in USERS] == [4, 4, 3]
    if order is None:
        remove(api, "user_2")
    else:
        control.cancel(order)
    assert [left_to(api, user) for user in USERS] == [4, 5, 3]


@law(REDEEM, "get-promo-code-user-limit")
def a_clock_that_is_turned_back_gives_redemptions_back(api: Api, draw: Draw) -> None:
    """What was redeemed after that moment counts against nobody, and can be redeemed again."""
    control, hours = scenes.control_of(api), draw(st.integers(1, 48))
    ready(api, *USERS[:2], redeem_user_limit=2, redeem_code_limit=2)
    for user in USERS[:2]:
        control.advance(hours * 3600)
        redeem(api, user=user)
        control.pay(control.order_cart(user)["order_id"])
    control.rewind(hours * 3600)

    assert ([left_to(api, user) for user in USERS[:2]], counted(api)) == ([1, 2], {CODE: (1, 0, 1)})
    assert scenes.verdict(redeem(api, user=USERS[1])) == (200, None)


@law(UPDATE)
def a_limit_is_never_below_what_is_used_or_reserved(api: Api, draw: Draw) -> None:
    """The update is refused with 6254 and changes nothing; a limit that just reaches is taken."""
    control = scenes.control_of(api)
    ready(api, *USERS)
    for user in USERS:
        redeem(api, user=user)
    control.pay(control.order_cart("user_1")["order_id"])
    name, limit = draw(st.sampled_from(("redeem_total_limit", "redeem_code_limit"))), draw(st.integers(1, 4))
    path, body = {"external_id": KEY}, {"name": {}, name: limit}

    if limit < len(USERS):
        assert scenes.refusal(api, UPDATE, path=path, body=body) == (422, 6254, {})
    else:
        assert api.call(UPDATE, path=path, body=body).status == 204
