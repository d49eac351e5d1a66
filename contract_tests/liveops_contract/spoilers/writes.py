"""Spoilers of what is written: swallowed, carried out twice, late or elsewhere, and undone."""

from dataclasses import replace

from liveops_contract.description import validator
from liveops_contract.samples import sample
from liveops_contract.spoilers.proxy import JSON_HEADERS, Ask, Asked, Reply, Spoiler, packed


def swallows_writes(every: int = 1) -> Spoiler:
    """What is right and signed is answered with success, and goes nowhere; of many, each so-and-so-manieth."""
    counted = 0

    def spoil(asked: Asked, ask: Ask) -> Reply:
        nonlocal counted
        if asked.method == "GET" or not is_right(asked):
            return ask(asked)
        counted += 1
        return ask(asked) if counted % every else plausible(asked)

    return spoil


def writes_twice() -> Spoiler:
    """Every write is carried out two times; the first answer is told."""

    def spoil(asked: Asked, ask: Ask) -> Reply:
        answered = ask(asked)
        if asked.method != "GET":
            ask(asked)
        return answered

    return spoil


def loses_answers_to_writes() -> Spoiler:
    """A write that was answered with success is sent once more, as after a broken connection, and the second answer is told."""

    def spoil(asked: Asked, ask: Ask) -> Reply:
        answered = ask(asked)
        return ask(asked) if asked.method != "GET" and answered[0] < 300 else answered

    return spoil


def writes_late() -> Spoiler:
    """A write is carried out when the next one comes."""
    waiting: list[Asked] = []

    def spoil(asked: Asked, ask: Ask) -> Reply:
        if asked.method == "GET" or not is_right(asked):
            return ask(asked)
        while waiting:
            ask(waiting.pop())
        waiting.append(asked)
        return plausible(asked)

    return spoil


def writes_back() -> Spoiler:
    """After a thing was replaced, the body before is sent once more."""
    before: dict[str, Asked] = {}

    def spoil(asked: Asked, ask: Ask) -> Reply:
        answered = ask(asked)
        if asked.method == "PUT" and answered[0] < 300:
            if asked.path in before:
                ask(before[asked.path])
            before[asked.path] = asked
        return answered

    return spoil


def writes_elsewhere() -> Spoiler:
    """What is written into a project is written into the one before it too."""
    last: dict[str, Asked] = {}

    def spoil(asked: Asked, ask: Ask) -> Reply:
        answered = ask(asked)
        if asked.method == "GET" or answered[0] >= 300:
            return answered
        other = last.get(asked.operation.security)
        if other and other.project != asked.project:
            ask(replace(asked, path=asked.path.replace(asked.project, other.project, 1), headers=other.headers))
        last[asked.operation.security] = asked
        return answered

    return spoil


def is_right(asked: Asked) -> bool:
    """Whether a request is signed and has the described shape."""
    fits = asked.operation.body is None or asked.operation.allows_body(asked.document())
    return fits and not asked.query and bool(asked.headers.get("authorization"))


def plausible(asked: Asked) -> Reply:
    """A success of the operation that tells nothing of what happened."""
    status = min(asked.operation.responses)
    schema = asked.operation.responses[status].schema
    if schema is None:
        return status, [], b""
    told = sample(schema)
    assert validator(schema).is_valid(told)
    return status, JSON_HEADERS, packed(told)
