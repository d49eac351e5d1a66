"""Planted bugs in offer chains that start over by themselves."""

from liveops_mock import Call, Reply, World

from liveops_contract.defects import plant
from liveops_contract.defects.rewiring import Json, altered, good

CREATE, UPDATE, ONE = "admin-create-offer-chain", "admin-update-offer-chain", "get-user-offer-chain-by-id"
SET, ADVANCE, REWIND = "control-set-clock", "control-advance-clock", "control-rewind-clock"
TELLS, MOMENT, OPEN = (
    "an_offer_chain_tells_users_when_it_starts_over",
    "an_offer_chain_starts_over_at_its_moment_and_not_before",
    "a_moment_counts_while_an_offer_chain_is_open",
)
ON_THE_WAY, BESIDE = "an_offer_chain_that_opens_on_the_way_starts_over_too", "offer_and_reward_chains_start_over_side_by_side"
BACK = "turning_time_back_restores_steps_and_orders"


def made(world: World, call: Call, **facts: Json) -> Reply:
    """Create a chain, and store it otherwise."""
    reply = good(CREATE, world, call)
    number = reply.body["id"]
    world.offer_chains.put(number, {**world.offer_chains.get(number), **facts})
    return reply


def claims(world: World) -> dict[tuple[int, int, str], int]:
    """All that users have of offer chains."""
    chains = world.offer_chains.keys("arranged", "all")
    return {key: world.offer_claims.get(key) for chain in chains for key in world.offer_claims.keys("chain", chain)}


def forgotten(world: World, *users: str) -> None:
    """Take all steps from these users."""
    for key in claims(world):
        if key[2] in users:
            world.offer_claims.remove(key)


def kept(operation: str, world: World, call: Call, *users: str) -> Reply:
    """Turn the clock, and let these users keep all that they have."""
    before = claims(world)
    reply = good(operation, world, call)
    for key, order in before.items():
        if key[2] in users:
            world.offer_claims.put(key, order)
    return reply


@plant(ONE, caught_by=TELLS)
def users_read_milliseconds(world: World, call: Call) -> Reply:
    """The next moment is a thousand times as large."""
    body: Json = good(ONE, world, call).body
    schedule = body["recurrent_schedule"]
    return Reply(
        200, {**body, "recurrent_schedule": schedule and {**schedule, "reset_next_date": schedule["reset_next_date"] * 100}}
    )


@plant(ONE, caught_by=TELLS)
def users_read_the_moment_that_has_come(world: World, call: Call) -> Reply:
    """At the moment itself it is answered instead of the one after."""
    body: Json = good(ONE, world, call).body
    schedule = body["recurrent_schedule"]
    come = schedule and world.now % 3600 == 0
    return Reply(200, {**body, "recurrent_schedule": {**schedule, "reset_next_date": world.now} if come else schedule})


@plant(CREATE, caught_by=TELLS)
def an_hourly_chain_is_kept_as_a_weekly_one(world: World, call: Call) -> Reply:
    """Hours are not known."""
    schedule = call.body.get("recurrent_schedule")
    if not schedule or schedule["interval_type"] != "hourly":
        return good(CREATE, world, call)
    return good(
        CREATE, world, altered(call, recurrent_schedule={"interval_type": "weekly", "day_of_week": 1, "time": "00:00:00+00:00"})
    )


@plant(CREATE, caught_by=TELLS)
def an_offer_chain_strikes_in_utc(world: World, call: Call) -> Reply:
    """The offset of the hour is not looked at."""
    schedule = call.body.get("recurrent_schedule")
    if not schedule or "time" not in schedule:
        return good(CREATE, world, call)
    return good(CREATE, world, altered(call, recurrent_schedule={**schedule, "time": schedule["time"][:8] + "+00:00"}))


@plant(ADVANCE, caught_by=MOMENT)
def offer_chains_never_start_over(world: World, call: Call) -> Reply:
    """The moment passes, and everybody keeps his steps."""
    return kept(ADVANCE, world, call, "user_1", "user_2")


@plant(ADVANCE, caught_by=MOMENT)
def only_the_first_user_starts_over(world: World, call: Call) -> Reply:
    """One user is forgotten in the reset."""
    return kept(ADVANCE, world, call, "user_2")


@plant(SET, caught_by=MOMENT)
def offer_chains_start_over_too_early(world: World, call: Call) -> Reply:
    """Any move of the clock starts them over."""
    reply = good(SET, world, call)
    forgotten(world, "user_1", "user_2")
    return reply


@plant(ADVANCE, caught_by=MOMENT)
def one_offer_chain_starts_all_over(world: World, call: Call) -> Reply:
    """Chains without a schedule go with it."""
    before = claims(world)
    reply = good(ADVANCE, world, call)
    if claims(world) != before:
        forgotten(world, "user_1", "user_2")
    return reply


@plant(ADVANCE, caught_by=MOMENT)
def a_scheduled_reset_takes_the_items(world: World, call: Call) -> Reply:
    """Users lose what they received."""
    before = claims(world)
    reply = good(ADVANCE, world, call)
    if claims(world) != before:
        for key in list(world.inventory.keys("user", "user_1")):
            world.inventory.remove(key)
    return reply


def with_dates(world: World, call: Call, **facts: Json) -> Reply:
    """Turn the clock as if all chains were otherwise."""
    before = {number: world.offer_chains.get(number) for number in list(world.offer_chains.keys("arranged", "all"))}
    for number, chain in before.items():
        world.offer_chains.put(number, {**chain, **facts})
    reply = good(SET, world, call)
    for number, chain in before.items():
        world.offer_chains.put(number, {**world.offer_chains.get(number), **{name: chain[name] for name in facts}})
    return reply


@plant(SET, caught_by=OPEN)
def offer_chains_start_over_while_they_are_off(world: World, call: Call) -> Reply:
    """Nobody looks at the switch."""
    return with_dates(world, call, is_enabled=True)


@plant(SET, caught_by=(OPEN, ON_THE_WAY))
def offer_chains_start_over_after_their_end(world: World, call: Call) -> Reply:
    """Nobody looks at the end."""
    return with_dates(world, call, date_end=None)


@plant(SET, caught_by=(OPEN, ON_THE_WAY))
def offer_chains_start_over_before_their_start(world: World, call: Call) -> Reply:
    """Nobody looks at the start."""
    return with_dates(world, call, date_start="2024-01-01T00:00:00Z")


@plant(UPDATE, caught_by=(OPEN, ON_THE_WAY))
def an_updated_offer_chain_never_starts_over(world: World, call: Call) -> Reply:
    """The schedule that an update brings is shown and not obeyed."""
    reply = good(UPDATE, world, call)
    chain = world.offer_chains.get(call.path["offer_chain_id"])
    world.offer_chains.put(chain["id"], {**chain, "reset_until": chain["reset_until"] + 400 * 86_400})
    return reply


@plant(SET, caught_by=ON_THE_WAY)
def only_the_first_moment_on_the_way_counts(world: World, call: Call) -> Reply:
    """A chain that was not open at the first moment does not start over at a later one."""
    chains = [world.offer_chains.get(number) for number in world.offer_chains.keys("arranged", "all")]
    opening = any(chain["recurrent_schedule"] and chain["date_start"] > "2025" for chain in chains)
    return kept(SET, world, call, "user_1") if opening else good(SET, world, call)


@plant(ADVANCE, caught_by=BESIDE)
def a_long_way_skips_offer_chains(world: World, call: Call) -> Reply:
    """More than a day at once starts no offer chain over."""
    users = ("user_1",) if call.body["seconds"] > 86_400 else ()
    return kept(ADVANCE, world, call, *users)


@plant(CREATE, caught_by=BESIDE)
def a_second_offer_chain_sleeps(world: World, call: Call) -> Reply:
    """Only one chain of a project starts over."""
    sleeps = world.now + 400 * 86_400 if world.offer_chains.count("due", "due") else world.now
    return made(world, call, reset_until=sleeps)


@plant(REWIND, caught_by=BACK)
def a_rewind_leaves_steps_as_they_are(world: World, call: Call) -> Reply:
    """Progress is not part of what is remembered."""
    after = claims(world)
    reply = good(REWIND, world, call)
    forgotten(world, "user_1", "user_2")
    for key, order in after.items():
        world.offer_claims.put(key, order)
    return reply


@plant(REWIND, caught_by=BACK)
def a_rewind_leaves_orders_as_they_are(world: World, call: Call) -> Reply:
    """Orders are not part of what is remembered."""
    after = [world.orders.get(number) for number in world.orders.keys("user", "user_1")]
    reply = good(REWIND, world, call)
    for order in after:
        world.orders.put(order["order_id"], order)
    return reply
