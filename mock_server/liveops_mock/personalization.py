"""Which things suit a user: conditions on the user's attributes."""

import operator
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from .collection import Collection
from .instants import read_instant
from .problems import NotFound
from .resets import is_open
from .world import World

Json = Any
COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "er": operator.lt,
    "lt": operator.gt,
    "ee": operator.le,
    "le": operator.ge,
}


def read_date(text: str) -> Any:
    """A date, or a date with time; a date alone is its midnight in UTC."""
    return read_instant(f"{text}T00:00:00Z" if len(text) == len("2025-01-01") else text)


def read_number(text: str) -> Decimal:
    """A decimal number; NaN and infinity are none."""
    number = Decimal(text)
    if not number.is_finite():
        raise ValueError(f"{text!r} is not a number")
    return number


READ: dict[str, Callable[[str], Any]] = {"string": str, "number": read_number, "date": read_date}


def attributes_of(world: World, user_id: str) -> dict[str, str]:
    """What is known of a user."""
    user = world.users.get(user_id)
    return user["attributes"] if user else {}


def suits(attributes: dict[str, str], conditions: Json) -> bool:
    """Whether all conditions hold; no conditions suit everybody."""
    return all(holds(attributes.get(condition["attribute"]), condition) for condition in conditions or [])


def holds(value: str | None, condition: Json) -> bool:
    """Whether one condition holds. A value that can't be read as the condition's type fulfils nothing."""
    if value is None:
        return bool(condition.get("can_be_missing", False))
    read = READ[condition["type"]]
    try:
        return COMPARE[condition["operator"]](read(value), read(condition["value"]))
    except (ValueError, InvalidOperation):
        return False


def visible(world: World, user_id: str, enabled: list[Json]) -> list[Json]:
    """Of the chains that are switched on, those that the user sees now.

    A chain with conditions is seen by the users whom it suits. One without is seen by everybody; if `is_always_visible` is
    false, only by users whom no chain with conditions suits.
    """
    attributes = attributes_of(world, user_id)
    opened = [chain for chain in enabled if is_open(chain, world.now)]
    fitting = [chain for chain in opened if suits(attributes, chain["attribute_conditions"])]
    has_personal = any(chain["attribute_conditions"] for chain in fitting)
    return [chain for chain in fitting if chain["attribute_conditions"] or chain["is_always_visible"] or not has_personal]


def seen(world: World, chains: Collection, user_id: str) -> list[Json]:
    """Of one kind of chains those that the user sees now, in their arrangement order."""
    return visible(world, user_id, list(chains.values("enabled", True)))


def require_seen(world: World, chains: Collection, user_id: str, chain_id: int, kind: str) -> Json:
    """The chain of this number, if the user sees it now."""
    chain = chains.get(chain_id)
    if chain is None or chain not in seen(world, chains, user_id):
        raise NotFound(f"{kind} not found: {chain_id} is not open to this user; list the user's chains")
    return chain


def hidden_items(world: World, user_id: str) -> set[str]:
    """The SKUs that are not in the catalog of a user: rules name them, and none of those that do suits the user."""
    attributes = attributes_of(world, user_id)
    named: set[str] = set()
    fitting: set[str] = set()
    for rule in world.filter_rules.values("enabled", True):
        named.update(rule["items"])
        if suits(attributes, rule["attribute_conditions"]):
            fitting.update(rule["items"])
    return named - fitting


def require_seen_items(world: World, user_id: str, skus: list[str]) -> None:
    """Refuse items that are not in the catalog of the user."""
    hidden = sorted(hidden_items(world, user_id) & set(skus))
    if hidden:
        raise NotFound(f"Item with sku = '{hidden[0]}' not found: no filter rule shows it to user {user_id!r}; buy other items")
