"""The laws of calls that switch, count, hand out and start over: what they change is seen at once, and in their project alone."""

from liveops_contract.api import NOTHING, Api, Json
from liveops_contract.checks import Draw, law
from liveops_contract.description import operation_table
from liveops_contract.laws import clans, daily_chain_scenes, offer_chain_scenes, reward_chain_scenes, scenes
from liveops_contract.laws.touring import Read, Step, tour

KEY, CODE, USER = "thing", "CODE{}", "user_1"
AT = {"external_id": KEY}
GIFT = [{"sku": "booster_1", "quantity": 1}]


class Orders:
    """What the control door tells of the orders of a user."""

    def of(self, api: Api) -> Json:
        """All of them."""
        return scenes.control_of(api).orders(USER)


def _campaign(api: Api, create: str, **facts: Json) -> None:
    scenes.control_of(api).put_user(USER)
    api.call(create, body={"external_id": KEY, "name": {"en": KEY}, **facts})


def _codes(kind: str, create: str, generate: str, codes: str) -> list[Step]:
    """Switch a campaign on and fill it with codes."""
    read = Read(f"get-{kind}", AT)
    switched = Step(f"activate-{kind}", read, AT)
    added = Step(create, Read(codes, AT), AT, {"coupon_code": CODE})
    return [switched, added, Step(generate, Read(codes, AT), AT, {"count": 2})]


@law("activate-promotion", "deactivate-promotion", "get-item-promotion", "get-promotion-list")
def a_switch_of_a_promotion_is_seen_there_alone(api: Api, draw: Draw) -> None:  # noqa: ARG001 - one tour
    """On and off, alone and in the list of all."""

    def prepare(one: Api) -> None:
        body = {
            "name": {"en": "Sale"},
            "discount": {"percent": "10"},
            "items": [{"sku": "com.xsolla.item_1"}],
            "is_enabled": False,
        }
        one.call("create-item-promotion", body=body)

    at = {"promotion_id": 1}
    seen = (Read("get-item-promotion", at), Read("get-promotion-list"))
    tour(api, prepare, [Step(act, read, at) for read in seen for act in ("activate-promotion", "deactivate-promotion")])


@law(
    *("activate-coupon", "create-coupon-code", "generate-coupon-codes", "redeem-coupon", "deactivate-coupon"),
    *("get-coupon", "get-coupon-codes", "get-coupon-code-limit", "update-coupon-promotion"),
    *("verify-promotion-code", "get-redeemable-promotion-by-code", "admin-create-coupon"),
)
def what_becomes_of_a_coupon_is_seen_there_alone(api: Api, draw: Draw) -> None:  # noqa: ARG001 - one tour
    """Switched on, given codes, changed, redeemed, and switched off."""
    facts = {"redeem_code_limit": 9, "redeem_user_limit": 9}
    redeemed, asked = {"coupon_code": CODE}, {"code": "CODE1"}
    updates = [
        Step("update-coupon-promotion", seen, AT, {"name": {"en": KEY}, **facts, "bonus": [{**GIFT[0], "quantity": pieces}]})
        for seen in (Read("verify-promotion-code", asked, {}, USER), Read("get-redeemable-promotion-by-code", asked))
        for pieces in (2, 3)
    ]
    steps = [
        *_codes("coupon", "create-coupon-code", "generate-coupon-codes", "get-coupon-codes"),
        *updates,
        Step("redeem-coupon", Read("get-coupon-code-limit", AT), {}, redeemed, USER),
        Step("deactivate-coupon", Read("get-coupon", AT), AT),
    ]
    tour(api, lambda one: _campaign(one, "admin-create-coupon", bonus=GIFT, **facts), steps)


@law(
    *("activate-promo-code", "create-promo-code-code", "generate-promo-code-codes", "redeem-promo-code"),
    *("remove-cart-promo-code", "deactivate-promo-code", "get-promo-code", "get-promocode-codes", "get-promo-code-code-limit"),
    "create-promo-code",
)
def what_becomes_of_a_promo_code_is_seen_there_alone(api: Api, draw: Draw) -> None:  # noqa: ARG001 - one tour
    """Switched on, given codes, put into a cart and taken out again, and switched off."""

    def prepare(one: Api) -> None:
        scenes.control_of(one).put_item("gem", price={"amount": "10.00", "currency": "USD"})
        _campaign(one, "create-promo-code", discount={"percent": "10"}, redeem_code_limit=5)
        scenes.control_of(one).fill_cart(USER, {"gem": 1})

    limits = Read("get-promo-code-code-limit", AT)
    steps = [
        *_codes("promo-code", "create-promo-code-code", "generate-promo-code-codes", "get-promocode-codes"),
        Step("redeem-promo-code", limits, {}, {"coupon_code": CODE}, USER),
        Step("remove-cart-promo-code", limits, {}, {}, USER),
        Step("deactivate-promo-code", Read("get-promo-code", AT), AT),
    ]
    tour(api, prepare, steps)


@law(
    *("activate-unique-catalog-offer", "create-unique-catalog-offer-code", "generate-unique-catalog-offer-codes"),
    *("deactivate-unique-catalog-offer", "get-unique-catalog-offer", "get-unique-catalog-offer-codes"),
    "admin-create-unique-catalog-offer",
)
def what_becomes_of_an_offer_is_seen_there_alone(api: Api, draw: Draw) -> None:  # noqa: ARG001 - one tour
    """Switched on, given codes, and switched off."""
    kind, codes = "unique-catalog-offer", "get-unique-catalog-offer-codes"
    steps = _codes(kind, "create-unique-catalog-offer-code", "generate-unique-catalog-offer-codes", codes)
    off = Step("deactivate-unique-catalog-offer", Read("get-unique-catalog-offer", AT), AT)
    tour(api, lambda one: _campaign(one, "admin-create-unique-catalog-offer", items=["com.xsolla.item_1"]), [*steps, off])


@law("admin-toggle-daily-chain", "claim-user-daily-chain-step-reward", "admin-reset-daily-chain", "get-user-daily-chain-by-id")
def what_becomes_of_a_daily_chain_is_seen_there_alone(api: Api, draw: Draw) -> None:  # noqa: ARG001 - one tour
    """Switched off and on, claimed, and started over."""
    days, at = daily_chain_scenes, {"daily_chain_id": 1}
    toggle, mine = (
        Step("admin-toggle-daily-chain", Read("admin-get-daily-chain", at), at),
        Read("get-user-daily-chain-by-id", at, {}, USER),
    )
    claim = Step("claim-user-daily-chain-step-reward", mine, {**at, "step_number": 1}, NOTHING, USER)
    steps = [toggle, toggle, claim, Step("admin-reset-daily-chain", mine, at)]
    tour(api, lambda one: days.make(one, days.chain(*days.steps(3), type=days.ROLLING)), steps)


@law("admin-toggle-offer-chain", "claim-user-offer-chain-step-reward", "order-user-offer-chain-step-reward")
def what_becomes_of_an_offer_chain_is_seen_there_alone(api: Api, draw: Draw) -> None:  # noqa: ARG001 - one tour
    """Switched off and on, claimed, and ordered."""
    offers, at = offer_chain_scenes, {"offer_chain_id": 1}
    toggle, mine = (
        Step("admin-toggle-offer-chain", Read("admin-get-offer-chain", at), at),
        Read("get-user-offer-chain-by-id", at, {}, USER),
    )
    claim = Step("claim-user-offer-chain-step-reward", mine, {**at, "step_number": "{}"}, NOTHING, USER)
    body = offers.open_chain(offers.step(1), offers.step(2))
    tour(api, lambda one: scenes.new_offer_chain(one, body), [toggle, toggle, claim])


@law("order-user-offer-chain-step-reward")
def an_order_of_a_step_is_made_there_alone(api: Api, draw: Draw) -> None:  # noqa: ARG001 - one tour
    """One for each call, in the project of the call."""
    offers, path = offer_chain_scenes, {"offer_chain_id": 1, "step_number": 1}
    body = offers.open_chain(offers.step(1, is_free=False))
    order = Step("order-user-offer-chain-step-reward", Orders(), path, NOTHING, USER)
    tour(api, lambda one: scenes.new_offer_chain(one, body), [order])


@law(
    "admin-toggle-reward-chain",
    "claim-user-reward-chain-step-reward",
    "admin-reset-reward-chain",
    "get-user-reward-chain-balance",
)
def what_becomes_of_a_reward_chain_is_seen_there_alone(api: Api, draw: Draw) -> None:  # noqa: ARG001 - one tour
    """Switched off and on, claimed, and started over."""
    rewards, at = reward_chain_scenes, {"reward_chain_id": 1}
    toggle, mine = (
        Step("admin-toggle-reward-chain", Read("admin-get-reward-chain", at), at),
        Read("get-reward-chains-list", {}, {}, USER),
    )

    def prepare(one: Api) -> None:
        rewards.make(one, rewards.open_chain(0, 5))

    claim = Step("claim-user-reward-chain-step-reward", mine, {**at, "step_id": 1}, NOTHING, USER)
    tour(api, prepare, [toggle, toggle, claim, Step("admin-reset-reward-chain", mine, at)])


@law("put-upsell", "put-upsell-toggle-active-inactive", "get-upsell-configurations-for-project-admin")
def what_becomes_of_the_upsell_is_seen_there_alone(api: Api, draw: Draw) -> None:  # noqa: ARG001 - one tour
    """Replaced, and switched off and on."""
    seen = Read("get-upsell-configurations-for-project-admin")

    def prepare(one: Api) -> None:
        one.call("post-upsell", body={"is_enabled": True, "type": "fixed_list", "items": ["com.xsolla.item_1"]})

    bodies = [{"is_enabled": True, "type": "fixed_list", "items": items} for items in (["booster_1"], ["com.xsolla.item_1"])]
    switches = [Step("put-upsell-toggle-active-inactive", seen, {"toggle": word}) for word in ("deactivate", "activate")]
    tour(api, prepare, [*(Step("put-upsell", seen, {}, body) for body in bodies), *switches])


@law(
    *("admin-set-items-value-point-reward", "admin-patch-items-value-point-reward"),
    *("admin-delete-items-value-point-reward", "admin-get-items-value-point-reward"),
)
def what_an_item_carries_is_seen_there_alone(api: Api, draw: Draw) -> None:  # noqa: ARG001 - one tour
    """Set, changed, and taken away."""
    at = {"value_point_sku": "com.xsolla.value_point_1"}
    seen = Read("admin-get-items-value-point-reward", at)
    bodies = [[{"sku": "com.xsolla.item_1", "amount": amount}] for amount in (3, 4)]
    acts = ("admin-set-items-value-point-reward", "admin-patch-items-value-point-reward")
    steps = [Step(act, seen, at, body) for act, body in zip(acts, bodies, strict=True)]
    tour(api, lambda _: None, [*steps, Step("admin-delete-items-value-point-reward", seen, at)])


@law("create-filter-rule", "patch-filter-rule-by-id", "update-filter-rule-by-id", "get-all-filter-rules", "get-filter-rules")
def what_becomes_of_a_filter_rule_is_seen_there_alone(api: Api, draw: Draw) -> None:  # noqa: ARG001 - one tour
    """Made, changed and replaced; the short list of all tells it too."""
    at, short = {"rule_id": 1}, Read("get-all-filter-rules")
    body = {**operation_table()["create-filter-rule"].example_body, "name": "Rule {}"}
    steps = [
        Step("create-filter-rule", short, {}, body),
        Step("patch-filter-rule-by-id", short, at, {"name": "Changed {}"}),
        Step("update-filter-rule-by-id", short, at, {**body, "name": "Replaced {}"}),
    ]
    tour(api, lambda _: None, steps)


@law("get-user-clan-top-contributors", "user-clan-update")
def a_contribution_is_told_at_once(api: Api, draw: Draw) -> None:  # noqa: ARG001 - nothing is drawn
    """Of two members of one name the one with more points first, both where they have the same; in their project alone."""
    projects = (api, api.sibling())
    chains = [clans.clan_chain(one, 50) for one in projects]
    earned = [{"user_1": 0, "user_2": 0} for _ in projects]
    for one in projects:
        for user in earned[0]:
            scenes.control_of(one).put_user(user, name="Ann", clan="red")
            one.call("user-clan-update", user=user)
    for user, points in (("user_1", 1), ("user_2", 1), ("user_1", 3)):
        for place, one in enumerate(projects):
            clans.earn(one, user, points + place)
            earned[place][user] += points + place
            for number, other in enumerate(projects):
                path = {"reward_chain_id": chains[number]}
                told = other.call("get-user-clan-top-contributors", path=path, user=user).json()
                best = sorted(filter(None, earned[number].values()), reverse=True)
                assert told == [{"name": "Ann", "contributed_amount": amount} for amount in best]
