"""What users order: an order is new, then paid or canceled; a paid one may be refunded."""

from typing import Any

from .ledger import give, points_with_room, price_of, require_items, take_back
from .personalization import require_seen_items
from .problems import NotFound, OrderClosed
from .world import World

Json = Any


def make_order(world: World, user_id: str, items: list[Json], price: Json) -> Json:
    """A new order. What it costs is settled now, and null where nothing is to pay."""
    order = {
        "order_id": world.next_id("order"),
        "user_id": user_id,
        "status": "new",
        "items": [{"sku": entry["sku"], "quantity": entry["quantity"]} for entry in items],
        "price": price,
        "value_points": {},
        "created": world.now,
        "paid": None,
    }
    world.orders.put(order["order_id"], order)
    return order


def require_order(world: World, order_id: int) -> Json:
    """The order of this number, or a refusal."""
    order = world.orders.get(order_id)
    if order is None:
        raise NotFound(f"Order {order_id} not found; list the orders of the user to see their numbers")
    return order


def require_status(order: Json, status: str, act: str) -> None:
    """Refuse an act that asks for another status than the order has."""
    if order["status"] != status:
        raise OrderClosed(
            f"Order {order['order_id']} is {order['status']}, and only an order that is {status} can be {act}; make another order"
        )


def purchase(world: World, user_id: str, items: list[Json]) -> Json:
    """An order at the prices of the catalog, made and paid at once."""
    skus = [entry["sku"] for entry in items]
    require_items(world, skus)
    require_seen_items(world, user_id, skus)
    points = points_with_room(world, user_id, items)

    return settle(world, make_order(world, user_id, items, price_of(world, items)), points)


def pay(world: World, order: Json) -> Json:
    """Take the payment of a new order, and hand over what was ordered."""
    require_status(order, "new", "paid")
    points = points_with_room(world, order["user_id"], order["items"])

    return settle(world, order, points)


def settle(world: World, order: Json, points: dict[str, int]) -> Json:
    """The order is paid: its items go into the inventory, the value points they carry onto the balances."""
    give(world, order["user_id"], order["items"], points)
    return write(world, {**order, "status": "paid", "paid": world.now, "value_points": points})


def cancel(world: World, order: Json) -> Json:
    """Give up a new order; it can't be paid any more."""
    require_status(order, "new", "canceled")

    return write(world, {**order, "status": "canceled"})


def refund(world: World, order: Json) -> Json:
    """Give the money of a paid order back; its items and points are taken from the user as far as they are there."""
    require_status(order, "paid", "refunded")

    take_back(world, order["user_id"], order["items"], order["value_points"])
    return write(world, {**order, "status": "refunded"})


def write(world: World, order: Json) -> Json:
    """Store an order and answer it."""
    world.orders.put(order["order_id"], order)
    return order


def paid_since(world: World, moment: int) -> list[Json]:
    """The orders that were paid at this moment or later and are not refunded, the first payment first."""
    return [world.orders.get(key) for key in world.orders.since("payment", "paid", moment)]
