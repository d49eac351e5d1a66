"""The laws of the list of offer chains."""

from hypothesis import strategies as st

from liveops_contract.api import Api, Json
from liveops_contract.checks import Draw, law
from liveops_contract.laws import scenes
from liveops_contract.strategies import offer_chain_create

LIST, READ, TOGGLE = "admin-get-offer-chains", "admin-get-offer-chain", "admin-toggle-offer-chain"


def summary(chain: Json) -> Json:
    """A chain as it stands in the list."""
    return {name: value for name, value in chain.items() if name not in ("steps", "number_of_steps")}


@law(LIST, READ)
def the_list_shows_an_offer_chain_as_it_reads_alone(api: Api, draw: Draw) -> None:
    """Only the steps are left to the chain alone."""
    numbers = [scenes.new_offer_chain(api, body) for body in draw(st.lists(offer_chain_create(), min_size=1, max_size=4))]
    items = {item["id"]: item for item in api.call(LIST).json()["items"]}

    assert items == {number: summary(scenes.read_offer_chain(api, number)) for number in numbers}


def arranged(api: Api, draw: Draw, most: int = 8) -> list[tuple[int, bool]]:
    """Create chains in no particular order; number and switch of each in the order in which a list shows them."""
    places = st.tuples(st.sampled_from((-1, 1, 2)), st.booleans())
    bodies = [scenes.offer_chain(order=order, is_enabled=on) for order, on in draw(st.lists(places, min_size=2, max_size=most))]
    made = [(body["order"], scenes.new_offer_chain(api, body), body["is_enabled"]) for body in bodies]
    return [(number, is_enabled) for _, number, is_enabled in sorted(made)]


@law(LIST)
def pages_of_offer_chains_join_up(api: Api, draw: Draw) -> None:
    """Page after page, each chain is listed once, by its order, and by its number where the order is the same."""
    expected = arranged(api, draw)
    items = scenes.listed(api, LIST, draw(st.integers(1, 4)))

    assert [(item["id"], item["is_enabled"]) for item in items] == expected


@law(LIST)
def a_page_of_offer_chains_is_a_cut_of_the_list(api: Api, draw: Draw) -> None:
    """`limit` chains behind the first `offset` ones of those that `enabled` asks for; `has_more` tells whether others follow."""
    everyone, limit = arranged(api, draw), draw(st.integers(1, 5))
    offset = draw(st.sampled_from((0, 0, 1, 1, 2, 3, 5, 9, 2147483647)))
    told, expected = scenes.cuts(api, LIST, everyone, limit, offset)

    assert told == expected


@law(LIST)
def enabled_filters_the_list_exactly(api: Api, draw: Draw) -> None:
    """1 asks for the chains that are switched on, 0 for the others, also after they were toggled."""
    everyone = arranged(api, draw)
    toggled = draw(st.sets(st.sampled_from([number for number, _ in everyone])))
    for number in toggled:
        api.call(TOGGLE, path={"offer_chain_id": number})
    lists = [[item["id"] for item in scenes.listed(api, LIST, enabled=enabled)] for enabled in (0, 1)]

    assert lists == [[number for number, on in everyone if (on != (number in toggled)) == asked] for asked in (False, True)]


@law(LIST)
def a_page_of_offer_chains_without_a_limit_holds_ten(api: Api, draw: Draw) -> None:
    """A caller who does not say how many gets the first ten."""
    expected = [scenes.new_offer_chain(api, scenes.offer_chain()) for _ in range(draw(st.integers(9, 12)))]
    page = api.call(LIST).json()

    assert ([item["id"] for item in page["items"]], page["has_more"]) == (expected[:10], len(expected) > 10)
