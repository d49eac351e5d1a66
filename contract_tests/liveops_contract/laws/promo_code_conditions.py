"""The laws of promo codes with conditions on prices, of single items and of the cart as a whole."""

from fractions import Fraction

from hypothesis import strategies as st

from liveops_contract.api import Api, Json
from liveops_contract.checks import Draw, law
from liveops_contract.laws import scenes
from liveops_contract.laws.promo_code_carts import SKUS, drawn_shop
from liveops_contract.laws.promo_code_scenes import PROMO_CODES, REDEEM, amounts, cost, gifts, promo_code, redeem, remove, stock

OPERATORS = {"ge": (0, 1), "gt": (1,), "le": (-1, 0), "lt": (-1,), "eq": (0,), "ne": (-1, 1)}


def meets(amount: Fraction, condition: Json) -> bool:
    """Whether an amount meets a condition."""
    bound = Fraction(condition["value"])
    return (amount > bound) - (amount < bound) in OPERATORS[condition["operator"]]


def conditions_near(amounts_seen: list[Fraction]) -> st.SearchStrategy[list[Json]]:
    """One or two conditions whose bounds are those amounts, or a little off."""
    near = [amount + Fraction(step, 10_000) for amount in amounts_seen for step in (-1, 0, 1)]
    one = st.fixed_dictionaries({"operator": st.sampled_from(sorted(OPERATORS)), "value": st.sampled_from(near).map(written)})
    return st.lists(one, min_size=1, max_size=2)


def written(amount: Fraction) -> str:
    """An amount with four decimals."""
    whole, rest = divmod(int(amount * 10_000), 10_000)
    return f"{whole}.{rest:04}"


@law(REDEEM)
def conditions_on_the_cart_are_met_by_its_whole_price(api: Api, draw: Draw) -> None:
    """Where all of them hold, the code is for the entire cart; where one does not, it is refused with 6261."""
    prices, items = drawn_shop(api, draw)
    total = cost(prices, items, {})
    conditions = draw(conditions_near([total]))
    promo_code(api, discount={"percent": "50.0"}, price_conditions=conditions)
    before = scenes.everything(api)
    answer = redeem(api)

    if all(meets(total, condition) for condition in conditions):
        assert amounts(answer.json())[0] == cost(prices, items, dict.fromkeys(items, ("50.0",)))
    else:
        assert (*scenes.verdict(answer), scenes.changes(api, before)) == (422, 6261, {})


@law(REDEEM, PROMO_CODES.create)
def conditions_on_items_choose_the_items(api: Api, draw: Draw) -> None:
    """The code is for those items whose price in the catalog meets all conditions; without one it is refused with 6261."""
    prices, items = drawn_shop(api, draw)
    conditions = draw(conditions_near([Fraction(prices[sku]) for sku in items]))
    bonus = draw(st.sampled_from((None, [{"sku": "booster_1"}])))
    promo_code(api, discount={"percent": "50.0"}, bonus=bonus, item_price_conditions=conditions)
    before = scenes.everything(api)
    answer = redeem(api)

    fitting = [sku for sku in items if all(meets(Fraction(prices[sku]), condition) for condition in conditions)]
    if fitting:
        assert amounts(answer.json())[0] == cost(prices, items, dict.fromkeys(fitting, ("50.0",)))
        assert gifts(answer.json()) == ({"booster_1": 1} if bonus else {})
    else:
        assert (*scenes.verdict(answer), scenes.changes(api, before)) == (422, 6261, {})


@law(REDEEM, PROMO_CODES.create)
def each_operator_tells_prices_at_its_bound(api: Api, draw: Draw) -> None:  # noqa: ARG001 - all of them are tried
    """A cent below, at, and a cent above: of an item, and of the whole cart; of two conditions both have to hold."""
    prices = dict(zip(SKUS, ("4.99", "5.00", "5.01"), strict=True))
    stock(api, prices)
    scenes.control_of(api).fill_cart("user_1", dict.fromkeys(prices, 1))
    total, half = Fraction(15), ("50.0",)
    for operator in OPERATORS:
        condition = {"operator": operator, "value": "5.00"}
        promo_code(api, operator, key=operator, discount={"percent": "50.0"}, item_price_conditions=[condition])
        fitting = [sku for sku, price in prices.items() if meets(Fraction(price), condition)]
        assert amounts(redeem(api, operator).json())[0] == cost(prices, dict.fromkeys(prices, 1), dict.fromkeys(fitting, half))
        remove(api)
        for bound in ("14.99", "15.00", "15.01"):
            condition, code = {"operator": operator, "value": bound}, f"{operator}{bound[-2:]}"
            promo_code(api, code, key=code, discount={"percent": "50.0"}, price_conditions=[condition])
            assert redeem(api, code).error_code == (None if meets(total, condition) else 6261)
            remove(api)
    fits, fails = {"operator": "ge", "value": "15.00"}, {"operator": "gt", "value": "15.00"}
    for code, both in (("FIRST", [fails, fits]), ("LAST", [fits, fails])):
        promo_code(api, code, key=code, discount={"percent": "50.0"}, price_conditions=both)
        assert redeem(api, code).error_code == 6261
