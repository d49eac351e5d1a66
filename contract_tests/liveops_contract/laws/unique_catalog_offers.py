"""The laws of unique catalog offers at purchases, and of games in the bonus of promo codes."""

from itertools import product

from hypothesis import strategies as st

from liveops_contract.api import Api, Json
from liveops_contract.checks import Draw, law
from liveops_contract.laws import scenes
from liveops_contract.laws.promo_code_scenes import (
    CODE,
    OFFER_CREATE,
    OFFER_READ,
    OFFERS,
    REDEEM,
    REWARDS,
    at,
    campaign,
    gifts,
    promo_code,
    redeem,
    stock,
    totals,
)

GONE, OFF, ON = OFFERS.delete, OFFERS.deactivate, OFFERS.activate
ACTS = ("fill_cart", "purchase")
DAY = 86_400


def sold(api: Api) -> None:
    """Two offers with a code each, and an item that is in neither."""
    stock(api, {"gem": "10.00", "axe": "5.00", "hat": "1.00"})
    campaign(api, OFFERS, "GEMS", key="gems", items=["gem", "axe"])
    campaign(api, OFFERS, "HATS", key="hats", items=["hat"])


@law(OFFER_CREATE, ON, OFF, GONE)
def an_item_of_an_offer_is_sold_with_its_code_alone(api: Api, draw: Draw) -> None:
    """Without a code, or with that of another offer, it is 6263 in purchase and cart; items of closed offers are free."""
    control = scenes.control_of(api)
    sold(api)
    for sku, wrong in (("gem", {}), ("gem", {"offer_code": "HATS"}), ("hat", {"offer_code": "GEMS"})):
        assert [scenes.refused(api, act, "user_1", {sku: 1}, **wrong) for act in ACTS] == [6263] * len(ACTS)
    basket = draw(st.dictionaries(st.sampled_from(("gem", "axe", "hat", "booster_1")), st.integers(1, 3), min_size=1))
    code, closing = draw(st.sampled_from((None, "GEMS", "HATS"))), draw(st.sampled_from((None, OFF, GONE)))
    if closing:
        at(api, closing, "gems")
    shown = {None: set(), "GEMS": {"gem", "axe"}, "HATS": {"hat"}}[code]
    hidden = {"hat"} if closing else {"gem", "axe", "hat"}
    facts = {} if code is None else {"offer_code": code}
    broken = {OFF: 6250, GONE: 4001}[closing] if closing and code == "GEMS" else None
    expected = broken or (6263 if (basket.keys() & hidden) - shown else None)

    for act in ACTS:
        before = scenes.everything(api)
        assert scenes.refused(api, act, "user_1", basket, **facts) == expected
        assert not expected or scenes.changes(api, before) == {}
    assert control.inventory("user_1") == ({} if expected else basket)


@law(OFFER_CREATE, OFFER_READ)
def a_code_of_an_offer_is_used_once_by_a_payment(api: Api, draw: Draw) -> None:
    """However many items of the offer a purchase holds; where it holds none the code is not used, and a cancel frees it."""
    control = scenes.control_of(api)
    stock(api, {"gem": "10.00", "axe": "5.00"})
    campaign(api, OFFERS, "GEMS", items=["gem", "axe"], redeem_total_limit=9)
    some = st.dictionaries(st.sampled_from(("gem", "axe")), st.integers(1, 3), min_size=1)
    baskets = ({"booster_1": 2}, draw(some), {**draw(some), "booster_1": 1})
    reserved = used = 0
    for end, basket in draw(st.permutations(list(product(("purchase", "pay", "cancel", "wait"), baskets)))):
        taken = int(bool(basket.keys() & {"gem", "axe"}))
        if end == "purchase":
            control.purchase("user_1", basket, offer_code="GEMS")
        else:
            control.fill_cart("user_1", basket, offer_code="GEMS")
            assert totals(api, OFFER_READ) == (9 - reserved - used, reserved, used)
            order = control.order_cart("user_1")
            assert order["codes"] == ["GEMS"] * taken
            if end != "wait":
                control.ask("POST", f"/orders/{order['order_id']}/{end}")
        reserved, used = reserved + taken * (end == "wait"), used + taken * (end in ("purchase", "pay"))
        assert totals(api, OFFER_READ) == (9 - reserved - used, reserved, used)


@law(OFFER_CREATE, "update-unique-catalog-offer-promotion")
def a_code_of_an_offer_is_limited_and_has_its_time(api: Api, draw: Draw) -> None:
    """Nothing left is 9804; outside of the periods its items are free to buy and the code is 6251; an unknown code is 4001."""
    control = scenes.control_of(api)
    stock(api, {"gem": "10.00"})
    name = draw(st.sampled_from(("redeem_total_limit", "redeem_user_limit", "redeem_code_limit")))
    window = {"date_from": "2025-01-01T00:00:00Z", "date_until": "2025-01-02T00:00:00Z"}
    facts: dict[str, Json] = {"items": ["gem"], "promotion_periods": [window], name: 1}
    campaign(api, OFFERS, "GEMS", key="gems", **facts)
    wait, code = draw(st.sampled_from((0, DAY - 1, DAY))), draw(st.sampled_from(("GEMS", "gems")))
    control.purchase("user_1", {"gem": 1}, offer_code="GEMS")
    if wait:
        control.advance(wait)
    got = scenes.refused(api, "purchase", "user_1", {"gem": 1}, offer_code=code)

    assert got == (4001 if code == "gems" else 6251 if wait == DAY else 9804)
    assert scenes.refused(api, "purchase", "user_1", {"gem": 1}) == (None if wait == DAY else 6263)


@law("update-unique-catalog-offer-promotion")
def an_offer_is_never_limited_below_its_use(api: Api, draw: Draw) -> None:
    """Fewer redemptions than were made are refused with 6254, as many are taken."""
    stock(api, {"gem": "10.00"})
    campaign(api, OFFERS, "GEMS", key="gems", items=["gem"])
    for _ in range(2):
        scenes.control_of(api).purchase("user_1", {"gem": 1}, offer_code="GEMS")
    name, body = draw(st.sampled_from(("redeem_total_limit", "redeem_code_limit"))), {"name": {}, "items": ["gem"]}

    assert scenes.refusal(api, OFFERS.update, path={"external_id": "gems"}, body={**body, name: 1}) == (422, 6254, {})
    assert at(api, OFFERS.update, "gems", {**body, name: 2}).status == 204


@law(REDEEM, REWARDS)
def a_game_in_the_bonus_comes_as_the_key_that_was_picked(api: Api, draw: Draw) -> None:
    """With several keys one has to be picked, 6253 otherwise; a single key needs no pick. The order hands the key over."""
    control, count = scenes.control_of(api), draw(st.integers(0, 3))
    names = [f"game_{number}" for number in range(count)]
    keys = [{"sku": name, "name": name, "type": "game_key", "drm_name": name, "drm_sku": name} for name in names]
    control.put_item("game", type="unit", unit_items=keys)
    stock(api, {"gem": "10.00"})
    promo_code(api, bonus=[{"sku": "game", "quantity": 2}])
    control.fill_cart("user_1", {"gem": 1})
    pick = draw(st.sampled_from((None, "game_0", "game_1", "game_9")))
    body: dict[str, Json] = {} if pick is None else {"selected_unit_items": {"game": pick}}
    shown = api.call(REWARDS, path={"promocode_code": CODE}).json()
    before = scenes.everything(api)
    answer = redeem(api, CODE, "user_1", **body)

    assert (shown["is_selectable"], shown["bonus"][0]["item"].get("unit_items", [])) == (count > 1, keys)
    if pick in names or (pick is None and count < 2):
        given = pick or (names[0] if names else "game")
        assert (answer.status, gifts(answer.json())) == (200, {given: 2})
        control.pay(control.order_cart("user_1")["order_id"])
        assert control.inventory("user_1") == {"gem": 1, given: 2}
    else:
        assert (*scenes.verdict(answer), scenes.changes(api, before)) == (422, 6253, {})
