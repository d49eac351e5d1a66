"""The laws of filter rules: how they are written, read, listed and deleted."""

from itertools import product

from hypothesis import strategies as st

from liveops_contract.api import Api, Json
from liveops_contract.checks import Draw, law
from liveops_contract.laws import scenes
from liveops_contract.strategies import filter_rule_input, known_items

CREATE, READ, LIST, SHORT = "create-filter-rule", "get-filter-rule-by-id", "get-filter-rules", "get-all-filter-rules"
REPLACE, CHANGE, DELETE = "update-filter-rule-by-id", "patch-filter-rule-by-id", "delete-filter-rule-by-id"
NUMBERED = {1: "com.xsolla.item_1", 2: "com.xsolla.item_2", 3: "com.xsolla.item_3"}  # in a fresh project
PAGE = 50


def new_rule(api: Api, body: Json) -> int:
    """Create a rule and answer its number."""
    return int(api.call(CREATE, body=body).json()["rule_id"])


def at(number: int) -> Json:
    """The path of a rule."""
    return {"rule_id": number}


def read(api: Api, number: int) -> Json:
    """A rule as an operator reads it."""
    return api.call(READ, path=at(number)).json()


def as_read(api: Api, number: int, body: Json) -> Json:
    """How a rule reads that was written with this body."""
    skus = [entry["sku"] if "sku" in entry else NUMBERED[entry["item_id"]] for entry in body["items"]]
    items = [as_shown(scenes.control_of(api).item(sku)) for sku in skus]
    return {"rule_id": number, "is_satisfied_for_unauth": False, **body, "items": items}


def as_shown(item: Json) -> Json:
    """An item of the catalog as a rule shows it."""
    kind = {"bundle_type": item["bundle_type"]} if item["bundle_type"] else {}
    return {"item_id": item["item_id"], "sku": item["sku"], "name": item["name"]["en"], "type": item["type"], **kind}


def plain(sku: str = "com.xsolla.item_1", **facts: Json) -> Json:
    """The body of a rule about one item."""
    condition = {"attribute": "race", "type": "string", "operator": "eq", "value": "ork"}
    return {"name": "Rule", "is_enabled": True, "attribute_conditions": [condition], "items": [{"sku": sku}], **facts}


@law(CREATE, READ)
def a_rule_reads_as_it_was_written(api: Api, draw: Draw) -> None:
    """With everything that was said, and with what the catalog says of its items."""
    bodies = draw(st.lists(filter_rule_input(), min_size=1, max_size=3))
    expected = [as_read(api, new_rule(api, body), body) for body in bodies]

    assert [read(api, rule["rule_id"]) for rule in expected] == expected


@law(LIST, READ)
def the_list_shows_a_rule_as_it_reads_alone(api: Api, draw: Draw) -> None:
    """Every field of it, and what the catalog says of its items."""
    numbers = [new_rule(api, body) for body in draw(st.lists(filter_rule_input(), min_size=1, max_size=3))]

    assert scenes.listed(api, LIST, PAGE) == [read(api, number) for number in numbers]


@law(REPLACE, READ)
def a_replaced_rule_keeps_nothing(api: Api, draw: Draw) -> None:
    """It reads as if it were new, with the server's default for what is left out; other rules stay."""
    first, second, last = draw(filter_rule_input()), draw(filter_rule_input()), draw(filter_rule_input())
    opposite = not last.get("is_satisfied_for_unauth", False)  # so that a field that is left out is seen to be lost
    number, other = new_rule(api, {**first, "is_satisfied_for_unauth": opposite}), new_rule(api, second)
    before = read(api, other)
    assert api.call(REPLACE, path=at(number), body=last).status == 204

    assert read(api, number) == as_read(api, number, last)
    assert read(api, other) == before


@law(CHANGE, READ)
def a_changed_rule_keeps_what_is_not_named(api: Api, draw: Draw) -> None:
    """Each field that is sent is new, every other one is as before."""
    body = {**draw(filter_rule_input()), "is_satisfied_for_unauth": draw(st.booleans())}
    number, other = new_rule(api, body), new_rule(api, plain())
    whole = draw(filter_rule_input())
    names = draw(st.permutations(sorted(whole)))[: draw(st.integers(0, 3))]
    change = {name: whole[name] for name in names}
    before = read(api, number), read(api, other)
    assert api.call(CHANGE, path=at(number), body=change).status == 204

    changed = as_read(api, number, {**body, **change})
    assert read(api, number) == {**before[0], **{name: changed[name] for name in names}}
    assert read(api, other) == before[1]


@law(CREATE, REPLACE, CHANGE)
def a_rule_names_items_that_exist_and_each_once(api: Api, draw: Draw) -> None:
    """An unknown item is 404/4001 and is named, a second mention by number or SKU 422/6212; nothing changes."""
    known = draw(st.lists(known_items().filter(lambda sku: sku not in NUMBERED.values()), max_size=2, unique=True))
    strange: list[Json] = [[{"sku": "nothing"}], [{"item_id": 2_000_000_000}]]
    twice: list[Json] = [[{"sku": NUMBERED[2]}, {"item_id": 2}], [{"sku": "booster_mega_1"}] * 2, [{"item_id": 1}] * 2]
    number = new_rule(api, plain())
    before = scenes.everything(api)
    for operation, wrong in product((CREATE, REPLACE, CHANGE), (*strange, *twice)):
        items = draw(st.permutations([*({"sku": sku} for sku in known), *wrong]))
        path = {} if operation == CREATE else at(number)
        body = {"items": items, "name": "Changed"} if operation == CHANGE else plain(items=items, name="Changed")
        answer = api.call(operation, path=path, body=body)

        assert scenes.verdict(answer) == ((404, 4001) if len(wrong) == 1 else (422, 6212))
        assert len(wrong) == 2 or str(next(iter(wrong[0].values()))) in answer.json()["errorMessage"]
    assert scenes.changes(api, before) == {}


@law(READ, REPLACE, CHANGE, DELETE)
def a_rule_that_is_not_there_is_not_found(api: Api, draw: Draw) -> None:
    """404/4001 for a number that was never given, was deleted, or is one of another project; nothing changes."""
    kept, gone = new_rule(api, plain()), new_rule(api, plain())
    assert api.call(DELETE, path=at(gone)).status == 204
    other = api.sibling()
    strange = [new_rule(other, plain(name="Strange")) for _ in range(3)][-1]
    number = draw(st.sampled_from((gone, strange, 2_000_000_000)))
    for operation, body in ((REPLACE, plain()), (CHANGE, {"is_enabled": False}), (DELETE, None), (READ, None)):
        call = {"path": at(number)} | ({} if body is None else {"body": body})
        assert scenes.refusal(api, operation, **call) == (404, 4001, {})
    assert read(api, kept)["name"] == "Rule"
    assert read(other, strange)["name"] == "Strange"


@law(LIST, SHORT, DELETE)
def lists_hold_each_rule_once(api: Api, draw: Draw) -> None:
    """Pages join up, the oldest rule first, with the count over all of them; `is_enabled` picks; the short list is whole."""
    switches = draw(st.lists(st.booleans(), min_size=2, max_size=7))
    rules = [(new_rule(api, plain(name=f"Rule {place}", is_enabled=on)), on) for place, on in enumerate(switches)]
    gone = draw(st.sampled_from(rules))
    api.call(DELETE, path=at(gone[0]))
    left = [rule for rule in rules if rule != gone]
    for wish in (None, 0, 1):
        expected = [number for number, on in left if wish is None or on == bool(wish)]
        assert_pages(api, expected, draw(st.integers(1, 3)), {} if wish is None else {"is_enabled": wish})
    short = api.call(SHORT).json()["items"]

    assert [(rule["rule_id"], rule["is_enabled"]) for rule in short] == left
    assert [{**read(api, rule["rule_id"]), **rule} for rule in short] == scenes.listed(api, LIST, PAGE)


def assert_pages(api: Api, expected: list[int], limit: int, query: Json) -> None:
    """Page after page there are these rules, and each page says how many there are and whether more follow."""
    found: list[int] = []
    for page in scenes.pages(api, LIST, limit, **query):
        found += [rule["rule_id"] for rule in page["items"]]
        assert len(page["items"]) <= limit
        assert (page["total_items_count"], page["has_more"]) == (len(expected), len(found) < len(expected))
    assert found == expected


@law(LIST, SHORT)
def a_page_of_rules_without_a_limit_holds_fifty(api: Api, draw: Draw) -> None:
    """The short list holds all of them nevertheless."""
    count = draw(st.sampled_from((PAGE - 1, PAGE, PAGE + 1)))
    numbers = [new_rule(api, plain()) for _ in range(count)]
    page = api.call(LIST).json()

    assert [rule["rule_id"] for rule in page["items"]] == numbers[:PAGE]
    assert (page["total_items_count"], page["has_more"]) == (count, count > PAGE)
    assert [rule["rule_id"] for rule in api.call(SHORT).json()["items"]] == numbers
