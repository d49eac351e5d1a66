"""Planted bugs in the list of value points."""

import orjson
from liveops_mock import Call, Page, Reply, World

from liveops_contract.defects import plant
from liveops_contract.defects.rewiring import asking, elements, good

LIST = "admin-get-value-points-list"


@plant(LIST, caught_by="pages_of_value_points_join_up")
def the_highest_order_comes_first(world: World, call: Call) -> Reply:
    """A page is sorted the other way round."""
    return Reply(200, Page(elements(good(LIST, world, call))[::-1]))


@plant(LIST, caught_by="pages_of_value_points_join_up")
def value_points_of_one_order_come_in_reverse(world: World, call: Call) -> Reply:
    """Equal orders are not sorted by SKU."""
    shown = sorted((orjson.loads(item) for item in elements(good(LIST, world, call))), key=lambda one: one["sku"], reverse=True)
    return Reply(200, Page(sorted(shown, key=lambda one: int(one["order"]))))


@plant(LIST, caught_by=("pages_of_value_points_join_up", "a_page_of_value_points_is_a_cut_of_the_list"))
def the_offset_counts_pages(world: World, call: Call) -> Reply:
    """`offset` 2 passes over two pages instead of two elements."""
    return good(LIST, world, asking(call, offset=call.query["offset"] * call.query["limit"]))


@plant(LIST, caught_by="a_page_of_value_points_is_a_cut_of_the_list")
def a_page_of_value_points_holds_one_too_many(world: World, call: Call) -> Reply:
    """`limit` is read as the last index."""
    return good(LIST, world, asking(call, limit=call.query["limit"] + 1))


@plant(LIST, caught_by="a_page_of_value_points_without_a_limit_holds_fifty")
def a_page_of_value_points_holds_ten_at_most(world: World, call: Call) -> Reply:
    """The limit of the chains is taken for value points."""
    return good(LIST, world, asking(call, limit=min(10, call.query["limit"])))


@plant(LIST, caught_by="the_list_shows_a_value_point_as_it_reads_alone")
def the_list_leaves_out_what_is_switched_off(world: World, call: Call) -> Reply:
    """Only value points that are switched on are listed."""
    shown = [orjson.loads(item) for item in elements(good(LIST, world, call))]
    return Reply(200, Page([one for one in shown if one["is_enabled"]]))


@plant(LIST, caught_by="the_list_shows_a_value_point_as_it_reads_alone")
def the_list_shows_no_long_description(world: World, call: Call) -> Reply:
    """The long description is left to the single value point."""
    shown = [orjson.loads(item) for item in elements(good(LIST, world, call))]
    return Reply(200, Page([{**one, "long_description": None} for one in shown]))
