"""The books as the ledger has them."""

from collections import Counter
from typing import Any

from promotion_ledger.codes import GONE
from promotion_ledger.facts import Facts
from promotion_ledger.limits import left, refusal

Books = dict[tuple[str, ...], Any]


def count(facts: Facts) -> Books:
    """Every counter, inventory and order."""
    told: Books = {}
    for name in facts.campaigns:
        told |= of_campaign(facts, name)
    limited = [("campaign", name) for name, campaign in facts.campaigns.items() if campaign is None or campaign.kind != "offer"]
    limited += [("promotion", name) for name in facts.promotions] + [("item", sku) for sku in facts.items]
    for of, name in limited:
        refused = refusal(facts, of, name, None)
        players = [] if refused else list(facts.tiers)
        told |= {("left", of, name): refused} if refused else {}
        told |= {("left", of, name, player): left(facts, of, name, player) for player in players}
    for player in facts.tiers:
        told["held", player] = {sku: pieces for sku, pieces in facts.held[player].items() if pieces}
        told["orders", player] = tuple((order.status, order.price) for order in facts.orders[player])
    return told


def of_campaign(facts: Facts, name: str) -> Books:
    """What has become of the redemptions of a campaign, and of each of its codes."""
    campaign = facts.campaigns[name]
    if campaign is None:
        return {("campaign", name): GONE}
    used = Counter(one.code for one in facts.redemptions if one.campaign == name and one.is_used)
    held = Counter(one.code for one in facts.redemptions if one.campaign == name and not one.is_used)
    total = campaign.total
    taken = held.total(), used.total()
    told: Books = {("campaign", name): (total - sum(taken), *taken) if total else None}
    codes = [code for code, owner in facts.codes.items() if owner == name] if campaign.kind != "offer" else []
    for code in codes:
        free = None if campaign.per_code is None else campaign.per_code - held[code] - used[code]
        told["code", name, code] = campaign.per_code, free, held[code], used[code]
    return told
