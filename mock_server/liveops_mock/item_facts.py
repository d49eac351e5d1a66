"""What a catalog says of an item besides: groups, attributes, prices in virtual currencies, and what becomes of a piece."""

from collections.abc import Callable
from typing import Any

from .games import with_keys
from .ledger import with_bundle_type
from .texts import one_language
from .world import World

Json = Any
UNKNOWN: Json = {
    "groups": [],
    "attributes": [],
    "virtual_prices": [],
    "virtual_item_type": None,
    "inventory_options": {"consumable": None, "expiration_period": None},
}


def stored_facts(given: Json) -> Json:
    """The facts as they are kept; what is not said is empty."""
    return {**UNKNOWN, **given}


def told_facts(item: Json) -> Json:
    """All that is said of an item, the names of its groups in one language."""
    facts = item["facts"]
    return {**facts, "groups": [{**group, "name": one_language(group["name"]) or ""} for group in facts["groups"]]}


def with_facts(world: World, shown: Json, show: Callable[[World, str], Json]) -> Json:
    """What is shown of an item, and of what it has besides: use, kind of bundle, keys, and what is in it, shown in its way."""
    item = world.items.get(shown["sku"])
    told = with_keys(world, with_bundle_type({**shown, **use_of(item)}, item))
    return {**told, "content": [show(world, part["sku"]) for part in item["content"]]} if item["content"] else told


def use_of(item: Json) -> Json:
    """How often and how long a piece can be used, if that is known."""
    options = item["facts"]["inventory_options"]
    return {} if options == UNKNOWN["inventory_options"] else {"inventory_options": options}
