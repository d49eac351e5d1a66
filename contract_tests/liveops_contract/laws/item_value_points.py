"""The laws of the items that carry value points, and of what a purchase of them gives."""

from hypothesis import strategies as st

from liveops_contract.api import NOTHING, Api, Json
from liveops_contract.checks import Draw, law
from liveops_contract.laws import scenes
from liveops_contract.strategies import Drawn, image_urls, known_items, localized, skus

LIST, PUT = "admin-get-items-value-point-reward", "admin-set-items-value-point-reward"
PATCH, TAKE_OFF = "admin-patch-items-value-point-reward", "admin-delete-items-value-point-reward"
UPDATE, DELETE = "admin-update-value-point", "admin-delete-value-point"
POINT, OTHER = "com.xsolla.value_point_1", "value_point_3"


def assignments(min_size: int = 0) -> Drawn:
    """Items and how many points a piece of each gives."""
    return st.dictionaries(known_items(), st.integers(1, 1000), min_size=min_size, max_size=5)


def entries(points: dict[str, int]) -> list[Json]:
    """An assignment as a body."""
    return [{"sku": sku, "amount": amount} for sku, amount in points.items()]


def assign(api: Api, points: dict[str, int], value_point: str = POINT) -> None:
    """Say which items carry a value point from now on."""
    api.call(PUT, path={"value_point_sku": value_point}, body=entries(points))


def carried(api: Api, value_point: str = POINT) -> list[tuple[str, int]]:
    """Which items carry a value point, by SKU."""
    items = api.call(LIST, path={"value_point_sku": value_point}).json()["items"]
    return sorted((item["sku"], item["amount"]) for item in items)


def balances(api: Api, user: str = "user_1") -> dict[str, int]:
    """How many of each value point a user has."""
    return {entry["sku"]: entry["amount"] for entry in scenes.control_of(api).user(user)["balances"]}


@law(PUT, LIST)
def an_assignment_replaces_the_one_before(api: Api, draw: Draw) -> None:
    """After a PUT the listed items carry the value point, and no others."""
    before, after = draw(assignments()), draw(assignments())
    assign(api, before)
    assign(api, after)

    assert carried(api) == sorted(after.items())


@law(PATCH, LIST)
def a_patch_touches_the_listed_items_alone(api: Api, draw: Draw) -> None:
    """The listed items carry what the PATCH says, all others what they carried before."""
    before, patch = draw(assignments()), draw(assignments())
    assign(api, before)
    kept = dict(carried(api))
    api.call(PATCH, path={"value_point_sku": POINT}, body=entries(patch))

    assert carried(api) == sorted({**kept, **patch}.items())


@law(PATCH, LIST)
def an_item_that_is_patched_to_zero_carries_the_value_point_no_longer(api: Api, draw: Draw) -> None:
    """0 points take the value point off an item, whether it carried it or not."""
    before, gone = draw(assignments()), draw(known_items())
    assign(api, before)
    kept = dict(carried(api))
    api.call(PATCH, path={"value_point_sku": POINT}, body=entries({gone: 0}))

    assert carried(api) == sorted((sku, amount) for sku, amount in kept.items() if sku != gone)


@law(TAKE_OFF, LIST)
def a_value_point_is_taken_off_all_items_at_once(api: Api, draw: Draw) -> None:
    """After a DELETE no item carries the value point."""
    assign(api, draw(assignments()))
    answer = api.call(TAKE_OFF, path={"value_point_sku": POINT})

    assert (answer.status, carried(api)) == (204, [])


@law(PUT, PATCH, TAKE_OFF)
def items_of_one_value_point_change_nothing_else(api: Api, draw: Draw) -> None:
    """Neither balances nor the items of other value points depend on the items of this one."""
    others = draw(assignments(min_size=1))
    assign(api, draw(assignments(min_size=1)))
    assign(api, others, OTHER)
    for user, item in zip(scenes.USERS, draw(st.permutations(scenes.USERS)), strict=True):
        scenes.control_of(api).put_item(item, value_points=[{"sku": sku, "amount": 5} for sku in (POINT, OTHER)])
        scenes.control_of(api).purchase(user, {item: 1})
    before, operation = scenes.everything(api), draw(st.sampled_from((PATCH, PUT, TAKE_OFF)))
    body = NOTHING if operation == TAKE_OFF else entries({item: draw(st.sampled_from((0, 7))) for item in others})
    api.call(operation, path={"value_point_sku": POINT}, body=body)

    assert set(scenes.changes(api, before)) <= {f"items of {POINT}"}


@law(LIST)
def the_items_of_a_value_point_are_shown_as_the_catalog_has_them(api: Api, draw: Draw) -> None:
    """Number, name and picture of an item are those of the catalog at the moment of reading."""
    control, names = scenes.control_of(api), ("item_id", "sku", "name", "image_url")
    assign(api, {"com.xsolla.box_1": 5, "com.xsolla.item_3": 7})
    control.put_item("com.xsolla.item_3", name=draw(localized()), image_url=draw(image_urls()))
    items = api.call(LIST, path={"value_point_sku": POINT}).json()["items"]

    facts = [control.item(item["sku"]) for item in items]
    assert [{name: item[name] for name in names} for item in items] == [{name: item[name] for name in names} for item in facts]


@law(PUT, PATCH)
def an_unknown_item_is_named_in_the_refusal(api: Api, draw: Draw) -> None:
    """An item that the catalog does not have is refused with 4001 by its SKU, and none of the others is changed."""
    assign(api, draw(assignments()))
    strange, before = "missing." + draw(skus()), scenes.everything(api)
    body = draw(st.permutations([*entries(draw(assignments())), {"sku": strange, "amount": draw(st.integers(0, 9))}]))
    answer = api.call(draw(st.sampled_from((PUT, PATCH))), path={"value_point_sku": POINT}, body=body)

    assert (*scenes.verdict(answer), scenes.changes(api, before)) == (404, 4001, {})
    assert strange in answer.json()["errorMessage"]


@law(PUT, PATCH)
def a_purchase_gives_its_buyer_points_per_piece_times_pieces(api: Api, draw: Draw) -> None:
    """The buyer gets, of every value point that the bought items carry, points a piece times pieces; nobody else gets any."""
    shared = draw(known_items())  # by several value points
    points = {sku: {**draw(assignments()), shared: draw(st.integers(1, 1000))} for sku in (POINT, OTHER)}
    assign(api, points[POINT])
    api.call(PATCH, path={"value_point_sku": OTHER}, body=entries(points[OTHER]))
    pieces = {shared: 1, **draw(st.dictionaries(known_items(), st.integers(1, 9), min_size=2, max_size=6))}
    scenes.control_of(api).purchase("user_1", pieces)

    given = {sku: sum(one.get(item, 0) * count for item, count in pieces.items()) for sku, one in points.items()}
    assert balances(api) == {sku: amount for sku, amount in given.items() if amount}
    assert balances(api, "user_2") == {}


@law(TAKE_OFF, PATCH)
def an_item_without_the_value_point_gives_none(api: Api, draw: Draw) -> None:
    """Once the value point is taken off an item, buying the item adds nothing to what the buyer has."""
    control, item = scenes.control_of(api), draw(known_items())
    assign(api, {item: draw(st.integers(1, 1000))})
    control.purchase("user_1", {item: 1})
    before, taking_off = balances(api), draw(st.booleans())
    body = NOTHING if taking_off else entries({item: 0})
    api.call(TAKE_OFF if taking_off else PATCH, path={"value_point_sku": POINT}, body=body)
    control.purchase("user_1", {item: draw(st.integers(1, 9))})

    assert balances(api) == before


@law(UPDATE, PUT)
def a_value_point_is_given_only_while_it_is_switched_on(api: Api, draw: Draw) -> None:
    """Switched off, purchases give it no longer and balances stay; switched on again, the same items give it again."""
    control, amount = scenes.control_of(api), draw(st.integers(1, 100))
    assign(api, {"com.xsolla.item_1": amount})
    expected = 0
    for is_enabled in draw(st.lists(st.booleans(), min_size=3, max_size=6)):
        api.call(UPDATE, path={"item_sku": POINT}, body={"sku": POINT, "name": None, "is_enabled": is_enabled})
        control.purchase("user_1", {"com.xsolla.item_1": 1})
        expected += amount * is_enabled

    assert control.balance("user_1", POINT) == expected


@law(DELETE)
def a_value_point_that_is_created_again_starts_from_nothing(api: Api, draw: Draw) -> None:
    """Balances and assignments are deleted with a value point: one of the same SKU has no items, and nobody has any of it."""
    control, sku = scenes.control_of(api), draw(skus())
    scenes.new_value_point(api, sku)
    assign(api, draw(assignments(min_size=1)) | {"com.xsolla.item_1": 5}, sku)
    for user in scenes.USERS:
        control.purchase(user, {"com.xsolla.item_1": draw(st.integers(1, 9))})
    scenes.delete_value_point(api, sku)
    scenes.new_value_point(api, sku)
    told = carried(api, sku)
    control.purchase("user_1", {"com.xsolla.item_1": 1})

    assert (told, balances(api), balances(api, "user_2")) == ([], {}, {})
