"""What the laws about reward chains set up and look at."""

from typing import Any

from liveops_contract.api import Api

Json = Any
POINT = "com.xsolla.value_point_1"
OTHER_POINT = "value_point_3"
BOOSTER = "com.xsolla.booster_1"
DAY = 86_400
SPELLINGS = {"zh-CN": "cn", "ru-RU": "ru", "en-US": "en"}


def open_chain(*prices: int, value_point: str = POINT, **facts: Json) -> Json:
    """A chain that is open to everybody, with one step per price; step n gives n pieces of an item."""
    steps = [
        {
            "name": {"en": f"Step {number}"},
            "price": {"amount": price},
            "reward": [{"sku": "com.xsolla.item_1", "quantity": number}],
        }
        for number, price in enumerate(prices, 1)
    ]
    required = {"name": {"en": "Chain"}, "date_start": "2024-01-01T00:00:00Z", "is_enabled": True, "steps": steps}
    return {**required, "value_point": {"sku": value_point}, **facts}


def make(api: Api, body: Json) -> int:
    """Create a chain; its number."""
    return int(api.call("admin-create-reward-chain", body=body).json()["reward_chain_id"])


def read(api: Api, chain_id: int) -> Json:
    """A chain as the operator reads it."""
    return api.call("admin-get-reward-chain", path={"reward_chain_id": chain_id}).json()


def step_ids(api: Api, chain_id: int) -> list[int]:
    """The numbers of a chain's steps."""
    return [step["step_id"] for step in read(api, chain_id)["steps"]]


def claim(api: Api, chain_id: int, step_id: int, user: str = "user_1") -> int | None:
    """Claim a step; the code of the refusal, or None."""
    path = {"reward_chain_id": chain_id, "step_id": step_id}
    return api.call("claim-user-reward-chain-step-reward", path=path, user=user).error_code


def amount(api: Api, chain_id: int, user: str = "user_1") -> int:
    """The balance that a user sees in a chain."""
    path = {"reward_chain_id": chain_id}
    return int(api.call("get-user-reward-chain-balance", path=path, user=user).json()["amount"])


def seen(api: Api, user: str = "user_1") -> dict[int, Json]:
    """The chains that a user sees, by number."""
    items = api.call("get-reward-chains-list", user=user).json()["items"]
    return {item["reward_chain_id"]: item for item in items}


def claimed(api: Api, chain_id: int, user: str = "user_1") -> list[bool]:
    """Which steps of a chain the user has claimed."""
    return [step["is_claimed"] for step in seen(api, user)[chain_id]["steps"]]


def earn(api: Api, points: int, user: str = "user_1", value_point: str = POINT) -> None:
    """Let a user buy an item that carries exactly that many value points."""
    assert api.control
    api.control.put_item(BOOSTER, value_points=[{"sku": value_point, "amount": points}])
    api.control.purchase(user, {BOOSTER: 1})


def as_answered(text: Json) -> Json:
    """A localized text as answers spell it."""
    return text if text is None else {SPELLINGS.get(code, code): value for code, value in text.items()}


def update_of(chain: Json, **facts: Json) -> Json:
    """The body of an update that changes nothing but the given facts."""
    kept = ("name", "date_start", "date_end", "is_enabled", "order", "is_always_visible", "image_url", "long_description")
    body = {name: chain[name] for name in kept}
    body["steps"] = [{key: step[key] for key in ("step_id", "name", "price", "image_url", "reward")} for step in chain["steps"]]
    schedule = chain["recurrent_schedule"]
    branch = ("interval_type", "day_of_week", "day_of_month", "time")
    body["recurrent_schedule"] = schedule and {key: schedule[key] for key in branch if schedule.get(key) is not None}
    optional = {name: chain[name] for name in ("description", "attribute_conditions") if chain[name] is not None}
    return {**body, **optional, **facts}
