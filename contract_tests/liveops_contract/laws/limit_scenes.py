"""What the laws of limits share: things that are limited, how they are used, and the calls about what is left of them."""

from collections.abc import Callable
from dataclasses import dataclass

from liveops_contract.api import Api, Json
from liveops_contract.doors import Answer
from liveops_contract.laws import scenes

MOST = 2_147_483_647
USERS = scenes.USERS
AT_EIGHT = {"interval_type": "daily", "time": "05:00:00-03:00"}  # by UTC; the clock of a fresh project stands at midnight
Left = dict[tuple[str, Json], int]  # user and thing → how many are left


@dataclass(frozen=True)
class Kind:
    """A kind of things that are limited; operations, parameters and codes are named after it."""

    word: str
    parameter: str
    unknown: tuple[Json, int]  # a thing that is not there, and the code for it
    without_limit: int
    out_of_range: int
    totals: tuple[int, ...]
    make: Callable[[Api, str, int | None, Json], Json]  # a thing with this limit and schedule; what it is called
    use: Callable[[Api, str, Json, int], int]  # a user tries to use a thing so often; how often it worked
    works: Callable[[int, int], int]  # how often that should work, of so many tries and so many left

    def operation(self, act: str) -> str:
        """The operation that does this to the limit of one thing for one user."""
        return f"{act}-user-{self.word}-limit"

    def path(self, thing: Json) -> Json:
        """The path of a thing."""
        return {self.parameter: thing}


def ask(api: Api, kind: Kind, act: str, thing: Json, user: str | None, available: int | None = None) -> Answer:
    """Read, raise, lower, set or reset a limit; a reset without a user is one for everybody."""
    if act == "get":
        return api.call(kind.operation(act), path=kind.path(thing), query={"user_external_id": user})
    body: Json = {"user": user and {"user_external_id": user}}
    body |= {} if available is None else {"available": available}
    return api.call(kind.operation(act), path=kind.path(thing), body=body)


def reset_all(api: Api, kind: Kind, user: str) -> Answer:
    """Reset the limits of a user on all things of a kind."""
    return api.call(f"reset-all-user-{kind.word}s-limit", body={"user": {"user_external_id": user}})


def left(api: Api, kind: Kind, thing: Json, user: str = "user_1") -> int:
    """How many a user has left."""
    return int(ask(api, kind, "get", thing, user).json()["per_user"]["available"])


def furnish(api: Api) -> None:
    """Let the project know the users."""
    for user in USERS:
        scenes.control_of(api).put_user(user)


def make_item(api: Api, name: str, total: int | None, schedule: Json = None) -> str:
    """An item of which each user may buy so many pieces."""
    limits = None if total is None else {"per_user": total, "recurrent_schedule": schedule}
    scenes.control_of(api).put_item(name, limits=limits)
    return name


def buy(api: Api, user: str, sku: str, pieces: int) -> int | None:
    """Buy some pieces, in two lines if there are several; the code of the refusal, or None."""
    lines = [1, pieces - 1] if pieces > 1 else [pieces]
    items = [{"sku": sku, "quantity": quantity} for quantity in lines]
    return scenes.refused(api, "ask", "POST", f"/users/{user}/purchases", {"items": items})


def use_item(api: Api, user: str, sku: str, pieces: int) -> int:
    """Buy some pieces at once; how many were sold."""
    code = buy(api, user, sku, pieces)
    assert code in (None, 1460)
    return 0 if code else pieces


ITEMS = Kind(
    word="item",
    parameter="item_sku",
    unknown=("nothing", 4001),
    without_limit=4508,
    out_of_range=4510,
    totals=(1, 2, 5, MOST),
    make=make_item,
    use=use_item,
    works=lambda tries, available: tries if tries <= available else 0,
)
