"""Every operation in use: scenarios that create, read back, change and delete through the SDK, with drawn models."""

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st
from liveops_contract import strategies as draws
from liveops_contract.checks import Draw
from liveops_contract.daily_strategies import daily_chain_create
from liveops_contract.laws import promotion_scenes
from sdk_harness import ABSENT, Sdk, refused, said, same
from xsolla_liveops import models as m

Scenario = Callable[[Sdk, Draw], None]
SCENARIOS: dict[str, tuple[Scenario, frozenset[str]]] = {}


def scenario(*operation_ids: str) -> Callable[[Scenario], Scenario]:
    """Sign a scenario up with the operations that it calls."""

    def sign_up(function: Scenario) -> Scenario:
        SCENARIOS[function.__name__] = (function, frozenset(operation_ids))
        return function

    return sign_up


@scenario(
    "admin-create-value-points",
    "admin-get-value-point",
    "admin-update-value-point",
    "admin-get-value-points-list",
    "admin-delete-value-point",
)
def value_points(sdk: Sdk, draw: Draw) -> None:
    """Create, read, replace, list, delete."""
    body = draw(draws.value_point_input())
    sent, sku = m.ValuePointInput.from_dict(body), body["sku"]
    created = sdk.ask("admin-create-value-points", body=sent)
    assert (sdk.wire.status, created.sku, type(created.item_id)) == (201, sku, int)
    said(body, sdk.wire.body)
    read = sdk.ask("admin-get-value-point", item_sku=sku)
    assert isinstance(read, m.ValuePointDetails)
    assert (read.is_enabled, read.is_clan, read.can_delete) == (body.get("is_enabled", True), body.get("is_clan", False), True)
    same(sent, read)

    newer = draw(draws.value_point_input(st.just(sku), st.just(read.is_clan)))
    sdk.done("admin-update-value-point", item_sku=sku, body=m.ValuePointInput.from_dict(newer))
    said(newer, sdk.wire.body)
    page = sdk.ask("admin-get-value-points-list")
    assert sdk.wire.target.endswith("/value_points")
    same(m.ValuePointInput.from_dict(newer), next(one for one in page.items if one.sku == sku))
    assert sdk.ask("admin-get-value-points-list", limit=1, offset=2).items == page.items[2:3]
    assert sdk.wire.target.endswith("?limit=1&offset=2")

    sdk.done("admin-delete-value-point", item_sku=sku)
    refused(sdk.ask("admin-get-value-point", item_sku=sku), 404, 4001)


@scenario(
    "admin-set-items-value-point-reward",
    "admin-get-items-value-point-reward",
    "admin-patch-items-value-point-reward",
    "admin-delete-items-value-point-reward",
)
def items_of_a_value_point(sdk: Sdk, draw: Draw) -> None:
    """Assign items, change one, take all off."""
    one = st.fixed_dictionaries({"sku": draws.known_items(), "amount": draws.quantities()})
    body = draw(st.lists(one, min_size=1, max_size=4, unique_by=lambda entry: str(entry["sku"])))
    sent = [m.ItemValuePoints.from_dict(entry) for entry in body]
    place: dict[str, Any] = {"value_point_sku": "value_point_3"}
    sdk.done("admin-set-items-value-point-reward", body=sent, **place)
    said(body, sdk.wire.body)
    read = {item.sku: item for item in sdk.ask("admin-get-items-value-point-reward", **place).items}
    assert read.keys() == {entry.sku for entry in sent}
    for entry in sent:
        same(entry, read[entry.sku])
    sdk.done("admin-patch-items-value-point-reward", body=[m.ItemValuePoints(sku=sent[0].sku, amount=0)], **place)
    left = sdk.ask("admin-get-items-value-point-reward", **place).items
    assert {item.sku: item.amount for item in left} == {entry.sku: entry.amount for entry in sent[1:]}
    sdk.done("admin-delete-items-value-point-reward", **place)
    assert sdk.ask("admin-get-items-value-point-reward", **place).items == []


@scenario(
    "admin-create-value-points",
    "admin-create-reward-chain",
    "admin-get-reward-chain",
    "admin-get-reward-chains",
    "admin-toggle-reward-chain",
    "admin-update-reward-chain",
    "admin-reset-reward-chain",
    "admin-delete-reward-chain",
)
def reward_chains(sdk: Sdk, draw: Draw) -> None:
    """Both kinds of chains: create, read, list, toggle, replace, reset, delete."""
    is_clan = draw(st.booleans())
    drawn = draws.clan_reward_chain_create if is_clan else draws.reward_chain_create
    create, update = (m.ClanRewardChainCreate, m.ClanRewardChainUpdate) if is_clan else (m.RewardChainCreate, m.RewardChainUpdate)
    sdk.ask("admin-create-value-points", body=m.ValuePointInput(sku="points", name=None, is_clan=is_clan))
    body = draw(drawn("points"))
    sent = create.from_dict(body)
    place = {"reward_chain_id": sdk.ask("admin-create-reward-chain", body=sent).reward_chain_id}
    assert sdk.wire.status == 201
    said(body, sdk.wire.body)
    read = sdk.ask("admin-get-reward-chain", **place)
    assert isinstance(read, m.RewardChain)
    same(sent, read)
    assert (read.is_always_visible, read.value_point.sku) == (body.get("is_always_visible", True), "points")
    (short,) = sdk.ask("admin-get-reward-chains").items
    assert sdk.wire.target.endswith("/reward_chain")
    same(sent, short, leaving="steps")

    sdk.done("admin-toggle-reward-chain", **place)
    shown = sdk.ask("admin-get-reward-chains", enabled=int(not body["is_enabled"]), limit=1, offset=0).items
    assert [one.is_enabled for one in shown] == [not body["is_enabled"]]
    newer = draw(drawn("points"))
    newer.pop("value_point")
    known: list[int | None] = [step.step_id for step in read.steps]
    newer["steps"] = [{**step, "step_id": number} for step, number in zip(newer["steps"], [*known, *[None] * 4], strict=False)]
    sdk.done("admin-update-reward-chain", body=update.from_dict(newer), **place)
    said(newer, sdk.wire.body)
    replaced = sdk.ask("admin-get-reward-chain", **place)
    for step in newer["steps"]:
        step["step_id"] = step["step_id"] or replaced.steps[newer["steps"].index(step)].step_id
    same(update.from_dict(newer), replaced)

    sdk.done("admin-reset-reward-chain", **place)
    sdk.done("admin-delete-reward-chain", **place)
    refused(sdk.ask("admin-get-reward-chain", **place), 404, 4001)


@scenario(
    "admin-create-offer-chain",
    "admin-get-offer-chain",
    "admin-get-offer-chains",
    "admin-toggle-offer-chain",
    "admin-update-offer-chain",
    "admin-delete-offer-chain",
)
def offer_chains(sdk: Sdk, draw: Draw) -> None:
    """Create, read, list, toggle, replace, delete."""
    body = draw(draws.offer_chain_create())
    sent = m.OfferChainCreate.from_dict(body)
    place = {"offer_chain_id": sdk.ask("admin-create-offer-chain", body=sent).id}
    assert sdk.wire.status == 201
    said(body, sdk.wire.body)
    read = sdk.ask("admin-get-offer-chain", **place)
    assert isinstance(read, m.OfferChain)
    same(sent, read)
    assert (read.is_always_visible, read.number_of_steps) == (body.get("is_always_visible", True), len(body["steps"]))
    assert read.is_reset_on_completion is body.get("is_reset_on_completion", False)
    (short,) = sdk.ask("admin-get-offer-chains").items
    assert sdk.wire.target.endswith("/offer_chain")
    same(sent, short, leaving="steps")

    newer = m.OfferChainUpdate.from_dict(draw(draws.offer_chain_create()))
    for step, kept in zip(newer.steps, read.steps, strict=False):
        step.step_id = kept.step_id
    if read.is_enabled:
        refused(sdk.ask("admin-update-offer-chain", body=newer, **place), 422, 6209)
        sdk.done("admin-toggle-offer-chain", **place)
    sdk.done("admin-update-offer-chain", body=newer, **place)
    same(newer, sdk.ask("admin-get-offer-chain", **place))
    sdk.done("admin-toggle-offer-chain", **place)
    assert sdk.ask("admin-get-offer-chain", **place).is_enabled is not newer.is_enabled
    sdk.done("admin-delete-offer-chain", **place)
    refused(sdk.ask("admin-get-offer-chain", **place), 404, 4001)


@scenario(
    "admin-create-daily-chain",
    "admin-get-daily-chain",
    "admin-get-daily-chains",
    "admin-toggle-daily-chain",
    "admin-update-daily-chain",
    "admin-reset-daily-chain",
    "admin-delete-daily-chain",
)
def daily_chains(sdk: Sdk, draw: Draw) -> None:
    """Create, read, list, toggle, replace, reset, delete."""
    body, newer = (in_sequence(draw(daily_chain_create())) for _ in range(2))
    sent = m.DailyChainCreate.from_dict(body)
    place = {"daily_chain_id": sdk.ask("admin-create-daily-chain", body=sent).id}
    assert sdk.wire.status == 201
    said(body, sdk.wire.body)
    read = sdk.ask("admin-get-daily-chain", **place)
    assert isinstance(read, m.DailyChain)
    same(sent, read)
    assert (read.is_recurrent, read.number_of_steps) == (body.get("is_recurrent", False), len(body["steps"]))
    (short,) = sdk.ask("admin-get-daily-chains").items
    assert sdk.wire.target.endswith("/daily_chain")
    same(sent, short, leaving="steps")

    replacing = m.DailyChainUpdate.from_dict(newer)
    for step, kept in zip(replacing.steps, read.steps, strict=False):
        step.step_id = kept.step_id
    if read.is_enabled:
        refused(sdk.ask("admin-update-daily-chain", body=replacing, **place), 422, 6209)
        sdk.done("admin-toggle-daily-chain", **place)
    sdk.done("admin-update-daily-chain", body=replacing, **place)
    same(replacing, sdk.ask("admin-get-daily-chain", **place))
    sdk.done("admin-toggle-daily-chain", **place)
    assert sdk.ask("admin-get-daily-chain", **place).is_enabled is not replacing.is_enabled
    if newer["type"] == "rolling":
        sdk.done("admin-reset-daily-chain", **place)
    else:
        refused(sdk.ask("admin-reset-daily-chain", **place), 422, 6220)
    sdk.done("admin-delete-daily-chain", **place)
    refused(sdk.ask("admin-get-daily-chain", **place), 404, 4001)


def in_sequence(body: dict[str, Any]) -> dict[str, Any]:
    """The chain with its steps in the order in which they are answered."""
    return {**body, "steps": sorted(body["steps"], key=lambda step: int(step["step_number"]))}


@scenario(
    "admin-create-daily-chain",
    "get-daily-chains-list",
    "get-user-daily-chain-by-id",
    "claim-user-daily-chain-step-reward",
)
def a_user_comes_back_every_day(sdk: Sdk, draw: Draw) -> None:
    """The reward of the first day, claimed once; that of the second day is still to come."""
    quantity, kind = draw(st.integers(1, 9)), draw(st.sampled_from(("calendar_hard", "rolling")))
    steps = [{"step_number": place, "items": [{"sku": "com.xsolla.potion_1", "quantity": quantity}]} for place in (1, 2)]
    body = {"name": {"en": "Days"}, "date_start": "2025-01-01T00:00:00Z", "is_enabled": True, "type": kind, "steps": steps}
    number = sdk.ask("admin-create-daily-chain", body=m.DailyChainCreate.from_dict(body)).id

    page = sdk.ask("get-daily-chains-list", limit=1, offset=0)
    (shown,) = page.items
    assert isinstance(shown, m.UserDailyChain)
    assert (page.total_items_count, page.has_more, shown.id, shown.name) == (1, False, number, "Days")
    assert [step.status for step in shown.steps] == ["claimable", "claim_in_future"]
    sdk.done("claim-user-daily-chain-step-reward", daily_chain_id=number, step_number=1)
    refused(sdk.ask("claim-user-daily-chain-step-reward", daily_chain_id=number, step_number=1), 422, 9912)
    refused(sdk.ask("claim-user-daily-chain-step-reward", daily_chain_id=number, step_number=2), 422, 6221)
    refused(sdk.ask("claim-user-daily-chain-step-reward", daily_chain_id=number, step_number=ABSENT), 404, 9911)
    read = sdk.ask("get-user-daily-chain-by-id", daily_chain_id=number)
    begin = 1735689600  # 2025-01-01T00:00:00Z
    told = [(step.status, step.unlocked_date) for step in read.steps]
    assert told == [("claimed", begin), ("claim_in_future", begin + 86400)]
    owned = {one["sku"]: one["quantity"] for one in sdk.control("GET", "/users/user_1", None)["inventory"]}
    assert owned == {"com.xsolla.potion_1": quantity}


@scenario(
    "post-upsell",
    "put-upsell",
    "get-upsell-configurations-for-project-admin",
    "put-upsell-toggle-active-inactive",
    "get-upsell-for-project-client",
)
def upsell(sdk: Sdk, draw: Draw) -> None:
    """Create, read, replace, switch off and on, and see the items."""
    assert sdk.ask("get-upsell-configurations-for-project-admin") == []
    for operation in ("post-upsell", "put-upsell"):
        body = draw(draws.upsell_input())
        model = m.FixedListUpsellInput if body["type"] == "fixed_list" else m.SpecialUpsellInput
        sdk.done(operation, body=model.from_dict(body))
        said(body, sdk.wire.body)
        (read,) = sdk.ask("get-upsell-configurations-for-project-admin")
        assert isinstance(read, m.Upsell)
        told = (read.is_enabled, str(read.type_), [item.sku for item in read.items])
        assert told == (body["is_enabled"], body["type"], body.get("items", []))
    listed = [item.sku for item in read.items]
    for toggle in draw(st.permutations(list(m.PutUpsellToggleActiveInactiveToggle))):
        sdk.done("put-upsell-toggle-active-inactive", toggle=toggle)
        shown = sdk.ask("get-upsell-for-project-client")
        assert [item.sku for item in shown.items] == (listed if toggle == "activate" else [])
        assert all(isinstance(item, m.CatalogItem) for item in shown.items)
    refused(sdk.ask("post-upsell", body=model.from_dict(body)), 422, 6215)


@scenario(
    "create-filter-rule",
    "get-filter-rule-by-id",
    "get-filter-rules",
    "get-all-filter-rules",
    "update-filter-rule-by-id",
    "patch-filter-rule-by-id",
    "delete-filter-rule-by-id",
)
def filter_rules(sdk: Sdk, draw: Draw) -> None:
    """Create, read, list, replace, change, delete."""
    body, newer = draw(draws.filter_rule_input()), draw(draws.filter_rule_input())
    sent = m.FilterRuleInput.from_dict(body)
    place = {"rule_id": sdk.ask("create-filter-rule", body=sent).rule_id}
    assert sdk.wire.status == 201
    said(body, sdk.wire.body)
    read = sdk.ask("get-filter-rule-by-id", **place)
    assert isinstance(read, m.FilterRule)
    same(sent, read, leaving="items")
    assert len(read.items) == len(body["items"])
    page = sdk.ask("get-filter-rules", is_enabled=int(read.is_enabled), limit=1, offset=0)
    assert (page.items, page.total_items_count, page.has_more) == ([read], 1, False)
    (short,) = sdk.ask("get-all-filter-rules").items
    assert (short.rule_id, short.name, short.is_enabled) == (read.rule_id, read.name, read.is_enabled)

    sdk.done("update-filter-rule-by-id", body=m.FilterRuleInput.from_dict(newer), **place)
    said(newer, sdk.wire.body)
    change = m.FilterRuleChange(is_enabled=not newer["is_enabled"])
    sdk.done("patch-filter-rule-by-id", body=change, **place)
    said({"is_enabled": change.is_enabled}, sdk.wire.body)
    (changed,) = sdk.ask("get-filter-rules").items
    assert (changed.name, changed.is_enabled) == (newer["name"], change.is_enabled)
    assert changed.is_satisfied_for_unauth is newer.get("is_satisfied_for_unauth", False)
    sdk.done("delete-filter-rule-by-id", **place)
    refused(sdk.ask("get-filter-rule-by-id", **place), 404, 4001)


@scenario(
    *(f"{act}-user-{kind}-limit" for act in ("get", "add", "set", "remove", "reset") for kind in ("item", "promotion")),
    "reset-all-user-items-limit",
    "reset-all-user-promotions-limit",
    "create-item-promotion",
)
def limits(sdk: Sdk, draw: Draw) -> None:
    """Read, lower, raise, set and reset what is left to a user, who is known once defined."""
    total, kind = draw(st.integers(2, 9)), draw(st.sampled_from(("item", "promotion")))
    sdk.control("PUT", "/items/thing", {"name": {"en": "Thing"}, "limits": {"per_user": total}})
    body = {"name": {}, "discount": {"percent": "5.00"}, "items": [{"sku": "thing"}], "limits": {"per_user": total}}
    number = sdk.ask("create-item-promotion", body=m.DiscountPromotionInput.from_dict(body)).promotion_id
    place: dict[str, Any] = {"item_sku": "thing"} if kind == "item" else {"promotion_id": number}
    user = m.UserReference("user_2")

    def left() -> Any:
        return sdk.ask(f"get-user-{kind}-limit", user_external_id="user_2", **place)

    refused(left(), 404, 5008)
    sdk.control("PUT", "/users/user_2", {})
    for operation, sent, expected in (("remove", 2, total - 2), ("add", 1, total - 1), ("set", 0, 0)):
        model = m.UserLimitSetting if operation == "set" else m.UserLimitStep
        told = sdk.ask(f"{operation}-user-{kind}-limit", body=model(available=sent, user=user), **place)
        assert told == left()
        assert (told.per_user.total, told.per_user.available) == (total, expected)
    nothing_left = sdk.ask(f"remove-user-{kind}-limit", body=m.UserLimitStep(available=1, user=user), **place)
    refused(nothing_left, 422, 4510 if kind == "item" else 4511)
    for whose in (m.LimitReset(user=user), m.LimitReset(user=None)):
        sdk.done(f"reset-user-{kind}-limit", body=whose, **place)
        assert left().per_user.available == total
        sdk.ask(f"set-user-{kind}-limit", body=m.UserLimitSetting(available=0, user=user), **place)
    sdk.done(f"reset-all-user-{kind}s-limit", body=m.LimitsReset(user=user))
    assert left().per_user.available == total


@scenario(
    "admin-create-reward-chain",
    "admin-set-items-value-point-reward",
    "get-reward-chains-list",
    "get-user-reward-chain-balance",
    "claim-user-reward-chain-step-reward",
)
def a_user_walks_a_chain(sdk: Sdk, draw: Draw) -> None:
    """Points from a purchase, a reward claimed once, and one that is still too dear."""
    points, pieces, quantity = draw(st.integers(1, 1000)), draw(st.integers(1, 1000)), draw(st.integers(1, 9))
    assigned = m.ItemValuePoints(sku="com.xsolla.item_1", amount=points)
    sdk.done("admin-set-items-value-point-reward", value_point_sku="value_point_3", body=[assigned])
    reward = [{"sku": "com.xsolla.potion_1", "quantity": quantity}]
    steps = [{"name": {}, "price": {"amount": points * pieces + dearer}, "reward": reward} for dearer in (0, 1)]
    name = draw(draws.texts())
    body = {"name": {"en": name}, "date_start": "2024-01-01T00:00:00Z", "is_enabled": True, "steps": steps}
    chain = m.RewardChainCreate.from_dict({**body, "value_point": {"sku": "value_point_3"}})
    number = sdk.ask("admin-create-reward-chain", body=chain).reward_chain_id
    sdk.control("POST", "/users/user_1/purchases", {"items": [{"sku": "com.xsolla.item_1", "quantity": pieces}]})

    page = sdk.ask("get-reward-chains-list")
    assert "?" not in sdk.wire.target
    (shown,) = page.items
    assert isinstance(shown, m.UserRewardChain)
    assert (page.total_items_count, page.has_more, shown.reward_chain_id, shown.name) == (1, False, number, name)
    assert [step.is_claimed for step in shown.steps] == [False, False]
    assert sdk.ask("get-user-reward-chain-balance", reward_chain_id=number).amount == points * pieces
    open_step, dear_step = (step.step_id for step in shown.steps)
    sdk.done("claim-user-reward-chain-step-reward", reward_chain_id=number, step_id=open_step)
    refused(sdk.ask("claim-user-reward-chain-step-reward", reward_chain_id=number, step_id=open_step), 422, 9912)
    refused(sdk.ask("claim-user-reward-chain-step-reward", reward_chain_id=number, step_id=dear_step), 422, 9913)
    refused(sdk.ask("claim-user-reward-chain-step-reward", reward_chain_id=number, step_id=ABSENT), 404, 9911)
    assert [step.is_claimed for step in sdk.ask("get-reward-chains-list", limit=1, offset=0).items[0].steps] == [True, False]
    owned = {one["sku"]: one["quantity"] for one in sdk.control("GET", "/users/user_1", None)["inventory"]}
    assert owned["com.xsolla.potion_1"] == quantity


@scenario(
    "admin-create-offer-chain",
    "get-offer-chains-list",
    "get-user-offer-chain-by-id",
    "claim-user-offer-chain-step-reward",
    "order-user-offer-chain-step-reward",
)
def a_user_walks_an_offer_chain(sdk: Sdk, draw: Draw) -> None:
    """A free step is claimed, a paid one ordered and paid; the chain stays as completed."""
    count, name = draw(st.integers(1, 9)), draw(draws.texts())
    items = [{"sku": "com.xsolla.item_1", "quantity": count}]
    steps = [{"step_number": number, "is_free": number == 1, "items": items} for number in (1, 2)]
    body = {"name": {"en": name}, "date_start": "2024-01-01T00:00:00Z", "is_enabled": True, "steps": steps}
    schedule = {"interval_type": "hourly"}
    made = sdk.ask("admin-create-offer-chain", body=m.OfferChainCreate.from_dict({**body, "recurrent_schedule": schedule}))
    chain = {"offer_chain_id": made.id}
    refused(sdk.ask("order-user-offer-chain-step-reward", step_number=1, **chain), 422, 6232)
    refused(sdk.ask("claim-user-offer-chain-step-reward", step_number=ABSENT, **chain), 404, 9911)
    claimed = sdk.ask("claim-user-offer-chain-step-reward", step_number=1, **chain)
    assert isinstance(claimed, m.OfferChainClaim)
    refused(sdk.ask("claim-user-offer-chain-step-reward", step_number=1, **chain), 422, 9912)
    ordered = sdk.ask("order-user-offer-chain-step-reward", step_number=2, **chain)
    assert isinstance(ordered, m.OfferChainOrder)
    assert (len(ordered.token), ordered.order_id != claimed.order_id) == (32, True)
    shown = sdk.ask("get-user-offer-chain-by-id", **chain)
    assert isinstance(shown, m.UserOfferChain)
    assert isinstance(shown.recurrent_schedule, m.UserOfferSchedule)
    assert (shown.name, shown.next_step_number, shown.recurrent_schedule.interval_type) == (name, 2, "hourly")
    assert [step.is_claimed for step in shown.steps] == [True, False]
    sdk.control("POST", f"/orders/{ordered.order_id}/pay", None)
    page = sdk.ask("get-offer-chains-list", limit=1, offset=0)
    assert (page.total_items_count, page.items[0].next_step_number) == (1, None)
    assert [step.is_claimed for step in page.items[0].steps] == [True, True]


@scenario(
    "admin-create-value-points",
    "admin-create-reward-chain",
    "admin-set-items-value-point-reward",
    "user-clan-update",
    "get-user-clan-top-contributors",
)
def a_clan_walks_a_chain(sdk: Sdk, draw: Draw) -> None:
    """A user joins a clan, and is named among those who gave most."""
    pieces = draw(st.integers(1, 1000))
    sdk.ask("admin-create-value-points", body=m.ValuePointInput(sku="points", name=None, is_clan=True))
    assigned = m.ItemValuePoints(sku="com.xsolla.item_1", amount=2)
    sdk.done("admin-set-items-value-point-reward", value_point_sku="points", body=[assigned])
    body = {"name": {}, "date_start": "2024-01-01T00:00:00Z", "is_enabled": True, "value_point": {"sku": "points"}, "steps": []}
    chain = m.ClanRewardChainCreate.from_dict({**body, "popup_header": None, "popup_instruction": None})
    number = sdk.ask("admin-create-reward-chain", body=chain).reward_chain_id
    assert sdk.ask("get-user-clan-top-contributors", reward_chain_id=number) == []
    sdk.control("PUT", "/users/user_1", {"name": "Rocket", "clan": "clan_1"})
    assert sdk.ask("user-clan-update") == m.ClanUpdated(reward=[])
    sdk.control("POST", "/users/user_1/purchases", {"items": [{"sku": "com.xsolla.item_1", "quantity": pieces}]})
    contributors = sdk.ask("get-user-clan-top-contributors", reward_chain_id=number)
    assert contributors == [m.Contributor(name="Rocket", contributed_amount=2 * pieces)]


@scenario(
    *(operation for kind in promotion_scenes.KINDS for operation in kind[:5]),
    "get-promotion-list",
    "activate-promotion",
    "deactivate-promotion",
)
def promotions(sdk: Sdk, draw: Draw) -> None:
    """Both kinds of promotions: create, read, list, switch, replace, delete."""
    discounts, bonuses = promotion_scenes.KINDS
    inputs: dict[promotion_scenes.Kind, Any] = {discounts: m.DiscountPromotionInput, bonuses: m.BonusPromotionInput}
    for kind, model in inputs.items():
        body, newer = draw(kind.body), draw(kind.body)
        place = {"promotion_id": sdk.ask(kind.create, body=model.from_dict(body)).promotion_id}
        assert sdk.wire.status == 201
        said(body, sdk.wire.body)
        read = sdk.ask(kind.read, **place)
        assert promotion_scenes.told(read.to_dict()) == promotion_scenes.said(kind, body)
        assert sdk.ask(kind.list).promotions == [read]
        (short,) = sdk.ask("get-promotion-list", limit=1, offset=0).promotions
        assert (short.id, short.name, short.is_enabled, short.limits) == (read.id, read.name, read.is_enabled, read.limits)

        sdk.done("activate-promotion", **place)
        assert [one.id for one in sdk.ask("get-promotion-list", enabled=1).promotions] == [read.id]
        sdk.done("deactivate-promotion", **place)
        assert sdk.ask(kind.read, **place).is_enabled is False
        sdk.done(kind.update, body=model.from_dict(newer), **place)
        said(newer, sdk.wire.body)
        assert promotion_scenes.told(sdk.ask(kind.read, **place).to_dict()) == promotion_scenes.said(kind, newer)
        sdk.done(kind.delete, **place)
        refused(sdk.ask(kind.read, **place), 404, 9502)
