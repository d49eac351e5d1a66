"""How often users have used promotions: facts with their moments, from which the limits are worked out.

A use counts until the schedule of the promotion strikes next after it, or for good where there is no schedule.
"""

from typing import Any

from .instants import next_reset
from .world import World

Json = Any


def note_use(world: World, promotion_id: int, user_id: str, order_id: int | None = None) -> None:
    """The user uses a promotion once, now; `order_id` names the order that does."""
    key = (promotion_id, world.next_id("use"), user_id)
    world.promotion_uses.put(key, {"at": world.now, "order_id": order_id})


def counted_uses(world: World, promotion: Json, user_id: str) -> list[tuple[int, int, str]]:
    """The keys of those uses that still count, the oldest first."""
    keys = world.promotion_uses.keys("promotion_user", (promotion["id"], user_id))
    return [key for key in keys if counts(promotion, world.promotion_uses.get(key)["at"], world.now)]


def counts(promotion: Json, moment: int, now: int) -> bool:
    """Whether a use of that moment still counts."""
    schedule = promotion["recurrent_schedule"]
    return schedule is None or now < next_reset(schedule, max(moment, promotion["reset_since"]))


def uses_left(world: World, promotion: Json, user_id: str) -> int | None:
    """How often the user may still use a promotion; None for any number."""
    total: int | None = promotion["per_user"]
    return None if total is None else max(0, total - len(counted_uses(world, promotion, user_id)))


def give_uses_back(world: World, order: Json) -> None:
    """The uses of an order are as if they had never been."""
    for promotion_id in order["promotions"]:
        for key in world.promotion_uses.keys("promotion_user", (promotion_id, order["user_id"])):
            if world.promotion_uses.get(key)["order_id"] == order["order_id"]:
                world.promotion_uses.remove(key)


def forget_lapsed_uses(world: World, promotion: Json) -> None:
    """Drop the uses that count no longer, before the schedule that says so is replaced."""
    for key in world.promotion_uses.keys("promotion", promotion["id"]):
        if not counts(promotion, world.promotion_uses.get(key)["at"], world.now):
            world.promotion_uses.remove(key)
