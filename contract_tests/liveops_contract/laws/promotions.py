"""The laws of discounts and bonuses, the operator's side."""

from itertools import product

from hypothesis import strategies as st

from liveops_contract.api import Api, Json
from liveops_contract.checks import Draw, law
from liveops_contract.laws import promotion_scenes as stage
from liveops_contract.laws import scenes
from liveops_contract.laws.promotion_scenes import ACTIVATE, BONUSES, DEACTIVATE, DISCOUNTS, KINDS, LIST_ALL
from liveops_contract.strategies import known_items

CREATES, READS = (DISCOUNTS.create, BONUSES.create), (DISCOUNTS.read, BONUSES.read)
UPDATES, DELETES = (DISCOUNTS.update, BONUSES.update), (DISCOUNTS.delete, BONUSES.delete)
SWITCHES = {ACTIVATE: True, DEACTIVATE: False}


@law(*CREATES, *READS)
def a_new_promotion_reads_as_it_was_written(api: Api, draw: Draw) -> None:
    """Every field that an operator sends can be read again; what is left out has its default, and the switch is off."""
    for kind in KINDS:
        body = draw(kind.body)
        number = stage.new(api, kind, body)
        read = stage.read(api, kind, number)

        assert (read["id"], stage.told(read)) == (number, stage.said(kind, body))


@law(*UPDATES, *READS)
def an_update_replaces_a_promotion(api: Api, draw: Draw) -> None:
    """After an update a promotion is what the update says; what it leaves out is lost, but for the switch."""
    for kind in KINDS:
        is_enabled = draw(st.booleans())
        number = stage.new(api, kind, {**draw(kind.body), "is_enabled": is_enabled})
        for update in (without_switch(draw(kind.body)), draw(kind.body)):
            answer = stage.update(api, kind, number, update)
            read = stage.read(api, kind, number)

            expected = stage.said(kind, update, is_enabled=is_enabled)
            assert (answer.status, read["id"], stage.told(read)) == (204, number, expected)


def without_switch(body: Json) -> Json:
    """A body that does not say whether the promotion is on."""
    return {name: value for name, value in body.items() if name != "is_enabled"}


@law(*CREATES, *UPDATES)
def the_later_of_two_spellings_of_a_language_wins_in_promotions(api: Api, draw: Draw) -> None:
    """A name sent as `en-US` and as `en` is read as `en`, and it is the one that was sent last."""
    long, short = draw(st.sampled_from(sorted(scenes.SPELLINGS.items())))
    first, second = draw(st.permutations((long, short)))
    for kind in KINDS:
        body = stage.of_kind(kind, name={first: "first", second: "second"})
        number = stage.new(api, kind, body)
        created = stage.read(api, kind, number)["name"]
        stage.update(api, kind, number, body)

        assert [created, stage.read(api, kind, number)["name"]] == [{short: "second"}] * 2


@law(*DELETES, *READS, LIST_ALL, needs_control=False)
def a_deleted_promotion_is_gone(api: Api, draw: Draw) -> None:
    """It is found neither alone nor in a list, and can't be switched, updated or deleted again."""
    for kind in KINDS:
        body = stage.of_kind(kind, is_enabled=draw(st.booleans()))
        number = stage.new(api, kind, body)
        path = {"promotion_id": number}
        deleted = api.call(kind.delete, path=path)

        assert deleted.status == 204
        for operation in draw(st.permutations((kind.read, kind.delete, ACTIVATE, DEACTIVATE))):
            assert scenes.verdict(api.call(operation, path=path)) == (404, 9502)
        assert scenes.verdict(stage.update(api, kind, number, body)) == (404, 9502)
        for operation in (kind.list, LIST_ALL):
            assert number not in [item["id"] for item in scenes.listed(api, operation, 50, name="promotions")]


@law(*CREATES, *DELETES, needs_control=False)
def numbers_of_promotions_are_never_given_twice(api: Api, draw: Draw) -> None:
    """A new promotion has a number that no promotion of any kind had before, also after a deletion."""
    numbers, kept = [], []
    for kind, is_kept in draw(st.lists(st.tuples(st.sampled_from(KINDS), st.booleans()), min_size=3, max_size=6)):
        numbers.append(stage.new(api, kind, stage.of_kind(kind)))
        if is_kept:
            kept.append((kind, numbers[-1]))
        else:
            api.call(kind.delete, path={"promotion_id": numbers[-1]})
    for kind, number in kept:
        api.call(kind.delete, path={"promotion_id": number})

    assert len(set(numbers)) == len(numbers)


@law(*UPDATES, *DELETES, *SWITCHES)
def an_act_on_one_promotion_touches_no_other(api: Api, draw: Draw) -> None:
    """Update, deletion and switch change the promotion that the path names, and nothing else of the project."""
    made = [(kind, stage.new(api, kind, draw(kind.body))) for kind in (*KINDS, *KINDS)]
    for kind, number in draw(st.permutations(made[:2])):
        before = scenes.everything(api)
        for operation in [*draw(st.permutations((kind.update, *SWITCHES))), kind.delete]:
            call = {"body": draw(kind.body)} if operation == kind.update else {}
            api.call(operation, path={"promotion_id": number}, **call)

            assert set(scenes.changes(api, before)) <= {f"promotion {number}", f"summary of promotion {number}"}


@law(*SWITCHES)
def the_last_switch_of_a_promotion_counts(api: Api, draw: Draw) -> None:
    """Activated it is on, deactivated it is off, however often; all else is as it was written."""
    for kind in KINDS:
        body = draw(kind.body)
        number = stage.new(api, kind, body)
        for operation in draw(st.lists(st.sampled_from(sorted(SWITCHES)), min_size=1, max_size=4)):
            answer = api.call(operation, path={"promotion_id": number})

            expected = stage.said(kind, {**body, "is_enabled": SWITCHES[operation]})
            assert (answer.status, stage.told(stage.read(api, kind, number))) == (204, expected)


@law(*READS, *UPDATES, *DELETES, *SWITCHES)
def a_promotion_that_does_not_exist_is_not_found(api: Api, draw: Draw) -> None:
    """What is asked of a number that no promotion has, or one of the other kind, is refused with 9502 and changes nothing."""
    foreign = {kind: stage.new(api, stage.other(kind), draw(stage.other(kind).body)) for kind in KINDS}
    before, free = scenes.everything(api), draw(st.sampled_from((max(foreign.values()) + 1, 2147483647)))
    for kind, number in product(KINDS, ("foreign", "free")):
        path = {"promotion_id": foreign[kind] if number == "foreign" else free}
        for operation in (kind.read, kind.update, kind.delete, *(SWITCHES if number == "free" else ())):
            call = {"body": draw(kind.body)} if operation == kind.update else {}
            assert scenes.verdict(api.call(operation, path=path, **call)) == (404, 9502)
    assert scenes.changes(api, before) == {}


@law(*CREATES, *UPDATES)
def a_promotion_names_items_that_exist(api: Api, draw: Draw) -> None:
    """An unknown item is 404/4001 and is named; nothing changes."""
    for kind in KINDS:
        number = stage.new(api, kind, draw(kind.body))
        for field in kind.lists:
            known = draw(st.lists(known_items(), max_size=3, unique=True))
            body = {**draw(kind.body), field: [{"sku": sku} for sku in draw(st.permutations([*known, "nothing"]))]}
            before = scenes.everything(api)
            is_new = draw(st.booleans())
            answer = api.call(kind.create, body=body) if is_new else stage.update(api, kind, number, body)

            assert scenes.verdict(answer) == (404, 4001)
            assert "'nothing'" in answer.json()["errorMessage"]
            assert scenes.changes(api, before) == {}


@law(*CREATES, *READS)
def a_project_does_not_see_the_promotions_of_others(api: Api, draw: Draw) -> None:
    """A promotion is found in its own project alone, and each project counts for itself."""
    other = api.sibling()
    for kind in KINDS:
        number = stage.new(api, kind, draw(kind.body))
        stage.read(api, kind, number)

        assert scenes.verdict(other.call(kind.read, path={"promotion_id": number})) == (404, 9502)
        assert scenes.listed(other, LIST_ALL, 50, name="promotions") == []
