"""What planted bugs are made of: the sound rule with another body, path or query, in a world that is otherwise for a moment,
and refusals that come too late.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from liveops_mock import CONTROL_RULES, RULES, Call, Page, Problem, Reply, World

Json = Any


def good(operation: str, world: World, call: Call) -> Reply:
    """What the sound rule answers, of the API or of the control door."""
    return (RULES.get(operation) or CONTROL_RULES[operation])(world, call)


def with_body(call: Call, body: Json) -> Call:
    """The call with another body."""
    return Call(call.path, call.query, body, call.user_id)


def altered(call: Call, **facts: Json) -> Call:
    """The call with other facts in its body."""
    return with_body(call, {**call.body, **facts})


def without(call: Call, *names: str) -> Call:
    """The call without these fields of its body."""
    return with_body(call, {name: value for name, value in call.body.items() if name not in names})


def asking(call: Call, **query: Json) -> Call:
    """The call with another query."""
    return Call(call.path, {**call.query, **query}, call.body, call.user_id)


@contextmanager
def another_time(world: World, seconds: int) -> Iterator[None]:
    """The clock is wrong for a moment."""
    now = world.now
    world.now = now + seconds
    try:
        yield
    finally:
        world.now = now


@contextmanager
def each_otherwise(stored: Any, keys: Iterable[Any], change: Callable[[Json], Json]) -> Iterator[None]:
    """Some stored objects are other ones for a moment; what is not there stays away."""
    before = {key: stored.get(key) for key in keys if key in stored}
    for key, value in before.items():
        stored.put(key, change(value))
    try:
        yield
    finally:
        for key, value in before.items():
            stored.put(key, value)


@contextmanager
def otherwise(stored: Any, *keys: Any, **facts: Json) -> Iterator[None]:
    """Some stored objects have other facts for a moment; what is not there stays away."""
    with each_otherwise(stored, keys, lambda value: {**value, **facts}):
        yield


def elements(reply: Reply) -> list[Json]:
    """The elements of a page."""
    assert isinstance(reply.body, Page)
    return reply.body.items


def done_or(operation: str, world: World, call: Call, reply: Reply) -> Reply:
    """What the sound rule answers, and instead of a refusal this reply."""
    try:
        return good(operation, world, call)
    except Problem:
        return reply


def written_although_refused(operation: str, world: World, call: Call, written: Call) -> Reply:
    """What the sound rule answers; where it refuses, the other call is carried out before the refusal goes out."""
    try:
        return good(operation, world, call)
    except Problem:
        good(operation, world, written)
        raise
