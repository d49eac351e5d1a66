"""The example program over the SDK, played by virtual days."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import NamedTuple

import pytest
import winter_season
from liveops_contract.doors import HttpDoor
from liveops_contract.game_world import LiveOpsServer
from liveops_contract.stage import Stage
from winter_season import GIFT, POTION, SHIELD, SWORD, Season
from xsolla_liveops import AsyncLiveOps, AuthenticatedClient, LiveOps
from xsolla_liveops.errors import NotFoundError

DAY = 86_400


class Game(NamedTuple):
    """A project with an open season, its operator and its players."""

    server: LiveOpsServer
    season: Season
    operator: LiveOps
    player: Callable[[str], LiveOps]


@pytest.fixture
def game(
    liveops_server: LiveOpsServer, liveops_admin: AuthenticatedClient, liveops_user: Callable[[str], AuthenticatedClient]
) -> Game:
    """The season is open, on the first day of the year."""
    number = liveops_server.project_id
    for item in (SWORD, SHIELD, POTION):
        liveops_server.control.put_item(item, price={"amount": "10.00", "currency": "USD"})
    operator = LiveOps(liveops_admin, project_id=number)
    season = winter_season.open_season(operator)
    return Game(liveops_server, season, operator, lambda name: LiveOps(liveops_user(name), project_id=number))


def test_the_operator_sees_what_is_open(game: Game) -> None:
    """The chains, and when they start over."""
    begin = datetime(2025, 1, 1, tzinfo=UTC)

    assert list(winter_season.overview(game.operator)) == ["Winter road, for ever, for honor"]
    assert [one.isoformat() for one in winter_season.calendar(game.operator, game.season, begin, 2)] == [
        "2025-01-06T05:00:00+01:00",
        "2025-01-13T05:00:00+01:00",
    ]


def test_a_step_is_added_while_players_are_on_the_way(game: Game) -> None:
    """The chain is switched off for it and on again, and what was claimed stays claimed."""
    game.server.control.purchase("ann", {SWORD: 1})
    assert winter_season.climb(game.player("ann"), game.season) == ["Bronze: claimed", "Silver: not enough honor yet"]
    assert winter_season.add_gold(game.operator, game.season)

    chain = game.operator.reward_chains.get(game.season.road)
    assert ([step.name["en"] for step in chain.steps], chain.name["de"]) == (["Bronze", "Silver", "Gold"], "Winterweg")
    assert winter_season.climb(game.player("ann"), game.season) == [
        "Bronze: you have that already",
        "Silver: not enough honor yet",
        "Gold: not enough honor yet",
    ]


def test_players_come_back_and_take_offers(game: Game) -> None:
    """A day is claimed once; an offer is claimed or ordered."""
    ann = game.player("ann")

    assert winter_season.come_back(ann) == [f"Advent, day 1: {POTION}"]
    assert winter_season.come_back(ann) == []
    game.server.control.advance(DAY)
    assert winter_season.come_back(ann) == [f"Advent, day 2: {POTION}"]
    assert winter_season.take_offers(ann, game.season) == [f"{POTION} for nothing", f"{SWORD} for 10.00 USD"]


def test_codes_are_made_given_away_and_used(game: Game) -> None:
    """Each receiver has a code of their own; support lets a player redeem another one."""
    codes = winter_season.codes_for_newsletter(game.operator, [f"reader {number}" for number in range(60)])
    ann = game.player("ann")
    first, second, *_ = codes.values()

    assert len(set(codes.values())) == 60
    assert winter_season.redeem(ann, first) == SHIELD
    assert winter_season.redeem(ann, second) == "this code is used up"
    assert winter_season.once_more(game.operator, "ann") == (0, 1)
    assert winter_season.redeem(ann, second) == SHIELD
    assert winter_season.redeem(ann, "NOSUCHCODE") == "there is no such thing"
    assert sorted(asyncio.run(awaited(game, winter_season.used_codes))) == sorted([first, second])


def test_a_code_to_shout_is_found_and_makes_a_cart_cheaper(game: Game, capsys: pytest.CaptureFixture[str]) -> None:
    """What cannot be a code is told before it is sent, what is taken after."""
    assert winter_season.code_to_shout(game.operator, ["SNOW"]) == "SNOW"
    assert winter_season.code_to_shout(game.operator, ["", "SNOW", "ICE"]) == "ICE"
    said = capsys.readouterr().out
    assert "'' is no code: minLength 1" in said
    assert "'SNOW': [0401-9803]" in said
    ann = game.player("ann")
    assert winter_season.enter_in_cart(ann, "SNOW") == "there is no such thing"
    game.server.control.fill_cart("ann", {SHIELD: 2})

    assert winter_season.enter_in_cart(ann, "ICE") == "18.00 instead of 20.00"


def test_support_gives_the_daily_deal_back(game: Game) -> None:
    """Before the next morning."""
    game.server.control.put_user("ann")
    game.server.control.purchase("ann", {SWORD: 1})
    limit = game.operator.limits.get_promotion_limit(game.season.daily_deal, user_external_id="ann").per_user
    again = winter_season.deal_again(game.operator, game.season, "ann")

    assert (limit.available, again.available, again.total) == (0, 1, 1)


def test_many_players_come_back_at_once(game: Game) -> None:
    """Whoever was there before is told so, the others are not held up by it."""
    names = ["ann", "bob", "cid", "dan"]
    winter_season.come_back(game.player("bob"))

    async def all_of_them() -> list[str]:
        players = [AsyncLiveOps(game.player(name).client, project_id=game.server.project_id) for name in names]
        return await winter_season.all_come_back(players, game.season)

    assert asyncio.run(all_of_them()) == ["claimed", "you have that already", "claimed", "claimed"]


def test_the_season_is_closed_even_where_some_of_it_is_gone(game: Game) -> None:
    """What is gone already does not keep the rest."""
    game.operator.daily_chains.delete(game.season.advent)

    assert winter_season.close_season(game.operator, game.season) == [
        "road: removed",
        "advent: gone already",
        "starter: removed",
        "daily deal: removed",
    ]
    with pytest.raises(NotFoundError):
        game.operator.coupons.get(GIFT)


async def awaited(game: Game, program: Callable[[AsyncLiveOps], Awaitable[list[str]]]) -> list[str]:
    """What an awaited part of the program tells an operator."""
    return await program(AsyncLiveOps(game.operator.client, project_id=game.server.project_id))


def test_the_program_runs_by_itself(
    http_stage: Stage, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Over a socket, for the project that the environment names."""
    api = http_stage.fresh()
    assert api.control is not None
    assert isinstance(http_stage.door, HttpDoor)
    for item in (SWORD, SHIELD, POTION):
        api.control.put_item(item, price={"amount": "10.00", "currency": "USD"})
    monkeypatch.delenv("LIVEOPS_USER_TOKEN", raising=False)
    monkeypatch.setenv("LIVEOPS_PROJECT_ID", str(api.account.project_id))
    monkeypatch.setenv("LIVEOPS_API_KEY", api.account.api_key)
    monkeypatch.setenv("LIVEOPS_BASE_URL", http_stage.door.base_url)
    winter_season.main()

    assert capsys.readouterr().out.splitlines() == [
        "Winter road, for ever, for honor",
        "starts over at 06.01.2025 05:00 +0100",
        "starts over at 13.01.2025 05:00 +0100",
        "starts over at 20.01.2025 05:00 +0100",
        "road: removed",
        "advent: removed",
        "starter: removed",
        "daily deal: removed",
    ]
