"""Planted bugs in how filter rules are written, read, listed and deleted."""

from liveops_mock import Call, Page, Problem, Reply, World

from liveops_contract.defects import plant
from liveops_contract.defects.rewiring import altered, asking, done_or, elements, good, with_body, without
from liveops_contract.defects.rewiring import written_although_refused as half_refused

CREATE, READ, LIST, SHORT = "create-filter-rule", "get-filter-rule-by-id", "get-filter-rules", "get-all-filter-rules"
REPLACE, CHANGE, DELETE = "update-filter-rule-by-id", "patch-filter-rule-by-id", "delete-filter-rule-by-id"
WRITTEN, REPLACED = "a_rule_reads_as_it_was_written", "a_replaced_rule_keeps_nothing"
CHANGED, NAMED = "a_changed_rule_keeps_what_is_not_named", "a_rule_names_items_that_exist_and_each_once"
ABSENT, LISTED, FIFTY, ALIKE = (
    "a_rule_that_is_not_there_is_not_found",
    "lists_hold_each_rule_once",
    "a_page_of_rules_without_a_limit_holds_fifty",
    "the_list_shows_a_rule_as_it_reads_alone",
)
LAST_SEEN: dict[str, World] = {}  # what a server keeps that forgets whose state it holds


@plant(CREATE, caught_by=WRITTEN)
def a_new_rule_loses_all_but_its_first_condition(world: World, call: Call) -> Reply:
    """Of the conditions one is kept."""
    return good(CREATE, world, altered(call, attribute_conditions=call.body["attribute_conditions"][:1]))


@plant(CREATE, caught_by=WRITTEN)
def a_new_rule_does_not_suit_strangers(world: World, call: Call) -> Reply:
    """`is_satisfied_for_unauth` is not looked at."""
    return good(CREATE, world, without(call, "is_satisfied_for_unauth"))


@plant(CREATE, caught_by=WRITTEN)
def a_new_rule_sorts_its_items(world: World, call: Call) -> Reply:
    """The items are kept in the order of their SKUs."""
    reply = good(CREATE, world, call)
    rule = world.filter_rules.get(reply.body["rule_id"])
    world.filter_rules.put(rule["rule_id"], {**rule, "items": sorted(rule["items"])})
    return reply


@plant(READ, caught_by=WRITTEN)
def bundles_are_shown_as_goods(world: World, call: Call) -> Reply:
    """The kind of a bundle is left out."""
    rule = good(READ, world, call).body
    items = [{name: value for name, value in item.items() if name != "bundle_type"} for item in rule["items"]]
    return Reply(200, {**rule, "items": items})


@plant(REPLACE, caught_by=REPLACED)
def a_replacement_changes(world: World, call: Call) -> Reply:
    """PUT keeps what is left out, as PATCH does."""
    return good(CHANGE, world, call)


@plant(REPLACE, caught_by=REPLACED)
def a_replacement_is_for_all_rules(world: World, call: Call) -> Reply:
    """Every rule is replaced by the body."""
    reply = good(REPLACE, world, call)
    for number in world.filter_rules.keys("all", "all"):
        good(REPLACE, world, Call({**call.path, "rule_id": number}, call.query, call.body, call.user_id))
    return reply


@plant(CHANGE, caught_by=CHANGED)
def a_change_resets_who_is_not_signed_in(world: World, call: Call) -> Reply:
    """What is left out falls back to the server's default."""
    return good(CHANGE, world, with_body(call, {"is_satisfied_for_unauth": False, **call.body}))


@plant(CHANGE, caught_by=CHANGED)
def a_change_switches_on(world: World, call: Call) -> Reply:
    """A rule that is changed is switched on, whatever it was."""
    return good(CHANGE, world, with_body(call, {"is_enabled": True, **call.body}))


@plant(CHANGE, caught_by=CHANGED)
def items_are_added_and_not_replaced(world: World, call: Call) -> Reply:
    """The items of before stay beside the new ones."""
    before = world.filter_rules.get(call.path["rule_id"])
    reply = good(CHANGE, world, call)
    if "items" in call.body:
        after = world.filter_rules.get(call.path["rule_id"])
        items = list(dict.fromkeys([*before["items"], *after["items"]]))
        world.filter_rules.put(after["rule_id"], {**after, "items": items})
    return reply


@plant(CHANGE, caught_by=CHANGED)
def a_changed_name_is_lost(world: World, call: Call) -> Reply:
    """The name of the creation stays for ever."""
    return good(CHANGE, world, without(call, "name"))


@plant(CREATE, caught_by=NAMED)
def unknown_items_are_dropped(world: World, call: Call) -> Reply:
    """What the catalog does not have is left out without a word."""
    numbers = {world.items.get(sku)["item_id"] for sku in ("com.xsolla.item_1", "com.xsolla.item_2", "com.xsolla.item_3")}
    known = [entry for entry in call.body["items"] if entry.get("sku", "booster_1") in world.items]
    return good(CREATE, world, altered(call, items=[entry for entry in known if entry.get("item_id", 1) in numbers]))


@plant(REPLACE, caught_by=NAMED)
def an_item_is_the_same_under_two_names_alone(world: World, call: Call) -> Reply:
    """That a SKU and a number name one item is not seen; the second mention is dropped."""
    try:
        return good(REPLACE, world, call)
    except Problem as problem:
        if problem.code != 6212:
            raise
        return good(REPLACE, world, altered(call, items=call.body["items"][:1]))


@plant(CHANGE, caught_by=NAMED)
def a_refused_change_is_half_done(world: World, call: Call) -> Reply:
    """The name is written before the refusal goes out."""
    return half_refused(CHANGE, world, call, without(call, "items"))


@plant(CREATE, caught_by=NAMED)
def a_refused_rule_is_there_nevertheless(world: World, call: Call) -> Reply:
    """It is written with one item before the refusal goes out."""
    return half_refused(CREATE, world, call, altered(call, items=[{"item_id": 3}]))


@plant(DELETE, caught_by=ABSENT)
def nothing_is_deleted_without_a_word(world: World, call: Call) -> Reply:
    """A rule that is not there is deleted with success."""
    return done_or(DELETE, world, call, Reply(204))


@plant(DELETE, caught_by=ABSENT)
def a_deleted_rule_is_switched_off(world: World, call: Call) -> Reply:
    """It stays there."""
    return good(CHANGE, world, with_body(call, {"is_enabled": False}))


@plant(REPLACE, caught_by=ABSENT)
def a_replacement_brings_back(world: World, call: Call) -> Reply:
    """PUT makes the rule where there is none."""
    try:
        return good(REPLACE, world, call)
    except Problem:
        good(CREATE, world, call)
        return Reply(204)


@plant(READ, caught_by=ABSENT)
def projects_share_their_rules(world: World, call: Call) -> Reply:
    """A rule that this project lacks is looked up in the project that was read last."""
    if call.path["rule_id"] in world.filter_rules:
        LAST_SEEN["world"] = world
        return good(READ, world, call)
    return good(READ, LAST_SEEN.get("world", world), call)


@plant(DELETE, caught_by=LISTED)
def the_next_rule_goes_too(world: World, call: Call) -> Reply:
    """The rule behind the deleted one is deleted with it."""
    reply = good(DELETE, world, call)
    world.filter_rules.remove(call.path["rule_id"] + 1)
    return reply


@plant(LIST, caught_by=ALIKE)
def the_list_shows_one_condition_of_each_rule(world: World, call: Call) -> Reply:
    """The others are left out there."""
    reply = good(LIST, world, call)
    shown = [{**rule, "attribute_conditions": rule["attribute_conditions"][:1]} for rule in elements(reply)]
    return Reply(200, Page(shown, reply.body.fields))


@plant(LIST, caught_by=ALIKE)
def rules_for_strangers_are_listed_as_for_none(world: World, call: Call) -> Reply:
    """The list says of each that it does not suit who has no token."""
    reply = good(LIST, world, call)
    return Reply(200, Page([{**rule, "is_satisfied_for_unauth": False} for rule in elements(reply)], reply.body.fields))


@plant(LIST, caught_by=LISTED)
def the_filter_of_filter_rules_is_turned_round(world: World, call: Call) -> Reply:
    """Asked for those that are on, the list holds those that are off."""
    wish = call.query["is_enabled"]
    return good(LIST, world, call if wish is None else asking(call, is_enabled=1 - wish))


@plant(LIST, caught_by=LISTED)
def nought_is_no_filter(world: World, call: Call) -> Reply:
    """Asked for those that are off, the list holds all."""
    return good(LIST, world, asking(call, is_enabled=call.query["is_enabled"] or None))


@plant(LIST, caught_by=LISTED)
def the_count_is_that_of_the_page(world: World, call: Call) -> Reply:
    """`total_items_count` says how many rules the page has."""
    reply = good(LIST, world, call)
    return Reply(200, Page(elements(reply), {**reply.body.fields, "total_items_count": len(elements(reply))}))


@plant(LIST, caught_by=LISTED)
def a_full_page_of_rules_promises_more(world: World, call: Call) -> Reply:
    """`has_more` is true wherever the page is full."""
    reply = good(LIST, world, call)
    return Reply(200, Page(elements(reply), {**reply.body.fields, "has_more": len(elements(reply)) == call.query["limit"]}))


@plant(SHORT, caught_by=LISTED)
def the_short_list_holds_active_rules(world: World, call: Call) -> Reply:
    """Those that are switched off are left out."""
    return Reply(200, Page([rule for rule in elements(good(SHORT, world, call)) if rule["is_enabled"]]))


@plant(SHORT, caught_by=FIFTY)
def the_short_list_ends_at_fifty(world: World, call: Call) -> Reply:
    """The list without pages has a first page alone."""
    return Reply(200, Page(elements(good(SHORT, world, call))[:50]))


@plant(LIST, caught_by=FIFTY)
def a_page_without_a_limit_holds_all(world: World, call: Call) -> Reply:
    """Fifty, and one more."""
    return good(LIST, world, asking(call, limit=51) if call.query["limit"] == 50 else call)
