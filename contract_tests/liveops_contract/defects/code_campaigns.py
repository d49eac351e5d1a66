"""Planted bugs in promo codes and unique catalog offers, the operator's side."""

from liveops_mock import Call, Page, Problem, Reply, World

from liveops_contract.defects import plant
from liveops_contract.defects.campaign_rewiring import OFFER, PROMO, attempted, change, named
from liveops_contract.defects.rewiring import Json, altered, good, without

CREATE, UPDATE, DELETE, READ = "create-promo-code", "update-promo-code", "delete-promo-code", "get-promo-code"
LIST, ADD, CODES, GENERATE = "get-promo-codes", "create-promo-code-code", "get-promocode-codes", "generate-promo-code-codes"
OFFERED, OFFER_UPDATE = "admin-create-unique-catalog-offer", "update-unique-catalog-offer-promotion"
OFFER_DELETE, OFFER_LIST = "delete-unique-catalog-offer-promotion", "get-unique-catalog-offers"
OFFER_ADD, OFFER_CODES = "create-unique-catalog-offer-code", "get-unique-catalog-offer-codes"
WRITTEN, REPLACED, SWITCHED, GONE = (
    "a_new_campaign_reads_as_it_was_written",
    "an_update_replaces_a_campaign",
    "a_switch_changes_the_switch_alone",
    "a_deleted_campaign_is_gone",
)
ABSENT, TAKEN, ITEMS, LISTED, CODE, MADE = (
    "a_campaign_that_does_not_exist_is_not_found",
    "a_key_is_taken_once_in_a_kind",
    "a_campaign_names_items_of_the_catalog",
    "the_list_of_campaigns_counts_them_all",
    "a_code_belongs_to_one_campaign",
    "generated_codes_are_new_and_counted",
)


@plant(CREATE, caught_by=WRITTEN)
def conditions_on_items_are_lost(world: World, call: Call) -> Reply:
    """A new promo code forgets its conditions on the price of items."""
    return good(CREATE, world, without(call, "item_price_conditions"))


@plant(CREATE, caught_by=WRITTEN)
def a_promo_code_starts_switched_on(world: World, call: Call) -> Reply:
    """Its codes work before anybody activates it."""
    reply = good(CREATE, world, call)
    change(world, named(world, PROMO, call), is_enabled=True)
    return reply


@plant(OFFERED, caught_by=WRITTEN)
def an_offer_forgets_its_limit_per_code(world: World, call: Call) -> Reply:
    """Each code of a new offer may be redeemed as often as one likes."""
    return good(OFFERED, world, without(call, "redeem_code_limit"))


@plant(UPDATE, caught_by=REPLACED)
def what_an_update_of_a_promo_code_leaves_out_stays(world: World, call: Call) -> Reply:
    """The bonus of before is kept."""
    before = named(world, PROMO, call)
    kept = {"bonus": before["bonus"]} if before and before["bonus"] else {}
    return good(UPDATE, world, Call(call.path, call.query, {**kept, **call.body}, call.user_id))


@plant(UPDATE, caught_by=REPLACED)
def an_update_of_a_promo_code_takes_its_codes(world: World, call: Call) -> Reply:
    """The codes are gone."""
    reply, campaign = good(UPDATE, world, call), named(world, PROMO, call)
    for code in list(world.codes.keys("campaign", campaign["id"])):
        world.codes.remove(code)
    return reply


@plant(OFFER_UPDATE, caught_by=REPLACED)
def an_update_of_an_offer_switches_it_off(world: World, call: Call) -> Reply:
    """It has to be activated again."""
    reply = good(OFFER_UPDATE, world, call)
    change(world, named(world, OFFER, call), is_enabled=False)
    return reply


@plant("activate-promo-code", caught_by=SWITCHED)
def activation_of_a_promo_code_toggles(world: World, call: Call) -> Reply:
    """Activated twice it is off."""
    before = named(world, PROMO, call)
    reply = good("activate-promo-code", world, call)
    change(world, before, is_enabled=not before["is_enabled"])
    return reply


@plant("deactivate-unique-catalog-offer", caught_by=SWITCHED)
def deactivation_of_an_offer_forgets_its_limit(world: World, call: Call) -> Reply:
    """The limit of the whole campaign goes with the switch."""
    reply = good("deactivate-unique-catalog-offer", world, call)
    change(world, named(world, OFFER, call), redeem_total_limit=7)
    return reply


@plant(DELETE, caught_by=GONE)
def codes_of_a_deleted_promo_code_stay_taken(world: World, call: Call) -> Reply:
    """No other campaign can have them."""
    campaign = named(world, PROMO, call)
    kept = {code: world.codes.get(code) for code in world.codes.keys("campaign", campaign["id"])} if campaign else {}
    reply = good(DELETE, world, call)
    for code, entry in kept.items():
        world.codes.put(code, entry)
    return reply


@plant(OFFER_DELETE, caught_by=GONE)
def a_deleted_offer_is_switched_off_instead(world: World, call: Call) -> Reply:
    """It is found still."""
    campaign = named(world, OFFER, call)
    reply = good(OFFER_DELETE, world, call)
    change(world, campaign, is_enabled=False)
    return reply


@plant(READ, caught_by=ABSENT)
def keys_of_promo_codes_are_the_same_in_any_letters(world: World, call: Call) -> Reply:
    """The key is looked up in lower case."""
    path = {**call.path, "external_id": call.path["external_id"].lower()}
    try:
        return good(READ, world, call)
    except Problem:
        return good(READ, world, Call(path, call.query, call.body, call.user_id))


@plant(GENERATE, caught_by=ABSENT)
def a_refused_generation_makes_codes_for_another(world: World, call: Call) -> Reply:
    """The codes go to the only promo code there is."""
    found = attempted(GENERATE, world, call)
    if isinstance(found, Problem):
        for campaign in list(world.campaigns.values("kind", PROMO)):
            good(GENERATE, world, Call({"external_id": campaign["external_id"]}, {}, call.body, ""))
        raise found
    return found


@plant(CREATE, caught_by=TAKEN)
def a_second_promo_code_of_a_key_replaces_the_first(world: World, call: Call) -> Reply:
    """There is no refusal."""
    if named(world, PROMO, call):
        good(DELETE, world, Call({"external_id": call.body["external_id"]}, {}, None, ""))
    return good(CREATE, world, call)


@plant(OFFERED, caught_by=TAKEN)
def an_offer_cannot_have_the_key_of_a_promo_code(world: World, call: Call) -> Reply:
    """Keys are unique among campaigns of all kinds."""
    if named(world, PROMO, call):
        return good(CREATE, world, call)
    return good(OFFERED, world, call)


@plant(UPDATE, caught_by=ITEMS)
def a_refused_update_of_a_promo_code_is_written_in_part(world: World, call: Call) -> Reply:
    """The name is the new one although an item is unknown."""
    campaign, found = named(world, PROMO, call), attempted(UPDATE, world, call)
    if isinstance(found, Problem):
        change(world, campaign, redeem_user_limit=77)
        raise found
    return found


@plant(OFFERED, caught_by=ITEMS)
def an_offer_takes_unknown_items(world: World, call: Call) -> Reply:
    """Those that the catalog lacks are left out without a word."""
    known = [sku for sku in call.body.get("items", []) if sku in world.items]
    return good(OFFERED, world, altered(call, items=known))


@plant(LIST, caught_by=LISTED)
def a_page_of_promo_codes_counts_itself(world: World, call: Call) -> Reply:
    """The counters are about the page."""
    reply = good(LIST, world, call)
    page = page_of(reply)
    on = sum(one["is_enabled"] for one in page.items)
    page.fields |= {
        "total_promotions_count": len(page.items),
        "active_promotions_count": on,
        "inactive_promotions_count": len(page.items) - on,
    }
    return reply


@plant(OFFER_LIST, caught_by=LISTED)
def offers_are_listed_backwards(world: World, call: Call) -> Reply:
    """The elements of a page stand the other way round."""
    reply = good(OFFER_LIST, world, call)
    page_of(reply).items.reverse()
    return reply


def page_of(reply: Reply) -> Page:
    """The page that a reply holds."""
    assert isinstance(reply.body, Page)
    return reply.body


@plant(ADD, caught_by=CODE)
def a_code_of_an_offer_is_taken_for_a_promo_code(world: World, call: Call) -> Reply:
    """The code changes its campaign."""
    entry = world.codes.get(call.body["coupon_code"])
    if entry and any(offer["id"] == entry["campaign"] for offer in world.campaigns.values("kind", OFFER)):
        world.codes.remove(call.body["coupon_code"])
    return good(ADD, world, call)


@plant(OFFER_ADD, caught_by=CODE)
def codes_of_offers_are_kept_in_capitals(world: World, call: Call) -> Reply:
    """What is added is another text than was sent."""
    return good(OFFER_ADD, world, altered(call, coupon_code=call.body["coupon_code"].upper()))


@plant(CODES, caught_by=CODE)
def codes_of_a_promo_code_are_listed_by_the_alphabet(world: World, call: Call) -> Reply:
    """The order in which they were added is lost."""
    reply = good(CODES, world, call)
    page_of(reply).items.sort(key=lambda entry: str(entry["code"]))
    return reply


@plant(GENERATE, caught_by=MADE)
def one_code_too_few_is_generated(world: World, call: Call) -> Reply:
    """The answer tells the number that was asked for."""
    if call.body["count"] > 1:
        good(GENERATE, world, altered(call, count=call.body["count"] - 1))
    return Reply(200, {"count": call.body["count"]})


@plant(OFFER_CODES, caught_by=MADE)
def the_count_of_an_offers_codes_is_that_of_the_page(world: World, call: Call) -> Reply:
    """`total_count` says how many are shown."""
    reply = good(OFFER_CODES, world, call)
    fields: dict[str, Json] = page_of(reply).fields
    fields["total_count"] = len(page_of(reply).items)
    return reply
