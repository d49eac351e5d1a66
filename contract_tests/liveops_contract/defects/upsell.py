"""Planted bugs in the upsell."""

from collections.abc import Callable

from liveops_mock import Call, Page, Problem, Reply, World

from liveops_contract.defects import plant
from liveops_contract.defects.rewiring import Json, altered, done_or, elements, good, otherwise
from liveops_contract.defects.rewiring import written_although_refused as half_refused

READ, CREATE, REPLACE = "get-upsell-configurations-for-project-admin", "post-upsell", "put-upsell"
TOGGLE, SHOW = "put-upsell-toggle-active-inactive", "get-upsell-for-project-client"
WRITTEN, ONE, NONE = (
    "an_upsell_reads_as_it_was_written",
    "a_project_has_one_upsell",
    "without_an_upsell_there_is_nothing_to_change",
)
NAMED, SWITCHED = "a_list_names_items_that_exist", "an_upsell_is_shown_while_it_is_switched_on"
CATALOG, SHOWN = "an_operator_reads_what_the_catalog_says_of_each_item", "a_proposed_item_is_shown_as_the_catalog_has_it"
FIFTY, BEST = "the_first_fifty_items_are_proposed", "the_best_sellers_of_thirty_days_come_first"
PROMOTED = "without_promotions_there_is_none_to_propose"
LAST_SEEN: dict[str, World] = {}  # what a server keeps that forgets whose state it holds
Change = Callable[[Json], Json]


def upsell_of(world: World) -> Json:
    """The upsell as it is stored, or None."""
    return world.upsells.get(world.project_id)


def reworked(world: World, call: Call, change: Change) -> Reply:
    """What users are shown, each item changed."""
    reply = good(SHOW, world, call)
    return Reply(200, Page([change(item) for item in elements(reply)], reply.body.fields))


@plant(CREATE, caught_by=WRITTEN)
def a_new_upsell_sorts_its_items(world: World, call: Call) -> Reply:
    """The list is kept in the order of the SKUs."""
    return good(CREATE, world, altered(call, items=sorted(call.body.get("items", [])))) if named(call) else done(world, call)


def named(call: Call) -> bool:
    """Whether the body names items."""
    return bool(call.body.get("items"))


def done(world: World, call: Call) -> Reply:
    """Create or replace the upsell as the sound rule does."""
    return good(REPLACE if upsell_of(world) else CREATE, world, call)


@plant(CREATE, caught_by=WRITTEN)
def a_new_upsell_is_switched_on(world: World, call: Call) -> Reply:
    """`is_enabled` is not looked at."""
    return good(CREATE, world, altered(call, is_enabled=True))


@plant(REPLACE, caught_by=WRITTEN)
def the_old_list_stays(world: World, call: Call) -> Reply:
    """A kind without items leaves the items of the old list there."""
    before = upsell_of(world)
    reply = good(REPLACE, world, call)
    if not named(call):
        world.upsells.put(world.project_id, {**upsell_of(world), "items": before["items"]})
    return reply


@plant(REPLACE, caught_by=WRITTEN)
def the_switch_stays_through_a_replacement(world: World, call: Call) -> Reply:
    """Whether the upsell is on is what it was before."""
    before = upsell_of(world)
    return good(REPLACE, world, altered(call, is_enabled=before["is_enabled"]) if before else call)


@plant(CREATE, caught_by=ONE)
def a_second_creation_replaces_the_upsell(world: World, call: Call) -> Reply:
    """POST does what PUT does."""
    return done(world, call)


@plant(CREATE, caught_by=ONE)
def a_second_upsell_is_refused_too_late(world: World, call: Call) -> Reply:
    """The refusal goes out after the upsell was replaced."""
    try:
        return good(CREATE, world, call)
    except Problem:
        good(REPLACE, world, call)
        raise


@plant(READ, caught_by=ONE)
def projects_share_their_upsell(world: World, call: Call) -> Reply:
    """The upsell that was read last is answered in every project without one."""
    if upsell_of(world):
        LAST_SEEN["world"] = world
    return good(READ, world if upsell_of(world) else LAST_SEEN.get("world", world), call)


@plant(REPLACE, caught_by=NONE)
def a_replacement_creates(world: World, call: Call) -> Reply:
    """PUT does what POST does where there is none."""
    return done(world, call)


@plant(TOGGLE, caught_by=NONE)
def a_toggle_creates(world: World, call: Call) -> Reply:
    """Switching on an upsell that is not there makes an empty one."""
    if not upsell_of(world) and call.path["toggle"] == "activate":
        world.upsells.put(world.project_id, {"is_enabled": True, "type": "only_promotions", "items": []})
    return done_or(TOGGLE, world, call, Reply(202))


@plant(CREATE, caught_by=NAMED)
def unknown_items_are_left_out(world: World, call: Call) -> Reply:
    """What the catalog does not have is dropped without a word."""
    known = [sku for sku in call.body.get("items", []) if sku in world.items]
    return good(CREATE, world, altered(call, items=known))


@plant(REPLACE, caught_by=NAMED)
def a_refused_list_is_emptied(world: World, call: Call) -> Reply:
    """The upsell loses its items before the refusal goes out."""
    return half_refused(REPLACE, world, call, altered(call, items=[]))


@plant(TOGGLE, caught_by=SWITCHED)
def the_word_is_not_looked_at(world: World, call: Call) -> Reply:
    """Whatever is on goes off, and the other way round."""
    upsell = upsell_of(world)
    word = "deactivate" if upsell and upsell["is_enabled"] else "activate"
    return good(TOGGLE, world, Call({**call.path, "toggle": word}, call.query, call.body, call.user_id))


@plant(TOGGLE, caught_by=SWITCHED)
def switching_off_forgets_the_items(world: World, call: Call) -> Reply:
    """The list is empty afterwards."""
    reply = good(TOGGLE, world, call)
    if call.path["toggle"] == "deactivate":
        world.upsells.put(world.project_id, {**upsell_of(world), "items": []})
    return reply


@plant(SHOW, caught_by=SWITCHED)
def an_upsell_is_shown_while_it_is_off(world: World, call: Call) -> Reply:
    """The switch is not looked at."""
    with otherwise(world.upsells, world.project_id, is_enabled=True):
        return good(SHOW, world, call)


@plant(SHOW, caught_by=SWITCHED)
def the_shop_proposes_by_sku(world: World, call: Call) -> Reply:
    """Not the order of the list but that of the SKUs is shown."""
    reply = good(SHOW, world, call)
    return Reply(200, Page(sorted(elements(reply), key=lambda item: str(item["sku"])), reply.body.fields))


@plant(SHOW, caught_by=SWITCHED)
def the_upsell_is_for_one_user(world: World, call: Call) -> Reply:
    """Others are shown nothing."""
    return good(SHOW, world, call) if call.user_id == "user_1" else Reply(200, Page([], {"has_more": False}))


@plant(READ, caught_by=CATALOG)
def bundles_are_told_as_goods(world: World, call: Call) -> Reply:
    """The kind of a bundle is left out."""
    upsells = good(READ, world, call).body
    items = [{name: item[name] for name in ("item_id", "sku", "type", "name")} for item in upsells[0]["items"]] if upsells else []
    return Reply(200, [{**upsells[0], "items": items}] if upsells else [])


@plant(SHOW, caught_by=SHOWN)
def the_sku_is_the_name(world: World, call: Call) -> Reply:
    """Users are told the SKU where a name is asked for."""
    return reworked(world, call, lambda item: {**item, "name": item["sku"]})


@plant(SHOW, caught_by=SHOWN)
def nothing_without_a_price_is_dear(world: World, call: Call) -> Reply:
    """An item without a price is told to be free."""
    return reworked(world, call, lambda item: {**item, "is_free": item["price"] is None})


@plant(SHOW, caught_by=SHOWN)
def points_that_are_off_are_promised(world: World, call: Call) -> Reply:
    """Value points that no purchase gives any longer are shown with the item."""
    points = {sku: world.value_points.get(sku) for sku in world.value_points.keys("arranged", "all")}
    for sku, point in points.items():
        world.value_points.put(sku, {**point, "is_enabled": True})
    try:
        return good(SHOW, world, call)
    finally:
        for sku, point in points.items():
            world.value_points.put(sku, point)


@plant(SHOW, caught_by=FIFTY)
def fifty_items_are_not_all(world: World, call: Call) -> Reply:
    """A list that fits to the last item is told to go on."""
    reply = good(SHOW, world, call)
    return Reply(200, Page(elements(reply), {"has_more": len(elements(reply)) >= 50}))


@plant(SHOW, caught_by=FIFTY)
def the_list_ends_with_the_page(world: World, call: Call) -> Reply:
    """Nobody is told that there is more."""
    return Reply(200, Page(elements(good(SHOW, world, call)), {"has_more": False}))


@plant(SHOW, caught_by=PROMOTED)
def everything_on_sale_is_promoted(world: World, call: Call) -> Reply:
    """`only_promotions` shows what sells."""
    before = upsell_of(world)
    if before["type"] == "only_promotions":
        world.upsells.put(world.project_id, {**before, "type": "most_sellable"})
    try:
        return good(SHOW, world, call)
    finally:
        world.upsells.put(world.project_id, before)
