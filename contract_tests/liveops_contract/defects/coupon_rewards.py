"""Planted bugs in what coupons give: items, rewards that are told before, and keys of games."""

from liveops_mock import Call, Reply, World

from liveops_contract.defects import plant
from liveops_contract.defects.coupon_redemptions import as_if, coupon_of
from liveops_contract.defects.rewiring import Json, altered, good, without
from liveops_contract.laws.coupon_scenes import REDEEM, REWARDS

GIVES, TELLS = "a_coupon_gives_its_items_to_who_enters_a_code", "the_rewards_of_a_code_are_what_it_would_give"
GAMES = "a_game_with_several_keys_asks_for_a_pick"


@plant(REDEEM, caught_by=GIVES)
def a_coupon_gives_its_first_item_alone(world: World, call: Call) -> Reply:
    """The others are forgotten."""
    return as_if(REDEEM, world, call, bonus=((coupon_of(world, call) or {}).get("bonus") or [])[:1])


@plant(REDEEM, caught_by=GIVES)
def a_coupon_gives_one_piece_of_each(world: World, call: Call) -> Reply:
    """Quantities are lost on the way into the inventory."""
    bonus = (coupon_of(world, call) or {}).get("bonus") or []
    return as_if(REDEEM, world, call, bonus=[{**entry, "quantity": 1} for entry in bonus])


@plant(REDEEM, caught_by=GIVES)
def items_of_a_coupon_never_arrive(world: World, call: Call) -> Reply:
    """They are answered and not granted."""
    held = {key: world.inventory.get(key) for key in world.inventory.keys("user", call.user_id)}
    reply = good(REDEEM, world, call)
    for key in [*world.inventory.keys("user", call.user_id)]:
        world.inventory.remove(key)
    for key, quantity in held.items():
        world.inventory.put(key, quantity)
    return reply


@plant(REDEEM, caught_by=GIVES)
def the_first_user_gets_everything(world: World, call: Call) -> Reply:
    """The items go to another user."""
    return good(REDEEM, world, Call(call.path, call.query, call.body, "user_1"))


@plant(REDEEM, caught_by=GIVES)
def received_items_replace_what_was_there(world: World, call: Call) -> Reply:
    """The inventory holds the last redemption alone."""
    coupon = coupon_of(world, call)
    for entry in (coupon and coupon["bonus"]) or []:
        world.inventory.remove((call.user_id, entry["sku"]))
    return good(REDEEM, world, call)


@plant(REWARDS, caught_by=TELLS)
def to_ask_for_rewards_redeems_them(world: World, call: Call) -> Reply:
    """A look uses the code up."""
    reply = good(REWARDS, world, call)
    good(REDEEM, world, Call({}, {}, {"coupon_code": call.path["coupon_code"]}, call.user_id))
    return reply


@plant(REWARDS, caught_by=TELLS)
def rewards_are_told_without_quantities(world: World, call: Call) -> Reply:
    """Each is one piece."""
    reply = good(REWARDS, world, call)
    for entry in reply.body["bonus"]:
        entry["quantity"] = 1
    return reply


@plant(REWARDS, caught_by=TELLS)
def bundles_among_the_rewards_are_plain_items(world: World, call: Call) -> Reply:
    """Nobody says of which kind a bundle is."""
    reply = good(REWARDS, world, call)
    for entry in reply.body["bonus"]:
        entry["item"].pop("bundle_type", None)
    return reply


@plant(REDEEM, caught_by=GAMES)
def the_first_key_is_given_whatever_was_picked(world: World, call: Call) -> Reply:
    """`selected_unit_items` is checked and not used."""
    reply = good(REDEEM, world, call)
    games = [world.items.get(entry["sku"])["unit_items"] for entry in coupon_of(world, call)["bonus"]]
    for entry, keys in zip(reply.body["items"], games, strict=True):
        entry["sku"] = keys[0]["sku"] if keys else entry["sku"]
    return reply


@plant(REDEEM, caught_by=GAMES)
def a_pick_may_be_left_out(world: World, call: Call) -> Reply:
    """Without a pick the first key is given."""
    picks = call.body.get("selected_unit_items", {})
    bonus = (coupon_of(world, call) or {}).get("bonus") or []
    games = {entry["sku"]: world.items.get(entry["sku"])["unit_items"] for entry in bonus}
    return good(
        REDEEM, world, altered(call, selected_unit_items={sku: keys[0]["sku"] for sku, keys in games.items() if keys} | picks)
    )


@plant(REDEEM, caught_by=GAMES)
def strange_picks_are_passed_over(world: World, call: Call) -> Reply:
    """A pick for what the coupon does not give is ignored."""
    bonus = (coupon_of(world, call) or {}).get("bonus") or []
    games = {entry["sku"] for entry in bonus if world.items.get(entry["sku"])["unit_items"]}
    picks = {sku: pick for sku, pick in call.body.get("selected_unit_items", {}).items() if sku in games}
    return good(REDEEM, world, altered(call, selected_unit_items=picks))


@plant(REDEEM, caught_by=GAMES)
def the_game_is_given_instead_of_its_key(world: World, call: Call) -> Reply:
    """Nobody needs to pick, the user gets the game as it is."""
    return good(REDEEM, world, without(call, "selected_unit_items"))


@plant(REWARDS, caught_by=GAMES)
def there_is_never_anything_to_pick(world: World, call: Call) -> Reply:
    """`is_selectable` is always false."""
    reply: Json = good(REWARDS, world, call)
    return Reply(200, {**reply.body, "is_selectable": False})


@plant(REWARDS, caught_by=GAMES)
def a_game_with_one_key_asks_for_a_pick(world: World, call: Call) -> Reply:
    """Every game is selectable."""
    reply: Json = good(REWARDS, world, call)
    return Reply(200, {**reply.body, "is_selectable": any("unit_items" in entry["item"] for entry in reply.body["bonus"])})
