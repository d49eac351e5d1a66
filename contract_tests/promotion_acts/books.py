"""The books of the season of promotions: every counter, inventory and order, as the server tells of them."""

from typing import Any

from season_game import Game

from promotion_acts.desk import PAGE, Desk
from promotion_acts.shop import paid
from promotion_acts.words import Refused

Books = dict[tuple[str, ...], Any]  # what is counted → how much it is


def books(game: Game, desk: Desk) -> Books:
    """All of it. What is gone, and what has no limit, stands there as a refusal."""
    told: Books = {}
    for name in desk.kinds:
        told |= of_campaign(desk, name)
    limited = [("campaign", name) for name, kind in desk.kinds.items() if kind != "offer"]
    limited += [("promotion", name) for name in desk.numbers] + [("item", sku) for sku in desk.skus]
    for of, name in limited:
        told |= left(desk, of, name, list(game.players))
    for player in game.players:
        told |= of_player(game, player)
    return told


def of_campaign(desk: Desk, name: str) -> Books:
    """What has become of the redemptions of a campaign, and of each of its codes. Offers count no single codes."""
    campaign = desk.of_campaign(name, f"get_{desk.kind(name).word}")
    if isinstance(campaign, Refused):
        return {("campaign", name): campaign}
    state = campaign.total_limit_state
    told: Books = {("campaign", name): state and (state.available, state.reserved, state.used)}
    has_more = desk.kinds[name] != "offer"
    while has_more:
        page = desk.of_campaign(name, f"get_{desk.kind(name).word}_code_limit", limit=PAGE, offset=len(told) - 1)
        for one in page.items:
            counts = one.per_code
            told["code", name, one.code] = counts.total, counts.available, counts.reserved, counts.used
        has_more = page.has_more
    return told


def left(desk: Desk, of: str, name: str, players: list[str]) -> Books:
    """What is left to each player of a campaign, a promotion or an item."""
    first = desk.limit(of, name, "get", user_external_id=players[0])
    if isinstance(first, Refused):
        return {("left", of, name): first}
    return {("left", of, name, player): desk.limit(of, name, "get", user_external_id=player) for player in players}


def of_player(game: Game, player: str) -> Books:
    """What a player holds, and what became of the orders."""
    orders = tuple((order["status"], paid(order)) for order in game.control.orders(player))
    return {("held", player): game.control.inventory(player), ("orders", player): orders}
