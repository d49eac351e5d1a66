"""Planted bugs in what users see of offer chains."""

from liveops_mock import Call, Page, Reply, World

from liveops_contract.defects import plant
from liveops_contract.defects.rewiring import Json, asking, good, otherwise

LIST, ONE = "get-offer-chains-list", "get-user-offer-chain-by-id"
CLAIM = "claim-user-offer-chain-step-reward"
PAGES, DATES, PERSONAL = (
    "pages_of_a_users_offer_chains_join_up",
    "an_offer_chain_is_open_between_its_dates",
    "a_personalized_offer_chain_is_for_those_it_suits",
)
GIVES, POINTS = "a_user_sees_what_a_step_gives", "a_user_sees_the_value_points_of_a_step"


def page(world: World, call: Call) -> Page:
    """The page that the sound rule answers."""
    body = good(LIST, world, call).body
    assert isinstance(body, Page)
    return body


def as_if_all(operation: str, world: World, call: Call, **facts: Json) -> Reply:
    """Answer as if all chains had these facts."""
    with otherwise(world.offer_chains, *world.offer_chains.keys("arranged", "all"), **facts):
        return good(operation, world, call)


def with_items(world: World, call: Call, **facts: Json) -> Reply:
    """A chain whose items are shown otherwise."""
    body: Json = good(ONE, world, call).body
    steps = [{**step, "items": [{**item, **facts} for item in step["items"]]} for step in body["steps"]]
    return Reply(200, {**body, "steps": steps})


def with_points(world: World, call: Call, points: Json) -> Reply:
    """A chain whose value points are shown as the function says."""
    body: Json = good(ONE, world, call).body
    return Reply(200, {**body, "steps": [{**step, "step_vp_rewards": points(step)} for step in body["steps"]]})


@plant(LIST, caught_by=PAGES)
def the_list_of_offer_chains_ignores_the_offset(world: World, call: Call) -> Reply:
    """Every page is the first."""
    return good(LIST, world, asking(call, offset=0))


@plant(LIST, caught_by=PAGES)
def the_total_of_offer_chains_counts_the_page(world: World, call: Call) -> Reply:
    """`total_items_count` is the length of the page."""
    found = page(world, call)
    return Reply(200, Page(found.items, {**found.fields, "total_items_count": len(found.items)}))


@plant(LIST, caught_by=PAGES)
def offer_chains_come_by_number(world: World, call: Call) -> Reply:
    """The arrangement is not looked at."""
    found = page(world, call)
    return Reply(200, Page(sorted(found.items, key=lambda chain: chain["id"]), found.fields))


@plant(LIST, caught_by=PAGES)
def users_see_offer_chains_that_are_off(world: World, call: Call) -> Reply:
    """The switch is not looked at."""
    return as_if_all(LIST, world, call, is_enabled=True)


@plant(LIST, caught_by="a_page_holds_thirty_offer_chains_unless_told")
def a_page_of_offer_chains_holds_ten(world: World, call: Call) -> Reply:
    """The page of the operator is taken."""
    return good(LIST, world, asking(call, limit=min(10, call.query["limit"])))


@plant(LIST, caught_by="a_chain_alone_is_the_chain_in_the_list")
def the_list_shows_chains_without_progress(world: World, call: Call) -> Reply:
    """In the list no step is ever claimed."""
    return good(LIST, world, Call(call.path, call.query, call.body, "nobody"))


@plant(ONE, caught_by="a_chain_alone_is_the_chain_in_the_list")
def a_chain_alone_is_that_of_the_first_user(world: World, call: Call) -> Reply:
    """Whoever asks, the progress is that of user_1."""
    return good(ONE, world, Call(call.path, call.query, call.body, "user_1"))


@plant(LIST, caught_by=DATES)
def users_see_offer_chains_that_ended(world: World, call: Call) -> Reply:
    """The end is not looked at."""
    return as_if_all(LIST, world, call, date_end=None)


@plant(ONE, caught_by=DATES)
def an_offer_chain_is_read_before_it_starts(world: World, call: Call) -> Reply:
    """The start is not looked at."""
    return as_if_all(ONE, world, call, date_start="2020-01-01T00:00:00Z")


@plant(CLAIM, caught_by=DATES)
def steps_are_claimed_after_the_end(world: World, call: Call) -> Reply:
    """The end is not looked at."""
    return as_if_all(CLAIM, world, call, date_end=None)


@plant(LIST, caught_by=PERSONAL)
def offer_chains_ignore_conditions(world: World, call: Call) -> Reply:
    """Personalized chains are shown to everybody."""
    return as_if_all(LIST, world, call, attribute_conditions=None)


@plant(LIST, caught_by=PERSONAL)
def offer_chains_for_the_rest_are_for_all(world: World, call: Call) -> Reply:
    """`is_always_visible` is not looked at."""
    return as_if_all(LIST, world, call, is_always_visible=True)


@plant(ONE, caught_by=PERSONAL)
def a_hidden_offer_chain_can_be_read_alone(world: World, call: Call) -> Reply:
    """Who knows the number sees the chain."""
    return as_if_all(ONE, world, call, attribute_conditions=None, is_always_visible=True)


@plant(CLAIM, caught_by=PERSONAL)
def a_hidden_offer_chain_gives_its_steps(world: World, call: Call) -> Reply:
    """Who knows the number takes the steps."""
    return as_if_all(CLAIM, world, call, attribute_conditions=None, is_always_visible=True)


@plant(LIST, caught_by="personalized_reward_chains_hide_no_offer_chains")
def a_personalized_reward_chain_hides_offer_chains(world: World, call: Call) -> Reply:
    """Both kinds of chains are looked at together."""
    personal = any(chain["attribute_conditions"] for chain in world.reward_chains.values("arranged", "all"))
    found = page(world, call)
    return Reply(
        200, Page([] if personal else found.items, {**found.fields, "total_items_count": 0} if personal else found.fields)
    )


def ruled(world: World) -> set[str]:
    """The items that filter rules name."""
    return {sku for rule in world.filter_rules.values("all", "all") for sku in rule["items"]}


@plant(ONE, caught_by="filter_rules_hide_no_steps")
def a_step_hides_what_the_shop_hides(world: World, call: Call) -> Reply:
    """Items that filter rules name are not shown."""
    body: Json = good(ONE, world, call).body
    hidden = ruled(world)
    steps = [{**step, "items": [item for item in step["items"] if item["sku"] not in hidden]} for step in body["steps"]]
    return Reply(200, {**body, "steps": steps})


@plant(CLAIM, caught_by="filter_rules_hide_no_steps")
def a_hidden_item_is_not_claimed(world: World, call: Call) -> Reply:
    """A step with an item that filter rules name is not found."""
    path = {**call.path, "offer_chain_id": 2147483647} if ruled(world) else call.path
    return good(CLAIM, world, Call(path, call.query, call.body, call.user_id))


@plant(ONE, caught_by="a_user_reads_an_offer_chain_in_one_language")
def an_offer_chain_without_english_has_no_name(world: World, call: Call) -> Reply:
    """Other languages are not looked at."""
    body: Json = good(ONE, world, call).body
    texts = world.offer_chains.get(body["id"])["name"] or {}
    return Reply(200, {**body, "name": texts.get("en") or ""})


@plant(ONE, caught_by="a_user_reads_an_offer_chain_in_one_language")
def an_item_without_a_name_stays_nameless(world: World, call: Call) -> Reply:
    """Its SKU does not stand in."""
    body: Json = good(ONE, world, call).body
    item = body["steps"][0]["items"][0]
    shown = {**item, "name": item["description"] or ""}
    return Reply(200, {**body, "steps": [{**body["steps"][0], "items": [shown]}]})


@plant(ONE, caught_by=GIVES)
def a_bundle_hides_what_is_in_it(world: World, call: Call) -> Reply:
    """`content` is null."""
    return with_items(world, call, content=None)


@plant(ONE, caught_by=GIVES)
def a_bundle_within_a_bundle_is_empty(world: World, call: Call) -> Reply:
    """Only the first level is looked up."""
    body: Json = good(ONE, world, call).body
    for step in body["steps"]:
        for item in step["items"]:
            item["content"] = item["content"] and [{**part, "content": None} for part in item["content"]]
    return Reply(200, body)


@plant(ONE, caught_by=GIVES)
def every_item_has_one_piece(world: World, call: Call) -> Reply:
    """The pieces are not counted."""
    return with_items(world, call, quantity=1)


@plant(ONE, caught_by=GIVES)
def no_item_is_free(world: World, call: Call) -> Reply:
    """`is_free` is always false."""
    return with_items(world, call, is_free=False)


@plant(ONE, caught_by=POINTS)
def the_points_of_a_step_are_those_of_a_piece(world: World, call: Call) -> Reply:
    """The pieces are not counted."""

    def points(step: Json) -> Json:
        pieces = step["items"][0]["quantity"]
        return [{**point, "amount": point["amount"] // pieces} for point in step["step_vp_rewards"]]

    return with_points(world, call, points)


@plant(ONE, caught_by=POINTS)
def the_points_of_a_step_come_in_reverse(world: World, call: Call) -> Reply:
    """The order is turned round."""
    return with_points(world, call, lambda step: step["step_vp_rewards"][::-1])


@plant(ONE, caught_by=POINTS)
def the_points_of_a_step_are_not_told(world: World, call: Call) -> Reply:
    """`step_vp_rewards` is always empty."""
    return with_points(world, call, lambda _step: [])


@plant(CLAIM, caught_by=POINTS)
def a_claimed_step_gives_no_points(world: World, call: Call) -> Reply:
    """Points are for those who pay."""
    before = {key: world.balances.get(key) for key in world.balances.keys("user", call.user_id)}
    reply = good(CLAIM, world, call)
    for key in list(world.balances.keys("user", call.user_id)):
        world.balances.put(key, before.get(key, 0))
    return reply
