"""Planted bugs in the calendar of schedules, and in the way of the clock forth and back."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from liveops_mock import RULES, Call, Reply, World

from liveops_contract.defects import plant
from liveops_contract.defects.rewiring import Json, good
from liveops_contract.laws.resets import strikes

CREATE, GET = "admin-create-reward-chain", "admin-get-reward-chain"
ADVANCE, REWIND = "control-advance-clock", "control-rewind-clock"
CALENDAR, WAY = "months_end_where_the_calendar_says", "every_strike_on_the_way_counts"
STEPS, BACK = "it_does_not_matter_in_how_many_steps_time_passes", "time_turned_back_is_time_as_it_was"


def told_otherwise(world: World, call: Call, other: Callable[[datetime, Json], datetime]) -> Reply:
    """What the sound rule answers of a chain, with another next strike."""
    reply = RULES[GET](world, call)
    state = reply.body["recurrent_schedule"]
    if state is None:
        return reply
    moment = other(datetime.fromisoformat(state["displayable_reset_next_date"]), state)
    told = {"reset_next_date": int(moment.timestamp()), "displayable_reset_next_date": moment.isoformat(timespec="seconds")}
    return Reply(200, {**reply.body, "recurrent_schedule": {**state, **told}})


def is_last_february_day(moment: datetime, state: Json, year: int) -> bool:
    """Whether a later day of the month was asked for than February of that year has."""
    return (moment.year, moment.month) == (year, 2) and state["interval_type"] == "monthly" and state["day_of_month"] >= 29


@plant(GET, caught_by=CALENDAR)
def two_thousand_is_no_leap_year(world: World, call: Call) -> Reply:
    """A year that ends a century is never a leap year."""
    return told_otherwise(world, call, lambda moment, state: moment - timedelta(days=is_last_february_day(moment, state, 2000)))


@plant(GET, caught_by=CALENDAR)
def every_fourth_year_is_a_leap_year(world: World, call: Call) -> Reply:
    """2100 has a 29th of February."""
    return told_otherwise(world, call, lambda moment, state: moment + timedelta(days=is_last_february_day(moment, state, 2100)))


def days_beyond(moment: datetime, state: Json) -> int:
    """By how many days the month is too short for the day that was asked for."""
    return int(state["day_of_month"]) - moment.day if state["interval_type"] == "monthly" else 0


@plant(GET, caught_by=CALENDAR)
def a_short_month_runs_over(world: World, call: Call) -> Reply:
    """The 31st of April is the 1st of May."""
    return told_otherwise(world, call, lambda moment, state: moment + timedelta(days=days_beyond(moment, state)))


@plant(GET, caught_by=CALENDAR)
def a_short_month_is_left_out(world: World, call: Call) -> Reply:
    """Where there is no 31st nothing happens before the next month."""
    return told_otherwise(world, call, lambda moment, state: moment + timedelta(days=31 * (days_beyond(moment, state) > 0)))


@plant(GET, caught_by=CALENDAR)
def days_of_the_week_are_those_of_london(world: World, call: Call) -> Reply:
    """The day is looked up in UTC and not in the zone of the schedule."""

    def of_london(moment: datetime, state: Json) -> datetime:
        day = moment.astimezone(UTC).isoweekday()
        return moment + timedelta(days=state["day_of_week"] - day if state["interval_type"] == "weekly" else 0)

    return told_otherwise(world, call, of_london)


def created_at(world: World, call: Call, change: Callable[[str], str]) -> Reply:
    """Create a chain whose hour has another offset."""
    schedule = call.body.get("recurrent_schedule")
    changed = {**schedule, "time": schedule["time"][:8] + change(schedule["time"][8:])} if schedule else schedule
    return RULES[CREATE](world, Call(call.path, call.query, {**call.body, "recurrent_schedule": changed}, call.user_id))


@plant(CREATE, caught_by=CALENDAR)
def zones_have_full_hours(world: World, call: Call) -> Reply:
    """The minutes of the offset are dropped."""
    return created_at(world, call, lambda offset: offset[:4] + "00")


@plant(CREATE, caught_by=CALENDAR)
def minutes_are_always_added(world: World, call: Call) -> Reply:
    """-03:30 is taken for three hours back and thirty minutes forth."""

    def mended(offset: str) -> str:
        if offset[0] == "+" or offset[1:3] == "00":
            return offset
        minutes = int(offset[1:3]) * 60 - int(offset[4:])
        return f"-{minutes // 60:02}:{minutes % 60:02}"

    return created_at(world, call, mended)


@plant(CREATE, caught_by=CALENDAR)
def there_are_only_zones_with_people(world: World, call: Call) -> Reply:
    """Offsets beyond -12:00 and +14:00 are cut there."""
    return created_at(world, call, lambda offset: offset[0] + min(offset[1:], {"-": "12:00", "+": "14:00"}[offset[0]]))


def advanced(world: World, call: Call, is_asked_open: Callable[[Json, list[datetime]], bool]) -> Reply:
    """Turn the clock forward, with all chains switched off that the bug takes for closed."""
    begin, end = (datetime.fromtimestamp(moment, UTC) for moment in (world.now, world.now + call.body["seconds"]))
    chains = {number: world.reward_chains.get(number) for number in world.reward_chains.keys("arranged", "all")}
    shut = []
    for number, chain in chains.items():
        passed = (
            [moment for moment in strikes(chain["recurrent_schedule"], begin) if moment <= end]
            if chain["recurrent_schedule"]
            else []
        )
        if passed and not is_asked_open(chain, [begin, *passed, end]):
            shut.append(number)
            world.reward_chains.put(number, {**chain, "is_enabled": False})
    reply = good(ADVANCE, world, call)
    for number in shut:
        world.reward_chains.put(number, {**world.reward_chains.get(number), "is_enabled": True})
    return reply


def is_open(chain: Json, moment: datetime) -> bool:
    """Whether a chain is between its dates."""
    begin, end = (chain[name] and datetime.fromisoformat(chain[name]) for name in ("date_start", "date_end"))
    return begin <= moment and (end is None or moment < end)


@plant(ADVANCE, caught_by=WAY)
def only_the_first_strike_on_the_way_counts(world: World, call: Call) -> Reply:
    """Whether a chain is open is asked at its first strike alone."""
    return advanced(world, call, lambda chain, moments: is_open(chain, moments[1]))


@plant(ADVANCE, caught_by=WAY)
def only_the_last_strike_on_the_way_counts(world: World, call: Call) -> Reply:
    """Whether a chain is open is asked at its last strike alone."""
    return advanced(world, call, lambda chain, moments: is_open(chain, moments[-2]))


@plant(ADVANCE, caught_by=WAY)
def a_chain_that_ends_on_the_way_starts_over_no_more(world: World, call: Call) -> Reply:
    """Whether a chain is open is asked when the clock has arrived."""
    return advanced(world, call, lambda chain, moments: is_open(chain, moments[-1]))


@plant(ADVANCE, caught_by=WAY)
def a_chain_that_begins_on_the_way_starts_over_later(world: World, call: Call) -> Reply:
    """Whether a chain is open is asked when the clock sets out."""
    return advanced(world, call, lambda chain, moments: is_open(chain, moments[0]))


@plant(ADVANCE, caught_by=STEPS)
def short_advances_lose_a_second(world: World, call: Call) -> Reply:
    """Less than a day is turned a second short."""
    seconds = call.body["seconds"]
    short = Call(call.path, call.query, {"seconds": seconds - (1 < seconds < 86_400)}, call.user_id)
    return good(ADVANCE, world, short)


@plant(REWIND, caught_by=BACK)
def a_rewind_forgets_what_was_claimed(world: World, call: Call) -> Reply:
    """Whatever was claimed before that moment is lost, too."""
    reply = good(REWIND, world, call)
    for key in list(world.claims.keys("user", "user_1")):
        world.claims.remove(key)
    return reply


@plant(REWIND, caught_by=BACK)
def a_rewind_keeps_what_was_received(world: World, call: Call) -> Reply:
    """Items that arrived later stay in the inventory."""
    owned = {key: world.inventory.get(key) for key in world.inventory.keys("user", "user_1")}
    reply = good(REWIND, world, call)
    for key, pieces in owned.items():
        world.inventory.put(key, pieces)
    return reply


@plant(REWIND, caught_by=BACK)
def a_rewind_keeps_the_orders(world: World, call: Call) -> Reply:
    """What was bought later stays among the orders."""
    orders = list(world.orders.values("user", "user_1"))
    reply = good(REWIND, world, call)
    for order in orders:
        world.orders.put(order["order_id"], order)
    return reply


@plant(REWIND, caught_by=BACK)
def a_rewind_uses_up_a_number(world: World, call: Call) -> Reply:
    """The next chain gets another number than it would have got."""
    reply = good(REWIND, world, call)
    world.next_id("reward_chain")
    return reply


@plant(REWIND, caught_by=BACK)
def a_rewind_goes_a_second_too_far(world: World, call: Call) -> Reply:
    """The clock stands a second earlier than asked for."""
    return good(REWIND, world, Call(call.path, call.query, {"seconds": call.body["seconds"] + 1}, call.user_id))


@plant(REWIND, caught_by=BACK)
def a_second_rewind_goes_further_back(world: World, call: Call) -> Reply:
    """What is stored of a moment is used up by the first rewind to it."""
    reply = good(REWIND, world, call)
    if world.moves:
        world.moves.pop()
    return reply
