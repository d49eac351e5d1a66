"""The laws of promotions with codes among all promotions: how the common list shows them, and that it does not switch them."""

from hypothesis import strategies as st

from liveops_contract.api import Api, Json
from liveops_contract.checks import Draw, law
from liveops_contract.laws import code_scenes, scenes
from liveops_contract.laws import promotion_scenes as stage
from liveops_contract.laws.code_scenes import ALL, KEY, PROMO_CODE, Campaigns, make
from liveops_contract.laws.promo_code_scenes import LIMITS, at
from liveops_contract.laws.promotion_lists import known
from liveops_contract.laws.promotion_scenes import ACTIVATE, DEACTIVATE, LIST_ALL


@law(LIST_ALL, *(kind.calls.create for kind in ALL))
def the_common_list_shows_promotions_with_codes(api: Api, draw: Draw) -> None:
    """Their kind and what they give; the condition is the campaign, with its switch and how often its codes are redeemed."""
    expected = []
    sale: Json = {"external_id": "sale", "name": {"en": "Sale"}, "discount": {"percent": "12.50"}}
    bodies = [(kind, {**draw(kind.calls.new), "external_id": kind.word}) for kind in draw(st.permutations(ALL))]
    for kind, body in (*bodies, (PROMO_CODE, sale)):
        api.call(kind.calls.create, body=body)
        is_enabled = draw(st.booleans())
        if is_enabled:
            at(api, kind.calls.activate, body["external_id"])
        expected.append(summary(api, kind, body, is_enabled))
    items = api.call(LIST_ALL).json()["promotions"]

    assert [told(item) for item in items] == expected


def told(item: Json) -> Json:
    """A promotion as the common list shows it, in one form and without its number."""
    shown = {name: value for name, value in item.items() if name != "id"}
    return {**shown, "promotion_periods": stage.windows(item["promotion_periods"])}


def summary(api: Api, kind: Campaigns, body: Json, is_enabled: bool) -> Json:
    """What is to be told of a campaign."""
    both = {"name": scenes.as_answered(body["name"]), "is_enabled": is_enabled}
    percent = (body.get("discount") or {}).get("percent")
    pieces = [{"item": known(api, one["sku"]), "quantity": one.get("quantity", 1)} for one in body.get("bonus") or ()]
    return {
        **both,
        "type": kind.type,
        "promotion_periods": stage.windows(body.get("promotion_periods", [])),
        "bonus": pieces,
        "condition": [{"item": {**both, "external_id": body["external_id"], **{name: body.get(name) for name in LIMITS}}}],
        "discount": percent and {"percent": percent},
    }


@law(LIST_ALL, "get-coupon-code-limit", "get-promo-code-code-limit")
def a_campaign_has_one_number(api: Api, draw: Draw) -> None:
    """The one of the common list is told beside its codes, and no other promotion has it, whatever was deleted before."""
    for kind in draw(st.permutations((*ALL, *stage.KINDS))):
        if isinstance(kind, Campaigns):
            make(api, kind, key="gone")
            make(api, kind, key=KEY)
            at(api, kind.calls.delete, "gone")
        else:
            stage.new(api, kind, stage.of_kind(kind))
    items = api.call(LIST_ALL).json()["promotions"]
    numbers = {item["type"]: item["id"] for item in items}

    assert len({item["id"] for item in items}) == len(items) == len(ALL) + len(stage.KINDS)
    for kind, operation in ((code_scenes.COUPON, "get-coupon-code-limit"), (code_scenes.PROMO_CODE, "get-promo-code-code-limit")):
        assert at(api, operation, KEY).json()["promotion_id"] == numbers[kind.type]


@law(ACTIVATE, DEACTIVATE)
def a_promotion_with_codes_has_a_switch_of_its_own(api: Api, draw: Draw) -> None:
    """By its number it is refused with 9505, whichever way it is to be switched, and nothing changes."""
    kind, is_enabled = draw(st.sampled_from(ALL)), draw(st.booleans())
    make(api, kind)
    at(api, kind.calls.activate if is_enabled else kind.calls.deactivate, KEY)
    (item,) = api.call(LIST_ALL).json()["promotions"]

    for operation in (ACTIVATE, DEACTIVATE):
        assert scenes.refusal(api, operation, path={"promotion_id": item["id"]}) == (422, 9505, {})
