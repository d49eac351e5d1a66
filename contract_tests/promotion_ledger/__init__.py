"""The ledger of a season of promotions, recomputed from its diary alone by somebody who has only read the rules of the game.

Each act of the diary is a function here: what the facts make of it is what the server should have answered.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from promotion_acts.words import Deed

from promotion_ledger import carts, codes, counting, limits, shelf
from promotion_ledger.facts import Facts

RULES: dict[str, Callable[..., Any]] = {
    rule.__name__: rule
    for rule in (
        *(shelf.set_tier, shelf.define_item, shelf.replace_promotion, shelf.delete_promotion),
        *(shelf.switch_promotion, codes.create_campaign, codes.replace_campaign, codes.delete_campaign, codes.switch_campaign),
        *(codes.add_code, codes.generate_codes, codes.learn_codes, codes.redeem),
        *(limits.move_limit, limits.refresh_limit, limits.refresh_limits),
        *(carts.fill, carts.look, carts.drop, carts.enter, carts.leave, carts.order, carts.buy, carts.settle, counting.count),
    )
} | {"create_promotion": shelf.replace_promotion}


def differences(diary: Sequence[Deed]) -> Iterator[str]:
    """Wherever the answer is not what the ledger expects: what was done, what was answered, what was expected."""
    facts = Facts(diary[0].at)
    for deed in diary:
        facts.now = deed.at
        expected = RULES[deed.what](facts, *deed.detail)
        if expected != deed.answer:
            yield from told(deed, expected)


def told(deed: Deed, expected: Any) -> Iterator[str]:
    """One line, or of the books one for each entry that differs."""
    when = f"{deed.at:%Y-%m-%d %H:%M} {deed.what}"
    if not isinstance(expected, dict) or not isinstance(deed.answer, dict):
        yield f"{when}{deed.detail}: answered {deed.answer}, expected {expected}"
        return
    for key in sorted(expected.keys() | deed.answer.keys(), key=str):
        if expected.get(key) != deed.answer.get(key):
            yield f"{when}{deed.detail} {key}: answered {deed.answer.get(key)}, expected {expected.get(key)}"
