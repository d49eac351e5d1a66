"""Set-up and readings that several laws share."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from xsolla_liveops.bundle import load_bundle

from liveops_contract.api import Api
from liveops_contract.checks import Draw
from liveops_contract.control import Control, ControlRefused
from liveops_contract.doors import Answer
from liveops_contract.strategies import clan_reward_chain_create, reward_chain_create, skus

Json = Any
Facts = dict[str, Json]
SPELLINGS: dict[str, str] = load_bundle()["components"]["schemas"]["LocalizedText"]["x-two-letter"]
USERS = ("user_1", "user_2")
WHOLE_LISTS = (  # what a list shows in full: how to call an element, the operation, where the list stands, what names an element
    ("filter rule", "get-filter-rules", "items", "rule_id"),
    ("promotion", "get-item-promotion-list", "promotions", "id"),
    ("promotion", "get-bonus-promotion-list", "promotions", "id"),
    ("summary of promotion", "get-promotion-list", "promotions", "id"),
)
MOST_PAGES = 40  # a server that ignores the offset would answer pages for ever


def control_of(api: Api) -> Control:
    """The control door, in laws that need one."""
    assert api.control is not None, "this law needs a control door"
    return api.control


def as_answered(text: Json) -> Json:
    """A localized text as answers spell it: two letters, of two spellings of one language the later."""
    return None if text is None else {SPELLINGS.get(code, code): value for code, value in text.items()}


def moment(text: str | None) -> datetime | None:
    """The point in time that a text names, whatever its offset."""
    return None if text is None else datetime.fromisoformat(text)


def verdict(answer: Answer) -> tuple[int, int | None]:
    """Status and code of an answer."""
    return answer.status, answer.error_code


def pages(api: Api, operation: str, limit: int, name: str = "items", **query: Json) -> Iterator[Json]:
    """Page after page from the first one on, up to the first that is not full; `name` is that of the list in the answer."""
    for offset in range(0, MOST_PAGES * limit, limit):
        page = api.call(operation, query={"limit": limit, "offset": offset, **query}).json()
        yield page
        if len(page[name]) < limit:
            return


def listed(api: Api, operation: str, limit: int = 10, name: str = "items", **query: Json) -> list[Json]:
    """All elements of a list, page after page."""
    return [item for page in pages(api, operation, limit, name, **query) for item in page[name]]


def everything(api: Api) -> Facts:
    """All that an operator can read of the project, and what two users own and ordered; each under its own name."""
    found: Facts = {}
    for sku in [point["sku"] for point in listed(api, "admin-get-value-points-list", 50)]:
        found[f"value point {sku}"] = read_value_point(api, sku)
        found[f"items of {sku}"] = api.call("admin-get-items-value-point-reward", path={"value_point_sku": sku}).json()
    for number in [chain["reward_chain_id"] for chain in listed(api, "admin-get-reward-chains")]:
        path = {"reward_chain_id": number}
        found[f"reward chain {number}"] = api.call("admin-get-reward-chain", path=path).json()
    for number in [chain["id"] for chain in listed(api, "admin-get-offer-chains")]:
        found[f"offer chain {number}"] = read_offer_chain(api, number)
    for number in [chain["id"] for chain in listed(api, "admin-get-daily-chains")]:
        found[f"daily chain {number}"] = api.call("admin-get-daily-chain", path={"daily_chain_id": number}).json()
    for label, operation, name, key in WHOLE_LISTS:
        found |= {f"{label} {item[key]}": item for item in listed(api, operation, 50, name)}
    found |= everything_with_codes(api)
    if api.control:
        found["upsell"] = api.call("get-upsell-configurations-for-project-admin").json()
    for user in USERS if api.control else ():
        found[user] = control_of(api).user(user)
        found[f"orders of {user}"] = control_of(api).orders(user)
        found[f"cart of {user}"] = cart_of(api, user)
        found[f"days of {user}"] = api.call("get-daily-chains-list", user=user).json()["items"]
    return found | coupon_facts(api)


def coupon_facts(api: Api) -> Facts:
    """All that an operator can read of coupons, and what is left to two users who have called before."""
    found: Facts = {}
    for key in [coupon["external_id"] for coupon in listed(api, "get-coupons", 50)]:
        path = {"external_id": key}
        found[f"coupon {key}"] = api.call("get-coupon", path=path).json()
        found[f"codes of coupon {key}"] = api.call("get-coupon-code-limit", path=path).json()
        for user in USERS if api.control else ():
            left = api.call("get-coupon-user-limit", path=path, query={"user_external_id": user})
            found[f"left to {user} of coupon {key}"] = left.json().get("per_user", left.error_code)
    return found


def cuts(
    api: Api, operation: str, everyone: list[tuple[int, bool]], limit: int, offset: int
) -> tuple[dict[int | None, Json], dict[int | None, Json]]:
    """Ids of one page of chains, and whether more follow, for each value of `enabled`: as told, and as it has to be."""
    told, expected = {}, {}
    for enabled, extra in ((None, {}), (0, {"enabled": 0}), (1, {"enabled": 1})):
        page = api.call(operation, query={"limit": limit, "offset": offset, **extra}).json()
        told[enabled] = ([item["id"] for item in page["items"]], page["has_more"])
        asked = [number for number, is_enabled in everyone if enabled in (None, int(is_enabled))]
        expected[enabled] = (asked[offset : offset + limit], offset + limit < len(asked))
    return told, expected


def everything_with_codes(api: Api) -> Facts:
    """All promo codes and unique catalog offers of the project, with their codes and what has become of these."""
    found: Facts = {}
    for key in [one["external_id"] for one in listed(api, "get-promo-codes", 50)]:
        path = {"external_id": key}
        found[f"promo code {key}"] = api.call("get-promo-code", path=path).json()
        found[f"codes of promo code {key}"] = api.call("get-promo-code-code-limit", path=path).json()
    for key in [one["external_id"] for one in listed(api, "get-unique-catalog-offers", 50)]:
        path = {"external_id": key}
        found[f"offer {key}"] = api.call("get-unique-catalog-offer", path=path).json()
        found[f"codes of offer {key}"] = api.call("get-unique-catalog-offer-codes", path=path).json()
    return found


def cart_of(api: Api, user: str) -> Json:
    """The user's cart, or None."""
    try:
        return control_of(api).cart(user)
    except ControlRefused:
        return None


def changes(api: Api, before: Facts) -> dict[str, tuple[Json, Json]]:
    """What reads otherwise than before: then and now, None for what is not there."""
    after = everything(api)
    names = sorted(before.keys() | after.keys())
    return {name: (before.get(name), after.get(name)) for name in names if before.get(name) != after.get(name)}


def refusal(api: Api, operation: str, **call: Json) -> tuple[int, int | None, dict[str, tuple[Json, Json]]]:
    """Status and code of the answer to a call, and what the call changed nevertheless."""
    before = everything(api)
    answer = api.call(operation, **call)
    return *verdict(answer), changes(api, before)


def refused(api: Api, act: str, *given: Json, **facts: Json) -> int | None:
    """Ask the control door for something; the code of the refusal, or None."""
    try:
        getattr(control_of(api), act)(*given, **facts)
    except ControlRefused as refusal:
        return refusal.code
    return None


def unused_sku(api: Api, draw: Draw) -> str:
    """A name that no value point of the project has."""

    def is_unused(sku: str) -> bool:
        return api.call("admin-get-value-point", path={"item_sku": sku}).status == 404

    return str(draw(skus().filter(is_unused)))


def new_value_point(api: Api, sku: str, **facts: Json) -> Json:
    """Create a value point; what the server answers."""
    return api.call("admin-create-value-points", body={"sku": sku, "name": {"en": sku}, **facts}).json()


def read_value_point(api: Api, sku: str) -> Json:
    """A value point as an operator reads it."""
    return api.call("admin-get-value-point", path={"item_sku": sku}).json()


def delete_value_point(api: Api, sku: str) -> Answer:
    """Delete a value point."""
    return api.call("admin-delete-value-point", path={"item_sku": sku})


def new_reward_chain(api: Api, draw: Draw, value_point: Json) -> int:
    """Create a reward chain, of the kind that fits the value point, and answer its number."""
    kind = clan_reward_chain_create if value_point.get("is_clan") else reward_chain_create
    return int(api.call("admin-create-reward-chain", body=draw(kind(value_point["sku"]))).json()["reward_chain_id"])


def offer_chain(*steps: Json, **facts: Json) -> Json:
    """The body of an offer chain that is switched off, with these steps."""
    required = {"name": {"en": "Chain"}, "date_start": "2024-01-01T00:00:00Z", "is_enabled": False, "steps": list(steps)}
    return {**required, **facts}


def offer_step(number: int, *items: str, **facts: Json) -> Json:
    """A step that sells one piece of each item."""
    return {"step_number": number, "is_free": False, "items": [{"sku": sku, "quantity": 1} for sku in items], **facts}


def new_offer_chain(api: Api, body: Json) -> int:
    """Create an offer chain and answer its number."""
    return int(api.call("admin-create-offer-chain", body=body).json()["id"])


def read_offer_chain(api: Api, number: int) -> Json:
    """An offer chain as an operator reads it."""
    return api.call("admin-get-offer-chain", path={"offer_chain_id": number}).json()


def update_offer_chain(api: Api, number: int, body: Json) -> Answer:
    """Replace an offer chain."""
    return api.call("admin-update-offer-chain", path={"offer_chain_id": number}, body=body)
