"""The journey through reward chains, with clans."""

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from liveops_contract.journeys.time_travel import TimeTravel
from liveops_contract.laws.reward_chain_scenes import BOOSTER, Json, claim, make, open_chain, read, seen, update_of

USERS = ("ann", "bob", "cid")
ITEM = "com.xsolla.item_1"
OWN, CLAN = "com.xsolla.value_point_1", "clan_point"
POPUP = {"popup_header": None, "popup_instruction": None}


class RewardChainJourney(TimeTravel, RuleBasedStateMachine):
    """Purchases, claims, clans, resets, toggles, updates and time, in any order, agree with a few dicts."""

    operations = (
        "claim-user-reward-chain-step-reward",
        "get-reward-chains-list",
        "admin-update-reward-chain",
        "admin-toggle-reward-chain",
        "admin-reset-reward-chain",
        "user-clan-update",
    )
    known = ("chains", "points", "claims", "items", "clan")

    @initialize()
    def begin(self) -> None:
        """An item with one point of each kind, a chain of each kind, and three users with points, one of them in a clan."""
        self.set_out()
        self.api.call("admin-create-value-points", body={"sku": CLAN, "name": {}, "is_clan": True})
        self.control.put_item(BOOSTER, value_points=[{"sku": OWN, "amount": 1}, {"sku": CLAN, "amount": 1}])
        self.chains: dict[int, Json] = {}  # number → point, steps [[number, price, pieces]], on, weekday of the reset or None
        self.points = {(point, user): 0 for point in (OWN, CLAN) for user in USERS}
        self.claims: set[tuple[int, int, str]] = set()
        self.items = dict.fromkeys(USERS, 0)
        self.clan: dict[str, str | None] = dict.fromkeys(USERS)
        for point in (OWN, CLAN):  # without a chain of each kind hardly anything can go wrong
            self.create(point, [1], None)
        for user in USERS:
            self.buy(user, 1)
        self.join(USERS[0], "red")

    # what the model knows -------------------------------------------------------------------------------------------------

    def balance(self, point: str, user: str) -> int:
        """Own points, or those of all members of the clan."""
        if point == OWN:
            return self.points[point, user]
        members = [other for other in USERS if self.clan[user] and self.clan[other] == self.clan[user]]
        return sum(self.points[point, other] for other in members)

    def start_over(self, number: int) -> None:
        """Points and claims of a chain's value point are gone, in every chain that shares it."""
        point = self.chains[number]["point"]
        for user in USERS:
            self.points[point, user] = 0
        sharing = {other for other, chain in self.chains.items() if chain["point"] == point}
        self.claims = {entry for entry in self.claims if entry[0] not in sharing}

    # steps ----------------------------------------------------------------------------------------------------------------

    @precondition(lambda self: len(self.chains) < 4)
    @rule(point=st.sampled_from((OWN, CLAN)), prices=st.lists(st.integers(0, 6), max_size=3), day=st.none() | st.integers(1, 7))
    def create(self, point: str, prices: list[int], day: int | None) -> None:
        """A chain, switched on."""
        schedule = day and {"interval_type": "weekly", "day_of_week": day, "time": "05:00:00-03:00"}
        extra: dict[str, Json] = {
            "value_point": point,
            "recurrent_schedule": schedule or None,
            **(POPUP if point == CLAN else {}),
        }
        number = make(self.api, open_chain(*prices, **extra))
        ids = [step["step_id"] for step in read(self.api, number)["steps"]]
        steps = [[step_id, price, place] for place, (step_id, price) in enumerate(zip(ids, prices, strict=True), 1)]
        self.chains[number] = {"point": point, "steps": steps, "on": True, "day": day}

    @precondition(lambda self: self.chains)
    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        """A chain is gone with its progress; points stay."""
        number = data.draw(st.sampled_from(sorted(self.chains)))
        self.api.call("admin-delete-reward-chain", path={"reward_chain_id": number})
        del self.chains[number]
        self.claims = {entry for entry in self.claims if entry[0] != number}

    @precondition(lambda self: self.chains)
    @rule(data=st.data())
    def toggle(self, data: st.DataObject) -> None:
        """A chain goes off or on."""
        number = data.draw(st.sampled_from(sorted(self.chains)))
        self.api.call("admin-toggle-reward-chain", path={"reward_chain_id": number})
        self.chains[number]["on"] = not self.chains[number]["on"]

    @precondition(lambda self: self.chains)
    @rule(data=st.data())
    def reset(self, data: st.DataObject) -> None:
        """A chain starts over by hand."""
        number = data.draw(st.sampled_from(sorted(self.chains)))
        self.api.call("admin-reset-reward-chain", path={"reward_chain_id": number})
        self.start_over(number)

    @precondition(lambda self: self.chains)
    @rule(data=st.data(), drop=st.integers(0, 2), price=st.integers(0, 6))
    def update(self, data: st.DataObject, drop: int, price: int) -> None:
        """One step goes, the others stay, a new one comes."""
        number = data.draw(st.sampled_from(sorted(self.chains)))
        chain = read(self.api, number)
        kept = [step for place, step in enumerate(chain["steps"]) if place != drop]
        new = {"step_id": None, "name": {}, "price": {"amount": price}, "reward": [{"sku": ITEM, "quantity": 9}]}
        popup = POPUP if self.chains[number]["point"] == CLAN else {}
        body = update_of({**chain, "steps": kept}, **popup)
        body["steps"].append(new)
        self.api.call("admin-update-reward-chain", path={"reward_chain_id": number}, body=body)
        steps = [step for place, step in enumerate(self.chains[number]["steps"]) if place != drop]
        self.chains[number]["steps"] = [*steps, [read(self.api, number)["steps"][-1]["step_id"], price, 9]]
        ids = {step[0] for step in steps}
        self.claims = {entry for entry in self.claims if entry[0] != number or entry[1] in ids}

    @rule(user=st.sampled_from(USERS), pieces=st.integers(1, 3))
    def buy(self, user: str, pieces: int) -> None:
        """A purchase gives as many points of each kind as pieces."""
        self.control.purchase(user, {BOOSTER: pieces})
        for point in (OWN, CLAN):
            self.points[point, user] += pieces

    @precondition(lambda self: any(chain["steps"] for chain in self.chains.values()))
    @rule(user=st.sampled_from(USERS), data=st.data())
    def claim(self, user: str, data: st.DataObject) -> None:
        """A step gives once, if the chain is on and the balance reaches the price."""
        number = data.draw(st.sampled_from(sorted(number for number, chain in self.chains.items() if chain["steps"])))
        chain = self.chains[number]
        step_id, price, pieces = data.draw(st.sampled_from(chain["steps"]))
        entry = (number, step_id, user)
        enough = self.balance(chain["point"], user) >= price
        expected = 4001 if not chain["on"] else 9912 if entry in self.claims else None if enough else 9913
        assert claim(self.api, number, step_id, user) == expected
        if expected is None:
            self.claims.add(entry)
            self.items[user] += pieces

    @rule(user=st.sampled_from(USERS), clan=st.sampled_from(("red", "blue", None)))
    def join(self, user: str, clan: str | None) -> None:
        """Before a user leaves a clan, what was earned there is claimed."""
        given = 0
        if clan != self.clan[user] and self.clan[user] is not None:
            for number, chain in self.chains.items():
                for step_id, price, pieces in chain["steps"]:
                    reached = chain["on"] and chain["point"] == CLAN and self.balance(CLAN, user) >= price
                    if reached and (number, step_id, user) not in self.claims:
                        self.claims.add((number, step_id, user))
                        given += pieces
        self.control.put_user(user, clan=clan)
        reward = self.api.call("user-clan-update", user=user).json()["reward"]
        assert sum(entry["quantity"] for entry in reward) == given
        self.items[user] += given
        self.clan[user] = clan

    def hour_begins(self) -> None:
        """On its day at eight in the morning UTC a chain that is on starts over."""
        for number, chain in self.chains.items():
            if chain["on"] and chain["day"] == self.now.isoweekday() and self.now.hour == 8:
                self.start_over(number)

    # what must hold after every step --------------------------------------------------------------------------------------

    @invariant()
    def every_user_sees_what_the_model_knows(self) -> None:
        """Chains, balances, claims and items of every user."""
        for user in USERS:
            on = {number: chain for number, chain in self.chains.items() if chain["on"]}
            expected = {
                number: (self.balance(chain["point"], user), [(number, step[0], user) in self.claims for step in chain["steps"]])
                for number, chain in on.items()
            }
            shown = {
                number: (chain["value_point"]["amount"], [step["is_claimed"] for step in chain["steps"]])
                for number, chain in seen(self.api, user).items()
            }
            assert shown == expected
            assert self.control.inventory(user).get(ITEM, 0) == self.items[user]
