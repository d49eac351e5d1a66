"""What every season stands on: a mock in this process, an operator and players who reach it through the SDK alone.

What the API needs but does not own (time, tokens, purchases, carts) comes in through the control door.
"""

import argparse
import json
import random
from datetime import UTC, datetime
from typing import Any

from liveops_contract.control import Control
from liveops_contract.doors import Answer, InProcessDoor, Served
from liveops_contract.signing import basic
from liveops_contract.transport import in_process
from liveops_mock import MockServer
from xsolla_liveops import AuthenticatedClient
from xsolla_liveops import models as m

PROJECT, KEY, SECRET = 44056, "season-key", "season-secret-of-thirty-two-characters"
START = datetime(2025, 1, 1, tzinfo=UTC)
HOUR, DAY = 3600, 86_400
MORNING = 10 * HOUR  # players come at ten, long after anything that is due at night


class Game:
    """The operator and the players of a fresh project. Without a server of its own it gets a sound mock."""

    def __init__(self, players: int, days: int, seed: int, server: Served | None = None) -> None:
        self.days = days
        self.chance = random.Random(seed)  # noqa: S311 - a game, no secret
        self.server = server or MockServer(PROJECT, KEY, SECRET)
        reach: dict[str, Any] = in_process(self.server)
        self.control = Control(self.knock, PROJECT)
        self.operator = AuthenticatedClient.admin(project_id=PROJECT, api_key=KEY, **reach)
        names = [f"player_{number:02}" for number in range(1, players + 1)]
        tokens = {name: self.control.token(name, (days + 1) * DAY) for name in names}  # good for the whole season
        self.players = {name: AuthenticatedClient.user(token=token, **reach) for name, token in tokens.items()}

    def knock(self, method: str, path: str, body: Any) -> Answer:
        """Ask the control door."""
        headers = {"Authorization": basic(PROJECT, KEY), "Content-Type": "application/json"}
        return InProcessDoor(self.server).send(method, path, headers, b"" if body is None else json.dumps(body).encode())


def text(english: str) -> m.LocalizedText:
    """A text in one language."""
    return m.LocalizedText({"en": english})


def wishes(purpose: str, days: int) -> argparse.Namespace:
    """What the command line asks for: how many players, how many days, which seed."""
    parser = argparse.ArgumentParser(description=purpose)
    parser.add_argument("--players", type=int, default=50)
    parser.add_argument("--days", type=int, default=days)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()
