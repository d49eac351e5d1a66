"""Planted bugs for the tours and the laws of many places: writes that go astray, and one place that tells it otherwise."""

from dataclasses import replace

from liveops_mock import RULES, Call, Page, Problem, Reply, Rule, World

from liveops_contract.defects import plant
from liveops_contract.defects.rewiring import good
from liveops_contract.mutants.wrapping import forgets, looks_elsewhere, writes_elsewhere

SPREAD: dict[str, Rule] = {
    operation: writes_elsewhere(RULES[operation])
    for operation in (
        *("activate-promotion", "deactivate-coupon", "deactivate-promo-code", "activate-unique-catalog-offer"),
        *("admin-toggle-daily-chain", "admin-toggle-offer-chain", "admin-toggle-reward-chain", "put-upsell"),
        *("set-user-item-limit", "set-user-promotion-limit", "set-coupon-user-promotion-limit"),
        *("set-promo-code-user-promotion-limit", "order-user-offer-chain-step-reward", "user-clan-update"),
    )
}
FORGOTTEN: Rule = forgets(RULES["patch-filter-rule-by-id"])
MIXED: Rule = looks_elsewhere(RULES["get-user-clan-top-contributors"])


@plant("activate-promotion", caught_by="a_switch_of_a_promotion_is_seen_there_alone")
def a_promotion_is_switched_on_in_two_projects(world: World, call: Call) -> Reply:
    """The project before gets the call too."""
    return SPREAD["activate-promotion"](world, call)


@plant("deactivate-coupon", caught_by="what_becomes_of_a_coupon_is_seen_there_alone")
def a_coupon_is_switched_off_in_two_projects(world: World, call: Call) -> Reply:
    """The project before gets the call too."""
    return SPREAD["deactivate-coupon"](world, call)


@plant("deactivate-promo-code", caught_by="what_becomes_of_a_promo_code_is_seen_there_alone")
def a_promo_code_is_switched_off_in_two_projects(world: World, call: Call) -> Reply:
    """The project before gets the call too."""
    return SPREAD["deactivate-promo-code"](world, call)


@plant("activate-unique-catalog-offer", caught_by="what_becomes_of_an_offer_is_seen_there_alone")
def an_offer_is_switched_on_in_two_projects(world: World, call: Call) -> Reply:
    """The project before gets the call too."""
    return SPREAD["activate-unique-catalog-offer"](world, call)


@plant("admin-toggle-daily-chain", caught_by="what_becomes_of_a_daily_chain_is_seen_there_alone")
def a_daily_chain_is_toggled_in_two_projects(world: World, call: Call) -> Reply:
    """The project before gets the call too."""
    return SPREAD["admin-toggle-daily-chain"](world, call)


@plant("admin-toggle-offer-chain", caught_by="what_becomes_of_an_offer_chain_is_seen_there_alone")
def an_offer_chain_is_toggled_in_two_projects(world: World, call: Call) -> Reply:
    """The project before gets the call too."""
    return SPREAD["admin-toggle-offer-chain"](world, call)


@plant("admin-toggle-reward-chain", caught_by="what_becomes_of_a_reward_chain_is_seen_there_alone")
def a_reward_chain_is_toggled_in_two_projects(world: World, call: Call) -> Reply:
    """The project before gets the call too."""
    return SPREAD["admin-toggle-reward-chain"](world, call)


@plant("user-clan-update", caught_by="a_clan_is_left_in_one_project_alone")
def a_clan_is_left_in_two_projects(world: World, call: Call) -> Reply:
    """The project before gets the call too."""
    return SPREAD["user-clan-update"](world, call)


@plant("order-user-offer-chain-step-reward", caught_by="an_order_of_a_step_is_made_there_alone")
def a_step_is_ordered_in_two_projects(world: World, call: Call) -> Reply:
    """The project before gets the call too."""
    return SPREAD["order-user-offer-chain-step-reward"](world, call)


@plant("put-upsell", caught_by="what_becomes_of_the_upsell_is_seen_there_alone")
def the_upsell_is_replaced_in_two_projects(world: World, call: Call) -> Reply:
    """The project before gets the call too."""
    return SPREAD["put-upsell"](world, call)


@plant("admin-patch-items-value-point-reward", caught_by="what_an_item_carries_is_seen_there_alone")
def what_an_item_carries_is_never_changed(world: World, call: Call) -> Reply:  # noqa: ARG001 - the signature of a rule
    """The change is answered with success, and goes nowhere."""
    return Reply(204)


@plant("patch-filter-rule-by-id", caught_by="what_becomes_of_a_filter_rule_is_seen_there_alone")
def a_changed_rule_is_what_it_was(world: World, call: Call) -> Reply:
    """What was changed is gone as soon as it is answered."""
    return FORGOTTEN(world, call)


@plant("get-user-clan-top-contributors", caught_by="a_contribution_is_told_at_once")
def contributors_are_those_of_another_project(world: World, call: Call) -> Reply:
    """Of the project that was asked before."""
    return MIXED(world, call)


@plant("set-user-item-limit", caught_by="each_user_has_a_limit_on_an_item_of_its_own")
def an_item_limit_is_set_in_two_projects(world: World, call: Call) -> Reply:
    """The project before gets the call too."""
    return SPREAD["set-user-item-limit"](world, call)


@plant("set-user-promotion-limit", caught_by="each_user_has_a_limit_on_a_promotion_of_its_own")
def a_promotion_limit_is_set_in_two_projects(world: World, call: Call) -> Reply:
    """The project before gets the call too."""
    return SPREAD["set-user-promotion-limit"](world, call)


@plant("set-coupon-user-promotion-limit", caught_by="each_user_has_a_limit_on_a_coupon_of_its_own")
def a_coupon_limit_is_set_in_two_projects(world: World, call: Call) -> Reply:
    """The project before gets the call too."""
    return SPREAD["set-coupon-user-promotion-limit"](world, call)


@plant("set-promo-code-user-promotion-limit", caught_by="each_user_has_a_limit_on_a_promo_code_of_its_own")
def a_promo_code_limit_is_set_in_two_projects(world: World, call: Call) -> Reply:
    """The project before gets the call too."""
    return SPREAD["set-promo-code-user-promotion-limit"](world, call)


@plant(
    "redeem-promo-code",
    caught_by=("a_thing_is_told_alike_wherever_it_is_shown", "the_shop_and_the_cart_tell_the_same_of_an_item"),
)
def a_cart_with_a_code_forgets_its_pictures(world: World, call: Call) -> Reply:
    """No item of the cart has a picture."""
    reply = good("redeem-promo-code", world, call)
    return replace(reply, body={**reply.body, "items": [{**item, "image_url": None} for item in reply.body["items"]]})


@plant("get-promo-code-rewards-by-code", caught_by="a_code_tells_what_its_campaign_was_written_with")
def a_promo_code_forgets_its_share_of_the_price(world: World, call: Call) -> Reply:
    """What comes off the whole cart is not told."""
    reply = good("get-promo-code-rewards-by-code", world, call)
    return replace(reply, body={**reply.body, "discount": None})


@plant("get-promo-code", caught_by="a_list_tells_what_reading_each_tells")
def a_promo_code_alone_has_one_redemption_more(world: World, call: Call) -> Reply:
    """The limit of a code is one higher than in the list."""
    reply = good("get-promo-code", world, call)
    limit = reply.body["redeem_code_limit"]
    return replace(reply, body={**reply.body, "redeem_code_limit": limit and limit + 1})


@plant("get-coupon-code-limit", caught_by="every_page_of_codes_is_a_part_of_the_whole")
def there_are_never_more_codes(world: World, call: Call) -> Reply:
    """`has_more` is false."""
    reply = good("get-coupon-code-limit", world, call)
    assert isinstance(reply.body, Page)
    return replace(reply, body=replace(reply.body, fields={**reply.body.fields, "has_more": False}))


@plant("get-coupon-rewards-by-code", caught_by="each_reason_alone_refuses_a_code")
def a_locked_coupon_says_that_it_is_off(world: World, call: Call) -> Reply:
    """The code of the refusal is that of another reason."""
    try:
        return good("get-coupon-rewards-by-code", world, call)
    except Problem as problem:
        problem.code = 6250 if problem.code == 9808 else problem.code
        raise
