"""The laws of limits per user, call by call: each changes what is left to one user, in one project, and is read so."""

from collections.abc import Callable

from liveops_contract.api import Api, Json
from liveops_contract.checks import Draw, law
from liveops_contract.laws import scenes
from liveops_contract.laws.scenes import USERS

TOTAL = 9
LIMITS = {"per_user": TOTAL, "recurrent_schedule": None}
# What is done to the limit of a user, with which number, and what is left of nine then: other numbers for the other user.
CALLS = (("set", 3, 3), ("add", 4, 7), ("remove", 2, 5), ("add", 1, 6), ("set", 8, 8), ("remove", 5, 3))
GIFT = [{"sku": "booster_1", "quantity": 1}]


class Limits:
    """What should be left to each user in each of two projects."""

    def __init__(self, api: Api, word: str, at: Json) -> None:
        self.projects = (api, api.sibling())
        self.word = word
        self.at = at
        self.left = {(place, user): TOTAL for place in range(2) for user in USERS}

    def prepare(self, make: Callable[[Api], object]) -> None:
        """Make the thing and the users in both."""
        for one in self.projects:
            make(one)
            for user in USERS:
                scenes.control_of(one).put_user(user)

    def walk(self) -> None:
        """Every call for every user in every project."""
        for act, number, rest in CALLS:
            for user, less in ((USERS[1], 1), (USERS[0], 0)):
                for place in (1, 0):
                    self._changed(place, act, user, number - less * (act == "set"), rest - less)

    def reset(self, operation: str, path: Json, user: str | None) -> None:
        """Make it whole again for a user, or for everybody, in the one project and then in the other."""
        for place in (1, 0):
            body = {"user": user and {"user_external_id": user}}
            assert self.projects[place].call(operation, path=path, body=body).status == 200
            self.left |= {(place, one): TOTAL for one in USERS if user in (None, one)}
            self._as_told()

    def refuse(self, out_of_range: int, without_limit: int, free: Json) -> None:
        """Beyond nothing and the limit, and where there is no limit, each call is refused, and nothing changes."""
        for act, number in (("set", TOTAL + 1), ("add", TOTAL + 1), ("remove", TOTAL + 1)):
            assert self._verdict(act, self.at, number) == (422, out_of_range)
            assert self._verdict(act, free, 1) == (422, without_limit)
        query = {"user_external_id": USERS[0]}
        answer = self.projects[0].call(_reading(self.word), path=free, query=query)
        assert scenes.verdict(answer) == (422, without_limit)
        self._as_told()

    def start_over(self, without_limit: int, free: Json) -> None:
        """Walk, and reset: for each user, for everybody, and all limits of each user; without a limit it is refused."""
        one, every = f"reset-{self.word}-limit", f"reset-all-{self.word}s-limit"
        assert scenes.verdict(self.projects[0].call(one, path=free, body={"user": None})) == (422, without_limit)
        for user in (USERS[1], USERS[0], None):
            self.walk()
            self.reset(one, self.at, user)
        self.walk()
        for user in USERS:
            self.reset(every, {}, user)

    def _verdict(self, act: str, at: Json, number: int) -> tuple[int, int | None]:
        body = {"user": {"user_external_id": USERS[0]}, "available": number}
        return scenes.verdict(self.projects[0].call(f"{act}-{self.word}-limit", path=at, body=body))

    def _changed(self, place: int, act: str, user: str, number: int, rest: int) -> None:
        body = {"user": {"user_external_id": user}, "available": number}
        answer = self.projects[place].call(f"{act}-{self.word}-limit", path=self.at, body=body)
        self.left[place, user] = rest
        assert answer.json() == {"per_user": {"total": TOTAL, "available": rest}}
        self._as_told()

    def _as_told(self) -> None:
        for (place, user), rest in self.left.items():
            read = self.projects[place].call(_reading(self.word), path=self.at, query={"user_external_id": user})
            assert read.json() == {"per_user": {"total": TOTAL, "available": rest}}


def _reading(word: str) -> str:
    """How a limit is read: an operation of a shorter name where it is that of a campaign."""
    return f"get-{word.removesuffix('-promotion') if word.startswith(('coupon', 'promo-code')) else word}-limit"


def _names(word: str) -> tuple[str, ...]:
    return _reading(word), *(f"{act}-{word}-limit" for act in ("add", "set", "remove"))


ITEM, PROMOTION = "user-item", "user-promotion"
COUPON, PROMO_CODE = "coupon-user-promotion", "promo-code-user-promotion"


@law(*_names(ITEM), "reset-user-item-limit", "reset-all-user-items-limit")
def each_user_has_a_limit_on_an_item_of_its_own(api: Api, draw: Draw) -> None:  # noqa: ARG001 - nothing is drawn
    """Set, raised, lowered and reset for one of them, and for everybody."""
    limits = Limits(api, ITEM, {"item_sku": "thing"})
    limits.prepare(lambda one: scenes.control_of(one).put_item("thing", limits=LIMITS))
    limits.refuse(4510, 4508, {"item_sku": "com.xsolla.item_1"})
    limits.start_over(4508, {"item_sku": "com.xsolla.item_1"})


@law(*_names(PROMOTION), "reset-user-promotion-limit", "reset-all-user-promotions-limit")
def each_user_has_a_limit_on_a_promotion_of_its_own(api: Api, draw: Draw) -> None:  # noqa: ARG001 - nothing is drawn
    """Set, raised, lowered and reset for one of them, and for everybody."""
    body = {"name": {"en": "Sale"}, "discount": {"percent": "10"}, "items": [{"sku": "com.xsolla.item_1"}], "is_enabled": True}
    limits = Limits(api, PROMOTION, {"promotion_id": 1})
    limits.prepare(lambda one: one.call("create-item-promotion", body={**body, "limits": LIMITS}))
    api.call("create-item-promotion", body=body)
    limits.refuse(4511, 4509, {"promotion_id": 2})
    limits.start_over(4509, {"promotion_id": 2})


@law(*_names(COUPON))
def each_user_has_a_limit_on_a_coupon_of_its_own(api: Api, draw: Draw) -> None:  # noqa: ARG001 - nothing is drawn
    """Set, raised and lowered for one of them."""
    limits = Limits(api, COUPON, {"external_id": "thing"})
    body = {"external_id": "thing", "name": {"en": "Coupon"}, "bonus": GIFT}
    limits.prepare(lambda one: one.call("admin-create-coupon", body={**body, "redeem_user_limit": TOTAL}))
    api.call("admin-create-coupon", body={**body, "external_id": "free"})
    limits.refuse(4511, 4509, {"external_id": "free"})
    limits.walk()


@law(*_names(PROMO_CODE))
def each_user_has_a_limit_on_a_promo_code_of_its_own(api: Api, draw: Draw) -> None:  # noqa: ARG001 - nothing is drawn
    """Set, raised and lowered for one of them."""
    limits = Limits(api, PROMO_CODE, {"external_id": "thing"})
    body = {"external_id": "thing", "name": {"en": "Code"}, "discount": {"percent": "10"}}
    limits.prepare(lambda one: one.call("create-promo-code", body={**body, "redeem_user_limit": TOTAL}))
    api.call("create-promo-code", body={**body, "external_id": "free"})
    limits.refuse(4511, 4509, {"external_id": "free"})
    limits.walk()
