"""The rules of the personalized catalog: which items are for some users alone."""

from typing import Any

from ..ledger import require_items, with_bundle_type
from ..messages import Call, Page, Reply
from ..problems import NamedTwice, NotFound
from ..texts import one_language
from ..world import World

Json = Any
TYPELESS = ("game_key", "nft")  # for these types the answer has no word
SHORT = ("rule_id", "name", "is_enabled", "is_satisfied_for_unauth")


def get_filter_rules(world: World, call: Call) -> Reply:
    """One page of the rules, the oldest first."""
    enabled, offset, limit = call.query["is_enabled"], call.query["offset"], call.query["limit"]
    order, group = ("all", "all") if enabled is None else ("enabled", enabled == 1)
    keys, total = list(world.filter_rules.keys(order, group, offset, limit)), world.filter_rules.count(order, group)
    fields = {"total_items_count": total, "has_more": offset + len(keys) < total}
    return Reply(200, Page([shown(world, world.filter_rules.get(key)) for key in keys], fields))


def get_all_filter_rules(world: World, call: Call) -> Reply:
    """All rules in short, the oldest first."""
    return Reply(200, Page([{name: rule[name] for name in SHORT} for rule in world.filter_rules.values("all", "all")]))


def shown(world: World, rule: Json) -> Json:
    """A rule as an operator reads it."""
    return {**rule, "items": [shown_item(world, sku) for sku in rule["items"]]}


def shown_item(world: World, sku: str) -> Json:
    """An item of a rule with what the catalog says of it."""
    item = world.items.get(sku)
    named = {"item_id": item["item_id"], "sku": sku, "name": one_language(item["name"]) or sku}
    return with_bundle_type(named if item["type"] in TYPELESS else {**named, "type": item["type"]}, item)


def create_filter_rule(world: World, call: Call) -> Reply:
    """Keep items for the users whom the conditions suit."""
    skus = named_items(world, call.body["items"])

    rule_id = world.next_id("filter_rule")
    world.filter_rules.put(rule_id, stored(rule_id, call.body, skus))
    return Reply(201, {"rule_id": rule_id})


def stored(rule_id: int, body: Json, skus: list[str]) -> Json:
    """A rule as it is kept; what the body leaves out is the server's default."""
    return {
        "rule_id": rule_id,
        "name": body["name"],
        "is_enabled": body["is_enabled"],
        "is_satisfied_for_unauth": body.get("is_satisfied_for_unauth", False),
        "attribute_conditions": body["attribute_conditions"],
        "items": skus,
    }


def named_items(world: World, entries: list[Json]) -> list[str]:
    """The SKUs of the items that a body names, if the catalog has them and each is named once."""
    require_items(world, [entry["sku"] for entry in entries if "sku" in entry])
    skus = [entry["sku"] if "sku" in entry else sku_of(world, entry["item_id"]) for entry in entries]
    twice = next((sku for place, sku in enumerate(skus) if sku in skus[:place]), None)
    if twice is not None:
        raise NamedTwice(f"The list names item '{twice}' more than once, by its SKU or its number; name each item once")
    return skus


def sku_of(world: World, item_id: int) -> str:
    """The SKU of the item with this number."""
    sku: str | None = next(world.items.keys("number", item_id), None)
    if sku is None:
        raise NotFound(f"Item with id = {item_id} not found; add it to the catalog of the project first")
    return sku


def require_rule(world: World, call: Call) -> Json:
    """The rule that the path names, or a refusal."""
    rule = world.filter_rules.get(call.path["rule_id"])
    if rule is None:
        raise NotFound(f"Filter rule not found: the project has no rule {call.path['rule_id']}; list the rules to see their ids")
    return rule


def get_filter_rule_by_id(world: World, call: Call) -> Reply:
    """One rule."""
    return Reply(200, shown(world, require_rule(world, call)))


def update_filter_rule_by_id(world: World, call: Call) -> Reply:
    """Replace a rule; what is left out is the server's default again."""
    rule_id = require_rule(world, call)["rule_id"]
    skus = named_items(world, call.body["items"])

    world.filter_rules.put(rule_id, stored(rule_id, call.body, skus))
    return Reply(204)


def patch_filter_rule_by_id(world: World, call: Call) -> Reply:
    """Change what the body names; the rest stays."""
    rule = require_rule(world, call)
    skus = named_items(world, call.body["items"]) if "items" in call.body else rule["items"]

    world.filter_rules.put(rule["rule_id"], {**rule, **call.body, "items": skus})
    return Reply(204)


def delete_filter_rule_by_id(world: World, call: Call) -> Reply:
    """Forget a rule; items that no other one names are for everybody again."""
    world.filter_rules.remove(require_rule(world, call)["rule_id"])
    return Reply(204)
