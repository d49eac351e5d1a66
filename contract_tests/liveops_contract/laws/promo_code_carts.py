"""The laws of promo codes in carts: what a code makes of a cart."""

from fractions import Fraction

from hypothesis import strategies as st

from liveops_contract.api import Api, Json
from liveops_contract.checks import Draw, law
from liveops_contract.laws import scenes
from liveops_contract.laws.promo_code_scenes import (
    CODE,
    KEY,
    PRICES,
    REDEEM,
    REMOVE,
    REWARDS,
    amounts,
    cost,
    gifts,
    promo_code,
    redeem,
    remove,
    stock,
)
from liveops_contract.promo_code_strategies import percents
from liveops_contract.signing import visitor

SKUS = ("gem", "axe", "hat")


def drawn_shop(api: Api, draw: Draw) -> tuple[dict[str, str], dict[str, int]]:
    """Three items with prices, and a cart with some of them."""
    prices = {sku: draw(st.sampled_from(PRICES)) for sku in SKUS}
    stock(api, prices)
    items = draw(st.dictionaries(st.sampled_from(SKUS), st.integers(1, 4), min_size=1))
    scenes.control_of(api).fill_cart("user_1", items)
    return prices, items


@law(REDEEM)
def a_promo_code_makes_a_cart_cheaper_by_the_cent(api: Api, draw: Draw) -> None:
    """Its share of the cart, its shares of items and the discounts of the shop multiply; each piece is rounded once."""
    prices, items = drawn_shop(api, draw)
    whole, some = draw(st.none() | percents()), draw(st.dictionaries(st.sampled_from(sorted(items)), percents(), max_size=1))
    some |= draw(st.dictionaries(st.sampled_from(SKUS), percents(), max_size=1))  # also what is not in the cart
    shop = draw(st.dictionaries(st.sampled_from(SKUS), percents(), max_size=2))
    for sku, percent in shop.items():
        body = {"name": {}, "discount": {"percent": percent}, "items": [{"sku": sku}], "is_enabled": True}
        api.call("create-item-promotion", body=body)
    listed = [{"sku": sku, "discount": {"percent": percent}} for sku, percent in some.items()] or None
    gift = [{"sku": "booster_1"}]
    promo_code(api, discount=whole and {"percent": whole}, discounted_items=listed, bonus=gift)
    acting = {sku: [part[sku] for part in (some, shop) if sku in part] + ([whole] if whole else []) for sku in items}
    cart = redeem(api).json()

    assert amounts(cart) == (cost(prices, items, acting), cost(prices, items, {}))
    lines = {entry["sku"]: Fraction(entry["price"]["amount"]) for entry in cart["items"] if not entry["is_free"]}
    assert lines == {sku: cost(prices, {sku: 1}, acting) for sku in items}
    assert (cart["rewards"]["discount"], cart["rewards"]["discounted_items"]) == (whole and {"percent": whole}, listed)


@law(REDEEM)
def ten_dollars_with_three_discounts_are_6_84(api: Api, draw: Draw) -> None:
    """The documented example: 10 and 20 per cent off in the shop and 5 per cent by the code, in whatever order they came."""
    stock(api, {"gem": "10.00"})
    for percent in draw(st.permutations(("10", "20"))):
        body = {"name": {}, "discount": {"percent": percent}, "items": [{"sku": "gem"}], "is_enabled": True}
        api.call("create-item-promotion", body=body)
    promo_code(api, discount={"percent": "5"})
    pieces = draw(st.integers(1, 3))
    scenes.control_of(api).fill_cart("user_1", {"gem": pieces})
    redeem(api)
    order = scenes.control_of(api).order_cart("user_1")

    assert order["price"] == {"amount": float(Fraction("6.84") * pieces), "currency": "USD"}


@law(REDEEM, REWARDS)
def the_bonus_of_a_promo_code_is_in_the_cart_for_nothing(api: Api, draw: Draw) -> None:
    """It stands in the cart and in the order beside what is bought, and is handed over with the payment, not before."""
    prices, items = drawn_shop(api, draw)
    bonus = draw(st.dictionaries(st.sampled_from(("booster_1", "com.xsolla.item_1")), st.integers(1, 5), min_size=1))
    promo_code(api, bonus=[{"sku": sku, "quantity": pieces} for sku, pieces in bonus.items()])
    shown = api.call(REWARDS, path={"promocode_code": CODE}).json()
    cart = redeem(api).json()
    control = scenes.control_of(api)
    order = control.order_cart("user_1")
    before = control.inventory("user_1")
    control.pay(order["order_id"])

    assert {entry["item"]["sku"]: entry["quantity"] for entry in shown["bonus"]} == bonus
    assert (gifts(cart), cart["rewards"]) == (bonus, shown)
    assert amounts(cart) == (cost(prices, items, {}), cost(prices, items, {}))
    assert {entry["sku"]: entry["quantity"] for entry in order["bonus"]} == bonus
    assert (before, control.inventory("user_1")) == ({}, {**items, **bonus})


@law(REDEEM)
def a_promo_code_that_gives_nothing_for_the_cart_is_refused(api: Api, draw: Draw) -> None:
    """No reward at all, discounts on other items alone, or another promotion in the way: 6261, and nothing is reserved."""
    stock(api, {"gem": "10.00", "axe": "5.00"})
    off = {"discount": {"percent": "10"}}
    reasons: dict[str, Json] = {
        "no reward": {"discount": None, "bonus": [], "redeem_user_limit": 1},
        "an empty discount": {"discount": {"percent": None}},
        "other items": {"discounted_items": [{"sku": "axe", **off}]},
        "an exclusion": {**off, "excluded_promotions": []},
    }
    reason = draw(st.sampled_from(sorted(reasons)))
    promo_code(api, **reasons[reason])
    if reason == "an exclusion":
        facts = {"excluded_promotions": [number_of(api)], "is_enabled": True}
        api.call("create-item-promotion", body={"name": {}, "discount": {"percent": "5"}, "items": [{"sku": "gem"}], **facts})
    scenes.control_of(api).fill_cart("user_1", {"gem": 1})

    assert scenes.refusal(api, REDEEM, body={"coupon_code": CODE}) == (422, 6261, {})


def number_of(api: Api, key: str = KEY) -> int:
    """The number of a promo code among all promotions."""
    return int(api.call("get-promo-code-code-limit", path={"external_id": key}).json()["promotion_id"])


@law(REDEEM)
def promotions_that_a_promo_code_excludes_give_way(api: Api, draw: Draw) -> None:
    """Of the discounts of the shop those that the code names do not act beside it; without the code they act again."""
    stock(api, {"gem": "10.00"})
    shop = {}
    for percent in ("10.00", "50.0"):
        body = {"name": {}, "discount": {"percent": percent}, "items": [{"sku": "gem"}], "is_enabled": True}
        shop[int(api.call("create-item-promotion", body=body).json()["promotion_id"])] = percent
    excluded = draw(st.lists(st.sampled_from(sorted(shop)), unique=True))
    promo_code(api, discount={"percent": "5"}, excluded_promotions=excluded)
    scenes.control_of(api).fill_cart("user_1", {"gem": 1})
    cart, plain = redeem(api).json(), remove(api).json()

    kept = [percent for number, percent in shop.items() if number not in excluded]
    assert amounts(cart)[0] == cost({"gem": "10.00"}, {"gem": 1}, {"gem": [*kept, "5"]})
    assert amounts(plain)[0] == cost({"gem": "10.00"}, {"gem": 1}, {"gem": ["10.00", "50.0"]})


@law(REMOVE, REDEEM)
def a_removed_promo_code_leaves_the_cart_as_it_was(api: Api, draw: Draw) -> None:
    """Items and price are those of before; a cart without a code stays as it is, however often it is asked."""
    drawn_shop(api, draw)
    promo_code(api, discount={"percent": "10"}, bonus=[{"sku": "booster_1"}])
    before, facts = scenes.control_of(api).cart("user_1"), scenes.everything(api)
    if draw(st.booleans()):
        redeem(api)
    answers = [remove(api, **draw(st.sampled_from(({}, {"cart": None}, {"cart": {"id": "current"}})))) for _ in range(2)]

    assert [(answer.status, answer.json()) for answer in answers] == [(200, before["cart"])] * 2
    assert scenes.changes(api, facts) == {}


@law(REDEEM, REMOVE)
def a_cart_is_named_by_its_id_or_as_the_current_one(api: Api, draw: Draw) -> None:
    """Left out, null, `current` and its own id name the user's cart; any other id, and a user without a cart, is 1401."""
    control = scenes.control_of(api)
    stock(api, {"gem": "10.00"})
    promo_code(api)
    ids = {user: control.fill_cart(user, {"gem": 1})["cart"]["cart_id"] for user in scenes.USERS}
    wrong = draw(st.sampled_from((ids["user_2"], "Current", ids["user_1"] + "0")))
    right = draw(st.sampled_from(({}, {"cart": None}, {"cart": {"id": "current"}}, {"cart": {"id": ids["user_1"]}})))
    asked = {"body": {"cart": {"id": wrong}, "coupon_code": CODE}}, {"body": {"cart": {"id": wrong}}}

    assert scenes.refusal(api, REDEEM, **asked[0]) == (404, 1401, {})
    assert scenes.refusal(api, REMOVE, **asked[1]) == (404, 1401, {})
    assert redeem(api, **right).json()["cart_id"] == ids["user_1"]
    assert remove(api, **right).status == 200
    control.empty_cart("user_1")
    assert scenes.verdict(redeem(api, **({} if "id" in str(right) else right))) == (404, 1401)
    assert control.cart("user_2")["promo_code"] is None


@law(REDEEM, REMOVE)
def a_user_without_login_has_a_cart(api: Api, draw: Draw) -> None:
    """The id alone says whose cart it is, whatever the e-mail address; a user who is signed in under the same id is another."""
    stock(api, {"gem": "10.00"})
    promo_code(api)
    name = draw(st.sampled_from(("ann", "user_1", "x" * 200)))
    control, mine, theirs = scenes.control_of(api), visitor(name), visitor(name + "2" if len(name) < 200 else "y")
    control.fill_cart(f"x-unauthorized-id:{name}", {"gem": 2})
    entered = api.call(REDEEM, body={"coupon_code": CODE}, signed=mine)
    again = api.call(REDEEM, body={"coupon_code": CODE}, signed=visitor(name, "other@example.com"))

    assert amounts(entered.json()) == (18, 20)
    assert again.json() == entered.json()
    assert scenes.verdict(api.call(REDEEM, body={"coupon_code": CODE}, signed=theirs)) == (404, 1401)
    assert scenes.verdict(redeem(api, user="user_1")) == (404, 1401)
    assert amounts(api.call(REMOVE, body={}, signed=mine).json()) == (20, 20)
