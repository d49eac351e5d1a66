"""What the ledger of a season of promotions keeps: facts in plain lists and counters."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction

from promotion_acts.words import Campaign, Item, Promotion

Items = tuple[tuple[str, int], ...]


@dataclass(eq=False)
class Redemption:
    """A code that a player holds for a purchase, or has used."""

    campaign: str
    code: str
    player: str
    is_used: bool = False


@dataclass(eq=False)
class Order:
    """What a player ordered."""

    items: Items
    price: Fraction | None
    gifts: dict[str, int]
    promotions: frozenset[str]
    redemptions: list[Redemption]
    status: str = "new"


@dataclass(eq=False)
class Use:
    """Pieces of an item that were bought, or a promotion that was used; an operator notes them without an order."""

    at: datetime
    pieces: int
    order: Order | None


@dataclass(eq=False)
class Cart:
    """What a player is about to buy."""

    items: Items
    offer_code: str | None
    promo_code: Redemption | None = None


Thing = tuple[str, str]  # item or promotion, and its name


@dataclass
class Facts:
    """Everything that was ever put up, and what players did with it."""

    now: datetime
    tiers: dict[str, str] = field(default_factory=dict)
    items: dict[str, Item] = field(default_factory=dict)
    promotions: dict[str, Promotion | None] = field(default_factory=dict)  # None for one that is gone
    campaigns: dict[str, Campaign | None] = field(default_factory=dict)
    switched_on: set[str] = field(default_factory=set)
    written: dict[Thing, datetime] = field(default_factory=dict)  # when a limit got its schedule
    codes: dict[str, str] = field(default_factory=dict)  # code → campaign
    generated: Counter[str] = field(default_factory=Counter)  # codes of a campaign whose text is not known yet
    redemptions: list[Redemption] = field(default_factory=list)
    spent: Counter[tuple[str, str]] = field(default_factory=Counter)  # campaign, player
    uses: defaultdict[tuple[Thing, str], list[Use]] = field(default_factory=lambda: defaultdict(list))
    carts: dict[str, Cart] = field(default_factory=dict)
    orders: defaultdict[str, list[Order]] = field(default_factory=lambda: defaultdict(list))
    held: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
