"""The laws of reward chains, the operator's side."""

from hypothesis import strategies as st

from liveops_contract.api import Api, Json
from liveops_contract.checks import Draw, law
from liveops_contract.laws import scenes
from liveops_contract.laws.reward_chain_scenes import (
    POINT,
    as_answered,
    claim,
    claimed,
    earn,
    make,
    open_chain,
    read,
    seen,
    step_ids,
    update_of,
)
from liveops_contract.strategies import known_items, reward_chain_create

OPTIONAL = {
    "description": {"en": "Old"},
    "long_description": {"en": "Old"},
    "image_url": "https://example.com/old.png",
    "order": 7,
    "is_always_visible": False,
    "date_end": "2100-01-01T00:00:00Z",
}


@law("admin-create-reward-chain", "admin-get-reward-chain")
def a_chain_is_read_as_it_was_created(api: Api, draw: Draw) -> None:
    """What an operator sends is what the operator reads, down to the last reward of the last step."""
    body = draw(reward_chain_create(POINT))
    chain = read(api, make(api, body))

    plain = ("date_start", "is_enabled")
    assert {name: chain[name] for name in plain} == {name: body[name] for name in plain}
    defaults = {"order": 1, "date_end": None, "image_url": None, "attribute_conditions": None, "is_always_visible": True}
    assert {name: chain[name] for name in defaults} == {name: body.get(name, value) for name, value in defaults.items()}
    texts = ("name", "description", "long_description")
    assert {name: chain[name] for name in texts} == {name: as_answered(body.get(name)) for name in texts}
    assert chain["value_point"]["sku"] == POINT
    steps = [{**step, "name": as_answered(step["name"]), "image_url": step.get("image_url")} for step in body["steps"]]
    assert [{key: value for key, value in step.items() if key != "step_id"} for step in chain["steps"]] == steps
    sent = body.get("recurrent_schedule")
    assert sent is None if chain["recurrent_schedule"] is None else sent.items() <= chain["recurrent_schedule"].items()


@law("admin-create-reward-chain")
def numbers_of_chains_and_steps_are_never_given_twice(api: Api, draw: Draw) -> None:
    """A new chain and its steps get numbers that nothing had before, also after a deletion."""
    numbers, steps = [], []
    for gone in draw(st.lists(st.booleans(), min_size=2, max_size=5)):
        numbers.append(make(api, open_chain(1, 2)))
        steps += step_ids(api, numbers[-1])
        if gone:
            api.call("admin-delete-reward-chain", path={"reward_chain_id": numbers[-1]})

    assert len(set(numbers)) == len(numbers)
    assert len(set(steps)) == len(steps)


@law("admin-create-reward-chain")
def a_chain_for_an_unknown_value_point_or_item_is_refused(api: Api, draw: Draw) -> None:
    """The refusal is 404/4001, names the SKU, and leaves nothing behind."""
    strange = "strange_" + draw(known_items())
    body = open_chain(1)
    if draw(st.booleans()):
        body["value_point"]["sku"] = strange
    else:
        body["steps"][0]["reward"].append({"sku": strange, "quantity": 1})
    answer = api.call("admin-create-reward-chain", body=body)

    assert (answer.status, answer.error_code) == (404, 4001)
    assert strange in answer.json()["errorMessage"]
    assert api.call("admin-get-reward-chains").json()["items"] == []


@law("admin-create-reward-chain", "admin-update-reward-chain")
def the_form_of_a_chain_fits_its_value_point(api: Api, draw: Draw) -> None:
    """A clan value point asks for the clan form and no other does, at an update too; the refusal is 422/6213."""
    is_clan, wrong = draw(st.booleans()), (422, 6213)
    api.call("admin-create-value-points", body={"sku": "point", "name": {"en": "Point"}, "is_clan": is_clan})
    popup = {"popup_header": {"en": "Join"}, "popup_instruction": None}
    unlike, fitting = (open_chain(1, value_point="point", **(popup if clan_form else {})) for clan_form in (not is_clan, is_clan))
    assert scenes.verdict(api.call("admin-create-reward-chain", body=unlike)) == wrong
    number = make(api, fitting)
    before = read(api, number)
    body = {**_replacing(unlike), "name": {"en": "Changed"}}
    answer = api.call("admin-update-reward-chain", path={"reward_chain_id": number}, body=body)

    assert (scenes.verdict(answer), read(api, number)) == (wrong, before)


@law("admin-get-reward-chains")
def pages_of_chains_join_up(api: Api, draw: Draw) -> None:
    """Whatever the page size, the pages one after the other are the whole list, in its order, and say when it ends."""
    orders = draw(st.lists(st.integers(-2, 2), max_size=7))
    enabled = [draw(st.booleans()) for _ in orders]
    made = [(order, make(api, open_chain(order=order, is_enabled=on)), on) for order, on in zip(orders, enabled, strict=True)]
    wanted = draw(st.sampled_from((None, 0, 1)))
    expected = [number for _, number, on in sorted(made) if wanted in (None, int(on))]
    numbers: list[int] = []
    limit, more = draw(st.integers(1, 4)), True
    while more and len(numbers) <= len(expected):
        query = {"limit": limit, "offset": len(numbers)} | ({} if wanted is None else {"enabled": wanted})
        page = api.call("admin-get-reward-chains", query=query).json()
        numbers += [item["reward_chain_id"] for item in page["items"]]
        more = page["has_more"]
        assert len(page["items"]) <= limit
        assert more == (len(numbers) < len(expected))

    assert numbers == expected


@law("admin-get-reward-chains", "admin-get-reward-chain")
def a_chain_in_the_list_is_the_chain_read_alone(api: Api, draw: Draw) -> None:
    """A list shows the same facts as the chain itself, but for the steps and the long texts of the value point."""
    number = make(api, draw(reward_chain_create(POINT)))
    alone = read(api, number)
    listed = api.call("admin-get-reward-chains").json()["items"][0]

    assert "steps" not in listed
    assert read(api, number) == alone
    assert {**listed, "value_point": None} == {**{key: alone[key] for key in alone if key != "steps"}, "value_point": None}
    assert listed["value_point"]["sku"] == alone["value_point"]["sku"]


@law("admin-update-reward-chain", "admin-get-reward-chain")
def an_update_replaces_the_whole_chain(api: Api, draw: Draw) -> None:
    """What the update leaves out is lost; what it sends is read; the value point stays; an enabled chain may be updated."""
    number = make(api, {**draw(reward_chain_create(POINT)), **OPTIONAL})
    for wanted in (open_chain(1), draw(reward_chain_create(POINT))):
        answer = api.call("admin-update-reward-chain", path={"reward_chain_id": number}, body=_replacing(wanted))
        assert answer.status == 204
        changed, new = (_without_numbers(read(api, one)) for one in (number, make(api, wanted)))

        assert changed == new


def _replacing(new: Json) -> Json:
    """The body of a new chain as one that replaces another, with steps that are all new."""
    kept = {name: value for name, value in new.items() if name != "value_point"}
    return {**kept, "steps": [{"step_id": None, **step} for step in new["steps"]]}


def _without_numbers(chain: Json) -> Json:
    return {**chain, "reward_chain_id": 0, "steps": [{**step, "step_id": 0} for step in chain["steps"]]}


@law("admin-update-reward-chain", "claim-user-reward-chain-step-reward")
def a_step_that_keeps_its_number_keeps_the_progress(api: Api, draw: Draw) -> None:
    """Of the claimed steps exactly those stay claimed whose `step_id` the update repeats, wherever they stand."""
    number = make(api, open_chain(0, 0, 0, 0))
    ids = step_ids(api, number)
    claims = [claim(api, number, step_id) for step_id in ids if draw(st.booleans())]
    was_claimed = dict(zip(ids, claimed(api, number), strict=True))
    chain = read(api, number)
    kept = [step for step in chain["steps"] if draw(st.booleans())]
    fresh = [{**step, "step_id": None} for step in chain["steps"] if step not in kept]
    steps = draw(st.permutations([{**step, "name": {"en": "New"}} for step in [*kept, *fresh]]))
    api.call("admin-update-reward-chain", path={"reward_chain_id": number}, body=update_of({**chain, "steps": steps}))

    assert claims == [None] * len(claims)
    assert claimed(api, number) == [step["step_id"] is not None and was_claimed[step["step_id"]] for step in steps]
    assert [new in ids for new in step_ids(api, number)] == [step["step_id"] is not None for step in steps]


@law("admin-update-reward-chain")
def an_update_with_a_strange_step_changes_nothing(api: Api, draw: Draw) -> None:
    """A `step_id` of another chain is 404/9911; chain and progress stay."""
    number, other = make(api, open_chain(0, 5)), make(api, open_chain(0))
    mine, foreign = step_ids(api, number), step_ids(api, other)[0]
    claim(api, number, mine[0])
    before = read(api, number)
    steps = draw(st.permutations([*before["steps"], {**before["steps"][1], "step_id": foreign}]))
    body = update_of({**before, "steps": steps}, name={"en": "Changed"})
    answer = api.call("admin-update-reward-chain", path={"reward_chain_id": number}, body=body)

    assert (answer.status, answer.error_code) == (404, 9911)
    assert read(api, number) == before
    assert claimed(api, number) == [True, False]


@law("admin-toggle-reward-chain", "admin-get-reward-chain")
def a_toggle_changes_the_switch_of_a_reward_chain_alone(api: Api, draw: Draw) -> None:
    """One toggle turns the switch over and nothing else; a second one undoes the first; progress stays."""
    number = make(api, {**draw(reward_chain_create(POINT)), "is_enabled": draw(st.booleans())})
    before = read(api, number)
    api.call("admin-toggle-reward-chain", path={"reward_chain_id": number})
    once = read(api, number)
    api.call("admin-toggle-reward-chain", path={"reward_chain_id": number})

    assert once == {**before, "is_enabled": not before["is_enabled"]}
    assert read(api, number) == before


@law("admin-toggle-reward-chain", "claim-user-reward-chain-step-reward")
def progress_outlives_a_toggle(api: Api, draw: Draw) -> None:
    """A chain that was switched off and on again shows the claims and balances of before."""
    number, points = make(api, open_chain(0, 50)), draw(st.integers(1, 100))
    earn(api, points)
    claim(api, number, step_ids(api, number)[0])
    before = seen(api)[number]
    api.call("admin-toggle-reward-chain", path={"reward_chain_id": number})
    assert number not in seen(api)
    api.call("admin-toggle-reward-chain", path={"reward_chain_id": number})

    assert seen(api)[number] == before


@law("admin-delete-reward-chain")
def a_deleted_chain_is_gone_and_nothing_else_is(api: Api, draw: Draw) -> None:
    """Every call on it is 404; other chains, balances and what users received stay."""
    gone, stays = make(api, open_chain(0)), make(api, open_chain(0))
    earn(api, draw(st.integers(1, 9)))
    claim(api, gone, step_ids(api, gone)[0])
    assert api.control
    user, other = api.control.user("user_1"), read(api, stays)
    path = {"reward_chain_id": gone}
    assert api.call("admin-delete-reward-chain", path=path).status == 204
    calls = ("admin-get-reward-chain", "admin-delete-reward-chain", "admin-toggle-reward-chain", "admin-reset-reward-chain")

    assert [api.call(name, path=path).error_code for name in calls] == [4001] * 4
    assert [item["reward_chain_id"] for item in api.call("admin-get-reward-chains").json()["items"]] == [stays]
    assert (api.control.user("user_1"), read(api, stays)) == (user, other)


@law("admin-get-reward-chain", "admin-get-reward-chains", "get-reward-chains-list")
def projects_share_nothing(api: Api, draw: Draw) -> None:
    """A number of another project is 404, and its lists do not show it."""
    number = make(api, {**draw(reward_chain_create(POINT)), "is_enabled": True})
    read(api, number)
    seen(api)
    other = api.sibling()

    assert other.call("admin-get-reward-chain", path={"reward_chain_id": number}).error_code == 4001
    assert other.call("admin-get-reward-chains").json() == {"has_more": False, "items": []}
    nothing = {"has_more": False, "total_items_count": 0, "items": []}
    assert other.call("get-reward-chains-list", user="user_1").json() == nothing
