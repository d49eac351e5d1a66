"""The laws of the upsell: what a shop proposes, and what users are shown."""

from hypothesis import strategies as st

from liveops_contract.api import Api, Json
from liveops_contract.checks import Draw, law
from liveops_contract.laws import scenes
from liveops_contract.laws.offer_chain_scenes import claim, done, open_chain, order, step
from liveops_contract.strategies import known_items, localized, upsell_input

READ, CREATE, REPLACE = "get-upsell-configurations-for-project-admin", "post-upsell", "put-upsell"
TOGGLE, SHOW = "put-upsell-toggle-active-inactive", "get-upsell-for-project-client"
SWITCHES = {"activate": True, "deactivate": False}
PAGE, DAY = 50, 86_400
SOLD = ("com.xsolla.item_3", "booster_1", "com.xsolla.item_1")
AGES = (0, 1, 29 * DAY, 30 * DAY, 30 * DAY + 1, 45 * DAY)  # of sales, in seconds


def fixed_list(*skus: str, is_enabled: bool = True) -> Json:
    """The body of an upsell that always proposes these items."""
    return {"is_enabled": is_enabled, "type": "fixed_list", "items": list(skus)}


def write(api: Api, body: Json) -> tuple[int, int | None]:
    """Create the upsell, or replace the one there is."""
    return scenes.verdict(api.call(REPLACE if api.call(READ).json() else CREATE, body=body))


def said(api: Api) -> list[Json]:
    """What an operator reads, the items by their SKUs."""
    return [{**upsell, "items": [item["sku"] for item in upsell["items"]]} for upsell in api.call(READ).json()]


def shown(api: Api, user: str = "user_1") -> list[str]:
    """The SKUs that a user is shown."""
    return [item["sku"] for item in api.call(SHOW, user=user).json()["items"]]


@law(CREATE, REPLACE, READ)
def an_upsell_reads_as_it_was_written(api: Api, draw: Draw) -> None:
    """Kind, switch and items are those that were written last, the items in their order; before there is none."""
    assert said(api) == []
    for body in draw(st.lists(upsell_input(), min_size=1, max_size=3)):
        assert write(api, body) == (202, None)
        assert said(api) == [{"items": [], **body}]


@law(READ)
def an_operator_reads_what_the_catalog_says_of_each_item(api: Api, draw: Draw) -> None:
    """Number, type and texts of each item of the list; a bundle says of which kind it is."""
    name, kind = draw(localized()), draw(st.sampled_from((None, "standard", "virtual_currency_package")))
    control = scenes.control_of(api)
    control.put_item("thing", name=name, type="bundle" if kind else "virtual_good", bundle_type=kind)
    write(api, fixed_list("com.xsolla.item_1", "thing"))
    known = [control.item(sku) for sku in ("com.xsolla.item_1", "thing")]
    expected = [{field: item[field] for field in ("item_id", "sku", "type", "name")} for item in known]
    expected[1] |= {"bundle_type": kind} if kind else {}

    assert api.call(READ).json()[0]["items"] == expected


@law(CREATE, needs_control=True)
def a_project_has_one_upsell(api: Api, draw: Draw) -> None:
    """A second creation is 422/6215, whatever there is is left as it was; another project is free to have its own."""
    first, second = draw(upsell_input()), draw(upsell_input())
    write(api, first)

    assert scenes.refusal(api, CREATE, body=second) == (422, 6215, {})
    other = api.sibling()
    assert said(other) == []
    assert scenes.verdict(other.call(CREATE, body=second)) == (202, None)
    assert said(api) == [{"items": [], **first}]


@law(REPLACE, TOGGLE)
def without_an_upsell_there_is_nothing_to_change(api: Api, draw: Draw) -> None:
    """Before the creation a replacement and a toggle are 404/4001, and none comes about; users are shown nothing."""
    calls = ((REPLACE, {"body": draw(upsell_input())}), (TOGGLE, {"path": {"toggle": draw(st.sampled_from(list(SWITCHES)))}}))
    for operation, call in draw(st.permutations(calls)):
        assert scenes.refusal(api, operation, **call) == (404, 4001, {})
    assert api.call(SHOW).json() == {"has_more": False, "items": []}


@law(CREATE, REPLACE)
def a_list_names_items_that_exist(api: Api, draw: Draw) -> None:
    """An unknown item is 404/4001 and is named; nothing changes."""
    known = draw(st.lists(known_items(), min_size=1, max_size=4, unique=True))
    if draw(st.booleans()):
        write(api, fixed_list("com.xsolla.item_1"))
    operation = REPLACE if said(api) else CREATE
    wrong = draw(st.sampled_from((["nothing"], ["nothing", "never"])))
    before = scenes.everything(api)
    answer = api.call(operation, body=fixed_list(*draw(st.permutations([*known, *wrong]))))

    assert scenes.verdict(answer) == (404, 4001)
    assert all(sku in answer.json()["errorMessage"] for sku in wrong)
    assert scenes.changes(api, before) == {}


@law(TOGGLE, SHOW, READ)
def an_upsell_is_shown_while_it_is_switched_on(api: Api, draw: Draw) -> None:
    """The last switch counts, also a repeated one; kind and items stay, and every user sees the same."""
    skus = draw(st.lists(known_items(), min_size=1, max_size=4, unique=True))
    is_enabled = draw(st.booleans())
    write(api, fixed_list(*skus, is_enabled=is_enabled))
    for switch in [None, *draw(st.lists(st.sampled_from(list(SWITCHES)), max_size=4))]:
        if switch:
            assert scenes.verdict(api.call(TOGGLE, path={"toggle": switch})) == (202, None)
            is_enabled = SWITCHES[switch]
        assert said(api) == [fixed_list(*skus, is_enabled=is_enabled)]
        assert shown(api, "user_1") == shown(api, "user_2") == (skus if is_enabled else [])


@law(SHOW)
def a_proposed_item_is_shown_as_the_catalog_has_it(api: Api, draw: Draw) -> None:
    """One language, the price in real money or none, and the value points that a piece gives; unknown is empty."""
    name, text, price = draw(localized()), draw(st.none() | localized()), draw(st.sampled_from((None, "0.99", "12")))
    amounts = {point: draw(st.sampled_from((0, 3, 2147483647))) for point in ("com.xsolla.value_point_1", "clan", "off")}
    for point in ("clan", "off"):
        scenes.new_value_point(api, point, is_clan=point == "clan", is_enabled=point != "off")
    scenes.control_of(api).put_item(
        "thing",
        name=name,
        description=text,
        price=price and {"amount": price, "currency": "EUR"},
        value_points=[{"sku": point, "amount": amount} for point, amount in amounts.items()],
    )
    write(api, fixed_list("thing"))
    (item,) = api.call(SHOW).json()["items"]

    assert (item["name"], item["description"]) == (in_one_language(name) or "thing", in_one_language(text))
    money = price and {"amount": price, "amount_without_discount": price, "currency": "EUR"}
    assert (item["price"], item["can_be_bought"], item["is_free"]) == (money, price is not None, False)
    points = {(point["sku"], point["amount"], point["is_clan"]) for point in item["vp_rewards"]}
    assert points == {(sku, amount, sku == "clan") for sku, amount in amounts.items() if amount and sku != "off"}
    assert [item[field] for field in ("groups", "attributes", "virtual_prices", "promotions", "periods")] == [[]] * 5
    assert [item[field] for field in ("image_url", "virtual_item_type", "limits")] == [None] * 3


def in_one_language(text: Json) -> str | None:
    """English where there is English, else the first language that has a text."""
    spelled = scenes.as_answered(text) or {}
    texts = [spelled.get("en"), *spelled.values()]
    return next((one for one in texts if one is not None), None)


@law(SHOW)
def the_first_fifty_items_are_proposed(api: Api, draw: Draw) -> None:
    """A longer list is cut at fifty, and `has_more` says so."""
    skus = [f"thing_{number}" for number in draw(st.permutations(range(PAGE + 1)))]
    for sku in skus:
        scenes.control_of(api).put_item(sku)
    for count in (PAGE - 1, PAGE, PAGE + 1):
        write(api, fixed_list(*skus[:count]))
        page = api.call(SHOW).json()

        assert [item["sku"] for item in page["items"]] == skus[:count][:PAGE]
        assert page["has_more"] is (count > PAGE)


@law(SHOW)
def without_promotions_there_is_none_to_propose(api: Api, draw: Draw) -> None:
    """`only_promotions` shows nothing while no item is under a promotion, whatever was listed or bought before."""
    write(api, fixed_list(draw(known_items())))
    scenes.control_of(api).purchase("user_1", {"com.xsolla.item_1": 1})
    write(api, {"is_enabled": True, "type": "only_promotions"})

    assert api.call(SHOW).json() == {"has_more": False, "items": []}


@law(SHOW)
def what_is_given_away_is_no_best_seller(api: Api, draw: Draw) -> None:
    """A paid step of an offer chain counts as a sale once it is paid, a free one never does."""
    free, paid = draw(st.permutations(SOLD))[:2]
    write(api, {"is_enabled": True, "type": "most_sellable"})
    number = scenes.new_offer_chain(api, open_chain(step(1, sku=free), step(2, sku=paid, is_free=False)))
    assert claim(api, number, 1) is None
    ordered = order(api, number, 2)["order_id"]
    before = shown(api)
    is_paid = draw(st.booleans())
    assert done(api, "pay" if is_paid else "cancel", ordered) is None

    assert (before, shown(api)) == ([], [paid] if is_paid else [])


@law(SHOW)
def the_best_sellers_of_thirty_days_come_first(api: Api, draw: Draw) -> None:
    """By pieces that anybody paid for and kept, equal ones by SKU; a sale counts until thirty days have passed."""
    control = scenes.control_of(api)
    write(api, {"is_enabled": True, "type": "most_sellable", "items": []})
    basket = st.dictionaries(st.sampled_from(SOLD), st.integers(1, 3), min_size=1, max_size=2)
    sale = st.tuples(st.sampled_from(AGES), basket, st.sampled_from(scenes.USERS), st.sampled_from((True, True, False)))
    sales = sorted(draw(st.lists(sale, min_size=2, max_size=6)), key=lambda one: -one[0])
    pieces: dict[str, int] = {}
    for (age, items, user, is_kept), (later, *_) in zip(sales, [*sales[1:], (0,)], strict=True):
        number = control.purchase(user, items)["order_id"]
        if not is_kept:
            control.refund(number)
        elif age <= 30 * DAY:
            pieces = {sku: pieces.get(sku, 0) + items.get(sku, 0) for sku in pieces.keys() | items.keys()}
        if age > later:
            control.advance(age - later)

    assert shown(api) == sorted(pieces, key=lambda sku: (-pieces[sku], sku))
    most = max(pieces.values(), default=0) + 1
    for sku in sorted(SOLD, reverse=True):
        control.purchase("user_1", {sku: most - pieces.get(sku, 0)})
    assert shown(api) == sorted(SOLD)
