"""The laws of what users see of offer chains: which ones, in which order, and what stands in them."""

from datetime import datetime

from hypothesis import strategies as st

from liveops_contract.api import Api
from liveops_contract.checks import Draw, law
from liveops_contract.laws import scenes
from liveops_contract.laws.offer_chain_scenes import (
    CLAIM,
    ITEM,
    LIST,
    ONE,
    Json,
    claim,
    listed,
    make,
    open_chain,
    seen,
    step,
    take,
    view,
)
from liveops_contract.laws.reward_chain_scenes import OTHER_POINT, POINT
from liveops_contract.strategies import localized

RACE = {"attribute": "race", "type": "string", "operator": "eq", "value": "ork"}


@law(LIST)
def pages_of_a_users_offer_chains_join_up(api: Api, draw: Draw) -> None:
    """Pages one after the other are all open chains in their order, and `total_items_count` counts them all."""
    orders = draw(st.lists(st.integers(-2, 2), min_size=3 * draw(st.booleans()), max_size=6))
    made = [(order, make(api, draw, [step(1)], order=order)) for order in orders]
    scenes.new_offer_chain(api, scenes.offer_chain())
    expected = [number for _, number in sorted(made)]
    numbers: list[int] = []
    limit, more = draw(st.integers(1, 4)), True
    while more and len(numbers) <= len(expected):
        page = api.call(LIST, query={"limit": limit, "offset": len(numbers)}).json()
        numbers += [chain["id"] for chain in page["items"]]
        more = page["has_more"]
        assert (len(page["items"]) <= limit, page["total_items_count"]) == (True, len(expected))
        assert more == (len(numbers) < len(expected))

    assert numbers == expected


@law(LIST)
def a_page_holds_thirty_offer_chains_unless_told(api: Api, draw: Draw) -> None:
    """Without a limit the server answers the first thirty."""
    count = draw(st.sampled_from((29, 30, 31)))
    numbers = [scenes.new_offer_chain(api, open_chain()) for _ in range(count)]
    page = api.call(LIST).json()

    assert ([chain["id"] for chain in page["items"]], page["has_more"]) == (numbers[:30], count > 30)


@law(LIST, ONE)
def a_chain_alone_is_the_chain_in_the_list(api: Api, draw: Draw) -> None:
    """Both show the same, to the user who asks."""
    chains = [make(api, draw, [step(1), step(2, is_free=False)]) for _ in range(draw(st.integers(1, 3)))]
    taken = draw(st.sampled_from(chains))
    claim(api, taken, 1, draw(st.sampled_from(scenes.USERS)))

    for user in scenes.USERS:
        assert [view(api, chain, user) for chain in chains] == listed(api, user)


@law(LIST, ONE, CLAIM)
def an_offer_chain_is_open_between_its_dates(api: Api, draw: Draw) -> None:
    """From the second it starts until the second it ends, and to nobody before or after."""
    offset = draw(st.sampled_from(("+00:00", "+05:45", "-12:00", "+14:00")))
    start, end = f"2025-03-01T10:00:00{offset}", f"2025-03-08T10:00:00{offset}"
    ends = {make(api, draw, [step(1)], date_start=start, date_end=date_end): date_end for date_end in (end, None)}
    begin, finish = datetime.fromisoformat(start).timestamp(), datetime.fromisoformat(end).timestamp()
    for place, moment in enumerate(edge + second for edge in (begin, finish) for second in (-1, 0, 1)):
        scenes.control_of(api).set_clock(datetime.fromtimestamp(moment).astimezone().isoformat())
        opens = {chain: begin <= moment and (date_end is None or moment < finish) for chain, date_end in ends.items()}

        assert {chain: (chain in seen(api), "id" in view(api, chain)) for chain in ends} == {
            chain: (is_open, is_open) for chain, is_open in opens.items()
        }
        for chain, is_open in opens.items():
            assert claim(api, chain, 1, f"user_{place}") == (None if is_open else 4001)


@law(LIST, ONE, CLAIM)
def a_personalized_offer_chain_is_for_those_it_suits(api: Api, draw: Draw) -> None:
    """One with conditions shows to whom it suits, one for the rest to whom none suits; who does not see it can't take from it."""
    personal = make(api, draw, [step(1)], attribute_conditions=[RACE], is_always_visible=draw(st.booleans()))
    rest = make(api, draw, [step(1)], is_always_visible=False)
    always = make(api, draw, [step(1)], is_always_visible=True)
    race = draw(st.sampled_from(("ork", "elf", None)))
    scenes.control_of(api).put_user("user_1", attributes={} if race is None else {"race": race})

    suits = race == "ork"
    assert seen(api) == ([personal, always] if suits else [rest, always])
    assert [view(api, chain).get("errorCode") for chain in (personal, rest)] == ([None, 4001] if suits else [4001, None])
    assert [claim(api, chain, 1) for chain in (personal, rest, always)] == [
        None if suits else 4001,
        4001 if suits else None,
        None,
    ]


@law(LIST, ONE)
def personalized_reward_chains_hide_no_offer_chains(api: Api, draw: Draw) -> None:
    """A chain for the rest looks at chains of its own kind alone."""
    chain = make(api, draw, [step(1)], is_always_visible=False)
    required = {"value_point": {"sku": POINT}, "name": {}, "date_start": "2024-01-01T00:00:00Z", "is_enabled": True, "steps": []}
    conditions = [{**RACE, "can_be_missing": draw(st.booleans())}]
    api.call("admin-create-reward-chain", body={**required, "attribute_conditions": conditions})

    assert seen(api) == [chain]


@law(LIST, ONE)
def a_user_reads_an_offer_chain_in_one_language(api: Api, draw: Draw) -> None:
    """Texts of chain and items are English where there is English, else the first language that has a text."""
    text = draw(localized())
    scenes.control_of(api).put_item(ITEM, name=text, description=text)
    shown = view(api, make(api, draw, [step(1)], name=text, description=text))
    spelled = scenes.as_answered(text)
    others = [value for value in spelled.values() if value is not None]
    expected = spelled.get("en") if spelled.get("en") is not None else (others[0] if others else None)
    item = shown["steps"][0]["items"][0]

    assert (shown["name"], shown["description"]) == (expected or "", expected)
    assert (item["name"], item["description"]) == (expected or ITEM, expected)


@law(ONE, CLAIM)
def filter_rules_hide_no_steps(api: Api, draw: Draw) -> None:
    """An item that the shop hides from the user is shown and given in an offer chain all the same."""
    rule = {"name": "Hidden", "is_enabled": True, "attribute_conditions": [RACE], "items": [{"sku": ITEM}]}
    made = api.call("create-filter-rule", body={**rule, "is_satisfied_for_unauth": draw(st.booleans())})
    one = step(1, is_free=draw(st.booleans()))
    chain = make(api, draw, [one])

    assert made.status < 300
    assert [item["sku"] for item in view(api, chain)["steps"][0]["items"]] == [ITEM]
    assert take(api, chain, one) is None


def shown_item(control: Json, sku: str, quantity: int, is_free: bool, order: int | None = None) -> Json:
    """An item as a user should see it, and what is in it, from what the catalog says."""
    item = control.item(sku)
    told = {name: item[name] for name in ("item_id", "sku", "type", "bundle_type", "image_url")}
    parts = item["content"] and [shown_item(control, part["sku"], part["quantity"], is_free) for part in item["content"]]
    pieces = {"quantity": quantity, "order": order, "is_free": is_free, "content": parts}
    return {**told, **pieces, "name": item["name"]["en"], "description": None}


@law(ONE)
def a_user_sees_what_a_step_gives(api: Api, draw: Draw) -> None:
    """Each item with what the catalog says of it, bundles with what is in them, down to bundles in bundles."""
    control, count = scenes.control_of(api), draw(st.integers(1, 9))
    within = [{"sku": ITEM, "quantity": count}, {"sku": "booster_1", "quantity": 1}]
    control.put_item("inner", type="bundle", bundle_type="standard", content=within[: draw(st.integers(0, 2))])
    outer = draw(st.permutations([{"sku": "inner", "quantity": 2}, {"sku": "booster_mega", "quantity": 3}]))
    control.put_item("outer", type="bundle", bundle_type="virtual_currency_package", image_url="a", content=outer)
    skus, is_free = draw(st.lists(st.sampled_from((ITEM, "inner", "outer")), min_size=1, max_size=3)), draw(st.booleans())
    items = [{"sku": sku, "quantity": place + 1, "order": draw(st.none() | st.integers(0, 9))} for place, sku in enumerate(skus)]
    chain = make(api, draw, [{"step_number": 4, "is_free": is_free, "items": items}])

    expected = [shown_item(control, item["sku"], item["quantity"], is_free, item["order"]) for item in items]
    assert view(api, chain)["steps"][0]["items"] == expected


@law(ONE, LIST, CLAIM)
def a_user_sees_the_value_points_of_a_step(api: Api, draw: Draw) -> None:
    """Points a piece times pieces, by SKU, of the value points that are switched on, in the list too; they are what is given."""
    control, count = scenes.control_of(api), draw(st.integers(1, 9))
    amounts = draw(st.dictionaries(st.sampled_from((POINT, OTHER_POINT)), st.integers(1, 9), min_size=2 * draw(st.booleans())))
    carries = [{"sku": sku, "amount": amount} for sku, amount in amounts.items()]
    control.put_item(ITEM, price={"amount": "1", "currency": "USD"}, value_points=carries)
    one = step(1, count, is_free=draw(st.booleans()))
    chain = make(api, draw, [one])
    off = draw(st.sampled_from((POINT, None)))
    if off:
        api.call("admin-update-value-point", path={"item_sku": off}, body={"sku": off, "name": {}, "is_enabled": False})
    shown = view(api, chain)["steps"][0]
    (listed,) = api.call(LIST, user="user_1").json()["items"]
    take(api, chain, one)

    assert listed["steps"] == [shown]
    expected = {sku: amount * count for sku, amount in sorted(amounts.items()) if sku != off}
    assert [(point["sku"], point["amount"]) for point in shown["step_vp_rewards"]] == list(expected.items())
    assert {sku: control.balance("user_1", sku) for sku in expected} == expected
    assert (control.balance("user_1", off) if off else 0, shown["step_loyalty_rewards"]) == (0, [])
