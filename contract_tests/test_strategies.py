"""Whatever the strategies draw fits the description."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from liveops_contract import schedule_strategies as scheduled
from liveops_contract import strategies as drawn
from liveops_contract.campaign_strategies import coupon_create, coupon_update
from liveops_contract.daily_strategies import daily_chain_create
from liveops_contract.description import operation_table, validator
from liveops_contract.promo_code_strategies import offer_create, offer_update, promo_code_create, promo_code_update
from liveops_contract.promotion_strategies import bonus_input, discount_input

SKU = "com.xsolla.value_point_1"
BODIES = {
    "admin-create-reward-chain": drawn.reward_chain_create(SKU) | drawn.clan_reward_chain_create(SKU),
    "admin-create-offer-chain": drawn.offer_chain_create(),
    "admin-create-daily-chain": daily_chain_create(),
    "admin-create-value-points": drawn.value_point_input(),
    "admin-create-coupon": coupon_create(),
    "update-coupon-promotion": coupon_update(),
    "create-promo-code": promo_code_create(),
    "update-promo-code": promo_code_update(),
    "admin-create-unique-catalog-offer": offer_create(),
    "update-unique-catalog-offer-promotion": offer_update(),
    "post-upsell": drawn.upsell_input(),
    "create-filter-rule": drawn.filter_rule_input(),
    "create-item-promotion": discount_input(),
    "create-bonus-promotion": bonus_input(),
}
PARTS = {
    "LocalizedText": drawn.localized(),
    "Sku": drawn.skus(),
    "Instant": drawn.instants(),
    "ScheduleOrNull": scheduled.schedules(),
    "OfferScheduleOrNull": scheduled.offer_schedules(),
    "AttributeConditions": drawn.conditions(),
    "RewardChainStepsCreate": drawn.reward_steps(),
    "ResetTime": scheduled.reset_times(),
}


@pytest.mark.parametrize("name", BODIES)
@given(data=st.data())
def test_a_drawn_body_fits_its_operation(name: str, data: st.DataObject) -> None:
    """Drawn bodies are valid requests."""
    body = data.draw(BODIES[name])

    assert operation_table()[name].allows_body(body)


@pytest.mark.parametrize("name", PARTS)
@given(data=st.data())
def test_a_drawn_part_fits_its_schema(name: str, data: st.DataObject) -> None:
    """Drawn parts are valid values."""
    part = data.draw(PARTS[name])

    assert validator({"$ref": f"#/components/schemas/{name}"}).is_valid(part)
