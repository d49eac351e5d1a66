"""The laws of reward chains, the user's side."""

from datetime import datetime
from operator import eq, ge, gt, le, lt, ne

from hypothesis import strategies as st

from liveops_contract.api import Api
from liveops_contract.checks import Draw, law
from liveops_contract.laws import scenes
from liveops_contract.laws.reward_chain_scenes import (
    amount,
    as_answered,
    claim,
    claimed,
    earn,
    make,
    open_chain,
    seen,
    step_ids,
)
from liveops_contract.readings import disagreements
from liveops_contract.strategies import known_items, localized


@law("claim-user-reward-chain-step-reward", "get-user-reward-chain-balance")
def a_price_is_a_threshold(api: Api, draw: Draw) -> None:
    """A step opens when the balance reaches its price, not before (422/9913), and claiming costs nothing."""
    price = draw(st.integers(0, 50))
    number = make(api, open_chain(price))
    for user, points in (("user_1", max(0, price - 1)), ("user_2", price), ("user_3", price + 1)):
        if points:
            earn(api, points, user)
        refusal = claim(api, number, step_ids(api, number)[0], user)

        assert refusal == (None if points >= price else 9913)
        assert amount(api, number, user) == points
        assert claimed(api, number, user) == [points >= price]


@law("claim-user-reward-chain-step-reward")
def a_step_gives_its_reward_once(api: Api, draw: Draw) -> None:
    """The second claim is 422/9912 and gives nothing; every reward of the step arrived exactly once."""
    one = st.fixed_dictionaries({"sku": known_items(), "quantity": st.integers(1, 9)})
    plain = draw(st.lists(one, min_size=1, max_size=3))
    number = make(api, open_chain(steps=[{"name": {}, "price": {"amount": 0}, "reward": plain}]))
    step = step_ids(api, number)[0]
    refusals = [claim(api, number, step) for _ in range(draw(st.integers(2, 3)))]

    assert refusals == [None] + [9912] * (len(refusals) - 1)
    expected: dict[str, int] = {}
    for reward in plain:
        expected[reward["sku"]] = expected.get(reward["sku"], 0) + reward["quantity"]
    assert api.control
    assert api.control.inventory("user_1") == expected


@law("claim-user-reward-chain-step-reward")
def a_claim_needs_a_chain_and_a_step_that_exist(api: Api, draw: Draw) -> None:
    """A step of another chain, or none at all, is 404/9911; a chain that is not open is 404/4001."""
    number, other, off = make(api, open_chain(0)), make(api, open_chain(0)), make(api, open_chain(0, is_enabled=False))
    step, strange = step_ids(api, off)[0], draw(st.sampled_from((step_ids(api, other)[0], 2_000_000_000)))

    assert claim(api, number, strange) == 9911
    assert claim(api, off, step) == 4001
    assert claim(api, 2_000_000_000, step) == 4001
    assert claimed(api, number) == [False]


@law("get-reward-chains-list", "get-user-reward-chain-balance", "claim-user-reward-chain-step-reward")
def users_share_nothing(api: Api, draw: Draw) -> None:
    """What one user buys and claims changes nothing for another."""
    number = make(api, open_chain(0, 5))
    before = seen(api, "user_2")
    earn(api, draw(st.integers(1, 9)), "user_1")
    claim(api, number, step_ids(api, number)[0], "user_1")

    assert seen(api, "user_2") == before
    assert amount(api, number, "user_2") == 0
    assert claimed(api, number, "user_1") == [True, False]


@law("get-reward-chains-list", "get-user-reward-chain-balance")
def the_balance_in_the_list_is_the_balance(api: Api, draw: Draw) -> None:
    """All purchases of a user add up, and list and balance show the same sum of the same value point."""
    scenes.new_value_point(api, "own", image_url="https://example.com/own.png", description={"en": "Own"})
    number, points = make(api, open_chain(1, value_point="own")), draw(st.lists(st.integers(1, 1000), max_size=4))
    for earned in points:
        earn(api, earned, value_point="own")
    balance = api.call("get-user-reward-chain-balance", path={"reward_chain_id": number}, user="user_1").json()

    assert balance["amount"] == sum(points)
    assert seen(api)[number]["value_point"] == balance
    assert list(disagreements(scenes.read_value_point(api, "own"), balance)) == []


@law("get-reward-chains-list")
def pages_of_a_users_chains_join_up(api: Api, draw: Draw) -> None:
    """Pages one after the other are all open chains in their order, and `total_items_count` counts them all."""
    orders = draw(st.lists(st.integers(-2, 2), max_size=6))
    made = [(order, make(api, open_chain(order=order))) for order in orders]
    make(api, open_chain(is_enabled=False))
    expected = [number for _, number in sorted(made)]
    numbers: list[int] = []
    limit, more = draw(st.integers(1, 4)), True
    while more and len(numbers) <= len(expected):
        page = api.call("get-reward-chains-list", query={"limit": limit, "offset": len(numbers)}, user="user_1").json()
        numbers += [item["reward_chain_id"] for item in page["items"]]
        more = page["has_more"]
        assert len(page["items"]) <= limit
        assert page["total_items_count"] == len(expected)
        assert more == (len(numbers) < len(expected))

    assert numbers == expected


@law("get-reward-chains-list")
def a_chain_is_open_between_its_dates(api: Api, draw: Draw) -> None:
    """From the second it starts until the second it ends, and to nobody before or after."""
    offset = draw(st.sampled_from(("+00:00", "+05:45", "-12:00", "+14:00")))
    start, end = f"2025-03-01T10:00:00{offset}", f"2025-03-08T10:00:00{offset}"
    ends = {make(api, open_chain(0, date_start=start, date_end=date_end)): date_end for date_end in (end, None)}
    steps = {number: step_ids(api, number)[0] for number in ends}
    begin, finish = datetime.fromisoformat(start).timestamp(), datetime.fromisoformat(end).timestamp()
    assert api.control
    for place, moment in enumerate(edge + second for edge in (begin, finish) for second in (-1, 0, 1)):
        api.control.set_clock(datetime.fromtimestamp(moment).astimezone().isoformat())
        opens = {number: begin <= moment and (date_end is None or moment < finish) for number, date_end in ends.items()}

        assert {number: number in seen(api) for number in ends} == opens
        for number, is_open in opens.items():
            assert claim(api, number, steps[number], f"user_{place}") == (None if is_open else 4001)


@law("get-reward-chains-list")
def a_user_reads_one_language(api: Api, draw: Draw) -> None:
    """Texts are English where there is English, else the first language that has a text."""
    text = draw(localized())
    number = make(api, open_chain(0, name=text, description=text))
    spelled = as_answered(text)
    others = [value for value in spelled.values() if value is not None]
    expected = spelled.get("en") if spelled.get("en") is not None else (others[0] if others else None)
    chain = seen(api)[number]

    assert chain["description"] == expected
    assert chain["name"] == (expected or "")


@law("get-reward-chains-list")
def a_personalized_chain_is_seen_by_those_it_suits(api: Api, draw: Draw) -> None:
    """All conditions must hold; a missing attribute is fine only where the condition says so."""
    wanted = draw(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from(("1", "2")), st.booleans()), min_size=1, max_size=3))
    rules = [
        {"attribute": name, "type": "string", "operator": "eq", "value": value, "can_be_missing": missing}
        for name, value, missing in wanted
    ]
    attributes = draw(st.dictionaries(st.sampled_from("ab"), st.sampled_from(("1", "2"))))
    number = make(api, open_chain(0, attribute_conditions=rules))
    assert api.control
    api.control.put_user("user_1", attributes=attributes)

    suits = all(attributes[name] == value if name in attributes else missing for name, value, missing in wanted)
    assert (number in seen(api)) == suits


@law("get-reward-chains-list")
def conditions_compare_as_their_type_says(api: Api, draw: Draw) -> None:
    """Numbers compare as numbers and dates as moments, with earlier, later, and equal as the operator says."""
    number_or_date = draw(st.sampled_from(("number", "date")))
    values = (
        ("2", "10", "2.0") if number_or_date == "number" else ("2025-01-01", "2025-01-01T00:00:00Z", "2024-12-31T23:30:00-01:00")
    )
    ranks = {"2": 2, "10": 10, "2.0": 2, "2025-01-01": 0, "2025-01-01T00:00:00Z": 0, "2024-12-31T23:30:00-01:00": 1800}
    asks = draw(st.sampled_from(values))
    rule = {"attribute": "level", "type": number_or_date, "value": asks}
    operators = {"eq": eq, "ne": ne, "er": lt, "lt": gt, "ee": le, "le": ge}
    numbers = {name: make(api, open_chain(0, attribute_conditions=[{**rule, "operator": name}])) for name in operators}
    for has in values:
        scenes.control_of(api).put_user("user_1", attributes={"level": has})
        shown = seen(api)

        holding = {name for name, holds in operators.items() if holds(ranks[has], ranks[asks])}
        assert {name for name, number in numbers.items() if number in shown} == holding


@law("get-reward-chains-list")
def a_chain_for_the_rest_is_seen_where_no_personalized_one_suits(api: Api, draw: Draw) -> None:
    """Without conditions and with `is_always_visible` false a chain shows only to users whom no personalized chain suits."""
    rule = {"attribute": "race", "type": "string", "operator": "eq", "value": "ork"}
    personal = make(api, open_chain(0, attribute_conditions=[rule], is_always_visible=draw(st.booleans())))
    rest, always = make(api, open_chain(0, is_always_visible=False)), make(api, open_chain(0, is_always_visible=True))
    race = draw(st.sampled_from(("ork", "elf")))
    assert api.control
    api.control.put_user("user_1", attributes={"race": race})

    assert list(seen(api)) == ([personal, always] if race == "ork" else [rest, always])


@law("claim-user-reward-chain-step-reward", "get-reward-chains-list")
def rewards_with_conditions_go_to_those_they_suit(api: Api, draw: Draw) -> None:
    """A reward with conditions is shown and given only to users whom it suits; the others of the step go to everybody."""
    rule = {"attribute": "race", "type": "string", "operator": "eq", "value": "ork"}
    reward = [
        {"sku": "com.xsolla.box_1", "quantity": 1, "attribute_conditions": [rule]},
        {"sku": "com.xsolla.item_2", "quantity": 2},
    ]
    number = make(api, open_chain(steps=[{"name": {}, "price": {"amount": 0}, "reward": reward}]))
    race = draw(st.sampled_from(("ork", "elf")))
    assert api.control
    api.control.put_user("user_1", attributes={"race": race})
    shown = [entry["sku"] for entry in seen(api)[number]["steps"][0]["reward"]]
    claim(api, number, step_ids(api, number)[0])

    expected = {"com.xsolla.item_2": 2} | ({"com.xsolla.box_1": 1} if race == "ork" else {})
    assert sorted(shown) == sorted(expected)
    assert api.control.inventory("user_1") == expected
