"""A catalog with items of every form, and what answers tell of them."""

from collections.abc import Iterator

from liveops_contract.api import Api, Json
from liveops_contract.laws.scenes import control_of, new_value_point
from liveops_contract.readings import disagreements

PRICE, NOTHING = {"amount": "4.99", "currency": "USD"}, {"amount": "0.00", "currency": "USD"}
IMAGE = "https://example.com/item.png"
TEXTS: Json = {"name": {"de": None, "en": "Item"}, "description": {"de": None, "en": "An item"}}
KEYS = (
    {"sku": "key_1", "name": "First key", "type": "game_key", "is_free": True, "drm_name": "Drm", "drm_sku": "drm"},
    {"sku": "key_2", "name": "Second key", "type": "game_key", "is_free": False},
)
POINTS: dict[str, Json] = {"own_points": {"is_clan": False, "image_url": IMAGE}, "clan_points": {"is_clan": True}}
GROUP = {"external_id": "swords", "name": {"de": None, "en": "Swords"}}
ATTRIBUTE = {"external_id": "size", "name": {"de": None, "en": "Size"}, "values": [{"external_id": "size-l", "value": "L"}]}
MONEY = {"sku": "crystal", "amount": 9, "amount_without_discount": 9, "name": "Coin", "type": "virtual_currency"}
MONEYS = [{**MONEY, "is_default": True, "description": "Coins", "image_url": IMAGE}]
MONEYS += [{**MONEY, "is_default": False, "description": None, "image_url": None}]
UNKNOWN: Json = {"attributes": [], "virtual_prices": [], "virtual_item_type": None}
UNKNOWN |= {"inventory_options": {"consumable": None, "expiration_period": None}}
SCHEDULES: tuple[Json, ...] = (
    {"interval_type": "daily", "time": "01:00:00+08:00"},
    {"interval_type": "weekly", "day_of_week": 1, "time": "01:00:00+08:00"},
    {"interval_type": "monthly", "day_of_month": 1, "time": "01:00:00+08:00"},
)
THRICE = {"consumable": {"usages_count": 3}, "expiration_period": None}
UNITS = ("minute", "hour", "day", "week", "month", "year")


def lasting(unit: str) -> Json:
    """An item that ends after one unit of time, and whose uses are counted by days alone."""
    counted = {"usages_count": 5 if unit == "day" else None}
    options = {"consumable": None if unit == "minute" else counted, "expiration_period": {"type": unit, "value": 1}}
    return {"price": PRICE, "facts": {"inventory_options": options, "virtual_item_type": "non_renewing_subscription"}}


PICK = {"game_1": "key_1", "game_2": "key_1"}
CATALOG: dict[str, Json] = {
    "gift": {"price": NOTHING, **TEXTS, "facts": {"groups": [GROUP], "attributes": [ATTRIBUTE], "virtual_prices": MONEYS}},
    "bare": {"name": {"de": None}, "facts": {"virtual_item_type": "non_consumable", "inventory_options": THRICE}},
    "good": {"price": PRICE, "image_url": IMAGE, "value_points": [{"sku": sku, "amount": 3} for sku in POINTS]},
    "coin": {"type": "virtual_currency", "image_url": IMAGE, "facts": {"virtual_item_type": "consumable"}},
    "poster": {"type": "physical_good", "price": PRICE},
    "ticket": {"type": "nft", "price": PRICE},
    "game_key": {"type": "game_key", "price": PRICE},
    **{game: {"type": "unit", "price": PRICE, "unit_items": list(KEYS), **TEXTS} for game in PICK},
    "pack": {
        "type": "bundle",
        "bundle_type": "virtual_currency_package",
        "price": PRICE,
        "content": [{"sku": "coin", "quantity": 9}],
    },
    "box": {
        "type": "bundle",
        "bundle_type": "standard",
        "price": PRICE,
        "image_url": IMAGE,
        "content": [{"sku": sku, "quantity": 1} for sku in ("gift", "good", "pack")],
        **TEXTS,
    },
    **{f"for_a_{unit}": lasting(unit) for unit in UNITS},
    "chest": {
        "type": "bundle",
        "content": [{"sku": sku, "quantity": 1} for sku in ("box", "game_1", "bare", *(f"for_a_{unit}" for unit in UNITS))],
    },
    **{
        f"rare_{schedule['interval_type']}": {"price": PRICE, "limits": {"per_user": 5, "recurrent_schedule": schedule}}
        for schedule in SCHEDULES
    },
}
SOLD = tuple(sku for sku, facts in CATALOG.items() if "price" in facts)
SOME = [{"sku": sku, "quantity": 1} for sku in CATALOG]
ALL = set(CATALOG)
ANY_NUMBER = {"quantity": None}  # how many there are is a matter of the place


def stock(api: Api) -> None:
    """Put all of them into the catalog, with the value points that one of them carries."""
    for sku, facts in POINTS.items():
        new_value_point(api, sku, **facts)
    for sku, facts in CATALOG.items():
        control_of(api).put_item(sku, **facts)


def told(answer: Json) -> set[str]:
    """The items that an answer tells of: as the catalog has them, and inside of a bundle as by themselves."""
    found = [(entry, is_inside) for entry, is_inside in _entries(answer) if entry["sku"] in CATALOG]
    others = [(entry["sku"], name, entry[name]) for entry, _ in found for name in _facts(entry["sku"]) if _differs(entry, name)]
    alone = {entry["sku"]: entry for entry, is_inside in found if not is_inside}
    parts = [entry for entry, is_inside in found if is_inside and entry["sku"] in alone]

    assert others == []
    assert [place for part in parts for place in disagreements(part | ANY_NUMBER, alone[part["sku"]] | ANY_NUMBER)] == []
    return {entry["sku"] for entry, _ in found}


def _facts(sku: str) -> Json:
    facts = CATALOG[sku]
    told = {
        "type": facts.get("type", "virtual_good"),
        "image_url": facts.get("image_url"),
        "bundle_type": facts.get("bundle_type"),
        "unit_items": facts.get("unit_items", []),
    }
    besides = {name: facts.get("facts", {}).get(name, empty) for name, empty in UNKNOWN.items()}
    return {**told, **besides, "content": [part["sku"] for part in facts.get("content", ())]}


def _differs(entry: Json, name: str) -> bool:
    if name not in entry:
        return False
    shown = [part["sku"] for part in entry[name] or ()] if name == "content" else entry[name]
    return bool(shown != _facts(entry["sku"])[name])


def _entries(answer: Json, is_inside: bool = False) -> Iterator[tuple[Json, bool]]:
    """Whatever is told of items anywhere in an answer, and whether it stands inside of a bundle."""
    if isinstance(answer, dict):
        if {"sku", "type"} <= answer.keys():
            yield answer, is_inside
        for name, value in answer.items():
            yield from _entries(value, is_inside or name == "content")
    elif isinstance(answer, list):
        for value in answer:
            yield from _entries(value, is_inside)
