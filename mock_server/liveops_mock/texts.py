"""Localized texts: how they are kept, and which one a user reads."""

from collections.abc import Mapping
from typing import Any

Json = Any


def two_letter(text: Json, spellings: Mapping[str, str]) -> Json:
    """The text with two-letter language codes; of two spellings of one language the later wins."""
    if text is None or spellings.keys().isdisjoint(text):
        return text
    return {spellings.get(code, code): value for code, value in text.items()}


def one_language(text: Json) -> str | None:
    """What a user reads: English, or the first language there is."""
    if not text:
        return None
    value: str | None = text.get("en")
    return value if value is not None else next((other for other in text.values() if other is not None), None)
