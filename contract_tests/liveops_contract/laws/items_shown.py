"""The laws of what is told of items: as the catalog has them. Nothing is drawn, so that each run shows all."""

from liveops_contract.api import Api, Json
from liveops_contract.checks import Draw, law
from liveops_contract.laws import coupon_scenes as coupons
from liveops_contract.laws import daily_chain_scenes as days
from liveops_contract.laws import promo_code_scenes as promo
from liveops_contract.laws import scenes
from liveops_contract.laws.code_scenes import VERIFY
from liveops_contract.laws.item_scenes import ALL, PICK, SOLD, SOME, stock, told
from liveops_contract.laws.offer_chain_scenes import open_chain as open_offers
from liveops_contract.laws.promotion_scenes import bonus, discount
from liveops_contract.laws.reward_chain_scenes import make, open_chain
from liveops_contract.laws.upsell import SHOW, fixed_list, write

CODE = "Everything1"
MOST = 10  # rewards of a step
MEDIA = [{"type": kind, "url": "https://example.com/point"} for kind in ("image", "video")]
FORMS_OF_POINTS: dict[str, Json] = {
    "off": {"is_enabled": False},
    "seen": {"media_list": MEDIA},
    "half": {name: {"de": None, "en": "P"} for name in ("name", "description", "long_description")},
}


@law("get-daily-chains-list", "get-user-daily-chain-by-id", "admin-get-daily-chain")
def daily_chains_show_items_as_the_catalog_has_them(api: Api, _: Draw) -> None:
    """Type, picture, kind of bundle and content: in the list, alone, and to the operator."""
    stock(api)
    days.make(api, days.chain({"step_number": 1, "items": SOME}))

    assert everywhere(api, "daily") == [ALL] * 3


@law("get-offer-chains-list", "get-user-offer-chain-by-id", "admin-get-offer-chain")
def offer_chains_show_items_as_the_catalog_has_them(api: Api, _: Draw) -> None:
    """Type, picture, kind of bundle and content: in the list, alone, and to the operator."""
    stock(api)
    scenes.new_offer_chain(api, open_offers({"step_number": 1, "is_free": True, "items": SOME}))

    assert everywhere(api, "offer") == [ALL] * 3


def everywhere(api: Api, kind: str) -> list[set[str]]:
    """The items that are told of the only chain of a kind: in the user's list, to the user alone, and to the operator."""
    (listed,) = api.call(f"get-{kind}-chains-list").json()["items"]
    path = {f"{kind}_chain_id": listed["id"]}
    alone = [api.call(operation, path=path).json() for operation in (f"get-user-{kind}-chain-by-id", f"admin-get-{kind}-chain")]
    return [told(answer) for answer in (listed, *alone)]


@law("get-reward-chains-list")
def reward_chains_show_items_as_the_catalog_has_them(api: Api, _: Draw) -> None:
    """The rewards of all steps, to a user."""
    stock(api)
    make(api, rewarding("own_points"))

    assert told(api.call("get-reward-chains-list").json()["items"]) == ALL


@law("user-clan-update", "get-reward-chains-list")
def rewards_of_a_clan_are_told_as_the_catalog_has_them(api: Api, _: Draw) -> None:
    """Where the steps that a clan has reached are claimed on the way out: as their chain showed them before."""
    stock(api)
    popup = {"popup_header": {"en": "Join"}, "popup_instruction": {"en": "Ask a member"}, "clan_type": "guild"}
    make(api, rewarding("clan_points", **popup))
    control = scenes.control_of(api)
    control.put_user("user_1", clan="red")
    api.call("user-clan-update")
    control.purchase("user_1", {"good": 1})
    (chain,) = api.call("get-reward-chains-list").json()["items"]
    control.put_user("user_1", clan="blue")
    given = api.call("user-clan-update").json()["reward"]

    assert told(given) == ALL
    assert given == [entry for step in chain["steps"] for entry in step["reward"]]


def rewarding(value_point: str, **facts: Json) -> Json:
    """A reward chain whose steps give all items."""
    body = open_chain(*range(1, -(-len(SOME) // MOST) + 1), value_point=value_point, **facts)
    for number, one in enumerate(body["steps"]):
        one["reward"] = SOME[number * MOST : (number + 1) * MOST]
    return body


@law("admin-get-reward-chain", "admin-get-reward-chains")
def chains_show_their_value_points_in_every_form(api: Api, _: Draw) -> None:
    """Switched off, with media, without a text in some language: as each reads alone."""
    for sku, facts in FORMS_OF_POINTS.items():
        scenes.new_value_point(api, sku, **facts)
        alone = api.call("admin-get-reward-chain", path={"reward_chain_id": make(api, open_chain(1, value_point=sku))}).json()

        assert {**alone["value_point"], "can_delete": False} == scenes.read_value_point(api, sku)
    listed = [chain["value_point"] for chain in scenes.listed(api, "admin-get-reward-chains")]
    kept = ("sku", "name", "is_enabled", "media_list")
    assert [{name: point[name] for name in kept} for point in listed] == [
        {name: scenes.read_value_point(api, sku)[name] for name in kept} for sku in FORMS_OF_POINTS
    ]


@law("get-filter-rules", "get-filter-rule-by-id")
def rules_show_items_as_the_catalog_has_them(api: Api, _: Draw) -> None:
    """Alone and in the list; two types have no word there."""
    stock(api)
    conditions = [{"attribute": "race", "operator": "eq", "type": "string", "value": "ork"}]
    rule = {"name": "Rule", "is_enabled": False, "is_satisfied_for_unauth": True, "attribute_conditions": conditions}
    body = {**rule, "items": [{"sku": sku} for sku in sorted(ALL)]}
    number = api.call("create-filter-rule", body=body).json()["rule_id"]

    for answer in (api.call("get-filter-rules"), api.call("get-filter-rule-by-id", path={"rule_id": number})):
        assert told(answer.json()) == ALL - {"game_key", "ticket"}


@law(SHOW, "get-upsell-configurations-for-project-admin")
def the_upsell_shows_items_as_the_catalog_has_them(api: Api, _: Draw) -> None:
    """To the operator, and with all that the catalog says to a user."""
    stock(api)
    write(api, fixed_list(*sorted(ALL)))
    promoted(api)

    assert told(api.call("get-upsell-configurations-for-project-admin").json()) == ALL
    assert told(api.call(SHOW).json()) == ALL


@law("get-promotion-list")
def promotions_show_items_as_the_catalog_has_them(api: Api, _: Draw) -> None:
    """What a promotion is about, and what it gives."""
    stock(api)
    promoted(api)
    (reduced, gift) = api.call("get-promotion-list").json()["promotions"]

    assert told(reduced["condition"]) == told(gift["bonus"]) == ALL


@law(VERIFY)
def verifications_show_items_as_the_catalog_has_them(api: Api, _: Draw) -> None:
    """What a coupon gives, what a promo code gives, and what it takes something off; of the games a key is to be picked."""
    stock(api)
    coupons.make(api, "coupon", "Gifts", bonus=SOME)
    everything(api)
    gifts = api.call(VERIFY, path={"code": "Gifts"}).json()["rewards"]
    rewards = api.call(VERIFY, path={"code": CODE}).json()["rewards"]

    assert told(gifts["bonus"]) == told(rewards["bonus"]) == told(rewards["discounted_items"]) == ALL
    assert gifts["is_selectable"] is rewards["is_selectable"] is True


@law("get-coupon-rewards-by-code", "redeem-coupon")
def coupons_show_items_as_the_catalog_has_them(api: Api, _: Draw) -> None:
    """Before they are redeemed, and when they are; of a game its key is given."""
    stock(api)
    coupons.make(api, "coupon", CODE, bonus=SOME)
    rewards = api.call("get-coupon-rewards-by-code", path={"coupon_code": CODE}).json()
    redeemed = api.call("redeem-coupon", body={"coupon_code": CODE, "selected_unit_items": PICK}).json()

    assert told(rewards) == ALL
    assert told(redeemed) == ALL - PICK.keys()


@law("redeem-promo-code", "remove-cart-promo-code", "get-promo-code-rewards-by-code")
def promo_codes_show_items_as_the_catalog_has_them(api: Api, _: Draw) -> None:
    """What a code gives, and the cart with it and without it."""
    stock(api)
    promoted(api)
    everything(api)
    scenes.control_of(api).fill_cart("user_1", dict.fromkeys(SOLD, 1))
    rewards = api.call("get-promo-code-rewards-by-code", path={"promocode_code": CODE}).json()
    redeemed = promo.redeem(api, CODE, selected_unit_items=PICK).json()
    removed = promo.remove(api).json()

    assert told(rewards["bonus"]) == ALL
    assert told(redeemed["items"]) == told(removed["items"]) == ALL


def everything(api: Api) -> None:
    """A promo code that gives all items, and takes something off each of them and off the cart."""
    reduced = [{"sku": sku, "discount": {"percent": "10"}} for sku in sorted(ALL)]
    promo.promo_code(api, CODE, bonus=SOME, discounted_items=reduced, discount={"percent": "10"})


@law("redeem-promo-code", "remove-cart-promo-code")
def a_cart_costs_nothing_or_has_no_price(api: Api, _: Draw) -> None:
    """An item that costs nothing makes a free cart, one without a price a cart without one; a gift changes neither."""
    stock(api)
    promo.promo_code(api, CODE, bonus=[{"sku": "good", "quantity": 1}])
    for user, sku, price in (("user_1", "gift", "0.00"), ("user_2", "bare", None)):
        scenes.control_of(api).fill_cart(user, {sku: 1})
        for cart in (promo.redeem(api, CODE, user).json(), promo.remove(api, user).json()):
            assert cart["is_free"] is (price is not None)
            assert cart["price"] == (price and {"amount": price, "amount_without_discount": price, "currency": "USD"})


def promoted(api: Api) -> None:
    """Let all items be under a discount and under a bonus that gives all of them."""
    reduced: Json = discount("10", *sorted(ALL))
    for kind, body in (("item", reduced), ("bonus", bonus(dict.fromkeys(sorted(ALL), 1), "good"))):
        number = api.call(f"create-{kind}-promotion", body=body).json()["promotion_id"]
        api.call("activate-promotion", path={"promotion_id": number})
