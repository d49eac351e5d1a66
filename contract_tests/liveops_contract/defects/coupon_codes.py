"""Planted bugs in the codes of coupons."""

from liveops_mock import Call, Page, Problem, Reply, World

from liveops_contract.defects import plant
from liveops_contract.defects.coupons import coupon_of
from liveops_contract.defects.rewiring import Json, altered, asking, elements, good
from liveops_contract.laws.coupon_scenes import ADD, CODE_LIMITS, CODES, DELETE, GENERATE, REDEEM

LISTED, UNIQUE = "codes_are_listed_as_they_were_added", "a_code_is_given_once_in_a_project"
MADE_UP, SEEDED = "codes_that_are_made_up_are_new", "the_seed_decides_which_codes_are_made_up"
USABLE, FREED = "a_code_that_is_made_up_can_be_redeemed", "codes_of_a_deleted_coupon_are_free"
ASKED = "the_limits_of_codes_are_those_that_are_asked_for"


@plant(CODES, caught_by=LISTED)
def codes_are_listed_by_letters(world: World, call: Call) -> Reply:
    """The whole list is sorted."""
    everyone = good(CODES, world, asking(call, offset=0, limit=10**9))
    ordered = sorted(elements(everyone), key=lambda one: str(one["code"]))
    offset = call.query["offset"]
    total = {"total_count": len(ordered)}
    return Reply(200, Page(ordered[offset : offset + call.query["limit"]], total, "codes"))


@plant(CODES, caught_by=LISTED)
def the_count_of_codes_is_that_of_the_page(world: World, call: Call) -> Reply:
    """`total_count` counts what is shown."""
    shown = elements(good(CODES, world, call))
    return Reply(200, Page(shown, {"total_count": len(shown)}, "codes"))


@plant(CODES, caught_by=LISTED)
def a_page_of_codes_lacks_its_last(world: World, call: Call) -> Reply:
    """Off by one at the end of a page."""
    reply: Json = good(CODES, world, call)
    return Reply(200, Page(reply.body.items[: max(1, call.query["limit"] - 1)], reply.body.fields, "codes"))


@plant(CODE_LIMITS, caught_by=(LISTED, ASKED))
def there_are_always_more_codes(world: World, call: Call) -> Reply:
    """A full page says that there is another one."""
    reply: Json = good(CODE_LIMITS, world, call)
    full = len(reply.body.items) == call.query["limit"]
    return Reply(200, Page(reply.body.items, {**reply.body.fields, "has_more": full}))


@plant(ADD, caught_by=LISTED)
def a_code_is_added_to_the_newest_coupon(world: World, call: Call) -> Reply:
    """The path is not looked at."""
    keys = [key for _, key in world.campaigns.keys("kind", "coupon")]
    return good(ADD, world, Call({**call.path, "external_id": keys[-1]}, call.query, call.body, call.user_id))


@plant(ADD, caught_by=UNIQUE)
def a_code_moves_to_who_adds_it_last(world: World, call: Call) -> Reply:
    """Nobody looks whether the code is taken."""
    world.codes.remove(call.body["coupon_code"])
    return good(ADD, world, call)


@plant(ADD, caught_by=UNIQUE)
def a_code_is_unique_in_its_coupon_alone(world: World, call: Call) -> Reply:
    """The other coupon loses the code."""
    entry = world.codes.get(call.body["coupon_code"])
    if entry and entry["campaign"] != coupon_of(world, call)["id"]:
        world.codes.remove(call.body["coupon_code"])
    return good(ADD, world, call)


@plant(ADD, caught_by=UNIQUE)
def codes_are_kept_in_capitals(world: World, call: Call) -> Reply:
    """Upper and lower case are one."""
    if call.body["coupon_code"].swapcase() in world.codes:
        return good(ADD, world, altered(call, coupon_code=call.body["coupon_code"].swapcase()))
    return good(ADD, world, call)


@plant(ADD, caught_by=UNIQUE)
def a_refused_code_is_added_with_a_number(world: World, call: Call) -> Reply:
    """The refusal comes when another code is written already."""
    try:
        return good(ADD, world, call)
    except Problem:
        good(ADD, world, altered(call, coupon_code=f"{call.body['coupon_code'][:100]}{len(world.codes)}"))
        raise


@plant(GENERATE, caught_by=MADE_UP)
def one_code_too_few_is_made_up(world: World, call: Call) -> Reply:
    """Off by one."""
    if call.body["count"] > 1:
        good(GENERATE, world, altered(call, count=call.body["count"] - 1))
    return Reply(200, {"count": call.body["count"]})


@plant(GENERATE, caught_by=MADE_UP)
def codes_are_made_up_once(world: World, call: Call) -> Reply:
    """A second call takes the codes of the first away."""
    _, *made_up = [*world.codes.keys("campaign", coupon_of(world, call)["id"])] or [None]
    for code in made_up:
        world.codes.remove(code)
    return good(GENERATE, world, call)


@plant(GENERATE, caught_by=MADE_UP)
def codes_are_counted_up(world: World, call: Call) -> Reply:
    """Whoever knows one code knows the next."""
    for _ in range(call.body["count"]):
        code = f"{world.next_id('guessable'):010}"
        world.codes.put(code, {"campaign": coupon_of(world, call)["id"], "place": world.next_id("code")})
    return Reply(200, {"count": call.body["count"]})


@plant(GENERATE, caught_by=MADE_UP)
def codes_are_nine_letters_long(world: World, call: Call) -> Reply:
    """The last letter is lost."""
    known = set(world.codes.keys("campaign", coupon_of(world, call)["id"]))
    reply = good(GENERATE, world, call)
    for code in [*world.codes.keys("campaign", coupon_of(world, call)["id"])]:
        if code not in known:
            entry = world.codes.get(code)
            world.codes.remove(code)
            world.codes.put(code[:9], entry)
    return reply


@plant(GENERATE, caught_by=SEEDED)
def codes_do_not_look_at_the_seed(world: World, call: Call) -> Reply:
    """Every project makes up the same codes."""
    world.random.seed(7)
    return good(GENERATE, world, call)


@plant(GENERATE, caught_by=USABLE)
def codes_that_are_made_up_belong_to_nobody(world: World, call: Call) -> Reply:
    """They are listed, and no coupon has them."""
    reply, number = good(GENERATE, world, call), coupon_of(world, call)["id"]
    for code in [*world.codes.keys("campaign", number)]:
        entry = world.codes.get(code)
        world.codes.remove(code)
        world.codes.put(code, {**entry, "campaign": number + 1})
    return reply


@plant(REDEEM, caught_by=USABLE)
def a_code_is_not_used_up(world: World, call: Call) -> Reply:
    """The redemption counts for another code."""
    reply = good(REDEEM, world, call)
    number = world.counters["redemption"]
    world.redemptions.put(number, {**world.redemptions.get(number), "code": "-"})
    return reply


@plant(DELETE, caught_by=FREED)
def codes_of_a_deleted_coupon_stay_taken(world: World, call: Call) -> Reply:
    """They can be added to no other coupon."""
    codes = {code: world.codes.get(code) for code in world.codes.keys("campaign", coupon_of(world, call)["id"])}
    reply = good(DELETE, world, call)
    for code, entry in codes.items():
        world.codes.put(code, entry)
    return reply


@plant(DELETE, caught_by=FREED)
def a_freed_code_remembers_its_redemptions(world: World, call: Call) -> Reply:
    """What was redeemed before counts in the next coupon."""
    number = coupon_of(world, call)["id"]
    used = {key: world.redemptions.get(key) for key in world.redemptions.keys("campaign", (number, "used"))}
    reply = good(DELETE, world, call)
    for key, entry in used.items():
        world.redemptions.put(key, entry)
    return reply


@plant(CODE_LIMITS, caught_by=ASKED)
def only_the_first_code_that_is_asked_for_is_told(world: World, call: Call) -> Reply:
    """A list of codes is read as one."""
    asked = call.query["codes[]"]
    return good(CODE_LIMITS, world, asking(call, **{"codes[]": asked and asked[:1]}))


@plant(CODE_LIMITS, caught_by=ASKED)
def codes_that_are_asked_for_are_not_looked_at(world: World, call: Call) -> Reply:
    """All codes are told."""
    return good(CODE_LIMITS, world, asking(call, **{"codes[]": None}))


@plant(CODE_LIMITS, caught_by=ASKED)
def codes_are_found_whatever_their_letters(world: World, call: Call) -> Reply:
    """Codes of other coupons are counted with those that are asked for."""
    reply: Json = good(CODE_LIMITS, world, call)
    asked = call.query["codes[]"] or []
    total = len({code for code in asked if code in world.codes}) if asked else reply.body.fields["total_items_count"]
    return Reply(200, Page(reply.body.items, {**reply.body.fields, "total_items_count": total}))
