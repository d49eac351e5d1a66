"""Planted bugs of rules across fields: a mock that does not know a rule, or reads it wrongly."""

from collections.abc import Iterator
from typing import Any

from liveops_contract.defects import plant

Json = Any
OFFER, DAILY = "admin-create-offer-chain", "admin-update-daily-chain"
ENDS, ONCE = "an_end_is_not_earlier_than_its_start", "what_is_unique_in_a_list_stands_there_once"
COUPON, ALONE = "admin-create-coupon", "what_may_be_left_open_stands_alone"
BESIDE = "broken_rules_are_listed_beside_a_wrong_shape"


def ruled(node: Json) -> Iterator[Json]:
    """Every schema that has rules across fields."""
    if isinstance(node, dict) and "x-rules" in node:
        yield node
    parts = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    for part in parts:
        yield from ruled(part)


def forgotten(document: Json, rule: str) -> None:
    """The mock does not know this rule."""
    for schema in ruled(document["components"]["schemas"]):
        schema["x-rules"] = [known for known in schema["x-rules"] if known["rule"] != rule]


@plant(OFFER, caught_by=(ENDS, BESIDE), in_description=True)
def an_end_may_lie_before_its_start(document: Json) -> None:
    """Ends are compared with nothing."""
    forgotten(document, "not_earlier")


@plant(OFFER, caught_by=ENDS, in_description=True)
def a_start_has_to_lie_behind_its_end(document: Json) -> None:
    """The two moments are taken for one another."""
    for schema in ruled(document["components"]["schemas"]):
        for rule in schema["x-rules"]:
            if rule["rule"] == "not_earlier":
                rule["field"], rule["than"] = rule["than"], rule["field"]


@plant(DAILY, caught_by=ENDS, in_description=True)
def one_kind_of_chain_may_end_before_it_starts(document: Json) -> None:
    """The rule is forgotten in a single body."""
    del document["components"]["schemas"]["DailyChainUpdate"]["x-rules"]


@plant(DAILY, caught_by=(ONCE, BESIDE), in_description=True)
def elements_may_repeat(document: Json) -> None:
    """Nothing in a list has to be unique."""
    forgotten(document, "unique")


@plant(DAILY, caught_by=ONCE, in_description=True)
def only_the_first_rule_of_a_list_counts(document: Json) -> None:
    """Of two things that have to be unique the second is forgotten."""
    for schema in ruled(document["components"]["schemas"]):
        schema["x-rules"] = schema["x-rules"][:1]


@plant(COUPON, caught_by=ALONE, in_description=True)
def several_windows_may_be_open(document: Json) -> None:
    """Each window of a list may go without its end."""
    forgotten(document, "alone")


@plant(COUPON, caught_by=ALONE, in_description=True)
def no_window_may_be_open(document: Json) -> None:
    """A single window needs its end, too."""
    window = document["components"]["schemas"]["PromotionPeriod"]
    window["required"] = ["date_from", "date_until"]


@plant(COUPON, caught_by=ENDS, in_description=True)
def a_window_may_end_before_it_begins(document: Json) -> None:
    """The ends of a window are not compared."""
    del document["components"]["schemas"]["PromotionPeriod"]["x-rules"]
