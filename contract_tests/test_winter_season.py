"""The example program over the SDK, played by virtual days."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime

import winter_season
from liveops_contract.game_world import LiveOpsServer
from xsolla_liveops import AsyncLiveOps, AuthenticatedClient, LiveOps


def test_the_season_is_opened_played_and_closed(
    liveops_server: LiveOpsServer, liveops_admin: AuthenticatedClient, liveops_user: Callable[[str], AuthenticatedClient]
) -> None:
    """Each step of the program does what it says."""
    number = liveops_server.project_id
    operator = LiveOps(liveops_admin, project_id=number)
    player = LiveOps(liveops_user("ann"), project_id=number)
    for item in (1, 2, 3):
        liveops_server.control.put_item(f"com.xsolla.item_{item}")
    season = winter_season.open_season(operator)
    codes = winter_season.new_codes(operator, season, 3)
    liveops_server.control.put_item("sword", value_points=[{"sku": winter_season.HONOR, "amount": 15}])
    liveops_server.control.purchase("ann", {"sword": 1})
    begin = datetime(2025, 1, 1, tzinfo=UTC)

    assert winter_season.overview(operator) == ["Winter road, for ever, for honor"]
    assert [one.isoformat() for one in winter_season.calendar(operator, season, begin, 2)] == [
        "2025-01-06T05:00:00+01:00",
        "2025-01-13T05:00:00+01:00",
    ]
    assert winter_season.claim_what_is_due(player) == ["Advent, day 1: claimed"]
    balance, reached = winter_season.climb(player, season)
    assert (balance, len(reached)) == (15, 1)
    assert len(set(codes)) == 3
    assert winter_season.redeem(player, codes[0]) == ["com.xsolla.item_3"]
    assert winter_season.HONOR in asyncio.run(points(liveops_admin, number))
    assert winter_season.close_season(operator, season) == "gone (404)"


async def points(client: AuthenticatedClient, number: int) -> list[str]:
    """What the awaited part of the program tells."""
    async with AsyncLiveOps(client, project_id=number) as liveops:
        return await winter_season.names_of_points(liveops)
