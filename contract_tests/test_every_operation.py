"""Whatever fits the description is answered as documented; whatever does not is refused, in the documented way."""

import pytest
from liveops_contract.checks import Check, Run
from liveops_contract.description import operations
from liveops_contract.kinds import all_checks
from liveops_contract.profiles import PROFILES
from liveops_contract.stage import Stage

KINDS = ("near misses", "credentials", "methods", "bodies")
CHECKS = [check for check in all_checks() if check.kind in KINDS]


@pytest.fixture
def run(stage: Stage) -> Run:
    """A run with every case there is, on a mock in this process."""
    return Run(stage, PROFILES["gate"], seed=1)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_an_operation_keeps_its_word(check: Check, run: Run) -> None:
    """Near misses, wrong credentials, undocumented methods, odd bodies."""
    outcome = check.perform(check, run)

    assert outcome.cases > 0
    assert outcome.failures == []


@pytest.mark.parametrize("kind", KINDS)
def test_no_operation_is_left_out(kind: str) -> None:
    """Every operation of the description has its checks."""
    checked = {name for check in CHECKS if check.kind == kind for name in check.operations}

    assert checked == {operation.id for operation in operations() if kind != "bodies" or operation.body is not None}


def test_the_same_over_a_socket(http_stage: Stage) -> None:
    """What holds in process holds behind a port: one check of each kind."""
    run = Run(http_stage, PROFILES["quick"], seed=1)
    one_of_each = {check.kind: check for check in CHECKS if check.area == "offer_chains"}.values()

    assert [check.perform(check, run).failures for check in one_of_each] == [[]] * len(KINDS)


def test_a_command_of_the_report_holds_no_secret(stage: Stage) -> None:
    """What is pasted from a report reads credentials from the environment."""
    api = stage.fresh()
    api.call("user-clan-update", user="joe")
    api.call("admin-get-value-points-list")
    commands = [exchange.curl() for exchange in api.transcript]

    assert commands == [
        'curl -X PUT "$LIVEOPS_URL/v2/project/$PROJECT_ID/user/clan/update" -H "Authorization: Bearer $LIVEOPS_USER_TOKEN"',
        'curl -X GET "$LIVEOPS_URL/v2/project/$PROJECT_ID/admin/items/value_points" -u "$PROJECT_ID:$LIVEOPS_API_KEY"',
    ]
