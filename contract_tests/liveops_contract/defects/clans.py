"""Planted bugs in the rules of clans."""

from typing import Any

from liveops_mock import RULES, Call, Page, Reply, World

from liveops_contract.defects import plant

Json = Any
UPDATE, TOP, BALANCE = "user-clan-update", "get-user-clan-top-contributors", "get-user-reward-chain-balance"
CLAIM, RESET, LIST, GET = (
    "claim-user-reward-chain-step-reward",
    "admin-reset-reward-chain",
    "get-reward-chains-list",
    "admin-get-reward-chain",
)


@plant(BALANCE, caught_by="the_balance_of_a_clan_is_the_sum_of_its_members")
def a_clan_balance_is_the_users_own(world: World, call: Call) -> Reply:
    """Other members do not count."""
    reply = RULES[BALANCE](world, call)
    own = world.balances.get((reply.body["sku"], call.user_id), 0)
    return Reply(200, {**reply.body, "amount": own})


@plant(UPDATE, caught_by="the_balance_of_a_clan_is_the_sum_of_its_members")
def all_clans_are_one(world: World, call: Call) -> Reply:
    """Whoever joins, joins the same clan."""
    user = world.users.get(call.user_id)
    if user and user["clan"]:
        world.users.put(call.user_id, {**user, "clan": "red"})
    return RULES[UPDATE](world, call)


@plant(TOP, caught_by="contributors_are_the_members_with_points_highest_first")
def contributors_come_lowest_first(world: World, call: Call) -> Reply:
    """The order is turned round."""
    reply = RULES[TOP](world, call)
    return Reply(200, reply.body[::-1])


@plant(TOP, caught_by="contributors_are_the_members_with_points_highest_first")
def contributors_have_their_ids_for_names(world: World, call: Call) -> Reply:
    """The names of users are not looked up."""
    reply = RULES[TOP](world, call)
    return Reply(200, [{**entry, "name": entry["name"].removeprefix("Name of ")} for entry in reply.body])


@plant(TOP, caught_by="contributors_are_the_members_with_points_highest_first")
def one_contributor_is_missing(world: World, call: Call) -> Reply:
    """The last of the ten is cut off."""
    reply = RULES[TOP](world, call)
    return Reply(200, reply.body[:-1])


@plant(BALANCE, caught_by="a_user_without_a_clan_stands_outside")
def a_loner_counts_as_a_clan(world: World, call: Call) -> Reply:
    """Without a clan the user's own points count."""
    reply: Reply = a_clan_balance_is_the_users_own(world, call)
    return reply


@plant(CLAIM, caught_by="every_member_claims_for_himself")
def a_claim_is_made_for_the_whole_clan(world: World, call: Call) -> Reply:
    """When one member claims, the others have claimed, too."""
    reply = RULES[CLAIM](world, call)
    for member in list(world.users.keys("clan", "red")):
        world.claims.put((call.path["reward_chain_id"], call.path["step_id"], member), "now")
    return reply


@plant(UPDATE, caught_by="leaving_a_clan_claims_what_was_earned_there")
def leaving_a_clan_forfeits(world: World, call: Call) -> Reply:
    """Nothing is claimed before the change."""
    user = world.users.get(call.user_id)
    world.users.put(call.user_id, {**user, "joined_clan": user["clan"]})
    return Reply(200, {"reward": []})


@plant(UPDATE, caught_by="leaving_a_clan_claims_what_was_earned_there")
def leaving_a_clan_answers_and_does_not_give(world: World, call: Call) -> Reply:
    """The rewards are answered, and the inventory stays empty."""
    before = {key: world.inventory.get(key) for key in list(world.inventory.keys("user", call.user_id))}
    reply = RULES[UPDATE](world, call)
    for key in list(world.inventory.keys("user", call.user_id)):
        world.inventory.remove(key)
    for key, quantity in before.items():
        world.inventory.put(key, quantity)
    return reply


@plant(UPDATE, caught_by="a_clan_that_stays_the_same_claims_nothing")
def every_call_claims(world: World, call: Call) -> Reply:
    """Steps are claimed even where the clan stays the same."""
    user = world.users.get(call.user_id)
    world.users.put(call.user_id, {**user, "clan": None})
    reply = RULES[UPDATE](world, call)
    world.users.put(call.user_id, {**user, "joined_clan": user["clan"]})
    return reply


@plant(UPDATE, caught_by="points_go_with_the_user_who_earned_them")
def points_are_lost_on_the_way(world: World, call: Call) -> Reply:
    """Whoever joins a clan starts at zero."""
    reply = RULES[UPDATE](world, call)
    for key in list(world.balances.keys("user", call.user_id)):
        world.balances.remove(key)
    return reply


@plant(BALANCE, caught_by="a_clan_counts_only_once_the_user_has_joined")
def attributes_count_at_once(world: World, call: Call) -> Reply:
    """The clan of the attributes counts before the user has joined."""
    user = world.users.get(call.user_id)
    if user:
        world.users.put(call.user_id, {**user, "joined_clan": user["clan"]})
    return RULES[BALANCE](world, call)


@plant(RESET, caught_by="a_reset_empties_every_clan")
def a_reset_spares_the_blue_clan(world: World, call: Call) -> Reply:
    """One clan keeps its points."""
    chain = world.reward_chains.get(call.path["reward_chain_id"])
    members = list(world.users.keys("clan", "blue"))
    kept = {(chain["value_point"], member): world.balances.get((chain["value_point"], member), 0) for member in members}
    reply = RULES[RESET](world, call)
    for key, amount in kept.items():
        world.balances.put(key, amount)
    return reply


@plant(GET, caught_by="the_popup_of_a_clan_chain_is_read_as_it_was_sent")
def the_clan_type_is_always_clan(world: World, call: Call) -> Reply:
    """Whatever was sent, the operator reads `clan`."""
    reply = RULES[GET](world, call)
    return Reply(200, {**reply.body, **({"clan_type": "clan"} if "clan_type" in reply.body else {})})


@plant(LIST, caught_by="the_popup_of_a_clan_chain_is_read_as_it_was_sent")
def users_see_no_popup(world: World, call: Call) -> Reply:
    """The pop-up is null for users."""
    body = RULES[LIST](world, call).body
    assert isinstance(body, Page)
    return Reply(200, Page([{**item, "popup_header": None} for item in body.items], body.fields))
