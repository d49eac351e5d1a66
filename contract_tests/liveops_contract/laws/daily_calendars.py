"""The laws of daily chains of the type `calendar_hard`: the same days for everybody."""

from datetime import datetime, timedelta

from hypothesis import strategies as st

from liveops_contract.api import Api
from liveops_contract.checks import Draw, law
from liveops_contract.laws import daily_chain_scenes as days
from liveops_contract.laws import scenes
from liveops_contract.laws.daily_chain_scenes import CALENDAR, DAY, NOW, SECOND, Paper

READ, CLAIM = "get-user-daily-chain-by-id", "claim-user-daily-chain-step-reward"


def began(draw: Draw, most: int = 400) -> datetime:
    """The start of a chain that is open when a project begins, at any time of the day."""
    return NOW - timedelta(days=draw(st.integers(0, most)), seconds=draw(st.sampled_from((0, 1, 43_200, 86_399))))


@law(READ)
def each_day_of_a_calendar_belongs_to_one_step(api: Api, draw: Draw) -> None:
    """Its step is claimable from the first to the last second of the day, whatever offset the start is written with."""
    length, start = draw(st.integers(1, 4)), NOW + timedelta(seconds=draw(st.integers(1, 86_400)))
    number = days.make(api, days.chain(*days.steps(length), date_start=days.spelled(start, draw)))
    now = days.turn_of_day(draw, start, length)
    days.go(api, now)

    assert days.told(api, number) == Paper(CALENDAR, length, start, is_recurrent=False).told("user_1", now)


@law(READ)
def days_follow_the_sorted_places_of_the_steps(api: Api, draw: Draw) -> None:
    """The first day belongs to the lowest `step_number`, the next day to the next one, however large the gaps are."""
    places = draw(st.lists(st.integers(1, 30), min_size=2, max_size=4, unique=True))
    number = days.make(api, days.chain(*map(days.step, places)))
    today = draw(st.integers(0, len(places) - 1))
    days.go(api, NOW + today * DAY)
    read = {one["step_number"]: one["status"] for one in days.seen(api, number)["steps"]}

    paper = Paper(CALENDAR, len(places), NOW, is_recurrent=False).told("user_1", NOW + today * DAY)
    assert list(read.items()) == list(zip(sorted(places), [status for status, _ in paper], strict=True))


@law(READ)
def a_day_without_a_second_of_its_own_begins_with_the_next(api: Api, draw: Draw) -> None:
    """A chain that starts within a second opens, day after day, with the next full one."""
    today, early = draw(st.integers(1, 2)), draw(st.booleans())
    number = days.make(api, days.chain(*days.steps(3), date_start="2024-12-31T23:59:59.25+00:00"))
    days.go(api, NOW + today * DAY - early * SECOND)

    paper = Paper(CALENDAR, 3, NOW, is_recurrent=False)
    assert days.told(api, number) == paper.told("user_1", NOW + today * DAY - early * SECOND)


@law(READ)
def days_are_counted_from_any_year(api: Api, draw: Draw) -> None:
    """A chain that began before Unix time, or at the very beginning of the calendar, has dates, and its days have passed."""
    began = {
        "0000-01-01T00:00:00Z": -62_167_219_200,
        "0001-01-01T00:00:00+23:59": -62_135_683_140,
        "1969-12-31T23:59:59Z": -1,
    }
    text = draw(st.sampled_from(sorted(began)))
    number = days.make(api, days.chain(*days.steps(2), date_start=text))

    assert days.told(api, number) == [("blocked", began[text]), ("blocked", began[text] + 86_400)]


@law(READ, "admin-create-daily-chain")
def a_daily_chain_may_have_no_days(api: Api, draw: Draw) -> None:
    """Without steps there is nothing to claim, whatever the type, recurrent or not."""
    facts = {"type": draw(st.sampled_from((CALENDAR, days.ROLLING))), "is_recurrent": draw(st.booleans())}
    number = days.make(api, days.chain(**facts))
    days.go(api, NOW + draw(st.integers(0, 3)) * DAY)

    assert days.told(api, number) == []
    assert days.claim(api, number, 1) == 9911


@law("admin-update-daily-chain", READ, CLAIM)
def another_type_reads_the_same_claims(api: Api, draw: Draw) -> None:
    """An update may change the type: what was claimed counts as if it had been claimed in a chain of the new type."""
    before, after = draw(st.permutations((CALENDAR, days.ROLLING)))
    number, first = days.make(api, days.chain(*days.steps(3), type=before)), NOW + timedelta(hours=draw(st.integers(0, 23)))
    days.go(api, first)
    days.claim(api, number, 1)
    paper = Paper(after, 3, NOW, is_recurrent=False)
    paper.claim("user_1", 1, first)
    kept = [days.step(place, step_id=one) for place, one in enumerate(days.step_ids(api, number), 1)]
    days.rewrite(api, number, days.chain(*kept, type=after))
    now = days.turn_of_day(draw, draw(st.sampled_from((NOW, first))), 3)
    days.go(api, now)

    assert days.told(api, number) == paper.told("user_1", now)


@law(READ, CLAIM)
def a_recurrent_calendar_starts_over_for_everybody(api: Api, draw: Draw) -> None:
    """After its last day the first begins anew, for those who claimed and for those who did not; other chains end."""
    length, start = draw(st.integers(1, 3)), began(draw)
    papers = {}
    for is_recurrent in (True, False):
        facts = {"date_start": days.spelled(start, draw), "is_recurrent": is_recurrent}
        number = days.make(api, days.chain(*days.steps(length), **facts))
        papers[number] = Paper(CALENDAR, length, start, is_recurrent=is_recurrent)
        for place in range(1, length + 1):
            assert days.claim(api, number, place) == papers[number].claim("user_1", place, NOW)
    passed = -(-(NOW - start) // DAY) // length + draw(st.integers(1, 2))
    for seconds in (-1, 0, 1):
        now = start + passed * length * DAY + seconds * SECOND
        days.go(api, now)

        for number, paper in papers.items():
            assert [days.told(api, number, user) for user in scenes.USERS] == [paper.told(user, now) for user in scenes.USERS]


@law(READ, CLAIM)
def a_calendar_is_kept_as_on_paper(api: Api, draw: Draw) -> None:
    """Whoever claims whatever at whatever time: each user has what a tick on a sheet of paper would say."""
    length, is_recurrent = draw(st.integers(1, 4)), draw(st.booleans())
    start, now = began(draw, 5), NOW
    facts = {"date_start": days.spelled(start, draw), "is_recurrent": is_recurrent}
    number, paper = (
        days.make(api, days.chain(*days.steps(length), **facts)),
        Paper(CALENDAR, length, start, is_recurrent=is_recurrent),
    )
    for _ in range(draw(st.integers(2, 6))):
        user, place = draw(st.sampled_from(scenes.USERS)), draw(st.integers(1, length))
        assert days.claim(api, number, place, user) == paper.claim(user, place, now)
        assert days.told(api, number, user) == paper.told(user, now)
        now = max(now, days.turn_of_day(draw, start + (now - start) // DAY * DAY, 2))
        days.go(api, now)


@law(READ, CLAIM, "admin-update-daily-chain")
def one_day_gives_one_reward(api: Api, draw: Draw) -> None:
    """A step that an update moves into a day on which the user claimed another one is blocked for him, not for others."""
    kind = draw(st.sampled_from((CALENDAR, days.ROLLING)))
    number = days.make(api, days.chain(*days.steps(2), type=kind))
    first, second = days.step_ids(api, number)
    days.claim(api, number, 1)
    rewritten = [days.step(1, step_id=second), days.step(2, step_id=first)]
    days.rewrite(api, number, days.chain(*rewritten, type=kind))

    assert days.statuses(api, number) == ["blocked", "claimed"]
    assert scenes.refusal(api, CLAIM, **days.claiming(number, 1)) == (422, 6222, {})
    assert days.statuses(api, number, "user_2") == ["claimable", "claim_in_future"]
    assert days.claim(api, number, 1, "user_2") is None
