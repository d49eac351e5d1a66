"""The laws of the lists of promotions."""

from hypothesis import strategies as st

from liveops_contract.api import Api, Json
from liveops_contract.checks import Draw, law
from liveops_contract.laws import code_scenes, scenes
from liveops_contract.laws import promotion_scenes as stage
from liveops_contract.laws.promo_code_scenes import at
from liveops_contract.laws.promotion_scenes import ACTIVATE, BONUSES, DEACTIVATE, DISCOUNTS, KINDS, LIST_ALL

LISTS = (DISCOUNTS.list, BONUSES.list)
SWITCHED = {True: ACTIVATE, False: DEACTIVATE}
Kind = stage.Kind | code_scenes.Campaigns
Made = tuple[Kind, str, bool]


def wishes(draw: Draw) -> list[tuple[Kind, bool, bool | None, int]]:
    """Some discounts and bonuses, between them some promotions with codes: how each begins, is switched, and whether it stays."""
    fates = (st.booleans(), st.sampled_from((None, None, True, False)), st.integers(0, 4))
    plain = draw(st.lists(st.tuples(st.sampled_from(KINDS), *fates), min_size=3, max_size=7))
    # Two of each kind stay, so that a page of one is never the whole list, and one of each kind with codes.
    plain += [(kind, *draw(st.tuples(st.booleans(), st.none(), st.just(1)))) for kind in (*KINDS, *KINDS)]
    coded = draw(st.lists(st.tuples(st.sampled_from(code_scenes.ALL), *fates), max_size=3))
    coded += [(kind, *draw(st.tuples(st.booleans(), st.none(), st.just(1)))) for kind in code_scenes.ALL]
    return list(draw(st.permutations([*plain, *coded])))


def several(api: Api, draw: Draw) -> list[Made]:
    """Create promotions of all kinds, switch some of them, delete some; kind, name and switch of those that are left."""
    left = []
    for place, (kind, is_enabled, switch, fate) in enumerate(wishes(draw)):
        name, is_on = str(place), is_enabled if switch is None else switch
        path: Json = {"external_id": name}
        if isinstance(kind, code_scenes.Campaigns):
            code_scenes.make(api, kind, key=name)
            at(api, kind.calls.activate if is_on else kind.calls.deactivate, name)
            delete = kind.calls.delete
        else:
            number = stage.new(api, kind, stage.of_kind(kind, is_enabled=is_enabled, name={"en": name}))
            if switch is not None:
                api.call(SWITCHED[switch], path={"promotion_id": number})
            delete, path = kind.delete, {"promotion_id": number}
        if fate:
            left.append((kind, name, is_on))
        else:
            api.call(delete, path=path)
    return left


def of_list(operation: str, made: list[Made]) -> list[Made]:
    """Those of the promotions that a list is about."""
    return [one for one in made if operation == LIST_ALL or (isinstance(one[0], stage.Kind) and operation == one[0].list)]


def names(page: Json) -> list[str]:
    """The names of the promotions of a page."""
    return [item["name"]["en"] for item in page["promotions"]]


@law(*LISTS, LIST_ALL)
def a_page_of_promotions_is_a_cut_of_the_list(api: Api, draw: Draw) -> None:
    """`limit` promotions behind the first `offset` ones, by their numbers."""
    made = several(api, draw)
    for operation in (*LISTS, LIST_ALL):
        expected = [name for _, name, _ in of_list(operation, made)]
        drawn = draw(st.integers(1, 4)), draw(st.sampled_from((0, 0, 1, 1, 2, 3, 2147483647)))
        for limit, offset in ((50, 0), drawn):
            page = api.call(operation, query={"limit": limit, "offset": offset}).json()

            assert names(page) == expected[offset : offset + limit]


@law(*LISTS, LIST_ALL)
def a_list_of_promotions_counts_what_the_project_has(api: Api, draw: Draw) -> None:
    """All of its kinds, those that are on and those that are off, whatever page and filter are asked for."""
    made = several(api, draw)
    for operation in (*LISTS, LIST_ALL):
        query = {"limit": draw(st.integers(1, 2)), "offset": draw(st.integers(0, 3))}
        filtered = {"enabled": draw(st.integers(0, 1))} if operation == LIST_ALL else {}
        page = api.call(operation, query=query | filtered).json()

        switches = [is_enabled for _, _, is_enabled in of_list(operation, made)]
        told = [page[f"{name}_promotions_count"] for name in ("total", "active", "inactive")]
        assert told == [len(switches), switches.count(True), switches.count(False)]


@law(LIST_ALL)
def enabled_filters_the_promotions_exactly(api: Api, draw: Draw) -> None:
    """1 asks for the promotions that are switched on, 0 for the others; pages join up."""
    made, limit = several(api, draw), draw(st.integers(1, 4))
    lists = [
        [name for page in scenes.pages(api, LIST_ALL, limit, name="promotions", enabled=enabled) for name in names(page)]
        for enabled in (0, 1)
    ]

    assert lists == [[name for _, name, is_enabled in made if is_enabled == asked] for asked in (False, True)]


@law(*LISTS, LIST_ALL)
def a_page_of_promotions_without_a_limit_holds_fifty(api: Api, draw: Draw) -> None:
    """A caller who does not say how many gets the first fifty."""
    kind = draw(st.sampled_from(KINDS))
    expected = [stage.new(api, kind, stage.of_kind(kind)) for _ in range(draw(st.integers(49, 52)))]

    for operation in (kind.list, LIST_ALL):
        assert [item["id"] for item in api.call(operation).json()["promotions"]] == expected[:50]


@law(*LISTS, DISCOUNTS.read, BONUSES.read)
def a_list_shows_a_promotion_as_it_reads_alone(api: Api, draw: Draw) -> None:
    """Nothing is left to the promotion alone."""
    for kind in KINDS:
        numbers = [stage.new(api, kind, draw(kind.body)) for _ in range(draw(st.integers(1, 3)))]
        scenes.control_of(api).advance(draw(st.integers(1, 40)) * 86_400)
        items = {item["id"]: item for item in api.call(kind.list).json()["promotions"]}

        assert items == {number: stage.read(api, kind, number) for number in numbers}


@law(LIST_ALL)
def the_common_list_tells_of_which_type_a_promotion_is(api: Api, draw: Draw) -> None:
    """Discounts, bonuses for items and bonuses for every cart, with what the catalog says of their items."""
    scenes.control_of(api).put_item("pack", type="bundle", bundle_type=draw(st.sampled_from(("standard", None))))
    expected = {}
    for kind in (*KINDS, *KINDS):
        body = draw(kind.body)
        if draw(st.booleans()):
            body[kind.lists[-1]] = [{"sku": "pack", **({"quantity": 3} if kind is BONUSES else {})}]
        expected[stage.new(api, kind, body)] = summary(api, kind, body)
    items = {item.pop("id"): item for item in api.call(LIST_ALL).json()["promotions"]}

    assert {number: stage.told(item) for number, item in items.items()} == expected


def summary(api: Api, kind: stage.Kind, body: Json) -> Json:
    """A promotion as the common list shows it, without its number."""
    said = stage.said(kind, body)
    named = said[kind.lists[0]]
    is_for_items = bool(named or said["price_conditions"])
    return {
        **{name: said[name] for name in ("name", "promotion_periods", "is_enabled", "limits")},
        "type": "item_discount" if kind is DISCOUNTS else "item_bonus" if is_for_items else "cart_bonus",
        "discount": said.get("discount"),
        "condition": named and [{"item": known(api, entry["sku"])} for entry in named],
        "bonus": [{"item": known(api, entry["sku"]), "quantity": entry["quantity"]} for entry in said.get("bonus") or ()],
    }


def known(api: Api, sku: str) -> Json:
    """What the catalog says of an item."""
    item = scenes.control_of(api).item(sku)
    names = ("sku", "name", "type", "description", "image_url")
    return {name: item[name] for name in (*names, *(["bundle_type"] if item["bundle_type"] else []))}
