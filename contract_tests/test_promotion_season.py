"""A season of promotions is as its ledger says; a server that lies, or forgets, is found out."""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import promotion_ledger
import pytest
from liveops_contract.defects import all_defects
from liveops_mock import CONTROL_RULES, RULES, Call, MockServer, Page, Reply, Rule, World
from promotion_acts.words import Refused
from promotion_ledger import differences
from promotion_season import PromotionSeason
from season_game import KEY, PROJECT, SECRET

Json = Any
CENT = Decimal("0.01")
OFTEN = ("buy", "enter", "fill", "leave", "look", "order", "redeem", "settle")
RULES_OF_THE_GAME = {1401, 1460, 4508, 4509, 4510, 4511, 6230, 6250, 6251, 6252, 6254, 6260, 6261, 6262, 6263, 9803, 9804}


@pytest.mark.slow
def test_the_ledger_of_a_season_of_promotions_equals_its_recomputation() -> None:
    """Fifty players, ninety days: every price, gift and refusal, and four times every counter, inventory and limit."""
    season = PromotionSeason(players=50, days=90)
    season.play()

    assert list(differences(season.diary)) == []
    done = Counter(deed.what for deed in season.diary if not isinstance(deed.answer, Refused))
    assert min(done[what] for what in OFTEN) > 50
    assert {deed.answer.code for deed in season.diary if isinstance(deed.answer, Refused)} >= RULES_OF_THE_GAME


def test_the_same_seed_gives_the_same_season() -> None:
    """Every deed and every answer, and another seed another one."""
    diaries = []
    for seed in (1, 1, 2):
        season = PromotionSeason(players=4, days=6, seed=seed)
        season.play()
        diaries.append(season.diary)

    assert diaries[0] == diaries[1] != diaries[2]


def cart_dearer(body: Json) -> None:
    """A cart that costs a cent more than it should."""
    price = body["cart"]["price"]
    if price:
        price["amount"] = str(Decimal(price["amount"]) + CENT)


def order_dearer(body: Json) -> None:
    """An order that costs a cent more than it should."""
    if body["price"]:
        body["price"]["amount"] = float(Decimal(str(body["price"]["amount"])) + CENT)


def gifts_hidden(body: Json) -> None:
    """A cart without what comes on top."""
    body["items"] = [entry for entry in body["items"] if not entry["is_free"]]


def one_more_owned(body: Json) -> None:
    """A piece too many in an inventory."""
    if body["inventory"]:
        body["inventory"][-1]["quantity"] += 1


def one_less_left(body: Json) -> None:
    """A limit of which one is missing."""
    body["per_user"]["available"] = max(0, body["per_user"]["available"] - 1)


def one_more_used(body: Json) -> None:
    """A campaign of which one more redemption is told as used."""
    state = body["total_limit_state"]
    if state:
        body["total_limit_state"] = {**state, "used": state["used"] + 1, "available": state["available"] - 1}


def used_is_reserved(page: Page) -> None:
    """Codes whose redemptions are all told as reserved."""
    for entry in page.items:
        counts = entry["per_code"]
        entry["per_code"] = {**counts, "used": 0, "reserved": counts["used"] + counts["reserved"]}


LIES: dict[str, Callable[[Any], None]] = {
    "control-fill-cart": cart_dearer,
    "control-order-cart": order_dearer,
    "redeem-promo-code": gifts_hidden,
    "control-read-user": one_more_owned,
    "get-user-item-limit": one_less_left,
    "get-user-promotion-limit": one_less_left,
    "get-promo-code-user-limit": one_less_left,
    "get-unique-catalog-offer": one_more_used,
    "get-coupon-code-limit": used_is_reserved,
}
BUGS = (
    "half_a_cent_is_cut_off",
    "the_bonus_is_lost_with_the_order",
    "payment_leaves_the_redemption_reserved",
    "a_coupon_works_at_any_time",
    "items_of_a_coupon_never_arrive",
    "raising_uses_stops_at_the_limit",
    "an_order_is_paid_as_often_as_one_likes",
)


def lying(operation: str, lie: Callable[[Any], None]) -> Rule:
    """The rule of an operation, with another answer than it has."""

    def rule(world: World, call: Call) -> Reply:
        reply = (RULES.get(operation) or CONTROL_RULES[operation])(world, call)
        lie(reply.body)
        return reply

    return rule


@pytest.mark.slow
@pytest.mark.parametrize("operation", LIES)
def test_a_tampered_answer_differs_from_the_ledger(operation: str) -> None:
    """A price, a gift, an inventory, a counter or a limit that is told otherwise."""
    assert first_difference({operation: lying(operation, LIES[operation])})


@pytest.mark.slow
@pytest.mark.parametrize("name", BUGS)
def test_a_planted_bug_differs_from_the_ledger(name: str) -> None:
    """Rules of the game that do something else than they should."""
    (defect,) = [one for one in all_defects() if one.name == name]

    assert first_difference({defect.operation: defect.rule})


def first_difference(rules: Mapping[str, Rule]) -> str | None:
    """What is noticed first of a short season under other rules."""
    season = PromotionSeason(players=6, days=16, server=MockServer(PROJECT, KEY, SECRET, rules={**RULES, **rules}))
    season.play()
    return next(differences(season.diary), None)


def test_the_ledger_knows_nothing_but_the_diary() -> None:
    """It shares words with those who act, and neither their plan nor their calls; a sound short season agrees with it."""
    sources = "".join(path.read_text(encoding="utf-8") for path in Path(promotion_ledger.__file__).parent.glob("*.py"))
    ours = set(re.findall(r"^(?:from|import) ((?:promotion|season|liveops|xsolla)[\w.]*)", sources, re.M))

    assert {name for name in ours if not name.startswith("promotion_ledger")} == {"promotion_acts.words"}
    assert first_difference({}) is None
