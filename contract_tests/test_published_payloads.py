"""Every published request payload, sent through the models of the SDK to a running mock, in the order of a real set-up."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import attrs
import pytest
from liveops_contract.conformance import faults
from liveops_contract.description import Operation, operation_table, operations, resolved
from liveops_contract.doors import Answer, HttpDoor
from liveops_contract.laws import promotion_scenes
from liveops_contract.signing import basic
from liveops_contract.stage import Stage
from published_codes import found_as_published, verified_as_published
from published_promo_codes import set_up_promo_codes, set_up_unique_catalog_offers
from ruamel.yaml import YAML
from sdk_harness import Json, model_of, module_of, same
from xsolla_liveops import AuthenticatedClient
from xsolla_liveops.bundle import load_bundle

CHECKOUT = Path(__file__).resolve().parents[1]
REFERENCE = CHECKOUT.parent / "shared" / "reference"
PUBLISHED = (REFERENCE / "api-chains-examples.json", REFERENCE / "api-promotions-examples.json")
DEVIATIONS = CHECKOUT / "openapi" / "deviations.yaml"
POTION = {"sku": "com.xsolla.potion_1", "quantity": 1}
DOCUMENTED_VALUE_POINT = "value_point_3"


class Operator:
    """One who sets a fresh project up over HTTP with published payloads, and notes which of them were sent."""

    def __init__(self, stage: Stage, sent: set[tuple[str, str]]) -> None:
        assert isinstance(stage.door, HttpDoor)
        self.door = stage.door
        self.api = stage.fresh()
        self.account = self.api.account
        self.sent = sent
        where: dict[str, Any] = {"base_url": stage.door.base_url, "httpx_args": {"trust_env": False}}
        admin = AuthenticatedClient.admin(project_id=self.account.project_id, api_key=self.account.api_key, **where)
        user = AuthenticatedClient.user(token=self.api.token("user_1"), **where)
        self.clients = {"admin": admin, "user": user}

    def __enter__(self) -> "Operator":
        return self

    def __exit__(self, *_: object) -> None:
        for client in self.clients.values():
            client.get_httpx_client().close()

    def call(self, operation_id: str, status: int, **given: Any) -> Any:
        """The parsed answer of an operation, which has this status and the described shape."""
        operation = operation_table()[operation_id]
        answer = module_of(operation).sync_detailed(self.account.project_id, client=self.clients[operation.security], **given)
        assert answer.status_code == status, answer.content
        self.described(operation, Answer(answer.status_code, tuple(answer.headers.items()), answer.content))
        return answer.parsed

    def publish(self, operation_id: str, name: str, status: int, **path: Any) -> tuple[Any, Any]:
        """Send a published payload; answers what was sent and what came back."""
        operation = operation_table()[operation_id]
        model = model_of(operation, operation.examples[name])
        self.sent.add((operation_id, name))
        return model, self.call(operation_id, status, body=model, **path)

    def curl(self, method: str, path: str, body: Json = None) -> Answer:
        """What `curl -X METHOD -u project:key` sends."""
        headers = {"Authorization": basic(self.account.project_id, self.account.api_key)}
        headers |= {} if body is None else {"Content-Type": "application/json"}
        target = f"/api/{path}".replace("44056", str(self.account.project_id))
        return self.door.send(method, target, headers, b"" if body is None else json.dumps(body).encode())

    def described(self, operation: Operation, answer: Answer) -> None:
        """The answer is one that the description allows."""
        assert [*faults(operation, answer)] == []


@pytest.fixture
def operator(http_stage: Stage) -> Iterator[Operator]:
    """A fresh project over HTTP."""
    with Operator(http_stage, set()) as found:
        yield found


def set_up_value_points(operator: Operator) -> None:
    """Both kinds of value points, replaced by the published updates, and the items that carry them."""
    for name in ("default", "clan"):
        sent, created = operator.publish("admin-create-value-points", name, 201)
        assert created.sku == sent.sku
        same(sent, operator.call("admin-get-value-point", 200, item_sku=sent.sku))
        newer, _ = operator.publish("admin-update-value-point", name, 204, item_sku=sent.sku)
        same(newer, operator.call("admin-get-value-point", 200, item_sku=sent.sku))
        assert sent.sku in {one.sku for one in operator.call("admin-get-value-points-list", 200).items}
    place = {"value_point_sku": DOCUMENTED_VALUE_POINT}
    sent, _ = operator.publish("admin-set-items-value-point-reward", "two_items", 204, **place)
    assert amounts(operator) == {entry.sku: entry.amount for entry in sent}
    changes, _ = operator.publish("admin-patch-items-value-point-reward", "one_added_one_removed", 204, **place)
    expected = {entry.sku: entry.amount for entry in (*sent, *changes)}
    assert amounts(operator) == {sku: amount for sku, amount in expected.items() if amount}


def amounts(operator: Operator) -> dict[str, int]:
    """How many points each item gives."""
    read = operator.call("admin-get-items-value-point-reward", 200, value_point_sku=DOCUMENTED_VALUE_POINT)
    return {item.sku: item.amount for item in read.items}


def set_up_reward_chain(operator: Operator, name: str) -> int:
    """A chain of one kind and its published update; answers its id."""
    sent, created = operator.publish("admin-create-reward-chain", name, 201)
    number: int = created.reward_chain_id
    place = {"reward_chain_id": number}
    read = operator.call("admin-get-reward-chain", 200, **place)
    same(sent, read)
    newer, _ = operator.publish("admin-update-reward-chain", name, 204, **place)
    replaced = operator.call("admin-get-reward-chain", 200, **place)
    same(newer, replaced)
    assert [step.step_id for step in replaced.steps] == [step.step_id for step in read.steps]
    return number


def set_up_offer_chain(operator: Operator) -> int:
    """Two chains, since the published update names steps 8 and 10; the second one is switched off and updated."""
    operator.publish("admin-create-offer-chain", "example", 201)
    sent, created = operator.publish("admin-create-offer-chain", "example", 201)
    place = {"offer_chain_id": created.id}
    read = operator.call("admin-get-offer-chain", 200, **place)
    same(sent, read)
    assert {8, 10} <= {step.step_id for step in read.steps}
    active, refusal = operator.publish("admin-update-offer-chain", "example", 422, **place)
    assert refusal.error_code == 6209
    operator.call("admin-toggle-offer-chain", 204, **place)
    operator.publish("admin-update-offer-chain", "example", 204, **place)
    replaced = operator.call("admin-get-offer-chain", 200, **place)
    # A step that the payload does not number gets a number of its own.
    pairs = zip(active.steps, replaced.steps, strict=True)
    numbered = [attrs.evolve(step, step_id=step.step_id or kept.step_id) for step, kept in pairs]
    same(attrs.evolve(active, steps=numbered), replaced)
    return int(created.id)


def set_up_daily_chain(operator: Operator) -> int:
    """Three chains, since the published update names step 10; the third one is switched off and updated."""
    for _ in range(3):
        sent, created = operator.publish("admin-create-daily-chain", "example", 201)
    place = {"daily_chain_id": created.id}
    read = operator.call("admin-get-daily-chain", 200, **place)
    same(sent, read)
    assert 10 in {step.step_id for step in read.steps}
    active, refusal = operator.publish("admin-update-daily-chain", "example", 422, **place)
    assert refusal.error_code == 6209
    operator.call("admin-toggle-daily-chain", 204, **place)
    operator.publish("admin-update-daily-chain", "example", 204, **place)
    replaced = operator.call("admin-get-daily-chain", 200, **place)
    # A step that the payload does not number gets a number of its own.
    pairs = zip(active.steps, replaced.steps, strict=True)
    numbered = [attrs.evolve(step, step_id=step.step_id or kept.step_id) for step, kept in pairs]
    same(attrs.evolve(active, steps=numbered), replaced)
    return int(created.id)


def set_up_upsell(operator: Operator) -> None:
    """Each kind of upsell, the first one created and the others in its place; each as the first one of a project, too."""
    for operation_id in ("post-upsell", "put-upsell"):
        for name in operation_table()[operation_id].examples:
            if operation_id == "post-upsell":
                assert operator.api.control
                operator.api.control.reset()
            sent, _ = operator.publish(operation_id, name, 202)
            (read,) = operator.call("get-upsell-configurations-for-project-admin", 200)
            assert (read.type_, read.is_enabled, [item.sku for item in read.items]) == (sent.type_, sent.is_enabled, sent.items)


def set_up_filter_rules(operator: Operator) -> None:
    """A rule, replaced and switched off by the published bodies."""
    sent, created = operator.publish("create-filter-rule", "example", 201)
    place = {"rule_id": created.rule_id}
    for operation_id, is_enabled in (("update-filter-rule-by-id", True), ("patch-filter-rule-by-id", False)):
        operator.publish(operation_id, "example", 204, **place)
        read = operator.call("get-filter-rule-by-id", 200, **place)
        assert [item.item_id for item in read.items] == [1]
        same(attrs.evolve(sent, is_enabled=is_enabled), read, leaving="items")


def set_up_coupons(operator: Operator) -> None:
    """Each published coupon in turn, replaced by each published update; then codes, and limits of a user who is known."""
    place = {"external_id": "coupon_external_id"}
    for name in ("simple", "personalized"):
        sent, created = operator.publish("admin-create-coupon", name, 201)
        assert created.external_id == place["external_id"]
        same(sent, operator.call("get-coupon", 200, **place))
        newer, _ = operator.publish("update-coupon-promotion", name, 204, **place)
        same(newer, operator.call("get-coupon", 200, **place))
        if name == "simple":
            operator.call("delete-coupon-promotion", 204, **place)
    sent, created = operator.publish("create-coupon-code", "example", 201, **place)
    _, generated = operator.publish("generate-coupon-codes", "example", 200, **place)
    codes = operator.call("get-coupon-codes", 200, **place)
    assert (created.code, codes.total_count) == (sent.coupon_code, 1 + generated.count)
    _, refusal = operator.publish("redeem-coupon", "example", 422)
    assert refusal.error_code == 6250
    assert operator.api.control
    operator.api.control.put_user("d342dad2-9d59-11e9-a384-42010aa8003f", name="Vendor's test user")
    for act, left in (("set", 0), ("add", 1), ("remove", 0)):
        _, told = operator.publish(f"{act}-coupon-user-promotion-limit", "example", 200, **place)
        assert (told.per_user.total, told.per_user.available) == (1, left)


def set_up_promotions(operator: Operator) -> None:
    """Discounts and bonuses: each payload as a new promotion, and as the update of the one before."""
    for kind in promotion_scenes.KINDS:
        for name in operation_table()[kind.create].examples:
            sent, created = operator.publish(kind.create, name, 201)
            place = {"promotion_id": created.promotion_id}
            read = operator.call(kind.read, 200, **place)
            assert promotion_scenes.told(read.to_dict()) == promotion_scenes.said(kind, sent.to_dict())
            operator.call("activate-promotion", 204, **place)
            for later in operation_table()[kind.update].examples:
                newer, _ = operator.publish(kind.update, later, 204, **place)
                replaced = promotion_scenes.told(operator.call(kind.read, 200, **place).to_dict())
                assert replaced == promotion_scenes.said(kind, newer.to_dict(), is_enabled=True)


def set_up_limits(operator: Operator) -> None:
    """An item and a promotion, limited to 10 a user: one taken, one given back, none left, and started over."""
    assert operator.api.control
    operator.api.control.put_item("booster_mega_1", limits={"per_user": 10})
    user = "d342dad2-9d59-11e9-a384-42010aa8003f"
    operator.api.control.put_user(user)
    body = promotion_scenes.discount("5.00", "booster_mega_1", limits={"per_user": 10})
    number = promotion_scenes.new(operator.api, promotion_scenes.DISCOUNTS, body)
    for kind, place in (("item", {"item_sku": "booster_mega_1"}), ("promotion", {"promotion_id": number})):
        for act, available in (("remove", 9), ("add", 10), ("set", 0)):
            _, told = operator.publish(f"{act}-user-{kind}-limit", "example", 200, **place)
            assert (told.per_user.total, told.per_user.available) == (10, available)
        operator.publish(f"reset-user-{kind}-limit", "example", 200, **place)
        assert operator.call(f"get-user-{kind}-limit", 200, user_external_id=user, **place).per_user.available == 10
        operator.publish(f"reset-all-user-{kind}s-limit", "example", 200)


def test_every_published_request_payload(http_stage: Stage) -> None:
    """Each is accepted with its documented status, and read back as it was sent; none is left out."""
    sent: set[tuple[str, str]] = set()
    for name in ("default", "clan"):
        # Both published updates name steps 1 and 2, which the first chain of a project has.
        with Operator(http_stage, sent) as operator:
            set_up_value_points(operator)
            set_up_reward_chain(operator, name)
            if name == "default":
                set_up_offer_chain(operator)
                set_up_daily_chain(operator)
                set_up_upsell(operator)
                set_up_filter_rules(operator)
                set_up_coupons(operator)
                set_up_promo_codes(operator)
                set_up_unique_catalog_offers(operator)
                set_up_promotions(operator)
                set_up_limits(operator)
    assert sent == {(operation.id, name) for operation in operations() for name in operation.examples}


@pytest.mark.parametrize("version", ["v3", "v2"])
def test_documented_commands_of_a_reward_chain(operator: Operator, version: str) -> None:
    """The documented commands that toggle and reset a chain, with the chain's own id, in both versions of the path."""
    set_up_value_points(operator)
    number = set_up_reward_chain(operator, "default")
    root = f"{version}/project/44056/admin/reward_chain/id/{number}"
    for expected in (False, True):
        answer = operator.curl("PUT", f"{root}/toggle")
        assert (answer.status, answer.body) == (204, b"")
        assert operator.call("admin-get-reward-chain", 200, reward_chain_id=number).is_enabled is expected
    answer = operator.curl("POST", f"{root}/reset")
    assert (answer.status, answer.body) == (204, b"")


def test_documented_update_of_an_offer_chain(operator: Operator) -> None:
    """The published page of the update: its collapsed payload replaces all steps and both texts; its 401 is the one shown."""
    number = set_up_offer_chain(operator)
    operator.call("admin-toggle-offer-chain", 204, offer_chain_id=number)
    shown = {"order": 4, "date_start": "2023-04-15T18:16:00+05:00", "date_end": None, "is_enabled": True}
    path = f"v2/project/44056/admin/offer_chain/id/{number}"
    answer = operator.curl("PUT", path, {"name": {}, "description": {}, **shown, "steps": []})
    assert (answer.status, answer.body) == (204, b"")
    read = operator.call("admin-get-offer-chain", 200, offer_chain_id=number).to_dict()
    assert {key: read[key] for key in shown} == shown
    assert (read["name"], read["description"], read["steps"], read["number_of_steps"]) == ({}, {}, [], 0)
    stranger = operator.door.send("PUT", f"/api/{path}".replace("44056", str(operator.account.project_id)), {})
    documented = {"statusCode": 401, "errorCode": 1020}
    assert documented.items() <= stranger.json().items()
    assert stranger.json()["errorMessage"].startswith("[0401-1020]: Error in Authentication method occurred")


def test_documented_days_of_a_chain(operator: Operator) -> None:
    """The published chain of a user: a day that passed, one that was claimed, the one of today and one to come."""
    (published,) = answer_examples(operation_table()["get-user-daily-chain-by-id"], 200).values()
    names = ("name", "description")
    told = {name: {"en": published[name]} for name in names}
    facts = {name: published[name] for name in ("order", "date_start", "type")}
    steps = [{"step_number": step["step_number"], "items": [POTION]} for step in published["steps"]]
    body = {**told, **facts, "is_enabled": True, "steps": steps}
    created = operator.curl("POST", "v2/project/44056/admin/daily_chain", body)
    place = {"daily_chain_id": created.json()["id"]}
    start = datetime.fromisoformat(published["date_start"])
    assert operator.api.control
    for day in (1, 2):
        operator.api.control.set_clock((start + timedelta(days=day)).isoformat())
        if day == 1:
            answer = operator.api.call("claim-user-daily-chain-step-reward", path={**place, "step_number": 2})
            assert (answer.status, answer.body) == (204, b"")
    shown = operator.api.call("get-user-daily-chain-by-id", path=place).json()
    assert {name: shown[name] for name in (*names, *facts)} == {name: published[name] for name in (*names, *facts)}
    assert [step["status"] for step in shown["steps"]] == [step["status"] for step in published["steps"]]
    between = [later["unlocked_date"] - sooner["unlocked_date"] for sooner, later in pairwise(published["steps"])]
    assert [later["unlocked_date"] - sooner["unlocked_date"] for sooner, later in pairwise(shown["steps"])] == between
    documented = operator.api.call("claim-user-daily-chain-step-reward", path={**place, "step_number": 1})
    assert (documented.status, documented.error_code) == (422, 6222)


def test_documented_answers_about_codes(operator: Operator) -> None:
    """What is published of a code is told of one like it."""
    for published in answer_examples(operation_table()["verify-promotion-code"], 200).values():
        verified_as_published(operator, published)
    for published in answer_examples(operation_table()["get-redeemable-promotion-by-code"], 200).values():
        found_as_published(operator, published)


def test_documented_creation_on_the_older_path(operator: Operator) -> None:
    """The page of the creation shows v2, an answer that names the new chain, and a payload that is collapsed to nothing."""
    set_up_value_points(operator)
    create = operation_table()["admin-create-reward-chain"].examples["default"]
    answer = operator.curl("POST", "v2/project/44056/admin/reward_chain", create)
    assert answer.status == 201
    assert answer.json().keys() == {"reward_chain_id"}
    nothing = operator.curl("POST", "v2/project/44056/admin/reward_chain", {})
    assert (nothing.status, nothing.error_code) == (422, 1102)
    # Without `popup_header` it is the form for one user; each of its required fields is named.
    missing = {violation["expected"] for violation in nothing.json()["errorMessageExtended"]}
    assert missing == {f"the property `{name}`" for name in ("name", "date_start", "is_enabled", "value_point", "steps")}


def examples_of(operation: Operation, place: str) -> list[Json]:
    """The named examples of an operation's request, or of its answers with one status."""
    from_bundle = operation.examples if place == "request" else answer_examples(operation, int(place))
    return list(from_bundle.values())


def answer_examples(operation: Operation, status: int) -> dict[str, Json]:
    """The named examples of an operation's answers with this status."""
    source = load_bundle()["paths"][operation.path][operation.method.lower()]["responses"]
    content = resolved(source.get(str(status), {})).get("content", {}).get("application/json", {})
    return {name: resolved(example)["value"] for name, example in content.get("examples", {}).items()}


def test_every_body_has_a_named_example() -> None:
    """Without the published documents at hand: each operation with a body shows one, and each answer with a body does."""
    for operation in operations():
        assert operation.body is None or operation.examples, operation.id
        for status, response in operation.responses.items():
            assert response.schema is None or status >= 300 or answer_examples(operation, status), f"{operation.id} {status}"


if PUBLISHED[0].exists():
    # The published documents lie beside a checkout of the maintainers; nothing of them is copied into it.

    def published() -> Iterator[tuple[str, str, str, Json]]:
        """Operation, `request` or status, name and value of every published example that is about a success."""
        document = {name: source for file in PUBLISHED for name, source in json.loads(file.read_text(encoding="utf-8")).items()}
        for operation_id in operation_table().keys() & document.keys():
            source = document[operation_id]
            succeeded = {status: found for status, found in source["responses"].items() if status < "3"}
            places = {"request": source.get("request", source.get("requests")), **succeeded}
            for place, found in places.items():
                yield from ((operation_id, place, one["name"], one["value"]) for one in found)

    def test_published_examples_are_in_the_description() -> None:
        """Each published example is a named example here, letter by letter, or the ledger of deviations names it."""
        entries = YAML(typ="safe").load(DEVIATIONS.read_text(encoding="utf-8"))
        excused = {name for entry in entries for name in entry.get("examples", ())}
        found = [*published()]
        assert len(found) > len(operations()) // 2
        lost = {
            f"{operation_id} {place} {name}"
            for operation_id, place, name, value in found
            if value not in examples_of(operation_table()[operation_id], place)
        }
        assert lost - excused == set()
