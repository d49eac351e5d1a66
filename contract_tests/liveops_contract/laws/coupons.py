"""The laws of coupons, the operator's side."""

from hypothesis import strategies as st

from liveops_contract.api import NOTHING, Api, Json
from liveops_contract.campaign_strategies import bonus, coupon_create, coupon_update, external_ids
from liveops_contract.checks import Draw, law
from liveops_contract.laws import coupon_scenes, scenes
from liveops_contract.laws.coupon_scenes import (
    ACTIVATE,
    ADD,
    CODE,
    CODE_LIMITS,
    CODES,
    CREATE,
    DEACTIVATE,
    DELETE,
    GENERATE,
    LEFT,
    LIST,
    LOWER,
    RAISE,
    READ,
    REDEEM,
    REWARDS,
    SET,
    UPDATE,
    make,
    place,
    read,
    update,
)

LIMITS = ("redeem_total_limit", "redeem_user_limit", "redeem_code_limit")
TWO_PERIODS = [
    {"date_from": f"{year}-01-01T00:00:00+00:00", "date_until": f"{year}-02-01T00:00:00+00:00"} for year in (2024, 2025)
]
KNOWN = {"user_external_id": "user_1"}
STEP = {"user": KNOWN, "available": 1}
ACTS: dict[str, Json] = {  # every call about one coupon, with its body
    **dict.fromkeys((READ, ACTIVATE, DEACTIVATE, CODES, CODE_LIMITS, LEFT, DELETE), NOTHING),
    **dict.fromkeys((RAISE, SET, LOWER), STEP),
    UPDATE: {"name": {}},
    ADD: {"coupon_code": "NEW"},
    GENERATE: {"count": 2},
}


def as_read(key: str, body: Json, *, is_enabled: bool = False) -> Json:
    """A coupon without redemptions, as an operator reads what was written."""
    given, total = body.get("bonus"), body.get("redeem_total_limit")
    told = {
        "external_id": key,
        "promotion_periods": [{"date_until": None, **period} for period in body.get("promotion_periods", [])],
        "name": scenes.as_answered(body["name"]),
        "is_enabled": is_enabled,
        "bonus": None if given is None else [{"quantity": 1, **entry} for entry in given],
        **{name: body.get(name) for name in LIMITS},
        "total_limit_state": None if total is None else {"available": total, "reserved": 0, "used": 0},
    }
    return told | ({"attribute_conditions": body["attribute_conditions"]} if "attribute_conditions" in body else {})


@law(CREATE, READ, needs_control=False)
def a_new_coupon_reads_as_it_was_written(api: Api, draw: Draw) -> None:
    """It is switched off, has no codes, and whatever was left out is not limited; the answer names its key."""
    drawn = draw(coupon_create())
    key = draw(external_ids().filter(lambda other: other != drawn["external_id"]))
    for body in (drawn, {"external_id": key, **draw(coupon_update()), "promotion_periods": TWO_PERIODS}):
        created = api.call(CREATE, body=body)
        assert (created.status, created.json()) == (201, {"external_id": body["external_id"]})
        assert read(api, body["external_id"]) == as_read(body["external_id"], body)
        assert coupon_scenes.codes_of(api, body["external_id"]) == []


@law(UPDATE, READ, CODES)
def an_update_replaces_a_coupon(api: Api, draw: Draw) -> None:
    """What is left out is lost; the switch and the codes stay."""
    first, second, is_enabled = draw(coupon_create()), draw(coupon_update()), draw(st.booleans())
    key = first["external_id"]
    make(api, **{**first, "key": key, "on": is_enabled})
    coupon_scenes.add(api, CODE, key)

    assert scenes.verdict(api.call(UPDATE, path=place(key), body=second)) == (204, None)
    assert read(api, key) == as_read(key, second, is_enabled=is_enabled)
    assert coupon_scenes.codes_of(api, key) == [CODE]


@law(UPDATE, ACTIVATE, DEACTIVATE, ADD, GENERATE, DELETE, RAISE, SET, LOWER)
def an_act_on_one_coupon_touches_no_other(api: Api, draw: Draw) -> None:
    """Neither the other coupons of the project, nor one of the same key in another project."""
    other = api.sibling()
    for project in (api, other):
        for key in ("a", "b", "c"):
            make(project, key, f"CODE{key}", on=key == "b", redeem_user_limit=3)
            coupon_scenes.redeem(project, f"CODE{key}")
    before, before_there = scenes.everything(api), scenes.everything(other)
    acts = [act for act in ACTS if act not in (READ, CODES, CODE_LIMITS, LEFT, DELETE)]
    for act in [*draw(st.permutations(acts)), DELETE]:
        api.call(act, path=place("b"), body=ACTS[act])

        assert [name for name in scenes.changes(api, before) if not name.endswith((" b", "summary of promotion 2"))] == []
    assert scenes.changes(other, before_there) == {}


@law(*ACTS)
def a_coupon_that_does_not_exist_is_not_found(api: Api, draw: Draw) -> None:
    """404/4001, and 404/9802 where limits are asked for; nothing changes. Upper and lower case make another key."""
    make(api, "Coupon", CODE)
    key = draw(st.sampled_from(("coupon", "COUPON", "Coupon.")) | external_ids().filter(lambda drawn: drawn != "Coupon"))
    before = scenes.everything(api)
    told = {
        act: scenes.verdict(api.call(act, path=place(key), body=body, query=KNOWN if act == LEFT else {}))
        for act, body in ACTS.items()
    }

    of_limits = (CODE_LIMITS, LEFT, RAISE, SET, LOWER)
    assert told == {act: (404, 9802 if act in of_limits else 4001) for act in ACTS}
    assert scenes.changes(api, before) == {}


@law(CREATE)
def an_external_id_is_given_once(api: Api, draw: Draw) -> None:
    """The second coupon of a key is 422/6215 and changes nothing; another key, and another project, are free."""
    first, second = draw(coupon_create()), draw(coupon_update())
    key = first["external_id"]
    api.call(CREATE, body=first)

    assert scenes.refusal(api, CREATE, body={"external_id": key, **second}) == (422, 6215, {})
    for project, free in ((api, key + "x"), (api.sibling(), key)):
        assert scenes.verdict(project.call(CREATE, body={"external_id": free, **second})) == (201, None)


@law(DELETE, READ, LIST, REDEEM)
def a_deleted_coupon_is_gone(api: Api, draw: Draw) -> None:
    """Nobody reads, lists or redeems it; what users received stays, and its key begins anew without codes."""
    make(api, "coupon", CODE)
    coupon_scenes.redeem(api)

    assert scenes.verdict(api.call(DELETE, path=place("coupon"))) == (204, None)
    assert scenes.verdict(api.call(READ, path=place("coupon"))) == (404, 4001)
    assert api.call(LIST).json()["items"] == []
    assert (coupon_scenes.redeem(api), coupon_scenes.gifts(api)) == (4001, 1)
    body = draw(coupon_update())
    api.call(CREATE, body={"external_id": "coupon", **body})
    assert (read(api), coupon_scenes.codes_of(api)) == (as_read("coupon", body), [])


@law(CREATE, UPDATE)
def a_coupon_names_items_of_the_catalog(api: Api, draw: Draw) -> None:
    """An item that the catalog lacks is 404/4001, in a new coupon and in an update; nothing changes."""
    make(api)
    items = [*(draw(bonus()) or []), {"sku": "no_such_item"}]
    body = {**draw(coupon_update()), "bonus": draw(st.permutations(items))}

    assert scenes.refusal(api, CREATE, body={"external_id": "new", **body}) == (404, 4001, {})
    assert scenes.refusal(api, UPDATE, path=place("coupon"), body=body) == (404, 4001, {})


@law(ACTIVATE, DEACTIVATE, READ, LIST)
def the_last_switch_of_a_coupon_counts(api: Api, draw: Draw) -> None:
    """On is on and off is off, however often it is said; nothing else changes."""
    make(api, "coupon", CODE, on=False, redeem_total_limit=7)
    before = read(api)
    for is_enabled in draw(st.lists(st.booleans(), min_size=1, max_size=4)):
        done = api.call(ACTIVATE if is_enabled else DEACTIVATE, path=place("coupon"))
        assert scenes.verdict(done) == (204, None)
        assert read(api) == {**before, "is_enabled": is_enabled}
        page = api.call(LIST).json()
        assert (page["active_promotions_count"], page["inactive_promotions_count"]) == (is_enabled, not is_enabled)


@law(UPDATE, REDEEM)
def a_limit_is_never_below_what_is_used(api: Api, draw: Draw) -> None:
    """A total below all redemptions, or a limit per code below those of some code, is 422/6254; the counters add up."""
    used = ["A", "B", *draw(st.lists(st.sampled_from(("A", "B")), min_size=1, max_size=2))]
    counts = {code: used.count(code) for code in ("A", "B")}
    all_together, of_one = len(used), max(counts.values())
    make(api, "coupon", "A", "B")
    for code in used:
        coupon_scenes.redeem(api, code)
    before = scenes.everything(api)
    for total, per_code in ((all_together - 1, of_one), (all_together, of_one - 1)):
        assert scenes.verdict(update(api, redeem_total_limit=total, redeem_code_limit=per_code)) == (422, 6254)
    assert scenes.changes(api, before) == {}
    for spare in (0, draw(st.integers(1, 2))):
        total, per_code = all_together + spare, of_one + spare
        answer = update(api, redeem_total_limit=total, redeem_code_limit=per_code)

        assert scenes.verdict(answer) == (204, None)
        assert read(api)["total_limit_state"] == {"available": spare, "reserved": 0, "used": all_together}
        expected = {code: {"total": per_code, "available": per_code - n, "used": n, "reserved": 0} for code, n in counts.items()}
        assert coupon_scenes.states(api) == expected


@law(REDEEM, REWARDS)
def a_project_does_not_know_the_codes_of_others(api: Api, draw: Draw) -> None:
    """A code is one project's own; another may have the same and count for itself."""
    other = api.sibling()
    make(api, "coupon", CODE, redeem_code_limit=1)

    assert (coupon_scenes.redeem(other), coupon_scenes.shown(other)) == (4001, 4001)
    make(other, "coupon", CODE, redeem_code_limit=draw(st.integers(1, 2)))
    assert [coupon_scenes.redeem(project) for project in (api, other, api)] == [None, None, 9804]
    assert [coupon_scenes.gifts(project) for project in (api, other)] == [1, 1]
