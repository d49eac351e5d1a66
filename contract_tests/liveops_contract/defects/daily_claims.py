"""Planted bugs in claiming the rewards of daily chains."""

from contextlib import AbstractContextManager

from liveops_mock import Call, Problem, Reply, World

from liveops_contract.defects import plant
from liveops_contract.defects.daily_rewiring import (
    DAY,
    another_chain,
    chain_of,
    claims_of,
    number_of,
    replaced,
    steps_of,
    taken,
)
from liveops_contract.defects.rewiring import Json, another_time, good

CLAIM = "claim-user-daily-chain-step-reward"
ONCE, ON_ITS_DAY = "a_day_gives_all_its_items_once", "a_step_is_claimed_on_its_day_alone"
ABSENT, APART = "a_day_that_does_not_exist_is_not_found", "users_share_no_days"


def giving(world: World, call: Call, change: Json) -> AbstractContextManager[None]:
    """The steps of the chain give something else for a moment."""
    steps = [{**step, "items": change(step["items"])} for step in steps_of(world, call)]
    return another_chain(world, call, steps=steps)


@plant(CLAIM, caught_by=ONCE)
def a_claim_gives_one_item_alone(world: World, call: Call) -> Reply:
    """Of several items of a day the first is given."""
    with giving(world, call, lambda items: items[:1]):
        return good(CLAIM, world, call)


@plant(CLAIM, caught_by=ONCE)
def a_claim_gives_one_piece_of_each_item(world: World, call: Call) -> Reply:
    """The quantity does not count."""
    with giving(world, call, lambda items: [{**item, "quantity": 1} for item in items]):
        return good(CLAIM, world, call)


@plant(CLAIM, caught_by=ONCE)
def a_claim_gives_everything_twice(world: World, call: Call) -> Reply:
    """Each item arrives two times."""
    with giving(world, call, lambda items: items * 2):
        return good(CLAIM, world, call)


@plant(CLAIM, caught_by=ONCE)
def an_item_that_a_day_names_twice_is_given_once(world: World, call: Call) -> Reply:
    """Of two entries of one item the last counts."""
    with giving(world, call, lambda items: list({item["sku"]: item for item in items}.values())):
        return good(CLAIM, world, call)


@plant(CLAIM, caught_by=(ONCE, APART))
def rewards_of_days_go_to_the_first_user(world: World, call: Call) -> Reply:
    """Whoever claims, user_1 gets the items."""
    reply = good(CLAIM, world, call)
    for key in list(world.inventory.keys("user", call.user_id)):
        quantity = world.inventory.get(key)
        world.inventory.remove(key)
        world.inventory.put(("user_1", key[1]), quantity)
    return reply


@plant(CLAIM, caught_by=ONCE)
def a_day_can_be_claimed_again(world: World, call: Call) -> Reply:
    """The claim is not noted."""
    before = claims_of(world, number_of(call))
    reply = good(CLAIM, world, call)
    replaced(world, claims_of(world, number_of(call)), before)
    return reply


@plant(CLAIM, caught_by=ONCE)
def a_refused_second_claim_gives_again(world: World, call: Call) -> Reply:
    """The refusal comes when the items are given already."""
    claims = claims_of(world, number_of(call))
    replaced(world, claims, {})
    good(CLAIM, world, call)
    replaced(world, claims_of(world, number_of(call)), claims)
    return good(CLAIM, world, call) if claims else taken(world, call)


def on_another_day(world: World, call: Call, seconds: int) -> Reply:
    """A claim is made at another time, if it is refused now."""
    try:
        return good(CLAIM, world, call)
    except Problem:
        with another_time(world, seconds):
            return good(CLAIM, world, call)


@plant(CLAIM, caught_by=ON_ITS_DAY)
def the_reward_of_tomorrow_can_be_claimed(world: World, call: Call) -> Reply:
    """A step opens a day early."""
    return on_another_day(world, call, DAY)


@plant(CLAIM, caught_by=ON_ITS_DAY)
def the_reward_of_yesterday_can_be_claimed(world: World, call: Call) -> Reply:
    """A step is lost a day late."""
    return on_another_day(world, call, -DAY)


@plant(CLAIM, caught_by=ON_ITS_DAY)
def a_step_to_come_is_refused_as_gone(world: World, call: Call) -> Reply:
    """One code says both that it is too early and that it is too late."""
    try:
        return good(CLAIM, world, call)
    except Problem as problem:
        problem.code = 6222 if problem.code == 6221 else problem.code
        raise


@plant(CLAIM, caught_by=ON_ITS_DAY)
def a_refused_claim_is_noted(world: World, call: Call) -> Reply:
    """The refusal comes when the step counts as claimed already."""
    try:
        return good(CLAIM, world, call)
    except Problem:
        taken(world, call)
        raise


@plant(CLAIM, caught_by=ABSENT)
def a_step_is_claimed_by_its_place_in_the_list(world: World, call: Call) -> Reply:
    """1 is the first step, whatever its `step_number` is."""
    with another_chain(world, call, steps=[{**step, "step_number": at} for at, step in enumerate(steps_of(world, call), 1)]):
        return good(CLAIM, world, call)


@plant(CLAIM, caught_by=ABSENT)
def a_claim_of_nothing_is_done(world: World, call: Call) -> Reply:
    """A claim in a chain that does not exist answers 204."""
    return good(CLAIM, world, call) if chain_of(world, call) else Reply(204)


@plant(CLAIM, caught_by=ABSENT)
def an_absent_step_is_refused_as_an_absent_chain(world: World, call: Call) -> Reply:
    """Whatever is missing has one code."""
    try:
        return good(CLAIM, world, call)
    except Problem as problem:
        problem.code = 4001 if problem.code == 9911 else problem.code
        raise
