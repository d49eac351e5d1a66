"""Games and their keys: an item of type `unit` has a key for each platform, and a user who gets it may have to pick one."""

from typing import Any

from .problems import WrongPick
from .world import World

Json = Any


def keys_of(world: World, sku: str) -> dict[str, Json]:
    """The keys of a game by their SKUs; an item of another type has none."""
    return {key["sku"]: key for key in world.items.get(sku)["unit_items"]}


def with_keys(world: World, shown: Json) -> Json:
    """What is shown of an item; if that is a game, its keys too."""
    keys = list(keys_of(world, shown["sku"]).values())
    return {**shown, "unit_items": keys} if keys else shown


def is_selectable(world: World, bonus: list[Json]) -> bool:
    """Whether the user has to pick a key of some game."""
    return any(len(keys_of(world, entry["sku"])) > 1 for entry in bonus)


def picked_keys(world: World, bonus: list[Json], picks: dict[str, str]) -> dict[str, Json]:
    """The key of each game of a bonus: the only one, or the one that the user picked."""
    games = {entry["sku"]: keys for entry in bonus if (keys := keys_of(world, entry["sku"]))}
    for sku, pick in picks.items():
        if pick not in games.get(sku, {}):
            known = ", ".join(f"{game}: {' or '.join(keys)}" for game, keys in games.items()) or "none"
            raise WrongPick(f"{pick!r} is no key of {sku!r} here; the keys to pick from: {known}"[:2000])
    for sku, keys in games.items():
        if len(keys) > 1 and sku not in picks:
            raise WrongPick(f"No key of {sku!r} is picked; send one of {', '.join(keys)} in selected_unit_items"[:2000])
    return {sku: keys[picks.get(sku, next(iter(keys)))] for sku, keys in games.items()}
