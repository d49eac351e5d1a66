"""The laws of claiming in daily chains, and of what users see of them."""

from datetime import timedelta

from hypothesis import strategies as st

from liveops_contract.api import Api, Json
from liveops_contract.checks import Draw, law
from liveops_contract.laws import daily_chain_scenes as days
from liveops_contract.laws import scenes
from liveops_contract.laws.daily_chain_scenes import CALENDAR, DAY, NOW, ROLLING, SECOND
from liveops_contract.strategies import image_urls, known_items, localized, localized_or_null

LIST, READ, CLAIM = "get-daily-chains-list", "get-user-daily-chain-by-id", "claim-user-daily-chain-step-reward"
DELETE, TOGGLE, UPDATE = "admin-delete-daily-chain", "admin-toggle-daily-chain", "admin-update-daily-chain"
KINDS = st.sampled_from((CALENDAR, ROLLING))


@law(CLAIM)
def a_day_gives_all_its_items_once(api: Api, draw: Draw) -> None:
    """Every item of the step arrives in its quantity, for the user who claims; a second claim is 9912 and gives nothing."""
    gift = st.fixed_dictionaries({"sku": known_items(), "quantity": st.integers(1, 9)})
    gifts = draw(st.lists(gift, min_size=2, max_size=4))
    steps = [{"step_number": 1, "items": gifts}, days.step(2)]
    number, user = days.make(api, days.chain(*steps, type=draw(KINDS))), draw(st.sampled_from(scenes.USERS))
    answer = api.call(CLAIM, **days.claiming(number, 1, user))
    control, expected = scenes.control_of(api), dict.fromkeys((one["sku"] for one in gifts), 0)
    for one in gifts:
        expected[one["sku"]] += one["quantity"]

    assert (answer.status, answer.body) == (204, b"")
    assert [control.inventory(other) for other in scenes.USERS] == [expected if other == user else {} for other in scenes.USERS]
    assert scenes.refusal(api, CLAIM, **days.claiming(number, 1, user)) == (422, 9912, {})


@law(CLAIM, READ)
def a_step_is_claimed_on_its_day_alone(api: Api, draw: Draw) -> None:
    """Before its day it is refused with 6221, after it with 6222, and nothing changes."""
    kind, today = draw(KINDS), draw(st.integers(1, 3))
    number = days.make(api, days.chain(*days.steps(4), type=kind))
    if kind == ROLLING:
        days.claim(api, number, 1)
    days.go(api, NOW + (today + 1) * DAY - draw(st.sampled_from((DAY, SECOND))))
    tried = {place: scenes.refusal(api, CLAIM, **days.claiming(number, place)) for place in range(1, 5) if place != today + 1}

    lost: dict[int, Json] = {place: (422, 6222, {}) for place in range(1, today + 1)}
    lost |= {1: (422, 9912, {})} if kind == ROLLING else {}
    assert tried == lost | {place: (422, 6221, {}) for place in range(today + 2, 5)}
    assert days.claim(api, number, today + 1) is None


@law(CLAIM, READ)
def a_day_that_does_not_exist_is_not_found(api: Api, draw: Draw) -> None:
    """A chain that the project lacks is refused with 4001, a step that the chain lacks with 9911, and nothing changes."""
    number = days.make(api, days.chain(days.step(2), days.step(4), type=draw(KINDS)))
    place = draw(st.sampled_from((1, 3, 5, 2147483647)))
    strange = draw(st.sampled_from((number + 1, 2147483647)))

    assert scenes.refusal(api, CLAIM, **days.claiming(number, place)) == (404, 9911, {})
    assert scenes.refusal(api, CLAIM, **days.claiming(strange, 2)) == (404, 4001, {})
    assert scenes.verdict(api.call(READ, path={"daily_chain_id": strange})) == (404, 4001)


@law(LIST, READ, CLAIM)
def a_daily_chain_is_open_between_its_dates(api: Api, draw: Draw) -> None:
    """From the second it starts until the second it ends, where it is switched on; else it is not found, and nothing is given."""
    start, end = NOW + 7 * DAY + timedelta(seconds=5), NOW + 9 * DAY
    is_enabled, begins = draw(st.integers(0, 3)) > 0, days.spelled(start, draw)
    ends = {}
    for date_end in (days.spelled(end, draw), None):
        body = days.chain(*days.steps(2), date_start=begins, date_end=date_end, type=ROLLING, is_enabled=is_enabled)
        ends[days.make(api, body)] = date_end
    for place, now in enumerate(edge + second * SECOND for edge in (start, end) for second in (-1, 0, 1)):
        days.go(api, now)
        user, given = f"user_{place}", 0
        listed = [one["id"] for one in scenes.listed(api, LIST, 50)]
        for number, date_end in ends.items():
            is_open = is_enabled and start <= now and (date_end is None or now < end)
            read = scenes.verdict(api.call(READ, path={"daily_chain_id": number}))
            claimed = scenes.verdict(api.call(CLAIM, **days.claiming(number, 1, user)))
            given += is_open

            refused = ((404, 4001), (404, 4001))
            assert (number in listed, read, claimed) == (is_open, *(((200, None), (204, None)) if is_open else refused))
        assert scenes.control_of(api).inventory(user) == ({days.ITEM: given} if given else {})


@law(LIST, READ, CLAIM)
def users_share_no_days(api: Api, draw: Draw) -> None:
    """What one user claims changes nothing for another, in any chain, and nothing in another project."""
    number, other = (days.make(api, days.chain(*days.steps(2), type=draw(KINDS))) for _ in range(2))
    elsewhere = api.sibling()
    twin = days.make(elsewhere, days.chain(*days.steps(2), type=draw(KINDS)))
    before = (scenes.listed(api, LIST, 50), days.seen(elsewhere, twin, "user_2"), days.told(api, other, "user_2"))
    days.claim(api, number, 1, "user_2")

    assert (scenes.listed(api, LIST, 50), days.seen(elsewhere, twin, "user_2"), days.told(api, other, "user_2")) == before
    assert days.statuses(api, number, "user_2") == ["claimed", "claim_in_future"]
    assert [scenes.control_of(one).inventory("user_2") for one in (api, elsewhere)] == [{days.ITEM: 1}, {}]


@law(TOGGLE, CLAIM, READ)
def progress_stays_while_a_daily_chain_is_off(api: Api, draw: Draw) -> None:
    """Switched off and on again the chain stands as if it had been on all the time."""
    facts = {"type": draw(KINDS), "is_recurrent": draw(st.booleans())}
    numbers = [days.make(api, days.chain(*days.steps(3), **facts)) for _ in range(2)]
    for number in numbers:
        days.claim(api, number, 1)
    days.toggle(api, numbers[0])
    days.go(api, NOW + timedelta(hours=draw(st.integers(0, 80))))
    days.toggle(api, numbers[0])

    assert days.told(api, numbers[0]) == days.told(api, numbers[1])


@law(UPDATE, CLAIM, READ)
def progress_stays_with_the_steps_that_stay(api: Api, draw: Draw) -> None:
    """A claimed step that an update names by its id is claimed still, wherever it stands; one that is new is not."""
    kind = draw(KINDS)
    number = days.make(api, days.chain(*days.steps(3), type=kind))
    ids = days.step_ids(api, number)
    for place in (1, 2):
        for user in scenes.USERS[:place]:
            assert days.claim(api, number, place, user) in (None, 6221)
        days.go(api, NOW + place * DAY)
    had = {user: dict(zip(ids, days.statuses(api, number, user), strict=True)) for user in scenes.USERS}
    kept = draw(st.lists(st.sampled_from(ids), unique=True, min_size=1))
    order = draw(st.permutations([*kept, None]))
    days.rewrite(api, number, days.chain(*(days.step(place, step_id=one) for place, one in enumerate(order, 1)), type=kind))

    claimed = {user: [one is not None and had[user][one] == "claimed" for one in order] for user in scenes.USERS}
    now = {user: [status == "claimed" for status in days.statuses(api, number, user)] for user in scenes.USERS}
    assert now == claimed


@law(DELETE, CLAIM, READ)
def what_was_received_stays_after_a_deletion(api: Api, draw: Draw) -> None:
    """The items stay, the progress does not: a chain that is made anew begins from the start."""
    body = days.chain(*days.steps(2), type=draw(KINDS))
    number, user = days.make(api, body), draw(st.sampled_from(scenes.USERS))
    days.claim(api, number, 1, user)
    answer = api.call(DELETE, path={"daily_chain_id": number})
    new = days.make(api, body)

    assert answer.status == 204
    assert days.statuses(api, new, user) == ["claimable", "claim_in_future"]
    assert scenes.control_of(api).inventory(user) == {days.ITEM: 1}


@law(READ)
def a_user_reads_days_in_one_language(api: Api, draw: Draw) -> None:
    """Texts are English where there is English, else the first language that has a text."""
    drawn = draw(localized_or_null()), draw(localized_or_null())
    for name, text in (({"en": "One", "de": "Eins"}, {"de": "Zwei", "en": "Two"}), drawn):
        read = days.seen(api, days.make(api, days.chain(name=name, description=text)))

        assert (read["name"], read["description"]) == (one_language(name) or "", one_language(text))


def one_language(text: Json) -> str | None:
    """English, or the first text there is."""
    told = {code: said for code, said in (scenes.as_answered(text) or {}).items() if said is not None}
    return str(told.get("en", next(iter(told.values())))) if told else None


@law(READ)
def users_see_the_items_of_days_as_the_catalog_has_them(api: Api, draw: Draw) -> None:
    """Texts, kind and picture are those of the catalog; an item is free where its price is nought."""
    control, price = scenes.control_of(api), draw(st.sampled_from(("0", "0.00", "0.01", "10", None)))
    facts = {"name": draw(localized()), "description": draw(localized_or_null()), "image_url": draw(image_urls())}
    bundle = draw(st.sampled_from(("standard", "virtual_currency_package", None)))
    money = price and {"amount": price, "currency": "USD"}
    kind = "bundle" if bundle else draw(st.sampled_from(("virtual_good", "virtual_currency")))
    control.put_item(days.ITEM, **facts, type=kind, bundle_type=bundle, price=money)
    (shown,) = days.seen(api, days.make(api, days.chain(days.step(7))))["steps"][0]["items"]

    expected = {"item_id": control.item(days.ITEM)["item_id"], "sku": days.ITEM, "type": kind, "quantity": 7}
    texts = {"name": one_language(facts["name"]) or days.ITEM, "description": one_language(facts["description"])}
    expected |= {**texts, "image_url": facts["image_url"], "is_free": price in ("0", "0.00")}
    assert shown == expected | ({"bundle_type": bundle} if bundle else {})
