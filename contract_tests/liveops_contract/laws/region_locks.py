"""The laws of locks by country: for which users a code gives nothing, and what no lock stops."""

from hypothesis import strategies as st

from liveops_contract.api import Api
from liveops_contract.checks import Draw, law
from liveops_contract.laws import code_scenes, scenes
from liveops_contract.laws import promo_code_scenes as promo
from liveops_contract.laws import promotion_scenes as stage
from liveops_contract.laws.code_scenes import ALL, GIFT, KEY, OFFER, PROMO_CODE, VERIFY, make

FREE = "com.xsolla.item_1"


def relock(api: Api, sku: str, blocked: list[str]) -> None:
    """Lock an item of the catalog for these countries alone."""
    price = {"amount": "10.00", "currency": "USD"}
    scenes.control_of(api).put_item(sku, price=price, blocked_countries=blocked)


@law(VERIFY, "redeem-coupon", "redeem-promo-code", *(kind.calls.update for kind in ALL))
def a_locked_code_gives_nothing_in_its_countries(api: Api, draw: Draw) -> None:
    """Locked itself, or in one of its items: 9808, and no item at all. Elsewhere, or where nobody knows, it gives them all."""
    locked, countries = draw(st.permutations(("campaign", "item", "nothing"))), draw(st.permutations(("DE", "FR", None)))
    for turn, country in enumerate(countries):  # in the end each kind was locked in each way
        assert_locked(api.sibling(), draw, [*locked[turn:], *locked[:turn]], country)


def assert_locked(api: Api, draw: Draw, locked: list[str], country: str | None) -> None:
    """What codes give to a user of a country where campaigns of each kind are locked so."""
    control, blocked = scenes.control_of(api), draw(st.sampled_from((["DE"], ["FR", "DE"], ["FR"])))
    given = [draw(st.permutations((GIFT, "locked" if one == "item" else FREE))) for one in locked]
    relock(api, "locked", blocked)
    control.put_user("user_1", country=country)
    for kind, what, skus in zip(ALL, locked, given, strict=True):
        gives = {"items": skus} if kind is OFFER else {"bonus": [{"sku": sku} for sku in skus]}
        make(api, kind, kind.word[:1], **gives)
        control.lock(kind.word, KEY, "DE")
        control.lock(kind.word, KEY, *(blocked if what == "campaign" else ()))
        code_scenes.update(api, kind, **gives)  # which opens no lock
    for kind, what, skus in zip(ALL, locked, given, strict=True):
        refusal = 9808 if country in blocked and what != "nothing" else None
        before = code_scenes.state(api)
        asked = code_scenes.asked(api, kind, kind.word[:1])

        assert asked == [(422, 9808) if refusal else (200, None)] * len(asked)
        assert code_scenes.redeemed(api, kind, kind.word[:1]) == refusal
        if refusal:
            assert code_scenes.state(api) == before
        else:
            assert control.inventory("user_1").keys() >= ({GIFT} if kind is OFFER else {*skus})


@law(VERIFY, "get-coupon", "get-promo-code")
def a_lock_is_for_one_campaign(api: Api, draw: Draw) -> None:
    """It is nowhere to read, and no other campaign of the same key or the same items has it."""
    control, kind = scenes.control_of(api), draw(st.sampled_from(ALL))
    for place, each in enumerate(ALL):
        make(api, each, f"CODE{place}")
    make(api, kind, "OTHER", key="other")
    control.put_user("user_1", country="DE")
    before = scenes.everything(api)
    control.lock(kind.word, KEY, "DE")

    assert scenes.changes(api, before) == {}
    expected = [(422, 9808) if each is kind else (200, None) for each in ALL]
    assert [code_scenes.asked(api, each, f"CODE{place}")[0] for place, each in enumerate(ALL)] == expected
    assert code_scenes.asked(api, kind, "OTHER")[0] == (200, None)


@law(promo.REDEEM, VERIFY)
def a_code_leaves_the_cart_of_a_user_who_goes_where_it_is_locked(api: Api, draw: Draw) -> None:
    """It makes nothing cheaper there, and an order has no code; an order that was made keeps its price."""
    control, is_ordered = scenes.control_of(api), draw(st.booleans())
    promo.ready(api)
    promo.redeem(api)
    early = control.order_cart("user_1") if is_ordered else None
    control.lock(PROMO_CODE.word, promo.KEY, "DE")
    control.put_user("user_1", country="DE")
    if early:
        paid = control.pay(early["order_id"])
        assert (paid["price"]["amount"], paid["codes"], paid["status"]) == (9, [promo.CODE], "paid")
        return

    assert control.cart("user_1")["promo_code"] is None
    order = control.order_cart("user_1")
    assert (order["price"]["amount"], order["codes"]) == (10, [])


@law("create-item-promotion", "create-bonus-promotion")
def discounts_and_bonuses_know_no_countries(api: Api, draw: Draw) -> None:
    """A locked item is bought at its discount, and comes for nothing with others, wherever the user is."""
    control = scenes.control_of(api)
    relock(api, "locked", ["DE"])
    control.put_user("user_1", country=draw(st.sampled_from(("DE", None))))
    numbers = [
        stage.new(api, stage.DISCOUNTS, stage.discount("50", "locked")),
        stage.new(api, stage.BONUSES, stage.bonus({"locked": 2}, "locked")),
    ]
    order = control.purchase("user_1", {"locked": 1})

    assert (order["promotions"], order["price"]["amount"]) == (numbers, 5)
    assert control.inventory("user_1") == {"locked": 3}
