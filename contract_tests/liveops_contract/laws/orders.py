"""The laws of orders: what a payment gives, what a refund takes back, and that each happens once."""

from hypothesis import strategies as st

from liveops_contract.api import Api, Json
from liveops_contract.checks import Draw, law
from liveops_contract.control import Control, ControlRefused
from liveops_contract.laws import scenes
from liveops_contract.laws.reward_chain_scenes import OTHER_POINT, POINT
from liveops_contract.strategies import known_items

PRICES = (None, {"amount": "1.50", "currency": "USD"}, {"amount": "0.07", "currency": "USD"}, {"amount": "3", "currency": "EUR"})
ACTS = ("pay", "cancel", "refund")


def refused(control: Control, act: str, order_id: int) -> int | None:
    """Do something with an order; the code of the refusal, or None."""
    try:
        control.ask("POST", f"/orders/{order_id}/{act}")
    except ControlRefused as refusal:
        return refusal.code
    return None


def stocked(control: Control, draw: Draw) -> dict[str, Json]:
    """Three items with drawn prices and value points; what each costs and carries."""
    facts = {}
    for sku in draw(st.lists(known_items(), min_size=3, max_size=3, unique=True)):
        points = draw(st.dictionaries(st.sampled_from((POINT, OTHER_POINT)), st.integers(1, 9)))
        price = draw(st.sampled_from(PRICES))
        control.put_item(sku, price=price, value_points=[{"sku": name, "amount": points[name]} for name in sorted(points)])
        facts[sku] = {"price": price, "points": points}
    return facts


def basket(facts: dict[str, Json]) -> st.SearchStrategy[dict[str, int]]:
    """Some pieces of some of the items."""
    return st.dictionaries(st.sampled_from(sorted(facts)), st.integers(1, 4), min_size=1)


def points_of(facts: dict[str, Json], items: dict[str, int]) -> dict[str, int]:
    """The value points that so many pieces carry."""
    carried = {name for sku in items for name in facts[sku]["points"]}
    return {name: sum(facts[sku]["points"].get(name, 0) * pieces for sku, pieces in items.items()) for name in carried}


def price_of(facts: dict[str, Json], items: dict[str, int]) -> Json:
    """What so many pieces cost; nothing where one has no price, or there are two currencies."""
    prices = [facts[sku]["price"] for sku in items]
    if None in prices or len({price["currency"] for price in prices}) > 1:
        return None
    cents = sum(round(float(facts[sku]["price"]["amount"]) * 100) * pieces for sku, pieces in items.items())
    return {"amount": cents / 100, "currency": prices[0]["currency"]}


@law("get-user-reward-chain-balance")
def a_purchase_is_an_order_that_is_paid(api: Api, draw: Draw) -> None:
    """It is found among the user's orders, with what was bought, its price, its value points and the moment of payment."""
    control = scenes.control_of(api)
    facts, expected = stocked(control, draw), []
    baskets = draw(st.lists(basket(facts), min_size=1, max_size=3))
    for items in baskets:
        now = control.advance(draw(st.integers(1, 1000)))
        number = control.purchase("user_1", items)["order_id"]
        points = [{"sku": sku, "amount": amount} for sku, amount in sorted(points_of(facts, items).items())]
        bought = [{"sku": sku, "quantity": pieces} for sku, pieces in items.items()]
        made = {"order_id": number, "user_id": "user_1", "status": "paid", "items": bought, "price": price_of(facts, items)}
        extras: Json = {"bonus": [], "promotions": [], "codes": [], "offer": None}
        expected.append({**made, **extras, "value_points": points, "created": now, "paid": now})
    orders = control.orders("user_1")

    assert [{key: order[key] for key in order if key != "token"} for order in orders] == expected
    assert [control.order(order["order_id"]) for order in orders] == orders
    assert control.orders("user_2") == []


@law("get-user-reward-chain-balance")
def a_refund_takes_back_what_the_order_gave(api: Api, draw: Draw) -> None:
    """Items and points of that order alone are gone, whatever the items carry by then; what other orders gave stays."""
    control = scenes.control_of(api)
    facts = stocked(control, draw)
    kept, returned = draw(basket(facts)), draw(basket(facts))
    control.purchase("user_1", kept)
    before = control.user("user_1")
    order = control.purchase("user_1", returned)["order_id"]
    for sku in draw(st.lists(st.sampled_from(sorted(facts)), unique=True)):
        control.put_item(sku, value_points=[{"sku": POINT, "amount": 50}])
    refunded = control.refund(order)

    assert refunded["status"] == "refunded"
    assert control.user("user_1") == before


@law("get-user-reward-chain-balance")
def a_refund_takes_no_more_than_is_there(api: Api, draw: Draw) -> None:
    """Points that a reset took meanwhile are not owed: the balance falls to nought and no deeper."""
    control, facts = scenes.control_of(api), {"booster_1": {"points": {POINT: 7}}}
    control.put_item("booster_1", value_points=[{"sku": POINT, "amount": 7}])
    body = {"value_point": {"sku": POINT}, "name": {}, "date_start": "2024-01-01T00:00:00Z", "is_enabled": True, "steps": []}
    chain = api.call("admin-create-reward-chain", body=body).json()["reward_chain_id"]
    order = control.purchase("user_1", {"booster_1": draw(st.integers(2, 3))})["order_id"]
    api.call("admin-reset-reward-chain", path={"reward_chain_id": chain})
    later = draw(st.integers(0, 4))
    if later:
        control.purchase("user_1", {"booster_1": later})
    pieces = control.order(order)["items"][0]["quantity"]
    control.refund(order)

    left = max(0, later - pieces) * facts["booster_1"]["points"][POINT]
    assert control.balance("user_1", POINT) == left
    assert control.inventory("user_1") == ({"booster_1": later} if later else {})


@law("get-user-reward-chain-balance")
def a_closed_order_stays_as_it_is(api: Api, draw: Draw) -> None:
    """A paid order is refunded once, and whatever else is asked of it is refused with 6230 and changes nothing."""
    control = scenes.control_of(api)
    control.put_item("booster_1", value_points=[{"sku": POINT, "amount": 2}])
    numbers = [control.purchase("user_1", {"booster_1": 2})["order_id"] for _ in range(2)]
    number = draw(st.sampled_from(numbers))
    wishes, is_paid = draw(st.lists(st.sampled_from(ACTS), min_size=2, max_size=5)), True
    for act in wishes:
        before = scenes.everything(api)
        code = refused(control, act, number)
        if act == "refund" and is_paid:
            is_paid = False
            assert code is None
        else:
            assert (code, scenes.changes(api, before)) == (6230, {})
    assert refused(control, draw(st.sampled_from(ACTS)), max(numbers) + 1) == 4001
