"""What a catalog says of an item besides: groups, attributes, prices in virtual currencies, and what becomes of a piece."""

from typing import Any

from .texts import one_language

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


def use_of(item: Json) -> Json:
    """How often and how long a piece can be used, if that is known."""
    options = item["facts"]["inventory_options"]
    return {} if options == UNKNOWN["inventory_options"] else {"inventory_options": options}
