"""The rules of the upsell: what a shop proposes beside a purchase. A project has one at most."""

from collections import Counter
from typing import Any

from ..ledger import require_items, with_bundle_type
from ..messages import Call, Page, Reply
from ..orders import paid_since
from ..personalization import hidden_items
from ..problems import AlreadyExists, NotFound
from ..promotions import available, promoted_items
from ..shop import costs_nothing, price_and_promotions, shown_item
from ..world import World

Json = Any
PAGE = 50
DAYS_30 = 30 * 86_400


def get_upsell_configurations_for_project_admin(world: World, call: Call) -> Reply:
    """The upsell as the only element of a list."""
    upsell = world.upsells.get(world.project_id)
    return Reply(200, [] if upsell is None else [{**upsell, "items": [listed(world, sku) for sku in upsell["items"]]}])


def listed(world: World, sku: str) -> Json:
    """An item of a fixed list with what the catalog says of it."""
    item = world.items.get(sku)
    shown = {name: item[name] for name in ("item_id", "sku", "type", "name")}
    return with_bundle_type(shown, item)


def post_upsell(world: World, call: Call) -> Reply:
    """Say what the shop proposes, for the first time."""
    if world.project_id in world.upsells:
        raise AlreadyExists("The project has an upsell already, and there is one only; replace it with PUT")
    return written(world, call.body)


def put_upsell(world: World, call: Call) -> Reply:
    """Replace what the shop proposes."""
    require_upsell(world)
    return written(world, call.body)


def written(world: World, body: Json) -> Reply:
    """Keep an upsell whose items exist."""
    skus = body.get("items", [])
    require_items(world, skus)

    world.upsells.put(world.project_id, {"is_enabled": body["is_enabled"], "type": body["type"], "items": skus})
    return Reply(202)


def require_upsell(world: World) -> Json:
    """The upsell of the project, or a refusal."""
    upsell = world.upsells.get(world.project_id)
    if upsell is None:
        raise NotFound("Upsell not found: the project has none yet; create it with POST")
    return upsell


def put_upsell_toggle_active_inactive(world: World, call: Call) -> Reply:
    """Switch the upsell on or off."""
    upsell = require_upsell(world)

    world.upsells.put(world.project_id, {**upsell, "is_enabled": call.path["toggle"] == "activate"})
    return Reply(202)


def get_upsell_for_project_client(world: World, call: Call) -> Reply:
    """The items that the shop proposes to the user now."""
    hidden = hidden_items(world, call.user_id)
    skus = [sku for sku in proposed(world, call.user_id) if sku not in hidden]
    promotions = available(world, call.user_id)
    items = [shown_to_user(world, call.user_id, promotions, sku) for sku in skus[:PAGE]]
    return Reply(200, Page(items, {"has_more": len(skus) > PAGE}))


def proposed(world: World, user_id: str) -> list[str]:
    """The SKUs to propose, best first; none while the upsell is switched off."""
    upsell = world.upsells.get(world.project_id)
    if upsell is None or not upsell["is_enabled"]:
        return []
    if upsell["type"] == "most_sellable":
        return best_sellers(world)
    if upsell["type"] == "only_promotions":
        return promoted_items(world, user_id)
    skus: list[str] = upsell["items"]
    return skus


def best_sellers(world: World) -> list[str]:
    """The SKUs of what was sold in the last 30 days: most pieces first, equally many by SKU. A free step is no sale."""
    pieces: Counter[str] = Counter()
    for order in paid_since(world, world.now - DAYS_30):
        is_gift = order["offer"] is not None and order["price"] is None
        for entry in () if is_gift else order["items"]:
            pieces[entry["sku"]] += entry["quantity"]
    return sorted(pieces, key=lambda sku: (-pieces[sku], sku))


def shown_to_user(world: World, user_id: str, promotions: list[Json], sku: str) -> Json:
    """An item as a user sees it in the shop."""
    told = price_and_promotions(world, user_id, promotions, sku)
    groups = world.items.get(sku)["facts"]["groups"]
    facts = {"groups": groups, "is_free": costs_nothing(told["price"]), "custom_attributes": {}}
    return {**shown_item(world, user_id, promotions, sku), **facts, **told}
