"""SKUs, days and reset times: description, mock and a judge written by hand agree. Other bounds are in test_bounds.py."""

import copy
import json
from typing import Any

import pytest
from hypothesis import given, settings
from liveops_contract.api import Api
from liveops_contract.checks import Check, Run
from liveops_contract.description import operation_table
from liveops_contract.doors import InProcessDoor
from liveops_contract.exchange import Request
from liveops_contract.kinds import rules
from liveops_contract.oracle import DAY_OF_MONTH, DAY_OF_WEEK, OFFER_SCHEDULE, RESET_TIME, RULES, SKU, Rule, Verdict
from liveops_contract.profiles import PROFILES
from liveops_contract.signing import Account
from liveops_contract.stage import Stage
from liveops_mock import MockServer
from xsolla_liveops.bundle import load_bundle

Json = Any
SEED = 20261121
HERE = "the raw value goes here"
REWARD_CHAIN, NEW_REWARDS = "admin-create-reward-chain", "admin-update-reward-chain"
OFFER_CHAIN, NEW_OFFERS = "admin-create-offer-chain", "admin-update-offer-chain"
VALUE_POINT, NEW_VALUE_POINT = "admin-create-value-points", "admin-update-value-point"
SET_ITEMS, PATCH_ITEMS = "admin-set-items-value-point-reward", "admin-patch-items-value-point-reward"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_tables_are_on_the_right_side(rule: Rule) -> None:
    """What the eye sorted, the hand-written judge and the description sort alike."""
    assert [raw for raw in rule.fitting if rule.verdict(raw) is not Verdict.FITS or not rules.described(rule, raw)] == []
    assert [raw for raw in rule.unfitting if rule.verdict(raw) is Verdict.FITS or rules.described(rule, raw)] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_description_and_oracle_agree_on_drawn_values(rule: Rule) -> None:
    """Many values, without a server in between."""

    @settings(max_examples=500, derandomize=True, database=None)
    @given(rules.raw_values(rule))
    def agree(raw: str) -> None:
        assert rules.described(rule, raw) == (rule.verdict(raw) is Verdict.FITS), raw

    agree()


@pytest.mark.parametrize("check", [*rules.checks()], ids=lambda check: check.operations[0])
def test_three_judges_agree(stage: Stage, check: Check) -> None:
    """Description, mock and hand-written judge, at each place of each operation."""
    outcome = check.perform(check, Run(stage, PROFILES[settings.get_current_profile_name()], SEED))
    assert outcome.failures == []
    assert outcome.cases >= len(SKU.fitting)


def test_every_rule_holds_somewhere() -> None:
    """No rule is judged at no place: SKUs in paths and bodies, days and times in both kinds of chains."""
    judged = [spot for check in rules.checks() for spot in rules.spots(check.operation)]
    found = {(spot.rule.name, spot.in_path, spot.operation.id) for spot in judged}
    chains = (REWARD_CHAIN, NEW_REWARDS, OFFER_CHAIN, NEW_OFFERS)
    expected = {(rule.name, False, name) for rule in RULES if rule is not OFFER_SCHEDULE for name in chains}
    expected |= {(OFFER_SCHEDULE.name, False, name) for name in (OFFER_CHAIN, NEW_OFFERS)}
    expected |= {(SKU.name, False, name) for name in (VALUE_POINT, NEW_VALUE_POINT, SET_ITEMS, PATCH_ITEMS)}
    expected |= {(SKU.name, True, name) for name in ("admin-get-value-point", "admin-delete-value-point", SET_ITEMS)}
    assert expected <= found


WHOLE = [(DAY_OF_WEEK, raw) for raw in DAY_OF_WEEK.fitting] + [(DAY_OF_MONTH, raw) for raw in DAY_OF_MONTH.fitting]


@pytest.mark.parametrize("creator", [REWARD_CHAIN, OFFER_CHAIN])
@pytest.mark.parametrize(("rule", "raw"), WHOLE, ids=[f"{rule.name} {raw}" for rule, raw in WHOLE])
def test_whole_days_are_kept_as_whole_numbers(stage: Stage, creator: str, rule: Rule, raw: str) -> None:
    """7.0, 7e0 and 7 are one number: the chain is made, and answers 7."""
    kind, key = ("weekly", "day_of_week") if rule is DAY_OF_WEEK else ("monthly", "day_of_month")
    schedule = {"interval_type": kind, key: HERE, "time": "01:00:00+08:00"}
    shown = _made(stage.fresh(), creator, {"recurrent_schedule": schedule}, raw)["recurrent_schedule"][key]
    assert isinstance(shown, int)
    assert shown == json.loads(raw)


@pytest.mark.parametrize("raw", ["2.0", "2e0", "20e-1", "0.2e1", "2"])
def test_whole_amounts_are_kept_as_whole_numbers(stage: Stage, raw: str) -> None:
    """The same in quantities, prices and orders."""
    reward = {"sku": "com.xsolla.item_1", "quantity": HERE}
    step = {"name": {}, "price": {"amount": HERE}, "reward": [reward]}
    chain = _made(stage.fresh(), REWARD_CHAIN, {"order": HERE, "steps": [step]}, raw)
    (step_shown,) = chain["steps"]
    shown = [chain["order"], step_shown["price"]["amount"], step_shown["reward"][0]["quantity"]]
    assert json.dumps(shown) == "[2, 2, 2]"


@pytest.mark.parametrize("raw", ["1e20", "1e300", "18446744073709551616", "-9223372036854775809", "1" + "0" * 40])
def test_huge_numbers_beside_a_whole_one(stage: Stage, raw: str) -> None:
    """Reading 1.0 as 1 must not make a number of the huge one that no message can show."""
    api, operation = stage.fresh(), operation_table()[PATCH_ITEMS]
    signed = api.request(operation, body=[])
    body = f'[{{"sku":"booster_1","amount":1.0}},{{"sku":"booster_mega","amount":{raw}}}]'
    answer = api.send(Request(signed.method, signed.target, signed.headers, body.encode(), signed.signed_by)).answer
    assert (answer.status, answer.error_code) == (422, 1102)


@pytest.mark.parametrize("raw", [*RESET_TIME.fitting])
def test_reset_times_are_kept_as_they_were_sent(stage: Stage, raw: str) -> None:
    """Offsets of every size, the negative zero among them, are answered letter by letter, and a next reset is worked out."""
    schedule = {"interval_type": "weekly", "day_of_week": 1, "time": HERE}
    shown = _made(stage.fresh(), OFFER_CHAIN, {"recurrent_schedule": schedule}, raw)["recurrent_schedule"]
    assert shown["time"] == json.loads(raw)
    assert shown["reset_next_date"] > 0


def _made(api: Api, creator: str, changes: Json, raw: str) -> Json:
    """A chain that was made with a raw value in its body, as it is read afterwards."""
    body = {"name": {}, "date_start": "2024-01-01T00:00:00Z", "is_enabled": False, "steps": [], **changes}
    if creator == REWARD_CHAIN:
        body["value_point"] = {"sku": "value_point_3"}
    signed = api.request(operation_table()[creator], body=body)
    content = signed.body.replace(json.dumps(HERE).encode(), raw.encode())
    answer = api.send(Request(signed.method, signed.target, signed.headers, content, signed.signed_by)).answer
    assert answer.status == 201, answer.body
    name = "reward_chain_id" if creator == REWARD_CHAIN else "offer_chain_id"
    return api.call(creator.replace("create", "get"), path={name: next(iter(answer.json().values()))}).json()


@pytest.mark.parametrize("segment", ["%ED%A0%80", "%FF", "a%00", "%C0%AE", "a%0A", "%EF%BC%A1", "a%252Fb", "a%5Cb", "a+b", "%20"])
def test_bytes_of_a_path_that_are_no_sku(stage: Stage, segment: str) -> None:
    """Half pairs, broken UTF-8, encoded controls and doubled encodings in a path are a wrong shape."""
    api = stage.fresh()
    signed = api.request(operation_table()["admin-get-value-point"], path={"item_sku": "HERE"})
    answer = api.raw("GET", signed.target.replace("HERE", segment), signed.headers)
    assert (answer.status, answer.error_code) == (422, 1102)


PUBLISHED_TIME = load_bundle()["components"]["schemas"]["ResetTime"]["pattern"]
LOOSE: dict[str, tuple[Rule, Json]] = {
    "the doubled backslash": (SKU, {"pattern": "^[a-zA-Z0-9_\\\\-–.]*$"}),
    "no end of the pattern": (SKU, {"pattern": "^[a-zA-Z0-9_\\-–.]*"}),
    "no en dash": (SKU, {"pattern": "^[a-zA-Z0-9_\\-.]*$"}),
    "256 characters": (SKU, {"maxLength": 256}),
    "254 characters": (SKU, {"maxLength": 254}),
    "an empty SKU": (SKU, {"minLength": 0}),
    "an eighth day": (DAY_OF_WEEK, {"maximum": 8}),
    "a day 32": (DAY_OF_MONTH, {"maximum": 32}),
    "no last day": (DAY_OF_MONTH, {"maximum": 30}),
    "half a day": (DAY_OF_WEEK, {"type": "number"}),
    "half hours": (RESET_TIME, {"pattern": PUBLISHED_TIME.replace(":00:00", ":[03]0:00")}),
    "an hour 24": (RESET_TIME, {"pattern": PUBLISHED_TIME.replace("2[0-3]", "2[0-4]")}),
    "an offset of 60 minutes": (RESET_TIME, {"pattern": PUBLISHED_TIME.replace("[0-5][0-9]", "[0-6][0-9]")}),
    "schedules as reward chains have them": (OFFER_SCHEDULE, {"oneOf": [{"$ref": "#/components/schemas/ScheduleOrNull"}]}),
    "no anchors": (RESET_TIME, {"pattern": PUBLISHED_TIME.strip("^$"), "minLength": 0, "maxLength": 99}),
}


@pytest.mark.parametrize("name", LOOSE)
def test_a_server_with_another_rule_is_found(name: str) -> None:
    """A mock that obeys a changed description breaks the rule, and the check says which one."""
    rule, changes = LOOSE[name]
    document = copy.deepcopy(load_bundle())
    document["components"]["schemas"][rule.schema] |= changes
    account = Account(44056, "in-process-key", 12345, "in-process-secret-of-32-characters-or-more")
    server = MockServer(44056, account.api_key, str(account.user_secret), merchant_id=12345, document=document)
    door = InProcessDoor(server)
    place = VALUE_POINT if rule is SKU else OFFER_CHAIN
    check = next(check for check in rules.checks() if check.operations == (place,))
    outcome = check.perform(check, Run(Stage(door, account, control_door=door), PROFILES["quick"], SEED))
    assert {rule.name} <= {failure.rule.partition(" at ")[0] for failure in outcome.failures}
