"""The laws that promo codes and unique catalog offers share, the operator's side."""

from hypothesis import strategies as st

from liveops_contract.api import Api, Json
from liveops_contract.campaign_strategies import codes, external_ids
from liveops_contract.checks import Draw, law
from liveops_contract.laws import scenes
from liveops_contract.laws.promo_code_scenes import (
    KINDS,
    LIMITS,
    OFFERS,
    PROMO_CODES,
    Kind,
    add_code,
    at,
    campaign,
    campaigns,
    other,
)

kinds = st.sampled_from(KINDS)


def said(kind: Kind, body: Json, *, is_enabled: bool = False) -> Json:
    """Everything that an operator says of a campaign, defaults filled in, as it is read."""
    told = {
        "promotion_periods": windows(body.get("promotion_periods", [])),
        "name": scenes.as_answered(body["name"]),
        "is_enabled": is_enabled,
        **{name: body.get(name) for name in LIMITS},
    }
    if kind is OFFERS:
        return {**told, "items": body.get("items", [])}
    gives = {name: body.get(name) for name in ("discount", "discounted_items")}
    bonus = body.get("bonus") and [{"quantity": 1, **entry} for entry in body["bonus"]]
    names = ("attribute_conditions", "price_conditions", "item_price_conditions", "excluded_promotions")
    return {**told, **gives, "bonus": bonus, **{name: body[name] for name in names if body.get(name)}}


def windows(periods: list[Json]) -> list[Json]:
    """Windows of time as points in time."""
    return [tuple(scenes.moment(period.get(name)) for name in ("date_from", "date_until")) for period in periods]


def told(answered: Json) -> Json:
    """What is read of a campaign, in one form, without its key and the state of its limit."""
    kept = {name: value for name, value in answered.items() if name not in ("external_id", "total_limit_state")}
    return {**kept, "promotion_periods": windows(answered["promotion_periods"])}


def texts(api: Api, kind: Kind, key: str) -> list[str]:
    """All codes of a campaign, page after page."""
    found: list[str] = []
    for offset in range(0, 2000, 50):
        page = api.call(kind.codes, path={"external_id": key}, query={"limit": 50, "offset": offset}).json()
        found += [entry["code"] for entry in page["codes"]]
        if len(page["codes"]) < 50:
            break
    return found


@law(PROMO_CODES.create, PROMO_CODES.read, OFFERS.create, OFFERS.read)
def a_new_campaign_reads_as_it_was_written(api: Api, draw: Draw) -> None:
    """Every field can be read again, what is left out has its default; it is switched off and has no codes."""
    for kind in (PROMO_CODES, OFFERS):
        body = draw(kind.new)
        created = api.call(kind.create, body=body)
        read = at(api, kind.read, body["external_id"]).json()

        assert (created.status, created.json()) == (201, {"external_id": body["external_id"]})
        assert (read["external_id"], told(read)) == (body["external_id"], said(kind, body))
        total = body.get("redeem_total_limit")
        assert read["total_limit_state"] == (total and {"available": total, "reserved": 0, "used": 0})
        assert texts(api, kind, body["external_id"]) == []


def everything_said(kind: Kind) -> Json:
    """Facts of a campaign for every field besides its name."""
    price = [{"operator": "gt", "value": "1"}]
    facts = {"promotion_periods": [{"date_from": "2025-01-01T00:00:00Z"}], **dict.fromkeys(LIMITS, 9)}
    if kind is OFFERS:
        return {**facts, "items": ["booster_1"]}
    off, suits = {"percent": "5"}, [{"attribute": "rank", "type": "string", "operator": "eq", "value": "tin"}]
    gives = {"discount": off, "discounted_items": [{"sku": "booster_1", "discount": off}], "bonus": [{"sku": "booster_1"}]}
    asks = {"attribute_conditions": suits, "price_conditions": price, "item_price_conditions": price, "excluded_promotions": [7]}
    return {**facts, **gives, **asks}


@law(PROMO_CODES.update, PROMO_CODES.read, OFFERS.update, OFFERS.read)
def an_update_replaces_a_campaign(api: Api, draw: Draw) -> None:
    """After an update a campaign is what the update says; what it leaves out is lost, but for the switch and the codes."""
    for kind, code in ((PROMO_CODES, "KEPT"), (OFFERS, "ALSO")):
        body, newer, is_enabled = draw(kind.new), draw(kind.newer), draw(st.booleans())
        key = body["external_id"]
        api.call(kind.create, body=body)
        add_code(api, kind, key, code)
        at(api, kind.activate if is_enabled else kind.deactivate, key)
        for update in (newer, {**newer, **everything_said(kind)}, {"name": newer["name"]}):
            answer = at(api, kind.update, key, update)

            assert answer.status == 204
            assert told(at(api, kind.read, key).json()) == said(kind, update, is_enabled=is_enabled)
            assert texts(api, kind, key) == [code]


@law(PROMO_CODES.activate, PROMO_CODES.deactivate, OFFERS.activate, OFFERS.deactivate)
def a_switch_changes_the_switch_alone(api: Api, draw: Draw) -> None:
    """Switched on a campaign is on, switched off it is off, however often; nothing else changes."""
    wishes = (True, True, False, False, *draw(st.lists(st.booleans(), max_size=2)))
    for kind in KINDS:
        bodies = draw(st.lists(kind.new, min_size=2, max_size=2, unique_by=lambda body: str(body["external_id"])))
        for body in bodies:
            api.call(kind.create, body=body)
        key, before = bodies[0]["external_id"], [at(api, kind.read, body["external_id"]).json() for body in bodies]
        for is_enabled in wishes:
            answer = at(api, kind.activate if is_enabled else kind.deactivate, key)
            after = [at(api, kind.read, body["external_id"]).json() for body in bodies]

            assert answer.status == 204
            assert after == [{**before[0], "is_enabled": is_enabled}, before[1]]


@law(PROMO_CODES.delete, OFFERS.delete)
def a_deleted_campaign_is_gone(api: Api, draw: Draw) -> None:
    """It is found neither alone nor in the list; its codes are free for any other campaign, and start with nothing used."""
    kind, taker = draw(kinds), draw(kinds)
    bodies = draw(st.lists(kind.new, min_size=2, max_size=2, unique_by=lambda body: str(body["external_id"])))
    for number, body in enumerate(bodies):
        campaign(api, kind, f"CODE{number}", key=body["external_id"])
    gone, kept = (body["external_id"] for body in bodies)
    deleted = at(api, kind.delete, gone)

    assert deleted.status == 204
    assert [one["external_id"] for one in campaigns(api, kind)] == [kept]
    for operation in draw(st.permutations((kind.read, kind.delete, kind.activate, kind.deactivate, kind.codes))):
        assert scenes.verdict(at(api, operation, gone)) == (404, 4001)
    if taker is not kind:
        campaign(api, taker, key=kept)
    assert scenes.verdict(add_code(api, taker, kept, "CODE1")) == (422, 9803)
    assert add_code(api, taker, kept, "CODE0").status == 201


@law(PROMO_CODES.read, OFFERS.read)
def a_campaign_that_does_not_exist_is_not_found(api: Api, draw: Draw) -> None:
    """Whatever is asked of a key that the kind does not have is refused with 4001 and changes nothing; keys tell case apart."""
    campaign(api, OFFERS, key="Key")
    campaign(api, PROMO_CODES, key="key")
    before = scenes.everything(api)
    for kind, similar in ((PROMO_CODES, "Key"), (OFFERS, "key")):
        key = draw(st.sampled_from((similar, similar, "KEY", "key2")))
        bodies: dict[str, Json] = {kind.update: {"name": {}}, kind.add: {"coupon_code": "NEW"}, kind.generate: {"count": 2}}
        for operation in draw(st.permutations((kind.read, kind.delete, kind.activate, kind.deactivate, kind.codes, *bodies))):
            assert scenes.verdict(at(api, operation, key, bodies.get(operation))) == (404, 4001)

    assert scenes.changes(api, before) == {}


@law(PROMO_CODES.create, OFFERS.create)
def a_key_is_taken_once_in_a_kind(api: Api, draw: Draw) -> None:
    """A second campaign of the same kind and key is refused with 6215; one of another kind, or in other letters, is not."""
    kind, key = draw(kinds), draw(external_ids().filter(lambda text: text.swapcase() != text))
    api.call(kind.create, body={**draw(kind.new), "external_id": key})
    again = scenes.refusal(api, kind.create, body={**draw(kind.new), "external_id": key})

    assert again == (422, 6215, {})
    assert api.call(kind.create, body={**draw(kind.new), "external_id": key.swapcase()}).status == 201
    assert api.call(other(kind).create, body={**draw(other(kind).new), "external_id": key}).status == 201


@law(PROMO_CODES.create, PROMO_CODES.update, OFFERS.create, OFFERS.update)
def a_campaign_names_items_of_the_catalog(api: Api, draw: Draw) -> None:
    """An item that the catalog lacks is refused with 4001, in whatever list it stands, and nothing is written."""
    kind = draw(kinds)
    off = {"discount": {"percent": "5"}}
    places: list[Json] = [{"bonus": [{"sku": "booster_1"}, {"sku": "absent"}]}, {"discounted_items": [{"sku": "absent", **off}]}]
    wrong = draw(st.sampled_from(places if kind is PROMO_CODES else [{"items": ["booster_1", "absent"]}]))
    body = {**draw(kind.newer), **wrong}
    campaign(api, kind, key="there")

    assert scenes.refusal(api, kind.update, path={"external_id": "there"}, body=body) == (404, 4001, {})
    assert scenes.refusal(api, kind.create, body={"external_id": "new", **body}) == (404, 4001, {})


@law(PROMO_CODES.list, OFFERS.list)
def the_list_of_campaigns_counts_them_all(api: Api, draw: Draw) -> None:
    """The oldest first, page after page as each reads alone; every page counts those that are on and off in the project."""
    kind, limit = draw(kinds), draw(st.integers(1, 3))
    bodies = draw(st.lists(kind.new, min_size=1, max_size=4, unique_by=lambda body: str(body["external_id"])))
    on = draw(st.lists(st.booleans(), min_size=len(bodies), max_size=len(bodies)))
    for body, is_enabled in zip(bodies, on, strict=True):
        api.call(kind.create, body=body)
        at(api, kind.activate if is_enabled else kind.deactivate, body["external_id"])
    campaign(api, other(kind), key="another")
    pages = list(scenes.pages(api, kind.list, limit))

    counts = {
        (page["total_promotions_count"], page["active_promotions_count"], page["inactive_promotions_count"]) for page in pages
    }
    assert counts == {(len(on), on.count(True), on.count(False))}
    assert [one for page in pages for one in page["items"]] == [at(api, kind.read, body["external_id"]).json() for body in bodies]


@law(PROMO_CODES.add, PROMO_CODES.codes, OFFERS.add, OFFERS.codes)
def a_code_belongs_to_one_campaign(api: Api, draw: Draw) -> None:
    """Codes are listed in the order in which they were added, case matters, and no other campaign can have one of them."""
    kind, rival = draw(kinds), draw(kinds)
    added = draw(st.lists(codes(), min_size=1, max_size=5, unique=True))
    campaign(api, kind, key="first")
    campaign(api, rival, key="second")
    answers = [add_code(api, kind, "first", code) for code in added]
    again = draw(st.sampled_from(added))

    assert [(answer.status, answer.json()) for answer in answers] == [(201, {"code": code}) for code in added]
    assert texts(api, kind, "first") == added
    for taker, key in ((kind, "first"), (rival, "second")):
        found = scenes.refusal(api, taker.add, path={"external_id": key}, body={"coupon_code": again})
        assert found == (422, 9803, {})


@law(PROMO_CODES.generate, PROMO_CODES.codes, OFFERS.generate, OFFERS.codes)
def generated_codes_are_new_and_counted(api: Api, draw: Draw) -> None:
    """Each call adds as many codes as it is asked for, behind those that are there; no two are the same, of whatever campaign."""
    kind, counts = draw(kinds), draw(st.lists(st.integers(1, 60), min_size=1, max_size=2))
    for name in KINDS:
        campaign(api, name, key="first")
    add_code(api, kind, "first", "CODE1")
    answers = [at(api, kind.generate, "first", {"count": count}).json() for count in counts]
    at(api, other(kind).generate, "first", {"count": 5})
    mine, theirs = texts(api, kind, "first"), texts(api, other(kind), "first")

    assert answers == [{"count": count} for count in counts]
    assert (mine[0], len(mine), len(theirs)) == ("CODE1", 1 + sum(counts), 5)
    assert len({*mine, *theirs}) == len(mine) + len(theirs)
    for one, added in ((kind, mine), (other(kind), theirs)):
        page = api.call(one.codes, path={"external_id": "first"}, query={"limit": 1}).json()
        assert (page["total_count"], [entry["code"] for entry in page["codes"]]) == (len(added), added[:1])
