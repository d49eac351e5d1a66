"""What users own: value points, clans, received items. Balances of clans are worked out, never kept."""

from typing import Any

from .collection import Collection, Key
from .personalization import attributes_of, suits
from .problems import NotFound, TooManyPoints, UserNotFound
from .texts import one_language
from .world import World

Json = Any
LARGEST_BALANCE = 2_147_483_647
TOP = 10


def user_of(world: World, user_id: str) -> Json:
    """What is known of a user; of a stranger nothing."""
    return world.users.get(user_id) or {"name": None, "clan": None, "joined_clan": None, "country": None, "attributes": {}}


def is_known(world: World, user_id: str) -> bool:
    """Whether the project has heard of a user: from the control door, from the user's own calls, or by what the user has."""
    is_named = user_id in world.users or user_id in world.callers
    return is_named or any(part.count("user", user_id) for part in (world.orders, world.inventory, world.balances))


def require_known(world: World, user_id: str) -> None:
    """Refuse users of whom the project has never heard."""
    if not is_known(world, user_id):
        raise UserNotFound(
            f"Could not find User {user_id!r}: it neither called with a token nor owns anything; define it or let it call first"
        )


def clan_members(world: World, user_id: str) -> list[str]:
    """All who are in the user's clan; nobody for a user without one."""
    clan = user_of(world, user_id)["joined_clan"]
    return [] if clan is None else list(world.users.keys("clan", clan))


def balance(world: World, value_point: Json, user_id: str) -> int:
    """How many of a value point the user has; of a clan value point, how many the user's clan has."""
    sku = value_point["sku"]
    members = clan_members(world, user_id) if value_point["is_clan"] else [user_id]
    return sum(world.balances.get((sku, member), 0) for member in members)


def top_contributors(world: World, sku: str, user_id: str) -> list[Json]:
    """The members of the user's clan with the highest balance of a value point, highest first."""
    amounts = [(world.balances.get((sku, member), 0), member) for member in clan_members(world, user_id)]
    ranked = sorted(
        (amount_and_member for amount_and_member in amounts if amount_and_member[0]), key=lambda pair: (-pair[0], pair[1])
    )
    return [{"name": user_of(world, member)["name"] or member, "contributed_amount": amount} for amount, member in ranked[:TOP]]


def require_items(world: World, skus: list[str]) -> None:
    """Refuse SKUs that the catalog does not have."""
    unknown = {sku for sku in skus if sku not in world.items}
    if not unknown:
        return
    missing = sorted(unknown)
    if len(missing) == 1:
        raise NotFound(f"Item with sku = '{missing[0]}' not found; add it to the catalog of the project first")
    raise NotFound(f"Items weren't found: {', '.join(missing)[:2000]}; add them to the catalog of the project first")


def require_value_point(world: World, sku: str) -> Json:
    """The value point of this SKU, or a refusal."""
    value_point = world.value_points.get(sku)
    if value_point is None:
        raise NotFound(f"Item with sku = '{sku}' not found; create the value point first")
    return value_point


def rewards_for(world: World, user_id: str, reward: list[Json]) -> list[Json]:
    """Of a step's rewards those that suit the user, as users see them."""
    attributes = attributes_of(world, user_id)
    return [shown_reward(world, entry) for entry in reward if suits(attributes, entry.get("attribute_conditions"))]


def shown_reward(world: World, entry: Json) -> Json:
    """One reward as a user sees it, with what the catalog says of the item."""
    item = world.items.get(entry["sku"])
    shown = {
        "sku": entry["sku"],
        "name": one_language(item["name"]) or entry["sku"],
        "type": item["type"],
        "description": one_language(item["description"]),
        "image_url": item["image_url"],
        "quantity": entry["quantity"],
    }
    return with_bundle_type(shown, item)


def with_bundle_type(shown: Json, item: Json) -> Json:
    """What is shown of an item; if that is a bundle, its kind too."""
    return {**shown, "bundle_type": item["bundle_type"]} if item["bundle_type"] is not None else shown


def grant(world: World, user_id: str, sku: str, quantity: int) -> None:
    """Put some pieces of an item into the user's inventory."""
    world.inventory.put((user_id, sku), world.inventory.get((user_id, sku), 0) + quantity)


def points_of(world: World, bought: list[Json]) -> dict[str, int]:
    """The value points that a purchase gives: points a piece times pieces, of the value points that are switched on."""
    points: dict[str, int] = {}
    for entry in bought:
        for key in world.vp_rewards.keys("item", entry["sku"]):
            if world.value_points.get(key[0])["is_enabled"]:
                points[key[0]] = points.get(key[0], 0) + world.vp_rewards.get(key) * entry["quantity"]
    return points


def shown_points(world: World, items: list[Json]) -> list[Json]:
    """The value points that items give; more than a balance holds is nothing that anybody can get."""
    given = [(world.value_points.get(sku), amount) for sku, amount in sorted(points_of(world, items).items())]
    return [
        {
            "sku": point["sku"],
            "name": one_language(point["name"]) or point["sku"],
            "image_url": point["image_url"],
            "amount": min(amount, LARGEST_BALANCE),
            "is_clan": point["is_clan"],
        }
        for point, amount in given
    ]


def points_with_room(world: World, user_id: str, bought: list[Json]) -> dict[str, int]:
    """The value points that a purchase gives, if the user's balances have room for them."""
    points = points_of(world, bought)
    for sku, amount in points.items():
        if world.balances.get((sku, user_id), 0) + amount > LARGEST_BALANCE:
            raise TooManyPoints(
                f"The balance of {sku!r} would pass {LARGEST_BALANCE}, the most that a user can have; buy fewer pieces"
            )
    return points


def give(world: World, user_id: str, items: list[Json], points: dict[str, int]) -> None:
    """The items go into the user's inventory, the value points onto the balances."""
    for entry in items:
        grant(world, user_id, entry["sku"], entry["quantity"])
    for sku, amount in points.items():
        world.balances.put((sku, user_id), world.balances.get((sku, user_id), 0) + amount)


def take_back(world: World, user_id: str, items: list[Json], points: dict[str, int]) -> None:
    """Take items and value points from the user, as far as they are there."""
    for entry in items:
        lower(world.inventory, (user_id, entry["sku"]), entry["quantity"])
    for sku, amount in points.items():
        lower(world.balances, (sku, user_id), amount)


def lower(amounts: Collection, key: Key, by: int) -> None:
    """Make an amount smaller; at nought there is none."""
    left = amounts.get(key, 0) - by
    if left > 0:
        amounts.put(key, left)
    else:
        amounts.remove(key)
