"""Planted bugs in what users see of reward chains."""

from typing import Any

from liveops_mock import RULES, Call, Page, Problem, Reply, World

from liveops_contract.defects import plant
from liveops_contract.defects.rewiring import otherwise

Json = Any
CLAIM, LIST, BALANCE = "claim-user-reward-chain-step-reward", "get-reward-chains-list", "get-user-reward-chain-balance"


def page(reply: Reply) -> Page:
    """The page of a reply."""
    assert isinstance(reply.body, Page)
    return reply.body


def as_user(call: Call, user: str) -> Call:
    """The same call, made by another user."""
    return Call(call.path, call.query, call.body, user)


@plant(CLAIM, caught_by="a_price_is_a_threshold")
def a_claim_spends_the_points(world: World, call: Call) -> Reply:
    """The price is taken off the balance."""
    reply = RULES[CLAIM](world, call)
    chain = world.reward_chains.get(call.path["reward_chain_id"])
    price = next(step["price"]["amount"] for step in chain["steps"] if step["step_id"] == call.path["step_id"])
    key = (chain["value_point"], call.user_id)
    world.balances.put(key, world.balances.get(key, 0) - price)
    return reply


@plant(CLAIM, caught_by="a_price_is_a_threshold")
def a_claim_needs_one_point_more(world: World, call: Call) -> Reply:
    """A balance equal to the price is not enough."""
    return off_by(world, call, -1)


@plant(CLAIM, caught_by="a_price_is_a_threshold")
def a_claim_needs_one_point_less(world: World, call: Call) -> Reply:
    """A balance one below the price is enough."""
    return off_by(world, call, 1)


def off_by(world: World, call: Call, points: int) -> Reply:
    """Claim with a balance that is off."""
    chain = world.reward_chains.get(call.path["reward_chain_id"])
    key = (chain["value_point"], call.user_id)
    has = world.balances.get(key, 0)
    world.balances.put(key, has + points)
    try:
        return RULES[CLAIM](world, call)
    finally:
        world.balances.put(key, has)


@plant(CLAIM, caught_by="a_step_gives_its_reward_once")
def a_step_can_be_claimed_again(world: World, call: Call) -> Reply:
    """A second claim gives the reward again."""
    world.claims.remove((call.path["reward_chain_id"], call.path["step_id"], call.user_id))
    return RULES[CLAIM](world, call)


@plant(CLAIM, caught_by="a_step_gives_its_reward_once")
def only_the_first_reward_arrives(world: World, call: Call) -> Reply:
    """Of several rewards of a step one piece too few arrives."""
    reply = RULES[CLAIM](world, call)
    key = next(iter(world.inventory.keys("user", call.user_id)))
    world.inventory.put(key, world.inventory.get(key) - 1)
    return reply


@plant(CLAIM, caught_by=("a_price_is_a_threshold", "RewardChainJourney"))
def every_price_is_reached(world: World, call: Call) -> Reply:
    """A step opens whatever the balance."""
    return off_by(world, call, 1000)


@plant(CLAIM, caught_by="a_claim_needs_a_chain_and_a_step_that_exist")
def a_strange_step_is_claimed_quietly(world: World, call: Call) -> Reply:
    """A step that the chain does not have is answered 204."""
    try:
        return RULES[CLAIM](world, call)
    except Problem as problem:
        if problem.code == 9911:
            return Reply(204)
        raise


@plant(CLAIM, caught_by="users_share_nothing")
def a_claim_counts_for_everybody(world: World, call: Call) -> Reply:
    """All users who hold points have claimed when one has."""
    reply = RULES[CLAIM](world, call)
    world.claims.put((call.path["reward_chain_id"], call.path["step_id"], "user_2"), "now")
    return reply


@plant(BALANCE, caught_by="users_share_nothing")
def everybody_reads_the_first_users_balance(world: World, call: Call) -> Reply:
    """The balance answered is that of user_1."""
    return RULES[BALANCE](world, as_user(call, "user_1"))


@plant(LIST, caught_by="users_share_nothing")
def everybody_sees_the_first_users_list(world: World, call: Call) -> Reply:
    """The list answered is that of user_1."""
    return RULES[LIST](world, as_user(call, "user_1"))


@plant(BALANCE, caught_by="the_balance_in_the_list_is_the_balance")
def the_balance_is_one_too_high(world: World, call: Call) -> Reply:
    """One point is added."""
    reply = RULES[BALANCE](world, call)
    return Reply(200, {**reply.body, "amount": reply.body["amount"] + 1})


@plant(LIST, caught_by="pages_of_a_users_chains_join_up")
def the_users_list_ignores_the_offset(world: World, call: Call) -> Reply:
    """Every page is the first."""
    return RULES[LIST](world, Call(call.path, {**call.query, "offset": 0}, call.body, call.user_id))


@plant(LIST, caught_by="pages_of_a_users_chains_join_up")
def the_users_total_counts_the_page(world: World, call: Call) -> Reply:
    """`total_items_count` is the length of the page."""
    body = page(RULES[LIST](world, call))
    return Reply(200, Page(body.items, {**body.fields, "total_items_count": len(body.items)}))


@plant(LIST, caught_by="pages_of_a_users_chains_join_up")
def the_users_list_is_turned_round(world: World, call: Call) -> Reply:
    """Chains come in the wrong order."""
    body = page(RULES[LIST](world, call))
    return Reply(200, Page(body.items[::-1], body.fields))


@plant(LIST, caught_by="a_chain_is_open_between_its_dates")
def the_list_shows_chains_that_ended(world: World, call: Call) -> Reply:
    """The end date is not looked at."""
    return without(world, LIST, call, date_end=None)


@plant(CLAIM, caught_by="a_chain_is_open_between_its_dates")
def steps_are_claimed_before_the_start(world: World, call: Call) -> Reply:
    """The start date is not looked at."""
    return without(world, CLAIM, call, date_start="2020-01-01T00:00:00Z")


@plant(LIST, caught_by="a_personalized_chain_is_seen_by_those_it_suits")
def the_list_ignores_conditions(world: World, call: Call) -> Reply:
    """Personalized chains are shown to everybody."""
    return without(world, LIST, call, attribute_conditions=None)


@plant(LIST, caught_by="a_chain_for_the_rest_is_seen_where_no_personalized_one_suits")
def the_list_ignores_who_is_left(world: World, call: Call) -> Reply:
    """Chains for the rest are shown to everybody."""
    return without(world, LIST, call, is_always_visible=True)


@plant(LIST, caught_by="conditions_compare_as_their_type_says")
def numbers_compare_as_texts(world: World, call: Call) -> Reply:
    """10 is earlier than 2."""
    user = world.users.get(call.user_id)
    if user and not user["attributes"].get("level", "-").startswith("20"):
        padded = {name: value.split(".")[0][:1] for name, value in user["attributes"].items()}
        world.users.put(call.user_id, {**user, "attributes": padded})
    return RULES[LIST](world, call)


def without(world: World, operation: str, call: Call, **facts: Json) -> Reply:
    """Answer as if all chains had these facts."""
    with otherwise(world.reward_chains, *world.reward_chains.keys("arranged", "all"), **facts):
        return RULES[operation](world, call)


@plant(LIST, caught_by="a_user_reads_one_language")
def the_user_reads_the_last_language(world: World, call: Call) -> Reply:
    """Not English but the last language of the text is answered."""
    body = page(RULES[LIST](world, call))
    texts = {item["reward_chain_id"]: world.reward_chains.get(item["reward_chain_id"])["name"] for item in body.items}
    items = [{**item, "name": next(reversed(texts[item["reward_chain_id"]].values()), "") or ""} for item in body.items]
    return Reply(200, Page(items, body.fields))


@plant(CLAIM, caught_by="rewards_with_conditions_go_to_those_they_suit")
def rewards_are_given_to_whomever(world: World, call: Call) -> Reply:
    """The conditions of rewards are not looked at when they are given."""
    chain = world.reward_chains.get(call.path["reward_chain_id"])
    steps = [
        {**step, "reward": [{"sku": one["sku"], "quantity": one["quantity"]} for one in step["reward"]]}
        for step in chain["steps"]
    ]
    world.reward_chains.put(chain["reward_chain_id"], {**chain, "steps": steps})
    try:
        return RULES[CLAIM](world, call)
    finally:
        world.reward_chains.put(chain["reward_chain_id"], chain)
