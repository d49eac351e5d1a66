"""The laws of daily chains of the type `rolling`: days that each user begins with a first claim."""

from datetime import datetime, timedelta

from hypothesis import strategies as st

from liveops_contract.api import Api
from liveops_contract.checks import Draw, law
from liveops_contract.laws import daily_chain_scenes as days
from liveops_contract.laws import scenes
from liveops_contract.laws.daily_chain_scenes import CALENDAR, DAY, NOW, ROLLING, SECOND, Paper

READ, CLAIM, RESET = "get-user-daily-chain-by-id", "claim-user-daily-chain-step-reward", "admin-reset-daily-chain"


def rolling(api: Api, draw: Draw, *, is_recurrent: bool) -> tuple[int, Paper]:
    """A chain that has been open for a while, and the same on paper."""
    length = draw(st.integers(1, 4))
    start = NOW - timedelta(days=draw(st.integers(0, 5)), seconds=draw(st.sampled_from((0, 1, 43_200))))
    facts = {"date_start": days.spelled(start, draw), "is_recurrent": is_recurrent, "type": ROLLING}
    return days.make(api, days.chain(*days.steps(length), **facts)), Paper(ROLLING, length, start, is_recurrent=is_recurrent)


@law(READ, CLAIM)
def a_rolling_chain_waits_for_the_first_claim(api: Api, draw: Draw) -> None:
    """However late it is, the first step can be claimed, since the chain began, and no other; other dates are not known."""
    number, paper = rolling(api, draw, is_recurrent=draw(st.booleans()))
    now = days.turn_of_day(draw, NOW, 6)
    days.go(api, now)
    told = days.told(api, number)
    place = draw(st.integers(1, paper.length))

    assert told == paper.told("user_1", now)
    assert days.claim(api, number, place) == paper.claim("user_1", place, now)


@law(READ, CLAIM)
def days_of_a_rolling_chain_are_counted_from_the_first_claim(api: Api, draw: Draw) -> None:
    """Step n opens n - 1 days after it to the second, and is lost a day later; who did not begin has no days."""
    number, paper = rolling(api, draw, is_recurrent=False)
    first = NOW + timedelta(seconds=draw(st.integers(0, 200_000)))
    days.go(api, first)
    assert days.claim(api, number, 1) == paper.claim("user_1", 1, first)
    for day in range(1, paper.length + 1):
        for now in (first + day * DAY - SECOND, first + day * DAY):
            days.go(api, now)

            assert [days.told(api, number, user) for user in scenes.USERS] == [paper.told(user, now) for user in scenes.USERS]


@law(READ, CLAIM)
def a_recurrent_rolling_chain_starts_over_for_each_user(api: Api, draw: Draw) -> None:
    """When the last of the user's days is over, the first step waits for a claim again; others go on with their own days."""
    number, paper = rolling(api, draw, is_recurrent=True)
    days.go(api, NOW + timedelta(hours=draw(st.integers(0, 23))))
    now = datetime.fromisoformat(scenes.control_of(api).now())
    assert days.claim(api, number, 1, "user_2") == paper.claim("user_2", 1, now)
    for place in range(1, paper.length + 1):
        now = NOW + (place - 1) * DAY + timedelta(hours=23)
        days.go(api, now)
        assert days.claim(api, number, place) == paper.claim("user_1", place, now)
    begun = paper.first[draw(st.sampled_from(scenes.USERS))]
    now = max(now, begun + draw(st.integers(1, 2)) * paper.length * DAY + draw(st.sampled_from((-1, 0, 1))) * SECOND)
    days.go(api, now)
    received = scenes.control_of(api).inventory("user_1")[days.ITEM]
    for place in range(1, paper.length + 1):
        refused = paper.claim("user_1", place, now)
        assert days.claim(api, number, place) == refused
        received += 0 if refused else place

    assert scenes.control_of(api).inventory("user_1") == {days.ITEM: received}
    assert [days.told(api, number, user) for user in scenes.USERS] == [paper.told(user, now) for user in scenes.USERS]


@law(READ, CLAIM, RESET)
def a_rolling_chain_is_kept_as_on_paper(api: Api, draw: Draw) -> None:
    """Whoever claims whatever at whatever time, with a reset now and then: each user has what a sheet of paper would say."""
    for is_recurrent in (True, False):
        keep_as_on_paper(api.sibling(), draw, is_recurrent=is_recurrent)


def keep_as_on_paper(api: Api, draw: Draw, *, is_recurrent: bool) -> None:
    """Claim, reset and let time pass; at the end everybody's days are over."""
    number, paper = rolling(api, draw, is_recurrent=is_recurrent)
    now = NOW
    for _ in range(draw(st.integers(3, 8))):
        user = draw(st.sampled_from(scenes.USERS))
        if draw(st.integers(0, 5)) == 0:
            days.reset(api, number)
            paper.reset()
        claimable = [place for place, (status, _) in enumerate(paper.told(user, now), 1) if status == "claimable"]
        place = draw(st.sampled_from(claimable)) if claimable and draw(st.booleans()) else draw(st.integers(1, paper.length))
        assert days.claim(api, number, place, user) == paper.claim(user, place, now)
        assert days.told(api, number, user) == paper.told(user, now)
        now += draw(st.sampled_from((DAY, DAY, DAY - SECOND, DAY + SECOND, 2 * DAY, paper.length * DAY, timedelta(hours=7))))
        days.go(api, now)
    assert days.claim(api, number, 1) == paper.claim("user_1", 1, now)
    now += paper.length * DAY
    days.go(api, now)
    assert [days.told(api, number, user) for user in scenes.USERS] == [paper.told(user, now) for user in scenes.USERS]


@law(RESET, READ, CLAIM)
def a_reset_of_a_rolling_chain_lets_everybody_begin_again(api: Api, draw: Draw) -> None:
    """All users stand where nobody has claimed, in this chain alone; what they received stays, and is given again."""
    number, paper = rolling(api, draw, is_recurrent=draw(st.booleans()))
    place = draw(st.integers(1, 2))
    for user in scenes.USERS[:place]:
        days.claim(api, number, 1, user)
    days.go(api, NOW + draw(st.integers(0, 2)) * DAY)
    if draw(st.booleans()):
        days.toggle(api, number)
    answer = days.reset(api, number)
    if not days.read(api, number)["is_enabled"]:
        days.toggle(api, number)

    assert answer.status == 204
    assert [days.told(api, number, user) for user in scenes.USERS] == [paper.told(user, NOW) for user in scenes.USERS]
    assert days.claim(api, number, 1) is None
    assert scenes.control_of(api).inventory("user_1") == {days.ITEM: 2}


@law(RESET)
def only_rolling_chains_are_reset(api: Api, draw: Draw) -> None:
    """The reset of a calendar is refused with 6220 and changes nothing."""
    facts = {"is_recurrent": draw(st.booleans()), "type": CALENDAR}
    number = days.make(api, days.chain(*days.steps(2), **facts))
    days.claim(api, number, 1)

    assert scenes.refusal(api, RESET, path={"daily_chain_id": number}) == (422, 6220, {})
