"""The laws of the steps of offer chains and of the items that they offer."""

from decimal import Decimal

from hypothesis import strategies as st

from liveops_contract.api import Api, Json
from liveops_contract.checks import Draw, law
from liveops_contract.laws import scenes
from liveops_contract.strategies import HIGHEST, Drawn, image_urls, known_items, localized, localized_or_null, offer_steps, skus

CREATE, READ, UPDATE = "admin-create-offer-chain", "admin-get-offer-chain", "admin-update-offer-chain"
ITEMS = ("com.xsolla.item_1", "com.xsolla.item_2", "com.xsolla.item_3")


def step_numbers(min_size: int = 1) -> Drawn:
    """Different places of steps, in no particular order and with gaps."""
    return st.lists(st.integers(1, 9) | st.just(HIGHEST), min_size=min_size, max_size=5, unique=True)


def steps_of(api: Api, number: int) -> list[Json]:
    """The steps of a chain as an operator reads them."""
    steps: list[Json] = scenes.read_offer_chain(api, number)["steps"]
    return steps


def step_ids(api: Api, number: int) -> list[int]:
    """The numbers of the steps of a chain."""
    return [step["step_id"] for step in steps_of(api, number)]


def chain_to_update(api: Api, draw: Draw) -> int:
    """A chain that is switched off and has steps."""
    return scenes.new_offer_chain(api, scenes.offer_chain(*draw(offer_steps().filter(bool))))


@law(CREATE, UPDATE, READ)
def steps_are_answered_in_their_sequence(api: Api, draw: Draw) -> None:
    """In whatever order the steps are sent, they are read by their `step_number`."""
    first, then = draw(step_numbers(2)), draw(step_numbers(2))
    number = scenes.new_offer_chain(api, scenes.offer_chain(*(scenes.offer_step(place, ITEMS[0]) for place in first)))
    told = [[step["step_number"] for step in steps_of(api, number)]]
    scenes.update_offer_chain(api, number, scenes.offer_chain(*(scenes.offer_step(place, ITEMS[0]) for place in then)))
    told.append([step["step_number"] for step in steps_of(api, number)])

    assert told == [sorted(first), sorted(then)]


@law(UPDATE, READ)
def a_step_that_is_sent_with_its_id_keeps_it(api: Api, draw: Draw) -> None:
    """However the sequence changes around it, and whatever it offers from now on; all other steps get ids of their own."""
    number = chain_to_update(api, draw)
    before = step_ids(api, number)
    ids = draw(st.lists(st.sampled_from(before), unique=True))
    places = draw(st.permutations(range(1, len(ids) + 3)))
    kept, others = dict(zip(places, ids, strict=False)), places[len(ids) :]
    known = [{**scenes.offer_step(place, ITEMS[1]), "step_id": step_id} for place, step_id in kept.items()]
    new = [scenes.offer_step(place, ITEMS[2], **draw(st.sampled_from(({}, {"step_id": None})))) for place in others]
    scenes.update_offer_chain(api, number, scenes.offer_chain(*draw(st.permutations([*known, *new]))))

    after = {step["step_number"]: (step["step_id"], step["items"][0]["sku"]) for step in steps_of(api, number)}
    assert {place: after[place] for place in kept} == {place: (step_id, ITEMS[1]) for place, step_id in kept.items()}
    assert {after[place][0] for place in others}.isdisjoint(before)


@law(CREATE, UPDATE)
def ids_of_steps_are_never_given_twice(api: Api, draw: Draw) -> None:
    """A new step has an id that no step had before, whether that step is there still, was replaced, or went with its chain."""
    numbers = [chain_to_update(api, draw) for _ in range(2)]
    seen = [step_id for number in numbers for step_id in step_ids(api, number)]
    for act in draw(st.lists(st.sampled_from(("update", "create", "delete")), min_size=2, max_size=5)):
        if act == "delete" and len(numbers) > 1:
            api.call("admin-delete-offer-chain", path={"offer_chain_id": numbers.pop()})
        elif act == "update":
            scenes.update_offer_chain(api, numbers[-1], scenes.offer_chain(*draw(offer_steps())))
            seen += step_ids(api, numbers[-1])
        else:
            numbers.append(chain_to_update(api, draw))
            seen += step_ids(api, numbers[-1])

    assert len(set(seen)) == len(seen)


@law(UPDATE)
def an_unknown_step_is_not_found(api: Api, draw: Draw) -> None:
    """An id that is none of this chain's steps, be it of another chain or gone, is refused with 4001 and changes nothing."""
    number, other = chain_to_update(api, draw), chain_to_update(api, draw)
    gone = step_ids(api, number)
    scenes.update_offer_chain(api, number, scenes.offer_chain(*draw(offer_steps())))
    strange = draw(st.sampled_from((*gone, *step_ids(api, other), HIGHEST)))
    own = [{"step_id": step_id, **scenes.offer_step(place, ITEMS[0])} for place, step_id in enumerate(step_ids(api, number), 1)]
    steps = draw(st.permutations([*own, {"step_id": strange, **scenes.offer_step(9, ITEMS[0])}]))
    body = scenes.offer_chain(*steps)

    assert scenes.refusal(api, UPDATE, path={"offer_chain_id": number}, body=body) == (404, 4001, {})


@law(CREATE, UPDATE)
def an_unknown_item_of_a_step_is_named_in_the_refusal(api: Api, draw: Draw) -> None:
    """An item that the catalog does not have is refused with 4001 by its SKU, and nothing is stored."""
    number, creating = chain_to_update(api, draw), draw(st.booleans())
    strange, known = "missing." + draw(skus()), draw(st.lists(known_items(), max_size=2))
    steps = [scenes.offer_step(1, draw(known_items())), scenes.offer_step(2, *draw(st.permutations([*known, strange])))]
    body, before = scenes.offer_chain(*draw(st.permutations(steps))), scenes.everything(api)
    answer = api.call(CREATE if creating else UPDATE, path={} if creating else {"offer_chain_id": number}, body=body)

    assert (*scenes.verdict(answer), scenes.changes(api, before)) == (404, 4001, {})
    assert strange in answer.json()["errorMessage"]


@law(READ)
def items_of_steps_are_shown_as_the_catalog_has_them(api: Api, draw: Draw) -> None:
    """Texts, kind and picture of an item are those of the catalog at the moment of reading; it is free where its step is."""
    control, kinds = scenes.control_of(api), st.sampled_from(("virtual_good", "bundle", "virtual_currency"))
    number = chain_to_update(api, draw)
    given = [item["sku"] for step in steps_of(api, number) for item in step["items"]]
    for sku in sorted(draw(st.sets(st.sampled_from(given)))):
        texts = {"name": draw(localized()), "description": draw(localized_or_null())}
        control.put_item(sku, **texts, type=draw(kinds), image_url=draw(image_urls()))
    shown = [(step["is_free"], item) for step in steps_of(api, number) for item in step["items"]]

    names = ("item_id", "sku", "type", "name", "description", "image_url")
    facts = [{name: control.item(item["sku"])[name] for name in names} for _, item in shown]
    assert [{name: item[name] for name in names} for _, item in shown] == facts
    assert [item["is_free"] for _, item in shown] == [is_free for is_free, _ in shown]


@law(READ)
def a_step_costs_the_price_of_its_items_times_their_quantity(api: Api, draw: Draw) -> None:
    """Summed over the items; no price for a free step, nor for one with an item that has none."""
    control, pieces, cents = scenes.control_of(api), st.integers(1, 9), st.integers(0, 99_999)
    prices = {sku: draw(st.one_of(cents, cents, st.none())) for sku in ITEMS}
    for sku, price in prices.items():
        money = {"amount": f"{price // 100}.{price % 100:02}", "currency": "EUR"} if price is not None else None
        control.put_item(sku, price=money)
    offer, is_free = draw(st.dictionaries(st.sampled_from(ITEMS), pieces, min_size=1)), draw(st.integers(0, 3)) == 0
    step = {"step_number": 1, "is_free": is_free, "items": [{"sku": sku, "quantity": count} for sku, count in offer.items()]}
    told = steps_of(api, scenes.new_offer_chain(api, scenes.offer_chain(step)))[0]["step_price"]

    costs = [None if prices[sku] is None else prices[sku] * count for sku, count in offer.items()]
    due = None if is_free or None in costs else (Decimal(sum(cost or 0 for cost in costs)) / 100, "EUR")
    assert (told and (Decimal(str(told["amount"])), told["currency"])) == due
