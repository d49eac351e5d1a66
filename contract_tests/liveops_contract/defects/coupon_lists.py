"""Planted bugs in the list of coupons."""

from liveops_mock import Call, Page, Reply, World

from liveops_contract.defects import plant
from liveops_contract.defects.rewiring import Json, asking, elements, good
from liveops_contract.laws.coupon_scenes import LIST, UPDATE

SAME, JOINED = "the_list_shows_a_coupon_as_it_reads_alone", "pages_of_coupons_join_up"
COUNTED, FIFTY = "a_page_of_coupons_counts_all_of_them", "a_page_of_coupons_without_a_limit_holds_fifty"


def recounted(reply: Reply, **counters: int) -> Reply:
    """The page with other counters."""
    assert isinstance(reply.body, Page)
    return Reply(200, Page(reply.body.items, {**reply.body.fields, **counters}))


@plant(LIST, caught_by=SAME)
def the_list_forgets_what_was_redeemed(world: World, call: Call) -> Reply:
    """Totals look untouched in the list."""
    reply = good(LIST, world, call)
    for coupon in elements(reply):
        if coupon["total_limit_state"]:
            coupon["total_limit_state"] = {"available": coupon["redeem_total_limit"], "reserved": 0, "used": 0}
    return reply


@plant(LIST, caught_by=SAME)
def the_list_leaves_conditions_out(world: World, call: Call) -> Reply:
    """`attribute_conditions` can be read alone only."""
    reply = good(LIST, world, call)
    for coupon in elements(reply):
        coupon.pop("attribute_conditions", None)
    return reply


@plant(LIST, caught_by=JOINED)
def coupons_are_listed_by_their_keys(world: World, call: Call) -> Reply:
    """The whole list is sorted by external_id."""
    everyone: list[Json] = elements(good(LIST, world, asking(call, offset=0, limit=10**9)))
    fields = good(LIST, world, call).body.fields
    offset, limit = call.query["offset"], call.query["limit"]
    return Reply(200, Page(sorted(everyone, key=lambda one: str(one["external_id"]))[offset : offset + limit], fields))


@plant(UPDATE, caught_by=JOINED)
def an_updated_coupon_moves_to_the_end(world: World, call: Call) -> Reply:
    """An update is a deletion and a creation."""
    reply, key = good(UPDATE, world, call), ("coupon", call.path["external_id"])
    world.campaigns.put(key, {**world.campaigns.get(key), "id": world.next_id("promotion")})
    return reply


@plant(LIST, caught_by=(JOINED, COUNTED))
def pages_of_coupons_overlap(world: World, call: Call) -> Reply:
    """Off by one: a page begins with the last one of the page before."""
    return good(LIST, world, asking(call, offset=max(0, call.query["offset"] - 1)))


@plant(LIST, caught_by=COUNTED)
def the_counters_are_those_of_the_page(world: World, call: Call) -> Reply:
    """Only what is shown is counted."""
    reply = good(LIST, world, call)
    shown = [coupon["is_enabled"] for coupon in elements(reply)]
    counts = {"active_promotions_count": shown.count(True), "inactive_promotions_count": shown.count(False)}
    return recounted(reply, total_promotions_count=len(shown), **counts)


@plant(LIST, caught_by=COUNTED)
def what_is_on_and_what_is_off_is_mixed_up(world: World, call: Call) -> Reply:
    """The two counters are exchanged."""
    reply: Json = good(LIST, world, call)
    on, off = (reply.body.fields[f"{name}_promotions_count"] for name in ("active", "inactive"))
    return recounted(reply, active_promotions_count=off, inactive_promotions_count=on)


@plant(LIST, caught_by=FIFTY)
def a_page_of_coupons_holds_ten(world: World, call: Call) -> Reply:
    """The default of other lists."""
    return good(LIST, world, asking(call, limit=min(10, call.query["limit"])))


@plant(LIST, caught_by=FIFTY)
def a_page_of_coupons_holds_all(world: World, call: Call) -> Reply:
    """Whoever asks for fifty gets everything."""
    return good(LIST, world, asking(call, limit=10**9) if call.query["limit"] == 50 else call)
