"""How often users have used what is limited: facts with their moments, from which what is left is worked out.

A use counts until the schedule of the limit strikes next after it, or for good where there is no schedule. An operator who
lowers what is left notes a use without an order, one who raises it takes uses off.
"""

from collections import Counter
from typing import Any, NamedTuple

from .collection import Collection, Key
from .instants import next_reset
from .world import World

Json = Any


class Limit(NamedTuple):
    """How often each user may use a thing; without a total any number of times."""

    uses: Collection  # (thing, use, user) → when, how many, and by which order
    thing: Key
    total: int | None
    schedule: Json
    since: int  # when the schedule was written; what it struck before does not count


def promotion_limit(world: World, promotion: Json) -> Limit:
    """The limit of a discount or a bonus."""
    schedule, since = promotion["recurrent_schedule"], promotion["reset_since"]
    return Limit(world.promotion_uses, promotion["id"], promotion["per_user"], schedule, since)


def item_limit(world: World, item: Json) -> Limit:
    """The limit of an item of the catalog, in pieces."""
    limits = item["limits"] or {"per_user": None}
    return Limit(world.item_uses, item["sku"], limits["per_user"], limits.get("recurrent_schedule"), item["limits_since"])


def note(world: World, uses: Collection, thing: Key, user_id: str, pieces: int, order_id: int | None = None) -> None:
    """The user uses a thing now; `order_id` names the order that does."""
    uses.put((thing, world.next_id("use"), user_id), {"at": world.now, "pieces": pieces, "order_id": order_id})


def counted(limit: Limit, user_id: str, now: int) -> dict[Key, Json]:
    """Those uses of a user that still count, the oldest first."""
    facts = {key: limit.uses.get(key) for key in limit.uses.keys("thing_user", (limit.thing, user_id))}
    return {key: use for key, use in facts.items() if counts(limit, use["at"], now)}


def counts(limit: Limit, moment: int, now: int) -> bool:
    """Whether a use of that moment still counts."""
    return limit.schedule is None or now < next_reset(limit.schedule, max(moment, limit.since))


def left_of(limit: Limit, user_id: str, now: int) -> int | None:
    """How many the user has left; None for any number."""
    if limit.total is None:
        return None
    return max(0, limit.total - pieces_of(counted(limit, user_id, now)))


def pieces_of(uses: dict[Key, Json]) -> int:
    """How many uses there are together."""
    return sum(int(use["pieces"]) for use in uses.values())


def beyond_limit(world: World, user_id: str, items: list[Json]) -> tuple[str, int, int] | None:
    """The first item of which there are more pieces than the user may still buy: its SKU, how many, and what is left."""
    pieces: Counter[str] = Counter()
    for entry in items:
        pieces[entry["sku"]] += entry["quantity"]
    for sku, wanted in pieces.items():
        item = world.items.get(sku)  # the key of a game is none, and is not limited
        left = item and left_of(item_limit(world, item), user_id, world.now)
        if left is not None and wanted > left:
            return sku, wanted, left
    return None


def leave(world: World, limit: Limit, user_id: str, wish: int) -> None:
    """Let the user have so many left: what is too much is used up, what is too little is taken off the uses."""
    uses = counted(limit, user_id, world.now)
    missing = (limit.total or 0) - wish - pieces_of(uses)
    if missing > 0:
        note(world, limit.uses, limit.thing, user_id, missing)
    for key, use in sorted(uses.items(), key=lambda pair: pair[1]["order_id"] is not None):  # those of operators first
        taken = min(use["pieces"], max(0, -missing))
        missing += taken
        if taken:
            put_or_forget(limit.uses, key, use, use["pieces"] - taken)


def put_or_forget(uses: Collection, key: Key, use: Json, pieces: int) -> None:
    """A use of so many pieces; of none there is none."""
    if pieces:
        uses.put(key, {**use, "pieces": pieces})
    else:
        uses.remove(key)


def forget(uses: Collection, order: str, group: Key) -> None:
    """The uses of a thing, of a user, or of both are as if they had never been."""
    for key in uses.keys(order, group):
        uses.remove(key)


def forget_lapsed(limit: Limit, now: int) -> None:
    """Drop the uses that count no longer, before the schedule that says so is replaced."""
    for key in limit.uses.keys("thing", limit.thing):
        if not counts(limit, limit.uses.get(key)["at"], now):
            limit.uses.remove(key)


def uses_left(world: World, promotion: Json, user_id: str) -> int | None:
    """How often the user may still use a promotion; None for any number."""
    return left_of(promotion_limit(world, promotion), user_id, world.now)


def note_uses(world: World, order: Json) -> None:
    """What an order uses up: each of its promotions once, and pieces of its items, the free ones too.

    Steps of offer chains use nothing up.
    """
    user_id, order_id = order["user_id"], order["order_id"]
    for promotion_id in order["promotions"]:
        note(world, world.promotion_uses, promotion_id, user_id, 1, order_id)
    for entry in [*order["items"], *order["bonus"]] if order["offer"] is None else ():
        note(world, world.item_uses, entry["sku"], user_id, entry["quantity"], order_id)


def give_uses_back(world: World, order: Json) -> None:
    """What an order used up is as if it had never been."""
    used = [(world.promotion_uses, promotion_id) for promotion_id in order["promotions"]]
    used += [(world.item_uses, entry["sku"]) for entry in [*order["items"], *order["bonus"]]]
    for uses, thing in used:
        for key in uses.keys("thing_user", (thing, order["user_id"])):
            if uses.get(key)["order_id"] == order["order_id"]:
                uses.remove(key)


def forget_lapsed_uses(world: World, promotion: Json) -> None:
    """Drop the uses that count no longer, before the schedule of the promotion is replaced."""
    forget_lapsed(promotion_limit(world, promotion), world.now)
