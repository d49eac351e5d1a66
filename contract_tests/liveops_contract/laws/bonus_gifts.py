"""The laws of free items: when a bonus adds them to a purchase, how many, and that a refund takes them back."""

from hypothesis import strategies as st

from liveops_contract.api import Api
from liveops_contract.checks import Draw, law
from liveops_contract.laws import scenes
from liveops_contract.laws.price_scenes import BOW, GIFT, SHIELD, SWORD, Choice, all_choices, baskets_of, money, shelve
from liveops_contract.laws.promotion_scenes import BONUSES, DEACTIVATE, bonus, new, update
from liveops_contract.laws.reward_chain_scenes import POINT

AMOUNTS: dict[str, str | None] = {SWORD: "10.00", SHIELD: "9.99", BOW: None}
WARES = list(AMOUNTS)


def gifts() -> st.SearchStrategy[dict[str, int]]:
    """Some pieces of free items; one of them can be bought too."""
    return st.dictionaries(st.sampled_from((GIFT, SWORD)), st.integers(1, 3), min_size=1)


def together(*baskets: dict[str, int]) -> dict[str, int]:
    """All pieces of some baskets in one."""
    return {sku: sum(basket.get(sku, 0) for basket in baskets) for basket in baskets for sku in basket}


def furnish(api: Api) -> None:
    """Wares, and a gift; the gift and the sword cost something and carry points where they are bought."""
    shelve(api, {sku: money(amount) for sku, amount in AMOUNTS.items()})
    for sku in (GIFT, SWORD):
        scenes.control_of(api).put_item(sku, price=money(AMOUNTS[SWORD]), value_points=[{"sku": POINT, "amount": 2}])


@law(BONUSES.create)
def free_items_come_once_with_a_purchase(api: Api, draw: Draw) -> None:
    """Those of all its bonuses, however many pieces are bought; they cost nothing and carry no value points."""
    furnish(api)
    control, pieces = scenes.control_of(api), draw(st.integers(1, 3))
    given = draw(st.lists(gifts(), min_size=1, max_size=2))
    for one in given:
        body = bonus(one, *draw(st.sampled_from(((), (SWORD,)))))
        plain = [{"sku": entry["sku"]} if entry["quantity"] == 1 else entry for entry in body["bonus"]]
        new(api, BONUSES, {**body, "bonus": plain})
    new(api, BONUSES, {**bonus({}), "bonus": draw(st.sampled_from((None, [])))})
    paid = control.purchase("user_1", {SWORD: pieces})

    assert control.inventory("user_1") == together({SWORD: pieces}, *given)
    assert control.balance("user_1", POINT) == 2 * pieces
    assert paid["price"] == {"amount": 10.0 * pieces, "currency": "USD"}
    assert paid["bonus"] == [{"sku": sku, "quantity": quantity} for one in given for sku, quantity in one.items()]
    assert control.order(paid["order_id"])["bonus"] == paid["bonus"]


@law(BONUSES.create)
def a_bonus_asks_for_all_of_its_items(api: Api, draw: Draw) -> None:
    """Each at the price that is asked for; without items one at that price is enough, and without both any purchase is."""
    furnish(api)
    asking = draw(all_choices(WARES, ("9.99", "10", "10.0001")))
    numbers = [new(api, BONUSES, bonus({GIFT: 1}, *one.named, price_conditions=one.conditions)) for one in asking]
    for chosen in baskets_of(WARES):
        basket = {sku: draw(st.integers(1, 2)) for sku in chosen}
        paid = scenes.control_of(api).purchase("user_1", basket)
        given = [number for number, one in zip(numbers, asking, strict=True) if is_given(one, chosen)]
        assert (paid["promotions"], paid["bonus"]) == (given, [{"sku": GIFT, "quantity": 1}] * len(given))


def is_given(one: Choice, basket: tuple[str, ...]) -> bool:
    """Whether a bonus with this choice comes with a basket."""
    at_price = {sku for sku in basket if one.is_met(AMOUNTS[sku])}
    return set(one.named) <= at_price if one.named else bool(at_price)


@law(BONUSES.create, BONUSES.update, BONUSES.delete, DEACTIVATE)
def a_refund_takes_the_free_items_back(api: Api, draw: Draw) -> None:
    """Those that came with this purchase, whatever its bonus has become; what other purchases brought stays."""
    furnish(api)
    control, given = scenes.control_of(api), draw(gifts())
    number = new(api, BONUSES, bonus(given, SWORD))
    kept, returned = (control.purchase("user_1", {SWORD: draw(st.integers(1, 2))})["order_id"] for _ in range(2))
    bought = {SWORD: control.order(kept)["items"][0]["quantity"]}
    fate, path = draw(st.sampled_from(("nothing", "update", BONUSES.delete, DEACTIVATE))), {"promotion_id": number}
    if fate == "update":
        update(api, BONUSES, number, bonus({SHIELD: 1, GIFT: 5}, SWORD))
    elif fate != "nothing":
        api.call(fate, path=path)
    refunded = control.refund(returned)

    assert (refunded["status"], control.inventory("user_1")) == ("refunded", together(bought, given))
    control.refund(kept)
    assert control.inventory("user_1") == {}
