"""The catalog of a project: items are defined through the control door; a new project begins with the documented ones."""

from typing import Any

from .item_facts import stored_facts
from .ledger import require_items, require_value_point
from .problems import CannotChange
from .texts import two_letter
from .uses import forget_lapsed, item_limit
from .world import World

Json = Any

DEMO_ITEMS = {
    "com.xsolla.item_1": ("Shield", "virtual_good", None, "4.99"),
    "com.xsolla.item_2": ("Sword", "virtual_good", None, "9.99"),
    "com.xsolla.item_3": ("Bow", "virtual_good", None, "0.99"),
    "com.xsolla.elven_sword_1": ("Elven Sword", "virtual_good", None, "6.99"),
    "com.xsolla.elven_sword_2": ("Elven Sword II", "virtual_good", None, "8.99"),
    "com.xsolla.item_4": ("Helmet", "virtual_good", None, None),
    "com.xsolla.booster_1": ("Booster", "virtual_good", None, "1.99"),
    "com.xsolla.booster_mega": ("Mega Booster", "virtual_good", None, "2.99"),
    "booster_1": ("Booster", "virtual_good", None, "1.99"),
    "booster_mega": ("Mega Booster", "virtual_good", None, "2.99"),
    "booster_mega_1": ("Mega Booster", "virtual_good", None, "2.99"),
    "com.xsolla.box_1": ("Super box", "bundle", "standard", "5.99"),
    "com.xsolla.box_2": ("Mega box", "bundle", "standard", "7.99"),
    "com.xsolla.potion_1": ("Mega potion", "virtual_good", None, "0.49"),
    "vg_enabled_shown_in_store_1": ("Shield", "virtual_good", None, "4.99"),
    "vg_enabled_shown_in_store_2": ("Sword", "virtual_good", None, "9.99"),
    "vg_not_shown_in_store": ("Secret sword", "virtual_good", None, "14.99"),
    "bundle_enabled_shown_in_store_with_2_enabled_shown_in_store_vg": ("Starter pack", "bundle", "standard", "12.99"),
    "vcp_enabled_shown_in_store_1_of_10_vc_enabled_shown_in_store_1": (
        "Ten crystals",
        "bundle",
        "virtual_currency_package",
        "0.99",
    ),
    "game_sku_1": ("Game", "unit", None, "19.99"),
    "game_sku_2": ("Game, second part", "unit", None, "29.99"),
    "game_sku_3": ("Game, third part", "unit", None, "39.99"),
    "com.xsolla.elven_helmet_1": ("Elven Helmet", "virtual_good", None, "7.99"),
    "com.xsolla.elven_armor_1": ("Elven Armor", "virtual_good", None, "14.99"),
    "com.xsolla.elven_boots_1": ("Elven Boots", "virtual_good", None, "4.99"),
    "com.xsolla.elven_knife_1": ("Elven Knife", "virtual_good", None, "2.99"),
    "com.xsolla.elven_shield_1": ("Elven Shield", "virtual_good", None, "5.99"),
    "com.xsolla.elven_gloves_1": ("Elven Gloves", "virtual_good", None, "1.99"),
    "com.xsolla.elven_shield_2": ("Elven Shield II", "virtual_good", None, "8.99"),
    "com.xsolla.elven_gloves_2": ("Elven Gloves II", "virtual_good", None, "3.99"),
    "com.xsolla.elven_sword_3": ("Elven Sword III", "virtual_good", None, "14.00"),
    "com.xsolla.elven_shield_3": ("Elven Shield III", "virtual_good", None, "9.99"),
    "com.xsolla.elven_gloves_3": ("Elven Gloves III", "virtual_good", None, "5.99"),
    "elven_sword": ("Elven Sword of the offer", "virtual_good", None, "10.00"),
    "elven_boots": ("Elven Boots of the offer", "virtual_good", None, "4.99"),
    "com.xsolla.elven_boots_2": ("Elven Boots II", "virtual_good", None, "11.99"),
    "com.xsolla.elven_knife_2": ("Elven Knife II", "virtual_good", None, "10.99"),
    "com.xsolla.year_1_season_pass": ("Season pass", "virtual_good", None, "29.99"),
    "com.xsolla.mp_credits": ("Credits", "virtual_currency", None, None),
}
DEMO_VALUE_POINTS = ("com.xsolla.value_point_1", "value_point_3")


def holds(world: World, bundle: str, sku: str) -> bool:
    """Whether an item is, or has anywhere inside, another one."""
    parts = world.items.get(bundle)["content"] or []
    return bundle == sku or any(holds(world, part["sku"], sku) for part in parts)


def define_item(world: World, sku: str, body: Json) -> None:
    """Put an item into the catalog in place of what was there, and say which value points it carries; uses stay."""
    points = {entry["sku"]: entry["amount"] for entry in body.get("value_points", [])}
    for value_point in points:
        require_value_point(world, value_point)
    content = body.get("content") or []
    require_items(world, [part["sku"] for part in content])
    if any(holds(world, part["sku"], sku) for part in content):
        raise CannotChange(f"Item '{sku}' would be inside itself; take it out of its own content")
    before = world.items.get(sku)

    if before:
        forget_lapsed(item_limit(world, before), world.now)
    world.items.put(
        sku,
        {
            "item_id": before["item_id"] if before else world.next_id("item"),
            "sku": sku,
            "name": two_letter(body["name"], world.spellings),
            "type": body.get("type", "virtual_good"),
            "description": two_letter(body.get("description"), world.spellings),
            "image_url": body.get("image_url"),
            "bundle_type": body.get("bundle_type"),
            "price": body.get("price"),
            "content": body.get("content"),
            "unit_items": body.get("unit_items", []),
            "facts": stored_facts(body.get("facts", {})),
            "limits": body.get("limits"),
            "limits_since": world.now,
            "blocked_countries": body.get("blocked_countries", []),
        },
    )
    if "value_points" in body:
        for key in world.vp_rewards.keys("item", sku):
            world.vp_rewards.remove(key)
        for value_point, amount in points.items():
            if amount:
                world.vp_rewards.put((value_point, sku), amount)


def stored_value_point(world: World, body: Json, is_clan: bool) -> Json:
    """A value point as it is kept; what the body leaves out is the server's default."""
    return {
        "sku": body["sku"],
        "name": two_letter(body["name"], world.spellings),
        "type": "value_point",
        "description": two_letter(body.get("description"), world.spellings),
        "long_description": two_letter(body.get("long_description"), world.spellings),
        "image_url": body.get("image_url"),
        "media_list": body.get("media_list", []),
        "order": body.get("order", 1),
        "is_enabled": body.get("is_enabled", True),
        "is_clan": is_clan,
    }


def fill(world: World) -> None:
    """Put in what the published examples take for granted: items, and two value points."""
    for sku, (name, kind, bundle_type, price) in DEMO_ITEMS.items():
        money = {"amount": price, "currency": "USD"} if price else None
        define_item(world, sku, {"name": {"en": name}, "type": kind, "bundle_type": bundle_type, "price": money})
    for order, sku in enumerate(DEMO_VALUE_POINTS, 1):
        world.value_points.put(
            sku, stored_value_point(world, {"sku": sku, "name": {"en": "Value point"}, "order": order}, is_clan=False)
        )
        world.next_id("item")
