"""The side door: what the API needs but does not own is fed in here. Its operations are described in control.json."""

from collections.abc import Callable
from typing import Any

import jwt

from .campaigns import KIND_OF, lock_campaign, require_campaign
from .cart_view import shown_cart
from .carts import campaign_in, empty_cart, fill_cart, order_cart, require_cart
from .catalog import define_item, fill
from .clock import EARLIEST, LATEST, START, Clock
from .instants import read_instant, write_instant
from .ledger import user_of
from .messages import Call, Json, Reply
from .orders import cancel, pay, purchase, refund, require_order
from .problems import CannotChange, NotFound
from .resets import move_clock
from .world import Projects, World

ControlRule = Callable[[World, Call], Reply]


def control_rules(projects: Projects, operations: int, version: str) -> dict[str, ControlRule]:
    """operationId → rule, like RULES; those over all projects know the projects."""

    def health(world: World, call: Call) -> Reply:
        """Whether the server answers, and how much it knows."""
        return Reply(200, {"status": "ok", "version": version, "operations": operations})

    def make_project(world: World, call: Call) -> Reply:
        """Make a fresh project of its own."""
        number = call.path["project_id"]
        if number == projects.home.project_id:
            raise CannotChange(f"Project {number} is the home project; use the reset of the control door")

        fresh = World(
            number, call.body["api_key"], call.body["user_secret"], projects.home.spellings, seed=call.body.get("seed", 1)
        )
        fill(fresh)
        projects.worlds[number] = fresh
        return Reply(201, {"project_id": number})

    def remove_project(world: World, call: Call) -> Reply:
        """Forget a project."""
        number = call.path["project_id"]
        if number == projects.home.project_id:
            raise CannotChange(f"Project {number} is the home project and stays; use the reset of the control door")
        if number not in projects.worlds:
            raise NotFound(f"Project {number} not found; make it first")

        del projects.worlds[number]
        return Reply(204)

    return {
        **CONTROL_RULES,
        "control-health": health,
        "control-make-project": make_project,
        "control-remove-project": remove_project,
    }


def reset(world: World, call: Call) -> Reply:
    """Empty the world back to its start. The journal goes on."""
    world.begin(call.body.get("seed", world.seed), Clock(START, "frozen"))
    fill(world)
    return Reply(204)


def read_clock(world: World, call: Call) -> Reply:
    """The virtual time."""
    return Reply(200, {"now": write_instant(world.now), "mode": world.clock.mode})


def set_clock(world: World, call: Call) -> Reply:
    """Set the clock, and whether it runs."""
    instant = within_bounds(read_instant(call.body["now"])) if "now" in call.body else None

    if "mode" in call.body:
        world.clock.switch(call.body["mode"])
    if instant is not None:
        move_clock(world, instant)
    return read_clock(world, call)


def advance_clock(world: World, call: Call) -> Reply:
    """Turn the clock forward."""
    move_clock(world, within_bounds(world.now + call.body["seconds"]))
    return read_clock(world, call)


def rewind_clock(world: World, call: Call) -> Reply:
    """Turn the clock back."""
    move_clock(world, within_bounds(world.now - call.body["seconds"]))
    return read_clock(world, call)


def within_bounds(instant: float) -> int:
    """The instant in whole seconds, if the virtual clock reaches it."""
    if not EARLIEST <= instant <= LATEST:
        raise CannotChange(f"The clock goes from {write_instant(EARLIEST)} to {write_instant(LATEST)} and can't be set beyond")
    return int(instant)


def issue_token(world: World, call: Call) -> Reply:
    """A token that stands for a user until the virtual clock passes its end."""
    expires = world.now + call.body.get("expires_in", 3600)
    claims: dict[str, Any] = {"sub": call.body["user_id"], "exp": expires, "iat": world.now, "type": "xsolla_login"}
    return Reply(201, {"token": jwt.encode(claims, world.user_secret, algorithm="HS256"), "user_id": call.body["user_id"]})


def read_item(world: World, call: Call) -> Reply:
    """One item of the catalog."""
    item = world.items.get(call.path["sku"])
    if item is None:
        raise NotFound(f"Item with sku = '{call.path['sku']}' not found; define it first")
    points = [{"sku": key[0], "amount": world.vp_rewards.get(key)} for key in world.vp_rewards.keys("item", item["sku"])]
    del item["limits_since"]
    return Reply(200, {**item, "value_points": points})


def put_item(world: World, call: Call) -> Reply:
    """Define an item of the catalog, and which value points it carries."""
    define_item(world, call.path["sku"], call.body)
    return Reply(204)


def read_user(world: World, call: Call) -> Reply:
    """What a user is and owns."""
    user_id = call.path["user_id"]
    balances = [{"sku": key[0], "amount": world.balances.get(key)} for key in world.balances.keys("user", user_id)]
    inventory = [{"sku": key[1], "quantity": world.inventory.get(key)} for key in world.inventory.keys("user", user_id)]
    return Reply(200, {"user_id": user_id, **user_of(world, user_id), "balances": balances, "inventory": inventory})


def define_user(world: World, call: Call) -> Reply:
    """Say what a user's attributes hold; what is left out stays."""
    world.users.put(call.path["user_id"], {**user_of(world, call.path["user_id"]), **call.body})
    return Reply(204)


def put_lock(world: World, call: Call) -> Reply:
    """Lock a campaign for users of some countries."""
    campaign = require_campaign(world, KIND_OF[call.path["kind"]], call)
    return lock_campaign(world, campaign, call.body["blocked_countries"])


def record_purchase(world: World, call: Call) -> Reply:
    """Record that a user bought items: an order, paid at once."""
    order = shown(purchase(world, call.path["user_id"], call.body["items"], call.body.get("offer_code")))
    return Reply(201, {name: order[name] for name in ("order_id", "price", "bonus", "promotions", "value_points")})


def shown(order: Json) -> Json:
    """An order as the control door shows it."""
    points = [{"sku": sku, "amount": amount} for sku, amount in sorted(order["value_points"].items())]
    paid = order["paid"] and write_instant(order["paid"])
    codes = [code["code"] for code in order["codes"]]
    return {**order, "codes": codes, "value_points": points, "created": write_instant(order["created"]), "paid": paid}


def cart_told(world: World, cart: Json) -> Json:
    """A cart as the control door shows it: as its user sees it, with its codes."""
    promo_code = cart["promo_code"]["code"] if campaign_in(world, cart) else None
    return {"promo_code": promo_code, "offer_code": cart["offer_code"], "cart": shown_cart(world, cart)}


def read_cart(world: World, call: Call) -> Reply:
    """What the user is about to buy."""
    return Reply(200, cart_told(world, require_cart(world, call.path["user_id"])))


def put_cart(world: World, call: Call) -> Reply:
    """Put items into the user's cart in place of what is there."""
    cart = fill_cart(world, call.path["user_id"], call.body["items"], call.body.get("offer_code"))
    return Reply(200, cart_told(world, cart))


def delete_cart(world: World, call: Call) -> Reply:
    """Forget the user's cart."""
    empty_cart(world, call.path["user_id"])
    return Reply(204)


def post_order(world: World, call: Call) -> Reply:
    """The user orders the cart."""
    return Reply(201, shown(order_cart(world, call.path["user_id"])))


def read_order(world: World, call: Call) -> Reply:
    """One order."""
    return Reply(200, shown(require_order(world, call.path["order_id"])))


def list_orders(world: World, call: Call) -> Reply:
    """All orders of a user, the oldest first."""
    return Reply(200, {"orders": [shown(order) for order in world.orders.values("user", call.path["user_id"])]})


def pay_order(world: World, call: Call) -> Reply:
    """The user pays."""
    return Reply(200, shown(pay(world, require_order(world, call.path["order_id"]))))


def cancel_order(world: World, call: Call) -> Reply:
    """The user gives up before paying."""
    return Reply(200, shown(cancel(world, require_order(world, call.path["order_id"]))))


def refund_order(world: World, call: Call) -> Reply:
    """The user gets the money back."""
    return Reply(200, shown(refund(world, require_order(world, call.path["order_id"]))))


def read_journal(world: World, call: Call) -> Reply:
    """The requests so far; those that ended in a server error stand apart, so that none is pushed out."""
    journal, limit = world.journal, call.query["limit"]
    shown: list[Json] = [entry.as_json() for entry in list(journal.entries)[-limit:]] if limit else []
    counts = {str(status): count for status, count in sorted(journal.by_status.items())}
    server_errors = sum(count for status, count in journal.by_status.items() if status >= 500)
    broken = [entry.as_json() for entry in journal.broken]
    return Reply(
        200, {"total": journal.total, "server_errors": server_errors, "by_status": counts, "entries": shown, "broken": broken}
    )


CONTROL_RULES: dict[str, ControlRule] = {
    "control-reset": reset,
    "control-read-clock": read_clock,
    "control-set-clock": set_clock,
    "control-advance-clock": advance_clock,
    "control-rewind-clock": rewind_clock,
    "control-issue-token": issue_token,
    "control-read-item": read_item,
    "control-define-item": put_item,
    "control-read-user": read_user,
    "control-define-user": define_user,
    "control-lock-campaign": put_lock,
    "control-record-purchase": record_purchase,
    "control-read-cart": read_cart,
    "control-fill-cart": put_cart,
    "control-empty-cart": delete_cart,
    "control-order-cart": post_order,
    "control-list-orders": list_orders,
    "control-read-order": read_order,
    "control-pay-order": pay_order,
    "control-cancel-order": cancel_order,
    "control-refund-order": refund_order,
    "control-read-journal": read_journal,
}
