"""What users order: an order is new, then paid or canceled; a paid one may be refunded."""

from typing import Any

from .catalog_offers import require_offered, reserve_offer
from .codes import give_back, use_up
from .ledger import give, points_with_room, require_items, take_back
from .offers import claim_of, open_step_again, require_unclaimed, take_step
from .personalization import require_seen_items
from .pricing import Bill, bill_of
from .problems import NotFound, NothingLeft, OrderClosed, PurchaseLimitReached
from .uses import beyond_limit, give_uses_back, note_uses, uses_left
from .world import World

Json = Any
WAY_OUT = {"paid": "make another one", "canceled": "refund one that is paid", "refunded": "cancel one that is new"}


def make_order(world: World, user_id: str, items: list[Json], bill: Bill, offer: Json = None) -> Json:
    """A new order. What it costs and what comes on top is settled now; `offer` names the step of a chain that it gives."""
    order_id = world.next_id("order")
    order = {
        "order_id": order_id,
        "user_id": user_id,
        "status": "new",
        "items": [{"sku": entry["sku"], "quantity": entry["quantity"]} for entry in items],
        "price": bill.price,
        "bonus": list(bill.bonus),
        "promotions": list(bill.promotions),
        "codes": list(bill.codes),
        "offer": offer,
        "token": world.payment_token(order_id),
        "value_points": {},
        "created": world.now,
        "paid": None,
    }
    world.orders.put(order_id, order)
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
            f"Order {order['order_id']} is {order['status']}, and only an order that is {status} can be {act}; {WAY_OUT[act]}"
        )


def purchase(world: World, user_id: str, items: list[Json], offer_code: str | None = None) -> Json:
    """An order at the prices of this moment, made and paid at once, of items that the user sees, with this code or without."""
    offer = require_for_sale(world, user_id, items, offer_code)
    bill = bill_of(world, user_id, items)
    require_left(world, user_id, [*items, *bill.bonus])
    points = points_with_room(world, user_id, items)

    codes = reserve_offer(world, offer, offer_code, user_id)
    return settle(world, make_order(world, user_id, items, bill._replace(codes=codes)), points)


def require_for_sale(world: World, user_id: str, items: list[Json], offer_code: str | None) -> Json:
    """The offer whose code a purchase uses up, or None; refuse items that do not exist, or that the user does not see."""
    skus = [entry["sku"] for entry in items]
    require_items(world, skus)
    require_seen_items(world, user_id, skus)
    return require_offered(world, user_id, items, offer_code)


def buy(world: World, user_id: str, items: list[Json], bill: Bill, offer: Json = None) -> Json:
    """An order that is made and paid at once."""
    points = points_with_room(world, user_id, items)

    return settle(world, make_order(world, user_id, items, bill, offer), points)


def require_left(world: World, user_id: str, items: list[Json]) -> None:
    """Refuse more pieces of an item than the user may still buy."""
    beyond = beyond_limit(world, user_id, items)
    if beyond is not None:
        sku, wanted, left = beyond
        raise PurchaseLimitReached(
            f"Purchase limit of item '{sku}' exceeded: user {user_id!r} may still buy {left}, not {wanted}; buy fewer or wait"
        )


def require_uses_left(world: World, order: Json) -> None:
    """Refuse an order under a promotion that its user has used up since."""
    for number in order["promotions"]:
        promotion = world.promotions.get(number)
        if promotion is not None and uses_left(world, promotion, order["user_id"]) == 0:
            raise NothingLeft(
                f"Order {order['order_id']} was made under promotion {number}, and {order['user_id']!r} has used that up since; "
                "cancel the order and make another one"
            )


def pay(world: World, order: Json) -> Json:
    """Take the payment of a new order, and hand over what was ordered: also if the chain is gone or started over meanwhile."""
    require_status(order, "new", "paid")
    require_unclaimed(world, claim_of(world, order))
    if order["offer"] is None:
        require_left(world, order["user_id"], [*order["items"], *order["bonus"]])
    require_uses_left(world, order)
    points = points_with_room(world, order["user_id"], order["items"])

    return settle(world, order, points)


def settle(world: World, order: Json, points: dict[str, int]) -> Json:
    """The order is paid: items go into the inventory, value points onto the balances; its step, promotions and codes count."""
    give(world, order["user_id"], order["items"] + order["bonus"], points)
    claim = claim_of(world, order)
    if claim is not None:
        take_step(world, claim, order["order_id"])
    note_uses(world, order)
    for code in order["codes"]:
        use_up(world, code["redemption"])
    return write(world, {**order, "status": "paid", "paid": world.now, "value_points": points})


def cancel(world: World, order: Json) -> Json:
    """Give up a new order; it can't be paid any more, and its codes are free again."""
    require_status(order, "new", "canceled")

    for code in order["codes"]:
        give_back(world, code["redemption"])
    return write(world, {**order, "status": "canceled"})


def refund(world: World, order: Json) -> Json:
    """Give the money of a paid order back: items and points go as far as they are there, its step and its uses come back."""
    require_status(order, "paid", "refunded")

    take_back(world, order["user_id"], order["items"] + order["bonus"], order["value_points"])
    open_step_again(world, order)
    give_uses_back(world, order)
    return write(world, {**order, "status": "refunded"})


def write(world: World, order: Json) -> Json:
    """Store an order and answer it."""
    world.orders.put(order["order_id"], order)
    return order


def paid_since(world: World, moment: int) -> list[Json]:
    """The orders that were paid at this moment or later and are not refunded, the first payment first."""
    return [world.orders.get(key) for key in world.orders.since("payment", "paid", moment)]
