"""What no answer shows any more is not kept either: progress goes with its steps and its chain."""

from typing import Any

import pytest
from liveops_contract.laws import daily_chain_scenes as days
from liveops_contract.stage import in_process_stage
from liveops_mock import RULES, Call, Reply, World

CLAIM = "claim-user-daily-chain-step-reward"


@pytest.mark.parametrize(("act", "left"), [("keep both", 2), ("keep one", 1), ("keep none", 0), ("delete", 0), ("reset", 0)])
def test_claims_go_with_the_steps_of_a_daily_chain(act: str, left: int) -> None:
    """An update forgets the claims of steps that go, a deletion and a reset forget all."""
    worlds: list[World] = []

    def noted(world: World, call: Call) -> Reply:
        worlds.append(world)
        return RULES[CLAIM](world, call)

    api = in_process_stage(rules={**RULES, CLAIM: noted}).fresh()
    number = days.make(api, days.chain(*days.steps(2), type=days.ROLLING))
    assert days.claim(api, number, 1) is None
    days.go(api, days.NOW + days.DAY)
    assert days.claim(api, number, 2) is None
    ids = days.step_ids(api, number)
    if act.startswith("keep"):
        kept: list[Any] = [days.step(place, step_id=one) for place, one in enumerate(ids[:left], 1)]
        days.rewrite(api, number, days.chain(*kept, days.step(9), type=days.ROLLING))
    else:
        method = "admin-reset-daily-chain" if act == "reset" else "admin-delete-daily-chain"
        api.call(method, path={"daily_chain_id": number})

    assert [key[1] for key in worlds[-1].daily_claims.keys("chain", number)] == ids[:left]
