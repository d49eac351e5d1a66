"""From bytes to JSON, guarded: what other parsers let pass is refused here."""

import json
from typing import Any

import orjson

from .messages import Json
from .problems import NotJson

LARGEST_EXACT = 2**53  # beyond it a float stands for several integers


def decode(body: bytes) -> Json:
    """The JSON document of a body. NaN, lone surrogates, deep nesting and names given twice are refused."""
    if not body:
        raise NotJson("The body is empty; send one JSON document in UTF-8")
    try:
        document = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise NotJson(
            f"The body is not JSON: {error.msg} (line {error.lineno}, column {error.colno}); send one JSON document in UTF-8"
        ) from None
    again = orjson.dumps(document)
    # A name that was given twice has taken its colon with it. Escapes can hide colons, so they are looked at more closely.
    if body.count(b":") != again.count(b":") or (b"\\" in body and b"\\u" in body):
        json.loads(body, object_pairs_hook=without_repetition)
    return with_whole_numbers(document) if b".0" in again else document


def with_whole_numbers(document: Json) -> Json:
    """The same document with 7.0 read as 7, which JSON Schema counts among the integers."""
    if isinstance(document, dict):
        return {name: with_whole_numbers(value) for name, value in document.items()}
    if isinstance(document, list):
        return [with_whole_numbers(value) for value in document]
    is_whole = isinstance(document, float) and document.is_integer() and abs(document) <= LARGEST_EXACT
    return int(document) if is_whole else document


def without_repetition(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of these pairs, if no name stands there twice."""
    names = [name for name, _ in pairs]
    if len(set(names)) < len(names):
        twice = next(name for place, name in enumerate(names) if name in names[:place])
        raise NotJson(f"The body names {twice[:80]!r} twice in one object; send each name once")
    return dict(pairs)
