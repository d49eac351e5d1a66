"""How to draw valid things: fast, small, and every one of them fit for the description."""

import string
from datetime import UTC, datetime
from functools import cache
from typing import Any

from hypothesis import strategies as st

from liveops_contract.schedule_strategies import OFFSETS, offer_schedules, schedules

Json = Any
Drawn = st.SearchStrategy[Any]

LANGUAGES = ("en", "de", "fr", "ja", "zh-CN", "ru-RU", "en-US", "cn", "pt", "tw")
KNOWN_ITEMS = (
    "com.xsolla.item_1",
    "com.xsolla.item_2",
    "com.xsolla.item_3",
    "com.xsolla.item_4",
    "com.xsolla.booster_1",
    "com.xsolla.booster_mega",
    "booster_1",
    "booster_mega",
    "com.xsolla.box_1",
    "com.xsolla.potion_1",
)
SKU_LETTERS = string.ascii_letters + string.digits + "_-–."
ATTRIBUTE_LETTERS = string.ascii_letters + string.digits + "_-."
# Letters of several scripts and what trips careless code: quotes, blanks, a picture, right to left, a combining accent.
TEXT_LETTERS = "aZ09 äßжя日本٣😀'\"\\<&%{}\n\t\u0301\u202e"
HIGHEST, LARGEST_TEXT = 2147483647, 24


@cache
def texts() -> Drawn:
    """A short text for people."""
    return st.text(TEXT_LETTERS, max_size=LARGEST_TEXT)


@cache
def localized() -> Drawn:
    """A text in at most three languages; a language may be null."""
    return st.dictionaries(st.sampled_from(LANGUAGES), st.none() | texts(), max_size=3)


@cache
def localized_or_null() -> Drawn:
    """A text in at most three languages, or null."""
    return st.none() | localized()


@cache
def skus() -> Drawn:
    """A name for a new thing. A name of dots alone is valid too, but clients tidy it out of a path."""
    return st.text(SKU_LETTERS, min_size=1, max_size=LARGEST_TEXT).filter(lambda text: bool(text.strip(".")))


@cache
def known_items() -> Drawn:
    """The SKU of an item of the demo catalog."""
    return st.sampled_from(KNOWN_ITEMS)


@cache
def instants(first_year: int = 2020, last_year: int = 2030) -> Drawn:
    """A point in time with its offset, in whole seconds; the moment lies within the years, the local date may not."""
    first, end = (int(datetime(year, 1, 1, tzinfo=UTC).timestamp()) for year in (first_year, last_year + 1))
    return st.builds(_spelled, st.integers(first, end - 1), st.sampled_from(OFFSETS))


def _spelled(seconds: int, offset: str) -> str:
    zone = datetime.fromisoformat(f"2000-01-01T00:00:00{offset}").tzinfo
    return datetime.fromtimestamp(seconds, zone).strftime("%Y-%m-%dT%H:%M:%S") + offset


@cache
def past_instants() -> Drawn:
    """Before the start of every fresh project, 2025-01-01."""
    return instants(2018, 2023)


@cache
def starts() -> Drawn:
    """A start that has passed when a fresh project begins, or one that lies ahead."""
    return instants(2024, 2026)


@cache
def future_instants() -> Drawn:
    """After the start of every fresh project by more than a year."""
    return instants(2027, 2035)


@cache
def attribute_names() -> Drawn:
    """The code of a user attribute."""
    return st.text(ATTRIBUTE_LETTERS, min_size=1, max_size=8)


def _condition(kind: str, operators: tuple[str, ...], values: Drawn) -> Drawn:
    required = {"attribute": attribute_names(), "type": st.just(kind), "operator": st.sampled_from(operators), "value": values}
    return st.fixed_dictionaries(required, optional={"can_be_missing": st.booleans()})


@cache
def condition() -> Drawn:
    """One condition on one attribute."""
    ordered = ("eq", "ne", "er", "lt", "ee", "le")
    return (
        _condition("string", ("eq", "ne"), texts())
        | _condition("number", ordered, st.integers(-1000, 1000).map(str))
        | _condition("date", ordered, instants())
    )


@cache
def conditions() -> Drawn:
    """One to three conditions."""
    return st.lists(condition(), min_size=1, max_size=3)


@cache
def image_urls() -> Drawn:
    """The address of a picture, or null."""
    return st.none() | st.sampled_from(("https://example.com/a.png", "", "picture 1"))


@cache
def orders() -> Drawn:
    """A place in an arrangement, mostly small."""
    return st.sampled_from((0, 1, 2, 5, -1, -2147483648, HIGHEST))


@cache
def quantities() -> Drawn:
    """How many of an item, mostly few."""
    return st.sampled_from((1, 2, 3, 9, HIGHEST))


@cache
def _rewards() -> Drawn:
    one = st.fixed_dictionaries({"sku": known_items(), "quantity": quantities()}, optional={"attribute_conditions": conditions()})
    return st.lists(one, min_size=1, max_size=3)


@cache
def reward_steps(max_size: int = 4) -> Drawn:
    """The steps of a new reward chain; prices are drawn from few, so that equal and unsorted ones come up."""
    amounts = st.sampled_from((0, 1, 10, 15, 100, HIGHEST))
    required = {"name": localized(), "price": st.fixed_dictionaries({"amount": amounts}), "reward": _rewards()}
    return st.lists(st.fixed_dictionaries(required, optional={"image_url": image_urls()}), max_size=max_size)


def _chain(optional: dict[str, Drawn]) -> dict[str, Drawn]:
    shared = {"order": orders(), "recurrent_schedule": schedules(), "attribute_conditions": conditions()}
    return {**shared, "is_always_visible": st.booleans(), "date_end": st.none() | future_instants(), **optional}


@cache
def reward_chain_create(value_point: str) -> Drawn:
    """A new reward chain that each user walks alone."""
    required = {
        "name": localized(),
        "date_start": starts(),
        "is_enabled": st.booleans(),
        "value_point": st.just({"sku": value_point}),
        "steps": reward_steps(),
    }
    texts_of_chain = {"description": localized(), "long_description": localized_or_null(), "image_url": image_urls()}
    return st.fixed_dictionaries(required, optional=_chain(texts_of_chain))


@cache
def clan_reward_chain_create(value_point: str) -> Drawn:
    """A new reward chain that the members of a clan walk together."""
    popup = {"popup_header": localized_or_null(), "popup_instruction": localized_or_null()}
    free = {
        "popup_image_url": st.none() | st.just("https://example.com/a.png"),
        "clan_type": st.sampled_from(("clan", "guild", "tribe", None)),
    }
    extra = st.fixed_dictionaries(popup, optional=free)
    return st.builds(lambda chain, more: {**chain, **more}, reward_chain_create(value_point), extra)


@st.composite
def offer_steps(draw: st.DrawFn, max_size: int = 4) -> list[Json]:
    """The steps of a new offer chain, numbered from 1."""
    places = st.none() | st.integers(0, 9)
    item = st.fixed_dictionaries({"sku": known_items(), "quantity": quantities()}, optional={"order": places})
    count = draw(st.integers(0, max_size))
    items = st.lists(item, min_size=1, max_size=2, unique_by=lambda one: one["sku"])
    return [{"step_number": number, "is_free": draw(st.booleans()), "items": draw(items)} for number in range(1, count + 1)]


@cache
def offer_chain_create() -> Drawn:
    """A new offer chain."""
    required = {
        "name": localized_or_null(),
        "date_start": past_instants(),
        "is_enabled": st.booleans(),
        "steps": offer_steps(),
    }
    own = {"description": localized_or_null(), "is_reset_on_completion": st.booleans()}
    return st.fixed_dictionaries(required, optional=_chain({**own, "recurrent_schedule": st.none() | offer_schedules()}))


@cache
def upsell_input() -> Drawn:
    """What the shop proposes: named items, or a kind that finds them."""
    named = {"type": st.just("fixed_list"), "items": st.lists(known_items(), min_size=1, max_size=6, unique=True)}
    found = {"type": st.sampled_from(("most_sellable", "only_promotions"))}
    return st.fixed_dictionaries({"is_enabled": st.booleans(), **named}) | st.fixed_dictionaries(
        {"is_enabled": st.booleans(), **found}, optional={"items": st.just([])}
    )


@cache
def filter_rule_input() -> Drawn:
    """A rule that keeps some items for some users, the items named by SKU or by the first numbers of the demo catalog."""
    numbers = st.integers(1, 3).map(lambda number: {"item_id": number})
    named = st.sampled_from(KNOWN_ITEMS[3:]).map(lambda sku: {"sku": sku})
    required = {
        "name": st.text(TEXT_LETTERS, min_size=1, max_size=LARGEST_TEXT).filter(lambda text: text[0] not in " \t\n"),
        "is_enabled": st.booleans(),
        "attribute_conditions": conditions(),
        "items": st.lists(numbers | named, min_size=1, max_size=4, unique_by=str),
    }
    return st.fixed_dictionaries(required, optional={"is_satisfied_for_unauth": st.booleans()})


@cache
def media_lists() -> Drawn:
    """Pictures and films."""
    media = st.fixed_dictionaries(
        {}, optional={"type": st.sampled_from(("image", "video")), "url": st.just("https://example.com/a")}
    )
    return st.lists(media, max_size=2)


def value_point_input(sku: Drawn | None = None, is_clan: Drawn | None = None) -> Drawn:
    """A new value point."""
    optional = {
        "description": localized(),
        "long_description": localized_or_null(),
        "image_url": st.sampled_from(("https://example.com/a.png", "")),
        "media_list": media_lists(),
        "order": orders(),
        "is_enabled": st.booleans(),
        "is_clan": st.booleans() if is_clan is None else is_clan,
    }
    return st.fixed_dictionaries({"sku": skus() if sku is None else sku, "name": localized_or_null()}, optional=optional)
