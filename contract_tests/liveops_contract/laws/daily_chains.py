"""The laws of daily chains, the operator's side."""

from hypothesis import strategies as st

from liveops_contract.api import Api, Json
from liveops_contract.checks import Draw, law
from liveops_contract.daily_strategies import daily_chain_create
from liveops_contract.laws import daily_chain_scenes as days
from liveops_contract.laws import scenes

LIST, CREATE, READ = "admin-get-daily-chains", "admin-create-daily-chain", "admin-get-daily-chain"
UPDATE, DELETE, TOGGLE = "admin-update-daily-chain", "admin-delete-daily-chain", "admin-toggle-daily-chain"
RESET = "admin-reset-daily-chain"


def said(body: Json) -> Json:
    """Everything that an operator says of a chain, defaults filled in, in one form for bodies and answers."""
    given = [(one["step_number"], [(item["sku"], item["quantity"]) for item in one["items"]]) for one in body["steps"]]
    return {
        **{name: scenes.as_answered(body.get(name)) for name in ("name", "description")},
        **{name: scenes.moment(body.get(name)) for name in ("date_start", "date_end")},
        **{name: body[name] for name in ("is_enabled", "type")},
        "order": body.get("order", 1),
        "is_recurrent": body.get("is_recurrent", False),
        "steps": sorted(given),
    }


@law(CREATE, READ)
def a_new_daily_chain_reads_as_it_was_written(api: Api, draw: Draw) -> None:
    """Every field and step that an operator sends for a new chain can be read again; what is left out has its default."""
    for body in (draw(daily_chain_create()), {**draw(daily_chain_create()), "date_end": "2100-01-01T00:00:00+08:00"}):
        number = days.make(api, body)
        read = days.read(api, number)

        assert said(read) == said(body)
        assert (read["id"], read["number_of_steps"]) == (number, len(body["steps"]))


@law(CREATE, UPDATE, READ)
def the_later_of_two_spellings_of_a_language_wins_in_daily_chains(api: Api, draw: Draw) -> None:
    """A text sent as `en-US` and as `en` is read as `en`, and it is the text that was sent last."""
    long, short = draw(st.sampled_from(sorted(scenes.SPELLINGS.items())))
    first, second = draw(st.permutations((long, short)))
    body = days.chain(name={first: "first", second: "second"}, description={long: "alone"}, is_enabled=False)
    number = days.make(api, body if draw(st.booleans()) else days.chain(is_enabled=False))
    days.update(api, number, body)
    read = days.read(api, number)

    assert (read["name"], read["description"]) == ({short: "second"}, {short: "alone"})


@law(UPDATE, READ)
def an_update_replaces_a_daily_chain(api: Api, draw: Draw) -> None:
    """After an update a chain is what the update says; what the update leaves out is lost."""
    before, update = draw(daily_chain_create()), draw(daily_chain_create())
    number = days.make(api, {**before, "is_enabled": False})
    named = {"id": number} if draw(st.booleans()) else {}
    answer = days.update(api, number, {**update, **named})
    read = days.read(api, number)

    assert (answer.status, said(read)) == (204, said(update))
    assert (read["id"], read["number_of_steps"]) == (number, len(update["steps"]))


@law(DELETE, READ, LIST)
def a_deleted_daily_chain_is_gone(api: Api, draw: Draw) -> None:
    """It is found neither alone nor in the list, and can't be toggled, reset, updated or deleted again."""
    body = draw(daily_chain_create())
    number = days.make(api, body)
    deleted = api.call(DELETE, path={"daily_chain_id": number})

    assert deleted.status == 204
    for operation in draw(st.permutations((READ, TOGGLE, DELETE, RESET))):
        assert scenes.verdict(api.call(operation, path={"daily_chain_id": number})) == (404, 4001)
    assert scenes.verdict(days.update(api, number, body)) == (404, 4001)
    assert number not in [item["id"] for item in scenes.listed(api, LIST)]


@law(CREATE, DELETE)
def numbers_of_daily_chains_are_never_given_twice(api: Api, draw: Draw) -> None:
    """A new chain has a number that no chain had before, also after a deletion."""
    numbers = []
    for is_kept in draw(st.lists(st.booleans(), min_size=2, max_size=5)):
        numbers.append(days.make(api, days.chain()))
        if not is_kept:
            api.call(DELETE, path={"daily_chain_id": numbers[-1]})

    assert len(set(numbers)) == len(numbers)


@law(UPDATE, DELETE, TOGGLE, RESET)
def an_act_on_one_daily_chain_touches_no_other(api: Api, draw: Draw) -> None:
    """Update, deletion, toggle and reset change the chain that the path names and its days, and nothing else."""
    kinds = draw(st.lists(st.sampled_from((days.CALENDAR, days.ROLLING)), min_size=1, max_size=3))
    numbers = [days.make(api, days.chain(*days.steps(2), type=kind)) for kind in [*kinds, days.ROLLING]]
    for number in numbers:
        days.claim(api, number, 1, draw(st.sampled_from(scenes.USERS)))
    number = numbers[-1]
    before = without(scenes.everything(api), number)
    for operation in (RESET, TOGGLE, UPDATE, DELETE):
        call: Json = {"body": draw(daily_chain_create())} if operation == UPDATE else {}
        api.call(operation, path={"daily_chain_id": number}, **call)

        assert without(scenes.everything(api), number) == before


def without(facts: Json, number: int) -> Json:
    """All that is told of a project besides a chain and its days."""
    others = {name: told for name, told in facts.items() if name != f"daily chain {number}"}
    days_left = {
        name: [one for one in told if one["id"] != number] for name, told in others.items() if name.startswith("days of")
    }
    return others | days_left


@law(TOGGLE)
def a_toggle_changes_the_switch_of_a_daily_chain_alone(api: Api, draw: Draw) -> None:
    """A chain that was on is off and one that was off is on; all else is as before, and toggled again it is what it was."""
    number = days.make(api, draw(daily_chain_create()))
    before, read = scenes.everything(api), days.read(api, number)
    status = days.toggle(api, number).status
    changed = days.read(api, number)
    days.toggle(api, number)

    assert (status, changed) == (204, {**read, "is_enabled": not read["is_enabled"]})
    assert scenes.changes(api, before) == {}


@law(UPDATE)
def a_daily_chain_that_is_switched_on_cannot_be_updated(api: Api, draw: Draw) -> None:
    """The update is refused with 6209 and changes nothing; switched off, the same update is taken."""
    number = days.make(api, {**draw(daily_chain_create()), "is_enabled": True})
    update = draw(daily_chain_create())
    refused = scenes.refusal(api, UPDATE, path={"daily_chain_id": number}, body=update)
    days.toggle(api, number)

    assert refused == (422, 6209, {})
    assert days.update(api, number, update).status == 204


@law(UPDATE)
def the_number_of_a_daily_chain_never_changes(api: Api, draw: Draw) -> None:
    """An update whose `id` is not the one of the path is refused with 6211 and changes nothing."""
    numbers = [days.make(api, days.chain(is_enabled=False)) for _ in range(2)]
    other = draw(st.sampled_from((*numbers[1:], numbers[1] + 1, 2147483647)))
    body = {**draw(daily_chain_create()), "id": other}

    assert scenes.refusal(api, UPDATE, path={"daily_chain_id": numbers[0]}, body=body) == (422, 6211, {})


@law(READ, UPDATE, DELETE, TOGGLE, RESET)
def a_daily_chain_that_does_not_exist_is_not_found(api: Api, draw: Draw) -> None:
    """Whatever is asked of a chain that the project does not have is refused with 4001 and changes nothing."""
    last = days.make(api, draw(daily_chain_create()))
    number = draw(st.integers(last + 1, last + 3) | st.just(2147483647))
    before = scenes.everything(api)
    for operation in (READ, UPDATE, DELETE, TOGGLE, RESET):
        call = {"body": draw(daily_chain_create())} if operation == UPDATE else {}

        assert scenes.verdict(api.call(operation, path={"daily_chain_id": number}, **call)) == (404, 4001)
    assert scenes.changes(api, before) == {}


@law(LIST, READ)
def a_project_does_not_see_the_daily_chains_of_others(api: Api, draw: Draw) -> None:
    """A new project has none, whatever numbers the chains of other projects have, and later it has its own."""
    days.make(api, draw(daily_chain_create()))
    other = api.sibling()
    found = scenes.verdict(other.call(READ, path={"daily_chain_id": 1}))
    page = other.call(LIST).json()
    number = days.make(other, draw(daily_chain_create()))

    assert (found, page) == ((404, 4001), {"has_more": False, "items": []})
    assert [item["id"] for item in other.call(LIST).json()["items"]] == [number]
