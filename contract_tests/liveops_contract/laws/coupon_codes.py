"""The laws of the codes of coupons: where they come from, where they are unique, and how they are listed."""

import re

from hypothesis import strategies as st

from liveops_contract.api import Api
from liveops_contract.campaign_strategies import codes
from liveops_contract.checks import Draw, law
from liveops_contract.laws import coupon_scenes, scenes
from liveops_contract.laws.coupon_scenes import (
    ADD,
    CODE,
    CODE_LIMITS,
    CODES,
    DELETE,
    GENERATE,
    REDEEM,
    add,
    codes_of,
    make,
    place,
)

MADE_UP = re.compile("[a-zA-Z0-9]{10}")
SEVERAL = st.lists(codes(), min_size=2, max_size=7, unique=True)


def generate(api: Api, count: int, key: str = "coupon") -> None:
    """Make up codes."""
    answer = api.call(GENERATE, path=place(key), body={"count": count})
    assert (answer.status, answer.json()) == (200, {"count": count})


@law(ADD, CODES, CODE_LIMITS)
def codes_are_listed_as_they_were_added(api: Api, draw: Draw) -> None:
    """Page after page, each code once, the first one first; both lists know how many there are."""
    make(api)
    make(api, "other", "OTHERCODE")
    added = draw(SEVERAL)
    for code in added:
        assert add(api, code).json() == {"code": code}
    drawn = draw(st.integers(1, 4)), draw(st.sampled_from((0, 1, 2, 6, 2147483647)))
    assert codes_of(api, limit=drawn[0]) == added
    for limit, offset in (drawn, (max(1, len(added)), 0)):
        query = {"limit": limit, "offset": offset}
        page = api.call(CODES, path=place("coupon"), query=query).json()
        limits = api.call(CODE_LIMITS, path=place("coupon"), query=query).json()
        cut = added[offset : offset + limit]
        assert ([entry["code"] for entry in page["codes"]], page["total_count"]) == (cut, len(added))
        assert [entry["code"] for entry in limits["items"]] == cut
        assert (limits["total_items_count"], limits["has_more"]) == (len(added), offset + limit < len(added))


@law(ADD)
def a_code_is_given_once_in_a_project(api: Api, draw: Draw) -> None:
    """A second time it is 422/9803, for any coupon, and nothing changes; in other letters, or elsewhere, it is another code."""
    make(api, "a")
    make(api, "b")
    code = draw(codes().filter(lambda text: text.swapcase() != text))
    add(api, code, "a")
    again = draw(st.sampled_from(("a", "b")))

    assert scenes.refusal(api, ADD, path=place(again), body={"coupon_code": code}) == (422, 9803, {})
    assert add(api, code.swapcase(), "b").status == 201
    other = api.sibling()
    make(other, "a")
    assert add(other, code, "a").status == 201


@law(GENERATE, CODES, ADD)
def codes_that_are_made_up_are_new(api: Api, draw: Draw) -> None:
    """As many as were asked for each time, all different, of ten letters and digits, behind those that were there."""
    make(api, "coupon", CODE)
    counts = draw(st.lists(st.sampled_from((1, 2, 20)), min_size=1, max_size=3))
    for count in counts:
        generate(api, count)
    make(api, "other")
    generate(api, 5, "other")
    first, *made_up = codes_of(api)

    assert (first, len(made_up)) == (CODE, sum(counts))
    assert all(MADE_UP.fullmatch(code) for code in made_up)
    everyone = {*made_up, *codes_of(api, "other")}
    assert len(everyone) == sum(counts) + 5
    assert len({code[:4] for code in everyone}) > len(everyone) // 2  # they are not counted up


@law(GENERATE, CODES)
def the_seed_decides_which_codes_are_made_up(api: Api, draw: Draw) -> None:
    """The same seed gives the same codes, another one gives others."""
    seed = draw(st.integers(0, 1000))
    found = []
    for number in (seed, seed, seed + 1):
        scenes.control_of(api).reset(number)
        make(api)
        generate(api, 3)
        found.append(codes_of(api))

    assert found[0] == found[1]
    assert not {*found[0]} & {*found[2]}


@law(GENERATE, REDEEM)
def a_code_that_is_made_up_can_be_redeemed(api: Api, draw: Draw) -> None:
    """Each of them once, where each works once."""
    make(api, redeem_code_limit=1)
    count = draw(st.integers(1, 4))
    generate(api, count)

    assert [coupon_scenes.redeem(api, code) for code in codes_of(api) * 2] == [None] * count + [9804] * count
    assert coupon_scenes.gifts(api) == count


@law(DELETE, ADD, CODE_LIMITS)
def codes_of_a_deleted_coupon_are_free(api: Api, draw: Draw) -> None:
    """Another coupon may have them, and what was redeemed before does not count there."""
    make(api, "old", "A", "B", "C", redeem_code_limit=3, redeem_user_limit=9)
    for code in draw(st.lists(st.sampled_from(("A", "B", "C")), min_size=1, max_size=3)):
        coupon_scenes.redeem(api, code)
    api.call(DELETE, path=place("old"))
    make(api, "new", *draw(st.permutations(("A", "B", "C"))), redeem_code_limit=1, redeem_user_limit=2)

    fresh = {"total": 1, "available": 1, "used": 0, "reserved": 0}
    assert coupon_scenes.states(api, "new") == dict.fromkeys(("A", "B", "C"), fresh)
    assert coupon_scenes.left(api, key="new").json() == {"per_user": {"total": 2, "available": 2}}
    assert coupon_scenes.redeem(api, "B") is None


@law(CODE_LIMITS)
def the_limits_of_codes_are_those_that_are_asked_for(api: Api, draw: Draw) -> None:
    """Of the codes that `codes[]` names those that the coupon has, in the order of the list; the pages are cut from these."""
    make(api, "other", "OTHERCODE")
    added = draw(SEVERAL)
    make(api, "coupon", *added)
    strangers = ["OTHERCODE", "nosuchcode", added[0] + "x", "not a code"]
    asked = draw(st.lists(st.sampled_from([*added, *added, *strangers]), min_size=1, max_size=6))
    limit, offset = draw(st.integers(1, 3)), draw(st.sampled_from((0, 0, 1, 2)))
    query = [*(("codes[]", code) for code in asked), ("limit", limit), ("offset", offset)]
    page = api.call(CODE_LIMITS, path=place("coupon"), query=query).json()

    known = [code for code in added if code in asked]
    assert [entry["code"] for entry in page["items"]] == known[offset : offset + limit]
    assert (page["total_items_count"], page["has_more"]) == (len(known), offset + limit < len(known))
