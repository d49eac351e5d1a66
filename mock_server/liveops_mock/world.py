"""All state of one project: objects, users, clock, ids. It is handed to whoever needs it; nothing is kept anywhere else."""

import base64
import random
import re
from collections import deque
from collections.abc import Mapping
from functools import lru_cache
from string import ascii_letters, digits
from typing import Any

from .clock import START, Clock
from .collection import Collection, Key, Place, Snapshot
from .instants import next_reset
from .journal import Journal

Json = Any
MOVES_KEPT = 1000
PROJECT_ID = re.compile("[1-9][0-9]{0,9}")
LARGEST_ID = 2_147_483_647


def arranged(key: Key, value: Json) -> Place:
    """All objects in their arrangement order."""
    return "all", value["order"]


def arranged_by_enabled(key: Key, value: Json) -> Place:
    """Those switched on, and those switched off."""
    return value["is_enabled"], value["order"]


def by_value_point(key: Key, value: Json) -> Place:
    """The chains of a value point."""
    return value["value_point"], 0


def by_next_reset(key: Key, value: Json) -> Place:
    """The chains that start over by themselves, the next one first."""
    schedule = value["recurrent_schedule"]
    return ("due", next_reset(schedule, value["reset_until"])) if schedule else None


def by_first(key: Key, value: Json) -> Place:
    """Grouped by the first part of the key."""
    return key[0], 0


def by_last(key: Key, value: Json) -> Place:
    """Grouped by the last part of the key."""
    return key[-1], 0


def by_thing_and_user(key: Key, value: Json) -> Place:
    """The uses of a thing by a user, the oldest first."""
    return (key[0], key[-1]), value["at"]


def numbered(key: Key, value: Json) -> Place:
    """All objects by their numbers or names."""
    return "all", 0


def numbered_by_enabled(key: Key, value: Json) -> Place:
    """Those switched on, and those switched off, by their numbers."""
    return value["is_enabled"], 0


def promotion(key: Key, value: Json) -> Place:
    """All promotions by their numbers."""
    return "all", value["id"]


def promotion_by_enabled(key: Key, value: Json) -> Place:
    """Those switched on, and those switched off, by their numbers."""
    return value["is_enabled"], value["id"]


def by_kind(key: Key, value: Json) -> Place:
    """Those of one kind, by their numbers."""
    return value["kind"], value["id"]


def by_item_id(key: Key, value: Json) -> Place:
    """The item of a number."""
    return value["item_id"], 0


def by_switch(key: Key, value: Json) -> Place:
    """Those of one kind that are switched on, and those that are switched off, by their numbers."""
    return (value["kind"], value["is_enabled"]), value["id"]


def by_clan(key: Key, value: Json) -> Place:
    """The members of a clan."""
    return (value["joined_clan"], 0) if value["joined_clan"] is not None else None


def by_user(key: Key, value: Json) -> Place:
    """Grouped by the user, the oldest first."""
    return value["user_id"], 0


def by_id(key: Key, value: Json) -> Place:
    """The object of a number."""
    return value["id"], 0


def by_campaign(key: Key, value: Json) -> Place:
    """The codes of a campaign, in the order in which they were added."""
    return value["campaign"], value["place"]


def by_campaign_status(key: Key, value: Json) -> Place:
    """The redemptions of a campaign that are used, and those that are reserved."""
    return (value["campaign"], value["status"]), 0


def by_code_status(key: Key, value: Json) -> Place:
    """The redemptions of a code that are used, and those that are reserved."""
    return (value["code"], value["status"]), 0


def by_payment(key: Key, value: Json) -> Place:
    """Those that are paid, by the moment of payment."""
    return ("paid", value["paid"]) if value["status"] == "paid" else None


BY_PROMOTION = {"all": promotion, "enabled": promotion_by_enabled, "kind": by_kind, "switch": by_switch}
BY_USE = {"thing": by_first, "user": by_last, "thing_user": by_thing_and_user}


class World:
    """One project. Same seed and same requests give the same bytes."""

    def __init__(
        self,
        project_id: int,
        api_key: str,
        user_secret: str,
        spellings: Mapping[str, str],
        *,
        seed: int | None = 1,
        clock: Clock | None = None,
    ) -> None:
        self.project_id = project_id
        self.api_key = api_key
        self.user_secret = user_secret
        self.project_basic = (
            "Basic " + base64.b64encode(f"{project_id}:{api_key}".encode()).decode()
        )  # the usual header, ready-made
        self.spellings = spellings  # five-letter language codes of the description → two-letter ones
        self.journal = Journal()
        self.begin(seed, clock or Clock(START, "frozen"))

    def begin(self, seed: int | None, clock: Clock) -> None:
        """Be empty, at the start of time. Without a seed nobody can guess what is drawn."""
        self.seed = seed
        self.clock = clock
        self.now = clock.now()  # the virtual time of the request in hand
        self.random = random.SystemRandom() if seed is None else random.Random(seed)
        self.value_points = Collection({"arranged": arranged})
        self.vp_rewards = Collection({"value_point": by_first, "item": by_last})  # (value point, item) → points a piece
        self.items = Collection({"all": numbered, "number": by_item_id})
        self.filter_rules = Collection({"all": numbered, "enabled": numbered_by_enabled})
        self.reward_chains = Collection(
            {"arranged": arranged, "enabled": arranged_by_enabled, "value_point": by_value_point, "due": by_next_reset}
        )
        self.offer_chains = Collection({"arranged": arranged, "enabled": arranged_by_enabled, "due": by_next_reset})
        self.scheduled = {"reward_chains": self.reward_chains, "offer_chains": self.offer_chains}  # may start over by themselves
        self.upsells = Collection()  # project → its only upsell
        self.daily_chains = Collection({"arranged": arranged, "enabled": arranged_by_enabled})
        self.promotions = Collection(BY_PROMOTION)  # discounts and bonuses
        self.promotion_uses = Collection(BY_USE)  # (promotion, use, user) → when, how many, and by which order
        self.item_uses = Collection(BY_USE)  # (item, use, user) → the same
        self.users = Collection({"clan": by_clan})
        self.balances = Collection({"value_point": by_first, "user": by_last})  # (value point, user) → points
        self.claims = Collection({"chain": by_first, "user": by_last})  # (chain, step, user) → when
        self.daily_claims = Collection({"chain": by_first})  # (daily chain, step, user) → when
        self.offer_claims = Collection({"chain": by_first})  # (chain, step, user) → the order that gave the step
        self.inventory = Collection({"user": by_first})  # (user, item) → pieces
        self.campaigns = Collection({**BY_PROMOTION, "number": by_id})  # (kind, external id) → campaign
        self.codes = Collection({"campaign": by_campaign})  # code → number of its campaign, and its place there
        self.redemptions = Collection(
            {"campaign": by_campaign_status, "code": by_code_status}
        )  # number → who, which code, status
        self.spent = Collection({"campaign": by_first})  # (campaign, user) → how much of the limit per user is gone
        self.carts = Collection()  # user → what the user is about to buy
        self.callers = Collection()  # users who called with a token → since when
        self.orders = Collection({"user": by_user, "payment": by_payment})
        self.counters: dict[str, int] = {}
        self.moves: deque[tuple[int, dict[str, Snapshot], dict[str, int]]] = deque(maxlen=MOVES_KEPT)

    def next_id(self, kind: str) -> int:
        """The next number of a kind; numbers are never given twice."""
        self.counters[kind] = self.counters.get(kind, 0) + 1
        return self.counters[kind]

    def transaction_id(self) -> str:
        """Names one answer in the logs."""
        return f"{self.random.getrandbits(128):032x}"

    def payment_token(self, order_id: int) -> str:
        """Opens the payment of one order; the same again if time is turned back and the order made anew."""
        return "".join(random.Random(f"{self.seed} {order_id}").choices(ascii_letters + digits, k=32))

    def collections(self) -> dict[str, Collection]:
        """Everything that is stored, by name."""
        return {name: part for name, part in vars(self).items() if isinstance(part, Collection)}

    def set_time(self, instant: int) -> None:
        """Turn the clock, without any of what a move sets off."""
        self.clock.set(instant)
        self.now = instant

    def remember(self) -> None:
        """Keep what is stored now, so that the clock can be turned back to this moment."""
        stored = {name: part.snapshot() for name, part in self.collections().items()}
        self.moves.append((self.now, stored, dict(self.counters)))

    def recall(self, instant: int) -> None:
        """Be what was stored at the last remembered moment not later than the instant, or at the first one there is."""
        while len(self.moves) > 1 and self.moves[-1][0] > instant:
            self.moves.pop()
        if not self.moves:
            return
        moment, snapshots, counters = self.moves[-1]  # it stays, so that the clock can be turned back further
        self.counters = dict(counters)
        for name, part in self.collections().items():
            part.restore(snapshots[name])
        self.set_time(min(moment, instant))


class Projects:
    """The worlds that one server holds, and the merchant who owns them all."""

    def __init__(self, home: World, merchant_id: int) -> None:
        self.home = home
        self.merchant_id = merchant_id
        self.worlds = {home.project_id: home}

    def named(self, project_id: str | None) -> World | None:
        """The world of that number, if there is one."""
        number = project_number(project_id)
        return None if number is None else self.worlds.get(number)


@lru_cache(maxsize=512)
def project_number(text: str | None) -> int | None:
    """The number of a project that a text stands for."""
    return int(text) if text and PROJECT_ID.fullmatch(text) and int(text) <= LARGEST_ID else None
