"""The gateway, held against the description of the API."""

from typing import TYPE_CHECKING

from gateway import lets_through
from liveops_contract.plugin import liveops_contract

if TYPE_CHECKING:
    from liveops_contract.description import Operation


@liveops_contract("daily_chains", "clans")
def test_players_get_through_and_nobody_else(operation: "Operation") -> None:
    """What is called on behalf of users, and nothing of the operators."""
    assert lets_through(operation.path) == (operation.security == "user")
