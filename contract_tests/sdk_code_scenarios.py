"""Codes whatever their campaign through the SDK: found, verified, and in the list of all promotions."""

from typing import Any

from hypothesis import strategies as st
from liveops_contract import campaign_strategies as draws
from liveops_contract.checks import Draw
from sdk_harness import Sdk, refused
from sdk_scenarios import scenario
from xsolla_liveops import UNSET
from xsolla_liveops import models as m

POTION = "com.xsolla.potion_1"


@scenario(
    "admin-create-coupon",
    "activate-coupon",
    "create-coupon-code",
    "get-coupon",
    "create-promo-code",
    "create-promo-code-code",
    "get-redeemable-promotion-by-code",
    "verify-promotion-code",
    "get-promotion-list",
    "activate-promotion",
)
def codes_whatever_their_campaign(sdk: Sdk, draw: Draw) -> None:
    """A coupon that is on and a promo code that is off: both are found, one can be verified, and the common list has both."""
    code, other = draw(st.lists(draws.codes(), min_size=2, max_size=2, unique=True))
    place: dict[str, Any] = {"external_id": "key"}
    gift, name = m.BonusItemInput(sku=POTION, quantity=2), m.LocalizedText()
    sdk.ask("admin-create-coupon", body=m.CouponCreate(external_id="key", name=name, bonus=[gift], redeem_code_limit=3))
    sdk.ask("create-coupon-code", body=m.CodeInput(coupon_code=code), **place)
    sdk.done("activate-coupon", **place)
    tenth = m.CartDiscount(percent="10")
    sdk.ask("create-promo-code", body=m.PromoCodeCreate(external_id="key", name=name, discount=tenth))
    sdk.ask("create-promo-code-code", body=m.CodeInput(coupon_code=other), **place)

    found = sdk.ask("get-redeemable-promotion-by-code", code=code)
    assert isinstance(found, m.RedeemablePromotion)
    assert (found.to_dict(), found.discount) == (sdk.ask("get-coupon", **place).to_dict(), UNSET)
    reduced = sdk.ask("get-redeemable-promotion-by-code", code=other)
    assert (reduced.external_id, reduced.is_enabled, reduced.discount) == ("key", False, tenth)
    verified = sdk.ask("verify-promotion-code", code=code)
    assert isinstance(verified, m.VerifiedCode)
    assert (verified.type_, verified.code, verified.rewards.discount) == (m.VerifiedCodeType.COUPON, code, UNSET)
    assert [(one.item.sku, one.item.name, one.quantity) for one in verified.rewards.bonus] == [(POTION, "Mega potion", 2)]
    refused(sdk.ask("verify-promotion-code", code=other), 422, 6250)
    for operation in ("get-redeemable-promotion-by-code", "verify-promotion-code"):
        refused(sdk.ask(operation, code="a" * 20), 404, 9811)
    refused(sdk.ask("get-redeemable-promotion-by-code", code="a-b"), 405, 0)

    listed = sdk.ask("get-promotion-list").promotions
    assert [one.type_ for one in listed] == ["coupon_bonus", "promocode_bonus_discount"]
    (told,) = listed[0].condition
    assert isinstance(told.item, m.PromotionSummaryCampaign)
    assert (told.item.external_id, told.item.redeem_code_limit, listed[0].limits) == ("key", 3, UNSET)
    refused(sdk.ask("activate-promotion", promotion_id=listed[1].id), 422, 9505)
