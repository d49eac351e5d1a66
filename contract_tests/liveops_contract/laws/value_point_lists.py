"""The laws of the list of value points."""

from hypothesis import strategies as st

from liveops_contract.api import Api
from liveops_contract.checks import Draw, law
from liveops_contract.laws import scenes
from liveops_contract.strategies import skus, value_point_input

LIST, CREATE, READ = "admin-get-value-points-list", "admin-create-value-points", "admin-get-value-point"


@law(LIST, READ)
def the_list_shows_a_value_point_as_it_reads_alone(api: Api, draw: Draw) -> None:
    """Only whether it can be deleted is told of a value point alone."""
    bodies = draw(st.lists(value_point_input(), min_size=1, max_size=4, unique_by=lambda one: one["sku"]))
    for body in bodies:
        api.call(CREATE, body=body)
    items = {item["sku"]: item for item in api.call(LIST).json()["items"]}

    alone = {body["sku"]: scenes.read_value_point(api, body["sku"]) for body in bodies}
    assert {sku: {**items.get(sku, {}), "can_delete": True} for sku in alone} == alone


def arranged(api: Api, draw: Draw) -> list[str]:
    """Create value points in no particular order; all SKUs of the project in the order in which a list shows them."""
    places = {item["sku"]: item["order"] for item in api.call(LIST).json()["items"]}
    made = draw(st.dictionaries(skus(), st.sampled_from((-1, 1, 2, 3)), min_size=2, max_size=8))
    for sku, order in made.items():
        scenes.new_value_point(api, sku, order=order)
    places |= made
    return sorted(places, key=lambda sku: (places[sku], sku))


@law(LIST)
def pages_of_value_points_join_up(api: Api, draw: Draw) -> None:
    """Page after page, each value point is listed once, by its order, and by its SKU where the order is the same."""
    expected = arranged(api, draw)
    items = scenes.listed(api, LIST, draw(st.integers(1, 5)))

    assert [item["sku"] for item in items] == expected


@law(LIST)
def a_page_of_value_points_is_a_cut_of_the_list(api: Api, draw: Draw) -> None:
    """`limit` elements behind the first `offset` ones; behind the end there is nothing."""
    expected = arranged(api, draw)
    limit, offset = draw(st.integers(1, 50)), draw(st.sampled_from((0, 0, 1, 1, 2, 3, 5, 9, 2147483647)))
    page = api.call(LIST, query={"limit": limit, "offset": offset}).json()

    assert [item["sku"] for item in page["items"]] == expected[offset : offset + limit]


@law(LIST)
def a_page_of_value_points_without_a_limit_holds_fifty(api: Api, draw: Draw) -> None:
    """A caller who does not say how many gets the first fifty."""
    there, made = len(api.call(LIST).json()["items"]), draw(st.integers(45, 55))
    for number in range(made):
        scenes.new_value_point(api, f"point_{number}")

    assert len(api.call(LIST).json()["items"]) == min(50, there + made)
