"""The laws of the list of coupons."""

from hypothesis import strategies as st

from liveops_contract.api import Api
from liveops_contract.campaign_strategies import coupon_create
from liveops_contract.checks import Draw, law
from liveops_contract.laws import coupon_scenes, scenes
from liveops_contract.laws.coupon_scenes import ACTIVATE, DEACTIVATE, DELETE, LIST, READ, make, place, read

MANY = st.lists(st.booleans(), min_size=2, max_size=8)  # of coupons, whether each is switched on


def several(api: Api, draw: Draw) -> dict[str, bool]:
    """Create coupons under keys in no particular order; key and switch of each in the order of creation."""
    switches = draw(MANY)
    keys = draw(st.permutations([f"coupon_{number}" for number in range(len(switches))]))
    for key, is_enabled in zip(keys, switches, strict=True):
        make(api, key, on=is_enabled)
    return dict(zip(keys, switches, strict=True))


@law(LIST, READ)
def the_list_shows_a_coupon_as_it_reads_alone(api: Api, draw: Draw) -> None:
    """Each with all that is known of it, redemptions included."""
    keys = [f"coupon_{number}" for number in range(draw(st.integers(1, 3)))]
    for key in keys:
        make(api, **{**draw(coupon_create()), "key": key, "external_id": key})
    make(api, "used", "USED", redeem_total_limit=3)
    coupon_scenes.redeem(api, "USED")
    items = api.call(LIST).json()["items"]

    assert items == [read(api, key) for key in [*keys, "used"]]


@law(LIST)
def pages_of_coupons_join_up(api: Api, draw: Draw) -> None:
    """Page after page, each coupon is listed once, the oldest first; an update or a switch moves none."""
    expected = several(api, draw)
    moved = draw(st.sampled_from(sorted(expected)))
    coupon_scenes.update(api, moved)
    api.call(DEACTIVATE, path=place(moved))
    items = scenes.listed(api, LIST, draw(st.integers(1, 4)))

    assert [item["external_id"] for item in items] == list(expected)


@law(LIST, ACTIVATE, DEACTIVATE, DELETE)
def a_page_of_coupons_counts_all_of_them(api: Api, draw: Draw) -> None:
    """`limit` coupons behind the first `offset`; the counters are those of the project, after switches and deletions too."""
    known = several(api, draw)
    for key in draw(st.lists(st.sampled_from(sorted(known)), max_size=3)):
        known[key] = not known[key]
        api.call(ACTIVATE if known[key] else DEACTIVATE, path=place(key))
    gone = draw(st.sampled_from(sorted(known)))
    api.call(DELETE, path=place(gone))
    del known[gone]
    limit, offset = draw(st.integers(1, 5)), draw(st.sampled_from((0, 0, 1, 2, 3, 9, 2147483647)))
    page = api.call(LIST, query={"limit": limit, "offset": offset}).json()

    assert [item["external_id"] for item in page.pop("items")] == list(known)[offset : offset + limit]
    on = list(known.values()).count(True)
    counters = ("total_promotions_count", "active_promotions_count", "inactive_promotions_count")
    assert page == dict(zip(counters, (len(known), on, len(known) - on), strict=True))


@law(LIST)
def a_page_of_coupons_without_a_limit_holds_fifty(api: Api, draw: Draw) -> None:
    """A caller who does not say how many gets the first fifty."""
    keys = [f"coupon_{number}" for number in range(draw(st.integers(49, 52)))]
    for key in keys:
        make(api, key, on=False)
    page = api.call(LIST).json()

    assert ([item["external_id"] for item in page["items"]], page["total_promotions_count"]) == (keys[:50], len(keys))
