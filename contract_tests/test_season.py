"""The ledger of a season, recomputed from the diary alone by somebody who has only read the rules of the game."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from season import BANNER, HONOR_ENDS, OFFERS, ROAD, SHOP, SHOP_CLOSES, SHOP_OPENS, WEEK, Deed, Season

FIRST = date(2025, 1, 1)
MONDAY = 0


class Ledger:
    """What everybody holds, in plain counters. `judge` says whether a deed is allowed, and books it."""

    def __init__(self) -> None:
        self.items: Counter[tuple[str, str]] = Counter()  # player, item
        self.experience: Counter[str] = Counter()
        self.honor: Counter[str] = Counter()
        self.clan: dict[str, str] = {}
        self.walked: set[tuple[str, int]] = set()
        self.carried: set[tuple[str, int]] = set()
        self.came: set[tuple[str, int]] = set()  # player, day
        self.offered: Counter[str] = Counter()  # steps taken in this round
        self.shop_is_open = True

    def night(self, day: int) -> None:
        """What happens between the day before and this one, then what the operator does in the morning."""
        today = FIRST + timedelta(days=day)
        if day and today.weekday() == MONDAY:
            self.experience.clear()
            self.walked.clear()
        if day and today.day == 1 and self.shop_is_open:
            self.offered.clear()
        if day in (SHOP_CLOSES, SHOP_OPENS):
            self.shop_is_open = day == SHOP_OPENS
        if day == HONOR_ENDS:
            self.honor.clear()
            self.carried.clear()

    def judge(self, deed: Deed) -> bool:
        """Whether the player may do that; if so, it is done."""
        player, detail = deed.player, deed.detail
        match deed.what:
            case "clan":
                return self.moved(player, detail)
            case "buy":
                return self.bought(player, *detail)
            case "walk":
                price, sku, pieces = ROAD[detail]
                return self.reached(player, (player, detail), self.walked, self.experience[player] >= price, (sku, pieces))
            case "carry":
                price, sku, pieces = BANNER[detail]
                return self.reached(player, (player, detail), self.carried, self.together(player) >= price, (sku, pieces))
            case "come":
                is_today = detail == deed.day % len(WEEK) + 1
                return self.reached(player, (player, deed.day), self.came, is_today, (WEEK[detail - 1], 1))
            case _:
                return self.took(deed)

    def together(self, player: str) -> int:
        """The honor of all who are in the player's clan."""
        own = self.clan.get(player)
        return sum(self.honor[other] for other, clan in self.clan.items() if clan == own) if own else 0

    def moved(self, player: str, clan: str) -> bool:
        """Who leaves a clan gets first what was earned in it."""
        if clan != self.clan.get(player):
            earned = self.together(player)
            for place, (price, sku, pieces) in enumerate(BANNER):
                self.reached(player, (player, place), self.carried, player in self.clan and earned >= price, (sku, pieces))
        self.clan[player] = clan
        return True

    def bought(self, player: str, sku: str, pieces: int) -> bool:
        """Pieces, and the points that they carry."""
        _, experience, honor = SHOP[sku]
        self.items[player, sku] += pieces
        self.experience[player] += experience * pieces
        self.honor[player] += honor * pieces
        return True

    def reached(
        self, player: str, claim: tuple[str, int], claimed: set[tuple[str, int]], open_: bool, reward: tuple[str, int]
    ) -> bool:
        """A reward is given once, to who has reached it."""
        if claim in claimed or not open_:
            return False
        claimed.add(claim)
        self.items[player, reward[0]] += reward[1]
        return True

    def took(self, deed: Deed) -> bool:
        """The next offer, if the shop is open; what is not paid does not count, whoever says so."""
        taken = self.offered[deed.player]
        if not self.shop_is_open or taken == len(OFFERS):
            assert deed.detail is None, deed
            return False
        assert deed.detail == taken + 1, deed
        sku, is_free = OFFERS[taken]
        if is_free or deed.done:
            self.offered[deed.player] += 1
            return self.bought(deed.player, sku, 1)
        return False


def disagreements(diary: list[Deed], ledger: Ledger, days: int) -> Iterator[Deed]:
    """Deeds that the mock and the ledger judge differently."""
    for day in range(days):
        ledger.night(day)
        yield from (deed for deed in diary if deed.day == day and ledger.judge(deed) != deed.done)


@pytest.mark.slow
def test_the_ledger_of_a_season_equals_its_recomputation() -> None:
    """Fifty players, sixty days: every verdict, every piece and every point."""
    season, ledger = Season(players=50, days=60), Ledger()
    season.play()
    expected_verdicts = list(disagreements(season.diary, ledger, season.days))
    ledger.night(season.days)  # the clock has gone on to the morning after the last day
    held = {player: season.holdings(player) for player in season.players}

    assert expected_verdicts == []
    assert {(player, sku): count for player, has in held.items() for sku, count in has["items"].items()} == +ledger.items
    assert {player: has["points"].get("experience", 0) for player, has in held.items() if "experience" in has["points"]} == dict(
        +ledger.experience
    )
    assert {player: has["points"].get("honor", 0) for player, has in held.items() if "honor" in has["points"]} == dict(
        +ledger.honor
    )
    done = Counter(deed.what for deed in season.diary if deed.done)
    refused = Counter(deed.what for deed in season.diary if not deed.done)
    assert min(done[what] for what in ("buy", "walk", "carry", "come", "offer", "clan")) > 20
    assert min(refused[what] for what in ("walk", "carry", "come", "offer")) > 20
