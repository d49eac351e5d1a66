"""The journey through daily chains of both types."""

from datetime import datetime

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from liveops_contract.api import Json
from liveops_contract.journeys.time_travel import HOUR, TimeTravel
from liveops_contract.laws import daily_chain_scenes as scenes
from liveops_contract.laws.daily_chain_scenes import CALENDAR, DAY, ITEM, ROLLING

USERS = ("ann", "bob")
REFUSALS = {"claimed": 9912, "claim_in_future": 6221, "blocked": 6222}
Notes = dict[int, datetime]  # step → when it was claimed


class DailyChainJourney(TimeTravel, RuleBasedStateMachine):
    """Claims, toggles, updates, resets and time, in any order, agree with notes of who claimed what when."""

    operations = (
        "claim-user-daily-chain-step-reward",
        "get-daily-chains-list",
        "admin-create-daily-chain",
        "admin-update-daily-chain",
        "admin-toggle-daily-chain",
        "admin-reset-daily-chain",
        "admin-delete-daily-chain",
    )
    known = ("chains", "notes", "items")

    @initialize()
    def begin(self) -> None:
        """A chain of each type, and users who own nothing."""
        self.set_out()
        self.chains: dict[int, Json] = {}  # number → kind, recurrent, start, steps [[step, pieces]], on
        self.notes: dict[tuple[int, str], Notes] = {}  # (chain, user) → claims that the chain remembers
        self.items = dict.fromkeys(USERS, 0)
        for kind in (CALENDAR, ROLLING):
            self.create(kind, 2, 0, is_recurrent=True)

    # what the model knows -------------------------------------------------------------------------------------------------

    def is_open(self, number: int) -> bool:
        """Whether users see a chain."""
        return bool(self.chains[number]["on"] and self.chains[number]["start"] <= self.now)

    def round(self, number: int, user: str) -> tuple[datetime | None, Notes]:
        """When the days began that the user is counting, if they did, and what was claimed since."""
        chain, notes = self.chains[number], self.notes.get((number, user), {})
        length = len(chain["steps"]) * DAY
        begin: datetime | None = chain["start"] if chain["kind"] == CALENDAR else min(notes.values(), default=None)
        if begin is None or not chain["recurrent"] or self.now < begin + length:
            return begin, notes
        if chain["kind"] == ROLLING:
            return None, {}
        begin += (self.now - begin) // length * length
        return begin, {step: moment for step, moment in notes.items() if moment >= begin}

    def status(self, number: int, place: int, user: str) -> str:
        """How a step stands for a user."""
        begin, notes = self.round(number, user)
        if self.chains[number]["steps"][place][0] in notes:
            return "claimed"
        if begin is None:
            return "claim_in_future" if place else "claimable"
        day = begin + place * DAY
        if self.now < day:
            return "claim_in_future"
        is_free = all(moment < day for moment in notes.values())  # one day gives one reward, also after an update
        return "claimable" if self.now < day + DAY and is_free else "blocked"

    # steps ----------------------------------------------------------------------------------------------------------------

    @precondition(lambda self: len(self.chains) < 3)
    @rule(
        kind=st.sampled_from((CALENDAR, ROLLING)), length=st.integers(2, 4), ago=st.integers(-20, 40), is_recurrent=st.booleans()
    )
    def create(self, kind: str, length: int, ago: int, is_recurrent: bool) -> None:
        """A chain that began some hours ago, or will begin."""
        start = self.now - ago * HOUR
        facts = {"type": kind, "is_recurrent": is_recurrent, "date_start": start.isoformat()}
        number = scenes.make(self.api, scenes.chain(*scenes.steps(length), **facts))
        steps = [[step_id, place] for place, step_id in enumerate(scenes.step_ids(self.api, number), 1)]
        self.chains[number] = {"kind": kind, "recurrent": is_recurrent, "start": start, "steps": steps, "on": True}

    def some_chain(self, data: st.DataObject) -> int:
        """One of the chains."""
        number: int = data.draw(st.sampled_from(sorted(self.chains)))
        return number

    @precondition(lambda self: self.chains)
    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        """A chain is gone with its progress; items stay."""
        number = self.some_chain(data)
        self.api.call("admin-delete-daily-chain", path={"daily_chain_id": number})
        del self.chains[number]
        self.notes = {key: notes for key, notes in self.notes.items() if key[0] != number}

    @precondition(lambda self: self.chains)
    @rule(data=st.data(), times=st.integers(1, 2))
    def toggle(self, data: st.DataObject, times: int) -> None:
        """A chain goes off or on, or there and back; progress stays, and days go on meanwhile."""
        number = self.some_chain(data)
        for _ in range(times):
            scenes.toggle(self.api, number)
            self.chains[number]["on"] = not self.chains[number]["on"]

    @precondition(lambda self: self.chains)
    @rule(data=st.data())
    def reset(self, data: st.DataObject) -> None:
        """All users of a rolling chain begin again; a calendar refuses."""
        number = self.some_chain(data)
        is_rolling = self.chains[number]["kind"] == ROLLING
        assert scenes.reset(self.api, number).error_code == (None if is_rolling else 6220)
        if is_rolling:
            self.notes = {key: notes for key, notes in self.notes.items() if key[0] != number}

    @precondition(lambda self: self.chains)
    @rule(data=st.data(), drops=st.booleans(), adds=st.booleans(), pieces=st.integers(1, 9))
    def update(self, data: st.DataObject, drops: bool, adds: bool, pieces: int) -> None:
        """The last step may go, a new one may come, and all that stay give something else; a chain that is on refuses."""
        number = self.some_chain(data)
        chain = self.chains[number]
        kept = chain["steps"][: len(chain["steps"]) - (drops and len(chain["steps"]) > 2)]
        steps = [scenes.step(place, step_id=step[0]) for place, step in enumerate(kept, 1)]
        steps += [scenes.step(len(steps) + 1)] if adds and len(steps) < 5 else []
        for step in steps:
            step["items"][0]["quantity"] = pieces
        facts = {"type": chain["kind"], "is_recurrent": chain["recurrent"], "date_start": chain["start"].isoformat()}
        body = scenes.chain(*steps, **facts)
        if chain["on"]:
            assert scenes.update(self.api, number, body).error_code == 6209
            scenes.toggle(self.api, number)
        assert scenes.update(self.api, number, body).status == 204
        self.chains[number] |= {"steps": [[step_id, pieces] for step_id in scenes.step_ids(self.api, number)], "on": True}
        ids = {step[0] for step in kept}
        for user in USERS:
            notes = self.notes.get((number, user), {})
            self.notes[number, user] = {step: moment for step, moment in notes.items() if step in ids}

    @precondition(lambda self: self.chains)
    @rule(user=st.sampled_from(USERS), data=st.data())
    def claim(self, user: str, data: st.DataObject) -> None:
        """A step gives on its day, once, if the chain is open."""
        number = self.some_chain(data)
        steps = self.chains[number]["steps"]
        self.ask_for(number, data.draw(st.integers(0, len(steps) - 1)), user)

    @rule(user=st.sampled_from(USERS))
    def claim_all(self, user: str) -> None:
        """Whatever can be claimed today is claimed."""
        for number, chain in self.chains.items():
            for place in range(len(chain["steps"])):
                if self.status(number, place, user) == "claimable":
                    self.ask_for(number, place, user)

    def ask_for(self, number: int, place: int, user: str) -> None:
        """Claim a step."""
        steps = self.chains[number]["steps"]
        expected = REFUSALS.get(self.status(number, place, user)) if self.is_open(number) else 4001
        assert scenes.claim(self.api, number, place + 1, user) == expected
        if expected is None:
            self.notes[number, user] = {**self.round(number, user)[1], steps[place][0]: self.now}
            self.items[user] += steps[place][1]

    # what must hold after every step --------------------------------------------------------------------------------------

    @invariant()
    def every_user_sees_what_the_model_knows(self) -> None:
        """Open chains, how each of their steps stands, and what each user has received."""
        for user in USERS:
            listed = self.api.call("get-daily-chains-list", user=user).json()["items"]
            shown = {chain["id"]: [step["status"] for step in chain["steps"]] for chain in listed}
            assert shown == {
                number: [self.status(number, place, user) for place in range(len(chain["steps"]))]
                for number, chain in self.chains.items()
                if self.is_open(number)
            }
            assert self.control.inventory(user).get(ITEM, 0) == self.items[user]
