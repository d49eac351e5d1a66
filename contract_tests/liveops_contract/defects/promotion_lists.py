"""Planted bugs in the lists of promotions."""

from liveops_mock import Call, Page, Reply, World

from liveops_contract.defects import plant
from liveops_contract.defects.promotion_rewiring import ALL, BONUSES, DISCOUNTS
from liveops_contract.defects.rewiring import Json, asking, elements, good

CUT, COUNTED = "a_page_of_promotions_is_a_cut_of_the_list", "a_list_of_promotions_counts_what_the_project_has"
FILTERED, FIFTY = "enabled_filters_the_promotions_exactly", "a_page_of_promotions_without_a_limit_holds_fifty"
SAME, TYPED = "a_list_shows_a_promotion_as_it_reads_alone", "the_common_list_tells_of_which_type_a_promotion_is"


def reworked(operation: str, world: World, call: Call, **fields: Json) -> Reply:
    """What the sound list answers, with other counts."""
    reply: Json = good(operation, world, call)
    return Reply(200, Page(elements(reply), {**reply.body.fields, **fields}, "promotions"))


def showing(operation: str, world: World, call: Call, items: list[Json]) -> Reply:
    """What the sound list answers, with other elements."""
    return Reply(200, Page(items, good(operation, world, call).body.fields, "promotions"))


@plant(DISCOUNTS, caught_by=CUT)
def the_list_of_discounts_has_bonuses_too(world: World, call: Call) -> Reply:
    """The offset is counted over promotions of both kinds."""
    both = [one["kind"] for one in world.promotions.values("all", "all")]
    passed = both[: call.query["offset"]].count("discount")
    return good(DISCOUNTS, world, asking(call, offset=passed))


@plant(BONUSES, caught_by=CUT)
def bonuses_are_listed_newest_first(world: World, call: Call) -> Reply:
    """Each page is turned round."""
    return showing(BONUSES, world, call, elements(good(BONUSES, world, call))[::-1])


@plant(ALL, caught_by=CUT)
def the_common_list_begins_with_the_second(world: World, call: Call) -> Reply:
    """The offset is counted from 1."""
    return good(ALL, world, asking(call, offset=max(0, call.query["offset"] - 1)))


@plant(DISCOUNTS, caught_by=COUNTED)
def discounts_are_counted_on_the_page(world: World, call: Call) -> Reply:
    """The total is the number of elements answered."""
    return reworked(DISCOUNTS, world, call, total_promotions_count=len(elements(good(DISCOUNTS, world, call))))


@plant(BONUSES, caught_by=COUNTED)
def bonuses_are_counted_with_the_discounts(world: World, call: Call) -> Reply:
    """The total is that of the project."""
    return reworked(BONUSES, world, call, total_promotions_count=world.promotions.count("all", "all"))


@plant(ALL, caught_by=COUNTED)
def active_and_inactive_are_swapped(world: World, call: Call) -> Reply:
    """Two counts are exchanged."""
    fields = good(ALL, world, call).body.fields
    active, inactive = fields["active_promotions_count"], fields["inactive_promotions_count"]
    return reworked(ALL, world, call, active_promotions_count=inactive, inactive_promotions_count=active)


@plant(ALL, caught_by=COUNTED)
def only_what_the_filter_asks_for_is_counted(world: World, call: Call) -> Reply:
    """With `enabled` the total is that of the filter."""
    enabled = call.query["enabled"]
    total = world.promotions.count("all", "all") if enabled is None else world.promotions.count("enabled", enabled == 1)
    return reworked(ALL, world, call, total_promotions_count=total)


@plant(ALL, caught_by=FILTERED)
def nought_asks_for_all_promotions(world: World, call: Call) -> Reply:
    """`enabled=0` is taken for no filter."""
    return good(ALL, world, asking(call, enabled=call.query["enabled"] or None))


@plant(ALL, caught_by=FILTERED)
def the_filter_is_for_discounts(world: World, call: Call) -> Reply:
    """Bonuses are missing where a filter is asked for."""
    items = elements(good(ALL, world, call))
    discounts = [item for item in items if item["type"] == "item_discount"]
    return showing(ALL, world, call, items if call.query["enabled"] is None else discounts)


@plant(BONUSES, caught_by=FIFTY)
def a_page_of_bonuses_holds_one_less(world: World, call: Call) -> Reply:
    """49 where fifty are asked for."""
    return good(BONUSES, world, asking(call, limit=min(call.query["limit"], 49)))


@plant(ALL, caught_by=FIFTY)
def a_page_of_all_promotions_holds_ten(world: World, call: Call) -> Reply:
    """The limit of the chains is used."""
    return good(ALL, world, asking(call, limit=min(call.query["limit"], 10)))


@plant(DISCOUNTS, caught_by=SAME)
def the_list_of_discounts_leaves_their_limits_out(world: World, call: Call) -> Reply:
    """The limits are those of a promotion without limits."""
    nothing = {"per_user": None, "per_item": None, "recurrent_schedule": None}
    items = [{**item, "limits": nothing} for item in elements(good(DISCOUNTS, world, call))]
    return showing(DISCOUNTS, world, call, items)


@plant(BONUSES, caught_by=SAME)
def the_list_of_bonuses_shows_no_switch(world: World, call: Call) -> Reply:
    """All bonuses are shown as switched on."""
    return showing(BONUSES, world, call, [{**item, "is_enabled": True} for item in elements(good(BONUSES, world, call))])


@plant(ALL, caught_by=TYPED)
def a_bonus_with_price_conditions_is_for_every_cart(world: World, call: Call) -> Reply:
    """Only a list of items makes an item bonus."""
    items = elements(good(ALL, world, call))
    kinds = [{**item, "type": "cart_bonus"} if item["condition"] is None and item["discount"] is None else item for item in items]
    return showing(ALL, world, call, kinds)


@plant(ALL, caught_by=TYPED)
def the_common_list_shows_no_discount(world: World, call: Call) -> Reply:
    """The share is missing."""
    return showing(ALL, world, call, [{**item, "discount": None} for item in elements(good(ALL, world, call))])


@plant(ALL, caught_by=TYPED)
def free_items_are_shown_once(world: World, call: Call) -> Reply:
    """The pieces of a bonus are not told."""
    items = elements(good(ALL, world, call))
    once = [{**item, "bonus": [{**entry, "quantity": 1} for entry in item["bonus"]]} for item in items]
    return showing(ALL, world, call, once)
