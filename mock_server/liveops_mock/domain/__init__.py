"""RULES: operationId → the rule of the game that answers it."""

from collections.abc import Callable

from ..messages import Call, Reply
from ..world import World
from . import clans, daily_chains, offer_chains, personalization, reward_chains, upsell, value_points

Rule = Callable[[World, Call], Reply]

RULES: dict[str, Rule] = {
    "admin-get-value-points-list": value_points.admin_get_value_points_list,
    "admin-create-value-points": value_points.admin_create_value_points,
    "admin-get-value-point": value_points.admin_get_value_point,
    "admin-update-value-point": value_points.admin_update_value_point,
    "admin-delete-value-point": value_points.admin_delete_value_point,
    "admin-get-items-value-point-reward": value_points.admin_get_items_value_point_reward,
    "admin-set-items-value-point-reward": value_points.admin_set_items_value_point_reward,
    "admin-patch-items-value-point-reward": value_points.admin_patch_items_value_point_reward,
    "admin-delete-items-value-point-reward": value_points.admin_delete_items_value_point_reward,
    "admin-get-reward-chains": reward_chains.admin_get_reward_chains,
    "admin-create-reward-chain": reward_chains.admin_create_reward_chain,
    "admin-get-reward-chain": reward_chains.admin_get_reward_chain,
    "admin-update-reward-chain": reward_chains.admin_update_reward_chain,
    "admin-delete-reward-chain": reward_chains.admin_delete_reward_chain,
    "admin-toggle-reward-chain": reward_chains.admin_toggle_reward_chain,
    "admin-reset-reward-chain": reward_chains.admin_reset_reward_chain,
    "get-reward-chains-list": reward_chains.get_reward_chains_list,
    "get-user-reward-chain-balance": reward_chains.get_user_reward_chain_balance,
    "claim-user-reward-chain-step-reward": reward_chains.claim_user_reward_chain_step_reward,
    "get-user-clan-top-contributors": clans.get_user_clan_top_contributors,
    "user-clan-update": clans.user_clan_update,
    "admin-get-daily-chains": daily_chains.admin_get_daily_chains,
    "admin-create-daily-chain": daily_chains.admin_create_daily_chain,
    "admin-get-daily-chain": daily_chains.admin_get_daily_chain,
    "admin-update-daily-chain": daily_chains.admin_update_daily_chain,
    "admin-delete-daily-chain": daily_chains.admin_delete_daily_chain,
    "admin-toggle-daily-chain": daily_chains.admin_toggle_daily_chain,
    "admin-reset-daily-chain": daily_chains.admin_reset_daily_chain,
    "get-daily-chains-list": daily_chains.get_daily_chains_list,
    "get-user-daily-chain-by-id": daily_chains.get_user_daily_chain_by_id,
    "claim-user-daily-chain-step-reward": daily_chains.claim_user_daily_chain_step_reward,
    "admin-get-offer-chains": offer_chains.admin_get_offer_chains,
    "admin-create-offer-chain": offer_chains.admin_create_offer_chain,
    "admin-get-offer-chain": offer_chains.admin_get_offer_chain,
    "admin-update-offer-chain": offer_chains.admin_update_offer_chain,
    "admin-delete-offer-chain": offer_chains.admin_delete_offer_chain,
    "admin-toggle-offer-chain": offer_chains.admin_toggle_offer_chain,
    "get-upsell-configurations-for-project-admin": upsell.get_upsell_configurations_for_project_admin,
    "post-upsell": upsell.post_upsell,
    "put-upsell": upsell.put_upsell,
    "put-upsell-toggle-active-inactive": upsell.put_upsell_toggle_active_inactive,
    "get-upsell-for-project-client": upsell.get_upsell_for_project_client,
    "get-filter-rules": personalization.get_filter_rules,
    "create-filter-rule": personalization.create_filter_rule,
    "get-all-filter-rules": personalization.get_all_filter_rules,
    "get-filter-rule-by-id": personalization.get_filter_rule_by_id,
    "update-filter-rule-by-id": personalization.update_filter_rule_by_id,
    "patch-filter-rule-by-id": personalization.patch_filter_rule_by_id,
    "delete-filter-rule-by-id": personalization.delete_filter_rule_by_id,
}
