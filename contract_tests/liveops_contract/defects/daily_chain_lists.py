"""Planted bugs in the lists of daily chains, the operator's and the user's."""

from liveops_mock import Call, Page, Reply, World

from liveops_contract.defects import plant
from liveops_contract.defects.rewiring import Json, asking, elements, good

LIST, OPEN, OPEN_ONE = "admin-get-daily-chains", "get-daily-chains-list", "get-user-daily-chain-by-id"
SHOWN, CUT = "the_list_shows_a_daily_chain_as_it_reads_alone", "a_page_of_daily_chains_is_a_cut_of_the_list"
OPEN_CUT = "a_page_of_a_users_daily_chains_is_a_cut_of_the_open_ones"
OPEN_SHOWN = "a_users_list_shows_a_daily_chain_as_it_reads_alone"
LAST_SEEN: dict[str, World] = {}  # what a server keeps that forgets whose state it holds


def page(reply: Reply, items: list[Json], **fields: Json) -> Reply:
    """The same page with other elements."""
    assert isinstance(reply.body, Page)
    return Reply(200, Page(items, {**reply.body.fields, **fields}))


@plant(LIST, caught_by=SHOWN)
def the_list_shows_daily_chains_as_not_recurrent(world: World, call: Call) -> Reply:
    """The list shows the default of `is_recurrent`."""
    reply = good(LIST, world, call)
    return page(reply, [{**chain, "is_recurrent": False} for chain in elements(reply)])


@plant(LIST, caught_by=(SHOWN, CUT))
def the_list_leaves_out_daily_chains_that_are_off(world: World, call: Call) -> Reply:
    """Without a filter only chains that are switched on are listed."""
    return good(LIST, world, asking(call, enabled=1) if call.query["enabled"] is None else call)


@plant(LIST, caught_by=CUT)
def daily_chains_come_in_the_order_of_creation(world: World, call: Call) -> Reply:
    """`order` is stored and has no effect."""
    reply, query = good(LIST, world, asking(call, offset=0, limit=10)), call.query
    shown = sorted(elements(reply), key=lambda chain: int(chain["id"]))
    return page(reply, shown[query["offset"] : query["offset"] + query["limit"]])


@plant(LIST, caught_by=CUT)
def the_offset_of_daily_chains_is_ignored(world: World, call: Call) -> Reply:
    """Every page is the first one."""
    return good(LIST, world, asking(call, offset=0))


@plant(LIST, caught_by=CUT)
def there_are_more_daily_chains_behind_a_full_page(world: World, call: Call) -> Reply:
    """`has_more` is true whenever the page is full."""
    reply = good(LIST, world, call)
    return page(reply, elements(reply), has_more=len(elements(reply)) == call.query["limit"])


@plant(LIST, caught_by=CUT)
def has_more_counts_daily_chains_that_the_filter_leaves_out(world: World, call: Call) -> Reply:
    """`has_more` is worked out from the unfiltered list."""
    reply, query = good(LIST, world, call), call.query
    return page(reply, elements(reply), has_more=query["offset"] + query["limit"] < world.daily_chains.count("arranged", "all"))


@plant(LIST, caught_by=CUT)
def enabled_0_asks_for_all_daily_chains(world: World, call: Call) -> Reply:
    """0 is taken for no filter."""
    return good(LIST, world, asking(call, enabled=call.query["enabled"] or None))


@plant(LIST, caught_by="a_page_of_daily_chains_without_a_limit_holds_ten")
def a_page_of_daily_chains_holds_nine(world: World, call: Call) -> Reply:
    """The last place of a page stays empty."""
    return good(LIST, world, asking(call, limit=min(9, call.query["limit"])))


@plant(LIST, caught_by="a_project_does_not_see_the_daily_chains_of_others")
def the_list_of_daily_chains_is_that_of_another_project(world: World, call: Call) -> Reply:
    """A cached list is answered to the wrong project."""
    before, LAST_SEEN["list"] = LAST_SEEN.get("list", world), world
    return good(LIST, before, call)


@plant(OPEN, caught_by=OPEN_CUT)
def the_offset_of_a_user_is_ignored(world: World, call: Call) -> Reply:
    """Every page is the first one."""
    return good(OPEN, world, asking(call, offset=0))


@plant(OPEN, caught_by=OPEN_CUT)
def the_total_of_a_user_is_that_of_the_page(world: World, call: Call) -> Reply:
    """`total_items_count` is the length of the page."""
    reply = good(OPEN, world, call)
    return page(reply, elements(reply), total_items_count=len(elements(reply)))


@plant(OPEN, caught_by=OPEN_CUT)
def the_total_of_a_user_counts_chains_that_are_off(world: World, call: Call) -> Reply:
    """`total_items_count` is worked out from all chains of the project."""
    reply = good(OPEN, world, call)
    return page(reply, elements(reply), total_items_count=world.daily_chains.count("arranged", "all"))


@plant(OPEN, caught_by=OPEN_CUT)
def the_days_of_a_user_are_turned_round(world: World, call: Call) -> Reply:
    """The last chain of a page comes first."""
    reply = good(OPEN, world, call)
    return page(reply, elements(reply)[::-1])


@plant(OPEN, caught_by=(OPEN_CUT, "a_page_of_a_users_daily_chains_without_a_limit_holds_fifty"))
def a_user_never_has_more(world: World, call: Call) -> Reply:
    """`has_more` is always false."""
    reply = good(OPEN, world, call)
    return page(reply, elements(reply), has_more=False)


@plant(OPEN, caught_by="a_page_of_a_users_daily_chains_without_a_limit_holds_fifty")
def a_page_of_a_user_holds_thirty(world: World, call: Call) -> Reply:
    """The limit is that of another list."""
    return good(OPEN, world, asking(call, limit=min(30, call.query["limit"])))


@plant(OPEN, caught_by=OPEN_SHOWN)
def a_users_list_shows_no_dates(world: World, call: Call) -> Reply:
    """The days of the steps are left to the chain alone."""
    reply = good(OPEN, world, call)
    items = elements(reply)
    return page(reply, [{**item, "steps": [{**step, "unlocked_date": None} for step in item["steps"]]} for item in items])


@plant(OPEN_ONE, caught_by=OPEN_SHOWN)
def a_daily_chain_is_read_by_nobody_in_particular(world: World, call: Call) -> Reply:
    """The chain alone is shown without the user's progress."""
    return good(OPEN_ONE, world, Call(call.path, call.query, call.body, "nobody"))
