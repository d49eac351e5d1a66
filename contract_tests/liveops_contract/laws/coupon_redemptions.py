"""The laws of redeeming coupons: what a code gives, to whom, when and how often."""

from datetime import datetime, timedelta

from hypothesis import strategies as st

from liveops_contract.api import Api, Json
from liveops_contract.campaign_strategies import codes
from liveops_contract.checks import Draw, law
from liveops_contract.laws import coupon_scenes, scenes
from liveops_contract.laws.coupon_scenes import (
    ACTIVATE,
    CODE,
    DEACTIVATE,
    GIFT,
    READ,
    REDEEM,
    REWARDS,
    UPDATE,
    make,
    place,
    read,
    redeem,
    shown,
)
from liveops_contract.strategies import known_items, localized

USERS = scenes.USERS
NOON = datetime.fromisoformat("2025-03-01T12:00:00+00:00")
PIECES = st.fixed_dictionaries({"sku": known_items()}, optional={"quantity": st.integers(1, 5)})
SOME = st.lists(PIECES, max_size=3, unique_by=lambda entry: str(entry["sku"]))


def pieces(bonus: list[Json]) -> dict[str, int]:
    """How many pieces of each item a bonus has."""
    return {entry["sku"]: entry.get("quantity", 1) for entry in bonus}


@law(REDEEM)
def a_coupon_gives_its_items_to_who_enters_a_code(api: Api, draw: Draw) -> None:
    """All of them, for nothing, each time; nobody else gets anything."""
    bonus, times = draw(SOME), draw(st.integers(2, 3))
    make(api, "coupon", CODE, bonus=bonus)
    make(api, "nothing", "NOTHING", bonus=None)
    for code, given in [*[(CODE, bonus)] * times, ("NOTHING", [])]:
        items = api.call(REDEEM, body={"coupon_code": code}, user="user_2").json()["items"]
        assert {item["sku"]: item["quantity"] for item in items} == pieces(given)
        assert all((item["is_free"], item["price"]) == (True, None) for item in items)

    control = scenes.control_of(api)
    assert control.inventory("user_2") == {sku: times * quantity for sku, quantity in pieces(bonus).items()}
    assert control.inventory("user_1") == {}


@law(REWARDS)
def the_rewards_of_a_code_are_what_it_would_give(api: Api, draw: Draw) -> None:
    """Items and pieces with what the catalog says; to ask changes nothing, however often."""
    name, kind = draw(localized()), draw(st.sampled_from((None, "standard", "virtual_currency_package")))
    scenes.control_of(api).put_item("thing", name=name, type="bundle" if kind else "virtual_good", bundle_type=kind)
    bonus = [*draw(SOME), {"sku": "thing", "quantity": 3}]
    make(api, "coupon", CODE, bonus=bonus, redeem_code_limit=1)
    before = scenes.everything(api)
    told = [api.call(REWARDS, path={"coupon_code": CODE}).json() for _ in range(2)]

    assert told[0] == told[1]
    assert {entry["item"]["sku"]: entry["quantity"] for entry in told[0]["bonus"]} == pieces(bonus)
    thing = told[0]["bonus"][-1]["item"]
    assert (thing["name"], thing["type"], thing.get("bundle_type")) == (
        scenes.as_answered(name),
        "bundle" if kind else "virtual_good",
        kind,
    )
    assert (told[0]["discount"], told[0]["is_selectable"]) == (None, False)
    assert scenes.changes(api, before) == {}


def entered(api: Api, code: str, user: str = "user_1") -> tuple[int | None, int | None, Json]:
    """How the redemption of a code is refused, how the question for its rewards is, and what both changed."""
    before = scenes.everything(api)
    return redeem(api, code, user), shown(api, code, user), scenes.changes(api, before)


@law(REDEEM, REWARDS)
def a_code_that_nobody_has_is_not_found(api: Api, draw: Draw) -> None:
    """404/4001, also where only upper and lower case differ."""
    code = draw(codes().filter(lambda text: text.swapcase() != text))
    make(api, "coupon", code)
    other = draw(st.sampled_from((code.swapcase(), code + "x", code + " ", " " + code, "coupon", "-")))

    assert entered(api, other) == (4001, 4001, {})
    assert redeem(api, code) is None


@law(REDEEM, REWARDS, ACTIVATE, DEACTIVATE)
def a_coupon_works_while_it_is_switched_on(api: Api, draw: Draw) -> None:
    """A new one, and one that was switched off, is 422/6250."""
    make(api, "coupon", CODE, on=False)
    given = 0
    for is_enabled in [False, *draw(st.lists(st.booleans(), min_size=1, max_size=3))]:
        api.call(ACTIVATE if is_enabled else DEACTIVATE, path=place("coupon"))
        given += is_enabled
        if is_enabled:
            assert (shown(api), redeem(api)) == (None, None)
        else:
            assert entered(api, CODE) == (6250, 6250, {})

    assert coupon_scenes.gifts(api) == given


@law(REDEEM, REWARDS, UPDATE)
def a_coupon_works_within_its_periods(api: Api, draw: Draw) -> None:
    """From the first second of a window to the last before its end, else 422/6251; without windows always."""
    hours = draw(st.sampled_from(([], [(0, None)], [(0, 1)], [(0, 1), (3, 5)], [(3, 5), (0, 1)], [(0, 2), (1, 5)])))
    zone = draw(st.sampled_from(("+00:00", "+05:00", "-03:30")))
    spelled = [
        {name: spell(hour, zone) for name, hour in zip(("date_from", "date_until"), window, strict=True) if hour is not None}
        for window in hours
    ]
    make(api, "coupon", CODE)
    coupon_scenes.update(api, promotion_periods=spelled)
    offsets = st.sampled_from((-1, 0, 1, 3599, 3600, 3601, 7200, 10799, 10800, 17999, 18000, 400 * 86400))
    for offset in sorted(draw(st.lists(offsets, min_size=3, max_size=6, unique=True))):
        scenes.control_of(api).set_clock((NOON + timedelta(seconds=offset)).isoformat())
        is_valid = not hours or any(start * 3600 <= offset < (9999 if end is None else end) * 3600 for start, end in hours)
        assert (shown(api), redeem(api)) == ((None, None) if is_valid else (6251, 6251))


def spell(hour: int, zone: str) -> str:
    """So many hours after noon, in a zone."""
    return (NOON + timedelta(hours=hour)).astimezone(datetime.fromisoformat(f"2025-01-01T00:00:00{zone}").tzinfo).isoformat()


@law(REDEEM, REWARDS)
def a_personalized_coupon_is_for_users_whom_it_suits(api: Api, draw: Draw) -> None:
    """All conditions must hold for who enters the code, else 422/6252; a missing attribute holds where it may be missing."""
    wanted = draw(st.lists(st.sampled_from(("race", "level")), min_size=1, max_size=2, unique=True))
    may_miss = draw(st.booleans())
    has = draw(st.dictionaries(st.sampled_from(("race", "level")), st.sampled_from(("ork", "elf")), max_size=2))
    condition = {"type": "string", "operator": "eq", "value": "ork", "can_be_missing": may_miss}
    make(api, "coupon", CODE, attribute_conditions=[{"attribute": name, **condition} for name in wanted])
    control = scenes.control_of(api)
    control.put_user("user_1", attributes=has)
    control.put_user("user_2", attributes={"race": "ork", "level": "ork"})
    suits = all(has[name] == "ork" if name in has else may_miss for name in wanted)

    assert entered(api, CODE)[:2] == ((None, None) if suits else (6252, 6252))
    assert redeem(api, CODE, "user_2") is None
    make(api, "both", "BOTH", attribute_conditions=[{"attribute": name, **condition} for name in ("race", "level")])
    for user, attributes in (("half", {"race": "ork", "level": "elf"}), ("other half", {"race": "elf", "level": "ork"})):
        control.put_user(user, attributes=attributes)
        assert redeem(api, "BOTH", user) == 6252


@law(REDEEM, READ)
def redemptions_stop_at_each_limit(api: Api, draw: Draw) -> None:
    """Of the campaign, of the user, of the code, whichever comes first: 422/9804. What is left is told and adds up."""
    total, per_user, per_code = (draw(st.none() | st.integers(1, 4)) for _ in range(3))
    limits = {"redeem_total_limit": total, "redeem_user_limit": per_user, "redeem_code_limit": per_code}
    make(api, "coupon", "A", "B", **limits)
    make(api, "other", "C", **limits)
    done: list[tuple[str, str]] = []
    tries = st.tuples(st.sampled_from(("A", "A", "B")), st.sampled_from(USERS))
    for code, user in draw(st.lists(tries, min_size=3, max_size=10)):
        counts = (len(done), [one[1] for one in done].count(user), [one[0] for one in done].count(code))
        fits = all(limit is None or used < limit for limit, used in zip((total, per_user, per_code), counts, strict=True))
        assert (shown(api, code, user), redeem(api, code, user)) == ((None, None) if fits else (9804, 9804))
        done += [(code, user)] if fits else []

    state = total and {"available": total - len(done), "reserved": 0, "used": len(done)}
    assert (read(api)["total_limit_state"], read(api, "other")["total_limit_state"]) == (
        state,
        state and {**state, "available": total, "used": 0},
    )
    for code in ("A", "B"):
        used = [one[0] for one in done].count(code)
        expected = {"total": per_code, "available": per_code and per_code - used, "used": used, "reserved": 0}
        assert coupon_scenes.states(api)[code] == expected
    for user in USERS:
        used = [one[1] for one in done].count(user)
        assert (coupon_scenes.gifts(api, user), redeem(api, "-", user)) == (used, 4001)  # who called is known
        if per_user:
            assert coupon_scenes.left(api, user).json() == {"per_user": {"total": per_user, "available": per_user - used}}
    assert redeem(api, "C") is None


def game(*keys: str) -> Json:
    """What the catalog says of a game with these keys."""
    return {"type": "unit", "unit_items": [{"sku": key, "name": key.title(), "type": "game_key", "drm_sku": key} for key in keys]}


@law(REDEEM, REWARDS)
def a_game_with_several_keys_asks_for_a_pick(api: Api, draw: Draw) -> None:
    """The user gets the key that was picked, the only one without a pick; a missing or strange pick is 422/6253."""
    control = scenes.control_of(api)
    keys = {name: [f"{name}_{number}" for number in range(draw(st.integers(1, 3)))] for name in ("game_1", "game_2")}
    for name, own in keys.items():
        control.put_item(name, **game(*own))
    make(api, "coupon", CODE, bonus=[{"sku": name, "quantity": 2} for name in keys] + [{"sku": GIFT}])
    missing = draw(st.sampled_from((None, None, *keys)))
    right = {"game_1": keys["game_1"][-1], "game_2": draw(st.sampled_from(keys["game_2"]))}
    picks = {name: pick for name, pick in right.items() if name != missing and (len(keys[name]) > 1 or draw(st.booleans()))}
    slips: list[Json] = [{GIFT: GIFT}, {"game_1": keys["game_2"][0]}, {"game_2": "game_2"}, {"game_3": "game_3_0"}]
    fits = all(name in picks for name, own in keys.items() if len(own) > 1)
    rewards = api.call(REWARDS, path={"coupon_code": CODE}).json()
    before = scenes.everything(api)
    unpicked: list[Json] = [{}] if rewards["is_selectable"] else []
    for wrong in (*unpicked, *({"selected_unit_items": {**picks, **slip}} for slip in slips)):
        assert scenes.verdict(api.call(REDEEM, body={"coupon_code": CODE, **wrong})) == (422, 6253)
    assert scenes.changes(api, before) == {}
    answer = api.call(REDEEM, body={"coupon_code": CODE, "selected_unit_items": picks})

    assert rewards["is_selectable"] is any(len(own) > 1 for own in keys.values())
    assert [[key["sku"] for key in entry["item"].get("unit_items", [])] for entry in rewards["bonus"]] == [*keys.values(), []]
    assert answer.error_code == (None if fits else 6253)
    if not fits:
        assert scenes.changes(api, before) == {}
        return
    expected = {picks.get(name, own[0]): 2 for name, own in keys.items()} | {GIFT: 1}
    assert {item["sku"]: item["quantity"] for item in answer.json()["items"]} == expected
    assert control.inventory("user_1") == expected
