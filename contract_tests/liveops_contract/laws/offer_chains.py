"""The laws of offer chains, the operator's side."""

from datetime import datetime, timedelta

from hypothesis import strategies as st

from liveops_contract.api import Api, Json
from liveops_contract.checks import Draw, law
from liveops_contract.laws import scenes
from liveops_contract.schedule_strategies import monthly_schedules, schedules, weekly_schedules
from liveops_contract.strategies import offer_chain_create

LIST, CREATE, READ = "admin-get-offer-chains", "admin-create-offer-chain", "admin-get-offer-chain"
UPDATE, DELETE, TOGGLE = "admin-update-offer-chain", "admin-delete-offer-chain", "admin-toggle-offer-chain"
SCHEDULE = ("interval_type", "day_of_week", "day_of_month", "time")
DAY = 86_400
DEFAULTS = {"order": 1, "recurrent_schedule": None, "attribute_conditions": None, "is_always_visible": True}


def said(body: Json) -> Json:
    """Everything that an operator says of a chain, defaults filled in, in one form for bodies and answers."""
    schedule = body.get("recurrent_schedule")
    return {
        **{name: scenes.as_answered(body.get(name)) for name in ("name", "description")},
        **{name: scenes.moment(body.get(name)) for name in ("date_start", "date_end")},
        **{name: body.get(name, default) for name, default in DEFAULTS.items()},
        "is_enabled": body["is_enabled"],
        "is_reset_on_completion": body.get("is_reset_on_completion", False),
        "recurrent_schedule": schedule and {name: schedule[name] for name in SCHEDULE if schedule.get(name) is not None},
        "steps": [(step["step_number"], step["is_free"], offered(step)) for step in body["steps"]],
    }


def offered(step: Json) -> list[tuple[str, int, int | None]]:
    """What a step offers: SKU, quantity and place of each item."""
    return [(item["sku"], item["quantity"], item.get("order")) for item in step["items"]]


@law(CREATE, READ)
def a_new_offer_chain_reads_as_it_was_written(api: Api, draw: Draw) -> None:
    """Every field and step that an operator sends for a new chain can be read again; what is left out has its default."""
    body = draw(offer_chain_create())
    number = scenes.new_offer_chain(api, body)
    read = scenes.read_offer_chain(api, number)

    assert said(read) == said(body)
    assert (read["id"], read["number_of_steps"]) == (number, len(body["steps"]))


@law(CREATE, UPDATE, READ)
def the_later_of_two_spellings_of_a_language_wins_in_offer_chains(api: Api, draw: Draw) -> None:
    """A text sent as `en-US` and as `en` is read as `en`, and it is the text that was sent last."""
    long, short = draw(st.sampled_from(sorted(scenes.SPELLINGS.items())))
    first, second = draw(st.permutations((long, short)))
    body = scenes.offer_chain(name={first: "first", second: "second"}, description={long: "alone"})
    number = scenes.new_offer_chain(api, body if draw(st.booleans()) else scenes.offer_chain())
    scenes.update_offer_chain(api, number, body)
    read = scenes.read_offer_chain(api, number)

    assert (read["name"], read["description"]) == ({short: "second"}, {short: "alone"})


@law(UPDATE, READ)
def an_update_replaces_an_offer_chain(api: Api, draw: Draw) -> None:
    """After an update a chain is what the update says; what the update leaves out is lost."""
    before, update = draw(offer_chain_create()), draw(offer_chain_create())
    number = scenes.new_offer_chain(api, {**before, "is_enabled": False})
    named = {"id": number} if draw(st.booleans()) else {}
    answer = scenes.update_offer_chain(api, number, {**update, **named})
    read = scenes.read_offer_chain(api, number)

    assert (answer.status, said(read)) == (204, said(update))
    assert (read["id"], read["number_of_steps"]) == (number, len(update["steps"]))


@law(DELETE, READ, LIST, needs_control=False)
def a_deleted_offer_chain_is_gone(api: Api, draw: Draw) -> None:
    """It is found neither alone nor in the list, and can't be toggled, updated or deleted again."""
    body = scenes.offer_chain(is_enabled=draw(st.booleans()))
    number = scenes.new_offer_chain(api, body)
    deleted = api.call(DELETE, path={"offer_chain_id": number})

    assert deleted.status == 204
    for operation in draw(st.permutations((READ, TOGGLE, DELETE))):
        assert scenes.verdict(api.call(operation, path={"offer_chain_id": number})) == (404, 4001)
    assert scenes.verdict(scenes.update_offer_chain(api, number, body)) == (404, 4001)
    assert number not in [item["id"] for item in scenes.listed(api, LIST)]


@law(CREATE, DELETE, needs_control=False)
def numbers_of_offer_chains_are_never_given_twice(api: Api, draw: Draw) -> None:
    """A new chain has a number that no chain had before, also after a deletion."""
    numbers, kept = [], []
    for is_kept in draw(st.lists(st.booleans(), min_size=2, max_size=5)):
        numbers.append(scenes.new_offer_chain(api, scenes.offer_chain()))
        kept += numbers[-1:] if is_kept else []
        if not is_kept:
            api.call(DELETE, path={"offer_chain_id": numbers[-1]})
    for number in kept:
        api.call(DELETE, path={"offer_chain_id": number})

    assert len(set(numbers)) == len(numbers)


@law(UPDATE, DELETE, TOGGLE)
def an_act_on_one_offer_chain_touches_no_other(api: Api, draw: Draw) -> None:
    """Update, deletion and toggle change the chain that the path names, and nothing else of the project."""
    bodies = draw(st.lists(offer_chain_create(), min_size=2, max_size=4))
    numbers = [scenes.new_offer_chain(api, {**body, "is_enabled": False}) for body in bodies]
    number, before = draw(st.sampled_from(numbers[:-1])), scenes.everything(api)
    for operation in (UPDATE, TOGGLE, TOGGLE, DELETE):
        call: Json = {"body": draw(offer_chain_create())} if operation == UPDATE else {}
        api.call(operation, path={"offer_chain_id": number}, **call)

        assert set(scenes.changes(api, before)) <= {f"offer chain {number}"}


@law(TOGGLE, LIST, READ)
def a_toggle_changes_the_switch_alone(api: Api, draw: Draw) -> None:
    """A chain that was on is off and one that was off is on; all else, steps and schedule too, is as before."""
    number = scenes.new_offer_chain(api, {**draw(offer_chain_create()), "recurrent_schedule": draw(schedules())})
    before, chain = scenes.everything(api), scenes.read_offer_chain(api, number)
    scenes.control_of(api).advance(DAY * draw(st.integers(1, 40)))
    later = scenes.read_offer_chain(api, number)
    api.call(TOGGLE, path={"offer_chain_id": number})

    expected = {**later, "is_enabled": not chain["is_enabled"]}
    assert scenes.changes(api, before) == {f"offer chain {number}": (chain, expected)}


@law(TOGGLE)
def two_toggles_are_none(api: Api, draw: Draw) -> None:
    """A chain that is toggled twice is what it was."""
    number = scenes.new_offer_chain(api, draw(offer_chain_create()))
    before = scenes.everything(api)
    answers = [api.call(TOGGLE, path={"offer_chain_id": number}).status for _ in range(2)]

    assert (answers, scenes.changes(api, before)) == ([204, 204], {})


@law(UPDATE)
def an_offer_chain_that_is_switched_on_cannot_be_updated(api: Api, draw: Draw) -> None:
    """The update is refused with 6209 and changes nothing; switched off, the same update is taken."""
    number = scenes.new_offer_chain(api, {**draw(offer_chain_create()), "is_enabled": True})
    path, update = {"offer_chain_id": number}, draw(offer_chain_create())
    refused = scenes.refusal(api, UPDATE, path=path, body=update)
    api.call(TOGGLE, path=path)

    assert refused == (422, 6209, {})
    assert scenes.update_offer_chain(api, number, update).status == 204


@law(UPDATE)
def the_number_of_an_offer_chain_never_changes(api: Api, draw: Draw) -> None:
    """An update whose `id` is not the one of the path is refused with 6211 and changes nothing."""
    numbers = [scenes.new_offer_chain(api, scenes.offer_chain()) for _ in range(2)]
    other = draw(st.sampled_from((*numbers[1:], numbers[1] + 1, 2147483647)))
    update = {**draw(offer_chain_create()), "id": other}

    assert scenes.refusal(api, UPDATE, path={"offer_chain_id": numbers[0]}, body=update) == (422, 6211, {})


@law(READ, UPDATE, DELETE, TOGGLE)
def an_offer_chain_that_does_not_exist_is_not_found(api: Api, draw: Draw) -> None:
    """Whatever is asked of a chain that the project does not have is refused with 4001 and changes nothing."""
    last = scenes.new_offer_chain(api, draw(offer_chain_create()))
    number = draw(st.integers(last + 1, last + 3) | st.just(2147483647))
    before = scenes.everything(api)
    for operation in (READ, UPDATE, DELETE, TOGGLE):
        call = {"body": draw(offer_chain_create())} if operation == UPDATE else {}

        assert scenes.verdict(api.call(operation, path={"offer_chain_id": number}, **call)) == (404, 4001)
    assert scenes.changes(api, before) == {}


@law(LIST, READ)
def a_project_does_not_see_the_offer_chains_of_others(api: Api, draw: Draw) -> None:
    """A new project has none, whatever numbers the chains of other projects have, and later it has its own."""
    found = [scenes.verdict(api.call(READ, path={"offer_chain_id": number})) for number in (1, 2)]
    before = api.call(LIST).json()
    own = [scenes.new_offer_chain(api, scenes.offer_chain()) for _ in range(draw(st.integers(1, 2)))]

    assert (found, before) == ([(404, 4001)] * 2, {"has_more": False, "items": []})
    assert [item["id"] for item in api.call(LIST).json()["items"]] == own


def strikes(schedule: Json, now: datetime) -> list[datetime]:
    """The moments of a schedule within 63 days after now, in its own offset."""
    begin = now.astimezone(datetime.strptime(schedule["time"][8:], "%z").tzinfo)
    days = [begin.replace(hour=int(schedule["time"][:2]), minute=0, second=0) + timedelta(days=day) for day in range(63)]
    if schedule["interval_type"] == "weekly":
        return [day for day in days if day > begin and day.isoweekday() == schedule["day_of_week"]]
    asked = schedule["day_of_month"]
    last_days = [day for day in days if (day + timedelta(days=1)).day == 1]
    return [day for day in days if day > begin and (day.day == asked or (day in last_days and day.day < asked))]


@law(READ, LIST)
def the_schedule_of_an_offer_chain_tells_its_first_and_its_next_strike(api: Api, draw: Draw) -> None:
    """The first one since the chain was written, and the first one from now, as text and in Unix seconds."""
    control, schedule = scenes.control_of(api), draw(weekly_schedules() | monthly_schedules())
    written = datetime.fromisoformat(control.now())
    number = scenes.new_offer_chain(api, scenes.offer_chain(recurrent_schedule=schedule))
    for seconds in (draw(st.integers(1, 40 * DAY)), 32 * DAY):  # by the last of which it has struck
        now = datetime.fromisoformat(control.advance(seconds))
        told = scenes.read_offer_chain(api, number)["recurrent_schedule"]

        upcoming = strikes(schedule, now)[0]
        moments = [scenes.moment(told[f"displayable_reset_{name}_date"]) for name in ("start", "next")]
        assert (moments, told["reset_next_date"]) == ([strikes(schedule, written)[0], upcoming], int(upcoming.timestamp()))
