"""Coupons through the SDK: made, given codes, redeemed, limited and deleted."""

from typing import Any

from hypothesis import strategies as st
from liveops_contract import campaign_strategies as draws
from liveops_contract.checks import Draw
from sdk_harness import Sdk, refused, said, same
from sdk_scenarios import scenario
from xsolla_liveops import models as m

USER = "user_1"


@scenario(
    "admin-create-coupon",
    "get-coupon",
    "get-coupons",
    "update-coupon-promotion",
    "activate-coupon",
    "deactivate-coupon",
    "delete-coupon-promotion",
)
def coupons(sdk: Sdk, draw: Draw) -> None:
    """Create, read, list, switch, replace, delete."""
    body, newer = draw(draws.coupon_create()), draw(draws.coupon_update())
    sent, place = m.CouponCreate.from_dict(body), {"external_id": body["external_id"]}
    assert sdk.ask("admin-create-coupon", body=sent).external_id == body["external_id"]
    assert sdk.wire.status == 201
    said(body, sdk.wire.body)
    read = sdk.ask("get-coupon", **place)
    assert isinstance(read, m.Coupon)
    same(sent, read)
    for operation, is_enabled in (("activate-coupon", True), ("deactivate-coupon", False)):
        sdk.done(operation, **place)
        page = sdk.ask("get-coupons", limit=1, offset=0)
        assert [one.is_enabled for one in page.items] == [is_enabled]
        assert (page.active_promotions_count, page.inactive_promotions_count) == (int(is_enabled), int(not is_enabled))

    replacing = m.CouponUpdate.from_dict(newer)
    sdk.done("update-coupon-promotion", body=replacing, **place)
    said(newer, sdk.wire.body)
    same(replacing, sdk.ask("get-coupon", **place))
    sdk.done("delete-coupon-promotion", **place)
    refused(sdk.ask("get-coupon", **place), 404, 4001)


@scenario(
    "admin-create-coupon",
    "activate-coupon",
    "create-coupon-code",
    "get-coupon-codes",
    "generate-coupon-codes",
    "redeem-coupon",
    "get-coupon-rewards-by-code",
    "get-coupon-code-limit",
    "get-coupon-user-limit",
    "add-coupon-user-promotion-limit",
    "set-coupon-user-promotion-limit",
    "remove-coupon-user-promotion-limit",
)
def codes_of_a_coupon(sdk: Sdk, draw: Draw) -> None:
    """One code of choice and some made up; one is redeemed, and the limits tell of it."""
    code, count, quantity = draw(draws.codes()), draw(st.integers(1, 9)), draw(st.integers(1, 9))
    place: dict[str, Any] = {"external_id": "coupon"}
    gift = m.BonusItemInput(sku="com.xsolla.potion_1", quantity=quantity)
    body = m.CouponCreate(external_id="coupon", name=m.LocalizedText(), bonus=[gift], redeem_user_limit=3, redeem_code_limit=2)
    sdk.ask("admin-create-coupon", body=body)
    sdk.done("activate-coupon", **place)
    assert sdk.ask("create-coupon-code", body=m.CodeInput(coupon_code=code), **place).code == code
    refused(sdk.ask("create-coupon-code", body=m.CodeInput(coupon_code=code), **place), 422, 9803)
    assert sdk.ask("generate-coupon-codes", body=m.CodeGeneration(count=count), **place).count == count
    page = sdk.ask("get-coupon-codes", **place)
    assert (page.total_count, len({one.code for one in page.codes}), page.codes[0].code) == (1 + count, 1 + count, code)

    shown = sdk.ask("get-coupon-rewards-by-code", coupon_code=code)
    assert [(one.item.sku, one.quantity) for one in shown.bonus] == [(gift.sku, quantity)]
    received = sdk.ask("redeem-coupon", body=m.CouponRedemption(coupon_code=code))
    assert [(one.sku, one.quantity, one.is_free) for one in received.items] == [(gift.sku, quantity, True)]
    (limit,) = sdk.ask("get-coupon-code-limit", codes=[code, "absent"], **place).items
    assert (limit.code, limit.per_code) == (code, m.CodeLimitState(total=2, available=1, used=1, reserved=0))

    user = m.UserReference(user_external_id=USER)
    assert sdk.ask("get-coupon-user-limit", user_external_id=USER, **place).per_user == m.LimitState(total=3, available=2)
    step = m.UserLimitStep(user=user, available=1)
    for operation, given, left in (
        ("add-coupon-user-promotion-limit", step, 3),
        ("remove-coupon-user-promotion-limit", step, 2),
        ("set-coupon-user-promotion-limit", m.UserLimitSetting(user=user, available=0), 0),
    ):
        assert sdk.ask(operation, body=given, **place).per_user.available == left
    refused(sdk.ask("redeem-coupon", body=m.CouponRedemption(coupon_code=code)), 422, 9804)
