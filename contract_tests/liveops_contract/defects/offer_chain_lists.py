"""Planted bugs in the list of offer chains and in the schedules that it shows."""

from liveops_mock import Call, Page, Reply, World

from liveops_contract.defects import plant
from liveops_contract.defects.rewiring import Json, asking, elements, good

LIST, READ = "admin-get-offer-chains", "admin-get-offer-chain"
SHOWN, JOINED = "the_list_shows_an_offer_chain_as_it_reads_alone", "pages_of_offer_chains_join_up"
CUT, FILTERED = "a_page_of_offer_chains_is_a_cut_of_the_list", "enabled_filters_the_list_exactly"
STRIKES = "the_schedule_of_an_offer_chain_tells_its_first_and_its_next_strike"
LAST_SEEN: dict[str, World] = {}  # what a server keeps that forgets whose state it holds


def page(reply: Reply, items: list[Json], **fields: Json) -> Reply:
    """The same page with other elements."""
    assert isinstance(reply.body, Page)
    return Reply(200, Page(items, {**reply.body.fields, **fields}))


@plant(LIST, caught_by=SHOWN)
def the_list_shows_no_schedule(world: World, call: Call) -> Reply:
    """The schedule is left to the single chain."""
    reply = good(LIST, world, call)
    return page(reply, [{**chain, "recurrent_schedule": None} for chain in elements(reply)])


@plant(LIST, caught_by=SHOWN)
def the_list_shows_every_chain_to_everybody(world: World, call: Call) -> Reply:
    """The list shows the default of `is_always_visible`."""
    reply = good(LIST, world, call)
    return page(reply, [{**chain, "is_always_visible": True} for chain in elements(reply)])


@plant(LIST, caught_by=(SHOWN, JOINED))
def the_list_leaves_out_chains_that_are_off(world: World, call: Call) -> Reply:
    """Without a filter only chains that are switched on are listed."""
    return good(LIST, world, asking(call, enabled=1) if call.query["enabled"] is None else call)


@plant(LIST, caught_by=JOINED)
def the_newest_of_one_order_comes_first(world: World, call: Call) -> Reply:
    """Equal orders are sorted by falling numbers."""
    reply = good(LIST, world, call)
    return page(reply, sorted(elements(reply), key=lambda chain: (int(chain["order"]), -int(chain["id"]))))


@plant(LIST, caught_by=JOINED)
def chains_come_in_the_order_of_creation(world: World, call: Call) -> Reply:
    """`order` is stored and has no effect."""
    reply, query = good(LIST, world, asking(call, offset=0, limit=10)), call.query
    shown = sorted(elements(reply), key=lambda chain: int(chain["id"]))
    return page(reply, shown[query["offset"] : query["offset"] + query["limit"]])


@plant(LIST, caught_by=(JOINED, CUT))
def the_offset_is_ignored(world: World, call: Call) -> Reply:
    """Every page is the first one."""
    return good(LIST, world, asking(call, offset=0))


@plant(LIST, caught_by=(JOINED, CUT))
def pages_overlap_by_one(world: World, call: Call) -> Reply:
    """The last chain of a page is the first of the next one."""
    return good(LIST, world, asking(call, offset=max(0, call.query["offset"] - 1)))


@plant(LIST, caught_by=CUT)
def there_is_more_behind_a_full_page(world: World, call: Call) -> Reply:
    """`has_more` is true whenever the page is full."""
    reply = good(LIST, world, call)
    return page(reply, elements(reply), has_more=len(elements(reply)) == call.query["limit"])


@plant(LIST, caught_by=(CUT, "a_page_of_offer_chains_without_a_limit_holds_ten"))
def there_is_never_more(world: World, call: Call) -> Reply:
    """`has_more` is always false."""
    reply = good(LIST, world, call)
    return page(reply, elements(reply), has_more=False)


@plant(LIST, caught_by=CUT)
def has_more_counts_what_the_filter_leaves_out(world: World, call: Call) -> Reply:
    """`has_more` is worked out from the unfiltered list."""
    reply, query = good(LIST, world, call), call.query
    return page(reply, elements(reply), has_more=query["offset"] + query["limit"] < world.offer_chains.count("arranged", "all"))


@plant(LIST, caught_by=(CUT, FILTERED))
def enabled_0_asks_for_all(world: World, call: Call) -> Reply:
    """0 is taken for no filter."""
    return good(LIST, world, asking(call, enabled=call.query["enabled"] or None))


@plant(LIST, caught_by=CUT)
def a_page_is_cut_before_it_is_filtered(world: World, call: Call) -> Reply:
    """The filter takes chains off a page instead of off the list."""
    reply, enabled = good(LIST, world, asking(call, enabled=None)), call.query["enabled"]
    return page(reply, [chain for chain in elements(reply) if enabled in (None, int(chain["is_enabled"]))])


@plant("admin-toggle-offer-chain", caught_by=FILTERED)
def a_toggle_leaves_one_chain_on_at_most(world: World, call: Call) -> Reply:
    """All chains but the toggled one are switched off."""
    reply = good("admin-toggle-offer-chain", world, call)
    for other in list(world.offer_chains.values("enabled", True)):
        if other["id"] != call.path["offer_chain_id"]:
            world.offer_chains.put(other["id"], {**other, "is_enabled": False})
    return reply


@plant(LIST, caught_by="a_page_of_offer_chains_without_a_limit_holds_ten")
def a_page_of_offer_chains_holds_nine(world: World, call: Call) -> Reply:
    """The last place of a page stays empty."""
    return good(LIST, world, asking(call, limit=min(9, call.query["limit"])))


@plant(LIST, caught_by="a_project_does_not_see_the_offer_chains_of_others")
def the_list_is_that_of_another_project(world: World, call: Call) -> Reply:
    """A cached list is answered to the wrong project."""
    before, LAST_SEEN["list"] = LAST_SEEN.get("list", world), world
    return good(LIST, before, call)


def with_schedule(world: World, call: Call, source: str, target: str) -> Reply:
    """The chain with one date of its schedule in the place of another."""
    reply: Json = good(READ, world, call)
    schedule = reply.body["recurrent_schedule"]
    shown = schedule and {**schedule, target: schedule[source]}
    return Reply(200, {**reply.body, "recurrent_schedule": shown})


@plant(READ, caught_by=STRIKES)
def the_next_strike_is_the_first_for_ever(world: World, call: Call) -> Reply:
    """The next strike is worked out when the chain is written, and never again."""
    return with_schedule(world, call, "displayable_reset_start_date", "displayable_reset_next_date")


@plant(READ, caught_by=STRIKES)
def the_first_strike_moves_on(world: World, call: Call) -> Reply:
    """The first strike is always the next one."""
    return with_schedule(world, call, "displayable_reset_next_date", "displayable_reset_start_date")


@plant(READ, caught_by=STRIKES)
def the_next_strike_forgets_the_offset(world: World, call: Call) -> Reply:
    """The Unix seconds are those of the same time in UTC."""
    reply: Json = good(READ, world, call)
    schedule = reply.body["recurrent_schedule"]
    if schedule:
        sign, hours, minutes = (schedule["time"][place] for place in (slice(8, 9), slice(9, 11), slice(12, 14)))
        schedule["reset_next_date"] += (int(hours) * 3600 + int(minutes) * 60) * (-1 if sign == "-" else 1)
    return reply  # type: ignore[no-any-return]


@plant("admin-create-offer-chain", caught_by=STRIKES)
def the_days_of_a_week_are_counted_from_sunday(world: World, call: Call) -> Reply:
    """A chain of Mondays strikes on Sundays."""
    reply: Json = good("admin-create-offer-chain", world, call)
    chain = world.offer_chains.get(reply.body["id"])
    schedule = chain["recurrent_schedule"]
    if schedule and schedule["interval_type"] == "weekly":
        chain["recurrent_schedule"] = {**schedule, "day_of_week": (schedule["day_of_week"] + 5) % 7 + 1}
        world.offer_chains.put(chain["id"], chain)
    return reply  # type: ignore[no-any-return]
