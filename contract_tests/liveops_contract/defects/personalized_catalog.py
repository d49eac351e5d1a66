"""Planted bugs in what filter rules do to the catalog of a user."""

from collections.abc import Callable

from liveops_mock import Call, Page, Problem, Reply, World

from liveops_contract.defects import plant
from liveops_contract.defects.rewiring import Json, elements, good

SHOW, CHANGE, DELETE, BUY = (
    "get-upsell-for-project-client",
    "patch-filter-rule-by-id",
    "delete-filter-rule-by-id",
    "control-record-purchase",
)
SEEN, FOLLOWS = "a_user_sees_what_rules_show_or_do_not_name", "the_catalog_follows_its_rules"
SOLD, FIFTY = "nobody_buys_what_is_kept_back", "fifty_items_are_proposed_of_those_that_are_seen"
Change = Callable[[Json], Json]


def ruled_as(world: World, call: Call, change: Change) -> Reply:
    """What users are shown if each rule were another one, or none."""
    before = {rule["rule_id"]: rule for rule in world.filter_rules.values("all", "all")}
    for number, rule in before.items():
        other = change(rule)
        world.filter_rules.put(number, other) if other else world.filter_rules.remove(number)
    try:
        return good(SHOW, world, call)
    finally:
        for number, rule in before.items():
            world.filter_rules.put(number, rule)


def with_conditions(rule: Json, change: Change) -> Json:
    """The rule with each of its conditions changed."""
    return {**rule, "attribute_conditions": [change(condition) for condition in rule["attribute_conditions"]]}


@plant(SHOW, caught_by=SEEN)
def rules_are_not_looked_at(world: World, call: Call) -> Reply:
    """Everybody sees everything."""
    return ruled_as(world, call, lambda _: None)


@plant(SHOW, caught_by=SEEN)
def rules_that_are_off_count(world: World, call: Call) -> Reply:
    """The switch of a rule is not looked at."""
    return ruled_as(world, call, lambda rule: {**rule, "is_enabled": True})


@plant(SHOW, caught_by=SEEN)
def one_condition_is_enough(world: World, call: Call) -> Reply:
    """Only the first condition of a rule is looked at."""
    return ruled_as(world, call, lambda rule: {**rule, "attribute_conditions": rule["attribute_conditions"][:1]})


@plant(SHOW, caught_by=SEEN)
def the_newest_rule_counts_alone(world: World, call: Call) -> Reply:
    """Of several rules about an item the last one decides."""

    def later(rule: Json, sku: str) -> bool:
        numbers = [number for number in world.filter_rules.keys("enabled", True) if number > rule["rule_id"]]
        return any(sku in world.filter_rules.get(number)["items"] for number in numbers)

    pruned = {
        rule["rule_id"]: {**rule, "items": [sku for sku in rule["items"] if not later(rule, sku)]}
        for rule in world.filter_rules.values("all", "all")
    }
    return ruled_as(world, call, lambda rule: pruned[rule["rule_id"]])


@plant(SHOW, caught_by=SEEN)
def numbers_are_compared_as_texts(world: World, call: Call) -> Reply:
    """`9` is not less than `10`, and `10` is not `10.0`."""
    words = {"eq": "eq", "ne": "ne", "er": "ne", "lt": "ne", "ee": "eq", "le": "eq"}

    def as_text(condition: Json) -> Json:
        told = {**condition, "type": "string", "operator": words[condition["operator"]]}
        return told if condition["type"] == "number" else condition

    return ruled_as(world, call, lambda rule: with_conditions(rule, as_text))


@plant(SHOW, caught_by=SEEN)
def less_and_greater_are_mixed_up(world: World, call: Call) -> Reply:
    """`lt` is read as less than, as in price conditions."""
    words = {"er": "lt", "lt": "er", "ee": "le", "le": "ee"}
    turned: Change = lambda condition: {**condition, "operator": words.get(condition["operator"], condition["operator"])}  # noqa: E731
    return ruled_as(world, call, lambda rule: with_conditions(rule, turned))


@plant(SHOW, caught_by=SEEN)
def what_is_missing_suits(world: World, call: Call) -> Reply:
    """A user without the attribute fulfils every condition."""
    return ruled_as(world, call, lambda rule: with_conditions(rule, lambda one: {**one, "can_be_missing": True}))


@plant(SHOW, caught_by=SEEN)
def what_is_missing_never_suits(world: World, call: Call) -> Reply:
    """`can_be_missing` is not looked at."""
    return ruled_as(world, call, lambda rule: with_conditions(rule, lambda one: {**one, "can_be_missing": False}))


@plant(SHOW, caught_by=SEEN)
def users_are_taken_for_strangers(world: World, call: Call) -> Reply:
    """`is_satisfied_for_unauth` shows the items to users who are signed in, too."""
    return ruled_as(world, call, lambda rule: None if rule["is_satisfied_for_unauth"] else rule)


@plant(SHOW, caught_by=SEEN)
def rules_judge_the_first_user(world: World, call: Call) -> Reply:
    """Everybody sees what one user sees."""
    return good(SHOW, world, Call(call.path, call.query, call.body, "user_1"))


@plant(CHANGE, caught_by=FOLLOWS)
def a_change_waits(world: World, call: Call) -> Reply:
    """The items of the rule stay those of before."""
    body = {name: value for name, value in call.body.items() if name != "items"}
    return good(CHANGE, world, Call(call.path, call.query, body, call.user_id))


@plant(DELETE, caught_by=FOLLOWS)
def a_deleted_rule_goes_on(world: World, call: Call) -> Reply:
    """Nobody sees the items of a rule that is gone."""
    rule = world.filter_rules.get(call.path["rule_id"])
    reply = good(DELETE, world, call)
    nobody = {"attribute": "nobody", "type": "string", "operator": "eq", "value": "nobody"}
    world.filter_rules.put(rule["rule_id"] + 1000, {**rule, "attribute_conditions": [nobody], "is_enabled": True})
    return reply


@plant(BUY, caught_by=SOLD)
def the_shop_sells_what_it_hides(world: World, call: Call) -> Reply:
    """Rules are looked at where items are shown, and not where they are bought."""
    before = list(world.filter_rules.values("all", "all"))
    for rule in before:
        world.filter_rules.remove(rule["rule_id"])
    try:
        return good(BUY, world, call)
    finally:
        for rule in before:
            world.filter_rules.put(rule["rule_id"], rule)


@plant(BUY, caught_by=SOLD)
def only_the_first_item_is_checked(world: World, call: Call) -> Reply:
    """The rest of the basket is sold unseen."""
    first, *rest = call.body["items"]
    reply = good(BUY, world, Call(call.path, call.query, {"items": [first]}, call.user_id))
    for entry in rest:
        key = (call.path["user_id"], entry["sku"])
        world.inventory.put(key, world.inventory.get(key, 0) + entry["quantity"])
    return reply


@plant(BUY, caught_by=SOLD)
def the_items_come_before_the_refusal(world: World, call: Call) -> Reply:
    """A purchase that is refused is handed over nevertheless."""
    try:
        return good(BUY, world, call)
    except Problem:
        for entry in call.body["items"]:
            world.inventory.put((call.path["user_id"], entry["sku"]), entry["quantity"])
        raise


@plant(SHOW, caught_by=FIFTY)
def hidden_items_are_more_to_come(world: World, call: Call) -> Reply:
    """`has_more` counts items that the user does not see."""
    reply = good(SHOW, world, call)
    listed = len(world.upsells.get(world.project_id)["items"])
    return Reply(200, Page(elements(reply), {"has_more": listed > len(elements(reply))}))


@plant(SHOW, caught_by=FIFTY)
def hidden_items_take_places(world: World, call: Call) -> Reply:
    """The page is cut at fifty before the hidden items are left out."""
    first = world.upsells.get(world.project_id)["items"][:50]
    reply = good(SHOW, world, call)
    return Reply(200, Page([item for item in elements(reply) if item["sku"] in first], reply.body.fields))
