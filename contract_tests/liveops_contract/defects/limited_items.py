"""Planted bugs in what limits do to purchases, to the catalog and to what the shop shows."""

from liveops_mock import Call, Page, Problem, Reply, World

from liveops_contract.defects import plant
from liveops_contract.defects.rewiring import Json, elements, good

BUY, REFUND, DEFINE = "control-record-purchase", "control-refund-order", "control-define-item"
SHOW = "get-upsell-for-project-client"
ADDS_UP, GIVES_BACK, BEFORE, NEW = (
    "what_is_left_of_an_item_adds_up",
    "a_refund_gives_the_pieces_back",
    "a_new_limit_counts_what_was_bought_before",
    "a_new_schedule_strikes_from_now_on",
)
TELLS = "the_shop_tells_what_a_user_may_still_buy"


def uses(world: World) -> dict[Json, Json]:
    """What users bought, by key."""
    return {key: world.item_uses.get(key) for user in ("user_1", "user_2") for key in world.item_uses.keys("user", user)}


def restored(world: World, before: dict[Json, Json]) -> None:
    """Let the uses be those of before."""
    for key in uses(world):
        world.item_uses.remove(key)
    for key, use in before.items():
        world.item_uses.put(key, use)


def change_item(world: World, sku: str, **facts: Json) -> None:
    """Change an item of the catalog behind the rule's back."""
    world.items.put(sku, {**world.items.get(sku), **facts})


def bought_as(world: World, call: Call, items: list[Json]) -> Reply:
    """A purchase that is judged as one of other items."""
    before = uses(world)
    good(BUY, world, Call(call.path, call.query, {"items": items}, call.user_id))
    restored(world, before)
    return unlimited(world, call)


def unlimited(world: World, call: Call) -> Reply:
    """A purchase that no limit holds up."""
    skus = {entry["sku"] for entry in call.body["items"] if entry["sku"] in world.items}
    before = {sku: world.items.get(sku) for sku in skus}
    for sku in skus:
        change_item(world, sku, limits=None)
    try:
        return good(BUY, world, call)
    finally:
        for sku, item in before.items():
            world.items.put(sku, item)


@plant(BUY, caught_by=ADDS_UP)
def limits_are_not_looked_at(world: World, call: Call) -> Reply:
    """Everybody buys as much as everybody likes."""
    return unlimited(world, call)


@plant(BUY, caught_by=ADDS_UP)
def each_line_is_judged_alone(world: World, call: Call) -> Reply:
    """Two lines of one item may together be more than is left."""
    largest = max(call.body["items"], key=lambda entry: int(entry["quantity"]))
    return bought_as(world, call, [largest])


@plant(BUY, caught_by=ADDS_UP)
def the_last_piece_is_not_sold(world: World, call: Call) -> Reply:
    """A purchase that would leave nothing is refused."""
    first, *rest = call.body["items"]
    return bought_as(world, call, [{**first, "quantity": first["quantity"] + 1}, *rest])


@plant(BUY, caught_by=ADDS_UP)
def orders_are_limited_and_not_pieces(world: World, call: Call) -> Reply:
    """Each line of an order uses up one piece."""
    reply = good(BUY, world, call)
    for key, use in uses(world).items():
        if use["order_id"] == reply.body["order_id"]:
            world.item_uses.put(key, {**use, "pieces": 1})
    return reply


@plant(BUY, caught_by=ADDS_UP)
def a_refused_purchase_uses_the_limit_up(world: World, call: Call) -> Reply:
    """What was left is gone though nothing was sold."""
    try:
        return good(BUY, world, call)
    except Problem:
        for entry in call.body["items"]:
            key = (entry["sku"], world.next_id("use"), call.path["user_id"])
            world.item_uses.put(key, {"at": world.now, "pieces": 1, "order_id": None})
        raise


@plant(REFUND, caught_by=GIVES_BACK)
def a_refund_gives_nothing_back(world: World, call: Call) -> Reply:
    """Pieces that were given back stay used up."""
    before = uses(world)
    reply = good(REFUND, world, call)
    restored(world, before)
    return reply


@plant(REFUND, caught_by=GIVES_BACK)
def a_refund_starts_the_limit_over(world: World, call: Call) -> Reply:
    """The other orders of the user count no longer either."""
    reply = good(REFUND, world, call)
    restored(world, {})
    return reply


@plant(BUY, caught_by=BEFORE)
def only_limited_items_are_counted(world: World, call: Call) -> Reply:
    """What is bought while there is no limit is forgotten."""
    reply = good(BUY, world, call)
    for key in uses(world):
        if world.items.get(key[0])["limits"] is None:
            world.item_uses.remove(key)
    return reply


@plant(DEFINE, caught_by=BEFORE)
def a_new_limit_starts_from_nothing(world: World, call: Call) -> Reply:
    """Whoever defines an item anew forgets who bought it."""
    reply = good(DEFINE, world, call)
    restored(world, {})
    return reply


@plant(DEFINE, caught_by=NEW)
def a_new_schedule_strikes_the_past(world: World, call: Call) -> Reply:
    """An hour that passed before the schedule was written lets the limit start over."""
    reply = good(DEFINE, world, call)
    change_item(world, call.path["sku"], limits_since=0)
    return reply


@plant(DEFINE, caught_by=NEW)
def what_lapsed_comes_back(world: World, call: Call) -> Reply:
    """What the old schedule had forgotten counts again under the new one."""
    before = uses(world)
    reply = good(DEFINE, world, call)
    restored(world, before)
    return reply


def retold(world: World, call: Call, **facts: Json) -> Reply:
    """What users are shown, the limit told otherwise."""
    reply = good(SHOW, world, call)
    items = [
        {**item, "limits": item["limits"] and {"per_user": {**item["limits"]["per_user"], **facts}}} for item in elements(reply)
    ]
    return Reply(200, Page(items, reply.body.fields))


@plant(SHOW, caught_by=TELLS)
def the_whole_limit_is_told(world: World, call: Call) -> Reply:
    """What the user bought is not taken off."""
    return retold(world, call, available=2)


@plant(SHOW, caught_by=TELLS)
def one_users_pieces_are_told_to_all(world: World, call: Call) -> Reply:
    """Everybody is told what is left to the first user."""
    return good(SHOW, world, Call(call.path, call.query, call.body, "user_1"))


@plant(SHOW, caught_by=TELLS)
def what_is_used_up_can_be_bought(world: World, call: Call) -> Reply:
    """A price is enough."""
    reply = good(SHOW, world, call)
    return Reply(200, Page([{**item, "can_be_bought": True} for item in elements(reply)], reply.body.fields))


@plant(SHOW, caught_by=TELLS)
def a_limit_without_a_schedule_has_one(world: World, call: Call) -> Reply:
    """Every limit is told to start over tomorrow."""
    return retold(world, call, recurrent_schedule={"interval_type": "daily", "reset_next_date": world.now + 86_400})
