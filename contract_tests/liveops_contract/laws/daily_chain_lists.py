"""The laws of the lists of daily chains, the operator's and the user's."""

from hypothesis import strategies as st

from liveops_contract.api import Api, Json
from liveops_contract.checks import Draw, law
from liveops_contract.daily_strategies import daily_chain_create
from liveops_contract.laws import daily_chain_scenes as days
from liveops_contract.laws import scenes

LIST, READ, OPEN = "admin-get-daily-chains", "admin-get-daily-chain", "get-daily-chains-list"
OPEN_ONE = "get-user-daily-chain-by-id"
OFFSETS = (0, 0, 1, 1, 2, 3, 5, 9, 2147483647)


def arranged(api: Api, draw: Draw, most: int = 8) -> list[tuple[int, bool]]:
    """Create chains in no particular order; number and switch of each in the order in which a list shows them."""
    places = st.tuples(st.sampled_from((-1, 1, 2)), st.booleans())
    bodies = [days.chain(order=order, is_enabled=on) for order, on in draw(st.lists(places, min_size=2, max_size=most))]
    made = [(body["order"], days.make(api, body), body["is_enabled"]) for body in bodies]
    return [(number, is_enabled) for _, number, is_enabled in sorted(made)]


@law(LIST, READ)
def the_list_shows_a_daily_chain_as_it_reads_alone(api: Api, draw: Draw) -> None:
    """Only the steps are left to the chain alone."""
    numbers = [days.make(api, body) for body in draw(st.lists(daily_chain_create(), min_size=1, max_size=4))]
    items = {item["id"]: item for item in api.call(LIST).json()["items"]}

    def summary(chain: Json) -> Json:
        return {name: value for name, value in chain.items() if name != "steps"}

    assert items == {number: summary(days.read(api, number)) for number in numbers}


@law(LIST)
def a_page_of_daily_chains_is_a_cut_of_the_list(api: Api, draw: Draw) -> None:
    """`limit` chains behind the first `offset` ones of those that `enabled` asks for; `has_more` tells whether others follow."""
    everyone, limit, offset = arranged(api, draw), draw(st.integers(1, 5)), draw(st.sampled_from(OFFSETS))
    told, expected = scenes.cuts(api, LIST, everyone, limit, offset)

    assert told == expected


@law(LIST)
def a_page_of_daily_chains_without_a_limit_holds_ten(api: Api, draw: Draw) -> None:
    """A caller who does not say how many gets the first ten."""
    expected = [days.make(api, days.chain()) for _ in range(draw(st.integers(9, 12)))]
    page = api.call(LIST).json()

    assert ([item["id"] for item in page["items"]], page["has_more"]) == (expected[:10], len(expected) > 10)


@law(OPEN)
def a_page_of_a_users_daily_chains_is_a_cut_of_the_open_ones(api: Api, draw: Draw) -> None:
    """`limit` chains behind the first `offset` ones; `total_items_count` counts all that are open, `has_more` tells of others."""
    expected = [number for number, is_enabled in arranged(api, draw) if is_enabled]
    # A page of one is the shortest that there is: a list of two tells whether the limit is kept.
    for limit, offset in ((1, 0), (draw(st.integers(1, 5)), draw(st.sampled_from(OFFSETS)))):
        page = api.call(OPEN, query={"limit": limit, "offset": offset}).json()

        assert [item["id"] for item in page["items"]] == expected[offset : offset + limit]
        assert (page["total_items_count"], page["has_more"]) == (len(expected), offset + limit < len(expected))


@law(OPEN)
def a_page_of_a_users_daily_chains_without_a_limit_holds_fifty(api: Api, draw: Draw) -> None:
    """A user who does not say how many gets the first fifty."""
    expected = [days.make(api, days.chain()) for _ in range(draw(st.sampled_from((50, 51))))]
    page = api.call(OPEN).json()

    assert ([item["id"] for item in page["items"]], page["has_more"]) == (expected[:50], len(expected) > 50)


@law(OPEN, OPEN_ONE)
def a_users_list_shows_a_daily_chain_as_it_reads_alone(api: Api, draw: Draw) -> None:
    """Progress and days included."""
    bodies = [
        {**body, "is_enabled": True, "date_end": None} for body in draw(st.lists(daily_chain_create(), min_size=1, max_size=3))
    ]
    numbers = [days.make(api, body) for body in bodies]
    scenes.control_of(api).set_clock("2027-02-01T00:00:00Z")
    for number in numbers:
        for place in [one["step_number"] for one in days.read(api, number)["steps"]][:2]:
            days.claim(api, number, place)
    items = {item["id"]: item for item in scenes.listed(api, OPEN, 50)}

    assert items == {number: days.seen(api, number) for number in items}
