"""The laws of limits on promotions: how often a user may still use a discount or a bonus."""

from hypothesis import strategies as st

from liveops_contract.api import Api, Json
from liveops_contract.checks import Draw, law
from liveops_contract.laws import limit_walks, scenes
from liveops_contract.laws.limit_scenes import ITEMS, Kind, ask, buy, furnish, left, make_item, reset_all
from liveops_contract.laws.promotion_scenes import BONUSES, DISCOUNTS, bonus, discount, new, read, update

PRICE = {"amount": "10.00", "currency": "USD"}


def make_promotion(api: Api, name: str, total: int | None, schedule: Json = None) -> int:
    """A discount, or for some names a bonus, on an item of its own that each user may use so often."""
    sku = f"item_of_{name}"
    scenes.control_of(api).put_item(sku, price=PRICE)
    limits = {"per_user": total, "recurrent_schedule": schedule and {"per_user": schedule}}
    if name in ("thing_1", "steady"):
        return new(api, BONUSES, bonus({"booster_1": 1}, sku, limits=limits))
    return new(api, DISCOUNTS, discount("50.00", sku, limits=limits))


def item_of(api: Api, number: int) -> str:
    """The item that a promotion is about."""
    found = api.call(DISCOUNTS.read, path={"promotion_id": number})
    named = found.json()["items"] if found.status == 200 else read(api, BONUSES, number)["condition"]
    return str(named[0]["sku"])


def use_promotion(api: Api, user: str, number: int, tries: int) -> int:
    """Buy the item of a promotion so often; how often the promotion applied."""
    control, sku = scenes.control_of(api), item_of(api, number)
    return sum(number in control.purchase(user, {sku: 1})["promotions"] for _ in range(tries))


PROMOTIONS = Kind(
    word="promotion",
    parameter="promotion_id",
    unknown=(2_000_000_000, 1101),
    without_limit=4509,
    out_of_range=4511,
    totals=(1, 2, 5),
    make=make_promotion,
    use=use_promotion,
    works=min,
)
READ, ADD, SET, REMOVE = (PROMOTIONS.operation(act) for act in ("get", "add", "set", "remove"))
RESET, RESET_ALL = "reset-user-promotion-limit", "reset-all-user-promotions-limit"


@law(READ, ADD, SET, REMOVE, RESET, RESET_ALL, needs_control=True)
def what_is_left_of_a_promotion_adds_up(api: Api, draw: Draw) -> None:
    """Each purchase under it uses it once, as long as some is left; operators change what is left within its limit."""
    limit_walks.walk(api, draw, PROMOTIONS)


@law(READ, REMOVE, needs_control=True)
def a_promotion_limit_starts_over_at_its_hour(api: Api, draw: Draw) -> None:
    """Daily, weekly or monthly it is whole again for everybody, and not a second before."""
    limit_walks.start_over(api, draw, PROMOTIONS)


@law(READ, ADD, SET, REMOVE, RESET, RESET_ALL, needs_control=True)
def a_promotion_limit_needs_a_promotion_a_user_and_a_limit(api: Api, draw: Draw) -> None:
    """404/1101, 404/5008 and 422/4509 in this order, and nothing changes."""
    limit_walks.refuse(api, draw, PROMOTIONS)


@law(READ, ADD, REMOVE, RESET, needs_control=True)
def a_refund_gives_the_uses_back(api: Api, draw: Draw) -> None:
    """As far as they still count."""
    limit_walks.give_back(api, draw, PROMOTIONS)


@law(READ, RESET, needs_control=True)
def an_order_is_paid_while_its_promotion_is_left(api: Api, draw: Draw) -> None:
    """422/9804 once other purchases have used the promotion up, and nothing is handed over; after a reset it can be paid."""
    control, total = scenes.control_of(api), draw(st.integers(1, 3))
    number = make_promotion(api, draw(st.sampled_from(("thing", "thing_1"))), total)
    sku, user = item_of(api, number), draw(st.sampled_from(scenes.USERS))
    control.fill_cart(user, {sku: 1})
    order = control.order_cart(user)
    assert order["promotions"] == [number]
    use_promotion(api, user, number, total)
    before = scenes.everything(api)

    assert scenes.refused(api, "pay", order["order_id"]) == 9804
    assert scenes.changes(api, before) == {}
    ask(api, PROMOTIONS, "reset", number, user)
    assert control.pay(order["order_id"])["status"] == "paid"
    assert left(api, PROMOTIONS, number, user) == total - 1


@law(RESET_ALL, "reset-all-user-items-limit", READ, needs_control=True)
def limits_of_items_and_promotions_are_apart(api: Api, draw: Draw) -> None:
    """A purchase counts against both, a reset of all limits of one kind leaves those of the other."""
    furnish(api)
    promotion = make_promotion(api, "thing", 3)
    item, pieces = item_of(api, promotion), draw(st.integers(1, 3))
    scenes.control_of(api).put_item(item, price=PRICE, limits={"per_user": 3})
    assert buy(api, "user_1", item, pieces) is None
    expected = {ITEMS: 3 - pieces, PROMOTIONS: 2}
    assert {ITEMS: left(api, ITEMS, item), PROMOTIONS: left(api, PROMOTIONS, promotion)} == expected
    kind = draw(st.sampled_from((ITEMS, PROMOTIONS)))
    reset_all(api, kind, "user_1")

    assert {ITEMS: left(api, ITEMS, item), PROMOTIONS: left(api, PROMOTIONS, promotion)} == {**expected, kind: 3}


@law(READ, "get-upsell-for-project-client", needs_control=True)
def a_gift_counts_against_its_own_limit(api: Api, draw: Draw) -> None:
    """Where the free item of a bonus is used up, what it comes with can't be bought and the shop says so."""
    control, gifts, bought = scenes.control_of(api), draw(st.integers(1, 2)), draw(st.integers(0, 2))
    make_item(api, "gift", 3)
    control.put_item("sword", price=PRICE)
    new(api, BONUSES, bonus({"gift": gifts}, "sword"))
    api.call("post-upsell", body={"is_enabled": True, "type": "fixed_list", "items": ["sword"]})
    if bought:
        assert buy(api, "user_1", "gift", bought) is None
    fits = bought + gifts <= 3
    (shown,) = api.call("get-upsell-for-project-client", user="user_1").json()["items"]

    assert shown["can_be_bought"] is fits
    assert buy(api, "user_1", "sword", 1) == (None if fits else 1460)
    assert left(api, ITEMS, "gift") == 3 - bought - (gifts if fits else 0)


@law(READ, ADD, needs_control=True)
def an_update_of_a_promotion_keeps_its_uses(api: Api, draw: Draw) -> None:
    """A limit that falls below what is used leaves nothing, and one that is raised again leaves the rest."""
    furnish(api)
    number = make_promotion(api, "thing", 5)
    used = use_promotion(api, "user_1", number, draw(st.integers(1, 3)))
    for total in draw(st.lists(st.sampled_from((1, 2, 5)), min_size=1, max_size=3)):
        update(api, DISCOUNTS, number, discount("50.00", item_of(api, number), limits={"per_user": total}))
        assert left(api, PROMOTIONS, number) == max(0, total - used)
        assert left(api, PROMOTIONS, number, "user_2") == total
    if total < used:
        assert ask(api, PROMOTIONS, "add", number, "user_1", 1).json()["per_user"] == {"total": total, "available": 1}
