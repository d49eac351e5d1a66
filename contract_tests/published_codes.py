"""The published answers about codes: what they tell is set up, asked for, and told again."""

from typing import Any

from liveops_contract.laws import code_scenes
from liveops_contract.laws.code_scenes import COUPON, LOOKUP, PROMO_CODE, VERIFY
from liveops_contract.laws.promo_code_scenes import LIMITS, add_code, at
from liveops_contract.laws.promotion_scenes import windows

KEPT = ("promotion_periods", *LIMITS)
GIVEN = ("bonus", "discount", "discounted_items")


def verified_as_published(operator: Any, published: dict[str, Any]) -> None:
    """A campaign that gives what a published verification tells, verified."""
    rewards = published["rewards"]
    items = [*(entry["item"] for entry in rewards["bonus"]), *rewards.get("discounted_items", ())]
    for item in items:
        texts = {name: {"en": item[name]} for name in ("name", "description")}
        facts = {name: item[name] for name in ("type", "image_url", "unit_items") if name in item}
        operator.api.control.put_item(item["sku"], **texts, **facts)
    given = {name: rewards[name] for name in GIVEN if name in rewards}
    given["bonus"] = [{"sku": entry["item"]["sku"], "quantity": entry["quantity"]} for entry in rewards["bonus"]]
    if "discounted_items" in given:
        given["discounted_items"] = [{name: one[name] for name in ("sku", "discount")} for one in given["discounted_items"]]
    kind = next(kind for kind in (COUPON, PROMO_CODE) if kind.word == published["type"])
    code_scenes.make(operator.api, kind, published["code"], **given)
    told = operator.api.call(VERIFY, path={"code": published["code"]}).json()
    # The promo code is shown as one whose key has to be picked, although its only game has a single key.
    selectable = any(len(item.get("unit_items", ())) > 1 for item in items)
    assert told == {**published, "rewards": {**rewards, "is_selectable": selectable}}


def found_as_published(operator: Any, published: dict[str, Any]) -> None:
    """A campaign as a published search tells it, found by its code; the state of its limit begins anew."""
    for entry in (*published["bonus"], *published.get("discounted_items", ())):
        operator.api.control.put_item(entry["sku"])
    kind = PROMO_CODE if "discount" in published else COUPON
    facts = {name: published[name] for name in (*KEPT, *GIVEN, "name") if name in published}
    operator.api.call(kind.calls.create, body={"external_id": published["external_id"], **facts})
    at(operator.api, kind.calls.activate, published["external_id"])
    add_code(operator.api, kind.calls, published["external_id"], "WINTER2021")
    told = operator.api.call(LOOKUP, path={"code": "WINTER2021"}).json()
    del told["total_limit_state"]
    expected = {name: value for name, value in published.items() if name != "total_limit_state"}
    moments = [windows(one.pop("promotion_periods")) for one in (told, expected)]
    assert (told, moments[0]) == (expected, moments[1])
    at(operator.api, kind.calls.delete, published["external_id"])
