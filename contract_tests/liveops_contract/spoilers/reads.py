"""Spoilers of what is read: answers that are kept, and told when they are no longer true."""

import time
from collections.abc import Callable

from liveops_contract.spoilers.proxy import Ask, Asked, Reply, Spoiler

Key = tuple[str, str]


def keeps_reads(is_kept: Callable[[Asked], bool] = lambda _: True) -> Spoiler:
    """The first answer to a read is the answer for ever."""
    kept: dict[Key, Reply] = {}

    def spoil(asked: Asked, ask: Ask) -> Reply:
        if asked.method != "GET" or not is_kept(asked):
            return ask(asked)
        if _key(asked) in kept:
            return kept[_key(asked)]
        answered = ask(asked)
        if answered[0] == 200:
            kept[_key(asked)] = answered
        return answered

    return spoil


def keeps_a_read_for_the_next(times: int = 1) -> Spoiler:
    """Of equal reads the second, or so many of them, gets the answer of the first, whatever was written between."""
    kept: dict[Key, tuple[Reply, int]] = {}

    def spoil(asked: Asked, ask: Ask) -> Reply:
        answered, left = kept.pop(_key(asked), (None, 0)) if asked.method == "GET" else (None, 0)
        if answered is None:
            answered, left = ask(asked), times + 1
        if asked.method == "GET" and answered[0] == 200 and left > 1:
            kept[_key(asked)] = answered, left - 1
        return answered

    return spoil


def keeps_reads_for(seconds: float) -> Spoiler:
    """An answer to a read is told again until so much time has passed."""
    kept: dict[Key, tuple[Reply, float]] = {}

    def spoil(asked: Asked, ask: Ask) -> Reply:
        before, until = kept.get(_key(asked), (None, 0.0))
        if before is not None and asked.method == "GET" and time.monotonic() < until:
            return before
        answered = ask(asked)
        if asked.method == "GET" and answered[0] == 200:
            kept[_key(asked)] = answered, time.monotonic() + seconds
        return answered

    return spoil


def keeps_what_is_missing() -> Spoiler:
    """What was not found once is not found for ever."""
    kept: dict[Key, Reply] = {}

    def spoil(asked: Asked, ask: Ask) -> Reply:
        if asked.method == "GET" and _key(asked) in kept:
            return kept[_key(asked)]
        answered = ask(asked)
        if asked.method == "GET" and answered[0] == 404:
            kept[_key(asked)] = answered
        return answered

    return spoil


def _key(asked: Asked) -> Key:
    return asked.target, asked.headers.get("authorization", "")
