"""Limits of players: how much is left of items, promotions and campaigns, and what an operator does about it."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache

from promotion_acts.words import DONE, Campaign, Item, Promotion, Refused, Schedule

from promotion_ledger.facts import Facts, Order, Thing, Use

MISSING = {"item": 4001, "promotion": 1101, "campaign": 9802}
UNLIMITED = {"item": 4508, "promotion": 4509, "campaign": 4509}
BEYOND = {"item": 4510, "promotion": 4511, "campaign": 4511}


@lru_cache(maxsize=2048)
def last_strike(schedule: Schedule, now: datetime) -> datetime:
    """The latest moment up to now at which a count started over: walk back day by day."""
    hour = time.fromisoformat(schedule.time)
    today = now.astimezone(hour.tzinfo).date()
    days = (today - timedelta(days=back) for back in range(40))
    moments = (datetime.combine(one, hour) for one in days if strikes_on(schedule, one))
    return next(moment for moment in moments if moment <= now)


def strikes_on(schedule: Schedule, one: date) -> bool:
    """Whether a schedule strikes on a day; a month that is too short has its last day instead."""
    if schedule.interval == "weekly":
        return one.isoweekday() == schedule.day
    is_last = (one + timedelta(days=1)).day == 1
    return schedule.day is None or one.day == schedule.day or (is_last and one.day < schedule.day)


def thing_of(facts: Facts, of: str, name: str) -> Item | Promotion | Campaign | None:
    """What is limited, if there is such a thing."""
    if of == "item":
        return facts.items.get(name)
    return facts.promotions.get(name) if of == "promotion" else facts.campaigns.get(name)


def total_of(facts: Facts, of: str, name: str) -> int | None:
    """How much each player may have; None for any number."""
    found = thing_of(facts, of, name)
    return None if found is None else found.per_user


def counted(facts: Facts, thing: Thing, player: str) -> list[Use]:
    """The uses after which no count has started over, the oldest first."""
    found, uses = thing_of(facts, *thing), facts.uses[thing, player]
    if found is None or isinstance(found, Campaign) or found.schedule is None:
        return uses
    struck = last_strike(found.schedule, facts.now)
    return [use for use in uses if max(use.at, facts.written[thing]) >= struck]


def left(facts: Facts, of: str, name: str, player: str) -> int | None:
    """How much a player may still have; None for any number."""
    total = total_of(facts, of, name)
    if total is None:
        return None
    used = facts.spent[name, player] if of == "campaign" else sum(use.pieces for use in counted(facts, (of, name), player))
    return max(0, total - used)


def note(facts: Facts, thing: Thing, player: str, pieces: int, order: Order | None) -> None:
    """Something is used now."""
    facts.uses[thing, player].append(Use(facts.now, pieces, order))


def forget_lapsed(facts: Facts, thing: Thing) -> None:
    """What counts no more will not count again, whatever schedule comes now."""
    for (other, player), uses in facts.uses.items():
        if other == thing:
            uses[:] = counted(facts, thing, player)
    facts.written[thing] = facts.now


def refusal(facts: Facts, of: str, name: str, player: str | None) -> Refused | None:
    """Why there is nothing to say of a limit."""
    if thing_of(facts, of, name) is None:
        return Refused(MISSING[of])
    if player is not None and player not in facts.tiers:
        return Refused(5008)
    return Refused(UNLIMITED[of]) if total_of(facts, of, name) is None else None


def move_limit(facts: Facts, of: str, name: str, player: str, act: str, by: int) -> object:
    """An operator raises, lowers or sets what is left to a player."""
    refused = refusal(facts, of, name, player)
    if refused:
        return refused
    before, total = left(facts, of, name, player) or 0, total_of(facts, of, name) or 0
    wish = {"add": before + by, "remove": before - by, "set": by}[act]
    if not 0 <= wish <= total:
        return Refused(BEYOND[of])
    if of == "campaign":
        facts.spent[name, player] = total - wish
    else:
        leave(facts, (of, name), player, total - wish)
    return wish


def leave(facts: Facts, thing: Thing, player: str, wanted: int) -> None:
    """So many uses shall count: add some, or take some off, those of operators first."""
    uses = counted(facts, thing, player)
    more = wanted - sum(use.pieces for use in uses)
    if more > 0:
        note(facts, thing, player, more, None)
    for use in [use for use in uses if use.order is None] + [use for use in uses if use.order is not None]:
        while more < 0 and use.pieces:
            use.pieces -= 1
            more += 1


def refresh_limit(facts: Facts, of: str, name: str, player: str | None) -> object:
    """An operator lets what is left to a player, or to everybody, be whole again."""
    refused = refusal(facts, of, name, player)
    if refused:
        return refused
    for (thing, other), uses in facts.uses.items():
        if thing == (of, name) and player in (None, other):
            uses.clear()
    return DONE


def refresh_limits(facts: Facts, of: str, player: str) -> object:
    """An operator lets all items, or all promotions, of a player be whole again."""
    if player not in facts.tiers:
        return Refused(5008)
    for (thing, other), uses in facts.uses.items():
        if thing[0] == of and other == player:
            uses.clear()
    return DONE
