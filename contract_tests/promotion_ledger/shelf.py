"""The catalog, discounts and bonuses, and of which tier players are."""

from promotion_acts.words import DONE, Item, Promotion

from promotion_ledger.facts import Facts
from promotion_ledger.limits import forget_lapsed


def set_tier(facts: Facts, player: str, tier: str) -> object:
    """A player is of a tier from now on, and known."""
    facts.tiers[player] = tier
    return DONE


def define_item(facts: Facts, sku: str, item: Item) -> object:
    """An item has another price and limit; what was bought counts on."""
    forget_lapsed(facts, ("item", sku))
    facts.items[sku] = item
    return DONE


def replace_promotion(facts: Facts, name: str, promotion: Promotion) -> object:
    """A promotion is another one, on or off as it was, and a new one off; how often it was used counts on."""
    forget_lapsed(facts, ("promotion", name))
    facts.promotions[name] = promotion
    return DONE


def delete_promotion(facts: Facts, name: str) -> object:
    """A promotion is gone."""
    facts.promotions[name] = None
    return DONE


def switch_promotion(facts: Facts, name: str, is_enabled: bool) -> object:
    """A promotion is on or off."""
    (facts.switched_on.add if is_enabled else facts.switched_on.discard)(name)
    return DONE
