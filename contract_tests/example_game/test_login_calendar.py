"""The calendar, played by virtual days."""

from collections.abc import Callable

import pytest
from liveops_contract.game_world import LiveOpsClock, LiveOpsServer
from login_calendar import LoginCalendar
from xsolla_liveops import AuthenticatedClient

Players = Callable[[str], AuthenticatedClient]
PRESENTS = ["coin", "potion", "sword"]


@pytest.fixture
def calendar(liveops_server: LiveOpsServer, liveops_admin: AuthenticatedClient, liveops_clock: LiveOpsClock) -> LoginCalendar:
    """Three days that begin now."""
    for sku in PRESENTS:
        liveops_server.control.put_item(sku)
    return LoginCalendar.publish(liveops_admin, liveops_server.project_id, PRESENTS, liveops_clock.now)


def test_each_day_has_its_present(calendar: LoginCalendar, liveops_user: Players, liveops_clock: LiveOpsClock) -> None:
    """Whoever comes every day gets all of them, in order."""
    ann, got = liveops_user("ann"), []
    for _ in PRESENTS:
        got.append(calendar.log_in(ann))
        liveops_clock.advance(days=1)

    assert got == PRESENTS


def test_a_missed_day_is_lost(calendar: LoginCalendar, liveops_user: Players, liveops_clock: LiveOpsClock) -> None:
    """Who comes on the third day gets the present of the third."""
    liveops_clock.advance(days=2)

    assert calendar.log_in(liveops_user("ann")) == "sword"


def test_a_present_is_given_once(calendar: LoginCalendar, liveops_user: Players, liveops_server: LiveOpsServer) -> None:
    """The second login of a day gives nothing, and each player has a calendar of one's own."""
    presents = [calendar.log_in(liveops_user(name)) for name in ("ann", "ann", "bob")]

    assert presents == ["coin", None, "coin"]
    assert liveops_server.control.inventory("ann") == {"coin": 1}


def test_before_the_first_day_there_is_nothing(
    calendar: LoginCalendar, liveops_user: Players, liveops_clock: LiveOpsClock
) -> None:
    """A day earlier the calendar has not begun."""
    liveops_clock.rewind(days=1)

    assert calendar.log_in(liveops_user("ann")) is None
