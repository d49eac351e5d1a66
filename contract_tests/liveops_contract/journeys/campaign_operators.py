"""What operators do in the journey through campaigns."""

from datetime import timedelta

from hypothesis import strategies as st

from liveops_contract.api import Api
from liveops_contract.journeys import campaign_calls as calls
from liveops_contract.journeys.campaign_calls import KINDS
from liveops_contract.journeys.campaign_model import (
    AXE,
    COUPON,
    DISCOUNT,
    OFFER,
    POTION,
    PROMO,
    TOTALS,
    USERS,
    CampaignModel,
    Json,
)

CODES, MADE_UP = ("Ace1", "Bee2", "Cat3", "Dog4", "Elk5"), "made up"
EFFECTS: dict[str, Json] = {  # of a campaign: how many per cent it takes off, and what it gives
    COUPON: ((0, {POTION: 1}), (0, {POTION: 3})),
    PROMO: ((10, {}), (20, {}), (0, {AXE: 1})),
    OFFER: ((0, {}),),
}
LIMIT, HOURS = st.sampled_from((None, None, 1, 3, 9)), st.sampled_from((None, None, 12, 60))
OPERATED = ("switch", "switch", "update", "update", "delete", "move", "move", "supply", "begin")
MOVES = st.tuples(st.sampled_from(USERS), st.sampled_from(("add", "set", "remove")), st.integers(0, 3))


class Operators(CampaignModel):
    """A part of a journey: campaigns come, change, get codes and go, and users get more or less of what is limited."""

    api: Api
    discount: int  # the number of the shop's discount

    def operate(self, data: st.DataObject) -> None:
        """An operator does something, mostly with a campaign that somebody waits for."""
        held = [one["campaign"] for one in self.redemptions.values() if not one["used"]]
        limited = [key for key in (*held, *self.campaigns) if self.campaigns[key]["kind"] in calls.WORDS]
        missing = [f"{kind}-1" for kind in KINDS if all(one["kind"] != kind for one in self.campaigns.values())]
        act = "begin" if missing else data.draw(st.sampled_from(OPERATED))
        things = {"begin": missing or self.free_keys(), "move": [*TOTALS, *limited]}.get(act, [*held, *held, *self.campaigns])
        if not things:
            return
        what = data.draw(st.sampled_from(things))
        if act == "switch":
            self.switch(what)
        elif act == "update":
            self.update(what, self.some_facts(data, what))
        elif act == "delete":
            calls.at(self.api, KINDS[self.campaigns[what]["kind"]].delete, what)
            self.forget(what)
        elif act == "move":
            self.move(what, *data.draw(MOVES))
        else:
            if act == "begin":
                self.put(what, self.some_facts(data, what))
            self.supply(what, data.draw(st.sampled_from([*self.unused_codes(), MADE_UP, CODES[0]])))

    def free_keys(self) -> list[str]:
        """Keys for new campaigns, up to two of a kind; they may be those of campaigns that were deleted."""
        keys = [f"{kind}-{number}" for kind in KINDS for number in (1, 2)]
        return [key for key in keys if key not in self.campaigns]

    def unused_codes(self) -> list[str]:
        """Codes that no campaign has, or not any more."""
        used = {code for one in self.campaigns.values() for code in one["codes"]}
        return [code for code in CODES if code not in used]

    def some_facts(self, data: st.DataObject, key: str) -> Json:
        """What a campaign may become."""
        effect = data.draw(st.sampled_from(EFFECTS[key.partition("-")[0]]))
        limits = (data.draw(LIMIT), data.draw(LIMIT), data.draw(LIMIT))
        hours = data.draw(HOURS)
        return facts(limits, effect, until=None if hours is None else self.now + timedelta(hours=hours))

    def put(self, key: str, facts: Json) -> None:
        """Create a campaign, and switch it on."""
        kind = key.partition("-")[0]
        self.api.call(KINDS[kind].create, body={"external_id": key, **calls.described(kind, facts)})
        self.campaigns[key] = {"kind": kind, "on": False, "codes": [], **facts}
        self.switch(key)

    def switch(self, key: str) -> None:
        """A campaign goes off or on."""
        campaign = self.campaigns[key]
        kind = KINDS[campaign["kind"]]
        calls.at(self.api, kind.deactivate if campaign["on"] else kind.activate, key)
        campaign["on"] = not campaign["on"]

    def update(self, key: str, facts: Json) -> None:
        """A campaign has other limits, another end and another effect, unless more is taken already."""
        campaign = self.campaigns[key]
        before, campaign["limits"] = campaign["limits"], facts["limits"]
        lefts = [self.counters(key, code)["available"] for code in (None, *campaign["codes"])]
        is_below = any((left or 0) < 0 for left in lefts)
        campaign |= {"limits": before} if is_below else facts
        answer = calls.at(self.api, KINDS[campaign["kind"]].update, key, calls.described(campaign["kind"], facts))
        assert answer.error_code == (6254 if is_below else None)

    def supply(self, key: str, code: str) -> None:
        """A campaign gets a code: one that is made up, or one of choice, if no campaign has it."""
        kind, codes = KINDS[self.campaigns[key]["kind"]], self.campaigns[key]["codes"]
        if code == MADE_UP:
            calls.at(self.api, kind.generate, key, {"count": 1})
            codes.append(calls.at(self.api, kind.codes, key).json()["codes"][-1]["code"])
            return
        is_taken = any(code in one["codes"] for one in self.campaigns.values())
        assert calls.at(self.api, kind.add, key, {"coupon_code": code}).error_code == (9803 if is_taken else None)
        codes += [] if is_taken else [code]

    def move(self, thing: str, user: str, act: str, number: int) -> None:
        """What is left to a user goes up or down, or is set, between nothing and the limit."""
        kind, name = self.named(thing)
        total, left = self.limit_of(thing), self.left(thing, user) or 0
        number = number if act == "set" else max(1, number)
        wish = {"add": left + number, "set": number, "remove": left - number}[act]
        answer = calls.move(self.api, act, kind, name, user, number)
        if total is None:
            assert answer.error_code == 4509
        elif not 0 <= wish <= total:
            assert answer.error_code == (4510 if thing == AXE else 4511)
        else:
            assert answer.json() == {"per_user": {"total": total, "available": wish}}
            self.leave(thing, user, wish)

    def named(self, thing: str) -> tuple[str, Json]:
        """What kind of thing is limited, and what calls name it by."""
        kind = thing if thing in TOTALS else self.campaigns[thing]["kind"]
        return kind, self.discount if thing == DISCOUNT else thing


def facts(limits: Json, effect: Json, *, until: Json = None) -> Json:
    """What a campaign is: its limits in total, for each user and each code, its end, and what its codes do."""
    return {"limits": limits, "until": until, "percent": effect[0], "gifts": effect[1]}
