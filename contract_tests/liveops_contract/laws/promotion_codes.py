"""The laws of codes whatever their campaign: whose a code is, and whether a user can redeem it."""

from itertools import product

from hypothesis import strategies as st

from liveops_contract.api import Api, Json
from liveops_contract.checks import Draw, law
from liveops_contract.laws import code_scenes, scenes
from liveops_contract.laws.code_scenes import ALL, COUPON, GIFT, KEY, LOOKUP, OFFER, PROMO_CODE, VERIFY, Campaigns, make
from liveops_contract.laws.promo_code_scenes import LIMITS, at
from liveops_contract.laws.upsell import in_one_language
from liveops_contract.promo_code_strategies import discounted_items, discounts
from liveops_contract.strategies import localized

PAST = {"date_from": "2024-01-01T00:00:00Z", "date_until": "2025-01-01T00:00:00Z"}  # till the clock of a new project begins
TIN = {"attribute": "rank", "type": "string", "operator": "eq", "value": "tin"}
# Why a code is refused, in the order of the refusals, and with which code where its campaign is asked.
FAULTS = {"unknown": 4001, "deleted": 4001, "off": 6250, "late": 6251, "others": 6252, "region": 9808}
FAULTS |= dict.fromkeys(LIMITS, 9804)


def spoil(api: Api, kind: Campaigns, faults: list[str]) -> None:
    """Let faults come about, those that leave less to be done at last."""
    wrong: Json = {"promotion_periods": [PAST]} if "late" in faults else {}
    wrong |= {"attribute_conditions": [TIN]} if "others" in faults else {}
    if wrong:
        code_scenes.update(api, kind, **{name: 1 for name in LIMITS if name in faults} | wrong)
    if "region" in faults:
        scenes.control_of(api).lock(kind.word, KEY, "DE")
    for fault, operation in (("off", kind.calls.deactivate), ("deleted", kind.calls.delete)):
        if fault in faults:
            at(api, operation, KEY)


def some_faults(draw: Draw) -> list[list[str]]:
    """For each kind of campaigns up to two faults; no kind has the first one of another. An offer is for everybody."""
    first = draw(st.permutations(["none", *FAULTS]))
    faults = [[one, draw(st.sampled_from(["none", "none", *FAULTS]))] for one in first[: len(ALL)]]
    return [
        [one for one in pair if one in FAULTS and (one, kind) != ("others", OFFER)]
        for kind, pair in zip(ALL, faults, strict=True)
    ]


@law(VERIFY, "redeem-coupon", "redeem-promo-code", *(kind.calls.update for kind in ALL))
def a_verified_code_can_be_redeemed_and_no_other(api: Api, draw: Draw) -> None:
    """Unknown, off, late, for others, locked, used up: verification, rewards and redemption name the first reason alike."""
    scenes.control_of(api).put_user("user_1", country="DE")
    made = [(kind, f"CODE{place}", faults) for place, (kind, faults) in enumerate(zip(ALL, some_faults(draw), strict=True))]
    for kind, code, faults in made:
        limits: Json = {name: 1 for name in LIMITS if name in faults}
        make(api, kind, code, **limits)
        if limits:
            user = "user_1" if "redeem_user_limit" in limits else "user_2"
            assert code_scenes.redeemed(api, kind, code, user) is None
        spoil(api, kind, faults)
    before = code_scenes.state(api)
    entered = [code.lower() if "unknown" in faults else code for _, code, faults in made]
    answers = [code_scenes.asked(api, kind, code) for (kind, _, _), code in zip(made, entered, strict=True)]

    assert code_scenes.state(api) == before
    for (kind, _, faults), code, told in zip(made, entered, answers, strict=True):
        refusal = next((FAULTS[fault] for fault in FAULTS if fault in faults), None)
        status = 200 if refusal is None else 404 if refusal == 4001 else 422
        verdicts = [(status, 9811 if status == 404 else refusal), (status, refusal)]
        assert told == verdicts[: len(told)]
        assert code_scenes.redeemed(api, kind, code) == refusal


@law(
    *(VERIFY, "redeem-coupon", "redeem-promo-code", "get-coupon-rewards-by-code", "get-promo-code-rewards-by-code"),
    *(kind.calls.update for kind in ALL),
)
def each_reason_alone_refuses_a_code(api: Api, draw: Draw) -> None:  # noqa: ARG001 - nothing is drawn
    """With its own code, wherever the code is asked for."""
    for kind, (fault, refusal) in product((COUPON, PROMO_CODE), FAULTS.items()):
        one = api.sibling()
        scenes.control_of(one).put_user("user_1", country="DE")
        limits: Json = {fault: 1} if fault in LIMITS else {}
        make(one, kind, "CODE", **limits)
        if fault in LIMITS:
            assert code_scenes.redeemed(one, kind, "CODE", "user_1" if fault == "redeem_user_limit" else "user_2") is None
        spoil(one, kind, [fault])
        code = "code" if fault == "unknown" else "CODE"
        status = 404 if refusal == 4001 else 422
        assert code_scenes.asked(one, kind, code) == [(status, 9811 if status == 404 else refusal), (status, refusal)]
        assert code_scenes.redeemed(one, kind, code) == refusal


def item_facts(api: Api, sku: str) -> Json:
    """What the catalog says of an item, in one language."""
    item = scenes.control_of(api).item(sku)
    told = {name: item[name] for name in ("sku", "type", "image_url")}
    told |= {name: item[name] for name in ("bundle_type", "unit_items") if item[name]}
    return {**told, "name": in_one_language(item["name"]) or sku, "description": in_one_language(item["description"])}


def thing(draw: Draw) -> Json:
    """What the catalog says of an item of some kind: plain, a bundle, or a game with keys."""
    keys = [{"sku": f"key_{number}", "name": "Key", "type": "game_key"} for number in range(draw(st.sampled_from((2, 1, 0))))]
    kinds: list[Json] = [{}, {"type": "bundle", "bundle_type": "standard"}, {"type": "unit", "unit_items": keys}]
    return {"name": draw(localized()), "description": draw(st.none() | localized()), **draw(st.sampled_from(kinds))}


@law(VERIFY)
def a_verification_tells_what_the_code_gives(api: Api, draw: Draw) -> None:
    """Kind and code, the bonus and whether a key has to be picked; of promo codes what comes off, of offers nothing."""
    item, percents = thing(draw), {"discount": draw(discounts()), "discounted_items": draw(discounted_items())}
    scenes.control_of(api).put_item("thing", **item)
    bonus: Json = draw(st.sampled_from((None, [{"sku": "thing", "quantity": 3}], [{"sku": GIFT}, {"sku": "thing"}])))
    for place, kind in enumerate(ALL):
        make(api, kind, f"Code{place}", **gives(kind, bonus, percents))
    for one in percents["discounted_items"] or ():
        one |= item_facts(api, one["sku"])

    for place, kind in enumerate(ALL):
        given = gives(kind, bonus, percents)
        entries = given.pop("bonus", None) or []
        pieces = [{"item": item_facts(api, one["sku"]), "quantity": one.get("quantity", 1)} for one in entries]
        rewards = {"bonus": pieces, "is_selectable": bool(entries) and len(item.get("unit_items", ())) > 1, **given}
        answer = api.call(VERIFY, path={"code": f"Code{place}"}).json()
        assert answer == {"type": kind.word, "code": f"Code{place}", "rewards": rewards}


def gives(kind: Campaigns, bonus: Json, percents: Json) -> Json:
    """What a campaign of a kind gives, of all that there is to give."""
    return {} if kind is OFFER else {"bonus": bonus, **(percents if kind is PROMO_CODE else {})}


@law(LOOKUP)
def a_code_leads_to_its_campaign(api: Api, draw: Draw) -> None:
    """To the coupon or promo code as it reads alone, off or on, used or ended; a code of an offer or of nothing is 404/9811."""
    own: Json = {"price_conditions": [{"operator": "gt", "value": "1"}], "excluded_promotions": [7]}
    fates = draw(st.permutations((None, "off", "late", "used", "deleted")))
    for place, (kind, fate) in enumerate(zip(ALL, fates, strict=False)):
        facts: Json = own if kind is PROMO_CODE else {}
        make(api, kind, f"CODE{place}", f"Other{place}", **facts)
        if fate == "used":
            assert code_scenes.redeemed(api, kind, f"CODE{place}") is None
        spoil(api, kind, [fate] if fate else [])
    for place, (kind, fate) in enumerate(zip(ALL, fates, strict=False)):
        for code in (f"CODE{place}", f"Other{place}", f"Code{place}"):
            answer = api.call(LOOKUP, path={"code": code})
            if fate == "deleted" or kind is OFFER or code == f"Code{place}":
                assert scenes.verdict(answer) == (404, 9811)
            else:
                read = at(api, kind.calls.read, KEY).json()
                assert answer.json() == {name: value for name, value in read.items() if name not in own}


@law(LOOKUP)
def only_letters_and_digits_have_a_route_to_a_campaign(api: Api, draw: Draw) -> None:
    """Any other character is 405, before credentials are asked for; a code that is too long is a wrong shape."""
    make(api, draw(st.sampled_from((COUPON, PROMO_CODE))), "Summer1")
    right = {"Summer1": (200, None), "a" * 128: (404, 9811), "a" * 129: (422, 1102)}
    for code in draw(st.permutations((*right, "SUMMER-1", "Summer1 ", "Summer_1", "Sömmer1", "Summer٣", "-" * 129))):
        signed, unsigned = api.call(LOOKUP, path={"code": code}), api.call(LOOKUP, path={"code": code}, signed={})
        verdicts = (scenes.verdict(signed), scenes.verdict(unsigned))

        assert verdicts == ((right[code], (401, 1020)) if code in right else ((405, 0), (405, 0)))
        assert code in right or (signed.header("Allow"), unsigned.header("Allow")) == ("OPTIONS", "OPTIONS")
