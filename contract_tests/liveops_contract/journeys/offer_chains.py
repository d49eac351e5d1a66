"""The journey through offer chains, with orders."""

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from liveops_contract.journeys.time_travel import TimeTravel
from liveops_contract.laws import scenes
from liveops_contract.laws.offer_chain_scenes import (
    CLAIM,
    DELETE,
    ITEM,
    ORDER,
    TOGGLE,
    UPDATE,
    Json,
    done,
    listed,
    open_chain,
    owned,
    place,
    restated,
    step,
    update,
)

USERS = ("ann", "bob")
SCHEDULES = (None, {"interval_type": "hourly"}, {"interval_type": "weekly", "day_of_week": 5, "time": "05:00:00-03:00"})
ACTS = {"pay": ("new", "paid"), "cancel": ("new", "canceled"), "refund": ("paid", "refunded")}


class OfferChainJourney(TimeTravel, RuleBasedStateMachine):
    """Claims, orders, payments, refunds, updates, toggles, deletions and time, in any order, agree with a few dicts."""

    operations = (CLAIM, ORDER, "get-offer-chains-list", UPDATE, TOGGLE, DELETE)
    known = ("chains", "has", "orders", "items")

    @initialize()
    def begin(self) -> None:
        """Two users, and a chain of each kind of step."""
        self.set_out()
        self.chains: dict[int, Json] = {}  # number → steps {number: (is_free, pieces)}, highest, on, schedule, circle
        self.has: dict[tuple[int, str], dict[int, int]] = {}  # chain and user → steps with the order that gave them
        self.orders: dict[int, Json] = {}  # number → chain, step, pieces, user, status
        self.items = dict.fromkeys(USERS, 0)
        self.create([False, True], schedule=SCHEDULES[1], circle=False)
        self.create([True, False], schedule=None, circle=True)

    # what the model knows -------------------------------------------------------------------------------------------------

    def next_of(self, chain: int, user: str) -> int | None:
        """The first step that the user does not have."""
        missing = self.chains[chain]["steps"].keys() - self.has[chain, user].keys()
        return min(missing, default=None)

    def refusal(self, chain: int, number: int, user: str, *, is_free: bool) -> int | None:
        """With which code a step is refused."""
        if not self.chains[chain]["on"]:
            return 4001
        if number not in self.chains[chain]["steps"]:
            return 9911
        if number in self.has[chain, user]:
            return 9912
        if self.chains[chain]["steps"][number][0] != is_free:
            return 6232
        return None if number == self.next_of(chain, user) else 6231

    def hand_over(self, order: int) -> None:
        """An order is paid."""
        chain, number, pieces, user, _ = self.orders[order]
        self.orders[order][4] = "paid"
        self.items[user] += pieces
        if number in self.chains.get(chain, {"steps": ()})["steps"]:
            self.has[chain, user][number] = order
            self.begin_anew(chain, user)

    def begin_anew(self, chain: int, user: str) -> None:
        """At the end of a chain that says so a user is at its beginning."""
        if self.chains[chain]["circle"] and self.next_of(chain, user) is None:
            self.has[chain, user] = {}

    def hour_begins(self) -> None:
        """With each full hour the hourly chains that are on start over, and at eight in the morning of its day a weekly one."""
        for number, chain in self.chains.items():
            day = chain["schedule"] and chain["schedule"].get("day_of_week", self.now.isoweekday())
            is_time = chain["schedule"] and ("time" not in chain["schedule"] or self.now.hour == 8)
            if chain["on"] and is_time and day == self.now.isoweekday():
                self.has.update({(number, user): {} for user in USERS})

    # steps ----------------------------------------------------------------------------------------------------------------

    @precondition(lambda self: len(self.chains) < 2)
    @rule(kinds=st.lists(st.booleans(), min_size=1, max_size=3), schedule=st.sampled_from(SCHEDULES), circle=st.booleans())
    def create(self, kinds: list[bool], *, schedule: Json, circle: bool) -> None:
        """A chain that is on, with gaps between its steps."""
        steps = {2 * number: (is_free, number) for number, is_free in enumerate(kinds, 1)}
        bodies = [step(number, pieces, is_free=is_free) for number, (is_free, pieces) in steps.items()]
        body = open_chain(*bodies, recurrent_schedule=schedule, is_reset_on_completion=circle)
        number = scenes.new_offer_chain(self.api, body)
        highest = 2 * len(kinds)
        self.chains[number] = {"steps": steps, "highest": highest, "on": True, "schedule": schedule, "circle": circle}
        self.has.update({(number, user): {} for user in USERS})

    @precondition(lambda self: self.chains)
    @rule(data=st.data(), is_deletion=st.sampled_from((False, False, True)))
    def switch(self, data: st.DataObject, *, is_deletion: bool) -> None:
        """A chain goes off or on, or for good."""
        number = data.draw(st.sampled_from(sorted(self.chains)))
        self.api.call(DELETE if is_deletion else TOGGLE, path={"offer_chain_id": number})
        if is_deletion:
            del self.chains[number]
        else:
            self.chains[number]["on"] = not self.chains[number]["on"]

    @precondition(lambda self: self.chains)
    @rule(data=st.data(), drops=st.booleans(), is_free=st.none() | st.booleans(), more=st.integers(0, 3))
    def update(self, data: st.DataObject, drops: bool, is_free: bool | None, more: int) -> None:
        """A step may go, a new one may come, and those that stay give more; the chain is on afterwards."""
        number = data.draw(st.sampled_from(sorted(self.chains)))
        chain = self.chains[number]
        ordered = [
            order[1] for order in self.orders.values() if (order[0], order[4]) == (number, "new") and order[1] in chain["steps"]
        ]
        lost = data.draw(st.sampled_from([*ordered, *chain["steps"]])) if drops and len(chain["steps"]) > 1 else None
        kept = {place: (free, pieces + more) for place, (free, pieces) in chain["steps"].items() if place != lost}
        body = restated(self.api, number, recurrent_schedule=chain["schedule"])
        steps = [
            {**one, "items": step(0, kept[one["step_number"]][1])["items"]} for one in body["steps"] if one["step_number"] in kept
        ]
        if is_free is not None and len(kept) < 5:
            chain["highest"] += 2
            kept[chain["highest"]] = (is_free, 1)
            steps.append(step(chain["highest"], is_free=is_free))
        update(self.api, number, {**body, "steps": steps})
        chain |= {"steps": kept, "on": True}
        for user in USERS:
            self.has[number, user] = {place: order for place, order in self.has[number, user].items() if place in kept}
            self.begin_anew(number, user)

    @precondition(lambda self: self.chains)
    @rule(user=st.sampled_from(USERS), data=st.data())
    def take(self, user: str, data: st.DataObject) -> None:
        """A step is claimed or ordered, mostly the next one and mostly in its own way."""
        chain = data.draw(st.sampled_from(sorted(self.chains)))
        upcoming = self.next_of(chain, user) or 2
        number = data.draw(st.sampled_from((upcoming, upcoming, *self.chains[chain]["steps"], 3)))
        is_free = self.chains[chain]["steps"].get(number, (True, 0))[0]
        self.ask_for(chain, number, user, is_free=is_free != data.draw(st.sampled_from((False, False, True))))

    def ask_for(self, chain: int, number: int, user: str, *, is_free: bool) -> None:
        """Claim or order a step."""
        pieces = self.chains[chain]["steps"].get(number, (True, 0))[1]
        answer = self.api.call(CLAIM if is_free else ORDER, path=place(chain, number), user=user)
        assert answer.error_code == self.refusal(chain, number, user, is_free=is_free)
        if answer.status == 200:
            order = answer.json()["order_id"]
            self.orders[order] = [chain, number, pieces, user, "new"]
            if is_free:
                self.hand_over(order)

    @precondition(lambda self: self.chains)
    @rule(user=st.sampled_from(USERS), data=st.data())
    def walk(self, user: str, data: st.DataObject) -> None:
        """The next step of a chain that is on is taken in its own way: claimed, or ordered, and mostly paid."""
        chain = data.draw(st.sampled_from(sorted(self.chains)))
        number = self.next_of(chain, user)
        if number is None or not self.chains[chain]["on"]:
            return
        is_free = self.chains[chain]["steps"][number][0]
        if is_free:
            self.ask_for(chain, number, user, is_free=True)
            return
        known = set(self.orders)
        for _ in range(data.draw(st.integers(1, 2))):
            self.ask_for(chain, number, user, is_free=False)
        for order in self.orders.keys() - known if data.draw(st.sampled_from((True, True, False))) else ():
            self.act("pay", order)

    @precondition(lambda self: self.orders)
    @rule(act=st.sampled_from(("pay", "pay", "cancel", "refund")), data=st.data())
    def settle(self, act: str, data: st.DataObject) -> None:
        """An order is paid, canceled or refunded, mostly one that allows it."""
        fitting = [number for number, one in self.orders.items() if one[4] == ACTS[act][0]]
        self.act(act, data.draw(st.sampled_from([*fitting, *fitting, *self.orders])))

    def act(self, act: str, order: int) -> None:
        """Pay, cancel or refund an order."""
        chain, number, pieces, user, status = self.orders[order]
        taken = chain in self.chains and number in self.has[chain, user]
        expected = 6230 if status != ACTS[act][0] else 9912 if act == "pay" and taken else None
        assert done(self.api, act, order) == expected
        if expected is None and act == "pay":
            self.hand_over(order)
        elif expected is None:
            self.orders[order][4] = ACTS[act][1]
            if act == "refund":
                self.items[user] -= pieces
                if self.has[chain, user].get(number) == order:
                    del self.has[chain, user][number]

    # what must hold after every step --------------------------------------------------------------------------------------

    @invariant()
    def every_user_sees_what_the_model_knows(self) -> None:
        """Chains, steps, orders and items of every user."""
        for user in USERS:
            on = [number for number, chain in self.chains.items() if chain["on"]]
            expected = {number: (sorted(self.has[number, user]), self.next_of(number, user)) for number in on}
            shown = {chain["id"]: (taken_of(chain), chain["next_step_number"]) for chain in listed(self.api, user)}
            assert shown == expected
            assert owned(self.api, user, ITEM) == self.items[user]
            statuses = {one["order_id"]: one["status"] for one in self.control.orders(user)}
            assert statuses == {number: one[4] for number, one in self.orders.items() if one[3] == user}


def taken_of(chain: Json) -> list[int]:
    """The numbers of the steps that a user has."""
    return [one["step_number"] for one in chain["steps"] if one["is_claimed"]]
