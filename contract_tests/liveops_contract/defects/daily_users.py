"""Planted bugs in what users see and keep of daily chains."""

from liveops_mock import Call, Reply, World

from liveops_contract.defects import plant
from liveops_contract.defects.daily_rewiring import (
    another_chain,
    chain_of,
    claims_of,
    number_of,
    replaced,
    steps_of,
    taken,
    told_otherwise,
)
from liveops_contract.defects.rewiring import Json, another_time, good

LIST, READ, CLAIM = "get-daily-chains-list", "get-user-daily-chain-by-id", "claim-user-daily-chain-step-reward"
CREATE, DELETE = "admin-create-daily-chain", "admin-delete-daily-chain"
TOGGLE, UPDATE = "admin-toggle-daily-chain", "admin-update-daily-chain"
OPEN, APART = "a_daily_chain_is_open_between_its_dates", "users_share_no_days"
STAYS, KEPT = "progress_stays_while_a_daily_chain_is_off", "progress_stays_with_the_steps_that_stay"
DELETED = "what_was_received_stays_after_a_deletion"
LANGUAGE, CATALOG = "a_user_reads_days_in_one_language", "users_see_the_items_of_days_as_the_catalog_has_them"
LAST_SEEN: dict[str, World] = {}  # what a server keeps that forgets whose state it holds


@plant(READ, caught_by=OPEN)
def a_chain_that_is_not_open_is_read(world: World, call: Call) -> Reply:
    """Switch and dates are not looked at by those who know the number."""
    with another_chain(world, call, is_enabled=True, date_start="2024-01-01T00:00:00Z", date_end=None):
        return good(READ, world, call)


@plant(LIST, caught_by=OPEN)
def the_list_shows_daily_chains_that_ended(world: World, call: Call) -> Reply:
    """The end is not looked at."""
    before = {number: world.daily_chains.get(number) for number in world.daily_chains.keys("arranged", "all")}
    for number, chain in before.items():
        world.daily_chains.put(number, {**chain, "date_end": None})
    try:
        return good(LIST, world, call)
    finally:
        for number, chain in before.items():
            world.daily_chains.put(number, chain)


@plant(LIST, caught_by=OPEN)
def daily_chains_open_a_second_early(world: World, call: Call) -> Reply:
    """A chain is listed in the second before its start."""
    with another_time(world, 1):
        return good(LIST, world, call)


@plant(CLAIM, caught_by=OPEN)
def a_daily_chain_ends_a_second_late(world: World, call: Call) -> Reply:
    """A claim is taken in the second of the end."""
    with another_time(world, -1):
        return good(CLAIM, world, call)


@plant(CLAIM, caught_by=OPEN)
def a_chain_that_is_off_gives_rewards(world: World, call: Call) -> Reply:
    """A claim does not look at the switch."""
    with another_chain(world, call, is_enabled=True):
        return good(CLAIM, world, call)


@plant(CLAIM, caught_by=APART)
def a_claim_counts_for_the_first_user_too(world: World, call: Call) -> Reply:
    """When one user has claimed, user_1 has."""
    reply = good(CLAIM, world, call)
    taken(world, Call(call.path, call.query, call.body, "user_1"))
    return reply


@plant(CLAIM, caught_by=APART)
def a_claim_counts_in_all_chains(world: World, call: Call) -> Reply:
    """The steps of one place are claimed in every chain."""
    reply, place = good(CLAIM, world, call), call.path["step_number"]
    for chain in list(world.daily_chains.values("arranged", "all")):
        for step in chain["steps"]:
            if step["step_number"] == place:
                world.daily_claims.put((chain["id"], step["step_id"], call.user_id), world.now)
    return reply


@plant(READ, caught_by=APART)
def progress_is_that_of_another_project(world: World, call: Call) -> Reply:
    """A cached chain is answered to the wrong project."""
    before, LAST_SEEN["read"] = LAST_SEEN.get("read", world), world
    return good(READ, before if chain_of(before, call) else world, call)


@plant(TOGGLE, caught_by=STAYS)
def a_toggle_forgets_what_was_claimed(world: World, call: Call) -> Reply:
    """Progress goes with the switch."""
    replaced(world, claims_of(world, number_of(call)), {})
    return good(TOGGLE, world, call)


@plant(TOGGLE, caught_by=STAYS)
def days_stand_still_while_a_chain_is_off(world: World, call: Call) -> Reply:
    """Claims count as if they had been made when the chain was switched on again."""
    reply = good(TOGGLE, world, call)
    replaced(world, {}, dict.fromkeys(claims_of(world, number_of(call)), world.now))
    return reply


@plant(UPDATE, caught_by=KEPT)
def an_update_forgets_what_was_claimed(world: World, call: Call) -> Reply:
    """Progress goes with every update."""
    reply = good(UPDATE, world, call)
    replaced(world, claims_of(world, number_of(call)), {})
    return reply


@plant(UPDATE, caught_by=KEPT)
def progress_stays_with_the_day(world: World, call: Call) -> Reply:
    """A step counts as claimed if the one in its place was."""
    places = {step["step_id"]: place for place, step in enumerate(steps_of(world, call))}
    before = {(places[key[1]], key[2]): when for key, when in claims_of(world, number_of(call)).items()}
    reply = good(UPDATE, world, call)
    ids = [step["step_id"] for step in steps_of(world, call)]
    moved = {(number_of(call), ids[at], user): when for (at, user), when in before.items() if at < len(ids)}
    replaced(world, claims_of(world, number_of(call)), moved)
    return reply


@plant(DELETE, caught_by=DELETED)
def a_deletion_takes_what_was_received(world: World, call: Call) -> Reply:
    """Items that came from the chain are taken away."""
    for _, _, user in claims_of(world, number_of(call)):
        for key in list(world.inventory.keys("user", user)):
            world.inventory.remove(key)
    return good(DELETE, world, call)


@plant(CREATE, caught_by=DELETED)
def a_new_chain_takes_the_number_of_the_deleted_one(world: World, call: Call) -> Reply:
    """Numbers of chains and steps begin again, and the new chain finds claims of the old one."""
    reply: Json = good(CREATE, world, call)
    steps = world.daily_chains.get(reply.body["id"])["steps"]
    for user in ("user_1", "user_2") if reply.body["id"] > 1 else ():
        world.daily_claims.put((reply.body["id"], steps[0]["step_id"], user), world.now)
    return reply  # type: ignore[no-any-return]


@plant(READ, caught_by=LANGUAGE)
def a_user_reads_the_last_language_of_a_daily_chain(world: World, call: Call) -> Reply:
    """Not English but the last language is answered."""
    reply: Json = good(READ, world, call)
    texts = chain_of(world, call)["name"] or {}
    return Reply(200, {**reply.body, "name": next(reversed(texts.values()), None) or ""})


@plant(READ, caught_by=LANGUAGE)
def a_daily_chain_without_a_description_has_an_empty_one(world: World, call: Call) -> Reply:
    """A description that was never set is an empty text."""
    reply: Json = good(READ, world, call)
    return Reply(200, {**reply.body, "description": reply.body["description"] or ""})


@plant(READ, caught_by=CATALOG)
def every_reward_of_a_day_is_free(world: World, call: Call) -> Reply:
    """`is_free` says that the reward costs nothing, not the item."""
    return told_otherwise(READ, world, call, lambda step: {"items": [{**item, "is_free": True} for item in step["items"]]})


@plant(READ, caught_by=CATALOG)
def an_item_without_a_price_is_free(world: World, call: Call) -> Reply:
    """What can't be bought is taken for free."""

    def shown(item: Json) -> Json:
        return {**item, "is_free": item["is_free"] or world.items.get(item["sku"])["price"] is None}

    return told_otherwise(READ, world, call, lambda step: {"items": [shown(item) for item in step["items"]]})


@plant(READ, caught_by=CATALOG)
def bundles_of_days_are_shown_without_their_kind(world: World, call: Call) -> Reply:
    """`bundle_type` is left out."""

    def shown(item: Json) -> Json:
        return {name: value for name, value in item.items() if name != "bundle_type"}

    return told_otherwise(READ, world, call, lambda step: {"items": [shown(item) for item in step["items"]]})
