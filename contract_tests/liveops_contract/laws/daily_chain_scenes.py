"""What the laws of daily chains set up and look at."""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from liveops_contract.api import Api, Json
from liveops_contract.checks import Draw
from liveops_contract.doors import Answer
from liveops_contract.laws import scenes
from liveops_contract.schedule_strategies import OFFSETS

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
NOW = datetime(2025, 1, 1, tzinfo=UTC)  # where the clock of a fresh project stands
ITEM = "com.xsolla.item_1"
CALENDAR, ROLLING = "calendar_hard", "rolling"


def chain(*steps: Json, **facts: Json) -> Json:
    """The body of a daily chain that is switched on, with these steps."""
    required = {"name": {"en": "Days"}, "date_start": "2025-01-01T00:00:00Z", "is_enabled": True, "type": CALENDAR}
    return {**required, "steps": list(steps), **facts}


def step(number: int, *items: str, **facts: Json) -> Json:
    """A step that gives as many pieces of each item as its number says."""
    return {"step_number": number, "items": [{"sku": sku, "quantity": number} for sku in items or (ITEM,)], **facts}


def steps(count: int) -> list[Json]:
    """So many steps, numbered from 1."""
    return [step(number) for number in range(1, count + 1)]


def make(api: Api, body: Json) -> int:
    """Create a chain; its number."""
    return int(api.call("admin-create-daily-chain", body=body).json()["id"])


def read(api: Api, number: int) -> Json:
    """A chain as the operator reads it."""
    return api.call("admin-get-daily-chain", path={"daily_chain_id": number}).json()


def step_ids(api: Api, number: int) -> list[int]:
    """The numbers of a chain's steps, in the order of their days."""
    return [one["step_id"] for one in read(api, number)["steps"]]


def update(api: Api, number: int, body: Json) -> Answer:
    """Replace a chain."""
    return api.call("admin-update-daily-chain", path={"daily_chain_id": number}, body=body)


def toggle(api: Api, number: int) -> Answer:
    """Switch a chain on or off."""
    return api.call("admin-toggle-daily-chain", path={"daily_chain_id": number})


def rewrite(api: Api, number: int, body: Json) -> None:
    """Switch a chain off, replace it by a body that switches it on, and see that both is done."""
    answers = [toggle(api, number).status, update(api, number, body).status]
    assert answers == [204, 204]


def reset(api: Api, number: int) -> Answer:
    """Let all users begin again."""
    return api.call("admin-reset-daily-chain", path={"daily_chain_id": number})


def seen(api: Api, number: int, user: str = "user_1") -> Json:
    """A chain as a user sees it."""
    return api.call("get-user-daily-chain-by-id", path={"daily_chain_id": number}, user=user).json()


def statuses(api: Api, number: int, user: str = "user_1") -> list[str]:
    """How the steps stand for a user."""
    return [one["status"] for one in seen(api, number, user)["steps"]]


def told(api: Api, number: int, user: str = "user_1") -> list[tuple[str, int | None]]:
    """How the steps stand for a user, and when their days begin."""
    return [(one["status"], one["unlocked_date"]) for one in seen(api, number, user)["steps"]]


def claiming(number: int, place: int, user: str = "user_1") -> Json:
    """What a claim is called with."""
    return {"path": {"daily_chain_id": number, "step_number": place}, "user": user}


def claim(api: Api, number: int, place: int, user: str = "user_1") -> int | None:
    """Claim a step; the code of the refusal, or None."""
    return api.call("claim-user-daily-chain-step-reward", **claiming(number, place, user)).error_code


def go(api: Api, moment: datetime) -> None:
    """Set the clock."""
    scenes.control_of(api).set_clock(moment.isoformat())


def spelled(moment: datetime, draw: Draw) -> str:
    """The moment in the time of some place on earth."""
    offset: str = draw(st.sampled_from(OFFSETS))
    text = moment.astimezone(datetime.fromisoformat(f"2025-01-01T00:00:00{offset}").tzinfo).isoformat()
    return text[:-6] + offset


def turn_of_day(draw: Draw, since: datetime, most: int) -> datetime:
    """The exact second at which one of the next days begins, or the one before or after."""
    day: int = draw(st.integers(1, most))
    seconds: int = draw(st.sampled_from((-1, 0, 1)))
    return since + day * DAY + seconds * SECOND


class Paper:
    """A daily chain kept on paper: on which days since the beginning each user made a tick."""

    def __init__(self, kind: str, length: int, start: datetime, *, is_recurrent: bool) -> None:
        self.kind, self.length, self.start, self.is_recurrent = kind, length, start, is_recurrent
        self.first: dict[str, datetime] = {}  # when a user of a rolling chain began
        self.again: dict[str, datetime] = {}  # when the user's last round was over
        self.ticks: dict[str, set[int]] = {}

    def reset(self) -> None:
        """A fresh sheet for everybody."""
        for kept in (self.first, self.again, self.ticks):
            kept.clear()

    def begun(self, user: str, now: datetime) -> datetime | None:
        """When the user's first day began; None while a rolling chain waits for the first claim."""
        if self.kind == CALENDAR:
            return self.start
        if user in self.first and self.is_recurrent and now >= self.first[user] + self.length * DAY:
            self.again[user] = self.first.pop(user) + self.length * DAY
            self.ticks[user] = set()
        return self.first.get(user)

    def told(self, user: str, now: datetime) -> list[tuple[str, int | None]]:
        """Status and first second of each day."""
        begin = self.begun(user, now)
        if begin is None:
            since = int(self.again.get(user, self.start).timestamp())
            return [("claimable", since), *[("claim_in_future", None)] * (self.length - 1)]
        today = (now - begin) // DAY
        first = today // self.length * self.length if self.is_recurrent else 0
        days = range(first, first + self.length)
        return [(self.status(user, day, today), int((begin + day * DAY).timestamp())) for day in days]

    def status(self, user: str, day: int, today: int) -> str:
        """How one day stands."""
        if day in self.ticks.get(user, ()):
            return "claimed"
        return "claim_in_future" if day > today else "claimable" if day == today else "blocked"

    def claim(self, user: str, place: int, now: datetime) -> int | None:
        """The code with which a claim is refused; None where it is made."""
        status = self.told(user, now)[place - 1][0]
        if status == "claimable":
            begin = self.begun(user, now) or self.first.setdefault(user, now)
            self.ticks.setdefault(user, set()).add((now - begin) // DAY)
        return {"claimed": 9912, "claim_in_future": 6221, "blocked": 6222}.get(status)
