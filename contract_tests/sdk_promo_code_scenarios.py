"""Promo codes and unique catalog offers through the SDK: made, given codes, entered in carts, limited and deleted."""

from typing import Any

from hypothesis import strategies as st
from liveops_contract import campaign_strategies as draws
from liveops_contract import promo_code_strategies as promos
from liveops_contract.checks import Draw
from liveops_contract.transport import in_process
from sdk_harness import Sdk, refused, said, same
from sdk_scenarios import scenario
from xsolla_liveops import Client
from xsolla_liveops import models as m

USER = "user_1"
GEM = {"name": {"en": "Gem"}, "price": {"amount": "10.00", "currency": "USD"}}
CART = {"items": [{"sku": "gem", "quantity": 3}]}


@scenario(
    "create-promo-code",
    "get-promo-code",
    "get-promo-codes",
    "update-promo-code",
    "activate-promo-code",
    "deactivate-promo-code",
    "delete-promo-code",
)
def promo_codes(sdk: Sdk, draw: Draw) -> None:
    """Create, read, list, switch, replace, delete."""
    body, newer = draw(promos.promo_code_create()), draw(promos.promo_code_update())
    sent, place = m.PromoCodeCreate.from_dict(body), {"external_id": body["external_id"]}
    assert sdk.ask("create-promo-code", body=sent).external_id == body["external_id"]
    assert sdk.wire.status == 201
    said(body, sdk.wire.body)
    for operation, is_enabled in (("activate-promo-code", True), ("deactivate-promo-code", False)):
        sdk.done(operation, **place)
        page = sdk.ask("get-promo-codes", limit=1, offset=0)
        assert [one.is_enabled for one in page.items] == [is_enabled]
        assert (page.active_promotions_count, page.inactive_promotions_count) == (int(is_enabled), int(not is_enabled))

    replacing = m.PromoCodeUpdate.from_dict(newer)
    sdk.done("update-promo-code", body=replacing, **place)
    said(newer, sdk.wire.body)
    read = sdk.ask("get-promo-code", **place)
    assert isinstance(read, m.PromoCode)
    same(m.PromoCodeUpdate.from_dict(with_conditions(newer)), read)
    sdk.done("delete-promo-code", **place)
    refused(sdk.ask("get-promo-code", **place), 404, 4001)


def with_conditions(body: Any) -> Any:
    """A body without the conditions and exclusions that say nothing, which a promo code is read without."""
    silent = {name for name in ("price_conditions", "item_price_conditions", "excluded_promotions") if not body.get(name)}
    return {name: value for name, value in body.items() if name not in silent}


@scenario(
    "create-promo-code",
    "activate-promo-code",
    "create-promo-code-code",
    "get-promocode-codes",
    "generate-promo-code-codes",
    "redeem-promo-code",
    "remove-cart-promo-code",
    "get-promo-code-rewards-by-code",
    "get-promo-code-code-limit",
    "get-promo-code-user-limit",
    "add-promo-code-user-promotion-limit",
    "set-promo-code-user-promotion-limit",
    "remove-promo-code-user-promotion-limit",
)
def codes_of_a_promo_code(sdk: Sdk, draw: Draw) -> None:
    """One code of choice and some made up; one goes into a cart and out again, and the limits tell of it."""
    code, count = draw(draws.codes()), draw(st.integers(1, 9))
    place: dict[str, Any] = {"external_id": "promo"}
    gift, half = m.BonusItemInput(sku="com.xsolla.potion_1"), m.CartDiscount(percent="50")
    body = m.PromoCodeCreate(
        external_id="promo", name=m.LocalizedText(), bonus=[gift], discount=half, redeem_user_limit=3, redeem_code_limit=2
    )
    sdk.ask("create-promo-code", body=body)
    sdk.done("activate-promo-code", **place)
    assert sdk.ask("create-promo-code-code", body=m.CodeInput(coupon_code=code), **place).code == code
    refused(sdk.ask("create-promo-code-code", body=m.CodeInput(coupon_code=code), **place), 422, 9803)
    assert sdk.ask("generate-promo-code-codes", body=m.CodeGeneration(count=count), **place).count == count
    page = sdk.ask("get-promocode-codes", **place)
    assert (page.total_count, len({one.code for one in page.codes}), page.codes[0].code) == (1 + count, 1 + count, code)

    sdk.control("PUT", "/items/gem", GEM)
    sdk.control("PUT", f"/users/{USER}/cart", CART)
    shown = sdk.ask("get-promo-code-rewards-by-code", promocode_code=code)
    cart = sdk.ask("redeem-promo-code", body=m.PromoCodeRedemption(coupon_code=code, cart=m.CartReference(id="current")))
    assert isinstance(cart, m.CartWithPromoCode)
    assert isinstance(cart.price, m.CatalogPrice)
    assert (cart.rewards, shown.discount) == (shown, half)
    assert (cart.price.amount, [(one.sku, one.is_free) for one in cart.items]) == ("15.00", [("gem", False), (gift.sku, True)])
    (limit,) = sdk.ask("get-promo-code-code-limit", codes=[code, "absent"], **place).items
    assert (limit.code, limit.per_code) == (code, m.CodeLimitState(total=2, available=1, used=0, reserved=1))
    plain = sdk.ask("remove-cart-promo-code", body=m.PromoCodeRemoval())
    assert (plain.price.amount, plain.is_free, len(plain.items)) == ("30.00", False, 1)

    user = m.UserReference(user_external_id=USER)
    assert sdk.ask("get-promo-code-user-limit", user_external_id=USER, **place).per_user == m.LimitState(total=3, available=3)
    step = m.UserLimitStep(user=user, available=1)
    for operation, given, left in (
        ("remove-promo-code-user-promotion-limit", step, 2),
        ("add-promo-code-user-promotion-limit", step, 3),
        ("set-promo-code-user-promotion-limit", m.UserLimitSetting(user=user, available=0), 0),
    ):
        assert sdk.ask(operation, body=given, **place).per_user.available == left
    refused(sdk.ask("redeem-promo-code", body=m.PromoCodeRedemption(coupon_code=code)), 422, 9804)


@scenario("create-promo-code", "activate-promo-code", "create-promo-code-code", "redeem-promo-code", "remove-cart-promo-code")
def a_cart_without_login(sdk: Sdk, draw: Draw) -> None:
    """A client with an id of its own and an e-mail address, and no token."""
    name = draw(st.text("abc-_.", min_size=1, max_size=8))
    visitor = Client.without_login(unauthorized_id=name, email="ann@example.com", **in_process(sdk.wire))
    place: dict[str, Any] = {"external_id": "promo"}
    tenth = m.CartDiscount(percent="10")
    sdk.ask("create-promo-code", body=m.PromoCodeCreate(external_id="promo", name=m.LocalizedText(), discount=tenth))
    sdk.done("activate-promo-code", **place)
    sdk.ask("create-promo-code-code", body=m.CodeInput(coupon_code="CODE"), **place)
    sdk.control("PUT", "/items/gem", GEM)
    redemption = m.PromoCodeRedemption(coupon_code="CODE")
    refused(sdk.ask("redeem-promo-code", client=visitor, body=redemption), 404, 1401)
    sdk.control("PUT", f"/users/x-unauthorized-id:{name}/cart", CART)
    assert sdk.ask("redeem-promo-code", client=visitor, body=redemption).price.amount == "27.00"
    assert sdk.ask("remove-cart-promo-code", client=visitor, body=m.PromoCodeRemoval()).price.amount == "30.00"
    visitor.get_httpx_client().close()
    sdk.runner.run(visitor.get_async_httpx_client().aclose())


@scenario(
    "admin-create-unique-catalog-offer",
    "get-unique-catalog-offer",
    "get-unique-catalog-offers",
    "update-unique-catalog-offer-promotion",
    "activate-unique-catalog-offer",
    "deactivate-unique-catalog-offer",
    "create-unique-catalog-offer-code",
    "get-unique-catalog-offer-codes",
    "generate-unique-catalog-offer-codes",
    "delete-unique-catalog-offer-promotion",
)
def unique_catalog_offers(sdk: Sdk, draw: Draw) -> None:
    """Create, read, add codes, list, switch, replace, delete."""
    body, newer = draw(promos.offer_create()), draw(promos.offer_update())
    sent, place = m.UniqueCatalogOfferCreate.from_dict(body), {"external_id": body["external_id"]}
    assert sdk.ask("admin-create-unique-catalog-offer", body=sent).external_id == body["external_id"]
    said(body, sdk.wire.body)
    read = sdk.ask("get-unique-catalog-offer", **place)
    assert isinstance(read, m.UniqueCatalogOffer)
    same(sent, read)
    for operation, is_enabled in (("activate-unique-catalog-offer", True), ("deactivate-unique-catalog-offer", False)):
        sdk.done(operation, **place)
        page = sdk.ask("get-unique-catalog-offers", limit=1, offset=0)
        assert [one.is_enabled for one in page.items] == [is_enabled]
    assert sdk.ask("create-unique-catalog-offer-code", body=m.CodeInput(coupon_code="CODE"), **place).code == "CODE"
    assert sdk.ask("generate-unique-catalog-offer-codes", body=m.CodeGeneration(count=2), **place).count == 2
    assert sdk.ask("get-unique-catalog-offer-codes", **place).total_count == 3

    replacing = m.UniqueCatalogOfferUpdate.from_dict(newer)
    sdk.done("update-unique-catalog-offer-promotion", body=replacing, **place)
    said(newer, sdk.wire.body)
    same(replacing, sdk.ask("get-unique-catalog-offer", **place))
    sdk.done("delete-unique-catalog-offer-promotion", **place)
    refused(sdk.ask("get-unique-catalog-offer", **place), 404, 4001)
