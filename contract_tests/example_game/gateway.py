"""Another piece of the game: what its gateway lets through from the devices of players."""

import re

FOR_PLAYERS = re.compile(r"/v2/project/[^/]+/user/")


def lets_through(path: str) -> bool:
    """Whether a player's device may call this path of the LiveOps API."""
    return FOR_PLAYERS.match(path) is not None
