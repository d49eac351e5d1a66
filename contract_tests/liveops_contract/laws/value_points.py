"""The laws of value points."""

from hypothesis import assume
from hypothesis import strategies as st

from liveops_contract.api import Api, Json
from liveops_contract.checks import Draw, law
from liveops_contract.laws import scenes
from liveops_contract.strategies import skus, value_point_input

LIST, CREATE, READ = "admin-get-value-points-list", "admin-create-value-points", "admin-get-value-point"
UPDATE, DELETE = "admin-update-value-point", "admin-delete-value-point"
READ_ITEMS, PUT_ITEMS = "admin-get-items-value-point-reward", "admin-set-items-value-point-reward"
PATCH_ITEMS, TAKE_OFF = "admin-patch-items-value-point-reward", "admin-delete-items-value-point-reward"
TEXTS = ("name", "description", "long_description")
DEFAULTS: Json = {
    "description": None,
    "long_description": None,
    "image_url": None,
    "media_list": [],
    "order": 1,
    "is_enabled": True,
}


def as_read(body: Json) -> Json:
    """A value point as it reads alone while no chain uses it, if this is what an operator said of it."""
    texts = {name: scenes.as_answered(body.get(name)) for name in TEXTS}
    return {**DEFAULTS, "is_clan": False, **body, **texts, "type": "value_point", "can_delete": True}


@law(CREATE, READ, needs_control=False)
def a_new_value_point_reads_as_it_was_written(api: Api, draw: Draw) -> None:
    """Every field that an operator sends for a new value point can be read again."""
    for _ in range(3):
        body = draw(value_point_input(st.just(scenes.unused_sku(api, draw))))
        api.call(CREATE, body=body)
        read = scenes.read_value_point(api, body["sku"])
        scenes.delete_value_point(api, body["sku"])

        assert {name: read[name] for name in body} == {name: as_read(body)[name] for name in body}


@law(CREATE, READ)
def what_is_left_out_of_a_new_value_point_gets_its_default(api: Api, draw: Draw) -> None:
    """A value point that is only named has no texts and no pictures, is switched on, and belongs to users, not to clans."""
    body = {"sku": draw(skus()), "name": None}
    api.call(CREATE, body=body)

    assert scenes.read_value_point(api, body["sku"]) == as_read(body)


@law(CREATE, READ, needs_control=False)
def the_later_of_two_spellings_of_a_language_wins(api: Api, draw: Draw) -> None:
    """A text sent as `en-US` and as `en` is read as `en`, and it is the text that was sent last."""
    sku, (long, short) = scenes.unused_sku(api, draw), draw(st.sampled_from(sorted(scenes.SPELLINGS.items())))
    first, second = draw(st.permutations((long, short)))
    scenes.new_value_point(api, sku, name={first: "first", second: "second"}, description={long: "alone"})
    read = scenes.read_value_point(api, sku)
    scenes.delete_value_point(api, sku)

    assert (read["name"], read["description"]) == ({short: "second"}, {short: "alone"})


@law(UPDATE, READ)
def an_update_replaces_a_value_point(api: Api, draw: Draw) -> None:
    """After an update a value point is what the update says; what the update leaves out is lost, but for `is_clan`."""
    clan = draw(st.booleans())
    before = {**draw(value_point_input()), "is_clan": clan}
    update = draw(value_point_input(st.just(before["sku"]), st.just(clan)))
    api.call(CREATE, body=before)
    api.call(UPDATE, path={"item_sku": before["sku"]}, body=update)

    assert scenes.read_value_point(api, before["sku"]) == as_read({"is_clan": clan, **update})


@law(UPDATE)
def an_update_touches_one_value_point_alone(api: Api, draw: Draw) -> None:
    """Other value points, and the items that carry the updated one, stay as they are."""
    sku, other = draw(st.lists(skus(), min_size=2, max_size=2, unique=True))
    scenes.new_value_point(api, sku)
    scenes.new_value_point(api, other)
    body = [{"sku": "com.xsolla.item_1", "amount": 5}]
    api.call(PUT_ITEMS, path={"value_point_sku": sku}, body=body)
    before = scenes.everything(api)
    api.call(UPDATE, path={"item_sku": sku}, body=draw(value_point_input(st.just(sku), st.just(False))))

    assert set(scenes.changes(api, before)) <= {f"value point {sku}"}


@law(DELETE, READ, LIST, needs_control=False)
def a_deleted_value_point_is_gone(api: Api, draw: Draw) -> None:
    """It is found neither alone nor in the list, and can't be deleted again."""
    sku = scenes.unused_sku(api, draw)
    # Elsewhere the list also shows things without our mark: one of this very name is no sign of ours.
    assume(sku not in [item["sku"] for item in scenes.listed(api, LIST, 50)])
    scenes.new_value_point(api, sku)
    deleted = scenes.delete_value_point(api, sku)

    assert deleted.status == 204
    assert scenes.verdict(api.call(READ, path={"item_sku": sku})) == (404, 4001)
    assert sku not in [item["sku"] for item in scenes.listed(api, LIST, 50)]
    assert scenes.verdict(scenes.delete_value_point(api, sku)) == (404, 4001)


@law(DELETE)
def a_deletion_touches_no_other_value_point(api: Api, draw: Draw) -> None:
    """Other value points keep their fields, the items that carry them, and the balances of their users."""
    control = scenes.control_of(api)
    sku, other = draw(st.lists(skus(), min_size=2, max_size=2, unique=True))
    scenes.new_value_point(api, sku)
    scenes.new_value_point(api, other)
    control.put_item("booster", value_points=[{"sku": other, "amount": draw(st.integers(1, 9))}])
    control.purchase("user_1", {"booster": 1})
    before = scenes.everything(api)
    scenes.delete_value_point(api, sku)

    assert set(scenes.changes(api, before)) == {f"value point {sku}", f"items of {sku}"}


@law(CREATE, DELETE, needs_control=False)
def item_ids_of_value_points_are_never_given_twice(api: Api, draw: Draw) -> None:
    """A value point that is created anew is another item, though it has the SKU of one that was deleted."""
    sku, numbers = scenes.unused_sku(api, draw), []
    for _ in range(draw(st.integers(2, 4))):
        numbers.append(scenes.new_value_point(api, sku)["item_id"])
        scenes.delete_value_point(api, sku)

    assert len(set(numbers)) == len(numbers)


@law(CREATE)
def no_item_has_the_number_of_a_value_point(api: Api, draw: Draw) -> None:
    """Value points are items of the project, and are numbered with all others."""
    control, numbers = scenes.control_of(api), []
    for place in range(draw(st.integers(2, 4))):
        numbers.append(scenes.new_value_point(api, f"point_{place}")["item_id"])
        control.put_item(f"thing_{place}")
        numbers.append(control.item(f"thing_{place}")["item_id"])

    assert len(set(numbers)) == len(numbers)


@law(CREATE)
def a_taken_sku_is_refused(api: Api, draw: Draw) -> None:
    """A second value point of the same SKU is refused with 6215, and the first one stays as it is."""
    first = draw(value_point_input())
    second = draw(value_point_input(st.just(first["sku"])))
    api.call(CREATE, body=first)

    assert scenes.refusal(api, CREATE, body=second) == (422, 6215, {})


@law(UPDATE)
def the_sku_of_a_value_point_never_changes(api: Api, draw: Draw) -> None:
    """An update that names another SKU than the path is refused with 6211 and changes nothing."""
    sku, other = draw(st.lists(skus(), min_size=2, max_size=2, unique=True))
    scenes.new_value_point(api, sku)
    if draw(st.booleans()):
        scenes.new_value_point(api, other)
    update = draw(value_point_input(st.just(other), st.just(False)))

    assert scenes.refusal(api, UPDATE, path={"item_sku": sku}, body=update) == (422, 6211, {})


@law(UPDATE)
def a_value_point_of_users_never_becomes_one_of_clans(api: Api, draw: Draw) -> None:
    """Whose points they are is fixed at creation; an update that says otherwise is refused with 6211 and changes nothing."""
    before = draw(value_point_input())
    update = draw(value_point_input(st.just(before["sku"])))
    api.call(CREATE, body=before)
    path, turned = {"item_sku": before["sku"]}, not before.get("is_clan", False)

    assert scenes.refusal(api, UPDATE, path=path, body={**update, "is_clan": turned}) == (422, 6211, {})


@law(DELETE, READ)
def a_value_point_that_drives_a_reward_chain_cannot_be_deleted(api: Api, draw: Draw) -> None:
    """As long as a chain uses it, on or off, `can_delete` is false, and a deletion is refused with 6210 and changes nothing."""
    control, point = scenes.control_of(api), draw(value_point_input())
    api.call(CREATE, body=point)
    control.put_item("booster", value_points=[{"sku": point["sku"], "amount": 5}])
    control.purchase("user_1", {"booster": 1})
    scenes.new_reward_chain(api, draw, point)

    assert scenes.read_value_point(api, point["sku"])["can_delete"] is False
    assert scenes.refusal(api, DELETE, path={"item_sku": point["sku"]}) == (422, 6210, {})


@law(READ, DELETE)
def a_value_point_can_be_deleted_once_its_last_chain_is_gone(api: Api, draw: Draw) -> None:
    """`can_delete` is true again when, and only when, every chain that used the value point is deleted."""
    point, told = draw(value_point_input()), []
    api.call(CREATE, body=point)
    chains = [scenes.new_reward_chain(api, draw, point) for _ in range(draw(st.integers(1, 3)))]
    for chain in draw(st.permutations(chains)):
        told.append(scenes.read_value_point(api, point["sku"])["can_delete"])
        api.call("admin-delete-reward-chain", path={"reward_chain_id": chain})
    told.append(scenes.read_value_point(api, point["sku"])["can_delete"])

    assert told == [False] * len(chains) + [True]
    assert scenes.delete_value_point(api, point["sku"]).status == 204


@law(READ, UPDATE, DELETE, READ_ITEMS, PUT_ITEMS, PATCH_ITEMS, TAKE_OFF)
def a_value_point_that_does_not_exist_is_not_found(api: Api, draw: Draw) -> None:
    """Whatever is asked of a value point that the project does not have is refused with 4001 and changes nothing."""
    sku, items = draw(skus()), [{"sku": "com.xsolla.item_1", "amount": 1}]
    bodies = {UPDATE: {"sku": sku, "name": None}, PUT_ITEMS: items, PATCH_ITEMS: items}
    before = scenes.everything(api)
    for operation in draw(st.permutations((READ, UPDATE, DELETE, READ_ITEMS, PUT_ITEMS, PATCH_ITEMS, TAKE_OFF))):
        call: Json = {"body": bodies[operation]} if operation in bodies else {}
        path = {"item_sku" if operation in (READ, UPDATE, DELETE) else "value_point_sku": sku}

        assert scenes.verdict(api.call(operation, path=path, **call)) == (404, 4001)
    assert scenes.changes(api, before) == {}


@law(READ, CREATE, LIST)
def a_project_does_not_see_the_value_points_of_others(api: Api, draw: Draw) -> None:
    """A SKU that other projects use is free in a new one."""
    found = scenes.verdict(api.call(READ, path={"item_sku": "gold"}))
    names = [item["sku"] for item in scenes.listed(api, LIST, 50)]
    created = api.call(CREATE, body=draw(value_point_input(st.just("gold"))))

    assert (found, "gold" in names, created.status) == ((404, 4001), False, 201)
