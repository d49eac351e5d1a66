"""`edit` reads, lets a block change, and writes: what was changed is changed, everything else stays, ids too."""

import asyncio
import contextlib
import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from canned_answers import answering
from facade_twin import METHODS, PAGE
from liveops_contract.description import operation_table, validator
from sdk_harness import Sdk
from xsolla_liveops import AsyncLiveOps, LiveOps
from xsolla_liveops.bundle import load_bundle
from xsolla_liveops.errors import AlreadyExists
from xsolla_liveops.fields import plain

Json = Any
# How each area makes the things that its `edit` changes, and the field of the answer by which they are found.
MADE = {
    "reward_chains": ("admin-create-reward-chain", "reward_chain_id"),
    "daily_chains": ("admin-create-daily-chain", "daily_chain_id"),
    "offer_chains": ("admin-create-offer-chain", "offer_chain_id"),
    "value_points": ("admin-create-value-points", "sku"),
    "personalization": ("create-filter-rule", "rule_id"),
    "coupons": ("admin-create-coupon", "external_id"),
    "promo_codes": ("create-promo-code", "external_id"),
    "bonuses": ("create-bonus-promotion", "promotion_id"),
    "discounts": ("create-item-promotion", "promotion_id"),
    "unique_catalog_offers": ("admin-create-unique-catalog-offer", "external_id"),
}
EXAMPLES = [(area, name) for area, (made, _) in MADE.items() for name in operation_table()[made].examples]


@pytest.fixture
def sdk() -> Iterator[Sdk]:
    """A project of its own."""
    found = Sdk("sync")
    found.empty()
    yield found
    found.close()


def made(liveops: LiveOps, area: str, example: str) -> Any:
    """The key of a thing made from an example; what is switched on may be edited only once it is switched off."""
    operation, field = MADE[area]
    body: Json = json.loads(json.dumps(operation_table()[operation].examples[example]))
    if "is_enabled" in body and area != "value_points":
        body["is_enabled"] = False
    if "value_point" in body:
        point = body["value_point"]["sku"]
        with contextlib.suppress(AlreadyExists):
            liveops.value_points.create({"sku": point, "name": {"en": point}, "is_clan": "popup_header" in body})
    answer = getattr(getattr(liveops, area), METHODS[operation][1])(body)
    told = plain(answer) or {}
    return told.get(field) or body.get(field) or next(value for value in told.values() if isinstance(value, int))


def admin(sdk: Sdk) -> LiveOps:
    """The facade on the project."""
    return LiveOps(sdk.admin, project_id=44056)


def test_every_area_with_an_edit_is_tried() -> None:
    """OPERATIONS.md lists them."""
    rows = {line.split("`")[1].split(".")[0] for line in PAGE.read_text(encoding="utf-8").splitlines() if ".edit` |" in line}
    assert rows == MADE.keys()


@pytest.mark.parametrize(("area", "example"), EXAMPLES)
def test_what_an_edit_does_not_touch_stays_as_it_was(sdk: Sdk, area: str, example: str) -> None:
    """A whole write with one text changed: every other value, every id and every null is read as before."""
    liveops = admin(sdk)
    namespace = getattr(liveops, area)
    key = made(liveops, area, example)
    before = plain(namespace.get(key))
    with namespace.edit(key) as body:
        field = "name" if hasattr(body, "name") else "order"
        if plain(body).get(field) is None or isinstance(body.name, str):
            body.name = "Another name"
            changed: Json = "Another name"
        else:
            body.name["de"] = "Anderer Name"
            changed = {**before["name"], "de": "Anderer Name"}
    after = plain(namespace.get(key))

    assert after == {**before, "name": changed}


@pytest.mark.parametrize("area", MADE)
def test_an_edit_that_changes_nothing_writes_nothing(sdk: Sdk, area: str) -> None:
    """And neither does one whose block raises."""
    liveops = admin(sdk)
    namespace = getattr(liveops, area)
    key = made(liveops, area, next(iter(operation_table()[MADE[area][0]].examples)))
    seen: list[str] = []
    client = sdk.admin.get_httpx_client()
    client.event_hooks["request"].append(lambda request: seen.append(request.method))
    with namespace.edit(key):
        pass
    with pytest.raises(ZeroDivisionError), namespace.edit(key) as body:
        body.name = 1 // 0

    assert seen == ["GET", "GET"]


def test_a_schedule_goes_from_one_branch_to_the_other_and_steps_keep_their_ids(sdk: Sdk) -> None:
    """Awaited as well; a chain that is switched on is refused at the end of the block."""
    liveops = admin(sdk)
    key = made(liveops, "reward_chains", "default")
    steps = [step.step_id for step in liveops.reward_chains.get(key).steps]

    async def edited() -> None:
        asked = AsyncLiveOps(sdk.admin, project_id=44056)
        async with asked.reward_chains.edit(key) as chain:
            chain.order = 77
            chain.is_enabled = True

    asyncio.run(edited())
    found = liveops.reward_chains.get(key)
    assert ([step.step_id for step in found.steps], found.order) == (steps, 77)


def is_coupon(value: Json) -> bool:
    """Whether an example is what `get-coupon` answers."""
    shape = operation_table()["get-coupon"].responses[200].schema
    return shape is not None and validator(shape, closed=True).is_valid(value)


def test_fields_that_a_newer_server_answers_are_not_sent_back() -> None:
    """An update is closed: what it does not know would be refused."""
    examples = load_bundle()["components"]["examples"]
    example = next(one["value"] for one in examples.values() if is_coupon(one["value"]))
    seen: list[httpx.Request] = []
    answers = [
        httpx.Response(200, json={**example, "added_later": {"x": 1}}),
        httpx.Response(204),
    ]
    with answering(*answers, seen=seen).coupons.edit("x") as coupon:
        coupon.name["de"] = "Neu"

    assert [request.method for request in seen] == ["GET", "PUT"]
    assert "added_later" not in json.loads(seen[1].content)
