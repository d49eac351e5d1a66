"""Spoilers of answers on their way back: other statuses, other codes, other documents."""

import json
from collections.abc import Callable
from typing import Any

from liveops_contract.spoilers.proxy import Ask, Asked, Reply, Spoiler, opened, packed, with_document
from liveops_contract.spoilers.writes import plausible

Json = Any


def answers(status: int, instead: int) -> Callable[[], Spoiler]:
    """One status is told as another."""

    def spoil(asked: Asked, ask: Ask) -> Reply:
        answered, headers, body = ask(asked)
        return (instead if answered == status else answered), headers, body

    return lambda: spoil


def finds_everything() -> Spoiler:
    """What is not found is answered with success."""

    def spoil(asked: Asked, ask: Ask) -> Reply:
        answered = ask(asked)
        return plausible(asked) if answered[0] == 404 else answered

    return spoil


def accepts(code: int) -> Callable[[], Spoiler]:
    """A refusal of a rule of the game with this code is answered with success."""

    def spoil(asked: Asked, ask: Ask) -> Reply:
        answered = ask(asked)
        return plausible(asked) if answered[0] == 422 and code_of(answered) == code else answered

    return lambda: spoil


def code_of(reply: Reply) -> Json:
    """The code of a refusal; None for any other answer."""
    status, _, content = reply
    body = json.loads(content) if status >= 400 and content else None
    return body.get("errorCode") if isinstance(body, dict) else None


def alters_codes() -> Spoiler:
    """The code of every refusal is one too high."""

    def spoil(asked: Asked, ask: Ask) -> Reply:
        status, headers, body = ask(asked)
        if status < 400:
            return status, headers, body
        document = json.loads(body)
        return status, headers, packed({**document, "errorCode": document["errorCode"] + 1})

    return spoil


def changes_answers(change: Callable[[Json], Json]) -> Callable[[], Spoiler]:
    """The document of every good answer is another one."""

    def spoil(asked: Asked, ask: Ask) -> Reply:
        answered = ask(asked)
        document = opened(answered)
        return answered if document is None else with_document(answered, change(document))

    return lambda: spoil


def drops_the_last_page() -> Spoiler:
    """A page after the first, with which a list ends, is empty."""

    def spoil(asked: Asked, ask: Ask) -> Reply:
        answered = ask(asked)
        document = opened(answered)
        is_later = any(name == "offset" and text not in ("", "0") for name, text in asked.pairs)
        if not is_later or not isinstance(document, dict) or document.get("has_more"):
            return answered
        return with_document(answered, {name: [] if isinstance(part, list) else part for name, part in document.items()})

    return spoil


def loses_the_end() -> Spoiler:
    """The last byte of every answer is lost."""
    return lambda asked, ask: (lambda reply: (reply[0], reply[1], reply[2][:-1]))(ask(asked))


def loses_headers(name: str) -> Callable[[], Spoiler]:
    """No answer has this header."""

    def spoil(asked: Asked, ask: Ask) -> Reply:
        status, headers, body = ask(asked)
        return status, [pair for pair in headers if pair[0].lower() != name], body

    return lambda: spoil
