"""Campaigns of all three kinds in one form, for laws of codes whatever their campaign."""

from typing import NamedTuple

from liveops_contract.api import Api, Json
from liveops_contract.campaign_strategies import coupon_create, coupon_update
from liveops_contract.laws import coupon_scenes, scenes
from liveops_contract.laws import promo_code_scenes as promo
from liveops_contract.laws.promo_code_scenes import OFFERS, PROMO_CODES, at, campaign

LOOKUP, VERIFY = "get-redeemable-promotion-by-code", "verify-promotion-code"
KEY, GIFT = "key", "com.xsolla.potion_1"

COUPONS = promo.Kind(
    *(coupon_scenes.CREATE, coupon_scenes.READ, coupon_scenes.UPDATE, coupon_scenes.DELETE, coupon_scenes.LIST),
    *(coupon_scenes.ACTIVATE, coupon_scenes.DEACTIVATE, coupon_scenes.ADD, coupon_scenes.CODES, coupon_scenes.GENERATE),
    coupon_create(),
    coupon_update(),
)


class Campaigns(NamedTuple):
    """A kind of campaigns: how paths and answers spell it, its type in the common list, its calls, and what one of it gives."""

    word: str
    type: str
    calls: promo.Kind
    gives: Json
    rewards: tuple[str, str] | None = None  # the call that tells what a code gives, and its parameter

    def __repr__(self) -> str:
        return self.word


GIVES = {"bonus": [{"sku": GIFT}]}
COUPON = Campaigns("coupon", "coupon_bonus", COUPONS, GIVES, (coupon_scenes.REWARDS, "coupon_code"))
PROMO_CODE = Campaigns("promocode", "promocode_bonus_discount", PROMO_CODES, GIVES, (promo.REWARDS, "promocode_code"))
OFFER = Campaigns("unique_catalog_offer", "unique_catalog_offer", OFFERS, {"items": [GIFT]})
ALL = (COUPON, PROMO_CODE, OFFER)


def make(api: Api, kind: Campaigns, *codes: str, key: str = KEY, **facts: Json) -> None:
    """A campaign that gives, or sells, a potion, up to nine times; with these codes, and switched on."""
    campaign(api, kind.calls, *codes, key=key, **{**kind.gives, "redeem_total_limit": 9, **facts})


def update(api: Api, kind: Campaigns, key: str = KEY, **facts: Json) -> None:
    """Replace such a campaign by one of its kind."""
    at(api, kind.calls.update, key, {"name": {}, **kind.gives, "redeem_total_limit": 9, **facts})


def state(api: Api) -> Json:
    """What codes could change: the campaigns with their counters, and what the user has."""
    read = [at(api, kind.calls.read, KEY) for kind in ALL]
    return [one.json() for one in read if one.status == 200], scenes.control_of(api).user("user_1")


def asked(api: Api, kind: Campaigns, code: str) -> Json:
    """How the verification of a code is answered, and how the question for its rewards, where its kind has one."""
    verified = scenes.verdict(api.call(VERIFY, path={"code": code}))
    if kind.rewards is None:
        return [verified]
    operation, name = kind.rewards
    return [verified, scenes.verdict(api.call(operation, path={name: code}))]


def redeemed(api: Api, kind: Campaigns, code: str, user: str = "user_1") -> int | None:
    """Use a code up, with a purchase where it takes one; the code of the refusal, or None."""
    control = scenes.control_of(api)
    if kind is COUPON:
        return coupon_scenes.redeem(api, code, user)
    if kind is OFFER:
        return scenes.refused(api, "purchase", user, {GIFT: 1}, offer_code=code)
    control.fill_cart(user, {"booster_1": 1})
    refusal = promo.redeem(api, code, user).error_code
    if refusal is None:
        control.pay(control.order_cart(user)["order_id"])
    return refusal
