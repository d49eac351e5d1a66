"""A journey through offer chains: steps, orders, payments, refunds and resets in any mix agree with a few dicts."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from liveops_contract.api import Api
from liveops_contract.laws import scenes
from liveops_contract.laws.offer_chain_scenes import (
    CLAIM,
    DELETE,
    ITEM,
    ORDER,
    TOGGLE,
    Json,
    done,
    listed,
    open_chain,
    owned,
    place,
    step,
)

USERS = ("ann", "bob")
ACTS = {"pay": ("new", "paid"), "cancel": ("new", "canceled"), "refund": ("paid", "refunded")}


class OfferChainJourney(RuleBasedStateMachine):
    """Claims, orders, payments, refunds, toggles, deletions and time, in any order, agree with a few dicts."""

    operations = (CLAIM, ORDER, "get-offer-chains-list", TOGGLE, DELETE)
    stage: Any

    @initialize()
    def begin(self) -> None:
        """Two users, and a chain of each kind of step."""
        self.api: Api = self.stage.fresh()
        self.seconds = 0
        self.chains: dict[int, Json] = {}  # number → steps {number: (is_free, pieces)}, on, hourly, circle
        self.has: dict[tuple[int, str], dict[int, int]] = {}  # chain and user → steps with the order that gave them
        self.orders: dict[int, Json] = {}  # number → chain, step, pieces, user, status
        self.items = dict.fromkeys(USERS, 0)
        self.create([False, True], hourly=False, circle=False)

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
        if chain in self.chains:
            self.has[chain, user][number] = order
            if self.chains[chain]["circle"] and self.next_of(chain, user) is None:
                self.has[chain, user] = {}

    # steps ----------------------------------------------------------------------------------------------------------------

    @precondition(lambda self: len(self.chains) < 3)
    @rule(kinds=st.lists(st.booleans(), min_size=1, max_size=3), hourly=st.booleans(), circle=st.booleans())
    def create(self, kinds: list[bool], *, hourly: bool, circle: bool) -> None:
        """A chain that is on, with gaps between its steps."""
        steps = {2 * number: (is_free, number) for number, is_free in enumerate(kinds, 1)}
        bodies = [step(number, pieces, is_free=is_free) for number, (is_free, pieces) in steps.items()]
        schedule = {"interval_type": "hourly"} if hourly else None
        body = open_chain(*bodies, recurrent_schedule=schedule, is_reset_on_completion=circle)
        number = scenes.new_offer_chain(self.api, body)
        self.chains[number] = {"steps": steps, "on": True, "hourly": hourly, "circle": circle}
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
    @rule(user=st.sampled_from(USERS), data=st.data())
    def take(self, user: str, data: st.DataObject) -> None:
        """A step is claimed or ordered, mostly the next one and mostly in its own way."""
        chain = data.draw(st.sampled_from(sorted(self.chains)))
        upcoming = self.next_of(chain, user) or 2
        number = data.draw(st.sampled_from((upcoming, upcoming, *self.chains[chain]["steps"], 3)))
        is_free, pieces = self.chains[chain]["steps"].get(number, (True, 0))
        is_free = is_free != data.draw(st.sampled_from((False, False, True)))
        answer = self.api.call(CLAIM if is_free else ORDER, path=place(chain, number), user=user)
        assert answer.error_code == self.refusal(chain, number, user, is_free=is_free)
        if answer.status == 200:
            order = answer.json()["order_id"]
            self.orders[order] = [chain, number, pieces, user, "new"]
            if is_free:
                self.hand_over(order)

    @precondition(lambda self: self.orders)
    @rule(act=st.sampled_from(("pay", "pay", "cancel", "refund")), data=st.data())
    def settle(self, act: str, data: st.DataObject) -> None:
        """An order is paid, canceled or refunded, mostly one that allows it."""
        fitting = [number for number, one in self.orders.items() if one[4] == ACTS[act][0]]
        order = data.draw(st.sampled_from([*fitting, *fitting, *self.orders]))
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

    @rule(minutes=st.sampled_from((1, 59, 60, 61, 600)))
    def wait(self, minutes: int) -> None:
        """Time passes; with each full hour the hourly chains that are on start over."""
        scenes.control_of(self.api).advance(minutes * 60)
        full_hours = (self.seconds + minutes * 60) // 3600 - self.seconds // 3600
        self.seconds += minutes * 60
        for number, chain in self.chains.items():
            if chain["on"] and chain["hourly"] and full_hours:
                self.has.update({(number, user): {} for user in USERS})

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
            statuses = {one["order_id"]: one["status"] for one in scenes.control_of(self.api).orders(user)}
            assert statuses == {number: one[4] for number, one in self.orders.items() if one[3] == user}


def taken_of(chain: Json) -> list[int]:
    """The numbers of the steps that a user has."""
    return [one["step_number"] for one in chain["steps"] if one["is_claimed"]]
