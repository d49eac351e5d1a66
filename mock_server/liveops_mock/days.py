"""On which day of a daily chain a user is, and what that makes of the steps: worked out of claims and clock, never kept."""

from math import ceil
from typing import Any, NamedTuple

from .instants import DAY, read_instant

Json = Any
Claims = dict[int, int]  # step → when the user claimed it


class Round(NamedTuple):
    """One walk through the days of a chain."""

    begin: int  # first second of the first day
    is_counted: bool  # the days go by; until the first claim of a rolling chain they do not


class Place(NamedTuple):
    """How a step stands for a user."""

    status: str
    unlocked: int | None  # first second of its day, as far as that is known


def round_of(chain: Json, claims: Claims, now: int) -> Round:
    """The round in which the user is."""
    length = len(chain["steps"]) * DAY
    start = ceil(read_instant(chain["date_start"]))
    if chain["type"] == "rolling":
        if not claims:
            return Round(start, False)
        begin = min(claims.values())
        is_over = chain["is_recurrent"] and now >= begin + length
        return Round(begin + length, False) if is_over else Round(begin, True)
    is_repeated = chain["is_recurrent"] and chain["steps"]
    return Round(start + (now - start) // length * length if is_repeated else start, True)


def of_this_round(chain: Json, claims: Claims, now: int) -> Claims:
    """Of the user's claims those that still count."""
    begin = round_of(chain, claims, now).begin
    return {step_id: when for step_id, when in claims.items() if when >= begin} if chain["is_recurrent"] else claims


def places_of(chain: Json, claims: Claims, now: int) -> list[Place]:
    """How each step stands for the user, in the order of their days."""
    begin, is_counted = round_of(chain, claims, now)
    counted = of_this_round(chain, claims, now)
    latest = max(counted.values(), default=None)
    places = []
    for number, step in enumerate(chain["steps"]):
        unlocked = begin + number * DAY if is_counted or number == 0 else None
        status = "claimed" if step["step_id"] in counted else status_of(unlocked, is_counted, latest, now)
        places.append(Place(status, unlocked))
    return places


def status_of(unlocked: int | None, is_counted: bool, latest: int | None, now: int) -> str:
    """How a step stands that is not claimed; `latest` is when the user last claimed another one. One day gives one reward."""
    if unlocked is None or now < unlocked:
        return "claim_in_future"
    is_day_free = latest is None or latest < unlocked
    return "claimable" if not is_counted or (now < unlocked + DAY and is_day_free) else "blocked"
