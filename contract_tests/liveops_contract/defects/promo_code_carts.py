"""Planted bugs in promo codes in carts: what a code makes of a cart."""

from decimal import Decimal

from liveops_mock import Call, Problem, Reply, World

from liveops_contract.defects import plant
from liveops_contract.defects.campaign_rewiring import PROMO, attempted, orders_changed, pretending, with_pretence
from liveops_contract.defects.rewiring import Json, good, without

REDEEM, REMOVE, REWARDS = "redeem-promo-code", "remove-cart-promo-code", "get-promo-code-rewards-by-code"
ORDER, PAY, CANCEL = "control-order-cart", "control-pay-order", "control-cancel-order"
CENTS, EXAMPLE, BONUS = (
    "a_promo_code_makes_a_cart_cheaper_by_the_cent",
    "ten_dollars_with_three_discounts_are_6_84",
    "the_bonus_of_a_promo_code_is_in_the_cart_for_nothing",
)
BOUND = "each_operator_tells_prices_at_its_bound"
WHOLE, SINGLE, NOTHING = (
    "conditions_on_the_cart_are_met_by_its_whole_price",
    "conditions_on_items_choose_the_items",
    "a_promo_code_that_gives_nothing_for_the_cart_is_refused",
)
EXCLUDED, REMOVED, NAMED, VISITOR = (
    "promotions_that_a_promo_code_excludes_give_way",
    "a_removed_promo_code_leaves_the_cart_as_it_was",
    "a_cart_is_named_by_its_id_or_as_the_current_one",
    "a_user_without_login_has_a_cart",
)


@plant(REDEEM, caught_by=CENTS)
def half_a_cent_is_cut_off(world: World, call: Call) -> Reply:
    """A reduced piece costs a cent less than it should where it was rounded up."""
    reply = good(REDEEM, world, call)
    for line in reply.body["items"]:
        if line["price"] and line["price"]["amount"] != line["price"]["amount_without_discount"]:
            line["price"]["amount"] = str(Decimal(line["price"]["amount"]) - Decimal("0.01"))
    return reply


@plant(REDEEM, caught_by=CENTS)
def the_discount_on_the_cart_passes_over_discounted_items(world: World, call: Call) -> Reply:
    """Where items are discounted the whole cart is not."""
    with pretending(world, PROMO, lambda one: {"discount": None} if one["discounted_items"] else {}):
        return good(REDEEM, world, call)


@plant(REDEEM, caught_by=CENTS)
def the_price_of_a_cart_counts_one_piece_of_each(world: World, call: Call) -> Reply:
    """The quantity does not count."""
    reply = good(REDEEM, world, call)
    lines = [line["price"] for line in reply.body["items"] if line["price"]]
    reply.body["price"]["amount"] = str(sum(Decimal(price["amount"]) for price in lines))
    return reply


@plant(REDEEM, caught_by=CENTS)
def the_shop_gives_no_discount_beside_a_promo_code(world: World, call: Call) -> Reply:
    """All other promotions give way."""
    everything = [*world.promotions.keys("all", "all")]
    return with_pretence(REDEEM, world, call, excluded_promotions=everything)


@plant(ORDER, caught_by=EXAMPLE)
def an_order_of_a_cart_costs_as_much_as_without_its_code(world: World, call: Call) -> Reply:
    """The price of the order is the one of the shop."""
    with pretending(world, PROMO, lambda _: {"discount": None, "bonus": [{"sku": "booster_1", "quantity": 1}]}):
        return good(ORDER, world, call)


@plant(REDEEM, caught_by=BONUS)
def the_bonus_is_handed_over_at_once(world: World, call: Call) -> Reply:
    """The items are in the inventory before anything is paid."""
    reply = good(REDEEM, world, call)
    for entry in reply.body["rewards"]["bonus"]:
        world.inventory.put((call.user_id, entry["item"]["sku"]), entry["quantity"])
    return reply


@plant(ORDER, caught_by=BONUS)
def the_bonus_is_lost_with_the_order(world: World, call: Call) -> Reply:
    """The order holds what is bought alone."""
    reply = good(ORDER, world, call)
    orders_changed(world, reply.body["order_id"], bonus=[])
    return Reply(201, {**reply.body, "bonus": []})


@plant(REWARDS, caught_by=BONUS)
def rewards_tell_of_single_pieces(world: World, call: Call) -> Reply:
    """Every quantity is shown as one."""
    reply = good(REWARDS, world, call)
    for entry in reply.body["bonus"]:
        entry["quantity"] = 1
    return reply


@plant(REDEEM, caught_by=WHOLE)
def conditions_on_the_cart_are_passed_over(world: World, call: Call) -> Reply:
    """The code is for every cart."""
    return with_pretence(REDEEM, world, call, price_conditions=None)


@plant(REDEEM, caught_by=BOUND)
def one_condition_on_the_cart_is_enough(world: World, call: Call) -> Reply:
    """The others are not looked at."""
    with pretending(world, PROMO, lambda one: {"price_conditions": (one["price_conditions"] or [])[:1]}):
        return good(REDEEM, world, call)


@plant(REDEEM, caught_by=WHOLE)
def conditions_on_the_cart_are_held_against_its_items(world: World, call: Call) -> Reply:
    """They choose items, as conditions on items do."""
    with pretending(world, PROMO, lambda one: {"price_conditions": None, "item_price_conditions": one["price_conditions"]}):
        return good(REDEEM, world, call)


@plant(REDEEM, caught_by=SINGLE)
def conditions_on_items_are_passed_over(world: World, call: Call) -> Reply:
    """The code is for every item."""
    return with_pretence(REDEEM, world, call, item_price_conditions=None)


@plant(REDEEM, caught_by=BOUND)
def a_limit_of_a_price_that_is_reached_is_passed(world: World, call: Call) -> Reply:
    """At least is taken for more than, and at most for less than."""
    strict = {"ge": "gt", "le": "lt"}

    def sharpened(one: Json) -> Json:
        told = one["item_price_conditions"] or []
        return {
            "item_price_conditions": [{**entry, "operator": strict.get(entry["operator"], entry["operator"])} for entry in told]
        }

    with pretending(world, PROMO, sharpened):
        return good(REDEEM, world, call)


@plant(REDEEM, caught_by=NOTHING)
def a_code_for_nothing_is_reserved_nevertheless(world: World, call: Call) -> Reply:
    """The refusal leaves a reserved redemption behind."""
    found = attempted(REDEEM, world, call)
    if isinstance(found, Problem):
        for campaign in list(world.campaigns.values("kind", PROMO)):
            facts = {"campaign": campaign["id"], "code": call.body["coupon_code"], "user_id": call.user_id, "status": "reserved"}
            world.redemptions.put(world.next_id("redemption"), facts)
        raise found
    return found


@plant(REDEEM, caught_by=NOTHING)
def a_code_that_others_exclude_is_taken(world: World, call: Call) -> Reply:
    """What other promotions exclude does not count for codes."""
    before = list(world.promotions.values("all", "all"))
    for promotion in before:
        world.promotions.put(promotion["id"], {**promotion, "excluded_promotions": []})
    try:
        return good(REDEEM, world, call)
    finally:
        for promotion in before:
            world.promotions.put(promotion["id"], promotion)


@plant(REDEEM, caught_by=EXCLUDED)
def a_promo_code_excludes_nothing(world: World, call: Call) -> Reply:
    """The discounts that it names act beside it."""
    return with_pretence(REDEEM, world, call, excluded_promotions=[])


@plant(REMOVE, caught_by=REMOVED)
def removing_a_code_empties_the_cart(world: World, call: Call) -> Reply:
    """The items are gone with the code."""
    reply = good(REMOVE, world, call)
    world.carts.remove(call.user_id)
    return reply


@plant(REMOVE, caught_by=REMOVED)
def a_removed_code_stays(world: World, call: Call) -> Reply:
    """The answer says that it is gone, and it acts on."""
    before, reply = world.carts.get(call.user_id), good(REMOVE, world, call)
    if before["promo_code"]:
        redemption = {"campaign": 1, "code": before["promo_code"]["code"], "user_id": call.user_id, "status": "reserved"}
        world.redemptions.put(before["promo_code"]["redemption"], redemption)
        world.carts.put(call.user_id, before)
    return reply


@plant(REMOVE, caught_by=REMOVED)
def the_price_without_the_code_is_still_the_lower_one(world: World, call: Call) -> Reply:
    """A discount of the code is left in the price."""
    reply = good(REMOVE, world, call)
    reply.body["price"]["amount"] = str(Decimal(reply.body["price"]["amount"]) * Decimal("0.9"))
    return reply


@plant(REDEEM, caught_by=NAMED)
def any_id_names_the_cart_of_the_user(world: World, call: Call) -> Reply:
    """The id of the cart is not looked at."""
    return good(REDEEM, world, without(call, "cart"))


@plant(REMOVE, caught_by=NAMED)
def the_cart_of_another_user_can_be_named(world: World, call: Call) -> Reply:
    """The id alone decides whose cart it is."""
    asked = (call.body.get("cart") or {}).get("id")
    for user_id in ("user_1", "user_2"):
        cart = world.carts.get(user_id)
        if cart and cart["cart_id"] == asked:
            return good(REMOVE, world, Call(call.path, call.query, call.body, user_id))
    return good(REMOVE, world, call)


@plant(REDEEM, caught_by=VISITOR)
def a_user_without_login_is_anybody(world: World, call: Call) -> Reply:
    """The id of a user without login stands for the user who is signed in under it."""
    user_id = call.user_id.rpartition(":")[2]
    return good(REDEEM, world, Call(call.path, call.query, call.body, user_id))


@plant(REDEEM, caught_by=VISITOR)
def all_users_without_login_share_a_cart(world: World, call: Call) -> Reply:
    """The id is not looked at."""
    mark = "x-unauthorized-id:"
    there = next((mark + name for name in ("ann", "user_1", "x" * 200) if mark + name in world.carts), call.user_id)
    user_id = there if call.user_id.startswith(mark) else call.user_id
    return good(REDEEM, world, Call(call.path, call.query, call.body, user_id))
