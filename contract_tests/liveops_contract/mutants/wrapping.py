"""Rules of the game that go wrong from outside: the sound one is called, with something amiss before or behind it."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from typing import Any

from liveops_contract.description import Operation
from liveops_contract.stage import Stage, in_process_stage

Json = Any
Rule = Callable[[Any, Any], Any]  # (world, call) → reply
Wrapper = Callable[[Rule], Rule]
USERS = ("user_external_id",)


def wrapped(operation: Operation, wrapper: Wrapper) -> Stage:
    """A stage over a mock in this process in which the rule of one operation is wrapped."""
    from liveops_mock import RULES  # the mock is an extra of the distribution

    return in_process_stage(rules={**RULES, operation.id: wrapper(RULES[operation.id])})


def forgets(rule: Rule) -> Rule:
    """What was written is gone as soon as it is answered."""

    def forgetful(world: Any, call: Any) -> Any:
        before = _stored(world)
        reply = rule(world, call)
        _restore(world, before)
        return reply

    return forgetful


def repeats(rule: Rule) -> Rule:
    """What is written is written once more; the first answer is told."""

    def repeating(world: Any, call: Any) -> Any:
        reply = rule(world, call)
        with suppress(_problem()):
            rule(world, call)
        return reply

    return repeating


def delays(rule: Rule) -> Rule:
    """What is written is not there before the operation is called again in the project."""
    waiting: dict[Any, Any] = {}

    def late(world: Any, call: Any) -> Any:
        if world in waiting:
            with suppress(_problem()):
                rule(world, waiting.pop(world))
        before = _stored(world)
        reply = rule(world, call)
        _restore(world, before)
        waiting[world] = call
        return reply

    return late


def takes_for_the_first(rule: Rule) -> Rule:
    """Every user of a project is taken for the one who was the first."""
    first: dict[Any, str] = {}

    def mistaken(world: Any, call: Any) -> Any:
        named = call.user_id or next(_named(call.query), None) or next(_named(call.body), None)
        if not named:
            return rule(world, call)
        other = first.setdefault(world, named)
        body, query = _renamed(call.body, other), _renamed(call.query, other)
        return rule(world, type(call)(call.path, query, body, other if call.user_id else call.user_id))

    return mistaken


def looks_elsewhere(rule: Rule) -> Rule:
    """What another project holds is answered where it is there."""
    worlds: list[Any] = []

    def leaking(world: Any, call: Any) -> Any:
        others = [other for other in worlds if other is not world]
        worlds[:] = [*others[-1:], world]
        for other in others[-1:]:
            with suppress(_problem()):
                return rule(other, call)
        return rule(world, call)

    return leaking


def writes_elsewhere(rule: Rule) -> Rule:
    """What is written into a project is written into another one too."""
    worlds: list[Any] = []

    def spreading(world: Any, call: Any) -> Any:
        others = [other for other in worlds if other is not world]
        worlds[:] = [*others[-1:], world]
        reply = rule(world, call)
        for other in others[-1:]:
            with suppress(_problem()):
                rule(other, call)
        return reply

    return spreading


def misses_one_user(rule: Rule) -> Rule:
    """Of several users who lose something by it, one keeps all."""

    def missing(world: Any, call: Any) -> Any:
        before = _stored(world)
        reply = rule(world, call)
        lost = dict(_changed(world, before))
        users = sorted({user for _, user in lost})
        for name, user in list(lost) if len(users) > 1 else ():
            if user == users[-1]:
                for key, value in lost[name, user].items():
                    world.collections()[name].put(key, value)
        return reply

    return missing


def gives_numbers_again(rule: Rule) -> Rule:
    """The number of what is deleted is that of the next new thing."""

    def generous(world: Any, call: Any) -> Any:
        reply = rule(world, call)
        for name, number in call.path.items():
            for kind, last in world.counters.items():
                if kind.endswith(name.removesuffix("_id")) and last == number:
                    world.counters[kind] = last - 1
        return reply

    return generous


def _problem() -> type[Exception]:
    from liveops_mock import Problem  # the mock is an extra of the distribution

    return Problem


def _stored(world: Any) -> Mapping[str, Any]:
    return {name: part.snapshot() for name, part in world.collections().items()}


def _restore(world: Any, before: Mapping[str, Any]) -> None:
    for name, part in world.collections().items():
        part.restore(before[name])


def _changed(world: Any, before: Mapping[str, Any]) -> Iterator[tuple[tuple[str, str], dict[Json, Json]]]:
    """What every user had and has no longer: by collection and user, the objects as they were."""
    import orjson  # comes with the mock, which keeps its objects so

    users = {key for name in ("users", "callers") for key in before[name]}
    found: dict[tuple[str, str], dict[Json, Json]] = {}
    for name, part in world.collections().items():
        now = part.snapshot()
        for key, raw in before[name].items():
            named = next((word for word in key if word in users), None) if isinstance(key, tuple) else None
            if named is not None and now.get(key) != raw:
                found.setdefault((name, named), {})[key] = orjson.loads(raw)
    yield from found.items()


def _named(part: Json) -> Iterator[str]:
    """The users whom a query or a body names."""
    if isinstance(part, dict):
        for name, value in part.items():
            yield from [value] if name in USERS and isinstance(value, str) else _named(value)


def _renamed(part: Json, user: str) -> Json:
    if not isinstance(part, dict):
        return part
    return {name: user if name in USERS else _renamed(value, user) for name, value in part.items()}
