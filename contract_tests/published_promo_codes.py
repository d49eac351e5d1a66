"""The published payloads of promo codes and unique catalog offers, sent in the order of a real set-up."""

from typing import Any

from liveops_contract.description import operation_table
from sdk_harness import same

VENDORS_USER = "d342dad2-9d59-11e9-a384-42010aa8003f"


def set_up_promo_codes(operator: Any) -> None:
    """Each published promo code in turn, replaced by its published update; then codes, a cart, and limits."""
    control = operator.api.control
    for name in operation_table()["create-promo-code"].examples:
        sent, created = operator.publish("create-promo-code", name, 201)
        place = {"external_id": created.external_id}
        same(sent, operator.call("get-promo-code", 200, **place))
        newer, _ = operator.publish("update-promo-code", name, 204, **place)
        same(newer, operator.call("get-promo-code", 200, **place))
        operator.call("delete-promo-code", 204, **place)

    games = {game: [f"{game}_steam", f"{game}_playstation"] for game in ("game_1", "game_2")}
    for game, keys in games.items():
        unit_items = [{"sku": key, "name": key, "type": "game_key", "drm_name": key, "drm_sku": key} for key in keys]
        control.put_item(game, type="unit", unit_items=unit_items)
    bonus = [{"sku": game, "quantity": 1} for game in games]
    for code, gift in (("SUMMER2021", {"bonus": bonus}), ("NEWGAMER2020", {"discount": {"percent": "10.00"}})):
        body = {"external_id": code, "name": {}, "redeem_user_limit": 1, **gift}
        operator.curl("POST", "v3/project/44056/admin/promocode", body)
        operator.curl("POST", f"v2/project/44056/admin/promocode/{code}/code", {"coupon_code": code})
        operator.call("activate-promo-code", 204, external_id=code)
    place = {"external_id": "SUMMER2021"}
    operator.call("delete-coupon-promotion", 204, external_id="coupon_external_id")  # it has the published code
    sent, created = operator.publish("create-promo-code-code", "example", 201, **place)
    _, generated = operator.publish("generate-promo-code-codes", "example", 200, **place)
    codes = operator.call("get-promocode-codes", 200, **place)
    assert (created.code, codes.total_count) == (sent.coupon_code, 2 + generated.count)

    control.put_item("gem", price={"amount": "10.00", "currency": "USD"})
    control.fill_cart("user_1", {"gem": 1})
    _, cart = operator.publish("redeem-promo-code", "with_selected_units", 200)
    assert [item.sku for item in cart.items if item.is_free] == ["game_1_steam", "game_2_playstation"]
    _, plain = operator.publish("remove-cart-promo-code", "current_cart", 200)
    assert [item.sku for item in plain.items] == ["gem"]
    _, cart = operator.publish("redeem-promo-code", "no_cart_known", 200)
    assert (cart.price.amount, plain.price.amount) == ("9.00", "10.00")

    control.put_user(VENDORS_USER, name="Vendor's test user")
    for act, left in (("set", 0), ("add", 1), ("remove", 0)):
        _, told = operator.publish(f"{act}-promo-code-user-promotion-limit", "example", 200, **place)
        assert (told.per_user.total, told.per_user.available) == (1, left)


def set_up_unique_catalog_offers(operator: Any) -> None:
    """Each published offer in turn, replaced by its published update; then codes."""
    for name in operation_table()["admin-create-unique-catalog-offer"].examples:
        sent, created = operator.publish("admin-create-unique-catalog-offer", name, 201)
        place = {"external_id": created.external_id}
        same(sent, operator.call("get-unique-catalog-offer", 200, **place))
        newer, _ = operator.publish("update-unique-catalog-offer-promotion", name, 204, **place)
        same(newer, operator.call("get-unique-catalog-offer", 200, **place))
        if name == "limited":
            operator.call("delete-promo-code", 204, external_id="SUMMER2021")  # it has the published code
            sent, created = operator.publish("create-unique-catalog-offer-code", "example", 201, **place)
            _, generated = operator.publish("generate-unique-catalog-offer-codes", "example", 200, **place)
            codes = operator.call("get-unique-catalog-offer-codes", 200, **place)
            assert (created.code, codes.total_count) == (sent.coupon_code, 1 + generated.count)
        operator.call("delete-unique-catalog-offer-promotion", 204, **place)
