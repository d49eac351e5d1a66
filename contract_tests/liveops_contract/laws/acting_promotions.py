"""The laws of when discounts and bonuses act: while they are on, in their windows, for whom and on what they fit, one or all."""

from datetime import datetime, timedelta, timezone

from hypothesis import strategies as st

from liveops_contract.api import Api, Json
from liveops_contract.checks import Draw, law
from liveops_contract.laws import scenes
from liveops_contract.laws.personalized_catalog import PLAYERS, suited_conditions
from liveops_contract.laws.price_scenes import (
    BOW,
    SHIELD,
    SHOW,
    SWORD,
    all_choices,
    deal,
    label,
    money,
    piece,
    promised,
    shelve,
    shown,
    stage_a_deal,
)
from liveops_contract.laws.promotion_scenes import (
    ACTIVATE,
    BONUSES,
    DEACTIVATE,
    DISCOUNTS,
    KINDS,
    Kind,
    bonus,
    discount,
    new,
    update,
)
from liveops_contract.laws.resets import START

BOTH = (DISCOUNTS.create, BONUSES.create)
RESET = "reset-user-promotion-limit"
UNKNOWN = 2_147_483_647  # the number of no promotion
PRICES = {SWORD: "9.99", SHIELD: "10.00", BOW: "12"}
BOUNDS = ("9.99", "10", "10.0001", "12.0")
Window = tuple[datetime, datetime | None]
# Which of three promotions each of them excludes, by their order, and which ones act: found by looking, not by reckoning.
EXCLUSIONS: tuple[tuple[tuple[tuple[int, ...], ...], set[int]], ...] = (
    (((), (), ()), {1, 2, 3}),
    (((2,), (), ()), {1, 3}),
    (((), (1,), ()), {2, 3}),
    (((), (1,), (1,)), {2, 3}),
    (((), (1, 3), ()), {2}),
    (((2,), (3,), ()), {1, 3}),
    (((), (1,), (2,)), {1, 3}),
    (((2,), (1,), ()), {1, 3}),
    (((), (3,), (2,)), {1, 2}),
    (((2,), (3,), (1,)), {1}),
    (((2, 3), (1, 3), (1, 2)), {1}),
    (((2,), (1,), (1,)), {2, 3}),
)


@law(*BOTH, ACTIVATE, DEACTIVATE, SHOW)
def a_promotion_acts_while_it_is_switched_on(api: Api, draw: Draw) -> None:
    """From its creation on if it says so, else from its activation to the next deactivation."""
    are_on = [draw(st.booleans()) for _ in range(2)]
    numbers = stage_a_deal(api, *[{"is_enabled": is_on} for is_on in are_on])
    for place in [None, *draw(st.lists(st.integers(0, 1), min_size=1, max_size=3))]:
        if place is not None:
            are_on[place] = draw(st.booleans())
            api.call(ACTIVATE if are_on[place] else DEACTIVATE, path={"promotion_id": numbers[place]})
        assert deal(api) == promised(is_lowered=are_on[0], has_gift=are_on[1])


@st.composite
def windows(draw: st.DrawFn) -> list[Window]:
    """No window, one without end, or up to three with both ends: in any order, with gaps, overlapping, or empty."""
    hours = [START + timedelta(hours=hour) for hour in draw(st.lists(st.integers(1, 9), min_size=4, max_size=6))]
    pairs: list[Window] = [(min(pair), max(pair)) for pair in zip(hours[::2], hours[1::2], strict=False)]
    return draw(st.sampled_from(([], [(hours[0], None)], pairs)))


def is_open(opened: list[Window], moment: datetime) -> bool:
    """Whether a promotion with these windows is on at a moment."""
    return not opened or any(begin <= moment and (end is None or moment < end) for begin, end in opened)


def spelled(draw: Draw, moment: datetime | None) -> str | None:
    """A moment as some place of the world writes it."""
    zone = timezone(timedelta(hours=draw(st.sampled_from((-8, 0, 5)))))
    return None if moment is None else moment.astimezone(zone).isoformat()


@law(*BOTH, SHOW)
def a_promotion_acts_in_its_windows(api: Api, draw: Draw) -> None:
    """From the first second of each to the last one before its end; without windows always, without an end for ever."""
    both = [draw(windows()) for _ in range(2)]
    periods = [
        [{"date_from": spelled(draw, begin), "date_until": spelled(draw, end)} for begin, end in opened] for opened in both
    ]
    stage_a_deal(api, *[{"promotion_periods": one} for one in periods])
    edges = {edge for opened in both for window in opened for edge in window if edge} or {START + timedelta(hours=1)}
    for moment in sorted(edge - timedelta(seconds=early) for edge in edges for early in (0, 1)):
        scenes.control_of(api).set_clock(moment.isoformat())
        is_lowered, has_gift = (is_open(opened, moment) for opened in both)
        assert deal(api) == promised(is_lowered=is_lowered, has_gift=has_gift), moment


@law(*BOTH, SHOW)
def a_promotion_acts_for_those_whom_it_suits(api: Api, draw: Draw) -> None:
    """For users whose attributes meet all of its conditions, and for nobody else."""
    both = [draw(suited_conditions()) for _ in range(2)]
    for user, attributes in PLAYERS.items():
        scenes.control_of(api).put_user(user, attributes=attributes)
    stage_a_deal(api, *[{"attribute_conditions": conditions} for conditions, _ in both])

    expected = {user: promised(is_lowered=user in both[0][1], has_gift=user in both[1][1]) for user in PLAYERS}
    assert {user: deal(api, user) for user in PLAYERS} == expected


@law(*BOTH, RESET, SHOW)
def a_promotion_that_is_used_up_acts_no_more(api: Api, draw: Draw) -> None:
    """The user pays the full price and gets no gift until the limit is reset; others go on."""
    totals = [draw(st.integers(1, 3)) for _ in range(2)]
    numbers = stage_a_deal(api, *[{"limits": {"per_user": total}} for total in totals])
    expected = [promised(is_lowered=bought < totals[0], has_gift=bought < totals[1]) for bought in range(max(totals) + 1)]

    assert [deal(api) for _ in expected] == expected
    assert deal(api, "user_2") == expected[0]
    for number in numbers:
        api.call(RESET, path={"promotion_id": number}, body={"user": {"user_external_id": "user_1"}})
    assert [deal(api) for _ in expected] == expected


@law(DISCOUNTS.create, SHOW)
def a_discount_is_on_what_it_names_at_the_price_it_asks(api: Api, draw: Draw) -> None:
    """Listed items, items at such a catalog price, or listed ones at such a price; without both on none, and on no other item."""
    shelve(api, {sku: money(amount) for sku, amount in PRICES.items()})
    percents: dict[str, list[str]] = {sku: [] for sku in PRICES}
    for percent, choice in zip(("10", "20", "30", "40"), draw(all_choices(PRICES, BOUNDS)), strict=True):
        new(api, DISCOUNTS, discount(percent, *choice.named, price_conditions=choice.conditions))
        for sku, amount in PRICES.items():
            if choice.is_met(amount) and (sku in choice.named if choice.named else choice.asked):
                percents[sku].append(percent)
    told = {sku: item["price"]["amount"] for sku, item in shown(api).items()}
    paid = scenes.control_of(api).purchase("user_1", dict.fromkeys(PRICES, 1))["price"]["amount"]

    assert told == {sku: label(PRICES[sku], percents[sku]) for sku in PRICES}
    assert paid == float(sum(piece(PRICES[sku], percents[sku]) for sku in PRICES))


@law(*BOTH, SHOW)
def a_promotion_that_is_excluded_gives_way(api: Api, draw: Draw) -> None:
    """Within one purchase, to one that acts there; in a circle the lowest number stays. Its own number says nothing."""
    shelve(api, {sku: money("10.00") for sku in (SWORD, SHIELD, BOW)})
    excluded, standing = draw(st.sampled_from(EXCLUSIONS))
    bystander = draw(st.sampled_from(({"is_enabled": False}, {"items": [{"sku": BOW}]}, {})))
    kinds = [KINDS[is_bonus] for is_bonus in draw(st.lists(st.booleans(), min_size=3, max_size=3))]
    made = [(kind, new(api, kind, gives(kind))) for kind in kinds]
    numbers, itself = [number for _, number in made], draw(st.booleans())
    for (kind, number), others in zip(made, excluded, strict=True):
        meant = [numbers[other - 1] for other in others] + [number if itself else UNKNOWN]
        update(api, kind, number, gives(kind, excluded_promotions=meant))
    if bystander:
        new(api, DISCOUNTS, discount("20", SWORD, excluded_promotions=numbers) | bystander)
    names = [promotion["name"] for promotion in shown(api)[SWORD]["promotions"]]
    bill = scenes.control_of(api).purchase("user_1", {SWORD: 1})

    assert bill["promotions"] == [numbers[place - 1] for place in sorted(standing)]
    assert names == [gives(made[place - 1][0])["name"]["en"] for place in sorted(standing)]


def gives(kind: Kind, **facts: Json) -> Json:
    """Ten percent off the sword, or a shield to it."""
    return discount("10", SWORD, **facts) if kind is DISCOUNTS else bonus({SHIELD: 1}, SWORD, **facts)
