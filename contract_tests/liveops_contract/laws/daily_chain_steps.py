"""The laws of the steps of daily chains, the operator's side."""

from hypothesis import strategies as st

from liveops_contract.api import Api
from liveops_contract.checks import Draw, law
from liveops_contract.daily_strategies import daily_steps
from liveops_contract.laws import daily_chain_scenes as days
from liveops_contract.laws import scenes
from liveops_contract.strategies import HIGHEST, image_urls, known_items, localized, localized_or_null, skus

CREATE, READ, UPDATE = "admin-create-daily-chain", "admin-get-daily-chain", "admin-update-daily-chain"
OTHER_ITEM, NEW_ITEM = "com.xsolla.item_2", "com.xsolla.item_3"


def chain_to_update(api: Api, draw: Draw) -> int:
    """A chain that is switched off and has steps."""
    return days.make(api, days.chain(*draw(daily_steps().filter(bool)), is_enabled=False))


@law(CREATE, UPDATE, READ)
def steps_of_daily_chains_are_answered_in_their_sequence(api: Api, draw: Draw) -> None:
    """In whatever order the steps are sent, they are read by their `step_number`."""
    places = st.lists(st.integers(1, 9) | st.just(HIGHEST), min_size=2, max_size=5, unique=True)
    first, then = draw(places), draw(places)
    number = days.make(api, days.chain(*map(days.step, first), is_enabled=False))
    read = [[one["step_number"] for one in days.read(api, number)["steps"]]]
    days.update(api, number, days.chain(*map(days.step, then)))
    read.append([one["step_number"] for one in days.read(api, number)["steps"]])

    assert read == [sorted(first), sorted(then)]


@law(UPDATE, READ)
def a_step_of_a_daily_chain_that_is_sent_with_its_id_keeps_it(api: Api, draw: Draw) -> None:
    """However the days change around it, and whatever it gives from now on; all other steps get ids of their own."""
    number = chain_to_update(api, draw)
    before = days.step_ids(api, number)
    ids = draw(st.lists(st.sampled_from(before), unique=True))
    places = draw(st.permutations(range(1, len(ids) + 3)))
    kept, others = dict(zip(places, ids, strict=False)), places[len(ids) :]
    known = [days.step(place, OTHER_ITEM, step_id=step_id) for place, step_id in kept.items()]
    new = [days.step(place, NEW_ITEM, **draw(st.sampled_from(({}, {"step_id": None})))) for place in others]
    days.update(api, number, days.chain(*draw(st.permutations([*known, *new]))))

    after = {one["step_number"]: (one["step_id"], one["items"][0]["sku"]) for one in days.read(api, number)["steps"]}
    assert {place: after[place] for place in kept} == {place: (step_id, OTHER_ITEM) for place, step_id in kept.items()}
    assert {after[place][0] for place in others}.isdisjoint(before)


@law(CREATE, UPDATE)
def ids_of_steps_of_daily_chains_are_never_given_twice(api: Api, draw: Draw) -> None:
    """A new step has an id that no step had before, whether that step is there still or was replaced."""
    numbers = [chain_to_update(api, draw) for _ in range(2)]
    given = [step_id for number in numbers for step_id in days.step_ids(api, number)]
    for number in draw(st.lists(st.sampled_from(numbers), min_size=1, max_size=3)):
        days.update(api, number, days.chain(*draw(daily_steps()), is_enabled=False))
        given += days.step_ids(api, number)

    assert len(set(given)) == len(given)


@law(UPDATE)
def an_unknown_step_of_a_daily_chain_is_not_found(api: Api, draw: Draw) -> None:
    """An id that is none of this chain's steps, be it of another chain or gone, is refused with 9911 and changes nothing."""
    number, other = chain_to_update(api, draw), chain_to_update(api, draw)
    gone = days.step_ids(api, number)
    days.update(api, number, days.chain(*draw(daily_steps()), is_enabled=False))
    strange = draw(st.sampled_from((*gone, *days.step_ids(api, other), HIGHEST)))
    own = [days.step(place, step_id=step_id) for place, step_id in enumerate(days.step_ids(api, number), 1)]
    body = days.chain(*draw(st.permutations([*own, days.step(9, step_id=strange)])))

    assert scenes.refusal(api, UPDATE, path={"daily_chain_id": number}, body=body) == (404, 9911, {})


@law(CREATE, UPDATE)
def an_unknown_item_of_a_day_is_named_in_the_refusal(api: Api, draw: Draw) -> None:
    """An item that the catalog does not have is refused with 4001 by its SKU, and nothing is stored."""
    number, creating = chain_to_update(api, draw), draw(st.booleans())
    strange, known = "missing." + draw(skus()), draw(st.lists(known_items(), max_size=2))
    body = days.chain(*draw(st.permutations([days.step(1), days.step(2, *draw(st.permutations([*known, strange])))])))
    before = scenes.everything(api)
    answer = api.call(CREATE if creating else UPDATE, path={} if creating else {"daily_chain_id": number}, body=body)

    assert (*scenes.verdict(answer), scenes.changes(api, before)) == (404, 4001, {})
    assert strange in answer.json()["errorMessage"]


@law(READ)
def items_of_days_are_shown_as_the_catalog_has_them(api: Api, draw: Draw) -> None:
    """Texts, kind and picture of an item are those of the catalog at the moment of reading."""
    control, kinds = scenes.control_of(api), st.sampled_from(("virtual_good", "bundle", "virtual_currency"))
    number = chain_to_update(api, draw)
    given = [item["sku"] for one in days.read(api, number)["steps"] for item in one["items"]]
    for sku in sorted(draw(st.sets(st.sampled_from(given)))):
        texts = {"name": draw(localized()), "description": draw(localized_or_null())}
        control.put_item(sku, **texts, type=draw(kinds), image_url=draw(image_urls()))
    shown = [item for one in days.read(api, number)["steps"] for item in one["items"]]

    names = ("item_id", "sku", "type", "name", "description", "image_url")
    assert [{name: item[name] for name in names} for item in shown] == [
        {name: control.item(item["sku"])[name] for name in names} for item in shown
    ]
