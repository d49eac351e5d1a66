"""What the laws about users in offer chains set up and look at."""

from typing import Any

from hypothesis import strategies as st

from liveops_contract.api import Api
from liveops_contract.checks import Draw
from liveops_contract.control import ControlRefused
from liveops_contract.laws import scenes

Json = Any
LIST, ONE = "get-offer-chains-list", "get-user-offer-chain-by-id"
CLAIM, ORDER = "claim-user-offer-chain-step-reward", "order-user-offer-chain-step-reward"
TOGGLE, UPDATE, DELETE = "admin-toggle-offer-chain", "admin-update-offer-chain", "admin-delete-offer-chain"
ITEM = "com.xsolla.item_1"  # has a price
UNPRICED = "com.xsolla.item_4"
USERS = scenes.USERS


def step(number: int, pieces: int = 1, *, is_free: bool = True, sku: str = ITEM) -> Json:
    """A step that gives some pieces of one item."""
    return {"step_number": number, "is_free": is_free, "items": [{"sku": sku, "quantity": pieces}]}


def open_chain(*steps: Json, **facts: Json) -> Json:
    """The body of a chain that is open to everybody."""
    return scenes.offer_chain(*steps, is_enabled=True, **facts)


def drawn_steps(draw: Draw, least: int = 1, most: int = 4) -> list[Json]:
    """Free and paid steps by number, with gaps; what they give adds up to a different sum for every choice of them."""
    numbers = sorted(draw(st.lists(st.integers(1, 9), min_size=least, max_size=most, unique=True)))
    return [step(number, 2**place, is_free=draw(st.booleans())) for place, number in enumerate(numbers)]


def make(api: Api, draw: Draw, steps: list[Json], **facts: Json) -> int:
    """Create a chain that is open to everybody, its steps in any order."""
    return scenes.new_offer_chain(api, open_chain(*draw(st.permutations(steps)), **facts))


def place(chain: int, number: int) -> Json:
    """The path to a step."""
    return {"offer_chain_id": chain, "step_number": number}


def claim(api: Api, chain: int, number: int, user: str = "user_1") -> int | None:
    """Claim a step; the code of the refusal, or None."""
    return api.call(CLAIM, path=place(chain, number), user=user).error_code


def order(api: Api, chain: int, number: int, user: str = "user_1") -> Json:
    """Order a step: number of the order and token, or the refusal."""
    return api.call(ORDER, path=place(chain, number), user=user).json()


def pay(api: Api, order_id: int) -> int | None:
    """Pay an order; the code of the refusal, or None."""
    return done(api, "pay", order_id)


def done(api: Api, act: str, order_id: int) -> int | None:
    """Pay, cancel or refund an order; the code of the refusal, or None."""
    try:
        scenes.control_of(api).ask("POST", f"/orders/{order_id}/{act}")
    except ControlRefused as refusal:
        return refusal.code
    return None


def take(api: Api, chain: int, one: Json, user: str = "user_1") -> int | None:
    """Take a step in the way that it asks for: claim it, or order and pay it. The code of the refusal, or None."""
    if one["is_free"]:
        return claim(api, chain, one["step_number"], user)
    ordered = order(api, chain, one["step_number"], user)
    return int(ordered["errorCode"]) if "errorCode" in ordered else pay(api, ordered["order_id"])


def walk(api: Api, chain: int, steps: list[Json], user: str = "user_1") -> None:
    """Take these steps one after the other."""
    for one in steps:
        assert take(api, chain, one, user) is None


def view(api: Api, chain: int, user: str = "user_1") -> Json:
    """A chain as a user sees it, or the refusal."""
    return api.call(ONE, path={"offer_chain_id": chain}, user=user).json()


def listed(api: Api, user: str = "user_1") -> list[Json]:
    """The chains that a user sees, as the list shows them."""
    return list(api.call(LIST, user=user).json()["items"])


def seen(api: Api, user: str = "user_1") -> list[int]:
    """The numbers of the chains that a user sees, in their order."""
    return [chain["id"] for chain in listed(api, user)]


def progress(api: Api, chain: int, user: str = "user_1") -> tuple[list[int], int | None]:
    """The steps that a user has, and the number of the next one."""
    shown = view(api, chain, user)
    return [one["step_number"] for one in shown["steps"] if one["is_claimed"]], shown["next_step_number"]


def standing(steps: list[Json], taken: int) -> tuple[list[int], int | None]:
    """The progress of somebody who took that many steps."""
    numbers = [one["step_number"] for one in steps]
    return numbers[:taken], numbers[taken] if taken < len(numbers) else None


def owned(api: Api, user: str = "user_1", sku: str = ITEM) -> int:
    """How many pieces of an item a user has."""
    return scenes.control_of(api).inventory(user).get(sku, 0)


def pieces(steps: list[Json]) -> int:
    """How many pieces these steps give."""
    return sum(entry["quantity"] for one in steps for entry in one["items"])


def state(api: Api) -> Json:
    """All that users see and own of offer chains, orders among it."""
    control = scenes.control_of(api)
    return {user: (listed(api, user), control.user(user), control.orders(user)) for user in USERS}


def restated(api: Api, chain: int, **facts: Json) -> Json:
    """The body of an update that changes nothing but these facts; steps keep their numbers and the progress."""
    read = scenes.read_offer_chain(api, chain)
    steps = [
        {**one, "items": [{"sku": item["sku"], "quantity": item["quantity"]} for item in one["items"]]} for one in read["steps"]
    ]
    kept = [{name: one[name] for name in ("step_id", "step_number", "is_free", "items")} for one in steps]
    switches = {name: read[name] for name in ("date_start", "date_end", "is_always_visible", "is_reset_on_completion", "order")}
    return scenes.offer_chain(*kept, **{**switches, "is_enabled": True, **facts})


def update(api: Api, chain: int, body: Json) -> None:
    """Switch a chain off if it is on, and replace it."""
    if scenes.read_offer_chain(api, chain)["is_enabled"]:
        api.call(TOGGLE, path={"offer_chain_id": chain})
    assert scenes.update_offer_chain(api, chain, body).status == 204
