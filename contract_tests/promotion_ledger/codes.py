"""Campaigns, their codes, and who may redeem them."""

from collections import Counter

from promotion_acts.words import DONE, Campaign, Refused

from promotion_ledger.facts import Facts, Redemption
from promotion_ledger.limits import left
from promotion_ledger.prices import is_open, suits

GONE = Refused(4001)


def create_campaign(facts: Facts, name: str, campaign: Campaign) -> object:
    """A new campaign is switched off; its name must be free."""
    if facts.campaigns.get(name):
        return Refused(6215)
    facts.campaigns[name] = campaign
    return DONE


def replace_campaign(facts: Facts, name: str, campaign: Campaign) -> object:
    """Switch and codes stay; no limit may be below what is taken."""
    taken = [one.code for one in facts.redemptions if one.campaign == name]
    if (campaign.total or len(taken)) < len(taken) or any((campaign.per_code or n) < n for n in Counter(taken).values()):
        return Refused(6254)
    facts.campaigns[name] = campaign
    return DONE


def delete_campaign(facts: Facts, name: str) -> object:
    """Its codes are free, and nobody holds one any more."""
    facts.campaigns[name] = None
    facts.switched_on.discard(name)
    facts.codes = {code: campaign for code, campaign in facts.codes.items() if campaign != name}
    facts.redemptions = [one for one in facts.redemptions if one.campaign != name]
    facts.spent = Counter({key: count for key, count in facts.spent.items() if key[0] != name})
    return DONE


def switch_campaign(facts: Facts, name: str, is_enabled: bool) -> object:
    """Switch a campaign that there is."""
    if not facts.campaigns[name]:
        return GONE
    (facts.switched_on.add if is_enabled else facts.switched_on.discard)(name)
    return DONE


def add_code(facts: Facts, name: str, code: str) -> object:
    """A code belongs to one campaign alone."""
    if code in facts.codes:
        return Refused(9803)
    facts.codes[code] = name
    return code


def generate_codes(facts: Facts, name: str, count: int) -> object:
    """So many more codes, whatever they are."""
    facts.generated[name] += count
    return count


def learn_codes(facts: Facts, name: str, codes: tuple[str, ...]) -> object:
    """Whether these can be the codes of a campaign: the known ones and as many fresh ones as were made up."""
    known = tuple(code for code, campaign in facts.codes.items() if campaign == name)
    fresh = codes[len(known) :]
    is_sound = codes[: len(known)] == known and len({*fresh} - facts.codes.keys()) == len(fresh) == facts.generated[name]
    facts.codes |= dict.fromkeys(fresh, name)
    facts.generated[name] = 0
    return is_sound and all(code.isascii() and code.isalnum() for code in fresh)


def redeem(facts: Facts, player: str, code: str) -> object:
    """A coupon gives its items at once."""
    campaign = usable(facts, "coupon", player, code)
    if isinstance(campaign, Refused):
        return campaign
    take(facts, player, code).is_used = True
    facts.held[player].update(campaign.gifts)
    return campaign.gifts


def usable(facts: Facts, kind: str, player: str, code: str) -> Campaign | Refused:
    """The campaign of a code that a player may redeem now, or why not."""
    name = facts.codes.get(code, "")
    campaign = facts.campaigns.get(name)
    if campaign is None or campaign.kind != kind:
        return GONE
    closed = why_closed(facts, player, name)
    if closed:
        return closed
    taken = [one.code for one in facts.redemptions if one.campaign == name]
    is_spent = campaign.total == len(taken) or campaign.per_code == taken.count(code)
    return Refused(9804) if is_spent or left(facts, "campaign", name, player) == 0 else campaign


def why_closed(facts: Facts, player: str, name: str) -> Refused | None:
    """Why a campaign is not open to a player now."""
    campaign = facts.campaigns[name]
    if campaign is None:
        return GONE
    if name not in facts.switched_on:
        return Refused(6250)
    if not is_open(campaign.windows, facts.now):
        return Refused(6251)
    return None if suits(facts, player, campaign.tier) else Refused(6252)


def take(facts: Facts, player: str, code: str) -> Redemption:
    """The player holds a redemption of a code."""
    held = Redemption(facts.codes[code], code, player)
    facts.redemptions.append(held)
    facts.spent[held.campaign, player] += 1
    return held


def give_back(facts: Facts, held: Redemption | None) -> None:
    """The redemption is free again, if its campaign still is."""
    if held in facts.redemptions:
        facts.redemptions.remove(held)
        facts.spent[held.campaign, held.player] = max(0, facts.spent[held.campaign, held.player] - 1)
