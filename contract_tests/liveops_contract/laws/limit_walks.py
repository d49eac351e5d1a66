"""The laws of limits that hold for items and promotions alike, each over a drawn walk; the areas say for which kind."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from hypothesis import strategies as st

from liveops_contract.api import Api, Json
from liveops_contract.checks import Draw
from liveops_contract.laws import scenes
from liveops_contract.laws.limit_scenes import AT_EIGHT, MOST, USERS, Kind, Left, ask, furnish, left, reset_all
from liveops_contract.laws.resets import now, strikes
from liveops_contract.schedule_strategies import daily_schedules, monthly_schedules, weekly_schedules

ACTS = ("use", "add", "remove", "set", "reset", "reset everybody", "reset all")
LARGEST_PURCHASE = 1_000_000
FATES = ("nothing", "taken and given", "reset", "started over")


@dataclass
class Paper:
    """What should be left to each user of each thing, and how many there are of it at most."""

    totals: dict[Json, int]
    left: Left


def walk(api: Api, draw: Draw, kind: Kind) -> None:
    """Let users use two things and an operator change what is left; what is left is what a piece of paper says."""
    furnish(api)
    drawn = draw(st.lists(st.sampled_from(kind.totals), min_size=2, max_size=2))
    totals = {kind.make(api, f"thing_{place}", total, None): total for place, total in enumerate(drawn)}
    paper = Paper(totals, {(user, thing): total for user in USERS for thing, total in totals.items()})
    for who in paper.left:
        use(api, draw, kind, paper, who)
    for act in draw(st.lists(st.sampled_from(ACTS), min_size=2, max_size=7)):
        user, thing = draw(st.sampled_from(sorted(paper.left, key=str)))
        if act == "use":
            use(api, draw, kind, paper, (user, thing))
        elif act in ("add", "remove", "set"):
            change(api, draw, kind, paper, (act, user, thing))
        else:
            reset(api, kind, paper, (act, user, thing))
        assert {key: left(api, kind, key[1], key[0]) for key in paper.left} == paper.left
    go_beyond(api, kind, paper)
    to_both_ends(api, kind, paper)


def to_both_ends(api: Api, kind: Kind, paper: Paper) -> None:
    """From the limit down to nothing at once and back, in every way there is."""
    for user, thing in paper.left:
        total = paper.totals[thing]
        for act, sent, wish in (("set", total, total), ("set", 0, 0), ("add", total, total), ("remove", total, 0)):
            assert ask(api, kind, act, thing, user, sent).json() == {"per_user": {"total": total, "available": wish}}
            assert left(api, kind, thing, user) == wish
        reset(api, kind, paper, ("reset", user, thing))
        assert left(api, kind, thing, user) == total


def go_beyond(api: Api, kind: Kind, paper: Paper) -> None:
    """One too many is refused, whatever is asked for, and changes nothing."""
    for (user, thing), available in paper.left.items():
        total = paper.totals[thing]
        for act, sent in (("add", total - available + 1), ("remove", available + 1), ("set", total + 1)):
            if sent <= MOST:
                assert scenes.verdict(ask(api, kind, act, thing, user, sent)) == (422, kind.out_of_range)
    assert {key: left(api, kind, key[1], key[0]) for key in paper.left} == paper.left


def amount(draw: Draw, available: int, total: int) -> int:
    """A number at which something ends: what is left, what is missing, and one more of each."""
    return int(draw(st.sampled_from((1, available, available + 1, total - available, total - available + 1))))


def use(api: Api, draw: Draw, kind: Kind, paper: Paper, who: tuple[str, Json]) -> None:
    """A user uses a thing, as far as there is any of it left."""
    most = LARGEST_PURCHASE if kind.totals[-1] == MOST else 3
    tries = max(1, min(amount(draw, paper.left[who], paper.totals[who[1]]), most))
    worked = kind.works(tries, paper.left[who])
    assert kind.use(api, who[0], who[1], tries) == worked
    paper.left[who] -= worked


def change(api: Api, draw: Draw, kind: Kind, paper: Paper, what: tuple[str, str, Json]) -> None:
    """Raise, lower or set what is left; between nothing and the limit it is so, beyond it is refused."""
    act, user, thing = what
    available, total = paper.left[user, thing], paper.totals[thing]
    drawn = draw(st.sampled_from((0, 1, total, total + 1))) if act == "set" else max(1, amount(draw, available, total))
    sent = min(drawn, MOST)
    wish = {"add": available + sent, "remove": available - sent, "set": sent}[act]
    answer = ask(api, kind, act, thing, user, sent)
    if 0 <= wish <= total:
        paper.left[user, thing] = wish
        assert answer.json() == {"per_user": {"total": total, "available": wish}}
    else:
        assert scenes.verdict(answer) == (422, kind.out_of_range)


def reset(api: Api, kind: Kind, paper: Paper, what: tuple[str, str, Json]) -> None:
    """Make limits whole again: of one user and one thing, of everybody, or of everything."""
    act, user, thing = what
    if act == "reset all":
        answer = reset_all(api, kind, user)
    else:
        answer = ask(api, kind, "reset", thing, user if act == "reset" else None)
    assert (answer.status, answer.body) == (200, b"")
    for one, other in paper.left:
        if (one == user or act == "reset everybody") and (other == thing or act == "reset all"):
            paper.left[one, other] = paper.totals[other]


def start_over(api: Api, draw: Draw, kind: Kind) -> None:
    """What was used or taken away is there again at each strike of the schedule, for everybody, and not a second before."""
    furnish(api)
    schedule = draw(daily_schedules() | weekly_schedules() | monthly_schedules())
    begin = datetime.fromisoformat("2025-01-01T00:00:00+00:00") + timedelta(hours=draw(st.integers(0, 9600)))
    scenes.control_of(api).set_clock(begin.isoformat())
    thing, steady = kind.make(api, "thing", 4, schedule), kind.make(api, "steady", 4, None)
    paper: Left = {(user, which): 4 for user in USERS for which in (thing, steady)}
    for strike in strikes(schedule, now(api))[:2]:
        for user, which in paper:
            paper[user, which] -= kind.use(api, user, which, 1)
        ask(api, kind, "remove", thing, USERS[0], 1)
        scenes.control_of(api).set_clock((strike - timedelta(seconds=1)).isoformat())
        seen = {key: left(api, kind, key[1], key[0]) for key in paper}
        assert seen == {**paper, (USERS[0], thing): paper[USERS[0], thing] - 1}
        scenes.control_of(api).advance(1)
        paper |= {(user, thing): 4 for user in USERS}
        assert {key: left(api, kind, key[1], key[0]) for key in paper} == paper


def refuse(api: Api, draw: Draw, kind: Kind) -> None:
    """An unknown thing goes before an unknown user, an unknown user before a missing limit; each has its code."""
    furnish(api)
    scenes.control_of(api).token("stranger")
    thing, free = kind.make(api, "thing", 5, None), kind.make(api, "free", None, None)
    kind.use(api, USERS[0], thing, 1)
    strange, code = kind.unknown
    expected = {
        (strange, "stranger"): (404, code),
        (strange, USERS[0]): (404, code),
        (thing, "stranger"): (404, 5008),
        (free, "stranger"): (404, 5008),
        (free, USERS[0]): (422, kind.without_limit),
        (strange, None): (404, code),
        (free, None): (422, kind.without_limit),
    }
    for act in ("get", "add", "remove", "set", "reset"):
        drawn = draw(st.sampled_from([pair for pair in expected if pair[1] or act == "reset"]))
        for which, user in (drawn, (free, USERS[0])):
            answer = ask(api, kind, act, which, user, None if act in ("get", "reset") else 1)
            assert scenes.verdict(answer) == expected[which, user]
    assert scenes.verdict(reset_all(api, kind, "stranger")) == (404, 5008)
    assert [left(api, kind, thing, user) for user in USERS] == [4, 5]


def give_back(api: Api, draw: Draw, kind: Kind) -> None:
    """A refund gives back what the order still uses, whatever has happened since."""
    for fate in FATES:
        give_back_after(fate, api.sibling(), draw, kind)


def give_back_after(fate: str, api: Api, draw: Draw, kind: Kind) -> None:
    """Nothing after a reset, or a strike of the schedule; what an operator took and gave does not matter."""
    furnish(api)
    control, thing = scenes.control_of(api), kind.make(api, "thing", 9, AT_EIGHT)
    used: dict[int, int] = {}
    for _ in range(draw(st.integers(1, 3))):
        pieces = draw(st.integers(1, 2)) if kind.totals[-1] == MOST else 1
        assert kind.use(api, USERS[0], thing, pieces) == pieces
        used[control.orders(USERS[0])[-1]["order_id"]] = pieces
    if fate == "taken and given":
        for act in ("remove", "add"):
            ask(api, kind, act, thing, USERS[0], 1)
    if fate == "reset":
        ask(api, kind, "reset", thing, USERS[0])
    if fate == "started over":
        control.advance(draw(st.integers(8, 31)) * 3600)
    if fate in ("reset", "started over"):
        used = dict.fromkeys(used, 0)
        kind.use(api, USERS[0], thing, 1)
        used[control.orders(USERS[0])[-1]["order_id"]] = 1
    for number in draw(st.permutations(sorted(used))):
        assert left(api, kind, thing) == 9 - sum(used.values())
        control.refund(number)
        used[number] = 0
    assert left(api, kind, thing) == 9
