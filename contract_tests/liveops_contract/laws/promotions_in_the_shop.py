"""The laws of what the shop tells users of promotions, and which items it proposes for their sake."""

from datetime import timedelta

from hypothesis import strategies as st

from liveops_contract.api import Api, Json
from liveops_contract.checks import Draw, law
from liveops_contract.laws import scenes
from liveops_contract.laws.price_scenes import BOW, GIFT, SHIELD, SHOW, SWORD, money, shelve, shown
from liveops_contract.laws.promotion_scenes import BONUSES, DISCOUNTS, bonus, discount, new
from liveops_contract.laws.resets import START
from liveops_contract.laws.upsell import in_one_language
from liveops_contract.strategies import localized

FITS_ORKS = [{"attribute": "race", "type": "string", "operator": "eq", "value": "ork"}]
AT_77 = [{"operator": "eq", "value": "77.7700"}]
OVER = [{"date_from": "2024-01-01T00:00:00Z", "date_until": "2024-02-01T00:00:00Z"}]
ORK, ELF = "user_1", "user_2"
# Promotions, and the items that the ork finds under each; the elf finds those alone that are not for orks, nor used up.
PROMOTED: tuple[tuple[Json, str], ...] = (
    (discount("10", SWORD, SHIELD), "shield sword"),
    (discount("10", "statue", SWORD), "sword"),
    (discount("10", price_conditions=AT_77), "bow tent"),
    (discount("10", SWORD, BOW, price_conditions=AT_77), "bow"),
    (discount("10"), ""),
    (discount("10", "horn", is_enabled=False), ""),
    (discount("10", "ring", promotion_periods=OVER), ""),
    (discount("10", "mask", attribute_conditions=FITS_ORKS), "mask"),
    (discount("10", "coat", limits={"per_user": 1}), "coat"),
    (bonus({GIFT: 1}, SWORD, "statue"), "statue sword"),
    (bonus({GIFT: 1}, price_conditions=AT_77), "bow tent"),
    (bonus({GIFT: 1}), ""),
    (bonus({}, SHIELD), ""),
    (bonus({GIFT: 1}, "mask", attribute_conditions=FITS_ORKS), "mask"),
)
PRICES = {BOW: "77.77", "tent": "77.7700", "statue": None} | dict.fromkeys((SWORD, SHIELD, "horn", "ring", "mask", "coat"), "1")


@law(SHOW, DISCOUNTS.create, BONUSES.create)
def only_items_under_a_promotion_are_proposed_for_it(api: Api, draw: Draw) -> None:
    """By SKU: what a discount lowers, and what a bonus for some items asks for; of promotions that act for the user now."""
    shelve(api, {sku: money(amount) for sku, amount in PRICES.items()} | {GIFT: None})
    api.call("put-upsell", body={"is_enabled": True, "type": "only_promotions"})
    for user, race in ((ORK, "ork"), (ELF, "elf")):
        scenes.control_of(api).put_user(user, attributes={"race": race})
    expected: dict[str, set[str]] = {ORK: set(), ELF: set()}
    for body, skus in draw(st.lists(st.sampled_from(PROMOTED), min_size=4, max_size=8, unique_by=str)):
        new(api, DISCOUNTS if "items" in body else BONUSES, body)
        if body.get("limits"):
            scenes.control_of(api).purchase(ELF, {"coat": 1})
        for user in (ORK,) if "attribute_conditions" in body or body.get("limits") else (ORK, ELF):
            expected[user] |= set(skus.split())

    assert {user: list(shown(api, user)) for user in expected} == {user: sorted(skus) for user, skus in expected.items()}


@law(SHOW, DISCOUNTS.create, BONUSES.create)
def the_shop_tells_what_promotions_an_item_is_under(api: Api, draw: Draw) -> None:
    """In one language, with the window that is open, the share, the free items, and what is left to the user."""
    shelve(api, {SWORD: money("10.00"), SHIELD: money("10.00")})
    gift = {"type": "bundle", "bundle_type": "standard", "image_url": "https://example.com/a.png"}
    scenes.control_of(api).put_item(GIFT, **draw(st.sampled_from(({}, gift))), name={"de": "Gabe"})
    free = {name: scenes.control_of(api).item(GIFT)[name] for name in ("type", "bundle_type", "image_url")}
    name, total, pieces = draw(localized()), draw(st.sampled_from((None, 2, 3))), draw(st.integers(1, 2))
    hours = draw(st.permutations((-2, -1, 1)))
    periods = [{"date_from": at(hour), "date_until": at(hour + 1)} for hour in hours]
    facts = {"name": name, "promotion_periods": periods, "limits": {"per_user": total}}
    new(api, DISCOUNTS, discount("10.0", SWORD, **facts))
    new(api, BONUSES, bonus({GIFT: pieces}, SWORD, *draw(st.sampled_from(((), (SHIELD,)))), **facts))
    scenes.control_of(api).set_clock(at(1))
    used = draw(st.integers(0, 1))
    if used:
        scenes.control_of(api).purchase("user_1", {SWORD: 1, SHIELD: 1})
    both: Json = {"name": in_one_language(name) or "", "date_start": at(1), "date_end": at(2)}
    if total:
        both["limits"] = {"per_user": {"total": total, "available": total - used}}
    item = {"sku": GIFT, "quantity": pieces, "name": "Gabe"} | {name: value for name, value in free.items() if value}

    assert shown(api)[SWORD]["promotions"] == [
        {**both, "discount": {"percent": "10.0", "value": None}, "bonus": []},
        {**both, "discount": None, "bonus": [item]},
    ]


def at(hour: int) -> str:
    """The moment so many hours after the start of a fresh project."""
    return (START + timedelta(hours=hour)).isoformat()
