"""The laws of the personalized catalog: which items a user sees and can buy."""

from itertools import product

from hypothesis import strategies as st

from liveops_contract.api import Api, Json
from liveops_contract.checks import Draw, law
from liveops_contract.control import ControlRefused
from liveops_contract.laws import scenes
from liveops_contract.laws.personalization import CHANGE, CREATE, DELETE, at, new_rule

SHOW = "get-upsell-for-project-client"
SHELF = ("booster_1", "com.xsolla.item_1", "com.xsolla.box_1")
ORK, ELF, STRANGER = "user_1", "user_2", "user_3"
PLAYERS = {
    ORK: {"race": "ork", "level": "9", "born": "2024-05-01", "odd": "9 lives"},
    ELF: {"race": "elf", "level": "10", "born": "2024-05-01T00:00:01Z", "odd": "NaN"},
    STRANGER: {},
}
# Condition, and whom it suits: found by looking, not by reckoning.
SUITED: tuple[tuple[tuple[str, str, str, str], set[str]], ...] = (
    (("race", "string", "eq", "ork"), {ORK}),
    (("race", "string", "eq", "Ork"), set()),
    (("race", "string", "ne", "ork"), {ELF}),
    (("race", "string", "ne", "dwarf"), {ORK, ELF}),
    (("level", "number", "eq", "10.0"), {ELF}),
    (("level", "string", "eq", "10.0"), set()),
    (("level", "number", "ne", "09"), {ELF}),
    (("level", "number", "er", "10"), {ORK}),
    (("level", "number", "lt", "9"), {ELF}),
    (("level", "number", "ee", "9.00"), {ORK}),
    (("level", "number", "le", "9.5"), {ELF}),
    (("level", "number", "le", "many"), set()),
    (("born", "date", "eq", "2024-05-01T02:00:00+02:00"), {ORK}),
    (("born", "date", "er", "2024-05-01T00:00:01+00:00"), {ORK}),
    (("born", "date", "lt", "2024-05-01"), {ELF}),
    (("born", "date", "ee", "2024-04-30T19:00:00-05:00"), {ORK}),
    (("born", "date", "le", "2024-05-01T00:00:00Z"), {ORK, ELF}),
    (("odd", "number", "ne", "1"), set()),
    (("odd", "date", "ne", "2024-05-01"), set()),
)


@st.composite
def suited_conditions(draw: st.DrawFn) -> tuple[list[Json], set[str]]:
    """One or two conditions, and whom they suit."""
    suited, conditions = set(PLAYERS), []
    for (attribute, kind, operator, value), fitting in draw(st.lists(st.sampled_from(SUITED), min_size=1, max_size=2)):
        missing = draw(st.sampled_from((None, False, True)))
        suited &= fitting | ({STRANGER} if missing else set())
        condition = {"attribute": attribute, "type": kind, "operator": operator, "value": value}
        conditions.append(condition if missing is None else {**condition, "can_be_missing": missing})
    return conditions, suited


@st.composite
def rules(draw: st.DrawFn) -> tuple[Json, set[str]]:
    """The body of a rule, and whom it suits."""
    conditions, suited = draw(suited_conditions())
    items = draw(st.lists(st.sampled_from(SHELF), min_size=1, max_size=2, unique=True))
    switches = {"is_enabled": draw(st.sampled_from((True, True, False))), "is_satisfied_for_unauth": draw(st.booleans())}
    body = {"name": "Rule", **switches, "attribute_conditions": conditions, "items": [{"sku": sku} for sku in items]}
    return body, suited


def furnish(api: Api) -> None:
    """An upsell with three items, and three users."""
    api.call("post-upsell", body={"is_enabled": True, "type": "fixed_list", "items": list(SHELF)})
    for user, attributes in PLAYERS.items():
        scenes.control_of(api).put_user(user, attributes=attributes)


def expected(written: list[tuple[Json, set[str]]]) -> dict[str, list[str]]:
    """What each user sees: items that no rule names that is switched on, and those of rules that suit the user."""
    active = [(body, suited) for body, suited in written if body["is_enabled"]]
    seen: dict[str, list[str]] = {user: [] for user in PLAYERS}
    for sku in SHELF:
        naming = [suited for body, suited in active if {"sku": sku} in body["items"]]
        for user in PLAYERS:
            if not naming or any(user in suited for suited in naming):
                seen[user].append(sku)
    return seen


def shelves(api: Api) -> dict[str, list[str]]:
    """What each user is shown."""
    return {user: [item["sku"] for item in api.call(SHOW, user=user).json()["items"]] for user in PLAYERS}


@law(SHOW, CREATE)
def a_user_sees_what_rules_show_or_do_not_name(api: Api, draw: Draw) -> None:
    """All conditions of a rule have to hold, one of several rules is enough, and what no rule names is for everybody."""
    furnish(api)
    written = draw(st.lists(rules(), min_size=3, max_size=4))
    for count, (body, _) in enumerate(written, 1):
        new_rule(api, body)

        assert shelves(api) == expected(written[:count])


@law(SHOW, CHANGE, DELETE)
def the_catalog_follows_its_rules(api: Api, draw: Draw) -> None:
    """A rule counts from its creation to its end, and only while it is switched on."""
    furnish(api)
    first, second = draw(rules()), draw(rules())
    numbers = [new_rule(api, body) for body, _ in (first, second)]
    other = draw(rules())[0]
    is_enabled = draw(st.booleans())
    api.call(CHANGE, path=at(numbers[0]), body={"is_enabled": is_enabled, "items": other["items"]})
    changed = {**first[0], "is_enabled": is_enabled, "items": other["items"]}, first[1]

    assert shelves(api) == expected([changed, second])
    api.call(DELETE, path=at(numbers[0]))
    assert shelves(api) == expected([second])
    api.call(DELETE, path=at(numbers[1]))
    assert shelves(api) == {user: list(SHELF) for user in PLAYERS}


@law(SHOW, CREATE)
def nobody_buys_what_is_kept_back(api: Api, draw: Draw) -> None:
    """A purchase with an item that the user does not see is 404/4001 and gives nothing, anything else is sold."""
    furnish(api)
    written = draw(st.lists(rules(), min_size=1, max_size=2))
    for body, _ in written:
        new_rule(api, body)
    seen = expected(written)
    for user in (ORK, ELF):
        before = scenes.everything(api)
        for first, second in product(seen[user][:1], [sku for sku in SHELF if sku not in seen[user]][:1]):
            assert (bought(api, user, [first, second]), scenes.changes(api, before)) == (4001, {})
        basket = draw(st.lists(st.sampled_from(SHELF), min_size=1, max_size=2, unique=True))
        code = bought(api, user, basket)
        assert code == (None if set(basket) <= set(seen[user]) else 4001)
        assert code is None or scenes.changes(api, before) == {}
        assert scenes.control_of(api).inventory(user) == ({} if code else dict.fromkeys(basket, 1))


def bought(api: Api, user: str, skus: list[str]) -> int | None:
    """Buy one piece of each item; the code of the refusal, or None."""
    try:
        scenes.control_of(api).purchase(user, dict.fromkeys(skus, 1))
    except ControlRefused as refusal:
        return refusal.code
    return None


@law(SHOW, CREATE)
def fifty_items_are_proposed_of_those_that_are_seen(api: Api, draw: Draw) -> None:
    """What is kept back takes no place on the page, and is no more to come."""
    furnish(api)
    count, hidden = draw(st.sampled_from((50, 51))), draw(st.integers(1, 3))
    skus = [f"thing_{number}" for number in range(count + hidden)]
    for sku in skus:
        scenes.control_of(api).put_item(sku)
    kept_back = draw(st.lists(st.sampled_from(skus), min_size=hidden, max_size=hidden, unique=True))
    condition = {"attribute": "race", "type": "string", "operator": "eq", "value": "ork"}
    items = [{"sku": sku} for sku in kept_back]
    new_rule(api, {"name": "Rule", "is_enabled": True, "attribute_conditions": [condition], "items": items})
    api.call("put-upsell", body={"is_enabled": True, "type": "fixed_list", "items": skus})
    page = api.call(SHOW, user=ELF).json()

    assert [item["sku"] for item in page["items"]] == [sku for sku in skus if sku not in kept_back][:50]
    assert page["has_more"] is (count > 50)
