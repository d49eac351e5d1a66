"""The rules of value points and of the items that carry them."""

from typing import Any

from ..catalog import stored_value_point
from ..ledger import require_items, require_value_point
from ..messages import Call, Page, Reply
from ..problems import AlreadyExists, CannotChange, StillInUse
from ..world import World

Json = Any


def admin_get_value_points_list(world: World, call: Call) -> Reply:
    """One page of the value points, in their arrangement order."""
    keys = world.value_points.keys("arranged", "all", call.query["offset"], call.query["limit"])
    return Reply(200, Page([world.value_points.raw(sku) for sku in keys]))


def admin_create_value_points(world: World, call: Call) -> Reply:
    """Add a kind of value point."""
    sku = call.body["sku"]
    if sku in world.value_points:
        raise AlreadyExists(f"A value point with sku = '{sku}' exists already; choose another SKU or update that one")

    world.value_points.put(sku, stored_value_point(world, call.body, call.body.get("is_clan", False)))
    return Reply(201, {"sku": sku, "item_id": world.next_id("item")})


def admin_get_value_point(world: World, call: Call) -> Reply:
    """One value point, and whether it may be deleted."""
    value_point = require_value_point(world, call.path["item_sku"])
    return Reply(200, {**value_point, "can_delete": not is_used(world, value_point["sku"])})


def is_used(world: World, sku: str) -> bool:
    """Whether a reward chain uses the value point."""
    return world.reward_chains.count("value_point", sku) > 0


def admin_update_value_point(world: World, call: Call) -> Reply:
    """Replace a value point, but for its SKU and for what it belongs to: a user or a clan."""
    before = require_value_point(world, call.path["item_sku"])
    if call.body["sku"] != before["sku"]:
        raise CannotChange(f"The body names sku {call.body['sku']!r}, the path {before['sku']!r}; the SKU can't change")
    if call.body.get("is_clan", before["is_clan"]) != before["is_clan"]:
        raise CannotChange(f"is_clan is {before['is_clan']} since creation and can't change; create another value point")

    world.value_points.put(before["sku"], stored_value_point(world, call.body, before["is_clan"]))
    return Reply(204)


def admin_delete_value_point(world: World, call: Call) -> Reply:
    """Delete a value point that no reward chain uses, with the balances and assignments."""
    sku = require_value_point(world, call.path["item_sku"])["sku"]
    if is_used(world, sku):
        used = list(world.reward_chains.keys("value_point", sku, 0, 5))
        raise StillInUse(f"Value point '{sku}' is used by reward chain(s) {used}; delete them first")

    for key in world.balances.keys("value_point", sku):
        world.balances.remove(key)
    take_off_all_items(world, sku)
    world.value_points.remove(sku)
    return Reply(204)


def take_off_all_items(world: World, sku: str) -> None:
    """No item carries the value point any longer."""
    for key in world.vp_rewards.keys("value_point", sku):
        world.vp_rewards.remove(key)


def admin_get_items_value_point_reward(world: World, call: Call) -> Reply:
    """The items that carry a value point."""
    sku = require_value_point(world, call.path["value_point_sku"])["sku"]
    carrying = [
        (item, world.items.get(item), world.vp_rewards.get((value_point, item)))
        for value_point, item in world.vp_rewards.keys("value_point", sku)
    ]
    items = [
        {"item_id": item["item_id"], "sku": item_sku, "name": item["name"], "image_url": item["image_url"], "amount": amount}
        for item_sku, item, amount in carrying
    ]
    return Reply(200, Page(items))


def admin_set_items_value_point_reward(world: World, call: Call) -> Reply:
    """Replace the items that carry a value point."""
    sku = require_assignable(world, call)

    take_off_all_items(world, sku)
    assign(world, sku, call.body)
    return Reply(204)


def admin_patch_items_value_point_reward(world: World, call: Call) -> Reply:
    """Change some of the items that carry a value point; 0 takes it off."""
    sku = require_assignable(world, call)

    assign(world, sku, call.body)
    return Reply(204)


def require_assignable(world: World, call: Call) -> str:
    """The value point of the path, if the body names items that exist."""
    sku: str = require_value_point(world, call.path["value_point_sku"])["sku"]
    require_items(world, [entry["sku"] for entry in call.body])
    return sku


def assign(world: World, sku: str, entries: list[Json]) -> None:
    """Let each item carry that many points a piece; 0 points are none."""
    for entry in entries:
        if entry["amount"]:
            world.vp_rewards.put((sku, entry["sku"]), entry["amount"])
        else:
            world.vp_rewards.remove((sku, entry["sku"]))


def admin_delete_items_value_point_reward(world: World, call: Call) -> Reply:
    """Take a value point off all items. Balances stay."""
    take_off_all_items(world, require_value_point(world, call.path["value_point_sku"])["sku"])
    return Reply(204)
